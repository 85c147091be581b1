"""The starter workbook: a project to begin with, an empty one to copy, and the lists behind the drop-downs."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from milestone_report.starter.lists import write_lists
from milestone_report.starter.plan import Project
from milestone_report.starter.sheet import Page, write_project
from milestone_report.starter.styles import OPTIONS, Styles

if TYPE_CHECKING:
    from collections.abc import Container

EMPTY = "New project"
LISTS = "Lists"
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def make_book(project: Project, today: dt.date, signoffs: str, *, is_example: bool) -> bytes:
    """The workbook's bytes, the same for the same project and day. `signoffs` is the folder beside it."""
    data = BytesIO()
    book = Workbook(data, OPTIONS)
    book.set_properties(
        {"title": "Milestone billing", "created": dt.datetime.combine(today, dt.time())}  # a fixed hour: no clock
    )
    book.set_size(1400, 900)
    styles = Styles(book)
    sheets = [(project, sheet_name(project.name, {EMPTY.casefold(), LISTS.casefold()}))]
    sheets.append((Project("", "", "", project.currency, None, ()), EMPTY))
    worksheets = [book.add_worksheet(name) for _project, name in sheets]
    lists = book.add_worksheet(LISTS)
    write_lists(book, lists, styles, LISTS)
    for number, ((shown, _name), sheet) in enumerate(zip(sheets, worksheets, strict=True), 1):
        hint = "This is an example: delete this sheet when you know how it works." if is_example and shown.rows else ""
        write_project(Page(sheet, styles, shown, f"Milestones{number}", signoffs), hint)
    worksheets[0].activate()
    book.close()
    return data.getvalue()


def sheet_name(name: str, taken: Container[str]) -> str:
    """A name that Excel allows for a sheet, as like a project's as can be, and not one of `taken`.

    At most 31 characters (UTF-16 units), without brackets, slashes and : * ?, no ' at either end, not "History".
    """
    plain = "".join(char if char.isprintable() else " " for char in name.translate(_NOT_IN_NAMES))
    units = " ".join(plain.split()).strip("' ").encode("utf-16-le", "ignore")[: 2 * _LONGEST_NAME]
    fitting = units.decode("utf-16-le", "ignore").strip("' ")
    if not fitting or fitting.casefold() == "history" or fitting.casefold() in taken:
        return f"Project {fitting}".strip()
    return fitting
