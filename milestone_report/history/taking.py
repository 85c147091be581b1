"""What a finished report has to be remembered by."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from milestone_report.history.runs import Book, Run, Standing, Total
from milestone_report.model import Evidence, Status
from milestone_report.text import displayable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.model import Milestones, Workbook
    from milestone_report.totals import Totals

_COLUMNS = (
    "sheet_id",
    "row",
    "project",
    "milestone",
    "invoice_number",
    "currency",
    "amount",
    "amount_known",
    "paid_cell",
    "paid_recorded",
    "outstanding",
    "status",
    "counted",
    "overdue",
    "evidence",
    "signoff_path",
    "signoff_content",
)


def taken(milestones: Milestones, workbooks: Sequence[Workbook], totals: Sequence[Totals]) -> Run:
    """The run as it is remembered: of a frame with all its columns, the run's workbooks and the report's totals."""
    return Run(
        milestones.as_of,
        tuple(Book(book.path, book.fingerprint, book.readable) for book in workbooks),
        tuple(Total(each.currency, each.outstanding, each.overdue) for each in totals),
        _standings(milestones),
        frozenset((book.path, displayable(sheet.name)) for book in workbooks for sheet in book.sheets_skipped),
    )


@lru_cache(maxsize=1)
def _standings(milestones: Milestones) -> tuple[Standing, ...]:
    """How each milestone stands. Asked for twice: to compare, and when the outputs are written."""
    return tuple(_each(milestones))


def _each(milestones: Milestones) -> Iterator[Standing]:
    places = [(displayable(sheet.workbook), displayable(sheet.name)) for sheet in milestones.sheets]
    due_dates = milestones.frame["due_date"]
    days = [day if known else None for day, known in zip(due_dates.dt.date, due_dates.notna(), strict=True)]
    files: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    rows: Any = milestones.frame[list(_COLUMNS)].itertuples(index=False)
    for one, due in zip(rows, days, strict=True):
        cell = one.signoff_path, one.signoff_content
        if cell not in files:
            files[cell] = named_files(*cell)
        workbook, sheet = places[one.sheet_id]
        yield Standing(
            workbook,
            sheet,
            one.row,
            displayable(one.project),
            displayable(one.milestone),
            displayable(one.invoice_number),
            one.currency,
            one.amount if one.amount_known else None,
            one.paid_cell if one.paid_recorded else None,
            one.outstanding,
            Status(one.status),
            one.counted,
            due,
            one.overdue,
            Evidence(one.evidence),
            files[cell],
        )


def named_files(paths: str, digests: str) -> tuple[tuple[str, str], ...]:
    """The found files of a milestone by name, each with its SHA-256, of two columns of the frame.

    Of files that bear one name in two folders, the folder is part of the name.
    """
    files = [PurePath(path) for path in paths.split("\n") if path]
    bearers = Counter(file.name for file in files)
    names = [file.name if bearers[file.name] == 1 else "/".join(file.parts[-2:]) for file in files]
    known = digests.split("\n") if digests else [""] * len(files)
    return tuple((displayable(name), digest) for name, digest in zip(names, known, strict=True))
