"""S: what was received, against the amount and the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.model import Severity, State, Status
from milestone_report.money import spelled_money
from milestone_report.rules.rule import BILLED_OR_PAID, Example, rows, rule

if TYPE_CHECKING:
    import pandas as pd

    from milestone_report.model import Milestones


def _what_was_paid(_milestones: Milestones, hits: pd.DataFrame) -> list[str]:
    """What the Paid cell says of each of these milestones, and of a credit that is not given back in full."""
    said: list[str] = []
    columns = (hits[name].tolist() for name in ("currency", "amount", "paid", "outstanding"))
    for currency, amount, paid, rest in zip(*columns, strict=True):
        whole, part, left = (spelled_money(each, currency) for each in (amount, paid, rest))
        if amount < 0:
            said.append(
                phrase(
                    "the Paid cell of this credit of {whole} says {part}: {left} are still to be given back",
                    whole=whole,
                    part=part,
                    left=left,
                )
            )
        else:
            said.append(
                phrase(
                    "only {part} of {whole} were received: {left} are still outstanding",
                    whole=whole,
                    part=part,
                    left=left,
                )
            )
    return said


_UNDERPAID = phrase("Set the status to partially paid, or correct the paid amount; on a credit it stands with a minus.")
_OVERPAID = phrase("Check the payment. It may belong to another invoice, or be owed back.")


def _other_column(milestones: Milestones, hits: pd.DataFrame, how: str) -> dict[str, list[str]]:
    """What is said, and to be done, where a payment is exactly what an amount column says that is not used (W006)."""
    told: dict[str, list[str]] = {"other": [], "how": []}
    for sheet_id, row in hits[["sheet_id", "row"]].itertuples(index=False):
        sheet = milestones.sheets[sheet_id]
        column = next((column for column, rows in sheet.paid_as if row in rows), None)
        other, do = "", how
        if column is not None:
            names = {"header": column.header, "cell": f"{column.letter}{row}", "used": sheet.columns["amount"].header}
            other = phrase(" It is exactly what “{header}” ({cell}) says, which is not used.", **names)
            do = phrase(
                "Check which column is the amount that was invoiced: this report counts “{used}”, and the client seems "
                "to have paid “{header}” ({cell}). In milestone-report.toml, below [columns], you say which counts.",
                **names,
            )
        told["other"].append(other)
        told["how"].append(do)
    return told


_ON_A_CREDIT = phrase(" On a credit it stands with a minus.")


def _what_is_recorded(hits: pd.DataFrame) -> list[str]:
    """The Paid cells in which no part of the amount stands, in words."""
    said: list[str] = []
    for currency, amount, recorded, paid in hits[["currency", "amount", "paid_recorded", "paid_cell"]].itertuples(
        index=False
    ):
        if not recorded:
            said.append(phrase("not recorded"))
        elif paid == amount:
            said.append(phrase("the whole amount"))
        else:
            said.append(spelled_money(paid, currency) if paid else phrase("nothing"))
    return said


def _what_was_overpaid(milestones: Milestones, hits: pd.DataFrame) -> dict[str, list[str]]:
    return _other_column(milestones, hits, _OVERPAID)


@rule(
    "S203",
    Severity.ERROR,
    "paid",
    "Marked paid, but less was received",
    message="The status is “paid”, but {said}.{other}",
    fix="{how}",
    breaks=(
        rows({"status": "paid", "paid": 999.99}),
        rows({"status": "paid", "paid": 0.0}),
        rows({"status": "paid", "paid": -50.0, "amount": -100.0}),
        rows({"status": "paid", "paid": 100.0, "amount": -100.0}),
    ),
    keeps=(
        rows({"status": "paid", "paid": 1000.0}),
        rows({"status": "paid", "paid": ""}),
        rows({"paid": 10.0}),
        rows({"status": "paid", "paid": -100.0, "amount": -100.0}),
    ),
    facts=lambda milestones, hits: {
        "said": _what_was_paid(milestones, hits),
        **_other_column(milestones, hits, _UNDERPAID),
    },
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
    fix="Write what was received so far in the Paid column; if nothing was, set the status to sent, and if all was, to "
    "paid.{on_a_credit}",
    breaks=(
        rows({"status": "partially paid", "paid": ""}),
        rows({"status": "part paid", "paid": 1000.0}),
        rows({"status": "partially paid", "paid": 0.0}),
        rows({"status": "partially paid", "paid": 0.01, "amount": -0.01}),
    ),
    keeps=(
        rows({"status": "partially paid", "paid": 400.0}),
        rows({"status": "sent", "paid": ""}),
        rows({"status": "partially paid", "paid": None}),
        rows({"status": "partially paid", "paid": 2000.0}),
        rows({"status": "partially paid", "paid": 0.01}),
        rows({"status": "partially paid", "paid": 5.0, "amount": 0.0}),
        rows({"status": "partially paid", "paid": -40.0, "amount": -100.0}),
        rows({"status": "partially paid", "paid": -0.01, "amount": -100.0}),
        rows({"status": "partially paid", "paid": "", "amount": "TBC"}),
    ),
    facts=lambda _milestones, hits: {
        "recorded": _what_is_recorded(hits),
        "on_a_credit": [_ON_A_CREDIT if amount < 0 else "" for amount in hits["amount"]],
    },
)
def S204(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Without the figure the balance is unknown, so the whole amount is chased or the wrong rest is."""
    frame = milestones.frame
    partly = frame["counted"] & (frame["status"] == Status.PARTIALLY_PAID)
    amount, received = frame["amount"], frame["paid_cell"]  # 0 where nothing is recorded
    return partly & ((received == 0) | (received == amount) | ((amount < 0) & (received > 0)))


