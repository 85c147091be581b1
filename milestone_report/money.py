"""Money: currencies and their minor units (ISO 4217), and amounts read without guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_TWO_DECIMALS = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
VES WST XCD XCG YER ZAR ZMW ZWG BGN
"""
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DECIMALS = "CLF UYW"

EXPONENTS: dict[str, int] = {
    code: exponent
    for exponent, codes in enumerate((_NO_DECIMALS, "", _TWO_DECIMALS, _THREE_DECIMALS, _FOUR_DECIMALS))
    for code in codes.split()
}
"""Decimals of each currency in use, from the ISO 4217 list (not CLDR, whose cash digits differ)."""

SYMBOLS: dict[str, str] = {
    "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₴": "UAH",
    "₪": "ILS", "฿": "THB", "₫": "VND", "₱": "PHP", "₦": "NGN", "R$": "BRL", "Kč": "CZK", "Ft": "HUF",
    "RM": "MYR", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "MX$": "MXN", "Fr.": "CHF", "SFr.": "CHF",
}  # fmt: skip
"""Signs that mean one currency only."""

_DOLLARS = """
USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD BBD BSD BMD BND BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD UYU XCD DOP
"""

SHARED_SYMBOLS: dict[str, frozenset[str]] = {
    "$": frozenset(_DOLLARS.split()),
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"DKK", "ISK"}),
}  # fmt: skip
"""Signs that several currencies share: they decide nothing by themselves."""

_LOCALE_CURRENCY = {
    "409": "USD", "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "1004": "SGD", "4809": "SGD",
    "C04": "HKD", "80A": "MXN", "2C0A": "ARS", "340A": "CLP", "240A": "COP", "404": "TWD", "411": "JPY",
    "804": "CNY", "41D": "SEK", "81D": "SEK", "414": "NOK", "814": "NOK", "406": "DKK", "40F": "ISK",
}  # fmt: skip
"""Windows locale ids (MS-LCID) for the shared signs in number formats such as [$$-409]."""

LARGEST = 10**17
"""Amounts beyond this many minor units are no amounts: Excel itself keeps 15 digits."""

_SPACES = "\u00a0\u2007\u2009\u202f '\u2019"
_NUMBER = re.compile(r"[0-9][0-9.,]*")
# The suffix is a Windows locale id or, in newer files, a language tag: [$€-407], [$€-de-DE].
_FORMAT_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-([^\]]*))?\]")
_FORMAT_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was written, exact, with the currency code or shared sign beside it ("" for none)."""

    value: Decimal
    currency: str = ""
    sign: str = ""


def exponent(currency: str) -> int:
    """Decimals of a currency; 2 where the currency is not known."""
    return EXPONENTS.get(currency, 2)


def from_number(number: float) -> Decimal:
    """A number cell as people see it: Excel keeps 15 significant digits, the rest is binary noise."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")


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
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def spelled_money(minor: int, currency: str) -> str:
    """An amount as findings say it, in English: "12,500.00 EUR"."""
    return f"{Decimal(minor).scaleb(-exponent(currency)):,.{exponent(currency)}f} {currency}".rstrip()


@lru_cache(maxsize=4096)
def known_code(text: str) -> str:
    """The currency a cell, header or setting names by code or by an unshared sign, else ""."""
    word = text.strip()
    code = word.upper()
    return code if code in EXPONENTS else SYMBOLS.get(word, "")


@lru_cache(maxsize=4096)
def currency_of_format(number_format: str) -> tuple[str, str]:
    """(code, shared sign) that a number format shows, each "" where there is none (ECMA-376 §18.8.31)."""
    for sign, locale in _FORMAT_CURRENCY.findall(number_format):
        found = known_code(sign) if sign in SYMBOLS or sign == sign.upper() else ""
        if sign and not found:
            found = _LOCALE_CURRENCY.get(locale.upper().lstrip("0"), "")
        if found or sign in SHARED_SYMBOLS:
            return found, "" if found else sign
    words = [(quoted or escaped).strip() for quoted, escaped in _FORMAT_LITERAL.findall(number_format)]
    bare = _FORMAT_LITERAL.sub(" ", _FORMAT_CURRENCY.sub(" ", number_format))
    words += [char for char in bare if char in "€£₹₩₺₽₴₪฿₫₱$¥"]
    for word in words:
        # Codes only in capitals: a format that shows "all" behind the number is not in Albanian lek.
        if (word in SYMBOLS or word == word.upper()) and (found := known_code(word)):
            return found, ""
        if word in SHARED_SYMBOLS:
            return "", word
    return "", ""


