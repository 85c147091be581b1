"""The page on paper: every row once, headers on each sheet, no row cut, A4 and Letter."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.rendering.browsing import Opened
from tests.rendering.page_reading import Page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

ROW = re.compile(r"\b[MP]\d{4}\b")
DELIVERY = re.compile(r"\bD(\d{4})\b")
PAPERS = {"A4": (842, 595), "Letter": (792, 612)}


def _told(program: str, *arguments: str | Path) -> str:
    """What one of poppler's programs prints."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} (poppler) is not installed")
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def _sheets(pdf: Path) -> list[str]:
    """The text of each sheet of paper."""
    return _told("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_row_is_printed_once_and_whole_below_the_header_of_its_list(
    browser: Browser, large_file: Path, tmp_path: Path, paper: str
) -> None:
    opened = Opened(browser, large_file)
    opened.page.pdf(path=tmp_path / "page.pdf", format=paper)
    opened.close()
    sheets = _sheets(tmp_path / "page.pdf")

    lists = Page(large_file.read_bytes()).by_id("lists")
    on_page = Counter(ROW.findall(" ".join(lists.itertext())))
    assert sum(on_page.values()) > 4000
    assert Counter(ROW.findall(" ".join(sheets))) == on_page

    below = [(set(DELIVERY.findall(text)), set(ROW.findall(text))) for text in sheets]
    assert all({f"M{number}" for number in delivered} <= names for delivered, names in below), "no row is cut"
    assert sum(len(delivered) for delivered, _ in below) > 3000

    (first,) = [number for number, text in enumerate(sheets) if "Outstanding in EUR" in text]
    (last,) = [number for number, text in enumerate(sheets) if "Signed off by the client" in text]
    assert last - first > 5
    assert all("Project and milestone" in text for text in sheets[first:last]), "each sheet repeats the header"


@pytest.mark.parametrize("paper", PAPERS)
def test_lies_across_the_paper_that_was_asked_for(on_screen: Opened, tmp_path: Path, paper: str) -> None:
    on_screen.page.pdf(path=tmp_path / "page.pdf", format=paper)
    size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", _told("pdfinfo", tmp_path / "page.pdf"))
    assert size
    assert [float(side) for side in size.groups()] == pytest.approx(PAPERS[paper], abs=1)


def test_projects_close_again_after_printing(on_screen: Opened) -> None:
    on_screen.page.locator("#t-projects summary").nth(1).click()
    on_screen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert on_screen.page.locator("details:not([open])").count() == 0
    on_screen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert on_screen.page.locator("details[open]").count() == 1, "the one that was open before"
