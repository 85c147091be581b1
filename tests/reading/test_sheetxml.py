"""The quick scan of a sheet's XML finds what the careful parser finds, and knows what it must leave to it."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from milestone_report.reading.grid import MOST_COLUMNS, BrokenCell, Details, Formula
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.sheetxml import Wanted, is_plain, parse, scan, sheet_details
from tests.corpus import packing
from tests.fuzz.mutate import originals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WANTED = Wanted({2}, {3: "[$€-2] #,##0.00"}, [4], links={"rId1": "signoffs/a.pdf"})

SHEET = f"""{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{ODF}"><cols><col min="2" max="3" width="9" hidden="1"/>
<col min="5" max="5" width="9"/></cols><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c></row>
<row r="2" hidden="1"><c r="A2" t="str"><f>HYPERLINK("b.pdf","the &quot;b&quot;")</f><v>b</v></c>
<c r="B2"><f>1+1</f></c><c r="C2" s="3"><v>7</v></c></row>
<row r="3" ht="15"><c r="A3" t="e"><f>A1/0</f><v>#DIV/0!</v></c><c r="B3" t="e"><v>#N/A</v></c>
<c r="C3" s="4"><v>0.5</v></c></row>
<row r="4"><c r="A4"><f t="shared" ref="A4:C4" si="0">SUM(A1:A3)</f><v>3</v></c>
<c r="B4"><f t="shared" si="0"/><v>4</v></c><c r="C4" s="3"><f>ROUND(SUM(C1:C3),2)</f><v></v></c></row>
</sheetData><autoFilter ref="A1:C3"/><hyperlinks><hyperlink ref="A3:A4" r:id="rId1"/></hyperlinks></worksheet>"""


def test_everything_worth_telling_is_found() -> None:
    found = sheet_details(SHEET.encode(), WANTED)
    assert found.hidden_columns == {1, 2}
    assert found.hidden_rows == {1}
    assert found.filtered
    assert found.broken == {
        (1, 1): BrokenCell(formula="1+1"),
        (2, 0): BrokenCell(error="#DIV/0!"),
        (2, 1): BrokenCell(error="#N/A"),
        (3, 2): BrokenCell(formula="ROUND(SUM(C1:C3),2)"),
    }
    assert found.formulas == {(3, 2): Formula("ROUND(SUM(C1:C3),2)", (3, 2))}
    assert found.link_formulas == {(1, 0): '"b.pdf"'}
    assert found.links == {(2, 0): "signoffs/a.pdf", (3, 0): "signoffs/a.pdf"}
    assert found.formats == {(1, 2): "[$€-2] #,##0.00", (3, 2): "[$€-2] #,##0.00"}
    assert found.shares == {(2, 2)}


def test_a_shared_formula_is_told_with_the_place_where_it_is_written() -> None:
    found = sheet_details(SHEET.encode(), replace(WANTED, money_columns={0, 1}))
    assert [found.formulas[3, column] for column in (0, 1)] == [Formula("SUM(A1:A3)", (3, 0))] * 2


def test_the_parser_finds_the_same() -> None:
    assert parse(SHEET.encode(), WANTED) == scan(SHEET.encode(), WANTED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<sheetData>", "<!-- a remark --><sheetData>"),
        ("<c ", "<x:c "),
        ('r="A3"', "r='A3'"),
        ('<row r="2" ', "<row "),
        ('<row r="3" ht="15">', '<row ht="15" r="3">'),
        ('<c r="B2">', "<c>"),
        ('<c r="B2">', '<c r="b2">'),
        ("<f>1+1</f>", "<v>2</v><f>1+1</f>"),
        ("<f>1+1</f>", "<f><![CDATA[1+1]]></f>"),
        ("UTF-8", "ISO-8859-1"),
    ],
)
def test_what_the_scan_might_misread_is_left_to_the_parser(before: str, after: str) -> None:
    odd = SHEET.replace(before, after).replace("</c>", "</x:c>" if "x:" in after else "</c>")
    odd = odd.replace("xmlns=", 'xmlns:x="urn:x" xmlns=') if "x:" in after else odd
    data = odd.encode()
    assert not is_plain(data) or scan(data, WANTED) is None


def placed(*rows: tuple[str, Sequence[str]]) -> str:
    """A sheet of hidden rows whose cells have a formula with a result, from references; "" leaves one out."""
    data = ""
    for row, cells in rows:
        inside = "".join(f"<c{reference(cell)}><f>1+1</f><v>2</v></c>" for cell in cells)
        data += f'<row{reference(row)} hidden="1">{inside}</row>'
    return packing.worksheet(data)


def reference(own: str) -> str:
    return f' r="{own}"' if own else ""


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(placed(("", ["A3", "B3"]), ("", ["A7", "C7"])), id="only the cells say where they stand"),
        pytest.param(placed(("3", ["", ""]), ("7", ["", "C7", ""])), id="only the rows say where they stand"),
        pytest.param(placed(("", ["", ""]), ("", ["", ""])), id="nobody says"),
        pytest.param(placed(("2", ["A7", "B7"]), ("", [""])), id="a row and its cells do not agree"),
        pytest.param(placed(("", ["A7", "B7"]), ("", [""]), ("9", [""])), id="some say it"),
        pytest.param(placed(("3", ["b3", "d3"])), id="in small letters"),
        pytest.param(placed(("2", ["A2", "XFE2"])), id="beyond the last column"),
    ],
)
def test_details_lie_where_the_reader_of_values_puts_the_cells(sheet: str) -> None:
    """An error that is laid over another row makes an amount unknown that is known, and hides one that is not."""
    read = CalamineWorkbook.from_filelike(io.BytesIO(packing.book(sheet))).get_sheet_by_index(0)
    top, left = read.start or (0, 0)
    values = {
        (top + down, left + across)
        for down, row in enumerate(read.to_python(skip_empty_area=True))
        for across, value in enumerate(row[: MOST_COLUMNS - left])
        if value != ""
    }
    found = sheet_details(sheet.encode(), Wanted(range(20)))
    assert set(found.formulas) == values
    assert found.hidden_rows == {row for row, _column in values}


def test_utf_16_is_left_to_the_parser() -> None:
    data = SHEET.replace("UTF-8", "UTF-16").encode("utf-16")
    assert not is_plain(data)
    assert sheet_details(data, WANTED) == sheet_details(SHEET.encode(), WANTED)


@pytest.mark.parametrize("cut", range(0, len(SHEET), 97))
def test_damage_is_never_passed_over(cut: int) -> None:
    """What stands behind it cannot be looked at: an error there would be a blank cell."""
    for data in (SHEET[:cut].encode(), SHEET[cut + 1 :].encode(), SHEET.replace(SHEET[cut : cut + 5], "\0").encode()):
        with pytest.raises(RefusedError, match="are damaged"):
            parse(data, WANTED)


def test_damage_that_the_scan_does_not_mind_hides_nothing_from_it() -> None:
    twice = SHEET.replace('<c r="A1"', '<c r="A1" s="0" s="0"').replace("DIV", "DIV&#1;")
    assert len(sheet_details(twice.encode(), WANTED).broken) == len(sheet_details(SHEET.encode(), WANTED).broken)


ONLY_SCANNED = {
    "entities-bomb-in-sheet.xlsx": "the reader of values refuses it",
    "entities-undeclared.xlsx": "the reader of values refuses it",
    "xml-cut-off.xlsx": "the reader of values refuses it",
    "xml-deep.xlsx": "the parser follows 256 levels, the scan needs none",
    "xml-deep-before-error.xlsx": "the same: the scan finds the error behind them (R105 in the corpus)",
    "xml-not-nested.xlsx": "all cells stand before the fault",
}
"""Files whose sheet the scan understands and the parser refuses, and why that hides nothing."""


def sheet_parts() -> Iterator[tuple[str, bytes]]:
    """The sheets' XML of every workbook of the tests and the corpus that is a zip file at all, by the file's name."""
    for book in originals():
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(book) as archive:
            for info in archive.infolist():
                with suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError):
                    if b"sheetData" in (data := archive.read(info)):
                        yield book.name, data


def test_both_ways_agree_on_every_workbook_of_the_tests() -> None:
    wanted = Wanted(range(20), dict.fromkeys(range(1, 9), "€"), [9], {10: "k"}, {"rId1": "a", "rId2": "b"})
    compared, refused, told = 0, set(), 0
    for name, data in sheet_parts():
        if is_plain(data) and (found := scan(data, wanted)) is not None:
            try:
                parsed = parse(data, wanted)
            except RefusedError:
                refused.add(name)
                continue
            assert (name, found) == (name, parsed)
            compared, told = compared + 1, told + (found != Details())
    assert refused == set(ONLY_SCANNED)
    assert compared >= 150
    assert told >= 50