@lru_cache(maxsize=65536)
def parse_amount(text: str) -> Amount | None:
    """Read an amount written as text, or None where it is no number or could be two different ones.

    "€ 1.200,50", "$1,200", "14 000,00", "(1,200.00)" and "1'250.-" have one reading. "1.200" has
    two, unless a currency stands beside it that has no third decimal.
    """
    rest = text.strip()
    negative = False
    if rest.startswith("(") and rest.endswith(")"):
        negative, rest = True, rest[1:-1].strip()
    rest = rest.replace("\u2212", "-")
    body = rest
    for space in _SPACES:
        body = body.replace(space, "")
    match = _NUMBER.search(body)
    if match is None:
        return None
    before, after = body[: match.start()], body[match.end() :]
    digits = match.group()
    if after in ("-", "\u2013") and digits.endswith((".", ",")):  # Swiss and German "1'250.-"
        digits, after = digits[:-1], ""
    if any(outer.count("-") > 0 for outer in (before, after)):
        if (before + after).count("-") > 1 or negative:
            return None
        negative = True
    mark = (before.replace("-", "").removeprefix("+") + " " + after.replace("-", "")).strip()
    code = known_code(mark)
    if (mark and not code and mark not in SHARED_SYMBOLS) or not _grouping_ok(rest):
        return None
    candidates = {code} if code else SHARED_SYMBOLS.get(mark, frozenset())
    finest = max((exponent(candidate) for candidate in candidates), default=None)
    plain = _plain_number(digits, finest)
    if plain is None:
        return None
    value = Decimal(plain)
    return Amount(-value if negative else value, code, "" if code else mark)


def _grouping_ok(text: str) -> bool:
    """Whether spaces and apostrophes between digits only part thousands: "14 000" but not "28 1 19"."""
    parts = re.split(rf"(?<=\d)[{_SPACES}]+(?=\d)", text)
    if len(parts) == 1:
        return True
    if any(mark in part for part in parts[:-1] for mark in ".,"):
        return False  # "1,000 000" parts thousands in two ways at once
    inner = [re.sub(r"[^\d].*$", "", part) if index == len(parts) - 1 else part for index, part in enumerate(parts)]
    first = re.sub(r"^.*[^\d]", "", inner[0])
    return 1 <= len(first) <= 3 and all(len(part) == 3 and part.isdigit() for part in inner[1:])


def _plain_number(digits: str, finest: int | None) -> str | None:
    """Digits with separators as a plain decimal, or None where two readings are possible.

    `finest` is the number of decimals of the currency that stands beside the number, if any.
    """
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = "." if digits.rfind(".") > digits.rfind(",") else ","
        if digits.count(decimal) > 1:
            return None
        whole, _, fraction = digits.partition(decimal)
        return _joined(whole, "," if decimal == "." else ".", fraction)
    separator = "." if points else ","
    if points + commas == 0:
        return digits
    if points + commas > 1:
        return _joined(digits, separator, "")
    whole, _, fraction = digits.partition(separator)
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return whole + fraction if finest is not None and finest < 3 else None
    return f"{whole}.{fraction}" if fraction else None


def _joined(whole: str, separator: str, fraction: str) -> str | None:
    """Thousands put together again, or None where a group has not three digits."""
    first, *groups = whole.split(separator)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
        return None
    try:
        return str(Decimal(f"{first}{''.join(groups)}.{fraction or '0'}"))
    except InvalidOperation:
        return None
