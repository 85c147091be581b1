"""What could not be read and is in no figure, in words for the terminal, the page and the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.text import clean, displayable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.model import Finding, Report
    from milestone_report.wording import Language

_CODES = ("W001", "W002", "W011", "W005")
_NOT_REACHED = "F305"
_NAMED = 5

Place = tuple[str, str]
"""A workbook and a sheet of it."""


def sheets(report: Report) -> tuple[list[Place], list[Place]]:
    """The sheets that an error kept out as a whole, and those of which it kept out a table, by workbook."""
    found = dict.fromkeys((one.workbook, one.sheet) for one in _findings(report) if one.sheet)
    skipped = {(book.path, displayable(sheet.name)) for book in report.workbooks for sheet in book.sheets_skipped}
    return [place for place in found if place in skipped], [place for place in found if place not in skipped]


def sentences(report: Report, language: Language) -> Iterator[str]:
    """How many workbooks and sheets could not be read, with the names of the first; without a full stop."""
    books = [book.path for book in report.workbooks if not book.readable]
    if books:
        yield language.counted(
            "{n} workbook could not be read: {names}",
            "{n} workbooks could not be read: {names}",
            len(books),
            names=_names(books),
        )
    whole, in_part = ([_name(place, report) for place in places] for places in sheets(report))
    if whole:
        yield language.counted(
            "{n} sheet could not be read: {names}",
            "{n} sheets could not be read: {names}",
            len(whole),
            names=_names(whole),
        )
    if in_part:
        yield language.counted(
            "{n} sheet could not be read wholly: {names}",
            "{n} sheets could not be read wholly: {names}",
            len(in_part),
            names=_names(in_part),
        )


def reasons(report: Report) -> Iterator[str]:
    """Why the first workbooks could not be read, and what to do, a line each."""
    books = {book.path for book in report.workbooks if not book.readable}
    of_books = [one for one in _findings(report) if one.workbook in books and not one.sheet]
    yield from (clean(f"{one.workbook}: {one.message} {one.fix}") for one in of_books[:_NAMED])


def lines(report: Report) -> Iterator[str]:
    """What even a quiet run says: where something could not be read or reached, and why, a line each."""
    reached = (one for one in report.findings if one.code == _NOT_REACHED)
    for one in (*_findings(report), *reached):
        yield clean(f"{' › '.join(filter(None, (one.workbook, one.sheet, one.cell)))}: {one.message}")


def _findings(report: Report) -> Iterator[Finding]:
    """What kept a workbook, a sheet or a table out. It is as unread where nobody wants to hear of it."""
    return (one for one in (*report.findings, *report.kept_back) if one.code in _CODES)


def _name(place: Place, report: Report) -> str:
    workbook, sheet = place
    return f"{workbook} › {sheet}" if len(report.workbooks) > 1 else sheet


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
