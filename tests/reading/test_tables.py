"""Sheets as people make them: headers in two rows, several tables, Excel's own tables, hidden rows, merged cells."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from milestone_report.reading import sheet as sheet_module
from milestone_report.reading.contents import Source
from milestone_report.reading.grid import BrokenCell, Details, ExcelTable, Grid, address
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary
from milestone_report.reading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from milestone_report.reading.grid import Place

HEADER = ["Milestone", "Amount", "Currency", "Status"]
A = ["A", 4.0, "EUR", "sent"]
B = ["B", 6.0, "EUR", "draft"]


def read(
    *rows: list[Any],
    merged: Sequence[tuple[Place, Place]] = (),
    tables: Sequence[ExcelTable] = (),
    details: Details | None = None,
) -> SheetRows:
    width = max(len(row) for row in rows)
    grid = Grid("Sheet", [row + [""] * (width - len(row)) for row in rows], merged=merged, tables=tables)
    found = details or Details()
    return read_sheet(grid, SheetContext("book.xlsx", vocabulary(), details=lambda _sheet, _columns: found))


def said(rows: SheetRows) -> list[tuple[str, str]]:
    return [(notice.code, notice.cell) for notice in rows.notices]


@pytest.mark.parametrize(
    ("amount", "unread", "codes"),
    [
        (BrokenCell(formula="SUM(B2:B3)"), ("B4",), ["R104"]),
        (BrokenCell(error="#REF!"), ("B4",), ["R105"]),
        ("see below", ("B4",), []),
        (10.0, (), []),
        (9.0, (), ["W009"]),
        ("10,00", (), []),
        ("", (), []),
        ("–", (), []),
        ("n/a", (), []),
    ],
)
def test_a_totals_row_whose_number_cannot_be_read_is_told_from_none(
    amount: object, unread: tuple[str, ...], codes: list[str]
) -> None:
    found = read(HEADER, A, B, ["Total", amount, "", ""])
    assert found.sheet is not None
    assert found.columns["milestone"] == ["A", "B"]
    assert found.sheet.totals_unread == unread
    assert [code for code, _cell in said(found)] == codes
    assert not (unread and found.sheet.totals)


class TestHeadersInTwoRows:
    def test_words_above_each_other_make_one_name(self) -> None:
        found = read(
            ["Milestone", "Amount", "Invoice", "Due", "Payment"],
            ["", "(EUR)", "number", "date", "status"],
            ["A", 4.0, "INV-1", dt.date(2026, 4, 1), "sent"],
        )
        assert found.sheet is not None
        assert found.sheet.header_row == 2
        assert found.columns["row"] == [3]
        assert found.columns["currency"] == ["EUR"]
        assert {"invoice_number", "due_date", "status"} <= set(found.sheet.columns)
        assert found.sheet.columns["status"].header == "Payment status"

    def test_a_merged_word_groups_the_columns_below_it(self) -> None:
        found = read(
            ["Milestone", "Billing", "", "Sign-off", "", "Status"],
            ["", "Amount", "Currency", "Document", "Date", ""],
            ["A", 4.0, "EUR", "a.pdf", dt.date(2026, 4, 1), "sent"],
            merged=[((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 0), (1, 0)), ((0, 5), (1, 5))],
        )
        assert found.columns["signoff"] == ["a.pdf"]
        assert found.columns["signoff_date"] == [dt.date(2026, 4, 1)]
        assert found.columns["amount"] == [400]

    def test_an_amount_below_payment_is_not_that_of_the_invoice(self) -> None:
        found = read(
            ["", "Invoice", "", "", "Payment", "", ""],
            ["Milestone", "No.", "Date", "Amount", "Date", "Amount", "Status"],
            ["A", "I-1", dt.date(2026, 1, 1), 100.0, dt.date(2026, 2, 1), 60.0, "sent"],
            merged=[((0, 1), (0, 3)), ((0, 4), (0, 5))],
        )
        assert found.columns["amount"] == [10_000]
        assert found.columns["paid_date"] == [dt.date(2026, 2, 1)]
        assert ("W007", "F2") in said(found)

    def test_a_currency_above_amounts_is_theirs(self) -> None:
        found = read(
            ["", "EUR", "", "USD", ""],
            ["Milestone", "Amount", "Paid", "Amount", "Status"],
            ["A", 100.0, 60.0, 110.0, "sent"],
            merged=[((0, 1), (0, 2)), ((0, 3), (0, 3))],
        )
        assert (found.columns["amount"], found.columns["currency"]) == ([10_000], ["EUR"])
        assert said(found) == [("W006", "D2")]

    @pytest.mark.parametrize("first", [["Deposit", "", "", "draft"], ["Deposit", "TBC", "EUR", ""], A])
    def test_a_row_of_data_is_never_taken_for_the_header(self, first: list[Any]) -> None:
        found = read(HEADER, first, B)
        assert found.columns["row"] == [2, 3]

    def test_a_row_of_units_belongs_to_the_header(self) -> None:
        found = read(
            ["Milestone", "Amount", "Status", "Due date"],
            ["text", "EUR", "draft/sent/paid", "dd/mm/yyyy"],
            ["A", 4.0, "sent", dt.date(2026, 4, 1)],
        )
        assert found.columns["row"] == [3]
        assert found.columns["currency"] == ["EUR"]
        assert said(found) == []

    @pytest.mark.parametrize("first", [["Deposit", "EUR", "draft"], ["Deposit", "EUR", 4.0], ["Deposit", "4 EUR", ""]])
    def test_a_row_that_may_be_a_milestone_is_no_row_of_units(self, first: list[Any]) -> None:
        found = read(["Milestone", "Amount", "Status"], first, ["A", "5 EUR", "sent"])
        assert found.columns["row"] == [2, 3]

    def test_a_title_or_a_block_above_is_no_part_of_the_header(self) -> None:
        found = read(["Project", "Harbour"], HEADER, A)
        assert found.sheet is not None
        assert found.sheet.project == "Harbour"
        assert found.columns["row"] == [3]

    def test_repeated_on_the_next_page_it_is_passed_over(self) -> None:
        header = [["Milestone", "Amount", "Due", "Payment"], ["", "(EUR)", "date", "status"]]
        row = ["A", 4.0, dt.date(2026, 4, 1), "sent"]
        found = read(*header, row, *header, row)
        assert found.columns["row"] == [3, 6]
        assert "R103" not in dict(said(found))


class TestSeveralTables:
    def test_a_table_beside_the_milestones_takes_none_of_its_columns(self) -> None:
        found = read(
            [*HEADER, "", "Expense", "Invoice amount", "Paid"],
            [*A, "", "Flights", 300.0, 300.0],
        )
        assert found.columns["paid_recorded"] == [False]
        assert found.columns["amount"] == [400]

    def test_beside_columns_that_name_rows_of_their_own_are_another_table(self) -> None:
        found = read([*HEADER, "", "Description", "Paid"], [*A, "", "Flights", 300.0])
        assert found.columns["paid_recorded"] == [False]
        assert ("W007", "F1") in said(found)

    def test_a_blank_column_within_a_table_parts_nothing(self) -> None:
        found = read([*HEADER, "", "Paid"], ["A", 4.0, "EUR", "paid", "", 4.0])
        assert found.columns["paid_recorded"] == [True]

    def test_a_second_milestone_table_beside_the_first_is_an_error(self) -> None:
        found = read([*HEADER, "", *HEADER], [*A, "", *B])
        assert found.columns["amount"] == [400]
        assert ("W001", "F1") in said(found)

    @pytest.mark.parametrize(
        ("second", "why"),
        [
            (["Milestone", "Amount (USD)", "Status"], "amounts in USD instead of EUR"),
            (
                ["Milestone", "Amount", "Status"],
                "amounts whose header names no currency, where the first one names EUR",
            ),
            (["Milestone", "Net (EUR)", "Status"], "“Net (EUR)” in place of “Amount (EUR)”"),
            (["Milestone", "Amount (EUR)", "Status", "Paid"], "“Paid”, which the first one lacks"),
            (["Milestone", "Amount (EUR)", "Note"], "“Note” in place of “Status”"),
            (["Item", "Price (EUR)", "State"], "“Item” in place of “Milestone”"),
            (["Status", "Amount (EUR)", "Milestone"], "“Status” in place of “Milestone”"),
            (["", "Milestone", "Amount (EUR)", "Status"], "“Milestone” in place of “Amount (EUR)”"),
            (["", "", "Milestone", "Amount (EUR)", "Status"], "“Milestone” in place of “Status”"),
        ],
    )
    @pytest.mark.parametrize("gap", [[], [[]]])
    def test_a_second_header_below_that_means_something_else_ends_the_table(
        self, second: list[str], why: str, gap: list[list[Any]]
    ) -> None:
        first = ["Milestone", "Amount (EUR)", "Status"]
        found = read(first, ["A", 4.0, "sent"], *gap, second, ["B", 6.0, "sent"], first, ["C", 7.0, "sent"])
        assert found.columns["milestone"] == ["A"]
        [notice] = [notice for notice in found.notices if notice.code == "W001"]
        place = address(2 + len(gap), sum(not text for text in second))
        assert (notice.cell, notice.facts["why"]) == (place, f"a second milestone table begins here, with {why}")

    def test_so_does_one_in_two_rows_or_with_its_units_below(self) -> None:
        due = dt.date(2026, 4, 1)
        first = [["Milestone", "Amount", "Due", "Payment"], ["", "(EUR)", "date", "status"]]
        second = [first[0], ["", "(USD)", "date", "status"]]
        found = read(*first, ["A", 4.0, due, "sent"], *second, ["B", 6.0, due, "sent"])
        assert (found.columns["milestone"], ("W001", "A4") in said(found)) == (["A"], True)
        first = [["Milestone", "Amount", "Status"], ["", "EUR", ""]]
        second = [first[0], ["", "USD", ""]]
        found = read(*first, ["A", 4.0, "sent"], *second, ["B", 6.0, "sent"])
        assert (found.columns["milestone"], ("W001", "A4") in said(found)) == (["A"], True)
        found = read(*first, ["A", 4.0, "sent"], *first, ["B", 6.0, "sent"])
        assert (found.columns["milestone"], said(found)) == (["A", "B"], [("W012", "A4")])

    @pytest.mark.parametrize(
        ("second", "code"),
        [
            (["Milestone", "Amount (EUR)", "Status", "Paid"], "W012"),
            (["PHASE", "Amount EUR", "State", ""], "W012"),
            (["Milestone", "Amount (EUR)", "Status", "Colour"], "W001"),
        ],
    )
    def test_a_header_below_that_says_the_same_or_less_is_passed_over(self, second: list[str], code: str) -> None:
        first = ["Milestone", "Amount (EUR)", "Status", "Paid"]
        found = read(first, ["A", 4.0, "paid", 4.0], [], second, ["B", 6.0, "paid", ""])
        assert found.columns["milestone"] == (["A", "B"] if code == "W012" else ["A"])
        assert said(found) == [(code, "A4")]

    def test_where_only_the_header_below_names_a_currency_nobody_knows_that_of_the_first(self) -> None:
        found = read(HEADER, A, [], ["Milestone", "Amount (USD)", "Currency", "Status"], B)
        [notice] = found.notices
        assert notice.facts["why"].endswith("amounts in USD, where the first header names none")

    def test_a_second_milestone_table_below_in_other_columns_is_an_error(self) -> None:
        found = read(HEADER, A, [], ["", "", "", "", "", *HEADER], ["", "", "", "", "", *B], [], B)
        assert found.columns["amount"] == [400, 600]
        assert said(found) == [("W001", "F4")]

    def test_a_second_milestone_table_beside_the_rows_of_the_first_is_an_error(self) -> None:
        found = read(HEADER, A, [*B, "", *HEADER], [*A, "", *B])
        assert found.columns["amount"] == [400, 600, 400]
        assert said(found) == [("W001", "F3")]

    def test_words_on_both_sides_of_the_rows_are_no_table_over_them(self) -> None:
        first = ["", "", "Milestone", "Amount (EUR)", "Status"]
        found = read(first, ["Phase", "", "A", 4.0, "sent", "", "Total", "State"], ["", "", "B", 6.0, ""])
        assert found.columns["milestone"] == ["A", "B"]
        assert said(found) == []

    def test_a_table_of_milestones_comes_before_one_whose_rows_are_called_something_else(self) -> None:
        prices: list[list[Any]] = [["Item", "Price", "Status", "Currency"], ["Design", 90.0, "paid", "EUR"]]
        found = read(["Currency", "GBP"], *prices, [], ["Milestone", "Amount", "Status"], ["A", 4.0, "sent"])
        assert (found.columns["milestone"], found.columns["currency"]) == (["A"], ["GBP"])
        assert said(found) == [("W001", "A2")]
        found = read([*prices[0], "", "Milestone", "Fee (EUR)", "State"], [*prices[1], "", "A", 4.0, "sent"])
        assert (found.columns["milestone"], ("W001", "A1") in said(found)) == (["A"], True)

    @pytest.mark.parametrize("above", [["Name", "Role", "Email"], ["Item", "Rate", "Unit"]])
    def test_another_list_above_the_milestones_is_named(self, above: list[Any]) -> None:
        found = read(["Project", "Harbour"], [], above, ["Jane", 90.0, "hour"], ["Joe", 80.0, ""], [], HEADER, A)
        assert found.columns["milestone"] == ["A"]
        [notice] = found.notices
        assert (notice.code, notice.cell) == ("W012", "A3")
        assert "row 5" in notice.facts["what"]

    def test_what_a_list_above_says_is_not_said_of_the_project(self) -> None:
        found = read(["Name", "Role", "Rate"], ["Jane", "art", 90.0], ["Client", "lead", ""], [], HEADER, A)
        assert found.sheet is not None
        assert found.sheet.client == ""

    @pytest.mark.parametrize(
        "above",
        [
            [["North & Field", "Milestones", "2026"], ["Project", "Harbour", ""]],
            [["Client", "Acme", "Owner", "Jane"], ["Currency", "EUR", "Project", "Harbour"]],
            [["What", "How much", "Where"]],
            [["How to use this", "sheet", "well"], ["1", "", ""], ["2", "", ""]],
        ],
    )
    def test_a_title_or_a_block_is_no_list(self, above: list[list[Any]]) -> None:
        assert said(read(*above, HEADER, A)) == []

    def test_another_list_below_the_milestones_is_passed_over_and_named(self) -> None:
        found = read(HEADER, A, [], ["Expense", "Cost", "Ccy", "By"], ["Flights", 300.0, "EUR", "Jane"], [], B)
        assert found.columns["milestone"] == ["A", "B"]
        assert said(found) == [("W012", "A4")]

    def test_a_word_of_the_project_block_in_another_list_begins_no_second_project(self) -> None:
        costs: list[list[Any]] = [
            ["Expense", "Cost", "Ccy", "By"],
            ["Flights", 300.0, "EUR", "Jane"],
            ["Client", "none", "", "Joe"],
        ]
        found = read(HEADER, A, [], *costs, [], B)
        assert found.columns["milestone"] == ["A", "B"]
        assert said(found) == [("W012", "A4")]

    def test_a_milestone_that_stands_in_another_list_is_an_error(self) -> None:
        taxi = ["Taxi", 30.0, "EUR", ""]
        found = read(HEADER, A, [], ["Extra", "Cost", "", ""], taxi, ["Change request", 300.0, "EUR", "sent"])
        assert found.columns["milestone"] == ["A"]
        assert ("W001", "A6") in said(found)

    def test_words_below_the_table_are_a_remark(self) -> None:
        found = read(HEADER, A, [], ["Prepared by", "Jane", "", ""])
        assert found.columns["milestone"] == ["A"]
        assert said(found) == [("W012", "A4")]

    def test_words_beside_words_below_the_table_are_a_remark_wherever_they_stand(self) -> None:
        found = read([*HEADER, "Invoice number"], [*A, "1"], [], ["Note", "", "", "", "please check"])
        assert found.columns["milestone"] == ["A"]
        assert said(found) == [("W012", "A4")]

    def test_below_a_blank_row_a_sign_off_makes_a_milestone(self) -> None:
        found = read([*HEADER, "Sign-off"], [*A, "a.pdf"], [], ["Final", "", "", "", "b.pdf"])
        assert found.columns["milestone"] == ["A", "Final"]
        assert ("R102", "B4") in said(found)

    def test_a_milestone_below_a_blank_row_whose_amount_is_not_settled_is_one(self) -> None:
        found = read(HEADER, A, [], ["Final", "TBC", "EUR", "draft"])
        assert found.columns["milestone"] == ["A", "Final"]
        assert ("R103", "B4") in said(found)


class TestExcelTables:
    def test_the_range_says_where_the_table_is(self) -> None:
        found = read(
            HEADER,
            ["Old", 1.0, "EUR", "void"],
            [],
            [*HEADER, "Paid"],
            ["A", 4.0, "EUR", "sent", 2.0],
            tables=[ExcelTable("Billing", 3, 0, 4, 3)],
        )
        assert found.columns["row"] == [5]
        assert found.columns["paid_recorded"] == [False]

    def test_its_totals_row_is_no_milestone_whatever_it_says(self) -> None:
        found = read(HEADER, A, B, ["", 10.0, "", "2"], tables=[ExcelTable("T", 0, 0, 3, 3, totals_rows=1)])
        assert found.columns["milestone"] == ["A", "B"]
        assert found.sheet is not None
        assert [(row.cell, row.agrees) for row in found.sheet.totals] == [("B4", True)]

    def test_milestones_below_its_end_are_counted_and_said(self) -> None:
        found = read(HEADER, A, B, tables=[ExcelTable("T", 0, 0, 1, 3)])
        assert found.columns["milestone"] == ["A", "B"]
        [notice] = [notice for notice in found.notices if notice.code == "W008"]
        assert "row 3" in notice.facts["what"]

    def test_another_excel_table_below_is_passed_over(self) -> None:
        found = read(
            HEADER, A, ["Item", "Cost", "", ""], ["Flights", 300.0, "EUR", "sent"],
            tables=[ExcelTable("T", 0, 0, 1, 3), ExcelTable("Costs", 2, 0, 3, 3)],
        )  # fmt: skip
        assert found.columns["milestone"] == ["A"]
        assert said(found) == [("W012", "A3")]

    def test_a_second_excel_table_of_milestones_is_an_error(self) -> None:
        tables = [ExcelTable("T", 0, 0, 1, 3), ExcelTable("U", 2, 0, 3, 3)]
        found = read(HEADER, A, HEADER, B, tables=tables)
        assert found.columns["milestone"] == ["A"]
        assert ("W001", "A3") in said(found)

    def test_another_excel_table_above_or_beside_is_named(self) -> None:
        costs: list[list[Any]] = [["Item", "Cost"], ["Flights", 300.0]]
        tables = [ExcelTable("T", 0, 0, 1, 3), ExcelTable("Costs", 0, 5, 1, 6)]
        assert said(read([*HEADER, "", *costs[0]], [*A, "", *costs[1]], tables=tables)) == [("W012", "F1")]
        tables = [ExcelTable("Costs", 0, 0, 1, 1), ExcelTable("T", 3, 0, 4, 3)]
        assert said(read(*costs, [], HEADER, A, tables=tables)) == [("W012", "A1")]

    def test_columns_typed_beside_an_excel_table_belong_to_it_where_it_lacks_them(self) -> None:
        table = ExcelTable("T", 0, 0, 2, 1)
        rows: list[list[Any]] = [
            ["Milestone", "Amount (EUR)", "Status", "Paid"],
            ["A", 4.0, "paid", 4.0],
            ["B", 6.0, "sent", ""],
        ]
        found = read(*rows, ["C", 7.0, "sent", ""], ["", 17.0, "", ""], tables=[table])
        assert found.columns["milestone"] == ["A", "B", "C"]
        assert found.columns["paid_recorded"] == [True, False, False]
        assert said(found)[:2] == [("W007", "C1"), ("W007", "D1")]
        assert "is read, though it stands beside the Excel table “T”" in found.notices[0].facts["why"]
        assert "W008" in dict(said(found))  # C stands below its end

    def test_columns_typed_beside_a_whole_excel_table_are_named_and_not_used(self) -> None:
        rows: list[list[Any]] = [[*HEADER, "Paid", "Colour"], [*A, 4.0, "red"]]
        found = read(*rows, tables=[ExcelTable("T", 0, 0, 1, 3)])
        assert found.columns["paid_recorded"] == [False]
        assert said(found) == [("W007", "E1")]
        assert "is not used" in found.notices[0].facts["why"]

    def test_two_excel_tables_side_by_side_may_be_one(self) -> None:
        tables = [ExcelTable("T", 0, 0, 1, 1), ExcelTable("U", 0, 2, 1, 3)]
        found = read(["Milestone", "Amount (EUR)", "Status", "Note"], ["A", 4.0, "sent", ""], tables=tables)
        assert found.columns["amount"] == [400]
        assert "W012" not in dict(said(found))

    @pytest.mark.parametrize("top", [1, 2])
    def test_an_excel_table_may_begin_below_its_header(self, top: int) -> None:
        found = read(HEADER, A, B, tables=[ExcelTable("T", 1, 0, 2, 3, has_header=top > 1)])
        assert found.columns["milestone"] == ["A", "B"]
        assert said(found) == []

    def test_where_no_row_is_taken_for_a_milestone_though_there_are_amounts_that_is_an_error(self) -> None:
        found = read(HEADER, [], A, tables=[ExcelTable("Costs", 2, 2, 3, 3)])
        assert found.skipped is not None
        assert said(found) == [("W012", "C3"), ("W001", "A1")]
        assert said(read(HEADER, ["Total", 10.0, "", ""]))[-1] == ("W001", "A1")
        assert said(read(HEADER, ["Total", 0.0, "", ""])) == [("W004", "")]

    def test_a_real_file_tells_its_tables(self, tmp_path: Path) -> None:
        path = tmp_path / "b.xlsx"
        workbook = xlsxwriter.Workbook(path)
        sheet = workbook.add_worksheet("S")
        columns: list[dict[str, Any]] = [{"header": name} for name in HEADER]
        columns[0]["total_string"] = "Whole"
        columns[1] |= {"total_function": "sum", "total_value": 10}
        sheet.add_table("B3:E6", {"columns": columns, "data": [A, B], "total_row": True, "name": "Billing"})
        workbook.close()
        found = read_workbook(Source(path, "b.xlsx"))
        assert found.columns["milestone"] == ["A", "B"]
        assert found.workbook.sheets_used[0].totals[0].label == "Whole"


class TestHidden:
    def test_hidden_and_filtered_rows_are_counted_and_said(self) -> None:
        details = Details(hidden_rows={1, 3, 4, 9}, filtered=True)
        found = read(HEADER, A, B, A, B, details=details)
        assert len(found.columns["row"]) == 4
        [notice] = found.notices
        assert (notice.code, notice.facts["what"]) == ("W008", "Filtered out or hidden in Excel: rows 2, 4–5")

    def test_a_filter_of_an_excel_table_is_in_its_own_part(self, tmp_path: Path) -> None:
        path = tmp_path / "b.xlsx"
        workbook = xlsxwriter.Workbook(path)
        sheet = workbook.add_worksheet("S")
        sheet.add_table("A1:D3", {"columns": [{"header": name} for name in HEADER], "data": [A, B]})
        sheet.set_row(2, None, None, {"hidden": True})
        workbook.close()
        plain, filtered = (
            b'<autoFilter ref="A1:D3"/>',
            b'<autoFilter ref="A1:D3"><filterColumn colId="3"/></autoFilter>',
        )
        said_of = {}
        for name, markup in (("plain", plain), ("filtered", filtered)):
            with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / name, "w") as after:
                for part in before.namelist():
                    after.writestr(part, before.read(part).replace(plain, markup))
            [notice] = read_workbook(Source(tmp_path / name, name)).notices
            said_of[name] = notice.facts["what"]
        assert said_of == {
            "plain": "Hidden in Excel: row 3",
            "filtered": "Filtered out or hidden in Excel: row 3",
        }

    def test_a_hidden_column_in_use_is_said(self) -> None:
        found = read([*HEADER, "Colour"], [*A, "red"], details=Details(hidden_columns={1, 4}))
        assert [place for code, place in said(found) if code == "W008"] == ["B1"]

    def test_a_real_file_tells_what_is_hidden(self, tmp_path: Path) -> None:
        path = tmp_path / "b.xlsx"
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        for row in (HEADER, A, B):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.auto_filter.ref = "A1:D3"
        workbook.save(path)
        notices = [notice for notice in read_workbook(Source(path, "b.xlsx")).notices if notice.code == "W008"]
        assert [(notice.cell, notice.facts["what"]) for notice in notices] == [
            ("", "Filtered out or hidden in Excel: row 3"),
            ("D1", "Hidden in Excel: column D (“Status”)"),
        ]


class TestMergedCells:
    def test_what_is_merged_down_counts_for_each_row_but_money_does_not(self) -> None:
        found = read(
            [*HEADER, "Sign-off"],
            ["A", 4.0, "EUR", "sent", "a.pdf"],
            ["B", "", "", "", ""],
            merged=[((1, column), (2, column)) for column in range(1, 5)],
        )
        assert found.columns["signoff"] == ["a.pdf", "a.pdf"]
        assert found.columns["status"] == ["sent", "sent"]
        assert found.columns["amount_known"] == [True, False]

    def test_a_blank_row_under_a_merged_cell_is_no_milestone(self) -> None:
        found = read(["Project", *HEADER], ["Harbour", *A], ["", "", "", "", ""], ["", *B], merged=[((1, 0), (3, 0))])
        assert found.columns["milestone"] == ["A", "B"]
        assert found.columns["project"] == ["Harbour", "Harbour"]
        assert said(found) == []
        tall = [((1, column), (2, column)) for column in range(4)]
        assert said(read(HEADER, A, ["", "", "", ""], B, merged=tall)) == []

    def test_a_total_under_a_merged_cell_stays_one(self) -> None:
        found = read(["Project", *HEADER], ["Harbour", *A], ["", *B], ["", "", 10.0, "", ""], merged=[((1, 0), (3, 0))])
        assert found.columns["milestone"] == ["A", "B"]
        assert found.sheet is not None
        assert [row.cell for row in found.sheet.totals] == ["C4"]
        found = read(HEADER, A, B, ["Total", 9.0, "", ""], merged=[((1, 3), (3, 3))])
        assert found.columns["milestone"] == ["A", "B"]
        assert said(found) == [("W009", "B4")]

    def test_a_merged_name_or_status_makes_milestones_of_the_rows_it_covers(self) -> None:
        found = read(
            HEADER, ["A", 4.0, "EUR", "sent"], ["", 4.0, "", ""], ["Hosting", 3.0, "", ""],
            merged=[((1, 0), (2, 0)), ((1, 2), (3, 2)), ((1, 3), (3, 3))],
        )  # fmt: skip
        assert found.columns["milestone"] == ["A", "A", "Hosting"]
        assert found.columns["currency"] == ["EUR", "EUR", "EUR"]
        assert found.columns["status"] == ["sent", "sent", "sent"]

    def test_a_heading_over_the_whole_table_is_passed_over(self) -> None:
        found = read(HEADER, ["Phase one", "", "", ""], A, merged=[((1, 0), (1, 3))])
        assert found.columns["milestone"] == ["A"]
        assert said(found) == [("W012", "A2")]

    def test_a_merge_to_the_end_of_the_sheet_is_no_work(self) -> None:
        found = read(["Owner", *HEADER], ["Jane", *A], ["", *B], merged=[((1, 0), (1_048_575, 0))])
        assert found.columns["owner"] == ["Jane", "Jane"]


def test_a_column_without_a_header_that_holds_something_is_said() -> None:
    found = read(["Milestone", "", "Amount", "Currency", "Status"], ["A", "note", 4.0, "EUR", "sent"])
    assert ("W007", "B1") in said(found)
    assert said(read(["Milestone", "", "Amount", "Currency", "Status"], ["A", "", 4.0, "EUR", "sent"])) == []


def test_a_broken_cell_in_the_block_is_said() -> None:
    details = Details(broken={(0, 1): BrokenCell(error="#REF!"), (1, 1): BrokenCell(formula="B9")})
    found = read(["Client", ""], ["Contract total", ""], HEADER, A, details=details)
    assert said(found) == [("R105", "B1"), ("R104", "B2")]


@pytest.mark.parametrize(
    ("formula", "target"),
    [
        ('HYPERLINK("signed/"&A2,"open")', "signed/A"),
        ("HYPERLINK(A2)", "A"),
        ('HYPERLINK("a ""b"".pdf","open")', 'a "b".pdf'),
        ("HYPERLINK(CONCATENATE(A2,B2),A2)", ""),
    ],
)
def test_a_hyperlink_formula_points_where_its_first_part_says(formula: str, target: str, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("S")
    sheet.write_row(0, 0, [*HEADER, "Sign-off"])
    sheet.write_row(1, 0, A)
    sheet.write_formula(1, 4, f"={formula}", None, "words")
    workbook.close()
    assert read_workbook(Source(path, "b.xlsx")).columns["signoff"] == [target or "words"]


def test_a_table_that_was_copied_down_to_the_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MOST_MILESTONES", 2)
    assert read(HEADER, A, B).skipped is None
    with pytest.raises(RefusedError, match="3 rows") as refused:
        read(HEADER, A, B, A)
    assert refused.value.code == "W011"
