from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from milestone_report.cli import cli
from milestone_report.rendering.review.losses import losses
from tests import libreoffice
from tests.conftest import ROOT, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from openpyxl import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADER = ("Milestone", "Amount", "Currency", "Status", "Invoice number")


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", *(str(each) for each in arguments), "--as-of", "2026-03-31"])


def copy_of(workbook: Path, folder: Path) -> Workbook:
    """The review copy of a workbook, made by the command."""
    result = check(workbook, "--review-copy", folder)
    assert result.exit_code in (0, 1), result.output
    return openpyxl.load_workbook(folder / f"{workbook.stem} - review{workbook.suffix}")


def book(path: Path, *rows: tuple[str | int, ...], sheet: str = "Acme") -> Path:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.title = sheet
    for row in (HEADER, *rows):
        page.append(row)
    made.save(path)
    return path


def test_each_finding_s_cell_is_coloured_by_the_worst_and_its_comment_says_all(tmp_path: Path) -> None:
    file = book(tmp_path / "Book.xlsx", ("Deposit", "TBC", "EUR", "payed", "7"), ("Final", 100, "EUR", "draft", "8"))
    cells = copy_of(file, tmp_path / "out")["Acme"]
    assert cells["B2"].fill.fgColor.rgb == "00F9C9C1"
    assert cells["E3"].fill.fgColor.rgb == "00FBE3A9"
    assert cells["A2"].fill.fill_type is None
    assert cells["B2"].comment.text.startswith("R103 (error)\nAmount “TBC”")
    assert "\n→ " in cells["B2"].comment.text
    assert cells["D2"].comment.text.startswith("R113 (error)\n")


def test_the_findings_come_first_each_with_a_link_to_its_cell(tmp_path: Path) -> None:
    file = book(tmp_path / "Book.xlsx", ("Deposit", "TBC", "EUR", "sent", "7"), sheet="Tom's job")
    copy = copy_of(file, tmp_path / "out")
    sheet = copy.worksheets[0]
    assert copy.active is sheet
    assert (sheet.title, sheet["A1"].value) == ("Findings", "Findings in Book.xlsx on 31 March 2026")
    rows = {row[1].value: row for row in sheet.iter_rows()}
    assert [cell.value for cell in rows["R103"]][:5] == ["error", "R103", "Tom's job", "B2", "TBC"]
    link = rows["R103"][3].hyperlink
    assert link
    assert link.location == "'Tom''s job'!B2"
    assert rows["P405"][3].hyperlink is None
    assert [other.sheet_view.tabSelected for other in copy.worksheets] == [True, False]


def test_the_original_is_not_touched_and_the_copy_is_the_same_each_time(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "messy.xlsx", tmp_path))
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    copies = []
    for name in ("one", "two"):
        copy_of(file, tmp_path / name)
        copies.append((tmp_path / name / "messy - review.xlsx").read_bytes())
    assert copies[0] == copies[1]
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_copy_beside_its_workbook_is_never_read_for_another_workbook(tmp_path: Path) -> None:
    file = book(tmp_path / "Book.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    check(file, "--review-copy", tmp_path)
    result = check(tmp_path, "--review-copy", tmp_path)
    assert "X501" not in result.output
    assert "P406" not in result.output
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == ["Book - review.xlsx", "Book.xlsx"]


def test_a_comment_that_is_there_stays_below_ours_and_merged_cells_are_marked_once(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (HEADER, ("Deposit", 100, "EUR", "payed", "7"), ("Final", 200, "EUR", None, "8")):
        sheet.append(row)
    sheet["D2"].comment = openpyxl.comments.Comment("Ask Tom", "Maya")
    sheet.merge_cells("D2:D3")
    made.save(tmp_path / "Book.xlsx")
    cells = copy_of(tmp_path / "Book.xlsx", tmp_path / "out").worksheets[1]
    assert cells["D2"].comment.text.startswith("R113 (error)\n")
    assert cells["D2"].comment.text.endswith("\n\nAsk Tom")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (ROOT / "tests/workbooks/agency.xls", "only .xlsx and .xlsm workbooks can be copied with comments"),
        (ROOT / "tests/workbooks/agency.ods", "only .xlsx and .xlsm workbooks can be copied with comments"),
    ],
)
def test_of_other_formats_there_is_a_workbook_of_findings_that_says_why(file: Path, why: str, tmp_path: Path) -> None:
    result = check(file, "--review-copy", tmp_path)
    assert f"only a list of its findings: {why}" in result.output
    listed = openpyxl.load_workbook(tmp_path / "agency - review.xlsx")
    assert listed.sheetnames == ["Findings"]
    sheet = listed.worksheets[0]
    assert sheet["A2"].value == f"There is no copy of the workbook with comments in its cells: {why}."
    assert {"S203", "X501"} & {row[1].value for row in sheet.iter_rows()}


