"""How wide the parts of a bar are, in per cent."""

from __future__ import annotations


def share(part: int, whole: int) -> float:
    """Per cent with one decimal, rounded down so that shares never exceed the whole; 0 for credits."""
    return max(part, 0) * 1000 // whole / 10 if whole > 0 else 0.0


def fitting(widths: list[float]) -> list[float]:
    """Widths cut off where they reach 100: overpaid projects have more than a whole."""
    parts, left = [], 100.0
    for width in widths:
        parts.append(min(width, left))
        left = round(left - parts[-1], 1)
    return parts
