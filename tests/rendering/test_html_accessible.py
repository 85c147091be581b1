"""The page for everybody: axe-core finds no fault, and all of it is in reach of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pytest

from tests.rendering.browsing import Opened, written
from tests.rendering.changes_sample import changed_report
from tests.rendering.page_sample import many_milestones, several_workbooks

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

Scheme: TypeAlias = Literal["light", "dark"]

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")


def _faults(opened: Opened, rules: dict[str, Any] | None = None) -> str:
    """What axe-core finds, with all its rules unless some are chosen: those of WCAG 2.2 and of good practice."""
    opened.page.evaluate(
        "for (const one of document.querySelectorAll('#control details, #changes details')) one.open = true"
    )
    found = axe.Axe().run(opened.page, options={"resultTypes": ["violations"], **(rules or {})})
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("milestones", [0, 20])
def test_axe_finds_no_fault(browser: Browser, tmp_path: Path, milestones: int, scheme: Scheme) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", many_milestones(milestones)), scheme=scheme)
    if milestones:
        opened.open_projects()
    assert _faults(opened) == ""
    opened.close()


def test_axe_finds_no_fault_with_5000_milestones(browser: Browser, large_file: Path) -> None:
    opened = Opened(browser, large_file)
    # Contrast takes the longest by far, and depends on the scheme: the next test looks at it.
    assert _faults(opened, {"rules": {"color-contrast": {"enabled": False}}}) == ""
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_enough_contrast_with_5000_milestones(browser: Browser, large_file: Path, scheme: Scheme) -> None:
    opened = Opened(browser, large_file, scheme=scheme)
    # The rows of a list are alike: some of each are enough, and axe-core needs minutes for all.
    opened.page.evaluate("for (const row of document.querySelectorAll('tbody tr:nth-child(n + 12)')) row.remove()")
    opened.page.evaluate("for (const body of document.querySelectorAll('tbody:nth-of-type(n + 12)')) body.remove()")
    opened.open_projects()
    assert _faults(opened, {"runOnly": ["color-contrast"]}) == ""
    opened.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_fault_with_everything_that_can_stand_on_the_page(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", several_workbooks(broken="damaged.xlsx")))
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.open_projects()
    opened.page.select_option("#by-owner", "Maya")
    assert _faults(opened) == ""
    opened.close()


_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    name: one.id || one.textContent.trim(),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inSight: box.width && box.height && box.bottom > 0 && box.top < innerHeight && box.right > 0,
  };
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_with_changes_and_a_trend(
    browser: Browser, tmp_path: Path, width: int, scheme: Scheme
) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", changed_report()), scheme=scheme)
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert _faults(opened) == ""
    opened.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_tab_key_reaches_everything_in_sight_and_with_a_ring(browser: Browser, tmp_path: Path, width: int) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", many_milestones(20)))
    opened.page.set_viewport_size({"width": width, "height": 800})
    stops = []
    opened.page.keyboard.press("Tab")
    while opened.page.evaluate("document.activeElement !== document.body"):
        stops.append(opened.page.evaluate(_FOCUS))
        opened.page.keyboard.press("Tab")
    names = [stop["name"] for stop in stops]
    assert names[0] == "Skip to the lists"
    for wanted in ("q", "by-owner", "by-client", "by-status", "open-all", "copy", "10 milestones, 6 unsigned"):
        assert wanted in names
    focusable = opened.page.locator("a:visible, button:enabled:visible, input:visible, select:visible, summary:visible")
    assert len(stops) == focusable.count()
    assert [stop for stop in stops if not stop["inSight"]] == []
    assert [stop for stop in stops if not stop["ringed"]] == []
    opened.close()


def test_the_skip_link_leads_past_the_answers(on_screen: Opened) -> None:
    on_screen.page.keyboard.press("Tab")
    on_screen.page.keyboard.press("Enter")
    assert on_screen.page.evaluate("document.activeElement.id") == "lists"


def test_a_project_opens_and_closes_by_keyboard(on_screen: Opened) -> None:
    deposit = on_screen.page.get_by_role("rowheader", name="Discovery")
    assert deposit.is_hidden()
    on_screen.page.locator("#t-projects summary").first.focus()
    on_screen.page.keyboard.press("Enter")
    assert deposit.is_visible()
    on_screen.page.keyboard.press("Space")
    assert deposit.is_hidden()
