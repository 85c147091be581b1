"""What the findings on sign-off files say, and whom they accuse."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.model import Milestones, Notice, Sheet
from milestone_report.rules import RULES, run
from milestone_report.rules.rule import Example, rows
from milestone_report.trial import findings_of
from tests.building import AS_OF, COLUMNS, frame_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import Finding

MIDPOINT: dict[str, object] = {"milestone": "Midpoint", "invoice_number": "INV-2", "amount": 4800.0}
FINAL: dict[str, object] = {"milestone": "Final", "invoice_number": "INV-3", "amount": 700.5}


def findings(code: str, example: Example) -> list[Finding]:
    return [each for each in findings_of(example, Path()) if each.code == code]


def said(code: str, example: Example) -> list[tuple[str, str]]:
    return [(finding.cell, finding.message) for finding in findings(code, example)]


def test_a_file_named_twice_is_told_at_the_later_milestone_with_the_money_of_both() -> None:
    assert said("F307", rows({}, MIDPOINT)) == [
        ("H3", "4,800.00 EUR rest on “signed.pdf”, which also authorises “Deposit” in H2 (1,000.00 EUR).")
    ]


@pytest.mark.parametrize("name", ["midpoint.pdf", "two.pdf"])
def test_a_copy_under_another_name_is_told(name: str) -> None:
    files = {"signed.pdf": b"%PDF-1.7", name: b"%PDF-1.7"}
    [(cell, message)] = said("F307", rows({}, MIDPOINT | {"signoff": name}, files=files))
    assert cell == "H3"
    assert message == (
        f"4,800.00 EUR rest on “{name}” (the same content as “signed.pdf”), which also authorises “Deposit” in H2 "
        "(1,000.00 EUR)."
    )


def test_of_many_uses_on_a_sheet_the_first_is_not_accused_and_the_second_counts_the_others() -> None:
    [(cell, message)] = said(
        "F307", rows({}, MIDPOINT, FINAL, FINAL | {"milestone": "More", "invoice_number": "INV-4"})
    )
    assert cell == "H3"
    assert message.endswith("authorises “Deposit” in H2 (1,000.00 EUR), and below 2 milestones (1,401.00 EUR) more.")


def test_the_value_is_what_stands_in_the_cell() -> None:
    [finding] = findings("F307", rows({}, MIDPOINT | {"signoff": "SIGNED.PDF"}))
    assert finding.value == "SIGNED.PDF"


def test_a_milestone_without_a_name_or_a_readable_status_can_be_the_first() -> None:
    [(_cell, message)] = said("F307", rows({"milestone": "", "status": "on hold?"}, MIDPOINT))
    assert message.endswith("which also authorises a milestone without a name in H2 (1,000.00 EUR).")


@pytest.mark.parametrize(
    ("cells", "accused"),
    [
        (["a", "a\nb"], []),  # b is its own
        (["a\nb", "a"], ["F3"]),
        (["a", "b", "a\nb"], ["F4"]),
        (["a", "a\nb", "b"], ["F4"]),  # b is the second one's own, for it names it first
        (["a\nb", "b\na"], ["F3"]),
        (["a\na", "b"], []),
    ],
)
def test_a_file_of_its_own_clears_a_milestone(cells: Sequence[str], accused: list[str]) -> None:
    assert shared([{"signoff_path": cell} for cell in cells]) == accused


def test_a_milestone_with_a_file_that_cannot_be_checked_is_not_accused() -> None:
    """The other one may be its own."""
    assert said("F307", rows({}, MIDPOINT | {"signoff": "signed.pdf; https://example.com/approval"})) == []
    assert said("F307", rows({}, MIDPOINT | {"signoff": "signed.pdf; own.pdf"})) == []


def test_files_of_one_name_in_two_folders_are_two_files() -> None:
    other = {"signoff_path": "/two/a.pdf"}
    assert shared([{"signoff_path": "/one/a.pdf"}, other]) == []
    assert shared([{"signoff_path": "/one/a.pdf", "signoff_content": "x"}, other | {"signoff_content": "x"}]) == ["F3"]


def test_a_use_in_another_workbook_is_named_with_its_place() -> None:
    row = {"signoff_path": "/a.pdf", "evidence": "found", "amount": 100, "status": "sent"}
    frame = frame_of([row | {"sheet_id": number, "milestone": name} for number, name in enumerate("ABCD")])
    places = (("one.xlsx", "S"), ("one.xlsx", "T"), ("two.xlsx", "S"), ("more.xlsx", "S"))
    sheets = tuple(Sheet(book, sheet, 1, COLUMNS) for book, sheet in places)
    found = run(Milestones(frame, sheets, AS_OF), [], RULES)
    cell = COLUMNS["signoff"].letter + "2"
    assert [each.message.partition(" in ")[2] for each in found if each.code == "F307"] == [
        f"S!{cell} (1.00 EUR).",
        f"one.xlsx, S!{cell} (1.00 EUR).",
        f"one.xlsx, S!{cell} (1.00 EUR).",
    ]


def shared(uses: Sequence[dict[str, Any]]) -> list[str]:
    """The cells of F307 for milestones that name these found files, one a line."""
    row = {"evidence": "found", "amount": 100, "status": "sent", "signoff_content": ""}
    frame = frame_of(
        [
            row | {"milestone": str(number), "invoice_number": str(number)} | use
            | {"signoff_content": use.get("signoff_content", "\n" * use["signoff_path"].count("\n"))}
            for number, use in enumerate(uses)
        ]
    )  # fmt: skip
    columns = COLUMNS | {"signoff": COLUMNS["client"].__class__("F", "Sign-off")}
    found = run(Milestones(frame, (Sheet("book.xlsx", "S", 1, columns),), AS_OF), [], RULES)
    return [each.cell for each in found if each.code == "F307"]


def test_a_file_for_thousands_of_milestones_is_told_once() -> None:
    """A framework agreement would else bury every other finding."""
    assert shared([{"signoff_path": "a"} for _ in range(5_000)]) == ["F3"]


def test_a_file_that_is_not_what_its_name_says_is_told_with_the_money() -> None:
    example = rows({"signoff": "signed.pdf; b.exe"}, files={"signed.pdf": b"<html>", "b.exe": 9})
    [finding] = findings("F308", example)
    assert (finding.cell, finding.value) == ("H2", "signed.pdf\nb.exe")
    assert finding.message == (
        "“signed.pdf” is a web page, and not a PDF document: a portal's login page may have been saved in its place; "
        "“b.exe” is a program, and no document: do not open it. 1,000.00 EUR rest on this sign-off."
    )


def test_files_that_could_not_be_opened_are_told_at_the_workbook() -> None:
    notice = Notice("F308", "book.xlsx", value="a.pdf", facts={"what": "“a.pdf” could not be looked into (it is …)."})
    [finding] = run(Milestones(frame_of([]), (), AS_OF), [notice], RULES)
    assert (finding.sheet, finding.cell, finding.message) == ("", "", "“a.pdf” could not be looked into (it is …).")


def test_a_file_of_nobody_is_told_without_claiming_too_much() -> None:
    [finding] = findings("F309", rows(files={"signed.pdf": 9, "final.pdf": 8}))
    assert (finding.sheet, finding.cell, finding.value) == ("", "", "final.pdf")
    assert finding.message == (
        "“final.pdf” in the sign-off folder “signoffs” is named by no milestone of the workbooks read here."
    )


def test_a_file_that_is_suggested_for_a_missing_name_is_not_told_twice() -> None:
    example = rows({"signoff": "design-ok.pdf"}, files={"design-ok-v2.pdf": 9, "other.pdf": 8})
    assert [finding.value for finding in findings("F309", example)] == ["other.pdf"]
    assert findings("F302", example)[0].message.endswith("Is “design-ok-v2.pdf” meant?")


def test_a_sign_off_after_the_invoice_is_told_with_both_dates() -> None:
    late: dict[str, object] = {
        "amount": 12500.0,
        "invoice_date": dt.date(2026, 3, 3),
        "signoff_date": dt.date(2026, 3, 9),
    }
    assert said("F310", rows(late)) == [
        ("E2", "Billed 12,500.00 EUR on 3 March 2026, but signed only on 9 March 2026.")
    ]
    assert said("F310", rows(late | {"signoff": None})) == said("F310", rows(late))
    assert said("F310", rows(late | {"invoice_date": None})) == []
