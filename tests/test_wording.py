from __future__ import annotations

import datetime as dt

import pytest

from milestone_report.wording import figure, long_date, money, short_date


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "shown"),
    [
        (1_250_000, "EUR", "en_GB", "12,500.00"),
        (1_250_000, "EUR", "de_DE", "12.500,00"),
        (1_250_000, "EUR", "fr_CH", "12\u202f500,00"),
        (125_000_000, "INR", "en_IN", "1,250,000.00"),
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
