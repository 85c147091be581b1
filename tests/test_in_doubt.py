"""The money in doubt: what the milestones come to that have an error in one of their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.model import Column, Finding, Severity, Sheet
from milestone_report.totals import Control, InDoubt, Money
from tests.building import COLUMNS, report_of

BOOK = Path("book.xlsx")
SHEETS = (Sheet("book.xlsx", "One", 1, COLUMNS), Sheet("book.xlsx", "Two", 1, {"amount": Column("C", "Amount")}))


def finding(cell: str, severity: Severity = Severity.ERROR, sheet: str = "One", code: str = "R115") -> Finding:
    return Finding(code, severity, "book.xlsx", sheet, cell, "", "message", "fix")


def control(rows: list[dict[str, Any]], *findings: Finding) -> Control:
    return report_of(rows, BOOK, findings, SHEETS).summary.control


def test_a_milestone_with_several_errors_is_in_doubt_once() -> None:
    rows = [{"amount": 100}, {"amount": 30}, {"amount": 7}]
    found = control(rows, finding("A2"), finding("H2"), finding("B3")).in_doubt
    assert found == InDoubt(2, (Money("EUR", 130),), 0)


@pytest.mark.parametrize(
    "harmless",
    [
        finding("A2", Severity.WARNING),
        finding("A2", Severity.INFO),
        finding("A3"),  # below the milestones
        finding(""),
        finding("A2", sheet=""),
        finding("A2", sheet="Two"),
        finding("XX2"),  # beside the table: no column of it
    ],
    ids=str,
)
def test_only_errors_at_its_own_cells_put_a_milestone_in_doubt(harmless: Finding) -> None:
    assert control([{"amount": 100}], harmless).in_doubt == InDoubt()


def test_amounts_without_a_currency_and_unreadable_ones_are_counted_and_in_no_sum() -> None:
    rows: list[dict[str, Any]] = [
        {"amount": 7, "currency": "", "trusted": False},
        {"amount": -9, "currency": "", "trusted": False},
        {"amount_known": False, "trusted": False},
        {"amount": 9, "currency": "GBP"},
        {"amount": 5, "status": "void"},
    ]
    found = control(rows, *(finding(f"B{row}") for row in range(2, 7))).in_doubt
    assert found == InDoubt(4, (Money("GBP", 9),), 1, 2)


def test_sheets_that_an_error_kept_out_wholly_or_in_part_are_counted_once() -> None:
    unread = [finding("", sheet="Large", code="W011"), finding("", sheet="Bad", code="W001")]
    tables = [finding("A1", sheet="No status", code="W005"), finding("K1", code="W001"), finding("K20", code="W001")]
    assert control([{}], *unread, *tables, finding("", sheet="", code="W001")).sheets_unread == 4


def test_a_doubtful_credit_does_not_hide_a_doubtful_invoice() -> None:
    rows = [{"amount": 100_000, "row": 2}, {"amount": -100_000, "row": 3}]
    assert control(rows, finding("A2"), finding("A3")).in_doubt == InDoubt(2, (Money("EUR", 200_000),), 0)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "sheet_id": st.integers(0, 1),
            "row": st.integers(2, 6),
            "currency": st.sampled_from(["EUR", "JPY", ""]),
            "amount": st.integers(-(10**17), 10**17),
            "amount_known": st.booleans(),
            "status": st.sampled_from(["sent", "paid", "void", "draft"]),
            "trusted": st.booleans(),
        }
    ),
    unique_by=lambda row: (row["sheet_id"], row["row"]),
)
FINDINGS = st.lists(
    st.builds(
        finding,
        st.builds("{}{}".format, st.sampled_from(["A", "C", "ZZ"]), st.integers(1, 7)) | st.just(""),
        st.sampled_from(list(Severity)),
        st.sampled_from(["One", "Two", "Three", ""]),
    )
)


@given(ROWS, FINDINGS)
def test_the_money_in_doubt_is_what_going_through_the_milestones_one_by_one_gives(
    rows: list[dict[str, Any]], findings: list[Finding]
) -> None:
    columns = ({column.letter for column in COLUMNS.values()}, {"C"})
    errors = {(one.sheet, one.cell) for one in findings if one.severity is Severity.ERROR}
    sums: dict[str, int] = {}
    milestones = unknown = bare = 0
    for row in rows:
        cells = {(("One", "Two")[row["sheet_id"]], f"{letter}{row['row']}") for letter in columns[row["sheet_id"]]}
        if row["status"] == "void" or not cells & errors:
            continue
        milestones += 1
        if row["amount_known"] and not row["currency"]:
            bare += 1
        elif row["amount_known"]:
            sums[row["currency"]] = sums.get(row["currency"], 0) + abs(row["amount"])
        else:
            unknown += 1
    expected = tuple(Money(currency, amount) for currency, amount in sorted(sums.items()))
    assert control(rows, *findings).in_doubt == InDoubt(milestones, expected, unknown, bare)
