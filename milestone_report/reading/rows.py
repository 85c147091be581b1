"""Which rows below a header are milestones, and which repeat the header, add up, or say something else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.model import TotalsRow
from milestone_report.money import known_code
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.layout import Table, is_header, same_columns
from milestone_report.reading.values import broken, read_number
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_NOISE = Decimal("0.00001")
_WORDS = re.compile(r"[^\W\d_]+|[€£$¥]")


def milestone_rows(grid: Grid, table: Table, words: Vocabulary, notes: Notes) -> tuple[list[int], list[TotalsRow]]:
    """The rows (from 0) that hold milestones, and the totals rows that were passed over and compared.

    A blank row may part milestones; after one, text alone is a remark. Below the total only a row
    with a status or other details is a milestone. What was passed over for any less plain reason than
    being the total at the foot of the table is said.
    """
    sieve = _Sieve(grid, table, words)
    totals: list[TotalsRow] = []
    passed_over: list[tuple[int, str]] = []
    after_gap = below_total = False
    for row in range(table.header_row + 1, grid.top + len(grid.rows)):
        cells = grid.rows[row - grid.top]
        filled = {across for across in sieve.mapped if not is_blank(cells[across])}
        if not filled:
            after_gap = True
        elif why := _another_table(grid, row, table, words, after_gap=after_gap):
            place = (row, min(table.columns.values()))
            notes.add("W001", place, grid.value(*place), why=why, how="Put it on a sheet of its own.")
            break
        elif is_header(grid, row, table, words):
            place = (row, min(table.columns.values()))
            notes.add("W012", place, grid.value(*place), what="The header row is repeated")
        elif (label := sieve.totals_label(row, cells, filled)) is not None:
            totals += sieve.compare(row, cells, label, notes)
            passed_over.append((row, f"A totals row inside the table ({shown(label) or 'without a label'})"))
            after_gap = True
            below_total = below_total or fold(label) not in words.subtotals
        elif filled <= sieve.bare and (beside := sieve.beside_a_total(row, cells, below_total=below_total)):
            totals += sieve.compare(row, cells, beside, notes) if sieve.begins_as_total(beside) else []
            what = f"“{shown(beside)}” has an amount but no status or other detail, as sums beside a total have"
            notes.add("W012", (row, grid.left + sieve.name), beside, what=what)
        elif after_gap and len(filled) == 1 and isinstance(cells[next(iter(filled))], str):
            continue
        else:
            after_gap = False
            sieve.rows.append(row)
    for row, what in passed_over:
        status = grid.value(row, table.columns["status"])
        # At the foot of the table a total surprises nobody.
        if not is_blank(status) or (sieve.rows and row < sieve.rows[-1]):
            place = (row, table.columns[table.name_field])
            notes.add("W012", place, grid.value(*place), what=what)
    return sieve.rows, totals


def _another_table(grid: Grid, row: int, table: Table, words: Vocabulary, *, after_gap: bool) -> str:
    """Why the table ends before this row: another one starts here, whose cells mean something else; else ""."""
    if is_header(grid, row, table, words):
        same = same_columns(grid, row, table, words)
        return "" if same else "a second table starts here, with its columns in another order"
    name = grid.value(row, table.columns[table.name_field])
    # A label with words, not money, beside it: "Project | Beta".
    label = isinstance(name, str) and fold(name) in words.block
    if after_gap and label and isinstance(grid.value(row, table.columns["amount"]), str):
        return "a second project starts here, and only one is read from a sheet"
    return ""


class _Sieve:
    """The milestone rows so far, and what a totals row below them may say.

    A sheet's own SUM takes void rows in, or not: both sums are called right.
    """

    def __init__(self, grid: Grid, table: Table, words: Vocabulary) -> None:
        self._grid, self._words = grid, words
        offsets = {name: column - grid.left for name, column in table.columns.items()}
        self.mapped = list(offsets.values())
        self._amount_column = table.columns["amount"]
        self._amount, self._status = offsets["amount"], offsets["status"]
        self.name = offsets[table.name_field]
        self._sums_only = {offsets[name] for name in ("amount", "paid", "currency") if name in offsets}
        self.bare = {*self._sums_only, self.name}
        self.rows: list[int] = []
        self._added = 0
        # Sums over all rows and since the last subtotal, each with and without void milestones.
        self._whole, self._since = [Decimal(0), Decimal(0)], [Decimal(0), Decimal(0)]

    def totals_label(self, row: int, cells: list[Any], filled: set[int]) -> str | None:
        """The label of a totals row, None where the row is none.

        A row with a status is a milestone, unless it is called a total and equals the sum above.
        Without a label it is a total only when its amount is a SUM formula or equals the sum above.
        """
        name = cells[self.name]
        labels = [name] if not is_blank(name) else cells[: self._amount]
        label = next((found for cell in labels if isinstance(cell, str) and (found := self._as_total(cell))), "")
        if label:
            return label if self._status not in filled or self._equals_sum(cells) else None
        if not is_blank(name) or not filled <= self._sums_only:
            return None
        return "" if (row, self._amount_column) in self._grid.details.sums or self._equals_sum(cells) else None

    def beside_a_total(self, row: int, cells: list[Any], *, below_total: bool) -> str:
        """The name of a bare row (name and amount only) that is no milestone, "" where it may be one."""
        name = cells[self.name]
        if not isinstance(name, str) or is_blank(name) or is_blank(cells[self._amount]):
            return ""
        is_sum = (row, self._amount_column) in self._grid.details.sums
        words = self._words
        like_total = self._first_word(name) in words.totals_begin | words.taxes or fold(name) in words.beside_totals
        return name.strip() if below_total or is_sum or like_total else ""

    def begins_as_total(self, name: str) -> bool:
        """Whether the first word of a name is that of a total: "Total Phase 1"."""
        return self._first_word(name) in self._words.totals_begin

    @staticmethod
    def _first_word(name: str) -> str:
        first = _WORDS.search(name)
        return fold(first.group()) if first else ""

    def _equals_sum(self, cells: list[Any]) -> bool:
        number, _mark, _sign = read_number(cells[self._amount])
        self._add_up()
        return number is not None and bool(self.rows) and self._agrees(number)

    def _agrees(self, number: Decimal) -> bool:
        """To a hundred-thousandth: Excel's own sum of three thirds is not exactly the whole."""
        return any(abs(number - each) < _NOISE for each in (*self._whole, *self._since))

    def _as_total(self, text: str) -> str:
        """The text when it is a totals label, alone or with a currency beside it: "Total EUR:"."""
        bare = " ".join(word for word in _WORDS.findall(text) if not (word.isupper() and known_code(word)))
        return text.strip() if fold(bare) in self._words.totals else ""

    def compare(self, row: int, cells: list[Any], label: str, notes: Notes) -> list[TotalsRow]:
        """Compare a totals row with the amounts above it; a subtotal with those since the last one, too."""
        self._add_up()
        value = cells[self._amount]
        number, _mark, _sign = read_number(value)
        agrees = number is not None and self._agrees(number)
        sums = (*self._whole, *self._since)
        expected = self._since[0] if fold(label) in self._words.subtotals else self._whole[0]
        self._since = [Decimal(0), Decimal(0)]
        place = (row, self._amount_column)
        if number is None:
            broken(value, place, notes)
            return []
        if agrees:  # with void milestones or without, since the start or since the last subtotal
            expected = next(each for each in sums if abs(number - each) < _NOISE)
        says, adds_up_to = f"{number:,}", f"{expected:,}"
        if not agrees:
            notes.add("W009", place, value, says=says, adds_up_to=adds_up_to, by=f"{abs(number - expected):,}")
        return [TotalsRow(address(*place), shown(label) or "without a label", says, adds_up_to, agrees)]

    def _add_up(self) -> None:
        """Add the milestones since the last time: each is added once, however many totals there are."""
        for row in self.rows[self._added :]:
            cells = self._grid.rows[row - self._grid.top]
            number, _mark, _sign = read_number(cells[self._amount])
            if number is None:
                continue
            status = cells[self._status]
            void = isinstance(status, str) and self._words.statuses.get(fold(status)) == "void"
            for sums in (self._whole, self._since):
                sums[0] += number
                sums[1] += 0 if void else number
        self._added = len(self.rows)
