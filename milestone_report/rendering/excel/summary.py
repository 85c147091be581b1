"""The first sheet: what to do, the totals and the ageing, one column for each currency, with charts beside them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.currency import exponent
from milestone_report.figures import CREDITS as CREDITS_BUCKET
from milestone_report.figures import bucket_names
from milestone_report.model import Severity, State
from milestone_report.rendering import changes as telling
from milestone_report.rendering import counting, doubt, unread
from milestone_report.rendering.excel.book import (
    ACCENT,
    BILL,
    CHASE,
    CONTROL_SHEET,
    FIX,
    INK,
    LINE,
    PROBLEMS_SHEET,
    QUIET,
    READY_SHEET,
    SIGN,
    SOFT,
    UNPAID_SHEET,
    UNSIGNED_SHEET,
)
from milestone_report.rendering.excel.cells import major, money_pattern, plain, quoted
from milestone_report.rendering.excel.changes import point_to_changes
from milestone_report.rendering.excel.charts import insert_charts
from milestone_report.rendering.excel.checks import CREDITS
from milestone_report.rendering.excel.lists import BILLED_GROUP, READY, UNPAID, UNSIGNED
from milestone_report.rendering.excel.sheets import PROJECTS
from milestone_report.rendering.excel.widths import fitting_width
from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.model import Report
    from milestone_report.rendering.excel.book import Page
    from milestone_report.wording import Language

    Look = Mapping[str, object]

FIRST_CURRENCY = 2  # the column of the first currency; before it stand the words and the number of milestones
WORDS_WIDTH = 42
_ROW: Mapping[str, object] = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
_HEADER: Mapping[str, object] = {
    "bold": True,
    "bg_color": SOFT,
    "bottom": 1,
    "bottom_color": ACCENT,
    "valign": "vcenter",
}


def write_summary(page: Page, checks: str) -> None:
    """Write the sheet. `checks` is the range on Control in which every cell should say OK."""
    summary = page.report.summary
    page.sheet.fit_to_pages(1, 1)
    page.widen(0, WORDS_WIDTH)
    page.widen(1, 12)
    for place, total in enumerate(summary.totals, FIRST_CURRENCY):
        largest = max(abs(total.amount), abs(total.paid), abs(total.contract or 0))
        page.widen(place, max(15, len(f"{largest:,}") + 4))
    _write_title(page, checks)
    top = page.row
    grid = _Grid(page)
    _write_actions(grid)
    if summary.totals:
        _write_totals(grid)
        bands = _bands(page.report)
        first_band = page.row + 1
        if bands:
            _write_ageing(grid, bands)
        insert_charts(page, (top, first_band), FIRST_CURRENCY, bands)


class _Grid:
    """Rows of one figure for each currency, each a live formula that stores the report's own figure."""

    def __init__(self, page: Page) -> None:
        self.page, self.sheet, self._style = page, page.sheet, page.book.style
        self.currencies = [total.currency for total in page.report.summary.totals]
        self._header = 0

    def header(self, words: str, count: str) -> None:
        """The headers; the formulas below take their currency from here."""
        self._header = self.page.row
        self.sheet.set_row_pixels(self.page.row, 24)
        self.sheet.write_string(self.page.row, 0, words, self._style(**_HEADER))
        right = self._style(**_HEADER, align="right")
        for place, word in enumerate([count, *self.currencies], 1):
            self.sheet.write_string(self.page.row, place, word, right)
        self.page.row += 1

    def words(self, words: str, count: int | None, look: Look) -> None:
        """What the row is about, and how many milestones it stands for."""
        self.sheet.write_string(self.page.row, 0, words, self._style(**_ROW, **look))
        self.count(count, look)

    def count(self, count: int | None, look: Look) -> None:
        """How many milestones the row stands for."""
        style = self._style(**_ROW, **look, num_format="#,##0")
        if count is None:
            self.sheet.write_blank(self.page.row, 1, None, style)
        else:
            self.sheet.write_number(self.page.row, 1, count, style)

    def figures(self, values: Sequence[int | None], source: Sequence[str], look: Look) -> None:
        """The amounts, which end the row: sums of a list's column, see `Book.sum`. None leaves the cell blank."""
        table, column, *conditions = source
        for place, (currency, value) in enumerate(zip(self.currencies, values, strict=True), FIRST_CURRENCY):
            style = self._style(**_ROW, **look, num_format=money_pattern(currency))
            formula = self.page.book.sum(table, column, self.code(place), *conditions)
            if value is None:
                self.sheet.write_blank(self.page.row, place, None, style)
            elif formula == "0":
                self.sheet.write_number(self.page.row, place, major(value, currency), style)
            else:
                rounded = f"=ROUND({formula},{exponent(currency)})"
                self.sheet.write_formula(self.page.row, place, rounded, style, major(value, currency))
        self.page.row += 1

    def code(self, place: int) -> str:
        """The cell of a column's currency."""
        return f"{column_letter(place)}${self._header + 1}"


