"""Workbooks and their sheets, as far as later stages need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path


OUTPUT_CATEGORY = "milestone-report summary"
"""The document category of our own summary.xlsx, so that it is never read as somebody's workbook."""


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
    """A sheet whose milestones were read, with its project block.

    `totals_unread` are the cells of totals rows whose number could not be read, so that nothing was compared.
    `paid_as` has amount columns that are not used, with the rows whose Paid cell says what stands there, and not what
    the amount is.
    """

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
    totals_unread: tuple[str, ...] = ()
    paid_as: tuple[tuple[Column, frozenset[int]], ...] = ()

    def cell(self, name: str, row: int) -> str:
        """The address of a field's cell, such as "G12"; the first mapped column where the field has none."""
        return f"{self.letter(name)}{row}"

    def letter(self, name: str) -> str:
        """The letter of a field's column in Excel; the first mapped column's where the field has none."""
        column = self.columns.get(name) or self.columns.get("milestone") or next(iter(self.columns.values()))
        return column.letter


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet that was not used, and the reason in plain words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """One workbook of the run. `path` is what people see; `file` is where it lies on this machine.

    `unchanged_since` is the as-of of the earliest of the earlier runs in a row that read the same bytes, None where
    the newest of them read others, or none is remembered. `fingerprint` is the BLAKE2b hash of the file's bytes.
    `same` are other files of the run that hold the same bytes, and so were not read.
    `seconds` is how long reading took: for the log, never for an output.
    """

    path: str
    file: Path
    readable: bool = True
    own_output: bool = False
    last_saved: dt.datetime | None = None
    saved_by: str = ""
    fingerprint: str = ""
    unchanged_since: dt.date | None = None
    sheets_used: tuple[Sheet, ...] = ()
    sheets_skipped: tuple[SkippedSheet, ...] = ()
    same: tuple[Path, ...] = ()
    seconds: float = field(default=0.0, compare=False)
