"""A believable report for the page and the mail: ten projects, three currencies, every kind of trouble.

All names and figures are invented.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milestone_report.model import (
    Evidence,
    Finding,
    Milestones,
    Report,
    Severity,
    Sheet,
    SkippedSheet,
    TotalsRow,
    Workbook,
)
from milestone_report.summary import summarise
from tests.building import COLUMNS, report_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path("clients")

# project, client, owner, currency, contract (minor units), milestones
PROJECTS: tuple[tuple[str, str, str, str, int | None], ...] = (
    ("Harbour app", "Kestrel GmbH", "Jonas", "EUR", 24_000_00),
    ("Lindqvist rebrand", "Lindqvist AB", "Maya", "EUR", 14_700_00),
    ("Verdure website", "Verdure SARL", "Maya", "EUR", 22_000_00),
    ("Orchard campaign", "Orchard & Sons Ltd", "Priya", "GBP", 33_000_00),
    ("Tidewater brand film", "Tidewater Trust", "Priya", "GBP", None),
    ("Kumo booking", "株式会社雲", "Jonas", "JPY", 3_600_000),
    ("متجر النور", "شركة النور", "Maya", "EUR", 9_000_00),
    ("Fjord annual report", "Fjord Kraft AS", "Tom", "EUR", 12_000_00),
    ("Mill Lane signage", "Mill Lane Co-op", "Tom", "GBP", 4_800_00),
    (
        "Atlas intranet, phase two: search, people directory and the move of the archive",
        "Atlas",
        "Jonas",
        "EUR",
        40_000_00,
    ),
)


def _row(sheet: int, row: int, milestone: str, amount: int, status: str, *more: dict[str, Any]) -> dict[str, Any]:
    project, client, owner, currency, _ = PROJECTS[sheet]
    known = {"project": project, "client": client, "owner": owner, "currency": currency}
    said = {"sheet_id": sheet, "row": row, "milestone": milestone, "amount": amount, "status": status, **known}
    for part in more:
        said |= part
    return said


def _billed(invoice: str, due: str = "") -> dict[str, Any]:
    return {"invoice_number": invoice, "due_date": due or None}


def _due(due: str) -> dict[str, Any]:
    return {"due_date": due}


def _signed(name: str, on: str = "") -> dict[str, Any]:
    path = str((FOLDER / "signoffs" / name).absolute())
    return {"signoff": name, "evidence": Evidence.FOUND.value, "signoff_path": path, "signoff_date": on or None}


def _not_signed(evidence: Evidence, name: str = "", hint: str = "") -> dict[str, Any]:
    return {"signoff": name, "evidence": evidence.value, "signoff_hint": hint}


def rows() -> list[dict[str, Any]]:
    """Milestones of ten projects on 31 March 2026."""
    promised = {"expected_date": "2026-04-03"}
    unreadable = {"amount_known": False, "trusted": False}
    link = _not_signed(Evidence.LINK, "https://example.com/beta")
    outside = _not_signed(Evidence.REFUSED, r"\\nas\legal\final.pdf")
    misspelt = _not_signed(Evidence.MISSING, "design-ok.pdf", "design-ok-v2.pdf")
    return [
        _row(0, 8, "Deposit", 4_800_00, "paid", _billed("INV-2040", "2025-11-20"), _signed("kick-off.pdf")),
        _row(0, 9, "Discovery", 6_000_00, "paid", _billed("INV-2052", "2026-01-12"), _signed("discovery.pdf")),
        _row(0, 10, "Midpoint", 11_600_00, "partially paid", _billed("INV-2063", "2026-02-20"), {"paid_cell": 6_000_00},
             _signed("mid-review.eml", "2026-01-15"), promised),
        _row(0, 11, "Launch", 0, "planned", unreadable),
        _row(1, 8, "Deposit", 4_410_00, "paid", _billed("INV-2019", "2025-09-01"), _signed("order.pdf")),
        _row(1, 9, "Identity", 5_890_00, "paid", _billed("INV-2031", "2025-10-30"), _signed("identity.pdf")),
        _row(1, 10, "Final delivery", 4_400_00, "overdue", _billed("INV-2041", "2025-12-12"), _signed("final.pdf")),
        _row(2, 8, "Deposit", 5_500_00, "paid", _billed("INV-2055", "2026-01-20"), _signed("order-v.pdf")),
        _row(2, 9, "Design sign-off", 8_200_00, "sent", _billed("INV-2070", "2026-03-15"), misspelt),
        _row(2, 10, "Build complete", 6_800_00, "planned", _due("2026-04-20"), _signed("build.pdf", "2026-03-09")),
        _row(2, 11, "Handover", 1_500_00, "planned", _due("2026-05-04")),
        _row(3, 8, "Deposit", 8_250_00, "paid", _billed("INV-2048", "2025-12-30"), _signed("po-118.pdf")),
        _row(3, 9, "Concept", 8_250_00, "overdue", _billed("INV-2059", "2026-01-20"),
             _not_signed(Evidence.EMPTY, "concept.pdf")),
        _row(3, 10, "Production", 8_250_00, "sent", _billed("INV-2078", "2026-04-14")),
        _row(3, 11, "Launch", 8_250_00, "draft", _due("2026-05-29")),
        _row(4, 8, "Deposit", 2_800_00, "planned", _signed("tidewater-order.pdf", "2026-03-27")),
        _row(4, 9, "Rough cut", 5_600_00, "sent", _billed("INV-2081"), _signed("rough-cut.msg", "2026-03-20")),
        _row(4, 10, "Final cut", 5_600_00, "planned", _due("2026-06-12"), outside),
        _row(5, 8, "Deposit", 1_200_000, "paid", _billed("K-01", "2026-01-31"), _signed("hanko.pdf")),
        _row(5, 9, "Beta", 1_200_000, "partially paid", _billed("K-02", "2026-03-02"), link),
        _row(5, 10, "Go live", 1_200_000, "planned", _due("2026-04-30")),
        _row(6, 8, "عربون", 3_000_00, "sent", _billed("INV-2083", "2026-03-31"), _signed("عقد.pdf")),
        _row(6, 9, "Launch", 6_000_00, "planned", _due("2026-04-08")),
        _row(7, 8, "Deposit", 6_000_00, "paid", _billed("INV-2035", "2026-01-05"), {"paid_cell": 4_500_00},
             _signed("fjord.pdf")),
        _row(7, 9, "Print files", 6_000_00, "sent", _billed("INV-2084", "2026-04-02"),
             _not_signed(Evidence.UNCHECKED, "print.pdf")),
        _row(7, 10, "Extra round", 900_00, "void", _billed("INV-2085")),
        _row(8, 8, "Deposit", 2_400_00, "paid", _billed("INV-2066", "2026-02-14")),
        _row(8, 9, "Installation", 2_650_00, "sent", _billed("INV-2080", "2026-04-21"), _signed("install.pdf")),
        _row(9, 8, "Deposit", 10_000_00, "paid", _billed("INV-2044", "2025-12-19"), _signed("atlas-po.pdf")),
        _row(9, 9, "Prototype", 12_500_00, "overdue", _billed("INV-2061", "2026-03-05"), _signed("prototype.pdf")),
        _row(9, 10, "Credit for delay", -1_250_00, "sent", _billed("CN-009", "2026-03-05"), _signed("credit.pdf")),
        _row(9, 11, "Go live", 18_750_00, "planned", _due("2026-07-01")),
    ]  # fmt: skip


def findings(workbook: str = "agency.xlsx") -> list[Finding]:
    """Findings of every severity, on sheets and on the workbook itself."""
    said: tuple[tuple[str, Severity, str, str, str, str, str], ...] = (
        ("R103", Severity.ERROR, "Harbour app", "D11", "TBC",
         "The amount “TBC” is not a number, so this milestone is in no total.",
         "Type the agreed amount, or 0 until it is agreed."),
        ("F306", Severity.ERROR, "Orchard", "L9", "concept.pdf",
         "The sign-off file “concept.pdf” is empty.", "Save the signed document again under this name."),
        ("F302", Severity.ERROR, "Verdure", "L9", "design-ok.pdf",
         "The sign-off “design-ok.pdf” is not in the folder. Did you mean “design-ok-v2.pdf”?",
         "Write the name of the file as it stands in the folder, or put the file there."),
        ("S203", Severity.ERROR, "Fjord", "H8", "4500",
         "Status is “paid”, but 4,500.00 EUR of 6,000.00 EUR was received.",
         "Set the status to partially paid, or complete the amount received."),
        ("S201", Severity.WARNING, "Verdure", "F9", "sent",
         "Status is “sent”, but the due date, 15 March 2026, has passed.",
         "Set it to overdue, or to paid if the money has arrived."),
        ("S204", Severity.WARNING, "Kumo", "F9", "partially paid",
         "Status is “partially paid”, but no amount received is recorded.",
         "Fill in what was received, so that the balance is right."),
        ("P401", Severity.WARNING, "Harbour app", "B5", "24000",
         "The milestones come to 1,600.00 EUR less than the contract total.",
         "Add the missing milestone, or correct the contract total."),
        ("R117", Severity.WARNING, "Tidewater", "J9", "",
         "This milestone is billed without a due date.", "Fill in the due date of the invoice."),
        ("P405", Severity.INFO, "Tidewater", "", "",
         "The project has no contract total, so nothing says whether it is complete.",
         "Add a line “Contract total” above the table."),
        ("R106", Severity.INFO, "Atlas", "D10", "-1250",
         "The amount is negative and is counted as a credit.", "Nothing to do if it is a credit note."),
        ("F309", Severity.INFO, "", "", "old-brief.pdf",
         "The file “old-brief.pdf” in the sign-off folder belongs to no milestone.",
         "Remove it, or name it in the milestone it signs off."),
    )  # fmt: skip
    return [Finding(code, severity, workbook, *rest) for code, severity, *rest in said]


NAMES = ("Harbour app", "Lindqvist", "Verdure", "Orchard", "Tidewater", "Kumo", "النور", "Fjord", "Mill Lane", "Atlas")


def sheets(workbook: str = "agency.xlsx") -> tuple[Sheet, ...]:
    """A sheet for each project; one totals row agrees and one does not."""
    totals = {
        1: (TotalsRow("D12", "Total", "14700.00", "14700.00", agrees=True),),
        9: (TotalsRow("D13", "Sum", "41250.00", "40000.00", agrees=False),),
    }
    return tuple(
        Sheet(
            workbook,
            name,
            7,
            COLUMNS,
            project,
            client,
            owner,
            currency,
            contract,
            currency,
            totals=totals.get(index, ()),
        )
        for index, (name, (project, client, owner, currency, contract)) in enumerate(zip(NAMES, PROJECTS, strict=True))
    )


def sample_report() -> Report:
    """The whole report, in one workbook."""
    skipped = (
        SkippedSheet("Rates", "no milestone table was found: no column for milestone, amount and status"),
        SkippedSheet("Notes", "the sheet is empty"),
    )
    return report_of(rows(), FOLDER / "agency.xlsx", findings(), sheets(), skipped=skipped)


def several_workbooks(names: Sequence[str] = ("agency.xlsx", "north/studio.xlsx"), *, broken: str = "") -> Report:
    """The same rows, their sheets spread over several workbooks, with one more that cannot be read."""
    plain = sample_report()
    parts = tuple(
        dataclasses.replace(sheet, workbook=names[i % len(names)]) for i, sheet in enumerate(plain.milestones.sheets)
    )
    saved = dt.datetime(2026, 3, 30, 17, 42, tzinfo=dt.UTC)
    books = [
        Workbook(name, FOLDER / name, last_saved=saved - dt.timedelta(days=5 * i),
                 sheets_used=tuple(part for part in parts if part.workbook == name))
        for i, name in enumerate(names)
    ]  # fmt: skip
    of_sheet = {part.name: part.workbook for part in parts}
    found = [one._replace(workbook=of_sheet.get(one.sheet, names[0])) for one in plain.findings]
    if broken:
        books.append(Workbook(broken, FOLDER / broken, readable=False))
        message = f"“{broken}” is damaged and cannot be read."
        found.insert(
            0, Finding("W001", Severity.ERROR, broken, "", "", "", message, "Restore a copy that opens in Excel.")
        )
    milestones = Milestones(plain.milestones.frame, parts, plain.milestones.as_of)
    summary = summarise(milestones, books, plain.settings.ageing, found)
    return Report(plain.settings, tuple(books), milestones, tuple(found), summary)


def nothing_read() -> Report:
    """A report of one workbook that could not be read."""
    empty = report_of([], FOLDER / "agency.xlsx")
    books = (Workbook("agency.xlsx", FOLDER / "agency.xlsx", readable=False),)
    return dataclasses.replace(empty, workbooks=books, summary=summarise(empty.milestones, books, (30, 60, 90), ()))


def unpaid_rows(number: int) -> list[dict[str, Any]]:
    """Milestones that are 30 days late."""
    return [
        {
            "project": f"Project {i}",
            "milestone": "Deposit",
            "amount": 100_00,
            "status": "sent",
            "due_date": "2026-03-01",
        }
        for i in range(number)
    ]


def many_milestones(number: int) -> Report:
    """Milestones of every kind, ten to a project, each with a name, a delivery and an invoice of its own."""
    names = [f"Project {i}" for i in range((number + 9) // 10)] or ["Project 0"]
    kinds = (("paid", "found"), ("sent", "missing"), ("overdue", "none"), ("planned", "found"), ("planned", "none"))
    made: list[dict[str, Any]] = []
    for i in range(number):
        status, evidence = kinds[(i + i // 10) % len(kinds)]
        made.append(
            {
                "sheet_id": i // 10, "row": i % 10 + 2, "project": names[i // 10],
                "client": f"Client {i // 10 % 40}", "owner": f"Owner {i // 10 % 7}", "currency": "EUR",
                "milestone": f"M{i:04}", "description": f"D{i:04}", "invoice_number": f"INV-{i:04}",
                "amount": 1_000_00 + i, "status": status, "evidence": evidence, "signoff": f"file-{i:04}.pdf",
                "due_date": f"2026-{i % 9 + 1:02}-15",
                "signoff_path": f"/files/file-{i:04}.pdf" if evidence == "found" else "",
            }
        )  # fmt: skip
    many = [Sheet("agency.xlsx", name, 1, COLUMNS, name, currency="EUR") for name in names]
    found = [
        Finding(
            "F302", Severity.ERROR, "agency.xlsx", names[i // 10], f"L{i % 10 + 2}", "", f"P{i:04} is lost.", "Find it."
        )
        for i in range(0, number, 5)
    ]
    return report_of(made, FOLDER / "agency.xlsx", found, many)
