"""The evidence for every milestone of a run: which folder counts, listed once, and each cell matched once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from milestone_report.model import Evidence, Milestones, Notice, Sheet, Workbook
from milestone_report.signoffs.folder import SignoffFolder, list_folder
from milestone_report.signoffs.hints import Hints
from milestone_report.signoffs.matching import Match, match_cell
from milestone_report.signoffs.names import is_web, outside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

DEFAULT_FOLDER = "signoffs"


def folder_for(sheet: Sheet, workbook: Workbook, chosen: Path | None) -> SignoffFolder:
    """The linked folder of a sheet: the one chosen for the run, its block's, or `signoffs` beside the workbook.

    A block's folder counts only below the workbook's own, because a cell must not send this program
    to another place of the disk or the network. The folder is not listed yet.
    """
    if chosen is not None:
        return SignoffFolder(chosen, chosen.name or str(chosen))
    name = sheet.signoff_folder or DEFAULT_FOLDER
    way = name.replace("\\", "/")
    if is_web(way) or outside(way):
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
    hints = Hints()
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
