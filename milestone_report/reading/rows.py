"""Which rows below a header are milestones, and which repeat the header, add up, or say something else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.reading.asides import Asides
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.layout import header_below, is_part_of_header
from milestone_report.reading.others import ON_ITS_OWN
from milestone_report.reading.sums import Sieve, may_be_total
from milestone_report.reading.values import read_number
from milestone_report.text import counted, fold, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import TotalsRow
    from milestone_report.reading.header import Table
    from milestone_report.reading.others import Other
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_SAY_WHICH = (
    "If it is a milestone, give it a status, such as planned. If it is a sum, call it Total, or take its amount away."
)


def milestone_rows(
    grid: Grid, table: Table, others: Sequence[Other], words: Vocabulary, notes: Notes
) -> tuple[list[int], list[TotalsRow]]:
    """The rows (from 0) that hold milestones, and the totals rows that were passed over and compared.

    A blank row may part milestones; after one, text alone is a remark. Below the total, and below the
    end of an Excel table, only a row with a status or other details is a milestone; where the table goes
    on below such a bare row, nobody can tell, and that is an error. What was passed over for any less
    plain reason than being the total at the foot of the table is said.
    """
    rows = _Rows(grid, table, others, words, notes)
    below = table.header_row + 1
    for row, cells in enumerate(grid.rows[below - grid.top :], below):
        if not rows.take(row, cells):
            break
    rows.say_what_was_passed_over()
    return rows.sieve.rows, rows.totals


class _Rows:
    """Goes down a table row by row and remembers where it is: after a gap, below the total, in another list."""

    def __init__(self, grid: Grid, table: Table, others: Sequence[Other], words: Vocabulary, notes: Notes) -> None:
        self._grid, self._table, self._words, self._notes = grid, table, words, notes
        self.sieve = Sieve(grid, table, words)
        self.totals: list[TotalsRow] = []
        self._asides = Asides(grid, table, self.sieve, words)
        self._passed_over: list[tuple[int, str]] = []
        self._on_top: list[tuple[int, str]] = []
        self._bare_below_total: list[tuple[int, int]] = []
        self._bare_sum = Decimal(0)
        self._after_gap = self._below_total = self._in_another_list = False
        self._first = min(table.columns.values())
        self._elsewhere = {row for other in others if other.overlaps(table) for row in other.rows}
        self._beside_others = {row for other in others for row in other.rows}
        self._end_of_header = table.header_row

    def take(self, row: int, cells: list[Any]) -> bool:
        """Look at the next row. False where the table ends before it."""
        if self._is_ordinary(row, cells):
            self._after_gap = False
            if self._below_total:
                self._go_on()
            self.sieve.rows.append(row)
            return True
        filled = {across for across in self.sieve.mapped if cells[across] != "" and not is_blank(cells[across])}
        if not filled:
            self._after_gap, self._in_another_list = True, False
        if row <= self._end_of_header or row in (self._elsewhere if filled else self._beside_others):
            return True
        if header := header_below(self._grid, row, self._table, self._words):
            return self._take_header(header, overlaps=bool(filled))
        if self._begins_second_project(row):
            why = "a second project starts here, and only one is read from a sheet"
            self._note("W001", row, why=why, how=ON_ITS_OWN)
            return False
        if filled:
            self._take_filled(row, cells, filled)
        return True

    def _take_filled(self, row: int, cells: list[Any], filled: set[int]) -> None:
        """Look at a row that is neither blank nor a header, nor in another table that is known."""
        last_row = self._table.last_row
        in_totals_row = last_row is not None and last_row < row <= last_row + self._table.totals_rows
        if last_row is not None and row > last_row + self._table.totals_rows:
            self._below_total = True
        if self._in_another_list:
            self._watch_another_list(row, cells)
        elif in_totals_row:
            self._pass_over_total(row, cells, str(cells[self.sieve.name]))
        else:
            self._sort(row, cells, filled)

    def _is_ordinary(self, row: int, cells: list[Any]) -> bool:
        """Whether a row is a milestone at the first look, as nearly all are: a name, a number, a status or details."""
        sieve = self.sieve
        name, status = cells[sieve.name], cells[sieve.status]
        return (
            type(cells[sieve.amount]) is float
            and type(name) is str
            and name.strip() != ""
            and not may_be_total(name, self._words)
            and not (self._grid.tables or self._in_another_list)
            and ((type(status) is str and status.strip() != "") or self._has_details(row, cells))
        )

    def _has_details(self, row: int, cells: list[Any]) -> bool:
        """Whether words beside name and money tell that a row is a milestone; below a total that needs another look."""
        if self._below_total or row in self._asides.merged:
            return False
        return any(isinstance(cell, str) and not is_blank(cell) for cell in map(cells.__getitem__, self.sieve.details))

    def _sort(self, row: int, cells: list[Any], filled: set[int]) -> None:
        """Put a row where it belongs: to the milestones or to what is passed over."""
        sieve = self.sieve
        across, bare = sieve.bare_label(cells, filled)
        if is_part_of_header(self._grid, row, self._table):
            self._note("W012", row, what="The header row is repeated")
        elif (label := sieve.totals_label(row, cells, filled)) is not None:
            self._pass_over_total(row, cells, label)
        elif bare and sieve.sounds_like_sum(row, cells, bare):
            self.totals += sieve.compare(row, cells, bare, self._notes) if sieve.says_a_total(row, cells, bare) else []
            sieve.take_tax(row, bare)
            self._pass_over_bare(row, across)
        elif self._after_gap and len(filled) == 1 and isinstance(cells[next(iter(filled))], str):
            pass  # a remark below the table
        elif what := self._asides.remark_or_heading(row, cells, filled):
            self._note("W012", row, what=what)
        elif self._after_gap and self._only_words(cells, filled):
            self._begin_another_list_or_remark(row, cells)
        elif bare and self._below_total:
            self._bare_below_total.append((row, across))
            self._bare_sum += sieve.number(row) or 0
        elif bare and (count := self._asides.rows_that_it_adds_up(row)):
            below = counted(count, "row")
            why = f"this amount is that of the {below} below it together, so it may be theirs or one of its own"
            self._note("W001", row, why=why, how=_SAY_WHICH)
        else:
            self._after_gap = False
            if self._below_total and self._has_status(cells):
                self._go_on()
            sieve.rows.append(row)

    def _pass_over_total(self, row: int, cells: list[Any], label: str) -> None:
        if self.sieve.equals_sum_with(row, self._bare_sum):
            self._doubt_bare_rows()
        self._passed_over.append((row, f"A totals row inside the table ({shown(label) or 'without a label'})"))
        self._after_gap = True
        self._below_total = self._below_total or fold(label) not in self._words.subtotals
        if self.sieve.rows:
            self.totals += self.sieve.compare(row, cells, label, self._notes)
        else:
            self._on_top.append((row, label))

    def _pass_over_bare(self, row: int, across: int) -> None:
        place = (row, self._grid.left + across)
        name = self._grid.value(*place)
        what = f"“{shown(name)}” has an amount but no status or other detail, as sums beside a total have"
        self._notes.add("W012", place, name, what=what)

    def _go_on(self) -> None:
        """A milestone stands below a total, so that was not the end of the table."""
        self._doubt_bare_rows()
        self._below_total = False

    def _doubt_bare_rows(self) -> None:
        """Bare rows below a total, but not at the end of the table, are sums or milestones: nobody can tell."""
        for row, across in self._bare_below_total:
            place = (row, self._grid.left + across)
            why = "this row below a total or the end of a table has only a name and an amount: a milestone, or a sum?"
            self._notes.add("W001", place, self._grid.value(*place), why=why, how=_SAY_WHICH)
        self._bare_below_total.clear()
        self._bare_sum = Decimal(0)

    def say_what_was_passed_over(self) -> None:
        """Say the totals rows inside the table: at its foot a total surprises nobody. Compare those above it."""
        for row, across in self._bare_below_total:
            self._pass_over_bare(row, across)
        for row, label in self._on_top:
            self.totals += self.sieve.compare(row, self._grid.rows[row - self._grid.top], label, self._notes)
        rows = self.sieve.rows
        for row, what in self._passed_over:
            status = self._grid.value(row, self._table.columns["status"])
            if not is_blank(status) or (rows and row < rows[-1]):
                place = (row, self._table.columns[self._table.name_field])
                self._notes.add("W012", place, self._grid.value(*place), what=what)

    def _note(self, code: str, row: int, **facts: str) -> None:
        place = (row, self._first)
        self._notes.add(code, place, self._grid.value(*place), **facts)

    def _take_header(self, header: Table, *, overlaps: bool) -> bool:
        """Pass over a header that is repeated. False where the table ends, as another one begins in its columns."""
        place = header.top, min(header.columns.values())
        value = self._grid.value(*place)
        self._end_of_header = header.header_row
        if difference := header.difference(self._table):
            why = f"a second milestone table begins here, with {difference}"
            self._notes.add("W001", place, value, why=why, how=ON_ITS_OWN)
            return not overlaps
        self._in_another_list = False
        self._notes.add("W012", place, value, what="The header row is repeated")
        return True

    def _begins_second_project(self, row: int) -> bool:
        """Whether a label of a project block with words, not money, beside it stands below a gap: "Project | Beta"."""
        name = self._grid.value(row, self._table.columns[self._table.name_field])
        is_gap = self._after_gap and not self._in_another_list
        label = is_gap and isinstance(name, str) and fold(name) in self._words.block
        return label and isinstance(self._grid.value(row, self._table.columns["amount"]), str)

    def _has_status(self, cells: list[Any]) -> bool:
        """Whether the status cell says a word that is known."""
        status = cells[self.sieve.status]
        return isinstance(status, str) and fold(status) in self._words.statuses

    def _only_words(self, cells: list[Any], filled: set[int]) -> bool:
        """Whether a row holds nothing but words: no amount, no date, no status that is known, no sign-off."""
        if self._has_status(cells) or not all(isinstance(cells[across], str) for across in filled):
            return False
        signoff = self._table.columns.get("signoff", -1) - self._grid.left
        return signoff not in filled and read_number(cells[self.sieve.amount])[0] is None

    def _begin_another_list_or_remark(self, row: int, cells: list[Any]) -> None:
        """After a blank row, words head another list where a row with a name and a number follows; else a remark."""
        below = row + 1 - self._grid.top
        following = self._grid.rows[below] if below < len(self._grid.rows) else [""] * len(self._grid.rows[0])
        named = isinstance(following[self.sieve.name], str) and not is_blank(following[self.sieve.name])
        has_number = any(map(_is_number, following))
        # A list has words over its numbers; "Phase 2 | autumn" has none.
        headed = all(not is_blank(above) for above, value in zip(cells, following, strict=True) if _is_number(value))
        self._in_another_list = named and has_number and headed and not self._has_status(following)
        what = (
            "Another list begins here, down to the next blank row"
            if self._in_another_list
            else "Words below the table, without an amount"
        )
        self._note("W012", row, what=what)

    def _watch_another_list(self, row: int, cells: list[Any]) -> None:
        """A row of another list that has a status and an amount may be a milestone after all: that is an error."""
        amount = cells[self.sieve.amount]
        if self._in_another_list and self._has_status(cells) and read_number(amount)[0] is not None:
            start = f"this row of the list that begins above it ({address(row, self._first)}) looks like a milestone"
            self._note("W001", row, why=start, how=f"Move it up into the table, or the list away. {ON_ITS_OWN}")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))
