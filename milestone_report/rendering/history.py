"""What `history` prints for other programs: JSON, and csv as for findings.csv."""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby
from typing import TYPE_CHECKING

from milestone_report.money import decimal_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from milestone_report.changes import TrendPoint
    from milestone_report.history.remembering import Remembered

SCHEMA = "milestone-report-history/1"
COLUMNS = ("as_of", "workbooks", "milestones", "currency", "outstanding", "overdue")


def as_json(runs: Sequence[Remembered], trend: Sequence[TrendPoint]) -> bytes:
    """`runs` and `trend`, the newest last. Money is a decimal string in its currency's precision; dates are ISO."""
    data = {
        "schema": SCHEMA,
        "runs": [
            {"as_of": run.as_of.isoformat(), "workbooks": run.workbooks, "milestones": run.milestones} for run in runs
        ],
        "trend": [{"as_of": point.as_of.isoformat(), **_money(point)} for point in trend],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(runs: Sequence[Remembered], trend: Sequence[TrendPoint]) -> bytes:
    """A row for each run and currency; one with blanks for a run without money.

    All cells are dates, numbers and codes of currencies: none is the user's text, so none can be a formula. An amount
    below zero stays a number.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for run, points in by_run(runs, trend):
        head = run.as_of.isoformat(), run.workbooks, run.milestones
        writer.writerows((*head, *_money(point).values()) for point in points)
        if not points:
            writer.writerow((*head, "", "", ""))
    return text.getvalue().encode("utf-8-sig")


def _money(point: TrendPoint) -> dict[str, str]:
    return {
        "currency": point.currency,
        "outstanding": decimal_text(point.outstanding, point.currency),
        "overdue": decimal_text(point.overdue, point.currency),
    }


def by_run(
    runs: Iterable[Remembered], trend: Sequence[TrendPoint]
) -> Iterator[tuple[Remembered, Sequence[TrendPoint]]]:
    """Each run with its currencies."""
    points: dict[dt.date, list[TrendPoint]] = {
        day: list(same) for day, same in groupby(trend, key=lambda point: point.as_of)
    }
    for run in runs:
        yield run, points.get(run.as_of, [])
