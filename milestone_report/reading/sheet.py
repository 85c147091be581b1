"""One sheet: grid → columns of values ready for the milestones frame, with notices beside them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.facts import both, either, phrase, phrases, spelled_number
from milestone_report.model import Column, ReadingSettings, Sheet, SkippedSheet
from milestone_report.reading.block import Block, find_block, note_near_labels
from milestone_report.reading.currencies import CurrencySource, compare_sheet_sources
from milestone_report.reading.fields import Columns, FieldReader
from milestone_report.reading.grid import Details, ExcelTable, Grid, address
from milestone_report.reading.header import is_in_thousands
from milestone_report.reading.layout import find_misspelt, find_table, nearly_needed
from milestone_report.reading.limits import CUT_IT
from milestone_report.reading.merges import fill_before_rows_are_told, fill_milestones
from milestone_report.reading.others import find_others, note_others
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.remarks import note_below_the_end, note_blank_headers, note_columns, note_hidden
from milestone_report.reading.rivals import note_rivals
from milestone_report.reading.rows import milestone_rows
from milestone_report.reading.stakes import name_stakes
from milestone_report.reading.values import Notes, read_number
from milestone_report.text import column_letter, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from milestone_report.model import Notice
    from milestone_report.reading.header import Table
    from milestone_report.reading.vocabulary import Vocabulary


MOST_MILESTONES = 250_000
"""No agency has so many on a sheet: such a table is a formula or a row copied down to the end."""


_NEEDED = {"milestone": phrase("Milestone"), "amount": phrase("Amount"), "status": phrase("Status")}


@dataclass(slots=True)
class SheetRows:
    """What one sheet gave: the sheet or the reason it was skipped, its columns, and notices."""

    sheet: Sheet | None = None
    skipped: SkippedSheet | None = None
    columns: Columns = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What reading a sheet needs beside its cells. `details` looks into the sheet's XML when it is called."""

    workbook: str
    words: Vocabulary
    settings: ReadingSettings = field(default_factory=ReadingSettings)
    epoch_1904: bool = False
    tables: Callable[[str], Sequence[ExcelTable]] = lambda _sheet: ()
    details: Callable[[str, Collection[int]], Details] = lambda _sheet, _columns: Details()


def read_sheet(grid: Grid, context: SheetContext) -> SheetRows:
    """Read one sheet. Nothing that stands in its cells raises, but too many rows and damaged XML: RefusedError."""
    words, notes = context.words, Notes(context.workbook, grid.name)
    table = find_table(grid, words) or find_misspelt(grid, words)
    if table is None or table.missing:
        return SheetRows(skipped=_skipped(grid, table, words, notes), notices=notes.found)
    others = find_others(grid, table, words)
    above = [row for row in range(grid.top, table.top) if not any(row in other.rows for other in others)]
    block = _block_below_details(grid, table, above, context)
    block.say_what_is_broken(notes)
    note_near_labels(block, above, words, notes)
    note_columns(grid, table, words, notes)
    note_others(grid, others, notes)
    source = _currency_source(grid, table, block, context.settings.currency, notes)
    fill_before_rows_are_told(grid, table, words)
    found = milestone_rows(grid, table, others, words, notes, contract=block.contract_number)
    rows = found.rows
    if not rows:
        return SheetRows(skipped=_without_milestones(grid, table, notes), notices=notes.found)
    if len(rows) > MOST_MILESTONES:
        raise RefusedError(
            phrase(
                "its table has {number} rows, and at most {most} are read",
                number=spelled_number(len(rows)),
                most=spelled_number(MOST_MILESTONES),
            ),
            "W011",
            CUT_IT,
        )
    fill_milestones(grid, table, rows)
    note_hidden(grid, table, rows, notes)
    note_below_the_end(table, rows, notes)
    note_blank_headers(grid, table, rows, notes)
    columns = FieldReader(grid, table, rows, notes, found.doubtful).read(
        source,
        words,
        paid_header=table.currencies.get("paid", ""),
        epoch_1904=context.epoch_1904,
        date_order=context.settings.date_order,
    )
    paid_as = note_rivals(grid, table, columns, words, notes)
    notes.found = name_stakes(notes.found, columns)
    beyond = source.beyond_the_cell()
    contract, contract_currency = block.contract({str(code) for code in set(columns["currency"])}, beyond, notes)
    project = block.text("project") or grid.name
    for name, fallback in (("project", project), ("client", block.text("client")), ("owner", block.text("owner"))):
        if fallback:
            columns[name] = [value or fallback for value in columns[name]]
    sheet = Sheet(
        workbook=context.workbook,
        name=grid.name,
        header_row=table.header_row + 1,
        columns=_columns(
            tuple(
                sorted(
                    (column, "milestone" if name == "period" else name, table.headers[column])
                    for name, column in table.columns.items()
                )
            )
        ),
        project=project,
        client=block.text("client"),
        owner=block.text("owner"),
        currency=beyond,
        contract=contract,
        contract_currency=contract_currency,
        contract_cell=block.cell("contract"),
        signoff_folder=block.text("signoff_folder"),
        signoff_folder_cell=block.cell("signoff_folder"),
        totals=tuple(found.totals),
        totals_unread=tuple(found.totals_unread),
        paid_as=paid_as,
    )
    return SheetRows(sheet=sheet, columns=columns, notices=notes.found)


