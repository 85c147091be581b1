"""The page in a real browser: no request, no error, no sideways scroll; filter and sort do what they say."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import Settings
from milestone_report.rendering import email, html
from tests.building import AS_OF, report_of
from tests.rendering.page_sample import sample_report, several_workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from milestone_report.model import Report

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests: the system's own, since Playwright's would have to be fetched."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on the PATH")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=options)
        yield started
        started.close()


class Opened:
    """A page in the browser, with what it complained of and asked for."""

    def __init__(self, browser: Browser, file: Path, report: Report, *, script: bool = True) -> None:
        file.write_bytes(html.render(report))
        self.page: Page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=script)
        self.address = file.as_uri()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.set_default_timeout(5000)
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(self.address)

    def projects(self, table: str = "t-unpaid") -> list[str]:
        """The projects of the rows that can be seen."""
        return self.page.locator(f"#{table} tbody tr:not(.group):visible .name").all_inner_texts()

    def widths(self, windows: Sequence[int]) -> list[int]:
        """How wide the page is in windows of these widths."""
        found = []
        for width in windows:
            self.page.set_viewport_size({"width": width, "height": 800})
            found.append(int(self.page.evaluate("document.documentElement.scrollWidth")))
        return found

    def shown(self, table: str = "t-unpaid") -> str:
        """The line above a list that says how much of it is shown."""
        return self.page.locator(f".shown:above(#{table})").first.inner_text()

    def sort(self, column: str) -> None:
        """Click on a column's header."""
        self.page.locator(f"#t-unpaid th[data-key={column}] button").click()


@pytest.fixture
def sample(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, tmp_path / "summary.html", sample_report())
    yield opened
    assert opened.complaints == []
    opened.page.close()


def test_asks_for_nothing_but_itself(sample: Opened) -> None:
    assert sample.requests == [sample.address]


def test_runs_no_script_of_a_cell(browser: Browser, tmp_path: Path) -> None:
    nasty = "<img src=x onerror='document.title=1'><script>document.title=2</script>"
    rows = [{"project": nasty, "milestone": nasty, "owner": nasty, "amount": 100, "status": "sent"}] * 2
    opened = Opened(browser, tmp_path / "summary.html", report_of(rows, Path("a.xlsx")))
    assert opened.page.title().startswith("Milestones on")
    assert opened.projects() == [nasty, nasty]
    assert opened.complaints == []


WIDTHS = (320, 360, 800, 1000, 1001, 1240, 1241, 1280, 1920, 2560)


def test_does_not_scroll_sideways(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "summary.html", several_workbooks(broken="damaged.xlsx"))
    assert opened.widths(WIDTHS) == list(WIDTHS)


def test_names_without_a_break_do_not_scroll_sideways(browser: Browser, tmp_path: Path) -> None:
    name = "W" * 300
    rows = [
        {"project": name, "milestone": name, "client": name, "owner": name, "invoice_number": name, "amount": 10**16,
         "status": status, "signoff": name, "evidence": evidence, "signoff_path": f"/{name[:200]}.pdf"}
        for status in ("sent", "planned") for evidence in ("missing", "found")
    ]  # fmt: skip
    opened = Opened(browser, tmp_path / "summary.html", report_of(rows, Path("a.xlsx")))
    assert opened.widths((360, 1280)) == [360, 1280]


def test_a_filter_shows_its_rows_and_what_they_come_to(sample: Opened) -> None:
    sample.page.select_option("#by-owner", "Maya")
    assert sample.projects() == ["Lindqvist rebrand", "Verdure website", "متجر النور"]
    assert sample.shown() == "3 of 12 shown · 15,600.00 EUR"
    assert sample.projects("t-projects") == ["Lindqvist rebrand", "Verdure website", "متجر النور"]
    groups = sample.page.locator("#t-unpaid tr.group:visible")
    assert [one.split("\n")[0] for one in groups.all_inner_texts()] == [
        "Over 90 days late",
        "1–30 days late",
        "Not due",
    ]
    assert groups.locator(".sums:visible").count() == 0, "their sums are those of all rows"
    assert sample.page.locator("#live").inner_text() == "12 of 47 rows match"
    sample.page.click("#clear")
    assert len(sample.projects()) == 12
    assert groups.locator(".sums:visible").count() == 6


def test_the_sum_of_a_filter_is_written_as_the_page_writes_amounts(browser: Browser, tmp_path: Path) -> None:
    rows = [
        {"project": f"P{i}", "owner": f"Owner {i % 2}", "amount": 10**15 + i, "currency": currency, "status": "sent"}
        for i, currency in enumerate(("EUR", "JPY", "KWD", "EUR", "JPY", "KWD") * 2)
    ]
    settings = Settings(as_of=AS_OF, locale="de_DE")
    opened = Opened(browser, tmp_path / "summary.html", report_of(rows, Path("a.xlsx"), settings=settings))
    opened.page.select_option("#by-owner", "Owner 0")
    assert opened.shown() == (
        "6 of 12 shown · 20.000.000.000.000,06 EUR · 2.000.000.000.000.014 JPY · 2.000.000.000.000,010 KWD"
    )


