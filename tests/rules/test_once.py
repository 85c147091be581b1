"""One slip gives one finding, at the cell that most likely is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.rules.rule import Example, rows
from milestone_report.trial import findings_of

if TYPE_CHECKING:
    from pathlib import Path

PLANNED: dict[str, object] = {"status": "", "invoice_number": "", "signoff": ""}
UNCOUNTED: dict[str, object] = {"currency": "EUX"}
FAR_BACK = dt.date(1926, 2, 1)
CONTRACT = {"Contract total": 2000.0, "Currency": "EUR"}
COPY = Example(rows=({"milestone": "Fee"},), block={"Project": "Harbour"})


def fee(*cells: dict[str, object], **more: Any) -> Example:
    """Rows that are no deposit: a deposit that stands alone is a finding of its own."""
    return rows(*({"milestone": "Fee", **row} for row in cells), **more)


def found(example: Example, folder: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in findings_of(example, folder) if finding.code != "P405"]


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        pytest.param(fee({}, {}), [("X501", "D3")], id="a row copied with its invoice number"),
        pytest.param(fee(PLANNED, PLANNED), [("X503", "A3")], id="a planned row copied"),
        pytest.param(
            fee({}, {"invoice_number": "INV-2", "amount": 5.0}), [("P404", "A3")], id="a milestone's name used twice"
        ),
        pytest.param(
            Example(sheets=(COPY, COPY)),
            [("P406", "")],
            id="a sheet copied",
        ),
        pytest.param(
            fee({"status": "draft", "due_date": dt.date(2026, 3, 1), "paid": 500.0}),
            [("S206", "J2")],
            id="paid in part, but still a draft with an invoice number and a due date that has passed",
        ),
        pytest.param(
            fee({"status": "draft", "due_date": dt.date(2026, 3, 1)}),
            [("R116", "D2")],
            id="invoiced, but still a draft",
        ),
        pytest.param(
            fee({**PLANNED, "due_date": dt.date(2026, 3, 20), "expected_date": dt.date(2026, 3, 25)}),
            [("S208", "G2")],
            id="never billed, and due and expected dates have passed",
        ),
        pytest.param(
            fee({**PLANNED, "due_date": dt.date(2026, 3, 20)}, {"milestone": "Final"}),
            [("S208", "G2")],
            id="never billed though due, and a later one is billed",
        ),
        pytest.param(fee({"due_date": FAR_BACK}), [("R112", "G2")], id="a due date of another century"),
        pytest.param(fee({"invoice_date": FAR_BACK}), [("R112", "E2")], id="an invoice date of another century"),
        pytest.param(
            fee({"signoff_date": dt.date(2126, 2, 25)}), [("R112", "I2")], id="a sign-off date of the next century"
        ),
        pytest.param(
            fee({}, {"milestone": "Final", "invoice_number": "2"}), [("F307", "H3")], id="a sign-off named twice"
        ),
        pytest.param(
            fee({"signoff": "sign.pdf"}, files={"signed.pdf": 1000}), [("F302", "H2")], id="a file under another name"
        ),
        pytest.param(
            fee({**PLANNED, "due_date": FAR_BACK}), [("R112", "G2")], id="a planned due date of another century"
        ),
        pytest.param(fee({"invoice_date": dt.date(2027, 3, 1)}), [("S210", "E2")], id="an invoice date of next year"),
        pytest.param(fee({"status": "sent", "paid": 1200.0}), [("S205", "J2")], id="more than the amount received"),
        pytest.param(
            fee({"status": "sent", "due_date": dt.date(2026, 3, 1), "paid": 500.0}),
            [("S201", "F2")],
            id="sent, overdue and partly paid",
        ),
        pytest.param(
            fee({"status": "overdue", "paid": 1000.0}), [("S206", "J2")], id="overdue, but paid before it was due"
        ),
        pytest.param(
            fee({"milestone": "Deposit"}, block=CONTRACT), [("P403", "A4")], id="a contract with a deposit only"
        ),
        pytest.param(
            fee(
                {"milestone": "A"},
                {"milestone": "B", "currency": "USD", "invoice_number": "2", "signoff": "b.pdf"},
                block=CONTRACT,
                files={"signed.pdf": 1000, "b.pdf": 2000},
            ),
            [("P402", "C5")],
            id="one currency code that differs",
        ),
        pytest.param(fee({"amount": "TBC"}, block=CONTRACT), [("R103", "B4")], id="an amount that is no number"),
        pytest.param(
            fee({"currency": None, "amount": "$1,200"}), [("R108", "B2")], id="text with a sign that several share"
        ),
        pytest.param(
            fee(
                *({**PLANNED, "milestone": name, "currency": None, "amount": "$1,200"} for name in ("Design", "Build"))
            ),
            [("R108", "B2")],
            id="a column of such texts",
        ),
        pytest.param(
            Example(
                cells=(("Milestone", "Amount", "Currency", "Status"), ("Fee", 5.0, "EUR", "draft"), ("Balance", 5.0))
            ),
            [("R113", "D3")],
            id="a row that may be a sum, without a currency",
        ),
        pytest.param(
            fee({**UNCOUNTED, "invoice_number": "", "signoff": ""}), [("R109", "C2")], id="a currency that is none"
        ),
        pytest.param(
            fee(UNCOUNTED, files={"signed.pdf": b"<html>"}),
            [("R109", "C2")],
            id="a currency that is none, and a sign-off that is a web page",
        ),
        pytest.param(
            fee({}, {**UNCOUNTED, "milestone": "Final", "invoice_number": "2"}),
            [("R109", "C3")],
            id="a currency that is none, and a sign-off named twice",
        ),
        pytest.param(
            fee({**UNCOUNTED, "signoff_date": dt.date(2026, 3, 9)}),
            [("R109", "C2")],
            id="a currency that is none, and billed before it was signed",
        ),
        pytest.param(
            fee({**UNCOUNTED, "invoice_date": dt.date(2026, 4, 1)}),
            [("R109", "C2")],
            id="a currency that is none, and billed ahead",
        ),
        pytest.param(
            fee(PLANNED, {**UNCOUNTED, "milestone": "Final"}),
            [("R109", "C3")],
            id="a currency that is none after one that is not billed",
        ),
        pytest.param(fee({"status": "payed"}), [("R113", "F2")], id="a status that is misspelt"),
        pytest.param(fee({"due_date": "03/04/2026"}), [("R110", "G2")], id="a due date that can be two days"),
        pytest.param(fee({"signoff": "signd.pdf"}), [("F302", "H2")], id="a sign-off that is misspelt"),
    ],
)
def test_one_slip_gives_one_finding(example: Example, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert found(example, tmp_path) == expected


def test_a_copied_sheet_says_how_much_money_is_counted_twice(tmp_path: Path) -> None:
    sheet = Example(rows=({"project": "Harbour"}, {"project": "Harbour", "milestone": "Final", "invoice_number": "2"}))
    [message] = [each.message for each in findings_of(Example(sheets=(sheet, sheet)), tmp_path) if each.code == "P406"]
    assert message == (
        "“Harbour” stands on “Example 1”, too: the same in both, and so counted twice, are 2 milestones (2,000.00 EUR)."
    )


def test_what_is_out_of_order_names_the_milestone_that_overtook_it(tmp_path: Path) -> None:
    example = rows(
        {"milestone": "Deposit", "status": "paid"},
        {**PLANNED, "milestone": "Midpoint"},
        {"milestone": "Extra", "invoice_number": "INV-2", "due_date": dt.date(2026, 4, 1)},
        {"milestone": "Final", "invoice_number": "INV-3", "due_date": dt.date(2026, 6, 1), "status": "Invoiced"},
        {**PLANNED, "milestone": "Support"},
    )
    [message] = [finding.message for finding in findings_of(example, tmp_path) if finding.code == "S209"]
    assert message == (
        "“Midpoint” (1,000.00 EUR) is not billed, but “Final” below is already “Invoiced”: was an invoice left out?"
    )


def test_of_thousands_of_projects_on_a_sheet_the_first_is_named(tmp_path: Path) -> None:
    example = rows(*({"project": f"Project {number}", "milestone": "Fee"} for number in range(3000)))
    [message] = [finding.message for finding in findings_of(example, tmp_path) if finding.code == "P405"]
    assert message.startswith("No contract total is given for “Project 0” and 2,999 other projects, so nobody")
