"""A table's own sums: totals rows, told from milestones and compared with what stands above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from milestone_report.model import TotalsRow
from milestone_report.money import currency_of_format, known_code
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.values import broken, read_number
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from milestone_report.reading.header import Table
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_NOISE = Decimal("0.00001")
_WORDS = re.compile(r"[^\W\d_]+|[€£$¥]")


@lru_cache(maxsize=16_384)
def may_be_total(text: str, words: Vocabulary) -> bool:
    """Whether a text is a totals label, or begins or ends as one: such a row is a total where it is the sum above."""
    parts = _folded_words(text)
    return "".join(parts) in words.totals or _begins_as_total(parts, words) or _ends_as_total(parts, words)


@lru_cache(maxsize=16_384)
def is_total(text: str, words: Vocabulary) -> bool:
    """Whether a text is a totals label, alone or with a currency beside it: "Total EUR:"."""
    return "".join(_folded_words(text)) in words.totals


def _begins_as_total(parts: list[str], words: Vocabulary) -> bool:
    return bool(parts) and (parts[0] in words.totals_begin or "".join(parts[:2]) in words.totals)


def _ends_as_total(parts: list[str], words: Vocabulary) -> bool:
    return bool(parts) and (parts[-1] in words.totals or "".join(parts[-2:]) in words.totals)


def same(one: Decimal, other: Decimal) -> bool:
    """To a hundred-thousandth: Excel's own sum of three thirds is not exactly the whole."""
    return abs(one - other) < _NOISE


def _folded_words(text: str) -> list[str]:
    """The words of a label without currencies. Each is folded alone: words come again and again, whole names do not."""
    return [fold(word) for word in _WORDS.findall(text) if not (word.isupper() and known_code(word))]


@dataclass(slots=True)
class _Sums:
    """Sums over all rows and since the last subtotal, each with and without void milestones."""

    whole: list[Decimal] = field(default_factory=lambda: [Decimal(0), Decimal(0)])
    since: list[Decimal] = field(default_factory=lambda: [Decimal(0), Decimal(0)])

    def add(self, number: Decimal, *, void: bool) -> None:
        for sums in (self.whole, self.since):
            sums[0] += number
            sums[1] += 0 if void else number


