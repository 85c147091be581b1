"""Sign-off files: names in cells are matched against a folder that was listed once.

Nothing a cell says is ever looked up on disk. A name is classified as text first; what remains is
compared with the list. So no cell can make this program touch a network share or leave the folder.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from milestone_report.model import Evidence, Milestones, Notice, Sheet, Workbook
from milestone_report.text import displayable, same_name, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

DEFAULT_FOLDER = "signoffs"
DEPTH, MOST_FILES = 8, 200_000
"""Bounds of the listing: folders below the sign-off folder, and files in all."""

MOST_SUGGESTIONS = 200
_WEB = re.compile(r"^(?:https?|ftp|mailto):", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_MORE_THAN_A_NAME = re.compile(r"[/\\:%\0]|^\s*\.+\s*$")
_DRIVE = re.compile(r"^[a-z]:", re.IGNORECASE)
# Evidence is ordered from worst to best, and the worst file of a cell decides.
_RANK = {evidence: rank for rank, evidence in enumerate(Evidence)}


@dataclass(frozen=True)
class SignoffFolder:
    """A listed folder. `files` maps the folded relative path to (path below the folder, size in bytes).

    `problem` says why nothing of it could be listed, `unlisted` names a part of it that could not.
    """

    path: Path
    shown: str
    problem: str = ""
    unlisted: str = ""
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    base_names: Mapping[str, list[str]] = field(default_factory=dict)

    def find(self, name: str) -> tuple[str, int] | None:
        """A file by its path below the folder, or by its bare name where only one file bears it."""
        key = same_name(name)
        if key in self.files:
            return self.files[key]
        keys = self.base_names.get(key, ())
        return self.files[keys[0]] if len(keys) == 1 else None


@dataclass(frozen=True, slots=True)
class Match:
    """What the names of one cell came to: evidence, the found files' paths, and a hint for a missing one."""

    evidence: Evidence
    paths: str = ""
    hint: str = ""


def list_folder(folder: SignoffFolder) -> SignoffFolder:
    """The folder with its files, listed once with its subfolders; links to other folders are not followed."""
    files: dict[str, tuple[str, int]] = {}
    walk = _Walk()
    try:
        for relative, size in walk.files(folder.path, "", DEPTH):
            # Where two names differ in case only, the first by name stands for both unless it is empty.
            known = files.get(same_name(relative))
            if known is None or not known[1]:
                files[same_name(relative)] = (relative, size)
            if len(files) > MOST_FILES:
                return replace(folder, problem=f"it holds more than {MOST_FILES:,} files")
    except FileNotFoundError:
        return replace(folder, problem="it does not exist")
    except NotADirectoryError:
        return replace(folder, problem="it is not a folder")
    except (OSError, ValueError) as error:
        return replace(folder, problem=getattr(error, "strerror", None) or "its name is not possible")
    return replace(with_files(folder, files), unlisted=walk.unlisted)


