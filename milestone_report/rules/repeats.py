"""Rows that say what an earlier row says already: the same invoice number, or the same in every cell.

A row is accused once: of its invoice number (X501), else of being a copy (X503), else of its name (P404).
What stands again on another sheet of the same project is P406's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from milestone_report.model import DATE_FIELDS, State
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.model import Milestones

BLANK = 0
"""What stands in a "… folded" column where there is no name or number."""

_FOLDED = ("project", "milestone", "invoice_number")
# Client, owner and note may differ between two copies of one milestone.
_SAYS = (
    *(f"{name} folded" for name in _FOLDED),
    "description",
    "amount",
    "currency",
    "status",
    "paid_cell",
    "paid_recorded",
    "signoff",
    *DATE_FIELDS,
)


@dataclass(frozen=True)
class Repeats:
    """The rows that are not void, and which of them repeat an earlier one: index → index of the first alike.

    `rows` has "… folded" columns: a number for each project, milestone and invoice number, the same for those that
    people take for one.
    """

    rows: pd.DataFrame
    copies_on_the_sheet: pd.Series[int]
    copies_elsewhere: pd.Series[int]
    numbers: pd.Series[int]
    names: pd.Series[int]


@lru_cache(maxsize=1)
def repeats(milestones: Milestones) -> Repeats:
    """What repeats what. Several rules of one run ask, and comparing takes a while."""
    frame = milestones.frame
    live = frame[frame["state"] != State.VOID]
    live = live.assign(**{f"{name} folded": _folded(live[name]) for name in _FOLDED}, credit=live["amount"] < 0)
    # Few rows agree even in name and amount, and comparing every column of all others would take long.
    likely = live[live["amount_known"] & (live["milestone"] != "")]
    likely = likely[likely.duplicated(["milestone folded", "amount"], keep=False)]
    on_the_sheet = first_alike(likely, ("sheet_id", *_SAYS))
    anywhere = first_alike(likely, _SAYS)
    elsewhere = anywhere[_differs(live["sheet_id"], anywhere)]
    # A credit note may quote the invoice that it credits, and the milestone.
    numbers = first_alike(live[live["invoice_number folded"] != BLANK], ["invoice_number folded", "credit"])
    numbers = numbers.drop(elsewhere.index, errors="ignore")
    names = first_alike(
        live[live["milestone"] != ""], ["sheet_id", "project", "milestone folded", "description", "credit"]
    )
    # Under one name each month: a retainer, of which every part is due, or at least invoiced, on a day of its own.
    day = live["due_date"].fillna(live["invoice_date"])
    names = names[~(_differs(day, names) & day[names.index].notna())]
    names = names.drop([*numbers.index, *on_the_sheet.index], errors="ignore")
    return Repeats(live, on_the_sheet, elsewhere, numbers, names)


def _folded(texts: pd.Series[str]) -> pd.Series[int]:
    """A number for each text, the same for those that are one to people, BLANK for what says nothing.

    To find alike ones among numbers takes a tenth of the time that it takes among texts.
    """
    which, different = pd.factorize(texts)
    numbers = {"": BLANK}
    alike = [numbers.setdefault(identity(text), len(numbers)) for text in different.tolist()]
    return pd.Series(np.array(alike, dtype=np.int64)[which], texts.index)


def _differs(column: pd.Series[Any], first: pd.Series[int]) -> pd.Series[bool]:
    """Whether rows say something else in a column than the first one that they repeat."""
    return column[first.index].ne(column[first].set_axis(first.index))


def first_alike(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Series[int]:
    """For each row that repeats an earlier one in the columns `keys`: the index of the first of them."""
    twice = frame[frame.duplicated(list(keys), keep=False)]
    index = pd.Series(twice.index, twice.index)
    first = index.groupby([twice[key] for key in keys], sort=False, dropna=False).transform("first")
    return cast("pd.Series[int]", first[first != index])


def mark_copies(milestones: Milestones) -> Milestones:
    """Fill `counted_twice`: whether a milestone says the same in every column as an earlier one on another sheet."""
    copies = mask(milestones, repeats(milestones).copies_elsewhere)
    return replace(milestones, frame=milestones.frame.assign(counted_twice=copies))


def mask(milestones: Milestones, repeated: pd.Series[int]) -> pd.Series[bool]:
    """Which rows of the frame are among those that repeat another."""
    index = milestones.frame.index
    return pd.Series(index.isin(repeated.index), index)


def places(milestones: Milestones, hits: pd.DataFrame, first: pd.Series[int], field: str) -> Mapping[str, list[str]]:
    """`other`: the cell of each row's first likeness, named as far from the row as needed."""
    cells = []
    there = milestones.frame.loc[first[hits.index], ["sheet_id", "row"]]
    ids = hits["sheet_id"].tolist(), there["sheet_id"].tolist()
    for here_id, there_id, row in zip(*ids, there["row"].tolist(), strict=True):
        here, other = milestones.sheets[here_id], milestones.sheets[there_id]
        cell = other.cell(field, row)
        if other.workbook != here.workbook:
            cell = f"{other.workbook}, {other.name}!{cell}"
        elif there_id != here_id:
            cell = f"{other.name}!{cell}"
        cells.append(cell)
    return {"other": cells}