@rule(
    "S205",
    Severity.WARNING,
    "paid",
    "More was paid than the amount",
    message="{paid} were received for {amount}: {overpaid} too much.{other}",
    fix="{how}",
    breaks=(
        rows({"status": "paid", "paid": 1000.01}),
        Example(
            cells=(
                ("Milestone", "Net", "Gross", "Currency", "Status", "Paid"),
                ("Deposit", 1000.0, 1190.0, "EUR", "paid", 1190.0),
            )
        ),
        rows({"status": "sent", "paid": 2000.0}),
        rows({"status": "paid", "paid": -150.0, "amount": -100.0}),
    ),
    keeps=(rows({"status": "paid", "paid": 1000.0}), rows({"status": "draft", "paid": 2000.0})),
    facts=_what_was_overpaid,
)
def S205(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An overpayment is the client's money. It never lowers what other milestones owe in this report."""
    return milestones.frame["state"].isin(BILLED_OR_PAID) & (milestones.frame["overpaid"] != 0)


_STATUS_OF_PAID = phrase("Set the status to partially paid or paid.")
_RECEIVED = {
    str(State.NOT_BILLED): (
        phrase(", so nothing was due: it counts as overpaid until the status says partially paid or paid"),
        phrase("Set the status to partially paid or paid, and send the invoice if that was not done."),
    ),
    str(State.VOID): (
        phrase(", so it is in no total"),
        phrase("Move it to the milestone that it was paid for, or give it back."),
    ),
}


def _what_it_counts_as(_milestones: Milestones, hits: pd.DataFrame) -> dict[str, list[str]]:
    """Where the report puts money that the status does not tell of, and what to do with it."""
    told = [_RECEIVED.get(state, ("", _STATUS_OF_PAID)) for state in hits["state"].tolist()]
    return {"so": [so for so, _how in told], "how": [how for _so, how in told]}


@rule(
    "S206",
    Severity.WARNING,
    "paid",
    "Money received, but the status does not say so",
    message="{paid_cell} were received, but the status is {status}{so}.",
    fix="{how}",
    breaks=(
        rows({"status": "draft", "paid": 500.0}),
        rows({"status": "sent", "paid": 500.0}),
        rows({"status": "void", "paid": 500.0}),
        rows({"status": "overdue", "paid": 1000.0}),
        rows({"status": "sent", "paid": 0.01}),
        rows({"status": "void", "paid": 0.01}),
        rows({"status": "overdue", "paid": 100.0, "amount": -100.0}),
    ),
    keeps=(
        rows({"status": "partially paid", "paid": 500.0}),
        rows({"status": "sent", "paid": 0.0}),
        rows({"status": "sent", "paid": 2000.0}),
        rows({"status": "overdue", "due_date": "2026-03-01", "paid": 999.99}),
        rows({"status": "sent", "due_date": "2026-03-30", "paid": 500.0}),
        rows({"status": "void", "paid": 0.0}),
        rows({"status": "overdue", "paid": 2000.0}),
        rows({"status": "paid", "paid": 1000.0}),
        rows({"status": "draft", "paid": 500.0, "amount": "TBC"}),
        rows({"status": "sent", "paid": -100.0, "amount": -100.0}),
        rows({"status": "void", "paid": -100.0, "amount": -100.0}),
    ),
    facts=_what_it_counts_as,
)
def S206(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Money on a milestone that says “draft” or “sent” was booked by somebody and forgotten in the sheet.

    An overdue milestone may well be paid in part, as long as something is left to chase; where one still
    says “sent”, S201 asks for the right status. Money on a void milestone is in no total of the report.
    What is given back on a credit is not received.
    """
    frame = milestones.frame
    void = (frame["state"] == State.VOID) & (frame["paid_cell"] > 0)
    received = frame["counted"] & (frame["paid_cell"] > 0)
    not_billed = frame["state"] == State.NOT_BILLED
    sent = (frame["status"] == Status.SENT) & (frame["overpaid"] == 0) & ~frame["overdue"]
    settled = (frame["status"] == Status.OVERDUE) & (frame["outstanding"] <= 0) & (frame["overpaid"] == 0)
    return (received & (not_billed | sent | settled)) | void
