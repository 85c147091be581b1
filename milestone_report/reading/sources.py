"""Which files to read: workbooks named one by one, and those that lie in a named folder."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.entries import cloud_stub, is_link
from milestone_report.facts import both, listed, phrase, phrases, spelled_number
from milestone_report.model import Notice
from milestone_report.reading.contents import Source
from milestone_report.reading.copies import copies_by_name, tell_copies, twins
from milestone_report.reading.owners import find_owners, is_owner_file
from milestone_report.reading.refusal import RefusedError
from milestone_report.text import displayable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from milestone_report.model import ReadingSettings

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})

MOST_FOLDERS, MOST_FILES = 200, 10_000
"""Folders inside a folder that are looked into for workbooks that are not read, and files in each of them."""

_MOST_NAMED = 3


def find_workbooks(paths: Sequence[Path], settings: ReadingSettings) -> tuple[list[Source], list[Notice]]:
    """The workbooks of a run, each once, in the order given and by name within a folder.

    A path that does not exist is kept: reading it says so. A "~$" file, which a shell gives for *.xlsx while
    Excel has a workbook open, is passed over, and named only where nothing else is given. A folder is not
    searched below its first level; one without workbooks is a notice, and so are folders with workbooks inside
    it, and what the names in it tell: a workbook that is open in Excel, or one that looks like a copy of another.
    Of workbooks that are the same to the last byte only one is taken; that is a notice, too.
    """
    files: dict[tuple[object, ...], Path] = {}
    notices = []
    given = {_identity(path) for path in paths}
    owner_files = [path for path in paths if is_owner_file(path) and not _is_folder(path)]
    if len(owner_files) == len(paths):
        return [], [_no_workbook(path) for path in owner_files]
    for path in paths:
        if path in owner_files:
            continue
        if not _is_folder(path):
            files.setdefault(_identity(path), _absolute(path))
            continue
        try:
            inside, folders = _workbooks_in(path)
            why = phrase("the folder holds no workbook")
            how = phrase(
                "Name a folder with .xlsx, .xlsm, .xls, .xlsb or .ods files. Folders inside it are not searched."
            )
        except OSError as error:
            inside, folders, why = (
                [],
                [],
                phrase("the folder cannot be opened ({reason})", reason=str(error.strerror or error)),
            )
            how = phrase("Check that you may open the folder, and that its drive is connected.")
        name = displayable(path.name or str(path))
        if not inside:
            notices.append(Notice("W001", name, facts={"why": why, "how": how}))
        folders = [folder for folder in folders[:MOST_FOLDERS] if _identity(folder) not in given]
        if passed_over := [displayable(folder.name) for folder in folders if _holds_workbooks(folder)]:
            notices.append(_not_searched(name, passed_over))
        for file in inside:
            files.setdefault(_identity(file), _absolute(file))
    found = list(files.values())
    shown = {file: displayable(name) for file, name in zip(found, _shown(found), strict=True)}
    by_name = copies_by_name(found)
    twin_of = twins(found, by_name)
    notices += [*_open_ones(shown), *tell_copies(shown, by_name, twin_of)]
    same: dict[Path, list[Path]] = defaultdict(list)
    for twin, original in twin_of.items():
        same[original].append(twin)
    return [Source(file, shown[file], settings, tuple(same[file])) for file in found if file not in twin_of], notices


def is_there(path: Path) -> bool:
    """Whether a file is there, or a folder with something in it: where a share that is away belongs is an empty one."""
    try:
        if path.is_dir():
            with os.scandir(path) as entries:
                return any(True for _entry in entries)
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def unread_beside(sources: Sequence[Source]) -> list[Path]:
    """What has the name of a workbook beside those of a run, and is none of them."""
    read = {file for source in sources for file in (source.file, *source.same)}
    unread: list[Path] = []
    for folder in dict.fromkeys(source.file.parent for source in sources):
        with suppress(OSError):
            unread += [file for file in _workbooks_in(folder)[0] if file not in read]
    return unread


def _open_ones(shown: Mapping[Path, str]) -> Iterable[Notice]:
    """Which workbooks are open in Excel. Each folder is listed once, however many files it holds."""
    folders: dict[Path, dict[str, str]] = defaultdict(dict)
    for file, name in shown.items():
        folders[file.parent][file.name] = name
    for folder, names in folders.items():
        yield from find_owners(folder, names)


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


def _workbooks_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """What has the name of a workbook in a folder, and the folders inside it. Raises OSError.

    Excel's own "~$" files and hidden files and folders are none, and no folder that is a link. A link that leads
    nowhere is kept, too: it stands for a workbook that somebody expects to be counted.
    """
    names, folders = set(), []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _is_folder(entry):
                names.add(_workbook_name(entry.name))
            elif not entry.name.startswith(".") and not _may_lead_away(entry):
                folders.append(folder / entry.name)
    return sorted(folder / name for name in names - {""}), sorted(folders)


def _may_lead_away(entry: os.DirEntry[str]) -> bool:
    try:
        return is_link(entry)
    except OSError:
        return True  # nobody can say where it leads


def _holds_workbooks(folder: Path) -> bool:
    """Whether a workbook lies in a folder; our own summaries, and a folder that cannot be opened, are passed over."""
    # What reads is imported in the readers; here it is needed for folders inside a folder only.
    from milestone_report.reading.loading import load  # noqa: PLC0415
    from milestone_report.reading.ooxml import is_own_output  # noqa: PLC0415

    try:
        with os.scandir(folder) as entries:
            names = [name for entry in islice(entries, MOST_FILES) if (name := _workbook_name(entry.name))]
        return any(not (name.startswith("summary") and is_own_output(load(folder / name)[0])) for name in names)
    except RefusedError:
        return True  # it is none that we have just written
    except OSError:
        return False


def _not_searched(folder: str, inside: Sequence[str]) -> Notice:
    """What to say of the folders with workbooks inside a folder."""
    named = [phrase("“{text}”", text=name) for name in inside[:_MOST_NAMED]]
    more = len(inside) - len(named)
    last = phrase("{number} more", number=spelled_number(more)) if more else named.pop()
    which = both([listed(named), last]) if named else last
    return Notice(
        "W004",
        folder,
        value="; ".join(inside[:_MOST_NAMED]),
        facts={
            "why": phrases(
                "workbooks lie in the folder {names}, and folders inside a folder are not read",
                "workbooks lie in the folders {names}, and folders inside a folder are not read",
                len(inside),
                names=which,
            ),
            "how": phrase("Otherwise name each of these folders, too, or move the workbooks up."),
        },
    )


def _no_workbook(owner_file: Path) -> Notice:
    facts = {
        "why": phrase("it is the small file that Excel leaves beside a workbook that is open"),
        "how": phrase("Otherwise name the workbook itself."),
    }
    return Notice("W004", displayable(owner_file.name), facts=facts)


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
