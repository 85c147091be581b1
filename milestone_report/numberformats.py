"""What an Excel number format says about the number in its cell: a currency, and thousands or millions (§18.8.31)."""

from __future__ import annotations

import re
from functools import lru_cache
from locale import windows_locale
from typing import TYPE_CHECKING

from milestone_report.currency import (
    ENGLISH_WORDS,
    EXPONENTS,
    NAMES,
    PLAIN,
    SHARED_SYMBOLS,
    SYMBOLS,
    known_code,
    shared_sign,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_REGION_CURRENCY = {
    "US": "USD", "PR": "USD", "EC": "USD", "SV": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD",
    "HK": "HKD", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU", "TW": "TWD", "BN": "BND",
    "JM": "JMD", "TT": "TTD", "BZ": "BZD", "DO": "DOP", "NI": "NIO", "JP": "JPY", "CN": "CNY", "SE": "SEK",
    "NO": "NOK", "DK": "DKK", "FO": "DKK", "GL": "DKK", "IS": "ISK", "IN": "INR", "PK": "PKR", "LK": "LKR",
    "NP": "NPR", "RO": "RON", "MD": "MDL", "BY": "BYN", "ET": "ETB", "BO": "BOB", "VE": "VES", "AE": "AED",
    "MA": "MAD",
}  # fmt: skip
"""What a shared sign means in a region, for number formats such as [$$-409] and [$kr-sv-SE]."""

# One piece of a number format (§18.8.31): quoted, escaped, a width or a filler, a currency with a Windows
# locale id or a language tag ([$€-407], [$€-de-DE]), a colour or condition, or one character.
_FORMAT_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]'
    r"|\[[^\]]*\]|(?P<bare>.)",
    re.DOTALL,
)
_BARE_SIGNS = frozenset(sign for sign in (*SYMBOLS, *SHARED_SYMBOLS) if len(sign) == 1 and not sign.isalpha())
_AROUND_WORDS = re.compile(r"[\s()+-]+")
_SECTIONS = re.compile(r'((?:"[^"]*"?|\\.|[^;])+)', re.DOTALL)
_BY_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
"""Commas behind the last digit scale the number: 12000 in the format 0.0,"k" shows 12.0k (§18.8.31)."""

_SCALES_IN_WORDS = frozenset("k t tsd m mn mio mil mill bn mrd md tys thousand thousands million millions".split())


@lru_cache(maxsize=4096)
def currency_of_format(number_format: str) -> tuple[str, str]:
    """(code, shared sign) that a number format shows, each "" where there is none (ECMA-376 §18.8.31).

    A locale without a sign ([$-409]) tells how dates and digits look, not which currency it is. Where the
    sections for positive and negative numbers show two currencies, neither is certain. The built-in formats
    5-8 and 37-44 show whatever currency the machine has: they count only where the file spells them out.
    """
    found = {_currency_of_word(word, locale) for word, locale in _words(number_format.translate(PLAIN))}
    codes, signs = {code for code, _sign in found if code}, {sign for _code, sign in found if sign}
    if len(codes) == 1 and all(codes <= SHARED_SYMBOLS[sign] for sign in signs):
        return codes.pop(), ""
    return ("", signs.pop()) if not codes and len(signs) == 1 else ("", "")


@lru_cache(maxsize=4096)
def scale_of_format(number_format: str) -> str:
    """What a number format writes to a number that is in thousands or millions: "k€" of the format 0" k€".

    "" where it writes no such word, or scales the number, too: there the cell holds what it shows.
    """
    for section in _SECTIONS.findall(number_format.translate(PLAIN)):
        if not _BY_THOUSANDS.search(_FORMAT_PIECE.sub(lambda piece: piece["bare"] or " ", section)):
            for word, _locale in _words(section):
                if _without_currency(word).casefold() in _SCALES_IN_WORDS:
                    return word
    return ""


def _without_currency(word: str) -> str:
    """A word without the signs and the code of a currency round it: "TEUR" is "T"."""
    bare = word.strip("".join(_BARE_SIGNS) + ".")
    return bare[:-3] if len(bare) > 3 and bare[-3:] in EXPONENTS else bare


def _words(number_format: str) -> Iterator[tuple[str, str | None]]:
    """What a format shows beside the digits: (word, None), and (currency, locale) for each [$currency-locale]."""
    literal = ""
    for piece in _FORMAT_PIECE.finditer(number_format):
        if piece["currency"] is not None:
            yield piece["currency"].strip(), piece["locale"] or ""
        shown = piece["quoted"] or piece["escaped"] or piece["bare"] or " "
        literal += " " if piece["bare"] and shown not in _BARE_SIGNS else shown
    for word in _AROUND_WORDS.split(literal):
        yield word, None


def _currency_of_word(word: str, locale: str | None) -> tuple[str, str]:
    """(code, shared sign) of one word of a format; `locale` is None where it stands outside [$…]."""
    # Codes only in capitals: a format that shows "all" behind the number is not in Albanian lek.
    certain = word in SYMBOLS or word.casefold() in NAMES
    certain = certain or (word == word.upper() and (locale is not None or word not in ENGLISH_WORDS))
    if certain and (code := known_code(word)):
        return code, ""
    if sign := shared_sign(word):
        code = _REGION_CURRENCY.get(_region(locale or ""), "")
        return (code, "") if code in SHARED_SYMBOLS[sign] else ("", sign)
    # A scale may be written to the sign: "k€".
    char = next((char for char in word if char in _BARE_SIGNS), "")
    return SYMBOLS.get(char, ""), "" if char in SYMBOLS else char


def _region(locale: str) -> str:
    """The region of a Windows locale id ([MS-LCID]; higher bits tell digits and calendar) or a language tag."""
    try:
        name = windows_locale.get(int(locale, 16) & 0xFFFF, "")
    except ValueError:
        name = locale
    return name.replace("_", "-").rpartition("-")[2].upper()
