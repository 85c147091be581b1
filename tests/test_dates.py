from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.dates import (
    date_readings,
    doubt,
    from_digits,
    from_serial,
    is_dotted,
    monday_of,
    order_of_dotted,
    parse_date,
    spelled_date,
)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-04", (2026, 3, 4)),
        ("2026-03-04 00:00:00", (2026, 3, 4)),
        ("2026-03-04T17:30:00Z", (2026, 3, 4)),
        ("2026/03/04", (2026, 3, 4)),
        ("31/12/2026", (2026, 12, 31)),
        ("12/31/2026", (2026, 12, 31)),
        ("31.12.2026", (2026, 12, 31)),
        ("05/05/2026", (2026, 5, 5)),
        ("12 March 2026", (2026, 3, 12)),
        ("March 12, 2026", (2026, 3, 12)),
        ("12-Mar-26", (2026, 3, 12)),
        ("3. März 2026", (2026, 3, 3)),
        ("1er juin 2026", (2026, 6, 1)),
        ("3 de mayo de 2026", (2026, 5, 3)),
        ("2026.03.04.", (2026, 3, 4)),
        ("20260304", (2026, 3, 4)),
        ("2026-Mar-04", (2026, 3, 4)),
        ("31. 12. 2026", (2026, 12, 31)),
        ("29.02.2028", (2028, 2, 29)),
        ("1/28/19", (2019, 1, 28)),  # no other order has such a day
        ("31/12/99", (1999, 12, 31)),
        ("31.12.25", (2025, 12, 31)),  # with full stops nobody begins with a short year
        ("28. 2. 26", (2026, 2, 28)),
        ("99.12.31", None),
        ("31/12/25", None),
        ("31-12-25", None),
        ("3 Apr 2026", (2026, 4, 3)),
        ("3/Apr/2026", (2026, 4, 3)),
        ("Apr-03-2026", (2026, 4, 3)),
        ("3\u00a0April\u00a02026", (2026, 4, 3)),
        ("3rd of April, 2026", (2026, 4, 3)),
        ("April 3rd, 2026", (2026, 4, 3)),
        ("3 Apr '26", (2026, 4, 3)),
        ("1. Marz 2026", (2026, 3, 1)),
        ("1 fevrier 2026", (2026, 2, 1)),
        ("1. Jänner 2026", (2026, 1, 1)),
        ("1º de março de 2026", (2026, 3, 1)),
        ("2026-04-03 14:00", (2026, 4, 3)),
        ("2026-04-03 23:59:59.9", (2026, 4, 3)),
        ("2026-04-03T23:30:00+02:00", (2026, 4, 3)),
        ("31.12.2026 14:00", (2026, 12, 31)),
        ("31.12.2026, 14:00 Uhr", (2026, 12, 31)),
        ("3 Apr 2026, 2pm", (2026, 4, 3)),
        ("3 avril 2026 à 14h30", (2026, 4, 3)),
        ("Fri 3 April 2026", (2026, 4, 3)),
        ("Friday, April 3, 2026", (2026, 4, 3)),
        ("Freitag, den 3. April 2026", (2026, 4, 3)),
        ("sexta-feira, 3 de abril de 2026", (2026, 4, 3)),
        ("Fri 03/04/2026", (2026, 4, 3)),  # 4 March is no Friday
        ("2nd of nothing", None),
        ("Mon 3 April 2026", None),
        ("Mon 03/04/2026", None),
        ("03.04.2026 14:00", None),
        ("2026-04-03 25:00", None),
        ("3/4/26", None),
        ("28.1.2019 / 12.2.2019", None),
        ("2026-04-03\n2026-05-03", None),
        ("3 April 2026 and 5 May 2026", None),
        ("3 April", None),
        ("April 2026", None),
        ("Jan 26", None),
        ("Q2 2026", None),
        ("KW 14", None),
        ("end of March", None),
        ("TBC", None),
        ("-", None),
        ("46115", None),
        ("04032026", None),
        ("0026-04-03", None),
        ("31.02.2026", None),
        ("29/02/2026", None),
        ("03/04/2026", None),
        ("28/1/19;12/2/19", None),
        ("28/1/19", None),  # in 2019, or in 2028
        ("30/02/2026", None),
        ("soon", None),
        ("", None),
        ("2026", None),
        ("13/13/2026", None),
        ("0000-00-00", None),
    ],
)
def test_a_date_as_text(text: str, date: tuple[int, int, int] | None) -> None:
    assert parse_date(text) == (dt.date(*date) if date else None)