def with_files(folder: SignoffFolder, files: Mapping[str, tuple[str, int]]) -> SignoffFolder:
    """The folder as if it held these files."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for key in files:
        names[posixpath.basename(key)].append(key)
    return replace(folder, files=files, base_names=names)


def folder_for(sheet: Sheet, workbook: Workbook, chosen: Path | None) -> SignoffFolder:
    """The linked folder of a sheet: the one chosen for the run, its block's, or `signoffs` beside the workbook.

    A block's folder counts only below the workbook's own, because a cell must not send this program
    to another place of the disk or the network. The folder is not listed yet.
    """
    if chosen is not None:
        return SignoffFolder(chosen, chosen.name or str(chosen))
    name = sheet.signoff_folder or DEFAULT_FOLDER
    way = name.replace("\\", "/")
    if _WEB.match(way) or _outside(way):
        problem = "it lies outside the workbook's own folder; name it with --signoffs to use it"
        return SignoffFolder(workbook.file.parent, name, problem)
    return SignoffFolder(workbook.file.parent / way, name)


def match_signoffs(
    milestones: Milestones,
    workbooks: Sequence[Workbook],
    chosen: Path | None,
    list_files: Callable[[SignoffFolder], SignoffFolder] = list_folder,
) -> tuple[Milestones, list[Notice]]:
    """Add EVIDENCE_COLUMNS to the frame, with a notice for each folder that cannot be reached.

    A sheet without a sign-off column is unchecked: nobody can say that its milestones are unsigned.
    """
    frame = milestones.frame
    books = {book.path: book for book in workbooks}
    unreachable: dict[tuple[str, str], tuple[SignoffFolder, list[Sheet]]] = {}
    listed: dict[Path, SignoffFolder] = {}
    matches: dict[tuple[int, str], Match] = {}
    hints = _Hints()
    cells: defaultdict[int, list[str]] = defaultdict(list)
    for sheet_id, cell in frame[["sheet_id", "signoff"]].drop_duplicates().itertuples(index=False):
        cells[sheet_id].append(cell)
    for sheet_id, names in cells.items():
        sheet = milestones.sheets[sheet_id]
        if "signoff" not in sheet.columns:
            matches[sheet_id, ""] = Match(Evidence.UNCHECKED)
            continue
        book = books[sheet.workbook]
        folder = folder_for(sheet, book, chosen)
        if any(names):
            if not folder.problem:
                if folder.path not in listed:
                    listed[folder.path] = list_files(folder)
                folder = listed[folder.path]
            if folder.problem or folder.unlisted:
                unreachable.setdefault((book.path, folder.shown), (folder, []))[1].append(sheet)
        for cell in names:
            matches[sheet_id, cell] = match_cell(cell, folder, book.file.parent, hints)
    found = [matches[key] for key in zip(frame["sheet_id"].tolist(), frame["signoff"].tolist(), strict=True)]
    frame = frame.assign(
        evidence=[str(match.evidence) for match in found],
        signoff_path=[match.paths for match in found],
        signoff_hint=[match.hint for match in found],
    )
    notices = [_unreachable(folder, sheets, chosen) for folder, sheets in unreachable.values()]
    return replace(milestones, frame=frame), notices


def _unreachable(folder: SignoffFolder, sheets: Sequence[Sheet], chosen: Path | None) -> Notice:
    """One notice for a workbook and folder, however many sheets need it; at the first cell that names it."""
    first = sheets[0]
    where = "this sheet" if len(sheets) == 1 else f"{len(sheets):,} sheets"
    why = folder.problem or f"“{folder.unlisted}” in it cannot be opened"
    facts = {"folder": folder.shown, "why": why, "where": where}
    if chosen is None and first.signoff_folder:
        return Notice("F305", first.workbook, first.name, first.signoff_folder_cell, first.signoff_folder, facts)
    facts["where"] = "this workbook"
    return Notice("F305", first.workbook, value=folder.shown, facts=facts)


def match_cell(cell: str, folder: SignoffFolder, beside: Path, hints: _Hints | None = None) -> Match:
    """Match the names of one cell (one a line). Every one of them has to be there, else the worst decides."""
    if not cell:
        return Match(Evidence.NONE)
    worst, paths, hint = Evidence.FOUND, [], ""
    for name in cell.splitlines():
        evidence, relative = _match_name(name, folder, beside)
        if evidence is Evidence.FOUND:
            paths.append(str(folder.path / relative))
            bare = posixpath.basename(relative)
            same = any(way.replace("\\", "/").strip().endswith(bare) for way in (name, unquote(name)))
            hint = hint or ("" if same else displayable(bare))
        elif evidence is Evidence.MISSING and not hint:
            hint = (hints or _Hints()).nearest(name, folder)
        worst = min(worst, evidence, key=_RANK.__getitem__)
    return Match(worst, "\n".join(paths), hint)


def _match_name(name: str, folder: SignoffFolder, beside: Path) -> tuple[Evidence, str]:
    listed = folder.files.get(same_name(name.strip()))
    if listed is not None:  # whatever its name looks like: it is in the list
        return (Evidence.FOUND if listed[1] else Evidence.EMPTY), listed[0]
    if _WEB.match(name):
        return Evidence.LINK, ""
    way = _below(name, folder.path, beside)
    if way is None:
        return Evidence.REFUSED, ""
    if folder.problem:
        return Evidence.UNCHECKED, ""
    for candidate in way:
        found = folder.find(candidate)
        if found is not None:
            return (Evidence.FOUND if found[1] else Evidence.EMPTY), found[0]
    return (Evidence.UNCHECKED if folder.unlisted else Evidence.MISSING), ""


def _below(name: str, folder: Path, beside: Path) -> list[str] | None:
    """The ways below the folder that a name can mean, None where it points outside. Pure text: no disk.

    A link that Excel made is relative to the workbook ("signoffs/a.pdf", "../scans/a.pdf") or a
    file address; both are fine as long as they end below the folder.
    """
    if not _MORE_THAN_A_NAME.search(name):
        return [name.strip()]
    text = name.replace("\\", "/").strip()
    if text.lower().startswith("file:"):
        text = re.sub(r"^file:(?://localhost)?/{0,3}", "", unquote(text), flags=re.IGNORECASE)
        text = text if _DRIVE.match(text) else "/" + text
    elif "%" in text:
        text = unquote(text)
    if "\0" in text or (_SCHEME.match(text) and not _DRIVE.match(text)):
        return None
    root, start = _absolute(folder), _absolute(beside)
    from_workbook = posixpath.normpath(posixpath.join(start, text))
    ways = (
        [posixpath.relpath(from_workbook, root)] if same_name(from_workbook).startswith(same_name(root) + "/") else []
    )
    if not _outside(text):
        ways.insert(0, posixpath.normpath(text))
    return ways or None


@lru_cache(maxsize=1024)
def _absolute(path: Path) -> str:
    """A path from the root on, as text: `resolve` would ask the disk."""
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100


def _outside(text: str) -> bool:
    """Whether a path is absolute, has a drive or a share, or climbs out of where it starts."""
    if text.startswith("/") or _DRIVE.match(text):
        return True
    return posixpath.normpath(text).split("/", 1)[0] == ".."


class _Walk:
    """Goes through a folder; one entry that cannot be looked at does not hide the others."""

    def __init__(self) -> None:
        self.unlisted = ""

    def files(self, path: Path, below: str, depth: int) -> Iterator[tuple[str, int]]:
        """(path below the folder, size) of each file, in the order of their names."""
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            relative = f"{below}{entry.name}"
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth > 0:
                        yield from self.files(Path(entry.path), f"{relative}/", depth - 1)
                elif entry.is_file():
                    yield relative, entry.stat().st_size
            except OSError:
                self.unlisted = self.unlisted or relative


class _Hints:
    """Which file may be meant by a missing name. An index by parts keeps it from comparing each with each."""

    def __init__(self) -> None:
        self._left = MOST_SUGGESTIONS
        self._indexes: dict[Path, dict[str, list[str]]] = {}

    def nearest(self, name: str, folder: SignoffFolder) -> str:
        """The name of the file in the folder nearest to a missing one, "" where none is near."""
        if self._left <= 0:
            return ""
        self._left -= 1
        index = self._indexes.get(folder.path)
        if index is None:
            index = self._indexes[folder.path] = _index(folder.files)
        wanted = _stem(name)
        # The rarest parts tell most, and what every file has in common tells nothing.
        rarest = sorted((index[part] for part in _trigrams(wanted) if part in index), key=len)[:8]
        shared = Counter(key for keys in rarest for key in keys[:50])
        stems = {_stem(key): key for key, _count in reversed(shared.most_common(4))}
        near = suggest(wanted, stems)
        return displayable(folder.files[stems[near]][0]) if near else ""


def _index(files: Iterable[str]) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(files):
        for part in _trigrams(_stem(key)):
            index[part].append(key)
    return index


def _stem(name: str) -> str:
    base = posixpath.basename(unicodedata.normalize("NFC", name).casefold().replace("\\", "/"))
    return posixpath.splitext(base)[0]


def _trigrams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
