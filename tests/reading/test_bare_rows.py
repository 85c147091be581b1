"""Rows with nothing but a name and money: sums are passed over, milestones counted, the others asked about."""

from __future__ import annotations

from typing import Any

import pytest

from milestone_report.reading.grid import Details, ExcelTable, Formula, Grid
from milestone_report.reading.labels import TOTAL
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary
from tests.reading.test_layout import codes, read

WORDS = vocabulary()
IN_EUROS = ["Milestone", "Amount (EUR)", "Status", "Paid"]
DEPOSIT, FINAL = ["Deposit", 1000.0, "paid", 1000.0], ["Final", 2000.0, "sent", ""]


def sheet(*bare: tuple[Any, ...], above: tuple[list[Any], ...] = (DEPOSIT, FINAL), **more: Any) -> SheetRows:
    """Rows with a name and an amount below milestones with statuses; a third item is the formula of the amount."""
    first = len(above) + 1
    formulas = {(row, 1): Formula(line[2], (row, 1)) for row, line in enumerate(bare, first) if len(line) > 2}
    return read(IN_EUROS, *above, *([*line[:2], "", ""] for line in bare), details=Details(formulas=formulas), **more)


def counted(found: SheetRows) -> list[object]:
    return [name for name, trusted in zip(found.columns["milestone"], found.columns["trusted"], strict=True) if trusted]


def asked(found: SheetRows) -> list[object]:
    """The rows that are left out of the totals; of each it is asked what it is, and nothing else."""
    names, trusted = found.columns["milestone"], found.columns["trusted"]
    left_out = [name for name, each in zip(names, trusted, strict=True) if not each]
    assert len([code for code, _cell in codes(found) if code == "R113"]) == len(left_out)
    return left_out


SUMS = """
Contract sum|Paid so far|Outstanding|Running total|Carried forward|Σ|∑ EUR|Overall|incl. VAT|Still to invoice|Total paid
Auftragssumme|Bisher bezahlt|Übertrag|Kontrollsumme|Gesamtergebnis|inkl. MwSt.|offener Betrag|Zwischensumme Phase 1
Déjà payé|Reste à facturer|Net à payer|à reporter|Total phase 1|Pagado hasta la fecha|Suma y sigue|Base imponible
Já pago|Por faturar|A transportar|Già pagato|Da fatturare|Riporto|Reeds betaald|Nog te factureren|Lopend totaal|Gross
"""


@pytest.mark.parametrize("label", SUMS.strip().replace("\n", "|").split("|"))
def test_a_clear_word_for_a_sum_or_a_balance_is_passed_over_and_said(label: str) -> None:
    found = sheet((label, 3000.0))
    assert (counted(found), asked(found)) == (["Deposit", "Final"], [])
    assert {code for code, _cell in codes(found)} <= {"W012"}
    assert found.sheet is not None
    assert codes(found) or found.sheet.totals


@pytest.mark.parametrize(
    "label", ["Phase 1 total", "Phase 1 Gesamt", "Alpha – sous-total", "Projekt gesamt", "Our total fee"]
)
def test_the_word_for_a_total_anywhere_in_a_label_is_enough_where_the_amount_is_a_sum(label: str) -> None:
    found = sheet((label, 3000.0))
    assert (counted(found), asked(found), codes(found)) == (["Deposit", "Final"], [], [("W012", "A4")])
    differs = sheet((label, 2999.0))
    assert (counted(differs), asked(differs)) == (["Deposit", "Final"], [label])


def test_a_lump_sum_is_a_milestone() -> None:
    assert counted(sheet(("Lump sum", 500.0))) == ["Deposit", "Final", "Lump sum"]


MAYBE = """
Balance|Open balance|Outstanding balance|Balance Alpha|Balance due|Remaining|Remaining budget|Rest|Restbetrag|Saldo
Solde|Saldo pendiente|Resterend bedrag|Saldo 50%|Budget|Check|Skonto|Remise|Amount due|Reste|Residuo|Restante
"""


@pytest.mark.parametrize("label", MAYBE.strip().replace("\n", "|").split("|"))
def test_what_may_be_the_last_payment_or_what_is_left_of_the_others_is_asked_about(label: str) -> None:
    found = sheet((label, 2500.0))
    assert (counted(found), asked(found)) == (["Deposit", "Final"], [label])
    assert codes(found) == [("R113", "C4")]
    assert found.columns["amount"][2] == 250_000  # it stands in what is left out