def _write_title(page: Page, checks: str) -> None:
    """Title, freshness, what is not in the figures."""
    report, language, say = page.report, page.language, page.language.say
    page.sheet.set_row_pixels(0, 34)
    page.line(page.book.title(), bold=True, font_size=18, font_color=INK)
    if report.settings.company:
        page.line(report.settings.company, bold=True, font_color=QUIET)
    page.line(_freshness(report, language), font_color=QUIET)
    if unchanged := telling.unchanged(report, language):
        page.line(unchanged, font_color=QUIET)
    if report.changes:
        point_to_changes(page, report.changes)
    scope = language.counted(
        "{projects}, {n} milestone counted.",
        "{projects}, {n} milestones counted.",
        report.summary.control.rows_counted,
        projects=counting.projects(report, language),
    )
    control = say(CONTROL_SHEET)
    if checks:
        agree = say("The report’s figures agree with its lists (see {control}).", control=control)
        disagree = say(
            "Some of the report’s figures do not agree with its lists: see {control} before you use them.",
            control=control,
        )
        all_agree = f'COUNTIF({checks},"OK")=ROWS({checks})'
        formula = f"={quoted(f'{scope} ')}&IF({all_agree},{quoted(agree)},{quoted(disagree)})"
        page.sheet.write_formula(page.row, 0, formula, page.book.style(font_color=QUIET), f"{scope} {agree}")
        page.row += 1
    else:
        page.line(say("No milestone was counted: {control} says what was read.", control=control), font_color=QUIET)
    for warning in _warnings(report, language):
        page.line(f"\N{WARNING SIGN} {warning}", bold=True, font_color=SIGN)
    page.row += 1


def _freshness(report: Report, language: Language) -> str:
    """Which workbooks the figures come from and how old they are."""
    saved = sorted(book.last_saved for book in report.workbooks if book.last_saved)
    names = language.counted("{n} workbook", "{n} workbooks", len(report.workbooks))
    if len(report.workbooks) == 1:
        names = plain(report.workbooks[0].path)
    if not saved:
        return language.say("From {names}", names=names)
    newest = language.long_moment(saved[-1])
    if saved[0].date() == saved[-1].date():
        return language.say("From {names}, last saved {when}", names=names, when=newest)
    return language.say(
        "From {names}, last saved between {oldest} and {newest}", names=names, oldest=saved[0].date(), newest=newest
    )