class Sieve:
    """The milestone rows of a table so far, and what a totals row below them may say.

    A sheet's own SUM takes void rows in, or not: both sums are called right.
    """

    def __init__(self, grid: Grid, table: Table, words: Vocabulary) -> None:
        self._grid, self._words = grid, words
        offsets = {name: column - grid.left for name, column in table.columns.items()}
        self.mapped = list(offsets.values())
        self._amount_column = table.columns["amount"]
        self.amount, self.status = offsets["amount"], offsets["status"]
        self.name = offsets[table.name_field]
        self._sums_only = {offsets[name] for name in ("amount", "paid", "currency") if name in offsets}
        self.bare = {*self._sums_only, self.name}
        self.details = [across for across in self.mapped if across not in self.bare]
        self.rows: list[int] = []
        self._added = 0
        self._currency = offsets.get("currency")
        self._all = _Sums()
        self._in_currency: dict[str, _Sums] = {}
        self._taxes = Decimal(0)
        self._last_total = 0  # rows above it

    def totals_label(self, row: int, cells: list[Any], filled: set[int]) -> str | None:
        """The label of a totals row, None where the row is none.

        A row with a status is a milestone, unless it is called a total and equals the sum above.
        Without a label it is a total only when its amount is a SUM formula or equals the sum above.
        """
        name = cells[self.name]
        labels = [name] if not is_blank(name) else cells[: self.amount]
        label = next((found for cell in labels if isinstance(cell, str) and (found := self._as_total(cell))), "")
        if label:
            return label if self.status not in filled or self._equals_sum(cells) else None
        if isinstance(name, str) and may_be_total(name, self._words) and self.status in filled:
            # One row may have the same amount by chance, as two halves have.
            several = len(self.rows) - self._last_total > 1
            return name.strip() if several and self._equals_sum(cells) else None
        if not is_blank(name) or not filled <= self._sums_only:
            return None
        return "" if self._is_sum_formula(row) or self._equals_sum(cells) else None

    def bare_label(self, cells: list[Any], filled: set[int]) -> tuple[int, str]:
        """Where the words of a bare row stand, and the words: a name, or a text left of the amount, and nothing else.

        "" where a row says more than that, or has no amount.
        """
        across = self.name
        if is_blank(cells[across]):
            texts = (left for left in range(self.amount - 1, -1, -1) if not is_blank(cells[left]))
            across = next(texts, across)
        text = cells[across]
        is_bare = isinstance(text, str) and not is_blank(text) and filled <= {*self._sums_only, self.name, across}
        return across, text.strip() if is_bare and not is_blank(cells[self.amount]) else ""

    def sounds_like_sum(self, row: int, cells: list[Any], label: str) -> bool:
        """Whether a bare row is a sum, a tax or a balance by its formula, by its words, or by its words and amount."""
        plain = (fold(label), "".join(_folded_words(label)))
        return (
            self._is_sum_formula(row)
            or self.says_a_total(row, cells, label)
            or self._is_tax(label)
            or any(each in self._words.beside_totals for each in plain)
        )

    def says_a_total(self, row: int, cells: list[Any], label: str) -> bool:
        """Whether a bare row begins as a total, or ends as one, as many a milestone does, too, and is a sum."""
        is_sum = self._is_sum_formula(row) or self._equals_sum(cells)
        return self.begins_as_total(label) or (is_sum and _ends_as_total(_folded_words(label), self._words))

    def _is_sum_formula(self, row: int) -> bool:
        return (row, self._amount_column) in self._grid.details.sums

    def take_tax(self, row: int, label: str) -> None:
        """Remember a tax below a total: a total with tax follows."""
        if self._is_tax(label):
            self._taxes += self.number(row) or 0

    def _is_tax(self, label: str) -> bool:
        parts = _folded_words(label)
        return bool(parts) and (parts[0] in self._words.taxes or "".join(parts) in self._words.taxes)

    def begins_as_total(self, label: str) -> bool:
        """Whether the first words of a label are those of a total: "Total Phase 1", "Grand total incl. VAT"."""
        return _begins_as_total(_folded_words(label), self._words)

    def number(self, row: int) -> Decimal | None:
        """The amount of a row, None where it has none that can be read."""
        return read_number(self._grid.rows[row - self._grid.top][self.amount])[0]

    def equals_sum_with(self, row: int, more: Decimal) -> bool:
        """Whether the amount of a row is the sum above it and some more, which is not nothing."""
        number = self.number(row)
        self._add_up()
        return number is not None and bool(more) and self._agrees(number - more, self._all)

    def _equals_sum(self, cells: list[Any]) -> bool:
        number, _mark, _sign = read_number(cells[self.amount])
        self._add_up()
        return number is not None and bool(self.rows) and self._agrees(number, self._all)

    def _agrees(self, number: Decimal, sums: _Sums) -> bool:
        return any(same(number, each) for each in self._may_say(sums))

    def _may_say(self, sums: _Sums) -> list[Decimal]:
        """What a totals row may say; with the taxes, too, where some stand above it."""
        may_say = [*sums.whole, *sums.since]
        return [*may_say, *(each + self._taxes for each in may_say)] if self._taxes else may_say

    def _meant(self, row: int, label: str) -> _Sums:
        """The sums that a totals row is about: those in its currency, where the rows above it have several."""
        if len(self._in_currency) < 2:
            return self._all
        beside = next(filter(None, map(known_code, _WORDS.findall(label))), "") or self._currency_of(row)
        return self._in_currency.get(beside, self._all)

    def _currency_of(self, row: int) -> str:
        """What the row itself says about its currency: in a cell, beside the amount, or by the number format."""
        cells = self._grid.rows[row - self._grid.top]
        stated = cells[self._currency] if self._currency is not None else ""
        if isinstance(stated, str) and (code := known_code(stated)):
            return code
        _number, mark, _sign = read_number(cells[self.amount])
        return mark or currency_of_format(self._grid.details.formats.get((row, self._amount_column), ""))[0]

    def _as_total(self, text: str) -> str:
        return text.strip() if is_total(text, self._words) else ""

    def compare(self, row: int, cells: list[Any], label: str, notes: Notes) -> list[TotalsRow]:
        """Compare a totals row with the amounts above it; a subtotal with those since the last one, too."""
        self._add_up()
        value = cells[self.amount]
        number, _mark, _sign = read_number(value)
        sums = self._meant(row, label)
        agrees = number is not None and self._agrees(number, sums)
        may_say = self._may_say(sums)
        expected = sums.since[0] if fold(label) in self._words.subtotals else sums.whole[0]
        sums.since, self._last_total = [Decimal(0), Decimal(0)], len(self.rows)
        place = (row, self._amount_column)
        if number is None:
            broken(value, place, notes)
            return []
        if agrees:  # with void milestones or without, since the start or since the last subtotal
            expected = next(each for each in may_say if same(number, each))
        says, adds_up_to = f"{number:,}", f"{expected:,}"
        if not agrees:
            notes.add("W009", place, value, says=says, adds_up_to=adds_up_to, by=f"{abs(number - expected):,}")
        return [TotalsRow(address(*place), shown(label) or "without a label", says, adds_up_to, agrees)]

    def _add_up(self) -> None:
        """Add the milestones since the last time: each is added once, however many totals there are."""
        for row in self.rows[self._added :]:
            number = self.number(row)
            if number is None:
                continue
            status = self._grid.rows[row - self._grid.top][self.status]
            void = isinstance(status, str) and self._words.statuses.get(fold(status)) == "void"
            for sums in (self._all, self._in_currency.setdefault(self._currency_of(row), _Sums())):
                sums.add(number, void=void)
        self._added = len(self.rows)