@pytest.mark.parametrize(
    ("column", "value"), [("Status", "planned"), ("Invoice number", "INV-7"), ("Due date", "2026-05-01")]
)
@pytest.mark.parametrize("label", ["Balance", "Outstanding", "VAT registration", "Phase 1 total"])
def test_with_any_detail_such_a_row_is_a_milestone(label: str, column: str, value: str) -> None:
    header = [*IN_EUROS, *(name for name in (column,) if name not in IN_EUROS)]
    rows: list[list[Any]] = [[*DEPOSIT, ""], [label, 2500.0, *("" for _ in header[2:])]]
    rows[1][header.index(column)] = value
    assert counted(read(header, *rows)) == ["Deposit", label]


@pytest.mark.parametrize(
    "label", ["Balance on delivery", "Balance payment", "Saldo alla consegna", "Solde à la livraison"]
)
def test_a_balance_with_what_it_is_due_for_is_a_milestone(label: str) -> None:
    assert counted(sheet((label, 2500.0))) == ["Deposit", "Final", label]


def test_a_description_makes_a_milestone_of_what_has_an_unclear_name_but_not_of_a_sum() -> None:
    header = ["Milestone", "Description", "Amount (EUR)", "Status"]
    above = [["A", "x", 1000.0, "paid"], ["B", "y", 2000.0, "sent"]]
    assert counted(read(header, *above, ["Balance", "On completion", 700.0, ""])) == ["A", "B", "Balance"]
    assert asked(read(header, *above, ["Paid so far", "See the bank", 1000.0, ""])) == ["Paid so far"]
    formulas = Details(formulas={(3, 2): Formula("SUM(C2:C3)", (3, 2))})
    assert asked(read(header, *above, ["Everything", "All in", 3000.0, ""], details=formulas)) == ["Everything"]
    assert counted(read(header, *above, ["Phase 1", "Subtotal", 3000.0, ""])) == ["A", "B"]


class TestSettledByTheSheetItself:
    """A total below, or the contract's above, takes a doubtful row in, or is right without it."""

    def test_a_total_that_takes_it_in_makes_it_a_milestone(self) -> None:
        found = sheet(("Balance", 2500.0), ("Total", 5500.0))
        assert (counted(found), asked(found), codes(found)) == (["Deposit", "Final", "Balance"], [], [])

    def test_a_total_that_is_right_without_it_makes_it_a_sum(self) -> None:
        found = sheet(("Balance", 2500.0), ("Total", 3000.0))
        assert (counted(found), asked(found), codes(found)) == (["Deposit", "Final"], [], [("W012", "A4")])

    def test_any_other_total_settles_nothing(self) -> None:
        found = sheet(("Balance", 2500.0), ("Total", 9.0))
        assert (asked(found), [code for code, _cell in codes(found)]) == (["Balance"], ["W009", "R113"])

    @pytest.mark.parametrize(
        ("contract", "milestones"), [(5500.0, ["Deposit", "Final", "Balance"]), (3000.0, ["Deposit", "Final"])]
    )
    def test_the_contract_total_does_the_same(self, contract: float, milestones: list[str]) -> None:
        found = read(["Contract total", contract], IN_EUROS, DEPOSIT, FINAL, ["Balance", 2500.0, "", ""])
        assert (counted(found), asked(found)) == (milestones, [])
        assert asked(read(["Contract total", 9.0], IN_EUROS, DEPOSIT, FINAL, ["Balance", 2500.0, "", ""])) == [
            "Balance"
        ]

    @pytest.mark.parametrize("money", [2500.0, 2000.0])  # also where it is the amount of the row above it
    def test_a_total_that_takes_in_what_is_called_a_total_proves_nothing(self, money: float) -> None:
        """A SUM over the whole column takes in subtotals, too."""
        found = sheet(("Phase 2 total", money), ("Total", 3000.0 + money))
        assert (counted(found), asked(found), codes(found)) == (
            ["Deposit", "Final"],
            ["Phase 2 total"],
            [("R113", "C4")],
        )
        without = sheet(("Phase 2 total", money), ("Total", 3000.0))
        assert (counted(without), asked(without), codes(without)) == (["Deposit", "Final"], [], [("W012", "A4")])

    def test_of_several_that_a_total_takes_in_only_what_is_called_a_total_is_asked_about(self) -> None:
        found = sheet(("Balance", 2500.0), ("Phase 2 total", 700.0), ("Total", 6200.0))
        assert (counted(found), asked(found)) == (["Deposit", "Final", "Balance"], ["Phase 2 total"])

    def test_what_is_called_a_total_is_a_milestone_where_the_contract_takes_it_in(self) -> None:
        contract: list[Any] = ["Contract total", 5500.0]
        found = read(contract, IN_EUROS, DEPOSIT, FINAL, ["Phase 2 total", 2500.0, "", ""], ["Total", 5500.0, "", ""])
        assert (counted(found), asked(found)) == (["Deposit", "Final", "Phase 2 total"], [])

    def test_a_total_that_takes_in_what_is_worked_out_of_the_others_proves_nothing(self) -> None:
        found = sheet(("Add 19%", 570.0, "SUM(B2:B3)*0.19"), ("Total", 3570.0))
        assert (asked(found), "W009" in dict(codes(found))) == (["Add 19%"], False)