def test_every_reading_of_a_swappable_date_is_named() -> None:
    assert date_readings("03/04/2026") == {"dmy": dt.date(2026, 4, 3), "mdy": dt.date(2026, 3, 4)}
    assert date_readings("12-03-26") == {
        "dmy": dt.date(2026, 3, 12), "mdy": dt.date(2026, 12, 3), "ymd": dt.date(2012, 3, 26),
    }  # fmt: skip
    assert set(date_readings("05/05/2026").values()) == {dt.date(2026, 5, 5)}
    assert date_readings("soon") == {}


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("03/04/2026", "dmy", (2026, 4, 3)),
        ("03/04/2026", "mdy", (2026, 3, 4)),
        ("3.4.26", "dmy", (2026, 4, 3)),
        ("28/1/19", "dmy", (2019, 1, 28)),
        ("28/1/19", "mdy", None),  # no month first: it could be in 2019 or 2028
        ("25/04/2026", "mdy", (2026, 4, 25)),
        ("04/25/2026", "dmy", (2026, 4, 25)),
        ("2026-04-03", "mdy", (2026, 4, 3)),
        ("31/02/2026", "dmy", None),
    ],
)
def test_the_settings_may_say_in_which_order_a_date_is_written(
    text: str, order: str, date: tuple[int, int, int] | None
) -> None:
    assert parse_date(text, order) == (dt.date(*date) if date else None)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["02.08.2026", "15.09.2026"], "dmy"),
        (["So 02.08.26, 14:00", "", "soon"], "dmy"),
        (["02.08.2026", "9.15.2026"], ""),
        (["02.08.2026", "9/15/2026"], "dmy"),
        (["31.31.2026"], "dmy"),
    ],
)
def test_with_full_stops_the_day_comes_first_unless_the_column_says_otherwise(texts: list[str], order: str) -> None:
    assert order_of_dotted(texts) == order


@pytest.mark.parametrize(
    ("text", "dotted"),
    [("2.8.26", True), ("02. 08. 2026", True), ("am 02.08.2026", True), ("2026.08.02", False), ("02/08/2026", False)],
)
def test_dates_with_full_stops_are_known(text: str, dotted: bool) -> None:  # noqa: FBT001
    assert is_dotted(text) is dotted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2026", "it could be 3 April 2026 or 4 March 2026"),
        ("12-03-26", "it could be 12 March 2026, 3 December 2026 or 26 March 2012"),
        ("12.03.26", "it could be 12 March 2026 or 3 December 2026"),
        ("28/1/19", "it could be 28 January 2019 or 19 January 2028"),
        ("28/1/19;12/2/19", "it holds several dates, and only one can count"),
        ("28.1.2019 / 12.2.2019", "it holds several dates, and only one can count"),
        ("3 April 2026 and 5 May 2026", "it holds several dates, and only one can count"),
        ("31.02.2026", "there is no such day"),
        ("Mon 3 April 2026", "3 April 2026 is a Friday"),
        ("asap", "it is no date that can be read for certain"),
    ],
)
def test_a_doubt_is_told_in_words(text: str, why: str) -> None:
    assert doubt(text) == why


LOCALES = (
    "en_GB en_US en_AU en_CA en_IN en_ZA de_DE de_AT de_CH fr_FR fr_CA fr_CH es_ES es_MX es_AR pt_BR pt_PT it_IT "
    "it_CH nl_NL nl_BE"
).split()


@given(
    st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)),
    st.sampled_from(LOCALES),
    st.sampled_from(["short", "medium", "long", "full"]),
)
def test_a_date_as_any_country_writes_it_is_read_back_or_refused(date: dt.date, locale: str, style: str) -> None:
    readings = set(date_readings(format_date(date, style, locale)).values())
    assert date in readings
    assert len(readings) == 1 or style in ("short", "medium")


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
def test_every_spelling_that_cannot_be_misread_is_read_back(date: dt.date) -> None:
    assert parse_date(spelled_date(date)) == date
    assert parse_date(date.isoformat()) == date
    slashed = f"{date.day:02}/{date.month:02}/{date.year}"
    assert parse_date(slashed) in ({date} if date.day > 12 or date.day == date.month else {None})


@given(st.text(max_size=40))
def test_no_text_at_all_upsets_the_parser(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), dt.date)


def test_serial_numbers_count_from_1900_or_1904() -> None:
    assert from_serial(46131, epoch_1904=False) == dt.date(2026, 4, 19)
    assert from_serial(46131.75, epoch_1904=False) == dt.date(2026, 4, 19)
    assert from_serial(46131 - 1462, epoch_1904=True) == dt.date(2026, 4, 19)


@pytest.mark.parametrize("number", [0, -5, 12, 36525, 73416, 1e300, float("nan"), float("inf")])
def test_a_number_that_is_no_plausible_date_is_none(number: float) -> None:
    assert from_serial(number, epoch_1904=False) is None


@pytest.mark.parametrize(
    ("number", "date"),
    [(20260403.0, (2026, 4, 3)), (20260403, (2026, 4, 3)), (20261301, None), (20260403.5, None), (3042026, None),
     (99999999, None), (46115, None), (float("nan"), None), (float("inf"), None)],
)  # fmt: skip
def test_a_number_may_spell_a_day_in_its_digits(number: float, date: tuple[int, int, int] | None) -> None:
    assert from_digits(number) == (dt.date(*date) if date else None)


def test_weeks_start_on_monday() -> None:
    assert monday_of(dt.date(2026, 3, 31)) == dt.date(2026, 3, 30)
    assert monday_of(dt.date(2026, 3, 30)) == dt.date(2026, 3, 30)
