"""What the formula of an amount tells of its row: whether it adds up other rows of the table, or is worked out of them.

Formulas are looked at, never calculated. Excel saves them in English, whatever language it speaks (ECMA-376 §18.17).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from milestone_report.reading.grid import MOST_ROWS
from milestone_report.text import column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from milestone_report.reading.grid import Formula, Place

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?P<sheet>(?:'(?:[^']|'')*'|[\w.]+)!)?"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    rf"(?<![\w.'!]){_SHEET}(?P<first>{_CELL}|\$?[A-Z]{{1,3}}(?=:))(?::(?P<last>{_CELL}|\$?[A-Z]{{1,3}}))?(?![\w.(!])"
)
_PARTS = re.compile(r"(\$?)([A-Z]{1,3})(?:(\$?)([0-9]+))?")
_FUNCTION = re.compile(r"([A-Za-z_.][\w.]*)\s*\(")
_ADDING = frozenset({"SUM", "SUBTOTAL", "AGGREGATE", "SUMIF", "SUMIFS", "ROUND"})
_OWN_ROW = ("[@", "#This Row")
_IN_BRACKETS = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]")
_NAME = re.compile(r"[A-Za-z_\\][\w.]+\b(?!\s*\()")
# In a skeleton: I is a cell of the table's money in another row, R a range of such cells, O anything else.
_LESS = re.compile(r"\(*\+?O(?:-(?:I|R|SUM\([IR,]+\)|\((?:I|R)(?:\+I)*\)))+\)*(?:,N\))?")
_NUMBER = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?![\w.])")


class Derived(Enum):
    """What an amount is made of: of nothing in other rows, of their sum, or of several of them in another way."""

    NOT = 0
    SUM = 1
    OTHERWISE = 2


@dataclass(frozen=True)
class Money:
    """Where a table has its money: the amount's column and the paid one's, and which rows (from 0) belong to it."""

    sheet: str
    amount: int
    columns: Collection[int]
    reaches_rows: Callable[[int, int, int], bool]
    """Whether the rows from the second to the third number given are rows of the table other than the first one."""


def derived(formula: Formula, place: Place, money: Money) -> Derived:
    """What the formula of an amount at a place makes of the table's other rows."""
    found = _Formula(formula, place, money)
    if any(mark in formula.text for mark in _OWN_ROW):
        return Derived.NOT
    if found.only_adds and found.sums and found.named and not found.outside:
        return Derived.SUM  # where a name or a column of an Excel table lies is not known: it is taken for rows
    if found.inside and found.only_adds and (found.sums or len(found.inside) > 1):
        return Derived.SUM
    if not found.inside or found.is_one_amount or found.is_what_is_left_of_another_cell:
        return Derived.NOT
    return Derived.OTHERWISE


class _Formula:
    """A formula taken apart: which cells it names, and what is between them."""

    def __init__(self, formula: Formula, place: Place, money: Money) -> None:
        self._place, self._money = place, money
        self._shift = (place[0] - formula.written_at[0], place[1] - formula.written_at[1])
        own = re.escape(money.sheet.replace("'", "''"))
        plain = _IN_BRACKETS.sub("", _TEXT.sub("", formula.text))
        plain = re.sub(rf"(?<![\w'.!])(?:'{own}'|{own})!", "", plain)
        self.inside: list[tuple[Place, Place]] = []
        self.outside = 0
        skeleton, self.named = _NAME.subn("O", _REFERENCE.sub(self._letter, "".join(plain.split())))
        self._skeleton = _NUMBER.sub("N", skeleton)

    def _letter(self, match: re.Match[str]) -> str:
        first, last = self._end(match["first"], 0), self._end(match["last"] or match["first"], MOST_ROWS - 1)
        (top, left), (bottom, right) = first, last
        money = self._money
        if match["sheet"] or not any(left <= column <= right for column in money.columns):
            self.outside += 1
            return "O"
        if not money.reaches_rows(self._place[0], top, bottom):
            self.outside += 1
            return "O"
        self.inside.append((first, last))
        return "I" if first == last else "R"

    def _end(self, reference: str, row: int) -> Place:
        """One end of a reference. Those without $ move with the cell where a formula is shared (§18.3.1.40)."""
        match = _PARTS.fullmatch(reference)
        assert match is not None  # noqa: S101 - the pattern of a reference has such ends
        fixed_column, letters, fixed_row, number = match.groups()
        column = column_number(letters) - 1 + (0 if fixed_column else self._shift[1])
        return (int(number) - 1 + (0 if fixed_row else self._shift[0]) if number else row), column

    @cached_property
    def _functions(self) -> list[str]:
        return [name.upper() for name in _FUNCTION.findall(self._skeleton)]

    @property
    def sums(self) -> bool:
        """Whether a function of it adds up cells."""
        return any(name in _ADDING and name != "ROUND" for name in self._functions)

    @property
    def only_adds(self) -> bool:
        return _ADDING.issuperset(self._functions) and not any(sign in self._skeleton for sign in "-*/^%&")

    @property
    def is_one_amount(self) -> bool:
        """Whether it takes one other amount, such as half the deposit: so are milestones worked out, too."""
        one = set(self.inside)
        return len(one) == 1 and all(first == last and first[1] == self._money.amount for first, last in one)

    @property
    def is_what_is_left_of_another_cell(self) -> bool:
        """Whether it takes amounts above it from a cell outside the table, as a last milestone from the contract."""
        above = all(
            last[0] < self._place[0] and first[1] == last[1] == self._money.amount for first, last in self.inside
        )
        return above and _LESS.fullmatch(self._skeleton.removeprefix("ROUND(")) is not None
