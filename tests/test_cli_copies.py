"""A workbook and its copy in one folder: no figure is doubled in silence."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from milestone_report import cli

if TYPE_CHECKING:
    from pathlib import Path

ROWS: list[tuple[str | int, ...]] = [
    ("Milestone", "Amount", "Currency", "Status", "Invoice number", "Due date"),
    ("Deposit", 4000, "EUR", "sent", "INV-1", "2026-03-31"),
    ("Midpoint", 3000, "EUR", "paid", "INV-2", "2026-02-28"),
    ("Balance", 500, "GBP", "planned", "", "2026-06-30"),
]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Harbour"
    for row in ROWS:
        sheet.append(row)
    path = tmp_path / "books" / "Billing.xlsx"
    path.parent.mkdir()
    book.save(path)
    return path


def report(original: Path, *words: str) -> tuple[str, dict[str, Any]]:
    """What the terminal said, and summary.json."""
    out = original.parent.parent / "out"
    run = ["report", str(original.parent), "--out", str(out), "--as-of", "2026-04-15", "--format", "json", *words]
    done = CliRunner().invoke(cli.cli, run)
    assert done.exit_code == 0, done.output
    return done.output, json.loads((out / "summary.json").read_bytes())


def outstanding(summary: dict[str, Any]) -> list[tuple[str, str]]:
    return [(total["currency"], total["outstanding"]) for total in summary["totals"]]


def remembered(summary: dict[str, Any]) -> list[tuple[str, str]]:
    """What was outstanding at the report before, as the trend has it."""
    return [(point["currency"], point["outstanding"]) for point in summary["trend"] if point["as_of"] == "2026-04-15"]


def codes(summary: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in summary["findings"]}


def edited(original: Path, name: str) -> None:
    """A copy in which the deposit was paid meanwhile."""
    book = load_workbook(original)
    book["Harbour"]["D2"] = "paid"
    book.save(original.with_name(name))


def test_a_copy_that_is_the_same_is_counted_once_whatever_it_is_called(original: Path) -> None:
    alone, without = report(original, "--no-history")
    shutil.copy(original, original.with_name("Alt.xlsx"))
    said, summary = report(original, "--no-history")
    assert "counted twice" not in said
    assert alone.splitlines()[1:3] == said.splitlines()[1:3]
    assert summary["totals"] == without["totals"]
    assert summary["control"]["counted_twice"] == {"milestones": 0, "amounts": []}
    [notice] = [finding for finding in summary["findings"] if finding["code"] == "W010"]
    assert "“Alt.xlsx”, byte for byte" in notice["message"]


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_copy_made_between_two_runs_of_a_day_doubles_nothing_of_what_is_remembered(
    original: Path, *, is_edited: bool
) -> None:
    """The copy comes first by its name, and so it is the one that is read."""
    report(original)
    if is_edited:
        edited(original, original.name)
    shutil.copy(original, original.with_name("Alt.xlsx"))
    _said, second = report(original)
    _said, later = report(original, "--as-of", "2026-04-22")
    assert remembered(later) == outstanding(second)
    assert not later["changes"]["items"]


def test_two_runs_of_a_day_on_two_copies_are_remembered_once(original: Path) -> None:
    report(original)
    copy = original.parent.parent / "elsewhere" / "Alt.xlsx"
    copy.parent.mkdir()
    shutil.copy(original, copy)
    _said, second = report(copy)
    _said, later = report(copy, "--as-of", "2026-04-22")
    assert remembered(later) == outstanding(second)


def test_what_a_copy_that_was_edited_doubles_is_said_with_its_money(original: Path) -> None:
    edited(original, "Billing - Copy.xlsx")
    said, summary = report(original)
    assert "2 milestones are counted twice: 3,000.00 EUR and 500.00 GBP." in said
    assert summary["control"]["counted_twice"] == {
        "milestones": 2,
        "amounts": [{"currency": "EUR", "amount": "3000.00"}, {"currency": "GBP", "amount": "500.00"}],
    }
    assert outstanding(summary) == [("EUR", "4000.00"), ("GBP", "0.00")], "the deposit differs: it is in both as it is"


def test_it_is_not_said_to_whoever_ignores_the_findings_of_copies(original: Path) -> None:
    edited(original, "Billing - Copy.xlsx")
    said, summary = report(original, "--ignore", "P406,W010")
    assert "counted twice" not in said
    assert summary["control"]["counted_twice"]["milestones"] == 2


def test_check_says_it_at_its_end(original: Path) -> None:
    edited(original, "Billing - Copy.xlsx")
    done = CliRunner().invoke(cli.cli, ["check", str(original.parent), "--as-of", "2026-04-15"])
    assert "2 milestones are counted twice: 3,000.00 EUR and 500.00 GBP." in done.output
