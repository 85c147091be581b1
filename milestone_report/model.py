"""What flows between the stages: the milestones frame, notices, findings and the report.

This module imports no pandas when it runs, because the worker processes that read
workbooks import it too. Money is always whole minor units of a currency (cents), as `int`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.choice import Choice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from milestone_report.choice import Ignore, Ignored
    from milestone_report.totals import Summary


# What people sign, scan or agree in: documents, pictures, mails, signed containers (CAdES, ASiC). A workbook,
# a note or a saved web page shows nobody's hand.
SIGNOFF_EXTENSIONS = (
    *("pdf", "png", "jpg", "jpeg", "heic", "heif", "tif", "tiff", "webp"),
    *("docx", "doc", "odt", "rtf", "eml", "msg", "p7m", "asice"),
)

OUTPUT_CATEGORY = "milestone-report summary"
"""The document category of our own summary.xlsx, so that it is never read as somebody's workbook."""


class Status(StrEnum):
    """The words of the status column, after synonyms are folded in."""

    PLANNED = "planned"
    DRAFT = "draft"
    SENT = "sent"
    PARTIALLY_PAID = "partially paid"
    PAID = "paid"
    OVERDUE = "overdue"
    VOID = "void"
    UNKNOWN = "unknown"


class State(StrEnum):
    """What a status means for the money."""

    NOT_BILLED = "not_billed"
    BILLED = "billed"
    PAID = "paid"
    VOID = "void"
    UNKNOWN = "unknown"


STATE_OF = {
    Status.PLANNED: State.NOT_BILLED,
    Status.DRAFT: State.NOT_BILLED,
    Status.SENT: State.BILLED,
    Status.PARTIALLY_PAID: State.BILLED,
    Status.OVERDUE: State.BILLED,
    Status.PAID: State.PAID,
    Status.VOID: State.VOID,
    Status.UNKNOWN: State.UNKNOWN,
}


class Evidence(StrEnum):
    """What is known about a milestone's sign-off, from worst to best."""

    REFUSED = "refused"
    MISSING = "missing"
    EMPTY = "empty"
    NONE = "none"
    UNCHECKED = "unchecked"
    LINK = "link"
    FOUND = "found"


UNSIGNED = frozenset({Evidence.REFUSED, Evidence.MISSING, Evidence.EMPTY, Evidence.NONE})


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


TEXT_FIELDS = ("project", "client", "owner", "milestone", "description", "invoice_number", "note")
DATE_FIELDS = ("invoice_date", "due_date", "paid_date", "signoff_date", "expected_date")
FIELDS = (*TEXT_FIELDS, "amount", "currency", "status", "paid", "signoff", *DATE_FIELDS)

