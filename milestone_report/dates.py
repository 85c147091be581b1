"""Dates: text read only where one reading is possible, and Excel's serial numbers (ECMA-376 §18.17.4)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.facts import SpelledDate, either, listed, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janner jaenner janvier janv enero ene gennaio gen januari janeiro",
            "feb february februar fevrier fevr febrero febbraio februari fevereiro fev",
            "mar march marz maerz mrz mars marzo maart mrt marco",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil juill julio luglio lug julho",
            "aug august aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre diciembre dic dicembre desember dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
"""Month names in the languages whose headers are understood, without their accents."""

_WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag lun lundi lunes lunedi seg segunda segunda-feira ma maandag",
            "tue tues tuesday di dienstag mar mardi martes martedi ter terca terca-feira dinsdag",
            "wed wednesday mi mittwoch mer mercredi mie miercoles mercoledi qua quarta quarta-feira wo woensdag",
            "thu thur thurs thursday do donnerstag jeu jeudi jue jueves gio giovedi qui quinta quinta-feira donderdag",
            "fri friday fr freitag ven vendredi vie viernes venerdi sex sexta sexta-feira vr vrijdag",
            "sat saturday sa samstag sonnabend sam samedi sab sabado sabato za zaterdag",
            "sun sunday so sonntag dim dimanche dom domingo domenica zo zondag",
        )
    )
    for name in names.split()
}
"""Weekdays in the same languages, Monday is 0."""

_ENGLISH = "January February March April May June July August September October November December".split()
_ENGLISH_DAYS = (
    *(phrase("Monday"), phrase("Tuesday"), phrase("Wednesday"), phrase("Thursday"), phrase("Friday")),
    *(phrase("Saturday"), phrase("Sunday")),
)

FIRST_SERIAL, LAST_SERIAL = 36526, 73415
"""Bare numbers from 1 January 2000 to 31 December 2100 are dates in a date column; others are not."""

_YEAR = r"(?P<year>[1-9]\d{3})"
_SHORT_YEAR = r"(?P<year>[1-9]\d{3}|'?\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?"
_MONTH = r"(?P<month>[^\W\d_]+)\.?"
_OF = r"(?:de |of |do |del |d')?"

_ONE_READING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?P<gap>[./-])(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})\.?",  # 2026-04-03
        r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)",  # 20260403, as ISO 8601 and SAP write it
        # Beside a month's name the short number behind is the year, as in Excel's own d-mmm-yy.
        rf"{_DAY}[ ./-]*{_OF}{_MONTH},?[ ./-]*{_OF}{_SHORT_YEAR}",  # 3 April 2026, 3-Apr-26, 3 de abril de 2026
        rf"{_MONTH}[ ./-]+{_DAY}(?:,? |[./-]){_YEAR}",  # April 3rd, 2026
        rf"{_YEAR}[ ./-]+{_MONTH}[ ./-]+{_DAY}",  # 2026 April 3
    )
)
_NUMBERS = re.compile(r"(?P<first>\d{1,2}) ?(?P<gap>[./-]) ?(?P<second>\d{1,2}) ?(?P=gap) ?(?P<third>[1-9]\d{3}|\d{2})")
_DOTTED = re.compile(r"(?<![\d.])\d{1,2} ?\. ?\d{1,2} ?\. ?(?:[1-9]\d{3}|\d{2})(?!\d)")
_WEEKDAY = re.compile(r"(?P<name>[^\W\d_]+(?:-feira)?)\.?,? (?:den |the |le |el )?(?P<date>.+)")
# A zone does not move the day: the text says which day it is there.
_TIME = re.compile(
    r"(?:,? (?:at |um |à )?|(?<=\d)t)(?:[01]?\d|2[0-3])"
    r"(?:[:h][0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?| uhr)?| ?[ap]\.?m\.?| ?uhr| ?h)"
    r"(?: ?z| utc| ?[+-]\d\d:?\d\d)?$"
)
_LIKE_A_DATE = re.compile(r"\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,4}|\d{1,2}\.?[ -]?[^\W\d_]+\.?[ -]\d{2,4}")
_LONGEST = 60
"""A text of more characters is a remark, no date."""


def parse_date(text: str, order: str = "") -> dt.date | None:
    """Read a date written as text, or None where it is no date or could be several.

    `order` ("dmy" or "mdy") decides between the readings of 03/04/2026; a text that it cannot fit,
    such as 25/04/2026 under "mdy", still has its one reading.
    """
    readings = date_readings(text)
    if order in readings:
        return readings[order]
    distinct = set(readings.values())
    return distinct.pop() if len(distinct) == 1 else None


@lru_cache(maxsize=65536)
def date_readings(text: str) -> Mapping[str, dt.date]:
    """All days that a text can mean, by the order of its numbers: "dmy", "mdy", "ymd", "" where it is plain.

    A weekday rules out the readings that fall on another day. A time is passed over.
    """
    weekday, days = _understood(text)
    return {order: day for order, day in days.items() if day and weekday in (None, day.weekday())}


def is_dotted(text: str) -> bool:
    """Whether a text writes a date with full stops between its numbers, the year last: "02.08.2026"."""
    return bool(_DOTTED.search(text))


def order_of_dotted(texts: Iterable[str]) -> str:
    """The order of dates such as 02.08.2026 on a sheet: "dmy", as everywhere people write full stops.

    "" where any of them has its month first all the same: then nobody can tell of the others.
    """
    return "" if any({*date_readings(text)} == {"mdy"} for text in texts if is_dotted(text)) else "dmy"


def doubt(text: str) -> str:
    """Why a text is not read as a date, in words that follow “cannot be read:”."""
    readings = [spelled_date(day) for day in dict.fromkeys(date_readings(text).values())]
    if len(readings) > 1:
        return phrase("it could be {days}", days=either([listed(readings[:-1]), readings[-1]]))
    _weekday, days = _understood(text)
    if day := next(filter(None, days.values()), None):
        return phrase("{date} is a {weekday}", date=spelled_date(day), weekday=_ENGLISH_DAYS[day.weekday()])
    if days:
        return phrase("there is no such day")
    several = len(_LIKE_A_DATE.findall(text.casefold())) > 1
    if several:
        return phrase("it holds several dates, and only one can count")
    return phrase("it is no date that can be read for certain")


def _understood(text: str) -> tuple[int | None, Mapping[str, dt.date | None]]:
    """The weekday that a text names, and its days by the order of the numbers, None where there is no such day."""
    word = " ".join(text.split()).casefold()
    if len(word) > _LONGEST:
        return None, {}
    for candidate in (word, _TIME.sub("", word)):
        if days := _days(candidate):
            return None, days
        match = _WEEKDAY.fullmatch(candidate)
        if match and (weekday := _WEEKDAYS.get(_bare(match["name"]))) is not None and (days := _days(match["date"])):
            return weekday, days
    return None, {}


def _days(word: str) -> Mapping[str, dt.date | None]:
    """The days that a date without weekday and time can mean; empty where it is written like none."""
    for pattern in _ONE_READING:
        if match := pattern.fullmatch(word):
            name = match["month"]
            month = int(name) if name.isdecimal() else MONTHS.get(_bare(name))
            return {"": _day(match["year"], month, match["day"])} if month is not None else {}
    match = _NUMBERS.fullmatch(word)
    if match is None:
        return {}
    first, second, third = match["first"], match["second"], match["third"]
    days = {"dmy": _day(third, int(second), first), "mdy": _day(third, int(first), second)}
    if len(first) == len(third) == 2 and match["gap"] != ".":  # with full stops a short year stands at the end
        days["ymd"] = _day(first, int(second), third)
    possible = {order: day for order, day in days.items() if day}
    return possible or days


def _bare(name: str) -> str:
    """A name without its accents, which people leave out."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def _day(year: str, month: int, day: str) -> dt.date | None:
    """A day of the calendar, None where there is none. Two digits of a year mean 1970 to 2069, as POSIX has it."""
    number = int(year.removeprefix("'"))
    full_year = number if number > 99 else number + (2000 if number < 70 else 1900)
    try:
        return dt.date(full_year, month, int(day))
    except ValueError:
        return None


