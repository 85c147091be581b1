"""findings.csv: one finding a row, whatever stands in the cells, and nothing that a program takes for a formula."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.model import Finding, Report, Severity
from milestone_report.rendering.csv import COLUMNS, render
from tests.building import report_of

BOOK = Path("book.xlsx")
PLAIN = Finding("R115", Severity.ERROR, "book.xlsx", "Harbour", "D9", "", "There is no number.", "Write it.")
NASTY = [
    "=1+1", "+1+1", "-1+1", "@SUM(1,2)", "  =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "-200.00 EUR", "x;=1+1",
    'x;"=1+1"', "x; =1+1", "a\nb\r\nc", 'say "hello", then', "'=1+1", "=cmd|' /C calc'!A0", "Zoë 🧾 Łódź", "\u2028=1+1",
    "\0=1+1", "\u200b=1+1", "\ud800",
]  # fmt: skip


def report(*texts: str) -> Report:
    """Findings in which each text stands in every place that a cell, a sheet or a file can fill."""
    findings = [PLAIN._replace(workbook=text, sheet=text, value=text, message=text, fix=text) for text in texts]
    return report_of([], BOOK, findings)


def parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def starts_a_formula(piece: str) -> bool:
    return piece.lstrip(' "')[:1] in set("=+-@＝＋－＠")


def test_a_finding_is_a_row_under_a_header_in_utf_8_with_a_mark_and_crlf() -> None:
    assert render(report_of([], BOOK, [PLAIN])) == (
        b"\xef\xbb\xbfcode,severity,workbook,sheet,cell,value,message,fix\r\n"
        b"R115,error,book.xlsx,Harbour,D9,,There is no number.,Write it.\r\n"
    )


def test_without_findings_there_is_the_header_alone() -> None:
    assert parsed(render(report_of([], BOOK))) == [list(COLUMNS)]


def test_a_negative_amount_stays_text_and_readable() -> None:
    assert parsed(render(report("-200.00 EUR")))[1][5] == "'-200.00 EUR"


def test_several_names_in_a_cell_stay_apart_on_one_line() -> None:
    assert parsed(render(report("a.pdf\nb.pdf")))[1][5] == "a.pdf; b.pdf"


def test_however_many_findings_there_are_each_has_its_row() -> None:
    assert len(parsed(render(report_of([], BOOK, [PLAIN] * 1_500)))) == 1_501


@given(st.lists(st.text(st.sampled_from("=+-@＝;,'\"\t\r\n a1\u2028\u00a0")) | st.text() | st.sampled_from(NASTY)))
def test_no_text_becomes_a_formula_or_a_second_row_however_the_line_is_parted(texts: list[str]) -> None:
    data = render(report(*texts))
    rows = parsed(data)
    assert [len(row) for row in rows] == [len(COLUMNS)] * (len(texts) + 1)
    lines = data.decode("utf-8-sig").removesuffix("\r\n").split("\r\n")
    assert len(lines) == len(rows)
    assert all(char.isprintable() for line in lines for char in line)
    cells = [cell for row in rows for cell in row]
    pieces = [piece for line in lines for piece in line.split(";")]
    assert not [text for text in cells + pieces if starts_a_formula(text)]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters=";'")))
def test_what_is_harmless_comes_back_as_it_was(text: str) -> None:
    value = parsed(render(report(text)))[1][5]
    assert value in (text, f"'{text}")
    assert value == text or starts_a_formula(text)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("separator", [",", ";"])
def test_libreoffice_opens_it_as_text_alone(separator: str, tmp_path: Path) -> None:
    """At commas it gets the very rows; at semicolons, as Excel in many countries, no formula either."""
    (tmp_path / "findings.csv").write_bytes(render(report(*NASTY)))
    # Separator, quotation mark, UTF-8, from line 1 (LibreOffice help, "Filter Options for CSV").
    options = f"CSV:{ord(separator)},34,76,1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", f"--infilter={options}", "--convert-to", "xlsx", "--outdir"]
    (tmp_path / "control.csv").write_bytes(b"a,b\r\nx,=1+1\r\n")
    files = [str(tmp_path / name) for name in ("out", "findings.csv", "control.csv")]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "findings.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
    assert {cell.data_type for cell in cells} == {"s"}
    if separator == ",":
        shown = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        assert shown == parsed((tmp_path / "findings.csv").read_bytes())
        control = openpyxl.load_workbook(tmp_path / "out" / "control.xlsx").worksheets[0]
        assert control["B2"].data_type == "f", "this LibreOffice makes no formulas, so the test says nothing"
