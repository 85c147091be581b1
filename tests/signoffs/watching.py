"""Notes every path that Python is asked to look at, so that a test can tell which were touched.

As a program (`python -m tests.signoffs.watching LOG TOUCH WHERE ARGUMENT...`) it runs the command with the
arguments, watched from before its first import, and writes the paths to LOG. The processes that read
workbooks are watched, too, and write to LOG.1234, by their number. It also touches the path TOUCH where one
is given, in the WHERE of "command" or "reader": so a test can prove that a path which is touched is noticed.
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
    from multiprocessing.connection import Connection

DOORS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (os, ("stat", "lstat", "open", "scandir", "listdir", "readlink", "access", "statvfs", "chdir", "startfile")),
    (os.path, ("exists", "lexists", "isfile", "isdir", "islink", "getsize", "samefile", "realpath")),
    (io, ("open", "open_code")),
    (builtins, ("open",)),
)
"""What pathlib, shutil, glob and os.walk go through in the end. Audit events tell nothing of stat."""

_LOG, _TOUCH = "MILESTONE_TESTS_LOG", "MILESTONE_TESTS_TOUCH"
"""How a reader process learns of LOG, and of TOUCH where that is for it."""

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


def _listen(touched: list[str]) -> None:
    """Have all noted that this process touches from here on, also what Python's audit events tell."""
    sys.addaudithook(lambda event, found: touched.extend(_paths(found)) if event.startswith(EVENTS) else None)
    watch(touched, setattr)


def _write(log: str, touched: list[str]) -> None:
    Path(log).write_text(json.dumps(sorted(set(touched))), encoding="utf-8")


def serve_watched(pipe: Connection, memory: int) -> None:
    """What a reader process does here. It writes its log after each workbook, since it never ends by itself."""
    touched: list[str] = []
    _listen(touched)
    from milestone_report.reading import serving  # noqa: PLC0415

    answer: Callable[[Any], bytes] = vars(serving)["answer"]

    def answered(source: Any) -> bytes:
        found = answer(source)
        if os.environ[_TOUCH]:
            os.path.exists(os.environ[_TOUCH])  # noqa: PTH110 - as below
        _write(f"{os.environ[_LOG]}.{os.getpid()}", touched)
        return found

    vars(serving)["answer"] = answered
    serving.serve(pipe, memory)


def main(log: str, touch: str, where: str, *arguments: str) -> None:
    """Run the command, watched."""
    os.environ |= {_LOG: log, _TOUCH: touch if where == "reader" else ""}
    touched: list[str] = []
    _listen(touched)
    from milestone_report.cli import main as command  # noqa: PLC0415
    from milestone_report.reading import isolation  # noqa: PLC0415

    vars(isolation)["_READER"] = serve_watched
    if touch and where == "command":
        os.path.exists(touch)  # noqa: PTH110 - a probe as anybody might write one
    sys.argv[1:] = arguments
    try:
        command()
    finally:
        _write(log, touched)


if __name__ == "__main__":
    main(*sys.argv[1:])
