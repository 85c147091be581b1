"""Which files to read: workbooks named one by one, and those that lie in a named folder."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.model import Notice
from milestone_report.reading.copies import find_copies
from milestone_report.reading.loading import cloud_stub
from milestone_report.reading.owners import find_owners
from milestone_report.reading.workbook import Source
from milestone_report.text import displayable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milestone_report.model import ReadingSettings

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


def find_workbooks(paths: Sequence[Path], settings: ReadingSettings) -> tuple[list[Source], list[Notice]]:
    """The workbooks of a run, each once, in the order given and by name within a folder.

    A path that does not exist is kept: reading it says so. A folder is not searched below its
    first level; one without workbooks is a notice, and so is what the names in it tell: a workbook
    that is open in Excel, or one that looks like a copy of another.
    """
    files: dict[tuple[object, ...], Path] = {}
    notices = []
    for path in paths:
        if not _is_folder(path):
            files.setdefault(_identity(path), _absolute(path))
            continue
        try:
            inside = _workbooks_in(path)
            why = "the folder holds no workbook"
            how = "Name a folder with .xlsx, .xlsm, .xls, .xlsb or .ods files. Folders inside it are not searched."
        except OSError as error:
            inside, why = [], f"the folder cannot be opened ({error.strerror or error})"
            how = "Check that you may open the folder, and that its drive is connected."
        if not inside:
            name = displayable(path.name or str(path))
            notices.append(Notice("W001", name, facts={"why": why, "how": how}))
        for file in inside:
            files.setdefault(_identity(file), _absolute(file))
    found = list(files.values())
    sources = [Source(file, displayable(name), settings) for file, name in zip(found, _shown(found), strict=True)]
    return sources, [*notices, *_neighbours(sources)]


def _neighbours(sources: Sequence[Source]) -> Iterable[Notice]:
    """What the names beside the workbooks tell. Each folder is listed once, however many files it holds."""
    folders: dict[Path, dict[str, str]] = defaultdict(dict)
    for source in sources:
        folders[source.file.parent][source.file.name] = source.path
    for folder, shown in folders.items():
        yield from find_owners(folder, shown)
        yield from find_copies(shown)


def _is_folder(path: Path | os.DirEntry[str]) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # reading it as a file will say what is wrong with it


def _identity(path: Path) -> tuple[object, ...]:
    """What makes two paths the same workbook: one file under two names would be counted twice."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return (_absolute(path),)
    return (status.st_dev, status.st_ino) if status.st_ino else (_absolute(path),)


def _workbooks_in(folder: Path) -> list[Path]:
    """What has the name of a workbook in a folder; Excel's own "~$" files and hidden ones have not. Raises OSError.

    A link that leads nowhere is kept, too: it stands for a workbook that somebody expects to be counted.
    """
    with os.scandir(folder) as entries:
        names = {name for entry in entries if (name := _workbook_name(entry.name)) and not _is_folder(entry)}
    return sorted(folder / name for name in names)


def _workbook_name(name: str) -> str:
    """The workbook that a file is or stands for (".Book.xlsx.icloud" for Book.xlsx), "" where it is none."""
    stub = name.removeprefix(".").removesuffix(".icloud")
    if name == cloud_stub(stub):
        name = stub
    return name if os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith(("~$", ".")) else ""  # noqa: PTH122


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link stays the name the user knows


def _shown(files: Sequence[Path]) -> Iterable[str]:
    """Names when they differ, else the ways from the folder that all have in common: the same on every machine."""
    names = [file.name for file in files]
    if len({name.casefold() for name in names}) == len(names):
        return names
    common = os.path.commonpath([file.parent for file in files])
    return [file.relative_to(common).as_posix() for file in files]
