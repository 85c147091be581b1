"""The figures of the report ready to show: ageing bars, projects, coming due.

Money is the summary's own. What is computed here is how wide a bar is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.rendering.view.lists import bucket_label
from milestone_report.text import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from milestone_report.rendering.view.words import Place, Sum, Words
    from milestone_report.totals import AgeingBucket, Project

_WORST_TINT = 4
_NO_DATE_TINT = 5


@dataclass(frozen=True, slots=True)
class Band:
    """One ageing band: `tint` 0 (not due) to 4 (oldest), 5 without date; `width` in per cent of the bar, 0 for none."""

    label: str
    amount: Sum
    milestones: int
    tint: int
    width: float


@dataclass(frozen=True, slots=True)
class Ageing:
    """The ageing of one currency, which adds up to `total`."""

    total: Sum
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project in one currency. Widths are per cent of contract or planned amount, the larger."""

    name: str
    client: str
    owner: str
    note: str
    paid: Sum
    outstanding: Sum
    not_billed: Sum
    contract: str
    contract_sort: str
    difference: str
    progress: str
    widths: tuple[float, float, float]
    place: Place


@dataclass(frozen=True, slots=True)
class ProjectTotal:
    """The sums of all projects in one currency."""

    currency: str
    paid: Sum
    outstanding: Sum
    not_billed: Sum
    contract: str


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects in the order of the workbooks, `more` of them not shown."""

    lines: tuple[ProjectLine, ...]
    totals: tuple[ProjectTotal, ...]
    count: int
    more: int


@dataclass(frozen=True, slots=True)
class Week:
    """What falls due in one week; widths are per cent of the fullest week."""

    label: str
    note: str
    billed: Sum
    not_billed: Sum
    widths: tuple[float, float]


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
        Ageing(words.sum(outstanding[currency], currency), tuple(_bands(words, entries)))
        for currency, entries in _by_currency(summary.ageing).items()
    )


def _by_currency(entries: Sequence[AgeingBucket]) -> dict[str, list[AgeingBucket]]:
    currencies: dict[str, list[AgeingBucket]] = {}
    for entry in entries:
        currencies.setdefault(entry.currency, []).append(entry)
    return currencies


def _bands(words: Words, entries: Sequence[AgeingBucket]) -> list[Band]:
    whole = sum(max(entry.outstanding, 0) for entry in entries)
    limits = len(words.report.settings.ageing)
    return [
        Band(
            bucket_label(entry.bucket),
            words.sum(entry.outstanding, entry.currency),
            entry.milestones,
            _tint(index, limits),
            _share(entry.outstanding, whole),
        )
        for index, entry in enumerate(entries)
    ]


def _tint(index: int, limits: int) -> int:
    """Late bands spread over the tints 1 to 4, whatever their number."""
    if index > limits + 1:
        return _NO_DATE_TINT
    return 0 if index == 0 else _WORST_TINT - (limits + 1 - index) * (_WORST_TINT - 1) // max(limits, 1)


def projects(words: Words) -> Projects:
    """All projects with their progress against the contract."""
    everything = words.report.summary.projects
    lines = tuple(_project(words, project) for project in everything[: words.rows])
    totals = tuple(
        ProjectTotal(
            one.currency,
            words.sum(one.paid, one.currency),
            words.sum(one.outstanding, one.currency),
            words.sum(one.not_billed, one.currency),
            "" if one.contract is None else str(words.sum(one.contract, one.currency)),
        )
        for one in words.report.summary.totals
    )
    return Projects(lines, totals, len(everything), len(everything) - len(lines))


def _project(words: Words, project: Project) -> ProjectLine:
    whole = max(project.contract or 0, project.amount)
    unsigned = f", {project.unsigned:,} unsigned" if project.unsigned else ""
    left_out = f", {project.left_out:,} left out" if project.left_out else ""
    percent = round(100 * (project.share_paid or 0))
    widths = _fitting([_share(part, whole) for part in (project.paid, project.outstanding, project.not_billed)])
    return ProjectLine(
        name=words.text(project.project),
        client=words.text(project.client),
        owner=words.text(project.owner),
        note=counted(project.milestones, "milestone") + unsigned + left_out,
        paid=words.sum(project.paid, project.currency),
        outstanding=words.sum(project.outstanding, project.currency),
        not_billed=words.sum(project.not_billed, project.currency),
        contract="" if project.contract is None else str(words.sum(project.contract, project.currency)),
        contract_sort="" if project.contract is None else str(project.contract),
        difference=_difference(words, project),
        # "100% paid" is said only of what is.
        progress=f"{percent if percent != 100 or project.paid >= whole else 99}% paid",
        widths=(widths[0], widths[1], widths[2]),
        place=words.place(project.workbook, project.sheet),
    )


def _difference(words: Words, project: Project) -> str:
    if project.difference is None:
        return "no contract total"
    if project.difference == 0:
        return ""
    figure = words.sum(abs(project.difference), project.currency).figure
    return f"{figure} not planned" if project.difference > 0 else f"{figure} above the contract"


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
            _nearness(entry.week, words.report.settings.as_of),
            words.sum(entry.billed, entry.currency),
            words.sum(entry.not_billed, entry.currency),
            (_share(entry.billed, fullest[entry.currency]), _share(entry.not_billed, fullest[entry.currency])),
        )
        currencies.setdefault(entry.currency, []).append(week)
    return tuple(Weeks(code, tuple(weeks), counts[code] - len(weeks)) for code, weeks in currencies.items())


def _width(billed: int, not_billed: int) -> int:
    return max(billed, 0) + max(not_billed, 0)


def _nearness(week: dt.date, as_of: dt.date) -> str:
    days = (week - as_of).days
    if days <= 0:
        return "this week"
    return "next week" if days <= 7 else ""


def _share(part: int, whole: int) -> float:
    """Per cent with one decimal, rounded down so that shares never exceed the whole; 0 for credits."""
    return max(part, 0) * 1000 // whole / 10 if whole > 0 else 0.0


def _fitting(widths: list[float]) -> list[float]:
    """Widths cut off where they reach 100: overpaid projects have more than a whole."""
    fitting, left = [], 100.0
    for width in widths:
        fitting.append(min(width, left))
        left = round(left - fitting[-1], 1)
    return fitting
