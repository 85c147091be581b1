from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from milestone_report.changes import Change, Item
from milestone_report.parts import parts
from milestone_report.rendering import json as summary
from tests.conftest import ROOT
from tests.rendering.changes_sample import changed_report, first_report, partly_compared, with_changes
from tests.rendering.page_sample import sample_report

if TYPE_CHECKING:
    from milestone_report.model import Report

SCHEMA = json.loads((ROOT / "milestone_report/rendering/summary.schema.json").read_text(encoding="utf-8"))


def written(report: Report) -> dict[str, Any]:
    """summary.json read back, valid against its schema."""
    found: dict[str, Any] = json.loads(summary.render(report))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(SCHEMA, format_checker=checker).validate(found)
    return found


def test_changes_are_decimal_strings_iso_dates_and_words_as_they_are() -> None:
    changes = written(changed_report())["changes"]
    assert changes["since"] == "2026-03-24"
    first = {item["kind"]: item for item in reversed(changes["items"])}
    assert first["part_paid"] == {
        "kind": "part_paid", "workbook": "agency.xlsx", "sheet": "Harbour app", "row": 10, "project": "Harbour app",
        "milestone": "Midpoint", "before": "0.00", "after": "6000.00", "currency": "EUR", "amount": "11600.00",
        "outstanding_change": "-6000.00",
    }  # fmt: skip
    assert (first["due_moved"]["before"], first["due_moved"]["after"]) == ("2026-05-15", "2026-05-29")
    assert (first["billed"]["before"], first["billed"]["after"]) == ("planned", "sent")


def test_the_schema_knows_every_kind_of_change() -> None:
    assert set(SCHEMA["$defs"]["change"]["enum"]) == {str(kind) for kind in Change}


def test_each_bridge_adds_up_to_what_is_outstanding_and_its_movements_to_their_items() -> None:
    found = written(changed_report())
    outstanding = {total["currency"]: total["outstanding"] for total in found["totals"]}
    assert {bridge["currency"]: bridge["closing"] for bridge in found["changes"]["bridge"]} == outstanding
    for bridge in found["changes"]["bridge"]:
        moved = sum(Decimal(movement["amount"]) for movement in bridge["movements"])
        assert Decimal(bridge["opening"]) + moved == Decimal(bridge["closing"])
        for movement in bridge["movements"]:
            of_kind = [
                Decimal(item["outstanding_change"])
                for item in found["changes"]["items"]
                if (item["kind"], item["currency"]) == (movement["kind"], bridge["currency"])
            ]
            assert sum(of_kind) == Decimal(movement["amount"])


@pytest.mark.parametrize("report", [sample_report(), first_report(), next(parts(changed_report(), "owner")).report])
def test_without_an_earlier_report_and_in_a_part_there_are_no_changes(report: Report) -> None:
    assert written(report)["changes"] is None


def test_the_trend_has_a_point_for_each_report_and_currency() -> None:
    trend = written(changed_report())["trend"]
    assert [point["as_of"] for point in trend if point["currency"] == "JPY"] == [
        "2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"]  # fmt: skip
    assert trend[-1]["outstanding"] == str(Decimal(1200000))
    assert written(sample_report())["trend"] == []


def test_a_workbook_says_how_old_it_is_and_since_when_it_is_unchanged() -> None:
    plain = sample_report()
    (book,) = plain.workbooks
    unchanged = dataclasses.replace(book, unchanged_since=dt.date(2026, 3, 17))
    (found,) = written(dataclasses.replace(plain, workbooks=(unchanged,)))["workbooks"]
    assert (found["age_days"], found["unchanged_since"]) == (1, "2026-03-17")
    never_saved = dataclasses.replace(book, last_saved=None)
    (found,) = written(dataclasses.replace(plain, workbooks=(never_saved,)))["workbooks"]
    assert (found["age_days"], found["unchanged_since"]) == (None, None)


def test_what_is_not_compared_and_what_is_all_new_is_named() -> None:
    changes = written(partly_compared())["changes"]
    assert changes["workbooks_new"] == ["new.xlsx"]
    assert changes["sheets_new"] == [{"workbook": "agency.xlsx", "sheet": "Notes"}]
    assert changes["not_compared"][0] == {
        "workbook": "north/studio.xlsx", "sheet": None, "milestones": 12,
        "outstanding": [{"currency": "EUR", "amount": "4200.00"}, {"currency": "JPY", "amount": "900"}],
    }  # fmt: skip


def test_a_milestone_whose_money_cannot_be_read_has_no_amount() -> None:
    unread = Item(Change.NEW, "agency.xlsx", "Harbour app", 11, "Harbour app", "Launch", None, None, "", 0)
    (item,) = written(with_changes(sample_report(), [unread]))["changes"]["items"]
    assert (item["currency"], item["amount"]) == (None, None)
