"""What the values of the settings file may be. Each function takes what TOML said and gives it as the program uses it.

What may not stand is a ValueError that begins with a verb ("must be …"), for a sentence whose
subject is the key; a WrongPartError where only a part of the value is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milestone_report.choice import CODES, Ignore
from milestone_report.currency import EXPONENTS, known_code
from milestone_report.model import Severity
from milestone_report.text import fold, shown, suggest

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 200
"""Letters of a title, a company or a reason, so that every output has room for it."""
OLDEST = 9999
"""Days past which an ageing band tells nothing."""

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?(?:[_-](?:[A-Za-z]{2}|\d{3}))?")
_EXTENSION = re.compile(r"\.?[A-Za-z0-9]{1,12}")


class WrongPartError(ValueError):
    """What is wrong with a part of a value, and the way to it: a number for a place in a list, else a key."""

    def __init__(self, why: str, *path: str | int) -> None:
        super().__init__(why)
        self.path = path


def known(word: str, among: Collection[str]) -> str:
    """A sentence on what may stand there instead of a word that may not."""
    near = suggest(word, among)
    return f"Did you mean “{near}”?" if near else f"It may be: {', '.join(among)}."


def one_line(value: object) -> str:
    """Text in one line."""
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) > 1 or len(value) > LONGEST:
        raise ValueError(f"must be text in one line, of at most {LONGEST} letters, between quotation marks.")
    return value.strip()


def one_line_or_none(value: object) -> str:
    """Text in one line, or "" for none."""
    return "" if value == "" else one_line(value)


def locale(value: object) -> str:
    """A locale that Babel knows, with an underscore: "de-DE" is "de_DE"."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - `--help` needs none

    if isinstance(value, str) and _LOCALE.fullmatch(value):
        try:
            return str(Locale.parse(value.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            pass
    raise ValueError("must be a language and country, such as “en_GB” or “de_DE”.")


def currency(value: object) -> str:
    """A currency's code in capitals."""
    code = value.strip().upper() if isinstance(value, str) else ""
    if code not in EXPONENTS:
        meant = known_code(value) if isinstance(value, str) else ""
        more = f" Did you mean “{meant}”?" if meant else ""
        raise ValueError(f"must be a currency code, such as “EUR”.{more}")
    return code


def ageing(value: object) -> tuple[int, ...]:
    """The last days of the ageing bands."""
    days = value if isinstance(value, list) else []
    whole = all(isinstance(day, int) and not isinstance(day, bool) and 0 < day <= OLDEST for day in days)
    if not days or not whole or sorted(set(days)) != days:
        raise ValueError(f"must be days from 1 to {OLDEST}, each more than the one before, such as [30, 60, 90].")
    return tuple(days)


def date_order(value: object) -> str:
    """Whether the day or the month comes first."""
    if value not in ("dmy", "mdy"):
        raise ValueError("must be “dmy” (3/4 is 3 April) or “mdy” (3/4 is 4 March).")
    return str(value)


def headers(value: object) -> tuple[str, ...]:
    """Words of a column."""
    return _words(value, '["Kwota", "Kwota netto"]')


def status_words(value: object) -> tuple[str, ...]:
    """Words of a status."""
    return _words(value, '["chased"]')


def _words(value: object, such_as: str) -> tuple[str, ...]:
    """Words, none of them blank when folded."""
    words = value if isinstance(value, list) else []
    if not words or not all(isinstance(word, str) and fold(word) for word in words):
        raise ValueError(f"must be a list of words, such as {such_as}.")
    return tuple(words)


def folder(value: object) -> str:
    """A folder's path, as it is written."""
    if not isinstance(value, str) or not value.strip() or any(char < " " for char in value):
        raise ValueError("must be a folder, written with / or between 'single quotes'.")
    return value


def extensions(value: object) -> tuple[str, ...]:
    """Endings of file names, in small letters and without the dot."""
    endings = value if isinstance(value, list) else []
    if not endings or not all(isinstance(ending, str) and _EXTENSION.fullmatch(ending) for ending in endings):
        raise ValueError('must be a list of endings of file names, such as ["pdf", "png"].')
    return tuple(dict.fromkeys(ending.lower().removeprefix(".") for ending in endings))


def code(text: str) -> str:
    """The code of a rule, or what several begin with, in capitals. "s2" is "S2"."""
    wanted = text.strip().upper()
    if not wanted or not any(each.startswith(wanted) for each in CODES):
        near = suggest(wanted, CODES)
        more = f"Did you mean “{near}”?" if near else "“milestone-report rules” lists them."
        raise ValueError(f"is no rule's code, and none begins so. {more}")
    return wanted


def ignores(value: object) -> tuple[Ignore, ...]:
    """What findings are ignored: a list of codes, and of tables with code, workbook, sheet and reason."""
    if not isinstance(value, list):
        raise WrongPartError('must be a list, such as ["S201", { code = "P4", sheet = "Old", reason = "moved" }].')
    return tuple(_ignore(entry, place) for place, entry in enumerate(value))


def _ignore(entry: object, place: int) -> Ignore:
    if isinstance(entry, str):
        try:
            return Ignore(code(entry))
        except ValueError as error:
            raise WrongPartError(f"is “{shown(entry)}”, which {error}", place) from error
    parts = ("code", "workbook", "sheet", "reason")
    if not isinstance(entry, dict) or not {"code", "workbook", "sheet"} & entry.keys():
        why = 'must be a code, such as "S201", or a table with code, workbook or sheet.'
        raise WrongPartError(why, place)
    said = dict.fromkeys(parts, "")
    for key, value in entry.items():
        if key not in parts:
            raise WrongPartError(f"is not known. {known(key, parts)}", place, key)
        try:
            said[key] = code(value) if key == "code" and isinstance(value, str) else one_line(value)
        except ValueError as error:
            raise WrongPartError(str(error), place, key) from error
    return Ignore(said["code"], said["workbook"], said["sheet"], said["reason"])


def severities(value: object) -> tuple[tuple[str, Severity], ...]:
    """A severity for each code or prefix."""
    if not isinstance(value, dict):
        raise WrongPartError('must be a table of codes, such as { S201 = "info", P4 = "error" }.')
    found: dict[str, Severity] = {}
    for key, severity in value.items():
        try:
            wanted = code(key)
        except ValueError as error:
            raise WrongPartError(str(error), key) from error
        if severity not in list(Severity):
            raise WrongPartError("must be “error”, “warning” or “info”.", key)
        if wanted in found:
            raise WrongPartError("stands there twice.", key)
        found[wanted] = Severity(severity)
    return tuple(found.items())