class TestFormulas:
    @pytest.mark.parametrize("formula", ["B2+B3", "SUM(D2:D3)", "ROUND(SUM(B2:B3),2)", "SUBTOTAL(9,B2:B3)"])
    def test_what_adds_up_other_rows_is_a_sum_whatever_it_is_called(self, formula: str) -> None:
        found = sheet(("Our fee", 4000.0, formula))
        assert (counted(found), codes(found)) == (["Deposit", "Final"], [("W012", "A4")])
        assert f"(={formula})" in found.notices[0].facts["what"]

    @pytest.mark.parametrize("formula", ["B2-D2", "SUM(B2:B3)*0.19", "B3-B2", "MAX(B2:B3)"])
    def test_what_is_worked_out_of_several_of_them_is_asked_about(self, formula: str) -> None:
        assert asked(sheet(("Something", 800.0, formula))) == ["Something"]

    @pytest.mark.parametrize("formula", ["B2", "B2*0.5", "1000+500", "Prices!B2*2", "$F$1*30%", "E4*D4"])
    def test_a_milestone_may_be_worked_out_too(self, formula: str) -> None:
        assert counted(sheet(("Launch", 800.0, formula))) == ["Deposit", "Final", "Launch"]

    @pytest.mark.parametrize("formula", ["$B$1-B4-B5", "B1-SUM(B4:B5)"])
    def test_what_the_others_leave_of_the_contract_is_the_last_milestone(self, formula: str) -> None:
        details = Details(formulas={(5, 1): Formula(formula, (5, 1))})
        block: tuple[list[Any], ...] = ["Contract total", 4000.0], []
        found = read(*block, IN_EUROS, DEPOSIT, FINAL, ["Third", 1000.0, "", ""], details=details)
        assert counted(found) == ["Deposit", "Final", "Third"]

    def test_shares_of_a_total_at_the_top_are_milestones(self) -> None:
        rows = [("Contract value", 9000.0), ("A", 2700.0, "B2*30%"), ("B", 3600.0, "B2*0.4"), ("C", 2700.0, "B2-B3-B4")]
        found = sheet(*rows[:3], above=())
        assert (counted(found), asked(found)) == (["A", "B"], [])
        assert asked(sheet(*rows, above=())) == ["C"]  # "what is left" and "the last one" look the same

    def test_a_sum_of_a_breakdown_below_the_table_is_none_of_the_table(self) -> None:
        details = Details(formulas={(1, 1): Formula("SUM(B6:B7)", (1, 1))})
        hours: list[list[Any]] = [[], ["Hours", "Money", "", ""], ["Design", 700.0, "", ""], ["Code", 300.0, "", ""]]
        found = read(IN_EUROS, ["Build", 1000.0, "", ""], FINAL, *hours, details=details)
        assert counted(found) == ["Build", "Final"]


