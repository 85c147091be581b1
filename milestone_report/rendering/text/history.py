"""What `history` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.rendering.history import by_run
from milestone_report.rendering.text.lines import in_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.changes import TrendPoint
    from milestone_report.history.remembering import Remembered
    from milestone_report.wording import Language


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
