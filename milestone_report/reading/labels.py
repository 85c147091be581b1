"""What the words of a row that has nothing else beside its money say: a sum, a tax, perhaps a sum, the last part."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.currency import known_code
from milestone_report.text import fold

if TYPE_CHECKING:
    from milestone_report.reading.vocabulary import Vocabulary

_WORDS = re.compile(r"[^\W\d_]+|[€£$¥]")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%")
TOTAL = re.compile("tot|sum|som|gesamt|ergebnis|overall")
"""What every label of a total has in it in small letters, where it is written without accents."""
_HIGHEST_RATE = 27
"""No VAT is higher. A greater share is nearly always a milestone's of the contract."""
_SHORT = 3
"""Words of a label in which what is left to pay is no more than the first word of a longer name."""


class Says(Enum):
    """What a label says. A `WITHIN` has the word for a total in it, where a milestone may have it, too."""

    NOTHING = 0
    SUM = 1
    RUNNING = 2
    BESIDE = 3
    TAX = 4
    WITHIN = 5
    LEFT = 6
    MAYBE = 7
    LAST_PART = 8


CERTAIN = frozenset({Says.SUM, Says.RUNNING, Says.BESIDE, Says.TAX})
"""What a row with such a label is, unless something beside the money says that it is a milestone."""


def says(label: str, words: Vocabulary) -> Says:
    """What a label says, alone or with a number or a currency beside it."""
    return _says(tuple(folded_words(label)), words)


@lru_cache(maxsize=16_384)
def _says(parts: tuple[str, ...], words: Vocabulary) -> Says:
    if not parts:
        return Says.NOTHING
    first, last, whole = parts[0], parts[-1], "".join(parts)
    signs = (
        (Says.TAX, first in words.taxes or whole in words.taxes),
        (Says.RUNNING, whole in words.running),
        (Says.BESIDE, whole in words.beside_totals),
        (Says.SUM, first in words.totals_begin or words.totals.intersection((whole, "".join(parts[:2])))),
        (Says.WITHIN, words.totals_within.intersection(parts) or "".join(parts[-2:]) in words.totals),
        (Says.LAST_PART, any(part.endswith(words.last_part) for part in parts)),
        (Says.LEFT, len(parts) <= _SHORT and words.left.intersection((first, last))),
        (Says.MAYBE, whole in words.maybe_sums),
    )
    return next((meant for meant, found in signs if found), Says.NOTHING)


@lru_cache(maxsize=16_384)
def is_total(text: str, words: Vocabulary) -> bool:
    """Whether a text is a totals label, alone or with a currency beside it: "Total EUR:"."""
    return "".join(folded_words(text)) in words.totals


@lru_cache(maxsize=16_384)
def may_be_total(text: str, words: Vocabulary) -> bool:
    """Whether a text is a totals label, or begins as one, or has the word for one in it. Quick for all others."""
    if text.isascii() and not TOTAL.search(text.replace(" ", "").lower()):
        return False
    return is_total(text, words) or says(text, words) in {Says.SUM, Says.WITHIN}


def words_of(label: str) -> list[str]:
    """The words of a label without numbers, and signs of currencies."""
    return _WORDS.findall(label.replace("\N{N-ARY SUMMATION}", "\N{GREEK CAPITAL LETTER SIGMA}"))


def folded_words(label: str) -> list[str]:
    """The words of a label without currencies. Each is folded alone: words come again and again, whole names do not."""
    kept = (fold(word) for word in words_of(label) if not (word.isupper() and known_code(word)))
    return [word for word in kept if word]


def stem(label: str, words: Vocabulary) -> str:
    """What a subtotal is of, folded: "Phase 1 Total" is of "phase1"; "" where the label does not tell."""
    kept = [part for part in re.findall(r"[^\W_]+", label) if fold(part) not in words.totals_within]
    return fold("".join(kept))


def percent(label: str) -> Decimal:
    """The rate of a tax or of a small share that a label names: 19 of "Add 19%"; 0 where it names none."""
    found = _PERCENT.search(label) if "%" in label else None
    number = Decimal(found[1].replace(",", ".")) if found else Decimal(0)
    return number if number <= _HIGHEST_RATE else Decimal(0)
