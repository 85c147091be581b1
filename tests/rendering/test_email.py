"""The draft opens everywhere, says the same as the page, and stays small whatever the input."""

from __future__ import annotations

import dataclasses
import re

import pytest

from milestone_report.model import Finding, Settings, Severity
from milestone_report.rendering import email, excel, html
from tests.building import AS_OF, report_of
from tests.rendering.mail_reading import WORKBOOK, draft, part
from tests.rendering.mail_sample import BOOK, heavy
from tests.rendering.page_reading import Page
from tests.rendering.page_sample import sample_report, several_workbooks


@pytest.fixture(autouse=True)
def _quick_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "render", lambda _report: WORKBOOK)


def test_is_an_unsent_draft_with_both_bodies_and_the_workbook() -> None:
    message = draft(sample_report())
    assert message["X-Unsent"] == "1"
    assert message["MIME-Version"] == "1.0"
    assert message["Date"] is None
    assert message["Message-ID"] is None
    assert message["To"] is None
    bodies, attachment = message.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert bodies.get_content_type() == "multipart/alternative"
    assert [one.get_content_type() for one in bodies.iter_parts()] == ["text/plain", "text/html"]
    assert attachment.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert attachment.get_filename() == "Milestones 2026-03-31.xlsx"
    assert attachment.get_content() == WORKBOOK
    assert not message.defects


def test_the_same_report_makes_the_same_bytes() -> None:
    assert email.render(sample_report()) == email.render(sample_report())


def test_lines_end_as_mail_wants_and_are_short_enough() -> None:
    lines = email.render(heavy()).split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998, "RFC 5322, 2.1.1"


def test_no_text_is_taken_for_a_boundary() -> None:
    boundary = "--=_milestone-report-draft"
    rows = [{"project": f"{boundary}--", "milestone": boundary, "amount": 100, "status": "sent"}]
    report = report_of(rows, BOOK)
    assert boundary in part(report, "plain")
    assert len(list(draft(report).iter_parts())) == 2


def test_answers_first_then_the_lists() -> None:
    text = part(sample_report(), "plain")
    order = ["Here is where the milestones stand on 31 March 2026", "1 milestone is not in these figures", "CHASE: 12",
             "INVOICE NOW: 2", "GET THE SIGNATURE: 4", "FIX THE WORKBOOK: 8", "\nUNPAID\n", "\nREADY TO BILL\n",
             "\nBILLED WITHOUT SIGN-OFF\n", "\nFIX THE WORKBOOK\n", "in the attached workbook", "Made by"]  # fmt: skip
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)


def test_the_plain_twin_reads_well_by_itself() -> None:
    text = part(sample_report(), "plain")
    assert (
        "CHASE: 12 unpaid\n"
        "  41,200.00 EUR, overdue 32,200.00, credits -1,250.00\n"
        "  24,750.00 GBP, overdue 8,250.00\n"
        "  1,200,000 JPY, overdue 1,200,000\n"
        "  7 of them overdue; longest late: "
    ) in text
    assert (
        "- 5,600.00 EUR (of 11,600.00): Harbour app, Midpoint, Kestrel GmbH, INV-2063\n"
        "  due 20 Feb 2026, 39 days late\n"
    ) in text
    assert "24,750.00 GBP outstanding: not due 10,900.00, 61–90 days late 8,250.00, no due date 5,600.00\n" in text
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]\n", text)


def test_both_bodies_have_the_figures_of_the_page() -> None:
    page = Page(html.render(sample_report()))
    bodies = Page(email.render_body(sample_report())).text(), part(sample_report(), "plain")
    for line in page.by_class("line"):
        name, figure = ("".join(one.itertext()) for one in line)
        said = f"{name} {figure}" if "part" in line.get("class", "").split() else f"{figure} {name}"
        assert all(said in body for body in bodies)


def test_problems_are_one_list_worst_first_without_notes() -> None:
    text = part(sample_report(), "plain").split("\nFIX THE WORKBOOK\n")[1]
    kinds = re.findall(r"^- (\w+) \w\d+", text, re.MULTILINE)
    assert kinds == ["Error"] * 4 + ["Warning"] * 4
    assert "- Error R103 at Harbour app!D11: The amount “TBC”" in text


