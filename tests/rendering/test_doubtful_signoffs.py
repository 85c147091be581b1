"""A sign-off file that is not what its name says counts as signed, and no output ticks it off."""

from __future__ import annotations

import email as standard
from email.policy import SMTP
from pathlib import Path

import pytest

from milestone_report.model import Evidence
from milestone_report.rendering import email, excel, html
from milestone_report.rendering.text.figures import figures
from tests.building import report_of
from tests.rendering.excel_sample import column, load
from tests.rendering.page_reading import Page, text_of

ODD = "“login.pdf” is a web page, and not a PDF"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

FOUND = {"signoff": "login.pdf", "evidence": Evidence.FOUND.value, "signoff_path": "/files/login.pdf"}
ROWS = [
    {"project": "Quay", "milestone": "Deposit", "amount": 100_00, "status": "sent", **FOUND, "signoff_odd": ODD},
    {"project": "Quay", "milestone": "Midpoint", "amount": 200_00, "status": "planned", **FOUND, "signoff_odd": ODD},
    {"project": "Quay", "milestone": "Final", "amount": 400_00, "status": "planned", **FOUND},
]
REPORT = report_of(ROWS, Path("agency.xlsx"))
SAID = "signed? Look at the file"


def test_the_figures_stay_those_of_a_signed_milestone() -> None:
    assert [one.ready_to_bill for one in REPORT.summary.totals] == [600_00]


def test_the_page_shows_no_tick_but_what_the_file_is() -> None:
    page = Page(html.render(REPORT))
    cells = [text_of(cell) for cell in page.by_class("c-signoff") if cell.tag == "td"]
    assert sum(f"{SAID} {ODD}" in cell for cell in cells) == 4, "in the two lists, and twice below the project"
    assert len(page.by_class("doubt")) == 4
    ticked = [one for one in page.by_class("file") if "yes" in one.attrib["class"].split()]
    assert len(ticked) == 2, "the one that is in order, in its list and below its project"


def test_the_mail_says_it_where_it_says_what_can_be_invoiced() -> None:
    message = standard.message_from_bytes(email.render(REPORT), policy=SMTP)
    said = Page(email.render_body(REPORT)).text()
    assert said.count(f"{SAID} {ODD}") == 1
    plain = message.get_body(("plain",))
    assert plain is not None
    assert f"  ! {SAID}: {ODD}" in plain.get_content().splitlines()


def test_the_page_the_mail_and_the_terminal_say_how_many_to_look_at_before_their_money_is_invoiced() -> None:
    page = Page(html.render(REPORT)).text()
    assert page.count("1 of them to look at first") == 2, "in the tile and over the list"
    assert "2 milestones, 1 of them to look at first" in page
    assert "1 of them to look at first" in Page(email.render_body(REPORT)).text()
    [line] = (line.plain for line in figures(REPORT) if "Invoice now" in line.plain)
    assert line.endswith("600.00 EUR; 1 of them to look at first")


def test_the_workbook_says_it_in_the_lists() -> None:
    book = load(REPORT)
    assert column(book["Unpaid"], "UnpaidMilestones", "Sign-off") == [SAID]
    assert column(book["Ready to bill"], "ReadyToBill", "Look at the file before you invoice") == [ODD, None]


def test_where_no_file_is_odd_nothing_is_said() -> None:
    rows = [row | {"signoff_odd": ""} for row in ROWS]
    report = report_of(rows, Path("agency.xlsx"))
    page = Page(html.render(report)).text()
    assert SAID not in page
    assert "to look at first" not in page
    assert not any("to look at first" in line.plain for line in figures(report))
    assert b"before you invoice" not in excel.render(report)
    assert "Look at the file before you invoice" not in [
        cell.value for line in load(report)["Ready to bill"].iter_rows() for cell in line
    ]
