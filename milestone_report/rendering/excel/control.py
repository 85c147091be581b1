"""The last sheet: what was read and what was not, and sums that must agree, as live formulas."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.model import State
from milestone_report.rendering import doubt, ignored, part, unread
from milestone_report.rendering.excel.blocks import WIDTHS, Blocks
from milestone_report.rendering.excel.book import INK
from milestone_report.rendering.excel.cells import plain
from milestone_report.rendering.excel.checks import write_checks
from milestone_report.text import fold
from milestone_report.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from milestone_report.model import Sheet
    from milestone_report.rendering.excel.book import Page
    from milestone_report.rendering.excel.rows import Places
    from milestone_report.wording import Language


def write_control(page: Page, places: Places) -> str:
    """Write the sheet; return the range in which every check should say OK, "" where there is none."""
    for place, width in enumerate(WIDTHS):
        page.widen(place, width)
    line = page.language.say(
        "How far these figures can be trusted: what was read, what was left out, and figures that must agree."
    )
    page.heading(INK, [line])
    page.sheet.freeze_panes(1, 0)
    blocks = Blocks(page)
    _write_read(blocks)
    _write_left_out(blocks)
    _write_ignored(blocks)
    checks = write_checks(blocks, places) if page.report.summary.totals else ""
    _write_workbooks(blocks, places)
    _write_sheets(blocks, places)
    _write_skipped(blocks)
    _write_totals_rows(blocks, places)
    return checks


def _write_read(blocks: Blocks) -> None:
    report, control, say = blocks.page.report, blocks.page.report.summary.control, blocks.say
    whole, in_part = map(len, unread.sheets(report))
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
        (say("Sheets that could not be read"), whole),
        *([(say("Sheets that could not be read wholly"), in_part)] if in_part else []),
        (say("Sheets skipped"), control.sheets_skipped - whole),
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


def _write_ignored(blocks: Blocks) -> None:
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


def _write_left_out(blocks: Blocks) -> None:
    control, language, say = blocks.page.report.summary.control, blocks.page.language, blocks.say
    left_out = say("Left out: what can be read of the money"), control.left_out, control.left_out_without_currency
    void = say("Void"), control.void, control.void_without_currency
    headers = ["", "", "", say("Currency"), say("Amount")]
    if any((*left_out[1:], *void[1:])):
        blocks.begin(say("Money that is in no figure"), headers, right="E")
        for words, monies, without_currency in (left_out, void):
            for money in monies:
                blocks.line([words, None, None, money.currency, (money.amount, money.currency)])
            if without_currency:
                blocks.line([words, language.amounts((), without_currency), None, None, None])
        blocks.end()
    if twice := doubt.counted_twice(blocks.page.report, language):
        blocks.begin(say("Counted twice: the same on another sheet"), headers, right="E")
        for money in control.counted_twice.amounts:
            blocks.line([say("Too much"), None, None, money.currency, (money.amount, money.currency)])
        blocks.line([twice, None, None, None, None])
        blocks.end()
    if control.in_doubt.milestones:
        blocks.begin(say("In doubt: a cell has an error"), headers, right="E")
        for money in control.in_doubt.amounts:
            blocks.line([say("Counted or left out"), None, None, money.currency, (money.amount, money.currency)])
        for sentence in doubt.sentences(control.in_doubt, language):
            blocks.line([sentence, None, None, None, None])
        blocks.end()


def _write_workbooks(blocks: Blocks, places: Places) -> None:
    language, say = blocks.page.language, blocks.say
    headers = [say("Workbook"), say("Last saved"), say("Used"), say("Skipped"), say("Read"), say("Saved by")]
    whole, in_part = (Counter(path for path, _sheet in places) for places in unread.sheets(blocks.page.report))
    unedited = any(book.unchanged_since for book in blocks.page.report.workbooks)
    headers.append(say("Not edited since") if unedited else "")
    blocks.begin(say("Workbooks"), headers, right="CD")
    for book in blocks.page.report.workbooks:
        saved = book.last_saved
        when = f"{language.short_date(saved.date())}, {saved:%H:%M}" if saved else ""
        read = say("could not be read")
        if book.readable:
            read = say("not wholly") if whole[book.path] or in_part[book.path] else say("yes")
        same = language.short_date(book.unchanged_since) if book.unchanged_since else ""
        cells = [
            book.path,
            when,
            len(book.sheets_used),
            len(book.sheets_skipped) - whole[book.path],
            read,
            book.saved_by,
            same,
        ]
        blocks.line(cells, {0: places.cell(book.path)})
    blocks.end()


def _write_sheets(blocks: Blocks, places: Places) -> None:
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
        if not all(total.agrees for total in sheet.totals):
            own = say("differs, see below")
        elif sheet.totals_unread:
            own = say("could not be read, see below")
        else:
            own = say("agrees") if sheet.totals else blocks.term("totals row", "none")
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


def _write_skipped(blocks: Blocks) -> None:
    skipped = [(book.path, sheet) for book in blocks.page.report.workbooks for sheet in book.sheets_skipped]
    if not skipped:
        return
    say = blocks.say
    blocks.begin(say("Sheets that were not used"), [say("Workbook"), say("Sheet"), say("Why"), *[""] * 6])
    for workbook, sheet in skipped:
        row = blocks.page.row
        blocks.line([workbook, sheet.name, *[None] * 7])
        blocks.sheet.write_string(row, 2, plain(blocks.page.language.told(sheet.why)), blocks.book.cell())
    blocks.end()


def _write_totals_rows(blocks: Blocks, places: Places) -> None:
    sheets = blocks.page.report.milestones.sheets
    rows = [(sheet, total) for sheet in sheets for total in sheet.totals]
    unread = [(sheet, cell) for sheet in sheets for cell in sheet.totals_unread]
    if not (rows or unread):
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
    for sheet, cell in unread:
        cells = [sheet.workbook, sheet.name, cell, *[None] * 4, say("could not be read"), None]
        blocks.line(cells, {2: places.cell(sheet.workbook, sheet.name, cell)})
    blocks.end()
