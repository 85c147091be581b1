"""What the cells of a header row mean: which column holds which field, and in which currency."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.currency import NAMES, SHARED_SYMBOLS, SYMBOLS, known_code
from milestone_report.facts import phrase
from milestone_report.text import fold, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.reading.vocabulary import Vocabulary

NAMES_A_ROW = ("milestone", "period", "description", "invoice_number")
"""What can name a milestone, best first. A "period" is in a table's columns only where it does."""

MONEY_FIELDS = ("amount", "paid")
_WORDS_TOO = frozenset({"ALL", "TOP", "TRY", "CUP"})
"""Codes that are English words: in a header they are taken for the word."""

_LAST = 1_000
"""The rank of a word that gives way to any other."""

_SIGNS = frozenset(sign for sign in (*SYMBOLS, *SHARED_SYMBOLS) if len(sign) == 1)
_BEFORE_A_CURRENCY = frozenset({"in", "en", "em"})
_THOUSANDS = frozenset("k t tsd thousand thousands tausend 000 000s milliers miles migliaia duizend".split())
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_WORD = re.compile(r"[^\s()\[\],;/]+")


@dataclass(frozen=True, slots=True)
class Rival:
    """A second column that claims a field: it is not used."""

    field: str
    column: int
    used: int


@dataclass(slots=True)
class Table:
    """The header of a milestone table. Rows and columns are counted from 0.

    The header stands in the rows `top` to `header_row`, `headers` has its words by column. Where Excel
    itself knows the table by the name `excel_name`, `last_row` is its last row of data, `totals_rows` follow,
    and `outside` are header words typed right beside its range. `beside` are the first columns of other
    tables in the same rows, with whether they are milestone tables, too.
    """

    top: int
    header_row: int
    headers: Mapping[int, str] = field(default_factory=dict)
    last_row: int | None = None
    totals_rows: int = 0
    excel_name: str = ""
    outside: Mapping[int, str] = field(default_factory=dict)
    beside: list[tuple[int, bool]] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    rivals: list[Rival] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    currencies: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def name_field(self) -> str:
        """The field that names a milestone of this table."""
        return next((name for name in NAMES_A_ROW if name in self.columns), "")

    @property
    def is_header(self) -> bool:
        """Whether it is one at all. A lone "Status" or "Total" in a list or a form is none; a name beside money is."""
        has = self.columns
        money, status = "amount" in has, "status" in has
        if "milestone" in has and (money or status):
            return True
        # Any list of sums has a month beside them: it names milestones, but makes no list one of them.
        several = len(has) - ("period" in has) >= 4
        return bool(self.name_field and money and status) or (several and self.is_named + money + status == 2)

    @property
    def is_named(self) -> bool:
        """Whether a column names the rows that says more than a period."""
        return any(name in self.columns for name in NAMES_A_ROW if name != "period")

    def may_be_milestones_beside(self, main: Table) -> bool:
        """Whether it may have milestones, too, beside the table that is read: sums by month have none beside names."""
        return self.is_header and (self.is_named or not main.is_named)

    @property
    def is_complete(self) -> bool:
        """Whether it is a header with all that is needed."""
        return self.is_header and not self.missing

    @property
    def is_certain(self) -> bool:
        """Whether no other table can be meant: it is complete, and nothing stands in for the milestone."""
        return self.is_complete and "milestone" in self.columns

    @property
    def strength(self) -> tuple[int, bool, bool, bool, int, int]:
        """How much of a milestone table it is: the greater one wins. Excel's word counts more than further columns."""
        with_currency = sum(map(bool, self.currencies.values()))
        known, named = self.last_row is not None, "milestone" in self.columns
        return -len(self.missing), named, self.is_named, known, len(self.columns), with_currency

    def difference(self, first: Table) -> str:
        """What tells this header from the first one above it, "" where it says the same or less in the same columns."""
        own, firsts = ({column: name for name, column in table.columns.items()} for table in (self, first))
        for column, text in sorted(self.headers.items()):
            if own.get(column) != firsts.get(column):
                if column not in first.headers:
                    return phrase("“{text}”, which the first one lacks", text=shown(text))
                return phrase("“{text}” in place of “{first}”", text=shown(text), first=shown(first.headers[column]))
        for name in self.columns.keys() & MONEY_FIELDS:
            if difference := _difference_of_currency(self.currencies[name], first.currencies[name]):
                return difference
            text, above = (table.headers[table.columns[name]] for table in (self, first))
            if fold(text) != fold(above):  # net and gross
                return phrase("“{text}” in place of “{first}”", text=shown(text), first=shown(above))
        return ""


