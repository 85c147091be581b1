"""A table's own sums: what its milestones add up to so far, and whether a totals row says the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.currency import known_code
from milestone_report.facts import phrase, spelled_number
from milestone_report.model import TotalsRow
from milestone_report.numberformats import currency_of_format
from milestone_report.reading.gaps import lacking
from milestone_report.reading.grid import Grid, address, is_blank
from milestone_report.reading.labels import is_total, stem, words_of
from milestone_report.reading.values import broken, read_number
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.reading.header import Table
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

_NOISE, _CENT = Decimal("0.00001"), Decimal("0.01")
_GROUPED_BY = ("milestone", "period", "project", "client", "owner", "description")


def same(one: Decimal, other: Decimal) -> bool:
    """To a hundred-thousandth: Excel's own sum of three thirds is not exactly the whole."""
    return abs(one - other) < _NOISE


@dataclass(slots=True)
class _Run:
    """Milestones below each other, with void ones and without: what they add up to, and how many have an amount."""

    sums: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    rows: tuple[int, int] = (0, 0)

    def add(self, number: Decimal, *, void: bool) -> None:
        every, counted = self.sums
        self.sums = every + number, counted if void else counted + number
        rows, counted_rows = self.rows
        self.rows = rows + bool(number), counted_rows if void else counted_rows + bool(number)


@dataclass(slots=True)
class _Sums:
    """All milestones, those since the last subtotal, and those since the last row that may be one."""

    whole: _Run = field(default_factory=_Run)
    since: _Run = field(default_factory=_Run)
    lately: _Run = field(default_factory=_Run)

    def add(self, number: Decimal, *, void: bool) -> None:
        for run in (self.whole, self.since, self.lately):
            run.add(number, void=void)

    @property
    def each(self) -> tuple[Decimal, ...]:
        return *self.whole.sums, *self.since.sums


