"""The changes that writing makes on disk, each a method, so that tests can let any of them fail."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_WAITS = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0)
"""Seconds between tries while a file is held open: five in all. A virus scanner lets go sooner, Excel does not."""

_HELD = {5, 32, 33}
"""Windows: access denied, sharing violation, lock violation. A program has the file open."""


class Disk:
    """Files and folders as the operating system changes them. Raises OSError."""

    def write(self, path: Path, data: bytes) -> None:
        """Make a file with these bytes, as readable as any of the user's, and on the disk itself when this returns."""
        # Made anew: a link that lies in its place would lead the bytes elsewhere.
        path.unlink(missing_ok=True)
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def keep(self, path: Path, copy: Path) -> None:
        """Keep a file's content under another name, which is free."""
        try:
            self.link(path, copy)
        except OSError:
            self.write(copy, path.read_bytes())

    def link(self, path: Path, name: Path) -> None:
        """Give a file a second name, which is free. Some file systems have none."""
        os.link(path, name)

    def replace(self, source: Path, target: Path) -> None:
        """Give a file another's name; waits some seconds where the other is held open."""
        for wait in (*_WAITS, None):
            try:
                self.rename(source, target)
            except OSError as error:
                if wait is None or not held_open(error):
                    raise
                self.sleep(wait)
            else:
                return

    def rename(self, source: Path, target: Path) -> None:
        """Give a file another's name, at once or not at all."""
        source.replace(target)

    def place(self, path: Path, target: Path) -> None:
        """Give a file's content a second name, at once. Raises FileExistsError where something has it, and spares it.

        Where the file system has no second names it is written anew, and only a run that is killed leaves half of it.
        """
        try:
            self.link(path, target)
        except FileExistsError:
            raise
        except OSError:
            data = path.read_bytes()
            file = target.open("xb")
            try:
                with file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                target.unlink(missing_ok=True)
                raise

    def unlink(self, path: Path) -> None:
        """Take a file away, if it is there."""
        path.unlink(missing_ok=True)

    def mkdir(self, path: Path) -> None:
        """Make a folder."""
        path.mkdir()

    def rmdir(self, path: Path) -> None:
        """Take a folder away, if it is there and empty."""
        with contextlib.suppress(OSError):
            path.rmdir()

    def settle(self, folder: Path) -> None:
        """Bring the names in a folder onto the disk, where the system has a way to."""
        with contextlib.suppress(OSError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def held_open(error: OSError) -> bool:
    """Whether a file could not be replaced because a program has it open. Elsewhere than on Windows none can."""
    return getattr(error, "winerror", None) in _HELD or error.errno in (errno.EBUSY, errno.ETXTBSY)
