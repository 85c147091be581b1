"""Real files: what the fast reader gives and what only the XML tells."""

from __future__ import annotations

import datetime as dt
import gc
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.grid import Grid
from milestone_report.reading.ooxml import Package
from milestone_report.reading.workbook import read_workbook
from tests.test_workbooks import BOOKS

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_report.model import Notice

HEADER = ["Milestone", "Amount", "Status", "Due date", "Sign-off"]


def book(path: Path, rows: list[list[Any]], **options: Any) -> Path:
    workbook = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", **options})
    sheet = workbook.add_worksheet("Harbour")
    euro = workbook.add_format({"num_format": "[$€-2] #,##0.00"})
    for number, row in enumerate([HEADER, *rows]):
        for column, value in enumerate(row):
            if column == 1 and isinstance(value, float):
                sheet.write_number(number, column, value, euro)
            elif value is not None:
                sheet.write(number, column, value)
    workbook.close()
    return path


def read(path: Path) -> WorkbookRows:
    return read_workbook(Source(path, path.name))


def notices(found: WorkbookRows) -> dict[str, Notice]:
    return {notice.code: notice for notice in found.notices}


def rewrite(path: Path, **parts: tuple[bytes, bytes]) -> Path:
    """The same package with something replaced in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            for name, (before, after) in parts.items():
                if info.filename.endswith(f"{name}.xml"):
                    assert before in data
                    data = data.replace(before, after)
            new.writestr(info, data)
    path.write_bytes(out.getvalue())
    return path


def test_a_number_format_gives_the_currency(tmp_path: Path) -> None:
    found = read(book(tmp_path / "b.xlsx", [["Deposit", 1200.5, "sent", dt.date(2026, 4, 3), "a.pdf"]]))
    assert found.columns["currency"] == ["EUR"]
    assert found.columns["amount"] == [120_050]
    assert found.columns["due_date"] == [dt.date(2026, 4, 3)]


def test_what_a_format_shows_as_thousands_is_not_taken_for_units(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["Milestone", "Amount", "Status"])
    for row, (name, number_format) in enumerate((("A", '0.0 "k€"'), ("B", '0.0,"k€"'), ("C", '0 "€"')), 1):
        sheet.write_row(row, 0, [name, "", "sent"])
        sheet.write(row, 1, 12_000.5, workbook.add_format({"num_format": number_format}))
    workbook.close()
    found = read(path)
    assert found.columns["trusted"] == [False, True, True]
    assert [(notice.code, notice.cell, notice.value) for notice in found.notices][:1] == [("R103", "B2", "12000.5 k€")]


def test_a_link_and_a_hyperlink_formula_give_their_targets(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(["A", 1, "EUR", None, "signed version"])
    sheet.append(["B", 1, "", None, '=HYPERLINK("signoffs/b.pdf","words")'])
    sheet["E2"].hyperlink = "signoffs/a%20b.pdf"
    workbook.save(path)
    found = read(path)
    assert found.columns["signoff"] == ["signoffs/a%20b.pdf", "signoffs/b.pdf"]


def test_errors_and_formulas_without_a_result_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(["A", "=1+1", "draft", "#REF!", ""])
    workbook.save(path)
    found = notices(read(path))
    assert (found["R104"].cell, found["R104"].value) == ("B2", "=1+1")
    assert (found["R105"].cell, found["R105"].value) == ("D2", "#REF!")


def test_the_1904_date_system_is_respected_for_bare_numbers_and_dates(tmp_path: Path) -> None:
    rows = [["A", 1.0, "draft", dt.date(2026, 4, 3), ""], ["B", 1.0, "draft", 46115 - 1462, ""]]
    found = read(book(tmp_path / "b.xlsx", rows, date_1904=True))
    assert found.columns["due_date"] == [dt.date(2026, 4, 3)] * 2


def test_prefixed_xml_reads_the_same(tmp_path: Path) -> None:
    """Some programs write <x:c> for <c>; every part is valid all the same (Namespaces in XML 1.0)."""
    plain = read(book(tmp_path / "a.xlsx", [["Deposit", 1200.5, "sent", None, "a.pdf"]]))
    path = book(tmp_path / "b.xlsx", [["Deposit", 1200.5, "sent", None, "a.pdf"]])
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.startswith(("xl/worksheets/", "xl/styles")):
                data = data.replace(b'xmlns="', b'xmlns:x="')
                data = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", data)
            new.writestr(info, data)
    path.write_bytes(out.getvalue())
    assert read(path).columns == plain.columns


def test_the_time_excel_saved_it_comes_from_the_properties(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = xlsxwriter.Workbook(path)
    workbook.set_properties({"created": dt.datetime(2026, 3, 30, 17, 42)})  # noqa: DTZ001 - XlsxWriter writes it as UTC
    workbook.add_worksheet().write_row(0, 0, HEADER)
    workbook.close()
    assert read(path).workbook.last_saved == dt.datetime(2026, 3, 30, 17, 42, tzinfo=dt.UTC)


def test_who_saved_it_last_comes_from_the_properties(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = openpyxl.Workbook()
    workbook.properties.lastModifiedBy = "Maya Lund"
    workbook.save(path)
    assert read(path).workbook.saved_by == "Maya Lund"


def test_our_own_summary_is_never_read_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    workbook = xlsxwriter.Workbook(path)
    workbook.set_properties({"category": "milestone-report summary"})
    workbook.add_worksheet().write_row(0, 0, HEADER)
    workbook.close()
    found = read(path)
    assert found.columns == {}
    assert found.notices[0].code == "W004"


def test_a_hidden_sheet_is_counted_and_said(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Front")
    sheet = workbook["Sheet"]
    sheet.append([*HEADER, "Currency"])
    sheet.append(["A", 1, "draft", None, None, "EUR"])
    sheet.sheet_state = "hidden"
    workbook.active = 1
    workbook.save(path)
    found = read(path)
    assert found.columns["amount"] == [100]
    assert notices(found)["W008"].sheet == "Sheet"


@pytest.mark.parametrize(
    ("data", "code", "why"),
    [
        (b"", "W001", "empty"),
        (b"hello", "W001", "not an Excel workbook"),
        (b"PK\x03\x04 and then nothing", "W001", "not saved completely"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "W001", "not saved completely"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "EncryptedPackage".encode("utf-16-le"),
            "W002",
            "no password was given",
        ),
    ],
)
def test_what_is_no_workbook_says_why(tmp_path: Path, data: bytes, code: str, why: str) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(data)
    found = read(path)
    assert not found.workbook.readable
    assert found.notices[0].code == code
    assert why in found.notices[0].facts["why"]


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    assert "no such file" in read(tmp_path / "nix.xlsx").notices[0].facts["why"]
    assert read(tmp_path).notices[0].code == "W001"


def test_a_workbook_cut_off_anywhere_is_data_or_a_reason(tmp_path: Path) -> None:
    whole = book(tmp_path / "b.xlsx", [["Deposit", 1200.5, "sent", None, "a.pdf"]]).read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        found = read(path)
        assert found.notices
        assert not found.workbook.readable


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", [["Deposit", 1200.5, "sent", None, "a.pdf"]])
    secret = tmp_path / "secret.txt"
    secret.write_text("2026-01-01T00:00:00Z")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><cp:coreProperties'.encode()
    rewrite(path, core=(b"<cp:coreProperties", doctype))
    rewrite(path, core=(b"</dcterms:modified>", b"&e;</dcterms:modified>"))
    assert Package(path.read_bytes()).last_saved is None or "2026-01-01" not in str(
        Package(path.read_bytes()).last_saved
    )


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_the_cells_of_a_sheet_are_forgotten_once_it_is_read(book: Path) -> None:
    gc.collect()
    gc.disable()  # nothing may wait for the search for circles: a large sheet would still be there beside the next
    try:
        before = sum(isinstance(each, Grid) for each in gc.get_objects())
        read(book)
        assert sum(isinstance(each, Grid) for each in gc.get_objects()) == before
    finally:
        gc.enable()


def test_reading_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", [["Deposit", 1200.5, "sent", None, "a.pdf"]])
    before = path.read_bytes(), path.stat().st_mtime_ns
    path.chmod(0o444)
    read(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
