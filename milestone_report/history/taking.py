"""What a finished report has to be remembered by."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from milestone_report.history.runs import Book, Run, Standing, Total
from milestone_report.model import Evidence, Status
from milestone_report.text import displayable, file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.model import Milestones, Workbook
    from milestone_report.totals import Totals


def taken(milestones: Milestones, workbooks: Sequence[Workbook], totals: Sequence[Totals]) -> Run:
    """The run as it is remembered: of a frame with all its columns, the run's workbooks and the report's totals."""
    return Run(
        milestones.as_of,
        tuple(Book(book.path, book.fingerprint, book.readable) for book in workbooks),
        tuple(Total(each.currency, each.outstanding, each.overdue) for each in totals),
        _standings(milestones),
        frozenset((book.path, displayable(sheet.name)) for book in workbooks for sheet in book.sheets_skipped),
        {book.path: book.file for book in workbooks},
        {file: book.path for book in workbooks for file in book.same},
    )


@lru_cache(maxsize=1)
def _standings(milestones: Milestones) -> tuple[Standing, ...]:
    """How each milestone stands, column by column. Asked for twice: to compare, and when the outputs are written."""
    frame = milestones.frame
    places = [(displayable(sheet.workbook), displayable(sheet.name)) for sheet in milestones.sheets]
    sheets = [places[index] for index in frame["sheet_id"].tolist()]
    statuses, evidences = {str(each): each for each in Status}, {str(each): each for each in Evidence}

    def column(name: str) -> list[Any]:
        return frame[name].tolist()

    def where(known: str, name: str) -> Iterator[int | None]:
        return (value if is_known else None for value, is_known in zip(column(name), column(known), strict=True))

    return tuple(
        map(
            Standing,
            (workbook for workbook, _sheet in sheets),
            (sheet for _workbook, sheet in sheets),
            column("row"),
            map(displayable, column("project")),
            map(displayable, column("milestone")),
            map(displayable, column("invoice_number")),
            column("currency"),
            where("amount_known", "amount"),
            where("paid_recorded", "paid_cell"),
            column("outstanding"),
            map(statuses.__getitem__, column("status")),
            column("counted"),
            frame["due_date"].to_numpy().astype("datetime64[D]").tolist(),  # None for none
            column("overdue"),
            map(evidences.__getitem__, column("evidence")),
            map(named_files, column("signoff_path"), column("signoff_content")),
        )
    )


def named_files(paths: str, digests: str) -> tuple[tuple[str, str], ...]:
    """The found files of a milestone by name, each with its SHA-256, of two columns of the frame.

    Of files that bear one name in two folders, the folder is part of the name.
    """
    if "\n" not in paths:
        return ((displayable(file_name(paths)), digests),) if paths else ()
    files = [PurePath(path) for path in paths.split("\n") if path]
    bearers = Counter(file.name for file in files)
    names = [file.name if bearers[file.name] == 1 else "/".join(file.parts[-2:]) for file in files]
    known = digests.split("\n") if digests else [""] * len(files)
    return tuple((displayable(name), digest) for name, digest in zip(names, known, strict=True))
