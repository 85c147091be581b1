"""What the findings on workbooks and sheets say, in a finance person's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milestone_report.rules.rule import Example
from milestone_report.trial import findings_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("code", "header", "says"),
    [
        (
            "W006",
            ("Milestone", "Amount", "Status", "Invoice number", "Inv no"),
            "“Inv no” was not used: “Invoice number” (D1) already gives the invoice number.",
        ),
        (
            "W006",
            ("Milestone", "Amount", "Status", "Sign-off date", "Approved on"),
            "“Approved on” was not used: “Sign-off date” (D1) already gives the sign-off date.",
        ),
    ],
)
def test_columns_are_named_as_people_know_them(code: str, header: tuple[str, ...], says: str, tmp_path: Path) -> None:
    example = Example(cells=(header, ("Deposit", 1000.0, "draft", "", "")))
    assert [found.message for found in findings_of(example, tmp_path) if found.code == code] == [says]