class Sieve:
    """The milestone rows of a table so far, and what a totals row below them may say.

    A sheet's own SUM takes void rows in, or not: both sums are called right. So are those with the
    taxes and the doubtful amounts that stand above it. `unread` are the cells of totals rows that say no number.
    """

    def __init__(self, grid: Grid, table: Table, words: Vocabulary) -> None:
        self._grid, self._words = grid, words
        offsets = {name: column - grid.left for name, column in table.columns.items()}
        self.mapped = list(offsets.values())
        self._amount_column, self._currency = table.columns["amount"], offsets.get("currency")
        self.amount, self.status = offsets["amount"], offsets["status"]
        self.name = offsets[table.name_field]
        self.money = {offsets[name] for name in ("amount", "paid", "currency") if name in offsets}
        self.bare = {*self.money, self.name}
        self._grouped_by = [offsets[name] for name in _GROUPED_BY if name in offsets]
        self.rows: list[int] = []
        self._added = self._grouped = self._began = 0
        self._all = _Sums()
        self._in_currency: dict[str, _Sums] = {}
        self._groups: dict[tuple[int, str], Decimal] = {}
        self.taxes = self.doubtful = Decimal(0)
        self.unread: list[str] = []

    def number(self, row: int) -> Decimal | None:
        """The amount of a row, None where it has none that can be read."""
        return read_number(self._grid.rows[row - self._grid.top][self.amount])[0]

    def has_status(self, cells: list[Any]) -> bool:
        """Whether the status cell of a row says a word that is known."""
        status = cells[self.status]
        return isinstance(status, str) and fold(status) in self._words.statuses

    def has_rows_since(self, row: int, label: str) -> bool:
        """Whether milestones that a totals row may be about stand above it, below the last one."""
        return any(self._meant(row, label).since.rows)

    def rows_that_make(self, row: int) -> int:
        """How many milestones above add up to a row's amount, all of them or those since the last sum; 0 for none."""
        number, sums = self.number(row), self._meant(row)
        if not number:
            return 0
        for run in (sums.lately, sums.since, sums.whole):
            for each, rows in zip(run.sums, run.rows, strict=True):
                if same(number, each):
                    return rows
        return 0

    def is_share(self, row: int, percent: Decimal) -> bool:
        """Whether a row's amount is so many percent of a sum above it, to the cent."""
        number = self.number(row) if percent else None
        if number is None:
            return False
        return any(abs(number - each * percent / 100) < _CENT for each in self._meant(row).each if each)

    def is_with_taxes(self, row: int) -> bool:
        """Whether a row's amount is the sum above it with the taxes that stand between."""
        number = self.number(row) if self.taxes else None
        return number is not None and any(same(number - self.taxes, each) for each in self._meant(row).each if each)

    def makes(self, number: Decimal, more: Decimal = Decimal(0), *, of_all: bool = False) -> bool:
        """Whether a number is the sum above it and some more, with the taxes or without; `of_all`: no subtotal."""
        self._add_up()
        bases = self._all.whole.sums if of_all else self._all.each
        return any(same(number - more - taxes, each) for each in bases for taxes in (Decimal(0), self.taxes))

    def groups(self, label: str) -> list[Decimal]:
        """The sums above of what a subtotal such as "Phase 1 Total" is of: the rows of a name, project or client."""
        for row in self.rows[self._grouped :]:
            cells, number = self._grid.rows[row - self._grid.top], self.number(row)
            for across in self._grouped_by:
                if number is not None and isinstance(cells[across], str):
                    key = across, fold(cells[across])
                    self._groups[key] = self._groups.get(key, Decimal(0)) + number
        self._grouped = len(self.rows)
        of = stem(label, self._words)
        found = (self._groups.get((across, of)) for across in self._grouped_by if of)
        return [each for each in found if each is not None]

    def compare(self, row: int, label: str, notes: Notes, groups: Sequence[Decimal] = ()) -> list[TotalsRow]:
        """Compare a totals row with the amounts above it; a subtotal with those since the last one, or of its group."""
        place = (row, self._amount_column)
        value, number, sums = self._grid.value(*place), self.number(row), self._meant(row, label)
        more = sorted({Decimal(0), self.taxes, self.doubtful, self.taxes + self.doubtful}, key=bool)
        may_say = [*groups, *(each + other for other in more for each in sums.each)]
        is_partial = fold(label) in self._words.subtotals or not (label == "" or is_total(label, self._words))
        expected = groups[0] if groups else (sums.since if is_partial else sums.whole).sums[0]
        unread = self._unread(0 if not is_partial else self._began)
        self.begin_anew(row, label)
        if number is None:
            broken(value, place, notes)
            if not is_blank(value) and value not in self._words.nothing:
                self.unread.append(address(*place))
            return []
        # With void milestones or without, since the start or since the last subtotal.
        agreed = next((each for each in may_say if same(number, each)), None)
        expected = expected if agreed is None else agreed
        says, adds_up_to = spelled_number(number), spelled_number(expected)
        if agreed is None:
            by = spelled_number(abs(number - expected))
            message, how = lacking(unread, number - expected)
            notes.add("W009", place, value, says=says, adds_up_to=adds_up_to, by=by, lacking=message, how=how)
        return [
            TotalsRow(address(*place), shown(label) or phrase("without a label"), says, adds_up_to, agreed is not None)
        ]

    def begin_anew(self, row: int, label: str = "", *, for_certain: bool = True) -> None:
        """Let the next subtotal count from a row; where it is not certain that one stands there, from it as well."""
        meant = self._meant(row, label)
        for sums in (meant, *(self._in_currency.values() if meant is self._all else (self._all,))):
            sums.lately = _Run()
            if for_certain:
                sums.since = _Run()
        if for_certain:
            self._began = len(self.rows)

    def _unread(self, first: int) -> list[tuple[str, object]]:
        """The cells of amounts that cannot be read, from one of the milestones on, with what stands there."""
        places = [(row, self._amount_column) for row in self.rows[first:] if self.number(row) is None]
        return [(address(*place), self._grid.value(*place)) for place in places]

    def _meant(self, row: int, label: str = "") -> _Sums:
        """The sums that a row may be about: those in its currency, where the rows above it have several."""
        self._add_up()
        if len(self._in_currency.keys() - {""}) < 2:
            return self._all
        beside = next(filter(None, map(known_code, words_of(label))), "") or self._currency_of(row)
        return self._in_currency.get(beside, self._all) if beside else self._all

    def _currency_of(self, row: int) -> str:
        """What the row itself says about its currency: in a cell, beside the amount, or by the number format."""
        cells = self._grid.rows[row - self._grid.top]
        stated = cells[self._currency] if self._currency is not None else ""
        if isinstance(stated, str) and (code := known_code(stated)):
            return code
        _number, mark, _sign = read_number(cells[self.amount])
        return mark or currency_of_format(self._grid.details.formats.get((row, self._amount_column), ""))[0]

    def _add_up(self) -> None:
        """Add the milestones since the last time: each is added once, however many totals there are."""
        for row in self.rows[self._added :]:
            number = self.number(row)
            if number is not None:
                status = self._grid.rows[row - self._grid.top][self.status]
                void = isinstance(status, str) and self._words.statuses.get(fold(status)) == "void"
                currency = self._currency_of(row)
                if currency not in self._in_currency:
                    self._in_currency[currency] = _Sums()
                for sums in (self._all, self._in_currency[currency]):
                    sums.add(number, void=void)
        self._added = len(self.rows)
