"""The money in doubt, or counted twice, in words, for the terminal, the page, the mail and the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.text import split_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import Finding, Report
    from milestone_report.totals import InDoubt
    from milestone_report.wording import Language


def copies(report: Report) -> list[Finding]:
    """The findings that tell where milestones are counted twice; none where none is.

    Those of workbooks that are copies by their names come first: they tell more than the sheets.
    """
    if not report.summary.control.counted_twice.milestones:
        return []
    sheets, frame = report.milestones.sheets, report.milestones.frame
    twice = [sheets[number] for number in frame.loc[frame["counted_twice"], "sheet_id"].unique().tolist()]
    places = {(sheet.workbook, sheet.name) for sheet in twice}
    read = {book.path for book in report.workbooks}
    of_workbooks = [one for one in report.findings if one.code == "W010" and one.workbook in read]
    return [
        *of_workbooks,
        *(one for one in report.findings if one.code == "P406" and (one.workbook, one.sheet) in places),
    ]


def counted_twice(report: Report, language: Language) -> str:
    """How many milestones are counted twice, and their money; "" for none, or where nobody wants to hear of them."""
    if not copies(report):
        return ""
    twice = report.summary.control.counted_twice
    return language.counted(
        "{n} milestone is counted twice: {sums}.",
        "{n} milestones are counted twice: {sums}.",
        twice.milestones,
        sums=language.listed([language.money(one.amount, one.currency) for one in twice.amounts]),
    )


def other_amounts(report: Report) -> list[Finding]:
    """The findings of amount columns that are not used although payments are exactly what they say: net and gross."""
    places = {
        (sheet.workbook, sheet.name, column.letter)
        for sheet in report.milestones.sheets
        for column, _rows in sheet.paid_as
    }
    if not places:
        return []
    found = (one for one in report.findings if one.code == "W006")
    return [one for one in found if (one.workbook, one.sheet, split_cell(one.cell)[0]) in places]


def maybe_wrong_amounts(report: Report, language: Language) -> str:
    """On how many sheets another column of amounts fits what was paid; "" for none."""
    number = len(other_amounts(report))
    if not number:
        return ""
    return language.counted(
        "On {n} sheet the payments fit another column of amounts than the one that counts.",
        "On {n} sheets the payments fit another column of amounts than the one that counts.",
        number,
    )


def ahead(report: Report, language: Language) -> Iterator[str]:
    """What must be known before the figures are: what is in them twice, and which may be of the wrong column."""
    yield from filter(None, (counted_twice(report, language), maybe_wrong_amounts(report, language)))


def sentences(doubt: InDoubt, language: Language) -> Iterator[str]:
    """What the milestones come to that have an error in a cell, and of how many nobody can say; nothing for none."""
    known = doubt.milestones - doubt.amounts_unknown
    if known:
        yield language.counted(
            "{sums} in {n} milestone are in doubt",
            "{sums} in {n} milestones are in doubt",
            known,
            sums=sums(doubt, language),
        )
    if doubt.amounts_unknown:
        yield language.counted(
            "{n} amount in doubt cannot be read", "{n} amounts in doubt cannot be read", doubt.amounts_unknown
        )


def sums(doubt: InDoubt, language: Language) -> str:
    """The money that can be read: "1,200.00 EUR, 50 JPY and 2 amounts without a currency"; "" for none."""
    return language.listed(each_sum(doubt, language))


def each_sum(doubt: InDoubt, language: Language) -> list[str]:
    """The same as a list. Amounts without a currency are counted: nobody knows that they are of one kind."""
    number = doubt.amounts_without_currency
    bare = language.counted("{n} amount without a currency", "{n} amounts without a currency", number)
    return [*(language.money(one.amount, one.currency) for one in doubt.amounts), *([bare] if number else [])]
