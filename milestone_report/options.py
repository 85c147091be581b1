"""What the values of options may be: dates, sizes, the password, words."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import os
import re
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Value = TypeVar("Value")

LEAST_MEMORY = 256 * 2**20
"""With less, a workbook of 1,000 small sheets cannot be read any more, and soon no workbook at all."""

HISTORY_NAME = "history.sqlite"
HISTORY_SUFFIXES = (".sqlite", ".sqlite3", ".db")

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


def log_file(_context: click.Context, _option: click.Parameter, file: Path | None) -> Path | None:
    """The log. Its name tells that it is no workbook and nothing that a run writes: one of the two would be lost."""
    if file is not None:
        from milestone_report.reading.sources import SUFFIXES  # noqa: PLC0415
        from milestone_report.rendering import OUTPUTS  # noqa: PLC0415

        written = {name for names in OUTPUTS.values() for name in names}
        if file.name.lower() in written or file.suffix.lower() in (*SUFFIXES, *HISTORY_SUFFIXES, ".toml"):
            from milestone_report.text import displayable  # noqa: PLC0415

            raise click.BadParameter(
                f"“{displayable(str(file))}” has the name of a workbook, a summary, a history or a settings file; "
                "the log needs one of its own, such as milestone-report.log."
            )
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
