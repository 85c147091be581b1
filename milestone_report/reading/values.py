"""Cells → money, dates and statuses. What cannot be read for certain becomes a notice, never a guess."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.currency import EXPONENTS
from milestone_report.dates import date_readings, doubt, from_digits, from_serial, is_dotted, parse_date, spelled_date
from milestone_report.facts import Told, phrase, spelled_plainly
from milestone_report.model import Notice, Status
from milestone_report.money import amount_readings, from_number, minor_of_float, parse_amount, spelled_money, to_minor
from milestone_report.reading.grid import BrokenCell, Place, address, is_blank
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from milestone_report.reading.vocabulary import Vocabulary

IN_NO_TOTAL = phrase("so this milestone is in no total")
_MEANINGFUL = re.compile(r"[^\w\s.,:;()/&'\u2019\u2010-\u2014-]")
"""Signs that may turn a status into its opposite or a question: "paid?", "❌ paid"."""

AMOUNT, PAID = phrase("Amount"), phrase("Paid")

_KNOWN_STATUSES = phrase(
    "Use draft, sent, partially paid, paid, overdue or void; leave it blank while the milestone is planned. "
    'Or give a word of your own a meaning in milestone-report.toml, below [statuses], such as: sent = ["chased"].'
)

_FIRST = {
    "dmy": phrase("only the settings say that its day comes first"),
    "mdy": phrase("only the settings say that its month comes first"),
}
_DOTTED = phrase("it is stored as text: with full stops between, the day comes first")

# How a cell can say by itself what it was taken for.
_TYPE_NUMBER = phrase("type the number alone, without its currency and without separators of thousands")
_TYPE_DATE = phrase(
    "type the date again, so that Excel takes it for one (it then stands at the right of its cell); for a whole "
    "column there is Data, Text to Columns, step 3, Date"
)
_DATE_ORDER = phrase(
    " Or say once which comes first in all such dates, the day or the month: in milestone-report.toml, below [report], "
    'write date_order = "dmy" or "mdy".'
)
_FORMAT_DATE = phrase("give the cell the format of a date (Ctrl+1)")


@dataclass(slots=True)
class Notes:
    """Collects the notices of one sheet."""

    workbook: str
    sheet: str
    found: list[Notice] = field(default_factory=list)

    def add(self, code: str, place: Place | None, value: object = "", **facts: str) -> None:
        """Note something about a cell, or about the sheet where there is no place."""
        cell = address(*place) if place else ""
        said = value if isinstance(value, Told) else shown(value)
        self.found.append(Notice(code, self.workbook, self.sheet, cell, said, facts))

    def drop(self, code: str, cells: Collection[str]) -> None:
        """Take back what was noted about some cells: another notice says what matters of them."""
        self.found = [notice for notice in self.found if notice.code != code or notice.cell not in cells]


def read_number(value: object) -> tuple[Decimal | None, str, str]:
    """(number, currency mark, shared sign) of an amount cell; no number where it cannot be read."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (from_number(value) if math.isfinite(value) else None), "", ""
    amount = parse_amount(value) if isinstance(value, str) else None
    return (amount.value, amount.currency, amount.sign) if amount else (None, "", "")


def read_money(
    value: object, currency: str, place: Place, what: str, notes: Notes, *, so: str = IN_NO_TOTAL
) -> int | None:
    """An amount cell in minor units, None where it is blank or unreadable; the reason and what follows become a notice.

    A number cell leaves no notice: its 15 digits are what Excel shows and adds.
    """
    if type(value) is float and currency in EXPONENTS:  # nearly every cell
        quick = minor_of_float(value, currency)
        if quick is not None:
            return quick
    if is_blank(value) or broken(value, place, notes):
        return None
    number, _mark, _sign = read_number(value)
    if number is None:
        notes.add("R103", place, value, what=what, why=_why_no_amount(value, what), so=so, more=_more(value, what))
        return None
    try:
        minor, exact = to_minor(number, currency)
    except OverflowError:
        notes.add("R103", place, value, what=what, why=phrase("is larger than any amount"), so=so, more="")
        return None
    if isinstance(value, str):
        read_as, why = spelled_money(minor, currency), phrase("it is stored as text")
        notes.add("R111", place, value, what=what, read_as=read_as, why=why, how=_TYPE_NUMBER)
    if not exact and currency in EXPONENTS:
        notes.add("R107", place, value, what=what, read_as=spelled_money(minor, currency))
    return minor


