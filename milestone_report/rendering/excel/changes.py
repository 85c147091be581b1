"""What changed since the last report: how the outstanding moved, the trend, and every change with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.changes import Change
from milestone_report.currency import exponent
from milestone_report.rendering import changes as telling
from milestone_report.rendering.excel.book import ACCENT, CHANGES_SHEET, LINE, SOFT
from milestone_report.rendering.excel.cells import major, money_pattern, plain
from milestone_report.rendering.excel.charts import CHARTED_CURRENCIES, TREND_HEIGHT, insert_trend
from milestone_report.rendering.excel.columns import Dates, Money, Text, Values
from milestone_report.rendering.excel.tables import used, write_table
from milestone_report.rendering.excel.widths import fitting_width
from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.changes import Changes, Item
    from milestone_report.rendering.excel.book import Page
    from milestone_report.rendering.excel.columns import Column
    from milestone_report.rendering.excel.rows import Places

CHANGES, TREND = "ChangeItems", "Trend"
_FIRST_CURRENCY = 2  # the column of the first currency of the bridge
_ROW_PIXELS = 20  # of a usual row, see ROW_HEIGHT
_ROW = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}


def write_changes(page: Page, places: Places, changes: Changes) -> None:
    """Write the sheet. The bridge stands first and is written last, because its formulas name the list."""
    say = page.language.say
    since = page.language.long_date(changes.since)
    lines = [
        say("How what is outstanding moved from {date} on, and every change of a milestone.", date=since),
        say("A milestone may stand here several times, once for each change."),
    ]
    lines = lines if changes.items else [say("Since {date} no milestone changed.", date=since)]
    page.heading(ACCENT, [*lines, *telling.remarks(changes, page.language), *telling.trend_remarks(page.report)])
    top = page.row
    kinds = [kind for kind in Change if any(each.kind is kind for one in changes.bridge for each in one.movements)]
    page.row += len(kinds) + 4 if changes.bridge else 0
    charts = page.row
    drawn = telling.has_trend(page.report)
    if drawn:
        page.row += TREND_HEIGHT // _ROW_PIXELS + 2
    if changes.items:
        _write_items(page, places, changes.items)
    if drawn:
        _write_trend(page, charts)
    after, page.row = page.row, top
    if changes.bridge:
        _write_bridge(page, changes, kinds)
    page.row = after


def point_to_changes(page: Page, changes: Changes) -> None:
    """Say on another sheet how much changed since the last report, and where to read what."""
    counted, moved = page.language.counted, telling.led(changes, page.language)
    date, sheet, number = changes.since, page.language.say(CHANGES_SHEET), len(changes.items)
    if moved:
        words = counted(
            "{n} change since {date}, outstanding {led}: see {sheet}.",
            "{n} changes since {date}, outstanding {led}: see {sheet}.",
            number,
            date=date,
            led=moved,
            sheet=sheet,
        )
    else:
        words = counted(
            "{n} change since {date}, outstanding as before: see {sheet}.",
            "{n} changes since {date}, outstanding as before: see {sheet}.",
            number,
            date=date,
            sheet=sheet,
        )
    place = "internal:" + page.book.place(CHANGES_SHEET, "A1")
    page.sheet.write_url(page.row, 0, place, page.book.style(font_color=ACCENT), plain(words))
    page.row += 1


def _write_items(page: Page, places: Places, items: Sequence[Item]) -> None:
    """Every change, by kind, with what stood and stands there and the way to its cell."""
    language, say = page.language, page.language.say
    order = list(Change)
    shown = sorted(items, key=lambda item: order.index(item.kind))
    codes = [item.currency for item in shown]
    sheets = {(sheet.workbook, sheet.name): sheet for sheet in page.report.milestones.sheets}
    cells, links = [], []
    for item in shown:
        sheet = None if item.kind is Change.REMOVED else sheets.get((item.workbook, item.sheet))
        cell = sheet.cell(telling.FIELDS.get(item.kind, "milestone"), item.row) if sheet else ""
        cells.append(cell or say("row {row}", row=item.row))
        links.append(places.cell(item.workbook, item.sheet, cell) if cell else "")
    both = telling.before_and_now(shown, language)
    before, now = [one for one, _ in both], [one for _, one in both]
    columns: list[Column] = [
        Text(say("Change"), [say(telling.KIND_WORDS[item.kind]) for item in shown], needed=True),
        Text(say("Project"), [item.project for item in shown], widest=30),
        Text(say("Milestone"), [item.milestone for item in shown], widest=28),
        Values(say("Before"), before, widest=24, values=[item.before for item in shown], currencies=codes),
        Values(say("Now"), now, widest=24, values=[item.after for item in shown], currencies=codes),
        Text(say("Currency"), codes, widest=11, needed=True),
        Money(say("Amount"), [item.amount if item.currency else None for item in shown], codes, summed=False),
        Money(say("Outstanding moved by"), [item.moved for item in shown], codes, bold=True, needed=True),
        *([Text(say("Workbook"), [item.workbook for item in shown], widest=24)] if places.several else []),
        Text(say("Sheet"), [item.sheet for item in shown], widest=24),
        Text(say("Cell"), cells, links, widest=12),
    ]
    table = write_table(page, CHANGES, used(columns)[0], len(shown))
    page.sheet.repeat_rows(table.header_row)
    page.row += 1


def _write_trend(page: Page, charts: int) -> None:
    """What was outstanding and overdue at each report, and a chart of it for the first currencies."""
    say = page.language.say
    points = sorted(page.report.trend, key=lambda point: (point.currency, point.as_of))
    codes = [point.currency for point in points]
    page.line(say("What was outstanding and overdue at each report"), bold=True)
    columns: list[Column] = [
        Dates(say("Report of"), [point.as_of for point in points]),
        Text(say("Currency"), codes, widest=11),
        Money(say("Outstanding"), [point.outstanding for point in points], codes, summed=False),
        Money(say("Overdue"), [point.overdue for point in points], codes, summed=False),
    ]
    if any(point.unread for point in points):
        columns.append(
            Text(say("Lacks"), [telling.lacking(point.unread, page.language) for point in points], widest=28)
        )
    table = write_table(page, TREND, columns, len(points))
    long_enough = [code for code in dict.fromkeys(codes) if codes.count(code) >= telling.RUNS]
    for place, code in enumerate(long_enough[:CHARTED_CURRENCIES]):
        start = codes.index(code)
        if lines := table.place(start, start + codes.count(code) - 1):
            insert_trend(page, charts, code, lines, place)


def _write_bridge(page: Page, changes: Changes, kinds: Sequence[Change]) -> None:
    """One column for each currency, from what was outstanding to what is: live sums over the list below."""
    book, sheet, say = page.book, page.sheet, page.language.say
    moves = {(one.currency, each.kind): each for one in changes.bridge for each in one.movements}
    header = {"bold": True, "bg_color": SOFT, "bottom": 1, "bottom_color": ACCENT, "valign": "vcenter"}
    head = page.row
    words = [say("How the outstanding moved"), say("Milestones"), *(one.currency for one in changes.bridge)]
    for place, word in enumerate(words):
        align = {} if place == 0 else {"align": "right"}
        sheet.write_string(head, place, word, book.style(**header, **align))
    closing_words = say("Outstanding on {date}", date=page.language.short_date(page.report.settings.as_of))
    labels = [telling.opening_words(changes, page.language), closing_words]
    labels[1:1] = [say(telling.KIND_WORDS[kind]) for kind in kinds]
    moved = telling.milestones(item for item in changes.items if item.moved)
    counts = [None, *(moved[kind] for kind in kinds), None]
    page.widen(0, max(fitting_width(label, bold=True) for label in (words[0], *labels)))
    for row, (label, count) in enumerate(zip(labels, counts, strict=True), head + 1):
        bold = {"bold": True} if count is None else {}
        sheet.write_string(row, 0, label, book.style(**_ROW, **bold))
        if count is None:
            sheet.write_blank(row, 1, None, book.style(**_ROW))
        else:
            sheet.write_number(row, 1, count, book.style(**_ROW, num_format="#,##0"))
    last = head + len(labels)
    for place, one in enumerate(changes.bridge, _FIRST_CURRENCY):
        code, letter = one.currency, column_letter(place)
        style = book.style(**_ROW, num_format=f"+{money_pattern(code)}")
        bold_style = book.style(**_ROW, bold=True, num_format=money_pattern(code))
        sheet.write_number(head + 1, place, major(one.opening, code), bold_style)
        book.openings[code] = book.place(CHANGES_SHEET, f"${letter}${head + 2}")
        for row, kind in enumerate(kinds, head + 2):
            amount = moves[code, kind].amount if (code, kind) in moves else 0
            live = book.sum(CHANGES, "Outstanding moved by", f"{letter}${head + 1}", "Change", f"$A{row + 1}")
            if live == "0":
                sheet.write_number(row, place, major(amount, code), style)
            else:
                sheet.write_formula(row, place, f"=ROUND({live},{exponent(code)})", style, major(amount, code))
        closing = f"=ROUND(SUM({letter}{head + 2}:{letter}{last}),{exponent(code)})"
        sheet.write_formula(last, place, closing, bold_style, major(one.closing, code))
        page.widen(place, max(15, len(f"{max(abs(one.opening), abs(one.closing)):,}") + 4))
    page.row = last + 1
