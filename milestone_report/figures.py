"""What follows from amount, paid cell and status: paid, outstanding, overpaid, not billed, overdue.

The identity that every total rests on, exact for each counted row and so for each sum:

    amount = (paid - overpaid) + outstanding + not_billed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from milestone_report.model import STATE_OF, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


MONEY_COLUMNS = ["amount", "paid", "overpaid", "outstanding", "not_billed"]
NOT_DUE, NO_DUE_DATE, CREDITS = "not due", "no due date", "credits"


def bucket_names(ageing: Sequence[int]) -> tuple[str, ...]:
    """The ageing bands in order: not due, 1–30, 31–60, 61–90, over 90, no due date, credits."""
    starts = [1, *(limit + 1 for limit in ageing[:-1])]
    bands = [f"{start}\N{EN DASH}{limit}" for start, limit in zip(starts, ageing, strict=True)]
    return (NOT_DUE, *bands, f"over {ageing[-1]}", NO_DUE_DATE, CREDITS)


def add_figures(frame: pd.DataFrame, as_of: dt.date, ageing: Sequence[int]) -> pd.DataFrame:
    """Add FIGURE_COLUMNS to a frame that has READ_COLUMNS.

    `counted` rows are trusted and not void; every other row has zeros. What was received on a
    milestone that was never billed is `overpaid`, because nothing of it was due. A credit
    (negative amount) mirrors a charge: its outstanding lies at or below zero. `ageing` holds the
    upper bounds of the bands, in days past the due date.
    """
    state = frame["status"].map(STATE_OF)
    counted = frame["trusted"] & (state != State.VOID)
    not_billed_state = (state == State.NOT_BILLED).to_numpy()
    counts = counted.to_numpy()

    amount = np.where(counts, frame["amount"], 0)
    not_billed = np.where(not_billed_state, amount, 0)
    due = amount - not_billed
    recorded = frame["paid_recorded"].to_numpy()
    settled = np.where(state == State.PAID, due, 0)
    paid = np.where(counts, np.where(recorded, frame["paid_cell"], settled), 0)
    rest = due - paid
    outstanding = np.where(due >= 0, np.maximum(rest, 0), np.minimum(rest, 0))
    outstanding = np.where(due == 0, 0, outstanding)

    due_date = frame["due_date"]
    past = due_date < pd.Timestamp(as_of)
    overdue = past.to_numpy() & (outstanding > 0) & (amount > 0)
    days = (pd.Timestamp(as_of) - due_date).dt.days.where(overdue, 0).astype("int64").to_numpy()
    names = np.array([*bucket_names(ageing), ""], dtype=object)
    band = np.searchsorted(np.array([0, *ageing]), days, side="left")
    band = np.where(due_date.isna(), len(names) - 3, band)
    band = np.where(outstanding < 0, len(names) - 2, band)
    band = np.where(outstanding == 0, len(names) - 1, band)
    return frame.assign(
        state=state,
        counted=counted,
        paid=paid,
        outstanding=outstanding,
        overpaid=paid - (due - outstanding),
        not_billed=not_billed,
        overdue=overdue,
        days_overdue=days,
        bucket=names[band],
    )


def project_numbers(frame: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """To which project each row belongs, numbered from 0 in the order of the workbooks; -1 for none.

    A project is what is counted of one sheet under one name in one currency. A row that is not counted
    belongs to the project in its currency, else to the first under its name.
    """
    counts = frame["counted"].to_numpy()
    keys = ["sheet_id", "project", "currency"]
    numbers = np.full(len(frame), -1, dtype="int64")
    numbers[counts] = frame[counts].groupby(keys, sort=False).ngroup()
    if counts.all():
        return numbers
    known = frame[keys].assign(number=numbers)[counts].drop_duplicates()
    of = {(sheet, project, currency): number for sheet, project, currency, number in known.itertuples(index=False)}
    first = {(sheet, project): number for (sheet, project, _), number in reversed(of.items())}
    others = frame.loc[~counts, keys].itertuples(index=False, name=None)
    numbers[~counts] = [of.get(key, first.get(key[:2], -1)) for key in others]
    return numbers


def exact(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with sums that cannot overflow: Python integers in MONEY_COLUMNS where 64 bits might be too few."""
    if frame.empty:
        return frame
    largest = max(int(frame[column].abs().max()) for column in MONEY_COLUMNS)
    return frame.astype(dict.fromkeys(MONEY_COLUMNS, object)) if largest * len(frame) >= 2**62 else frame
