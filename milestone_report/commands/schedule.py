"""`schedule`: an entry that makes the machine run the report by itself."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import click

from milestone_report import options
from milestone_report.commands.ending import Exit, stop
from milestone_report.commands.installing import (
    NotInstalledError,
    install_crontab,
    install_task,
    install_units,
    share_of,
    units_folder,
)
from milestone_report.commands.report import report
from milestone_report.schedules import parsed_days, parsed_name, parsed_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.schedules import Schedule

_NOT_AT_NIGHT = {
    "as_of": "--as-of would make every run tell of the same day. Leave it out: each run then tells of its own day.",
    "open_page": "--open needs somebody at the screen. Leave it out.",
}

_RETRIES = "8"
"""For three minutes: that is how long a computer that has just woken may need for its network."""


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="All other options are those of `report`, and are checked as it checks them.",
)
@click.option(
    "--at",
    callback=options.parsed_by(parsed_time),
    default="07:30",
    show_default=True,
    metavar="TIME",
    help="When to run.",
)
@click.option(
    "--days",
    callback=options.parsed_by(parsed_days),
    default="mon-fri",
    show_default=True,
    metavar="DAYS",
    help="On which days of the week: mon,thu or mon-fri.",
)
@click.option(
    "--for",
    "scheduler",
    type=options.Word(["cron", "systemd", "windows"]),
    show_default="what this machine has",
    help="Which scheduler the entry is for.",
)
@click.option(
    "--name",
    callback=options.parsed_by(parsed_name),
    default="milestone-report",
    show_default=True,
    metavar="NAME",
    help="What the entry is called. Each report of its own needs a name of its own.",
)
@click.option("--install", is_flag=True, help="Set the entry when it is shown and you have agreed.")
@click.option("--yes", is_flag=True, help="With --install: do not ask.")
@click.argument("words", metavar="PATH...", nargs=-1, required=True, type=click.UNPROCESSED)
def schedule(
    *,
    at: tuple[int, int],
    days: tuple[int, ...],
    scheduler: str | None,
    name: str,
    install: bool,
    yes: bool,
    words: tuple[str, ...],
) -> None:
    """Print an entry that runs the report by itself: for cron, systemd or the Windows Task Scheduler.

    PATH and the options of the report are written as for `report`. Nothing is changed without --install.
    """
    from milestone_report.schedules import Schedule, ScheduleError  # noqa: PLC0415

    chosen = scheduler or _of_this_machine()
    command = (sys.executable, "-P", "-m", "milestone_report", "report", *_report_words(words, chosen))
    wanted = Schedule(name=name, hour=at[0], minute=at[1], days=days, command=command)
    try:
        text, data = _entry(wanted, chosen)
    except ScheduleError as error:
        raise click.UsageError(str(error)) from error
    if data is not None and not sys.stdout.isatty():
        # In a file it must be what schtasks takes; a screen shows the same as text.
        click.echo(data, nl=False)
    else:
        click.echo(text, nl=False)
    _warn(wanted, chosen)
    if install:
        if not yes:
            click.confirm(f"Set this ({wanted.when})?", abort=True, err=True)
        _install(wanted, chosen, data)


def _of_this_machine() -> str:
    if sys.platform == "win32":
        return "windows"
    return "systemd" if shutil.which("systemctl") else "cron"


def _report_words(words: Sequence[str], scheduler: str) -> list[str]:
    """The words of a `report` command, checked as it checks them, every path absolute. Raises click.UsageError."""
    # What a callback makes of a value (a password of its file!) is for the run: here only that it is right.
    with report.make_context("milestone-report report", list(words)):
        pass
    context = click.Context(report, info_name="report")
    given, _rest, order = report.make_parser(context).parse_args(list(words))
    for param, why in _NOT_AT_NIGHT.items():
        if any(each.name == param for each in order):
            raise click.UsageError(why)
    found: list[str] = []
    for option in (each for each in dict.fromkeys(order) if isinstance(each, click.Option)):
        name, value = max(option.opts, key=len), given[str(option.name)]
        if option.is_flag:
            found.append(name)
            continue
        for each in value if option.multiple else [value]:
            found += [name, _absolute(each, scheduler) if isinstance(option.type, click.Path) else each]
    if "retry" not in {each.name for each in order}:
        found += ["--retry", _RETRIES]
    if "out" not in {each.name for each in order}:
        found += ["--out", _absolute("milestone-report", scheduler)]
    return [*found, *(_absolute(path, scheduler) for path in given["paths"])]


def _absolute(path: str, scheduler: str) -> str:
    """A path that means the same wherever the run is started. Links stay as they are: they may be moved on purpose."""
    if scheduler == "windows" and PureWindowsPath(path).is_absolute():
        return path
    return os.path.abspath(path)  # noqa: PTH100 - pathlib keeps “..”, which cannot be read in a schedule


def _entry(wanted: Schedule, scheduler: str) -> tuple[str, bytes | None]:
    """The entry as text, and as the bytes of a file where those are others. Raises ScheduleError."""
    if scheduler == "cron":
        from milestone_report.schedules import cron  # noqa: PLC0415

        return cron.entry(wanted), None
    if scheduler == "systemd":
        from milestone_report.schedules import systemd  # noqa: PLC0415

        files = systemd.units(wanted)
        return "\n".join(f"# {units_folder() / name}\n{text}" for name, text in files.items()), None
    from milestone_report.schedules import windows  # noqa: PLC0415

    text = windows.task(wanted, options.today())
    return text, windows.encoded(text)


def _warn(wanted: Schedule, scheduler: str) -> None:
    """Say what may keep a run from finding its files. Standard output has the entry alone."""
    from milestone_report.schedules.windows import mapped_drives  # noqa: PLC0415

    words = wanted.command[5:]
    if scheduler == "windows":
        for word, instead in mapped_drives(words, share_of):
            better = f"“{instead}”" if instead else "its network name (\\\\server\\share\\…)"
            click.echo(f"“{word}” is on a mapped drive, which a scheduled run may not have: write {better}.", err=True)
    for path in (Path(word) for word in words if os.path.isabs(word)):  # noqa: PTH117 - a word, not yet a path
        if not path.exists() and path != Path(words[words.index("--out") + 1]):
            click.echo(f"“{path}” is not there now.", err=True)
    if os.environ.get("MILESTONE_REPORT_PASSWORD") and "--password-file" not in words:
        click.echo(
            "A scheduled run does not have MILESTONE_REPORT_PASSWORD: give it the password with --password-file.",
            err=True,
        )


def _install(wanted: Schedule, scheduler: str, data: bytes | None) -> None:
    try:
        if scheduler == "cron":
            install_crontab(wanted)
            see = "crontab -l"
        elif scheduler == "systemd":
            from milestone_report.schedules import systemd  # noqa: PLC0415

            install_units(systemd.units(wanted))
            see = f"systemctl --user list-timers {wanted.name}.timer"
            click.echo("So that it runs when you are not logged in, too: loginctl enable-linger", err=True)
        else:
            install_task(wanted.name, data or b"")
            see = f'schtasks /query /tn "{wanted.name}" /v /fo list'
    except NotInstalledError as error:
        stop(Exit.NOT_WRITTEN, f"The schedule was not set: {error}")
    click.echo(f"Set: {wanted.when}. To see it: {see}", err=True)
