"""The workbooks that are measured, made by seed: the same cells each time."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.benchmarks import AS_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

HEADER = (
    "Milestone", "Amount", "Currency", "Status", "Invoice number", "Invoice date", "Due date", "Paid", "Paid on",
    "Sign-off", "Owner", "Note",
)  # fmt: skip
_STATUSES = ("draft", "sent", "partially paid", "paid", "overdue", "")
_FIRST_DAY = dt.date(2025, 1, 1)


@dataclass(frozen=True)
class Book:
    """A workbook of the benchmark. A detailed one shows its currency in number formats only, and has links and sums.

    In an orderly one the columns agree as they do where people look after them, but for one row in a hundred; in the
    others status, dates and payments are drawn apart from each other, so that nearly every row has something wrong.
    """

    name: str
    sheets: int
    rows: int
    detailed: bool
    orderly: bool = False

    def build(self, path: Path) -> None:
        """Write it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        chance = random.Random(self.name)  # noqa: S311 - repeatable, not secret
        with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
            money = book.add_format({"num_format": "[$€-2] #,##0.00"}) if self.detailed else None
            for number in range(1, self.sheets + 1):
                self._write(book.add_worksheet(f"Project {number}"), money, chance)

    def _write(self, sheet: Any, money: Any, chance: random.Random) -> None:
        sheet.write_row(0, 0, HEADER)
        invoices = count(1)
        for row in range(1, self.rows + 1):
            if self.orderly and row % 100:
                _write_orderly(sheet, row, invoices, chance)
                continue
            amount, paid = chance.randrange(10_000, 5_000_000) / 100, chance.randrange(0, 100_000) / 100
            issued = _FIRST_DAY + dt.timedelta(days=chance.randrange(700))
            sheet.write_string(row, 0, f"Milestone {row}")
            sheet.write_number(row, 1, amount, money)
            if not self.detailed:
                sheet.write_string(row, 2, "EUR")
            sheet.write_string(row, 3, chance.choice(_STATUSES))
            sheet.write_string(row, 4, f"INV-{chance.randrange(100_000)}")
            sheet.write_datetime(row, 5, issued)
            sheet.write_datetime(row, 6, issued + dt.timedelta(days=30))
            sheet.write_number(row, 7, paid, money)
            sheet.write_datetime(row, 8, issued + dt.timedelta(days=chance.randrange(60)))
            self._signoff(sheet, row, chance)
            sheet.write_string(row, 10, chance.choice(("Maya", "Jonas", "Ada")))
            sheet.write_string(row, 11, "call them")
        if self.detailed:
            sheet.write_string(self.rows + 1, 0, "Total")
            sheet.write_formula(self.rows + 1, 1, f"=SUM(B2:B{self.rows + 1})", money, 0)

    def _signoff(self, sheet: Any, row: int, chance: random.Random) -> None:
        name = f"signed-{chance.randrange(100_000)}.pdf"
        if self.detailed and row % 10 == 0:  # Excel takes 65,530 links a sheet
            sheet.write_url(row, 9, f"external:signoffs/{name}", None, name)
        else:
            sheet.write_string(row, 9, name)


def _write_orderly(sheet: Any, row: int, invoices: Iterator[int], chance: random.Random) -> None:
    """A row whose columns agree on AS_OF: seven in ten paid, the others sent, partially paid, overdue or planned."""
    amount = chance.randrange(10_000, 5_000_000) / 100
    status = chance.choices(("paid", "sent", "partially paid", "overdue", "draft"), (70, 10, 3, 5, 12))[0]
    late = {"paid": chance.randrange(60, 400), "overdue": chance.randrange(31, 120)}.get(status, chance.randrange(29))
    issued = AS_OF - dt.timedelta(days=late)
    sheet.write_string(row, 0, f"Milestone {row}")
    sheet.write_number(row, 1, amount)
    sheet.write_string(row, 2, "EUR")
    sheet.write_string(row, 3, status)
    sheet.write_string(row, 10, chance.choice(("Maya", "Jonas", "Ada")))
    if status == "draft":
        sheet.write_datetime(row, 6, AS_OF + dt.timedelta(days=chance.randrange(30, 200)))
        return
    sheet.write_string(row, 4, f"INV-{next(invoices)}")
    sheet.write_datetime(row, 5, issued)
    sheet.write_datetime(row, 6, issued + dt.timedelta(days=30))
    sheet.write_string(row, 9, f"signed-{row}.pdf")
    if status == "paid":
        sheet.write_number(row, 7, amount)
        sheet.write_datetime(row, 8, issued + dt.timedelta(days=chance.randrange(10, 50)))
    elif status == "partially paid":
        sheet.write_number(row, 7, round(amount / 2, 2))


BOOKS: dict[str, Book] = {
    name: Book(name, sheets, rows, detailed, orderly="orderly" in name)
    for name, sheets, rows, detailed in (
        ("5x4", 5, 4, False),
        ("200x12", 200, 12, False),
        ("L-plain", 1000, 50, False),
        ("L-detailed", 1000, 50, True),
        ("X-plain", 1, 100_000, False),
        ("X-detailed", 1, 100_000, True),
        ("X-orderly", 1, 100_000, False),
    )
}


def built(name: str, folder: Path, say: Callable[[str], None]) -> Path:
    """The file of a book in a folder, built where it is not there yet."""
    path = folder / f"{name}.xlsx"
    if not path.exists():
        say(f"building {path.name} …")
        BOOKS[name].build(path)
    return path


def with_signoffs(name: str, folder: Path, say: Callable[[str], None]) -> Path:
    """The file of a book in a folder of its own, beside it the sign-off files that it names, but for each tenth."""
    path = built(name, folder / f"{name} with sign-offs", say)
    if not (path.parent / "signoffs").exists():
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_index(index).to_python() for index in range(len(book.sheet_names))]
        names = sorted({str(row[HEADER.index("Sign-off")]) for sheet in sheets for row in sheet[1:]})
        _sign(path.parent / "signoffs", (name for number, name in enumerate(names) if number % 10))
    return path


def many_books(number: int, folder: Path, say: Callable[[str], None]) -> Path:
    """A folder of so many workbooks of 50 rows, and beside them one with 50,000 sign-off files."""
    place = folder / f"{number} workbooks"
    if not (place / "signoffs").exists():
        say(f"building {place.name} …")
        for each in range(number):
            Book(f"book {each}", 1, 50, detailed=False).build(place / f"Client {each}.xlsx")
        _sign(place / "signoffs", (f"signed-{each}.pdf" for each in range(50_000)))
    return place


def rows_book(rows: int, folder: Path, say: Callable[[str], None]) -> Path:
    """One sheet of so many rows."""
    path = folder / f"{rows} rows.xlsx"
    if not path.exists():
        say(f"building {path.name} …")
        Book(path.stem, 1, rows, detailed=False).build(path)
    return path


def _sign(folder: Path, names: Iterable[str]) -> None:
    """Files that are what their names say, each with content of its own."""
    if folder.exists():
        return
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"%PDF-1.7 " + name.encode())
