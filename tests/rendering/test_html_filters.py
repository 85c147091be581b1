"""The page's filters find what a report parted by owner or client would hold, and say what they cannot see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milestone_report.parts import parts
from milestone_report.rendering import html
from tests.building import report_of
from tests.rendering.browsing import Opened, written
from tests.rendering.page_reading import Page
from tests.rendering.page_sample import unpaid_rows

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

BOOK = Path("agency.xlsx")
SPELLINGS = ("Maya Lind", "maya  lind", "MAYA LIND", "Tom Ross")


def spelt_variously() -> list[dict[str, object]]:
    return [row | {"owner": owner, "project": f"P{i}"}
            for i, (row, owner) in enumerate(zip(unpaid_rows(4), SPELLINGS, strict=True))]  # fmt: skip


def test_an_owner_is_offered_once_however_the_cells_write_the_name() -> None:
    report = report_of(spelt_variously(), BOOK)
    page = Page(html.render(report))
    (choice,) = [one for one in page.all("select") if one.get("id") == "by-owner"]
    assert [option.text for option in choice.iter("option")] == ["All owners", "Maya Lind", "Tom Ross"]
    assert [one.part.value for one in parts(report, "owner")] == ["Maya Lind", "Tom Ross"]
    assert "MAYA LIND" in page.text("unpaid"), "the rows say what the cells say"


def test_a_filter_finds_every_spelling_of_an_owner(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", report_of(spelt_variously(), BOOK)))
    opened.page.select_option("#by-owner", "Maya Lind")
    assert opened.projects() == opened.projects("t-projects") == ["P0", "P1", "P2"]
    assert opened.shown() == "3 of 4 shown · 300.00 EUR"
    opened.close()


def test_a_project_of_several_owners_is_found_by_each(browser: Browser, tmp_path: Path) -> None:
    rows = [
        row | {"owner": owner, "project": "Quay"}
        for row, owner in zip(unpaid_rows(3), ("Lind, Maya", "lind, maya", "Tom"), strict=True)
    ]
    rows += [unpaid_rows(1)[0] | {"owner": "Maya", "project": "Other"}]
    opened = Opened(browser, written(tmp_path / "summary.html", report_of(rows, BOOK)))
    for owner, found in (("Lind, Maya", ["Quay"]), ("Tom", ["Quay"]), ("Maya", ["Other"])):
        opened.page.select_option("#by-owner", owner)
        assert opened.projects("t-projects") == found
    opened.close()


@pytest.mark.parametrize(
    ("rows", "more"), [(3, ""), (5, "2 more are not on this page and were not looked through: see summary.xlsx.")]
)
def test_a_filter_of_a_list_that_was_cut_says_what_it_cannot_see(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, more: str
) -> None:
    monkeypatch.setattr(html, "ROWS", 3)
    opened = Opened(browser, written(tmp_path / "summary.html", report_of(unpaid_rows(rows), BOOK)))
    opened.page.fill("#q", "zebra")
    said = ["0 of 3 shown", *([more] if more else [])]
    playwright.expect(opened.page.locator(".shown").first).to_have_text(" · ".join(said))
    opened.close()
