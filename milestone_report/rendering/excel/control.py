"""The last sheet: what was read and what was not, and sums that must agree, as live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.currency import exponent
from milestone_report.model import State
from milestone_report.rendering import ignored, part
from milestone_report.rendering.excel.book import ACCENT, BILL, CHASE, CONTROL_SHEET, INK, QUIET, SOFT
from milestone_report.rendering.excel.cells import major, money_pattern, plain, quoted
from milestone_report.rendering.excel.changes import CHANGES
from milestone_report.rendering.excel.columns import Text
from milestone_report.rendering.excel.lists import BILLED_GROUP, READY, UNPAID, UNSIGNED
from milestone_report.rendering.excel.rows import Rows
from milestone_report.rendering.excel.sheets import PROJECTS
from milestone_report.rendering.excel.tables import TALLEST, write_table
from milestone_report.rendering.excel.widths import lines_of
from milestone_report.text import fold
from milestone_report.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milestone_report.model import Sheet
    from milestone_report.rendering.excel.book import Book, Page
    from milestone_report.rendering.excel.columns import Column
    from milestone_report.rendering.excel.rows import Places
    from milestone_report.totals import Totals
    from milestone_report.wording import Language

CREDITS = "CreditsAndOverpayments"
# The columns that all blocks of the sheet share: two of words, cell, currency, four of figures, one of long words.
_WIDTHS = (30, 28, 11, 11, 17, 17, 17, 17, 64)
_TITLE: Mapping[str, object] = {"bold": True, "font_size": 12, "font_color": INK, "valign": "vcenter"}


def write_control(page: Page, places: Places) -> str:
    """Write the sheet; return the range in which every check should say OK, "" where there is none."""
    for place, width in enumerate(_WIDTHS):
        page.widen(place, width)
    line = page.language.say(
        "How far these figures can be trusted: what was read, what was left out, and sums that must agree."
    )
    page.heading(INK, [line])
    page.sheet.freeze_panes(1, 0)
    blocks = _Blocks(page)
    _write_read(blocks)
    _write_left_out(blocks)
    _write_ignored(blocks)
    checks = _write_checks(blocks, places) if page.report.summary.totals else ""
    _write_workbooks(blocks, places)
    _write_sheets(blocks, places)
    _write_skipped(blocks)
    _write_totals_rows(blocks, places)
    return checks


class _Blocks:
    """Small tables, one below the other."""

    def __init__(self, page: Page) -> None:
        self.page, self.book, self.sheet = page, page.book, page.sheet
        self.say = page.language.say
        self.term = page.language.term

    def begin(self, title: str, headers: Sequence[str] = (), right: str = "") -> None:
        """A block's title, and its headers; those of the columns in `right` stand on the right."""
        self.sheet.set_row_pixels(self.page.row, 24)
        self.page.line(title, **_TITLE)
        if headers:
            look = {"bold": True, "bg_color": SOFT, "bottom": 1, "bottom_color": ACCENT}
            for place, header in enumerate(headers):
                align = {"align": "right", "indent": 1} if "ABCDEFGHI"[place] in right else {}
                self.sheet.write_string(self.page.row, place, header, self.book.style(**look, **align))
            self.page.row += 1

    def line(self, cells: Sequence[object], links: Mapping[int, str] | None = None) -> None:
        """One row: words, whole numbers, (minor units, currency), or None for a blank."""
        write, row = self.sheet, self.page.row
        lines = 1
        for place, cell in enumerate(cells):
            link = (links or {}).get(place)
            if isinstance(cell, int):
                write.write_number(row, place, cell, self.book.figure("#,##0"))
            elif isinstance(cell, tuple):
                write.write_number(row, place, major(*cell), self.book.figure(money_pattern(cell[1])))
            elif not cell:
                write.write_blank(row, place, None, self.book.cell())
            elif link:
                write.write_url(
                    row, place, link, self.book.cell(align="left", font_color=ACCENT, underline=1), plain(str(cell))
                )
            else:
                words = plain(str(cell))
                wraps = place + 1 == len(cells) or bool(cells[place + 1])  # else the words run on over blank cells
                write.write_string(
                    row, place, words, self.book.cell(align="left", **({"text_wrap": True} if wraps else {}))
                )
                lines = max(lines, lines_of(words, _WIDTHS[place]) if wraps else 1)
        self.page.raise_row(row, min(lines, TALLEST))
        self.page.row += 1

    def end(self) -> None:
        """Leave a gap."""
        self.page.row += 1


