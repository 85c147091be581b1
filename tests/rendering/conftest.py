"""One browser for all tests, and the pages that several of them look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rendering.browsing import OPTIONS, Opened, chromium, written
from tests.rendering.page_sample import many_milestones, sample_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium, since Playwright's would have to be fetched."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on the PATH")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of ten projects."""
    return written(tmp_path_factory.mktemp("sample") / "summary.html", sample_report())


@pytest.fixture(scope="session")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of 5,000 milestones."""
    return written(tmp_path_factory.mktemp("large") / "summary.html", many_milestones(5000))


@pytest.fixture
def on_screen(browser: Browser, sample_file: Path) -> Iterator[Opened]:
    """The page of ten projects in the browser; nothing may go wrong on it."""
    opened = Opened(browser, sample_file)
    yield opened
    opened.close()
