from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.currency import EXPONENTS, NAMES, SHARED_SYMBOLS, SYMBOLS, exponent, known_code
from milestone_report.money import (
    LARGEST,
    Amount,
    amount_readings,
    decimal_text,
    from_number,
    minor_of_float,
    parse_amount,
    to_minor,
)
from milestone_report.numberformats import currency_of_format, scale_of_format


@pytest.mark.parametrize(
    ("text", "value", "currency", "sign"),
    [
        ("€ 1.200,50", "1200.50", "EUR", ""),
        ("$1,200", "1200", "", "$"),
        ("14 000,00", "14000.00", "", ""),
        ("14\u00a0000,00", "14000.00", "", ""),
        ("14\u202f000", "14000", "", ""),
        ("CHF 1’250.50", "1250.50", "CHF", ""),
        ("1'250.-", "1250", "", ""),
        ("(1,200.00)", "-1200.00", "", ""),
        ("1200-", "-1200", "", ""),
        ("−4", "-4", "", ""),
        ("-€ 1.200,50", "-1200.50", "EUR", ""),
        ("1200 EUR", "1200", "EUR", ""),
        ("EUR1200", "1200", "EUR", ""),
        ("US$ 12.50", "12.50", "USD", ""),
        ("kr 1 200", "1200", "", "kr"),
        ("1.234.567", "1234567", "", ""),
        ("1.200.000,5", "1200000.5", "", ""),
        ("1234.567", "1234.567", "", ""),
        ("0.250", "0.250", "", ""),
        ("€1.200.000", "1200000", "EUR", ""),
        ("1200", "1200", "", ""),
        ("+5", "5", "", ""),
        ("1,5", "1.5", "", ""),
        ("1,00,000.00", "100000.00", "", ""),
        ("₹ 12,34,567", "1234567", "INR", ""),
        ("Rs. 1,200/-", "1200", "", "Rs."),
        ("CHF 1'200.–", "1200", "CHF", ""),
        ("1.200,–", "1200", "", ""),
        ("1,200.- EUR", "1200", "EUR", ""),
        ("EUR 1 200,50", "1200.50", "EUR", ""),
        ("1200,00-", "-1200.00", "", ""),
        ("(€1,200.00)", "-1200.00", "EUR", ""),
        ("€(1,200.00)", "-1200.00", "EUR", ""),
        ("€-1,200", "-1200", "EUR", ""),
        ("1 200,00- €", "-1200.00", "EUR", ""),
        ("１，２００.５０", "1200.50", "", ""),
        ("￥1,200", "1200", "", "¥"),
        ("\u200e-5\u00a0€", "-5", "EUR", ""),
        ("'1200.50", "1200.50", "", ""),
        ("$1,200 USD", "1200", "USD", ""),
        ("USD$1,200", "1200", "USD", ""),
        ("CAD $ 1,200", "1200", "CAD", ""),
        ("1200 $US", "1200", "USD", ""),
        ("R 1 200,50", "1200.50", "ZAR", ""),
        ("RM1,200.00", "1200.00", "MYR", ""),
        ("1.200,00 TL", "1200.00", "TRY", ""),
        ("лв. 5", "5", "BGN", ""),
        ("1200 ALL", "1200", "ALL", ""),
        ("eur 5", "5", "EUR", ""),
    ],
)
def test_an_amount_with_one_reading_is_read(text: str, value: str, currency: str, sign: str) -> None:
    assert parse_amount(text) == Amount(Decimal(value), currency, sign)


