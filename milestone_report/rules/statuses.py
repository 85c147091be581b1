"""S: statuses that contradict the dates."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.facts import phrase, phrases
from milestone_report.model import Severity, State, Status
from milestone_report.money import spelled_money
from milestone_report.rules.dates import as_of, plausible
from milestone_report.rules.rule import BILLED_OR_PAID, rows, rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.model import Milestones

_UNBILLED: dict[str, object] = {"milestone": "Deposit", "status": "", "invoice_number": "", "signoff": ""}


def _never_billed(milestones: Milestones) -> pd.Series[bool]:
    """Milestones that are planned or in draft, and nothing beside the status says otherwise."""
    frame = milestones.frame
    untouched = (frame["invoice_number"] == "") & (frame["paid"] == 0)
    return frame["counted"] & (frame["state"] == State.NOT_BILLED) & untouched


@lru_cache(maxsize=4096)
def _days(number: int) -> str:
    return phrases("{n} day", "{n} days", int(number))


def _due_has_passed(milestones: Milestones) -> pd.Series[bool]:
    return plausible(milestones, "due_date") < as_of(milestones)


def _billed_ahead(milestones: Milestones) -> pd.Series[bool]:
    """Milestones marked as billed or paid whose invoice date is still to come."""
    frame = milestones.frame
    ahead = plausible(milestones, "invoice_date") > as_of(milestones)
    return frame["counted"] & frame["state"].isin(BILLED_OR_PAID) & ahead


def _due_before_invoice(milestones: Milestones) -> pd.Series[bool]:
    """Milestones due before they were invoiced: one of the two dates is wrong, and nothing follows from it."""
    early = plausible(milestones, "due_date") < plausible(milestones, "invoice_date")
    return milestones.frame["counted"] & early & ~_billed_ahead(milestones)


def _latest_billed_below(milestones: Milestones) -> pd.Series[float]:
    """For each row the index of that billed row below it in its project which is due last, NaN for none.

    One without a due date comes after all others; of several the nearest is taken.
    """
    frame = milestones.frame
    project = [frame["sheet_id"], frame["project"]]
    billed = frame["counted"] & frame["state"].isin(BILLED_OR_PAID) & (frame["amount"] > 0)
    due = plausible(milestones, "due_date").fillna(pd.Timestamp.max.floor("s")).where(billed)[::-1]
    last = due.groupby(project, sort=False).cummax()
    rows_due_last = pd.Series(frame.index, frame.index, dtype=float)[::-1].where(due == last)
    return rows_due_last.groupby(project, sort=False).ffill()[::-1]


@rule(
    "S201",
    Severity.WARNING,
    "status",
    "Stale status: the due date has passed",
    message="The status is {status}, but the due date, {due_date}, passed {ago} ago: {outstanding} are overdue.",
    fix="Set the status to overdue; what was paid stays in the Paid column. If all of the money has arrived, set it to "
    "paid.",
    breaks=(
        rows({"due_date": "2026-03-30"}),
        rows({"status": "partially paid", "paid": 400.0, "due_date": "2026-03-02"}),
    ),
    keeps=(
        rows({"due_date": "2026-03-31"}),
        rows({"status": "overdue", "due_date": "2026-03-30"}),
        rows({"due_date": dt.date(1926, 4, 15)}),
        rows({"invoice_date": dt.date(2026, 3, 10), "due_date": dt.date(2026, 3, 9)}),
    ),
    facts=lambda _milestones, hits: {"ago": list(map(_days, hits["days_overdue"]))},
)
def S201(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An overdue invoice that still says “sent” is in nobody's list of clients to chase.

    The report counts it as overdue all the same: the date decides, not the word.
    """
    frame = milestones.frame
    stale = frame["overdue"] & frame["status"].isin([Status.SENT, Status.PARTIALLY_PAID])
    return stale & plausible(milestones, "due_date").notna() & ~_due_before_invoice(milestones)


