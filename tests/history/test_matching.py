"""Which milestone is which: by project and name, else by invoice number; and what only one run has read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.totals import Money
from tests.history.building import FEE, FIRST, SECOND, Row, items_of, one_sheet, report_of, told

if TYPE_CHECKING:
    from milestone_report.changes import Item
    from milestone_report.model import Report

RETAINER: Row = {"project": "Care", "milestone": "Fee", "amount": 100, "status": "planned"}


OTHER: Row = {"project": "Other", "milestone": "Final", "amount": 30, "status": "sent"}
POUNDS: Row = {"project": "Other", "milestone": "Extra", "amount": 4, "status": "sent", "currency": "GBP"}


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
    assert said(items_of(before, now)) == [("new", 4), ("removed", 2), ("billed", 2), ("became_overdue", 2)]


def test_of_one_name_alone_the_due_date_may_move() -> None:
    assert said(items_of([month(1)], [month(4)])) == [("due_moved", 2)]


def test_of_one_name_a_due_date_may_be_filled_in() -> None:
    assert said(items_of([RETAINER, month(2)], [month(2), month(3)])) == [("due_moved", 3)]


def test_of_one_name_the_money_tells_which_it_is_when_they_are_sorted() -> None:
    three = [{**RETAINER, "amount": 300, "status": "paid"}, {**RETAINER, "status": "sent"}, {**RETAINER, "amount": 200}]
    assert items_of(three, [three[1], three[2], three[0]]) == []
    assert said(items_of(three, three[1:])) == [("removed", 2)]
    assert said(items_of(three, [three[2], {**three[1], "status": "paid"}, three[0]])) == [("paid", 3)]
    dated = [{**one, "due_date": dt.date(2026, 5, 1)} for one in three]
    assert items_of(dated, [dated[1], dated[2], dated[0]]) == []


def test_a_word_in_place_of_an_invoice_number_is_none() -> None:
    before = [{**FEE, "invoice_number": "TBC"}, {**OTHER, "invoice_number": "TBC"}]
    now = [{**FEE, "milestone": "Extra", "invoice_number": "TBC"}, before[1]]
    assert said(items_of(before, now)) == [("new", 2), ("removed", 2)]


def test_an_invoice_number_that_two_projects_have_is_asked_for_in_the_same_one() -> None:
    before = [{**OTHER, "invoice_number": "1"}, {**FEE, "invoice_number": "1"}]
    now = [{**one, "milestone": f"{one['milestone']} 2"} for one in reversed(before)]
    assert items_of(before, now) == []


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


def test_a_milestone_on_another_sheet_or_in_another_workbook_of_both_runs_is_the_same() -> None:
    before = report_of({"Book.xlsx": {"A": [FEE], "B": []}}, FIRST)
    assert told(before, report_of({"Book.xlsx": {"A": [], "B": [FEE]}}, SECOND)).items == ()
    before = report_of({"a.xlsx": {"A": [FEE]}, "b.xlsx": {"B": [OTHER]}}, FIRST)
    now = report_of({"a.xlsx": {"A": []}, "b.xlsx": {"B": [OTHER, {**FEE, "status": "paid"}]}}, SECOND)
    assert said(list(told(before, now).items)) == [("paid", 3)]


def test_a_workbook_under_another_name_is_the_same() -> None:
    before = report_of({"Book.xlsx": {"A": [FEE, {**FEE, "milestone": "Final"}, OTHER]}}, FIRST)
    now = report_of({"Renamed.xlsx": {"A": [FEE, {**FEE, "milestone": "Final", "amount": 5}]}}, SECOND)
    changes = told(before, now)
    assert said(list(changes.items)) == [("removed", 4), ("amount_changed", 3)]
    assert (changes.not_compared, changes.workbooks_new) == ((), ())


def test_of_workbooks_in_a_folder_of_another_name_each_is_itself() -> None:
    def named(folder: str, as_of: dt.date) -> Report:
        return report_of({f"{folder}/{name}.xlsx": {"Sheet1": [FEE, OTHER]} for name in "ab"}, as_of)

    changes = told(named("new", FIRST), named("now", SECOND))
    assert (changes.items, changes.not_compared, changes.workbooks_new) == ((), (), ())


def test_another_set_of_workbooks_with_the_same_names_in_it_is_not_compared() -> None:
    def alike(*amounts: int) -> list[Row]:
        names = ("Deposit", "Final")
        return [
            {"project": "Sheet1", "milestone": name, "amount": amount, "status": "sent"}
            for name, amount in zip(names, amounts, strict=True)
        ]

    before = report_of({"Acme.xlsx": {"Sheet1": alike(1000, 2000)}}, FIRST)
    changes = told(before, report_of({"Beta.xlsx": {"Sheet1": alike(90000, 500)}}, SECOND))
    assert said(list(changes.items)) == [("new", 2), ("new", 3)]
    assert [(held.workbook, held.milestones) for held in changes.not_compared] == [("Acme.xlsx", 2)]
    assert changes.workbooks_new == ("Beta.xlsx",)
    both = {"Acme.xlsx": {"Sheet1": alike(1000, 2000)}, "Beta.xlsx": {"Sheet1": alike(1000, 2000)}}
    changes = told(report_of(both, FIRST), report_of({"Beta.xlsx": both["Beta.xlsx"]}, SECOND))
    assert changes.items == ()
    assert [(held.workbook, held.milestones) for held in changes.not_compared] == [("Acme.xlsx", 2)]


def test_what_is_in_a_workbook_that_came_beside_the_others_is_new() -> None:
    before = report_of({"a.xlsx": {"A": [FEE, OTHER]}}, FIRST)
    changes = told(before, report_of({"a.xlsx": {"A": [OTHER]}, "b.xlsx": {"A": [FEE]}}, SECOND))
    assert said(list(changes.items)) == [("new", 2), ("removed", 2)]


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


def test_a_sheet_that_could_not_be_used_then_is_named() -> None:
    before = report_of({"a.xlsx": {"A": [FEE]}}, FIRST, skipped={"a.xlsx": "B"})
    changes = told(before, report_of({"a.xlsx": {"A": [FEE, {**FEE, "milestone": "Extra"}], "B": [OTHER]}}, SECOND))
    assert said(list(changes.items)) == [("new", 3), ("new", 2)]
    assert changes.sheets_new == (("a.xlsx", "B"),)
    assert told(before, report_of({"a.xlsx": {"A": [FEE], "B": []}}, SECOND)).sheets_new == ()


def test_milestones_without_a_name_are_known_by_their_invoice_or_their_due_date() -> None:
    nameless = {**FEE, "milestone": ""}
    assert items_of([nameless, FEE], [FEE, nameless]) == []
    due = {**nameless, "invoice_number": "", "due_date": dt.date(2026, 5, 1)}
    assert said(items_of([due], [{**due, "status": "paid"}])) == [("paid", 2)]


def test_an_empty_report_has_no_bridge() -> None:
    changes = told(one_sheet(as_of=FIRST), one_sheet(as_of=SECOND))
    assert (changes.bridge, changes.items) == ((), ())
