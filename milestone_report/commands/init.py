"""`init`: a workbook to begin with, and what belongs beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_report import options
from milestone_report.commands.ending import Exit, stop
from milestone_report.text import displayable, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.starter.plan import Project


_SHARE = re.compile(r"\d{1,3}(?:\.\d{1,10})?", re.ASCII)
_HIGHEST = 10**12
"""The check of the workbook's own cells takes no more."""


def _currency(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """A currency's code, "" where none is given."""
    from milestone_report.settings.values import currency as code  # noqa: PLC0415

    return options.understood(code, value) if value is not None else ""


def _text(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A name; what the system hands over as bytes that are no text cannot be written into a workbook."""
    if value is not None and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise click.BadParameter(f"“{displayable(value)}” is not all text; type it anew.") from error
    return value


def _shares(_context: click.Context, _option: click.Parameter, value: str) -> tuple[Decimal, ...]:
    """Shares of a hundred, parted by commas; whether they add up is for the contract to say."""
    parts = [part.strip().removesuffix("%").strip() for part in value.split(",")]
    if not all(_SHARE.fullmatch(part) for part in parts):
        raise click.BadParameter(f"“{shown(value)}” are no shares; write them as 30,40,30.")
    return tuple(map(Decimal, parts))


def _project(
    name: str | None, client: str, owner: str, contract: str | None, currency: str, shares: Sequence[Decimal]
) -> Project | None:
    """The project that `init` is to begin with, None for the example. Raises UsageError."""
    from milestone_report.money import parse_amount, to_minor  # noqa: PLC0415
    from milestone_report.starter.plan import planned  # noqa: PLC0415

    if name is None:
        if client or owner or contract or currency:
            raise click.UsageError("Name the project, too: --project.")
        return None
    if not name.strip() or contract is None or not currency:
        raise click.UsageError("A project needs a name, --contract and --currency.")
    amount = parse_amount(contract)
    if amount is None or amount.currency not in ("", currency) or not 0 < amount.value <= _HIGHEST:
        raise click.UsageError(
            f"--contract: “{contract}” is no amount in {currency} that has one reading; write it as 12000.50."
        )
    minor, exact = to_minor(amount.value, currency)
    if not exact:
        raise click.UsageError(f"--contract: “{contract}” has more decimals than {currency} has.")
    try:
        return planned(name.strip(), client.strip(), owner.strip(), currency, minor, shares)
    except ValueError as error:
        raise click.UsageError(f"--split: {error}") from error


@click.command()
@click.argument("folder", required=False, default=Path(), type=click.Path(file_okay=False, path_type=Path))
@click.option("--project", metavar="NAME", callback=_text, help="Begin with this project instead of an example.")
@click.option("--client", metavar="NAME", callback=_text, default="", help="The project's client.")
@click.option("--owner", metavar="NAME", callback=_text, default="", help="Who looks after the project.")
@click.option("--contract", metavar="AMOUNT", help="The project's contract total, such as 12000 or 12000.50.")
@click.option("--currency", metavar="CODE", callback=_currency, help="The currency of the contract, such as EUR.")
@click.option(
    "--split",
    metavar="SHARES",
    callback=_shares,
    default="30,40,30",
    show_default=True,
    help="Shares of the contract in per cent. Three are deposit, midpoint and final; the last takes the rounding.",
)
@click.option(
    "--locale",
    callback=options.locale,
    metavar="LOCALE",
    show_default="en_GB",
    help="Language and country (de_DE): how it is said what was made. What is made is in English.",
)
def init(  # noqa: PLR0913 - Click passes each option by name
    *,
    folder: Path,
    project: str | None,
    client: str,
    owner: str,
    contract: str | None,
    currency: str,
    split: Sequence[Decimal],
    locale: str,
) -> None:
    """Make a workbook to begin with, a folder for sign-offs and a settings file.

    They are made in FOLDER, or where you are. What is there already is left as it is; beside a workbook that is there
    no example is made.
    """
    from milestone_report.starter import SIGNOFFS, WORKBOOK, starter_files  # noqa: PLC0415
    from milestone_report.wording import Language  # noqa: PLC0415
    from milestone_report.writing import NotWrittenError, create_missing  # noqa: PLC0415

    begun = _project(project, client, owner, contract, currency, split)
    if begun and (folder / WORKBOOK).exists():
        raise click.UsageError(
            f"“{folder / WORKBOOK}” is there already, and is never changed. Copy its empty sheet for the new project, "
            "or name another folder."
        )
    say = Language(locale or "en_GB").say
    nothing = say("Made nothing.")
    signoffs = folder / SIGNOFFS
    if signoffs.exists() and not signoffs.is_dir():
        said = say("“{file}” is a file, and a folder of this name is needed: rename it.", file=str(signoffs))
        stop(Exit.NOT_WRITTEN, f"{said} {nothing}")
    files = starter_files(begun, options.today(), with_example=not (folder / WORKBOOK).exists())
    try:
        made, left = create_missing(folder, files, [SIGNOFFS])
    except NotWrittenError as error:
        said = say("Could not write to “{folder}”: {why}.", folder=str(folder), why=error.args[0])
        stop(Exit.NOT_WRITTEN, f"{said} {nothing}")
    for file in made:
        click.echo(say("made  {file}", file=str(file)))
    for file in left:
        click.echo(say("left  {file} (it was there already)", file=str(file)))
    if made:
        how = say("Open {file} in Excel; README.txt tells how to go on.", file=str(folder / WORKBOOK))
        command = f"milestone-report report {folder}{f' --locale {locale}' if locale else ''}"
        then = say("For the report: {command}", command=command)
        click.echo(f"\n{how}\n{then}")
