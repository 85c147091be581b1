"""The words of `words.toml`, folded once and ready for look-up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from milestone_report.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Folded word → what it means. `columns` also tells the word's rank: the lower one wins."""

    columns: Mapping[str, tuple[str, int]]
    stand_ins: frozenset[str]
    block: Mapping[str, str]
    statuses: Mapping[str, str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    totals_begin: frozenset[str]
    taxes: frozenset[str]
    beside_totals: frozenset[str]


Extra = tuple[tuple[str, tuple[str, ...]], ...]
"""Words of the user's own: (field, words) pairs."""


@lru_cache(maxsize=8)
def vocabulary(columns: Extra = (), statuses: Extra = ()) -> Vocabulary:
    """The words the product knows, and the user's own before them."""
    words = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    for known, extra in ((words["columns"], columns), (words["statuses"], statuses)):
        for meaning, own in extra:
            known[meaning] = [*own, *known[meaning]]
    return Vocabulary(
        columns={
            fold(name): (field, rank) for field, names in words["columns"].items() for rank, name in enumerate(names)
        },
        stand_ins=frozenset(fold(name) for name in words["stand_in"]["milestone"]),
        block={fold(name): field for field, names in words["block"].items() for name in names},
        statuses={fold(name): status for status, names in words["statuses"].items() for name in names},
        totals=frozenset(fold(name) for name in words["totals"]["words"]),
        subtotals=frozenset(fold(name) for name in words["totals"]["subtotal"]),
        totals_begin=frozenset(fold(name) for name in words["totals"]["begins"]),
        taxes=frozenset(fold(name) for name in words["totals"]["taxes"]),
        beside_totals=frozenset(fold(name) for name in words["totals"]["beside"]),
    )
