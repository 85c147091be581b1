"""Cells → money, dates and statuses. What cannot be read for certain becomes a notice, never a guess."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milestone_report.dates import from_serial, parse_date, spelled_date, two_readings
from milestone_report.model import Notice, Status
from milestone_report.money import (
    EXPONENTS,
    from_number,
    parse_amount,
    spelled_money,
    to_minor,
)
from milestone_report.reading.grid import BrokenCell, Place, address, is_blank
from milestone_report.text import fold, shown, suggest

if TYPE_CHECKING:
    from decimal import Decimal

    from milestone_report.reading.vocabulary import Vocabulary

_NO_NUMBER = "cannot be read as one certain number"
_MEANINGFUL = re.compile(r"[^\w\s.,:;()/&'\u2019\u2010-\u2014-]")
"""Signs that may turn a status into its opposite or a question: "paid?", "❌ paid"."""

CONTRACT = "Contract total"


@dataclass(slots=True)
class Notes:
    """Collects the notices of one sheet."""

    workbook: str
    sheet: str
    found: list[Notice] = field(default_factory=list)

    def add(self, code: str, place: Place | None, value: object = "", **facts: str) -> None:
        """Note something about a cell, or about the sheet where there is no place."""
        cell = address(*place) if place else ""
        self.found.append(Notice(code, self.workbook, self.sheet, cell, shown(value), facts))


def read_number(value: object) -> tuple[Decimal | None, str, str]:
    """(number, currency mark, shared sign) of an amount cell; no number where it cannot be read."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (from_number(value) if math.isfinite(value) else None), "", ""
    amount = parse_amount(value) if isinstance(value, str) else None
    return (amount.value, amount.currency, amount.sign) if amount else (None, "", "")


def read_money(value: object, currency: str, place: Place, what: str, notes: Notes) -> int | None:
    """An amount cell in minor units, None where it is blank or unreadable; the reason becomes a notice."""
    so = "so it is compared with nothing" if what == CONTRACT else "so this milestone is in no total"
    if is_blank(value) or broken(value, place, notes):
        return None
    number, _mark, _sign = read_number(value)
    if number is None:
        notes.add("R103", place, value, what=what, why=_NO_NUMBER, so=so)
        return None
    try:
        minor, exact = to_minor(number, currency)
    except OverflowError:
        notes.add("R103", place, value, what=what, why="is larger than any amount", so=so)
        return None
    if isinstance(value, str):
        notes.add("R111", place, value, what=what, read_as=spelled_money(minor, currency), why="it is stored as text")
    if not exact and currency in EXPONENTS:
        notes.add("R107", place, value, what=what, read_as=spelled_money(minor, currency))
    return minor


def read_date(value: object, place: Place, what: str, notes: Notes, *, epoch_1904: bool) -> dt.date | None:
    """A date cell, None where it is blank or unreadable; the reason becomes a notice."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if is_blank(value) or broken(value, place, notes):
        return None
    if isinstance(value, str):
        date, why = parse_date(value), "it is stored as text"
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        date, why = from_serial(value, epoch_1904=epoch_1904), "it is a bare number, not a date"
    else:
        date, why = None, ""
    if date is None:
        both = two_readings(value) if isinstance(value, str) else None
        reason = "it is no date that can be read for certain"
        if both:
            reason = f"it could be {spelled_date(both[0])} or {spelled_date(both[1])}"
        notes.add("R110", place, value, what=what, why=reason)
    else:
        notes.add("R111", place, value, what=what, read_as=spelled_date(date), why=why)
    return date


def read_status(value: object, place: Place, words: Vocabulary, notes: Notes) -> Status:
    """A status cell: blank is planned; a word nobody knows is a notice with the nearest known one."""
    if is_blank(value):
        return Status.PLANNED
    if broken(value, place, notes):
        return Status.UNKNOWN
    known = words.statuses.get(fold(str(value)))
    if known and not _MEANINGFUL.search(str(value)):
        return Status(known)
    near = suggest(fold(str(value)), words.statuses)
    notes.add("R113", place, value, suggestion=f" Did you mean “{words.statuses[near]}”?" if near else "")
    return Status.UNKNOWN


def broken(value: object, place: Place, notes: Notes) -> bool:
    """Whether the cell has no usable value; says so."""
    if not isinstance(value, BrokenCell):
        return False
    notes.add("R105" if value.error else "R104", place, value)
    return True
