"""Dates: text read only where one reading is possible, and Excel's serial numbers (ECMA-376 §18.17.4)."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene gennaio gen januari janeiro",
            "feb february februar février févr fevrier fevr febrero febbraio februari fevereiro fev",
            "mar march märz mär maerz mrz mars marzo maart mrt março marco",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre decembre déc diciembre dic dicembre desember dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
"""Month names in the languages whose headers are understood."""

_ENGLISH = "January February March April May June July August September October November December".split()

FIRST_SERIAL, LAST_SERIAL = 36526, 73415
"""Bare numbers from 1 January 2000 to 31 December 2100 are dates in a date column; others are not."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})\.?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de )?([^\W\d]+)\.?,?[\s-]*(?:de )?(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


@lru_cache(maxsize=65536)
def parse_date(text: str) -> dt.date | None:
    """Read a date written as text, or None where it is no date or day and month could be swapped."""
    word = " ".join(text.split()).casefold()
    if match := _ISO.fullmatch(word.upper()):
        return _date(match[1], match[2], match[3])
    if match := _YEAR_FIRST.fullmatch(word):
        return _date(match[1], match[3], match[4])
    if match := _NUMERIC.fullmatch(word):
        readings = {_date(match[4], match[3], match[1]), _date(match[4], match[1], match[3])} - {None}
        return readings.pop() if len(readings) == 1 else None
    if match := _DAY_MONTH.fullmatch(word):
        return _date(match[3], MONTHS.get(match[2]), match[1])
    if match := _MONTH_DAY.fullmatch(word):
        return _date(match[3], MONTHS.get(match[1]), match[2])
    return None


def two_readings(text: str) -> tuple[dt.date, dt.date] | None:
    """Both dates that a text such as 03/04/2026 could mean (day first, month first), else None."""
    match = _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    day_first, month_first = _date(match[4], match[3], match[1]), _date(match[4], match[1], match[3])
    if day_first is None or month_first is None or day_first == month_first:
        return None
    return day_first, month_first


def from_serial(number: float, *, epoch_1904: bool) -> dt.date | None:
    """The date of a bare serial number, None where it is outside the plausible range."""
    days = number + 1462 if epoch_1904 else number
    if not FIRST_SERIAL <= days < LAST_SERIAL + 1:
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(days))


def spelled_date(date: dt.date) -> str:
    """A date that nobody can misread, in English, on every platform: "3 April 2026"."""
    return f"{date.day} {_ENGLISH[date.month - 1]} {date.year}"


def monday_of(date: dt.date) -> dt.date:
    """The Monday of a date's week (ISO 8601)."""
    return date - dt.timedelta(days=date.weekday())


def _date(year: str, month: str | int | None, day: str) -> dt.date | None:
    if month is None:
        return None
    # Two digits mean 1970 to 2069, as POSIX has it.
    full_year = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < 70 else 1900)
    try:
        return dt.date(full_year, int(month), int(day))
    except ValueError:
        return None
