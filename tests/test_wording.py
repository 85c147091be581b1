from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from babel.core import Locale
from babel.numbers import parse_pattern

from milestone_report.currency import exponent
from milestone_report.totals import Money
from milestone_report.wording import Language, figure, long_date, money, short_date

LOCALES = """
    ar_EG bg_BG cs_CZ de_AT de_CH de_DE en_GB en_IN en_US en_ZA es_ES et_EE fa_IR fi_FI fr_CH fr_FR he_IL hr_HR
    hu_HU it_IT ja_JP lt_LT nb_NO nl_NL pl_PL pt_BR ro_RO ru_RU sl_SI sv_SE th_TH tr_TR uk_UA zh_CN
""".split()


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "shown"),
    [
        (1_250_000, "EUR", "en_GB", "12,500.00"),
        (1_250_000, "EUR", "de_DE", "12.500,00"),
        (1_250_000, "EUR", "fr_CH", "12\u202f500,00"),
        (125_000_000, "INR", "en_IN", "12,50,000.00"),
        (12_500, "JPY", "en_GB", "12,500"),
        (12_500, "KWD", "en_GB", "12.500"),
        (-5, "EUR", "en_GB", "-0.05"),
        (10**17, "EUR", "en_GB", "1,000,000,000,000,000.00"),
        (0, "", "en_GB", "0.00"),
    ],
)
def test_a_figure_has_its_currencys_precision_and_the_locales_marks(
    minor: int, currency: str, locale: str, shown: str
) -> None:
    assert figure(minor, currency, locale) == shown


def test_money_and_dates_in_words() -> None:
    assert money(120_000, "EUR", "en_GB") == "1,200.00 EUR"
    assert money(120_000, "", "en_GB") == "1,200.00"
    assert long_date(dt.date(2026, 3, 31), "en_GB") == "31 March 2026"
    assert short_date(dt.date(2026, 3, 31), "de_DE") == "31.03.2026"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("minor", [0, -5, 99_999, -1_234_567_89, 10**17])
def test_a_figure_is_what_babel_makes_of_it(locale: str, minor: int) -> None:
    known = Locale.parse(locale)
    grouped = known.decimal_formats[None].pattern.split(".")[0]  # "#,##0", in India "#,##,##0"
    for currency, decimals in (("EUR", ".00"), ("JPY", ""), ("KWD", ".000")):
        value = Decimal(minor).scaleb(-exponent(currency))
        assert figure(minor, currency, locale) == parse_pattern(grouped + decimals).apply(value, known)


def test_a_count_and_a_list_in_words() -> None:
    assert Language("de_DE").number(1_234_567) == "1.234.567"
    assert [Language("en_IN").number(number) for number in (999, 1000, 99_999, 1_234_567)] == [
        "999", "1,000", "99,999", "12,34,567"
    ]  # fmt: skip
    assert Language("de_DE").number(Decimal("-43500.5")) == "-43.500,5"
    assert Language("en_GB").listed(["a", "b", "c"]) == "a, b and c"
    assert Language("de_AT").listed(["a", "b"]) == "a und b"
    assert Language("fr_FR").listed(["a", "b", "c"]) == "a, b and c", "in the language of the texts"


def test_facts_are_written_as_the_locale_writes_them() -> None:
    say = Language("de_DE").say
    assert say(
        "{n} {date} {sum} {text}", n=1234, date=dt.date(2026, 3, 31), sum=Money("EUR", 123_450), text="1,5 {n}"
    ) == ("1.234 31. März 2026 1.234,50 EUR 1,5 {n}")


def test_the_usual_title_is_translated_and_the_users_own_is_not() -> None:
    assert Language("de_DE").title("Milestones") == "Meilensteine"
    assert Language("de_DE").title("Projects") == "Projects"


def test_a_word_that_stands_for_several_things_has_a_text_for_each() -> None:
    assert Language("de_DE").term("to open a sheet", "open") == "öffnen"
    assert Language("en_GB").term("to open a sheet", "open") == "open"


def test_an_ageing_band_in_words() -> None:
    assert [Language("de_DE").band(name) for name in ("not due", "1–30", "over 90", "no due date", "credits")] == [
        "nicht fällig", "1–30", "über 90", "ohne Fälligkeit", "Gutschriften"
    ]  # fmt: skip