@pytest.mark.parametrize(
    "text",
    [
        "1.200", "1,200", "KWD 1.200", "€1.200", "EUR 1.200", "1.200 TL",
        "12k", "TBC", "", "-", "1,2,3", "1.2.3", "12 34", "28/1/19;12/2/19", "--5",
        "(-5)", "5.", ".5", "1,200.50.1", "1.200,50,1", "1e5", "10%", "EUR", "1 200 30", "12 000 00", "1,2000.50",
        "EUR 5 USD", "5 apples", "²", "٣", "0x10", "1_000", "NaN", "inf", "1,000 000",
        "n/a", "--", "—", "€ -", "-,-", "1E+03", "=1+2", "£1,200 + VAT", "1200 EUR net", "ca. 1200", "~1200", "1200?",
        "1200+", "1,200.00 CR", "1,200.00 DR", "1,200-", "–1200", "+-5", "(5-)", "(5", "5)", "(EUR) 5", "E-UR 5",
        "1200\n300", "1200\t300", "1 200'000", "1.200'50", "1,200,00", "1,00,000,50", "0,500,000", "1200¹",
        "½", "١٢٠٠", "\u202e5", "EUR £5", "USD kr 5", "5 all", "5 try", "CHF $5", "12/5", "1200/", "5 R R$", "9" * 61,
    ],
)  # fmt: skip
def test_an_amount_with_none_or_two_readings_is_refused(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.200", ["1200", "1.200"]),
        ("-1,200", ["-1200", "-1.200"]),
        ("KWD 1.200", ["1200", "1.200"]),
        ("€1.200", ["1200", "1.200"]),
        ("EUR 1.200", ["1200", "1.200"]),
        ("-1.200 $", ["-1200", "-1.200"]),
        ("€1,200", ["1200"]),
    ],
)
def test_both_readings_of_a_doubtful_amount_are_named(text: str, readings: list[str]) -> None:
    assert [amount.value for amount in amount_readings(text)] == [Decimal(reading) for reading in readings]


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", ".", " ", "'", "\u202f"]))
def test_a_whole_and_two_decimals_are_read_back_in_every_grouping(minor: int, group: str) -> None:
    decimal = "." if group == "," else ","
    whole, fraction = divmod(abs(minor), 100)
    text = ("-" if minor < 0 else "") + f"{whole:,}".replace(",", group) + f"{decimal}{fraction:02}"
    amount = parse_amount(text)
    assert amount is not None
    assert to_minor(amount.value, "EUR") == (minor, True)


LOCALES = (
    "ar_AE ar_EG bg_BG cs_CZ da_DK de_AT de_CH de_DE en_CA en_GB en_IN en_KE en_US en_ZA es_CL es_ES es_MX es_PE fa_IR "
    "fi_FI fr_CA fr_CH fr_FR he_IL hi_IN hu_HU id_ID it_CH it_IT ja_JP ko_KR ms_MY nb_NO nl_BE nl_NL pl_PL pt_BR pt_PT "
    "ro_RO ru_RU sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_TW"
).split()


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(LOCALES),
    st.sampled_from(sorted(EXPONENTS)),
    st.sampled_from(["standard", "accounting"]),
)
def test_an_amount_as_any_country_writes_it_is_read_back_or_refused(
    minor: int, locale: str, currency: str, style: Literal["standard", "accounting"]
) -> None:
    value = Decimal(decimal_text(minor, currency))
    text = format_currency(
        value, currency, locale=locale, format_type=style, currency_digits=False, decimal_quantization=False
    )
    readings = amount_readings(text)
    assert not readings or value in [amount.value for amount in readings]
    for amount in readings:
        assert amount.currency in ("", currency)
        assert not amount.sign or currency in SHARED_SYMBOLS[amount.sign]


@given(st.text(max_size=30))
def test_no_text_at_all_upsets_the_parser(text: str) -> None:
    amount = parse_amount(text)
    assert amount is None or amount.value.is_finite()


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(sorted(EXPONENTS)))
def test_minor_units_and_their_text_are_the_same_amount(minor: int, currency: str) -> None:
    assert to_minor(Decimal(decimal_text(minor, currency)), currency) == (minor, True)


@given(st.integers(-(10**13), 10**13))
def test_a_float_cell_with_cents_is_exact(minor: int) -> None:
    assert to_minor(from_number(minor / 100), "EUR") == (minor, True)


def test_what_the_currency_cannot_hold_is_rounded_half_away_from_zero_and_said() -> None:
    assert to_minor(Decimal("10.005"), "EUR") == (1001, False)
    assert to_minor(Decimal("-10.005"), "EUR") == (-1001, False)
    assert to_minor(Decimal("1500.5"), "JPY") == (1501, False)
    assert to_minor(Decimal("1.2345"), "KWD") == (1235, False)