def _write_read(blocks: _Blocks) -> None:
    report, control, say = blocks.page.report, blocks.page.report.summary.control, blocks.say
    blocks.begin(say("What was read"))
    if report.part is not None:
        language = blocks.page.language
        blocks.line([say("A part of the report only"), part.whose(report.part, language), None])
        for fact in part.facts(report, language):
            blocks.line(["", fact, None])
    for words, number in (
        (say("Workbooks read"), control.workbooks_read),
        (say("Workbooks that could not be read"), control.workbooks_unreadable),
        (say("Sheets used"), control.sheets_used),
        (say("Sheets skipped"), control.sheets_skipped),
        (say("Milestones counted"), control.rows_counted),
        (say("Milestones left out: a cell cannot be trusted"), control.rows_left_out),
        (say("Milestones void: cancelled or credited in full"), control.rows_void),
        (say("Findings shown"), len(report.findings)),
    ):
        blocks.line([words, None, number])
    blocks.line([say("Settings file"), report.settings.settings_file or blocks.term("settings file", "none"), None])
    for code, severity in report.settings.choice.severity:
        blocks.line([say("Severity of {code} by the settings", code=code), say(SEVERITY_WORDS[severity]), None])
    blocks.end()


def _write_ignored(blocks: _Blocks) -> None:
    report, say = blocks.page.report, blocks.say
    if report.ignored:
        headers = [say("Kept out"), say("Severity"), say("Findings"), say("Code"), say("Reason"), *[""] * 4]
        blocks.begin(say("Findings that are not shown"), headers, "C")
        for each in report.ignored:
            row = blocks.page.row
            how, severity = say(ignored.HOW[each.by]), say(SEVERITY_WORDS[each.severity])
            blocks.line([how, severity, each.findings, each.code, *[None] * 5])
            if each.reason:
                blocks.sheet.write_string(row, 4, plain(each.reason), blocks.book.cell())
        blocks.end()
    if report.unused:
        blocks.begin(say("What the settings ignore and nothing matched"))
        for entry in ignored.unused(report, blocks.page.language):
            blocks.page.line(entry)
        blocks.end()


def _write_left_out(blocks: _Blocks) -> None:
    control, say = blocks.page.report.summary.control, blocks.say
    if not control.left_out and not control.void:
        return
    headers = ["", "", "", say("Currency"), say("Amount")]
    blocks.begin(say("Money that is in no figure"), headers, right="E")
    for words, monies in ((say("Left out, as far as it can be read"), control.left_out), (say("Void"), control.void)):
        for money in monies:
            blocks.line(
                [words, None, None, money.currency or blocks.term("currency", "none"), (money.amount, money.currency)]
            )
    blocks.end()


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


def _write_checks(blocks: _Blocks, places: Places) -> str:
    """Compare the report's figures with sums over the lists; return the range of the results.

    The credits, which the sums need, stand below the checks and so are written first.
    """
    book, sheet, page = blocks.book, blocks.sheet, blocks.page
    totals = page.report.summary.totals
    say = blocks.say
    headers = [say("Sums that must agree"), "", "", say("Currency"), say("Report"), say("From the lists")]
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
            if "" in terms or not live:
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
    page.line(say("Credits and overpayments"), **_TITLE)
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