def _difference_of_currency(own: str, first: str) -> str:
    if own == first:
        return ""
    if not own:
        return phrase("amounts whose header names no currency, where the first one names {first}", first=first)
    if first:
        return phrase("amounts in {own} instead of {first}", own=own, first=first)
    return phrase("amounts in {own}, where the first header names none", own=own)


def map_header(cells: Mapping[int, str], top: int, row: int, words: Vocabulary) -> Table:
    """The table that a header's words (by column) make. Of two tables side by side, the milestone table."""
    parts = _parts(cells)
    if len(parts) < 2:
        return _map_cells(cells, top, row, words)
    tables = [_map_cells(part, top, row, words) for part in parts]
    complete = (table for table in tables if table.is_complete)
    # Sums by month stand beside milestones, too. Of two alike, the left one.
    main = max(complete, key=lambda table: (table.is_certain, table.is_named), default=None)
    if main is None:
        return _map_cells(cells, top, row, words)
    own: dict[int, str] = {}
    beside: list[tuple[int, bool]] = []
    for part, table in zip(parts, tables, strict=True):
        # A blank column may part one table; what names its own rows or repeats a column is another. Where no more than
        # a month names those of the main one, what names them better belongs to it.
        names_its_own = table.is_named and main.is_named
        if table is main or not (names_its_own or set(table.columns) & set(main.columns)):
            own |= part
        else:
            beside.append((min(part), table.is_complete and table.may_be_milestones_beside(main)))
    found = _map_cells(own, top, row, words)
    found.beside = beside
    return found


def _parts(cells: Mapping[int, str]) -> list[dict[int, str]]:
    """The runs of header cells without a blank column between them."""
    parts: list[dict[int, str]] = []
    for column in sorted(cells):
        if not parts or column - 1 not in parts[-1]:
            parts.append({})
        parts[-1][column] = cells[column]
    return parts


def _map_cells(cells: Mapping[int, str], top: int, row: int, words: Vocabulary) -> Table:
    table = Table(top, row, cells)
    ranks: dict[str, int] = {}
    stand_ins: list[int] = []
    for column, text in sorted(cells.items()):
        name, rank, currency = field_of(text, words)
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
    if not {"milestone", "description"} & table.columns.keys():
        _place_by_company(table, words)
    _name_by_period(table)
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


def _name_by_period(table: Table) -> None:
    """Leave a month to name the rows only where no milestone does. Of a month and a quarter, the left one does."""
    further = [rival for rival in table.rivals if rival.field == "period"]
    table.rivals = [rival for rival in table.rivals if rival.field != "period"]
    table.unknown += [rival.column for rival in further]
    if "milestone" in table.columns and "period" in table.columns:
        table.unknown.append(table.columns.pop("period"))
    table.unknown.sort()


def _place_by_company(table: Table, words: Vocabulary) -> None:
    """A word that the other words of the header make certain: "Rate" beside "Betrag" is an instalment, no price."""
    spoken = {fold(word) for text in table.headers.values() for word in (text, *text.split())}
    for column in table.unknown:
        languages = words.instalments.get(fold(table.headers[column]), ())
        if any(spoken & its and not spoken & english for its, english in languages):
            table.columns["milestone"] = column
            table.unknown.remove(column)
            return


def is_owed(header: str, words: Vocabulary) -> bool:
    """Whether a header may say what is still owed, with or without a currency: "Balance due (EUR)"."""
    return fold(without_currency(header)[0]) in words.owed


def is_in_thousands(header: str, words: Vocabulary) -> bool:
    """Whether a header names amounts in thousands: "Amount (k EUR)", "Betrag in T€", "Total £k"."""
    parts = [word for word in _WORD.findall(header) if word.casefold() not in (*_BEFORE_A_CURRENCY, "of")]
    rest = [_without_thousands(word) for word in parts]
    return rest != parts and field_of(" ".join(filter(None, rest)), words)[0] == "amount"


