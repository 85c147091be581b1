"""What belongs to a run itself and not to what it reads: its log, how much it says, and waiting for a share."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milestone_report import __version__, logs, options
from milestone_report.model import Severity, State
from milestone_report.stopping import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milestone_report.model import Report
    from milestone_report.wording import Language

_KEY = "milestone_report.run"
_AWAITED = ("config", "signoffs", "templates", "password_file")
"""The parameters that name, beside the paths, what is to be there before a run begins. Such a folder may be empty."""

LONGEST_PAUSE = 60.0


@dataclass
class Run:
    """A run under way. `files` are those it has written, `locale` is known when the settings are."""

    quiet: bool = False
    verbose: bool = False
    locale: str = "en_GB"
    files: list[Path] = field(default_factory=list)


def current() -> Run:
    """The run that this is; a plain one outside of a command."""
    context = click.get_current_context(silent=True)
    run = context.meta.get(_KEY) if context else None
    return run if isinstance(run, Run) else Run()


class RunCommand(click.Command):
    """A command with the options of a run itself. It waits for a share, and is in the log when it ends.

    The context's `obj` is how to sleep; without one, as where options are only looked at, it does not wait.
    """

    def __init__(self, name: str | None, params: list[click.Parameter], **others: Any) -> None:  # noqa: ANN401 - Click's
        super().__init__(name, params=[*params, *_options()], **others)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Wait before the options are looked at: their files may be on the share, too."""
        if callable(ctx.obj):
            given, _rest, order = self.make_parser(ctx).parse_args([*args])
            retries = str(given.get("retry") or "")
            if retries.isdecimal() and self.get_help_option(ctx) not in order:
                named = [Path(path) for path in given["paths"] or ()]
                others = [Path(value) for name in _AWAITED if (value := given.get(name))]
                if history := given.get("history"):
                    others.append(Path(history).parent)  # a first run makes the file itself
                locale = str(given.get("locale") or "")
                _wait(named, others, int(retries), ctx.obj, None if given.get("quiet") else language_for(locale))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run it, and write down how it ended."""
        log_file, log_format, quiet, verbose = map(ctx.params.pop, ("log_file", "log_format", "quiet", "verbose"))
        if quiet and verbose:
            raise click.UsageError("--quiet and --verbose contradict each other.")
        log = log_file or logs.default_file()
        if not logs.may_write(log):
            raise click.UsageError(f"“{_printable(log)}” is no log of milestone-report: name another file.")
        run = ctx.meta[_KEY] = Run(quiet=quiet, verbose=verbose, locale=ctx.params["locale"] or "en_GB")
        logs.begin(log, log_format)
        began, code = time.monotonic(), 70  # a fault, unless it ends otherwise
        try:
            result: object = super().invoke(ctx)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
            raise
        except Stopped as ended:
            code = ended.code
            if not run.locale.startswith("en"):
                say = language_for(run.locale).say
                ended.said = (
                    say("Stopped. All files of this run are written.")
                    if ended.written
                    else say("Stopped. No file was changed.")
                )
            raise
        except (click.exceptions.Exit, click.ClickException) as ended:
            code = ended.exit_code
            raise
        else:
            return result
        finally:
            _write_down(run, ctx, code, time.monotonic() - began)


def _write_down(run: Run, context: click.Context, code: int, seconds: float) -> None:
    logs.record(
        "run",
        command=context.info_name,
        version=__version__,
        as_of=str(context.params["as_of"]),
        exit=code,
        seconds=round(seconds, 3),
        written=[str(file.absolute()) for file in run.files],
    )
    if failed := logs.not_written():
        said = language_for(run.locale).say(
            "The log “{file}” cannot be written ({why}). This changes nothing in the run itself.",
            file=_printable(failed[0]),
            why=failed[1],
        )
        click.echo(said, err=True)


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            help="Print only what must be seen: what went wrong, and what could not be read and so is in no figure.",
        ),
        click.Option(["-v", "--verbose"], is_flag=True, help="Say a line for each workbook, too, on standard error."),
        click.Option(
            ["--retry"],
            type=click.IntRange(0, 100),
            default=0,
            show_default=True,
            expose_value=False,
            metavar="N",
            help="Where a named file or folder is not there yet, or an empty folder, look again up to N times, after "
            "1, 2, 4 … seconds, a minute at most. For a network share.",
        ),
        click.Option(
            ["--log-file"],
            type=click.Path(path_type=Path),
            callback=options.log_file,
            envvar=logs.VARIABLE,
            show_envvar=True,
            metavar="FILE",
            help="The log: a line for each workbook and each run, and the details of faults. Otherwise it is "
            "milestone-report.log in your own log folder. At 1 MB it is put aside; five old ones are kept.",
        ),
        click.Option(
            ["--log-format"],
            type=click.Choice(["text", "json"], case_sensitive=False),
            default="text",
            show_default=True,
            help="How the log is written: for people, or an object a line for programs.",
        ),
    ]


def pauses(retries: int) -> Iterator[float]:
    """Seconds before each new try: 1, 2, 4 and so on, a minute at most."""
    for number in range(retries):
        yield min(2.0 ** min(number, 10), LONGEST_PAUSE)


def _wait(
    named: Sequence[Path],
    others: Sequence[Path],
    retries: int,
    sleep: Callable[[float], None],
    language: Language | None,
) -> None:
    """Wait until all are there, at most so many times. Says so each time where there is a language for it."""
    from milestone_report.reading.sources import is_there  # noqa: PLC0415

    for number, pause in enumerate(pauses(retries), start=1):
        missing = (path for path in named if not is_there(path))
        away = next(missing, None) or next((path for path in others if not _exists(path)), None)
        if away is None:
            return
        if language:
            said = language.say(
                "“{path}” is not there, or is empty. Trying again in {seconds} s ({number} of {most}).",
                path=_printable(away),
                seconds=f"{pause:g}",
                number=number,
                most=retries,
            )
            click.echo(said, err=True)
        sleep(pause)


def _printable(path: object) -> str:
    """A file's name on a terminal, where nothing in it may act."""
    from milestone_report.text import clean  # noqa: PLC0415

    return clean(str(path))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def tell_workbooks(finished: Report) -> None:
    """A line for each workbook in the log, and on the terminal where it is asked for."""
    run, language = current(), language_for(finished.settings.locale)
    frame, sheets = finished.milestones.frame, finished.milestones.sheets
    found = Counter((one.workbook, one.severity) for one in finished.findings)
    books = (sheets[number].workbook for number in frame["sheet_id"].tolist())
    rows = Counter(zip(books, frame["counted"].tolist(), (frame["state"] == State.VOID).tolist(), strict=True))
    for book in finished.workbooks:
        counted, left_out = rows[book.path, True, False], rows[book.path, False, False]
        severities = {severity: found[book.path, severity] for severity in Severity}
        logs.record(
            "workbook",
            workbook=book.path,
            file=str(book.file),
            read=book.readable,
            rows_counted=counted,
            rows_left_out=left_out,
            **{f"{severity}s": number for severity, number in severities.items()},
            seconds=round(book.seconds, 3),
        )
        if run.verbose:
            _say(book.path, counted, left_out, severities, book.seconds, language)


def _say(
    path: str, counted: int, left_out: int, severities: dict[Severity, int], seconds: float, language: Language
) -> None:
    said = language.say(
        "{workbook}: {counted}, {left_out} left out; {findings}; read in {seconds} s",
        workbook=_printable(path),
        counted=language.counted("{n} milestone counted", "{n} milestones counted", counted),
        left_out=left_out,
        findings=", ".join(language.severity_count(severity, severities[severity]) for severity in Severity),
        seconds=language.number(Decimal(f"{seconds:.1f}")),
    )
    click.echo(said, err=True)


def language_for(locale: str) -> Language:
    """That of a locale; English where it is none, as its option has not been looked at yet."""
    from milestone_report.settings.values import locale as known  # noqa: PLC0415
    from milestone_report.wording import Language  # noqa: PLC0415

    try:
        return Language(known(locale) if locale else "en_GB")
    except ValueError:
        return Language("en_GB")
