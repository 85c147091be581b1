"""One file → its bytes. Nothing is opened that is no file, and nothing half saved is read.

The bytes are read once, so that everything in the report comes from one and the same moment.
"""

from __future__ import annotations

import datetime as dt
import errno
import itertools
import os
import time
from typing import TYPE_CHECKING

from milestone_report.entries import cloud_stub
from milestone_report.facts import phrase
from milestone_report.reading.kind import check_kind, in_the_cloud
from milestone_report.reading.refusal import RefusedError
from milestone_report.text import displayable, suggest

if TYPE_CHECKING:
    from pathlib import Path

PAUSES = (0.1, 0.2, 0.4)
"""Seconds between the tries. While Excel saves, a workbook is absent, empty or locked for a moment."""

_MOST_NAMES = 5_000
"""So many names of a folder are looked at for one that may be meant."""

_CHECK_PATH = phrase("Check the path, and that its drive is connected.")

_NOT_ALLOWED = (
    phrase("you are not allowed to open it"),
    phrase("Ask its owner, or whoever looks after the drive, for the right to."),
)
_REASONS = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ELOOP: (phrase("it is a link that leads in a circle"), _CHECK_PATH),
    errno.ENAMETOOLONG: (phrase("its name is too long for this system"), phrase("Give it a shorter name.")),
}

_WINDOWS_LOCKS = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


class _UnsettledError(RefusedError):
    """What may be over in a moment, and is worth another try."""


def load(file: Path) -> tuple[bytes, dt.datetime]:
    """The bytes of a workbook, and when it was written. Raises RefusedError."""
    for pause in PAUSES:
        try:
            return _read_once(file)
        except _UnsettledError:
            time.sleep(pause)
    return _read_once(file)


def _read_once(file: Path) -> tuple[bytes, dt.datetime]:
    """Read between two looks at the file, which must agree about its size and time."""
    try:
        before = file.stat()
        check_kind(before)
        with file.open("rb") as stream:
            data = stream.read(before.st_size + 1)
        after = file.stat()
    except ValueError as error:
        raise RefusedError(phrase("its name is not possible"), how=phrase("Check the path.")) from error
    except OSError as error:
        raise _refusal(file, error) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise _UnsettledError(phrase("it changed while it was read"), how=phrase("Save it, close it, and run again."))
    if not data:
        raise _UnsettledError(phrase("the file is empty"))
    return data, dt.datetime.fromtimestamp(after.st_mtime, tz=dt.UTC)


def _refusal(file: Path, error: OSError) -> RefusedError:
    """Why the system does not give a file, in plain words."""
    if getattr(error, "winerror", None) in _WINDOWS_LOCKS:
        return _UnsettledError(phrase("another program has locked it"), how=phrase("Close it there, and run again."))
    if isinstance(error, FileNotFoundError):
        return _absent(file)
    why, how = _REASONS.get(
        error.errno or 0, (phrase("the system refuses ({reason})", reason=str(error.strerror or error)), _CHECK_PATH)
    )
    return RefusedError(why, how=how)


def _absent(file: Path) -> RefusedError:
    if os.path.lexists(file.with_name(cloud_stub(file.name))):
        return in_the_cloud()
    if file.is_symlink():
        return RefusedError(phrase("it is a link to a file that is not there"), how=_CHECK_PATH)
    how = (
        phrase("{check} Did you mean “{name}”?", check=_CHECK_PATH, name=near)
        if (near := near_path(file))
        else _CHECK_PATH
    )
    return _UnsettledError(phrase("there is no such file or folder: {path}", path=displayable(str(file))), how=how)


def near_path(file: Path) -> str:
    """What may be meant by a path that is not there: what has a name like its own, or like that of its folder.

    "" where there is none. Hidden files and those that Excel leaves beside an open workbook are not meant.
    """
    try:
        missing = file if file.parent.is_dir() else file.parent
        with os.scandir(missing.parent) as entries:
            names = [entry.name for entry in itertools.islice(entries, _MOST_NAMES)]
    except OSError:
        return ""
    name = suggest(missing.name, [each for each in names if not each.startswith((".", "~"))])
    return displayable(name) if name != missing.name else ""
