"""The rows of workbooks read before, for the next run over the same files.

An entry is found by where the workbook lies and by all that reading depends on beside its bytes, and used only
when the file has the very bytes that the entry was read from: a hash over all of them says so, each time. Size
and time alone never do. So a hit is what reading would give; what is saved is the reading, not the look.

What could not be read, wholly or in part, and what was encrypted is never kept. keeping.py says how entries lie.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
import struct
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.entries import is_in_the_cloud
from milestone_report.keeping import DIGEST_SIZE, entries
from milestone_report.reading.answers import Answer
from milestone_report.reading.contents import Proof

if TYPE_CHECKING:
    from milestone_report.keeping import Entries
    from milestone_report.reading.contents import Source

LARGEST_CACHE = 512 * 2**20
"""Bytes of all entries together."""

_CHUNK = 2**20
_HEAD = struct.Struct(f"<{DIGEST_SIZE}sQqI?")
"""What an entry begins with, before the rows: the proof of them."""

_READ_WITH = ("python-calamine", "lxml", "babel")
_FIRST_DAY = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Cache:
    """The rows of workbooks, an entry each. Its methods may be called from several threads, and by several runs."""

    def __init__(self, kept: Entries, fingerprint: bytes) -> None:
        self._kept, self._fingerprint = kept, fingerprint

    def find(self, source: Source) -> Answer | None:
        """The answer for a workbook as reading it now would give it, None where it must be read."""
        name = self._name(source)
        entry = self._kept.find(name)
        if entry is None:
            return None
        answer = _opened(entry)
        try:
            if answer.proof is None or not _is_proved(source.file, answer.proof):
                return None
        except (OSError, ValueError):
            return None
        self._kept.use(name)
        return answer

    def keep(self, source: Source, answer: Answer) -> None:
        """Keep the rows of a workbook that was read whole."""
        if answer.proof is not None and len(answer.rows) <= LARGEST_CACHE // 4:
            self._kept.keep(self._name(source), _headed(answer.proof, answer.rows))

    def forget(self, source: Source) -> None:
        """Keep nothing of a workbook any more."""
        self._kept.forget(self._name(source))

    def tidy(self) -> None:
        """Delete what is more than the cache may hold, if this run has added something."""
        self._kept.tidy()

    def _name(self, source: Source) -> str:
        """The name of the entry of a workbook: a hash of all that its rows depend on beside its bytes.

        The password is none of it, as nothing is kept that needs one.
        """
        settings = replace(source.settings, password="")
        asked = repr((os.fspath(source.file), source.path, settings)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(self._fingerprint + asked, digest_size=DIGEST_SIZE).hexdigest()


def open_cache(folder: Path) -> Cache | None:
    """The cache in a folder, which is made if it is not there. None where nobody else may be kept out of it."""
    kept = entries(folder, ".rows", LARGEST_CACHE)
    try:
        return None if kept is None else Cache(kept, fingerprint())
    except (OSError, metadata.PackageNotFoundError):
        return None


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


def _headed(proof: Proof, rows: bytes) -> bytes:
    """What an entry holds: what proves the rows, and the rows."""
    since = proof.written - _FIRST_DAY
    written = (since.days * 86_400 + since.seconds, since.microseconds)
    return _HEAD.pack(proof.digest, proof.size, *written, proof.by_file_time) + rows


def _opened(entry: bytes) -> Answer:
    """The answer that an entry holds."""
    digest, size, seconds, microseconds, by_file_time = _HEAD.unpack_from(entry)
    written = _FIRST_DAY + dt.timedelta(seconds=seconds, microseconds=microseconds)
    return Answer(entry[_HEAD.size :], Proof(size, digest, written, by_file_time))
