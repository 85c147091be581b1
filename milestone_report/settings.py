"""The settings file, `milestone-report.toml`: what a user says once instead of with every command."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from milestone_report.model import FIELDS, Settings, Status
from milestone_report.money import EXPONENTS, known_code
from milestone_report.text import displayable, fold, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    Said = dict[str, dict[str, Any]]

NAME = "milestone-report.toml"
LONGEST = 200
"""Letters of a title or a company, so that every output has room for it."""
OLDEST = 9999
"""Days past which an ageing band tells nothing."""

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?(?:[_-](?:[A-Za-z]{2}|\d{3}))?")


class SettingsError(Exception):
    """What is wrong with a settings file: one sentence that names the file, the line and the key."""


class _FaultError(Exception):
    """A table or key that may not stand so, and why."""

    def __init__(self, why: str, table: str, key: str = "") -> None:
        super().__init__(why)
        self.table, self.key = table, key


def find_settings(first: Path) -> Path | None:
    """The settings file beside a workbook, or in a folder of workbooks; None where there is none."""
    try:
        file = (first if first.is_dir() else first.parent) / NAME
        return file if file.is_file() else None
    except (OSError, ValueError):
        return None  # reading the path itself will say what is wrong with it


def read_settings(file: Path, settings: Settings) -> Settings:
    """`settings` with what the file says. Raises SettingsError for whatever it may not say.

    A sign-off folder is relative to the file.
    """
    shown = f"“{displayable(str(file))}”"
    text = _load(file, shown)
    try:
        said: Said = _said(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        paths = " Write paths with / or between 'single quotes'." if "\\" in str(error) else ""
        raise SettingsError(f"{shown} is no TOML: {error}.{paths}") from error
    except _FaultError as fault:
        line = _line_of(text, fault.table, fault.key)
        raise SettingsError(f"{shown}, line {line}: {fault}") from fault
    report = said["report"]
    reading: dict[str, Any] = {name: report.pop(name) for name in ("currency", "date_order") if name in report}
    reading["columns"] = tuple(said["columns"].items())
    reading["statuses"] = tuple((key.replace("_", " "), words) for key, words in said["statuses"].items())
    if "folder" in said["signoffs"]:
        report["signoffs_default"] = file.parent / said["signoffs"]["folder"]
    return replace(settings, reading=replace(settings.reading, **reading), **report)


def _load(file: Path, shown: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{shown} cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{shown} is no UTF-8 text; save it as one.") from error


def _said(tables: Mapping[str, Any]) -> Said:
    """The values of a file that may stand there, by table and key."""
    said: Said = {table: {} for table in _READERS}
    for table, keys in tables.items():
        readers = _READERS.get(table)
        if readers is None:
            below = next((name for name, known in _READERS.items() if table in known), "")
            why = f" It belongs below a line with [{below}]." if below else _known(table, _READERS)
            raise _FaultError(f"“{table}” is not known here.{why}", table)
        if not isinstance(keys, dict):
            raise _FaultError(f"“{table}” is a table: write [{table}] on a line of its own, and its keys below.", table)
        for key, value in keys.items():
            if key not in readers:
                raise _FaultError(f"[{table}] has no “{key}”.{_known(key, readers)}", table, key)
            try:
                said[table][key] = readers[key](value)
            except ValueError as error:
                raise _FaultError(f"“{key}” {error}", table, key) from error
    for table in ("columns", "statuses"):
        _one_meaning_each(table, said[table])
    return said


def _known(word: str, known: Collection[str]) -> str:
    """What may stand there instead of a word that may not."""
    near = suggest(word, known)
    return f" Did you mean “{near}”?" if near else f" It may be: {', '.join(known)}."


def _one_meaning_each(table: str, said: Mapping[str, tuple[str, ...]]) -> None:
    meanings: dict[str, str] = {}
    for key, words in said.items():
        for word in words:
            first = meanings.setdefault(fold(word), key)
            if first.replace("_", " ") != key.replace("_", " "):
                raise _FaultError(f"“{key}” and “{first}” both claim the word “{word}”.", table, key)


def _line_of(text: str, table: str, key: str) -> int:
    """The line on which a table begins, or its key."""
    return next(line for line, found in _statements(text) if table in found and (not key or key in found[table]))


def _statements(text: str) -> Iterator[tuple[int, Any]]:
    """(line on which it begins, what it says) of each statement, within its table."""
    header = statement = ""
    begins = 1
    for number, line in enumerate(text.split("\n"), 1):
        if not statement:
            begins = number
        statement += f"{line}\n"
        try:
            yield begins, tomllib.loads(header + statement)
        except tomllib.TOMLDecodeError:
            continue  # it goes on in the next line
        if statement.lstrip().startswith("["):
            header = statement
        statement = ""


def _one_line(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) > 1 or len(value) > LONGEST:
        raise ValueError(f"must be text in one line, of at most {LONGEST} letters, between quotation marks.")
    return value.strip()


def _locale(value: object) -> str:
    """A locale that Babel knows, with an underscore: "de-DE" is "de_DE"."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - `--help` needs none

    if isinstance(value, str) and _LOCALE.fullmatch(value):
        try:
            return str(Locale.parse(value.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            pass
    raise ValueError("must be a language and country, such as “en_GB” or “de_DE”.")


def _currency(value: object) -> str:
    code = value.strip().upper() if isinstance(value, str) else ""
    if code not in EXPONENTS:
        meant = known_code(value) if isinstance(value, str) else ""
        more = f" Did you mean “{meant}”?" if meant else ""
        raise ValueError(f"must be a currency code, such as “EUR”.{more}")
    return code


def _ageing(value: object) -> tuple[int, ...]:
    days = value if isinstance(value, list) else []
    whole = all(isinstance(day, int) and not isinstance(day, bool) and 0 < day <= OLDEST for day in days)
    if not days or not whole or sorted(set(days)) != days:
        raise ValueError(f"must be days from 1 to {OLDEST}, each more than the one before, such as [30, 60, 90].")
    return tuple(days)


def _date_order(value: object) -> str:
    if value not in ("dmy", "mdy"):
        raise ValueError("must be “dmy” (3/4 is 3 April) or “mdy” (3/4 is 4 March).")
    return str(value)


def _words(value: object) -> tuple[str, ...]:
    words = value if isinstance(value, list) else []
    if not words or not all(isinstance(word, str) and fold(word) for word in words):
        raise ValueError('must be a list of words, such as ["Kwota", "Kwota netto"].')
    return tuple(words)


def _folder(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or any(char < " " for char in value):
        raise ValueError("must be a folder, written with / or between 'single quotes'.")
    return value


_STATUSES = [status.value for status in Status if status is not Status.UNKNOWN]

_READERS: dict[str, dict[str, Callable[[object], Any]]] = {
    "report": {
        "title": _one_line,
        "company": lambda value: value and _one_line(value),
        "locale": _locale,
        "currency": _currency,
        "ageing": _ageing,
        "date_order": _date_order,
    },
    "columns": dict.fromkeys(FIELDS, _words),
    # A key without quotation marks cannot have a blank: partially_paid.
    "statuses": dict.fromkeys([*(status.replace(" ", "_") for status in _STATUSES), *_STATUSES], _words),
    "signoffs": {"folder": _folder},
}
