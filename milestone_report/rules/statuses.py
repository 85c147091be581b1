"""S: statuses that contradict the dates or the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.model import Severity, State, Status
from milestone_report.rules.rule import BILLED_OR_PAID, rows, rule
from milestone_report.text import counted

if TYPE_CHECKING:
    from milestone_report.model import Milestones


@rule(
    "S201",
    Severity.WARNING,
    "status",
    "Stale status: the due date has passed",
    message="The status is “{status}”, but the due date, {due_date}, passed {ago} ago: {outstanding} are overdue.",
    fix="Set the status to overdue, or to paid if the money has arrived.",
    breaks=(
        rows({"due_date": "2026-03-30"}),
        rows({"status": "partially paid", "paid": 400.0, "due_date": "2025-12-31"}),
    ),
    keeps=(rows({"due_date": "2026-03-31"}), rows({"status": "overdue", "due_date": "2026-03-30"})),
    facts=lambda _milestones, hits: {"ago": [counted(days, "day") for days in hits["days_overdue"]]},
)
def S201(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An overdue invoice that still says “sent” is in nobody's list of clients to chase.

    The report counts it as overdue all the same: the date decides, not the word.
    """
    return milestones.frame["overdue"] & milestones.frame["status"].isin([Status.SENT, Status.PARTIALLY_PAID])


@rule(
    "S202",
    Severity.WARNING,
    "status",
    "Status says overdue, but the due date has not passed",
    message="The status is “overdue”, but these {outstanding} are due only on {due_date}.",
    fix="Set the status to sent, or mend the due date.",
    breaks=(rows({"status": "overdue"}), rows({"status": "late", "due_date": "2026-03-31"})),
    keeps=(rows(), rows({"status": "overdue", "due_date": "2026-03-30"})),
)
def S202(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Chasing a client before the day costs goodwill; more often the due date in the sheet is wrong."""
    frame = milestones.frame
    return (
        frame["counted"] & (frame["status"] == Status.OVERDUE) & (frame["due_date"] >= pd.Timestamp(milestones.as_of))
    )


@rule(
    "S203",
    Severity.ERROR,
    "paid",
    "Marked paid, but less was received",
    message="The status is “paid”, but only {paid} of {amount} were received: {outstanding} are still outstanding.",
    fix="Set the status to partially paid, or mend the paid amount.",
    breaks=(rows({"status": "paid", "paid": 999.99}), rows({"status": "paid", "paid": 0.0})),
    keeps=(rows({"status": "paid", "paid": 1000.0}), rows({"status": "paid", "paid": ""}), rows({"paid": 10.0})),
)
def S203(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Once a milestone says “paid” nobody looks at it again, and the rest is never collected.

    The report believes the figure and lists the rest as unpaid.
    """
    return (milestones.frame["state"] == State.PAID) & (milestones.frame["outstanding"] != 0)


@rule(
    "S204",
    Severity.WARNING,
    "paid",
    "Partially paid, but no partial amount is recorded",
    message="The status is “partially paid”, but the paid amount is {recorded}: {outstanding} count as outstanding.",
    fix="Write what was received so far in the Paid column, or set the status to sent or paid.",
    breaks=(rows({"status": "partially paid", "paid": ""}), rows({"status": "part paid", "paid": 1000.0})),
    keeps=(rows({"status": "partially paid", "paid": 400.0}), rows({"status": "sent", "paid": ""})),
    facts=lambda _milestones, hits: {
        "recorded": [
            "not recorded" if not recorded else "nothing" if not cell else "the whole amount"
            for recorded, cell in zip(hits["paid_recorded"], hits["paid_cell"], strict=True)
        ]
    },
)
def S204(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Without the figure the balance is unknown, so the whole amount is chased or the wrong rest is."""
    frame = milestones.frame
    partly = frame["counted"] & (frame["status"] == Status.PARTIALLY_PAID)
    return partly & (~frame["paid_recorded"] | (frame["paid_cell"] == 0) | (frame["paid_cell"] == frame["amount"]))


@rule(
    "S205",
    Severity.WARNING,
    "paid",
    "More was paid than the amount",
    message="{paid} were received for {amount}: {overpaid} too much.",
    fix="Check the payment. It may belong to another invoice, or be owed back.",
    breaks=(rows({"status": "paid", "paid": 1000.01}), rows({"status": "sent", "paid": 2000.0})),
    keeps=(rows({"status": "paid", "paid": 1000.0}), rows({"status": "draft", "paid": 2000.0})),
)
def S205(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An overpayment is the client's money. It never lowers what other milestones owe in this report."""
    return milestones.frame["state"].isin(BILLED_OR_PAID) & (milestones.frame["overpaid"] != 0)


@rule(
    "S206",
    Severity.WARNING,
    "paid",
    "Money received, but the status does not say so",
    message="{paid} were received, but the status is “{status}”.",
    fix="Set the status to partially paid or paid; for a milestone that was never billed, send the invoice, too.",
    breaks=(rows({"status": "draft", "paid": 500.0}), rows({"status": "sent", "paid": 500.0})),
    keeps=(
        rows({"status": "partially paid", "paid": 500.0}),
        rows({"status": "sent", "paid": 0.0}),
        rows({"status": "sent", "paid": 2000.0}),
        rows({"status": "overdue", "due_date": "2026-03-01", "paid": 500.0}),
    ),
)
def S206(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Money on a milestone that says “draft” or “sent” was booked by somebody and forgotten in the sheet.

    An overdue milestone may well be paid in part, as long as something is left to chase.
    """
    frame = milestones.frame
    received = frame["counted"] & (frame["paid"] > 0) & frame["paid_recorded"]
    not_billed = frame["state"] == State.NOT_BILLED
    sent = (frame["status"] == Status.SENT) & (frame["overpaid"] == 0)
    settled = (frame["status"] == Status.OVERDUE) & (frame["outstanding"] == 0) & (frame["overpaid"] == 0)
    return received & (not_billed | sent | settled)


@rule(
    "S208",
    Severity.WARNING,
    "due_date",
    "Due date has passed and it was never billed",
    message="These {amount} were due on {due_date}, but the status is “{status}”: was the invoice ever sent?",
    fix="Send the invoice and set the status to sent, or move the due date.",
    breaks=(
        rows({"status": "draft", "invoice_number": "", "due_date": "2026-03-30"}),
        rows({"status": "", "invoice_number": "", "due_date": "2025-01-01"}),
    ),
    keeps=(rows({"status": "draft", "invoice_number": ""}), rows({"due_date": "2026-03-30"})),
)
def S208(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """The work was to be paid by now and no invoice went out: this money is asked for by nobody."""
    frame = milestones.frame
    late = frame["due_date"] < pd.Timestamp(milestones.as_of)
    return frame["counted"] & (frame["state"] == State.NOT_BILLED) & late
