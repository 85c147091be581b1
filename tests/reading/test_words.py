"""The words of words.toml: what people write in seven languages means one thing, or is asked about."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report import reading
from milestone_report.model import FIELDS, Status
from milestone_report.reading.grid import Grid
from milestone_report.reading.layout import find_table
from milestone_report.reading.vocabulary import ranked, under_header, vocabulary
from milestone_report.text import fold
from tests.reading.test_layout import HEADER, codes, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
FILE: dict[str, Any] = tomllib.loads(resources.files(reading).joinpath("words.toml").read_text(encoding="utf-8"))
WORDS = vocabulary()


def lists(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Every table of the file that holds words by language, with its path."""
    if all(isinstance(value, list) for value in table.values()):
        yield path, table
        return
    for name, inner in table.items():
        if isinstance(inner, dict) and name != "ask":
            yield from lists(inner, f"{path}.{name}")


def meanings(words: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Those words that mean more than one thing."""
    found = defaultdict(set)
    for word, meaning in words:
        found[fold(word)].add(meaning)
        found[fold(word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))].add(meaning)
    return {word: means for word, means in found.items() if len(means) > 1}


def spelled(tables: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for meaning, table in tables.items():
        yield from ((word, meaning) for names in table.values() for word in names)


@pytest.mark.parametrize(("path", "table"), list(lists(FILE)))
def test_every_table_speaks_every_language(path: str, table: Mapping[str, list[str]]) -> None:
    assert set(table) - {"signs"} == set(LANGUAGES), path


def test_every_field_and_status_has_words() -> None:
    assert set(FILE["columns"]) == set(FIELDS)
    assert set(FILE["statuses"]) == set(Status) - {Status.UNKNOWN}
    assert set(FILE["ask"]["columns"].values()) <= {*FIELDS, ""}
    assert set(FILE["ask"]["statuses"].values()) <= set(FILE["statuses"])
    assert {language for names in FILE["ask"]["instalments"].values() for language in names} <= {*LANGUAGES} - {"en"}


def test_no_header_means_two_fields() -> None:
    stand_ins = {name: FILE[name] for name in ("stand_in", "period")}
    asked = ((word, "ask") for word in [*FILE["ask"]["columns"], *FILE["ask"]["instalments"]])
    assert meanings([*spelled(FILE["columns"] | stand_ins), *asked]) == {}


def test_no_status_means_two_things() -> None:
    hints = {hint["say"]: hint["words"] for hint in FILE["hints"]}
    asked = ((word, "ask") for word in FILE["ask"]["statuses"])
    assert meanings([*spelled(FILE["statuses"] | hints), *asked]) == {}


def test_no_label_of_the_block_means_two_things() -> None:
    from_columns = {name: FILE["columns"][name] for name in ("project", "client", "owner", "currency")}
    labels = [*spelled(FILE["block"] | from_columns), *spelled(FILE["further_block"])]
    assert meanings(labels) == {}
    assert not WORDS.block.keys() & WORDS.further_block.keys()
    assert not WORDS.totals & WORDS.further_block.keys()


def test_only_an_amount_may_be_called_what_a_totals_row_is_called() -> None:
    assert {WORDS.columns[word][0] for word in WORDS.totals & WORDS.columns.keys()} == {"amount"}
    assert not WORDS.totals & WORDS.block.keys()
    assert not WORDS.totals & WORDS.statuses.keys()


def test_no_word_stands_twice_in_a_list() -> None:
    for path, table in [*lists(FILE), *((hint["say"], hint["words"]) for hint in FILE["hints"])]:
        for language, names in table.items():
            folded = [fold(name) for name in names if fold(name)]
            assert sorted(set(folded)) == sorted(folded), (path, language)


@pytest.mark.parametrize("field", FIELDS)
def test_in_every_language_the_earlier_word_wins(field: str) -> None:
    ranks = ranked(FILE["columns"][field])
    for names in FILE["columns"][field].values():
        order = [ranks[fold(name)] for name in names]
        assert order == sorted(set(order)), names


TABLES = {
    "de agency": "Meilenstein|Beschreibung|Betrag (EUR)|Re-Nr.|Rechnungsdatum|Fällig am|Status|Bezahlt|Bezahlt am|"
    "Abnahmeprotokoll|Freigabe am|Bemerkung",
    "de without umlauts": "TEILLEISTUNG|WAEHRUNG|RECHNUNGSBETRAG|RECHNUNGSNR|FAELLIGKEIT|ZAHLUNGSSTATUS|Kunde",
    "fr agency": "Jalon|Désignation|Montant HT|N° facture|Date facture|Date d'échéance|Statut|Montant réglé|Payé le|"
    "Bon pour accord|Validé le|Remarques",
    "fr without accents": "ETAPE|LIBELLE|MONTANT FACTURE|NUMERO DE FACTURE|DATE D'ECHEANCE|ETAT|REGLE LE",
    "es studio": "Hito|Concepto|Importe|Moneda|Nº de factura|Fecha de emisión|Vencimiento|Estado|Cobrado|"
    "Fecha de cobro|Acta de conformidad|Observaciones",
    "pt builder": "Auto de medição|Descrição|Valor|Moeda|Nº da fatura|Data da fatura|Vencimento|Situação|"
    "Valor recebido|Recebido em|Aprovação|Obs.",
    "br freelancer": "Parcela|Discriminação|Valor da nota fiscal|NFS-e|Data de emissão|Vence em|Status|Valor pago",
    "it consultant": "SAL|Descrizione|Importo|Valuta|N. fattura|Data fattura|Scadenza|Stato|Incassato|Data incasso|"
    "Verbale di collaudo|Data collaudo|Note",
    "nl builder": "Termijn|Omschrijving|Bedrag excl. btw|Factuurnr.|Factuurdatum|Vervaldatum|Status|Betaald|Betaald op|"
    "Akkoord|Akkoord op|Opmerkingen",
}
MEANT = {
    "de agency": "milestone description amount invoice_number invoice_date due_date status paid paid_date signoff "
    "signoff_date note",
    "de without umlauts": "milestone currency amount invoice_number due_date status client",
    "fr agency": "milestone description amount invoice_number invoice_date due_date status paid paid_date signoff "
    "signoff_date note",
    "fr without accents": "milestone description amount invoice_number due_date status paid_date",
    "es studio": "milestone description amount currency invoice_number invoice_date due_date status paid paid_date "
    "signoff note",
    "pt builder": "milestone description amount currency invoice_number invoice_date due_date status paid paid_date "
    "signoff note",
    "br freelancer": "milestone description amount invoice_number invoice_date due_date status paid",
    "it consultant": "milestone description amount currency invoice_number invoice_date due_date status paid paid_date "
    "signoff signoff_date note",
    "nl builder": "milestone description amount invoice_number invoice_date due_date status paid paid_date signoff "
    "signoff_date note",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_another_language_is_understood_whole(name: str) -> None:
    table = find_table(Grid("S", [TABLES[name].split("|")]), WORDS)
    assert table is not None
    assert table.unknown == []
    assert sorted(table.columns, key=table.columns.__getitem__) == MEANT[name].split()


@pytest.mark.parametrize(
    ("winner", "loser"),
    [("Rechnungsbetrag", "Netto"), ("Netto", "Brutto"), ("Netto", "Summe"), ("Rechnungsbetrag", "Total"),
     ("Importe", "Total"), ("Montant HT", "Montant TTC"), ("Valor", "Valor total"), ("Stato fattura", "Stato"),
     ("Factuurbedrag", "Totaal"), ("Amount", "Total")],
)  # fmt: skip
def test_of_two_columns_for_one_field_the_more_certain_word_wins(winner: str, loser: str) -> None:
    for pair in ([winner, loser], [loser, winner]):
        table = find_table(Grid("S", [["Phase", *pair]]), WORDS)
        assert table is not None
        assert sorted(table.columns.values()) == [0, 1 + pair.index(winner)]


@pytest.mark.parametrize(
    "header",
    ["Rate|Betrag EUR|Fällig|Status|Rechnung Nr.", "RATE|Status|Betrag", "Rate|Importo|Stato|Scadenza"],
)
def test_a_rate_is_an_instalment_among_german_and_italian_words(header: str) -> None:
    table = find_table(Grid("S", [header.split("|")]), WORDS)
    assert table is not None
    assert table.columns["milestone"] == 0
    assert table.unknown == []


@pytest.mark.parametrize(
    "header",
    [
        "Rate|Amount|Status|Invoice no.|Due date",
        "Rate|Netto|Status|Invoice no.|Due date",
        "Leistung|Rate|Betrag|Status",
        "Meilenstein|Rate|Betrag|Status",
        "Rate|Montant|Statut|Facture",
    ],
)
def test_a_rate_that_may_be_a_price_names_no_milestone(header: str) -> None:
    cells = header.split("|")
    table = find_table(Grid("S", [cells]), WORDS)
    assert table is not None
    assert table.unknown == [cells.index("Rate")]


def test_an_instalment_without_an_invoice_number_has_its_name() -> None:
    found = read(
        ["Rate", "Betrag EUR", "Status", "Rechnung Nr."], ["1. Rate", 5.0, "bezahlt", "D-1"], ["4. Rate", 5.0, "", ""]
    )
    assert found.columns["milestone"] == ["1. Rate", "4. Rate"]
    assert found.columns["trusted"] == [True, True]


OWED = """
Outstanding|Open|Balance|Balance due (EUR)|Amount outstanding|OPEN EUR|Offen|Offener Betrag|noch offen [€]|Restbetrag|
Reste à payer|Solde|Pendiente de cobro|Saldo|Em aberto|Da incassare|Openstaand bedrag
"""


@pytest.mark.parametrize("word", OWED.strip().replace("\n", "").split("|"))
def test_a_column_of_what_is_owed_is_not_read_and_names_the_one_that_is(word: str) -> None:
    found = read([*HEADER, word], ["A", 4.0, "EUR", "sent", 1.0])
    assert found.columns["paid_recorded"] == [False]
    [notice] = found.notices
    assert (notice.code, notice.cell) == ("W007", "E1")
    assert notice.facts["why"] == (
        "is not used. If it says what is still owed: give what was received in a column “Paid”, else the whole amount "
        "counts as owed."
    )


def test_beside_a_paid_column_what_is_owed_is_only_not_used() -> None:
    found = read([*HEADER, "Paid", "Outstanding"], ["A", 4.0, "EUR", "sent", 3.0, 1.0])
    assert [notice.facts["why"] for notice in found.notices] == ["is not used."]


def test_no_word_for_what_is_owed_names_a_column() -> None:
    assert not WORDS.owed & {*WORDS.columns, *WORDS.stand_ins, *WORDS.periods, *WORDS.asks}


def test_the_block_is_understood_in_other_languages() -> None:
    found = read(
        ["Bauvorhaben:", "Kita Nord", "", "Bauherr", "Stadt"],
        ["Auftragssumme", 27_200.0],
        ["Waehrung", "EUR"],
        ["Projektleiterin", "Ida"],
        ["Meilenstein", "Betrag", "Status"],
        ["Rohbau", 10.0, "offen"],
        ["Gesamtsumme netto", 10.0, ""],
    )
    sheet = found.sheet
    assert sheet is not None
    assert (sheet.project, sheet.client, sheet.owner) == ("Kita Nord", "Stadt", "Ida")
    assert (sheet.contract, sheet.currency) == (2_720_000, "EUR")
    assert (found.columns["milestone"], found.columns["status"]) == (["Rohbau"], ["sent"])
    assert [(row.cell, row.agrees) for row in sheet.totals] == [("B7", True)]


TOTALS = """
Gesamt|Zwischensumme|Summe netto|Gesamtbetrag:|Total HT|Sous-total|Totaux|Total général|Total TTC (EUR)|Suma
Total sin IVA|Importe total|Total geral|Soma|Valor total|Totale|Totale complessivo|Totale IVA esclusa|Sommano|Totaal
Subtotaal|Totaal excl. 21% btw|Eindtotaal|SUMME EUR
"""


@pytest.mark.parametrize("label", TOTALS.strip().replace("\n", "|").split("|"))
def test_totals_rows_of_any_language_are_never_counted(label: str) -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], ["B", 6.0, "EUR", "draft"], [label, 10.0, "", ""])
    assert found.columns["milestone"] == ["A", "B"]
    assert codes(found) == []


NO_TOTALS = """
Summer campaign|Gesamtkonzept|Gesamtabnahme|Somma urgenza|Somme: berges|Sous-sol|Schlussrechnung|Schlusszahlung
Acompte|Acconto|Anzahlung|Totaalrenovatie|Suma asegurada|Soma filmes|Ivan's portrait|Ustica film|Nettoyage
Brutalist house|Sommerfest|Steuerberatung|Eindoplevering
"""
MAYBE = "Totale revisie|Totale ristrutturazione|Saldo|Solde|Restbetrag|Balance|Restante"


@pytest.mark.parametrize("name", NO_TOTALS.strip().replace("\n", "|").split("|"))
def test_a_milestone_of_any_language_is_never_taken_for_a_total(name: str) -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], [name, 10.0, "EUR", ""])
    assert (found.columns["milestone"], found.columns["trusted"]) == (["A", name], [True, True])


@pytest.mark.parametrize("name", MAYBE.split("|"))
def test_what_may_be_either_is_asked_about_where_nothing_but_an_amount_stands_beside_it(name: str) -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], [name, 10.0, "EUR", ""])
    assert (found.columns["milestone"], found.columns["trusted"]) == (["A", name], [True, False])
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], [name, 10.0, "EUR", "planned"])
    assert found.columns["trusted"] == [True, True]


STATUSES = {
    "planned": "Pending|not yet invoiced|geplant|noch nicht abgerechnet|à venir|À FACTURER|por facturar|por faturar|"
    "da fatturare|nog te factureren|previsto",
    "draft": "Entwurf|brouillon|borrador|rascunho|bozza|concept",
    "sent": "Unpaid|Open|Not paid|offen|gestellt|unbezahlt|nicht bezahlt|Noch nicht bezahlt|non payé|IMPAYE|impayée|"
    "facturée|no pagado|impagado|sin pagar|não pago|NAO PAGO|em aberto|non pagato|insoluto|niet betaald|onbetaald|"
    "openstaand|gefactureerd|awaiting payment|pendiente de pago",
    "partially paid": "Part-paid|teilweise bezahlt|partiellement payé|parcialmente pagado|parcialmente pago|"
    "pagato in parte|deels betaald",
    "paid": "Paid|Closed|bezahlt|beglichen|payé|réglée|soldé|pagado|cobrada|pago|quitado|pagato|"
    "saldato|betaald|voldaan",
    "overdue": "past due|überfällig|Ueberfaellig|gemahnt|échue|vencida|scaduto|achterstallig",
    "void": "Cancelled|storniert|annulé|anulado|annullata|geannuleerd",
}


@pytest.mark.parametrize(
    ("word", "status"), [(word, status) for status, words in STATUSES.items() for word in words.split("|")]
)
def test_statuses_of_seven_languages(word: str, status: str) -> None:
    found = read(HEADER, ["A", 4.0, "EUR", word])
    assert found.columns["status"] == [status]


@pytest.mark.parametrize("header", ["Payment status", "Zahlungsstatus", "Statut de paiement", "Estado del pago"])
@pytest.mark.parametrize("word", ["pending", "Upcoming", "anstehend", "à venir", "previsto"])
def test_under_a_header_that_speaks_of_payments_what_is_awaited_is_asked_about(header: str, word: str) -> None:
    found = read(["Milestone", "Amount", "Currency", header], ["A", 4.0, "EUR", word], ["B", 4.0, "EUR", "planned"])
    assert found.columns["status"] == ["unknown", "planned"]
    assert [(notice.code, notice.cell, "not paid yet" in notice.facts["suggestion"]) for notice in found.notices] == [
        ("R113", "D2", True)
    ]
    assert read(HEADER, ["A", 4.0, "EUR", word]).columns["status"] == ["planned"]


def test_a_word_that_the_settings_explain_is_not_asked_about_under_any_header() -> None:
    words = vocabulary(statuses=(("sent", ("Pending",)),))
    assert under_header("Payment status", words).statuses["pending"] == "sent"


def test_words_of_the_users_own_come_before_the_products() -> None:
    words = vocabulary(
        columns=(
            ("milestone", ("Kamień milowy",)),
            ("amount", ("Kwota", "Netto")),
            ("paid", ("Total",)),
            ("note", ("Deliverable",)),
            ("client", ("Klient",)),
        ),
        statuses=(("paid", ("zapłacono",)), ("draft", ("Open",))),
    )
    header = ["KAMIEŃ MILOWY", "Betrag", "Netto", "Kwota", "Total", "Status", "Deliverable"]
    table = find_table(Grid("S", [header]), words)
    assert table is not None
    assert table.columns == {"milestone": 0, "amount": 3, "paid": 4, "status": 5, "note": 6}
    assert words.block[fold("Klient")] == "client"
    assert (words.statuses[fold("Zapłacono")], words.statuses["open"]) == ("paid", "draft")
    assert WORDS.statuses["open"] == "sent"