def from_serial(number: float, *, epoch_1904: bool) -> dt.date | None:
    """The date of a bare serial number, None where it is outside the plausible range."""
    days = number + 1462 if epoch_1904 else number
    if not FIRST_SERIAL <= days < LAST_SERIAL + 1:
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(days))


def from_digits(number: float) -> dt.date | None:
    """The date of a number such as 20260403, as accounting systems export it; no serial number is so large."""
    return parse_date(str(int(number))) if 20_000_101 <= number <= 20_991_231 and number == int(number) else None


def spelled_date(date: dt.date) -> str:
    """A date that nobody can misread: "3 April 2026" on every platform, or as the report's language has it."""
    return SpelledDate(f"{date.day} {_ENGLISH[date.month - 1]} {date.year}", dt.date(date.year, date.month, date.day))


def month_of(value: object) -> str:
    """The month that a date stands for, as ISO 8601 has it: "2026-10" for its first or last day; "" for any other.

    It is the same in every language and number format, as a milestone is known again by its name.
    """
    if not isinstance(value, dt.date) or (isinstance(value, dt.datetime) and value.time() != dt.time()):
        return ""
    day = dt.date(value.year, value.month, value.day)
    stands_for_it = day.day == 1 or (day < dt.date.max and (day + dt.timedelta(days=1)).day == 1)
    return f"{day:%Y-%m}" if stands_for_it else ""


def monday_of(date: dt.date) -> dt.date:
    """The Monday of a date's week (ISO 8601)."""
    return date - dt.timedelta(days=date.weekday())
