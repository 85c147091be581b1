"""What summary.xlsx prints, and what its charts leave out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from milestone_report.text import split_cell
from tests.building import AS_OF, report_of
from tests.rendering.excel_sample import load, mixed, row, texts

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.mark.parametrize("name", ["Unpaid", "Ready to bill", "Unsigned"])
def test_the_lists_print_all_but_their_ways_back_to_the_workbook(name: str) -> None:
    sheet = load(mixed())[name]
    table = next(iter(sheet.tables.values()))
    headers = [cell.value for cell in sheet[table.ref][0]]
    last = sheet.print_area.rsplit(":", 1)[1]
    printed = [cell.value for cell in sheet[f"A{table.ref[1:].split(':')[0]}:{last.replace('$', '')}"][0]]
    assert printed == headers[: headers.index("Sign-off file")]
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
