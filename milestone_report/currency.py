"""The currencies there are (ISO 4217), and how people name them: codes, signs, words."""

from __future__ import annotations

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

ENGLISH_WORDS = frozenset({"ALL", "BOB", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"})
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

# Full-width forms as East Asian keyboards give them, spaces that only look different, typographic minus and
# apostrophe, and marks that nobody sees. Not NFKC: that would make 12001 of "1200¹".
PLAIN = str.maketrans(
    {chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)}
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
    | dict.fromkeys("\u061c\u200b\u200e\u200f\u2060\ufeff")
    | {"\u2019": "'", "\u2212": "-", "￥": "¥", "￡": "£", "￦": "₩"}
)


def exponent(currency: str) -> int:
    """Decimals of a currency; 2 where the currency is not known."""
    return EXPONENTS.get(currency, 2)


@lru_cache(maxsize=4096)
def known_code(text: str) -> str:
    """The currency a cell, header or setting names by code, by an unshared sign or by its full name, else ""."""
    word = text.strip()
    code = word.upper()
    if code in EXPONENTS:
        return code
    sign = SYMBOLS.get(word) or SYMBOLS.get(word.removesuffix("."), "") or _LONE_LETTERS.get(word, "")
    return sign or NAMES.get(" ".join(word.casefold().replace(".", "").replace("-", " ").split()), "")


def shared_sign(word: str) -> str:
    """The shared sign that a word is, "" where it is none."""
    return next((sign for sign in (word, word.removesuffix(".")) if sign in SHARED_SYMBOLS), "")
