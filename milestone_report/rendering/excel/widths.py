"""How wide a text is in the workbook's typeface, so that columns fit and rows are high enough.

No program that only writes a workbook can ask Excel; the advance widths of Arial at 10 points come near.
"""

from __future__ import annotations

from functools import lru_cache

DIGIT = 7  # pixels of a digit, the unit of a column's width (ECMA-376 §18.3.1.13)
PADDING = 5  # pixels a cell keeps free beside its text
EM = 40 / 3  # pixels of 10 points at 96 dots an inch
# Advance widths in thousandths of an em, as Adobe's metrics of Helvetica give them, which Arial keeps to.
_ADVANCES = {
    222: "ijl'|‘’",
    278: " \u00a0!,./:;I[\\]ft",
    333: '()-r`{}"“”*^',
    500: "Jckvsxyz",
    556: "0123456789abdeghnopquL_$#?€£–",
    611: "FTZ+<=>~",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "W%",
    1015: "@—…",
}
_USUAL, _WIDEST = 0.6 * EM, 1.015 * EM
_FIRST_WIDE = "\u1100"  # from Hangul on nearly every script is as wide as it is high


class _Pixels(dict[str, float]):
    """Pixels of a character, of others by their script."""

    def __missing__(self, char: str) -> float:
        return _WIDEST if char >= _FIRST_WIDE else _USUAL


_PIXELS = _Pixels({char: advance * EM / 1000 for advance, chars in _ADVANCES.items() for char in chars})
_SPACE = _PIXELS[" "]


def fitting_width(text: str, *, bold: bool = False) -> float:
    """The column width, in characters, in which no line of a text wraps."""
    widest = max(_pixels(line) for line in text.split("\n"))
    return (widest * (1.08 if bold else 1) + 2 * PADDING) / DIGIT


def surely_fits(width: float) -> float:
    """How many characters fit into a column so wide, whatever they are."""
    return (width * DIGIT - PADDING) / _WIDEST


@lru_cache(maxsize=8192)
def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so wide, where lines break between words, as Excel breaks them."""
    room = width * DIGIT - PADDING
    lines = 0
    for paragraph in text[:2000].split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            size = _pixels(word)
            if used and used + size > room:
                lines, used = lines + 1, 0.0
            if size > room:  # a long word is broken wherever the line ends
                lines += int(size // room)
                size %= room
            used += size + _SPACE
    return lines


@lru_cache(maxsize=65536)
def _pixels(word: str) -> float:
    return sum(map(_PIXELS.__getitem__, word))