def _why_no_amount(value: object, what: str) -> str:
    """What an amount cell is instead, in words that follow the cell's value."""
    if isinstance(value, bool):
        return phrase("says yes or no, not how much")
    if what == PAID and _is_day(value):
        return phrase("looks like the day of payment, not like how much was paid")
    if isinstance(value, dt.date):
        return phrase("is a date to Excel, which makes one of 1-3 or 1.3")
    if isinstance(value, (dt.time, dt.timedelta)):
        return phrase("is a time to Excel, which makes one of 1:30")
    return _why_no_number(value) if isinstance(value, str) else phrase("is no number")


def _more(value: object, what: str) -> str:
    """What to do beside typing a number: what people write in place of the money that came."""
    if what != PAID:
        return ""
    if _is_day(value):
        return phrase(" A column with days of payment is called “Paid on”.")
    if isinstance(value, bool) or (isinstance(value, str) and not any(char.isdigit() for char in value)):
        return phrase(" Where the whole amount has come, set the status to paid and leave this cell blank.")
    return ""


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) or (isinstance(value, str) and bool(date_readings(value)))


def _why_no_number(text: str) -> str:
    readings = [amount.value.normalize() for amount in amount_readings(text)]
    if len(readings) > 1:
        return phrase("could be {one} or {other}", one=spelled_plainly(readings[0]), other=spelled_plainly(readings[1]))
    if "%" in text:
        return phrase("is a share, not an amount")
    if not any(char.isdigit() for char in text):
        return phrase("is no number")
    return phrase("cannot be read as one certain number")


def read_date(
    value: object, place: Place, what: str, notes: Notes, *, epoch_1904: bool, order: str = "", dotted: str = ""
) -> dt.date | None:
    """A date cell, None where it is blank or unreadable; the reason becomes a notice.

    `order` is the settings' date order, `dotted` that of numbers with full stops between where the settings give none.
    The time in a date cell is dropped without a notice, and never
    rounded up to the next day: what is due on a day is due on it at any hour.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if is_blank(value) or broken(value, place, notes):
        return None
    date, why, how = None, phrase("it is no date that can be read for certain"), _TYPE_DATE
    if isinstance(value, str):
        date, why = _date_of_text(value, order, dotted)
    elif isinstance(value, (dt.time, dt.timedelta)):
        why = phrase("it is a time without a day")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        serial, digits = from_serial(value, epoch_1904=epoch_1904), from_digits(value)
        date, how = serial or digits, _FORMAT_DATE if serial else _TYPE_DATE
        why = (
            phrase("it is a bare number, not a date")
            if date
            else phrase("as a number it stands for no day between 2000 and 2100")
        )
    if date is None:
        several = isinstance(value, str) and len(set(date_readings(value).values())) > 1
        more = _DATE_ORDER if several and not order else ""
        notes.add("R110", place, value, what=what, why=why, more=more, money="")
    else:
        notes.add("R111", place, value, what=what, read_as=spelled_date(date), why=why, how=how)
    return date


def _date_of_text(text: str, order: str, dotted: str) -> tuple[dt.date | None, str]:
    """The date of a text and what to remark about it; without a date, why there is none."""
    has_dots = is_dotted(text)
    date = parse_date(text, order or (dotted if has_dots else ""))
    if date is None:
        return None, doubt(text)
    if len(set(date_readings(text).values())) > 1:
        return date, _DOTTED if has_dots and order != "mdy" else _FIRST[order]
    return date, phrase("it is stored as text")


@lru_cache(maxsize=4096)
def known_status(text: str, words: Vocabulary) -> Status | None:
    """The status that a text means for certain, None where it means none: blank is planned."""
    if is_blank(text):
        return Status.PLANNED
    known = words.statuses.get(fold(text))
    return Status(known) if known and not _MEANINGFUL.search(text) else None


def read_status(value: object, place: Place, words: Vocabulary, notes: Notes) -> Status:
    """A status cell: blank is planned; a word nobody knows is a notice with the nearest known one."""
    if value is None or broken(value, place, notes):
        return Status.PLANNED if value is None else Status.UNKNOWN
    known = known_status(str(value), words)
    if known is not None:
        return known
    what, suggestion = phrase("The status “{status}” is not known", status=shown(value)), words.hint(str(value))
    notes.add("R113", place, value, what=what, suggestion=suggestion, how=_KNOWN_STATUSES, money="")
    return Status.UNKNOWN


def broken(value: object, place: Place, notes: Notes) -> bool:
    """Whether the cell has no usable value; says so."""
    if not isinstance(value, BrokenCell):
        return False
    notes.add("R105" if value.error else "R104", place, value)
    return True
