"""How one report writes its words: locale, lengths, money, dates, and where things stand.

Page and mail share it, so that the same figure reads the same in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report import wording
from milestone_report.rendering.links import href
from milestone_report.text import same_person
from milestone_report.wording import Language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from milestone_report.model import Report
    from milestone_report.wording import Fact

# Names in Hebrew, Arabic and their kin: letters, and what stands between them in a name.
_LETTERS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHT_TO_LEFT = re.compile(rf"{_LETTERS}(?:[ \d.'\"’&/\u200c\u200d-]*{_LETTERS})*")

# Persian, Indic scripts and emoji need these two; every other invisible character only misleads.
_JOINERS = "\u200c\u200d"


@lru_cache(maxsize=65536)
def clip(text: str, limit: int) -> str:
    """Text of a cell on one line, without control or direction characters, and at most `limit` long."""
    head = text[: limit * 4]
    if not head.isprintable():
        head = "".join(char if char.isprintable() or char in _JOINERS else " " for char in head)
    head = " ".join(head.split())
    return head if len(head) <= limit and len(text) <= limit * 4 else head[: limit - 1].rstrip() + "…"


def shortened(sentence: str, limit: int) -> str:
    """The same of a sentence, which ends behind a whole word where it is too long."""
    cut = clip(sentence, limit)
    if not cut.endswith("…") or cut == clip(sentence, limit + 1):
        return cut
    head, blank, _part = cut.rpartition(" ")
    return f"{head.rstrip(' ,;:–(“„')} …" if blank and len(head) > limit // 2 else cut


def isolated(sentence: str) -> str:
    """A sentence in which names in Hebrew or Arabic do not turn around the figures and marks beside them (UAX #9, 2.6).

    Only for sentences of ours: a text that is a name alone has a direction of its own.
    """
    return _RIGHT_TO_LEFT.sub("\u2068\\g<0>\u2069", sentence)


def capitalised(text: str) -> str:
    """A text that stands alone: its first letter a capital."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount ready to show, by itself "12,500.00 EUR".

    `minor` is the same in minor units, for sorting and for what a filter adds up.
    """

    currency: str
    figure: str
    minor: int

    def __str__(self) -> str:
        return f"{self.figure} {self.currency}".strip()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, by itself "agency.xlsx, Harbour app!G12". Each part may be "".

    `workbook` is "" where there is only one; `href` is the way to its file.
    """

    cell: str
    sheet: str
    workbook: str
    href: str

    def __str__(self) -> str:
        cell = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return ", ".join(part for part in (self.workbook, cell) if part)


@dataclass(frozen=True, slots=True)
class File:
    """A sign-off file that was found, and its address."""

    name: str
    href: str


@dataclass(frozen=True)
class Words:
    """One report's way of writing: at most `rows` of a list, at most `length` characters of a cell."""

    report: Report
    rows: int
    length: int
    addresses: dict[str, str] = field(init=False)
    language: Language = field(init=False)

    def __post_init__(self) -> None:
        books = self.report.workbooks
        object.__setattr__(self, "language", Language(self.report.settings.locale))
        object.__setattr__(self, "addresses", {book.path: href(self.report, book.file) for book in books})

    @property
    def several_workbooks(self) -> bool:
        """Whether a sheet's name alone does not say where something stands."""
        return len(self.report.workbooks) > 1

    def say(self, text: str, /, **facts: Fact) -> str:
        """A text of the catalogue, see `Language.say`."""
        return self.language.say(text, **facts)

    def counted(self, one: str, many: str, number: int, /, **facts: Fact) -> str:
        """The same where a number decides its form, see `Language.counted`."""
        return self.language.counted(one, many, number, **facts)

    def choice(self, name: str, value: object) -> str:
        """The word under which a filter finds an owner or client: all spellings of one go by the first one."""
        return self.text(self._first_spellings[name].get(same_person(str(value)), value))

    @cached_property
    def _first_spellings(self) -> dict[str, dict[str, str]]:
        """For owners and clients their first spelling by what makes two of them one, as a report is parted by them."""
        found: dict[str, dict[str, str]] = {}
        for name in ("owner", "client"):
            found[name] = {}
            for value in self.report.milestones.frame[name].unique().tolist():
                found[name].setdefault(same_person(value), value)
        return found

    def text(self, value: object) -> str:
        """A cell's text as it may be shown."""
        return clip(str(value), self.length)

    def sentence(self, value: str) -> str:
        """A finding's words, which quote cells and so may be longer than one."""
        return isolated(shortened(value, self.length * 3))

    def advice(self, value: str) -> str:
        """What to do, about a finding or the history: half of it is of no use, so that it has room."""
        return isolated(shortened(value, self.length * 6))

    def sum(self, minor: int, currency: str) -> Sum:
        """An amount in minor units, ready to show."""
        return Sum(currency, wording.figure(minor, currency, self.report.settings.locale), minor)

    def sums(self, currencies: Iterable[str], amounts: Iterable[int]) -> tuple[Sum, ...]:
        """Amounts in minor units added up for each currency, in the order of the codes; exact at any size."""
        added: dict[str, int] = {}
        for currency, amount in zip(currencies, amounts, strict=True):
            added[currency] = added.get(currency, 0) + amount
        return tuple(self.sum(added[currency], currency) for currency in sorted(added))

    def long_date(self, date: dt.date) -> str:
        """A date in words: "15 March 2026"."""
        return wording.long_date(date, self.report.settings.locale)

    def short_date(self, date: dt.date | None) -> str:
        """A date for a table: "15 Mar 2026"; "" for none."""
        return wording.short_date(date, self.report.settings.locale) if date else ""

    def moment(self, moment: dt.datetime | None) -> str:
        """A date with the time of day: "30 March 2026, 17:42"."""
        return self.language.long_moment(moment) if moment else self.say("at an unknown time")

    def place(self, workbook: str, sheet: str = "", cell: str = "") -> Place:
        """A place with the address of its workbook, "" where the workbook is not one of the run."""
        named = self.text(workbook) if self.several_workbooks or not sheet else ""
        return Place(cell, self.text(sheet), named, self.addresses.get(workbook, ""))

    def row_place(self, sheet_id: int, name: str, row: int) -> Place:
        """The cell of a milestone's field."""
        sheet = self.report.milestones.sheets[sheet_id]
        return self.place(sheet.workbook, sheet.name, sheet.cell(name, row))

    def file(self, path: str) -> File:
        """A found sign-off file from its path on this machine."""
        file = Path(path)
        return File(self.text(file.name), href(self.report, file))
