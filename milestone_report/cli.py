"""The command line: commands, files, exit codes. Only here: printing, and ending with a code; options.py has the clock.

Stages are imported inside the commands, so that `--help` needs no pandas.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
import tempfile
import traceback
import webbrowser
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from milestone_report import __version__, init_options, options
from milestone_report.model import PART_FOLDERS
from milestone_report.rendering import OUTPUTS, USUAL, TemplateFaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from decimal import Decimal

    from rich.console import RenderableType

    from milestone_report.model import Report, Settings
    from milestone_report.parts import ReportPart


class Exit(IntEnum):
    """What the command tells the shell. Click itself answers wrong usage with 2."""

    DONE = 0
    FINDINGS = 1
    NOTHING_READ = 3
    NOT_WRITTEN = 4
    BUSY = 5
    FAULT = 70


class _Commands(click.Group):
    """The commands. A workbook in place of one is what people type first."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            word = args[0]
            if not (os.path.exists(word) or "/" in word or "\\" in word or Path(word).suffix):  # noqa: PTH110 - any word
                raise
            hint = f'For a report on it: milestone-report report "{word}"'
            raise click.UsageError(f"{error.format_message()} {hint}", ctx) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Nothing is ever sent, and your workbooks are never changed.",
)
@click.version_option(__version__, prog_name="milestone-report")
def cli() -> None:
    """Tell from your milestone workbooks whom to chase, what to invoice, and which sign-off is missing."""


@cli.command()
@options.of_reading(fail_on="never")
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
    open_page: bool,
) -> None:
    """Read the workbooks, check them, and write the summaries.

    PATH is a workbook or a folder of workbooks.
    """
    from milestone_report.rendering import render, renderers  # noqa: PLC0415
    from milestone_report.writing import of_earlier_runs, write_all  # noqa: PLC0415

    settings = replace(settings, out=out, templates=templates)
    with _writing_to(out):
        finished = _build(paths, settings, meanwhile=lambda: renderers(formats))
        outputs = list(render(finished, formats))
        parts = _parts(finished, split_by)
        outputs += [(f"{one.folder}/{name}", data) for one in parts for name, data in render(one.report, formats)]
        _spare_workbooks(finished, out, [name for name, _data in outputs], "--out")
        files = write_all(out, outputs)
    from milestone_report.rendering.text.figures import figures  # noqa: PLC0415
    from milestone_report.rendering.text.files import earlier, parts_written, written  # noqa: PLC0415

    _print(figures(finished))
    _print(written([file for file in files if file.parent == out], settings.locale))
    if parts:
        not_addressed = [one.part for one in parts if not one.addressed]
        _print(parts_written(out, [one.part for one in parts], not_addressed, settings.locale))
    _print(earlier(of_earlier_runs(out, PART_FOLDERS.values(), files), settings.locale))
    page = next((file for file in files if file.name == "summary.html"), None)
    if open_page and page and not webbrowser.open(page.resolve().as_uri()):
        click.echo(f"No browser could be opened here; open {page} yourself.", err=True)
    _exit_on(finished, fail_on)


@cli.command()
@options.of_reading(fail_on="error")
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
    finished = _build(paths, settings)
    if form == "json":
        from milestone_report.rendering.json import render_check  # noqa: PLC0415

        _put(render_check(finished))
    elif form == "csv":
        from milestone_report.rendering.csv import render  # noqa: PLC0415

        _put(render(finished))
    else:
        from milestone_report.rendering.text.findings import findings  # noqa: PLC0415

        _print(findings(finished))
    if review_copy:
        _write_review_copies(finished, review_copy, to_stderr=form != "text")
    _exit_on(finished, fail_on)


