"""Where the milestone table is: its header row, and which column holds which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.money import SYMBOLS, known_code
from milestone_report.reading.grid import Grid, is_blank
from milestone_report.text import fold

if TYPE_CHECKING:
    from milestone_report.reading.vocabulary import Vocabulary

HEADER_ROWS = 30
"""The header is looked for in so many rows from the top of the sheet."""

NAMES_A_ROW = ("milestone", "description", "invoice_number")
"""What can name a milestone, best first."""

_MONEY_FIELDS = ("amount", "paid")
_ABOUT_MONEY = frozenset(fold(word) for word in (
    "net", "gross", "excl", "excl vat", "ex vat", "excluding vat", "without vat", "incl", "incl vat", "inc vat",
    "including vat", "with vat", "excl tax", "incl tax", "total", "$", "kr", "¥",
))  # fmt: skip
_WORDS_TOO = frozenset({"ALL", "TOP", "TRY", "CUP"})
"""Codes that are English words: in a header they are taken for the word."""

_IN_BRACKETS = re.compile(r"[(\[]([^)\]]+)[)\]]")
_LAST_WORD = re.compile(r"\b(?:in )?([A-Z]{3})\s*$")


@dataclass(frozen=True, slots=True)
class Rival:
    """A second column that claims a field: it is not used."""

    field: str
    column: int
    used: int


@dataclass(slots=True)
class Table:
    """The header of a milestone table. Columns are counted from 0, as is `header_row`."""

    header_row: int
    columns: dict[str, int] = field(default_factory=dict)
    rivals: list[Rival] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    currencies: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def name_field(self) -> str:
        """The field that names a milestone of this table."""
        return next((name for name in NAMES_A_ROW if name in self.columns), "")


def find_table(grid: Grid, words: Vocabulary) -> Table | None:
    """The best header among the first rows, or None where no row looks like one."""
    best: Table | None = None
    for offset in range(min(HEADER_ROWS - grid.top, len(grid.rows))):
        table = _map_header(grid, offset, words)
        if _looks_like_header(table) and (best is None or _strength(table) > _strength(best)):
            best = table
            if not table.missing:
                break  # a header with all that is needed; what follows is its data
    return best


def is_header(grid: Grid, row: int, table: Table, words: Vocabulary) -> bool:
    """Whether a row below the header repeats it: most of its mapped cells say the header's words."""
    if not isinstance(grid.value(row, table.columns["amount"]), str):
        return False  # nearly every row: an amount is a number
    hits = 0
    for name, column in table.columns.items():
        value = grid.value(row, column)
        if isinstance(value, str) and value and _field_of(value, words)[0] == name:
            hits += 1
    return hits >= max(2, (len(table.columns) + 1) // 2)


def same_columns(grid: Grid, row: int, table: Table, words: Vocabulary) -> bool:
    """Whether no word of a repeated header names another field than its column holds."""
    for name, column in table.columns.items():
        value = grid.value(row, column)
        found = _field_of(value, words)[0] if isinstance(value, str) else ""
        if found not in ("", "stand_in", name) and found in table.columns:
            return False
    return True


def _map_header(grid: Grid, offset: int, words: Vocabulary) -> Table:
    table = Table(header_row=grid.top + offset)
    ranks: dict[str, int] = {}
    stand_ins: list[int] = []
    for across, value in enumerate(grid.rows[offset]):
        column = grid.left + across
        if not isinstance(value, str) or is_blank(value):
            continue
        name, rank, currency = _field_of(value, words)
        if name == "stand_in":
            stand_ins.append(column)
        elif not name:
            table.unknown.append(column)
        elif name not in table.columns:
            table.columns[name], ranks[name] = column, rank
        else:
            loser = column
            if rank < ranks[name]:
                loser, table.columns[name], ranks[name] = table.columns[name], column, rank
            table.rivals.append(Rival(name, loser, table.columns[name]))
        if table.columns.get(name) == column:
            table.currencies[name] = currency
    for column in stand_ins:
        _place_stand_in(table, column)
    table.missing = [name for name in ("amount", "status") if name not in table.columns]
    if not table.name_field:
        table.missing.insert(0, "milestone")
    return table


def _place_stand_in(table: Table, column: int) -> None:
    """A deliverable names the milestone where nothing else does, else it describes it."""
    for name in ("milestone", "description"):
        if name not in table.columns:
            table.columns[name] = column
            return
    table.rivals.append(Rival("description", column, table.columns["description"]))


@lru_cache(maxsize=4096)
def _field_of(header: str, words: Vocabulary) -> tuple[str, int, str]:
    """(field, rank, currency in the header) of a header cell; ("", 0, "") where it is not known."""
    folded = fold(header)
    if "%" in header:
        return "", 0, ""  # a share is no amount, whatever stands before the sign
    if folded in words.stand_ins:
        return "stand_in", 0, ""
    if folded in words.columns:
        # Folding drops signs: "Amount €" is "amount" and says its currency.
        return *words.columns[folded], next((SYMBOLS[char] for char in header if char in SYMBOLS), "")
    for pattern in (_IN_BRACKETS, _LAST_WORD):
        match = pattern.search(header)
        if match and (rest := fold(header[: match.start()] + header[match.end() :])) in words.columns:
            inside = match.group(1)
            # Codes only in capitals: "Total (all)" is not a total in Albanian lek.
            currency = known_code(inside) if inside == inside.upper() and inside not in _WORDS_TOO else ""
            field_name = words.columns[rest][0]
            # "Due date (dd/mm/yyyy)" is a due date, but "Amount (hours)" is no money.
            said = field_name not in _MONEY_FIELDS or fold(inside) in _ABOUT_MONEY
            if currency or (pattern is _IN_BRACKETS and said):
                return *words.columns[rest], currency
    return "", 0, ""


def _looks_like_header(table: Table) -> bool:
    """A lone "Status" or "Total" in a list or a form is no milestone table; a name beside money is."""
    has = table.columns
    named, money, status = bool(table.name_field), "amount" in has, "status" in has
    if "milestone" in has and (money or status):
        return True
    return (named and money and status) or (len(has) >= 4 and named + money + status == 2)


def _strength(table: Table) -> tuple[int, int]:
    return -len(table.missing), len(table.columns)
