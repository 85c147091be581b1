"""What the name in a cell means, judged as text alone: no function here asks the disk."""

from __future__ import annotations

import os
import posixpath
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from milestone_report.text import same_name

_WEB = re.compile(r"^(?:https?|ftp|mailto):", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_MORE_THAN_A_NAME = re.compile(r"[/\\:%\0]|^\s*\.+\s*$")
_DRIVE = re.compile(r"^[a-z]:", re.IGNORECASE)


def is_web(name: str) -> bool:
    """Whether a name is an address on the web or of a mailbox."""
    return _WEB.match(name) is not None


def below(name: str, folder: Path, beside: Path) -> list[str] | None:
    """The ways below the folder that a name can mean, None where it points outside. Pure text: no disk.

    A link that Excel made is relative to the workbook ("signoffs/a.pdf", "../scans/a.pdf") or a
    file address; both are fine as long as they end below the folder.
    """
    if not _MORE_THAN_A_NAME.search(name):
        return [name.strip()]
    text = name.replace("\\", "/").strip()
    if text.lower().startswith("file:"):
        text = re.sub(r"^file:(?://localhost)?/{0,3}", "", unquote(text), flags=re.IGNORECASE)
        text = text if _DRIVE.match(text) else "/" + text
    elif "%" in text:
        text = unquote(text)
    if "\0" in text or (_SCHEME.match(text) and not _DRIVE.match(text)):
        return None
    root, start = _absolute(folder), _absolute(beside)
    from_workbook = posixpath.normpath(posixpath.join(start, text))
    ways = (
        [posixpath.relpath(from_workbook, root)] if same_name(from_workbook).startswith(same_name(root) + "/") else []
    )
    if not outside(text):
        ways.insert(0, posixpath.normpath(text))
    return ways or None


@lru_cache(maxsize=1024)
def _absolute(path: Path) -> str:
    """A path from the root on, as text: `resolve` would ask the disk."""
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100


def outside(text: str) -> bool:
    """Whether a path is absolute, has a drive or a share, or climbs out of where it starts."""
    if text.startswith("/") or _DRIVE.match(text):
        return True
    return posixpath.normpath(text).split("/", 1)[0] == ".."
