"""The page in a real browser: no request, no error, no sideways scroll; filter and sort do what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import Settings
from tests.building import AS_OF, report_of
from tests.rendering.browsing import Opened, written
from tests.rendering.page_sample import sample_report, several_workbooks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")


def test_asks_for_nothing_but_itself(on_screen: Opened) -> None:
    assert on_screen.requests == [on_screen.address]


def test_runs_no_script_of_a_cell(browser: Browser, tmp_path: Path) -> None:
    nasty = "<img src=x onerror='document.title=1'><script>document.title=2</script>"
    rows = [{"project": nasty, "milestone": nasty, "owner": nasty, "amount": 100, "status": "sent"}] * 2
    opened = Opened(browser, written(tmp_path / "summary.html", report_of(rows, Path("a.xlsx"))))
    assert opened.page.title().startswith("Milestones on")
    assert opened.projects() == [nasty, nasty]
    assert opened.complaints == []


WIDTHS = (320, 360, 800, 1000, 1001, 1240, 1241, 1280, 1920, 2560)


def test_does_not_scroll_sideways(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", several_workbooks(broken="damaged.xlsx")))
    opened.open_projects()
    assert opened.widths(WIDTHS) == list(WIDTHS)


def test_names_without_a_break_do_not_scroll_sideways(browser: Browser, tmp_path: Path) -> None:
    name = "W" * 300
    rows = [
        {"project": name, "milestone": name, "client": name, "owner": name, "invoice_number": name, "amount": 10**16,
         "status": status, "signoff": name, "evidence": evidence, "signoff_path": f"/{name[:200]}.pdf"}
        for status in ("sent", "planned") for evidence in ("missing", "found")
    ]  # fmt: skip
    opened = Opened(browser, written(tmp_path / "summary.html", report_of(rows, Path("a.xlsx"))))
    opened.open_projects()
    assert opened.widths((360, 1280)) == [360, 1280]


def test_a_filter_shows_its_rows_and_what_they_come_to(on_screen: Opened) -> None:
    on_screen.page.select_option("#by-owner", "Maya")
    assert on_screen.projects() == ["Lindqvist rebrand", "Verdure website", "متجر النور"]
    assert on_screen.shown() == "3 of 12 shown · 15,600.00 EUR"
    assert on_screen.projects("t-projects") == ["Lindqvist rebrand", "Verdure website", "متجر النور"]
    groups = on_screen.page.locator("#t-unpaid tr.group:visible")
    assert [one.split("\n")[0] for one in groups.all_inner_texts()] == [
        "Over 90 days late",
        "1–30 days late",
        "Not due",
    ]
    assert groups.locator(".sums:visible").count() == 0, "their sums are those of all rows"
    assert on_screen.page.locator("#live").inner_text() == "12 of 47 rows match"
    on_screen.page.click("#clear")
    assert len(on_screen.projects()) == 12
    assert groups.locator(".sums:visible").count() == 6


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "de_DE",
            "6 von 12 angezeigt · 20.000.000.000.000,06 EUR · 2.000.000.000.000.014 JPY · 2.000.000.000.000,010 KWD",
        ),
        (
            "en_IN",
            "6 of 12 shown · 2,00,00,00,00,00,000.06 EUR · 2,00,00,00,00,00,00,014 JPY · 20,00,00,00,00,000.010 KWD",
        ),
    ],
)
def test_the_sum_of_a_filter_is_written_as_the_page_writes_amounts(
    browser: Browser, tmp_path: Path, locale: str, said: str
) -> None:
    rows = [
        {"project": f"P{i}", "owner": f"Owner {i % 2}", "amount": 10**15 + i, "currency": currency, "status": "sent"}
        for i, currency in enumerate(("EUR", "JPY", "KWD", "EUR", "JPY", "KWD") * 2)
    ]
    settings = Settings(as_of=AS_OF, locale=locale)
    opened = Opened(browser, written(tmp_path / "summary.html", report_of(rows, Path("a.xlsx"), settings=settings)))
    opened.page.select_option("#by-owner", "Owner 0")
    assert opened.shown() == said


def test_filters_narrow_each_other(on_screen: Opened) -> None:
    on_screen.page.select_option("#by-currency", "EUR")
    on_screen.page.select_option("#by-status", "sent")
    assert on_screen.projects() == ["Verdure website", "متجر النور", "Fjord annual report"]
    assert "Kumo booking" not in on_screen.projects("t-projects")
    assert len(on_screen.projects("t-projects")) == 6, "projects have no status"


def test_text_is_found_whatever_its_case_accents_and_order(on_screen: Opened) -> None:
    on_screen.page.fill("#q", "CONCÉPT orchard")
    playwright.expect(on_screen.page.locator("#live")).to_have_text("4 of 47 rows match")
    assert on_screen.projects() == ["Orchard campaign"]
    assert on_screen.projects("t-projects") == ["Orchard campaign"], "it opens to the milestone"
    assert on_screen.projects("t-ready") == []
    on_screen.page.fill("#q", "")
    playwright.expect(on_screen.page.locator("#live")).to_be_empty()
    assert len(on_screen.projects()) == 12


def test_a_header_sorts_up_then_down_then_as_it_was(on_screen: Opened) -> None:
    before = on_screen.projects()
    header = on_screen.page.locator("#t-unpaid th[data-key=amount]")
    on_screen.sort("amount")
    assert header.get_attribute("aria-sort") == "ascending"
    up = on_screen.page.locator("#t-unpaid .c-amount b:visible").all_inner_texts()
    assert up[:3] == ["1,500.00", "3,000.00", "4,400.00"]
    assert up[-1] == "1,200,000", "yen stand apart from euros, however many they are"
    assert on_screen.page.locator("#t-unpaid tr.group:visible").count() == 0
    on_screen.sort("amount")
    assert header.get_attribute("aria-sort") == "descending"
    assert on_screen.page.locator("#t-unpaid .c-amount b:visible").all_inner_texts()[0] == "12,500.00"
    on_screen.sort("amount")
    assert header.get_attribute("aria-sort") is None
    assert on_screen.projects() == before
    assert on_screen.page.locator("#t-unpaid tr.group:visible").count() == 6


def test_rows_without_a_date_stay_last_both_ways(on_screen: Opened) -> None:
    for _ in range(2):
        on_screen.sort("due")
        assert on_screen.projects()[-1] == "Tidewater brand film"


def test_sorts_by_keyboard(on_screen: Opened) -> None:
    on_screen.page.focus("#t-unpaid th[data-key=what] button")
    on_screen.page.keyboard.press("Enter")
    assert on_screen.projects()[0].startswith("Atlas intranet")
    on_screen.page.keyboard.press("Space")
    assert on_screen.page.locator("#t-unpaid th[data-key=what]").get_attribute("aria-sort") == "descending"


def test_what_is_chosen_outlives_a_reload_and_a_link_to_a_section(on_screen: Opened) -> None:
    on_screen.page.select_option("#by-owner", "Jonas")
    on_screen.sort("what")
    on_screen.page.click(".act.ready")
    on_screen.page.wait_for_url("**#ready&owner=Jonas*")
    on_screen.page.reload()
    assert on_screen.page.input_value("#by-owner") == "Jonas"
    assert on_screen.page.locator("#t-unpaid th[data-key=what]").get_attribute("aria-sort") == "ascending"
    assert len(on_screen.projects()) == 3
    assert on_screen.page.evaluate("scrollY") > 0, "the section is still in sight"


def test_an_address_with_nonsense_is_no_error(on_screen: Opened) -> None:
    on_screen.page.goto(f"{on_screen.address}#nowhere&owner=Nobody&sort=unpaid.none.up&sort=x&%=%")
    on_screen.page.reload()
    assert len(on_screen.projects()) == 12


def test_without_script_everything_is_there_and_the_tools_are_not(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", sample_report()), script=False)
    assert opened.page.locator("#tools").is_hidden()
    assert opened.page.locator("#t-unpaid tbody tr:visible").count() == 18
    opened.page.click("text=Totals rows of the sheets >> nth=-1")
    assert opened.page.get_by_text("differs").is_visible()


def test_on_paper_the_tools_are_gone_and_details_are_open(on_screen: Opened) -> None:
    on_screen.page.emulate_media(media="print")
    assert on_screen.page.locator("#tools").is_hidden()
    assert on_screen.page.locator("#t-unpaid thead .label").first.is_visible()
    assert on_screen.page.locator("#t-unpaid thead button").first.is_hidden()
    assert on_screen.page.pdf().startswith(b"%PDF")
    assert on_screen.page.get_by_text("no milestone table was found").is_visible()


def test_an_address_shows_a_colleague_the_same(browser: Browser, sample_file: Path) -> None:
    link = "#unsigned&q=orchard+concept&currency=GBP&sort=unpaid.due.descending&sort=projects.paid.ascending"
    opened = Opened(browser, sample_file, after=link)
    assert opened.page.input_value("#q") == "orchard concept"
    assert opened.page.input_value("#by-currency") == "GBP"
    assert opened.projects() == ["Orchard campaign"]
    assert opened.page.locator("#t-unpaid th[data-key=due]").get_attribute("aria-sort") == "descending"
    assert opened.page.locator("#t-projects th[data-key=paid]").get_attribute("aria-sort") == "ascending"
    assert opened.page.evaluate("Math.abs(document.querySelector('#unsigned').getBoundingClientRect().top)") < 200
    opened.close()


def test_a_project_keeps_its_milestones_when_the_list_is_sorted_and_filtered(on_screen: Opened) -> None:
    def notes() -> list[str]:
        return on_screen.page.locator("#t-projects summary:visible").all_inner_texts()

    before = on_screen.projects("t-projects"), notes()
    on_screen.sort("what", "t-projects")
    assert on_screen.projects("t-projects")[0].startswith("Atlas intranet")
    assert notes()[0] == "4 milestones, 1 unsigned"
    on_screen.page.locator("#t-projects summary:visible").first.click()
    assert on_screen.page.get_by_role("rowheader", name="Credit for delay").is_visible()
    on_screen.page.select_option("#by-owner", "Tom")
    assert on_screen.projects("t-projects") == ["Fjord annual report", "Mill Lane signage"]
    assert notes() == ["2 milestones, 1 void", "2 milestones, 1 unsigned"]
    on_screen.page.click("#clear")
    on_screen.sort("what", "t-projects")
    on_screen.sort("what", "t-projects")
    assert (on_screen.projects("t-projects"), notes()) == before


def test_all_projects_open_and_close_at_once(on_screen: Opened) -> None:
    on_screen.open_projects()
    assert on_screen.page.locator("#t-projects details:not([open])").count() == 0
    assert on_screen.page.locator("#open-all").inner_text() == "Close all"
    on_screen.open_projects()
    assert on_screen.page.locator("#t-projects details[open]").count() == 0


def test_on_a_phone_a_list_can_be_sorted_too(on_screen: Opened) -> None:
    on_screen.page.set_viewport_size({"width": 360, "height": 800})
    on_screen.sort("due")
    assert on_screen.projects()[0] == "Lindqvist rebrand"
    assert on_screen.page.locator("#t-unpaid tr.group:visible").count() == 0


def test_filters_and_sorts_5000_milestones(browser: Browser, large_file: Path) -> None:
    opened = Opened(browser, large_file)
    opened.page.select_option("#by-owner", "Owner 3")
    opened.page.fill("#q", "m0035")
    playwright.expect(opened.page.locator("#live")).to_have_text("3 of 3000 rows match")
    assert opened.projects("t-ready") == ["Project 3"]
    assert opened.projects("t-projects") == ["Project 3"]
    opened.page.click("#clear")
    opened.sort("amount")
    opened.sort("amount")
    amounts = opened.page.locator("#t-unpaid .c-amount b").all_inner_texts()
    assert len(amounts) == 500
    assert amounts == sorted(amounts, reverse=True)
    opened.close()
