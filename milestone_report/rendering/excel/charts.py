"""Native charts on Summary: what is outstanding by age, and what comes due.

Each currency has charts of its own: on a shared axis 1,000,000 JPY would dwarf 9,000 EUR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.figures import CREDITS, NO_DUE_DATE, NOT_DUE
from milestone_report.rendering.excel.book import (
    ACCENT,
    CHASE,
    INK,
    LINE,
    QUIET,
    SUMMARY_SHEET,
    TYPEFACE,
)
from milestone_report.rendering.excel.cells import money_pattern
from milestone_report.rendering.excel.sheets import COMING_DUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart

    from milestone_report.rendering.excel.book import Page

CHARTED_CURRENCIES = 3  # those with the most milestones; the tables have all
CHARTED_WEEKS = 12
GAP = 10
TREND_WIDTH, TREND_HEIGHT = 380, 210
_DATES = 4  # so many fit below the chart of a trend
_LONGEST_WORDS = 2_000  # of a chart's description; the list below it has every report
_PAST_DUE = ("#e8c77a", "#e0a052", "#cc6a45", "#a8382c")


def insert_charts(page: Page, rows: tuple[int, int], first_currency: int, bands: Sequence[str]) -> None:
    """Beside the tables: one currency's charts one below the other, or a smaller pair for each of several.

    `rows` are the one beside which the first chart begins and the first one of the ageing table, whose
    `bands` have one row each; `first_currency` is its first column of figures. All count from 0.
    """
    totals = page.report.summary.totals
    top, first_band = rows
    beside = first_currency + len(totals)
    page.widen(beside, 2)
    charted = [name for name in bands if name != CREDITS]  # a credit is no debt
    busiest = sorted(totals, key=lambda total: -total.milestones)[:CHARTED_CURRENCIES]
    if len(busiest) < len(totals):
        words = page.language.say(
            "Charts are drawn of the currencies with the most milestones: {drawn}. The tables have all.",
            drawn=", ".join(total.currency for total in busiest),
        )
        page.sheet.write_string(top - 1, beside + 1, words, page.book.style(font_color=QUIET))
    alone = len(busiest) == 1
    width, height = (500, 280) if alone else (370, 210)
    for number, total in enumerate(busiest):
        column = first_currency + totals.index(total)
        charts = [_ageing(page, total.currency, column, first_band, charted), _coming_due(page, total.currency)]
        for place, (chart, words) in enumerate(pair for pair in charts if pair):
            across, down = (0, place) if alone else (place, number)
            chart.set_size({"width": width, "height": height})
            offset = {"x_offset": across * (width + GAP), "y_offset": down * (height + GAP)}
            page.sheet.insert_chart(top, beside + 1, chart, {"description": words, "object_position": 2, **offset})


def _ageing(page: Page, currency: str, column: int, first_row: int, names: Sequence[str]) -> tuple[Chart, str] | None:
    """What is outstanding in each band, from calm to alarming, and the same in words."""
    bands = [band for band in page.report.summary.ageing if band.currency == currency and band.bucket != CREDITS]
    if not bands:
        return None
    language, sheet = page.language, page.language.say(SUMMARY_SHEET)
    last_row = first_row + len(names) - 1
    chart = _chart(page, language.say("Outstanding by days past due, {currency}", currency=currency))
    shades = iter([*_PAST_DUE, *[_PAST_DUE[-1]] * len(names)])
    special = {NOT_DUE: "#9db7dc", NO_DUE_DATE: "#b9bfc9"}
    chart.add_series(
        {
            "name": language.say("Outstanding, {currency}", currency=currency),
            "categories": [sheet, first_row, 0, last_row, 0],
            "values": [sheet, first_row, column, last_row, column],
            "points": [{"fill": {"color": special.get(name) or next(shades)}} for name in names],
            "gap": 45,
            "data_labels": {"value": True, "num_format": _exact(currency), "font": _font(INK)},
        }
    )
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})  # each column says its figure
    chart.set_legend({"none": True})
    figures = "; ".join(f"{language.band(band.bucket)} {language.money(band.outstanding, currency)}" for band in bands)
    return chart, language.say("Column chart of what is outstanding by days past due: {figures}.", figures=figures)


def _exact(currency: str) -> str:
    """The number format of a label: to the last cent, and nothing for a band in which nothing is."""
    return money_pattern(currency).rpartition(";")[0] + ";"


def _coming_due(page: Page, currency: str) -> tuple[Chart, str] | None:
    """What falls due in the next weeks: billed, and not billed above it."""
    weeks = page.report.summary.coming_due
    every = [row for row, week in enumerate(weeks) if week.currency == currency]
    rows = every[:CHARTED_WEEKS]
    table = page.book.tables.get(COMING_DUE)
    place = table.place(rows[0], rows[-1]) if table and rows else None
    if place is None:
        return None
    language, say, (sheet, first, last) = page.language, page.language.say, place
    title = say("Coming due by week, {currency}", currency=currency)
    if len(every) > len(rows):
        title = say("Coming due in the first {n} weeks, {currency}", n=len(rows), currency=currency)
    chart = _chart(page, title, "stacked")
    for name, column, colour in (
        (say("Billed, to receive"), 2, ACCENT),
        (say("Not billed, to invoice"), 3, "#b3c6e2"),
    ):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60 if len(rows) > 3 else 250,
            }
        )
    chart.set_x_axis(
        {"text_axis": True, "num_format": "d mmm", "num_font": _font(QUIET), "line": {"color": LINE},
         "major_tick_mark": "none"}
    )  # fmt: skip
    chart.set_legend({"position": "bottom", "font": _font(QUIET)})
    figures = "; ".join(
        say(
            "week of {date}: {billed} billed, {not_billed} not billed",
            date=language.short_date(weeks[row].week),
            billed=language.money(weeks[row].billed, currency),
            not_billed=language.money(weeks[row].not_billed, currency),
        )
        for row in rows
    )
    return chart, say("Stacked columns of what falls due by week: {figures}.", figures=figures)


def insert_trend(page: Page, top: int, currency: str, rows: tuple[str, int, int], place: int) -> None:
    """What was outstanding and overdue in one currency, report by report, as lines.

    `rows` are the sheet and the first and the last row there of the currency in the list of the trend, `top` the one
    beside which the chart begins, all from 0; `place` is its own in the row of charts.
    """
    language, say, (sheet, first, last) = page.language, page.language.say, rows
    chart = _chart(page, say("Outstanding and overdue, {currency}", currency=currency), kind="line")
    looks = ((say("Outstanding"), 2, ACCENT, "solid"), (say("Overdue"), 3, CHASE, "dash"))
    for name, column, colour, dash in looks:
        chart.add_series(
            {
                "name": name,
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "line": {"color": colour, "width": 2, "dash_type": dash},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    points = [point for point in page.report.trend if point.currency == currency]
    if min(min(point.outstanding, point.overdue) for point in points) >= 0:
        # From zero, as on the page: else Excel lets a small change look like a large one.
        chart.set_y_axis({**_FIGURES_AXIS, "min": 0})
    days = (points[-1].as_of - points[0].as_of).days
    # Reports are as far apart as their days are.
    chart.set_x_axis(
        {"date_axis": True, "num_format": "d mmm", "num_font": _font(QUIET), "line": {"color": LINE},
         "major_tick_mark": "none", "major_unit": max(1, days // _DATES), "major_unit_type": "days"}
    )  # fmt: skip
    chart.set_legend({"position": "bottom", "font": _font(QUIET)})
    chart.set_size({"width": TREND_WIDTH, "height": TREND_HEIGHT})
    figures = "; ".join(
        say(
            "{date}: {outstanding} outstanding, {overdue} overdue",
            date=language.short_date(point.as_of),
            outstanding=language.money(point.outstanding, currency),
            overdue=language.money(point.overdue, currency),
        )
        for point in points
    )
    words = say("Line chart of what was outstanding and overdue at each report: {figures}.", figures=figures)
    offset = {"x_offset": place * (TREND_WIDTH + GAP)}
    page.sheet.insert_chart(top, 0, chart, {"description": words[:_LONGEST_WORDS], "object_position": 2, **offset})


def _chart(page: Page, title: str, subtype: str = "", kind: str = "column") -> Chart:
    """An empty chart in the report's typeface, quiet but for its columns or lines."""
    chart = page.book.chart(subtype, kind)
    chart.set_title({"name": title, "name_font": _font(INK, 10, bold=True), "overlay": False})
    chart.set_x_axis({"num_font": _font(QUIET), "line": {"color": LINE}, "major_tick_mark": "none"})
    chart.set_y_axis(_FIGURES_AXIS)
    chart.set_chartarea({"border": {"color": LINE}})
    chart.show_hidden_data()  # a filter in a list must not empty the chart
    return chart


def _font(colour: str, size: int = 8, *, bold: bool = False) -> dict[str, object]:
    return {"name": TYPEFACE, "size": size, "color": colour, "bold": bold}


_FIGURES_AXIS = {
    "num_font": _font(QUIET),
    "num_format": "#,##0",
    "line": {"none": True},
    "major_tick_mark": "none",
    "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
}
