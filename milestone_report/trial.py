"""Tries a rule's example out: it goes the whole way as a workbook would, grid → reading → sign-offs → rules."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import openpyxl

from milestone_report.facts import phrase
from milestone_report.figures import add_figures
from milestone_report.history.runs import Memory, Seen
from milestone_report.history.seen import mark_changed
from milestone_report.history.taking import taken
from milestone_report.model import Notice, ReadingSettings, Settings
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.grid import BrokenCell, Details, Grid
from milestone_report.reading.sheet import SheetContext, read_sheet
from milestone_report.reading.sources import find_workbooks
from milestone_report.reading.table import milestones_frame
from milestone_report.reading.vocabulary import vocabulary
from milestone_report.reading.workbook import collect, read_workbook
from milestone_report.rules import RULES, Rule, run
from milestone_report.rules.examples import AS_OF, EARLIER, cells_of, sheet_name
from milestone_report.rules.explained import Explained, explain
from milestone_report.signoffs import Content, SignoffFolder, check_signoffs, with_files
from milestone_report.text import same_name
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from milestone_report.model import Finding, Milestones, Severity, Workbook
    from milestone_report.rules.rule import Example

BOOK = Path("books/example.xlsx")
_BEGINS = {"pdf": b"%PDF-1.7 ", "png": b"\x89PNG\r\n\x1a\n", "eml": b"From: Maya\n\n"}


def explained(rule: Rule) -> Explained:
    """A rule with its examples, tried out."""
    needed = [each for each in RULES if each is rule or each.find is None]

    def tried(example: Example) -> tuple[Finding, ...]:
        with tempfile.TemporaryDirectory() as folder:
            return findings_of(example, Path(folder), needed)

    return explain(rule, tried)


def findings_of(
    example: Example,
    folder: Path,
    rules: Sequence[Rule] = RULES,
    severities: Sequence[tuple[str, Severity]] = (),
    locale: str = "en_GB",
) -> tuple[Finding, ...]:
    """What the program finds in an example. `folder` is an empty one, for examples that are files.

    `rules` are those to try; what only reading can see must be among them. `severities` are the user's own, the
    `locale` is that in which the findings are told.
    """
    books, notices = _books(example, folder)
    settings = Settings(as_of=AS_OF)
    milestones = milestones_frame(books, settings.as_of)
    milestones = replace(milestones, frame=add_figures(milestones.frame, settings.as_of, settings.ageing))
    workbooks = [book.workbook for book in books]
    files = None if example.files is None else _contents(example.files)
    checked, of_signoffs = check_signoffs(
        milestones, workbooks, settings, list_files=_listing(files), look=_look(files or {})
    )
    if example.earlier is not None:
        checked = mark_changed(checked, _memory(example.earlier, milestones, workbooks, settings))
    notices += [notice for book in books for notice in book.notices]
    return run(checked, [*notices, *of_signoffs], rules, severities, Language(locale))


def _books(example: Example, folder: Path) -> tuple[list[WorkbookRows], list[Notice]]:
    """What reading gives for an example: workbooks, and notices of the search for them."""
    if example.names:
        for name in example.names:
            (folder / name).write_bytes(b"")
        return [], find_workbooks([folder], ReadingSettings())[1]
    if example.data is None and not example.far_cell:
        return [_read(example)], []
    file = folder / "example.xlsx"
    if example.data is not None:
        file.write_bytes(example.data)
    else:
        _save(example, file)
    return [read_workbook(Source(file, file.name))], []


def _save(example: Example, file: Path) -> None:
    """A real file, for what only a file can show."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet(sheet_name(1), 0)
    for row in cells_of(example):
        sheet.append(row)
    sheet[example.far_cell] = "x"
    workbook.save(file)


def _memory(
    earlier: Mapping[str, int | bytes], milestones: Milestones, workbooks: Sequence[Workbook], settings: Settings
) -> Memory:
    """What is remembered of an earlier run on the same workbook, when the folder held these files."""
    files = _contents(earlier)
    then, _notices = check_signoffs(milestones, workbooks, settings, list_files=_listing(files), look=_look(files))
    seen = {
        (one.key, name): Seen(frozenset({digest}), EARLIER, EARLIER)
        for one in taken(then, workbooks, ()).standings
        for name, digest in one.files
    }
    return Memory(seen=seen)


def _contents(files: Mapping[str, int | bytes]) -> dict[str, bytes]:
    return {name: _content(name, holds) for name, holds in files.items()}


def _content(name: str, holds: int | bytes) -> bytes:
    """What is in a file: where only its size is given, what its name says, and unlike any other."""
    if isinstance(holds, bytes):
        return holds
    return (_BEGINS.get(name.rpartition(".")[2].lower(), b"") + name.encode()).ljust(holds, b".") if holds else b""


def _listing(files: Mapping[str, bytes] | None) -> Callable[[SignoffFolder], SignoffFolder]:
    def listed(folder: SignoffFolder) -> SignoffFolder:
        if files is None:
            return SignoffFolder(folder.path, folder.shown, problem=phrase("it does not exist"))
        return with_files(folder, {same_name(name): (name, len(content)) for name, content in files.items()})

    return listed


def _look(files: Mapping[str, bytes]) -> Callable[[Sequence[str]], Mapping[str, Content]]:
    contents = {
        PurePath(name).name: Content(content, hashlib.sha256(content).hexdigest()) for name, content in files.items()
    }

    def look(paths: Sequence[str]) -> Mapping[str, Content]:
        return {path: contents[PurePath(path).name] for path in paths}

    return look


def _read(example: Example) -> WorkbookRows:
    context = SheetContext(BOOK.name, vocabulary(), details=lambda _sheet, _columns: Details())
    sheets = [
        read_sheet(_grid(sheet, sheet_name(number)), context)
        for number, sheet in enumerate(example.sheets or (example,), 1)
    ]
    return collect(Source(BOOK, BOOK.name), dt.datetime(2026, 3, 30, tzinfo=dt.UTC), sheets)


def _grid(example: Example, name: str) -> Grid:
    cells = [[_cell(value) for value in row] for row in cells_of(example)]
    width = max(len(row) for row in cells)
    return Grid(name, [row + [""] * (width - len(row)) for row in cells], hidden=example.hidden)


def _cell(value: object) -> object:
    """Cells that only the sheet's own XML tells are written as people see them: #N/A, =2*500."""
    if isinstance(value, str) and value in ("#N/A", "#REF!"):
        return BrokenCell(error=value)
    if isinstance(value, str) and value.startswith("="):
        return BrokenCell(formula=value[1:])
    return value
