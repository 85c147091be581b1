"""Money: currencies and their minor units (ISO 4217), and amounts read without guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from locale import windows_locale
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN", "zl": "PLN", "₩": "KRW", "원": "KRW", "₺": "TRY", "TL": "TRY",
    "₽": "RUB", "₴": "UAH", "грн": "UAH", "₪": "ILS", "NIS": "ILS", "฿": "THB", "₫": "VND", "₱": "PHP",
    "₦": "NGN", "₵": "GHS", "GH₵": "GHS", "₸": "KZT", "₾": "GEL", "₼": "AZN", "֏": "AMD", "₮": "MNT", "₭": "LAK",
    "៛": "KHR", "৳": "BDT", "Tk": "BDT", "₡": "CRC", "₲": "PYG", "Gs": "PYG", "S/": "PEN", "B/": "PAB",
    "Kč": "CZK", "Ft": "HUF", "лв": "BGN", "ден": "MKD", "RM": "MYR", "Rp": "IDR", "KSh": "KES", "Ksh": "KES",
    "TSh": "TZS", "USh": "UGX", "RMB": "CNY", "CN¥": "CNY", "JP¥": "JPY", "円": "JPY", "Fr.": "CHF", "SFr": "CHF",
    "R$": "BRL", "US$": "USD", "$US": "USD", "$CA": "CAD", "$AU": "AUD", "U$S": "USD", "A$": "AUD", "AU$": "AUD",
    "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "MX$": "MXN", "J$": "JMD", "TT$": "TTD", "EC$": "XCD", "N$": "NAD", "RD$": "DOP",
    "د.إ": "AED", "ر.س": "SAR", "ر.ق": "QAR", "د.ك": "KWD", "د.ب": "BHD", "ر.ع": "OMR", "ج.م": "EGP",
}  # fmt: skip
"""Signs that mean one currency only (CLDR, and what is common on invoices). A full stop may follow them."""

NAMES: dict[str, str] = {
    name: code
    for code, names in {
        "EUR": "euro|euros",
        "GBP": "sterling|pound sterling|pounds sterling|british pound|british pounds|pfund sterling|livre sterling|"
        "livres sterling|libra esterlina|libras esterlinas|lira sterlina|sterlina inglese|pond sterling",
        "USD": "us dollar|us dollars|american dollar|american dollars|dollar américain|dollars américains|"
        "dólar estadounidense|dólares estadounidenses|dólar americano|dólares americanos|dollaro usa|dollari usa|"
        "dollaro statunitense|amerikaanse dollar",
        "CHF": "swiss franc|swiss francs|schweizer franken|franc suisse|francs suisses|franco suizo|francos suizos|"
        "franco suíço|francos suíços|franco svizzero|franchi svizzeri|zwitserse frank",
        "JPY": "yen",
        "PLN": "złoty|zloty",
        "CAD": "canadian dollar|canadian dollars",
        "AUD": "australian dollar|australian dollars",
        "DKK": "danish krone|danish kroner",
        "NOK": "norwegian krone|norwegian kroner",
        "SEK": "swedish krona|swedish kronor",
    }.items()
    for name in names.split("|")
}
"""Names that mean one currency only, in small letters. A lone dollar, pound, franc or krone is shared by several."""

_LONE_LETTERS = {"R": "ZAR"}
"""Letters that are a sign when they stand alone. Others (K, L, P, Q …) abbreviate too much else."""

_ENGLISH_WORDS = frozenset({"ALL", "BOB", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"})
"""Codes that are words, too: "1200 all" is not in Albanian lek, but "1200 ALL" is."""

_DOLLARS = """
USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD BBD BSD BMD BND BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD UYU XCD DOP
"""
_RUPEES = frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"})

SHARED_SYMBOLS: dict[str, frozenset[str]] = {
    "$": frozenset(_DOLLARS.split()),
    "C$": frozenset({"CAD", "NIO"}),
    "¥": frozenset({"JPY", "CNY"}),
    "元": frozenset({"CNY", "TWD", "HKD", "MOP"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"DKK", "ISK"}),
    "Rs": _RUPEES,
    "Rs.": _RUPEES,
    "₨": _RUPEES,
    "lei": frozenset({"RON", "MDL"}),
    "Br": frozenset({"BYN", "ETB"}),
    "Bs": frozenset({"BOB", "VES", "VED"}),
    "Bs.": frozenset({"BOB", "VES", "VED"}),
    "Dh": frozenset({"AED", "MAD"}),
    "Dhs": frozenset({"AED", "MAD"}),
    "FCFA": frozenset({"XAF", "XOF"}),
    "F CFA": frozenset({"XAF", "XOF"}),
}  # fmt: skip
"""Signs that several currencies share: they decide nothing by themselves."""

_REGION_CURRENCY = {
    "US": "USD", "PR": "USD", "EC": "USD", "SV": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD",
    "HK": "HKD", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU", "TW": "TWD", "BN": "BND",
    "JM": "JMD", "TT": "TTD", "BZ": "BZD", "DO": "DOP", "NI": "NIO", "JP": "JPY", "CN": "CNY", "SE": "SEK",
    "NO": "NOK", "DK": "DKK", "FO": "DKK", "GL": "DKK", "IS": "ISK", "IN": "INR", "PK": "PKR", "LK": "LKR",
    "NP": "NPR", "RO": "RON", "MD": "MDL", "BY": "BYN", "ET": "ETB", "BO": "BOB", "VE": "VES", "AE": "AED",
    "MA": "MAD",
}  # fmt: skip
"""What a shared sign means in a region, for number formats such as [$$-409] and [$kr-sv-SE]."""

LARGEST = 10**17
"""Amounts beyond this many minor units are no amounts: Excel itself keeps 15 digits."""

_LONGEST = 60
"""A text of more characters is a remark, no amount."""

# Full-width forms as East Asian keyboards give them, spaces that only look different, typographic minus and
# apostrophe, and marks that nobody sees. Not NFKC: that would make 12001 of "1200¹".
_PLAIN = str.maketrans(
    {chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)}
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
    | dict.fromkeys("\u061c\u200b\u200e\u200f\u2060\ufeff")
    | {"\u2019": "'", "\u2212": "-", "￥": "¥", "￡": "£", "￦": "₩"}
)

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


_SCALES = {code: 10**digits for code, digits in EXPONENTS.items()}
_CERTAIN = 1e15


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
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def spelled_money(minor: int, currency: str) -> str:
    """An amount as findings say it, in English: "12,500.00 EUR"."""
    return f"{Decimal(minor).scaleb(-exponent(currency)):,.{exponent(currency)}f} {currency}".rstrip()


@lru_cache(maxsize=4096)
def known_code(text: str) -> str:
    """The currency a cell, header or setting names by code, by an unshared sign or by its full name, else ""."""
    word = text.strip()
    code = word.upper()
    if code in EXPONENTS:
        return code
    sign = SYMBOLS.get(word) or SYMBOLS.get(word.removesuffix("."), "") or _LONE_LETTERS.get(word, "")
    return sign or NAMES.get(" ".join(word.casefold().replace(".", "").replace("-", " ").split()), "")


@lru_cache(maxsize=4096)
def currency_of_format(number_format: str) -> tuple[str, str]:
    """(code, shared sign) that a number format shows, each "" where there is none (ECMA-376 §18.8.31).

    A locale without a sign ([$-409]) tells how dates and digits look, not which currency it is. Where the
    sections for positive and negative numbers show two currencies, neither is certain. The built-in formats
    5-8 and 37-44 show whatever currency the machine has: they count only where the file spells them out.
    """
    found = {_currency_of_word(word, locale) for word, locale in _words(number_format.translate(_PLAIN))}
    codes, signs = {code for code, _sign in found if code}, {sign for _code, sign in found if sign}
    if len(codes) == 1 and all(codes <= SHARED_SYMBOLS[sign] for sign in signs):
        return codes.pop(), ""
    return ("", signs.pop()) if not codes and len(signs) == 1 else ("", "")


@lru_cache(maxsize=4096)
def scale_of_format(number_format: str) -> str:
    """What a number format writes to a number that is in thousands or millions: "k€" of the format 0" k€".

    "" where it writes no such word, or scales the number, too: there the cell holds what it shows.
    """
    for section in _SECTIONS.findall(number_format.translate(_PLAIN)):
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
    certain = certain or (word == word.upper() and (locale is not None or word not in _ENGLISH_WORDS))
    if certain and (code := known_code(word)):
        return code, ""
    if sign := _shared_sign(word):
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


def _shared_sign(word: str) -> str:
    """The shared sign that a word is, "" where it is none."""
    return next((sign for sign in (word, word.removesuffix(".")) if sign in SHARED_SYMBOLS), "")


def parse_amount(text: str) -> Amount | None:
    """Read an amount written as text, or None where it is no number or could be two different ones.

    "€ 1.200,50", "$1,200", "14 000,00", "1,00,000.00", "(1,200.00)" and "1'250.-" have one reading.
    "1.200" has two, unless a currency stands beside it that has no third decimal.
    """
    readings = amount_readings(text)
    return readings[0] if len(readings) == 1 else None


@lru_cache(maxsize=65536)
def amount_readings(text: str) -> tuple[Amount, ...]:
    """All that an amount written as text can mean: none, one, or two (thousands first, then decimals)."""
    plain = re.sub(" +", " ", text.strip().translate(_PLAIN)).strip().removeprefix("'")
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
        for mark in [side] if _named(side) or _shared_sign(side) else _BESIDE_EACH_OTHER.split(side):
            if code := _named(mark):
                codes.add(code)
            elif sign := _shared_sign(mark):
                signs.add(sign)
            else:
                return None
    if len(codes) > 1 or any(not codes <= SHARED_SYMBOLS[sign] for sign in signs) or len(signs) > 1:
        return None
    return (codes.pop(), "") if codes else ("", signs.pop() if signs else "")


def _named(mark: str) -> str:
    """The code that a mark beside a number names; a small "all" or "try" is the English word."""
    return "" if mark.upper() in _ENGLISH_WORDS and not mark.isupper() else known_code(mark)


def _finest(code: str, sign: str) -> int:
    """The most decimals that a currency beside a number can have; 3 where none stands there."""
    return max((exponent(each) for each in ({code} if code else SHARED_SYMBOLS.get(sign, ()))), default=3)


def _values(match: re.Match[str], finest: int) -> list[Decimal]:
    """The readings of the digits. One separator before three digits parts thousands or decimals."""
    whole = _SEPARATORS.sub("", match["whole"])
    fraction = (match["fraction"] or "").strip("-–—")
    values = [Decimal(f"{whole}.{fraction}" if fraction else whole)]
    doubtful = match["group"] in (".", ",") and match["whole"].count(match["group"]) == 1
    if doubtful and not match["point"] and not match["no_cents"] and finest >= 3:
        values.append(Decimal(match["whole"].replace(",", ".")))
    return values
