"""The money in doubt and the number of problems read the same on the page, in mail and workbook, on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from milestone_report.model import Finding, Report, Severity
from milestone_report.rendering import email, html
from milestone_report.rendering import json as rendering_json
from milestone_report.rendering.text.figures import figures
from tests.building import report_of
from tests.rendering.excel_sample import load, texts
from tests.rendering.page_reading import Page, text_of

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

ERROR, WARNING, INFO = Severity
ROWS = [
    {"project": "Quay", "milestone": "Deposit", "amount": 100_00, "status": "sent"},
    {"project": "Quay", "milestone": "Extra", "amount": 50, "currency": "JPY", "status": "sent"},
    {"project": "Quay", "milestone": "Final", "amount_known": False, "trusted": False},
]


def report(*found: tuple[Severity, str]) -> Report:
    findings = [
        Finding("R115", severity, "agency.xlsx", "Harbour app", cell, "", "What.", "Do.") for severity, cell in found
    ]
    return report_of(ROWS, Path("agency.xlsx"), findings)


def fix_card(page: Page) -> str:
    return text_of(page.by_class("problems")[0])


def terminal(about: Report) -> list[str]:
    return [" ".join(line.plain.split()) for line in figures(about)]


def test_the_money_in_doubt_stands_in_every_output() -> None:
    doubted = report((ERROR, "A2"), (ERROR, "A3"))
    said = "100.00 EUR and 50 JPY in 2 milestones are in doubt"
    page = Page(html.render(doubted))
    assert said in fix_card(page)
    assert "In doubt: a cell has an error 100.00 EUR and 50 JPY" in page.text("control")
    assert said in Page(email.render_body(doubted)).text()
    assert f"\N{WARNING SIGN} {said}: see Problems." in texts(load(doubted)["Summary"])
    assert "In doubt: 100.00 EUR, 50 JPY (2 milestones with an error in a cell)." in terminal(doubted)


def test_an_amount_that_nobody_can_read_is_in_doubt_too() -> None:
    doubted = report((ERROR, "A4"))
    assert "1 amount in doubt cannot be read" in fix_card(Page(html.render(doubted)))
    assert "\N{WARNING SIGN} 1 amount in doubt cannot be read: see Problems." in texts(load(doubted)["Summary"])


def test_amounts_in_doubt_without_a_currency_are_counted_in_every_output() -> None:
    bare = {"project": "Quay", "currency": "", "trusted": False, "status": "sent"}
    rows = [ROWS[0], bare | {"amount": 5_00}, bare | {"amount": 70_00}]
    found = [Finding("R108", ERROR, "agency.xlsx", "Harbour app", f"A{row}", "", "What.", "Do.") for row in (2, 3, 4)]
    doubted = report_of(rows, Path("agency.xlsx"), found)
    said = "100.00 EUR and 2 amounts without a currency in 3 milestones are in doubt"
    page = Page(html.render(doubted))
    assert said in fix_card(page)
    assert "In doubt: a cell has an error 100.00 EUR and 2 amounts without a currency" in page.text("control")
    assert said in Page(email.render_body(doubted)).text()
    assert f"\N{WARNING SIGN} {said}: see Problems." in "".join(texts(load(doubted)["Summary"]))
    assert {said, "2 amounts without a currency"} <= set(texts(load(doubted)["Control"]))
    assert "In doubt: 100.00 EUR, 2 amounts without a currency (3 milestones with an error in a cell)." in terminal(
        doubted
    )
    in_doubt = json.loads(rendering_json.render(doubted))["control"]["in_doubt"]
    assert in_doubt == {
        "milestones": 3, "amounts": [{"currency": "EUR", "amount": "100.00"}],
        "amounts_unknown": 0, "amounts_without_currency": 2}  # fmt: skip


def test_where_nothing_is_in_doubt_nothing_is_said() -> None:
    sure = report((WARNING, "A2"))
    assert "doubt" not in Page(html.render(sure)).text("control")
    assert "doubt" not in fix_card(Page(html.render(sure)))
    assert not any("doubt" in line for line in [*terminal(sure), *texts(load(sure)["Summary"])])


def test_problems_are_errors_and_warnings_and_notes_are_said_apart() -> None:
    some = report((ERROR, "A2"), (WARNING, "A2"), (INFO, "A2"), (INFO, "A3"))
    sheet = load(some)["Summary"]
    assert [(line[0].value, line[1].value) for line in sheet.iter_rows() if str(line[0].value).startswith("Fix")] == [
        ("Fix: 1 error, 1 warning", 2)
    ]
    assert "Also 2 notes on the sheet Problems, for information only." in texts(sheet)
    assert fix_card(Page(html.render(some))).startswith("Fix the workbook 2 problems error 1 warning 1 notes 2")
    assert "Fix the workbook 2 problems 1 error, 1 warning, plus 2 notes" in terminal(some)


def test_one_of_each_is_said_in_the_singular() -> None:
    one = report((ERROR, "A2"), (INFO, "A2"))
    assert fix_card(Page(html.render(one))).startswith("Fix the workbook 1 problem error 1 note 1")
    mail = Page(email.render_body(one)).text()
    assert "Fix the workbook 1 problem 100.00 EUR" in mail
    assert "1 error 1 note" in mail
    assert "Fix the workbook 1 problem 1 error, 0 warnings, plus 1 note" in terminal(one)


def test_the_control_sheet_has_the_money_in_doubt_and_counts_what_has_no_currency() -> None:
    bare = {"project": "Quay", "currency": "", "trusted": False, "status": "sent"}
    found = [Finding("R108", ERROR, "agency.xlsx", "Harbour app", "A2", "", "What.", "Do.")]
    rows = [*ROWS, bare | {"amount": 5}, bare | {"amount": -5}]
    said = texts(load(report_of(rows, Path("agency.xlsx"), found))["Control"])
    assert "2 amounts without a currency" in said
    assert "100.00 EUR in 1 milestone are in doubt" in said
