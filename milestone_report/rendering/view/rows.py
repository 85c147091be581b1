"""Rows of the milestones frame picked by position, so that only those that are shown become Python objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from milestone_report.model import DATE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Positions: TypeAlias = np.ndarray[Any, np.dtype[np.intp]]
"""Places of rows in the frame, from 0, in the order in which they are shown."""

Record: TypeAlias = dict[str, Any]
"""One row by column name; dates are `datetime.date`, None for none."""


def where(mask: pd.Series, frame: pd.DataFrame, by_date: str = "") -> Positions:
    """Where a mask is true, in the frame's order or by a date column, the rows without a date last."""
    positions = np.flatnonzero(mask.to_numpy(dtype=bool))
    if by_date:
        dates = frame[by_date].to_numpy()[positions]
        positions = positions[np.argsort(dates, kind="stable")]  # numpy sorts NaT to the end
    return positions


def values(frame: pd.DataFrame, column: str, positions: Positions) -> list[Any]:
    """A column's values at these positions, as Python objects."""
    if column in DATE_FIELDS:
        days: list[Any] = frame[column].to_numpy()[positions].astype("datetime64[D]").astype(object).tolist()
        return days
    series = frame[column]
    # Picked before it is converted: text columns of pandas become Python objects only here.
    picked = series.to_numpy()[positions] if isinstance(series.dtype, np.dtype) else series.array[positions]
    found: list[Any] = picked.tolist()
    return found


def records(frame: pd.DataFrame, columns: Sequence[str], positions: Positions) -> list[Record]:
    """Rows at these positions, with these columns."""
    rows = zip(*(values(frame, column, positions) for column in columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]
