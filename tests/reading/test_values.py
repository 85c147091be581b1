"""Cells in, money, dates and statuses out, and a notice for every doubt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.model import ReadingSettings
from milestone_report.reading.grid import BrokenCell, Details, Grid
from milestone_report.reading.sheet import SheetContext, read_sheet
from milestone_report.reading.vocabulary import vocabulary
from tests.reading.test_layout import codes, read

if TYPE_CHECKING:
    from milestone_report.model import Notice

HEADER = ["Milestone", "Amount", "Currency", "Status", "Due date", "Paid", "Sign-off", "Invoice no"]


def row(**cells: Any) -> tuple[dict[str, Any], dict[str, Notice]]:
    """One milestone with these cells; its values, and its notices by code."""
    clean: dict[str, Any] = {
        "milestone": "Deposit", "amount": 10.0, "currency": "EUR", "status": "draft", "due": "", "paid": "",
        "signoff": "", "invoice": "",
    }  # fmt: skip
    found = read(HEADER, list({**clean, **cells}.values()))
    return {name: values[0] for name, values in found.columns.items()}, {each.code: each for each in found.notices}


def test_amounts_become_minor_units_of_their_currency() -> None:
    for currency, minor in (("EUR", 150_050), ("JPY", 1501), ("KWD", 1_500_500)):
        assert row(amount=1500.5, currency=currency)[0]["amount"] == minor


@pytest.mark.parametrize("value", ["TBC", "12k", "1.200", True, dt.date(2026, 1, 1), 1e300, dt.time(1, 2)])
def test_an_unreadable_amount_is_left_out_and_named(value: object) -> None:
    values, notices = row(amount=value)
    assert not values["trusted"]
    assert not values["amount_known"]
    assert notices["R103"].cell == "B2"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("TBC", "is no number"),
        ("n/a", "is no number"),
        ("1.200", "could be 1200 or 1.2"),
        ("-1,200", "could be -1200 or -1.2"),
        ("30%", "is a share, not an amount"),
        ("1200 + VAT", "cannot be read as one certain number"),
        (True, "says yes or no, not how much"),
        (dt.time(1, 30), "is a time to Excel, which makes one of 1:30"),
        (dt.timedelta(hours=30), "is a time to Excel, which makes one of 1:30"),
        (1e16, "is larger than any amount"),
        (float("nan"), "is no number"),
        (float("-inf"), "is no number"),
    ],
)
def test_an_amount_that_cannot_be_read_says_why(value: object, why: str) -> None:
    for cell in ("amount", "paid"):
        values, notices = row(**{cell: value})
        assert not values["trusted"]
        assert notices["R103"].facts["why"] == why


@pytest.mark.parametrize(
    ("value", "minor", "codes"),
    [(0.1 + 0.2, 30, []), (10.005, 1001, ["R107"]), (1e15, 10**17, []), (-0.0, 0, []), (1200, 120_000, []),
     (123456789012.34, 12_345_678_901_234, []), ("€ 10,0051", 1001, ["R111", "R107"])],
)  # fmt: skip
def test_a_number_has_the_digits_that_excel_shows(value: object, minor: int, codes: list[str]) -> None:
    values, notices = row(amount=value)
    assert values["amount"] == minor
    assert list(notices) == codes


def test_an_amount_read_from_text_says_so() -> None:
    values, notices = row(amount="€ 1.200,50", currency="")
    assert (values["amount"], values["currency"]) == (120_050, "EUR")
    assert notices["R111"].facts["read_as"] == "1,200.50 EUR"


@pytest.mark.parametrize("value", [dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 5, 0)])  # noqa: DTZ001
def test_a_date_in_place_of_an_amount_is_excels_own_doing(value: object) -> None:
    _values, notices = row(amount=value)
    assert notices["R103"].facts["why"] == "is a date to Excel, which makes one of 1-3 or 1.3"


@pytest.mark.parametrize(
    "value",
    [dt.date(2026, 2, 1), dt.datetime(2026, 2, 1, 5, 0), "2026-02-01", "01.02.2026", "1 Feb 2026", "1/2/26"],  # noqa: DTZ001
)
def test_a_day_of_payment_in_place_of_the_money_is_told_where_it_belongs(value: object) -> None:
    values, notices = row(status="paid", paid=value)
    assert not values["trusted"]
    assert notices["R103"].facts["why"] == "looks like the day of payment, not like how much was paid"
    assert "“Paid on”" in notices["R103"].facts["more"]


@pytest.mark.parametrize("value", ["yes", "x", "ja", "✓", "Paid in full", True])
def test_a_yes_in_place_of_the_money_is_told_what_to_write(value: object) -> None:
    values, notices = row(status="paid", paid=value)
    assert not values["trusted"]
    assert "leave this cell blank" in notices["R103"].facts["more"]
    assert row(amount=value)[1]["R103"].facts["more"] == ""


@pytest.mark.parametrize(
    ("cell", "value", "how"),
    [
        ("amount", "€ 1.200,50", "type the number alone, without its currency and without separators of thousands"),
        ("paid", "1200", "type the number alone, without its currency and without separators of thousands"),
        ("due", "31.12.2026", "type the date again, so that Excel takes it for one"),
        ("due", 46115.0, "give the cell the format of a date (Ctrl+1)"),
        ("due", 20260403.0, "type the date again, so that Excel takes it for one"),
        ("invoice", dt.date(2026, 3, 4), "type the invoice number again with an apostrophe before it"),
        ("invoice", 1.2e15, "type the invoice number again with an apostrophe before it"),
    ],
)
def test_each_interpretation_says_how_the_cell_itself_can_say_it(cell: str, value: object, how: str) -> None:
    assert row(**{cell: value})[1]["R111"].facts["how"].startswith(how)


@pytest.mark.parametrize(
    ("value", "named"), [("03/04/2026", True), ("28/1/19", True), ("soon", False), ("31.2.26", False)]
)
def test_an_ambiguous_date_names_the_setting_that_decides(value: str, *, named: bool) -> None:
    assert ("date_order" in row(due=value)[1]["R110"].facts["more"]) == named


def test_a_date_that_the_setting_does_not_decide_does_not_name_it() -> None:
    grid = Grid("S", [HEADER, ["A", 10.0, "EUR", "draft", "28/1/19", "", "", ""]])
    found = read_sheet(grid, SheetContext("b.xlsx", vocabulary(), ReadingSettings(date_order="mdy")))
    assert found.notices[0].facts["more"] == ""


def test_a_currency_that_two_places_tell_otherwise_is_to_be_made_one() -> None:
    header = ["Milestone", "Amount", "Currency", "Status"]
    details = Details(formats={(1, 1): "[$£-809]#,##0.00"})
    [notice] = read(header, ["A", 5.0, "EUR", "draft"], details=details).notices
    assert notice.facts["how"] == "where EUR is right, change what says otherwise (a number format: with Ctrl+1)"
    found = read(["Currency", "GBP"], ["Milestone", "Amount (EUR)", "Status"], ["Deposit", 1.0, "draft"])
    assert found.notices[0].facts["how"] == "where EUR is right, change “Currency” above the table, else the header"


def test_an_unreadable_paid_cell_makes_the_row_uncertain() -> None:
    values, notices = row(paid="yes")
    assert not values["trusted"]
    assert notices["R103"].cell == "F2"
    assert row(paid=0.0)[0]["paid_recorded"]
    assert not row(paid="  ")[0]["paid_recorded"]


def test_a_currency_that_contradicts_the_amount_beside_it_is_refused() -> None:
    values, notices = row(currency="GBP", amount="€ 5,50")
    assert not values["trusted"]
    assert notices["R109"].cell == "C2"


@pytest.mark.parametrize(
    ("status", "folded"),
    [("", "planned"), ("PAID ", "paid"), ("Part-paid", "partially paid"), ("invoiced", "sent"), ("late", "overdue"),
     ("Cancelled", "void"), ("Settled", "paid"), ("not billed", "planned")],
)  # fmt: skip
def test_other_peoples_words_for_a_status(status: str, folded: str) -> None:
    assert row(status=status)[0]["status"] == folded


def test_an_unknown_status_is_named_with_a_suggestion_and_left_out() -> None:
    values, notices = row(status="payed")
    assert values["status"] == "unknown"
    assert not values["trusted"]
    assert notices["R113"].facts["suggestion"] == " Did you mean “paid”?"


@pytest.mark.parametrize("value", [dt.date(2026, 4, 3), dt.datetime(2026, 4, 3, 17, 30)])  # noqa: DTZ001
def test_real_dates_need_no_remark(value: dt.date) -> None:
    values, notices = row(due=value)
    assert values["due_date"] == dt.date(2026, 4, 3)
    assert notices == {}


@pytest.mark.parametrize("value", ["2026-04-03", "3 April 2026", "2026-04-03 14:00", 46115.0, 46115.9, 20260403.0])
def test_a_date_as_text_or_bare_number_is_read_and_said(value: object) -> None:
    values, notices = row(due=value)
    assert values["due_date"] == dt.date(2026, 4, 3)
    assert notices["R111"].facts["read_as"] == "3 April 2026"


@pytest.mark.parametrize("value", ["03/04/2026", "soon", 12.0, dt.time(1, 2), True])
def test_what_is_no_certain_date_is_named_and_blank(value: object) -> None:
    values, notices = row(due=value)
    assert values["due_date"] is None
    assert values["trusted"]
    assert "R110" in notices


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("03/04/2026", "it could be 3 April 2026 or 4 March 2026"),
        ("28/1/19;12/2/19", "it holds several dates, and only one can count"),
        ("31.02.2026", "there is no such day"),
        ("TBC", "it is no date that can be read for certain"),
        (12.0, "as a number it stands for no day between 2000 and 2100"),
        (-5, "as a number it stands for no day between 2000 and 2100"),
        (dt.time(0, 0), "it is a time without a day"),
        (dt.timedelta(days=40_000), "it is a time without a day"),
        (True, "it is no date that can be read for certain"),
    ],
)
def test_a_date_that_cannot_be_read_says_why(value: object, why: str) -> None:
    assert row(due=value)[1]["R110"].facts["why"] == why


@pytest.mark.parametrize(
    ("order", "text", "date", "why"),
    [
        ("dmy", "03/04/2026", dt.date(2026, 4, 3), "only the settings say that its day comes first"),
        ("mdy", "03/04/2026", dt.date(2026, 3, 4), "only the settings say that its month comes first"),
        ("dmy", "28/1/19", dt.date(2019, 1, 28), "only the settings say that its day comes first"),
        ("mdy", "25/04/2026", dt.date(2026, 4, 25), "it is stored as text"),
        ("", "03.04.2026", dt.date(2026, 4, 3), "it is stored as text: with full stops between, the day comes first"),
        ("", "3.4.26", dt.date(2026, 4, 3), "it is stored as text: with full stops between, the day comes first"),
        (
            "dmy",
            "03.04.2026",
            dt.date(2026, 4, 3),
            "it is stored as text: with full stops between, the day comes first",
        ),
        ("mdy", "03.04.2026", dt.date(2026, 3, 4), "only the settings say that its month comes first"),
        ("mdy", "05/05/2026", dt.date(2026, 5, 5), "it is stored as text"),
    ],
)
def test_the_settings_order_of_a_date_is_followed_and_said(order: str, text: str, date: dt.date, why: str) -> None:
    context = SheetContext("book.xlsx", vocabulary(), ReadingSettings(currency="EUR", date_order=order))
    header = ["Milestone", "Amount", "Status", "Due date", "Promised on"]
    found = read_sheet(Grid("Sheet", [header, ["A", 5.0, "draft", text, text]]), context)
    assert found.columns["due_date"] == found.columns["expected_date"] == [date]
    assert [(each.code, each.facts["why"]) for each in found.notices] == [("R111", why)] * 2


def test_with_full_stops_a_day_is_not_told_beside_a_date_with_its_month_first() -> None:
    header = ["Milestone", "Amount", "Status", "Due date"]
    rows = [[name, 5.0, "draft", text] for name, text in (("A", "03.04.2026"), ("B", "12.31.2026"))]
    found = read_sheet(
        Grid("Sheet", [header, *rows]), SheetContext("book.xlsx", vocabulary(), ReadingSettings(currency="EUR"))
    )
    assert found.columns["due_date"] == [None, dt.date(2026, 12, 31)]
    assert [(each.code, each.cell) for each in found.notices] == [("R110", "D2"), ("R111", "D3")]


def test_with_full_stops_the_month_comes_first_on_all_of_a_sheet_or_nobody_can_tell() -> None:
    header = ["Milestone", "Amount", "Status", "Invoice date", "Due date"]
    row = ["A", 5.0, "sent", "12.31.2026", "02.03.2027"]
    found = read_sheet(
        Grid("Sheet", [header, row]), SheetContext("book.xlsx", vocabulary(), ReadingSettings(currency="EUR"))
    )
    assert found.columns["invoice_date"] == [dt.date(2026, 12, 31)]
    assert found.columns["due_date"] == [None]
    assert [(each.code, each.cell) for each in found.notices] == [("R111", "D2"), ("R110", "E2")]


def test_a_bare_number_counts_from_1904_where_the_workbook_does() -> None:
    context = SheetContext("book.xlsx", vocabulary(), ReadingSettings(currency="EUR"), epoch_1904=True)
    header = ["Milestone", "Amount", "Status", "Due date"]
    found = read_sheet(Grid("Sheet", [header, ["A", 5.0, "draft", 44653.0]]), context)
    assert found.columns["due_date"] == [dt.date(2026, 4, 3)]


EVERY_FIELD = [
    "Project", "Client", "Owner", "Milestone", "Description", "Invoice no", "Note", "Amount", "Currency", "Status",
    "Paid", "Sign-off", "Invoice date", "Due date", "Paid on", "Sign-off date", "Expected",
]  # fmt: skip


@pytest.mark.parametrize("column", range(len(EVERY_FIELD)))
@pytest.mark.parametrize(("cell", "code"), [(BrokenCell(error="#REF!"), "R105"), (BrokenCell(formula="A1"), "R104")])
def test_every_column_names_its_broken_cells_and_only_money_and_status_leave_the_row_out(
    column: int, cell: BrokenCell, code: str
) -> None:
    cells: list[Any] = [""] * len(EVERY_FIELD)
    cells[3], cells[4], cells[7], cells[8], cells[9] = "Deposit", "Half", 10.0, "EUR", "draft"
    cells[column] = cell
    found = read(EVERY_FIELD, cells)
    place = f"{'ABCDEFGHIJKLMNOPQ'[column]}2"
    assert [(each.code, each.cell) for each in found.notices if each.cell == place] == [(code, place)]
    assert found.columns["trusted"] == [EVERY_FIELD[column] not in ("Amount", "Currency", "Status", "Paid")]


@pytest.mark.parametrize("name", ["amount", "currency", "status", "due", "paid", "milestone", "invoice", "signoff"])
def test_a_broken_cell_is_named_wherever_it_stands(name: str) -> None:
    for broken, code in ((BrokenCell(error="#N/A"), "R105"), (BrokenCell(formula="A1"), "R104")):
        values, notices = row(**{name: broken})
        assert code in notices
        assert values["trusted"] == (name not in ("amount", "currency", "status", "paid"))


def test_an_invoice_number_typed_as_a_number_is_not_a_decimal() -> None:
    assert row(invoice=2041.0)[0]["invoice_number"] == "2041"


@pytest.mark.parametrize(
    ("value", "number"),
    [(dt.date(2026, 4, 3), "2026-04-03"), (dt.time(3, 40), "03:40:00"), (1234567890123450.0, "1234567890123450")],
)
def test_an_invoice_number_that_excel_may_have_changed_is_named(value: object, number: str) -> None:
    values, notices = row(invoice=value)
    assert values["invoice_number"] == number
    assert (notices["R111"].cell, notices["R111"].facts["read_as"]) == ("H2", number)


@pytest.mark.parametrize("value", [2041.0, "0042", "2026-04", "3-4", 20.5])
def test_an_invoice_number_as_it_stands_needs_no_remark(value: object) -> None:
    assert row(invoice=value)[1] == {}


@pytest.mark.parametrize("nothing", ["-", "–", " - ", "n/a", "N/A", "N.A.", "k.A.", "Néant", "n.v.t."])
def test_a_dash_where_a_date_an_invoice_or_a_sign_off_may_stand_is_a_blank(nothing: str) -> None:
    values, notices = row(due=nothing, invoice=nothing, signoff=nothing)
    assert (values["due_date"], values["invoice_number"], values["signoff"]) == (None, "", "")
    assert notices == {}


@pytest.mark.parametrize("column", ["amount", "currency", "status"])
def test_where_money_or_a_status_must_stand_a_dash_says_nothing_certain(column: str) -> None:
    values, notices = row(**{column: "-"})
    assert not values["trusted"]
    assert len(notices) == 1


def test_a_dash_in_a_paid_cell_is_nothing_paid_and_said() -> None:
    values, notices = row(paid="–")
    assert (values["trusted"], values["paid_recorded"], values["paid_cell"]) == (True, True, 0)
    assert (notices["R111"].cell, notices["R111"].facts["read_as"]) == ("F2", "0.00 EUR")


def test_several_sign_offs_in_a_cell_are_one_a_line() -> None:
    assert row(signoff="a.pdf; b.pdf\nc.pdf;")[0]["signoff"] == "a.pdf\nb.pdf\nc.pdf"


def test_a_links_target_counts_not_its_words() -> None:
    details = Details(links={(1, 6): "signoffs/real.pdf"})
    found = read(HEADER, ["Deposit", 1.0, "EUR", "draft", "", "", "signed version", ""], details=details)
    assert found.columns["signoff"] == ["signoffs/real.pdf"]


class TestCurrency:
    """Where an amount's currency comes from, best first."""

    NO_COLUMN = ("Milestone", "Amount", "Status")

    def read(self, header: list[Any], amount: object, number_format: str = "", **more: Any) -> tuple[Any, list[str]]:
        block = [["Currency", more.pop("block")]] if "block" in more else []
        details = Details(formats={(len(block) + 1, 1): number_format} if number_format else {})
        found = read(*block, header, ["Deposit", amount, "draft"], details=details, **more)
        return found.columns["currency"][0], [notice.code for notice in found.notices]

    def test_the_number_format_comes_before_header_block_and_default(self) -> None:
        header = ["Milestone", "Amount (GBP)", "Status"]
        assert self.read(header, 5.0, "[$€-2] #,##0", block="CHF", currency="USD") == ("EUR", ["R111", "R111"])

    def test_the_header_comes_before_the_block(self) -> None:
        assert self.read(["Milestone", "Amount (GBP)", "Status"], 5.0, block="CHF") == ("GBP", ["R111"])

    def test_the_block_comes_before_the_default(self) -> None:
        assert self.read([*self.NO_COLUMN], 5.0, block="CHF", currency="USD") == ("CHF", [])

    def test_the_default_comes_last(self) -> None:
        assert self.read([*self.NO_COLUMN], 5.0, currency="USD") == ("USD", [])

    def test_a_shared_sign_only_confirms_what_is_known(self) -> None:
        assert self.read([*self.NO_COLUMN], "$1,200", block="CAD") == ("CAD", ["R111"])
        assert self.read([*self.NO_COLUMN], 5.0, '"$"#,##0', block="CAD") == ("CAD", [])
        assert self.read([*self.NO_COLUMN], 5.0, '"$"#,##0', block="EUR") == ("", ["R108"])
        assert self.read([*self.NO_COLUMN], 5.0, '"$"#,##0') == ("", ["R108"])

    def test_an_unknown_code_in_the_block_is_named(self) -> None:
        assert self.read([*self.NO_COLUMN], 5.0, block="Dollar") == ("", ["R109", "R108"])

    def test_a_sheet_without_any_currency_says_so_once(self) -> None:
        found = read([*self.NO_COLUMN], ["A", 1.0, "draft"], ["B", 2.0, "draft"], ["C", "", "draft"])
        assert [(notice.code, notice.cell) for notice in found.notices] == [("R102", "B4"), ("R108", "B2")]
        assert found.columns["trusted"] == [False, False, False]

    def test_a_cell_that_is_no_amount_is_not_asked_for_its_currency_too(self) -> None:
        unreadable = ["TBC", "1.200", True, 1e300, BrokenCell("#N/A")]
        for value in unreadable:
            said = self.read([*self.NO_COLUMN], value)[1]
            assert said == ["R105" if isinstance(value, BrokenCell) else "R103"]
            contract = read(["Contract total", value], [*self.NO_COLUMN], ["A", 1.0, "draft"], ["B", "€1", "draft"])
            assert said[0] in [notice.code for notice in contract.notices if notice.cell == "B1"]
            assert ("R108", "B1") not in codes(contract)
        found = read([*self.NO_COLUMN], ["A", 1.0, "draft"], ["B", "TBC", "draft"], ["C", 2.0, "draft"])
        assert codes(found) == [("R103", "B3"), ("R108", "B2")]
        assert found.notices[1].facts["why"].endswith("the same is true of all 2 amounts on this sheet")

    def test_a_contract_without_any_currency_is_compared_with_nothing(self) -> None:
        found = read(
            ["Contract total", 100.0], ["Milestone", "Amount", "Currency", "Status"], ["A", 1.0, "EUR", ""],
            ["B", 1.0, "GBP", ""],
        )  # fmt: skip
        assert found.sheet is not None
        assert found.sheet.contract is None
        assert [notice.code for notice in found.notices] == ["R108"]

    def test_a_contract_takes_the_only_currency_that_the_milestones_have(self) -> None:
        found = read(["Contract total", 100.0], ["Milestone", "Amount", "Currency", "Status"], ["A", 1.0, "EUR", ""])
        assert found.sheet is not None
        assert (found.sheet.contract, found.sheet.contract_currency) == (10_000, "EUR")

    @pytest.mark.parametrize(
        ("paid", "number_format", "header"),
        [("£1,000.00", "", "Paid"), (1000.0, '"£"#,##0', "Paid"), (1000.0, "", "Paid (GBP)"), ("$5", "", "Paid")],
    )
    def test_a_paid_cell_in_another_currency_is_refused(self, paid: object, number_format: str, header: str) -> None:
        details = Details(formats={(1, 3): number_format} if number_format else {})
        found = read(["Milestone", "Amount (EUR)", "Status", header], ["A", 3.0, "sent", paid], details=details)
        assert found.columns["trusted"] == [False]
        assert "R109" in [notice.code for notice in found.notices]

    def test_a_dollar_beside_a_stated_euro_is_refused(self) -> None:
        found = read(["Milestone", "Amount", "Currency", "Status"], ["A", "$3,000.00", "EUR", "sent"])
        assert found.columns["trusted"] == [False]

    def test_a_sign_written_beside_the_number_counts_not_the_format_of_its_cell(self) -> None:
        assert self.read(["Milestone", "Amount (EUR)", "Status"], "$1,200", "[$€-2] #,##0") == ("", ["R108"])
        assert self.read([*self.NO_COLUMN], "$1,200", "[$€-2] #,##0", block="USD") == ("USD", ["R111"])
        assert self.read([*self.NO_COLUMN], "1,200.50", "[$€-2] #,##0") == ("EUR", ["R111"])

    @pytest.mark.parametrize(("paid", "header"), [("$5", "Paid (EUR)"), ("$5", "Paid"), ("€5", "Paid (GBP)")])
    def test_a_paid_cell_is_not_in_euros_because_its_format_or_header_is(self, paid: str, header: str) -> None:
        details = Details(formats={(1, 3): "[$€-2] #,##0"})
        found = read(["Milestone", "Amount (EUR)", "Status", header], ["A", 3.0, "sent", paid], details=details)
        assert found.columns["trusted"] == [paid == "€5"]
        said = [notice.facts["why"] for notice in found.notices if notice.facts.get("what") == "The currency of"]
        assert said == (["its column is in GBP; beside it is written EUR"] if paid == "€5" else [])

    @pytest.mark.parametrize("number_format", ['"£"#,##0', '"$"#,##0'])
    def test_a_format_that_contradicts_the_currency_cell_is_said(self, number_format: str) -> None:
        details = Details(formats={(1, 1): number_format})
        found = read(["Milestone", "Amount", "Currency", "Status"], ["A", 3.0, "EUR", "sent"], details=details)
        assert found.columns["currency"] == ["EUR"]
        assert [notice.code for notice in found.notices] == ["R111"]

    def test_a_contract_with_a_sign_that_its_sheet_cannot_have_is_compared_with_nothing(self) -> None:
        found = read(["Contract total", "$3,000"], ["Currency", "EUR"], [*self.NO_COLUMN], ["A", 3000.0, "sent"])
        assert found.sheet is not None
        assert found.sheet.contract is None


def test_a_share_is_no_amount() -> None:
    found = read(
        HEADER, list({"m": "A", "a": 0.3, "c": "EUR", "s": "draft"}.values()), details=Details(shares={(1, 1)})
    )
    assert found.columns["trusted"] == [False]
    assert [(notice.code, notice.value) for notice in found.notices] == [("R103", "30%")]


@pytest.mark.parametrize("status", ["paid?", "❌ paid", "☐ Paid", "≠ paid", "!paid"])
def test_a_sign_that_may_turn_a_status_round_is_not_folded_away(status: str) -> None:
    assert row(status=status)[0]["status"] == "unknown"


def test_a_negative_receipt_is_not_added_to_what_is_owed() -> None:
    values, notices = row(status="sent", paid=-1.0)
    assert not values["trusted"]
    assert notices["R103"].cell == "F2"
    assert row(status="sent", amount=-10.0, paid=-1.0)[0]["trusted"]