@rule(
    "S202",
    Severity.WARNING,
    "status",
    "Status says overdue, but the due date has not passed",
    message="The status is “overdue”, but these {outstanding} are due only on {due_date}.",
    fix="Set the status to sent, or correct the due date.",
    breaks=(
        rows({"status": "overdue"}),
        rows({"status": "late", "due_date": "2026-03-31"}),
        rows({"status": "overdue", "amount": 0.01}),
    ),
    keeps=(
        rows(),
        rows({"status": "overdue", "due_date": "2026-03-30"}),
        rows({"status": "overdue", "paid": 1000.0}),
        rows({"status": "overdue", "due_date": dt.date(2206, 4, 15)}),
        rows({"status": "overdue", "amount": -50.0}),
    ),
)
def S202(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Chasing a client before the day costs goodwill; more often the due date in the sheet is wrong."""
    frame = milestones.frame
    early = (frame["status"] == Status.OVERDUE) & (plausible(milestones, "due_date") >= as_of(milestones))
    return early & (frame["outstanding"] > 0)


@rule(
    "S207",
    Severity.WARNING,
    "due_date",
    "Due date lies before the invoice date",
    message="These {amount} were due on {due_date}, before the invoice was written on {invoice_date}.",
    fix="Correct the date that is wrong. The due date is the one that stands on the invoice.",
    breaks=(
        rows({"invoice_date": "2026-03-10", "due_date": dt.date(2026, 3, 9)}),
        rows({"invoice_date": dt.date(2026, 3, 30), "due_date": dt.date(2025, 4, 15), "status": "paid"}),
        rows({"status": "draft", "invoice_number": "", "due_date": dt.date(2026, 4, 1), "invoice_date": "1 May 2026"}),
        rows({"due_date": dt.date(2000, 1, 1)}),
    ),
    keeps=(
        rows(),
        rows({"invoice_date": dt.date(2026, 4, 15)}),
        rows({"invoice_date": dt.date(2026, 3, 1), "due_date": dt.date(1926, 4, 15)}),
        rows({"invoice_date": dt.date(2026, 5, 1)}),
        rows({"invoice_date": dt.date(2026, 3, 30), "due_date": dt.date(2026, 3, 30)}),
        rows({"status": "void", "due_date": dt.date(2026, 2, 1)}),
    ),
)
def S207(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """One of the two dates is a slip, often of the year, and the ageing follows the due date.

    An invoice date that lies ahead of a milestone which is already billed is S210's.
    """
    return _due_before_invoice(milestones)


@rule(
    "S208",
    Severity.WARNING,
    "due_date",
    "Due date has passed and it was never billed",
    message="These {amount} were due on {due_date}, but the status is {status}: was the invoice ever sent?",
    fix="Send the invoice and set the status to sent, or move the due date.",
    breaks=(
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-30"}),
        rows({"status": "", "invoice_number": "", "due_date": "2025-01-01", "invoice_date": ""}),
    ),
    keeps=(
        rows({"status": "draft", "invoice_number": ""}),
        rows({"status": "draft", "invoice_number": "", "due_date": dt.date(2026, 3, 31)}),
        rows({"due_date": "2026-03-30"}),
        rows({"due_date": "2026-03-30", "invoice_number": ""}),
        rows({"status": "draft", "due_date": "2026-03-30"}),
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-30", "paid": 400.0}),
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-30", "paid": -40.0, "amount": -50.0}),
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-30", "amount": "TBC"}),
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-30", "amount": 0.0}),
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-10", "invoice_date": "2026-03-20"}),
    ),
)
def S208(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """The work was to be paid by now and no invoice went out: this money is asked for by nobody.

    Where an invoice number or a payment is noted the status is what is wrong: R116 and S206 say so.
    """
    asks_for_money = milestones.frame["amount"] != 0
    return asks_for_money & _due_has_passed(milestones) & _never_billed(milestones) & ~_due_before_invoice(milestones)


def _overtaken(milestones: Milestones) -> pd.Series[float]:
    """The milestones that were overtaken: the index of the billed one below each, NaN for all others."""
    frame = milestones.frame
    waiting = _never_billed(milestones) & (frame["amount"] > 0) & ~_due_has_passed(milestones)
    due, below = plausible(milestones, "due_date"), _latest_billed_below(milestones)
    return below.where(waiting & ~(due > due.reindex(below).set_axis(due.index)))


def _names_below(milestones: Milestones, hits: pd.DataFrame) -> Mapping[str, list[str]]:
    overtaken = _overtaken(milestones)
    below = milestones.frame[["milestone", "status_text"]].reindex(overtaken[hits.index])
    others = overtaken.value_counts()[below.index] - 1
    return {
        "others": [phrases(" (nor is {n} more)", " (nor are {n} more)", int(n)) if n else "" for n in others],
        "later": [
            phrase("“{text}”", text=name) if name else phrase("another milestone") for name in below["milestone"]
        ],
        "later_status": below["status_text"].tolist(),
    }


@rule(
    "S209",
    Severity.WARNING,
    "status",
    "Billed out of order: an earlier milestone is still not billed",
    message="“{milestone}” ({amount}) is not billed{others}, but {later} below is already “{later_status}”: was an "
    "invoice left out?",
    fix="If the work is done, send the invoice and set the status to sent. If it comes later, write its due date, or "
    "move the row down.",
    breaks=(
        rows(_UNBILLED, {"milestone": "Final"}),
        rows({"invoice_number": "INV-2"}, {**_UNBILLED, "milestone": "Midpoint"}, {"milestone": "Final"}),
        rows({**_UNBILLED, "due_date": "2026-04-15"}, {"milestone": "Final", "status": "paid"}),
        rows({"due_date": dt.date(2026, 6, 1)}, {**_UNBILLED, "milestone": "Midpoint"}, {"milestone": "Final"}),
        rows({**_UNBILLED, "due_date": "2026-04-14", "amount": 0.01}, {"milestone": "Final", "amount": 0.01}),
    ),
    keeps=(
        rows({}, {**_UNBILLED, "milestone": "Final"}),
        rows({**_UNBILLED, "project": "A"}, {"milestone": "Final", "project": "B"}),
        rows({**_UNBILLED, "due_date": "2026-06-30"}, {"milestone": "Final"}),
        rows({**_UNBILLED, "due_date": "2026-03-30"}, {"milestone": "Final"}),
        rows({**_UNBILLED, "amount": 0.0}, {"milestone": "Final"}),
        rows({**_UNBILLED, "amount": -50.0}, {"milestone": "Final"}),
        rows(_UNBILLED, {"milestone": "Final", "amount": 0.0}),
        rows(_UNBILLED, {"milestone": "Final", "status": "void"}),
        rows(_UNBILLED, {"milestone": "Credit note", "amount": -100.0}),
    ),
    facts=_names_below,
)
def S209(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Deposit paid, final sent, and the midpoint's invoice never went out: nobody misses it until the year's end.

    The order is that of the rows in a project; where the due dates say that the other one was to come
    first, the order is right. A milestone whose own due date has passed is S208's.
    """
    overtaken = _overtaken(milestones)
    return overtaken.notna() & ~overtaken.duplicated()


@rule(
    "S210",
    Severity.WARNING,
    "invoice_date",
    "Invoice date lies in the future",
    message="The status is {status}, but the invoice date of these {amount} is {invoice_date}: that is still ahead.",
    fix="Correct the invoice date, or set the status back to draft until the invoice goes out.",
    breaks=(
        rows({"invoice_date": dt.date(2026, 4, 1)}),
        rows({"invoice_date": dt.date(2026, 5, 1), "due_date": dt.date(2026, 4, 15)}),
        rows({"invoice_date": dt.date(2027, 3, 1), "status": "paid"}),
    ),
    keeps=(
        rows(),
        rows({"invoice_date": dt.date(2026, 3, 31)}),
        rows({"invoice_date": dt.date(2026, 4, 1), "status": "draft", "invoice_number": ""}),
        rows({"invoice_date": dt.date(2206, 3, 1)}),
    ),
)
def S210(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An invoice that is dated ahead has not gone out yet; or its date is wrong, and with it the day it is due."""
    return _billed_ahead(milestones)


@rule(
    "S211",
    Severity.WARNING,
    "expected_date",
    "Promised or expected date has passed without payment",
    message="{expected} were expected by {expected_date}; that was {ago} ago, and {lacking}.",
    fix="Send the invoice if none went out. Otherwise ask the client, and write the new date; or set the status to "
    "paid if the money has arrived.",
    breaks=(
        rows({"expected_date": dt.date(2026, 3, 30)}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "partially paid", "paid": 400.0}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "", "invoice_number": ""}),
        rows({"expected_date": dt.date(2026, 3, 1), "amount": 0.01}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "", "invoice_number": "", "amount": 0.01}),
    ),
    keeps=(
        rows({"expected_date": dt.date(2026, 3, 31)}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "paid"}),
        rows({"expected_date": dt.date(1926, 3, 1)}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "draft"}),
        rows(
            {"expected_date": dt.date(2026, 3, 1), "status": "", "invoice_number": "", "due_date": dt.date(2026, 3, 1)}
        ),
        rows({"expected_date": dt.date(2026, 3, 1), "amount": -50.0}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "", "invoice_number": "", "amount": -50.0}),
        rows({"expected_date": dt.date(2026, 3, 1), "status": "", "invoice_number": "", "amount": 0.0}),
    ),
    facts=lambda milestones, hits: {
        "expected": [
            spelled_money(billed or planned, code)
            for billed, planned, code in zip(hits["outstanding"], hits["not_billed"], hits["currency"], strict=True)
        ],
        "ago": list(map(_days, (as_of(milestones) - hits["expected_date"]).dt.days)),
        "lacking": [
            phrase("they are still outstanding") if billed else phrase("no invoice went out")
            for billed in hits["outstanding"]
        ],
    },
)
def S211(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A promise that was not kept is the best reason to call, and the first sign that the money will not come."""
    frame = milestones.frame
    passed = plausible(milestones, "expected_date") < as_of(milestones)
    # Once due, what was never billed is S208's.
    forgotten = _never_billed(milestones) & (frame["amount"] > 0) & ~_due_has_passed(milestones)
    return passed & ((frame["outstanding"] > 0) | forgotten)
