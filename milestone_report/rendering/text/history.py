"""What `history` prints, and what `report` says of workbooks that could not be compared with the run before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.rendering.history import by_run
from milestone_report.rendering.text.lines import in_columns
from milestone_report.text import clean
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.changes import NotCompared, TrendPoint
    from milestone_report.history.remembering import Remembered
    from milestone_report.model import Report


def overview(runs: Sequence[Remembered], trend: Sequence[TrendPoint], language: Language) -> Iterator[Text]:
    """A line for each run and currency, the newest last, figures below each other."""
    say, money = language.say, language.money
    lines = [(say("as of"), say("workbooks"), say("milestones"), say("outstanding"), say("overdue"))]
    for run, points in by_run(runs, trend):
        head = language.short_date(run.as_of), language.number(run.workbooks), language.number(run.milestones)
        sums = [(money(point.outstanding, point.currency), money(point.overdue, point.currency)) for point in points]
        for place, (outstanding, overdue) in enumerate(sums or [("", "")]):
            lines.append((*(("", "", "") if place else head), outstanding, overdue))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    yield from in_columns([_line(line, widths, "" if place else "dim") for place, line in enumerate(lines)])


def _line(line: Sequence[str], widths: Sequence[int], style: str) -> list[Text]:
    """The cells of a line, figures at the right of their columns."""
    day, *figures = line
    cells = [day, *(figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))]
    return [Text(cell, style=style) for cell in cells]


def not_compared(report: Report) -> Iterator[Text]:
    """Which workbooks only one of the two runs has read: what was in them is neither removed nor new."""
    changes, language = report.changes, Language(report.settings.locale)
    if changes is None:
        return
    for held in changes.not_compared:
        sums = ", ".join(map(language.any_money, held.outstanding))
        said = language.counted(
            "Not compared with {since}: {where}, which was not read this time; it had {n} milestone, {owed}.",
            "Not compared with {since}: {where}, which was not read this time; it had {n} milestones, {owed}.",
            held.milestones,
            since=changes.since,
            where=_where(held, language),
            owed=language.say("{money} outstanding", money=sums) if sums else language.say("nothing outstanding"),
        )
        yield Text(said, style="yellow")
    for path in changes.workbooks_new:
        said = language.say(
            "“{workbook}” was not read as of {since}: all its milestones are new here.",
            workbook=clean(path),
            since=changes.since,
        )
        yield Text(said, style="yellow")


def _where(held: NotCompared, language: Language) -> str:
    return language.quoted(clean(f"{held.workbook} › {held.sheet}" if held.sheet else held.workbook))
