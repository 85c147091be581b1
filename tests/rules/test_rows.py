"""What is said of a row whose cells can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milestone_report.reading.vocabulary import vocabulary
from milestone_report.rules.rows import NOT_BILLED_OR_NOT_PAID
from milestone_report.rules.rule import rows
from milestone_report.trial import findings_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("status", ["open", "Unpaid", "outstanding", "offen", "noch nicht bezahlt", "impayée"])
def test_a_status_that_may_mean_not_billed_yet_is_said_to_be_read_as_sent(status: str, tmp_path: Path) -> None:
    found = findings_of(rows({"status": status, "invoice_number": ""}), tmp_path)
    (said,) = (each for each in found if each.code == "R115")
    assert said.message == (
        f"The status is “{status}”, which is read as sent, but there is no invoice number for these 1,000.00 EUR."
    )
    assert said.fix == (
        "If it was not billed yet, write planned or draft as its status. Otherwise write the number of the invoice "
        "that went out."
    )


@pytest.mark.parametrize("status", ["sent", "invoiced", "paid", "overdue"])
def test_any_other_status_of_a_bill_is_taken_at_its_word(status: str, tmp_path: Path) -> None:
    found = findings_of(rows({"status": status, "invoice_number": "", "due_date": "2026-03-01"}), tmp_path)
    (said,) = (each for each in found if each.code == "R115")
    assert said.message == f"The status is “{status}”, but there is no invoice number for these 1,000.00 EUR."
    assert said.fix == "Write the number of the invoice that went out, or set the status back to draft if none did."


def test_all_words_that_may_mean_not_billed_yet_are_read_as_sent() -> None:
    statuses = vocabulary().statuses
    assert {statuses.get(word) for word in NOT_BILLED_OR_NOT_PAID} == {"sent"}
