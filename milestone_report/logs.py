"""The log: a line for each workbook and each run, and all details of a fault.

It names files, and nothing that a cell holds; only a fault's details may. A log that cannot be written stops nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import re
import sys
import tempfile
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

VARIABLE = "MILESTONE_REPORT_LOG_FILE"
_MOST_BYTES, _OLD_ONES = 1_000_000, 5

EVENTS = ("run", "workbook", "history", "fault")
"""What a line can be about. A log begins with any of them, and is known again by it."""

_EVENT = "|".join(EVENTS)
_BEGINNING = re.compile(
    rf'''\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d[+-][\d:]+\ (?:INFO|ERROR)\ +\d+\ (?:{_EVENT})(?:\s|$)
    | \{{"time":\ "[\d:T+-]+",\ "level":\ "(?:info|error)",\ "process":\ \d+,\ "event":\ "(?:{_EVENT})"'''.encode(),
    re.VERBOSE,
)
"""How a line of either form begins, and no file of anybody else's."""

_LOG = logging.getLogger("milestone_report.log")
_LOG.setLevel(logging.INFO)
_LOG.propagate = False


def default_file() -> Path:
    """Where the log is where nobody says otherwise: the variable's file, else one in the user's own log folder."""
    from platformdirs import user_log_path  # noqa: PLC0415 - `--help` needs none

    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_log_path("milestone-report", appauthor=False) / "milestone-report.log"


def may_write(file: Path) -> bool:
    """Whether a log may go on in a file: it is not there, is empty, or is a log already. Others are the user's."""
    try:
        if not file.is_file():
            return True  # what is there cannot be written, or holds nothing
        with file.open("rb") as there:
            head = there.read(200)
    except (OSError, ValueError):
        return False
    return not head or _BEGINNING.match(head) is not None


def begin(file: Path, form: str) -> None:
    """Let the lines from here on go to a file, as "text" or "json". It is made with the first of them."""
    for handler in [*_LOG.handlers]:
        _LOG.removeHandler(handler)
        handler.close()
    _LOG.addHandler(_File(file, _Json() if form == "json" else _Text()))


def record(event: str, **fields: object) -> None:
    """A line: what happened, one of EVENTS, and what belongs to it."""
    _LOG.info(event, extra={"fields": fields})


def not_written() -> tuple[Path, str] | None:
    """The log and why it could not be written; None where all is well."""
    file = _file()
    return (file.path, file.why_not) if file and file.why_not else None


def keep_fault() -> Path | None:
    """Keep all details of the exception that is being handled. Returns the file, None where there can be none."""
    if _file() is None and may_write(default_file()):
        begin(default_file(), "text")
    file = _file()
    if file:
        _LOG.exception("fault", extra={"fields": {}})
    if file and not file.why_not:
        return file.path
    try:
        number, name = tempfile.mkstemp(prefix="milestone-report-fault-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as log:
            log.write(traceback.format_exc())
    except OSError:
        return None
    return Path(name)


def _file() -> _File | None:
    return next((handler for handler in _LOG.handlers if isinstance(handler, _File)), None)


class _File(RotatingFileHandler):
    """A file that is put aside when it is full. `why_not` says why it could not be written, "" where it could."""

    def __init__(self, file: Path, form: logging.Formatter) -> None:
        self.path = Path(os.path.abspath(file))  # noqa: PTH100 - a link stays the name the user knows
        self.why_not = ""
        # Names on disk may have bytes that are no text.
        super().__init__(
            file, maxBytes=_MOST_BYTES, backupCount=_OLD_ONES, encoding="utf-8", delay=True, errors="backslashreplace"
        )
        self.setFormatter(form)

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is None:
            with contextlib.suppress(OSError):  # opening it will say what is wrong
                self.path.parent.mkdir(parents=True, exist_ok=True)
        super().emit(record)

    def doRollover(self) -> None:  # noqa: N802 - the name that logging gives it
        """Put the full file aside. Where another run has it open, Windows lets nobody: then this one grows.

        So it does where a file of the user's has the name of an old log.
        """
        if not all(may_write(Path(f"{self.baseFilename}.{number}")) for number in range(1, self.backupCount + 1)):
            return
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - as logging has it
        """Remember why; the standard library would print a traceback."""
        error = sys.exc_info()[1]
        self.why_not = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


class _Json(logging.Formatter):
    """An object a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        about = {"time": _time(record), "level": record.levelname.lower(), "process": record.process}
        fault = {"traceback": self.formatException(record.exc_info)} if record.exc_info else {}
        return _one_line({**about, "event": record.getMessage(), **vars(record)["fields"], **fault})


class _Text(logging.Formatter):
    """What people read: the same in the same order. The lines of a traceback are set in."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{_time(record)} {record.levelname:<5} {record.process} {record.getMessage()}"
        fields = [f"{name}={_one_line(value)}" for name, value in vars(record)["fields"].items()]
        lines = self.formatException(record.exc_info).splitlines() if record.exc_info else []
        return "\n".join([" ".join([head, *fields]), *(f"    {_printable(line)}" for line in lines)])


def _time(record: logging.LogRecord) -> str:
    return dt.datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")


def _one_line(value: object) -> str:
    return _printable(json.dumps(value, ensure_ascii=False))


def _printable(text: str) -> str:
    """Nothing in a name begins a line, or hides one, in whatever shows the log."""
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)