def test_binary_noise_is_no_extra_decimal() -> None:
    assert to_minor(from_number(0.1 + 0.2), "EUR") == (30, True)


def test_an_amount_beyond_all_reason_is_refused() -> None:
    with pytest.raises(OverflowError):
        to_minor(Decimal("1e30"), "EUR")


@pytest.mark.parametrize(("currency", "digits"), [("JPY", 0), ("EUR", 2), ("KWD", 3), ("CLF", 4), ("", 2)])
def test_exponents_are_those_of_iso_4217(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


def test_every_sign_means_known_currencies() -> None:
    assert set(SYMBOLS.values()) <= set(EXPONENTS)
    assert frozenset().union(*SHARED_SYMBOLS.values()) <= set(EXPONENTS)
    assert not set(SYMBOLS) & set(SHARED_SYMBOLS)


@pytest.mark.parametrize(
    ("text", "code"),
    [("eur", "EUR"), (" € ", "EUR"), ("$", ""), ("EURO", "EUR"), ("", ""),
     ("RM", "MYR"), ("R", "ZAR"), ("Rp", "IDR"), ("₦", "NGN"), ("KSh", "KES"), ("лв.", "BGN"), ("S/", "PEN"),
     ("B/.", "PAB"), ("NT$", "TWD"), ("R$", "BRL"), ("د.إ", "AED"), ("RMB", "CNY"), ("C$", ""), ("Rs", ""), ("Q", "")],
)  # fmt: skip
def test_a_code_or_an_unshared_sign_names_a_currency(text: str, code: str) -> None:
    assert known_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("Euro", "EUR"), ("euros", "EUR"), ("Pound sterling", "GBP"), ("US-Dollar", "USD"), ("U.S.  dollars", "USD"),
     ("Schweizer Franken", "CHF"), ("francs suisses", "CHF"), ("Yen", "JPY"), ("Danish kroner", "DKK"),
     ("Dollar", ""), ("Pounds", ""), ("Pfund", ""), ("Franc", ""), ("Krone", ""), ("Euro/Dollar", "")],
)  # fmt: skip
def test_a_name_that_several_currencies_share_names_none(text: str, code: str) -> None:
    assert known_code(text) == code


def test_every_name_is_that_of_a_known_currency() -> None:
    assert set(NAMES.values()) <= set(EXPONENTS)
    assert not {name.upper() for name in NAMES} & set(EXPONENTS)


def test_a_name_beside_a_number_or_in_its_format_counts_as_a_sign_does() -> None:
    assert parse_amount("1.200,00 Euro") == Amount(Decimal("1200.00"), "EUR")
    assert parse_amount("1,200.50 US dollars") == Amount(Decimal("1200.50"), "USD")
    assert parse_amount("1,200.50 dollars") is None
    assert currency_of_format('#,##0.00 "Euro"') == ("EUR", "")
    assert currency_of_format('#,##0.00 "Dollar"') == ("", "")


