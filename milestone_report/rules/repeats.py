"""Rows that say what an earlier row says already: the same invoice number, or the same in every cell.

A row is accused once: of its invoice number (X501), else of being a copy (X503), else of its name (P404).
What stands again on another sheet of the same project is P406's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pandas as pd

from milestone_report.model import DATE_FIELDS, State
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.model import Milestones

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


def live_rows(milestones: Milestones) -> pd.DataFrame:
    """The rows that are not void, with "… folded": project, milestone and invoice number as people compare them."""
    frame = milestones.frame
    live = frame[frame["state"] != State.VOID]
    return live.assign(
        **{f"{name} folded": live[name].map({text: identity(text) for text in live[name].unique()}) for name in _FOLDED}
    )


def first_alike(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Series[int]:
    """For each row that repeats an earlier one in the columns `keys`: the index of the first of them."""
    twice = frame[frame.duplicated(list(keys), keep=False)]
    index = pd.Series(twice.index, twice.index)
    groups = index.groupby([twice[key] for key in keys], sort=False, dropna=False)
    first = groups.transform("first")
    return cast("pd.Series[int]", first[first != index])


def copies_on_the_sheet(live: pd.DataFrame) -> pd.Series[int]:
    """Rows that say the same as an earlier one of their sheet. Takes what `live_rows` gives."""
    return first_alike(_candidates(live), ("sheet_id", *_SAYS))


def copies_elsewhere(live: pd.DataFrame) -> pd.Series[int]:
    """Rows that say the same as one of an earlier sheet. Takes what `live_rows` gives."""
    first = first_alike(_candidates(live), _SAYS)
    sheet = live["sheet_id"]
    return first[sheet[first.index].ne(sheet[first].set_axis(first.index))]


def _candidates(live: pd.DataFrame) -> pd.DataFrame:
    """Few rows agree even in name and amount, and comparing every column of all others would take long."""
    named = live[live["amount_known"] & (live["milestone"] != "")]
    return named[named.duplicated(["milestone folded", "amount"], keep=False)]


def repeated_numbers(live: pd.DataFrame) -> pd.Series[int]:
    """Rows whose invoice number stands in an earlier row, but for copies on another sheet of the project."""
    first = first_alike(live[live["invoice_number folded"] != ""], ["invoice_number folded"])
    return first[~first.index.isin(copies_elsewhere(live).index)]


def places(milestones: Milestones, hits: pd.DataFrame, first: pd.Series[int], field: str) -> Mapping[str, list[str]]:
    """`other`: the cell of each row's first likeness, named as far from the row as needed."""
    cells = []
    there = milestones.frame.loc[first[hits.index], ["sheet_id", "row"]]
    for here_id, there_id, row in zip(hits["sheet_id"], there["sheet_id"], there["row"], strict=True):
        here, other = milestones.sheets[here_id], milestones.sheets[there_id]
        cell = other.cell(field, row)
        if other.workbook != here.workbook:
            cell = f"{other.workbook}, {other.name}!{cell}"
        elif there_id != here_id:
            cell = f"{other.name}!{cell}"
        cells.append(cell)
    return {"other": cells}