def _write_review_copies(finished: Report, folder: Path, *, to_stderr: bool) -> None:
    from milestone_report.rendering.review import review_copies  # noqa: PLC0415
    from milestone_report.rendering.text.files import copied  # noqa: PLC0415
    from milestone_report.writing import write_all  # noqa: PLC0415

    with _writing_to(folder):
        copies = list(review_copies(finished))
        _spare_workbooks(finished, folder, [copy.name for copy in copies], "--review-copy")
        files = write_all(folder, [(copy.name, copy.data) for copy in copies])
    why_not = [copy.why_not for copy in copies]
    _print(copied(dict(zip(files, why_not, strict=True)), finished.settings.locale), stderr=to_stderr)


@cli.command()
@click.argument("code", required=False)
@click.option(
    "--format",
    "form",
    type=options.Word(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the rules.",
)
def rules(code: str | None, form: str) -> None:
    """List the rules, or explain one: why it matters, examples, what it says, how to fix it.

    CODE is that of a rule, such as S201, or its beginning: S lists all that begin so.
    """
    from milestone_report.rules import FAMILIES, RULES  # noqa: PLC0415

    chosen = [rule for rule in RULES if rule.code.startswith((code or "").upper())]
    if not chosen:
        from milestone_report.text import suggest  # noqa: PLC0415

        near = suggest(str(code).upper(), [rule.code for rule in RULES])
        hint = f"Did you mean {near}?" if near else "Without a code all are listed."
        raise click.BadParameter(f"there is no rule {code}. {hint}")
    if form == "json":
        from milestone_report.rendering.catalogue import render  # noqa: PLC0415
        from milestone_report.trial import explained  # noqa: PLC0415

        _put(render(map(explained, chosen)))
    elif len(chosen) == 1:
        from milestone_report.rendering.text.rules import rule_page  # noqa: PLC0415
        from milestone_report.trial import explained  # noqa: PLC0415

        _print(rule_page(explained(chosen[0])))
    else:
        from milestone_report.rendering.text.rules import rule_table  # noqa: PLC0415

        _print(rule_table(chosen, FAMILIES))


@cli.command()
@click.argument("folder", required=False, default=Path(), type=click.Path(file_okay=False, path_type=Path))
@click.option("--project", metavar="NAME", help="Begin with this project instead of an example.")
@click.option("--client", metavar="NAME", default="", help="The project's client.")
@click.option("--owner", metavar="NAME", default="", help="Who looks after the project.")
@click.option("--contract", metavar="AMOUNT", help="The project's contract total, such as 12000 or 12000.50.")
@click.option(
    "--currency", metavar="CODE", callback=init_options.currency, help="The currency of the contract, such as EUR."
)
@click.option(
    "--split",
    metavar="SHARES",
    callback=init_options.shares,
    default="30,40,30",
    show_default=True,
    help="Shares of the contract in per cent. Three are deposit, midpoint and final; the last takes the rounding.",
)
def init(
    *,
    folder: Path,
    project: str | None,
    client: str,
    owner: str,
    contract: str | None,
    currency: str,
    split: Sequence[Decimal],
) -> None:
    """Make a workbook to begin with, a folder for sign-offs and a settings file.

    They are made in FOLDER, or where you are. What is there already is left as it is.
    """
    from milestone_report.starter import SIGNOFFS, WORKBOOK, starter_files  # noqa: PLC0415
    from milestone_report.writing import NotWrittenError, create_missing  # noqa: PLC0415

    begun = init_options.project(project, client, owner, contract, currency, split)
    if begun and (folder / WORKBOOK).exists():
        raise click.UsageError(
            f"“{folder / WORKBOOK}” is there already, and is never changed. Copy its empty sheet for the new project, "
            "or name another folder."
        )
    try:
        made, left = create_missing(folder, starter_files(begun, options.today()))
        if not (folder / SIGNOFFS).exists():
            (folder / SIGNOFFS).mkdir()
            made.append(folder / SIGNOFFS)
    except (NotWrittenError, OSError) as error:
        _stop(Exit.NOT_WRITTEN, f"Could not write to “{folder}”: {error}.")
    for file in made:
        click.echo(f"made  {file}")
    for file in left:
        click.echo(f"left  {file} (it was there already)")
    if made:
        click.echo(f"\nOpen {folder / WORKBOOK} in Excel; README.txt tells how to go on.")
        click.echo(f"For the report: milestone-report report {folder}")


def _build(paths: Sequence[Path], settings: Settings, meanwhile: Callable[[], object] = lambda: None) -> Report:
    """The report; ends the command where there is nothing to report on."""
    from milestone_report.pipeline import build  # noqa: PLC0415

    finished = build(paths, settings, meanwhile)
    if not finished.summary.control.sheets_used:
        from milestone_report.rendering.text.findings import findings  # noqa: PLC0415

        _print(findings(finished), stderr=True)
        # Notes are printed without what to do, but here they are all there is.
        for todo in dict.fromkeys(finding.fix for finding in finished.findings if finding.code == "W004"):
            click.echo(todo, err=True)
        _stop(Exit.NOTHING_READ, "No milestones could be read, so there is nothing to report.")
    return finished


def _parts(finished: Report, by: str | None) -> list[ReportPart]:
    """The parts of the report by a field, none without one."""
    from milestone_report.parts import parts  # noqa: PLC0415

    return list(parts(finished, by)) if by else []


@contextlib.contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Hold a folder while its files are made and written; ends the command where that cannot be."""
    from milestone_report.writing import FolderBusyError, NotWrittenError, locked  # noqa: PLC0415

    try:
        with locked(folder):
            yield
    except TemplateFaultError as error:
        raise click.UsageError(str(error)) from error
    except FolderBusyError:
        _stop(Exit.BUSY, f"Another run is writing to “{folder}” just now. Try again when it is done.")
    except NotWrittenError as error:
        why = f"{error}. The files of the run before are as they were."
        _stop(Exit.NOT_WRITTEN, f"Could not write to “{folder}”: {why} If one is open in Excel, close it.")


def _spare_workbooks(finished: Report, out: Path, names: Sequence[str], option: str) -> None:
    """End the command where an output would take the place of a workbook of the user's."""
    from milestone_report.reading.ooxml import is_own_output  # noqa: PLC0415

    files = {book.file.stat()[:3] for book in finished.workbooks if book.file.exists()}
    for target in (out / name for name in names if (out / name).exists()):
        if target.stat()[:3] in files or (target.suffix == ".xlsx" and not is_own_output(target.read_bytes())):
            _stop(
                Exit.NOT_WRITTEN, f"“{target}” is a workbook of yours: name another folder with {option} to spare it."
            )


def _exit_on(finished: Report, fail_on: str) -> None:
    serious = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    if any(finding.severity in serious for finding in finished.findings):
        sys.exit(Exit.FINDINGS)


def _print(lines: Iterable[RenderableType], *, stderr: bool = False) -> None:
    """Colour and wrapping for a terminal; plain whole lines for a file or a pipe."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def _put(data: bytes) -> None:
    """Bytes as they are: as text, Windows would make CR LF of every line break, and another code page of UTF-8."""
    click.echo(data, nl=False)


def _stop(code: Exit, message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def main() -> None:
    """The command. A fault of the program itself is one line and a log, never a traceback on the screen."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a pipe may be in a code page that has no “ or €: better a ? than a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # A short life: collecting cycles while tables are built costs a twentieth of the time and frees nothing.
    gc.set_threshold(200_000, 20, 20)
    try:
        cli()
    except Exception:  # noqa: BLE001 - the last net under everything
        where = _write_fault(traceback.format_exc())
        _stop(Exit.FAULT, f"milestone-report failed by a fault of its own; your workbooks are unchanged. {where}")


def _write_fault(details: str) -> str:
    """Keep the details of a fault in a new file of its own, and say where."""
    try:
        number, name = tempfile.mkstemp(prefix="milestone-report-fault-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8") as log:
            log.write(details)
    except OSError:
        return "Its details could not be written to a log."
    return f"Details: {name}"
