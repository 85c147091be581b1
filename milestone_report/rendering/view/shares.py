"""What the parts of a bar measure, in per cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it stands for, where it starts, and how wide it is."""

    kind: str
    start: float
    width: float


def share(part: int, whole: int) -> float:
    """Per cent with one decimal, rounded down so that shares never exceed the whole; 0 for credits."""
    return max(part, 0) * 1000 // whole / 10 if whole > 0 else 0.0


def parts(kinds: str, widths: Sequence[float]) -> tuple[Part, ...]:
    """Parts of these kinds side by side, cut off where they reach 100: overpaid projects have more than a whole.

    What rounding down may have lost goes to the last part, so that a whole is seen to be one.
    """
    found: list[Part] = []
    start = 0.0
    for kind, width in zip(kinds.split(), widths, strict=True):
        fitting = min(width, round(100 - start, 1))
        if fitting > 0:
            found.append(Part(kind, start, fitting))
            start = round(start + fitting, 1)
    if found and 0 < 100 - start < 0.1 * len(found) + 0.05:
        found[-1] = replace(found[-1], width=round(100 - found[-1].start, 1))
    return tuple(found)
