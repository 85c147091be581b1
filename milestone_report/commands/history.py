"""`history`: the runs that are remembered, and how it went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_report import options
from milestone_report.commands.ending import Exit, stop
from milestone_report.commands.printing import print_lines, put_bytes

if TYPE_CHECKING:
    from milestone_report.history.remembering import Overview
    from milestone_report.wording import Language


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("milestone-report"))
@click.option(
    "--history",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=options.history,
    metavar="FILE",
    show_default=f"{options.HISTORY_NAME} in FOLDER",
    help="The file in which runs are remembered.",
)
@click.option(
    "--format",
    "form",
    type=options.Word(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print it. csv opens in Excel.",
)
@click.option(
    "--locale",
    callback=options.locale,
    metavar="LOCALE",
    show_default="en_GB",
    help="Language and country (de_DE): how text is printed.",
)
def history(folder: Path, file: Path | None, form: str, locale: str) -> None:
    """List the runs that are remembered, and what was outstanding and overdue as of each.

    FOLDER is the one that report wrote to, or its file of runs itself; milestone-report where none is named.
    """
    from milestone_report.wording import Language  # noqa: PLC0415

    language = Language(locale or "en_GB")
    found = _found(file or (folder if folder.is_file() else folder / options.HISTORY_NAME), language)
    if form == "json":
        from milestone_report.rendering.history import as_json  # noqa: PLC0415

        put_bytes(as_json(found.runs, found.trend))
    elif form == "csv":
        from milestone_report.rendering.history import as_csv  # noqa: PLC0415

        put_bytes(as_csv(found.runs, found.trend))
    else:
        from milestone_report.rendering.text.history import overview  # noqa: PLC0415

        print_lines(overview(found.runs, found.trend, language))


def _found(file: Path, language: Language) -> Overview:
    """What the file holds; ends the command where it holds nothing, or cannot be used."""
    from milestone_report.history.remembering import overview  # noqa: PLC0415
    from milestone_report.history.store import DamagedError, Store, UnusableError  # noqa: PLC0415
    from milestone_report.text import displayable  # noqa: PLC0415

    try:
        found = overview(Store(file))
    except (UnusableError, DamagedError) as error:
        why = language.told(error.args[0])
        said = language.say("The history “{file}” cannot be used: {why}.", file=displayable(str(file)), why=why)
        stop(Exit.NOTHING_READ, said)
    if not found.runs:
        stop(Exit.NOTHING_READ, language.say("No runs are remembered in “{file}”.", file=displayable(str(file))))
    return found
