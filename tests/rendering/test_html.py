"""The page says what the report says: answers, lists, control totals, and kind words where a list is empty."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from milestone_report.model import Finding, Settings, Severity, Sheet
from milestone_report.rendering import html
from milestone_report.totals import Control, Money
from tests.building import AS_OF, COLUMNS, report_of
from tests.rendering.page_reading import Page, page_of, text_of
from tests.rendering.page_sample import nothing_read, sample_report, several_workbooks, unpaid_rows

BOOK = Path("clients/agency.xlsx")


@pytest.fixture(scope="module")
def sample() -> Page:
    return page_of(sample_report())


# The first screen


def test_says_what_it_is_of_whom_and_how_fresh(sample: Page) -> None:
    assert text_of(sample.all("h1")[0]) == "Milestones on 31 March 2026"
    header = text_of(sample.all("header")[0])
    assert "North & Field Studio" in header
    assert "agency.xlsx last saved 30 March 2026, 17:42" in header
    assert "10 projects" in header
    assert "30 milestones counted" in header
    assert "1 left out" in header


def test_says_by_how_much_an_old_workbook_is_older_than_the_report() -> None:
    report = sample_report()
    saved = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
    books = tuple(dataclasses.replace(book, last_saved=saved) for book in report.workbooks)
    assert "09:00 (11 days earlier)" in page_of(dataclasses.replace(report, workbooks=books)).text()


def test_of_many_workbooks_names_the_oldest_and_how_many() -> None:
    page = page_of(several_workbooks([f"client {i}.xlsx" for i in range(10)]))
    header = text_of(page.all("header")[0])
    assert "10 workbooks, the oldest: client 9.xlsx last saved 13 February 2026" in header
    assert "client 1.xlsx" not in header


def test_answers_the_four_questions_with_the_totals_of_the_report(sample: Page) -> None:
    cards = [text_of(card) for card in sample.by_class("act")]
    assert cards == [
        (
            "Chase 12 unpaid EUR 41,200.00 overdue 32,200.00 credits -1,250.00 "
            "GBP 24,750.00 overdue 8,250.00 JPY 1,200,000 overdue 1,200,000 "
            "7 of them overdue; longest late: Lindqvist AB (109 days), Fjord Kraft AS (85 days), "
            "Orchard & Sons Ltd (70 days) and 4 more"
        ),
        "Invoice now 2 signed, not invoiced EUR 6,800.00 GBP 2,800.00 the longest was signed 22 days ago",
        "Get the signature 4 billed without sign-off EUR 8,200.00 GBP 18,900.00 and 6 more not billed yet",
        (
            "Fix the workbook 8 problems errors 4 warnings 4 notes 3 "
            "14,200.00 EUR and 8,250.00 GBP in 3 milestones are in doubt; 1 milestone left out of the figures"
        ),
    ]
    totals = sample_report().summary.totals
    assert [one.overdue for one in totals] == [32_200_00, 8_250_00, 1_200_000]
    assert [one.ready_to_bill for one in totals] == [6_800_00, 2_800_00, 0]
    assert [one.unsigned_billed for one in totals] == [8_200_00, 18_900_00, 0]


def test_whom_to_chase_is_a_client_however_written_or_the_project_where_none_is_named() -> None:
    rows = [
        {"project": "A", "client": "Acme", "amount": 100, "status": "sent", "due_date": "2026-03-30"},
        {"project": "B", "client": "ACME", "amount": 100, "status": "sent", "due_date": "2026-03-01"},
        {"project": "Solo", "amount": 100, "status": "sent", "due_date": "2026-03-21"},
        {"project": "C", "client": "Later", "amount": 100, "status": "sent", "due_date": "2026-04-21"},
    ]
    said = text_of(page_of(report_of(rows, BOOK)).by_class("act")[0])
    assert said.endswith("3 of them overdue; longest late: Acme (30 days) and Solo (10 days)")
    assert "overdue 3.00" in said


def test_heading_and_list_count_the_projects_alike_where_one_is_in_two_currencies() -> None:
    rows = [{"project": "A", "amount": 1, "currency": code, "status": "sent"} for code in ("EUR", "USD")]
    page = page_of(report_of([*rows, {"project": "B", "amount": 1, "status": "sent"}], BOOK))
    assert "2 projects (1 in several currencies)" in text_of(page.all("header")[0])
    assert "2 (1 in several currencies)" in page.text("projects-h")


def test_each_answer_leads_to_its_section(sample: Page) -> None:
    targets = [card.get("href", "").lstrip("#") for card in sample.by_class("act")]
    assert targets == ["unpaid", "ready", "unsigned", "problems"]
    assert all(sample.by_id(target).tag == "section" for target in targets)


# The lists


def test_groups_the_unpaid_by_age_oldest_first_with_the_sums_of_the_ageing(sample: Page) -> None:
    groups = [text_of(row) for row in sample.by_class("group", sample.by_id("t-unpaid"))]
    assert groups == [
        "Over 90 days late 1 4,400.00 EUR",
        "61–90 days late 2 1,500.00 EUR 8,250.00 GBP",
        "31–60 days late 1 5,600.00 EUR",
        "1–30 days late 3 20,700.00 EUR 1,200,000 JPY",
        "Not due 4 9,000.00 EUR 10,900.00 GBP",
        "No due date 1 5,600.00 GBP",
    ]


def test_an_unpaid_row_says_all_that_chasing_needs(sample: Page) -> None:
    rows = sample.rows("t-unpaid")
    (harbour,) = [row for row in rows if row.startswith("Harbour app")]
    for part in ("Midpoint", "Kestrel GmbH", "Jonas", "INV-2063", "partially paid", "20 Feb 2026", "39 days late",
                 "promised 3 Apr 2026", "5,600.00 EUR", "of 11,600.00", "mid-review.eml", "H10"):  # fmt: skip
        assert part in harbour
    assert any("1,200,000 JPY" in row and "balance not recorded" in row for row in rows)
    assert any("14 Apr 2026" in row and "in 14 days" in row for row in rows)
    assert any("31 Mar 2026" in row and "today" in row for row in rows)


def test_shows_the_ageing_of_each_currency_with_its_total(sample: Page) -> None:
    euro, pound, yen = [text_of(one) for one in sample.by_class("ageing")]
    assert euro.startswith("Outstanding in EUR 39,950.00 41,200.00 unpaid, less 1,250.00 of credits")
    assert pound.startswith("Outstanding in GBP 24,750.00 Not due"), "without credits the total needs no explaining"
    assert euro.endswith("Over 90 days late 4,400.00 Credits -1,250.00")
    assert "No due date 5,600.00" in pound
    assert "1–30 days late 1,200,000" in yen
    widths = [float(part.get("width", "").rstrip("%")) for part in sample.by_class("age")[0]]
    starts = [float(part.get("x", "").rstrip("%")) for part in sample.by_class("age")[0]]
    assert sum(widths) == pytest.approx(100, abs=1)
    assert starts == [pytest.approx(sum(widths[:index])) for index in range(len(widths))]


@pytest.mark.parametrize("ageing", [(30,), (14, 30, 45, 60, 90, 120)])
def test_shows_any_number_of_ageing_bands(ageing: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.building.AGEING", ageing)
    settings = Settings(as_of=AS_OF, ageing=ageing)
    page = page_of(report_of(unpaid_rows(1), BOOK, settings=settings))
    tints = [band.get("class") for band in page.by_class("age")[0]]
    assert tints == (["t1"] if len(ageing) == 1 else ["t2"]), "30 days late"


def test_ready_to_bill_has_the_longest_signed_first(sample: Page) -> None:
    first, second = sample.rows("t-ready")
    assert first.startswith("Verdure website Build complete")
    assert "22 days ago" in first
    assert second.startswith("Tidewater brand film Deposit")


def test_unsigned_is_split_by_whether_it_was_billed_and_says_why(sample: Page) -> None:
    billed, waiting = sample.rows("t-billed"), sample.rows("t-open")
    assert "“design-ok.pdf” is not in the folder; did you mean “design-ok-v2.pdf”?" in billed[0]
    assert "“concept.pdf” is an empty file" in billed[1]
    assert "nothing attached" in billed[2]
    assert len(billed) == 4
    assert len(waiting) == 6
    assert any(r"“\\nas\legal\final.pdf” points outside the folder" in row for row in waiting)


def test_what_could_not_be_checked_is_neither_signed_nor_unsigned(sample: Page) -> None:
    link, unchecked = sample.rows("t-unchecked")
    assert "a web address, not opened: “https://example.com/beta”" in link
    assert "“print.pdf” could not be looked for" in unchecked
    assert "print.pdf" not in "".join(sample.rows("t-billed"))


def test_an_unreachable_folder_never_reads_as_all_signed() -> None:
    rows = [{"project": "A", "amount": 100, "status": "paid", "evidence": "unchecked", "signoff": "a.pdf"}]
    said = page_of(report_of(rows, BOOK)).text("unsigned")
    assert "Nothing was billed without a sign-off, as far as could be checked." in said
    assert "Not checked 1" in said


def test_a_sheet_without_a_signoff_column_is_said_to_have_none() -> None:
    rows = [{"project": "A", "amount": 100, "status": "sent", "evidence": "unchecked"}]
    page = page_of(report_of(rows, BOOK))
    assert "Not checked 1 1.00 EUR" in page.text("unsigned")
    assert "1 milestone: the sheet has no sign-off column 1.00 EUR" in page.text("unsigned")
    assert not page.has_id("t-unchecked"), "one line for the sheet, and none for each of its milestones"
    assert "no sign-off column" in page.rows("t-unpaid")[1]
    assert "folder" not in page.text("lists")


def test_what_is_not_checked_counts_the_sheets_without_a_column_too() -> None:
    rows = [{"project": "A", "amount": 100, "status": "sent", "evidence": "unchecked"}] * 2
    rows.append({"project": "B", "amount": 50, "status": "sent", "evidence": "link", "signoff": "https://x.example/",
                 "signoff_about": "https://x.example/"})  # fmt: skip
    page = page_of(report_of(rows, BOOK))
    assert "Not checked 3 2.50 EUR" in page.text("unsigned")
    assert "2 milestones: the sheet has no sign-off column 2.00 EUR" in page.text("unsigned")
    assert len(page.rows("t-unchecked")) == 1


def test_names_several_files_of_one_cell() -> None:
    names = "one.pdf\ntwo.pdf\nthree.pdf\nfour.pdf"
    rows = [
        {"project": kind, "amount": 100, "status": "sent", "evidence": kind, "signoff": names}
        for kind in ("missing", "empty", "refused")
    ]
    rows.append({"project": "found", "amount": 1, "status": "sent", "evidence": "found", "signoff": "a.pdf\nb.pdf",
                 "signoff_path": "/files/a.pdf\n/files/b.pdf"})  # fmt: skip
    page = page_of(report_of(rows, BOOK))
    missing, empty, refused = page.rows("t-billed")
    assert "“one.pdf”, “two.pdf”, “three.pdf” … are not in the folder" in missing
    assert "“one.pdf”, “two.pdf”, “three.pdf” … are empty files" in empty
    assert "“one.pdf”, “two.pdf”, “three.pdf” … point outside the folder" in refused
    assert "a.pdf" in page.rows("t-unpaid")[-1]
    assert "b.pdf" in page.rows("t-unpaid")[-1]


def test_of_two_signoffs_names_the_one_that_is_missing() -> None:
    row = {"project": "A", "amount": 100, "status": "sent", "evidence": "missing", "signoff": "there.pdf\ngone.pdf",
           "signoff_about": "gone.pdf", "signoff_path": "/files/there.pdf"}  # fmt: skip
    page = page_of(report_of([row], BOOK))
    assert "“gone.pdf” is not in the folder" in page.rows("t-billed")[0]
    found, not_found = page.by_class("c-signoff", page.by_id("t-unpaid"))[1]
    assert (found.get("class"), text_of(found)) == ("file yes", "there.pdf")
    assert (not_found.get("class"), text_of(not_found)) == ("no", "not found gone.pdf")


def test_says_what_a_milestone_delivers_but_no_name_twice() -> None:
    rows = [
        {"project": "A", "milestone": "Midpoint", "description": "All designs approved", "amount": 1, "status": "sent"},
        {"project": "A", "milestone": "Hosting", "description": "Hosting", "amount": 1, "status": "sent"},
    ]
    page = page_of(report_of(rows, BOOK))
    _, midpoint, hosting = page.rows("t-unpaid")
    assert midpoint.startswith("A Midpoint All designs approved sent")
    assert hosting.startswith("A Hosting sent")


def test_coming_due_tells_billed_from_not_billed_week_by_week(sample: Page) -> None:
    said = sample.text("coming-due")
    assert "30 Mar 2026 this week 9,000.00 0.00" in said
    assert "6 Apr 2026 next week 0.00 6,000.00" in said
    assert [table.get("aria-label") for table in sample.all("table", sample.by_id("coming-due"))] == [
        "Coming due in EUR",
        "Coming due in GBP",
        "Coming due in JPY",
    ]


def test_problems_stand_by_sheet_worst_first_with_cell_fix_and_code(sample: Page) -> None:
    rows = sample.rows("t-problems")
    groups = [text_of(row) for row in sample.by_class("group", sample.by_id("t-problems"))]
    assert groups[0] == "Harbour app 1 error, 1 warning"
    assert groups[-1] == "agency.xlsx 1 note"
    assert rows[1] == (
        "Error D11Harbour app, Launch The amount “TBC” is not a number, so this milestone is in no total. "
        "Type the agreed amount, or 0 until it is agreed. R103"
    )
    assert "8 problems, 3 notes" in sample.text("problems-h")


def test_control_totals_say_what_was_read_and_that_it_adds_up(sample: Page) -> None:
    said = sample.text("control")
    for part in ("1 read", "10 used 2 skipped", "30 counted 1 left out 1 void, 900.00 EUR", "1 of 2 agree",
                 "adds up and the ageing comes to the outstanding", "agrees", "differs",
                 "no milestone table was found"):  # fmt: skip
        assert part in said
    assert "Made by milestone-report" in text_of(sample.all("footer")[0])


def test_control_totals_say_what_does_not_add_up() -> None:
    report = sample_report()
    first, *rest = report.summary.totals
    wrong = dataclasses.replace(first, outstanding=first.outstanding + 1)
    summary = dataclasses.replace(report.summary, totals=(wrong, *rest))
    said = page_of(dataclasses.replace(report, summary=summary)).text("control")
    assert "Every total does not add up" in said
    assert "the ageing does not come to the outstanding" in said


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ((), "Totals rows in the sheets none"),
        (("F20",), "Totals rows in the sheets not readable 1 totals row could not be read: F20 on “Solo”"),
        (tuple("ABCD"), "4 totals rows could not be read: A on “Solo”, B on “Solo”, C on “Solo”, …"),
    ],
)
def test_control_totals_name_the_totals_rows_that_could_not_be_read(cells: tuple[str, ...], says: str) -> None:
    sheet = Sheet("agency.xlsx", "Solo", 1, COLUMNS, totals_unread=cells)
    assert says in page_of(report_of([{"amount": 100}], BOOK, (), [sheet])).text("control")


def test_control_totals_hold_the_money_left_out() -> None:
    report = sample_report()
    control = Control(1, 0, 1, 0, 3, 2, 0, (Money("EUR", 12_345), Money("GBP", 0)), ())
    report = dataclasses.replace(report, summary=dataclasses.replace(report.summary, control=control))
    assert "2 left out, 123.45 EUR" in page_of(report).text("control")


# What is there and what is not


def test_with_one_workbook_a_cell_names_its_sheet_with_several_the_workbook_too(sample: Page) -> None:
    assert "agency.xlsx" not in "".join(sample.rows("t-unpaid"))
    page = page_of(several_workbooks())
    assert all("agency.xlsx" in row or "north/studio.xlsx" in row for row in page.rows("t-billed"))
    assert "north/studio.xlsx, Orchard" in page.text("problems")


def test_columns_in_which_nothing_stands_are_left_away() -> None:
    page = page_of(report_of([{"project": "Solo", "milestone": "Deposit", "amount": 100, "status": "sent"}], BOOK))
    headers = [text_of(header) for header in page.all("th", page.by_id("t-unpaid")) if header.get("data-key")]
    assert headers == ["Project and milestone", "Status", "Outstanding", "Sign-off", "Cell"]


def test_long_lists_stop_after_500_rows_and_count_the_rest() -> None:
    page = page_of(report_of(unpaid_rows(612), BOOK))
    assert len(page.rows("t-unpaid")) == 501, "500 milestones and one heading"
    assert "and 112 more in summary.xlsx" in page.text("unpaid")
    assert "1–30 days late 612 61,200.00 EUR" in page.text("unpaid"), "sums are those of all rows"


def test_every_list_says_how_many_it_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ROWS", 1)
    page = page_of(sample_report())
    for section, rest in (
        ("unpaid", "and 11 more in summary.xlsx"),
        ("ready", "and 1 more in summary.xlsx"),
        ("unsigned", "and 3 more in summary.xlsx"),
        ("projects", "and 9 more in summary.xlsx"),
        ("coming-due", "and 4 more in summary.xlsx"),
        ("problems", "and 10 more in summary.json"),
        ("control", "and 1 more in summary.xlsx"),
    ):
        assert rest in page.text(section)


def test_a_flood_of_one_problem_hides_no_other() -> None:
    flood = [
        Finding("F302", Severity.ERROR, "a.xlsx", f"Sheet {i % 9}", f"L{i}", "", "Gone.", "…") for i in range(2000)
    ]
    rare = [Finding("W009", Severity.WARNING, "a.xlsx", "Last", "D9", "", "The total differs.", "…")]
    page = page_of(report_of(unpaid_rows(1), BOOK, flood + rare))
    assert "The total differs." in page.text("problems")
    assert "and 1,501 more in summary.json" in page.text("problems")
    assert "2,001 problems" in page.text("problems-h")


def test_kind_words_where_a_list_is_empty() -> None:
    page = page_of(report_of([{"project": "A", "amount": 100, "status": "paid", "evidence": "found"}], BOOK))
    assert "Nothing unpaid. Well done." in page.text("unpaid")
    assert "Everything that is signed has been invoiced." in page.text("ready")
    assert "Nothing was billed without a sign-off." in page.text("unsigned")
    assert "Nothing falls due from 31 March 2026 on." in page.text("coming-due")
    assert "No problems found." in page.text("problems")


def test_does_not_praise_where_nothing_was_read() -> None:
    page = page_of(nothing_read())
    assert "Well done" not in page.text()
    assert page.text("unpaid").startswith("Unpaid No milestones were counted. The control totals say which sheets")
    assert "Nothing was read, so nothing could be checked." in page.text("problems")
