"""The part of reading that parses XML itself, on damaged packages and on XML that nobody would write."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import openpyxl
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from milestone_report.reading.grid import Details
from milestone_report.reading.ooxml import Package, is_own_output
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.trust import check_names
from tests.corpus.packing import EURO, parts, styles, worksheet, zipped
from tests.fuzz.mutate import TOKENS, mutated, originals

QUIET = settings(phases=set(Phase) - {Phase.explain})
COLUMNS = range(8)

pieces = st.sampled_from([token.decode("latin-1") for token in TOKENS]) | st.text(max_size=8)
attributes = st.sampled_from(("r", "s", "t", "ref", "r:id", "hidden", "x:r"))
values = st.sampled_from(
    ("A1", "B2", "XFD1048576", "a0", "1", "-1", "e", "str", "", "9" * 5000, "²", "A²", "rId1")
) | st.text(max_size=5)
tags = st.sampled_from(("row", "c", "v", "f", "is", "t", "hyperlink", "mergeCell", "x:row", "sheetData"))
starts = st.builds(
    lambda tag, found, end: (
        f"<{tag}{''.join(f' {name}={chr(34)}{value}{chr(34)}' for name, value in found.items())}{end}>"
    ),
    tags,
    st.dictionaries(attributes, values, max_size=3),
    st.sampled_from(("", "/")),
)
sheets = st.lists(starts | pieces | tags.map(lambda tag: f"</{tag}>"), max_size=30).map("".join)


@cache
def sheet_names() -> tuple[str, ...]:
    """The names of the sheets in the workbooks that are damaged."""
    whole = [file for file in originals() if file.suffix in {".xlsx", ".xlsm"} and file.parent.name != "files"]
    names = {name for file in whole for name in openpyxl.load_workbook(file, read_only=True).sheetnames}
    return (*sorted(names), "Harbour", "A", "B")


def look_at(data: bytes) -> None:
    """Ask for everything that a package tells. Making one may raise a ValueError, damage a RefusedError."""
    is_own_output(data)
    try:
        package = Package(data)
    except ValueError:
        return
    assert package.is_own_output in {True, False}
    assert package.last_saved is None or package.last_saved.tzinfo
    with suppress(RefusedError):
        check_names(package)
        assert package.epoch_1904 in {True, False}
        for name in sheet_names():
            with suppress(RefusedError):
                assert isinstance(package.details(name, COLUMNS), Details)


@QUIET
@given(st.integers(0, 10**9))
def test_a_damaged_package_is_looked_at_without_an_exception(number: int) -> None:
    look_at(mutated(0, number)[1])


@QUIET
@given(sheets)
@example('<row r="²"><c r="A1"><f/></c></row>')
@example('<row r="1"><c r="A²" s="²"><f/></c></row>')
@example(f'<row r="{"9" * 5000}"><c r="A{"9" * 5000}" s="{"9" * 5000}"><f/></c></row>')
def test_xml_that_nobody_would_write_is_looked_at_without_an_exception(data: str) -> None:
    sheet = worksheet(data, after="<hyperlinks><hyperlink ref='A1' r:id='rId1'/></hyperlinks>")
    look_at(zipped(parts(sheet.encode("utf-8", "replace").decode(), styles=styles((EURO,)))))


@QUIET
@given(st.binary(max_size=300))
def test_bytes_are_looked_at_without_an_exception(data: bytes) -> None:
    look_at(data)
    look_at(b"PK\x03\x04" + data)
