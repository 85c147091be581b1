"""The paths and options that `report` and `check` share: what is read, and how."""

from __future__ import annotations

import functools
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_report import options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from milestone_report.model import Settings

    Command = Callable[..., None]

MOST_WORKERS = 64
"""Reader processes at once; each may take as much memory as --limit-memory says."""


def reading_options(fail_on: str) -> Callable[[Command], Command]:
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
                callback=options.locale,
                metavar="LOCALE",
                show_default="en_GB",
                help="Language and country (de_DE): how texts, figures and dates are written. Otherwise the settings "
                "file says it.",
            ),
            click.option(
                "--password-file",
                type=click.Path(path_type=Path),
                callback=options.password,
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
                help="Where to keep what was read and the compiled templates, in folders of their own that only you "
                "can open. Otherwise where this system keeps such things for you.",
            ),
            click.option(
                "--cache/--no-cache",
                default=True,
                help="Keep what was read and the compiled templates, so that the next run reads only the workbooks "
                "that have changed, or read all of them and keep nothing. The outputs are the same.",
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
                callback=options.memory,
                default="2GB",
                show_default=True,
                metavar="SIZE",
                help="Memory that reading one workbook may take, such as 800MB or 4GB (1GB is 1024MB).",
            ),
            click.option(
                "--limit-seconds",
                type=float,
                callback=options.seconds,
                default=60,
                show_default=True,
                metavar="SECONDS",
                help="Time that reading one workbook may take.",
            ),
            click.option(
                "--ignore",
                multiple=True,
                callback=options.codes,
                metavar="CODES",
                help="Show no findings of these rules. Written as for --select; what the settings file ignores "
                "stays ignored.",
            ),
            click.option(
                "--select",
                multiple=True,
                callback=options.codes,
                metavar="CODES",
                help="Show only findings of these rules: codes or what they begin with, such as S201,P4. May be given "
                "several times. A code named here is shown even where the settings file ignores it.",
            ),
            click.option(
                "--fail-on",
                type=options.Word(["error", "warning", "never"]),
                default=fail_on,
                show_default=True,
                help="Exit with 1 when there are findings of this severity or worse.",
            ),
            click.option(
                "--signoffs",
                type=click.Path(path_type=Path),
                callback=options.signoffs,
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
                callback=options.date,
                show_default="today",
                help="Count overdue days and ageing as of this date (2026-03-31).",
            ),
            click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)),
        ):
            decorated = option(decorated)
        return decorated

    return decorate


def _cache_folder(folder: Path | None) -> Path:
    """Where things are kept for the next run."""
    if folder is None:
        from platformdirs import user_cache_path  # noqa: PLC0415

        folder = user_cache_path("milestone-report", appauthor=False)
    return folder


def _with_file(settings: Settings, config: Path | None, first: Path) -> Settings:
    """The settings with what the settings file says; a fault in it ends the command as wrong usage."""
    from milestone_report.settings import SettingsError, find_settings, read_settings  # noqa: PLC0415

    file = config or find_settings(first)
    try:
        return read_settings(file, settings) if file else settings
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
