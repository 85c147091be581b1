"""Notes every path that Python is asked to look at, so that a test can tell which were touched.

As a program (`python -m tests.signoffs.watching LOG TOUCH ARGUMENT...`) it runs the command with the
arguments, watched from before its first import, and writes the paths to LOG. It also touches the path
TOUCH where one is given: so a test can prove that a path which is touched is noticed.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DOORS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (os, ("stat", "lstat", "open", "scandir", "listdir", "readlink", "access", "statvfs", "chdir", "startfile")),
    (os.path, ("exists", "lexists", "isfile", "isdir", "islink", "getsize", "samefile", "realpath")),
    (io, ("open", "open_code")),
    (builtins, ("open",)),
)
"""What pathlib, shutil, glob and os.walk go through in the end. Audit events tell nothing of stat."""

EVENTS = ("open", "os.", "shutil.", "glob.", "pathlib.", "socket.", "subprocess.", "winreg.", "ctypes.")


def watch(touched: list[str], put: Callable[[Any, str, Any], object]) -> None:
    """Have every path that goes through one of DOORS noted; `put(module, name, function)` replaces a function."""
    for module, names in DOORS:
        for name in names:
            if hasattr(module, name):
                put(module, name, _noting(getattr(module, name), touched))


def _noting(real: Callable[..., Any], touched: list[str]) -> Callable[..., Any]:
    def noting(*arguments: Any, **more: Any) -> Any:
        touched.extend(_paths(arguments[:2]))
        return real(*arguments, **more)

    return noting


def _paths(arguments: tuple[Any, ...]) -> list[str]:
    return [os.fsdecode(each) for each in arguments if isinstance(each, str | bytes | os.PathLike)]


def main(log: str, touch: str, *arguments: str) -> None:
    """Run the command, watched by Python's audit events as well."""
    touched: list[str] = []
    sys.addaudithook(lambda event, found: touched.extend(_paths(found)) if event.startswith(EVENTS) else None)
    watch(touched, setattr)
    from milestone_report.cli import main as command  # noqa: PLC0415

    if touch:
        os.path.exists(touch)  # noqa: PTH110 - a probe as anybody might write one
    sys.argv[1:] = arguments
    try:
        command()
    finally:
        text = json.dumps(sorted(set(touched)))
        Path(log).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
