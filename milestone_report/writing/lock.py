"""One run at a time in a folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from milestone_report.facts import phrase
from milestone_report.writing.disk import Disk, held_open
from milestone_report.writing.journal import recover

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME = ".milestone-report.lock"
HOLDER_NAME = ".milestone-report.holder"
"""Beside the lock, as Windows lets nobody read a file that is locked."""

_TRIES, _PAUSE = 5, 0.1


@dataclass(frozen=True, slots=True)
class Holder:
    """The run that writes to a folder. `since` is a local time, such as 07:30:05."""

    process: int
    host: str
    since: str


class FolderBusyError(Exception):
    """Another run is writing to the folder: `holder`, or None where it cannot be told."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__()
        self.holder = holder


class NotWrittenError(Exception):
    """The outputs could not be written. What was there before is there still, if it is `intact`."""

    def __init__(self, why: str, *, intact: bool = True) -> None:
        super().__init__(why)
        self.intact = intact

    @property
    def may_be_open(self) -> bool:
        """Whether the cause may be that a program has a file open."""
        cause = self.__cause__
        return isinstance(cause, OSError) and (isinstance(cause, PermissionError) or held_open(cause))


@contextlib.contextmanager
def locked(folder: Path, disk: Disk | None = None) -> Iterator[None]:
    """Hold the output folder for one run. What a killed run left half done there is put right first.

    The system lets go of a lock when its process ends, however it ends. Raises FolderBusyError at once when another
    run holds it, NotWrittenError when it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / LOCK_NAME).is_symlink():
            (folder / LOCK_NAME).unlink()  # none of ours: older versions of filelock empty what it leads to
        lock = FileLock(folder / LOCK_NAME)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FolderBusyError(_holder(folder, disk or Disk())) from error
    except FileExistsError as error:
        raise NotWrittenError(phrase("a file stands where the folder should be")) from error
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from error
    try:
        with contextlib.suppress(OSError):
            me = {"process": os.getpid(), "host": platform.node()}
            (disk or Disk()).write(folder / HOLDER_NAME, json.dumps(me).encode())
        try:
            recover(folder, disk or Disk())
        except OSError as error:
            why = phrase(
                "a run that was stopped left files half replaced, and “{file}” cannot be put back ({error})",
                file=str(error.filename),
                error=error.strerror or str(error),
            )
            raise NotWrittenError(why, intact=False) from error
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path, disk: Disk) -> Holder | None:
    """Who holds the lock. One that has just taken it is about to write who it is."""
    for _try in range(_TRIES):
        if found := _noted(folder):
            return found
        disk.sleep(_PAUSE)
    return None


def _noted(folder: Path) -> Holder | None:
    """Who holds the lock, as far as can be told. The file's own time tells since when."""
    file = folder / HOLDER_NAME
    try:
        who = json.loads(file.read_bytes())
        since = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone()
        return Holder(int(who["process"]), str(who["host"])[:60], f"{since:%H:%M:%S}")
    except (OSError, ValueError, KeyError, TypeError):
        return None
