"""What the named files hold: their first bytes, and whether two of them are the same.

Beside `folder.py` the one module of sign-offs that touches the disk, at paths that the listing made, never
at a cell's text. In a folder on a slow network every look takes its time: so only files that milestones
name are opened, each once and several at a time, and read whole only where another one has their size.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.entries import ONLY_IN_THE_CLOUD, is_in_the_cloud
from milestone_report.facts import phrase
from milestone_report.signoffs.kinds import HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGEST_COMPARED = 64 * 2**20
"""Bytes up to which files are compared with others of their size. Scans are smaller; larger ones are not compared."""

_NO_FILE = phrase("it is no file any more")
_AT_ONCE = 8
_CHUNK = 2**20
# Not through a link, and without waiting for the other end of a pipe, whatever has taken the file's place meanwhile.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Content:
    """What a look into a file gave. `digest` (SHA-256) is "" where no other file has its size.

    `problem` says why it could not be opened: whatever is in the way is data, not an exception.
    """

    head: bytes = b""
    digest: str = ""
    problem: str = ""


def look_into(paths: Sequence[str]) -> Mapping[str, Content]:
    """The content of each file, which is opened once, for reading only."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looks = list(pool.map(status_of, paths))
        sizes = Counter(look.st_size for look in looks if isinstance(look, os.stat_result))
        alike = [isinstance(look, os.stat_result) and sizes[look.st_size] > 1 for look in looks]
        return dict(zip(paths, pool.map(_read, paths, looks, alike), strict=True))


def status_of(path: str) -> os.stat_result | str:
    """The status of a file that may be opened, else why it may not."""
    try:
        status = os.lstat(path)
    except OSError as error:
        return _reason(error)
    if not stat.S_ISREG(status.st_mode):
        return _NO_FILE
    return ONLY_IN_THE_CLOUD if is_in_the_cloud(status) else status


def _read(path: str, look: os.stat_result | str, alike: bool) -> Content:  # noqa: FBT001 - one of three columns
    if isinstance(look, str):
        return Content(problem=look)
    try:
        with open(path, "rb", opener=_open) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return Content(problem=_NO_FILE)
            head = stream.read(HEAD)
            if not alike or look.st_size > LARGEST_COMPARED:
                return Content(head)
            digest = hashlib.sha256(head)
            left = LARGEST_COMPARED
            while left > 0 and (chunk := stream.read(_CHUNK)):
                digest.update(chunk)
                left -= len(chunk)
            return Content(head, digest.hexdigest())
    except OSError as error:
        return Content(problem=_reason(error))


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _SAFELY)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return phrase("it is no longer there")
    if isinstance(error, PermissionError):
        return phrase("you are not allowed to open it, or another program has locked it")
    return phrase("the system refuses ({reason})", reason=str(error.strerror or error))
