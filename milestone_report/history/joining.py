"""Several runs of one day as one: of each workbook the newest reading of that day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from milestone_report.history.runs import Total

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from pathlib import Path

    from milestone_report.history.runs import Book, Run, Standing


def staying(
    books: Iterable[Book], places: Mapping[str, Path], now: Run, there: Callable[[Path], Hashable | None]
) -> dict[str, str]:
    """The workbooks of a day's run that a later one of that day has not read, and that are still where they were.

    `places` are where they lay, by path; `there` says which file is in a place, None for none. Each comes with the
    name under which the later run could not read it: its own where it was not given. One that holds the same bytes as
    a workbook that was read is counted there.
    """
    read = {book.path for book in now.books if book.readable}
    bytes_read = {book.fingerprint for book in now.books if book.readable and book.fingerprint}
    left = [
        book for book in books if book.path not in read and book.path in places and book.fingerprint not in bytes_read
    ]
    if not left:
        return {}
    # One file may be seen under two names: “2026/a.xlsx” beside another “a.xlsx”, and “a.xlsx” alone.
    given = {there(place): path for place, path in now.same.items()}
    given |= {there(place): path for path, place in now.places.items()}
    stays = {}
    for book in left:
        file = there(places[book.path])
        name = given.get(file)
        another = book.path in now.places and book.path != name
        if file is None or name in read or another:
            continue
        if name is None or book.readable:
            stays[book.path] = name or book.path
    return stays


def joined(first: Run, now: Run, stays: Mapping[str, str]) -> Run:
    """The later run of a day, with what the first one had of the workbooks in `stays`, in the order of the first."""
    unread = {*stays.values()}
    new = {book.path: book for book in now.books if book.path not in unread}
    books = [new.pop(book.path, book) for book in first.books if book.path in stays or book.path in new]
    books += new.values()
    rank = {book.path: number for number, book in enumerate(books)}
    kept = [one for one in first.standings if one.workbook in stays]
    sheets = {
        *(place for place in first.unread if place[0] in stays),
        *(place for place in now.unread if place[0] not in unread),
    }
    return replace(
        now,
        books=tuple(books),
        totals=tuple(_totals(now.totals, kept)),
        standings=tuple(sorted((*kept, *now.standings), key=lambda one: rank[one.workbook])),
        unread=frozenset(sheets),
        places={path: place for path, place in {**first.places, **now.places}.items() if path in rank},
    )


def _totals(totals: Iterable[Total], kept: Iterable[Standing]) -> Iterator[Total]:
    """The totals of a run and of milestones beside it, by currency."""
    outstanding = Counter({total.currency: total.outstanding for total in totals})
    overdue = Counter({total.currency: total.overdue for total in totals})
    for one in kept:
        if one.counted:
            outstanding[one.currency] += one.outstanding
            overdue[one.currency] += one.outstanding if one.overdue else 0
    for currency in sorted(outstanding):
        yield Total(currency, outstanding[currency], overdue[currency])
