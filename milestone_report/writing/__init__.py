"""Writes the outputs: all of a run or none, one run at a time in a folder."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.stopping import held
from milestone_report.writing.disk import Disk, held_open
from milestone_report.writing.journal import Journal, new, old
from milestone_report.writing.lock import HOLDER_NAME, LOCK_NAME, FolderBusyError, NotWrittenError, locked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "HOLDER_NAME",
    "LOCK_NAME",
    "FolderBusyError",
    "NotWrittenError",
    "create_missing",
    "locked",
    "not_replaced",
    "of_earlier_runs",
    "write_all",
]


def write_all(folder: Path, files: Sequence[tuple[str, bytes]], as_of: dt.date, disk: Disk | None = None) -> list[Path]:
    """Write all files beside their targets first, then put each in its place; all or none. Returns where they are.

    A name may have folders before it ("by-owner/Maya/summary.html"), which are made. A reader never sees half a file,
    and a full disk is noticed before any old file is replaced. One that a program holds open for some seconds is left,
    and the new one is beside it under a name with the date. The folder must be locked: where the run is killed
    meanwhile, the next one that locks it makes the set whole; one that is stopped finishes this first. Raises
    NotWrittenError, and Stopped when all is written.
    """
    with held():
        return _all_or_none(Journal(folder, disk or Disk()), files, as_of)


def _all_or_none(journal: Journal, files: Sequence[tuple[str, bytes]], as_of: dt.date) -> list[Path]:
    try:
        return _replaced(journal, files, as_of)
    except OSError as error:
        why = error.strerror or str(error)
        try:
            journal.undo()
        except OSError as another:
            told = phrase(
                "{why}; the next run will put “{file}” back ({error})",
                why=why,
                file=str(another.filename),
                error=another.strerror or str(another),
            )
            raise NotWrittenError(told, intact=False) from error
        raise NotWrittenError(why) from error


def _replaced(journal: Journal, files: Sequence[tuple[str, bytes]], as_of: dt.date) -> list[Path]:
    folder, disk = journal.folder, journal.disk
    targets = [folder / name for name, _data in files]
    wanted = list(dict.fromkeys(way for target in targets for way in _ways(folder, target.parent)))
    ways = [way for way in wanted if not way.exists()]
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(None, f"“{target}” is a folder", str(target))
        # What a killed run left is cleared before the note is made, so that it is never taken for an old file.
        if target.parent.exists():
            disk.unlink(new(target))
            disk.unlink(old(target))
    journal.targets.update({target: target.exists() for target in targets})
    journal.made.extend(ways)
    journal.save()
    for way in ways:
        disk.mkdir(way)
    held = set()
    for target, (_name, data) in zip(targets, files, strict=True):
        disk.write(new(target), data)
        try:
            if journal.targets[target]:
                disk.keep(target, old(target))
        except OSError as error:
            if not held_open(error):
                raise
            held.add(target)
    for parent in dict.fromkeys(target.parent for target in targets):
        disk.settle(parent)
    written = [
        _beside(journal, target, as_of) if target in held else _in_place(journal, target, as_of) for target in targets
    ]
    journal.finish()
    return written


def _in_place(journal: Journal, target: Path, as_of: dt.date) -> Path:
    """Put the new content in its place, or beside it where the old one is held open. Returns where it is."""
    try:
        journal.disk.replace(new(target), target)
    except OSError as error:
        if not held_open(error):
            raise
        return _beside(journal, target, as_of)
    return target


def _beside(journal: Journal, target: Path, as_of: dt.date) -> Path:
    """Put the new content beside a file: “summary 2026-03-31.xlsx”, else “summary 2026-03-31 (2).xlsx” and so on."""
    dated = target.with_name(f"{target.stem} {as_of.isoformat()}{target.suffix}")
    free, number = dated, 1
    while free.exists():
        number += 1
        free = dated.with_name(f"{dated.stem} ({number}){dated.suffix}")
    journal.targets[free] = False
    journal.save()
    journal.disk.replace(new(target), free)
    return free


def _ways(folder: Path, wanted: Path) -> list[Path]:
    """A folder inside the output folder, and those above it, outer ones first. A link may lead elsewhere."""
    if not wanted.resolve().is_relative_to(folder.resolve()):
        raise OSError(None, f"“{wanted}” is a link to another place")
    return [way for way in reversed((wanted, *wanted.parents)) if way != folder and way.is_relative_to(folder)]


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


def not_replaced(names: Iterable[str], files: Iterable[Path]) -> list[Path]:
    """The files with these names that lie beside those written, and are not of this run."""
    written = dict.fromkeys(files)
    folders = dict.fromkeys(file.parent for file in written)
    return [folder / name for folder in folders for name in names if folder / name not in written
            and (folder / name).is_file()]  # fmt: skip


def _identity(folder: Path) -> tuple[int, int]:
    """What makes two names the same folder, where capitals do not matter, too."""
    status = folder.stat()
    return status.st_dev, status.st_ino


def create_missing(
    folder: Path, files: Mapping[str, bytes], folders: Iterable[str] = (), disk: Disk | None = None
) -> tuple[list[Path], list[Path]]:
    """Make those folders and files that are not there yet, all or none. Returns those made, and files that were there.

    Names with a slash lie in folders below. What is there is never touched, also where it comes into being
    meanwhile. A run that is killed leaves no half file under any of the names: the files before one are whole, and the
    next run makes the others. Raises NotWrittenError, and Stopped when all are made.
    """
    with held():
        return _made(folder, files, folders, disk or Disk())


def _made(
    folder: Path, files: Mapping[str, bytes], folders: Iterable[str], disk: Disk
) -> tuple[list[Path], list[Path]]:
    made: list[Path] = []
    ways: list[Path] = []
    targets = {folder / name: data for name, data in files.items()}
    missing: dict[Path, bytes] = {}
    try:
        missing |= {target: data for target, data in targets.items() if not target.exists()}
        for name in folders:
            new_ways = [way for way in (folder / name, *(folder / name).parents) if not way.exists()]
            (folder / name).mkdir(parents=True, exist_ok=True)
            ways += reversed(new_ways)
        for target, data in missing.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            disk.write(new(target), data)
        for target in missing:
            with contextlib.suppress(FileExistsError):  # somebody has made it meanwhile
                disk.place(new(target), target)
                made.append(target)
        for parent in dict.fromkeys(target.parent for target in made):
            disk.settle(parent)
    except OSError as error:
        for target in made:
            target.unlink(missing_ok=True)
        _clear(missing, disk)
        for way in reversed(ways):
            with contextlib.suppress(OSError):  # somebody has put something into it meanwhile
                way.rmdir()
        raise NotWrittenError(error.strerror or str(error)) from error
    _clear(targets, disk)
    left = [target for target in targets if target not in made]
    return [*made, *(way for way in ways if way.is_relative_to(folder) and way != folder)], left


def _clear(targets: Iterable[Path], disk: Disk) -> None:
    """Take away what waited for its place, also what a run that was killed has left. Where that fails it stays."""
    for target in targets:
        with contextlib.suppress(OSError):
            disk.unlink(new(target))
