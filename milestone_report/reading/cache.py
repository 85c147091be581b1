"""The rows of workbooks read before, for the next run over the same files.

An entry is found by where the workbook lies and by all that reading depends on beside its bytes, and used only
when the file has the very bytes that the entry was read from: a hash over all of them says so, each time. Size
and time alone never do. So a hit is what reading would give; what is saved is the reading, not the look.

What could not be read, wholly or in part, and what was encrypted is never kept. The folder is the user's own.
An entry that is damaged, or cannot be read or written, is none: the workbook is read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import stat
import struct
import sys
import tempfile
import time
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.entries import is_in_the_cloud
from milestone_report.reading.answers import Answer
from milestone_report.reading.workbook import DIGEST_SIZE, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.reading.workbook import Source

LARGEST_CACHE = 512 * 2**20
"""Bytes of all entries together; those used longest ago go first."""

LONGEST_UNUSED = 60 * 24 * 3600
"""Seconds after which an entry that no run has used goes, too: it is clients' data."""

_CHUNK = 2**20
_SUFFIX = ".rows"
_UNFINISHED = "milestone-report-"
_OURS = re.compile(rf"[0-9a-f]{{{2 * DIGEST_SIZE}}}\.rows|{_UNFINISHED}\w+\.part")
"""The names of entries, and of half written ones. What else lies in the folder is the user's."""

_HEAD = struct.Struct(f"<8s{DIGEST_SIZE}sQqI?{DIGEST_SIZE}s")
_MAGIC = b"mrrows1\n"
_READ_WITH = ("python-calamine", "lxml", "babel")
_FIRST_DAY = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Cache:
    """A folder of entries, a file each. Its methods may be called from several threads, and by several runs."""

    def __init__(self, folder: Path, fingerprint: bytes) -> None:
        self._folder, self._fingerprint = folder, fingerprint
        self._written = False

    def find(self, source: Source) -> Answer | None:
        """The answer for a workbook as reading it now would give it, None where it must be read."""
        place = self._place(source)
        try:
            kept = _opened(place.read_bytes())
            if kept is None or kept.proof is None or not _is_proved(source.file, kept.proof):
                return None
            os.utime(place)
        except (OSError, ValueError):
            return None
        return kept

    def keep(self, source: Source, answer: Answer) -> None:
        """Keep the rows of a workbook that was read whole. What does not work out is left: it is only slower."""
        proof = answer.proof
        if proof is None or len(answer.rows) > LARGEST_CACHE // 4:
            return
        with contextlib.suppress(OSError):
            _write(self._place(source), _sealed(proof, answer.rows))
            self._written = True

    def forget(self, source: Source) -> None:
        """Keep nothing of a workbook any more."""
        with contextlib.suppress(OSError, ValueError):
            self._place(source).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Delete what is more than the cache may hold, if this run has added something."""
        if not self._written:
            return
        now, total = time.time(), 0
        with contextlib.suppress(OSError):
            for used, size, name in sorted(self._entries(), reverse=True):
                total += size
                if total > LARGEST_CACHE or now - used > LONGEST_UNUSED:
                    with contextlib.suppress(OSError):
                        (self._folder / name).unlink()

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """When it was used, size and name of each entry, and of what a killed run left half written."""
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if _OURS.fullmatch(entry.name):
                    with contextlib.suppress(OSError):
                        found = entry.stat(follow_symlinks=False)
                        yield found.st_mtime, found.st_size, entry.name

    def _place(self, source: Source) -> Path:
        """Where the entry of a workbook is: the name is a hash of all that its rows depend on beside its bytes.

        The password is none of it, as nothing is kept that needs one.
        """
        settings = replace(source.settings, password="")
        asked = repr((os.fspath(source.file), source.path, settings)).encode("utf-8", "surrogatepass")
        name = hashlib.blake2b(self._fingerprint + asked, digest_size=DIGEST_SIZE)
        return self._folder / f"{name.hexdigest()}{_SUFFIX}"


def open_cache(folder: Path) -> Cache | None:
    """The cache in a folder, which is made if it is not there. None where nobody else may be kept out of it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Cache(folder, fingerprint()) if _is_our_own(folder.lstat()) else None
    except (OSError, metadata.PackageNotFoundError):
        return None


def _is_our_own(found: os.stat_result) -> bool:
    """Whether it is a folder that nobody else may enter. Windows keeps others out of a user's own folders."""
    if not stat.S_ISDIR(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)


def fingerprint() -> bytes:
    """What reads: a hash over this program's code, and the versions of Python and the libraries that read.

    Raises OSError or PackageNotFoundError where it cannot be told.
    """
    told = hashlib.blake2b(repr(sys.version_info).encode(), digest_size=DIGEST_SIZE)
    for name in _READ_WITH:
        told.update(f"{name} {metadata.version(name)}\n".encode())
    package = Path(__file__).parents[1]
    # Reading imports from these alone: stages never import each other.
    for folder in (package, package / "model", package / "reading"):
        for file in sorted(folder.iterdir()):
            if file.suffix in (".py", ".toml"):
                data = file.read_bytes()
                told.update(f"{folder.name}/{file.name} {len(data)}\n".encode())
                told.update(data)
    return told.digest()


def _is_proved(file: Path, proof: Proof) -> bool:
    """Whether a file can be read now and has the bytes of the proof. Raises OSError or ValueError."""
    before = file.stat()
    if before.st_size != proof.size or not stat.S_ISREG(before.st_mode) or is_in_the_cloud(before):
        return False
    told = hashlib.blake2b(digest_size=DIGEST_SIZE)
    with file.open("rb", buffering=0) as stream:
        while data := stream.read(_CHUNK):
            told.update(data)
        after = os.fstat(stream.fileno())
    if told.digest() != proof.digest or after.st_mtime_ns != before.st_mtime_ns:
        return False
    return not proof.by_file_time or dt.datetime.fromtimestamp(after.st_mtime, tz=dt.UTC) == proof.written


def _sealed(proof: Proof, rows: bytes) -> bytes:
    """An entry: what proves it, a hash over all of it, and the rows."""
    since = proof.written - _FIRST_DAY
    written = (since.days * 86_400 + since.seconds, since.microseconds)
    head = _HEAD.pack(_MAGIC, proof.digest, proof.size, *written, proof.by_file_time, bytes(DIGEST_SIZE))
    return head[:-DIGEST_SIZE] + hashlib.blake2b(head + rows, digest_size=DIGEST_SIZE).digest() + rows


def _opened(entry: bytes) -> Answer | None:
    """What an entry says, None where it is damaged."""
    if len(entry) < _HEAD.size:
        return None
    magic, digest, size, seconds, microseconds, by_file_time, seal = _HEAD.unpack_from(entry)
    rows = entry[_HEAD.size :]
    blank = entry[: _HEAD.size - DIGEST_SIZE] + bytes(DIGEST_SIZE)
    if magic != _MAGIC or seal != hashlib.blake2b(blank + rows, digest_size=DIGEST_SIZE).digest():
        return None
    written = _FIRST_DAY + dt.timedelta(seconds=seconds, microseconds=microseconds)
    return Answer(rows, Proof(size, digest, written, by_file_time))


def _write(place: Path, entry: bytes) -> None:
    """Write a file whole or not at all, for nobody else to read. Raises OSError."""
    number, name = tempfile.mkstemp(prefix=_UNFINISHED, suffix=".part", dir=place.parent)  # mode 0600
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(entry)
        Path(name).replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
