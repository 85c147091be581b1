"""A page of a report opened in a real browser, with what it complained of and asked for."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from milestone_report.rendering import html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Browser, Page

    from milestone_report.model import Report


NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def chromium() -> str | None:
    """The system's own browser; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def written(file: Path, report: Report) -> Path:
    """The page of a report as a file."""
    file.write_bytes(html.render(report))
    return file


class Opened:
    """A page in the browser. `before` is a script that runs ahead of the page's own."""

    def __init__(
        self, browser: Browser, file: Path, *, script: bool = True, after: str = "", before: str = "",
        scheme: Literal["light", "dark"] = "light", permissions: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 800},
            java_script_enabled=script,
            color_scheme=scheme,
            permissions=permissions,
        )
        self.page: Page = self.context.new_page()
        self.address = file.as_uri() + after
        self.complaints: list[str] = []
        self.requests: list[str] = []
        if before:
            self.page.add_init_script(before)
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(self.address)

    def close(self) -> None:
        """Close the page; nothing may have gone wrong on it, and nothing been asked of the network."""
        complaints, requests = self.complaints, {url.split("#")[0] for url in self.requests}
        self.context.close()
        assert complaints == []
        assert requests == {self.address.split("#")[0]}

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

    def sort(self, column: str, table: str = "t-unpaid") -> None:
        """Click on a column's header."""
        self.page.locator(f"#{table} > thead th[data-key={column}] button").click()

    def open_projects(self) -> None:
        """Open every project to its milestones."""
        self.page.click("#open-all")
