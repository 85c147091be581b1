"""Which milestone is which: by project and name, else by invoice number; and what only one run has read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.totals import Money
from tests.history.building import FEE, FIRST, SECOND, Row, items_of, one_sheet, report_of, told

if TYPE_CHECKING:
    from milestone_report.changes import Item

RETAINER: Row = {"project": "Care", "milestone": "Fee", "amount": 100, "status": "planned"}


def said(items: list[Item]) -> list[tuple[str, int]]:
    return [(str(item.kind), item.row) for item in items]


def month(number: int, **more: object) -> Row:
    return {**RETAINER, "due_date": dt.date(2026, number, 1), **more}


def test_capitals_blanks_and_signs_make_no_other_milestone() -> None:
    assert items_of([FEE], [{**FEE, "project": "harbour ", "milestone": "DEPOSIT."}]) == []


def test_a_renamed_milestone_is_known_by_its_invoice_number() -> None:
    assert items_of([FEE], [{**FEE, "milestone": "Anzahlung", "invoice_number": "inv 1"}]) == []
    assert items_of([FEE], [{**FEE, "project": "Harbour 2", "milestone": "Anzahlung"}]) == []


def test_a_renamed_milestone_without_an_invoice_is_another_one() -> None:
    planned = {**FEE, "invoice_number": "", "status": "planned"}
    assert said(items_of([planned], [{**planned, "milestone": "Anzahlung"}])) == [("new", 2), ("removed", 2)]


def test_a_name_counts_before_an_invoice_number() -> None:
    final = {**FEE, "milestone": "Final", "invoice_number": "INV-2"}
    swapped = [{**FEE, "invoice_number": "INV-2"}, {**final, "invoice_number": "INV-1"}]
    assert items_of([FEE, final], swapped) == []


def test_a_credit_that_quotes_an_invoice_is_not_taken_for_it() -> None:
    credit = {**FEE, "milestone": "Credit", "amount": -1000}
    assert said(items_of([FEE], [credit])) == [("new", 2), ("removed", 2)]


def test_of_one_name_the_due_date_tells_which_month_it_is() -> None:
    before = [month(number) for number in (1, 2, 3)]
    now = [month(2, status="sent", invoice_number="7"), month(3), month(4)]
    assert said(items_of(before, now)) == [("billed", 2), ("became_overdue", 2), ("due_moved", 4)]


def test_of_one_name_an_invoice_that_is_gone_is_not_taken_for_a_new_month() -> None:
    before = [month(1, status="sent", invoice_number="6"), month(2)]
    assert said(items_of(before, [month(2), month(3)])) == [("new", 3), ("removed", 2)]


def test_of_one_name_the_invoice_number_tells_which_it_is() -> None:
    sent = [{**RETAINER, "status": "sent", "invoice_number": number} for number in "123"]
    assert said(items_of(sent, [sent[2], {**sent[0], "status": "paid"}])) == [("removed", 3), ("paid", 3)]


def test_milestones_of_one_name_are_else_told_apart_by_their_order() -> None:
    assert said(items_of([RETAINER] * 2, [RETAINER] * 3)) == [("new", 4)]


def test_on_two_sheets_of_one_project_each_is_itself() -> None:
    def report(*amounts: int, as_of: dt.date) -> object:
        sheets = {f"Sheet {number}": [{**FEE, "amount": amount}] for number, amount in enumerate(amounts)}
        return report_of({"Book.xlsx": sheets}, as_of)

    changes = told(report(10, 20, as_of=FIRST), report(10, 25, as_of=SECOND))  # type: ignore[arg-type]
    assert [(item.sheet, item.before, item.after) for item in changes.items] == [("Sheet 1", 20, 25)]


def test_a_milestone_on_another_sheet_or_in_another_workbook_is_the_same() -> None:
    before = report_of({"Book.xlsx": {"A": [FEE], "B": []}}, FIRST)
    assert told(before, report_of({"Book.xlsx": {"A": [], "B": [FEE]}}, SECOND)).items == ()
    changes = told(before, report_of({"Renamed.xlsx": {"A": [FEE]}}, SECOND))
    assert (changes.items, changes.not_compared) == ((), ())
    assert changes.workbooks_new == ("Renamed.xlsx",)


OTHER: Row = {"project": "Other", "milestone": "Final", "amount": 30, "status": "sent"}
POUNDS: Row = {"project": "Other", "milestone": "Extra", "amount": 4, "status": "sent", "currency": "GBP"}


def test_a_workbook_that_was_not_read_this_time_is_not_compared_and_named() -> None:
    before = report_of({"a.xlsx": {"A": [FEE]}, "b.xlsx": {"B": [OTHER, POUNDS]}}, FIRST)
    for now in (
        report_of({"a.xlsx": {"A": [{**FEE, "status": "paid"}]}}, SECOND),
        report_of({"a.xlsx": {"A": [{**FEE, "status": "paid"}]}}, SECOND, unreadable=["b.xlsx"]),
    ):
        changes = told(before, now)
        assert said(list(changes.items)) == [("paid", 2)]
        [held] = changes.not_compared
        assert (held.workbook, held.sheet, held.milestones) == ("b.xlsx", "", 2)
        assert held.outstanding == (Money("EUR", 30), Money("GBP", 4))
        [bridge] = changes.bridge
        assert (bridge.currency, bridge.opening, bridge.closing) == ("EUR", 1000, 0)


def test_a_sheet_that_cannot_be_used_this_time_is_not_compared_and_named() -> None:
    before = report_of({"a.xlsx": {"A": [FEE], "B": [OTHER]}}, FIRST)
    changes = told(before, report_of({"a.xlsx": {"A": [FEE]}}, SECOND, skipped={"a.xlsx": "B"}))
    assert changes.items == ()
    assert [(held.workbook, held.sheet) for held in changes.not_compared] == [("a.xlsx", "B")]


def test_a_sheet_that_is_there_no_more_is_removed() -> None:
    before = report_of({"a.xlsx": {"A": [FEE], "B": [OTHER]}}, FIRST)
    changes = told(before, report_of({"a.xlsx": {"A": [FEE]}}, SECOND))
    assert said(list(changes.items)) == [("removed", 2)]
    assert changes.not_compared == ()


def test_a_workbook_that_the_earlier_run_had_not_read_is_named() -> None:
    before = report_of({"a.xlsx": {"A": [FEE]}}, FIRST, unreadable=["b.xlsx"])
    changes = told(before, report_of({"a.xlsx": {"A": [FEE]}, "b.xlsx": {"B": [OTHER]}}, SECOND))
    assert changes.workbooks_new == ("b.xlsx",)
    assert said(list(changes.items)) == [("new", 2)]


def test_milestones_without_a_name_are_known_by_their_invoice_or_their_due_date() -> None:
    nameless = {**FEE, "milestone": ""}
    assert items_of([nameless, FEE], [FEE, nameless]) == []
    due = {**nameless, "invoice_number": "", "due_date": dt.date(2026, 5, 1)}
    assert said(items_of([due], [{**due, "status": "paid"}])) == [("paid", 2)]


def test_an_empty_report_has_no_bridge() -> None:
    changes = told(one_sheet(as_of=FIRST), one_sheet(as_of=SECOND))
    assert (changes.bridge, changes.items) == ((), ())