class TestAmountsOfOthers:
    def test_one_row_above_with_the_same_amount_proves_nothing(self) -> None:
        assert counted(sheet(("Website", 1000.0), above=(DEPOSIT,))) == ["Deposit", "Website"]

    def test_a_void_row_is_none_of_several(self) -> None:
        found = read(IN_EUROS, DEPOSIT, ["Extra", 300.0, "void", ""], ["Website", 1000.0, "", ""])
        assert counted(found) == ["Deposit", "Extra", "Website"]

    def test_a_row_of_nothing_is_none_of_several_below(self) -> None:
        rows = [["Website", 1000.0, "", ""], ["Launch", 1000.0, "sent", ""], ["Extras", 0.0, "draft", ""]]
        assert counted(read(IN_EUROS, *rows)) == ["Website", "Launch", "Extras"]

    def test_the_amount_of_several_rows_above_is_asked_about(self) -> None:
        found = sheet(("Website", 3000.0), ("Hosting", 500.0))
        assert (counted(found), asked(found)) == (["Deposit", "Final", "Hosting"], ["Website"])
        assert "2 rows above it together" in found.notices[0].facts["what"]

    def test_each_section_may_end_so(self) -> None:
        more = (["A", 400.0, "sent", ""], ["B", 500.0, "sent", ""])
        found = read(IN_EUROS, DEPOSIT, FINAL, ["Website", 3000.0, "", ""], *more, ["App", 900.0, "", ""])
        assert asked(found) == ["Website", "App"]

    @pytest.mark.parametrize(
        "label", ["Final payment", "Schlussrechnung", "Solde à la livraison", "Oplevering", "Go-live"]
    )
    def test_the_last_part_of_a_plan_is_as_much_as_the_earlier_ones_often_enough(self, label: str) -> None:
        assert counted(sheet((label, 3000.0))) == ["Deposit", "Final", label]

    def test_a_total_below_tells_a_half_from_a_sum(self) -> None:
        assert counted(sheet(("Website", 3000.0), ("Total", 6000.0))) == ["Deposit", "Final", "Website"]
        assert counted(sheet(("Website", 3000.0), ("Total", 3000.0))) == ["Deposit", "Final"]

    @pytest.mark.parametrize(("label", "amount"), [("Add 19%", 570.0), ("Surcharge 2.5 %", 75.0)])
    def test_the_share_of_the_rows_above_that_the_label_names_is_asked_about(self, label: str, amount: float) -> None:
        assert asked(sheet((label, amount))) == [label]
        assert counted(sheet((label, amount + 1))) == ["Deposit", "Final", label]


@pytest.mark.parametrize("label", ["All in", "Gesamtbetrag brutto", "To transfer"])
def test_the_sum_with_the_tax_above_it_is_one_whatever_it_is_called(label: str) -> None:
    found = sheet(("VAT 19%", 570.0), (label, 3570.0))
    assert (counted(found), asked(found)) == (["Deposit", "Final"], [])


def test_a_total_without_any_milestone_is_compared_with_nothing() -> None:
    assert "W009" not in dict(codes(read(IN_EUROS, ["Total", 5000.0, "", ""])))


def test_below_sums_what_has_nothing_but_an_amount_is_asked_about_until_a_milestone_follows() -> None:
    found = sheet(("Outstanding", 2000.0), ("Contingency", 500.0))
    assert asked(found) == ["Contingency"]
    rows = [["Outstanding", 2000.0, "", ""], ["More", 5.0, "sent", ""], ["Contingency", 500.0, "", ""]]
    assert counted(read(IN_EUROS, DEPOSIT, FINAL, *rows)) == ["Deposit", "Final", "More", "Contingency"]
    carried = sheet(("Carried forward", 3000.0), ("Launch", 500.0))
    assert counted(carried) == ["Deposit", "Final", "Launch"]


class TestTotalsOfGroups:
    HEADER = ("Project", "Milestone", "Amount (EUR)", "Status", "Due date")
    ROWS = (
        ["Alpha", "Deposit", 1000.0, "paid", ""],
        ["Beta", "Deposit", 500.0, "sent", ""],
        ["Alpha", "Final", 2000.0, "sent", ""],
    )

    def test_a_total_may_stand_in_the_column_that_the_rows_are_grouped_by(self) -> None:
        totals = [
            ["Alpha total", "", 3000.0, "", ""],
            ["Beta Total", "", 500.0, "", ""],
            ["Grand total", "", 3500.0, "", ""],
        ]
        found = read(list(self.HEADER), *self.ROWS, *totals)
        assert counted(found) == ["Deposit", "Deposit", "Final"]
        assert found.sheet is not None
        assert [(total.cell, total.agrees) for total in found.sheet.totals] == [
            ("C5", True),
            ("C6", True),
            ("C7", True),
        ]
        assert {code for code, _cell in codes(found)} == {"W012"}

    def test_the_total_of_a_group_that_differs_is_said_with_the_groups_sum(self) -> None:
        found = read(list(self.HEADER), *self.ROWS, ["Alpha total", "", 3001.0, "", ""])
        assert [notice.facts["adds_up_to"] for notice in found.notices if notice.code == "W009"] == ["3,000"]

    def test_excels_subtotals_pasted_as_values_are_sums(self) -> None:
        header = ["Phase", "Description", "Amount (EUR)", "Status"]
        found = read(
            header,
            ["Phase 1", "Workshop", 1000.0, "paid"],
            ["Phase 1", "Concept", 2000.0, "sent"],
            ["Phase 1 Total", "", 3000.0, ""],
            ["Phase 2", "Build", 4000.0, "sent"],
            ["Phase 2 Total", "", 4000.0, ""],
            ["Grand Total", "", 7000.0, ""],
        )
        assert sum(int(str(amount)) for amount in found.columns["amount"]) == 700_000
        assert codes(found) == [("W012", "A4"), ("W012", "A6")]

    def test_totals_of_kinds_below_each_other_are_compared_with_nothing(self) -> None:
        found = sheet(("Total labour", 800.0), ("Total material", 2200.0), ("Total", 3000.0))
        assert counted(found) == ["Deposit", "Final"]
        assert "W009" not in dict(codes(found))
        assert codes(sheet(("Total labour", 800.0)))[0] == ("W009", "B4")


