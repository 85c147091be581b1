"""Words that know what they say: texts in English, as findings need them, that can be said anew in another language.

They are made where something is seen, also in the processes that read workbooks, long before anybody
knows in which language it will be told. Each is a `str`, so that whoever does not care sees English;
`wording.Language.told` says it in the report's language. Put together by an f-string they are plain
text and stay English: `phrase` puts them together so that they can be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


class Told(str):
    """A text that is made of something else. `made_of` is what `__new__` takes beside the text, for pickling."""

    made_of: tuple[Any, ...]
    __slots__ = ("made_of",)

    def __new__(cls, text: str, *made_of: object) -> Self:
        """The text in English, and what it is made of."""
        told = str.__new__(cls, text)
        told.made_of = made_of
        return told

    def __getnewargs__(self) -> tuple[Any, ...]:
        """How a copy is made in another process."""
        return str(self), *self.made_of


class SpelledMoney(Told):
    """An amount, made of its minor units and currency: see `money.spelled_money`."""

    __slots__ = ()


class SpelledDate(Told):
    """A day, made of its date: see `dates.spelled_date`."""

    __slots__ = ()


class SpelledNumber(Told):
    """A count, made of its number."""

    __slots__ = ()


class Phrase(Told):
    """A text of the catalogue, made of its two forms (the same where no number decides), the number and the facts."""

    __slots__ = ()


def spelled_number(number: int | Decimal) -> str:
    """A count, or a number as it is: "12,500", "43,500.5"."""
    return SpelledNumber(f"{number:,}", number)


def spelled_plainly(number: Decimal) -> str:
    """A number without marks that part thousands: "43500.5"."""
    return SpelledNumber(f"{number:f}", number, "f")


def phrase(text: str, /, **facts: str) -> str:
    """A part of a sentence, or a whole one, with its {blanks} filled."""
    return Phrase(text.format_map(facts) if facts else text, text, text, 1, facts)


def phrases(one: str, many: str, number: int, /, **facts: str) -> str:
    """The same where a number decides the form: "{n} milestone" or "{n} milestones"; {n} is the number."""
    facts["n"] = spelled_number(number)
    return Phrase((one if number == 1 else many).format_map(facts), one, many, number, facts)


class Joined(Told):
    """Parts in a row, made of a phrase that joins two of them, with the blanks {some} and {last}, and the parts.

    Flat, however many there are: a cell can name thousands of files, a sheet thousands of projects.
    """

    __slots__ = ()


def joining(pattern: str) -> str:
    """What stands between two parts: " or " for "{some} or {last}"."""
    return pattern.format(some="", last="")


def either(parts: Sequence[str]) -> str:
    """Parts of which one is meant: "a or b"; "" for none."""
    return _joined(_EITHER, parts)


def listed(parts: Sequence[str]) -> str:
    """Parts with a comma between them: "a, b"; "" for none."""
    return _joined(_LISTED, parts)


def parted(parts: Sequence[str]) -> str:
    """Parts with a semicolon between them: "a; b"; "" for none."""
    return _joined(_PARTED, parts)


def both(parts: Sequence[str]) -> str:
    """Parts in a row: "a", "a and b", "a and b and c"; "" for none."""
    return _joined(_BOTH, parts)


def _joined(pattern: str, parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return parts[0] if parts else ""
    return Joined(joining(pattern).join(parts), pattern, tuple(parts))


_EITHER = phrase("{some} or {last}")
_LISTED = phrase("{some}, {last}")
_PARTED = phrase("{some}; {last}")
_BOTH = phrase("{some} and {last}")