def test_many_errors_leave_no_room_for_warnings() -> None:
    errors = [Finding("F302", Severity.ERROR, "agency.xlsx", "", "", "", f"Error {i}", f"{i}") for i in range(30)]
    warning = Finding("S201", Severity.WARNING, "agency.xlsx", "", "", "", "A warning", "…")
    body = Page(email.render_body(dataclasses.replace(sample_report(), findings=(warning, *errors)))).text()
    assert "Error 7" in body
    assert "Error 8" not in body
    assert "A warning" not in body
    assert "and 23 more in the attached workbook" in body


def test_long_lists_are_cut_and_counted_and_totals_are_complete() -> None:
    rows = [{"project": f"P{i}", "amount": 100_00, "status": "sent", "evidence": "found"} for i in range(57)]
    body = Page(email.render_body(report_of(rows, BOOK))).text()
    assert "and 37 more in the attached workbook" in body
    assert "57 unpaid" in body
    assert "5,700.00 EUR" in body


def test_the_body_stays_under_100_kilobytes_whatever_the_input() -> None:
    report = heavy()
    data = email.render_body(report)
    assert len(data) < 100_000
    assert len(part(report, "plain").encode()) < 100_000
    body = Page(data).text()
    assert "4,000 unpaid" in body
    assert re.search(r"and 3,9\d\d more in the attached workbook", body)


def test_many_currencies_keep_the_totals_complete() -> None:
    codes = [f"X{first}{second}" for first in "ABCDEFGHIJKLM" for second in "ABCDEFGHIJKLM"]
    rows = [{"project": "A", "amount": 10**15, "currency": code, "status": "sent"} for code in codes]
    data = email.render_body(report_of(rows, BOOK))
    assert len(data) < 100_000
    body = Page(data).text()
    assert all(code in body for code in codes)
    assert "and 161 more currencies in the attached workbook" in body


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '" style="x', "{{ 7 * 7 }}", "&amp;", "</td></table>"])
def test_a_cell_says_what_it_says_in_both_bodies(nasty: str) -> None:
    row = {"project": nasty, "milestone": nasty, "client": nasty, "invoice_number": nasty, "signoff": nasty,
           "evidence": "missing", "amount": 100, "status": "sent"}  # fmt: skip
    finding = Finding("R103", Severity.ERROR, nasty, nasty, "A1", nasty, nasty, nasty)
    report = report_of([row], BOOK, [finding], settings=Settings(as_of=AS_OF, title=nasty, company=nasty))
    page = Page(email.render_body(report))
    assert f"{nasty} {nasty}, {nasty}" in page.text()
    assert not page.all("script")
    assert f"- 1.00 EUR: {nasty}, {nasty}" in part(report, "plain")


def test_a_row_with_little_to_say_leaves_no_loose_commas() -> None:
    rows = [{"project": "Solo", "amount": 100, "status": "sent"}, {"project": "Solo", "amount": 5, "evidence": "found"}]
    report = report_of(rows, BOOK)
    for text in (part(report, "plain"), Page(email.render_body(report)).text()):
        assert ", ," not in text
        assert " ," not in text
    assert "- 1.00 EUR: Solo\n  no due date\n" in part(report, "plain")
    assert "sign-off date not given" in part(report, "plain")


def test_of_many_workbooks_names_the_oldest() -> None:
    text = part(several_workbooks([f"client {i}.xlsx" for i in range(10)]), "plain")
    oldest = "client 9.xlsx, last saved 13 February 2026, 17:42 (46 days earlier)"
    assert f"\nFrom 10 workbooks; the oldest is {oldest}.\n" in text


def test_says_so_where_nothing_was_counted() -> None:
    text = part(report_of([], BOOK), "plain")
    assert "No milestones were counted." in text
    assert "UNPAID" not in text


def test_the_html_body_of_the_draft_is_the_document_for_pasting() -> None:
    assert part(sample_report(), "html") == email.render_body(sample_report()).decode()