def _warnings(report: Report, language: Language) -> list[str]:
    """What the figures do not include."""
    control, problems = report.summary.control, language.say(PROBLEMS_SHEET)
    unread_ones = unread.sentences(report, language)
    warnings = [language.say("{what} (see {problems}).", what=plain(one), problems=problems) for one in unread_ones]
    ahead = (sentence.removesuffix(".") for sentence in doubt.ahead(report, language))
    warnings += [language.say("{what} (see {problems}).", what=one, problems=problems) for one in ahead]
    if control.rows_left_out:
        sums = language.amounts(control.left_out, control.left_out_without_currency)
        warnings.append(
            language.counted(
                "{n} milestone is in no figure here (what can be read of its money: {sums}), because a cell cannot be "
                "trusted: see {problems}.",
                "{n} milestones are in no figure here (what can be read of their money: {sums}), because a cell cannot "
                "be trusted: see {problems}.",
                control.rows_left_out,
                sums=sums,
                problems=problems,
            )
            if sums
            else language.counted(
                "{n} milestone is in no figure here, because a cell cannot be trusted: see {problems}.",
                "{n} milestones are in no figure here, because a cell cannot be trusted: see {problems}.",
                control.rows_left_out,
                problems=problems,
            )
        )
    if differing := sum(not all(total.agrees for total in sheet.totals) for sheet in report.milestones.sheets):
        warnings.append(
            language.counted(
                "The total that {n} sheet gives itself differs from its milestones: see {control}.",
                "The totals that {n} sheets give themselves differ from their milestones: see {control}.",
                differing,
                control=language.say(CONTROL_SHEET),
            )
        )
    if doubts := "; ".join(doubt.sentences(control.in_doubt, language)):
        warnings.append(language.say("{what}: see {problems}.", what=doubts, problems=problems))
    return warnings


def _write_actions(grid: _Grid) -> None:
    """The four answers of Monday morning."""
    page, report, totals = grid.page, grid.page.report, grid.page.report.summary.totals
    say = page.language.say
    frame = report.milestones.frame
    bands = [band for band in report.summary.ageing if band.bucket != CREDITS_BUCKET]
    owed = [sum(band.outstanding for band in bands if band.currency == code) for code in grid.currencies]
    unsigned_billed = int((frame["unsigned"] & (frame["state"] != State.NOT_BILLED)).sum())
    grid.header(say("What to do"), say("Number"))
    look: Look = {"bold": True, "font_size": 12}

    _write_action(page, say("Chase: billed, not fully paid"), UNPAID_SHEET, CHASE)
    grid.count(int(frame["unpaid"].sum()), look)
    grid.figures(owed, (UNPAID, "Outstanding"), look)
    _write_action(page, say("Invoice now: signed, not billed"), READY_SHEET, BILL)
    grid.count(int(frame["ready_to_bill"].sum()), look)
    grid.figures([total.ready_to_bill for total in totals], (READY, "Amount"), look)
    _write_action(page, say("Get the signature: billed without it"), UNSIGNED_SHEET, SIGN)
    grid.count(unsigned_billed, look)
    grid.figures([total.unsigned_billed for total in totals], (UNSIGNED, "Billed"), look)
    nothing = say("nothing shown") if report.ignored else say("nothing found")
    numbers = Counter(finding.severity for finding in report.findings)
    notes = numbers.pop(Severity.INFO, 0)  # only worth knowing
    words = say("Fix: {what}", what=", ".join(page.language.severity_counts(numbers)) or nothing)
    short = fitting_width(words) * 12 / 10 < WORDS_WIDTH - 4  # the words are larger than the usual ones
    _write_action(page, words if short else say("Fix: problems in the workbooks"), PROBLEMS_SHEET, FIX)
    grid.count(numbers.total(), look)
    for place in range(FIRST_CURRENCY, FIRST_CURRENCY + len(totals)):
        page.sheet.write_blank(page.row, place, None, page.book.style(**_ROW))
    if notes:
        page.row += 1
        besides = page.language.counted(
            "Also {n} note on the sheet {problems}, for information only.",
            "Also {n} notes on the sheet {problems}, for information only.",
            notes,
            problems=say(PROBLEMS_SHEET),
        )
        page.line(besides, font_color=QUIET)
        page.row -= 1
    page.row += 2


