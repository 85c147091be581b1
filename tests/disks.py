"""Disks that fail: handed to the code that writes, never laid over the operating system's functions."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from milestone_report.writing.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path


class PowerCutError(BaseException):
    """The process is gone: no handler of the program's can do anything to the disk any more."""


class FailingDisk(Disk):
    """Fails the change number `at`, counted from 0: with an error, or, as when the process is killed, for good."""

    def __init__(self, at: int = -1, *, error: int = errno.ENOSPC, killed: bool = False) -> None:
        self.count = 0
        self._at, self._error, self._killed = at, error, killed

    def _step(self, path: Path) -> None:
        now = self.count
        self.count += 1
        if self._killed and now >= self._at >= 0:
            raise PowerCutError
        if now == self._at:
            raise OSError(self._error, "it failed", str(path))

    def write(self, path: Path, data: bytes) -> None:
        self._step(path)
        super().write(path, data)
        self._step(path)

    def keep(self, path: Path, copy: Path) -> None:
        self._step(path)
        super().keep(path, copy)

    def place(self, path: Path, target: Path) -> None:
        self._step(target)
        super().place(path, target)

    def rename(self, source: Path, target: Path) -> None:
        self._step(target)
        super().rename(source, target)

    def unlink(self, path: Path) -> None:
        self._step(path)
        super().unlink(path)

    def mkdir(self, path: Path) -> None:
        self._step(path)
        super().mkdir(path)

    def rmdir(self, path: Path) -> None:
        self._step(path)
        super().rmdir(path)

    def settle(self, folder: Path) -> None:
        """Nothing: it changes nothing, and would take most of the time."""

    def sleep(self, seconds: float) -> None:
        raise AssertionError(f"nothing is held open, and yet it waits {seconds} s")


class FullDisk(Disk):
    """Has room for so many bytes; as on a real one, what fits of a file that does not is written."""

    def __init__(self, room: int) -> None:
        self._room = room

    def settle(self, folder: Path) -> None:
        """Nothing: it takes no room, and would take most of the time."""

    def write(self, path: Path, data: bytes) -> None:
        fits = data[: self._room]
        self._room -= len(fits)
        super().write(path, fits)
        if fits != data:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))


class WindowsDisk(Disk):
    """Some files are held open by Excel: they cannot be replaced, until it lets go after so many tries."""

    def __init__(self, *held: str, tries: int = 10_000, links: bool = True, kept: bool = True) -> None:
        self._held, self._tries, self._links, self._kept = held, tries, links, kept
        self.waited = 0.0

    def _check(self, path: Path) -> None:
        if path.name in self._held and self._tries > 0:
            self._tries -= 1
            error = PermissionError(errno.EACCES, "The process cannot access the file", str(path))
            error.winerror = 32  # type: ignore[attr-defined]
            raise error

    def keep(self, path: Path, copy: Path) -> None:
        if not self._kept:
            self._check(path)
        if self._links:
            super().keep(path, copy)
        else:
            self.write(copy, path.read_bytes())

    def rename(self, source: Path, target: Path) -> None:
        self._check(target)
        super().rename(source, target)

    def sleep(self, seconds: float) -> None:
        self.waited += seconds
