"""summary.xlsx of 40,000 unpaid rows beside bare XlsxWriter, which writes the same cells."""

from __future__ import annotations

import io
import pickle
import time
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_report.model import Report

ROWS = 40_000
WRITERS = ("_write_string", "_write_number", "_write_blank", "_write_url", "_write_formula")


def unpaid_report() -> Report:
    """A report of 40,000 milestones that are late, each with a name, an invoice and a sign-off of its own."""
    from milestone_report.model import Sheet  # noqa: PLC0415
    from tests.building import COLUMNS, report_of  # noqa: PLC0415
    from tests.rendering.page_sample import FOLDER  # noqa: PLC0415

    names = [f"Project {each}" for each in range(ROWS // 10)]
    rows: list[dict[str, Any]] = [
        {
            "sheet_id": i // 10, "row": i % 10 + 2, "project": names[i // 10], "client": f"Client {i // 10 % 40}",
            "owner": f"Owner {i // 10 % 7}", "currency": "EUR", "milestone": f"Milestone {i}", "status": "sent",
            "invoice_number": f"INV-{i:05}", "amount": 1_000_00 + i, "due_date": f"2026-{i % 3 + 1:02}-15",
            "evidence": "found", "signoff": f"file-{i:05}.pdf", "signoff_path": f"/files/file-{i:05}.pdf",
        }
        for i in range(ROWS)
    ]  # fmt: skip
    sheets = [Sheet("agency.xlsx", name, 1, COLUMNS, name, currency="EUR") for name in names]
    return report_of(rows, FOLDER / "agency.xlsx", [], sheets)


def ours(_folder: Path) -> None:
    """Prints seconds of work from the report in memory to the bytes of summary.xlsx."""
    from milestone_report.rendering import excel  # noqa: PLC0415

    report = unpaid_report()
    started = time.process_time()
    excel.render(report)
    click.echo(time.process_time() - started)


def record(folder: Path) -> None:
    """Keeps the cells that we write: by sheet, in our order, what is called with what."""
    from xlsxwriter.worksheet import Worksheet  # noqa: PLC0415

    from milestone_report.rendering import excel  # noqa: PLC0415

    sheets: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    inside = False

    def recorded(name: str, write: Any) -> Any:
        def run(sheet: Any, row: int, column: int, *given: Any) -> Any:
            nonlocal inside
            if inside:  # a link writes its text, too
                return write(sheet, row, column, *given)
            values = tuple(str(each) if isinstance(each, str) else each for each in given)
            kept = tuple(None if type(each).__name__ == "Format" else each for each in values)
            sheets.setdefault(sheet.name, []).append((name.removeprefix("_"), (row, column, *kept)))
            inside = True
            try:
                return write(sheet, row, column, *given)
            finally:
                inside = False

        return run

    for name in WRITERS:  # for this process only
        setattr(Worksheet, name, recorded(name, getattr(Worksheet, name)))
    excel.render(unpaid_report())
    (folder / "cells.pickle").write_bytes(pickle.dumps(sheets))


def twin(folder: Path) -> None:
    """Prints seconds of work that bare XlsxWriter takes for the same cells, with one format for each column."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    sheets = pickle.loads((folder / "cells.pickle").read_bytes())  # noqa: S301 - written by `record` above
    started = time.process_time()
    book = Workbook(io.BytesIO(), {"in_memory": True})
    formats = [book.add_format({"num_format": "#,##0.00", "bottom": 1}) for _column in range(40)]
    for name, cells in sheets.items():
        sheet = book.add_worksheet(name)
        writers = {writer[1:]: getattr(sheet, writer[1:]) for writer in WRITERS}
        for writer, (row, column, value, *more) in cells:
            if writer == "write_url":
                text = more[1] if len(more) > 1 else None
                writers[writer](row, column, value, formats[column], text)
            elif writer == "write_formula":
                writers[writer](row, column, value, formats[column], more[1] if len(more) > 1 else 0)
            else:
                writers[writer](row, column, value, formats[column])
    book.close()
    click.echo(time.process_time() - started)
