from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.text import column_letter, enumerated, fold, identity, same_name, shown, split_cell, suggest


def test_headers_are_compared_without_case_spaces_and_punctuation() -> None:
    assert fold("Sign-off\ndocument") == fold("SIGNOFF  Document:") == "signoffdocument"


@pytest.mark.parametrize(("one", "other"), [("INV-7", "inv 7"), ("INV7", "INV-7"), ("Final ", "final")])
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1.1", "11"), ("INV-1-1", "INV-11"), ("Phase 1.1", "Phase 11"), ("A", "B")]
)
def test_two_names(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@given(st.text(st.characters(codec="ascii")) | st.text("aZ01-_. \x1f\t"))
def test_the_short_way_of_a_name_without_accents_is_the_long_one(text: str) -> None:
    assert identity(text + "é") == identity(text) + "é"


def test_file_names_are_compared_under_nfc() -> None:
    assert same_name("Caf\u00e9.PDF") == same_name("cafe\u0301.pdf")


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters(index: int, letters: str) -> None:
    assert column_letter(index) == letters


def test_the_nearer_and_shorter_word_is_suggested() -> None:
    assert suggest("payed", ["planned", "paid", "sent"]) == "paid"
    assert suggest("readyforreview", ["planned", "paid", "sent"]) == ""


def test_a_value_is_shown_on_one_line_and_not_endless() -> None:
    assert shown("a\nb\x07 c") == "a b c"
    assert shown(20250.0) == "20250"
    assert len(shown("x" * 500)) == 120
    assert shown("\u202eevil") == "evil"


def test_three_names_are_told_in_full_and_of_more_the_first() -> None:
    names = ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]
    told = [
        enumerated(names[:number], "{first} and {n} other file", "{first} and {n} other files")
        for number in (1, 2, 3, 4)
    ]
    assert told == ["“a.pdf”", "“a.pdf” and “b.pdf”", "“a.pdf”, “b.pdf” and “c.pdf”", "“a.pdf” and 3 other files"]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("G12", ("G", 12)),
        ("XFD1048576", ("XFD", 1048576)),
        ("", ("", 0)),
        ("12", ("", 0)),
        ("G", ("", 0)),
        ("G1:H2", ("", 0)),
    ],
)
def test_a_cells_address_is_its_column_and_its_row(cell: str, parts: tuple[str, int]) -> None:
    assert split_cell(cell) == parts
