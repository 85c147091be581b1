"""What summary.xlsx prints, and what its charts leave out."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import Settings, Sheet, TotalsRow
from milestone_report.rendering.excel.widths import fitting_width
from milestone_report.text import split_cell
from tests.building import AS_OF, COLUMNS, report_of
from tests.rendering.excel_sample import load, mixed, row, texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.mark.parametrize(
    ("name", "way"),
    [(name, "Sign-off file") for name in ("Unpaid", "Ready to bill", "Unsigned")] + [("Projects", "Workbook")],
)
def test_the_lists_print_all_but_their_ways_back_to_the_workbook(name: str, way: str) -> None:
    sheet = load(mixed())[name]
    table = next(iter(sheet.tables.values()))
    headers = [cell.value for cell in sheet[table.ref][0]]
    last = sheet.print_area.rsplit(":", 1)[1]
    printed = [cell.value for cell in sheet[f"A{table.ref[1:].split(':')[0]}:{last.replace('$', '')}"][0]]
    assert printed == headers[: headers.index(way)]
    ends = [split_cell(each.ref.rsplit(":", 1)[1])[1] for each in sheet.tables.values()]
    assert split_cell(last.replace("$", ""))[1] == max(ends)


def test_currencies_without_a_chart_are_said() -> None:
    rows = [row(code, 100_00) for code in ("EUR", "EUR", "GBP", "GBP", "JPY", "JPY", "USD", "CHF")]
    said = "Charts are drawn of the currencies with the most milestones: EUR, GBP, JPY. The tables have all."
    assert said in texts(load(report_of(rows, Path("agency.xlsx")))["Summary"])
    assert said not in texts(load(report_of(rows[:6], Path("agency.xlsx")))["Summary"])


@pytest.mark.parametrize(
    ("weeks", "title"), [(12, "Coming due by week, EUR"), (13, "Coming due in the first 12 weeks, EUR")]
)
def test_a_chart_of_some_weeks_only_says_so(weeks: int, title: str) -> None:
    rows = [row("EUR", 100_00, due_date=AS_OF + dt.timedelta(weeks=number)) for number in range(weeks)]
    charts = load(report_of(rows, Path("agency.xlsx")))["Summary"]._charts  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl has no other way
    titles = ["".join(run.t for part in chart.title.tx.rich.p for run in part.r or ()) for chart in charts]
    assert title in titles


@pytest.mark.parametrize("locale", ["en_GB", "de_DE"])
def test_no_words_above_a_list_or_a_block_are_cut_by_the_cell_beside_them(locale: str) -> None:
    rows = [row("EUR", 100_00), row("EUR", 5_00, trusted=False)]
    rows = [{**each, "project": "A"} for each in rows]
    totals = (TotalsRow("G20", "Total", "100.00", "120.00", agrees=False),)
    sheets = [Sheet("agency.xlsx", "A", 1, COLUMNS, totals=totals)]
    settings = Settings(as_of=AS_OF, locale=locale)
    book = load(report_of(rows, Path("agency.xlsx"), [], sheets, settings), values=True)
    projects, control = book.worksheets[4], book.worksheets[-1]
    looked_at = 0
    for sheet in (projects, control):
        for line in sheet.iter_rows():
            for cell, beside in pairwise(line):
                if isinstance(cell.value, str) and beside.value and cell.font.b and not cell.alignment.wrap_text:
                    assert _width(sheet, cell.column) >= fitting_width(cell.value, bold=True), (
                        sheet.title,
                        cell.coordinate,
                        cell.value,
                    )
                    looked_at += 1
    assert looked_at > 20


def _width(sheet: Worksheet, column: int) -> float:
    """The width of a column, from 1; columns of one width that stand side by side are stored as one."""
    return next(
        each.width for each in sheet.column_dimensions.values() if column in range(each.min or 0, (each.max or 0) + 1)
    )
