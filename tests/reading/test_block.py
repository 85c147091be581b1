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


@pytest.mark.parametrize(
    ("label", "value", "name"),
    [
        ("Account lead", "Lena", "owner"),
        ("Lead:", "Lena", "owner"),
        ("Producer", "Lena", "owner"),
        ("Kundenberaterin", "Lena", "owner"),
        ("directrice de clientèle", "Lena", "owner"),
        ("Bill to", "Delta GmbH", "client"),
        ("Rechnungsempfaenger", "Delta GmbH", "client"),
        ("Sign-off documents", "signed", "signoff_folder"),
    ],
)
def test_the_block_is_understood_as_people_label_it(label: str, value: str, name: str) -> None:
    beside, inline = read([label, value], *TABLE), read([f"{label.rstrip(':')}: {value}"], *TABLE)
    assert getattr(beside.sheet, name) == getattr(inline.sheet, name) == value
    assert not beside.notices


def test_contract_and_currency_are_understood_as_people_label_them() -> None:
    sheet = read(["Order value", 5.0], ["Billing currency", "GBP"], ["Milestone", "Amount", "Status"], TABLE[1]).sheet
    assert sheet is not None
    assert (sheet.contract, sheet.contract_currency, sheet.currency) == (500, "GBP", "GBP")


def test_a_plain_label_comes_before_one_of_many_meanings() -> None:
    sheet = read(["Account lead", "Lena"], ["Owner", "Tom"], ["Bill to: Beta"], ["Client", "Kestrel"], *TABLE).sheet
    assert sheet is not None
    assert (sheet.owner, sheet.client) == ("Tom", "Kestrel")


def test_a_label_without_a_value_takes_no_other_label_for_it() -> None:
    sheet = read(["Client", "Lead", "Lena"], *TABLE).sheet
    assert sheet is not None
    assert (sheet.client, sheet.owner) == ("", "Lena")


def test_a_number_beside_the_label_of_a_person_is_none() -> None:
    sheet = read(["Lead", 3.0], *TABLE).sheet
    assert sheet is not None
    assert sheet.owner == ""


def test_a_column_called_as_such_a_label_is_asked_about() -> None:
    found = read([*TABLE[0], "Account lead"], [*TABLE[1], "Lena"])
    assert found.columns["owner"] == [""]
    assert [each.facts["why"] for each in found.notices] == ["is not used. Did you mean “owner”?"]


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
