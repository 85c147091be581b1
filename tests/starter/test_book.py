from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from milestone_report.starter import WORKBOOK, starter_files
from milestone_report.starter.book import sheet_name
from milestone_report.starter.plan import planned
from tests import libreoffice

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from milestone_report.starter.plan import Project

TODAY = dt.date(2026, 3, 31)
ACME = planned("Acme rebrand", "Acme", "Maya", "EUR", 12_000_01, [Decimal(30), Decimal(40), Decimal(30)])
YEN = planned("=1+1", "<b>&\x01", "", "JPY", 1_000_001, [Decimal(50), Decimal(50)])


def book(project: Project | None = None) -> bytes:
    return starter_files(project, TODAY)[WORKBOOK]


def load(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def test_it_has_an_example_an_empty_project_and_lists_and_opens_at_the_first_milestone() -> None:
    found = load(book())
    assert found.sheetnames == ["Example website relaunch", "New project", "Lists"]
    assert found.active is found["Example website relaunch"]
    assert found["Example website relaunch"].sheet_view.selection[-1].activeCell == "A10"
    assert found["New project"].sheet_view.selection[-1].activeCell == "B1"
    assert [cell.value for cell in found["New project"]["A10:A21"][0]] == [None]
    for name in found.sheetnames[:2]:
        assert found[name].freeze_panes == "B10"
        assert found[name].print_title_rows == "$9:$9"
        assert found[name].page_setup.orientation == "landscape"


def test_a_project_comes_first_with_exact_amounts() -> None:
    sheet = load(book(ACME))["Acme rebrand"]
    assert [[cell.value for cell in row[:5]] for row in sheet["A9:E12"]] == [
        ["Milestone", "Description", "Amount", "Currency", "Status"],
        ["Deposit", "30 % of the contract", 3600, "EUR", "planned"],
        ["Midpoint", "40 % of the contract", 4800, "EUR", "planned"],
        ["Final", "30 % of the contract", 3600.01, "EUR", "planned"],
    ]
    assert [sheet[f"B{row}"].value for row in range(1, 6)] == ["Acme rebrand", "Acme", "Maya", "EUR", 12000.01]


def test_a_currency_without_cents_has_none_and_text_stays_text() -> None:
    sheet = load(book(YEN))["=1+1"]
    assert [sheet["B1"].value, sheet["B1"].data_type, sheet["B2"].value] == ["=1+1", "s", "<b>&_x0001_"]
    assert [sheet["C10"].value, sheet["C11"].value, sheet["C10"].number_format] == [500_001, 500_000, "#,##0"]


def test_each_header_has_a_note_and_each_cell_a_check_that_a_person_understands() -> None:
    sheet = load(book())["New project"]
    notes = [cell.comment.text for cell in sheet[9] if cell.comment]
    assert len(notes) == sheet.max_column == 13
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert (checks["E10:E21"].formula1, checks["D10:D21"].formula1) == ("StatusList", "CurrencyList")
    assert checks["E10:E21"].error == "Please choose one from the list: click the arrow beside the cell."
    assert {"C10:C21", "G10:G21", "H10:H21", "I10:I21", "J10:J21", "L10:L21", "K10:K21", "B4", "B5"} <= checks.keys()
    assert all(len(check.error or "") <= 255 and len(check.prompt or "") <= 255 for check in checks.values())


def test_the_drop_downs_name_the_statuses_that_the_reader_knows() -> None:
    found = load(book())
    assert found.defined_names["StatusList"].value == "Lists!$A$3:$A$9"
    words = [cell.value for (cell,) in found["Lists"]["A3:A9"]]
    assert words == ["planned", "draft", "sent", "partially paid", "paid", "overdue", "void"]


def test_overdue_unsigned_paid_and_void_are_coloured() -> None:
    sheet = load(book())["New project"]
    rules = {str(area.sqref): rule.formula for area in sheet.conditional_formatting for rule in area.rules}
    billed = 'OR($E10="sent",$E10="partially paid",$E10="overdue")'
    assert rules == {
        "E10:E21": ['$E10="paid"'],
        "H10:H21": [f'AND({billed},$H10<>"",$H10<TODAY())'],
        "K10:K21": [f'AND(OR({billed},OR($E10="paid")),$C10>0,TRIM($K10)="")'],
        "A10:M21": ['OR($E10="void")'],
    }


@libreoffice.wanted
def test_libreoffice_calculates_what_is_stored_and_nothing_else(tmp_path: Path) -> None:
    books = {"example": book(), "acme": book(ACME), "yen": book(YEN)}
    again = libreoffice.recalculated(tmp_path, books)
    for name, data in books.items():
        live, stored = load(data), load(data, values=True)
        cells = [cell for sheet in live for row in sheet for cell in row if cell.data_type == "f"]
        assert len(cells) == 10
        for cell in cells:
            sheet, place = cell.parent.title, cell.coordinate
            assert (again[name][sheet][place].value or "") == (stored[sheet][place].value or ""), (sheet, cell.value)


@pytest.mark.parametrize("project", [None, ACME, YEN])
def test_an_independent_validator_finds_nothing(project: Project | None, tmp_path: Path) -> None:
    (tmp_path / WORKBOOK).write_bytes(book(project))
    result = OpenXmlValidator().validate(str(tmp_path / WORKBOOK))
    assert [error.description for error in result.errors] == []
    assert result.is_valid


def test_the_same_project_and_day_give_the_same_bytes() -> None:
    assert starter_files(ACME, TODAY) == starter_files(ACME, TODAY)
    assert starter_files(None, TODAY) == starter_files(None, TODAY)


def test_the_workbook_comes_last_so_that_a_start_that_was_killed_can_be_made_again() -> None:
    for project in (None, ACME):
        assert [*starter_files(project, TODAY)][-1] == WORKBOOK


@given(st.text(max_size=60))
def test_any_project_gives_a_sheet_a_name_that_excel_allows(name: str) -> None:
    found = sheet_name(name, {"lists"})
    assert 1 <= len(found.encode("utf-16-le")) // 2 <= 31
    assert not set(found) & set("[]:*?/\\")
    assert found.casefold() not in ("history", "lists")
    assert found.strip("' ") == found
    assert found.isprintable()


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("a/b?c*[d]:e", "a b c d e"),
        ("'x'", "x"),
        ("History", "Project History"),
        ("LISTS", "Project LISTS"),
        ("", "Project"),
        ("Relaunch of the website and the shop", "Relaunch of the website and the"),
        ("🧾" * 20, "🧾" * 15),
    ],
)
def test_a_sheet_is_called_as_its_project_as_far_as_excel_allows(name: str, sheet: str) -> None:
    assert sheet_name(name, {"lists"}) == sheet