def _write_action(page: Page, words: str, target: str, colour: str) -> None:
    """The words of an action, which lead to its list on the sheet `target`."""
    page.sheet.set_row_pixels(page.row, 30)
    page.widen(0, fitting_width(words, bold=True) * 12 / 10 + 2)
    look = {"bold": True, "font_size": 12, "font_color": colour, "left": 5, "left_color": colour, "indent": 1}
    page.sheet.write_url(
        page.row, 0, "internal:" + page.book.place(target, "A1"), page.book.style(**_ROW, **look), words
    )


def _write_totals(grid: _Grid) -> None:
    """Every total of the report."""
    page, totals = grid.page, grid.page.report.summary.totals
    say = page.language.say
    grid.header(say("Totals"), "")
    plain_look: Look = {}
    part: Look = {"indent": 1}
    bold: Look = {"bold": True}
    past_due = (UNPAID, "Outstanding", "Days overdue", '">0"')
    without = (UNSIGNED, "Billed", "Group", quoted(say(BILLED_GROUP)))
    lines: tuple[tuple[str, list[int | None], Sequence[str], Look], ...] = (
        (say("Contracts"), [total.contract for total in totals], (PROJECTS, "Contract"), plain_look),
        (say("Milestones in all"), [total.amount for total in totals], (PROJECTS, "Amount"), bold),
        (say("Paid"), [total.paid for total in totals], (PROJECTS, "Paid"), plain_look),
        (say("of which more than was due"), [total.overpaid for total in totals], (CREDITS, "Overpaid"), part),
        (say("Outstanding, less credits"), [total.outstanding for total in totals], (PROJECTS, "Outstanding"), bold),
        (say("Overdue, before credits"), [total.overdue for total in totals], past_due, plain_look),
        (say("Not billed"), [total.not_billed for total in totals], (PROJECTS, "Not billed"), bold),
        (say("of which ready to bill"), [total.ready_to_bill for total in totals], (READY, "Amount"), part),
        (say("Billed or paid without sign-off"), [total.unsigned_billed for total in totals], without, plain_look),
    )
    for words, values, source, look in lines:
        grid.words(words, None, look)
        grid.figures(values, source, {name: value for name, value in look.items() if name != "indent"})
    grid.words(say("Number of milestones"), page.report.summary.control.rows_counted, {})
    for place, total in enumerate(totals, FIRST_CURRENCY):
        style = page.book.style(**_ROW, num_format="#,##0")
        formula = f"={page.book.sum(PROJECTS, 'Milestones', grid.code(place))}"
        page.sheet.write_formula(page.row, place, formula, style, total.milestones)
    page.row += 2


def _bands(report: Report) -> list[str]:
    """The ageing bands that the report has, in order."""
    there = {band.bucket for band in report.summary.ageing}
    return [name for name in bucket_names(report.settings.ageing) if name in there]


def _write_ageing(grid: _Grid, names: Sequence[str]) -> None:
    """What is outstanding by days past due, with the sum."""
    page, summary = grid.page, grid.page.report.summary
    bands = {(band.currency, band.bucket): band for band in summary.ageing}
    language, say = page.language, page.language.say
    grid.header(say("Outstanding by days past due"), say("Milestones"))
    first = page.row + 1
    for name in names:
        found = [bands.get((currency, name)) for currency in grid.currencies]
        grid.words(language.band(name), sum(band.milestones for band in found if band), {})
        source = (UNPAID, "Outstanding", "Ageing", f"$A{page.row + 1}")
        if name == CREDITS_BUCKET:
            source = (CREDITS, "Outstanding", "Outstanding", '"<0"')
        grid.figures([band.outstanding if band else 0 for band in found], source, {})
    grid.words(say("Together"), sum(band.milestones for band in bands.values()), {"bold": True})
    for place, total in enumerate(summary.totals, FIRST_CURRENCY):
        letter = column_letter(place)
        style = page.book.style(**_ROW, bold=True, num_format=money_pattern(total.currency))
        formula = f"=ROUND(SUM({letter}{first}:{letter}{page.row}),{exponent(total.currency)})"
        page.sheet.write_formula(page.row, place, formula, style, major(total.outstanding, total.currency))
    page.row += 2
