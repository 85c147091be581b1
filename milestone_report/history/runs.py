"""What is remembered of a run, as plain data. Nothing here needs pandas."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.text import identity, same_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from milestone_report.changes import TrendPoint
    from milestone_report.model import Evidence, Status

    Files = dict[str, tuple[int, int, str]]
    """Path → size, time of the last change (ns) and SHA-256 of files that were read whole once."""


class Key(NamedTuple):
    """How a milestone is known again: its project and its name, as people compare them."""

    project: str
    milestone: str


class Standing(NamedTuple):
    """How one milestone stood as of a run. Money is minor units of its currency.

    `amount` is None where no amount could be read, `paid` where no payment is recorded. `outstanding` and `overdue`
    are those of the report; milestones that are not `counted` have none. `files` are the names of its found sign-offs
    with their SHA-256, "" where it is not known.
    """

    workbook: str
    sheet: str
    row: int
    project: str
    milestone: str
    invoice: str
    currency: str
    amount: int | None
    paid: int | None
    outstanding: int
    status: Status
    counted: bool
    due: dt.date | None
    overdue: bool
    evidence: Evidence
    files: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> Key:
        """How it is known again."""
        return Key(known_as(self.project), known_as(self.milestone))


class Book(NamedTuple):
    """A workbook of a run. `fingerprint` is the hash of its bytes, "" where it could not be read."""

    path: str
    fingerprint: str
    readable: bool = True


class Total(NamedTuple):
    """What the report says of one currency, in minor units."""

    currency: str
    outstanding: int
    overdue: int


@dataclass(frozen=True)
class Run:
    """One run, or the runs of one day joined.

    `unread` are sheets, as (workbook, name), that were there and could not be used. `places` are where its workbooks
    lie on this machine, by their paths; a run that is only compared has none. `same` are files that hold the same
    bytes as one of them, with its path.
    """

    as_of: dt.date
    books: tuple[Book, ...] = ()
    totals: tuple[Total, ...] = ()
    standings: tuple[Standing, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()
    places: Mapping[str, Path] = field(default_factory=dict, compare=False)
    same: Mapping[Path, str] = field(default_factory=dict, compare=False)


class Seen(NamedTuple):
    """A sign-off file as it was first: its SHA-256, since when, and the last day on which it was the same.

    Milestones of one name may each have a file of that name, so there may be several at first.
    """

    digests: frozenset[str]
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Memory:
    """What is remembered of the runs before a day.

    `earlier` is the run to compare with, `seen` each sign-off by its milestone and its name. `books` tells of each
    earlier run, the newest first, its day and its workbooks' fingerprints by path. `files` grows as files are read.
    """

    earlier: Run | None = None
    trend: tuple[TrendPoint, ...] = ()
    seen: Mapping[tuple[Key, str], Seen] = field(default_factory=dict)
    books: tuple[tuple[dt.date, Mapping[str, str]], ...] = ()
    files: Files = field(default_factory=dict)


@lru_cache(maxsize=2**17)
def known_as(text: str) -> str:
    """A name as people compare it; one that is nothing but signs as it is."""
    return identity(text) or same_name(text)
