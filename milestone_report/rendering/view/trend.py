"""How what is outstanding and overdue went from report to report: one small chart for each currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.rendering.changes import RUNS, has_trend, lacking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.changes import TrendPoint
    from milestone_report.rendering.view.words import Sum, Words

WIDTH, HEIGHT = 1000, 100
"""The chart's own units; it is drawn as wide as there is room."""

_DOTS = 40
"""Beyond so many reports dots would run into each other."""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """The figures of one report. `lacks` says what could not be read for it, "" for nothing."""

    date: str
    outstanding: Sum
    overdue: Sum
    lacks: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The reports in one currency, the newest first, `more` of them not shown.

    `outstanding` and `overdue` are paths of a chart of 1,000 by 100 units, and the `_dots` those of its points; it
    reaches from `low` to `high`, and from the day `first` to the day `last`. `words` says the same.
    """

    currency: str
    lines: tuple[TrendLine, ...]
    more: int
    outstanding: str
    outstanding_dots: str
    overdue: str
    overdue_dots: str
    low: Sum
    high: Sum
    first: str
    last: str
    words: str


def trends(words: Words) -> tuple[Trend, ...]:
    """One chart for each currency with reports enough."""
    if not has_trend(words.report):
        return ()
    currencies: dict[str, list[TrendPoint]] = {}
    for point in words.report.trend:
        currencies.setdefault(point.currency, []).append(point)
    return tuple(_trend(words, points) for _code, points in sorted(currencies.items()) if len(points) >= RUNS)


def _trend(words: Words, points: Sequence[TrendPoint]) -> Trend:
    currency, first, last = points[0].currency, points[0], points[-1]
    figures = [figure for point in points for figure in (point.outstanding, point.overdue)]
    low, high = min(0, *figures), max(0, *figures)
    days = [(point.as_of - first.as_of).days for point in points]
    across = [round(day * WIDTH / max(days[-1], 1), 1) for day in days]

    def path(amounts: Sequence[int], mark: str) -> str:
        """The points, with a mark before each but the first."""
        # Whole numbers throughout: amounts may be larger than a float is exact.
        down = [(high - amount) * HEIGHT * 10 // max(high - low, 1) / 10 for amount in amounts]
        return "M" + mark.join(f"{x:g} {y:g}" for x, y in zip(across, down, strict=True))

    def dots(amounts: Sequence[int]) -> str:
        return f"{path(amounts, 'h0M')}h0" if len(amounts) <= _DOTS else ""

    outstanding, overdue = [point.outstanding for point in points], [point.overdue for point in points]
    lines = tuple(
        TrendLine(
            words.short_date(point.as_of),
            words.sum(point.outstanding, currency),
            words.sum(point.overdue, currency),
            lacking(point.unread, words.language),
        )
        for point in reversed(points[-words.rows :])
    )
    return Trend(
        currency=currency,
        lines=lines,
        more=len(points) - len(lines),
        outstanding=path(outstanding, "L"),
        outstanding_dots=dots(outstanding),
        overdue=path(overdue, "L"),
        overdue_dots=dots(overdue),
        low=words.sum(low, currency),
        high=words.sum(high, currency),
        first=words.short_date(first.as_of),
        last=words.short_date(last.as_of),
        words=words.say(
            "Line chart of {number} reports, from {first} to {last}: outstanding from {was} to {now}, "
            "overdue from {was_late} to {late}.",
            number=len(points),
            first=first.as_of,
            last=last.as_of,
            was=str(words.sum(first.outstanding, currency)),
            now=str(words.sum(last.outstanding, currency)),
            was_late=str(words.sum(first.overdue, currency)),
            late=str(words.sum(last.overdue, currency)),
        ),
    )
