"""What is said of money that was received."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milestone_report.rules.rule import rows
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
