"""What the name in a cell means, judged as text alone: no function here asks the disk.

Paths are texts with "/", also those of Windows, and what they mean does not depend on the machine:
a book made on Windows is read in the same way on a Mac.
"""

from __future__ import annotations

import os
import posixpath
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from milestone_report.text import same_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
# What follows the colon of an address is no blank: "Re: approval.eml" is a name.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:(?!\s)", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z]:", re.IGNORECASE)
_MORE_THAN_A_NAME = re.compile(r"[/\\:%\0]|^\.{1,2}$")
# Windows takes some steps of dots and blanks for "..", so they are no names to look for.
_ODD_STEP = re.compile(r"(?:^|/)(?!\.{1,2}(?:/|$))[ .]*\.[ .]*(?=/|$)")
# Windows Explorer puts a mark for the direction of writing before a path that is copied from it.
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"


def cleaned(name: str) -> str:
    """A name without what copying leaves around it: blanks, invisible marks, one pair of quotation marks."""
    name = name.strip().strip(_INVISIBLE).strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].strip()
    return name


def is_web(name: str) -> bool:
    """Whether a name is an address on the web or of a mailbox."""
    return _WEB.match(name) is not None


def outside(text: str) -> bool:
    """Whether a path, as it stands or decoded, is absolute, has a drive, a share or a scheme, or climbs out."""
    return any(
        way.startswith("/")
        or bool(_DRIVE.match(way) or _SCHEME.match(way) or _ODD_STEP.search(way))
        or posixpath.normpath(way).split("/", 1)[0] == ".."
        for way in (text, unquote(text).replace("\\", "/"))
    )


@lru_cache(maxsize=1024)
def absolute(path: Path) -> str:
    """A path from the root on, as text: `resolve` would ask the disk."""
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100


def joined(start: str, text: str) -> str:
    """Where a path leads from an absolute folder, "" where only one machine could say ("c:a.pdf", "a/.. /b")."""
    if _ODD_STEP.search(text):
        return ""
    if _DRIVE.match(text):
        return posixpath.normpath(text) if text[2:3] == "/" else ""
    return posixpath.normpath(posixpath.join(start, text))


def below(name: str, roots: Sequence[str], start: str) -> list[str]:
    """The ways below the sign-off folder that a cleaned name can mean; none where it points outside.

    `roots` are absolute paths that stand for the folder, `start` is that of the workbook's own. A link
    that Excel made is relative to the workbook ("signoffs/a.pdf", "../scans/a.pdf") or a file address;
    both are fine as long as they end below the folder.
    """
    if not _MORE_THAN_A_NAME.search(name):
        return [name]
    text = _path(name)
    if "\0" in text or _SCHEME.match(text) or _ODD_STEP.search(text):
        return []
    literal = name.replace("\\", "/")  # a file may really be called "50%20.pdf"
    ways = [] if outside(literal) else [posixpath.normpath(text), posixpath.normpath(literal)]
    target = joined(start, text)
    ways += [way for root in roots if (way := _rest(target, root))]
    return list(dict.fromkeys(ways))


def _path(name: str) -> str:
    """A name as a path with "/": file addresses (RFC 8089, and what Excel makes of shares), %20 decoded."""
    text = unquote(name).replace("\\", "/")
    if not (text.lower().startswith("file:") and _SCHEME.match(text)):  # "File: a.pdf" is a name
        return text
    rest = text[len("file:") :]
    way = rest.lstrip("/")
    slashes = len(rest) - len(way)
    if _DRIVE.match(way):
        return way
    host, _slash, on_host = way.partition("/")
    if slashes == 2 and host.lower() == "localhost":
        return f"/{on_host}"
    # file://server/share, and file:////server/share or file:///\\server\share, are all \\server\share.
    return f"/{way}" if slashes in (1, 3) else f"//{way}"


def _rest(path: str, root: str) -> str:
    """The way from a folder to what lies below it, "" where it does not."""
    steps, folders = path.split("/"), root.rstrip("/").split("/")
    here, rest = steps[: len(folders)], steps[len(folders) :]
    return "/".join(rest) if list(map(same_name, here)) == list(map(same_name, folders)) else ""
