"""Writes the outputs: each file whole or not at all, one run at a time in a folder."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from milestone_report.facts import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LOCK_NAME = ".milestone-report.lock"


class FolderBusyError(Exception):
    """Another run is writing to the folder."""


class NotWrittenError(Exception):
    """The outputs could not be written; what was there before is there still."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the output folder for one run.

    Raises FolderBusyError at once when another run holds it, NotWrittenError when it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK_NAME)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FolderBusyError(str(folder)) from error
    except FileExistsError as error:
        raise NotWrittenError(phrase("a file stands where the folder should be")) from error
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()


def write_all(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write all files beside their targets first, then put each in its place; all or none.

    A name may have folders before it ("by-owner/Maya/summary.html"), which are made. A reader never sees
    half a file, and a full disk is noticed before any old file is replaced. Where one cannot be replaced
    (open in Excel, say), those before it get their old content back. Raises NotWrittenError.
    """
    waiting: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path, bytes | None]] = []
    made: list[Path] = []
    try:
        for name, data in files:
            _make_folders(folder, (folder / name).parent, made)
            waiting.append((_write_beside(folder / name, data), folder / name))
        for temporary, target in waiting:
            before = target.read_bytes() if target.exists() else None
            temporary.replace(target)
            replaced.append((target, before))
    except OSError as error:
        for target, before in replaced:
            _put_back(target, before)
        raise NotWrittenError(error.strerror or str(error)) from error
    finally:
        for temporary, _target in waiting:
            temporary.unlink(missing_ok=True)
        if len(replaced) < len(files):
            _take_away(made)
    return [target for _temporary, target in waiting]


def of_earlier_runs(folder: Path, parents: Iterable[str], files: Iterable[Path]) -> list[Path]:
    """The folders inside `parents` of the output folder in which none of these files lies; [] where none can be listed.

    They may be all that somebody has of an earlier run, and so are named and left.
    """
    written = {_identity(file.parent) for file in files}
    found: list[Path] = []
    for parent in parents:
        with contextlib.suppress(OSError):
            inside = sorted(path for path in (folder / parent).iterdir() if path.is_dir())
            found += [path for path in inside if _identity(path) not in written]
    return found


def _identity(folder: Path) -> tuple[int, int]:
    """What makes two names the same folder, where capitals do not matter, too."""
    status = folder.stat()
    return status.st_dev, status.st_ino


def _make_folders(folder: Path, wanted: Path, made: list[Path]) -> None:
    """Make a folder inside the output folder, and those above it; `made` gets them. A link may lead elsewhere."""
    if not wanted.resolve().is_relative_to(folder.resolve()):
        raise OSError(None, f"“{wanted}” is a link to another place")
    ways = [way for way in (wanted, *wanted.parents) if way != folder and way.is_relative_to(folder)]
    for way in reversed(ways):
        if not way.exists():
            way.mkdir()
            made.append(way)


def _take_away(made: Sequence[Path]) -> None:
    for way in reversed(made):
        with contextlib.suppress(OSError):
            way.rmdir()


def create_missing(folder: Path, files: Mapping[str, bytes]) -> tuple[list[Path], list[Path]]:
    """Make those files that are not there yet, names with a slash in folders below. Returns those made, those left.

    What is there is never touched, also where it comes into being meanwhile. Raises NotWrittenError.
    """
    made, left = [], []
    try:
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with target.open("xb") as file:
                    made.append(target)
                    file.write(data)
            except FileExistsError:
                left.append(target)
    except OSError as error:
        for target in made[-1:]:
            target.unlink(missing_ok=True)  # it may be half written
        raise NotWrittenError(error.strerror or str(error)) from error
    return made, left


def _put_back(target: Path, before: bytes | None) -> None:
    if before is None:
        target.unlink(missing_ok=True)
    else:
        _write_beside(target, before).replace(target)


def _write_beside(target: Path, data: bytes) -> Path:
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; a report is as readable as any other file the user makes.
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
