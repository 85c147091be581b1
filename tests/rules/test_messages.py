"""What the findings say, word for word: singular and plural, which money, which cell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import Milestones, Sheet
from milestone_report.rules import RULES, run
from milestone_report.rules.rule import Example, rows
from milestone_report.trial import findings_of
from tests.building import AS_OF, COLUMNS, frame_of

if TYPE_CHECKING:
    from pathlib import Path

PLANNED: dict[str, object] = {"status": "", "invoice_number": "", "signoff": ""}

EUROS: dict[str, object] = {"Contract total": 5000.0, "Currency": "EUR"}


def invoices(*numbers: object) -> Example:
    return rows(*({"milestone": f"Part {number}", "invoice_number": number} for number in numbers))


@pytest.mark.parametrize(
    ("code", "example", "cell", "message"),
    [
        (
            "R106",
            rows({"amount": -200.0}),
            "B2",
            "-200.00 EUR is counted as a credit: it lowers what is outstanding, and nobody is chased for it.",
        ),
        (
            "R106",
            rows({"amount": -200.0, "status": "paid"}),
            "B2",
            "-200.00 EUR is counted as a credit: it is settled and lowers what was paid, and nobody is chased for it.",
        ),
        (
            "R106",
            rows({"amount": -200.0, **PLANNED}),
            "B2",
            "-200.00 EUR is counted as a credit: it lowers what is not billed yet, and nobody is chased for it.",
        ),
        (
            "X502",
            invoices("INV-098", "INV-099", "INV-100", "INV-101", "INV-103"),
            "D6",
            "INV-102 is missing: invoices INV-101 and INV-103 are there.",
        ),
        (
            "X502",
            invoices(*(f"INV-{number:03}" for number in (*range(90, 98), 100))),
            "D10",
            "INV-098 to INV-099 are missing (2 numbers): invoices INV-097 and INV-100 are there.",
        ),
        (
            "X501",
            rows({}, {"milestone": "Final"}),
            "D3",
            "Invoice INV-1 (Example 1, 1,000.00 EUR) already stands in D2.",
        ),
        (
            "X501",
            rows({}, {}),
            "D3",
            "Invoice INV-1 (Example 1, 1,000.00 EUR) already stands in D2, and so does the whole row.",
        ),
        (
            "X501",
            Example(sheets=(rows({}), rows({"milestone": "Final"}))),
            "D2",
            "Invoice INV-1 (Example 2, 1,000.00 EUR) already stands in Example 1!D2.",
        ),
        (
            "P402",
            rows(
                {},
                {"milestone": "B", "invoice_number": "2", "currency": "USD", "amount": 5.0},
                {"milestone": "C", "invoice_number": "3", "currency": "USD", "amount": 7.0},
                {"milestone": "D", "invoice_number": "4"},
                {"milestone": "E", "invoice_number": "5"},
            ),
            "C3",
            "“Example 1” bills 3 milestones (3,000.00 EUR) and 2 milestones (12.00 USD): these are never added up.",
        ),
        (
            "P402",
            rows(
                {"currency": "USD"},
                {"milestone": "B", "invoice_number": "2", "currency": "USD"},
                {"milestone": "C", "invoice_number": "3", "amount": 5.0},
            ),
            "C4",
            "“Example 1” bills 1 milestone (5.00 EUR) and 2 milestones (2,000.00 USD): these are never added up.",
        ),
        (
            "P403",
            rows({"milestone": "Deposit 1"}, {"milestone": "Deposit 2", "invoice_number": "2"}),
            "A2",
            "“Deposit 1” (2,000.00 EUR) is all that is recorded for “Example 1”: where are the later milestones?",
        ),
        (
            "P403",
            rows({"milestone": "Deposit"}, block={"Contract total": 3000.0}),
            "A3",
            (
                "“Deposit” (1,000.00 EUR) is all that is recorded for “Example 1”, and 2,000.00 EUR of the "
                "contract total of 3,000.00 EUR are missing: where are the later milestones?"
            ),
        ),
        *(
            (
                "R114",
                rows({"project": "Orchard"}, block={"Project": it}),
                "J3",
                f"1 milestone (1,000.00 EUR) is counted for “Orchard” here, but the block above the table says “{it}”.",
            )
            for it in ("Acorn", "Harbour")
        ),
        (
            "R114",
            rows(
                *({"milestone": name, "invoice_number": name, "project": "Example 1"} for name in "ABC"),
                {"milestone": "D", "invoice_number": "D", "project": "Orchard"},
                {"milestone": "E", "invoice_number": "E", "project": "Orchard", "amount": "TBC"},
            ),
            "J5",
            (
                "1 milestone (1,000.00 EUR) and 1 milestone of unknown amount are counted for “Orchard” here, but "
                "the sheet is called “Example 1”."
            ),
        ),
        (
            "R116",
            rows({"status": "draft", "due_date": dt.date(2026, 3, 30)}),
            "D2",
            (
                "Invoice INV-1 is noted for these 1,000.00 EUR, but the status is “draft”: did it go out? It was "
                "due on 30 March 2026."
            ),
        ),
        (
            "R116",
            rows({"status": "draft", "due_date": dt.date(2026, 3, 31)}),
            "D2",
            "Invoice INV-1 is noted for these 1,000.00 EUR, but the status is “draft”: did it go out?",
        ),
        (
            "R116",
            rows({"status": ""}),
            "D2",
            "Invoice INV-1 is noted for these 1,000.00 EUR, but the status is blank: did it go out?",
        ),
        (
            "R112",
            rows({"due_date": dt.date(1926, 4, 15)}),
            "G2",
            "“Due date” says 15 April 1926: that is before the year 2000. It is taken at its word.",
        ),
        (
            "R112",
            rows({"due_date": dt.date(2206, 4, 15)}),
            "G2",
            "“Due date” says 15 April 2206: that is more than 10 years after 31 March 2026. It is taken at its word.",
        ),
        ("R101", rows({"milestone": ""}), "A2", "This milestone has no name, though the row holds 1,000.00 EUR."),
        (
            "R101",
            rows({"milestone": "", "status": "payed"}),
            "A2",
            "This milestone has no name, though the row holds 1,000.00 EUR, which is in no total.",
        ),
        *(
            (
                "S209",
                rows(*({**PLANNED, "milestone": name} for name in names), {"milestone": ""}),
                "F2",
                (
                    f"“A” (1,000.00 EUR) is not billed{others}, but another milestone below is already “sent”: was "
                    "an invoice left out?"
                ),
            )
            for names, others in (("A", ""), ("AB", " (nor is 1 more)"), ("ABC", " (nor are 2 more)"))
        ),
        (
            "S211",
            rows({"expected_date": dt.date(2026, 3, 30), "status": "partially paid", "paid": 400.0}),
            "J2",
            "600.00 EUR were expected by 30 March 2026; that was 1 day ago, and they are still outstanding.",
        ),
        (
            "S211",
            rows({**PLANNED, "expected_date": dt.date(2026, 3, 1)}),
            "J2",
            "1,000.00 EUR were expected by 1 March 2026; that was 30 days ago, and no invoice went out.",
        ),
        (
            "S203",
            rows({"status": "paid", "paid": -40.0, "amount": -100.0}),
            "J2",
            (
                "The status is “paid”, but the Paid cell of this credit of -100.00 EUR says -40.00 EUR: -60.00 EUR "
                "are still to be given back."
            ),
        ),
        (
            "S203",
            rows({"status": "paid", "paid": 0.0, "amount": 0.01}),
            "J2",
            "The status is “paid”, but only 0.00 EUR of 0.01 EUR were received: 0.01 EUR are still outstanding.",
        ),
        (
            "S203",
            rows({"status": "paid", "paid": 0.0, "amount": -0.01}),
            "J2",
            (
                "The status is “paid”, but the Paid cell of this credit of -0.01 EUR says 0.00 EUR: -0.01 EUR are "
                "still to be given back."
            ),
        ),
        *(
            (
                "S204",
                rows({"status": "partially paid", "paid": paid, "amount": amount}),
                "J2",
                f"The status is “partially paid”, but the paid amount is {recorded}: {rest} EUR count as outstanding.",
            )
            for amount, paid, recorded, rest in (
                (500.0, "", "not recorded", "500.00"),
                (500.0, 0.0, "nothing", "500.00"),
                (500.0, 500.0, "the whole amount", "0.00"),
                (-500.0, 200.0, "200.00 EUR", "-700.00"),
            )
        ),
        *(
            (
                "P403",
                rows(
                    *({"milestone": f"Deposit {n}", "currency": code} for n, code in enumerate(codes, 1)), block=EUROS
                ),
                "A4",
                f"“Deposit 1” ({money}) is all that is recorded for “Example 1”: where are the later milestones?",
            )
            for codes, money in (
                (["USD"], "1,000.00 USD"),
                (["EUR", "USD"], "1,000.00 EUR and 1,000.00 USD"),
            )
        ),
        (
            "P405",
            rows({"project": "A"}, {"project": "B"}, {"project": "C"}),
            "",
            "No contract total is given for “A”, “B” and “C”, so nobody can tell whether a milestone is missing.",
        ),
        *(
            (
                "P401",
                rows({"milestone": "A"}, block={"Contract total": contract}),
                "B1",
                f"The milestones of “Example 1” add up to 1,000.00 EUR: {by} than the contract total of {total} EUR.",
            )
            for contract, by, total in ((1000.01, "0.01 EUR less", "1,000.01"), (999.99, "0.01 EUR more", "999.99"))
        ),
        (
            "P401",
            rows({"milestone": "A"}, block={"Contract total": 900.0}),
            "B1",
            (
                "The milestones of “Example 1” add up to 1,000.00 EUR: 100.00 EUR more than the contract total of "
                "900.00 EUR."
            ),
        ),
        (
            "P406",
            Example(sheets=(rows({"project": "Harbour"}), rows({"project": "Harbour", "milestone": "Final"}))),
            "",
            (
                "“Harbour” stands on “Example 1”, too, though no milestone has the same name in both: if they mean the "
                "same work, it counts twice."
            ),
        ),
        (
            "P406",
            Example(sheets=(rows({"project": "Harbour"}), rows({"project": "Harbour", "amount": 900.0}))),
            "",
            "“Harbour” stands on “Example 1”, too: if both mean the same milestones, they are counted twice.",
        ),
        (
            "R113",
            rows({"status": "payed", "amount": 12500.0}),
            "F2",
            "The status “payed” is not known, so this row (12,500.00 EUR) is in no total. Did you mean “paid”?",
        ),
        (
            "R113",
            rows({"status": "payed", "amount": "TBC"}),
            "F2",
            "The status “payed” is not known, so this row is in no total. Did you mean “paid”?",
        ),
        (
            "R113",
            Example(cells=(("Milestone", "Amount (EUR)", "Status"), ("Fee", 500.0, "sent"), ("Balance", 500.0, ""))),
            "C3",
            (
                "The status is blank, and “Balance” may be a milestone or what is left to pay, so this row "
                "(500.00 EUR) is in no total."
            ),
        ),
        (
            "R109",
            rows({"currency": "Dollar"}),
            "C2",
            "“Dollar” cannot be the currency here: it is not a currency code. This amount (1,000.00) is in no total.",
        ),
        (
            "R109",
            rows({"paid": "$500"}),
            "J2",
            (
                "“$500” cannot be the currency here: it is in $, but the amount is in EUR. This amount (1,000.00 EUR) "
                "is in no total."
            ),
        ),
        (
            "R110",
            rows({"due_date": "03/04/2026"}),
            "G2",
            (
                "Due date “03/04/2026” cannot be read: it could be 3 April 2026 or 4 March 2026. Until it can, "
                "this milestone (1,000.00 EUR) counts as having no due date."
            ),
        ),
        (
            "R110",
            rows({"due_date": "03/04/2026", "status": "paid"}),
            "G2",
            "Due date “03/04/2026” cannot be read: it could be 3 April 2026 or 4 March 2026.",
        ),
    ],
)
def test_a_finding_says(code: str, example: Example, cell: str, message: str, tmp_path: Path) -> None:
    found = [(finding.cell, finding.message) for finding in findings_of(example, tmp_path) if finding.code == code]
    assert found == [(cell, message)]


@pytest.mark.parametrize(
    ("cells", "contract", "fix"),
    [
        (({"milestone": "A"},), 900.0, "Correct the amount or the contract total that is wrong."),
        (
            ({"milestone": "A"},),
            1100.0,
            "Add the milestone that is missing, or correct the amount or the contract total that is wrong.",
        ),
        (
            ({"project": "A"}, {"project": "B"}),
            2000.0,
            "Give each project a sheet of its own, with its own contract total.",
        ),
        (
            ({"currency": "USD"},),
            "EUR 1000.00",
            "Correct the currency that is wrong: that of the contract total, or that of the milestones.",
        ),
    ],
)
def test_what_to_do_about_a_contract_total_depends_on_what_is_wrong(
    cells: tuple[dict[str, object], ...], contract: object, fix: str, tmp_path: Path
) -> None:
    example = rows(*cells, block={"Contract total": contract})
    assert [finding.fix for finding in findings_of(example, tmp_path) if finding.code == "P401"] == [fix]


@pytest.mark.parametrize(("amount", "hint"), [(0.0, False), (0.01, False), (-0.01, True)])
def test_how_money_given_back_is_written_is_said_on_a_credit_alone(amount: float, hint: bool, tmp_path: Path) -> None:  # noqa: FBT001
    example = rows({"status": "partially paid", "paid": 0.0, "amount": amount})
    [fix] = [finding.fix for finding in findings_of(example, tmp_path) if finding.code == "S204"]
    assert ("On a credit it stands with a minus." in fix) is hint


@pytest.mark.parametrize(("contract", "begins"), [(1000.01, "Add the milestone that is missing"), (999.99, "Correct")])
def test_a_milestone_is_missing_only_where_they_add_up_to_less(contract: float, begins: str, tmp_path: Path) -> None:
    example = rows({"milestone": "A"}, block={"Contract total": contract})
    [fix] = [finding.fix for finding in findings_of(example, tmp_path) if finding.code == "P401"]
    assert fix.startswith(begins)


@pytest.mark.parametrize(
    ("amounts", "contract", "what", "begins"),
    [
        ((1000.0, -200.0), 1000.0, "800.00 EUR, credits of -200.00 EUR included: 200.00 EUR less", "The difference is"),
        ((1000.0, -150.0, -50.0), 1000.0, "800.00 EUR, credits of -200.00 EUR included: 200.00 EUR less", "The diff"),
        (
            (1000.0, -200.0),
            1000.01,
            "800.00 EUR, credits of -200.00 EUR included: 200.01 EUR less",
            "Add the milestone",
        ),
        ((1000.0, -200.0), 700.0, "800.00 EUR, credits of -200.00 EUR included: 100.00 EUR more", "Correct"),
        ((1000.0, 200.0), 1100.0, "1,200.00 EUR: 100.00 EUR more", "Correct"),
    ],
)
def test_credits_among_the_milestones_of_a_contract_are_named_as_the_difference_may_be_they(
    amounts: tuple[float, ...], contract: float, what: str, begins: str, tmp_path: Path
) -> None:
    names = [{"milestone": f"Part {number}", "invoice_number": f"INV-{number}"} for number in range(len(amounts))]
    example = rows(
        *({**name, "amount": amount} for name, amount in zip(names, amounts, strict=True)),
        {"milestone": "Void", "amount": -77.0, "status": "void", "invoice_number": "INV-9"},
        block={"Contract total": contract},
    )
    [found] = [finding for finding in findings_of(example, tmp_path) if finding.code == "P401"]
    assert f"add up to {what} than the contract total of " in found.message
    assert found.fix.startswith(begins)


def gaps(tmp_path: Path, *numbers: str) -> list[tuple[str, str]]:
    """The X502 findings of a sheet with these invoice numbers: the cell, and what is missing."""
    found = findings_of(invoices(*numbers), tmp_path)
    return [(each.cell, each.message.partition(":")[0]) for each in found if each.code == "X502"]


def test_of_several_series_of_invoices_each_is_judged_by_its_own_gaps(tmp_path: Path) -> None:
    clear = [f"{lead}{number}" for lead in "AB" for number in (1, 2, 3, 4, 6)]
    open_ones = [f"C{number}" for number in (1, 3, 5, 7, 9)]
    assert gaps(tmp_path, *clear, *open_ones) == [("D6", "A5 is missing"), ("D11", "B5 is missing")]


def test_a_gap_in_the_invoices_is_named_where_the_number_has_a_cell_of_its_own(tmp_path: Path) -> None:
    assert gaps(tmp_path, "R1; R6", "R2", "R3", "R4", "R6") == [("D6", "R5 is missing")]
    assert gaps(tmp_path, "R1", "R2", "R3", "R4; R6") == [("D5", "R5 is missing")]


def test_the_same_project_in_another_workbook_is_named_with_its_place() -> None:
    frame = frame_of([{"sheet_id": number, "milestone": "Fee", "project": "Harbour"} for number in range(4)])
    places = (("b.xlsx", "S"), ("b.xlsx", "T"), ("a.xlsx", "U"), ("c.xlsx", "V"))
    sheets = tuple(Sheet(book, sheet, 1, COLUMNS) for book, sheet in places)
    found = [each for each in run(Milestones(frame, sheets, AS_OF), [], RULES) if each.code == "P406"]
    assert [(each.sheet, each.message.partition(", too")[0]) for each in found] == [
        ("T", "“Harbour” stands on “S”"),
        ("U", "“Harbour” stands on “b.xlsx, S”"),
        ("V", "“Harbour” stands on “b.xlsx, S”"),
    ]


@pytest.mark.parametrize(("name", "said"), [("x" * 400, "x" * 400), ("x" * 401, "x" * 399 + "…")])
def test_what_stands_in_a_cell_is_quoted_up_to_a_length(name: str, said: str, tmp_path: Path) -> None:
    twice = rows({**PLANNED, "milestone": name}, {**PLANNED, "milestone": name})
    [message] = [finding.message for finding in findings_of(twice, tmp_path) if finding.code == "X503"]
    assert message.startswith(f"“{said}” (1,000.00 EUR) says the same as A2 in every column")
