"""The identity that every total rests on, over random milestones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_report.figures import CREDITS, NO_DUE_DATE, bucket_names
from milestone_report.model import Evidence, State, Status
from tests.building import AS_OF, frame_of, report_of

LARGE = 10**17


def milestones() -> st.SearchStrategy[dict[str, Any]]:
    """Any row that reading can hand on, sensible or not."""
    amounts = st.one_of(st.integers(-200_000, 200_000), st.integers(-LARGE, LARGE), st.just(0))
    return st.fixed_dictionaries(
        {
            "amount": amounts,
            "status": st.sampled_from([str(status) for status in Status]),
            "currency": st.sampled_from(["EUR", "GBP", "JPY"]),
            "project": st.sampled_from(["Harbour", "Orchard"]),
            "evidence": st.sampled_from([str(evidence) for evidence in Evidence]),
            "due_date": st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))),
            "trusted": st.booleans(),
        },
        optional={"paid_cell": amounts},
    )


@settings(max_examples=150)
@given(st.lists(milestones(), max_size=30))
def test_every_figure_adds_up_to_the_minor_unit(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["trusted"] = row["trusted"] and row["status"] != Status.UNKNOWN
    report = report_of(rows, Path("book.xlsx"))
    frame = report.milestones.frame
    summary = report.summary

    settled = frame["paid"] - frame["overpaid"]
    whole = settled + frame["outstanding"] + frame["not_billed"]
    assert (whole == frame["amount"].where(frame["counted"], 0)).all()

    counted = [row for row in rows if row["trusted"] and row["status"] != Status.VOID]
    for totals in summary.totals:
        expected = sum(row["amount"] for row in counted if row["currency"] == totals.currency)
        assert totals.amount == expected
        assert totals.amount == totals.paid - totals.overpaid + totals.outstanding + totals.not_billed
        bands = [each for each in summary.ageing if each.currency == totals.currency]
        assert sum(each.outstanding for each in bands) == totals.outstanding
        projects = [each for each in summary.projects if each.currency == totals.currency]
        for name in ("amount", "paid", "outstanding", "not_billed", "milestones"):
            assert sum(getattr(each, name) for each in projects) == getattr(totals, name)
        listed = frame[(frame["currency"] == totals.currency) & frame["unpaid"]]
        credits_ = sum(each.outstanding for each in bands if each.bucket == CREDITS)
        assert sum(listed["outstanding"].tolist()) + credits_ == totals.outstanding
        assert sum(listed.loc[listed["overdue"], "outstanding"].tolist()) == totals.overdue

    control = summary.control
    assert control.rows_counted + control.rows_left_out + control.rows_void == len(rows)
    assert control.rows_counted == len(counted) == sum(totals.milestones for totals in summary.totals)


def one(**row: Any) -> dict[str, Any]:
    return dict(frame_of([row]).iloc[0])


@pytest.mark.parametrize(
    ("status", "paid_cell", "paid", "outstanding", "overpaid", "not_billed"),
    [
        ("paid", None, 1000, 0, 0, 0),
        ("paid", 400, 400, 600, 0, 0),
        ("paid", 1200, 1200, 0, 200, 0),
        ("sent", None, 0, 1000, 0, 0),
        ("sent", 1200, 1200, 0, 200, 0),
        ("partially paid", None, 0, 1000, 0, 0),
        ("partially paid", 400, 400, 600, 0, 0),
        ("overdue", 0, 0, 1000, 0, 0),
        ("draft", None, 0, 0, 0, 1000),
        ("draft", 400, 400, 0, 400, 1000),
        ("planned", None, 0, 0, 0, 1000),
        ("void", 400, 0, 0, 0, 0),
    ],
)
def test_what_follows_from_status_and_paid_cell(
    status: str, paid_cell: int | None, paid: int, outstanding: int, overpaid: int, not_billed: int
) -> None:
    row: dict[str, Any] = {"amount": 1000, "status": status}
    if paid_cell is not None:
        row["paid_cell"] = paid_cell
    found = one(**row)
    assert (found["paid"], found["outstanding"]) == (paid, outstanding)
    assert (found["overpaid"], found["not_billed"]) == (overpaid, not_billed)


def test_a_credit_lowers_what_is_outstanding_and_is_never_chased() -> None:
    found = one(amount=-500, status="sent", due_date=dt.date(2026, 1, 1))
    assert found["outstanding"] == -500
    assert not found["unpaid"]
    assert not found["overdue"]
    assert not found["unsigned"]
    assert found["bucket"] == CREDITS


def test_a_refund_above_the_credit_is_overpaid_on_the_other_side() -> None:
    found = one(amount=-500, status="paid", paid_cell=-700)
    assert (found["outstanding"], found["overpaid"]) == (0, -200)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(-1, "not due"), (0, "not due"), (1, "1–30"), (30, "1–30"), (31, "31–60"), (60, "31–60"), (61, "61–90"),
     (90, "61–90"), (91, "over 90"), (4000, "over 90")],
)  # fmt: skip
def test_ageing_counts_from_the_due_date(days: int, bucket: str) -> None:
    found = one(amount=100, status="sent", due_date=AS_OF - dt.timedelta(days=days))
    assert found["bucket"] == bucket
    assert found["days_overdue"] == max(days, 0)
    assert found["overdue"] == (days > 0)


def test_without_a_due_date_nothing_is_overdue() -> None:
    found = one(amount=100, status="overdue")
    assert (found["bucket"], found["overdue"], found["days_overdue"]) == (NO_DUE_DATE, False, 0)


def test_the_bands_can_be_set() -> None:
    assert bucket_names((14, 28)) == ("not due", "1–14", "15–28", "over 28", "no due date", "credits")


def test_a_paid_milestone_of_which_less_came_in_is_unpaid() -> None:
    found = one(amount=1000, status="paid", paid_cell=400)
    assert found["unpaid"]
    assert found["state"] == State.PAID


def test_unchecked_and_linked_sign_offs_are_not_unsigned() -> None:
    for evidence in (Evidence.UNCHECKED, Evidence.LINK, Evidence.FOUND):
        assert not one(amount=1000, status="sent", evidence=str(evidence))["unsigned"]
    for evidence in (Evidence.NONE, Evidence.MISSING, Evidence.EMPTY, Evidence.REFUSED):
        assert one(amount=1000, status="sent", evidence=str(evidence))["unsigned"]


def test_only_signed_and_unbilled_milestones_are_ready_to_bill() -> None:
    assert one(amount=1000, status="draft", evidence="found")["ready_to_bill"]
    assert not one(amount=1000, status="draft", evidence="missing")["ready_to_bill"]
    assert not one(amount=1000, status="sent", evidence="found")["ready_to_bill"]
