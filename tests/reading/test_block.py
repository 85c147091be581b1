"""The project block: labels above the table with their values, and what is asked about labels that are none."""

from __future__ import annotations

from typing import Any

import pytest

from milestone_report.reading.vocabulary import vocabulary
from tests.reading.test_layout import read
from tests.reading.test_words import FILE, WORDS

TABLE = (["Milestone", "Amount (EUR)", "Status"], ["A", 1.0, "draft"])


def asked(*block: list[Any]) -> list[tuple[str, str, str]]:
    return [(note.cell, note.value, note.facts["why"]) for note in read(*block, *TABLE).notices if note.code == "W007"]


def test_a_label_and_its_value_may_share_a_cell() -> None:
    sheet = read(
        ["Kunde: Delta GmbH", "PM", "Jana"],
        ["Projekt: Umbau: Halle 2"],
        ["Auftragssumme: 1.200,50 €"],
        ["Sign-off folder: signed"],
        *TABLE,
    ).sheet
    assert sheet is not None
    assert (sheet.client, sheet.owner, sheet.project) == ("Delta GmbH", "Jana", "Umbau: Halle 2")
    assert (sheet.contract, sheet.contract_currency, sheet.contract_cell) == (120_050, "EUR", "A3")
    assert (sheet.signoff_folder, sheet.signoff_folder_cell) == ("signed", "A4")


def test_several_labels_may_share_a_cell_line_by_line() -> None:
    sheet = read(["Project: Alpha\nClient: Beta Ltd\nsee mail"], *TABLE).sheet
    assert sheet is not None
    assert (sheet.project, sheet.client) == ("Alpha", "Beta Ltd")


def test_a_cell_that_has_its_own_label_is_no_value_of_the_label_before_it() -> None:
    sheet = read(["Owner:", "Client: Beta Ltd"], *TABLE).sheet
    assert sheet is not None
    assert (sheet.owner, sheet.client) == ("", "Beta Ltd")


def test_the_first_of_two_values_counts() -> None:
    sheet = read(["Client", "Kestrel"], ["Client: Beta Ltd"], *TABLE).sheet
    assert sheet is not None
    assert sheet.client == "Kestrel"


def test_a_contract_total_that_shares_its_cell_is_read_with_the_same_care() -> None:
    found = read(["Contract total: 1.200"], *TABLE)
    assert found.sheet is not None
    assert found.sheet.contract is None
    assert [(note.code, note.cell, note.value) for note in found.notices] == [("R103", "A1", "1.200")]


def test_an_unknown_currency_that_shares_its_cell_is_named_without_its_label() -> None:
    found = read(["Currency: Taler"], *TABLE)
    assert [(note.code, note.cell, note.value) for note in found.notices] == [("R109", "A1", "Taler")]


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Freigaben", "Sign-off folder"),
        ("Approvals:", "Sign-off folder"),
        ("Auftragssumme netto", "Contract total"),
        ("Contract total (EUR)", "Contract total"),
        ("Contract value excl. VAT", "Contract total"),
        ("Custommer", "Client"),
        ("Projket", "Project"),
        ("Sing-off folder", "Sign-off folder"),
        ("Curency", "Currency"),
    ],
)
def test_a_label_that_is_nearly_known_is_asked_about(label: str, meant: str) -> None:
    why = f"is not used. Did you mean “{meant}”?"
    assert asked([label, "x"]) == [("A1", label, why)]
    assert asked(["", f"{label.removesuffix(':')}: x"]) == [("B1", f"{label.removesuffix(':')}: x", why)]


@pytest.mark.parametrize(
    "block",
    [
        ["Auftragssumme netto", ""],  # a title
        ["Project number", "4711"],
        ["Client contact", "Maya"],
        ["Milestones of all projects", "2026"],
        ["Note: ask Maya about the client", "x"],
        ["Date", "1 March 2026"],
        ["", ""],
        [5.0, "x"],
        ["Auftragssumme netto" * 20, "x"],
    ],
)
def test_other_words_above_the_table_are_left_alone(block: list[Any]) -> None:
    assert asked(block) == []


def test_what_the_block_says_already_is_not_asked_about() -> None:
    assert asked(["Contract total", 5.0], ["Contract total net", 4.0]) == []


def test_each_label_is_asked_about_once() -> None:
    block = [["Auftragssumme netto", 5.0]] * 20
    assert [cell for cell, _value, _why in asked(*block)] == ["A1"]


def test_no_label_that_is_asked_about_is_known() -> None:
    assert not {word for word in WORDS.block_asks if word in WORDS.block}
    assert set(FILE["ask"]["block"].values()) <= set(WORDS.block.values())
    assert vocabulary(columns=(("client", ("Approvals",)),)).block["approvals"] == "client"
