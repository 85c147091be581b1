"""Small pure helpers for text: folding for comparison, column letters, suggestions."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING

from milestone_report.facts import both, phrase, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_OTHER_SIGNS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
_ASCII_SIGNS = "".join(char if char.isalnum() else " " for char in map(chr, range(128)))

SHOWN_LENGTH = 120
"""A finding shows at most so many characters of a cell."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Letters and digits only, without case and accents: "Sign-off: Été" is "signoffete"."""
    normal = unicodedata.normalize("NFKD", text).casefold()  # decomposed: an accent is no letter, and goes
    return "".join(filter(str.isalnum, normal))


def identity(text: str) -> str:
    """The form under which two names or numbers are the same to a person: "INV-7" is "inv 7", but not "INV-7-1".

    Digits stay apart, so that "1.1" and "11" differ.
    """
    if text.isascii():  # nearly all names and numbers are, and need none of what takes long below
        first, *others = text.translate(_ASCII_SIGNS).lower().split() or [""]
        for word in others:
            first += f" {word}" if first[-1].isdigit() and word[0].isdigit() else word
        return first
    normal = unicodedata.normalize("NFKC", text).casefold()
    return _OTHER_SIGNS.sub("", _BETWEEN_DIGITS.sub(" ", normal))


def same_name(text: str) -> str:
    """The form under which two file names are the same file to a person (NFC, case folded)."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).casefold()


def same_person(text: str) -> str:
    """The form under which two owners, clients or projects are one: capitals, blanks and accents' form do not count."""
    return same_name(" ".join(clean(text).split()))


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """Excel's letter for a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A column's number from 1 by Excel's letters, 0 for none: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def in_words(field: str) -> str:
    """A field's name for people: "sign-off date" for signoff_date."""
    return field.replace("signoff", "sign-off").replace("_", " ")


SHEET_ROWS = 2**21
"""More than a sheet can have (ECMA-376: 1,048,576): `sheet_id * SHEET_ROWS + row` is one number for both."""


def file_name(path: str) -> str:
    """The name of a file by its place on this machine: what `Path.name` gives, in a tenth of the time."""
    return os.path.basename(path)  # noqa: PTH119 - for that time


def split_cell(cell: str) -> tuple[str, int]:
    """The column's letters and the row of a cell's address: "G12" is ("G", 12); ("", 0) where it is none."""
    row = cell.lstrip(ascii_uppercase)
    return (cell[: -len(row)], int(row)) if row.isdecimal() and row != cell else ("", 0)


def suggest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a misspelt one, or "" when none is near."""
    near = difflib.get_close_matches(word, list(known), n=5, cutoff=0.65)
    # Among equally near ones the length decides: "payed" is nearer to "paid" than to "planned".
    return min(near, key=lambda one: (-_ratio(word, one), abs(len(one) - len(word)), one), default="")


def misspelt(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a folded word may be by a slip of the fingers: the nearest ones, often none.

    A slip is a letter missing, added, wrong or swapped with its neighbour. Words of 5 letters may have
    one and words of 11 two. The first letter is right, or swapped with the second, so that "unbilled"
    is never "billed"; digits are never slips.
    """
    found: dict[int, list[str]] = {}
    for other in known:
        if not _begins_alike(word, other):
            continue  # nearly every word
        most = sum(min(len(word), len(other)) >= least for least in (5, 11))
        if abs(len(word) - len(other)) > most:
            continue
        distance = _slips(word, other)
        if distance <= most and _digits(word) == _digits(other):
            found.setdefault(distance, []).append(other)
    return found[min(found)] if found else []


def _begins_alike(one: str, other: str) -> bool:
    return one[:1] == other[:1] or one[:2] == other[1::-1]


def _digits(text: str) -> list[str]:
    return [char for char in text if char.isdigit()]


def _slips(one: str, other: str) -> int:
    """How many slips part two words (the optimal string alignment distance)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            best = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, above = above, line
    return above[-1]


def _ratio(one: str, other: str) -> float:
    return round(difflib.SequenceMatcher(None, other, one).ratio(), 6)


def shown(value: object) -> str:
    """A cell's value as a finding shows it: one line, no control characters, not endless."""
    return _shown(f"{value:.15g}" if isinstance(value, float) else str(value))


@lru_cache(maxsize=16_384)
def _shown(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


def displayable(name: str) -> str:
    """A file name that can be written anywhere: bytes that are no UTF-8 become a question mark."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")


def clean(text: str) -> str:
    """Text for one line of a terminal or a message: no control characters, no line breaks, none invisible."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def enumerated(names: Sequence[str], one: str, many: str) -> str:
    """Up to three names in full, of more the first and a number: “a”, “b” and “c”; “a” and 9 other files.

    `one` and `many` are the forms for the latter, "{first} and {n} other file".
    """
    named = [phrase("“{text}”", text=displayable(name)) for name in names]
    if len(named) > 3:
        return phrases(one, many, len(named) - 1, first=named[0])
    if len(named) == 3:
        return phrase("{first}, {second} and {third}", first=named[0], second=named[1], third=named[2])
    return both(named)
