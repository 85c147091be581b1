"""A report with every kind of figure, and summary.xlsx read back with openpyxl."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from milestone_report.model import Finding, Report, Settings, Sheet, SkippedSheet, TotalsRow
from milestone_report.rendering import excel
from tests.building import AS_OF, COLUMNS, report_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HERE = Path("/agency/clients")


def row(currency: str, amount: int, status: str = "sent", **more: Any) -> dict[str, Any]:
    return {"project": "Harbour app", "milestone": "Midpoint", "currency": currency, "amount": amount,
            "status": status, **more}  # fmt: skip


def mixed(path: Path = HERE / "agency.xlsx", findings: tuple[Finding, ...] = ()) -> Report:
    """Three currencies with 2, 0 and 3 decimals, every ageing band, credits, overpayments and all evidence."""
    days = [-10, 0, 5, 30, 45, 75, 200]
    due = [AS_OF - dt.timedelta(days=number) for number in days]
    rows = [
        row("EUR", 1250_05 + number, due_date=day, invoice_date=dt.date(2026, 1, 5), invoice_number=f"00{number}")
        for number, day in enumerate(due)
    ]
    rows += [
        row("JPY", 450_000, due_date=due[3], evidence="missing", signoff="a.pdf", signoff_hint="A1.pdf"),
        row("JPY", 99_999, status="planned", due_date=due[0], evidence="found", signoff="b.pdf",
            signoff_path=str(path.parent / "signoffs" / "b.pdf"), signoff_date=dt.date(2026, 3, 1)),
        row("KWD", 1_234_567, status="partially paid", paid_cell=234_567, evidence="link", signoff="https://x.example"),
        row("KWD", 10, status="partially paid", evidence="unchecked", signoff="k.pdf"),
        row("EUR", -500_10, invoice_number="CN-1"),
        row("EUR", 100_00, status="paid", paid_cell=120_00, evidence="found"),
        row("EUR", 300_00, status="planned", paid_cell=50_00, evidence="empty", due_date=AS_OF + dt.timedelta(days=9)),
        row("EUR", 777_77, status="void"),
        row("EUR", 888_88, trusted=False),
    ]  # fmt: skip
    totals = (TotalsRow("G20", "Total", "100.00", "120.00", agrees=False),)
    sheet = Sheet(path.name, "It's #1", 3, COLUMNS, contract=9_000_00, contract_currency="EUR", totals=totals)
    settings = Settings(as_of=AS_OF, company="North & Field Studio", out=path.parent / "out")
    return report_of(rows, path, findings, [sheet], settings, [SkippedSheet("Rates", "no milestone table")])


def load(report: Report, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel.render(report)), data_only=values)


def formulas(book: Workbook) -> list[Cell]:
    return [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]  # type: ignore[misc]


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)]


def column(sheet: Worksheet, table: str, header: str) -> list[Any]:
    cells = sheet[sheet.tables[table].ref]
    place = [cell.value for cell in cells[0]].index(header)
    return [line[place].value for line in cells[1:]]


def beside(sheet: Worksheet, words: str) -> list[Any]:
    """What stands in the row that begins with these words."""
    return next([cell.value for cell in line[1:]] for line in sheet.iter_rows() if line[0].value == words)
