"""`check`: the findings, on the terminal and in copies of the workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_report import options, running
from milestone_report.commands.ending import build, exit_on, spare_workbooks, writing_to
from milestone_report.commands.printing import print_lines, put_bytes
from milestone_report.readingoptions import reading_options

if TYPE_CHECKING:
    from milestone_report.model import Report, Settings


@click.command(cls=running.RunCommand)
@reading_options(fail_on="error")
@click.option(
    "--format",
    "form",
    type=options.Word(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print the findings. csv opens in Excel.",
)
@click.option(
    "--review-copy",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write into this folder a copy of each workbook with its findings in its cells.",
)
def check(paths: tuple[Path, ...], settings: Settings, fail_on: str, form: str, review_copy: Path | None) -> None:
    """Read and check the workbooks and print the findings. Your workbooks are never written to.

    PATH is a workbook or a folder of workbooks.
    """
    finished = build(paths, settings)
    quiet = running.current().quiet
    if form == "json":
        from milestone_report.rendering.json import render_check  # noqa: PLC0415

        put_bytes(render_check(finished))
    elif form == "csv":
        from milestone_report.rendering.csv import render  # noqa: PLC0415

        put_bytes(render(finished))
    else:
        from milestone_report.rendering.text.findings import counts, findings  # noqa: PLC0415

        print_lines(counts(finished) if quiet else findings(finished))
    if quiet:
        from milestone_report.rendering import unread  # noqa: PLC0415

        print_lines(unread.lines(finished), stderr=True)
    if review_copy:
        _write_review_copies(finished, review_copy, to_stderr=form != "text")
    exit_on(finished, fail_on)


def _write_review_copies(finished: Report, folder: Path, *, to_stderr: bool) -> None:
    from milestone_report.rendering.review import review_copies  # noqa: PLC0415
    from milestone_report.rendering.text.files import beside, copied  # noqa: PLC0415
    from milestone_report.writing import write_all  # noqa: PLC0415

    with writing_to(folder, finished.settings.locale):
        copies = list(review_copies(finished))
        spare_workbooks(finished, folder, [copy.name for copy in copies], "--review-copy")
        files = write_all(folder, [(copy.name, copy.data) for copy in copies], finished.settings.as_of)
    run = running.current()
    run.files += files
    if not run.quiet:
        why_not = [copy.why_not for copy in copies]
        print_lines(copied(dict(zip(files, why_not, strict=True)), finished.settings.locale), stderr=to_stderr)
    targets = [folder / copy.name for copy in copies]
    print_lines(beside(dict(zip(files, targets, strict=True)), finished.settings.locale), stderr=True)
