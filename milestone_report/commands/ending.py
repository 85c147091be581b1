"""How a command ends: its exit codes, and what makes it end before its time."""

from __future__ import annotations

import contextlib
import sys
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn

import click

from milestone_report.commands.printing import print_lines
from milestone_report.commands.progress import reading_bar
from milestone_report.rendering import TemplateFaultError
from milestone_report.running import current, language_for, tell_workbooks
from milestone_report.stopping import INTERRUPTED, TERMINATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from milestone_report.history.runs import Memory
    from milestone_report.model import Report, Settings


class Exit(IntEnum):
    """What the command tells the shell. Click itself answers wrong usage with 2."""

    DONE = 0
    FINDINGS = 1
    NOTHING_READ = 3
    NOT_WRITTEN = 4
    BUSY = 5
    FAULT = 70
    INTERRUPTED = INTERRUPTED
    TERMINATED = TERMINATED


def build(
    paths: Sequence[Path],
    settings: Settings,
    meanwhile: Callable[[], object] = lambda: None,
    memory: Memory | None = None,
) -> Report:
    """The report; ends the command where there is nothing to report on."""
    from milestone_report.pipeline import build  # noqa: PLC0415
    from milestone_report.reading.cluster import ClusterError  # noqa: PLC0415

    current().locale = settings.locale
    try:
        with reading_bar(settings.locale, quiet=current().quiet) as tell:
            finished = build(paths, settings, meanwhile, memory, tell)
    except ClusterError as error:
        raise click.BadParameter(str(error), param_hint="--dask") from error
    tell_workbooks(finished)
    if not finished.summary.control.sheets_used:
        from milestone_report.rendering.text.findings import findings  # noqa: PLC0415

        print_lines(findings(finished), stderr=True)
        # Notes are printed without what to do, but here they are all there is.
        for todo in dict.fromkeys(finding.fix for finding in finished.findings if finding.code == "W004"):
            what = language_for(settings.locale).say("What to do about what was not used (W004): {todo}", todo=todo)
            click.echo(what, err=True)
        said = language_for(settings.locale).say("No milestones could be read, so there is nothing to report.")
        stop(Exit.NOTHING_READ, said)
    return finished


@contextlib.contextmanager
def writing_to(folder: Path, locale: str) -> Iterator[None]:
    """Hold a folder while its files are made and written; ends the command where that cannot be."""
    from milestone_report.writing import FolderBusyError, NotWrittenError, locked  # noqa: PLC0415

    try:
        with locked(folder):
            yield
    except TemplateFaultError as error:
        raise click.UsageError(str(error)) from error
    except FolderBusyError as error:
        say = language_for(locale).say
        if error.holder is None:
            said = say("Another run is writing to “{folder}” just now. Try again when it is done.", folder=str(folder))
        else:
            said = say(
                "Another run is writing to “{folder}” just now (process {process} on {host}, since {since}). Try again "
                "when it is done.",
                folder=str(folder),
                process=str(error.holder.process),
                host=error.holder.host,
                since=error.holder.since,
            )
        stop(Exit.BUSY, said)
    except NotWrittenError as error:
        say = language_for(locale).say
        parts = [say("Could not write to “{folder}”: {why}.", folder=str(folder), why=error.args[0])]
        if error.intact:
            parts.append(say("The files of the run before are as they were."))
        if error.may_be_open:
            parts.append(say("If one is open in Excel, close it."))
        stop(Exit.NOT_WRITTEN, " ".join(parts))


def spare_workbooks(finished: Report, out: Path, names: Sequence[str], option: str) -> None:
    """End the command where an output would take the place of a workbook of the user's."""
    from milestone_report.reading.ooxml import is_own_output  # noqa: PLC0415

    files = {book.file.stat()[:3] for book in finished.workbooks if book.file.exists()}
    for target in (out / name for name in names if (out / name).exists()):
        if target.stat()[:3] in files or (
            target.suffix in (".xlsx", ".xlsm") and not is_own_output(target.read_bytes())
        ):
            said = language_for(finished.settings.locale).say(
                "“{file}” is a workbook of yours: name another folder with {option} to spare it.",
                file=str(target),
                option=option,
            )
            stop(Exit.NOT_WRITTEN, said)


def exit_on(finished: Report, fail_on: str) -> None:
    """End with FINDINGS where there is one of the severity `fail_on` or worse."""
    serious = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    if any(finding.severity in serious for finding in finished.findings):
        sys.exit(Exit.FINDINGS)


def stop(code: Exit, message: str) -> NoReturn:
    """End the command with one sentence for people."""
    click.echo(message, err=True)
    sys.exit(code)
