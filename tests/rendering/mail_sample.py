"""Reports for tests of the mail: the heaviest that can be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.model import Finding, Settings, Severity
from tests.building import AS_OF, report_of

if TYPE_CHECKING:
    from milestone_report.model import Report

BOOK = Path("clients/agency.xlsx")


def heavy() -> Report:
    """5,000 unpaid milestones with names of 300 characters that each take many bytes."""
    name = '𝔏&"<' * 75
    rows = [
        {"project": name, "milestone": name, "client": name, "invoice_number": name, "amount": 10**14 + i,
         "status": ("sent", "planned")[i % 5 == 0], "due_date": "2026-01-01", "signoff": name, "signoff_hint": name,
         "evidence": ("missing", "found")[i % 5 == 0], "currency": ("EUR", "GBP", "KWD", "JPY")[i % 4]}
        for i in range(5000)
    ]  # fmt: skip
    found = [
        Finding("F302", Severity.ERROR, "agency.xlsx", name, f"L{i}", name, name * 3, name * 3) for i in range(5000)
    ]
    settings = Settings(as_of=AS_OF, title=name, company=name)
    return report_of(rows, BOOK, found, settings=settings)
