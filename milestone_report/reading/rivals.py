"""Two columns that claim one field: which is used, what money hangs on it, and how people say which counts."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from milestone_report.currency import EXPONENTS, known_code
from milestone_report.facts import phrase, phrases, spelled_number
from milestone_report.model import Status
from milestone_report.money import spelled_money, to_minor
from milestone_report.reading.grid import address
from milestone_report.reading.header import MONEY_FIELDS, currency_in, without_currency
from milestone_report.reading.values import read_number
from milestone_report.text import fold, in_words, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.reading.grid import Grid
    from milestone_report.reading.header import Rival, Table
    from milestone_report.reading.values import Notes


def note_rivals(grid: Grid, table: Table, columns: Mapping[str, Sequence[Any]], notes: Notes) -> None:
    """Say which columns are not used as another one gives their field; `columns` are those that were read."""
    for rival in table.rivals:
        used = table.headers[rival.used]
        notes.add(
            "W006",
            (table.header_row, rival.column),
            table.headers[rival.column],
            field=phrase(in_words(rival.field)),
            used=phrase("“{text}” ({cell})", text=shown(used), cell=address(table.header_row, rival.used)),
            stake=_stake(grid, table, rival, columns) if rival.field in MONEY_FIELDS else "",
            how=_how(rival.field, table.headers[rival.column], used),
        )


def _stake(grid: Grid, table: Table, rival: Rival, columns: Mapping[str, Sequence[Any]]) -> str:
    """What the two columns come to over the milestones that count, where they differ in any row."""
    stated = {code for code in columns["currency"] if code}
    currency = stated.pop() if len(stated) == 1 else ""
    named = _currency_of_header(table.headers[rival.column])
    differ, sums = 0, [Decimal(0), Decimal(0)]
    for row, trusted, status in zip(columns["row"], columns["trusted"], columns["status"], strict=True):
        pair = [read_number(grid.value(row - 1, column))[0] for column in (rival.used, rival.column)]
        differ += pair[0] != pair[1] or named not in ("", currency)
        if trusted and status is not Status.VOID:
            sums = [total + (number or 0) for total, number in zip(sums, pair, strict=True)]
    if not differ:
        return phrase(" Both say the same in every row.")
    return phrases(
        " They differ in {n} row: of what is counted, “{column}” comes to {used}, and “{rival}” to {other}.",
        " They differ in {n} rows: of what is counted, “{column}” comes to {used}, and “{rival}” to {other}.",
        differ,
        column=shown(table.headers[rival.used]),
        rival=shown(table.headers[rival.column]),
        used=_spelled(sums[0], currency),
        other=_spelled(sums[1], named or currency),
    )


def _currency_of_header(header: str) -> str:
    """The one currency that a header names, "" where it names none."""
    codes = {known_code(each) for each in without_currency(header)[1]} - {""}
    return codes.pop() if len(codes) == 1 else ""


def _spelled(number: Decimal, currency: str) -> str:
    """A sum as money, or as a number where it is in no currency, in several, or beyond any amount."""
    if currency in EXPONENTS:
        with suppress(OverflowError):
            return spelled_money(to_minor(number, currency)[0], currency)
    return spelled_number(number)


def _how(field: str, header: str, used: str) -> str:
    """The line of the settings that makes the other column count; "" where a word cannot tell the two apart."""
    word, other = (text if not without_currency(text)[1] else without_currency(text)[0] for text in (header, used))
    if fold(word) in ("", fold(other)) or currency_in(header):
        return ""
    entry = f"{field} = [{json.dumps(shown(word), ensure_ascii=False)}]"
    return phrase(" Or say which counts in milestone-report.toml, below [columns]: {entry}", entry=entry)
