"""What changed since the last report, in the mail: short, and the same in both of its bodies."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from milestone_report.changes import Bridge, Change, Item, Movement
from milestone_report.parts import parts
from milestone_report.rendering import email
from tests.rendering.changes_sample import SINCE, changed_report, first_report, partly_compared, with_changes
from tests.rendering.mail_reading import part
from tests.rendering.page_reading import Page, text_of
from tests.rendering.page_sample import many_milestones, sample_report

if TYPE_CHECKING:
    from milestone_report.model import Report


def tables(report: Report) -> list[list[str]]:
    """The rows of the mail's tables of figures."""
    page = Page(email.render_body(report))
    return [
        [text_of(row) for row in (table.find("tbody") or table).findall("tr")]
        for table in page.all("table")
        if table.get("role") != "presentation"
    ]


def test_the_bridge_of_each_currency_stands_in_one_table() -> None:
    (bridge,) = [rows for rows in tables(changed_report()) if rows[0].startswith("Currency")]
    assert bridge == [
        "Currency Outstanding on 24 Mar 2026 Moved by Outstanding on 31 Mar 2026",
        (
            "EUR 55,850.00 +6,000.00 Newly billed, 1 milestone -16,000.00 Paid, 2 milestones -6,000.00 Paid in part, "
            "1 milestone +1,000.00 Amount changed, 1 milestone -900.00 Status changed, 1 milestone 39,950.00"
        ),
        "GBP 30,350.00 +2,650.00 Newly billed, 1 milestone -8,250.00 Paid, 1 milestone 24,750.00",
    ]
    assert "Outstanding as before: 1,200,000 JPY" in Page(email.render_body(changed_report())).text()


def test_that_nobody_edited_the_workbooks_is_a_sentence_of_its_own() -> None:
    report = changed_report()
    books = tuple(dataclasses.replace(book, unchanged_since=SINCE) for book in report.workbooks)
    for kind in ("plain", "html"):
        text = part(dataclasses.replace(report, workbooks=books), kind)
        assert (
            "30 milestones counted, 1 left out. The workbook was not edited since the report of 24 March 2026." in text
        )


def test_the_most_telling_changes_come_first_and_the_rest_is_counted() -> None:
    (news,) = [rows for rows in tables(changed_report()) if rows[0].startswith("Milestone What changed")]
    assert news[1:3] == [
        "Harbour app Midpoint Became overdue due 20 Feb 2026 11,600.00 EUR",
        "Verdure website Design sign-off Sign-off lost was design-ok.pdf 8,200.00 EUR",
    ]
    assert len(news) == 10
    assert news[-1] == "and 8 more in the attached workbook"


def test_the_plain_text_says_the_same() -> None:
    text = part(changed_report(), "plain")
    start = text.index("CHANGES SINCE 24 MARCH 2026")
    assert text[start:].startswith(
        "CHANGES SINCE 24 MARCH 2026\n"
        "Outstanding as before: 1,200,000 JPY\n"
        "Outstanding on 24 Mar 2026: 55,850.00 EUR\n"
        "  +6,000.00 Newly billed, 1 milestone\n"
        "  -16,000.00 Paid, 2 milestones\n"
        "  -6,000.00 Paid in part, 1 milestone\n"
        "  +1,000.00 Amount changed, 1 milestone\n"
        "  -900.00 Status changed, 1 milestone\n"
        "Outstanding on 31 Mar 2026: 39,950.00 EUR\n"
    )
    assert (
        "\n\n- 11,600.00 EUR: Harbour app, Midpoint\n  Became overdue: due 20 Feb 2026\n"
        "- 8,200.00 EUR: Verdure website, Design sign-off\n  Sign-off lost: was design-ok.pdf\n"
    ) in text
    assert "  and 8 more in the attached workbook\n\nUNPAID\n" in text


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_that_nothing_changed_is_said_in_a_sentence(kind: str) -> None:
    text = part(with_changes(sample_report(), []), kind)
    assert "Since 24 March 2026: no milestone changed; outstanding as before" in text
    assert "Moved by" not in text


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("report", [sample_report(), first_report(), next(parts(changed_report(), "owner")).report])
def test_without_an_earlier_report_and_in_a_part_the_mail_says_nothing_of_changes(report: Report, kind: str) -> None:
    assert "since" not in part(report, kind).casefold()


def test_any_number_of_changes_and_currencies_fits_a_small_mail() -> None:
    report = many_milestones(5000)
    name = "W" * 300
    flood = [
        Item(kind, "agency.xlsx", name, number, name, name, name, name, "EUR", 10**16, 0)
        for kind in Change
        for number in range(2, 300)
    ]
    changed = with_changes(report, flood)
    assert changed.changes
    codes = [f"{one}{other}X" for one in "ABCDEFGHIJ" for other in "ABCDE"]
    moves = tuple(Movement(kind, 10**15, 9999) for kind in Change)
    bridges = tuple(Bridge(code, 10**16, moves, 10**16 + len(moves) * 10**15) for code in codes)
    changed = dataclasses.replace(changed, changes=dataclasses.replace(changed.changes, bridge=bridges))
    body = email.render_body(changed)
    assert len(body) < 95_000
    assert "and 42 more currencies in the attached workbook" in Page(body).text()


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_what_is_not_compared_and_what_is_all_new_is_said(kind: str) -> None:
    said = part(partly_compared(), kind)
    assert "“north/studio.xlsx” was read for the earlier report and not for this one: its 12 milestones" in said
    assert "all milestones in it are new: “new.xlsx” and “agency.xlsx, Notes”." in said