# Columns of `Milestones.frame` as reading makes them, one row for each milestone of a workbook.
# `amount` and `paid_cell` are minor units, 0 where nothing readable stands; `signoff` holds one
# file name a line; dates are datetime64[s] with NaT for none; text is "" for none.
READ_COLUMNS = (
    "sheet_id",  # int: position in Milestones.sheets
    "row",  # int: Excel's row number, from 1
    *TEXT_FIELDS,
    "currency",  # ISO 4217 code, "" when none was found
    "amount",
    "amount_known",  # bool: the cell held a readable amount
    "paid_cell",
    "paid_recorded",  # bool: the paid cell held a readable amount
    "status",  # a Status
    "status_text",  # what the status cell says
    "trusted",  # bool: amount, currency, status and paid could all be read
    "signoff",
    *DATE_FIELDS,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A mapped column of a sheet: its letter in Excel and the header as it is written."""

    letter: str
    header: str


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """A totals row of the user's own, compared with the milestones above it (major units, exact text)."""

    cell: str
    label: str
    says: str
    adds_up_to: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose milestones were read, with its project block."""

    workbook: str
    name: str
    header_row: int
    columns: Mapping[str, Column]
    project: str = ""
    client: str = ""
    owner: str = ""
    currency: str = ""
    contract: int | None = None
    contract_currency: str = ""
    contract_cell: str = ""
    signoff_folder: str = ""
    signoff_folder_cell: str = ""
    totals: tuple[TotalsRow, ...] = ()

    def cell(self, name: str, row: int) -> str:
        """The address of a field's cell, such as "G12"; the first mapped column where the field has none."""
        column = self.columns.get(name) or self.columns.get("milestone") or next(iter(self.columns.values()))
        return f"{column.letter}{row}"


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet that was not used, and the reason in plain words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """One workbook of the run. `path` is what people see; `file` is where it lies on this machine."""

    path: str
    file: Path
    readable: bool = True
    own_output: bool = False
    last_saved: dt.datetime | None = None
    saved_by: str = ""
    sheets_used: tuple[Sheet, ...] = ()
    sheets_skipped: tuple[SkippedSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What reading a workbook depends on beside its bytes. The reader processes get it, too.

    `currency` counts where a workbook names none. `date_order` is "dmy" or "mdy" where dates as text
    may be read in that order, "" where they must not. `columns` and `statuses` are words of the
    user's own: (field, words) pairs. `seconds` and `memory` (bytes) bound each workbook.
    """

    currency: str = ""
    date_order: str = ""
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    statuses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    password: str = field(default="", repr=False)
    seconds: float = 60.0
    memory: int = 2 * 1024**3


class Notice(NamedTuple):
    """Something a stage saw while it worked. `rules` gives it a severity, a message and a fix.

    `facts` fills the blanks of the message in the catalogue.
    """

    code: str
    workbook: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    facts: Mapping[str, str] = {}  # read only: many notices share it


class Finding(NamedTuple):
    """One thing a person should look at, traceable to its cell ("" where no cell is meant)."""

    code: str
    severity: Severity
    workbook: str
    sheet: str
    cell: str
    value: str
    message: str
    fix: str


@dataclass(frozen=True, eq=False)
class Milestones:
    """Every milestone of the run, and the sheets they stand on. Two are equal only when they are one.

    The frame gains columns on its way: READ_COLUMNS from reading, FIGURE_COLUMNS from
    `figures.add_figures`, EVIDENCE_COLUMNS from sign-offs, LIST_COLUMNS from the summary.
    """

    frame: pd.DataFrame
    sheets: tuple[Sheet, ...]
    as_of: dt.date


# `bucket` is the ageing band of what is outstanding, "" where nothing is.
FIGURE_COLUMNS = (
    "state",
    "counted",
    "paid",
    "outstanding",
    "overpaid",
    "not_billed",
    "overdue",
    "days_overdue",
    "bucket",
)
# `signoff_path` holds the found files' paths on this machine, one a line; `signoff_about` those names of
# the cell that decided the evidence, one a line; `signoff_hint` the name of a file in the folder that may
# be meant where one is missing or refused, or its own name where the cell's differs. `signoff_content` tells
# files apart by what they hold, a line for each of `signoff_path` ("" where no other can be the same), and
# `signoff_odd` says which are not what their names say. Both are "" on void rows.
EVIDENCE_COLUMNS = (
    "evidence",
    "signoff_path",
    "signoff_about",
    "signoff_hint",
    "signoff_content",
    "signoff_odd",
)
LIST_COLUMNS = ("unpaid", "ready_to_bill", "unsigned")


class Mailbox(NamedTuple):
    """An e-mail address and the name before it, "" for none: letters that a header can have, and no line breaks."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Email:
    """To whom the draft is addressed, and its subject, "" for one with the figures."""

    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything a run was asked for. Only the command line makes one from the outside world.

    `signoffs` is the sign-off folder of all workbooks, `signoffs_default` that of sheets whose project
    block names none; `signoff_extensions` are the kinds of files expected in them, without a dot.
    `owners` are (name, address) pairs. `settings_file` is the name of the file that was read, "" for none.
    `templates` is a folder of templates that come before ours, None for none.
    """

    as_of: dt.date
    out: Path = Path("milestone-report")
    signoffs: Path | None = None
    signoffs_default: Path | None = None
    signoff_extensions: tuple[str, ...] = SIGNOFF_EXTENSIONS
    title: str = "Milestones"
    company: str = ""
    locale: str = "en_GB"
    ageing: Sequence[int] = (30, 60, 90)
    choice: Choice = field(default_factory=Choice)
    email: Email = field(default_factory=Email)
    owners: tuple[tuple[str, Mailbox], ...] = ()
    settings_file: str = ""
    templates: Path | None = None
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    workers: int = 1


PART_FOLDERS = {"owner": "by-owner", "client": "by-client", "project": "by-project"}
"""What a report can be parted by → the folder that holds those of the parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whose milestones a report is about where it is not about all of a run: of one owner, client or project.

    `by` is the field, `value` what stands in it, "" for none. `spellings` are other ways in which the cells
    write it, `milestones` counts those of the whole run.
    """

    by: str
    value: str
    spellings: tuple[str, ...] = ()
    milestones: int = 0


@dataclass(frozen=True, eq=False)
class Report:
    """The finished report: what every renderer gets, and all it gets. Two are equal only when they are one.

    `ignored` counts what is not in `findings`, which are the `kept_back`; `unused` are the settings' ignores
    that nothing matched. `part` is None where the report is about the whole run.
    """

    settings: Settings
    workbooks: tuple[Workbook, ...]
    milestones: Milestones
    findings: tuple[Finding, ...]
    summary: Summary
    ignored: tuple[Ignored, ...] = ()
    unused: tuple[Ignore, ...] = ()
    kept_back: tuple[Finding, ...] = ()
    part: Part | None = None
