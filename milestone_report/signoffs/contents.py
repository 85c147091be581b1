"""What the named files hold: their first bytes, and whether two of them are the same.

Beside `folder.py` the one module of sign-offs that touches the disk, at paths that the listing made, never
at a cell's text. In a folder on a slow network every look takes its time: so only files that milestones
name are opened, each once, several at a time where that is slow, and read whole only where another one has their size.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from milestone_report.entries import ONLY_IN_THE_CLOUD, is_in_the_cloud
from milestone_report.facts import phrase
from milestone_report.signoffs.kinds import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LARGEST_COMPARED = 64 * 2**20
"""Bytes up to which files are read whole, to be compared with others or with themselves. Scans are smaller."""

_NO_FILE = phrase("it is no file any more")
_AT_ONCE = 8
_PART = 64
_SLOW = 0.001
"""Seconds for a look at a file from which on several are looked at at once: on a network, or a disk that must turn."""
_Result = TypeVar("_Result")
_CHUNK = 2**20
# Not through a link, and without waiting for the other end of a pipe, whatever has taken the file's place meanwhile.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Content:
    """What a look into a file gave. `digest` (SHA-256) is "" where it was not asked for, or the file is too large.

    `problem` says why it could not be opened: whatever is in the way is data, not an exception.
    """

    head: bytes = b""
    digest: str = ""
    problem: str = ""


def look_into(paths: Sequence[str], known: dict[str, tuple[int, int, str]] | None = None) -> Mapping[str, Content]:
    """The content of each file, which is opened once, for reading only.

    Without `known` only files of equal size are read whole. With it all are, but for those that have still the size
    and the time of the last change (ns) that it has for their path beside their SHA-256; the others are put in.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looks = _in_parts(pool, status_of, paths)
        sizes = Counter(look.st_size for look in looks if isinstance(look, os.stat_result))
        wanted = [isinstance(look, os.stat_result) and (sizes[look.st_size] > 1 or known is not None) for look in looks]
        digests = [_known(path, look, known or {}) for path, look in zip(paths, looks, strict=True)]
        found = dict(zip(paths, _in_parts(pool, _read, paths, looks, wanted, digests), strict=True))
    if known is not None:
        for path, look in zip(paths, looks, strict=True):
            if isinstance(look, os.stat_result) and found[path].digest:
                known[path] = look.st_size, look.st_mtime_ns, found[path].digest
    return found


def _in_parts(
    pool: ThreadPoolExecutor, look: Callable[..., _Result], paths: Sequence[str], *columns: Sequence[object]
) -> list[_Result]:
    """What `pool.map` gives, by parts of several files: to hand a file to a thread takes longer than a look at it.

    As long as looks are quick they are taken here, one after the other: threads on a disk of this machine get in each
    other's way and take twice as long. Where there are few files each is a part, so that on a slow network all but
    the first are looked at side by side.
    """
    size = max(1, min(_PART, len(paths) // (4 * _AT_ONCE)))
    columns = paths, *columns
    parts = iter([[column[start : start + size] for column in columns] for start in range(0, len(paths), size)])
    found: list[_Result] = []
    for part in parts:
        began = time.monotonic()
        found += map(look, *part)
        if time.monotonic() - began > _SLOW * size:
            break
    return found + [one for part in pool.map(lambda part: [*map(look, *part)], parts) for one in part]


def _known(path: str, look: os.stat_result | str, known: Mapping[str, tuple[int, int, str]]) -> str:
    """The SHA-256 of a file that has not changed since it was read, else ""."""
    size, modified, digest = known.get(path, (-1, -1, ""))
    unchanged = isinstance(look, os.stat_result) and (look.st_size, look.st_mtime_ns) == (size, modified)
    return digest if unchanged else ""


def status_of(path: str) -> os.stat_result | str:
    """The status of a file that may be opened, else why it may not."""
    try:
        status = os.lstat(path)
    except OSError as error:
        return _reason(error)
    if not stat.S_ISREG(status.st_mode):
        return _NO_FILE
    return ONLY_IN_THE_CLOUD if is_in_the_cloud(status) else status


def _read(path: str, look: os.stat_result | str, wanted: bool, known: str) -> Content:  # noqa: FBT001 - one of four columns
    if isinstance(look, str):
        return Content(problem=look)
    try:
        with open(path, "rb", opener=_open) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return Content(problem=_NO_FILE)
            head = stream.read(HEAD)
            if known or not wanted or look.st_size > LARGEST_COMPARED:
                return Content(head, known)
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