def _write_workbooks(blocks: _Blocks, places: Places) -> None:
    language, say = blocks.page.language, blocks.say
    headers = [say("Workbook"), say("Last saved"), say("Used"), say("Skipped"), say("Read"), say("Saved by")]
    headers.append(say("Unchanged since") if any(book.unchanged_since for book in blocks.page.report.workbooks) else "")
    blocks.begin(say("Workbooks"), headers, right="CD")
    for book in blocks.page.report.workbooks:
        saved = book.last_saved
        when = f"{language.short_date(saved.date())}, {saved:%H:%M}" if saved else ""
        read = say("yes") if book.readable else say("could not be read")
        same = language.short_date(book.unchanged_since) if book.unchanged_since else ""
        cells = [book.path, when, len(book.sheets_used), len(book.sheets_skipped), read, book.saved_by, same]
        blocks.line(cells, {0: places.cell(book.path)})
    blocks.end()


def _write_sheets(blocks: _Blocks, places: Places) -> None:
    milestones, say = blocks.page.report.milestones, blocks.say
    if not milestones.sheets:
        return
    frame = milestones.frame
    void = frame["state"] == State.VOID
    counted = frame["counted"].groupby(frame["sheet_id"]).sum().to_dict()
    left_out = (~frame["counted"].astype(bool) & ~void).groupby(frame["sheet_id"]).sum().to_dict()
    voids = void.groupby(frame["sheet_id"]).sum().to_dict()
    headers = [say("Workbook"), say("Sheet"), say("Header row"), "", say("Counted"), say("Left out"), say("Void")]
    blocks.begin(say("Sheets used"), [*headers, say("Own totals row"), say("Columns read")], right="CEFG")
    for number, sheet in enumerate(milestones.sheets):
        numbers = [int(counts.get(number, 0)) for counts in (counted, left_out, voids)]
        agrees = all(total.agrees for total in sheet.totals)
        own = (
            (say("agrees") if agrees else say("differs, see below"))
            if sheet.totals
            else blocks.term("totals row", "none")
        )
        cells = [
            sheet.workbook,
            sheet.name,
            sheet.header_row,
            None,
            *numbers,
            own,
            _mapped(sheet, blocks.page.language),
        ]
        blocks.line(cells, {1: places.cell(sheet.workbook, sheet.name, f"A{sheet.header_row}")})
    blocks.end()


def _mapped(sheet: Sheet, language: Language) -> str:
    """Which column was read as what: "milestone B, amount G “Fee (EUR)”"."""
    words = []
    for field, column in sheet.columns.items():
        name = language.field(field)
        header = "" if fold(column.header) == fold(name) else column.header
        words.append(f"{name} {column.letter}" + (f" {language.quoted(header)}" if header else ""))
    return ", ".join(words)


def _write_skipped(blocks: _Blocks) -> None:
    skipped = [(book.path, sheet) for book in blocks.page.report.workbooks for sheet in book.sheets_skipped]
    if not skipped:
        return
    say = blocks.say
    blocks.begin(say("Sheets skipped"), [say("Workbook"), say("Sheet"), say("Why"), *[""] * 6])
    for workbook, sheet in skipped:
        row = blocks.page.row
        blocks.line([workbook, sheet.name, *[None] * 7])
        blocks.sheet.write_string(row, 2, plain(blocks.page.language.told(sheet.why)), blocks.book.cell())
    blocks.end()


def _write_totals_rows(blocks: _Blocks, places: Places) -> None:
    rows = [(sheet, total) for sheet in blocks.page.report.milestones.sheets for total in sheet.totals]
    if not rows:
        return
    say = blocks.say
    headers = [say("Workbook"), say("Sheet"), say("Cell"), "", say("It says"), say("Milestones"), "", say("Result")]
    blocks.begin(say("Totals rows of your own"), [*headers, say("Label")], right="EF")
    right = blocks.book.cell(align="right", indent=1)
    for sheet, total in rows:
        row = blocks.page.row
        verdict = say("agrees") if total.agrees else say("differs")
        cells = [sheet.workbook, sheet.name, total.cell, None, None, None, None, verdict, total.label]
        blocks.line(cells, {2: places.cell(sheet.workbook, sheet.name, total.cell)})
        blocks.sheet.write_string(row, 4, plain(blocks.page.language.told(total.says)), right)
        blocks.sheet.write_string(row, 5, plain(blocks.page.language.told(total.adds_up_to)), right)
    blocks.end()
