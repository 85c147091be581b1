"""Formulas of amounts: which of them add up other rows of the table, and which are a milestone's own."""

from __future__ import annotations

import pytest

from milestone_report.reading.formulas import Derived, Money, derived
from milestone_report.reading.grid import Formula

HERE = (9, 2)
"""C10: the amount stands in C and the paid money in F; the table has the rows 3 to 20."""
MONEY = Money("Alpha", 2, {2, 5}, lambda row, top, bottom: bottom > 1 and top < 20 and not top == bottom == row)


def made(formula: str) -> Derived:
    return derived(Formula(formula, HERE), HERE, MONEY)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(C3:C9)",
        "+SUM($C$3:$C$9)",
        "SUM( C3 , C5 , C9 )",
        "C3+C4+$C$5",
        "(C3+C4)",
        "C3+SUM(C4:C5)",
        "ROUND(SUM(C3:C9),2)",
        "SUBTOTAL(9,C9:C9)",
        'SUMIF(A3:A9,"Phase 1-2",C3:C9)',
        "SUM(F3:F9)",
        "SUM(F:F)",
        "SUM(C11:C20)",
        "SUM(Alpha!C3:C9)",
        "SUM('Alpha'!C3:C9)",
        "SUBTOTAL(109,Fees[Net-Total])",
        "SUM(Fees)",
    ],
)
def test_a_sum_of_rows_above_or_below_is_one(formula: str) -> None:
    assert made(formula) is Derived.SUM


@pytest.mark.parametrize(
    "formula",
    [
        # A milestone's own: net and VAT beside it, hours, a price list, the contract, one other milestone.
        "SUM(A10:B10)",
        "SUM(A10,D10)",
        "A10+B10",
        "D10*E10",
        "SUM(Fees[[#This Row],[Net]:[VAT]])",
        "Fees[@Net]*2",
        "SUM(Hours!C3:C9)",
        "SUM('My hours'!C3:C9)",
        "[1]Prices!$C$9*2",
        "SUM(E3:E9)",
        "SUM(H:H)",
        "SUM(1000,500)",
        "1000+500",
        "$B$1*0.3",
        "$C$1*30%",
        "0.3*Contract",
        "C9",
        "C9*50%",
        "ROUND(C9/2,2)",
        "C9+500",
        "C3*2+C3",
        # What the earlier ones leave of the contract.
        "C1-C3-C4",
        "$B$1-SUM(C3:C9)",
        "ROUND($B$1-C3-C4,2)",
        "Contract-SUM(C3,C5)",
        "Overview!B7-(C3+C4)",
    ],
)
def test_what_a_milestone_may_be_worked_out_from_is_none(formula: str) -> None:
    assert made(formula) is Derived.NOT


@pytest.mark.parametrize(
    "formula",
    [
        "C8-C9",
        "C8-F3",
        "SUM(C3:C9)*0.19",
        "(C3+C4)*1.19",
        "C3+C4*2",
        "F9",
        "C1-SUM(F3:F9)",
        "C1-SUM(C11:C20)",
        "MAX(C3:C9)",
        'IF(C8>0,C8-C9,"")',
    ],
)
def test_what_is_worked_out_from_several_rows_or_from_the_money_received_is_neither(formula: str) -> None:
    assert made(formula) is Derived.OTHERWISE


def test_a_shared_formula_moves_with_its_cell() -> None:
    shared = Formula("SUM(C$3:C8)-$C8", (8, 2))  # in C10: SUM(C$3:C9)-$C9
    assert derived(shared, (9, 2), MONEY) is Derived.OTHERWISE
    own_row = Formula("SUM(A9:B9)", (8, 2))
    assert derived(own_row, (9, 2), MONEY) is Derived.NOT
    beside = Formula("SUM(B3:B9)", (9, 1))  # written for another column
    assert derived(beside, (9, 2), MONEY) is Derived.SUM
