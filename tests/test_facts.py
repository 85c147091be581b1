"""Texts that know what they are made of: English where nobody asks, and told anew where somebody does."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest

from milestone_report.dates import spelled_date
from milestone_report.facts import both, either, listed, parted, phrase, phrases, spelled_number, spelled_plainly
from milestone_report.model import Notice
from milestone_report.money import spelled_money
from milestone_report.wording import Language

GERMAN, AMERICAN = Language("de_DE"), Language("en_US")
LATE = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        (spelled_money(-123_456, "EUR"), "-1,234.56 EUR", "-1.234,56 EUR"),
        (spelled_money(5, ""), "0.05", "0,05"),
        (spelled_date(LATE), "31 March 2026", "31. März 2026"),
        (spelled_number(12_500), "12,500", "12.500"),
        (spelled_plainly(Decimal("1200.5")), "1200.5", "1200,5"),
        (phrase("it does not exist"), "it does not exist", "es gibt ihn nicht"),
        (phrases("{n} milestone ({money})", "{n} milestones ({money})", 1, money=spelled_money(100, "EUR")),
         "1 milestone (1.00 EUR)", "1 Meilenstein (1,00 EUR)"),
        (phrases("{n} milestone ({money})", "{n} milestones ({money})", 1200, money="?"),
         "1,200 milestones (?)", "1.200 Meilensteine (?)"),
        (both([phrase("a PDF document"), phrase("a web page")]),
         "a PDF document and a web page", "ein PDF-Dokument und eine Webseite"),
        (either(["a", "b", "c"]), "a or b or c", "a oder b oder c"),
        (listed(["a", "b"]), "a, b", "a, b"),
        (parted(["a", "b"]), "a; b", "a; b"),
    ],
)  # fmt: skip
def test_a_text_is_english_and_can_be_told_in_german(text: str, english: str, german: str) -> None:
    assert text == english
    assert Language("en_GB").told(text) == english
    assert GERMAN.told(text) == german
    assert GERMAN.told(pickle.loads(pickle.dumps(text))) == german  # noqa: S301 - so the readers send it


@pytest.mark.parametrize("join", [both, either, listed, parted])
def test_of_one_part_or_none_nothing_is_put_together(join: type) -> None:
    assert join([]) == ""
    assert GERMAN.told(join([spelled_number(1000)])) == "1.000"


@pytest.mark.parametrize(("join", "english", "german"), [(both, " and ", " und "), (either, " or ", " oder ")])
def test_thousands_of_parts_are_joined_as_two_are(join: type, english: str, german: str) -> None:
    said = join([spelled_number(number) for number in range(5000)])
    assert said == english.join(f"{number:,}" for number in range(5000))
    assert GERMAN.told(pickle.loads(pickle.dumps(said))) == german.join(  # noqa: S301 - so the readers send it
        f"{number:,}".replace(",", ".") for number in range(5000)
    )


def test_another_english_writes_its_own_dates_and_the_same_texts() -> None:
    text = phrase(" It was due on {date}.", date=spelled_date(LATE))
    assert AMERICAN.told(text) == " It was due on March 31, 2026."


@pytest.mark.parametrize("month", range(1, 13))
def test_the_first_english_is_what_babel_writes(month: int) -> None:
    day = dt.date(2026, month, 3)
    assert Language("en_GB").long_date(day) == spelled_date(day)


def test_what_a_cell_says_is_never_taken_for_a_blank_or_a_text_of_ours() -> None:
    said = phrase("“{name}” {why}", name="{why} it does not exist", why=phrase("it is empty"))
    assert GERMAN.told(said) == "„{why} it does not exist“ das Blatt ist leer"
    assert GERMAN.told("it does not exist") == "it does not exist"


def test_put_together_as_plain_text_it_stays_english() -> None:
    assert GERMAN.told(f"{phrase('it is empty')}.") == "it is empty."


def test_a_notice_can_be_compared_and_hashed_by_its_words() -> None:
    assert Notice("F309", "a.xlsx", value=phrase("it is empty")) == Notice("F309", "a.xlsx", value="it is empty")
