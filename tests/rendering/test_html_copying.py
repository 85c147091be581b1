"""The list of problems as plain text for a mail or a chat, whatever the browser allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rendering.browsing import Opened, written
from tests.rendering.page_sample import many_milestones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CLIPBOARD = ("clipboard-read", "clipboard-write")
NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });"
NO_COPY = "document.execCommand = () => false;"


@pytest.fixture
def filtered(browser: Browser, sample_file: Path) -> Iterator[Opened]:
    """Only what concerns Priya is shown."""
    opened = Opened(browser, sample_file, permissions=CLIPBOARD)
    opened.page.select_option("#by-owner", "Priya")
    yield opened
    opened.close()


def _clipboard(opened: Opened) -> str:
    """What another page of the same browser would paste."""
    other = opened.context.new_page()
    other.set_content("<textarea></textarea>")
    other.bring_to_front()
    other.focus("textarea")
    other.keyboard.press("ControlOrMeta+V")
    return other.input_value("textarea")


PRIYA = """\
Milestones on 31 March 2026 · North & Field Studio

Orchard
- Error, L9, Orchard campaign, Concept: The sign-off file “concept.pdf” is empty. Save the signed document again under this name. (F306)

Tidewater
- Warning, J9, Tidewater brand film, Rough cut: This milestone is billed without a due date. Fill in the due date of the invoice. (R117)
"""  # noqa: E501 - as it is pasted


def test_copies_the_problems_that_are_shown_one_a_line_under_their_sheets(filtered: Opened) -> None:
    filtered.page.click("#copy")
    filtered.page.get_by_text("Copied").wait_for()
    assert filtered.page.locator("#by-hand").is_hidden()
    assert _clipboard(filtered) == PRIYA


def test_copies_all_problems_where_nothing_is_filtered(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, written(tmp_path / "summary.html", many_milestones(50)), permissions=CLIPBOARD)
    opened.page.click("#copy")
    opened.page.get_by_text("Copied").wait_for()
    lines = _clipboard(opened).splitlines()
    assert len([line for line in lines if line.startswith("- Error, L")]) == 10
    opened.close()


def test_copies_in_the_older_way_where_a_file_has_no_clipboard(browser: Browser, sample_file: Path) -> None:
    opened = Opened(browser, sample_file, before=NO_CLIPBOARD)
    opened.page.select_option("#by-owner", "Priya")
    opened.page.focus("#copy")
    opened.page.keyboard.press("Enter")
    opened.page.get_by_text("Copied").wait_for()
    assert opened.page.locator("#by-hand").is_hidden()
    assert opened.page.evaluate("document.activeElement.id") == "copy", "the keyboard stays where it was"
    assert _clipboard(opened) == PRIYA
    opened.close()


def test_shows_the_text_chosen_for_copying_by_hand_where_nothing_else_works(
    browser: Browser, sample_file: Path
) -> None:
    opened = Opened(browser, sample_file, before=NO_CLIPBOARD + NO_COPY)
    opened.page.select_option("#by-owner", "Priya")
    opened.page.click("#copy")
    opened.page.get_by_text("Press Ctrl+C").wait_for()
    assert opened.page.input_value("#by-hand") == PRIYA
    assert opened.page.evaluate("document.activeElement.id") == "by-hand"
    opened.page.keyboard.press("ControlOrMeta+C")
    assert _clipboard(opened) == PRIYA
    opened.close()


def test_offers_no_copy_without_script_or_without_problems(browser: Browser, sample_file: Path, tmp_path: Path) -> None:
    opened = Opened(browser, sample_file, script=False)
    assert opened.page.locator("#copy").is_hidden()
    opened.close()
    opened = Opened(browser, written(tmp_path / "summary.html", many_milestones(0)))
    assert opened.page.locator("#copy").count() == 0
    opened.close()
