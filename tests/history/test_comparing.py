"""What is told of one milestone, kind by kind. Every comparison also checks that the bridge closes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.changes import Change
from milestone_report.figures import add_figures
from milestone_report.history.comparing import owed
from milestone_report.model import Evidence, Status
from tests.building import AGEING
from tests.history.building import FEE, FIRST, SECOND, Row, items_of, kinds, one_sheet, told

FUTURE, PAST = dt.date(2026, 6, 1), dt.date(2026, 3, 20)
PLANNED: Row = {"status": "planned"}
SIGNED: Row = {"evidence": Evidence.FOUND.value, "signoff_path": "/s/a.pdf", "signoff_content": "aa"}
LEFT_OUT: Row = {"trusted": False, "amount_known": False, "amount": 0}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param({}, {}, [], id="nothing"),
        pytest.param({"row": 9}, {"note": "x"}, [], id="a note"),
        pytest.param(PLANNED, {}, [("billed", "planned", "sent", 1000)], id="billed"),
        pytest.param(
            PLANNED | {"due_date": None},
            {"due_date": FUTURE},
            [("billed", "planned", "sent", 1000)],
            id="billed, with a due date",
        ),
        pytest.param({}, {"status": "paid"}, [("paid", 0, 1000, -1000)], id="paid by the word"),
        pytest.param({}, {"paid_cell": 1000}, [("paid", 0, 1000, -1000)], id="paid by the cell"),
        pytest.param(
            {}, {"status": "partially paid", "paid_cell": 400}, [("part_paid", 0, 400, -400)], id="paid in part"
        ),
        pytest.param(
            {"paid_cell": 400},
            {"paid_cell": 1000, "status": "paid"},
            [("paid", 400, 1000, -600)], id="the rest is paid"
        ),
        pytest.param(
            {"paid_cell": 400}, {"paid_cell": 100}, [("payment_reversed", 400, 100, 300)], id="less is recorded as paid"
        ),
        pytest.param(
            PLANNED,
            {"status": "paid"},
            [("billed", "planned", "paid", 1000), ("paid", 0, 1000, -1000)],
            id="billed and paid in one week",
        ),
        pytest.param(
            PLANNED,
            {"status": "partially paid", "paid_cell": 1},
            [("billed", "planned", "partially paid", 1000), ("part_paid", 0, 1, -1)],
            id="billed and paid in part",
        ),
        pytest.param({}, {"amount": 1250}, [("amount_changed", 1000, 1250, 250)], id="the amount rose"),
        pytest.param(
            {}, {"amount": 1250, "paid_cell": 250}, [("part_paid", 0, 250, -250), ("amount_changed", 1000, 1250, 250)],
            id="the amount rose, and part was paid",
        ),
        pytest.param(
            PLANNED, {"amount": 900}, [("billed", "planned", "sent", 900), ("amount_changed", 1000, 900, 0)],
            id="billed for less than was planned",
        ),
        pytest.param(
            {"status": "paid"}, {"status": "paid", "amount": 1200}, [("amount_changed", 1000, 1200, 0)],
            id="the amount of what is paid rose",
        ),
        pytest.param(
            {"status": "paid"}, {"status": "paid", "amount": 1200, "paid_cell": 1000},
            [("amount_changed", 1000, 1200, 200)], id="the amount of what is paid rose, and the rest is owed",
        ),
        pytest.param({"status": "paid"}, {}, [("status_changed", "paid", "sent", 1000)], id="not paid after all"),
        pytest.param({}, PLANNED, [("status_changed", "sent", "planned", -1000)], id="the invoice taken back"),
        pytest.param({}, {"status": "void"}, [("status_changed", "sent", "void", -1000)], id="void"),
        pytest.param({"status": "void"}, {}, [("status_changed", "void", "sent", 1000)], id="void no more"),
        pytest.param(PLANNED, {"status": "draft"}, [("status_changed", "planned", "draft", 0)], id="drafted"),
        pytest.param(
            {"paid_cell": 1000}, {"paid_cell": 1000, "status": "paid"}, [("status_changed", "sent", "paid", 0)],
            id="the word follows the money",
        ),
        pytest.param(
            {}, {"status": "unknown", "trusted": False}, [("status_changed", "sent", "unknown", -1000)],
            id="a status that cannot be read",
        ),
        pytest.param({}, LEFT_OUT, [("amount_changed", 1000, None, -1000)], id="an amount that cannot be read"),
        pytest.param(LEFT_OUT, {}, [("amount_changed", None, 1000, 1000)], id="an amount that can be read again"),
        pytest.param(LEFT_OUT, LEFT_OUT | {"note": "x"}, [], id="in no figure, then and now"),
        pytest.param(
            LEFT_OUT | PLANNED, {}, [("billed", "planned", "sent", 0), ("amount_changed", None, 1000, 1000)],
            id="billed, with an amount that can be read again",
        ),
        pytest.param(
            LEFT_OUT, {"status": "paid"}, [("amount_changed", None, 1000, 0), ("status_changed", "sent", "paid", 0)],
            id="paid, with an amount that can be read again",
        ),
        pytest.param(
            PLANNED, LEFT_OUT, [("billed", "planned", "sent", 0), ("amount_changed", 1000, None, 0)],
            id="billed, with an amount that cannot be read",
        ),
        pytest.param(
            LEFT_OUT | PLANNED, LEFT_OUT, [("billed", "planned", "sent", 0)], id="billed, with an amount never read",
        ),
        pytest.param(
            LEFT_OUT | PLANNED, {"status": "void"}, [("status_changed", "planned", "void", 0)],
            id="void, with an amount that could not be read",
        ),
        pytest.param({"due_date": FUTURE}, {"due_date": dt.date(2026, 7, 1)},
                     [("due_moved", FUTURE, dt.date(2026, 7, 1), 0)], id="due later"),
        pytest.param({"due_date": FUTURE}, {}, [("due_moved", FUTURE, None, 0)], id="due on no day"),
        pytest.param({"due_date": PAST}, {"due_date": PAST}, [("became_overdue", PAST, PAST, 0)], id="overdue"),
        pytest.param({"due_date": PAST}, {"due_date": PAST, "status": "overdue"},
                     [("became_overdue", PAST, PAST, 0)], id="overdue, and called so"),
        pytest.param({"due_date": PAST, "paid_cell": 10}, {"due_date": PAST, "status": "paid"},
                     [("paid", 10, 1000, -990)], id="paid, so not overdue"),
        pytest.param({}, SIGNED, [("signed", None, "a.pdf", 0)], id="signed"),
        pytest.param({"evidence": "link"}, SIGNED, [("signed", None, "a.pdf", 0)], id="a file in place of a link"),
        pytest.param({"evidence": "unchecked"}, SIGNED, [], id="not checked then"),
        pytest.param(SIGNED, {"evidence": "unchecked"}, [], id="not checked now"),
        pytest.param(SIGNED, {"evidence": "missing"}, [("signoff_lost", "a.pdf", None, 0)], id="sign-off gone"),
        pytest.param(SIGNED, SIGNED | {"signoff_path": "/t/a.pdf"}, [], id="another folder"),
        pytest.param(SIGNED, SIGNED | {"signoff_content": "bb"}, [("signoff_changed", "a.pdf", "a.pdf", 0)],
                     id="another content"),
        pytest.param(SIGNED, SIGNED | {"signoff_content": ""}, [], id="content not read"),
        pytest.param(SIGNED, SIGNED | {"signoff_path": "/s/a.pdf\n/s/b.pdf", "signoff_content": "aa\nbb"},
                     [("signoff_changed", "a.pdf", "a.pdf; b.pdf", 0)], id="one more file"),
        pytest.param({"amount": -500}, {"amount": -500, "status": "paid"},
                     [("paid", 0, -500, 500)], id="a credit is paid out"),
        pytest.param(
            {"currency": "EUR"}, {"currency": "GBP"},
            [("amount_changed", 1000, None, -1000), ("amount_changed", None, 1000, 1000)], id="another currency",
        ),
        pytest.param(
            PLANNED, {"status": "paid", "currency": "GBP", "paid_cell": 800},
            [("billed", "planned", "paid", 200), ("amount_changed", 1000, None, 0), ("amount_changed", None, 1000, 0)],
            id="another currency, billed and paid",
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_a_milestone(before: Row, now: Row, expected: list[tuple[object, ...]]) -> None:
    assert kinds(before, now) == expected


def test_a_milestone_that_is_there_no_more_is_removed_and_another_one_new() -> None:
    removed: Row = {"project": "Other", "milestone": "Final", "amount": 300, "status": "sent"}
    found = items_of([FEE, removed], [FEE, {"milestone": "Extra", "amount": 70, "status": "sent", "currency": "USD"}])
    assert [(item.kind, item.milestone, item.row, item.currency, item.moved) for item in found] == [
        (Change.NEW, "Extra", 3, "USD", 70),
        (Change.REMOVED, "Final", 3, "EUR", -300),
    ]


def test_the_bridge_has_each_currency_with_what_moved_it_in_the_order_of_the_kinds() -> None:
    before = one_sheet(FEE, {"milestone": "B", "amount": 50, "status": "planned"}, as_of=FIRST)
    now = one_sheet(
        {**FEE, "status": "paid"},
        {"milestone": "B", "amount": 60, "status": "sent"},
        {"milestone": "C", "amount": 7, "currency": "GBP"},
        as_of=SECOND,
    )
    euros, pounds = told(before, now).bridge
    assert (euros.currency, euros.opening, euros.closing) == ("EUR", 1000, 60)
    assert [(each.kind, each.amount, each.milestones) for each in euros.movements] == [
        ("billed", 60, 1), ("paid", -1000, 1),
    ]  # fmt: skip
    assert (pounds.currency, pounds.opening, pounds.movements, pounds.closing) == ("GBP", 0, (), 0)


def test_figures_that_were_reckoned_otherwise_then_still_make_a_bridge() -> None:
    from milestone_report.history.comparing import compare  # noqa: PLC0415
    from milestone_report.history.telling import run_of  # noqa: PLC0415

    before, now = (run_of(one_sheet(FEE, as_of=day)) for day in (FIRST, SECOND))
    [one] = before.standings
    changes = compare(
        type(before)(
            FIRST, before.books, (before.totals[0]._replace(outstanding=990),), (one._replace(outstanding=990),)
        ),
        now,
    )
    assert [(item.kind, item.moved) for item in changes.items] == [("status_changed", 10)]
    assert (changes.bridge[0].opening, changes.bridge[0].closing) == (990, 1000)


@given(
    st.sampled_from([word for word in Status if word not in (Status.VOID, Status.UNKNOWN)]),
    st.integers(-(10**17), 10**17) | st.integers(-3, 3),
    st.none() | st.integers(-(10**17), 10**17) | st.integers(-3, 3),
)
def test_what_one_milestone_owes_is_what_the_figures_say(status: Status, amount: int, paid: int | None) -> None:
    row: dict[str, Any] = {
        "status": str(status), "trusted": True, "amount": amount, "paid_recorded": paid is not None,
        "paid_cell": paid or 0, "due_date": pd.NaT,
    }  # fmt: skip
    frame = pd.DataFrame([row]).astype({"amount": "int64", "paid_cell": "int64", "due_date": "datetime64[s]"})
    assert owed(status, amount, paid) == int(add_figures(frame, FIRST, AGEING)["outstanding"].iloc[0])
