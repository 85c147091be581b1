"""What changed since the last report, on the page: a bridge that adds up, each change with its place, the trend."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from milestone_report.changes import Change, Item
from milestone_report.parts import parts
from tests.rendering.browsing import Opened, written
from tests.rendering.changes_sample import (
    changed_report,
    first_report,
    items,
    partly_compared,
    trend_of,
    with_changes,
)
from tests.rendering.page_reading import Page, page_of, text_of
from tests.rendering.page_sample import many_milestones, sample_report, several_workbooks

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from milestone_report.model import Report


SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(changed_report())


def test_each_currency_has_a_bridge_that_adds_up_as_it_is_written(page: Page) -> None:
    (table,) = page.by_class("bridge")
    outstanding = {total.currency: total.outstanding for total in changed_report().summary.totals}
    lines = table.findall("tbody/tr")
    assert [text_of(line)[:3] for line in lines] == ["EUR", "GBP"]
    assert "Outstanding as before: 1,200,000 JPY" in page.text("changes")
    for line in lines:
        code, *figures = [(cell.findtext("b") or cell.text or "").strip() for cell in line]
        opening, *moves, closing = [Decimal(one.replace(",", "") or 0) for one in figures]
        assert opening + sum(moves) == closing
        assert closing == Decimal(outstanding[code]) / (1 if code == "JPY" else 100)


def test_the_bridge_says_of_which_days_it_is_and_how_many_milestones_moved_it(page: Page) -> None:
    (table,) = page.by_class("bridge")
    assert [text_of(cell) for cell in table.findall("thead/tr/th")] == [
        "Currency", "Outstanding on 24 Mar 2026", "Newly billed", "Paid", "Paid in part", "Amount changed",
        "Status changed", "= Outstanding on 31 Mar 2026"]  # fmt: skip
    assert text_of(table.findall("tbody/tr")[0]) == (
        "EUR 55,850.00 +6,000.00 1 milestone -16,000.00 2 milestones -6,000.00 1 milestone +1,000.00 1 milestone "
        "-900.00 1 milestone 39,950.00"
    )


def test_changes_stand_by_kind_with_before_and_now_their_money_their_cell_and_their_list(page: Page) -> None:
    rows = page.rows("t-changes")
    assert [row for row in rows if row.startswith(("New ", "Paid ", "Became", "Sign-off lost"))] == [
        "New 1", "Paid 3 -16,000.00 EUR -8,250.00 GBP", "Paid in part 2 -6,000.00 EUR", "Became overdue 1",
        "Sign-off lost 1"]  # fmt: skip
    for what, change, where in (
        ("Verdure website Design sign-off", "7,200.00 → 8,200.00 see Unpaid", "8,200.00 EUR +1,000.00 H9 Verdure"),
        ("Orchard campaign Launch", "15 May 2026 → 29 May 2026 see Not billed yet", "8,250.00 GBP N11 Orchard"),
        ("Verdure website Design sign-off", "was design-ok.pdf see Billed without sign-off",
         "8,200.00 EUR L9 Verdure"),
        ("Tidewater brand film Sound mix", "", "1,400.00 GBP row 11 Tidewater"),
    ):  # fmt: skip
        assert [row for row in rows if row.startswith(f"{what} {change}".strip()) and row.endswith(where)]


def test_an_amount_that_is_in_no_figure_says_why() -> None:
    def item(row: int, before: int | None, after: int | None, currency: str = "EUR") -> Item:
        name = f"M{row}"
        return Item(Change.AMOUNT_CHANGED, "agency.xlsx", "Harbour app", row, "Harbour app", name, before, after,
                    currency, 2_500_00)  # fmt: skip

    moved = [item(9, None, 2_500_00), item(10, 2_500_00, None), item(11, 100_00, None), item(11, None, 200_00, "USD")]
    rows = page_of(with_changes(sample_report(), moved)).rows("t-changes")
    for line, change in zip(rows[1:], ("a cell could not be read → 2,500.00", "2,500.00 → a cell could not be read",
                            "100.00 → in another currency", "in another currency → 200.00"), strict=True):  # fmt: skip
        assert change in line


def test_each_link_of_a_change_leads_to_the_row_of_its_milestone(page: Page) -> None:
    links = [link for link in page.all("a") if "seen" in (link.get("class") or "")]
    assert len(links) == 11
    changed = {link.get("href", "")[1:]: text_of(link).split(" , ", 1) for link in links}
    for target, (_see, milestone) in changed.items():
        assert milestone in text_of(page.by_id(target))
    assert len([row for row in page.all("tr") if row.get("id")]) == len(changed), "no other row has an address"


def test_a_report_without_an_earlier_one_says_when_there_will_be_changes() -> None:
    first = page_of(first_report())
    assert "This folder has no report of an earlier day." in first.text("changes")
    assert not first.all("figure")
    assert not first.has_id("t-changes")


@pytest.mark.parametrize("report", [sample_report(), next(parts(changed_report(), "owner")).report])
def test_a_report_that_is_not_remembered_and_a_part_say_nothing_of_changes(report: Report) -> None:
    page = page_of(report)
    assert not page.has_id("changes")
    assert "#changes" not in set(page.addresses())


def test_no_change_is_said_and_what_is_outstanding_as_before() -> None:
    page = page_of(with_changes(sample_report(), []))
    assert "no milestone changed" in page.text("changes")
    assert "Outstanding as before: 39,950.00 EUR, 24,750.00 GBP and 1,200,000 JPY" in page.text("changes")
    assert not page.by_class("bridge")
    assert not page.has_id("t-changes")


def test_a_few_changes_stand_open_and_many_are_folded_below_their_counts() -> None:
    assert not page_of(with_changes(sample_report(), items()[:6])).by_class("folded")
    (folded,) = page_of(with_changes(sample_report(), items()[:7])).by_class("folded")
    assert text_of(folded.findall("summary")[0]) == "What changed: 1 new, 1 removed, 2 newly billed, 3 paid"


def test_a_flood_of_one_kind_hides_no_other_and_the_rest_is_counted() -> None:
    report = many_milestones(5000)
    flood = [
        Item(Change.NEW, "agency.xlsx", f"Project {i // 10}", i % 10 + 2, f"Project {i // 10}", f"M{i:04}", None,
             "planned", "EUR", 1_000_00 + i)
        for i in range(700)
    ]  # fmt: skip
    late = Item(Change.BECAME_OVERDUE, "agency.xlsx", "Project 0", 3, "Project 0", "M0001", None,
                dt.date(2026, 2, 15), "EUR", 1_000_01)  # fmt: skip
    page = page_of(with_changes(report, [*flood, late]))
    assert len(page.rows("t-changes")) == 502, "500 changes and two headings"
    assert "New 700" in page.rows("t-changes")
    assert "Became overdue 1" in page.rows("t-changes")
    assert "and 201 more in summary.xlsx" in page.text("changes")


def test_the_trend_is_drawn_and_told_from_three_reports_on(page: Page) -> None:
    assert not page_of(dataclasses.replace(changed_report(), trend=trend_of(sample_report(), 2))).all("figure")
    euro, _pound, _yen = page.all("figure")
    drawing = next(one for one in page.all(f"{SVG}svg", euro) if one.get("role") == "img")
    assert drawing.get("aria-label") == (
        "Line chart of 5 reports, from 3 March 2026 to 31 March 2026: outstanding from 51,935.00 EUR to "
        "39,950.00 EUR, overdue from 19,320.00 EUR to 32,200.00 EUR."
    )
    (table,) = page.all("table", euro)
    assert text_of(table.findall("tbody/tr")[0]) == "31 Mar 2026 39,950.00 32,200.00"
    assert len(table.findall("tbody/tr")) == 5


def test_points_lie_where_their_day_and_their_figure_are() -> None:
    plain = sample_report()
    newest = trend_of(plain, 1)[0]
    days = [dt.date(2026, 3, 1), dt.date(2026, 3, 4), dt.date(2026, 3, 31)]
    figures = [(100_00, 0), (-100_00, 0), (300_00, 50_00)]
    trend = [
        dataclasses.replace(newest, as_of=day, outstanding=outstanding, overdue=overdue)
        for day, (outstanding, overdue) in zip(days, figures, strict=True)
    ]
    page = page_of(dataclasses.replace(with_changes(plain, []), trend=tuple(trend)))
    outstanding, overdue = [
        one.get("d")
        for one in page.all(f"{SVG}path")
        if one.get("class") in ("l-o", "l-l") and one.get("d") != "M0 5h26"
    ]
    assert outstanding == "M0 50L100 100L1000 0"
    assert overdue == "M0 75L100 75L1000 62.5"


def test_unchanged_workbooks_are_said_in_the_freshness_line_where_all_are_and_each_in_the_control_totals() -> None:
    plain = several_workbooks(("agency.xlsx", "studio.xlsx"))
    one, other = plain.workbooks
    old = dataclasses.replace(one, unchanged_since=dt.date(2026, 3, 10))
    both = dataclasses.replace(plain, workbooks=(old, dataclasses.replace(other, unchanged_since=dt.date(2026, 3, 17))))
    page = page_of(both)
    (fresh,) = page.by_class("fresh")
    assert "The workbooks were not edited since the report of 17 March 2026" in text_of(fresh)
    assert "not edited since the report of 10 March 2026" in page.text("control")
    page = page_of(dataclasses.replace(plain, workbooks=(old, other)))
    (fresh,) = page.by_class("fresh")
    assert "edited" not in text_of(fresh)
    assert "not edited since the report of 10 March 2026" in page.text("control")


def test_words_of_a_change_are_words_whatever_they_say() -> None:
    nasty = "<script>document.title=1</script>\u202e" + "x" * 400
    hostile = [Item(kind, nasty, nasty, 5, nasty, nasty, nasty, nasty, "EUR", 100) for kind in Change]
    page = page_of(with_changes(sample_report(), hostile))
    assert len(page.all("script")) == 1
    assert "\u202e" not in page.text("changes")
    assert max(len(text_of(cell)) for cell in page.all("bdi")) <= 300


def test_in_the_browser_a_change_leads_to_its_row_and_the_filter_takes_changes_in(
    browser: Browser, tmp_path: Path
) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", changed_report()))
    opened.page.click("#changes .folded > summary")
    opened.page.locator("#t-changes a.seen").first.click()
    assert opened.page.locator("tr:target").inner_text().startswith("Atlas intranet")
    assert opened.page.locator("tr:target").is_visible()
    opened.page.fill("#q", "verdure")
    opened.page.locator("#live:not(:empty)").wait_for()
    assert opened.projects("t-changes") == ["Verdure website", "Verdure website"]
    assert opened.shown("t-changes") == "2 of 16 shown · 1,000.00 EUR"
    opened.close()


@pytest.mark.parametrize("width", [320, 360, 800, 1001, 1240, 1280, 1920])
def test_changes_do_not_scroll_sideways(browser: Browser, tmp_path: Path, width: int) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", changed_report()))
    opened.page.evaluate("for (const one of document.querySelectorAll('#changes details')) one.open = true")
    assert opened.widths((width,)) == [width]
    opened.close()


def test_what_is_not_compared_and_what_is_all_new_is_said() -> None:
    said = page_of(partly_compared()).text("changes")
    assert (
        "“north/studio.xlsx” was read for the earlier report and not for this one: its 12 milestones (4,200.00 EUR, "
        "900 JPY outstanding then) are not compared, and not in the first figure."
    ) in said
    assert "“agency.xlsx, Old” was read for the earlier report and not for this one: its 1 milestone (nothing" in said
    assert (
        "Not read for the earlier report, so that all milestones in it are new: “new.xlsx” and “agency.xlsx, Notes”."
        in said
    )


def test_a_milestone_whose_money_cannot_be_read_has_no_amount() -> None:
    unread = Item(Change.NEW, "agency.xlsx", "Harbour app", 11, "Harbour app", "Launch", None, None, "", 0)
    rows = page_of(with_changes(sample_report(), [unread])).rows("t-changes")
    assert rows == ["New 1", "Harbour app Launch D11 Harbour app"]
