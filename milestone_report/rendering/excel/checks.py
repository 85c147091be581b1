"""Sums of the report that must agree with sums over the lists, as live formulas, and the credits that these need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.currency import exponent
from milestone_report.model import State
from milestone_report.rendering.excel.blocks import TITLE
from milestone_report.rendering.excel.book import BILL, CHASE, CONTROL_SHEET, QUIET
from milestone_report.rendering.excel.cells import major, money_pattern, quoted
from milestone_report.rendering.excel.changes import CHANGES
from milestone_report.rendering.excel.columns import Text
from milestone_report.rendering.excel.lists import BILLED_GROUP, READY, UNPAID, UNSIGNED
from milestone_report.rendering.excel.rows import Rows
from milestone_report.rendering.excel.sheets import PROJECTS
from milestone_report.rendering.excel.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.rendering.excel.blocks import Blocks
    from milestone_report.rendering.excel.book import Book, Page
    from milestone_report.rendering.excel.columns import Column
    from milestone_report.rendering.excel.rows import Places
    from milestone_report.totals import Totals

CREDITS = "CreditsAndOverpayments"


def _checks(book: Book, total: Totals, row: int) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """What must agree in one currency: words, the report's figure, and the sums it is compared with.

    `row` is Excel's number of the first of these checks; the last one adds up cells of the others.
    """
    code, say = f"$D${row}", book.language.say
    yield say("Amount of all milestones"), total.amount, (book.sum(PROJECTS, "Amount", code),)
    yield say("Paid"), total.paid, (book.sum(PROJECTS, "Paid", code),)
    yield say("Paid above what was due"), total.overpaid, (book.sum(CREDITS, "Overpaid", code),)
    yield say("Outstanding, by project"), total.outstanding, (book.sum(PROJECTS, "Outstanding", code),)
    yield say("Not billed"), total.not_billed, (book.sum(PROJECTS, "Not billed", code),)
    identity = f"E{row + 1}-E{row + 2}+E{row + 3}+E{row + 4}"
    yield say("Amount = paid − overpaid + outstanding + not billed"), total.amount, (identity,)
    owed, credit = book.sum(UNPAID, "Outstanding", code), book.sum(CREDITS, "Outstanding", code, "Outstanding", '"<0"')
    yield say("Outstanding = the Unpaid list + credits"), total.outstanding, (owed, credit)
    if total.currency in book.openings:
        terms = (book.openings[total.currency], book.sum(CHANGES, "Outstanding moved by", code))
        yield say("Outstanding = the last report + changes since"), total.outstanding, terms
    yield say("Overdue"), total.overdue, (book.sum(UNPAID, "Outstanding", code, "Days overdue", '">0"'),)
    yield say("Ready to bill"), total.ready_to_bill, (book.sum(READY, "Amount", code),)
    unsigned = book.sum(UNSIGNED, "Billed", code, "Group", quoted(say(BILLED_GROUP)))
    yield say("Billed or paid without sign-off"), total.unsigned_billed, (unsigned,)
    if total.contract is not None:
        yield say("Contracts"), total.contract, (book.sum(PROJECTS, "Contract", code),)


def write_checks(blocks: Blocks, places: Places) -> str:
    """Compare the report's figures with sums over the lists; return the range of the results.

    The credits, which the sums need, stand below the checks and so are written first.
    """
    book, sheet, page = blocks.book, blocks.sheet, blocks.page
    totals = page.report.summary.totals
    say = blocks.say
    headers = [
        say("Figures that must agree"),
        "",
        "",
        say("Currency"),
        say("Report"),
        say("From the lists"),
    ]
    blocks.begin(say("Checks"), [*headers, say("Difference"), say("Result")], right="EFG")
    first = page.row
    page.row += sum(1 for total in totals for _ in _checks(book, total, 0)) + 1
    _write_credits(page, places)
    after, page.row = page.row, first
    verdict = book.cell(bold=True, font_color=BILL)
    agrees, differs = "OK", quoted(say("CHECK"))
    for total in totals:
        code, top = total.currency, page.row + 1
        figure = book.figure(money_pattern(code))
        for words, value, terms in _checks(book, total, top):
            blocks.line([words, None, None, code, (value, code)])
            row, live = page.row - 1, "+".join(term for term in terms if term != "0")
            if not live:
                sheet.write_number(row, 5, major(value, code), figure)
            else:
                formula = f"=ROUND({live},{exponent(code)})"
                sheet.write_formula(row, 5, formula, figure, major(value, code))
            difference = f"=ROUND(E{page.row}-F{page.row},{exponent(code)})"
            sheet.write_formula(row, 6, difference, figure, 0)
            sheet.write_formula(row, 7, f'=IF(G{page.row}=0,"{agrees}",{differs})', verdict, agrees)
    wrong = book.style(bg_color="#f9e4e1", font_color=CHASE)
    rule = {"type": "cell", "criteria": "==", "value": differs, "format": wrong}
    sheet.conditional_format(first, 7, page.row - 1, 7, rule)
    results = book.place(CONTROL_SHEET, f"$H${first + 1}:$H${page.row}")
    page.row = after
    return results


def _write_credits(page: Page, places: Places) -> None:
    """What lowers or exceeds what is due, and so stands in no list of things to do."""
    frame = page.report.milestones.frame
    rows = Rows(page.report, places, frame[(frame["outstanding"] < 0) | (frame["overpaid"] != 0)])
    if not len(rows):
        return
    page.sheet.set_row_pixels(page.row, 24)
    say = page.language.say
    page.line(say("Credits and overpayments"), **TITLE)
    line = say("A credit lowers what is outstanding. An overpayment is money above what was due.")
    page.line(line, font_color=QUIET)
    early = rows.frame["state"] == State.NOT_BILLED
    credit, unbilled_yet, above = say("credit"), say("received before it was billed"), say("paid above its amount")
    why = [
        credit if amount < 0 else unbilled_yet if unbilled else above
        for amount, unbilled in zip(rows.frame["amount"].tolist(), early.tolist(), strict=True)
    ]
    *_, cell = rows.source("amount")
    columns: list[Column] = [
        rows.text(say("Project"), "project", 30),
        rows.text(say("Milestone"), "milestone", 28),
        cell,
        rows.currency(),
        rows.money(say("Amount"), "amount"),
        rows.money(say("Paid"), "paid"),
        rows.money(say("Outstanding"), "outstanding"),
        rows.money(say("Overpaid"), "overpaid"),
        Text(say("Why"), why, widest=60),
    ]
    write_table(page, CREDITS, columns, len(rows))
    page.row += 1
