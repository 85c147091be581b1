"""The mail's body in a real browser, as web mail shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.rendering import email
from tests.building import report_of
from tests.rendering.page_sample import sample_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
