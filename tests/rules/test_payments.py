"""What is said of money that was received."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milestone_report.rules.rule import Example, rows
from milestone_report.trial import findings_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("status", "so", "fix"),
    [
        (
            "draft",
            ", so nothing was due: it counts as overpaid until the status says partially paid or paid",
            "Set the status to partially paid or paid, and send the invoice if that was not done.",
        ),
        ("void", ", so it is in no total", "Move it to the milestone that it was paid for, or give it back."),
        ("sent", "", "Set the status to partially paid or paid."),
    ],
)
def test_money_that_the_status_does_not_tell_of_is_said_with_where_it_counts(
    status: str, so: str, fix: str, tmp_path: Path
) -> None:
    found = findings_of(rows({"status": status, "paid": 500.0, "due_date": "2026-05-01"}), tmp_path)
    (said,) = (each for each in found if each.code == "S206")
    assert said.message == f"500.00 EUR were received, but the status is “{status}”{so}."
    assert said.fix == fix


UNDERPAID = (
    "The status is “paid”, but only 1,000.00 EUR of 1,190.00 EUR were received: 190.00 EUR are still outstanding."
)


@pytest.mark.parametrize(
    ("amount", "paid", "code", "message"),
    [
        (1000.0, 1190.0, "S205", "1,190.00 EUR were received for 1,000.00 EUR: 190.00 EUR too much."),
        (
            1190.0,
            1000.0,
            "S203",
            UNDERPAID,
        ),
    ],
)
def test_a_payment_that_is_what_the_other_amount_column_says_is_told_to_be(
    amount: float, paid: float, code: str, message: str, tmp_path: Path
) -> None:
    header = ("Milestone", "Invoice amount", "Total", "Currency", "Status", "Paid")
    example = Example(cells=(header, ("Deposit", amount, paid, "EUR", "paid", paid)))
    (said,) = (each for each in findings_of(example, tmp_path) if each.code in {"S203", "S205"})
    assert said.code == code
    assert said.message == f"{message} It is exactly what “Total” (C2) says, which is not used."
    assert said.fix == (
        "Check which column is the amount that was invoiced: this report counts “Invoice amount”, and the client seems "
        "to have paid “Total” (C2). In milestone-report.toml, below [columns], you say which counts."
    )


@pytest.mark.parametrize(
    ("paid", "fix"),
    [
        (1200.0, "Check the payment. It may belong to another invoice, or be owed back."),
        (999.0, "Set the status to partially paid, or correct the paid amount; on a credit it stands with a minus."),
    ],
)
def test_any_other_payment_is_to_be_checked(paid: float, fix: str, tmp_path: Path) -> None:
    header = ("Milestone", "Invoice amount", "Total", "Currency", "Status", "Paid")
    example = Example(cells=(header, ("Deposit", 1000.0, 1190.0, "EUR", "paid", paid)))
    (said,) = (each for each in findings_of(example, tmp_path) if each.code in {"S203", "S205"})
    assert "exactly" not in said.message
    assert said.fix == fix
