"""`report`: the summaries."""

from __future__ import annotations

import webbrowser
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_report import options, running
from milestone_report.commands.ending import build, exit_on, spare_workbooks, writing_to
from milestone_report.commands.past import Past
from milestone_report.commands.printing import print_lines
from milestone_report.model import PART_FOLDERS
from milestone_report.readingoptions import reading_options
from milestone_report.rendering import OUTPUTS, USUAL

if TYPE_CHECKING:
    import datetime as dt

    from milestone_report.model import Report, Settings
    from milestone_report.parts import ReportPart


@click.command(cls=running.RunCommand)
@reading_options(fail_on="never")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("milestone-report"),
    show_default=True,
    metavar="DIR",
    help="Folder for the summaries. It is made if it is not there; files in it are replaced.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=options.Word(OUTPUTS),
    default=USUAL,
    show_default="all but csv",
    help="What to write; may be given several times. csv is the findings only.",
)
@click.option(
    "--split-by",
    type=options.Word(PART_FOLDERS),
    help="Write the summaries of each owner, client or project, too: each in a folder of its own, of just these "
    "milestones. Drafts are addressed from [owners] in the settings file.",
)
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=options.templates,
    metavar="DIR",
    help="Folder of templates of your own, which come before those of the same name. See docs/templates.md.",
)
@click.option(
    "--show-templates",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=options.show_templates,
    help="Print where the program's own templates lie, to copy one and change the copy, and end.",
)
@click.option(
    "--history",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=options.history,
    metavar="FILE",
    show_default=f"{options.HISTORY_NAME} in the folder of --out",
    help="File in which runs are remembered, so that the next one tells what changed.",
)
@click.option("--no-history", is_flag=True, help="Remember nothing, and tell no changes.")
@click.option(
    "--since",
    metavar="DATE",
    callback=options.day,
    help="Tell the changes since the newest remembered report of this date or before it. Otherwise since the newest "
    "one of an earlier date than this one's.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser when it is written.")
def report(  # noqa: PLR0913 - Click passes each option by name
    *,
    paths: tuple[Path, ...],
    settings: Settings,
    fail_on: str,
    out: Path,
    formats: tuple[str, ...],
    split_by: str | None,
    templates: Path | None,
    history: Path | None,
    no_history: bool,
    since: dt.date | None,
    open_page: bool,
) -> None:
    """Read the workbooks, check them, and write the summaries.

    PATH is a workbook or a folder of workbooks.
    """
    from milestone_report.rendering import render, renderers  # noqa: PLC0415
    from milestone_report.writing import not_replaced, of_earlier_runs, write_all  # noqa: PLC0415

    if no_history and (history or since):
        raise click.UsageError("--no-history goes neither with --history nor with --since.")
    settings = replace(settings, out=out, templates=templates)
    past = Past(None if no_history else history or out / options.HISTORY_NAME, settings.locale)
    with writing_to(out, settings.locale):
        past.recall(settings.as_of, since)
        finished = build(paths, settings, meanwhile=lambda: renderers(formats), memory=past.memory)
        finished = replace(finished, history_told=past.told)
        outputs = list(render(finished, formats))
        parts = _parts(finished, split_by)
        outputs += [(f"{one.folder}/{name}", data) for one in parts for name, data in render(one.report, formats)]
        spare_workbooks(finished, out, [name for name, _data in outputs], "--out")
        files = write_all(out, outputs, settings.as_of)
        past.remember(finished)
    run = running.current()
    run.files += files
    from milestone_report.rendering import unread  # noqa: PLC0415
    from milestone_report.rendering.text.figures import figures, left_out  # noqa: PLC0415
    from milestone_report.rendering.text.files import (  # noqa: PLC0415
        beside,
        earlier,
        parts_written,
        stale,
        untranslated,
        written,
    )
    from milestone_report.wording import Language  # noqa: PLC0415

    language = Language(settings.locale)
    targets = {file: out / name for file, (name, _data) in zip(files, outputs, strict=True)}
    if not run.quiet:
        print_lines(figures(finished))
        print_lines(written({file: name for file, name in targets.items() if file.parent == out}, settings.locale))
        if parts:
            not_addressed = [one.part for one in parts if not one.addressed]
            print_lines(parts_written(out, [one.part for one in parts], not_addressed, settings.locale))
        print_lines(untranslated(settings.locale))
        print_lines(earlier(of_earlier_runs(out, PART_FOLDERS.values(), files), settings.locale))
        replaced = {file.name for file in targets.values()}
        others = [name for name in chain.from_iterable(OUTPUTS.values()) if name not in replaced]
        print_lines(stale(out, not_replaced(others, files), settings.locale))
    else:
        print_lines(unread.lines(finished), stderr=True)
        print_lines(left_out(finished, language), stderr=True)
    print_lines(beside(targets, settings.locale), stderr=True)
    page = next((file for file in files if targets[file].name == "summary.html"), None)
    if open_page and page and not webbrowser.open(page.resolve().as_uri()):
        click.echo(language.say("No browser could be opened here; open {page} yourself.", page=str(page)), err=True)
    exit_on(finished, fail_on)


def _parts(finished: Report, by: str | None) -> list[ReportPart]:
    """The parts of the report by a field, none without one."""
    from milestone_report.parts import parts  # noqa: PLC0415

    return list(parts(finished, by)) if by else []
