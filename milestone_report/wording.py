"""Money and dates as people read them, in the report's locale (Unicode CLDR, by Babel)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from milestone_report.currency import exponent
from milestone_report.model import Evidence

if TYPE_CHECKING:
    import datetime as dt

EVIDENCE_WORDS = {
    Evidence.FOUND: "signed",
    Evidence.MISSING: "not found",
    Evidence.EMPTY: "empty file",
    Evidence.REFUSED: "outside the folder",
    Evidence.NONE: "none",
    Evidence.LINK: "web link, not checked",
    Evidence.UNCHECKED: "not checked",
}
"""What is known about a sign-off, in the same words in every output."""


@lru_cache(maxsize=65536)
def figure(minor: int, currency: str, locale: str) -> str:
    """An amount without its currency, in the currency's own precision: "12,500.00"."""
    digits = exponent(currency)
    return str(_pattern(digits).apply(Decimal(minor).scaleb(-digits), _locale(locale)))


def money(minor: int, currency: str, locale: str) -> str:
    """An amount with its currency: "12,500.00 EUR"."""
    return f"{figure(minor, currency, locale)} {currency}".strip()


@lru_cache(maxsize=65536)
def long_date(date: dt.date, locale: str) -> str:
    """A date in words, without the weekday: "15 March 2026"."""
    return format_date(date, format="long", locale=locale)


@lru_cache(maxsize=65536)
def short_date(date: dt.date, locale: str) -> str:
    """A date for a table: "15 Mar 2026"."""
    return format_date(date, format="medium", locale=locale)


# Babel would parse both anew for every figure, which takes longer than formatting it.
@lru_cache(maxsize=8)
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    return Locale.parse(name)
