"""W: workbooks and sheets, and what the layout of a sheet does to the figures."""

from __future__ import annotations

import datetime as dt

from milestone_report.model import Severity
from milestone_report.rules.rule import Example, noticed, rows

_HEADER = ("Milestone", "Amount", "Currency", "Status")
_ROW = ("Deposit", 1000.0, "EUR", "draft")
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")

W001 = noticed(
    "W001",
    Severity.ERROR,
    "workbook",
    "Workbook, or a sheet or table in it, cannot be read",
    message="This could not be read: {why}. Nothing in it is in these figures.",
    fix="{how}",
    why="A workbook that is silently left out makes every total too small. The other workbooks are still reported.",
    breaks=(
        Example(data=b"this is no workbook", words="a text file with the name of a workbook"),
        Example(data=b"PK\x03\x04 cut off", words="a workbook of which only the beginning was saved"),
        Example(data=b"", words="an empty file"),
    ),
    keeps=(Example(), Example(cells=(_HEADER, _ROW))),
)

W002 = noticed(
    "W002",
    Severity.ERROR,
    "workbook",
    "Workbook is password-protected",
    message="This workbook is protected with a password{why}, so nothing in it is in these figures.",
    fix="{how}",
    why="An encrypted workbook cannot be read without its password. Nothing in it is guessed or skipped silently.",
    breaks=(
        Example(data=_OLE + bytes(600) + _ENCRYPTED, words="a workbook saved with a password"),
        Example(data=_OLE + _ENCRYPTED + bytes(2000), words="a workbook saved with a password"),
    ),
    keeps=(Example(), Example(data=_OLE + bytes(600), words="a damaged workbook without a password (that is W001)")),
)

W003 = noticed(
    "W003",
    Severity.WARNING,
    "workbook",
    "Workbook is open in Excel",
    message="This workbook is open in {program}{who}: what is not saved yet is not in these figures.",
    fix="Save it, close it, and run again. If nobody has it open, the program ended badly and left the file "
    "“{owner_file}” beside it: delete that.",
    why="While somebody edits, the file on disk is the last saved state. What they have just typed is missing.",
    breaks=(
        Example(names=("Book.xlsx", "~$Book.xlsx")),
        Example(names=("Milestones 2026.xlsx", "~$lestones 2026.xlsx")),
        Example(names=("Book.ods", ".~lock.Book.ods#")),
    ),
    keeps=(Example(), Example(names=("Book.xlsx", "~$Other.xlsx")), Example(names=("Book.xlsx", "~$ok.xlsx"))),
)

W004 = noticed(
    "W004",
    Severity.INFO,
    "sheet",
    "Sheet, workbook or folder skipped",
    message="Not used: {why}.",
    fix="Nothing, if no milestones are meant to be there. {how}",
    why="Lists, notes and cover sheets are normal; but a milestone sheet that is not recognised would be missing "
    "from every total, so each skipped sheet is named, and so are folders whose workbooks were not read.",
    breaks=(
        Example(cells=(("Contacts", ""), ("Maya", "maya@example.com"))),
        Example(cells=(("Status",), ("draft",), ("sent",))),
        Example(cells=(_HEADER,)),
    ),
    keeps=(Example(), Example(cells=(("North & Field", "", "", ""), _HEADER, _ROW))),
)

W005 = noticed(
    "W005",
    Severity.ERROR,
    "header row",
    "Milestone table lacks a required column",
    message="This table has no column {lacking}, so none of its milestones are in these figures.{meant}{thousands}",
    fix="Add the column, or give the right one that name.",
    why="Without an amount or a status nobody can say what is owed. The table is left out as a whole rather than "
    "half understood.",
    breaks=(
        Example(cells=(("Milestone", "Amount", "Due date"), ("Deposit", 1000.0, dt.date(2026, 4, 1)))),
        Example(cells=(("Milestone", "Ammount", "Status"), ("Deposit", 1000.0, "draft"))),
    ),
    keeps=(Example(), Example(cells=(("Deliverable", "Total", "Currency", "State"), _ROW))),
)

W006 = noticed(
    "W006",
    Severity.WARNING,
    "header",
    "Two columns claim the same field",
    message="“{value}” was not used: {used} already gives the {field}.{stake}",
    fix="Rename the column that is not meant, so that only one can be taken for it.{how}",
    why="Two amount columns are common (net and gross). Which one counts changes every total, so the choice is said.",
    breaks=(
        Example(cells=((*_HEADER, "Total"), (*_ROW, 1190.0))),
        Example(cells=((*_HEADER, "Invoice status"), (*_ROW, "sent"))),
    ),
    keeps=(Example(), Example(cells=((*_HEADER, "Paid"), (*_ROW, 0.0)))),
)