def test_a_bare_row_right_below_an_excel_table_may_be_a_milestone_typed_there() -> None:
    def below(*rows: list[Any]) -> SheetRows:
        cells: list[list[Any]] = [IN_EUROS, DEPOSIT, FINAL, *rows]
        grid = Grid("S", cells, tables=[ExcelTable("Plan", 0, 0, 2, 3)])
        return read_sheet(grid, SheetContext("book.xlsx", WORDS))

    blank, hosting = [""] * 4, ["Hosting", 500.0, "", ""]
    assert asked(below(hosting)) == ["Hosting"]
    assert counted(below(hosting, ["Total", 3500.0, "", ""])) == ["Deposit", "Final", "Hosting"]
    assert codes(below(blank, hosting)) == [("W012", "A5")]
    assert counted(below(["Hosting", 500.0, "sent", ""])) == ["Deposit", "Final", "Hosting"]


PLANS = {
    "halves": "Deposit 5000|Final 5000",
    "thirds": "Deposit 3000|Midpoint 3000|Final 3000",
    "half at the end": "Deposit 2500|Midpoint 2500|Final 5000",
    "percentages": "Deposit (30%) 3000|Midpoint (40%) 4000|Final (30%) 3000",
    "same percentages": "Deposit 25% 2500|Design 25% 2500|Launch 50% 5000",
    "by date": "1 March 4000|1 April 4000|1 May 4000",
    "by number": "Payment 1 1000|Payment 2 2000|Payment 3 3000|Payment 4 4000",
    "work": "Discovery 4200|Design 7800|Build 15500|Testing 2500",
    "events": "On signing 6000|On approval of the design 9000|On handover 15000",
    "retention": "Groundworks 20000|Structure 45000|Roof 15000|Retention 5% 4000",
    "with a total": "Deposit 3000|Midpoint 3000|Balance 4000|Total 10000",
    "halves and a total": "Deposit 5000|Balance 5000|Total 10000",
    "phases": "Phase 1 1200|Phase 2 3400|Phase 3 2200",
    "months": "January 1500|February 1500|March 1500|April 1500",
    "credit": "Deposit 5000|Credit for photos -500|Final 4500",
    "de": "Anzahlung 3000|Abnahme Konzept 3000|Schlussrechnung 6000",
    "de rates": "1. Rate 2500|2. Rate 2500|3. Rate 5000",
    "fr": "Acompte 30 % 3000|Livraison maquette 3000|Solde à la livraison 4000|Total HT 10000",
    "es": "Anticipo 4000|Entrega del diseño 4000|Pago final 8000",
    "pt": "Sinal 2000|Entrega parcial 3000|Entrega final 5000",
    "it": "Acconto 3000|Consegna bozza 3000|Saldo alla consegna 6000",
    "nl": "Aanbetaling 3000|Ontwerp akkoord 4500|Oplevering 7500",
    "two projects": "Alpha: deposit 500|Alpha: final 700|Beta: deposit 900|Beta: final 800",
    "names like words": "Balance sheet design project 900|Checkout page 700|Open day film 400|Budget app 300",
}
"""Plans with nothing but names and amounts, as people type them."""


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_with_nothing_but_names_and_amounts_is_counted_whole(plan: str) -> None:
    rows: list[list[Any]] = [line.rsplit(" ", 1) for line in plan.split("|")]
    found = read(["Milestone", "Amount (EUR)", "Status"], *([name, float(amount), ""] for name, amount in rows))
    names = [name for name, _amount in rows if not name.startswith("Total")]
    assert (counted(found), asked(found), codes(found)) == (names, [], [])


def test_the_quick_look_finds_every_label_of_a_total() -> None:
    labels = WORDS.totals | WORDS.totals_begin | WORDS.totals_within
    assert [label for label in labels if label.isascii() and not TOTAL.search(label)] == []
