from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.currency import exponent
from milestone_report.model import Sheet
from milestone_report.rendering import excel
from milestone_report.rendering.json import render
from tests import libreoffice
from tests.building import AS_OF, COLUMNS, report_of
from tests.rendering.changes_sample import changed_report
from tests.rendering.excel_sample import HERE, beside, column, formulas, load, mixed, row, texts

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

# openpyxl leaves out bars, descriptions of tables and the axes of days that LibreOffice writes, and says so.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
    pytest.mark.filterwarnings("ignore:Unable to read chart"),
]


def test_the_summary_stores_the_report_s_totals_under_live_formulas() -> None:
    report = mixed()
    live, stored = load(report)["Summary"], load(report, values=True)["Summary"]
    for words, name in (("Milestones in all", "amount"), ("Paid", "paid"), ("of which more than was due", "overpaid"),
                        ("Outstanding, less credits", "outstanding"), ("Overdue, before credits", "overdue"),
                        ("Not billed", "not_billed"), ("of which ready to bill", "ready_to_bill"),
                        ("Billed or paid without sign-off", "unsigned_billed"), ("Contracts", "contract")):  # fmt: skip
        for place, total in enumerate(report.summary.totals, 1):
            figure = getattr(total, name)
            expected = None if figure is None else figure / 10 ** exponent(total.currency)
            assert beside(stored, words)[place] == expected, (words, total.currency)
            assert not expected or str(beside(live, words)[place]).startswith("=ROUND(SUMIFS("), words


def test_ageing_on_the_summary_adds_up_to_what_is_outstanding() -> None:
    report = mixed()
    stored = load(report, values=True)["Summary"]
    bands = [beside(stored, band.bucket)[1] for band in report.summary.ageing if band.currency == "EUR"]
    assert round(sum(bands), 2) == beside(stored, "Together")[1] == report.summary.totals[0].outstanding / 100


def test_totals_above_a_list_keep_currencies_apart_and_follow_the_filter() -> None:
    sheet = load(mixed(), values=True)["Unpaid"]
    codes, sums = column(sheet, "UnpaidMilestones", "Currency"), column(sheet, "UnpaidMilestones", "Outstanding")
    shown = {line[codes_at].value: line[sums_at].value for line, codes_at, sums_at in _total_lines(sheet)}
    assert shown == {
        code: pytest.approx(sum(s for c, s in zip(codes, sums, strict=True) if c == code)) for code in set(codes)
    }
    live = [str(cell.value) for cell in formulas(load(mixed())) if cell.parent.title == "Unpaid"]
    assert all("SUBTOTAL(109," in formula for formula in live)


def _total_lines(sheet: Worksheet) -> list[tuple[Any, int, int]]:
    header = next(line for line in sheet.iter_rows() if line[0].value == "Project")
    names = [cell.value for cell in header]
    lines = [line for line in sheet.iter_rows() if str(line[0].value).startswith("Total of")]
    return [(line, names.index("Currency"), names.index("Outstanding")) for line in lines]


def test_every_check_on_control_agrees_and_credits_are_listed() -> None:
    book = load(mixed(), values=True)
    results = [cell.value for cell in book["Control"]["H"] if cell.value in ("OK", "CHECK")]
    assert results
    assert set(results) == {"OK"}
    assert any("The report’s figures agree with its lists" in text for text in texts(book["Summary"]))
    assert any("that 1 sheet gives itself differs" in text for text in texts(book["Summary"])), "another kind of sum"
    assert column(book["Control"], "CreditsAndOverpayments", "Why") == [
        "credit", "paid above its amount", "received before it was billed"]  # fmt: skip


def test_what_is_in_no_figure_is_said() -> None:
    book = load(mixed(), values=True)
    assert any("1 milestone is in no figure here" in text and "888.88 EUR" in text for text in texts(book["Summary"]))
    assert {"Void", "differs, see below", "differs"} <= set(texts(book["Control"]))


def test_a_totals_row_that_could_not_be_read_is_said_with_its_cell() -> None:
    sheet = Sheet("a.xlsx", "Solo", 1, COLUMNS, totals_unread=("F20",))
    control = load(report_of([row("EUR", 100)], HERE / "a.xlsx", (), [sheet]))["Control"]
    assert "could not be read, see below" in texts(control)
    [line] = [line for line in control.iter_rows() if line[2].value == "F20"]
    assert line[7].value == "could not be read"
    assert line[2].hyperlink
    assert line[2].hyperlink.location == "'Solo'!F20"
    report = report_of([row("EUR", 100)], HERE / "a.xlsx", (), [sheet])
    assert json.loads(render(report))["control"]["totals_rows_unread"] == [
        {"workbook": "a.xlsx", "sheet": "Solo", "cell": "F20"}
    ]


def test_a_very_long_list_or_many_currencies_have_plainer_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milestone_report.rendering.excel.tables.SUBTOTALS_UP_TO", 5)
    assert "Total of all rows" in texts(load(mixed())["Unpaid"])
    rows = [row(code, 100, due_date=AS_OF) for code in ("AUD", "CAD", "CHF", "EUR", "GBP", "NOK", "SEK")]
    book = load(report_of(rows, HERE / "a.xlsx"))
    assert "The totals of 7 currencies stand on the sheet Summary." in texts(book["Unpaid"])
    assert beside(book["Summary"], "Totals")[1:8] == [each["currency"] for each in rows]


def test_charts_are_native_and_told_in_words() -> None:
    with zipfile.ZipFile(io.BytesIO(excel.render(mixed()))) as parts:
        words = re.findall(r'descr="([^"]*)"', parts.read("xl/drawings/drawing1.xml").decode())
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(words) == len(charts) == 5
    assert words[0].startswith("Column chart of what is outstanding by days past due: not due 2,500.11 EUR;")


def test_where_everything_is_paid_there_is_no_ageing_and_no_chart() -> None:
    signed = {"evidence": "found", "signoff": "a.pdf", "signoff_path": "/agency/signoffs/a.pdf"}
    rows = [row("EUR", 100, status=status, **signed) for status in ("paid", "draft", "draft")]
    report = report_of(rows, HERE / "a.xlsx")
    assert "Outstanding by days past due" not in texts(load(report)["Summary"])
    with zipfile.ZipFile(io.BytesIO(excel.render(report))) as parts:
        assert not any("charts" in name for name in parts.namelist())


@libreoffice.wanted
def test_libreoffice_recalculates_every_formula_to_the_stored_value(tmp_path: Path) -> None:
    single = report_of([row("EUR", 100_01 * n, due_date=AS_OF) for n in range(1, 4)], HERE / "a.xlsx")
    reports = {"mixed": mixed(), "single": single, "changed": changed_report()}
    again = libreoffice.recalculated(tmp_path, {name: excel.render(report) for name, report in reports.items()})
    for name, report in reports.items():
        stored, cells = load(report, values=True), formulas(load(report))
        assert len(cells) > 30
        for cell in cells:
            sheet, place = cell.parent.title, cell.coordinate
            assert again[name][sheet][place].value == stored[sheet][place].value, (sheet, place, cell.value)
