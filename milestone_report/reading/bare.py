"""Rows with nothing but words beside their money: which are sums, which milestones, and which nobody can tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from milestone_report.facts import phrase, phrases
from milestone_report.reading.formulas import Derived, Money, derived
from milestone_report.reading.grid import Grid, as_text, is_blank
from milestone_report.reading.labels import CERTAIN, Says, is_total, may_be_total, percent, says
from milestone_report.text import shown

if TYPE_CHECKING:
    from milestone_report.reading.asides import Asides
    from milestone_report.reading.header import Table
    from milestone_report.reading.sums import Sieve
    from milestone_report.reading.vocabulary import Vocabulary

_ATTRIBUTES = ("project", "client", "owner", "note")
"""What every row of a list may have, milestone or sum."""
_SEVERAL = 2

_FIGURE = phrase("may be a milestone or a figure beside them")
_DOUBTFUL = {
    Says.WITHIN: phrase("may be a milestone or a total, though not of the rows above it"),
    Says.LEFT: phrase("may be a milestone or what is left to pay"),
    Says.MAYBE: _FIGURE,
}
_DOUBTFUL_IF_DESCRIBED = {Says.BESIDE: _FIGURE, Says.RUNNING: _FIGURE}


class Verdict(Enum):
    """What a bare row is. `DERIVED` is doubtful, too, and not made a milestone by a total that takes it in."""

    MILESTONE = 0
    SUM = 1
    DOUBTFUL = 2
    DERIVED = 3


@dataclass(frozen=True, slots=True)
class Bare:
    """A row with nothing but words and money. `across` is where its label stands, from the left of the grid.

    `plain` is whether it has no words but the label and no attributes, `described` whether it has a description.
    """

    row: int
    across: int
    label: str
    plain: bool
    described: bool


class Judge:
    """Tells what the bare rows of one table are, from the top down."""

    def __init__(self, grid: Grid, table: Table, sieve: Sieve, asides: Asides, words: Vocabulary) -> None:
        self._grid, self._sieve, self._asides, self._words = grid, sieve, asides, words
        self._header_row, self._amount_column = table.header_row, table.columns["amount"]
        places = {name: column - grid.left for name, column in table.columns.items()}
        self._description = {places["description"]} - {sieve.name} if "description" in places else set()
        beside = {places[name] for name in _ATTRIBUTES if name in places}
        self._beside = {*sieve.bare, *beside, *self._description}
        self.details = frozenset(places.values()) - self._beside
        self._money_columns = {table.columns[name] for name in ("amount", "paid") if name in table.columns}
        self.among_sums = False

    def totals_label(self, row: int, cells: list[Any], filled: set[int]) -> str | None:
        """The label of a totals row, None where the row is none.

        A row with a status is a milestone, unless it is called a total and equals the sum above.
        Without a label it is a total only when its amount is a sum of others or equals the sum above.
        """
        sieve, words = self._sieve, self._words
        name = cells[sieve.name]
        labels = [name] if not is_blank(name) else cells[: sieve.amount]
        label = next((cell.strip() for cell in labels if isinstance(cell, str) and is_total(cell, words)), "")
        if label:
            return label if sieve.status not in filled or sieve.rows_that_make(row) else None
        if isinstance(name, str) and sieve.status in filled and may_be_total(name, words):
            # One row may have the same amount by chance, as two halves have.
            return name.strip() if sieve.rows_that_make(row) >= _SEVERAL else None
        if not is_blank(name) or not filled <= sieve.money:
            return None
        is_sum = self._derived(row) is Derived.SUM or sieve.rows_that_make(row)
        return "" if is_sum else None

    def bare(self, row: int, cells: list[Any], filled: set[int]) -> Bare | None:
        """A row as a bare one: its name, or a text left of its amount where it has none. None where it says more."""
        sieve = self._sieve
        across = sieve.name
        if is_blank(cells[across]):
            texts = (left for left in range(sieve.amount - 1, -1, -1) if not is_blank(cells[left]))
            across = next(texts, across)
        text = cells[across]
        if across == sieve.name and isinstance(text, dt.date):  # a month
            text = as_text(text)
        if not isinstance(text, str) or is_blank(text) or is_blank(cells[sieve.amount]):
            return None
        if any(cells[each] not in self._words.nothing for each in filled - self._beside - {across}):
            return None
        label, described = text.strip(), filled & self._description - {across}
        plain = filled <= {*sieve.bare, across}
        for each in described:
            if isinstance(cells[each], str) and is_total(cells[each], self._words):
                return Bare(row, across, f"{label} {cells[each].strip()}", plain, described=False)
        return Bare(row, across, label, plain, bool(described))

    def verdict(self, bare: Bare) -> tuple[Verdict, str]:
        """What a bare row is, and why, in words that follow its name."""
        sieve, made, said = self._sieve, self._derived(bare.row), says(bare.label, self._words)
        if made is Derived.SUM:
            return (Verdict.DERIVED if bare.described else Verdict.SUM), self._formula(bare.row)
        if said in CERTAIN and not bare.described:
            return Verdict.SUM, phrase("has an amount but no status or other detail, as sums have")
        several, below = sieve.rows_that_make(bare.row), self._asides.rows_that_it_adds_up(bare.row, self.details)
        within = said is Says.WITHIN and (several or below or sieve.groups(bare.label))
        if within or sieve.is_with_taxes(bare.row):
            return Verdict.SUM, phrase("adds up other rows")
        if made is Derived.OTHERWISE:
            return Verdict.DERIVED, self._formula(bare.row)
        if said is not Says.LAST_PART and sieve.is_share(bare.row, percent(bare.label)):
            return Verdict.DERIVED, phrase("is that share of the rows above it")
        return self._doubt(bare, said, several, below)

    def _doubt(self, bare: Bare, said: Says, several: int, below: int) -> tuple[Verdict, str]:
        """Whether a row that is no certain sum may be one all the same, by its name, its amount or its place."""
        if several >= _SEVERAL and said is not Says.LAST_PART:
            self._sieve.begin_anew(bare.row, for_certain=False)
            why = phrases(
                "has the amount of the {n} row above it together",
                "has the amount of the {n} rows above it together",
                several,
            )
        elif below:
            why = phrases(
                "has the amount of the {n} row below it together",
                "has the amount of the {n} rows below it together",
                below,
            )
        else:
            why = (_DOUBTFUL_IF_DESCRIBED if bare.described else _DOUBTFUL).get(said, "")
        if not why and self.among_sums and bare.plain:
            why = phrase("stands below sums and has nothing but an amount")
        return (Verdict.DOUBTFUL if why else Verdict.MILESTONE), why

    def _formula(self, row: int) -> str:
        """What a message says of an amount's formula."""
        formula = shown(self._grid.details.formulas[row, self._amount_column].text)
        return phrase("is worked out from other rows (={formula})", formula=formula)

    def _derived(self, row: int) -> Derived:
        place = (row, self._amount_column)
        formula = self._grid.details.formulas.get(place)
        if formula is None:
            return Derived.NOT
        # Made where it is needed and not kept: it leads back here, and a circle would hold the sheet's cells in memory.
        money = Money(self._grid.name, self._amount_column, self._money_columns, self._reaches_rows)
        return derived(formula, place, money)

    def _reaches_rows(self, row: int, top: int, bottom: int) -> bool:
        """Whether a range takes in other rows of the table: any above, or below with no blank one between."""
        if top < row and bottom > self._header_row:
            return True
        first = max(top, row + 1)
        return bottom >= first and self._part(first) == self._part(row)

    def _part(self, row: int) -> int:
        """Which part of the sheet a row is in: blank rows part them. -1 beyond the last row."""
        return self._parts[row - self._grid.top] if row < self._grid.top + len(self._grid.rows) else -1

    @cached_property
    def _parts(self) -> list[int]:
        return list(accumulate(map(self._is_blank_row, self._grid.rows)))

    def _is_blank_row(self, cells: list[Any]) -> bool:
        return all(is_blank(cells[across]) for across in self._sieve.mapped)
