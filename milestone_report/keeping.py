"""Folders in which something is kept for the next run: entries, a file each, that nobody else may see or put there.

An entry is sealed with a hash over its bytes. One that is damaged, or cannot be read or written, is none: what it
would have saved is done again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_UNUSED = 60 * 24 * 3600
"""Seconds after which an entry that no run has used goes: it may be clients' data."""

DIGEST_SIZE = 32
"""Bytes of the hashes that name entries and seal them (BLAKE2b)."""

_UNFINISHED = "milestone-report-"


@dataclass(slots=True)
class Entries:
    """The entries in a folder of ours. Its methods may be called from several threads, and by several runs.

    The name of an entry is a hash in hexadecimal, `suffix` comes behind it. What else lies in the folder is the
    user's. `largest` is how many bytes all entries together may take; those used longest ago go first.
    """

    folder: Path
    suffix: str
    largest: int
    _written: bool = field(default=False, init=False)

    def find(self, name: str) -> bytes | None:
        """What an entry holds; None where there is none, or it is damaged."""
        try:
            with self.place(name).open("rb") as stream:
                # Who may rename the folder could put one of theirs in its place.
                if not _is_our_own(os.fstat(stream.fileno())):
                    return None
                sealed = stream.read()
        except (OSError, ValueError):
            return None
        data = sealed[DIGEST_SIZE:]
        return data if sealed[:DIGEST_SIZE] == _seal(data) else None

    def use(self, name: str) -> None:
        """Note that an entry was of use."""
        with contextlib.suppress(OSError):
            os.utime(self.place(name))

    def keep(self, name: str, data: bytes) -> None:
        """Make an entry, or replace it. What does not work out is left: it is only slower."""
        with contextlib.suppress(OSError):
            _write(self.place(name), _seal(data) + data)
            self._written = True

    def forget(self, name: str) -> None:
        """Keep an entry no longer."""
        with contextlib.suppress(OSError, ValueError):
            self.place(name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Delete what is more than may be kept, and what was not used for long, if this run has added something."""
        if not self._written:
            return
        now, total = time.time(), 0
        with contextlib.suppress(OSError):
            for used, size, name in sorted(self._all(), reverse=True):
                total += size
                if total > self.largest or now - used > LONGEST_UNUSED:
                    with contextlib.suppress(OSError):
                        (self.folder / name).unlink()

    def place(self, name: str) -> Path:
        """Where an entry is."""
        return self.folder / f"{name}{self.suffix}"

    def _all(self) -> Iterator[tuple[float, int, str]]:
        """When it was used, size and name of each entry, and of what a killed run left half written."""
        ours = re.compile(rf"[0-9a-f]{{{2 * DIGEST_SIZE}}}{re.escape(self.suffix)}|{_UNFINISHED}\w+\.part")
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if ours.fullmatch(entry.name):
                    with contextlib.suppress(OSError):
                        found = entry.stat(follow_symlinks=False)
                        yield found.st_mtime, found.st_size, entry.name


def entries(folder: Path, suffix: str, largest: int) -> Entries | None:
    """The entries in a folder, which is made if it is not there. None where nobody else may be kept out of it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    return Entries(folder, suffix, largest) if stat.S_ISDIR(found.st_mode) and _is_our_own(found) else None


def _is_our_own(found: os.stat_result) -> bool:
    """Whether nobody else may look into it or change it. Windows keeps others out of a user's own folders."""
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).digest()


def _write(place: Path, data: bytes) -> None:
    """Write a file whole or not at all, for nobody else to read. Raises OSError."""
    number, name = tempfile.mkstemp(prefix=_UNFINISHED, suffix=".part", dir=place.parent)  # mode 0600
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
        Path(name).replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
