"""The evidence for every milestone of a run: which folder counts, listed once, and each cell matched once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.facts import phrase, phrases
from milestone_report.model import Evidence, Milestones, Notice, Settings, Sheet, Workbook
from milestone_report.signoffs.folder import SignoffFolder, list_folder
from milestone_report.signoffs.hints import Hints
from milestone_report.signoffs.matching import Match, match_cell
from milestone_report.signoffs.names import absolute, cleaned, is_web, joined, outside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

DEFAULT_FOLDER = "signoffs"


@dataclass(frozen=True)
class Folders:
    """The sign-off folders of a run: `listed` by their absolute paths, each with the first workbook that uses it.

    `named` are the files in them, as absolute texts, that cells name or that are suggested to one.
    """

    listed: dict[str, tuple[SignoffFolder, Workbook]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)


def folder_for(sheet: Sheet, workbook: Workbook, settings: Settings) -> SignoffFolder:
    """The linked folder of a sheet: the one chosen for the run, its block's, the default, `signoffs` beside it.

    A block's folder counts only below the workbook's own, because a cell must not send this program
    to another place of the disk or the network. The folder is not listed yet.
    """
    name = sheet.signoff_folder or DEFAULT_FOLDER
    way = cleaned(name).replace("\\", "/")
    beside = workbook.file.parent
    chosen = settings.signoffs
    if chosen is None and not sheet.signoff_folder:
        chosen = settings.signoffs_default
    if chosen is not None:
        own = "" if is_web(way) else joined(absolute(beside), way)
        return SignoffFolder(chosen, chosen.name or str(chosen), stands_for=own)
    if outside(way):
        problem = phrase("it lies outside the workbook's own folder; name it with --signoffs to use it")
        return SignoffFolder(beside, name, problem)
    return SignoffFolder(beside / way, name)


def match_signoffs(
    milestones: Milestones,
    workbooks: Sequence[Workbook],
    settings: Settings,
    list_files: Callable[[SignoffFolder], SignoffFolder] = list_folder,
) -> tuple[Milestones, Folders]:
    """Add the columns of the evidence to the frame; each folder that left a sign-off unchecked is a notice.

    A sheet without a sign-off column is unchecked: nobody can say that its milestones are unsigned.
    """
    frame = milestones.frame
    books = {book.path: book for book in workbooks}
    unreachable: dict[tuple[str, str], tuple[SignoffFolder, list[Sheet]]] = {}
    folders = Folders()
    matches: dict[tuple[int, str], Match] = {}
    missing: list[tuple[tuple[int, str], SignoffFolder, str]] = []
    cells: defaultdict[int, list[str]] = defaultdict(list)
    keys = list(zip(frame["sheet_id"].tolist(), frame["signoff"].tolist(), strict=True))
    for sheet_id, cell in dict.fromkeys(keys):
        cells[sheet_id].append(cell)
    for sheet_id, names in cells.items():
        sheet = milestones.sheets[sheet_id]
        if "signoff" not in sheet.columns:
            matches[sheet_id, ""] = Match(Evidence.UNCHECKED)
            continue
        book = books[sheet.workbook]
        folder = folder_for(sheet, book, settings)
        root = absolute(folder.path)
        if any(names) and not folder.problem:
            if root not in folders.listed:
                folders.listed[root] = list_files(folder), book
            folder = replace(folders.listed[root][0], shown=folder.shown, stands_for=folder.stands_for)
        beside = absolute(book.file.parent)
        found = {cell: match_cell(cell, folder, beside) for cell in names}
        matches |= {(sheet_id, cell): match for cell, match in found.items()}
        missing += [((sheet_id, cell), folder, beside) for cell in names if found[cell].evidence is Evidence.MISSING]
        folders.named.update(f"{root}/{file}" for match in found.values() for file in match.files)
        if any(match.unchecked for match in found.values()):
            unreachable.setdefault((book.path, folder.shown), (folder, []))[1].append(sheet)
    hints = Hints(frozenset(folders.named))  # only now it is known which files are spoken for
    for key, folder, beside in missing:
        matches[key] = match_cell(key[1], folder, beside, hints)
        folders.named.update(f"{absolute(folder.path)}/{file}" for file in matches[key].files)
    in_order = [matches[key] for key in keys]
    frame = frame.assign(
        evidence=[str(match.evidence) for match in in_order],
        signoff_path=[match.paths for match in in_order],
        signoff_about=[match.about for match in in_order],
        # As objects: such a text knows what it is made of, which a column of plain text would forget.
        signoff_hint=pd.Series([match.hint for match in in_order], frame.index, dtype=object),
    )
    folders.notices.extend(_unreachable(folder, sheets, settings.signoffs) for folder, sheets in unreachable.values())
    return replace(milestones, frame=frame), folders


def _unreachable(folder: SignoffFolder, sheets: Sequence[Sheet], chosen: Path | None) -> Notice:
    """One notice for a workbook and folder, however many sheets need it; at the first cell that names it."""
    first = sheets[0]
    in_block = chosen is None and first.signoff_folder
    where = phrases("this sheet", "{n} sheets", len(sheets)) if in_block else phrase("this workbook")
    facts = {"folder": folder.shown, "where": where, "why": folder.problem}
    what = phrase(
        "The sign-off folder “{folder}” cannot be used: {why}. The sign-offs of {where} were not checked.", **facts
    )
    if not folder.problem:
        facts["why"] = folder.unlisted
        what = phrase(
            "The sign-off folder “{folder}” cannot be listed whole: {why}. Sign-offs of {where} that were not found "
            "may lie there, so they are not called missing.",
            **facts,
        )
    facts = {"what": what}
    if in_block:
        return Notice("F305", first.workbook, first.name, first.signoff_folder_cell, first.signoff_folder, facts)
    return Notice("F305", first.workbook, value=folder.shown, facts=facts)
