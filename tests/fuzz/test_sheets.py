"""Random sheets: what the generator meant is what is counted, and nothing is lost or counted twice unsaid."""

from __future__ import annotations

import datetime as dt
import math
import re
import tempfile
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from milestone_report.currency import exponent
from milestone_report.figures import add_figures
from milestone_report.model import ReadingSettings
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.grid import is_blank
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.table import milestones_frame
from milestone_report.reading.vocabulary import DASHES
from milestone_report.reading.workbook import collect, read_workbook
from milestone_report.text import column_letter, column_number
from tests.building import AGEING, AS_OF
from tests.fuzz.strategies import WORDS, MadeSheet, Truth, chaos, plain_sheets, spoilt_sheets
from tests.fuzz.writing import write_workbook

if TYPE_CHECKING:
    import pandas as pd

# A failure is shrunk, but not explained at length.
QUIET = settings(
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SAID_OF_A_SHEET = {"W001", "W004", "W005", "W011"}
"""Notices after which nobody takes a sheet's milestones for counted."""


def read(sheet: MadeSheet) -> SheetRows:
    context = SheetContext("b.xlsx", WORDS, ReadingSettings(), details=lambda *_: sheet.details)
    return read_sheet(sheet.grid(), context)


def frame_of(*sheets: SheetRows) -> pd.DataFrame:
    source = Source(Path("b.xlsx"), "b.xlsx")
    book = collect(source, dt.datetime(2026, 3, 30, tzinfo=dt.UTC), list(sheets))
    return add_figures(milestones_frame([book], AS_OF).frame, AS_OF, AGEING)


def meant(milestone: Truth, columns: dict[str, int]) -> tuple[object, ...]:
    paid = (milestone.paid or 0, milestone.paid is not None) if "paid" in columns else (0, False)
    due = milestone.due_date if "due_date" in columns else None
    name = milestone.name.strip()
    return (milestone.row, name, milestone.amount, milestone.currency, milestone.status.value, *paid, due)


def read_as(found: SheetRows | WorkbookRows) -> list[tuple[object, ...]]:
    names = ("row", "milestone", "amount", "currency", "status", "paid_cell", "paid_recorded", "due_date")
    return list(zip(*(found.columns[name] for name in names), strict=True))


@QUIET
@given(plain_sheets())
def test_a_plain_sheet_is_counted_to_the_last_cent(sheet: MadeSheet) -> None:
    found = read(sheet)
    check_milestones(found, [sheet])
    assert sheet.others <= {row_of(notice.cell) for notice in found.notices if notice.code in ("W001", "W012")}
    frame = frame_of(found)
    sums: Counter[str] = Counter()
    for each in sheet.milestones:
        sums[each.currency] += each.amount if each.status != "void" else 0
    counted = frame[frame["counted"]].groupby("currency")["amount"].sum()
    assert {currency: amount for currency, amount in sums.items() if amount} == {
        currency: amount for currency, amount in counted.items() if amount
    }


@QUIET
@given(
    st.lists(plain_sheets(most=4, file=True), min_size=1, max_size=3),
    st.fixed_dictionaries({"date_1904": st.booleans(), "in_memory": st.just(value=True)}),
)
def test_a_plain_workbook_is_counted_to_the_last_cent(sheets: list[MadeSheet], options: dict[str, bool]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "b.xlsx")
        write_workbook(path, sheets, **options)
        found = read_workbook(Source(path, "b.xlsx"))
    check_milestones(found, sheets)


@QUIET
@given(spoilt_sheets())
def test_what_stands_beside_a_fault_is_read_as_ever(sheet: MadeSheet) -> None:
    """An untouched milestone keeps its figures, or it is said that it was passed over."""
    found = read(sheet)
    rows = dict(zip(found.columns.get("row", []), read_as(found) if found.columns else [], strict=True))
    for each in sheet.milestones:
        if each.row not in sheet.touched and not said_of(found, each.row):
            assert rows[each.row] == meant(each, sheet.columns)
    check_nothing_is_lost_or_doubled(sheet, found)


@QUIET
@given(chaos())
def test_chaos_is_data_and_nothing_is_lost_or_doubled(sheet: MadeSheet) -> None:
    check_nothing_is_lost_or_doubled(sheet, read(sheet))


def check_milestones(found: SheetRows | WorkbookRows, sheets: list[MadeSheet]) -> None:
    """All milestones are counted, and nothing else is: rows that may be sums are left out and asked about."""
    rows = list(zip(read_as(found), found.columns["trusted"], strict=True))
    counted = [row for row, trusted in rows if trusted]
    assert counted == [meant(each, sheet.columns) for sheet in sheets for each in sheet.milestones]
    asked = [number for sheet in sheets for number in sheet.asked]
    assert [row[0] for row, trusted in rows if not trusted] == asked
    assert sorted(row_of(notice.cell) for notice in found.notices if notice.code == "R113") == sorted(asked)


def said_of(found: SheetRows, row: int) -> bool:
    """Whether a notice tells that a row, or the sheet it stands on, was passed over, or asks what the row is."""
    return any(
        notice.code in SAID_OF_A_SHEET
        or (notice.code == "W012" and row_of(notice.cell) == row)
        or (notice.code == "R113" and "status is blank" in notice.facts["what"] and row_of(notice.cell) == row)
        for notice in found.notices
    )


def row_of(cell: str) -> int:
    return int(re.sub("[A-Z]", "", cell) or 0)


def check_nothing_is_lost_or_doubled(sheet: MadeSheet, found: SheetRows) -> None:
    """Each row once; each number in the amount column accounted for; the identity; each row left out is named."""
    if found.sheet is None:
        assert found.skipped
        assert found.notices
        return
    rows = [int(str(row)) for row in found.columns["row"]]
    assert rows == sorted(set(rows))
    named = {row_of(notice.cell) for notice in found.notices} | {row_of(total.cell) for total in found.sheet.totals}
    if not any(notice.code in SAID_OF_A_SHEET for notice in found.notices):
        numbers = {row for row, value in cells_of(sheet, found, "amount").items() if is_number(value)}
        assert numbers - set(rows) - named - in_named_lists(sheet, found) == set()
    frame = frame_of(found)
    for _currency, group in frame[frame["counted"]].groupby("currency"):
        left = (group["paid"] - group["overpaid"] + group["outstanding"] + group["not_billed"]).sum()
        assert left == group["amount"].sum()
    of_all = any("true of all" in notice.facts.get("why", "") for notice in found.notices)
    nameless = frame["milestone"].eq("") & frame["status"].eq("planned")  # rule R101 names these
    silent = frame[~frame["trusted"] & ~frame["row"].isin(named) & ~nameless]
    assert of_all or silent.empty
    check_against_a_simple_reader(sheet, found)


def in_named_lists(sheet: MadeSheet, found: SheetRows) -> set[int]:
    """The rows of other lists that are said to end with the next blank row, by Excel's number."""
    assert found.sheet is not None
    columns = [column_number(each.letter) - 1 - sheet.left for each in found.sheet.columns.values()]
    blank = [all(is_blank(line[column]) for column in columns) for line in sheet.cells]
    rows: set[int] = set()
    for notice in found.notices:
        if notice.facts.get("what", "").startswith("Another list begins here, down"):
            first = row_of(notice.cell) - sheet.top
            ends = (down for down in range(first, len(blank)) if blank[down])
            rows.update(range(sheet.top + first, sheet.top + next(ends, len(blank)) + 1))
    return rows


def check_against_a_simple_reader(sheet: MadeSheet, found: SheetRows) -> None:
    """What is counted is what stands in the cells: a number is that number, and what is none is not counted."""
    status = cells_of(sheet, found, "status")
    for name, read_name in (("amount", "amount"), ("paid", "paid_cell")):
        cells = cells_of(sheet, found, name)
        for row, trusted, minor, currency in zip(
            *(found.columns[each] for each in ("row", "trusted", read_name, "currency")), strict=True
        ):
            if not trusted:
                continue
            cell, code = cells.get(int(str(row)), ""), str(currency)
            if is_number(cell):
                exact = Decimal(f"{cell:.15g}").scaleb(exponent(code))
                assert int(str(minor)) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            elif isinstance(cell, str):
                assert any(char.isdigit() for char in cell) or (name == "paid" and cell.strip() in ("", *DASHES))
            else:
                assert name == "paid"
                assert cell is None
            assert isinstance(status.get(int(str(row)), ""), str | None)


def cells_of(sheet: MadeSheet, found: SheetRows, name: str) -> dict[int, object]:
    """The cells of a mapped column below the header, by Excel's row number, with broken ones laid over them."""
    assert found.sheet is not None
    if name not in found.sheet.columns:
        return {}
    grid, details = sheet.grid(), sheet.details
    letters = {column_letter(column): column for column in range(grid.left, grid.left + len(grid.rows[0]))}
    column = letters[found.sheet.columns[name].letter]
    cells = {}
    for row in range(found.sheet.header_row, grid.top + len(grid.rows)):
        value = details.broken.get((row, column), grid.value(row, column))
        # A number shown as a percentage is no amount.
        cells[row + 1] = "a share" if (row, column) in details.shares and is_number(value) else value
    return cells


def is_number(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)
