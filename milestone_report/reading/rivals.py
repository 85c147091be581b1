"""Two columns that claim one field: which is used, what money hangs on it, and how people say which counts."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.currency import EXPONENTS, SHARED_SYMBOLS, known_code
from milestone_report.facts import both, phrase, phrases
from milestone_report.model import Column, Status
from milestone_report.money import spelled_money, to_minor
from milestone_report.reading.grid import address
from milestone_report.reading.header import MONEY_FIELDS, currency_in, field_of, without_currency
from milestone_report.reading.values import read_number
from milestone_report.text import column_letter, fold, in_words, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Rival, Table
    from milestone_report.reading.values import Notes
    from milestone_report.reading.vocabulary import Vocabulary

    _Sums = dict[str, Decimal]


def note_rivals(
    grid: Grid, table: Table, columns: Mapping[str, Sequence[Any]], words: Vocabulary, notes: Notes
) -> tuple[tuple[Column, frozenset[int]], ...]:
    """Say which columns are not used as another one gives their field; `columns` are those that were read.

    Where the user's own words say which counts it is no more than a note.

    Gives those for the amount with the rows (Excel's numbers) whose Paid cell says what stands there.
    """
    paid_as = []
    for rival in table.rivals:
        used = table.headers[rival.used]
        stake = _stake(grid, table, rival, columns) if rival.field in MONEY_FIELDS else ""
        if paid := _paid_rows(grid, table, rival, columns) if rival.field == "amount" else frozenset():
            header = shown(table.headers[rival.column])
            paid_as.append((Column(column_letter(rival.column), header), paid))
            as_paid = phrases(
                " {n} payment is exactly what “{rival}” says.",
                " {n} payments are exactly what “{rival}” says.",
                len(paid),
                rival=header,
            )
            stake = phrase("{differ}{paid}", differ=stake, paid=as_paid)
        if _is_settled(table.headers[rival.column], used, words):
            why = phrase(
                "is not used: your settings say that “{used}” gives the {field}.",
                used=shown(used),
                field=phrase(in_words(rival.field)),
            )
            notes.add("W007", (table.header_row, rival.column), table.headers[rival.column], why=why)
            continue
        notes.add(
            "W006",
            (table.header_row, rival.column),
            table.headers[rival.column],
            field=phrase(in_words(rival.field)),
            used=phrase("“{text}” ({cell})", text=shown(used), cell=address(table.header_row, rival.used)),
            stake=stake,
            how=_how(rival.field, table.headers[rival.column], used),
        )
    return tuple(paid_as)


def _is_settled(header: str, used: str, words: Vocabulary) -> bool:
    """Whether the column in use is called by a word of the user's own, and the other one is not."""
    rank, others = (field_of(text, words)[1] for text in (used, header))
    return rank < 0 <= others  # words of the user's own rank below 0


def _paid_rows(grid: Grid, table: Table, rival: Rival, columns: Mapping[str, Sequence[Any]]) -> frozenset[int]:
    """The rows of which exactly what the column that is not used says was received, and not the amount."""
    named = _currency_of_header(table.headers[rival.column])
    names = ("row", "trusted", "paid_recorded", "paid_cell", "amount", "currency")
    rows = set()
    for row, trusted, recorded, paid, amount, currency in zip(*(columns[name] for name in names), strict=True):
        if not (trusted and recorded and paid) or paid == amount:
            continue
        number, mark, sign = read_number(grid.value(row - 1, rival.column))
        if number is not None and _currency_of_cell(mark, sign, named or currency) == currency:
            with contextlib.suppress(OverflowError):
                if to_minor(number, currency) == (paid, True):
                    rows.add(row)
    return frozenset(rows)


def _stake(grid: Grid, table: Table, rival: Rival, columns: Mapping[str, Sequence[Any]]) -> str:
    """What the two columns come to over the milestones that count, where they differ in any row.

    A sum for each currency; where that of any of the numbers is not known, only in how many rows they differ.
    """
    named = _currency_of_header(table.headers[rival.column])
    differ = 0
    ours: _Sums = {}
    theirs: _Sums = {}
    for row, trusted, status, currency in zip(
        columns["row"], columns["trusted"], columns["status"], columns["currency"], strict=True
    ):
        used = read_number(grid.value(row - 1, rival.used))[0]
        number, mark, sign = read_number(grid.value(row - 1, rival.column))
        other = _currency_of_cell(mark, sign, named or currency)
        differ += used != number or (number is not None and other != currency)
        if trusted and status is not Status.VOID:
            ours[currency] = ours.get(currency, Decimal(0)) + (used or 0)
            theirs[other] = theirs.get(other, Decimal(0)) + (number or 0)
    if not differ:
        return phrase(" Both say the same in every row.")
    sums = _spelled(ours), _spelled(theirs)
    if not all(sums):
        return phrases(" They differ in {n} row.", " They differ in {n} rows.", differ)
    return phrases(
        " They differ in {n} row: of what is counted, “{column}” comes to {used}, and “{rival}” to {other}.",
        " They differ in {n} rows: of what is counted, “{column}” comes to {used}, and “{rival}” to {other}.",
        differ,
        column=shown(table.headers[rival.used]),
        rival=shown(table.headers[rival.column]),
        used=sums[0],
        other=sums[1],
    )


def _currency_of_header(header: str) -> str:
    """The one currency that a header names, "" where it names none."""
    codes = {known_code(each) for each in without_currency(header)[1]} - {""}
    return codes.pop() if len(codes) == 1 else ""


def _currency_of_cell(mark: str, sign: str, otherwise: str) -> str:
    """The currency of a cell by the mark or the shared sign in it, "" where it is not known."""
    if mark:
        return known_code(mark)
    return otherwise if not sign or otherwise in SHARED_SYMBOLS.get(sign, ()) else ""


def _spelled(sums: _Sums) -> str:
    """Sums as money; "" where there are none, or one is in no currency or beyond any amount."""
    if not sums.keys() <= EXPONENTS.keys():
        return ""
    try:
        return both([spelled_money(to_minor(sums[code], code)[0], code) for code in sorted(sums)])
    except OverflowError:
        return ""


def _how(field: str, header: str, used: str) -> str:
    """The line of the settings that makes the other column count; "" where a word cannot tell the two apart."""
    word, other = (text if not without_currency(text)[1] else without_currency(text)[0] for text in (header, used))
    if fold(word) in ("", fold(other)) or currency_in(header):
        return ""
    entry = f"{field} = [{json.dumps(shown(word), ensure_ascii=False)}]"
    return phrase(" Or say which counts in milestone-report.toml, below [columns]: {entry}", entry=entry)