def test_filters_narrow_each_other(sample: Opened) -> None:
    sample.page.select_option("#by-currency", "EUR")
    sample.page.select_option("#by-status", "sent")
    assert sample.projects() == ["Verdure website", "متجر النور", "Fjord annual report"]
    assert "Kumo booking" not in sample.projects("t-projects")
    assert len(sample.projects("t-projects")) == 6, "projects have no status"


def test_text_is_found_whatever_its_case_accents_and_order(sample: Opened) -> None:
    sample.page.fill("#q", "CONCÉPT orchard")
    playwright.expect(sample.page.locator("#live")).to_have_text("3 of 47 rows match")
    assert sample.projects() == ["Orchard campaign"]
    assert sample.projects("t-ready") == []
    sample.page.fill("#q", "")
    playwright.expect(sample.page.locator("#live")).to_be_empty()
    assert len(sample.projects()) == 12


def test_a_header_sorts_up_then_down_then_as_it_was(sample: Opened) -> None:
    before = sample.projects()
    header = sample.page.locator("#t-unpaid th[data-key=amount]")
    sample.sort("amount")
    assert header.get_attribute("aria-sort") == "ascending"
    up = sample.page.locator("#t-unpaid .c-amount b:visible").all_inner_texts()
    assert up[:3] == ["1,500.00", "3,000.00", "4,400.00"]
    assert up[-1] == "1,200,000", "yen stand apart from euros, however many they are"
    assert sample.page.locator("#t-unpaid tr.group:visible").count() == 0
    sample.sort("amount")
    assert header.get_attribute("aria-sort") == "descending"
    assert sample.page.locator("#t-unpaid .c-amount b:visible").all_inner_texts()[0] == "12,500.00"
    sample.sort("amount")
    assert header.get_attribute("aria-sort") is None
    assert sample.projects() == before
    assert sample.page.locator("#t-unpaid tr.group:visible").count() == 6


def test_rows_without_a_date_stay_last_both_ways(sample: Opened) -> None:
    for _ in range(2):
        sample.sort("due")
        assert sample.projects()[-1] == "Tidewater brand film"


def test_sorts_by_keyboard(sample: Opened) -> None:
    sample.page.focus("#t-unpaid th[data-key=what] button")
    sample.page.keyboard.press("Enter")
    assert sample.projects()[0].startswith("Atlas intranet")
    sample.page.keyboard.press("Space")
    assert sample.page.locator("#t-unpaid th[data-key=what]").get_attribute("aria-sort") == "descending"


def test_what_is_chosen_outlives_a_reload_and_a_link_to_a_section(sample: Opened) -> None:
    sample.page.select_option("#by-owner", "Jonas")
    sample.sort("what")
    sample.page.click(".act.ready")
    sample.page.wait_for_url("**#ready&owner=Jonas*")
    sample.page.reload()
    assert sample.page.input_value("#by-owner") == "Jonas"
    assert sample.page.locator("#t-unpaid th[data-key=what]").get_attribute("aria-sort") == "ascending"
    assert len(sample.projects()) == 3
    assert sample.page.evaluate("scrollY") > 0, "the section is still in sight"


def test_an_address_with_nonsense_is_no_error(sample: Opened) -> None:
    sample.page.goto(f"{sample.address}#nowhere&owner=Nobody&sort=unpaid.none.up&sort=x&%=%")
    sample.page.reload()
    assert len(sample.projects()) == 12


def test_without_script_everything_is_there_and_the_tools_are_not(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "summary.html", sample_report(), script=False)
    assert opened.page.locator("#tools").is_hidden()
    assert opened.page.locator("#t-unpaid tbody tr:visible").count() == 18
    opened.page.click("text=Totals rows of the sheets >> nth=-1")
    assert opened.page.get_by_text("differs").is_visible()


def test_on_paper_the_tools_are_gone_and_details_are_open(sample: Opened) -> None:
    sample.page.emulate_media(media="print")
    assert sample.page.locator("#tools").is_hidden()
    assert sample.page.locator("#t-unpaid thead .label").first.is_visible()
    assert sample.page.locator("#t-unpaid thead button").first.is_hidden()
    assert sample.page.pdf().startswith(b"%PDF")
    assert sample.page.get_by_text("no milestone table was found").is_visible()


def test_the_mail_is_as_wide_as_a_phone_and_never_wider_than_its_columns(browser: Browser, tmp_path: Path) -> None:
    name = "W" * 300
    rows = [
        {"project": name, "milestone": name, "client": name, "amount": 10**10, "status": "sent"},
        {"project": "A", "signoff": f"{name}.pdf", "evidence": "missing", "amount": 10**10, "status": "sent"},
    ]  # fmt: skip
    file = tmp_path / "email.html"
    for report in (sample_report(), report_of(rows, Path("a.xlsx"))):
        file.write_bytes(email.render_body(report))
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.set_viewport_size({"width": 1280, "height": 800})
        assert page.evaluate("document.querySelector('table').offsetWidth") == 640
        page.close()