def test_a_workbook_that_could_not_be_read_has_a_list_with_the_reason(tmp_path: Path) -> None:
    book(tmp_path / "Good.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    (tmp_path / "Bad.xlsx").write_bytes(b"no workbook")
    result = check(tmp_path, "--review-copy", tmp_path / "out")
    assert "only a list of its findings: the workbook could not be read" in result.output
    listed = openpyxl.load_workbook(tmp_path / "out" / "Bad - review.xlsx").worksheets[0]
    assert "W001" in {row[1].value for row in listed.iter_rows()}


def test_macros_stay(tmp_path: Path) -> None:
    copy_of(ROOT / "tests/workbooks/messy.xlsm", tmp_path)
    names = zipfile.ZipFile(ROOT / "tests/workbooks/messy.xlsm").namelist()
    kept = zipfile.ZipFile(tmp_path / "messy - review.xlsm").namelist()
    assert {name for name in names if "vba" in name.lower()} <= set(kept)


def test_a_workbook_of_the_user_s_is_never_replaced(tmp_path: Path) -> None:
    file = book(tmp_path / "Book.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    mine = book(tmp_path / "Book - review.xlsx", ("Mine", 1, "EUR", "draft", ""))
    before = mine.read_bytes()
    result = check(file, "--review-copy", tmp_path)
    assert result.exit_code == 4
    assert "is a workbook of yours: name another folder with --review-copy to spare it." in result.output
    assert mine.read_bytes() == before


def test_a_workbook_with_macros_of_the_user_s_is_never_replaced(tmp_path: Path) -> None:
    file = Path(shutil.copy(ROOT / "tests/workbooks/messy.xlsm", tmp_path))
    mine = Path(shutil.copy(file, tmp_path / "messy - review.xlsm"))
    before = mine.read_bytes()
    assert check(file, "--review-copy", tmp_path).exit_code == 4
    assert mine.read_bytes() == before


def test_a_long_name_gives_a_shorter_one(tmp_path: Path) -> None:
    file = book(tmp_path / f"{'n' * 245}.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    assert check(file, "--review-copy", tmp_path / "out").exit_code in (0, 1)
    assert [path.name for path in (tmp_path / "out").glob("*.xlsx")] == [f"{'n' * 80} - review.xlsx"]


@pytest.mark.parametrize(
    ("stem", "short"), [("\U0001f4b6" * 62, "\U0001f4b6" * 50), ("a" + "\u20ac" * 80, "a" + "\u20ac" * 66)]
)
def test_a_name_of_many_bytes_gives_a_shorter_one_of_whole_letters(stem: str, short: str, tmp_path: Path) -> None:
    file = book(tmp_path / f"{stem}.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    result = check(file, "--review-copy", tmp_path / "out")
    assert result.exit_code in (0, 1), result.output
    assert [path.name for path in (tmp_path / "out").glob("*.xlsx")] == [f"{short} - review.xlsx"]


def test_workbooks_of_one_name_have_copies_of_their_own(tmp_path: Path) -> None:
    for folder, name in (("a", "Book.xlsx"), ("b", "BOOK.xlsx")):
        (tmp_path / folder).mkdir()
        book(tmp_path / folder / name, ("Deposit", 100, "EUR", "draft", ""), sheet=folder)
    check(tmp_path / "a", tmp_path / "b", "--review-copy", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.xlsx")) == [
        "BOOK - review 2.xlsx",
        "Book - review.xlsx",
    ]


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "+cmd|' /C calc'!A0", "<r>x</r>", "a\x0bb", "x" * 40_000])
def test_text_of_cells_stays_text(text: str, tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "Book.xlsx", {"strings_to_formulas": False})
    sheet = made.add_worksheet("Acme")
    for column, title in enumerate(HEADER):
        sheet.write_string(0, column, title)
    for column, value in enumerate(("Deposit", text[:30_000], "EUR", "sent", text[:30_000])):
        sheet.write_string(1, column, value)
    made.close()
    copy = copy_of(tmp_path / "Book.xlsx", tmp_path / "out")
    assert not any(cell.data_type in "fe" for row in copy.worksheets[0].iter_rows() for cell in row)


def test_check_json_prints_nothing_but_json_on_standard_output(tmp_path: Path) -> None:
    file = book(tmp_path / "Book.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    result = check(file, "--format", "json", "--review-copy", tmp_path / "out")
    assert result.stdout.strip().endswith("}")
    assert "Book - review.xlsx" in result.stderr


@libreoffice.wanted
def test_libreoffice_calculates_in_the_copy_what_the_workbook_says(tmp_path: Path) -> None:
    copy_of(SAMPLES / "agency.xlsx", tmp_path / "out")
    data = (tmp_path / "out" / "agency - review.xlsx").read_bytes()
    again = libreoffice.recalculated(tmp_path / "lo", {"copy": data})["copy"]
    original = openpyxl.load_workbook(SAMPLES / "agency.xlsx", data_only=True)
    for sheet in original:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not isinstance(cell.value, str):
                    assert again[sheet.title][cell.coordinate].value == cell.value, (sheet.title, cell.coordinate)


# What openpyxl drops


def _chart(made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "=Acme!$B$2:$B$2"})
    sheet.insert_chart("F2", chart)


def _data_bar(_made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})


RICH: dict[str, Callable[[xlsxwriter.Workbook, Worksheet], object]] = {
    "sparklines": lambda _made, sheet: sheet.add_sparkline("F2", {"range": "B2:E2"}),
    "shapes and text boxes": lambda _made, sheet: sheet.insert_textbox("F2", "Look here"),
    "data bars and icons of a newer kind": _data_bar,
    "that formulas spill into the cells beside them, such as =SORT(…)": (
        lambda _made, sheet: sheet.write_dynamic_array_formula("H2", "=SORT(B2:B9)", None, 100)
    ),
    "parts of the charts' looks": _chart,
}


# openpyxl writes none of these, and xlsxwriter not all: what Excel would write, put into the parts of a plain workbook.
IN_XML = {
    "ranges that may be edited in a protected sheet": (
        "<protectedRanges><protectedRange sqref='B2' name='Ours'/></protectedRanges>"
    ),
    "the marks of errors that were switched off": (
        "<ignoredErrors><ignoredError sqref='B2' numberStoredAsText='1'/></ignoredErrors>"
    ),
    "custom views": (
        "<customSheetViews><customSheetView guid='{7C8F5E3A-0000-4000-8000-000000000001}'/></customSheetViews>"
    ),
    "watched cells": "<cellWatches><cellWatch r='B2'/></cellWatches>",
    "the advice, or the password, that keeps it from being changed": "<fileSharing readOnlyRecommended='1'/>",
}


@pytest.mark.parametrize("what", IN_XML)
def test_what_else_the_copy_leaves_out_is_found_in_the_parts_of_the_original(what: str, tmp_path: Path) -> None:
    plain = book(tmp_path / "Plain.xlsx", ("Deposit", 100, "EUR", "draft", ""))
    part, before = (
        ("xl/workbook.xml", b"<workbookPr")
        if "fileSharing" in IN_XML[what]
        else ("xl/worksheets/sheet1.xml", b"<pageMargins")
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(tmp_path / "Book.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(before, IN_XML[what].encode() + before) if name == part else data)
    copy = copy_of(tmp_path / "Book.xlsx", tmp_path / "out")
    assert copy.worksheets[0]["A3"].value == f"Not in this copy, but in the workbook: {what}."
    with zipfile.ZipFile(tmp_path / "out" / "Book - review.xlsx") as saved:
        assert losses(saved) == []


@pytest.mark.parametrize("what", RICH)
def test_what_the_copy_leaves_out_is_found_in_the_original(what: str, tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "Book.xlsx")
    sheet = made.add_worksheet("Acme")
    for row, values in enumerate((HEADER, ("Deposit", 100, "EUR", "draft", ""))):
        sheet.write_row(row, 0, values)
    RICH[what](made, sheet)
    made.close()
    with zipfile.ZipFile(tmp_path / "Book.xlsx") as package:
        assert losses(package) == [what]
    copy = copy_of(tmp_path / "Book.xlsx", tmp_path / "out")
    assert copy.worksheets[0]["A3"].value == f"Not in this copy, but in the workbook: {what}."
    with zipfile.ZipFile(tmp_path / "out" / "Book - review.xlsx") as saved:
        assert losses(saved) == [what] * (RICH[what] is _chart)  # a chart stays, simpler than it was


def test_a_plain_workbook_loses_nothing() -> None:
    for name in ("agency.xlsx", "minimal.xlsx"):
        with zipfile.ZipFile(io.BytesIO((SAMPLES / name).read_bytes())) as package:
            assert losses(package) == []