@pytest.mark.parametrize(
    ("number_format", "found"),
    [
        ("[$€-2] #,##0.00", ("EUR", "")),
        ("_-[$€-2]* #,##0.00_-", ("EUR", "")),
        ('"£"#,##0', ("GBP", "")),
        ("[$£-809]#,##0.00", ("GBP", "")),
        ("[$EUR] #,##0.00", ("EUR", "")),
        ("#,##0.00\\ [$SEK]", ("SEK", "")),
        ("[$$-409]#,##0", ("USD", "")),
        ("[$$-C09]#,##0", ("AUD", "")),
        ("#,##0\\ [$kr-41D]", ("SEK", "")),
        ('#,##0.00\\ "€"', ("EUR", "")),
        ("€#,##0", ("EUR", "")),
        ('"$"#,##0', ("", "$")),
        ("$#,##0.00", ("", "$")),
        ("[$-409]d mmm yyyy", ("", "")),
        ("#,##0.00", ("", "")),
        ("General", ("", "")),
        ('#,##0 "days"', ("", "")),
        ("[Red]#,##0", ("", "")),
        ("#,##0.00 [$€-de-DE]", ("EUR", "")),
        ("[$£-en-GB]#,##0.00", ("GBP", "")),
        ("[$-en-US]d mmm yyyy", ("", "")),
        ("#,##0 [$zł-415]", ("PLN", "")),
        ('#,##0 "all"', ("", "")),
        ('#,##0 "ALL"', ("", "")),
        ("#,##0 [$ALL]", ("ALL", "")),
        # A locale alone is no currency; beside a literal sign it is none, either.
        ("[$-409]#,##0.00", ("", "")),
        ('[$-409]"$"#,##0.00', ("", "$")),
        # Higher bits of a locale tell digits and calendar; a language tag does as well as a number.
        ("[$$-1010409]#,##0", ("USD", "")),
        ("[$$-en-CA]#,##0", ("CAD", "")),
        ("[$¥-ja-JP]#,##0", ("JPY", "")),
        ("[$￥-804]#,##0", ("CNY", "")),
        ("[$R-1C09] #,##0", ("ZAR", "")),
        ("[$₹-4009]#,##0", ("INR", "")),
        ("[$Rs.-420]#,##0", ("PKR", "")),
        ("[$kr-81D]#,##0", ("", "kr")),  # Swedish in Finland, where nothing costs crowns
        ("[$pts-409]#,##0", ("", "")),
        ('"R"#,##0', ("ZAR", "")),
        ('#,##0.00\\ "kr"', ("", "kr")),
        ("#,##0\\ \\z\\ł", ("PLN", "")),
        ('"US"$#,##0', ("USD", "")),
        ('"Total EUR" 0', ("EUR", "")),
        ('0.0,"k€"', ("EUR", "")),
        ('0.0,"k$"', ("", "$")),
        ("[Red][>=1000]#,##0", ("", "")),
        ("[Red]-#,##0 €", ("EUR", "")),
        ('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_)', ("", "$")),
        ("_-[$£-809]* #,##0_-;-[$£-809]* #,##0_-;@", ("GBP", "")),
        # One currency for what is owed and another for credits: neither is certain.
        ("[$€-2]#,##0;-[$$-409]#,##0", ("", "")),
        ('"$"#,##0;-[$USD]#,##0', ("USD", "")),
        ('"$"#,##0;-"kr"#,##0', ("", "")),
    ],
)
def test_the_currency_of_a_number_format(number_format: str, found: tuple[str, str]) -> None:
    assert currency_of_format(number_format) == found


@pytest.mark.parametrize(
    ("number_format", "scale"),
    [
        ('0.0"k"', "k"),
        ("#,##0\\k", "k"),
        ('#,##0 "k€"', "k€"),
        ('€#,##0.0"m"', "m"),
        ('#,##0 "TEUR"', "TEUR"),
        ('"Tsd. "0', "Tsd."),
        ('0.0,"k";0"k"', "k"),
        # Commas behind the digits scale the number, too: the cell holds what it shows.
        ('0.0,"k"', ""),
        ('[>=1000000]0.0,,"M";[>=1000]0.0,"k";0', ""),
        ("#,##0,", ""),
        ('#,##0 "kr"', ""),
        ('"KSh" #,##0', ""),
        ('#,##0 "days"', ""),
        ("mmm yyyy", ""),
        ("General", ""),
    ],
)
def test_a_number_format_may_write_thousands_behind_units(number_format: str, scale: str) -> None:
    assert scale_of_format(number_format) == scale


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_the_quick_way_gives_what_the_exact_way_gives_or_nothing(number: float, currency: str) -> None:
    quick = minor_of_float(number, currency)
    assert quick is None or (quick, True) == to_minor(from_number(number), currency)


@given(st.integers(-(10**14), 10**14), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_every_amount_that_a_currency_can_hold_is_read_the_quick_way(minor: int, currency: str) -> None:
    assert minor_of_float(float(decimal_text(minor, currency)), currency) == minor
