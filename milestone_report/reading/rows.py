"""Which rows below a header are milestones, and which repeat the header, add up, or say something else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.facts import phrase
from milestone_report.reading.asides import Asides
from milestone_report.reading.bare import Bare, Judge, Verdict
from milestone_report.reading.doubts import Doubts
from milestone_report.reading.grid import Grid, is_blank
from milestone_report.reading.labels import Says, is_total, may_be_total, says
from milestone_report.reading.layout import header_below, is_part_of_header
from milestone_report.reading.lists import AnotherList
from milestone_report.reading.others import ON_ITS_OWN
from milestone_report.reading.sums import Sieve
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import TotalsRow
    from milestone_report.reading.header import Table
    from milestone_report.reading.others import Other
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_NAMED_SUMS = (Says.SUM, Says.WITHIN)
_BELOW_TOTAL = phrase("stands below a total and has nothing but an amount")
_BELOW_TABLE = phrase("stands below the end of the Excel table and has nothing but an amount")


@dataclass(frozen=True, slots=True)
class Found:
    """The rows (from 0) that hold milestones, those of them that may be sums, and the totals rows compared.

    `totals_unread` are the cells of those that say no number.
    """

    rows: list[int]
    doubtful: frozenset[int]
    totals: list[TotalsRow]
    totals_unread: list[str]


def milestone_rows(
    grid: Grid,
    table: Table,
    others: Sequence[Other],
    words: Vocabulary,
    notes: Notes,
    *,
    contract: Decimal | None = None,
) -> Found:
    """The milestones of a table, by their rows, and what else its rows are.

    A blank row may part milestones; after one, text alone is a remark. Below the total only a row with a
    status or other details is a milestone. A row with nothing but a name and an amount that may be a
    sum is asked about, unless the sheet's own total, or the contract's, settles what it is. What was
    passed over for any less plain reason than being the total at the foot of the table is said.
    """
    rows = _Rows(grid, table, others, words, notes)
    below = table.header_row + 1
    for row, cells in enumerate(grid.rows[below - grid.top :], below):
        if not rows.take(row, cells):
            break
    return rows.found(contract)


class _Rows:
    """Goes down a table row by row and remembers where it is: after a gap, below the total, in another list."""

    def __init__(self, grid: Grid, table: Table, others: Sequence[Other], words: Vocabulary, notes: Notes) -> None:
        self._grid, self._table, self._words, self._notes = grid, table, words, notes
        self.sieve = Sieve(grid, table, words)
        self.totals: list[TotalsRow] = []
        self._asides = Asides(grid, table, self.sieve, words)
        self._judge = Judge(grid, table, self.sieve, self._asides, words)
        self._doubts = Doubts(grid, table, self.sieve, words)
        self._passed_over: list[tuple[int, str]] = []
        self._on_top: list[tuple[int, str]] = []
        self._bare_below_total: list[Bare] = []
        self._bare_sum = Decimal(0)
        self._another_list = AnotherList(grid, table, self.sieve, notes)
        self._after_gap = self._below_total = False
        self._first = min(table.columns.values())
        self._elsewhere = {row for other in others if other.overlaps(table) for row in other.rows}
        self._beside_others = {row for other in others for row in other.rows}
        self._end_of_header = table.header_row

    def take(self, row: int, cells: list[Any]) -> bool:
        """Look at the next row. False where the table ends before it."""
        if self._is_ordinary(row, cells):
            self._after_gap = False
            if self._below_total or self._judge.among_sums:
                self._go_on()
            self.sieve.rows.append(row)
            return True
        if cells.count("") == len(cells):  # a stray value in the last row leaves a million of these
            self._after_gap, self._another_list.inside = True, False
            return True
        filled = {across for across in self.sieve.mapped if cells[across] != "" and not is_blank(cells[across])}
        if not filled:
            self._after_gap, self._another_list.inside = True, False
        if row <= self._end_of_header or row in (self._elsewhere if filled else self._beside_others):
            return True
        if header := header_below(self._grid, row, self._table, self._words):
            return self._take_header(header, overlaps=bool(filled))
        if self._begins_second_project(row):
            why = phrase("a second project starts here, and only one is read from a sheet")
            self._note("W001", row, why=why, how=ON_ITS_OWN)
            return False
        if filled:
            self._take_filled(row, cells, filled)
        return True

    def _take_filled(self, row: int, cells: list[Any], filled: set[int]) -> None:
        """Look at a row that is neither blank nor a header, nor in another table that is known."""
        last_row = self._table.last_row
        in_totals_row = last_row is not None and last_row < row <= last_row + self._table.totals_rows
        if self._is_below_excel_table(row) and (self._table.totals_rows or self._after_gap):
            self._below_total = True
        if self._another_list.inside:
            self._another_list.watch(row, cells)
        elif in_totals_row:
            self._pass_over_total(row, str(cells[self.sieve.name]))
        else:
            self._sort(row, cells, filled)

    def _is_below_excel_table(self, row: int) -> bool:
        return self._table.last_row is not None and row > self._table.last_row + self._table.totals_rows

    def _is_ordinary(self, row: int, cells: list[Any]) -> bool:
        """Whether a row is a milestone at the first look, as nearly all are: a name, a number, a status or details."""
        sieve = self.sieve
        name, status = cells[sieve.name], cells[sieve.status]
        return (
            type(cells[sieve.amount]) is float
            and type(name) is str
            and name.strip() != ""
            and not may_be_total(name, self._words)
            and not (self._grid.tables or self._another_list.inside)
            and ((type(status) is str and status.strip() != "") or self._has_details(row, cells))
        )

    def _has_details(self, row: int, cells: list[Any]) -> bool:
        """Whether a date or words beside name and money tell a milestone; below a total that needs another look."""
        if self._below_total or row in self._asides.merged:
            return False
        details = map(cells.__getitem__, self._judge.details)
        return any(
            isinstance(cell, (str, dt.date)) and not is_blank(cell) and cell not in self._words.nothing
            for cell in details
        )

    def _sort(self, row: int, cells: list[Any], filled: set[int]) -> None:
        """Put a row where it belongs: to the milestones or to what is passed over."""
        sieve = self.sieve
        if is_part_of_header(self._grid, row, self._table):
            self._note("W012", row, what=phrase("The header row is repeated"))
        elif (label := self._judge.totals_label(row, cells, filled)) is not None:
            self._pass_over_total(row, label)
        elif (bare := self._judge.bare(row, cells, filled)) is not None and self._is_no_milestone(bare, cells, filled):
            pass
        elif self._after_gap and len(filled) == 1 and isinstance(cells[next(iter(filled))], str):
            pass  # a remark below the table
        elif what := self._asides.remark_or_heading(row, cells, filled):
            self._note("W012", row, what=what)
        elif self._after_gap and self._another_list.only_words(cells, filled):
            self._another_list.begin(row, cells)
        else:
            self._after_gap = False
            if sieve.has_status(cells):
                self._go_on()
            sieve.rows.append(row)

    def _is_no_milestone(self, bare: Bare, cells: list[Any], filled: set[int]) -> bool:
        """Whether a row with nothing but words and money was passed over as a sum, or taken into doubt."""
        verdict, why = self._judge.verdict(bare)
        if verdict is Verdict.SUM:
            self._pass_over_sum(bare, why)
        elif self._after_gap and self._another_list.only_words(cells, filled):
            return False
        elif bare.plain and self._below_total:
            self._bare_below_total.append(bare)
            self._bare_sum += self.sieve.number(bare.row) or 0
        elif bare.plain and self._is_below_excel_table(bare.row):
            self._doubts.add(bare, _BELOW_TABLE, may_be_settled=True)
        elif verdict is Verdict.MILESTONE:
            return False
        else:
            self._doubts.add(bare, why, may_be_settled=verdict is Verdict.DOUBTFUL)
        return True

    def _pass_over_sum(self, bare: Bare, why: str) -> None:
        """Pass over a bare row that is a sum, and compare it where it says what it is the sum of."""
        sieve, said = self.sieve, says(bare.label, self._words)
        number = sieve.number(bare.row)
        groups = sieve.groups(bare.label) if said in _NAMED_SUMS else []
        told = bool(groups) or (
            said in _NAMED_SUMS
            and sieve.has_rows_since(bare.row, bare.label)
            and not self._another_sum_follows(bare.row)
        )
        if sieve.rows and number is not None and (told or sieve.makes(number)):
            self.totals += sieve.compare(bare.row, bare.label, self._notes, groups)
        if said in _NAMED_SUMS:
            sieve.begin_anew(bare.row, bare.label)
        elif said is Says.TAX:
            sieve.taxes += number or 0
        self._judge.among_sums = said in (Says.TAX, Says.BESIDE) and bool(sieve.rows)
        self._say_sum(bare, why)

    def _another_sum_follows(self, row: int) -> bool:
        """Whether the next row is a total of something, too: "Total labour" above "Total material" is none of all."""
        below = row + 1 - self._grid.top
        cells = self._grid.rows[below][: self.sieve.amount] if below < len(self._grid.rows) else []
        label = next((cell for cell in cells if isinstance(cell, str) and not is_blank(cell)), "")
        return says(label, self._words) in _NAMED_SUMS and not is_total(label, self._words)

    def _pass_over_total(self, row: int, label: str) -> None:
        number = self.sieve.number(row)
        if self._bare_sum and number is not None and self.sieve.makes(number, self._bare_sum):
            self._doubt_bare_rows()
        for bare in self._doubts.settle(number):
            self._say_sum(bare, phrase("is not in the total below it"))
        self._passed_over.append(
            (row, phrase("A totals row inside the table ({label})", label=shown(label) or phrase("without a label")))
        )
        self._after_gap = True
        self._judge.among_sums = False
        self._below_total = self._below_total or self._is_last_total(label)
        if self.sieve.rows:
            self.totals += self.sieve.compare(row, label, self._notes)
        else:
            self._on_top.append((row, label))

    def _is_last_total(self, label: str) -> bool:
        """Whether the table should end at a total: not at a subtotal, and not at one of something, "Phase 1 total"."""
        return fold(label) not in self._words.subtotals and (not label or is_total(label, self._words))

    def _say_sum(self, bare: Bare, why: str) -> None:
        place = (bare.row, self._grid.left + bare.across)
        self._notes.add(
            "W012", place, self._grid.value(*place), what=phrase("“{name}” {why}", name=shown(bare.label), why=why)
        )

    def _go_on(self) -> None:
        """A milestone stands below a total or other sums, so that was not the end of the table."""
        self._doubt_bare_rows()
        self._below_total = self._judge.among_sums = False

    def _doubt_bare_rows(self) -> None:
        """Bare rows below a total, but not at the end of the table, are sums or milestones: nobody can tell."""
        for bare in self._bare_below_total:
            self._doubts.add(bare, _BELOW_TOTAL, may_be_settled=False)
        self._bare_below_total.clear()
        self._bare_sum = Decimal(0)

    def found(self, contract: Decimal | None) -> Found:
        """What the rows are, once all were taken, with notices of all that is not plain.

        Totals rows inside the table are said: at its foot a total surprises nobody. Those above it are compared.
        """
        for bare in self._bare_below_total:
            self._say_sum(bare, phrase("has an amount but no status or other detail, as sums below a total have"))
        for bare in self._doubts.settle(contract, of_all=True):
            self._say_sum(bare, phrase("is not in the contract total"))
        for row, label in self._on_top if self.sieve.rows else ():
            self.totals += self.sieve.compare(row, label, self._notes)
        self._doubts.ask(self._notes)
        rows = sorted([*self.sieve.rows, *self._doubts.rows])
        for row, what in self._passed_over:
            status = self._grid.value(row, self._table.columns["status"])
            if not is_blank(status) or (rows and row < rows[-1]):
                place = (row, self._table.columns[self._table.name_field])
                self._notes.add("W012", place, self._grid.value(*place), what=what)
        return Found(rows, frozenset(self._doubts.rows), self.totals, self.sieve.unread)

    def _note(self, code: str, row: int, **facts: str) -> None:
        place = (row, self._first)
        self._notes.add(code, place, self._grid.value(*place), **facts)

    def _take_header(self, header: Table, *, overlaps: bool) -> bool:
        """Pass over a header that is repeated. False where the table ends, as another one begins in its columns."""
        place = header.top, min(header.columns.values())
        value = self._grid.value(*place)
        self._end_of_header = header.header_row
        if difference := header.difference(self._table):
            why = phrase("a second milestone table begins here, with {difference}", difference=difference)
            self._notes.add("W001", place, value, why=why, how=ON_ITS_OWN)
            return not overlaps
        self._another_list.inside = False
        self._notes.add("W012", place, value, what=phrase("The header row is repeated"))
        return True

    def _begins_second_project(self, row: int) -> bool:
        """Whether a label of a project block with words, not money, beside it stands below a gap: "Project | Beta"."""
        name = self._grid.value(row, self._table.columns[self._table.name_field])
        is_gap = self._after_gap and not self._another_list.inside
        label = is_gap and isinstance(name, str) and fold(name) in self._words.block
        return label and isinstance(self._grid.value(row, self._table.columns["amount"]), str)
