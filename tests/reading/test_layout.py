"""Grids in, tables out: where the header is, which column is which, which rows are milestones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.model import ReadingSettings
from milestone_report.reading.grid import BrokenCell, Details, Formula, Grid
from milestone_report.reading.layout import find_table
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary

if TYPE_CHECKING:
    from milestone_report.reading.vocabulary import Extra, Vocabulary

HEADER = ["Milestone", "Amount", "Currency", "Status"]


def read(
    *rows: list[Any],
    top: int = 0,
    left: int = 0,
    details: Details | None = None,
    currency: str = "",
    words: Vocabulary | None = None,
) -> SheetRows:
    width = max((len(row) for row in rows), default=0)
    grid = Grid("Sheet", [row + [""] * (width - len(row)) for row in rows], top, left)
    found = details or Details()
    context = SheetContext(
        "book.xlsx", words or vocabulary(), ReadingSettings(currency=currency), details=lambda _sheet, _columns: found
    )
    return read_sheet(grid, context)


def summed(cells: str, *places: tuple[int, int]) -> Details:
    """Details with a SUM formula at each place."""
    return Details(formulas={place: Formula(f"SUM({cells})", place) for place in places})


def codes(rows: SheetRows) -> list[tuple[str, str]]:
    return [(notice.code, notice.cell) for notice in rows.notices]


def test_the_header_may_stand_lower_and_to_the_right() -> None:
    found = read(["Client list"], [], ["", *HEADER], ["", "Deposit", 5.0, "EUR", "draft"], top=3, left=1)
    assert found.sheet is not None
    assert found.sheet.header_row == 6
    assert found.sheet.columns["milestone"].letter == "C"
    assert found.columns["row"] == [7]


def test_a_header_below_the_thirtieth_row_is_not_looked_for() -> None:
    assert find_table(Grid("S", [[""]] * 30 + [HEADER]), vocabulary()) is None
    assert find_table(Grid("S", [HEADER], top=30), vocabulary()) is None
    assert find_table(Grid("S", [HEADER], top=29), vocabulary()) is not None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Bill\namount", "amount"),
        ("AMOUNT  DUE:", "amount"),
        ("Amount (EUR)", "amount"),
        ("Total EUR", "amount"),
        ("INVNO", "invoice_number"),
        ("Invoice #", "invoice_number"),
        ("Payment  status", "status"),
        ("Sign-off\ndocument", "signoff"),
        ("Signed document", "signoff"),
        ("Due date (dd/mm/yyyy)", "due_date"),
        ("Account Manager", "owner"),
        ("Promised on", "expected_date"),
        ("Received", "paid"),
    ],
)
def test_columns_are_known_by_what_people_call_them(header: str, field: str) -> None:
    table = find_table(Grid("S", [["Milestone", "Status", header]]), vocabulary())
    assert table is not None
    assert table.columns[field] == 2


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Amount (EUR)", "EUR"),
        ("Amount €", "EUR"),
        ("Amount (zł)", "PLN"),
        ("Total (RM)", "MYR"),
        ("Amount (Euro)", "EUR"),
        ("Amount in Euro", "EUR"),
        ("Amount EURO", "EUR"),
        ("Amount (US dollars)", "USD"),
        ("Amount (dollars)", None),
        ("Amount in dollars", None),
        ("Total in £", "GBP"),
        ("Amount in euros", "EUR"),
        ("Amount (EUR, net)", "EUR"),
        ("Amount (excl. VAT, in EUR)", "EUR"),
        ("Amount EUR (net)", "EUR"),
        ("Amount\n[EUR]", "EUR"),
        ("Amount, EUR", "EUR"),
        ("Amount£ (net)", "GBP"),
        ("Betrag in EUR (netto)", "EUR"),
        ("Valor (R$)", "BRL"),
        ("Amount in US$", "USD"),
        ("Montant en euros", "EUR"),
        ("Amount in $", ""),
        ("Amount in US dollars", "USD"),
        ("Amount (net)", ""),
        ("Amount (EUR/USD)", None),
        ("EUR amount (USD)", None),
        ("Amount in EUR (k)", None),
        ("EUR hours", None),
        ("Amount (ALL)", None),
        ("Amount (all)", None),
        ("Total all", None),
        ("Amount (hours)", None),
        ("Amount %", None),
        ("Amount $ (USD)", "USD"),
        ("Amount € (EUR)", "EUR"),
        ("Amount € / $", None),
        ("Amount $ / €", None),
        ("Amount £ (EUR)", None),
        ("Amount £ EUR", None),
        ("EUR Amount", "EUR"),
        ("USD total", "USD"),
        ("TOP amount", None),
    ],
)
def test_what_stands_beside_the_word_amount_decides_what_it_is(header: str, currency: str | None) -> None:
    table = find_table(Grid("S", [["Milestone", "Status", header, "Client"]]), vocabulary())
    assert table is not None
    assert table.currencies.get("amount", "") == (currency or "")
    assert ("amount" in table.columns) == (currency is not None)


@pytest.mark.parametrize("header", ["Due (EUR)", "EUR due", "Invoice EUR", "Issued (£)"])
def test_a_date_or_a_number_that_is_in_a_currency_is_an_amount_of_another_kind(header: str) -> None:
    table = find_table(Grid("S", [["Milestone", "Amount", "Status", header]]), vocabulary())
    assert table is not None
    assert table.unknown == [3]


@pytest.mark.parametrize("amount", ["Amount (EUR)", "EUR amount", "€"])
def test_a_currency_cell_that_contradicts_the_header_makes_the_amount_uncertain(amount: str) -> None:
    found = read(["Milestone", amount, "Currency", "Status"], ["A", 4.0, "EUR", "sent"], ["B", 6.0, "USD", "sent"])
    assert found.columns["trusted"] == [True, False]
    assert codes(found) == [("R109", "C3")]


def test_where_header_and_block_name_two_currencies_the_header_counts_and_it_is_said() -> None:
    found = read(["Currency", "GBP"], ["Milestone", "Amount (EUR)", "Status"], ["Deposit", 1.0, "draft"])
    assert found.columns["currency"] == ["EUR"]
    assert codes(found) == [("R111", "B2")]


def test_a_deliverable_is_the_milestone_or_describes_it() -> None:
    alone = find_table(Grid("S", [["Deliverable", "Amount", "Status"]]), vocabulary())
    beside = find_table(Grid("S", [["Milestone", "Deliverable", "Amount", "Status"]]), vocabulary())
    assert alone is not None
    assert beside is not None
    assert alone.columns["milestone"] == 0
    assert beside.columns["description"] == 1


RETAINER = ["Month", "Fee", "Currency", "Status", "Invoice no", "Due date"]


@pytest.mark.parametrize(
    "word", ["Month", "Period", "Monat", "Zeitraum", "Billing period", "Période", "Mês", "Kwartaal"]
)
def test_a_month_names_the_milestone_before_an_invoice_number_does(word: str) -> None:
    found = read(
        [word, *RETAINER[1:]],
        ["November", 3500.0, "EUR", "sent", "O-11", dt.date(2026, 12, 7)],
        ["December", 3500.0, "EUR", "", "", dt.date(2027, 1, 7)],
    )
    assert found.columns["milestone"] == ["November", "December"]
    assert found.columns["trusted"] == [True, True]
    assert found.sheet is not None
    assert found.sheet.columns["milestone"].letter == "A"
    assert codes(found) == [("W007", "A1")]


@pytest.mark.parametrize(
    ("date", "name"),
    [
        (dt.date(2026, 10, 1), "2026-10"),
        (dt.datetime(2026, 10, 1), "2026-10"),  # noqa: DTZ001 - Excel knows no zone
        (dt.date(2024, 2, 29), "2024-02"),
        (dt.date(2023, 2, 28), "2023-02"),
        (dt.date(2024, 2, 28), "2024-02-28"),
        (dt.date(2026, 10, 15), "2026-10-15"),
        (dt.datetime(2026, 10, 1, 9, 30), "2026-10-01 09:30:00"),  # noqa: DTZ001
    ],
)
@pytest.mark.parametrize("user", [(), (("milestone", ("Month",)),)])
def test_a_date_that_stands_for_a_month_is_called_as_the_month(date: dt.date, name: str, user: Extra) -> None:
    found = read(RETAINER, [date, 3500.0, "EUR", "sent", "O-1", ""], words=vocabulary(user))
    assert found.columns["milestone"] == [name]


def test_a_date_names_a_milestone_as_a_day_where_the_column_is_of_no_months() -> None:
    found = read(["Phase", *RETAINER[1:]], [dt.date(2026, 10, 1), 3500.0, "EUR", "sent", "O-1", ""])
    assert found.columns["milestone"] == ["2026-10-01"]


@pytest.mark.parametrize("name", ["Milestone", "Deliverable"])
def test_a_month_beside_a_milestone_is_not_used(name: str) -> None:
    found = read(["Month", name, *RETAINER[1:]], ["Oct", "Deposit", 3500.0, "EUR", "sent", "O-1", ""])
    assert found.columns["milestone"] == ["Deposit"]
    assert codes(found) == [("W007", "A1")]
    assert found.notices[0].facts["why"] == "is not used."


def test_of_a_month_and_a_quarter_the_left_one_names_the_milestone() -> None:
    found = read(["Quarter", *RETAINER], ["Q4", "Oct", 3500.0, "EUR", "sent", "O-1", ""])
    assert found.columns["milestone"] == ["Q4"]
    assert codes(found) == [("W007", "B1"), ("W007", "A1")]


def test_beside_a_month_the_description_names_those_that_have_none() -> None:
    found = read(
        ["Month", "Description", *RETAINER[1:]],
        ["January", "Concept", 10.0, "EUR", "sent", "O-1", ""],
        ["", "Design", 20.0, "EUR", "", "", ""],
        ["February", "", 30.0, "EUR", "", "", ""],
        ["Total", "", 60.0, "", "", "", ""],
    )
    assert found.columns["milestone"] == ["January", "Design", "February"]
    assert found.columns["description"] == ["Concept", "Design", ""]
    assert found.columns["trusted"] == [True, True, True]
    assert codes(found) == [("W007", "A1")]


@pytest.mark.parametrize("header", [["Month", "Amount"], ["Month", "Amount", "Currency", "Paid"]])
def test_a_month_beside_money_makes_no_milestone_table(header: list[Any]) -> None:
    assert find_table(Grid("S", [header]), vocabulary()) is None


def test_a_month_apart_from_the_table_is_no_other_table() -> None:
    found = read([*HEADER, "", "Month"], ["Deposit", 5.0, "EUR", "draft", "", "May"])
    assert codes(found) == [("W007", "F1")]
    assert found.notices[0].facts["why"] == "is not used."


def test_a_blank_column_before_a_month_takes_no_milestone_and_no_due_date_away() -> None:
    found = read(
        ["Milestone", "Invoice no", "Due date", "", "Period", "Amount", "Currency", "Status"],
        ["Deposit", "O-1", dt.date(2026, 12, 7), "", "2026-11", 5.0, "EUR", "sent"],
    )
    assert found.columns["milestone"] == ["Deposit"]
    assert found.columns["invoice_number"] == ["O-1"]
    assert found.columns["due_date"] == [dt.date(2026, 12, 7)]
    assert codes(found) == [("W007", "E1")]


def test_a_blank_column_parts_months_from_a_list_with_money_of_its_own() -> None:
    found = read([*RETAINER[:4], "", "Item", "Amount"], ["Oct", 5.0, "EUR", "sent", "", "Paper", 2.0])
    assert found.columns["milestone"] == ["Oct"]
    assert [column for code, column in codes(found) if code == "W007"] == ["F1", "A1"]


def test_of_sums_by_month_and_named_milestones_beside_them_the_named_ones_are_read() -> None:
    table = ["Description", *HEADER[1:]]
    found = read(["Month", "Amount", "Status", "", *table], ["Oct", 9.0, "sent", "", "Design", 5.0, "EUR", "sent"])
    assert found.columns["milestone"] == ["Design"]
    assert codes(found) == [("W007", "A1"), ("W007", "E1")], "sums by month are a list beside, and nothing is unread"


def test_of_two_months_tables_side_by_side_one_is_unread_and_that_is_said() -> None:
    found = read([*RETAINER[:4], "", "Month", "Amount", "Status"], ["Oct", 5.0, "EUR", "sent", "", "Nov", 7.0, "sent"])
    assert found.columns["milestone"] == ["Oct"]
    assert ("W001", "F1") in codes(found)


def test_sums_by_month_below_named_milestones_are_no_milestones() -> None:
    found = read(HEADER, ["Deposit", 5.0, "EUR", "sent"], [], ["Month", "Amount", "", "Status"], ["Oct", 5.0, "", "ok"])
    assert found.columns["milestone"] == ["Deposit"]
    assert "W001" not in {code for code, _cell in codes(found)}


def test_of_month_description_and_invoice_number_what_tells_most_rows_apart_names_them() -> None:
    header = ["Month", "Description", "Invoice number", "Amount", "Currency", "Status"]
    work = [["March", "Wireframes", "O-1"], ["March", "Design", "O-2"], ["", "Build", ""]]
    named = read(header, *([*texts, 5.0, "EUR", "sent"] for texts in work))
    assert named.columns["milestone"] == ["Wireframes", "Design", "Build"]
    retainer = [["March", "Retainer", "O-1"], ["April", "Retainer", ""], ["", "Retainer", ""]]
    named = read(header, *([*texts, 5.0, "EUR", "sent"] for texts in retainer))
    assert named.columns["milestone"] == ["March", "April", "Retainer"]
    numbered = [["March", "O-1"], ["March", "O-2"], ["April", ""]]
    named = read([header[0], *header[2:]], *([*texts, 5.0, "EUR", "sent"] for texts in numbered))
    assert named.columns["milestone"] == ["O-1", "O-2", "April"]


def test_of_sums_by_month_and_named_milestones_below_them_the_named_ones_are_read() -> None:
    by_month = ["Month", "Amount", "Paid", "Currency", "Status", "Due date"]
    found = read(
        by_month,
        ["Oct", 9.0, "", "EUR", "sent", ""],
        [],
        ["Description", *HEADER[1:]],
        ["Design", 5.0, "EUR", "sent"],
    )
    assert found.columns["milestone"] == ["Design"]
    assert ("W001", "A1") in codes(found)


def test_months_with_nothing_but_money_below_the_total_are_sums() -> None:
    month = dt.date(2026, 10, 1)
    found = read(RETAINER, [month, 9.0, "EUR", "sent", "O-1", ""], ["Total", 9.0], [], [month, 3.0])
    assert found.columns["row"] == [2]
    assert ("W012", "A5") in codes(found)


def test_a_description_or_invoice_number_stands_in_for_the_milestone() -> None:
    found = read(["Invoice no", "Amount", "Currency", "Status"], ["2041", 5.0, "EUR", "sent"])
    assert found.columns["milestone"] == ["2041"]
    assert ("W007", "A1") in codes(found)


def test_of_two_amount_columns_the_more_certain_one_counts_and_the_other_is_named() -> None:
    found = read(["Total", "Milestone", "Amount", "Currency", "Status"], [1190.0, "Deposit", 1000.0, "EUR", "draft"])
    assert found.columns["amount"] == [100_000]
    assert ("W006", "A1") in codes(found)


def test_a_column_called_as_a_currency_has_amounts_unless_another_one_is_called_so() -> None:
    found = read(["Phase", "EUR", "Status"], ["A", 4.0, "sent"])
    assert (found.columns["amount"], found.columns["currency"]) == ([400], ["EUR"])
    assert read(["Phase", "€", "Status"], ["A", 4.0, "sent"]).columns["currency"] == ["EUR"]
    found = read(["Phase", "EUR", "USD", "Status"], ["A", 4.0, 5.0, "sent"], ["B", "", 5.0, "sent"])
    assert found.columns["amount"] == [400, 0]
    assert codes(found) == [("R102", "B3"), ("W006", "C1")]
    found = read(["Phase", "EUR", "Amount (GBP)", "Status"], ["A", 4.0, 5.0, "sent"])
    assert (found.columns["amount"], found.columns["currency"]) == ([500], ["GBP"])
    assert read(["Phase", "all", "Status"], ["A", 4.0, "sent"]).sheet is None


@pytest.mark.parametrize(
    "header", ["Invoice amount|Amount due", "Amount due|Total", "Montant TTC|Montant dû", "Fee|Net à payer"]
)
def test_beside_another_amount_the_amount_due_is_what_is_still_owed(header: str) -> None:
    names = header.split("|")
    amounts = [40.0 if "due" in name or "dû" in name or "payer" in name else 100.0 for name in names]
    found = read(["Milestone", *names, "Currency", "Status"], ["A", *amounts, "EUR", "sent"])
    assert found.columns["amount"] == [10_000]


def test_a_list_or_a_form_is_no_milestone_table() -> None:
    for rows in ([["Status", "Currency"], ["draft", "EUR"]], [["Client", "Owner", "Project"]], [["Total", 5.0]], []):
        assert read(*rows).skipped is not None


@pytest.mark.parametrize(
    "header",
    ["Amount (k EUR)", "Amount (kEUR)", "Betrag in T€", "Betrag (Tsd. EUR)", "Total £k", "Amount in thousands of EUR",
     "TEUR", "Amount '000", "Amount (thousands)"],
)  # fmt: skip
def test_amounts_in_thousands_are_not_read_and_said_to_be_such(header: str) -> None:
    found = read(["Milestone", header, "Status"], ["Deposit", 10.0, "paid"])
    assert found.sheet is None
    [notice] = found.notices
    assert notice.code == "W005"
    assert notice.facts["meant"] == ""
    assert notice.facts["thousands"] == (
        f" “{header}” in B1 seems to be in thousands: such amounts are not read. Write whole amounts below “Amount”."
    )


@pytest.mark.parametrize(
    "header", ["Kind", "Tax", "Amount (hours)", "Amount (EUR) kept", "Text", "in", "k", "Ammount", "Total of"]
)
def test_other_headers_are_not_said_to_be_in_thousands(header: str) -> None:
    [notice] = read(["Milestone", header, "Status"], ["Deposit", 10.0, "paid"]).notices
    assert (notice.code, notice.facts["thousands"]) == ("W005", "")


@pytest.mark.parametrize(
    ("header", "lacking", "meant"),
    [
        ("Milstone|Amount (EUR)|Status", "“Milestone”", "Is “Milstone” in A1 meant?"),
        ("Milstone|Ammount|Status", "“Milestone” and “Amount”", "Are “Milstone” in A1 and “Ammount” in B1 meant?"),
        ("Milestone|Ammount|Staus", "“Amount” and “Status”", "Are “Ammount” in B1 and “Staus” in C1 meant?"),
        (
            "Milstone|Ammount|Staus",
            "“Milestone” and “Amount” and “Status”",
            "Are “Milstone” in A1 and “Ammount” in B1 and “Staus” in C1 meant?",
        ),
        ("Milstone|Amount", "“Milestone” and “Status”", "Is “Milstone” in A1 meant?"),
        (
            "Milstone|Amount (EUR)|Mileston",
            "“Milestone” and “Status”",
            "Is “Milstone” in A1 or “Mileston” in C1 meant?",
        ),
        ("Descripton|Amount (EUR)|Status", "“Milestone”", "Is “Descripton” in A1 meant?"),
        ("Meilnstein|Betrag|Status", "“Milestone”", "Is “Meilnstein” in A1 meant?"),
    ],
)
def test_a_header_with_slips_in_the_needed_words_is_an_error_that_asks(header: str, lacking: str, meant: str) -> None:
    found = read(header.split("|"), ["Deposit", 10.0, "paid"])
    [notice] = found.notices
    assert (notice.code, notice.facts) == ("W005", {"lacking": lacking, "meant": f" {meant}", "thousands": ""})
    assert found.skipped is not None


@pytest.mark.parametrize(
    "header",
    ["Name|Amount|State", "Nmae|Amount|State", "Item|Rate|Total", "Date|Detials|Amount", "Client|Ammount|City",
     "Milstone|Owner|Colour", "Project|Hours|Staus", "Phrase|Note|Client"],
)  # fmt: skip
def test_other_lists_with_amounts_are_not_asked_about(header: str) -> None:
    assert codes(read(header.split("|"), ["Deposit", 10.0, "paid"])) == [("W004", "")]


@pytest.mark.parametrize("below", [[], [["Deposit", "open", "paid"]]])
def test_words_with_no_number_below_them_are_no_header_with_slips(below: list[list[Any]]) -> None:
    assert codes(read(["Milstone", "Amount (EUR)", "Status"], *below)) == [("W004", "")]


def test_a_table_without_milestones_is_skipped_with_a_reason() -> None:
    found = read(HEADER, ["Total", 0.0, "", ""])
    assert found.skipped is not None
    assert "no milestones" in found.skipped.why


def test_blank_rows_may_part_milestones_but_remarks_are_none() -> None:
    found = read(
        HEADER,
        ["Deposit", 1.0, "EUR", "draft"],
        ["", "", "", ""],
        ["Final", 2.0, "EUR", "draft"],
        ["Total", 3.0, "", ""],
        ["Prices are net of VAT", "", "", ""],
        ["", "", "", ""],
        ["See contract", "", "", ""],
    )
    assert found.columns["milestone"] == ["Deposit", "Final"]
    assert codes(found) == []


@pytest.mark.parametrize("label", ["Total", "TOTAL:", "Grand total", "Sub-total", "Total EUR", "Sum", "Total amount"])
def test_totals_rows_are_never_counted(label: str) -> None:
    found = read(HEADER, ["Deposit", 10.0, "EUR", "draft"], [label, 10.0, "", ""])
    assert found.columns["milestone"] == ["Deposit"]


@pytest.mark.parametrize("name", ["Summary film", "Balance", "Balance of payments film", "Taxi campaign", "Final"])
def test_a_milestone_that_only_sounds_like_a_total_is_counted(name: str) -> None:
    found = read(HEADER, ["Deposit", 10.0, "EUR", "draft"], [name, 10.0, "EUR", ""])
    assert found.columns["milestone"] == ["Deposit", name]


LIKE_TOTALS = ("Total contract value", "Total Phase 1", "VAT 20%", "Sum total", "Net", "Outstanding", "Gesamt netto")


@pytest.mark.parametrize("label", LIKE_TOTALS)
def test_what_begins_like_a_total_is_passed_over_and_said(label: str) -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], ["B", 6.0, "EUR", "draft"], [label, 10.0, "", ""])
    assert found.columns["milestone"] == ["A", "B"]
    assert ("W012", "A4") in codes(found)


@pytest.mark.parametrize("label", ["Total redesign", "VAT registration"])
def test_with_any_detail_beside_it_such_a_row_is_a_milestone(label: str) -> None:
    header = [*HEADER, "Due date"]
    found = read(header, ["A", 4.0, "EUR", "draft", ""], [label, 10.0, "EUR", "", dt.date(2026, 5, 1)])
    assert found.columns["milestone"] == ["A", label]
    assert read(HEADER, [label, 10.0, "EUR", "sent"]).columns["milestone"] == [label]


def test_a_total_with_a_status_is_none_unless_it_equals_the_sum() -> None:
    assert read(HEADER, ["Total", 10.0, "EUR", "sent"]).columns["amount"] == [1000]
    found = read(HEADER, ["A", 4.0, "EUR", "sent"], ["B", 6.0, "EUR", "sent"], ["Total", 10.0, "EUR", "open"])
    assert found.columns["milestone"] == ["A", "B"]
    assert ("W012", "A4") in codes(found)


def test_below_the_total_only_rows_with_a_status_or_details_are_milestones() -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], ["Total", 4.0, "", ""], ["Hosting", 5.0, "", ""])
    assert found.columns["milestone"] == ["A"]
    assert codes(found) == [("W012", "A4")]


def test_words_in_place_of_an_amount_below_the_total_are_a_remark() -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], ["Total", 4.0, "", ""], [], ["Approved by", "Jane", "", ""])
    assert [notice.facts["what"] for notice in found.notices] == ["Words below the table, without an amount"]


def test_where_the_table_goes_on_below_a_total_a_bare_row_may_be_a_milestone_and_is_an_error() -> None:
    total, bare = ["Total", 4.0, "", ""], ["Hosting", 5.0, "", ""]
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], total, bare, ["Change request", 6.0, "EUR", "sent"])
    assert found.columns["milestone"] == ["A", "Hosting", "Change request"]
    assert found.columns["trusted"] == [True, False, True]
    assert ("R113", "D4") in codes(found)
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], total, [], bare, ["Grand total", 9.0, "", ""])
    assert found.columns["milestone"] == ["A", "Hosting"]
    assert ("R113", "D5") in codes(found)


def test_below_a_total_at_the_top_the_table_begins() -> None:
    found = read(
        HEADER, ["Total", 7.0, "", ""], ["A", 4.0, "EUR", "draft"], ["B", 2.0, "EUR", ""], ["C", 1.0, "EUR", ""]
    )
    assert found.columns["milestone"] == ["A", "B", "C"]
    assert found.sheet is not None
    assert [(row.cell, row.agrees) for row in found.sheet.totals] == [("B2", True)]
    assert codes(found) == [("W012", "A2")]


@pytest.mark.parametrize("label", ["Phase 1 total", "Phase 1 – Subtotal", "Phase 1 gesamt", "Amount total"])
def test_a_label_that_ends_as_a_total_is_one_where_it_fits(label: str) -> None:
    above: list[list[Any]] = [HEADER, ["A", 4.0, "EUR", "draft"], ["B", 6.0, "EUR", "draft"]]
    found = read(*above, [label, 10.0, "EUR", ""], ["C", 5.0, "EUR", ""])
    assert found.columns["milestone"] == ["A", "B", "C"]
    assert codes(found) == [("W012", "A4")]
    assert read(*above, [label, 9.0, "EUR", ""]).columns["milestone"] == ["A", "B", label]


@pytest.mark.parametrize("label", ["Grand total incl. VAT", "Sous-total phase 1"])
def test_a_total_of_two_words_may_say_more(label: str) -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], [label, 5.0, "EUR", ""])
    assert found.columns["milestone"] == ["A"]


@pytest.mark.parametrize("tax", ["VAT 19%", "zzgl. 19 % MwSt.", "Sales tax", "+ TVA"])
def test_a_total_with_the_tax_above_it_agrees(tax: str) -> None:
    rows = [["A", 100.0, "EUR", "draft"], ["Total", 100.0, "", ""], [tax, 19.0, "", ""], ["Grand total", 119.0, "", ""]]
    found = read(HEADER, *rows)
    assert found.sheet is not None
    assert [row.agrees for row in found.sheet.totals] == [True, True]
    assert "W009" not in dict(codes(found))


def test_labels_of_sums_may_stand_in_any_column_left_of_the_amount() -> None:
    header = ["Milestone", "Description", "Due date", "Amount", "Currency", "Status"]
    found = read(
        header,
        ["A", "Design", "", 100.0, "EUR", "draft"],
        ["", "Total", "", 100.0, "", ""],
        ["", "", "VAT 19%", 19.0, "", ""],
        ["", "Gross", "", 119.0, "", ""],
        ["", "Paid so far", "", 50.0, "EUR", ""],
    )
    assert found.columns["milestone"] == ["A"]
    assert codes(found) == [("W012", "C4"), ("W012", "B5"), ("W012", "B6")]


@pytest.mark.parametrize("label", ["Phase 1 total", "Total Phase 1", "Gesamtsumme Phase 1", "Sous-total phase 1"])
def test_a_total_of_several_rows_is_none_though_it_has_a_status(label: str) -> None:
    rows = [["A", 4.0, "EUR", "paid"], ["B", 6.0, "EUR", "paid"], [label, 10.0, "EUR", "paid"]]
    found = read(HEADER, *rows, ["C", 5.0, "EUR", "sent"])
    assert found.columns["milestone"] == ["A", "B", "C"]
    assert codes(found) == [("W012", "A4")]
    halves = read(HEADER, ["A", 5.0, "EUR", "paid"], [label, 5.0, "EUR", "sent"])
    assert halves.columns["milestone"] == ["A", label]


def test_each_section_may_have_a_total_of_its_own() -> None:
    found = read(
        HEADER,
        ["A", 4.0, "EUR", "draft"],
        ["B", 6.0, "EUR", "draft"],
        ["Phase 1 total", 10.0, "", ""],
        ["C", 5.0, "EUR", "draft"],
        ["Phase 2 total", 5.0, "", ""],
        ["Project total", 15.0, "", ""],
    )
    assert found.columns["milestone"] == ["A", "B", "C"]
    assert found.sheet is not None
    assert [(row.cell, row.agrees) for row in found.sheet.totals] == [("B4", True), ("B6", True), ("B7", True)]


class TestSections:
    def test_names_alone_are_headings_where_one_opens_the_table(self) -> None:
        found = read(
            HEADER,
            ["Phase 1", "", "", ""],
            ["A", 4.0, "EUR", "draft"],
            ["Phase 2", "", "", ""],
            ["B", 6.0, "EUR", ""],
            ["Total", 10.0, "", ""],
        )
        assert found.columns["milestone"] == ["A", "B"]
        assert codes(found) == [("W012", "A2"), ("W012", "A4")]

    @pytest.mark.parametrize(
        "names",
        [
            ["Deposit", "A", "B"],  # a lone one
            ["A", "Deposit", "B", "Deposit", "C"],  # none that opens the table
            ["Deposit", "A", "Deposit", "Deposit"],  # nothing below it but another one
            ["Deposit", "A", "Deposit", "Total"],  # or the total
        ],
    )
    def test_elsewhere_a_name_alone_is_a_milestone_without_its_amount(self, names: list[str]) -> None:
        found = read(HEADER, *([name, "" if name == "Deposit" else 4.0, "", ""] for name in names))
        assert "Deposit" in found.columns["milestone"]
        assert "R102" in dict(codes(found))

    def test_a_heading_with_the_sum_of_its_section_may_be_a_milestone_and_is_an_error(self) -> None:
        found = read(
            ["Milestone", "Amount (EUR)", "Status"],
            ["Phase 1", 10.0, ""],
            ["A", 4.0, "paid"],
            ["B", 6.0, "draft"],
            ["Phase 2", 5.0, ""],
            ["C", 5.0, "draft"],
            ["Phase 3", 7.0, ""],
            ["D", 5.0, "draft"],
        )
        assert found.columns["trusted"] == [False, True, True, False, True, True, True]
        assert codes(found) == [("R113", "C2"), ("R113", "C5")]

    def test_a_plan_without_statuses_has_no_such_headings(self) -> None:
        rows = [["Deposit", 10.0, ""], ["Midpoint", 5.0, ""], ["Final", 5.0, ""]]
        found = read(["Milestone", "Amount (EUR)", "Status"], *rows)
        assert found.columns["trusted"] == [True, True, True]

    def test_a_heading_with_other_words_below_a_blank_row_begins_no_other_list(self) -> None:
        found = read(HEADER, ["A", 4.0, "EUR", "draft"], [], ["Phase 2", "", "", "autumn"], ["B", 6.0, "EUR", ""])
        assert found.columns["milestone"] == ["A", "B"]
        assert codes(found) == [("W012", "A4")]


@pytest.mark.parametrize(
    "remark",
    [
        ["", "", "", "", "they want to pay in two parts"],
        ["* all prices without VAT", "", "", "", ""],
        ["Note: they want to pay in two parts", "", "", "", ""],
        ["Bemerkung: in zwei Teilen", "", "", "", ""],
    ],
)
def test_a_remark_between_milestones_is_none(remark: list[Any]) -> None:
    found = read([*HEADER, "Notes"], ["A", 4.0, "EUR", "draft", ""], remark, ["B", 6.0, "EUR", "draft", ""])
    assert found.columns["milestone"] == ["A", "B"]
    assert [code for code, _cell in codes(found)] == ["W012"]


def test_below_a_subtotal_the_table_goes_on() -> None:
    found = read(HEADER, ["A", 4.0, "EUR", "draft"], ["Subtotal", 4.0, "", ""], ["B", 5.0, "EUR", ""])
    assert found.columns["milestone"] == ["A", "B"]


def test_a_second_table_with_its_columns_in_another_order_is_not_mixed_in() -> None:
    found = read(
        [*HEADER, "Paid"],
        ["A", 4.0, "EUR", "draft", ""],
        ["Milestone", "Paid", "Currency", "Status", "Amount"],
        ["B", 400.0, "EUR", "partially paid", 9000.0],
    )
    assert found.columns["amount"] == [400]
    assert ("W001", "A3") in codes(found)


def test_a_merged_project_cell_counts_for_all_its_rows() -> None:
    rows: list[list[Any]] = [
        ["Project", *HEADER],
        ["Orchard", "A", 1.0, "EUR", ""],
        ["", "B", 1.0, "EUR", ""],
        ["", "C", 1.0, "EUR", ""],
    ]
    grid = Grid("Sheet", rows, merged=[((1, 0), (2, 0))])
    found = read_sheet(grid, SheetContext("book.xlsx", vocabulary()))
    assert found.columns["project"] == ["Orchard", "Orchard", "Sheet"]


def test_a_label_without_a_value_takes_not_the_next_label() -> None:
    found = read(["Client", "", "Owner", "Jane"], HEADER, ["A", 1.0, "EUR", ""])
    assert found.sheet is not None
    assert (found.sheet.client, found.sheet.owner) == ("", "Jane")


def test_a_total_of_rounded_thirds_agrees() -> None:
    third = 100 / 3
    found = read(HEADER, *(["A", third, "EUR", "draft"] for _ in range(3)), ["Total", 100.0, "", ""])
    assert "W009" not in dict(codes(found))


@pytest.mark.parametrize(
    ("amounts", "total", "says", "how"),
    [
        (
            ["2.500"],
            2501.0,
            "The amount in B3 could not be read and is not in that sum. It may be the whole",
            "Correct B3 f",
        ),
        (["2.500"], 3.5, "It may be the whole difference.", "Correct B3 first, then run again."),
        (["2.500"], 9.0, "The amount in B3 could not be read and is not in that sum.", "Correct B3 first. Check the"),
        (
            ["tbc", ""],
            9.0,
            "B3 and B4 could not be read and are not in that sum. They may be",
            "Correct B3 and B4 first, then",
        ),
        (["2.500", "1,200"], 3701.0, "They may be the whole difference.", "Correct B3 and B4 first, then run"),
        (["2.500", "1,200"], 9.0, "could not be read and are not in that sum.", "Correct B3 and B4 first. Check"),
        (
            ["x"] * 7,
            9.0,
            "B3, B4, B5, B6, B7 and 2 more could not be read and are not in that sum. They may be",
            "Correct B3",
        ),
        (["2.500"] * 7, 17501.0, "are not in that sum.", "Correct B3"),
        (["tbc"], 0.5, "is not in that sum.", "Correct B3 first. Check"),
        ([5.0], 9.0, "", "Check the range"),
    ],
)
def test_a_total_that_differs_says_which_amounts_it_may_hold(
    amounts: list[Any], total: float, says: str, how: str
) -> None:
    rows = [["B", amount, "EUR", "draft"] for amount in amounts]
    found = read(HEADER, ["A", 1.0, "EUR", "draft"], *rows, ["Total", total, "", ""])
    (facts,) = (notice.facts for notice in found.notices if notice.code == "W009")
    assert says in facts["lacking"]
    assert bool(says) == bool(facts["lacking"])
    assert ("whole difference" in facts["lacking"]) == ("whole" in says or "may be" in says)
    assert facts["how"].startswith(how)


def test_of_a_subtotal_the_amounts_since_the_last_one_are_named() -> None:
    found = read(
        HEADER,
        ["A", "tbc", "EUR", "draft"],
        ["Subtotal", 9.0, "", ""],
        ["B", "2.500", "EUR", "draft"],
        ["Subtotal", 2500.0, "", ""],
    )
    lacking = [notice.facts["lacking"] for notice in found.notices if notice.code == "W009"]
    assert ["B2" in each for each in lacking] == [True, False]
    assert "B4" in lacking[1]


def test_an_unlabelled_sum_is_known_by_its_formula_or_by_fitting() -> None:
    fitting = read(HEADER, ["A", 1.0, "EUR", "draft"], ["B", 2.0, "EUR", "draft"], ["", 3.0, "", ""])
    assert fitting.columns["milestone"] == ["A", "B"]
    by_formula = read(
        HEADER, ["A", 1.0, "EUR", "draft"], ["", 7.0, "", ""], details=summed("B2:B2", (2, 1)), currency="EUR"
    )
    assert by_formula.columns["milestone"] == ["A"]
    assert codes(by_formula) == [("W009", "B3")]


def test_a_lone_amount_that_fits_nothing_is_kept_but_not_trusted() -> None:
    found = read(HEADER, ["A", 1.0, "EUR", "draft"], ["", 7.0, "EUR", ""])
    assert found.columns["trusted"] == [True, False]


def test_subtotals_are_compared_with_their_part_and_totals_with_the_whole() -> None:
    found = read(
        HEADER,
        ["A", 1.0, "EUR", "draft"],
        ["Subtotal", 1.0, "", ""],
        ["B", 2.0, "EUR", "draft"],
        ["Subtotal", 2.0, "", ""],
        ["C", 4.0, "EUR", "draft"],
        ["Subtotal", 9.0, "", ""],
        ["Total", 7.0, "", ""],
    )
    assert found.sheet is not None
    assert [(row.cell, row.agrees) for row in found.sheet.totals] == [
        ("B3", True), ("B5", True), ("B7", False), ("B8", True),
    ]  # fmt: skip
    assert codes(found) == [("W009", "B7"), ("W012", "A3"), ("W012", "A5")]


def test_the_block_above_the_table_tells_about_the_project() -> None:
    found = read(
        ["Project:", "Harbour app", "", "Client", "Kestrel"],
        ["Contract total", "", 27_200.0],
        ["Currency", "EUR"],
        ["Sign-off folder", "signed"],
        [],
        ["Milestone", "Amount", "Status"],
        ["Deposit", 10.0, "draft"],
    )
    sheet = found.sheet
    assert sheet is not None
    assert (sheet.project, sheet.client, sheet.currency) == ("Harbour app", "Kestrel", "EUR")
    assert (sheet.contract, sheet.contract_currency, sheet.contract_cell) == (2_720_000, "EUR", "C2")
    assert (sheet.signoff_folder, sheet.signoff_folder_cell) == ("signed", "B4")
    assert found.columns["project"] == ["Harbour app"]
    assert found.columns["currency"] == ["EUR"]


def test_without_a_block_the_sheet_names_the_project_unless_a_column_does() -> None:
    found = read(["Project", *HEADER], ["Orchard", "A", 1.0, "EUR", ""], ["", "B", 1.0, "EUR", ""])
    assert found.columns["project"] == ["Orchard", "Sheet"]


def test_a_second_project_on_the_sheet_is_not_mixed_in() -> None:
    header = ["Milestone", "Amount", "Status"]
    found = read(
        ["Project", "Alpha"], ["Currency", "EUR"], header, ["Dep", 1.0, "paid"], [], ["Project", "Beta"],
        ["Currency", "GBP"], header, ["Dep", 2000.0, "sent"],
    )  # fmt: skip
    assert found.columns["amount"] == [100]
    assert ("W001", "A6") in codes(found)


def test_a_total_that_was_never_calculated_is_said() -> None:
    found = read(HEADER, ["A", 1.0, "EUR", "draft"], ["Total", BrokenCell(formula="SUM(B2:B2)"), "", ""])
    assert codes(found) == [("R104", "B3")]


@pytest.mark.parametrize(
    "totals",
    [
        [["Total EUR", 5.0, "", ""], ["Total USD", 9.0, "", ""]],
        [["Total", 5.0, "EUR", ""], ["Total", 9.0, "USD", ""]],
        [["Total", "€ 5.00", "", ""], ["Total", "US$ 9.00", "", ""]],
    ],
)
def test_a_total_in_one_currency_is_compared_with_what_is_in_it(totals: list[list[Any]]) -> None:
    rows = [["A", 4.0, "EUR", "draft"], ["B", 9.0, "USD", "draft"], ["C", 1.0, "EUR", "draft"]]
    found = read(HEADER, *rows, *totals)
    assert found.sheet is not None
    assert [row.agrees for row in found.sheet.totals] == [True, True]
    assert "W009" not in dict(codes(found))


def test_amounts_that_say_no_currency_are_in_any_total() -> None:
    rows: list[list[Any]] = [
        ["A", "EUR 4.00", "", "draft"],
        ["B", 9.0, "", "draft"],
        ["Total", 13.0, "", ""],
        ["Total EUR", 13.0, "", ""],
    ]
    found = read(HEADER, *rows, currency="EUR")
    assert found.sheet is not None
    assert [row.agrees for row in found.sheet.totals] == [True, True]


def test_a_total_in_one_currency_that_differs_is_said() -> None:
    rows = [["A", 4.0, "EUR", "draft"], ["B", 9.0, "USD", "draft"], ["C", 1.0, "EUR", "draft"]]
    wrong = read(HEADER, *rows, ["Total EUR", 14.0, "", ""])
    assert [notice.facts["adds_up_to"] for notice in wrong.notices if notice.code == "W009"] == ["5"]


def test_a_total_is_compared_with_the_sum_that_it_means() -> None:
    found = read(HEADER, ["A", 5.0, "EUR", "draft"], ["B", 2.0, "EUR", "void"], ["Total", 5.0, "", ""])
    assert found.sheet is not None
    assert [(row.says, row.adds_up_to, row.agrees) for row in found.sheet.totals] == [("5", "5", True)]
