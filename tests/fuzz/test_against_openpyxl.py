"""Each cell that the program and openpyxl both read, they read alike: values, errors, links, formats, merges, dates."""

from __future__ import annotations

import datetime as dt
import math
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.corpus.outcomes import expectations
from tests.fuzz.independent import compare, disagreements, grids_of, opened
from tests.fuzz.mutate import originals
from tests.fuzz.strategies import WEIRD, MadeSheet, plain_sheets
from tests.fuzz.writing import write_workbook

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

QUIET = settings(phases=set(Phase) - {Phase.explain})
BOOKS = [file for file in originals() if file.suffix in {".xlsx", ".xlsm"}]
TOO_LARGE_FOR_OPENPYXL = {"merged-to-the-end.xlsx"}
"""openpyxl makes an object for each merged cell: here 17 thousand million."""

ALLOWED: dict[str, str] = {
    "dates-at-the-edges.xlsx": "serials that are no dates in Excel either: openpyxl gives 1899 or #VALUE!",
    "entities-in-amount.xlsx": "only openpyxl resolves an entity; to us the amount is missing, and R102 says so",
    "numbers-cdata.xlsx": "the fast reader passes CDATA over in a number; R102 says that the amount is missing",
    "numbers-valid.xlsx": "a number with spaces around it is text to the fast reader; it is read, and R111 says so",
    "parts-upper-case-sheet.xlsx": "openpyxl finds no part under another case of its name",
    "sheets-name-empty.xlsx": "openpyxl makes up a name",
    "sheets-names-differ-in-case.xlsx": "openpyxl renames the second",
    "styles-nonsense.xlsx": "openpyxl counts from the end",
    "xml-strict.xlsx": "openpyxl finds no sheets by the relationships of the strict variant",
    "xml-strict-linked.xlsx": "the same",
}
"""Files of the corpus that are read differently, and why."""


def comparable(book: Path) -> bool:
    """Files that the program refuses have no cells; some of them would take this process down."""
    refused = expectations().get(book.name, {}).get("gives", "").startswith("W")
    return not refused and book.name not in TOO_LARGE_FOR_OPENPYXL | set(ALLOWED)


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_every_workbook_is_read_as_openpyxl_reads_it() -> None:
    found, cells, refused = {}, Counter[str](), []
    for book in filter(comparable, BOOKS):
        try:
            theirs = opened(book)
        except Exception:  # noqa: BLE001 - openpyxl raises whatever comes to hand for what it cannot read
            refused.append(book.name)
        else:
            cells[book.name], found[book.name] = compare(book, theirs)
    assert {name: where for name, where in found.items() if where} == {}
    compared = +cells  # without the books of which the program reads no sheet
    assert len(compared) > 75, f"openpyxl could read only {len(compared)}, not {refused}"
    assert compared.total() > 1500


def test_every_allowed_difference_is_one_of_a_file_that_is_there() -> None:
    assert set(ALLOWED) <= {book.name for book in BOOKS}


@QUIET
@given(plain_sheets(file=True), st.booleans())
def test_a_made_workbook_is_read_as_openpyxl_reads_it(sheet: MadeSheet, epoch_1904: bool) -> None:  # noqa: FBT001 - given
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "b.xlsx")
        write_workbook(path, [sheet], date_1904=epoch_1904)
        assert disagreements(path) == []


@st.composite
def weird_files(draw: DrawFn) -> list[list[Any]]:
    """Rows of what can be written into a cell at all, below a header."""
    cell = WEIRD.map(lambda value: value if writable(value) else None)
    lines = draw(st.lists(st.lists(cell, min_size=4, max_size=4), max_size=6))
    return [["Milestone", "Amount", "Currency", "Status"], ["Deposit", 10.0, "EUR", "sent"], *lines]


def writable(value: object) -> bool:
    """Excel's limits: 32,767 characters, dates from March 1900 (before, its calendar has a day too many), no NaN."""
    if isinstance(value, str):
        return len(value) < 32_768 and not set(value) & {"\ufffe", "\uffff"}
    if isinstance(value, dt.datetime | dt.date):
        return value.year > 1900
    return math.isfinite(value) if isinstance(value, float) else isinstance(value, bool | dt.time | None)


@QUIET
@given(weird_files())
def test_weird_cells_are_read_as_openpyxl_reads_them(lines: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        path = Path(folder, "b.xlsx")
        with xlsxwriter.Workbook(path) as book:
            sheet, date = book.add_worksheet("Weird"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            sheet.merge_range("F1:G9", "merged")
            sheet.write_formula("H2", "=NA()", None, "#N/A")
            sheet.write_url("I2", "https://example.com/a%20b?x=1&y=2", None, "shown")
            for down, line in enumerate(lines):
                for across, value in enumerate(line):
                    if isinstance(value, str):
                        sheet.write_string(down, across, value)
                    elif isinstance(value, dt.date | dt.time):
                        sheet.write_datetime(down, across, value, date)
                    elif value is not None:
                        sheet.write(down, across, value)
        assert len(grids_of(path)) == 1
        assert disagreements(path) == []
