"""The money of a table that leaves no question, read column by column. Most tables are such.

What is read here and what is read cell by cell in `fields` is the same (a test compares them); this way is
several times as quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.currency import EXPONENTS
from milestone_report.money import minor_of_float
from milestone_report.reading.grid import all_are

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milestone_report.reading.currencies import CurrencySource
    from milestone_report.reading.grid import Place


def plain_money(
    amounts: Sequence[object],
    places: Iterable[Place],
    currency_cells: Sequence[object],
    paid_cells: Sequence[object],
    source: CurrencySource,
    paid_header: str,
) -> dict[str, list[object]]:
    """Columns as `fields` has them: currency, amount, amount_known, paid_cell, paid_recorded and trusted.

    None at all where any cell needs a look. Plain are amounts that are numbers without too many decimals, all in
    one known currency, beside paid cells that are blank or such numbers, too, and not below zero. `places` are
    those of the amounts.
    """
    currency = source.of_column(places, currency_cells)
    if currency not in EXPONENTS or paid_header not in ("", currency) or not {*map(type, paid_cells)} <= {float, str}:
        return {}
    received = [value or 0.0 for value in paid_cells]
    if not (all_are(amounts, float) and all_are(received, float)) or min(received) < 0:
        return {}
    minor = [minor_of_float(value, currency) for value in amounts]
    minor_received = [minor_of_float(value, currency) for value in received]
    if None in minor or None in minor_received:
        return {}
    rows = len(minor)
    return {
        "currency": [currency] * rows,
        "amount": [*minor],
        "amount_known": [True] * rows,
        "paid_cell": [*minor_received],
        "paid_recorded": [value != "" for value in paid_cells],
        "trusted": [True] * rows,
    }