W007 = noticed(
    "W007",
    Severity.INFO,
    "header",
    "Column or label not recognised, or standing in for the milestone",
    message="“{value}” {why}",
    fix="Nothing, if it is your own. Otherwise give it a usual name, such as “Invoice date”, or put its name into "
    "milestone-report.toml, below [columns].",
    why="A column that is not understood switches off what depends on it: without “Due date” nothing is overdue.",
    breaks=(
        Example(cells=((*_HEADER, "Colour"), (*_ROW, "red"))),
        Example(cells=(("Description", *_HEADER[1:]), _ROW)),
        Example(cells=(("Month", *_HEADER[1:]), ("March", *_ROW[1:]))),
    ),
    keeps=(Example(), Example(cells=((*_HEADER, "Notes"), (*_ROW, "call them")))),
)

W008 = noticed(
    "W008",
    Severity.WARNING,
    "sheet",
    "Something hidden or outside the Excel table was counted",
    message="{what}. What stands there is counted in these figures all the same.",
    fix="{how} Then check what it holds, and delete what is only an old copy.",
    why="A forgotten hidden copy doubles a project, and a filter left on makes the sheet's own total smaller than this "
    "report's, without anybody seeing why. Rows below the end of an Excel table are in none of its sums.",
    breaks=(Example(hidden=True), Example(hidden=True, cells=(_HEADER, _ROW))),
    keeps=(Example(), Example(hidden=True, cells=(("Contacts",),))),
)

W009 = noticed(
    "W009",
    Severity.WARNING,
    "total",
    "The sheet's own totals row differs from its milestones",
    message="The total here says {says}, but the milestones above it add up to {adds_up_to}: {by} apart.{lacking}",
    fix="{how}",
    why="Somebody reads that total and believes it. The report always adds up the milestones themselves.",
    breaks=(
        Example(cells=(_HEADER, _ROW, ("Total", 900.0, "", ""))),
        Example(cells=(_HEADER, _ROW, ("Final", "€ 500,00", "EUR", "draft"), ("Sum EUR:", 1000.0, "", ""))),
        Example(cells=(_HEADER, _ROW, ("Final", "2.500", "EUR", "draft"), ("Total", 3500.0, "", ""))),
    ),
    keeps=(
        Example(cells=(_HEADER, _ROW, ("Total", 1000.0, "", ""))),
        Example(cells=(_HEADER, _ROW, ("Dropped", 50.0, "EUR", "void"), ("Total", 1000.0, "", ""))),
    ),
)

W010 = noticed(
    "W010",
    Severity.WARNING,
    "workbook",
    "Workbook looks like a copy of another one",
    message="{what}",
    fix="Keep what is right in one of the two, and move the other out of the folder.",
    why="Cloud drives put a second file beside a workbook that two people changed, and backups stay lying about. "
    "Every total that has both is too large. Of workbooks that are the same to the last byte only one is counted.",
    breaks=(
        Example(names=("Book.xlsx", "Book (1).xlsx")),
        Example(names=("Book.xlsx", "Book-DESKTOP-1A2B.xlsx")),
        Example(names=("Book.xlsx", "Book (Maya's conflicted copy 2026-03-01).xlsx")),
        Example(names=("Book.xlsx", "Copy of Book.xlsx")),
    ),
    keeps=(
        Example(),
        Example(names=("Book (1).xlsx", "Copy of Other.xlsx")),
        Example(names=("Book.xlsx", "Book (2025).xlsx", "Book-Q1.xlsx", "Book 2.xlsx")),
    ),
)

W011 = noticed(
    "W011",
    Severity.ERROR,
    "sheet",
    "Sheet or workbook is too large",
    message="This is too large to be read: {why}. Nothing of it is in these figures.",
    fix="{how}",
    why="One forgotten value in the last cell makes a sheet seventeen thousand million cells large. Half a sheet would "
    "give wrong totals, so none of it is counted; the other sheets are. A workbook that unpacks to more than any "
    "workbook does is not even opened.",
    breaks=(Example(far_cell="XFD1048576"), Example(far_cell="ZZ1000000")),
    keeps=(Example(), Example(far_cell="BZ2000")),
)

W012 = noticed(
    "W012",
    Severity.INFO,
    "row",
    "Repeated header or subtotal passed over",
    message="{what}: this row was passed over.",
    fix="Nothing, if that is right: it is counted nowhere. A milestone needs a status, such as planned.",
    why="A subtotal counted as a milestone would double the money, so it is said which rows were taken for one.",
    breaks=(
        Example(cells=(_HEADER, _ROW, _HEADER, ("Final", 50.0, "EUR", "draft"))),
        Example(cells=(_HEADER, _ROW, ("Subtotal", 1000.0, "", ""), ("Final", 50.0, "EUR", "draft"))),
    ),
    keeps=(rows(), Example(cells=(_HEADER, _ROW, ("Total", 1000.0, "", "")))),
)