def _without_thousands(word: str) -> str:
    """A word of a header without what says thousands: "EUR" of "kEUR"."""
    folded = word.casefold().strip(".'’")
    if folded in _THOUSANDS:
        return ""
    if folded[:1] in ("k", "t") and _currency_or_sign(word[1:]):
        return word[1:]
    return word[:-1] if folded[-1:] == "k" and _currency_or_sign(word[:-1]) else word


def without_currency(header: str) -> tuple[str, set[str]]:
    """The words of a header outside brackets that are no currencies, and the codes and signs anywhere in it."""
    outside, currencies = _without_currencies(_IN_BRACKETS.sub(" ", header))
    _inside, in_brackets = _without_currencies(" ".join(_IN_BRACKETS.findall(header)))
    return outside, currencies | in_brackets


def currency_in(text: str) -> str:
    """The currency that a word of a header is: a sign as it is written, "zł", its name, or a code in capitals.

    "Total (all)" is not a total in Albanian lek.
    """
    word = text.strip()
    may_be_one = word in SYMBOLS or word.casefold() in NAMES or (text == text.upper() and word not in _WORDS_TOO)
    return known_code(text) if may_be_one else ""


@lru_cache(maxsize=4096)
def field_of(header: str, words: Vocabulary) -> tuple[str, int, str]:
    """(field, rank, currency in the header) of a header cell; ("", 0, "") where it is not known."""
    folded = fold(header)
    if "%" in header:
        return "", 0, ""  # a share is no amount, whatever stands before the sign
    if folded in words.stand_ins:
        return "stand_in", 0, ""
    if currency := currency_in(header):
        return "amount", _LAST, currency  # a column "EUR" has amounts, unless another one is called so
    if folded in words.columns and not any(char in _SIGNS for char in header):
        return *words.columns[folded], ""
    if folded in words.periods:
        return "period", 0, ""
    return _beside_a_currency(header, words)


def _beside_a_currency(header: str, words: Vocabulary) -> tuple[str, int, str]:
    """As `field_of`, for a header that says more than the field: its currency, or something in brackets."""
    outside, currencies = _without_currencies(_IN_BRACKETS.sub(" ", header))
    inside, in_brackets = _without_currencies(" ".join(_IN_BRACKETS.findall(header)))
    currencies |= in_brackets
    name, rank = words.columns.get(fold(outside), ("", 0))
    # "Due date (dd/mm/yyyy)" is a due date, but "Amount (hours)" is no money, and "Due (EUR)" is no date.
    if name in MONEY_FIELDS:
        understood = not fold(inside) or fold(inside) in words.beside_money
    else:
        understood = name == "currency" or not currencies
    codes = {known_code(each) for each in currencies if each not in SHARED_SYMBOLS}
    shared = [SHARED_SYMBOLS[each] for each in currencies if each in SHARED_SYMBOLS]
    if not understood or len(codes) > 1 or len(shared) > 1 or not all(codes <= several for several in shared):
        return "", 0, ""  # "Amount £ (EUR)" and "Amount € / $" are in either
    return name, rank, next(iter(codes), "")


def _without_currencies(text: str) -> tuple[str, set[str]]:
    """The words of a text that are no currencies, and the codes and signs: "Total in £" is "Total" and "£"."""
    others: list[str] = []
    currencies: set[str] = set()
    words = _WORD.findall(text)
    while words:
        length = next((count for count in (2, 1) if _currency_or_sign(" ".join(words[:count]))), 0)  # "US dollars"
        if length:
            currencies.add(_currency_or_sign(" ".join(words[:length])))
            if others and others[-1].lower() in _BEFORE_A_CURRENCY:
                others.pop()
            del words[:length]
        else:
            currencies.update(char for char in words[0] if char in _SIGNS)  # "Amount€"
            others.append(words.pop(0))
    return " ".join(others), currencies


def _currency_or_sign(text: str) -> str:
    return text if text in SHARED_SYMBOLS else currency_in(text)
