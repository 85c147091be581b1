"""What must be known before the figures stands above them: what is not in them, and how old they are."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from milestone_report.model import Column, Finding, Report, Severity, Workbook
from milestone_report.summary import summarise
from tests.building import report_of
from tests.rendering.page_reading import Page, page_of, text_of
from tests.rendering.page_sample import nothing_read, sample_report, several_workbooks, unpaid_rows

BOOK = Path("clients/agency.xlsx")


@pytest.fixture(scope="module")
def sample() -> Page:
    return page_of(sample_report())


def test_names_the_rows_left_out_with_cell_and_value(sample: Page) -> None:
    (banner,) = sample.by_class("note")
    assert text_of(banner) == (
        "1 milestone is not in these figures. See what to fix "
        "Harbour app!D11 Harbour app, Launch: The amount “TBC” is not a number, so this milestone is in no total."
    )


def test_counts_the_money_left_out_and_shows_the_value_a_message_does_not_quote() -> None:
    rows = [
        {"project": "Mill", "milestone": "Deposit", "amount": 4_200_00, "status": "unknown", "trusted": False},
        {"project": "Mill", "milestone": "Final", "amount": 100, "currency": "", "status": "sent", "trusted": False},
    ]
    finding = Finding("R113", Severity.ERROR, "agency.xlsx", "Harbour app", "I2", "payed", "This is no status.", "…")
    (banner,) = page_of(report_of(rows, BOOK, [finding])).by_class("note")
    said = text_of(banner)
    assert "2 milestones are not in these figures. What can be read of their money: 4,200.00 EUR and 1 amount " in said
    assert "Harbour app!I2 “payed”, Mill, Deposit: This is no status." in said
    assert "Harbour app!H3 Mill, Final" in said, "a row without a finding is named all the same"


def test_says_why_an_amount_without_a_name_is_left_out() -> None:
    rows = [{"project": "Mill", "milestone": "", "amount": 100, "status": "planned", "trusted": False}]
    finding = Finding("R101", Severity.ERROR, "agency.xlsx", "Harbour app", "G2", "", "It has no name.", "…")
    (banner,) = page_of(report_of(rows, BOOK, [finding])).by_class("note")
    assert "It has no name." in text_of(banner)


def _twice(*findings: Finding) -> Report:
    report = report_of(unpaid_rows(2), BOOK, findings)
    frame = report.milestones.frame.assign(counted_twice=[False, True])
    milestones = dataclasses.replace(report.milestones, frame=frame)
    summary = summarise(milestones, report.workbooks, report.settings.ageing, findings)
    return dataclasses.replace(report, milestones=milestones, summary=summary)


def test_says_first_what_is_counted_twice() -> None:
    sheet = Finding("P406", Severity.WARNING, "agency.xlsx", "Harbour app", "", "", "It stands elsewhere, too.", "…")
    copy = Finding("W010", Severity.WARNING, "agency.xlsx", "", "", "", "This is a copy.", "…")
    page = page_of(_twice(sheet))
    title = "1 milestone is counted twice: 100.00 EUR."
    assert text_of(page.by_class("note")[0]) == f"{title} See what to fix Harbour app It stands elsewhere, too."
    assert "Counted twice 100.00 EUR 1 milestone" in page.text("control")
    (banner,) = page_of(_twice(sheet, copy)).by_class("note")
    assert text_of(banner) == f"{title} See what to fix agency.xlsx This is a copy."


def test_is_silent_about_copies_where_nobody_wants_to_hear_of_them() -> None:
    """A project that goes on from one sheet to the other: whoever ignores P406 has said so."""
    page = page_of(_twice())
    assert not page.by_class("note")
    assert "Counted twice" not in page.text()


def test_says_first_where_the_payments_fit_another_column_of_amounts() -> None:
    report = report_of(unpaid_rows(2), BOOK)
    [sheet] = report.milestones.sheets
    sheet = dataclasses.replace(sheet, paid_as=((Column("K", "Gross"), frozenset({2})),))
    milestones = dataclasses.replace(report.milestones, sheets=(sheet,))
    found = [
        Finding("W006", Severity.WARNING, "agency.xlsx", sheet.name, cell, "", f"{cell} is not used.", "…")
        for cell in ("K1", "L1")
    ]
    told = dataclasses.replace(report, milestones=milestones, findings=tuple(found))
    (banner,) = page_of(told).by_class("note")
    assert text_of(banner).startswith(
        "On 1 sheet the payments fit another column of amounts than the one that counts. See what to fix "
    )
    assert text_of(banner).endswith("K1 K1 is not used.")
    assert not page_of(dataclasses.replace(told, findings=())).by_class("note"), "the settings say which column counts"


def test_says_which_workbook_could_not_be_read() -> None:
    page = page_of(several_workbooks(broken="old/damaged.xlsx"))
    assert "1 workbook or sheet is not in these figures." in page.text()
    assert "“old/damaged.xlsx” is damaged and cannot be read." in text_of(page.by_class("note")[1])
    assert "old/damaged.xlsx could not be read" in text_of(page.all("header")[0])


def test_says_that_a_workbook_could_not_be_read_though_its_rule_is_off() -> None:
    (banner,) = page_of(nothing_read()).by_class("note")
    assert "agency.xlsx could not be read" in text_of(banner)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("F305", "1 sign-off folder could not be reached."),
        ("W003", "1 workbook is open in Excel: unsaved edits are not included."),
        ("W005", "1 workbook or sheet is not in these figures."),
    ],
)
def test_warns_before_the_figures(code: str, said: str) -> None:
    finding = Finding(code, Severity.WARNING, "agency.xlsx", "", "", "", "What happened.", "What to do.")
    (banner,) = page_of(report_of(unpaid_rows(1), BOOK, [finding])).by_class("note")
    assert said in text_of(banner)
    assert "What happened." in text_of(banner)


def test_adds_no_amounts_that_have_no_currency() -> None:
    rows = [
        {"project": "Mill", "amount": amount, "currency": "", "status": "sent", "trusted": False}
        for amount in (500, -500)
    ]
    rows.append({"project": "Mill", "amount_known": False, "currency": "", "status": "sent", "trusted": False})
    page = page_of(report_of(rows, BOOK))
    (banner,) = page.by_class("note")
    said = "3 milestones are not in these figures. What can be read of their money: 2 amounts without a currency."
    assert text_of(banner).startswith(said)
    assert "3 left out, 2 amounts without a currency" in page.text("control")


def _saved(*days: int) -> Report:
    """A report of workbooks that were saved so many days before its date."""
    report = report_of(unpaid_rows(1), BOOK)
    books = tuple(
        Workbook(
            f"{number}.xlsx",
            Path(f"clients/{number}.xlsx"),
            last_saved=dt.datetime.combine(report.settings.as_of - dt.timedelta(days=before), dt.time(9), dt.UTC),
        )
        for number, before in enumerate(days)
    )
    return dataclasses.replace(report, workbooks=books)


def test_warns_of_workbooks_that_nobody_saved_for_two_weeks_the_oldest_first() -> None:
    (banner,) = page_of(_saved(14, 3, 30)).by_class("note")
    assert text_of(banner) == (
        "2 workbooks were not saved in the 14 days before 31 March 2026: newer payments may be missing. "
        "2.xlsx last saved 1 March 2026, 09:00, 30 days earlier "
        "0.xlsx last saved 17 March 2026, 09:00, 14 days earlier"
    )


def test_of_many_old_workbooks_names_some_and_counts_the_others() -> None:
    (banner,) = page_of(_saved(*range(20, 28))).by_class("note")
    assert text_of(banner).startswith("8 workbooks were not saved")
    assert text_of(banner).endswith("and 3 more")


@pytest.mark.parametrize("days", [13, 0, -400])
def test_does_not_warn_of_a_workbook_saved_in_time_or_later(days: int) -> None:
    assert not page_of(_saved(days)).by_class("note")


def test_does_not_warn_of_a_workbook_whose_time_is_not_known() -> None:
    report = _saved(0)
    books = tuple(dataclasses.replace(book, last_saved=None) for book in report.workbooks)
    assert not page_of(dataclasses.replace(report, workbooks=books)).by_class("note")


def test_a_few_remarks_are_in_sight_and_many_leave_the_first_screen_to_the_answers(sample: Page) -> None:
    assert not sample.all("details", sample.by_class("note")[0])
    page = page_of(_saved(*range(14, 18)))
    (fold,) = page.all("details", page.by_class("note")[0])
    assert fold.get("open") is None
    assert text_of(page.all("summary", fold)[0]).startswith("4 workbooks were not saved")
    assert "3.xlsx last saved 14 March 2026" in text_of(fold)
