"""What is shown of a rule: its first examples, honestly and in a small table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import FIELDS
from milestone_report.rules import RULES
from milestone_report.rules.rule import Example
from milestone_report.trial import explained

if TYPE_CHECKING:
    from milestone_report.rules.explained import Explained

BY_CODE = {rule.code: rule for rule in RULES}


@cache
def of(code: str) -> Explained:
    return explained(BY_CODE[code])


def shown(code: str, *, breaks: bool) -> list[list[list[str]]]:
    """The examples of one side, each as the texts of its rows; what is marked has a star before it."""
    return [
        [["*" * cell.marked + cell.text for cell in row] for row in example.rows]
        for example in of(code).examples
        if example.breaks is breaks
    ]


@pytest.mark.parametrize("code", BY_CODE)
def test_both_sides_of_every_rule_are_shown_in_a_table_that_fits_a_terminal(code: str) -> None:
    entry = of(code)
    assert {example.breaks for example in entry.examples} == {True, False}
    assert entry.message
    assert entry.fix
    lines = [row for example in entry.examples for row in example.rows]
    assert {len(row) for row in lines} == {len(entry.columns)}
    widths = [max(len(cell.text) for cell in column) for column in zip(*lines, strict=True)]
    widths = [max(width, len(name)) for width, name in zip(widths, entry.columns, strict=True)]
    assert 10 + sum(2 + width for width in widths) <= 80


@pytest.mark.parametrize("code", [code for code, rule in BY_CODE.items() if rule.field in FIELDS])
def test_the_cell_that_a_finding_points_at_is_marked_in_every_example(code: str) -> None:
    for example in of(code).examples:
        assert any(cell.marked for row in example.rows for cell in row) is example.breaks


def test_a_milestone_shows_the_columns_that_make_the_difference() -> None:
    assert of("S201").columns == ("Milestone", "Amount", "Status", "Due date", "Paid")
    assert shown("S201", breaks=True)[0] == [["Deposit", "1,000.00", "*sent", "2026-03-30", ""]]


def test_text_in_the_place_of_a_number_or_a_date_stands_in_quotation_marks() -> None:
    assert [["Deposit", "*“1.200”", "sent", ""]] in shown("R103", breaks=True)
    assert [["Deposit", "“(1,200.00)”", "sent", ""]] in shown("R103", breaks=False)
    assert [["Deposit", "1,000.00", "sent", "*“03/04/2026”"]] in shown("R110", breaks=True)
    assert of("R103").has_text_for_values
    assert not of("S201").has_text_for_values


def test_what_is_not_there_is_told_from_what_is_blank() -> None:
    assert [["Deposit", "1,000.00", "*(blank)", "sent", ""]] in shown("R115", breaks=True)
    assert [["Deposit", "1,000.00", "(no column)", "sent", ""]] in shown("R115", breaks=False)


def test_what_stands_above_the_table_and_in_the_folder_has_its_column() -> None:
    assert of("P401").columns[-1] == "Above the table"
    assert shown("P401", breaks=True)[0][0][-1] == "*Contract total 1,200.00"
    assert of("F306").columns[-1] == "Sign-off folder"
    assert shown("F306", breaks=True)[0][0][-1] == "signed.pdf (0 bytes)"
    assert shown("F305", breaks=True)[0][0][-1] == "cannot be reached"


def test_several_sheets_are_told_apart() -> None:
    first = shown("P406", breaks=True)[0]
    assert [row[0] for row in first] == ["Example 1", "Example 2"]


def test_a_whole_sheet_is_drawn_with_its_letters_and_numbers() -> None:
    assert of("W005").columns[:3] == ("", "A", "B")
    assert shown("W005", breaks=True)[0][0][:3] == ["1", "*Milestone", "Amount"]


def test_what_is_no_sheet_is_told_in_words() -> None:
    assert [["an empty file"]] in shown("W001", breaks=True)
    assert [["a workbook as it should be"]] in shown("W001", breaks=False)
    assert [["a folder with “Book.xlsx” and “~$Book.xlsx”"]] in shown("W003", breaks=True)
    assert [["a sheet that holds something in cell XFD1048576"]] in shown("W011", breaks=True)


def test_every_file_of_an_example_is_told_in_words() -> None:
    files = [example for rule in RULES for example in (*rule.breaks, *rule.keeps) if example.data is not None]
    assert files
    assert all(example.words for example in files)


def test_paragraphs_of_the_reason_are_whole_lines() -> None:
    first, second = of("S201").why
    assert first.endswith("clients to chase.")
    assert second == "The report counts it as overdue all the same: the date decides, not the word."


def test_a_number_is_shown_with_the_decimals_it_has() -> None:
    assert [["Deposit", "*10.005", "EUR", "sent"]] in shown("R107", breaks=True)
    assert [["Deposit", "0.3", "EUR", "sent"]] in shown("R107", breaks=False)
    assert [["Deposit", "1.234", "KWD", "sent"]] in shown("R107", breaks=False)


def test_every_form_of_an_example_is_known_to_what_shows_them() -> None:
    assert set(Example.__dataclass_fields__) == {
        "rows", "block", "files", "cells", "data", "hidden", "sheets", "far_cell", "names", "words", "earlier",
    }  # fmt: skip
