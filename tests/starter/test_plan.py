from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.starter.plan import planned, split

if TYPE_CHECKING:
    from collections.abc import Sequence


def shares(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


THREE = (Decimal(30), Decimal(40), Decimal(30))


@st.composite
def hundreds(draw: st.DrawFn) -> list[Decimal]:
    """Shares of a hundred with two decimals, each above nothing."""
    cuts = sorted(draw(st.sets(st.integers(1, 9_999), max_size=11)))
    return [Decimal(after - before) / 100 for before, after in zip([0, *cuts], [*cuts, 10_000], strict=True)]


@given(st.integers(10**6, 10**14), hundreds())  # so that rounding up leaves something for the last
def test_the_parts_add_up_and_each_but_the_last_is_its_share_rounded(contract: int, parts: list[Decimal]) -> None:
    found = split(contract, parts)
    assert sum(found) == contract
    assert len(found) == len(parts)
    for part, share in zip(found[:-1], parts[:-1], strict=True):
        assert abs(part - contract * share / 100) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("contract", "of", "parts"),
    [
        (12_000_00, THREE, (3_600_00, 4_800_00, 3_600_00)),
        (100_01, THREE, (30_00, 40_00, 30_01)),
        (1_00, shares("33.3", "33.3", "33.4"), (33, 33, 34)),
        (5, shares("50", "50"), (3, 2)),
        (7, shares("100"), (7,)),
    ],
)
def test_the_last_part_takes_what_rounding_leaves(contract: int, of: Sequence[Decimal], parts: tuple[int, ...]) -> None:
    assert split(contract, of) == parts


@pytest.mark.parametrize(
    ("contract", "of", "why"),
    [
        (100, shares("30", "40"), "must add up to 100, and this is 70."),
        (100, shares("33.33", "33.33", "33.33"), "must add up to 100, and this is 99.99."),
        (100, shares("120", "-20"), "must be one to 24 shares, each above 0."),
        (100, shares("100", "0"), "must be one to 24 shares, each above 0."),
        (100, [], "must be one to 24 shares, each above 0."),
        (10_000, shares(*["4"] * 25), "must be one to 24 shares, each above 0."),
        (1, shares("50", "50"), "leave nothing for one of the milestones: the contract total is too small for them."),
        (1, shares("30", "70"), "leave nothing for one of the milestones: the contract total is too small for them."),
    ],
)
def test_what_is_no_split_says_why(contract: int, of: Sequence[Decimal], why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        split(contract, of)


@pytest.mark.parametrize(
    ("of", "names"),
    [
        (shares("100"), ["Full amount"]),
        (shares("50", "50"), ["Deposit", "Final"]),
        (THREE, ["Deposit", "Midpoint", "Final"]),
        (shares("25", "25", "25", "25"), ["Deposit", "Midpoint 1", "Midpoint 2", "Final"]),
    ],
)
def test_milestones_are_named_by_their_place(of: Sequence[Decimal], names: list[str]) -> None:
    project = planned("Acme", "", "", "EUR", 1000, of)
    assert [row.milestone for row in project.rows] == names
    assert project.rows[0].description == f"{of[0].normalize():f} % of the contract"
