"""The command line: its commands, and what becomes of a fault of the program itself. options.py has the clock."""

from __future__ import annotations

import gc
import io
import os
import sys
import time
from pathlib import Path

import click

from milestone_report import __version__, logs
from milestone_report.collecting import collect_rarely
from milestone_report.commands.check import check
from milestone_report.commands.ending import Exit, stop
from milestone_report.commands.history import history
from milestone_report.commands.init import init
from milestone_report.commands.report import report
from milestone_report.commands.rules import rules
from milestone_report.commands.schedule import schedule


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
@click.pass_context
def cli(context: click.Context) -> None:
    """Tell from your milestone workbooks whom to chase, what to invoice, and which sign-off is missing."""
    context.obj = context.obj or time.sleep  # how a RunCommand waits


for _command in (report, check, init, rules, schedule, history):
    cli.add_command(_command)


def main() -> None:
    """The command. A fault of the program itself is one line and a log, never a traceback on the screen."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a pipe may be in a code page that has no “ or €: better a ? than a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    collect_rarely()
    try:
        cli()
    except Exception:  # noqa: BLE001 - the last net under everything
        kept = logs.keep_fault()
        where = f"Details: {kept}" if kept else "Its details could not be written to a log."
        stop(Exit.FAULT, f"milestone-report failed by a fault of its own; your workbooks are unchanged. {where}")
    finally:
        # Python looks through all objects for cycles once more before it ends; the memory is given back anyway.
        gc.freeze()
