"""Words that are not in words.toml: what may be meant by them, and what is asked about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.reading.vocabulary import near_column
from milestone_report.text import fold, misspelt
from tests.reading.test_words import FILE, WORDS, spelled

UNCLEAR = """
Approved|Posted|Hold|On hold|NOT DUE|Ready for review |In Progress|Done|Complete|Accepted|Submitted|ausstehend
pendiente|en attente|cancelado|abgerechnet|vervallen|en retard|abgeschlossen|cerrada|Approved by client
Hold - see mail|yes|não
"""


@pytest.mark.parametrize("word", UNCLEAR.strip().replace("\n", "|").split("|"))
def test_what_is_not_clear_about_the_money_is_asked_about_and_never_guessed(word: str) -> None:
    assert fold(word) not in WORDS.statuses
    assert WORDS.hint(word).endswith(("?", "."))
    assert "Did you mean" not in WORDS.hint(word)


@pytest.mark.parametrize(
    ("word", "status"),
    [("payed", "paid"), ("Overdu", "overdue"), ("Canceld", "void"), ("partialy paid", "partially paid"),
     ("bezhalt", "paid"), ("unbezalt", "sent"), ("not payed", "sent"), ("Stroniert", "void"), ("gefacturerd", "sent")],
)  # fmt: skip
def test_a_slip_in_a_status_is_asked_about(word: str, status: str) -> None:
    assert WORDS.hint(word) == f" Did you mean “{status}”?"


def test_a_sign_beside_a_known_status_is_what_is_named() -> None:
    assert WORDS.hint("paid?") == " The sign beside the word may turn its meaning round: write the word alone."


def test_a_word_that_is_like_nothing_known_gets_no_hint() -> None:
    assert WORDS.hint("zzyzx") == WORDS.hint("") == WORDS.hint("paid 50%") == ""


NEGATIONS = (
    "not |never |un|non |non|no |nicht |kein|não |niet |in|im|on|de|dis|pre|re|sans |sin |sem |senza |zonder |half "
)


@pytest.mark.parametrize("before", NEGATIONS.split("|"))
def test_what_turns_a_status_round_is_never_taken_for_a_slip(before: str) -> None:
    """ "Unsettled" may be told to mean unpaid, but never paid."""
    for status in ("paid", "partially paid", "overdue", "void"):
        for word, _status in spelled({status: FILE["statuses"][status]}):
            doubled = fold(word).startswith(before[0])  # "ininteramente pagato" is a slip
            if WORDS.statuses.get(fold(before + word)) != status and not doubled:
                assert f"“{status}”" not in WORDS.hint(before + word)


MISSPELT = {
    "milestone": "Milstone|Millestone|Mileston|Meilnstein|Mijlpal|Delivrable",
    "amount": "Ammount|Amuont|Amont|Invoice ammount|Rechnungsbertag|Rechungsbetrag|Betarg|Montnat|"
    "Importte|Bedrga|Facturbedrag",
    "status": "Staus|Stauts|Statuss|Payment statsu|Zahlungstatus|Statutt|Estdao|Betaalstaus",
    "project": "Porject|Projct|Projket|Proyeto|Progeto",
    "description": "Descripton|Desciption|Beschreibng|Omschrijvng|Descrizone",
    "currency": "Curency|Currancy|Currencey|Währng|Devisse",
    "invoice_number": "Invoce no|Invoice nmber|Invioce number|Rechnungsnumer|Facturnummer|Numero fatura",
    "invoice_date": "Invoce date|Invoice dat|Rechnungsdatm|Date factre|Factuurdatm",
    "due_date": "Du date|Due dtae|Duedaet|Fälligkeitsdtum|Fällgkeit|Vencimento|Vervaldatm|Deadlin|Scadenzza",
    "paid": "Amuont paid|Paid to dat|Bezhalt|Betaadl|Payment recieved|Amount recieved|Cobrdao",
    "paid_date": "Payment dat|Date piad|Bezahlt ma|Betaaldatm",
    "signoff": "Sing-off|Sign-of|Singoff document|Aproval|Acceptence|Abnahmeprotokol|Aprobacion|Goedkeurng",
    "signoff_date": "Sing-off date|Aproval date|Freigabedtum",
    "client": "Clinet|Cleint|Custommer|Auftraggber|Clente|Opdrachtgver",
    "owner": "Onwer|Accont manager|Responsable|Projektleitr|Verantwortlch",
    "expected_date": "Expcted|Expected dat|Promissed",
    "note": "Remraks|Coments|Bemerkng|Opmerkng|Commentare",
}


@pytest.mark.parametrize(
    ("header", "field"), [(header, field) for field, words in MISSPELT.items() for header in words.split("|")]
)
def test_a_slip_in_a_header_is_understood(header: str, field: str) -> None:
    known = WORDS.columns.get(fold(header), (None,))[0]
    assert (known or near_column(header, WORDS)) == field


INNOCENT = """
Team|Hours|Rate|Colour|Color|Country|Region|City|Type|Unit|Units|Quantity|Qty|Days|Week|Month|Year|Quarter|Task|Tasks
Priority|Risk|Category|Department|Cost|Costs|Cost centre|Budget|Margin|Discount|Tax|VAT|VAT rate|Start|Start date
End date|Link|URL|Email|Phone|Contact|Contact person|Address|Manager's mood|Name|Title|Role|Code|ID|No|No.|#|Ref
Reference|PO number|PO|Order number|Contract|Contract date|Signed by|Approved by|Paid by|Sent by|Checked by|Created
Created by|Updated|Version|Progress|Progress %|Completion|Done|Percent|Share|Phase 1|Amount 2|Colour code|Sprint|Epic
Story points|Location|Site|Floor|Room|Area|Size|Weight|Material|Supplier|Vendor|Bank|IBAN|Method|Payment method|Terms
Payment terms|Retention|Language|Format|Stunden|Menge|Einheit|Abteilung|Ort|Straße|Telefon|Firma|Name des Kindes
Kostenstelle|Rabatt|Heures|Quantité|Taux|Lieu|Ville|Responsabilité civile|Horas|Cantidades|Unidad|Ciudad|Ore|Quantità
Città|Uren|Aantal|Eenheid|Plaats|Kleur|Land|Datum|Date|Fecha|Data|Marge|Region code|Client ID|Project ID|Invoice type
Due days|Days late|Rating|Stars|Genre|Scene|Theme|Channel
"""


@pytest.mark.parametrize("header", INNOCENT.strip().replace("\n", "|").split("|"))
def test_a_column_of_the_users_own_is_not_taken_for_a_slip(header: str) -> None:
    assert fold(header) not in WORDS.columns
    assert near_column(header, WORDS) == ""


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Échéance", "due_date"),
        ("Zahlungseingang", "paid"),
        ("Pago", "paid"),
        ("Cuota", "milestone"),
        ("Termin", "due_date"),
    ],
)
def test_a_header_with_several_meanings_is_not_used_but_asked_about(header: str, field: str) -> None:
    assert fold(header) not in WORDS.columns
    assert near_column(header, WORDS) == field


def test_a_known_word_that_was_refused_for_its_sign_is_no_slip() -> None:
    assert near_column("Amount %", WORDS) == ""


@given(st.text("abcdefgh", min_size=5, max_size=14), st.data())
def test_one_slip_after_the_first_letter_is_found_in_any_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    slips = [
        word[:at] + "z" + word[at:],
        word[:at] + "z" + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        *([word[:at] + word[at + 1 :]] if len(word) > 5 else []),
    ]
    for slip in slips:
        assert misspelt(slip, [word, "quitedifferent"]) == [word]
