"""Money: whole minor units of a currency, and amounts read without guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from milestone_report.currency import ENGLISH_WORDS, EXPONENTS, PLAIN, SHARED_SYMBOLS, exponent, known_code, shared_sign
from milestone_report.facts import SpelledMoney

LARGEST = 10**17
"""Amounts beyond this many minor units are no amounts: Excel itself keeps 15 digits."""

_LONGEST = 60
"""A text of more characters is a remark, no amount."""

# Thousands are parted in one way throughout, the Indian way has pairs before the last three digits. In
# place of decimals may stand dashes ("1'250.-", "1.200,–") or the Indian "/-": no cents.
_AMOUNT = re.compile(
    r"""
    (?P<sign>[-+(]?)[ ]?(?P<lead>\D*?)[ ]?(?P<inner_sign>[-+(]?)[ ]?
    (?P<whole>[1-9]\d{0,2}(?P<group>[., '])\d{3}(?:(?P=group)\d{3})* | [1-9]\d?(?:,\d\d)+,\d{3}(?!,) | \d+)
    (?:(?P<point>(?!(?P=group))[.,])(?P<fraction>\d+|[-–—]{1,2}) | (?P<no_cents>/[-=]))?
    [ ]?(?P<inner_end>[-)]?)[ ]?(?P<trail>\D*?)[ ]?(?P<end>[-)]?)
    """,
    re.VERBOSE | re.ASCII,
)
_NEGATIVE = {("", ""): False, ("+", ""): False, ("-", ""): True, ("", "-"): True, ("(", ")"): True}
_SEPARATORS = re.compile(r"[., ']")
_BESIDE_EACH_OTHER = re.compile(r" |(?<=[A-Z]{3})(?=[^\w\s])|(?<=[^\w\s])(?=[A-Z]{3})")
"""Where two marks meet: "USD $", "USD$"."""

_SCALES = {code: 10**digits for code, digits in EXPONENTS.items()}
_CERTAIN = 1e15


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was written, exact, with the currency code or shared sign beside it ("" for none)."""

    value: Decimal
    currency: str = ""
    sign: str = ""


def from_number(number: float) -> Decimal:
    """A number cell as people see it: Excel keeps 15 significant digits, the rest is binary noise."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")


def minor_of_float(number: float, currency: str) -> int | None:
    """Whole minor units of a number cell that has no more decimals than the currency, else None: quicker than exact.

    A decimal of at most 15 digits is the only one that reads as its float, so equal floats are equal amounts.
    """
    scale = _SCALES[currency]
    scaled = number * scale
    if not -_CERTAIN < scaled < _CERTAIN:
        return None
    minor = round(scaled)
    return minor if minor / scale == number else None


def to_minor(value: Decimal, currency: str) -> tuple[int, bool]:
    """Whole minor units, half away from zero, and whether nothing was lost by it.

    Raises OverflowError where the amount is beyond LARGEST.
    """
    scaled = value.scaleb(exponent(currency))
    if not scaled.is_finite() or abs(scaled) > LARGEST:
        raise OverflowError(value)
    whole = scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int(whole), whole == scaled


def decimal_text(minor: int, currency: str) -> str:
    """Minor units as a plain decimal string in the currency's precision: "1200.00", "1500"."""
    digits = exponent(currency)
    if not digits:
        return str(minor)
    whole, rest = divmod(abs(minor), _SCALES.get(currency, 100))  # whole numbers, as `spelled_money` has them
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{digits}}"


def spelled_money(minor: int, currency: str) -> str:
    """An amount as findings say it: "12,500.00 EUR", or as the report's language has it."""
    scale = _SCALES.get(currency, 100)
    whole, rest = divmod(abs(minor), scale)  # whole numbers: exact, and findings spell a great many
    if scale == 100:
        text = f"{whole:,}.{rest:02}"
    else:
        digits = exponent(currency)
        text = f"{whole:,}.{rest:0{digits}}" if digits else f"{whole:,}"
    return SpelledMoney(f"{'-' if minor < 0 else ''}{text} {currency}".rstrip(), minor, currency)


def parse_amount(text: str) -> Amount | None:
    """Read an amount written as text, or None where it is no number or could be two different ones.

    "€ 1.200,50", "$1,200", "14 000,00", "1,00,000.00", "(1,200.00)" and "1'250.-" have one reading.
    "1.200" and "1,200" have two. A currency beside it that has no third decimal settles the comma
    ("$1,200"), but not the point: "EUR 1.200" is one euro twenty to whoever types three decimals.
    """
    readings = amount_readings(text)
    return readings[0] if len(readings) == 1 else None


@lru_cache(maxsize=65536)
def amount_readings(text: str) -> tuple[Amount, ...]:
    """All that an amount written as text can mean: none, one, or two (thousands first, then decimals)."""
    plain = re.sub(" +", " ", text.strip().translate(PLAIN)).strip().removeprefix("'")
    match = _AMOUNT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None:
        return ()
    negative = _NEGATIVE.get((match["sign"] + match["inner_sign"], match["inner_end"] + match["end"]))
    currency = _currency_beside(match["lead"], match["trail"])
    if negative is None or currency is None:
        return ()
    values = _values(match, _finest(*currency))
    return tuple(Amount(value.copy_negate() if negative else value, *currency) for value in values)


def _currency_beside(lead: str, trail: str) -> tuple[str, str] | None:
    """(code, shared sign) of what is written round a number; None where it is no currency, or two."""
    codes, signs = set(), set()
    for side in filter(None, (lead, trail)):
        for mark in [side] if _named(side) or shared_sign(side) else _BESIDE_EACH_OTHER.split(side):
            if code := _named(mark):
                codes.add(code)
            elif sign := shared_sign(mark):
                signs.add(sign)
            else:
                return None
    if len(codes) > 1 or any(not codes <= SHARED_SYMBOLS[sign] for sign in signs) or len(signs) > 1:
        return None
    return (codes.pop(), "") if codes else ("", signs.pop() if signs else "")


def _named(mark: str) -> str:
    """The code that a mark beside a number names; a small "all" or "try" is the English word."""
    return "" if mark.upper() in ENGLISH_WORDS and not mark.isupper() else known_code(mark)


def _finest(code: str, sign: str) -> int:
    """The most decimals that a currency beside a number can have; 3 where none stands there."""
    return max((exponent(each) for each in ({code} if code else SHARED_SYMBOLS.get(sign, ()))), default=3)


def _values(match: re.Match[str], finest: int) -> list[Decimal]:
    """The readings of the digits. One separator before three digits parts thousands or decimals."""
    whole = _SEPARATORS.sub("", match["whole"])
    fraction = (match["fraction"] or "").strip("-–—")
    values = [Decimal(f"{whole}.{fraction}" if fraction else whole)]
    doubtful = match["group"] in (".", ",") and match["whole"].count(match["group"]) == 1
    settled = match["point"] or match["no_cents"] or (match["group"] == "," and finest < 3)
    if doubtful and not settled:
        values.append(Decimal(match["whole"].replace(",", ".")))
    return values
