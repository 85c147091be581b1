from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.dates import from_serial, monday_of, parse_date, spelled_date, two_readings


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
        ("2nd of nothing", None),
        ("03/04/2026", None),
        ("28/1/19;12/2/19", None),
        ("28/1/19", None),
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


def test_both_readings_of_a_swappable_date_are_named() -> None:
    assert two_readings("03/04/2026") == (dt.date(2026, 4, 3), dt.date(2026, 3, 4))
    assert two_readings("31/12/2026") is None
    assert two_readings("05/05/2026") is None


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


def test_weeks_start_on_monday() -> None:
    assert monday_of(dt.date(2026, 3, 31)) == dt.date(2026, 3, 30)
    assert monday_of(dt.date(2026, 3, 30)) == dt.date(2026, 3, 30)
