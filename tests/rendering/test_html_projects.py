"""Projects show their money against the contract, and open to their milestones in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from milestone_report.model import Sheet
from milestone_report.rendering import html
from tests.building import COLUMNS, report_of
from tests.rendering.page_reading import Page, page_of, text_of
from tests.rendering.page_sample import sample_report

BOOK = Path("clients/agency.xlsx")


@pytest.fixture(scope="module")
def sample() -> Page:
    return page_of(sample_report())


def test_projects_show_progress_and_what_parts_them_from_the_contract(sample: Page) -> None:
    rows = {row.split()[0]: row for row in sample.rows("t-projects")}
    assert "70% paid" in rows["Harbour"]
    assert "24,000.00 EUR 1,600.00 not planned or left out" in rows["Harbour"], "nobody knows what the launch costs"
    assert rows["Fjord"].endswith("12,000.00 EUR Fjord"), "nothing parts it from the contract"
    assert "900.00 not planned" not in rows["Fjord"]
    assert "250.00 above the contract" in rows["Mill"]
    assert "no contract total" in rows["Tidewater"]
    assert "contract" not in rows["Lindqvist"]
    foot = text_of(sample.all("tfoot", sample.by_id("t-projects"))[0])
    assert "All projects in EUR 47,100.00 39,950.00 33,050.00 121,700.00 EUR" in foot


def test_a_bar_never_grows_beyond_its_project() -> None:
    rows = [{"project": "A", "amount": 100, "paid_cell": 250, "status": "paid"}, {"project": "A", "amount": 50}]
    bar = page_of(report_of(rows, BOOK)).by_class("bar")[0]
    assert [(part.get("class"), part.get("x"), part.get("width")) for part in bar] == [("p", "0.0%", "100.0%")]


def _summaries(page: Page) -> list[str]:
    return [text_of(one) for one in page.all("summary", page.by_id("t-projects"))]


def test_a_project_opens_to_its_milestones_in_order_each_with_money_due_date_and_signoff(sample: Page) -> None:
    assert sample.steps("Harbour app") == [
        "Deposit INV-2040 paid 20 Nov 2025 4,800.00 EUR 4,800.00 0.00 kick-off.pdf D8",
        "Discovery INV-2052 paid 12 Jan 2026 6,000.00 EUR 6,000.00 0.00 discovery.pdf D9",
        "Midpoint INV-2063 partially paid 20 Feb 2026 39 days late 11,600.00 EUR 6,000.00 5,600.00 mid-review.eml D10",
        "Launch left out not readable none D11",
    ]
    assert _summaries(sample)[0] == "3 milestones, 1 left out"


def test_an_open_milestone_says_when_it_is_due_and_what_is_missing(sample: Page) -> None:
    _, design, build, handover = sample.steps("Verdure website")
    assert "15 Mar 2026 16 days late 8,200.00 EUR 0.00 8,200.00 not found design-ok.pdf" in design
    assert "planned 20 Apr 2026 in 20 days 6,800.00 EUR 0.00 0.00 build.pdf" in build
    assert handover.endswith("none D11")
    assert "balance not recorded" in sample.steps("Kumo booking")[1]


def test_a_void_milestone_stands_in_its_place_and_counts_nowhere(sample: Page) -> None:
    *_, void = sample.steps("Fjord annual report")
    assert void == "Extra round INV-2085 void 900.00 EUR D10"
    assert "2 milestones, 1 void" in _summaries(sample)


def test_links_of_a_projects_milestones_lead_to_workbook_and_signoff(sample: Page) -> None:
    (table,) = [one for one in sample.all("table") if one.get("aria-label") == "Milestones of Harbour app"]
    addresses = [link.get("href", "") for link in sample.all("a", table)]
    assert addresses[0].endswith("/clients/signoffs/kick-off.pdf")
    assert addresses[1].endswith("/clients/agency.xlsx")


def test_a_milestone_left_out_stands_in_one_currency_of_its_project_only() -> None:
    def row(name: str, currency: str, *, left_out: bool = False) -> dict[str, Any]:
        return {"project": "A", "milestone": name, "amount": 100, "currency": currency, "trusted": not left_out}

    rows = [row("Euro", "EUR"), row("Pound", "GBP"), row("Lost pound", "GBP", left_out=True),
            row("Lost", "", left_out=True), row("Lost yen", "JPY", left_out=True)]  # fmt: skip
    page = page_of(report_of(rows, BOOK))
    first, second = [one for one in page.all("table") if one.get("aria-label") == "Milestones of A"]
    assert [text_of(name) for name in page.by_class("c-step", first)[1:]] == ["Euro", "Lost", "Lost yen"]
    assert [text_of(name) for name in page.by_class("c-step", second)[1:]] == ["Pound", "Lost pound"]
    assert _summaries(page) == ["1 milestone, 1 unsigned, 2 left out", "1 milestone, 1 unsigned, 1 left out"]


def test_what_is_not_planned_is_certain_only_where_nothing_was_left_out() -> None:
    sheet = Sheet("agency.xlsx", "A", 1, COLUMNS, "A", contract=300, contract_currency="EUR")
    rows: list[dict[str, Any]] = [{"project": "A", "amount": 100}]
    page = page_of(report_of(rows, BOOK, sheets=[sheet]))
    assert "2.00 not planned A" in page.rows("t-projects")[0]
    assert "Not planned or left out" not in page.text("projects")
    page = page_of(report_of([*rows, {"project": "A", "amount": 100, "trusted": False}], BOOK, sheets=[sheet]))
    assert "2.00 not planned or left out A" in page.rows("t-projects")[0]
    assert "Not planned or left out" in page.text("projects"), "the words for the bar's empty end"


def test_a_long_project_shows_its_first_milestones_and_leads_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ROWS", 3)
    rows = [{"project": f"P{i // 4}", "milestone": f"M{i}", "amount": 1, "sheet_id": 0} for i in range(20)]
    page = page_of(report_of(rows, BOOK))
    opened = page.by_class("opens")
    assert len(opened) == 3
    assert [len(page.steps(f"P{i}")) for i in range(3)] == [3, 3, 3]
    assert "and 1 more on the sheet Harbour app" in text_of(opened[0])


def test_projects_beyond_the_room_say_where_their_milestones_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ROWS", 2)
    monkeypatch.setattr("milestone_report.rendering.view.projects._LISTS", 1)
    rows = [{"project": f"P{i // 2}", "milestone": f"M{i}", "amount": 1} for i in range(4)]
    page = page_of(report_of(rows, BOOK))
    first, second = page.by_class("opens")
    assert page.all("details", first)
    assert text_of(second) == "2 milestones, 2 unsigned, on the sheet Harbour app"
