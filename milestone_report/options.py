"""The options that `report` and `check` share, and what their values may be: dates, sizes, the password."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import math
import os
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from milestone_report.model import Settings

    Command = Callable[..., None]

Value = TypeVar("Value")

LEAST_MEMORY = 256 * 2**20
"""With less, a workbook of 1,000 small sheets cannot be read any more, and soon no workbook at all."""

HISTORY_NAME = "history.sqlite"
HISTORY_SUFFIXES = (".sqlite", ".sqlite3", ".db")

MOST_WORKERS = 64
"""Reader processes at once; each may take as much memory as --limit-memory says."""

_MOST_BESIDE = 1_000
"""Names beside a sign-off folder that is not there, of which one may be meant."""


class Word(click.Choice[str]):
    """One word of several, in capitals or not."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(list(words), case_sensitive=False)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is known. Raises BadParameter."""
        several = [word.strip().lower() for word in str(value).split(",")]
        if len(several) > 1 and param is not None and param.multiple and {*several} <= {*self.choices}:
            name = param.opts[-1]
            self.fail(f"give it several times: {' '.join(f'{name} {word}' for word in several)}", param, ctx)
        return super().convert(value, param, ctx)


def understood(parse: Callable[[str], Value], text: str) -> Value:
    """What `parse` makes of a text; it raises ValueError in words that follow the text. Raises BadParameter."""
    try:
        return parse(text)
    except ValueError as error:
        raise click.BadParameter(f"“{text}” {error}") from error


def parsed_by(parse: Callable[[str], Value]) -> Callable[[click.Context, click.Parameter, str], Value]:
    """A callback for an option whose value `parse` understands."""
    return lambda _context, _option, text: understood(parse, text)


def today() -> dt.date:
    """Today. It is asked for here and nowhere else."""
    return dt.datetime.now().astimezone().date()


def date(_context: click.Context, _option: click.Parameter, value: str | None) -> dt.date:
    """The date of the report."""
    if value is None:
        return today()
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"“{value}” is no date{_missing_day(value)}") from error


def day(context: click.Context, option: click.Parameter, value: str | None) -> dt.date | None:
    """A date, or none."""
    return None if value is None else date(context, option, value)


def history(_context: click.Context, _option: click.Parameter, file: Path | None) -> Path | None:
    """The history file. Its name tells that it is none of the user's other files, which it would take the place of."""
    if file is not None and file.suffix.lower() not in HISTORY_SUFFIXES:
        raise click.BadParameter(f"“{file}” must end in {', '.join(HISTORY_SUFFIXES[:-1])} or {HISTORY_SUFFIXES[-1]}.")
    return file


def _missing_day(text: str) -> str:
    """Why a text is no date: the month is shorter, or it is written otherwise."""
    written = re.fullmatch(r"([1-9]\d{3})-(0[1-9]|1[0-2])-\d\d", text)
    if written is None:
        return "; write it as 2026-03-31."
    from milestone_report.dates import spelled_date  # noqa: PLC0415

    year, month = int(written[1]), int(written[2])
    name = spelled_date(dt.date(year, month, 1)).removeprefix("1 ")
    return f": {name} has {calendar.monthrange(year, month)[1]} days."


def signoffs(_context: click.Context, _option: click.Parameter, folder: Path | None) -> Path | None:
    """The sign-off folder. One that is not there is no wrong usage, as its drive may be away; a slip is asked about."""
    if folder is None:
        return None
    try:
        if not folder.exists():
            from milestone_report.text import displayable, suggest  # noqa: PLC0415

            beside = [entry.name for entry in islice(os.scandir(folder.parent), _MOST_BESIDE) if entry.is_dir()]
            if near := suggest(folder.name, beside):
                shown, meant = (displayable(str(each)) for each in (folder, folder.with_name(near)))
                click.echo(f"There is no folder “{shown}”. Did you mean “{meant}”?", err=True)
    except (OSError, ValueError):
        pass  # looking for the files will say what is wrong with it
    return folder


def seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """Seconds: neither none nor endless."""
    if not 0 < value < math.inf:
        raise click.BadParameter("it must be more than 0 seconds.")
    return value


def memory(_context: click.Context, _option: click.Parameter, value: str) -> int:
    """Bytes of a size such as 2GB or 800MB. Like Windows, 1 GB is 1024 MB."""
    size = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([MG])i?B", value.strip(), re.IGNORECASE)
    if size is None:
        raise click.BadParameter(f"“{value}” is no size; write it as 2GB or 800MB.")
    asked = int(float(size[1]) * 2 ** {"M": 20, "G": 30}[size[2].upper()])
    if asked < LEAST_MEMORY:
        raise click.BadParameter(f"a reader needs at least {LEAST_MEMORY // 2**20}MB to start.")
    return asked


def password(_context: click.Context, _option: click.Parameter, file: Path | None) -> str:
    """The first line of a file, else the environment's: never an argument, which other users can see."""
    if file is None:
        return os.environ.get("MILESTONE_REPORT_PASSWORD", "")
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise click.BadParameter(f"“{file}” cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError:
        raise click.BadParameter(f"“{file}” is no UTF-8 text; save it as one.") from None
    if not lines or not lines[0]:
        raise click.BadParameter(f"the first line of “{file}” is empty; it must be the password.")
    return lines[0]


def templates(_context: click.Context, _option: click.Parameter, folder: Path | None) -> Path | None:
    """The folder of templates of the user's own. One that is wrong is said before anything is read."""
    if folder is None:
        return None
    from milestone_report.rendering import TemplateFaultError  # noqa: PLC0415
    from milestone_report.rendering.owntemplates import look_through  # noqa: PLC0415

    try:
        for hint in look_through(folder):
            click.echo(hint, err=True)
    except TemplateFaultError as error:
        raise click.BadParameter(str(error)) from error
    return folder


def show_templates(context: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 - Click's way
    """Print the file of each template of ours, and end."""
    if not value or context.resilient_parsing:
        return
    from milestone_report.rendering.templates import files  # noqa: PLC0415

    for file in files():
        click.echo(file)
    context.exit()


def codes(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of rules and what they begin with, parted by commas, in capitals."""
    from milestone_report.settings.values import code  # noqa: PLC0415

    found = (understood(code, word) for words in given for word in words.split(","))
    return tuple(dict.fromkeys(found))


def locale(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """A locale that Babel knows; "" for none, so that the settings file is asked."""
    if value is None:
        return ""
    from milestone_report.settings.values import locale as known  # noqa: PLC0415

    return understood(known, value)


def of_reading(fail_on: str) -> Callable[[Command], Command]:
    """The paths and options that `report` and `check` share; `fail_on` is the command's default.

    The command gets those that say how to read as `settings`.
    """

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_settings(  # noqa: PLR0913 - Click passes each option by name
            *,
            paths: tuple[Path, ...],
            as_of: dt.date,
            signoffs: Path | None,
            config: Path | None,
            limit_seconds: float,
            limit_memory: int,
            workers: int | None,
            dask: str,
            cache: bool,
            cache_dir: Path | None,
            password_file: str,
            select: tuple[str, ...],
            ignore: tuple[str, ...],
            locale: str,
            **others: object,
        ) -> None:
            from milestone_report.choice import By, Choice, Ignore  # noqa: PLC0415
            from milestone_report.model import ReadingSettings, Settings  # noqa: PLC0415

            settings = Settings(
                as_of=as_of,
                signoffs=signoffs,
                choice=Choice(select, tuple(Ignore(code, by=By.IGNORE) for code in ignore)),
                reading=ReadingSettings(password=password_file, seconds=limit_seconds, memory=limit_memory),
                workers=workers or min(os.cpu_count() or 1, MOST_WORKERS),
                cache=_cache_folder(cache_dir) if cache else None,
                cluster=dask,
            )
            settings = _with_file(settings, config, paths[0])
            command(paths=paths, settings=replace(settings, locale=locale or settings.locale), **others)

        decorated: Command = with_settings
        for option in (
            click.option(
                "--locale",
                callback=locale,
                metavar="LOCALE",
                show_default="en_GB",
                help="Language and country (de_DE): how texts, figures and dates are written. Otherwise the settings "
                "file says it.",
            ),
            click.option(
                "--password-file",
                type=click.Path(path_type=Path),
                callback=password,
                metavar="FILE",
                help="Text file with the password of encrypted workbooks in its first line. Otherwise the "
                "environment variable MILESTONE_REPORT_PASSWORD is used. Needs msoffcrypto-tool.",
            ),
            click.option(
                "--dask",
                default="",
                metavar="ADDRESS",
                help="Read on the workers of the Dask cluster whose scheduler has this address, such as "
                "tcp://10.0.0.5:8786. See docs/scaling.md. Needs distributed.",
            ),
            click.option(
                "--cache-dir",
                type=click.Path(file_okay=False, path_type=Path),
                envvar="MILESTONE_REPORT_CACHE_DIR",
                show_envvar=True,
                metavar="DIR",
                help="Where to keep what was read, in a folder of its own that only you can open. Otherwise where "
                "this system keeps such things for you.",
            ),
            click.option(
                "--cache/--no-cache",
                default=True,
                help="Keep what was read, so that the next run reads only the workbooks that have changed, or read "
                "all of them and keep nothing. The outputs are the same.",
            ),
            click.option(
                "--workers",
                type=click.IntRange(1, MOST_WORKERS),
                metavar="N",
                show_default="as many as there are cores",
                help="Workbooks that are read at once. The outputs are the same, whatever it is.",
            ),
            click.option(
                "--limit-memory",
                callback=memory,
                default="2GB",
                show_default=True,
                metavar="SIZE",
                help="Memory that reading one workbook may take, such as 800MB or 4GB (1GB is 1024MB).",
            ),
            click.option(
                "--limit-seconds",
                type=float,
                callback=seconds,
                default=60,
                show_default=True,
                metavar="SECONDS",
                help="Time that reading one workbook may take.",
            ),
            click.option(
                "--ignore",
                multiple=True,
                callback=codes,
                metavar="CODES",
                help="Show no findings of these rules. Written as for --select; what the settings file ignores "
                "stays ignored.",
            ),
            click.option(
                "--select",
                multiple=True,
                callback=codes,
                metavar="CODES",
                help="Show only findings of these rules: codes or what they begin with, such as S201,P4. May be given "
                "several times. A code named here is shown even where the settings file ignores it.",
            ),
            click.option(
                "--fail-on",
                type=Word(["error", "warning", "never"]),
                default=fail_on,
                show_default=True,
                help="Exit with 1 when there are findings of this severity or worse.",
            ),
            click.option(
                "--signoffs",
                type=click.Path(path_type=Path),
                callback=signoffs,
                metavar="DIR",
                help="Folder of the sign-off files, for all workbooks. Otherwise the one named in the project "
                "block, else “signoffs” beside the workbook.",
            ),
            click.option(
                "--config",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="FILE",
                help="Settings file. Otherwise “milestone-report.toml” beside the first PATH, or in it where PATH is "
                "a folder, if there is one. Options given here count before it.",
            ),
            click.option(
                "--as-of",
                metavar="DATE",
                callback=date,
                show_default="today",
                help="Count overdue days and ageing as of this date (2026-03-31).",
            ),
            click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)),
        ):
            decorated = option(decorated)
        return decorated

    return decorate


def _cache_folder(folder: Path | None) -> Path:
    """Where the rows of workbooks are kept for the next run."""
    if folder is None:
        from platformdirs import user_cache_path  # noqa: PLC0415

        folder = user_cache_path("milestone-report", appauthor=False)
    return folder / "workbooks"


def _with_file(settings: Settings, config: Path | None, first: Path) -> Settings:
    """The settings with what the settings file says; a fault in it ends the command as wrong usage."""
    from milestone_report.settings import SettingsError, find_settings, read_settings  # noqa: PLC0415

    file = config or find_settings(first)
    try:
        return read_settings(file, settings) if file else settings
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