def _block_below_details(grid: Grid, table: Table, rows: Sequence[int], context: SheetContext) -> Block:
    """Lay over the grid what the fast reader hides, and find the project block in some rows (from 0).

    It is looked for twice: where the contract total stands decides what is looked at, and a broken cell is blank
    before.
    """
    columns = _money_columns(table, find_block(grid, rows, context.words))
    grid.lay_over(context.details(grid.name, columns))
    return find_block(grid, rows, context.words)


def _currency_source(grid: Grid, table: Table, block: Block, default: str, notes: Notes) -> CurrencySource:
    """What is said of the currency for the whole sheet; says where header and block do not agree."""
    source = CurrencySource(table.currencies.get("amount", ""), block.currency(notes), default, grid.details)
    place = (table.header_row, table.columns["amount"])
    compare_sheet_sources(source, place, grid.value(*place), notes)
    return source


@lru_cache(maxsize=1024)
def _columns(mapped: tuple[tuple[int, str, str], ...]) -> Mapping[str, Column]:
    """Columns from (column, field, header), made once for all the sheets that have the same."""
    return {name: Column(column_letter(column), shown(header)) for column, name, header in mapped}


def _money_columns(table: Table, block: Block) -> list[int]:
    """Where a number format may tell a currency, or that the number is a share."""
    columns = [table.columns[name] for name in ("amount", "paid") if name in table.columns]
    return [*columns, block.places["contract"][1]] if "contract" in block.places else columns


def _without_milestones(grid: Grid, table: Table, notes: Notes) -> SkippedSheet:
    """Why a table gives nothing: it has no amounts, or none that could be read as milestones, which is an error."""
    below = range(table.header_row + 1, grid.top + len(grid.rows))
    if any(read_number(grid.value(row, table.columns["amount"]))[0] for row in below):
        why = phrase("below this header are amounts, but no row that can be taken for a milestone")
        place = table.header_row, min(table.columns.values())
        how = phrase("Give each milestone a row with a name, an amount and a status right below the header.")
        notes.add("W001", place, grid.value(*place), why=why, how=how)
        return SkippedSheet(grid.name, why)
    why = phrase("its table has no milestones below the header")
    notes.add("W004", None, "", why=why, how=phrase("Otherwise write them into the rows right below the header."))
    return SkippedSheet(grid.name, why)


def _skipped(grid: Grid, table: Table | None, words: Vocabulary, notes: Notes) -> SkippedSheet:
    """Why a sheet cannot be used, with a notice: it has no milestone table, or one that lacks a column."""
    if table is None:
        why = (
            phrase("no header row with a milestone, an amount and a status was found")
            if grid.rows
            else phrase("it is empty")
        )
        how = phrase("Otherwise name the columns Milestone, Amount and Status in one row within the first 30.")
        notes.add("W004", None, "", why=why, how=how)
        return SkippedSheet(grid.name, why)
    lacking = both([phrase("“{text}”", text=_NEEDED[name]) for name in table.missing])
    near = nearly_needed(table, words)
    large = [column for column in table.unknown if is_in_thousands(table.headers[column], words)]
    thousands = ""
    if "amount" in table.missing and large:
        near.pop("amount", None)
        thousands = phrase(
            " {name} seems to be in thousands: such amounts are not read. Write whole amounts below “Amount”.",
            name=_place(table, large[0]),
        )
    meant = both([either([_place(table, column) for column in columns]) for columns in near.values()])
    place = table.header_row, min([*table.columns.values(), *itertools.chain(*near.values())])
    asks = phrases(" Is {names} meant?", " Are {names} meant?", len(near), names=meant) if meant else ""
    notes.add("W005", place, grid.value(*place), lacking=lacking, meant=asks, thousands=thousands)
    return SkippedSheet(grid.name, phrase("its table has no column {names}", names=lacking))


def _place(table: Table, column: int) -> str:
    """A header and its cell."""
    cell = address(table.header_row, column)
    return phrase("“{text}” in {cell}", text=shown(table.headers[column]), cell=cell)
