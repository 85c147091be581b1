"""Random workbooks that are kept as they should be: no rule may cry wolf."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from milestone_report.currency import exponent
from milestone_report.model import Severity
from milestone_report.rules.rule import Example
from milestone_report.trial import findings_of
from tests.building import AS_OF

NAMES = ("Deposit", "Concept", "Midpoint", "Design", "Build", "Test", "Launch", "Final delivery", "Support")
DAY = dt.timedelta(days=1)


@st.composite
def clean_projects(draw: st.DrawFn, number: int) -> Example:
    """One sheet: billed in order, contract met, each sign-off a file of its own, dates in their order."""
    currency = draw(st.sampled_from(["EUR", "GBP", "USD", "JPY", "KWD"]))
    names = sorted(draw(st.sets(st.sampled_from(NAMES), min_size=2)), key=NAMES.index)
    billed = draw(st.integers(0, len(names)))
    paid = draw(st.integers(0, billed))
    minor = draw(st.lists(st.integers(1, 5_000_000), min_size=len(names), max_size=len(names)))
    scale = 10 ** exponent(currency)
    begun = AS_OF - draw(st.integers(100, 900)) * DAY
    rows = []
    for position, (name, units) in enumerate(zip(names, minor, strict=True)):
        row: dict[str, Any] = {"milestone": name, "amount": units / scale, "currency": currency, "paid": ""}
        row["invoice_number"] = f"{number + 1}00{position}" if position < billed else ""
        signed = begun + position * 10 * DAY
        row |= {"signoff": f"{number}-{position}.pdf", "signoff_date": signed, "invoice_date": "", "expected_date": ""}
        if position >= billed:
            row |= draw(not_billed())
        else:
            issued = signed + draw(st.integers(0, 9)) * DAY
            due = min(issued, AS_OF) + draw(st.integers(0, 60)) * DAY
            row |= {"invoice_date": issued, "due_date": due}
            row |= {"status": "paid", "paid": draw(st.sampled_from(["", units / scale]))} if position < paid else {}
            if position >= paid:
                row |= draw(open_invoice(units, scale, late=due < AS_OF))
        rows.append(row)
    total = sum(minor) / scale
    return Example(rows=tuple(rows), block={"Project": f"Project {number}", "Contract total": total})


@st.composite
def not_billed(draw: st.DrawFn) -> dict[str, Any]:
    """Planned or in draft, signed already or not, and due some day."""
    due = draw(st.sampled_from(["", AS_OF, AS_OF + 40 * DAY]))
    row = {"status": draw(st.sampled_from(["", "planned", "draft"])), "due_date": due}
    return row if draw(st.booleans()) else {**row, "signoff": "", "signoff_date": ""}


@st.composite
def open_invoice(draw: st.DrawFn, units: int, scale: int, *, late: bool) -> dict[str, Any]:
    """Sent, or overdue once it is late; perhaps paid in part, and then marked so while it is not late."""
    expected = draw(st.sampled_from(["", AS_OF, AS_OF + 7 * DAY]))
    part = draw(st.integers(1, units - 1)) / scale if units > 1 and draw(st.booleans()) else ""
    status = "overdue" if late else "partially paid" if part else "sent"
    return {"status": status, "paid": part, "expected_date": expected}


@st.composite
def clean_books(draw: st.DrawFn) -> Example:
    sheets = tuple(draw(clean_projects(number)) for number in range(draw(st.integers(1, 4))))
    named = [str(row["signoff"]) for sheet in sheets for row in sheet.rows if row["signoff"]]
    return Example(sheets=sheets, files={name: size for size, name in enumerate(named, 1)})


@given(book=clean_books())
def test_a_clean_book_breaks_no_rule(book: Example) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = findings_of(book, Path(folder))
    assert [finding for finding in found if finding.severity is not Severity.INFO] == []
