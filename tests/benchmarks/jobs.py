"""What is measured: each job runs in a process of its own, as `python -m tests.benchmarks.jobs JOB WORKBOOK`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tests.benchmarks import AS_OF, excel, stages

if TYPE_CHECKING:
    from collections.abc import Callable


def bare(path: Path) -> None:
    """The least that reading can take: python-calamine, every cell of every sheet."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - a job imports what it measures

    book = CalamineWorkbook.from_path(path)
    for index in range(len(book.sheet_names)):
        book.get_sheet_by_index(index).to_python(skip_empty_area=True)


def read(path: Path) -> None:
    """What the program does with a workbook in a reader process."""
    from milestone_report.reading.contents import Source  # noqa: PLC0415
    from milestone_report.reading.workbook import read_workbook  # noqa: PLC0415

    rows = read_workbook(Source(path, path.name)).columns["row"]
    if len(rows) < 50_000:
        raise ValueError(f"only {len(rows)} rows were read")


def count_details(path: Path) -> None:
    """Prints for how many sheets the XML was looked through, and of how many it was asked."""
    from milestone_report.reading import ooxml  # noqa: PLC0415
    from milestone_report.reading.sheetxml import sheet_details  # noqa: PLC0415

    calls: Counter[str] = Counter()
    details, look = ooxml.Package.details, sheet_details

    def asking(self: ooxml.Package, *given: Any) -> Any:
        calls["asked"] += 1
        return details(self, *given)

    def looking(*given: Any) -> Any:
        calls["looked"] += 1
        return look(*given)

    # Wrapped for this process only: the product does not know that it is counted.
    setattr(ooxml.Package, "details", asking)  # noqa: B010 - mypy rightly refuses the plain assignment
    setattr(ooxml, "sheet_details", looking)  # noqa: B010 - the same
    read(path)
    click.echo(f"{calls['looked']} of {calls['asked']}")


def run_rules(path: Path) -> None:
    """Prints how many seconds all rules take over the rows of a workbook, and how many findings they make."""
    from milestone_report import figures, rules, signoffs  # noqa: PLC0415
    from milestone_report.collecting import collect_rarely  # noqa: PLC0415
    from milestone_report.model import Settings  # noqa: PLC0415
    from milestone_report.reading.contents import Source  # noqa: PLC0415
    from milestone_report.reading.table import milestones_frame  # noqa: PLC0415
    from milestone_report.reading.workbook import read_workbook  # noqa: PLC0415

    book = read_workbook(Source(path, path.name))
    settings = Settings(as_of=AS_OF)
    milestones = milestones_frame([book], settings.as_of)
    milestones = replace(milestones, frame=figures.add_figures(milestones.frame, settings.as_of, settings.ageing))
    milestones, notices = signoffs.check_signoffs(milestones, [book.workbook], settings)
    collect_rarely()
    started = time.perf_counter()
    found = rules.run(milestones, [*book.notices, *notices], rules.RULES)
    click.echo(f"{time.perf_counter() - started} {len(found)}")


def open_page(folder: Path) -> None:
    """Prints for the page of 5,000 milestones: bytes, and seconds to make, to open, to filter and to sort it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from milestone_report.rendering import html  # noqa: PLC0415
    from tests.rendering.browsing import OPTIONS, chromium  # noqa: PLC0415
    from tests.rendering.page_sample import many_milestones  # noqa: PLC0415

    report = many_milestones(5000)
    started = time.perf_counter()
    page = html.render(report)
    made = time.perf_counter() - started
    file = folder / "summary.html"
    file.write_bytes(page)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=OPTIONS)
        tab = browser.new_page()
        tab.goto(file.as_uri())  # once, so that the browser itself is awake
        tab.reload()
        # The script runs before this event; what is drawn next can be used.
        opened = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
        asked = tab.evaluate(
            """async () => {
                const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                const timed = async (act) => {
                    const start = performance.now();
                    act();
                    await drawn();
                    return (performance.now() - start) / 1000;
                };
                const owner = document.querySelector("#by-owner");
                const filter = () => { owner.selectedIndex = 2; owner.dispatchEvent(new Event("change")); };
                const sort = () => document.querySelector("#t-unpaid th[data-key=amount] button").click();
                return [await timed(filter), await timed(sort)];
            }"""
        )
        browser.close()
    click.echo(f"{len(page)} {made} {opened} {asked[0]} {asked[1]}")


JOBS: dict[str, Callable[..., None]] = {
    "bare": bare,
    "read": read,
    "count": count_details,
    "rules": run_rules,
    "page": open_page,
    "stages": stages.time_stages,
    "excel": excel.ours,
    "excel-cells": excel.record,
    "excel-bare": excel.twin,
}


if __name__ == "__main__":
    job, *places = sys.argv[1:]
    JOBS[job](*(place if place.isdecimal() else Path(place) for place in places))
