"""Lists that are too long for one sheet go on on numbered ones, and every sum is over all of them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from milestone_report.rendering import excel
from tests import libreoffice
from tests.building import AS_OF, report_of
from tests.rendering.changes_sample import changed_report, trend_of
from tests.rendering.excel_sample import HERE, beside, column, formulas, mixed, row, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from milestone_report.model import Report

# openpyxl leaves out bars, descriptions of tables and the axes of days that LibreOffice writes, and says so.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
    pytest.mark.filterwarnings("ignore:Unable to read chart"),
]

REPORTS: dict[str, Callable[[], Report]] = {
    "mixed": mixed,
    "changed": changed_report,
    "german": lambda: replace(changed_report(), settings=replace(changed_report().settings, locale="de_DE")),
}


def split(report: Report, rows: int = 7, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel.render(report, rows)), data_only=values)


def whole(report: Report, *, values: bool = False) -> Workbook:
    return split(report, 1_000_000, values=values)


def test_a_long_list_stands_on_numbered_sheets_behind_each_other_with_every_row_once() -> None:
    report = mixed()
    for rows in (1, 3, 4, 9, 10):
        book, numbers = split(report, rows, values=True), []
        sheets = [name for name in book.sheetnames if name.startswith("Unpaid")]
        assert sheets == ["Unpaid", *(f"Unpaid {number}" for number in range(2, -(-10 // rows) + 1))]
        first = book.sheetnames.index("Unpaid")
        assert book.sheetnames[first : first + len(sheets)] == sheets
        for number, name in enumerate(sheets, 1):
            (table,) = book[name].tables
            assert table == ("UnpaidMilestones" if number == 1 else f"UnpaidMilestones_{number}")
            numbers += column(book[name], table, "Outstanding")
        assert numbers == column(whole(report, values=True)["Unpaid"], "UnpaidMilestones", "Outstanding")


def test_each_sheet_says_which_rows_it_has_and_where_the_list_goes_on() -> None:
    book = split(mixed(), 4)
    first, second, third = (texts(book[name]) for name in ("Unpaid", "Unpaid 2", "Unpaid 3"))
    assert "Rows 1 to 4 of 10. The list continues on the sheet Unpaid 2." in first
    assert second[:3] == [
        "Unpaid 2", "Continued from the sheet Unpaid.",
        "Rows 5 to 8 of 10. The list continues on the sheet Unpaid 3."]  # fmt: skip
    assert third[:3] == ["Unpaid 3", "Continued from the sheet Unpaid 2.", "Rows 9 to 10 of 10."]
    ways = [cell.hyperlink.location for cell in book["Unpaid"]["A"] if cell.hyperlink]
    assert ways == ["'Unpaid 2'!A1"]
    assert not any("Rows 1" in text for sheet in whole(mixed()) for text in texts(sheet))


def test_the_totals_of_a_sheet_are_of_its_own_rows_and_say_so() -> None:
    report = report_of([row("EUR", 100_01 * n, due_date=AS_OF) for n in range(1, 6)], HERE / "a.xlsx")
    live, stored = split(report, 2), split(report, 2, values=True)
    for name, table, sum_ in (("Unpaid", "UnpaidMilestones", 300_03), ("Unpaid 3", "UnpaidMilestones_3", 500_05)):
        words = "Total of the rows shown on this sheet"
        assert f"=ROUND(SUBTOTAL(109,{table}[Outstanding]),2)" in beside(live[name], words)
        assert sum_ / 100 in beside(stored[name], words)


def test_the_sheets_behind_have_their_header_in_sight_and_on_every_printed_page() -> None:
    book = split(mixed(), 4)
    for name in ("Unpaid", "Unpaid 2", "Unpaid 3"):
        sheet = book[name]
        header = next(line[0].row for line in sheet.iter_rows() if line[0].value == "Project")
        assert sheet.freeze_panes == f"B{header + 1}"
        assert sheet.print_title_rows == f"${header}:${header}"
    assert all(str(book[name].freeze_panes).startswith("C") for name in ("Unsigned", "Unsigned 2"))


@pytest.mark.parametrize("name", REPORTS)
def test_the_figures_are_those_of_the_report_that_is_not_split(name: str) -> None:
    one, many = whole(REPORTS[name](), values=True), split(REPORTS[name](), 3, values=True)
    summary = one.sheetnames[0]
    for plain, cut in zip(one[summary].iter_rows(), many[summary].iter_rows(), strict=True):
        assert [cell.value for cell in plain] == [cell.value for cell in cut]


def test_every_formula_that_names_a_list_names_all_its_parts() -> None:
    book = split(changed_report(), 3)
    tables, count = [table for sheet in book.worksheets for table in sheet.tables], 0
    for cell in formulas(book):
        named = set(re.findall(r"\b([A-Za-z]+(?:_\d+)?)\[", str(cell.value)))
        for first in {name.partition("_")[0] for name in named}:
            every = {table for table in tables if table.partition("_")[0] == first}
            own = {table for table in every if table in book[cell.parent.title].tables}
            if str(cell.value).startswith(("=ROUND(SUBTOTAL", "=ROUND(SUMPRODUCT")):
                assert named == own, cell.value
            else:
                assert named >= every, cell.value
                count += len(every) > 1
    assert count > 20


@pytest.mark.parametrize("name", REPORTS)
def test_an_independent_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / "summary.xlsx"
    file.write_bytes(excel.render(REPORTS[name](), 7))
    result = OpenXmlValidator().validate(str(file))
    assert [error.description for error in result.errors] == []


def test_names_of_sheets_and_tables_are_unique() -> None:
    book = split(changed_report(), 1)
    tables = [table.casefold() for sheet in book for table in sheet.tables]
    assert len(tables) == len(set(tables))
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames})


def test_a_chart_is_drawn_only_of_rows_that_stand_on_one_sheet() -> None:
    report = replace(changed_report(), trend=trend_of(changed_report(), 5))
    with zipfile.ZipFile(io.BytesIO(excel.render(report, 7))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawn = [words for words in charts if "Changes" in words]
    # The trend has 5 rows of each of EUR, GBP and JPY: GBP's stand on two sheets.
    assert [re.findall(r"and overdue, (\w+)", words)[0] for words in drawn] == ["EUR"]
    sheets = openpyxl.load_workbook(io.BytesIO(excel.render(report, 7)))
    assert column(sheets["Changes"], "Trend", "Currency") == ["EUR"] * 5 + ["GBP"] * 2


@libreoffice.wanted
def test_libreoffice_recalculates_every_formula_to_the_stored_value(tmp_path: Path) -> None:
    data = {name: excel.render(make(), 7) for name, make in REPORTS.items()} | {"tiny": excel.render(mixed(), 2)}
    again = libreoffice.recalculated(tmp_path, data)
    for name, calculated in again.items():
        stored = openpyxl.load_workbook(io.BytesIO(data[name]), data_only=True)
        cells = formulas(openpyxl.load_workbook(io.BytesIO(data[name])))
        assert len(cells) > 60
        for cell in cells:
            sheet, place = cell.parent.title, cell.coordinate
            assert calculated[sheet][place].value == stored[sheet][place].value, (name, sheet, place, cell.value)
