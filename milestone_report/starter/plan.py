"""A project's milestones before any is billed: exact amounts from a contract total and its shares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from milestone_report.model import Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

MOST_SHARES = 24


@dataclass(frozen=True)
class Row:
    """One milestone as it is written into the starter workbook. Money is in minor units, None leaves a cell blank."""

    milestone: str
    description: str
    amount: int
    status: Status = Status.PLANNED
    invoice_number: str = ""
    invoice_date: dt.date | None = None
    due_date: dt.date | None = None
    paid: int | None = None
    paid_date: dt.date | None = None
    signoff: str = ""
    signoff_date: dt.date | None = None


@dataclass(frozen=True)
class Project:
    """A project and its milestones; `contract` in minor units, None for a sheet that waits to be filled in."""

    name: str
    client: str
    owner: str
    currency: str
    contract: int | None
    rows: tuple[Row, ...]


def split(contract: int, shares: Sequence[Decimal]) -> tuple[int, ...]:
    """Parts of a total in minor units by shares of a hundred, each rounded half up; the last takes the rest.

    Raises ValueError, in words that follow the shares, where they are no hundred or a part would be nothing.
    """
    if not shares or len(shares) > MOST_SHARES or any(share <= 0 for share in shares):
        raise ValueError(f"must be one to {MOST_SHARES} shares, each above 0.")
    if sum(shares) != 100:
        raise ValueError(f"must add up to 100, and this is {sum(shares):f}.")
    first = [int((contract * share / 100).quantize(Decimal(1), ROUND_HALF_UP)) for share in shares[:-1]]
    parts = (*first, contract - sum(first))
    if min(parts) <= 0:
        raise ValueError("leave nothing for one of the milestones: the contract total is too small for them.")
    return parts


def planned(name: str, client: str, owner: str, currency: str, contract: int, shares: Sequence[Decimal]) -> Project:
    """A new project of which nothing is billed yet. `contract` is in minor units. Raises ValueError as `split` does."""
    parts = split(contract, shares)
    rows = (
        Row(milestone, f"{share.normalize():f} % of the contract", part)
        for milestone, share, part in zip(_names(len(parts)), shares, parts, strict=True)
    )
    return Project(name, client, owner, currency, contract, tuple(rows))


def _names(count: int) -> tuple[str, ...]:
    if count == 1:
        return ("Full amount",)
    between = ("Midpoint",) if count == 3 else tuple(f"Midpoint {number}" for number in range(1, count - 1))
    return "Deposit", *between, "Final"
