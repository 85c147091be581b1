"""The figures of the report ready to show: ageing bars, and what is coming due.

Money is the summary's own. What is computed here is how wide a bar is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.figures import CREDITS
from milestone_report.rendering.view.lists import bucket_words
from milestone_report.rendering.view.shares import Part, parts, share
from milestone_report.rendering.view.words import capitalised

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from milestone_report.rendering.view.words import Sum, Words
    from milestone_report.totals import AgeingBucket

_WORST_TINT = 4
_NO_DATE_TINT = 5


@dataclass(frozen=True, slots=True)
class Band:
    """One ageing band, its name for a sentence and alone.

    `tint` "t0" (not due) to "t4" (oldest), "t5" without date, "" where it is not in the bar.
    """

    words: str
    label: str
    amount: Sum
    milestones: int
    tint: str


@dataclass(frozen=True, slots=True)
class Ageing:
    """The ageing of one currency, which adds up to `total`: its bands, and those that a bar can show.

    Where there are credits, `made_of` says what is unpaid and what they take off, "" elsewhere.
    """

    total: Sum
    made_of: str
    bands: tuple[Band, ...]
    bar: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What falls due in one week; the whole bar is the fullest week."""

    label: str
    note: str
    billed: Sum
    not_billed: Sum
    bar: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of one currency, `more` of them not shown."""

    currency: str
    weeks: tuple[Week, ...]
    more: int


def ageing(words: Words) -> tuple[Ageing, ...]:
    """One bar for each currency that has something outstanding."""
    summary = words.report.summary
    outstanding = {one.currency: one.outstanding for one in summary.totals}
    return tuple(
        Ageing(
            words.sum(outstanding[currency], currency),
            _made_of(words, outstanding[currency], currency),
            *_bands(words, entries),
        )
        for currency, entries in _by_currency(summary.ageing).items()
    )


def credits_in(words: Words, currency: str) -> int:
    """What the credits of a currency take off what is unpaid, in minor units: below zero, or nothing."""
    ageing = words.report.summary.ageing
    return sum(one.outstanding for one in ageing if one.currency == currency and one.bucket == CREDITS)


def _made_of(words: Words, outstanding: int, currency: str) -> str:
    credit = credits_in(words, currency)
    if not credit:
        return ""
    unpaid, taken_off = (words.sum(minor, currency).figure for minor in (outstanding - credit, -credit))
    return words.say("{unpaid} unpaid, less {credits} of credits", unpaid=unpaid, credits=taken_off)


def _by_currency(entries: Sequence[AgeingBucket]) -> dict[str, list[AgeingBucket]]:
    currencies: dict[str, list[AgeingBucket]] = {}
    for entry in entries:
        currencies.setdefault(entry.currency, []).append(entry)
    return currencies


def _bands(words: Words, entries: Sequence[AgeingBucket]) -> tuple[tuple[Band, ...], tuple[Part, ...]]:
    whole = sum(max(entry.outstanding, 0) for entry in entries)
    limits = len(words.report.settings.ageing)
    tints = [f"t{_tint(index, limits)}" for index in range(len(entries))]
    widths = [share(entry.outstanding, whole) for entry in entries]
    bands = tuple(
        Band(
            bucket_words(words, entry.bucket),
            capitalised(bucket_words(words, entry.bucket)),
            words.sum(entry.outstanding, entry.currency),
            entry.milestones,
            tint if width else "",
        )
        for entry, tint, width in zip(entries, tints, widths, strict=True)
    )
    return bands, parts(" ".join(tints), widths)


def _tint(index: int, limits: int) -> int:
    """Late bands spread over the tints 1 to 4, whatever their number."""
    if index > limits + 1:
        return _NO_DATE_TINT
    return 0 if index == 0 else _WORST_TINT - (limits + 1 - index) * (_WORST_TINT - 1) // max(limits, 1)


def coming_due(words: Words) -> tuple[Weeks, ...]:
    """What falls due from the report's date on, week by week, one list for each currency."""
    currencies: dict[str, list[Week]] = {}
    fullest: dict[str, int] = {}
    entries = words.report.summary.coming_due
    for entry in entries:
        fullest[entry.currency] = max(fullest.get(entry.currency, 0), _width(entry.billed, entry.not_billed))
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.currency] = counts.get(entry.currency, 0) + 1
        if counts[entry.currency] > words.rows:
            continue
        week = Week(
            f"{words.short_date(entry.week)}",
            _nearness(words, entry.week),
            words.sum(entry.billed, entry.currency),
            words.sum(entry.not_billed, entry.currency),
            parts("o u", [share(money, fullest[entry.currency]) for money in (entry.billed, entry.not_billed)]),
        )
        currencies.setdefault(entry.currency, []).append(week)
    return tuple(Weeks(code, tuple(weeks), counts[code] - len(weeks)) for code, weeks in currencies.items())


def _width(billed: int, not_billed: int) -> int:
    return max(billed, 0) + max(not_billed, 0)


def _nearness(words: Words, week: dt.date) -> str:
    days = (week - words.report.settings.as_of).days
    if days <= 0:
        return words.say("this week")
    return words.say("next week") if days <= 7 else ""
