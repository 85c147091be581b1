from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import io
import zipfile

import openpyxl
import pytest
from lxml import etree
from xlsxwriter.worksheet import Worksheet

from milestone_report.model import Finding, Severity
from milestone_report.rendering import excel
from tests.building import AS_OF, COLUMNS, report_of
from tests.rendering.excel_sample import HERE, column, formulas, load, mixed, row, texts

# openpyxl leaves out the bars and the descriptions of tables, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

SHEETS = ["Summary", "Unpaid", "Ready to bill", "Unsigned", "Projects", "Coming due", "Problems", "Control"]
NASTY = [
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-1", "{=1}", "0042", "'quoted", " spaced ", "_x0041_", "🧾 bill",
    "http://example.com", "javascript:alert(1)", "mailto:a@b.c", "external:x.xlsx", "<r><t>&</t></r>", "<b>bold</b> &",
]  # fmt: skip


def test_the_sheets_stand_in_order_and_the_workbook_opens_at_the_summary() -> None:
    book = load(mixed())
    assert book.sheetnames == SHEETS
    assert book.active is book["Summary"]


def test_the_same_report_gives_the_same_bytes() -> None:
    first = excel.render(mixed())
    assert excel.render(mixed()) == first
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created == dt.datetime(2026, 3, 30, 17, 42)  # noqa: DTZ001


def test_a_finished_workbook_is_not_kept_until_garbage_is_collected() -> None:
    report = mixed()
    gc.collect()
    gc.disable()
    try:
        excel.render(report)
        assert not [each for each in gc.get_objects() if isinstance(each, Worksheet)]
    finally:
        gc.enable()


def test_every_part_is_well_formed() -> None:
    rows = [row("EUR", 100, milestone=text, description=text * 2, owner=text) for text in NASTY]
    with zipfile.ZipFile(io.BytesIO(excel.render(report_of(rows, HERE / "a.xlsx")))) as parts:
        for name in parts.namelist():
            etree.fromstring(parts.read(name))
        assert b"alert(1)" not in b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))


def test_each_list_is_a_table_whose_headers_are_its_columns() -> None:
    book = load(mixed(findings=(Finding("R101", Severity.ERROR, "agency.xlsx", "It's #1", "C4", "", "No.", "Do."),)))
    tables = {name: sheet for sheet in book for name in sheet.tables}
    lengths = {name: len(column(sheet, name, "Currency")) for name, sheet in tables.items() if name != "ProblemList"}
    assert lengths == {
        "UnpaidMilestones": 10, "ReadyToBill": 1, "UnsignedMilestones": 9, "SignoffsNotChecked": 2,
        "ProjectTotals": 3, "ComingDue": 3, "CreditsAndOverpayments": 3,
    }  # fmt: skip
    for name, sheet in tables.items():
        table = sheet.tables[name]
        assert [cell.value for cell in sheet[table.ref][0]] == [field.name for field in table.tableColumns]
        assert table.autoFilter.ref == table.ref


def test_money_has_its_currency_s_decimals_and_dates_are_dates() -> None:
    sheet = load(mixed())["Unpaid"]
    patterns = {}
    for line in sheet[sheet.tables["UnpaidMilestones"].ref][1:]:
        place = [cell.value in ("EUR", "JPY", "KWD") for cell in line].index(True)
        patterns[line[place].value] = line[place + 1].number_format.split(";")[0]
    assert patterns == {"EUR": "#,##0.00", "JPY": "#,##0", "KWD": "#,##0.000"}
    assert {450_000, 1_234.567, 1_250.05} <= set(column(sheet, "UnpaidMilestones", "Amount"))
    assert dt.datetime(2025, 9, 12) in column(sheet, "UnpaidMilestones", "Due date")  # noqa: DTZ001


def test_a_date_before_excel_s_calendar_stays_readable() -> None:
    report = report_of([row("EUR", 100, due_date=dt.date(1899, 5, 1))], HERE / "a.xlsx")
    assert column(load(report)["Unpaid"], "UnpaidMilestones", "Due date") == ["1899-05-01"]


def test_text_from_cells_is_always_text() -> None:
    rows = [row("EUR", 100, milestone=text, due_date=AS_OF) for text in NASTY]
    sheet = load(report_of(rows, HERE / "a.xlsx"))["Unpaid"]
    assert column(sheet, "UnpaidMilestones", "Milestone") == [
        f"{text} " if text.startswith("<r>") else text for text in NASTY
    ]
    targets = {cell.hyperlink.target for line in sheet.iter_rows() for cell in line if cell.hyperlink}
    assert len(targets) == 1
    assert str(targets.pop()).endswith("\\a.xlsx")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x08c\x1fd", "abcd"),
        ("lone \ud800 half", "lone  half"),
        ("not \ufffe or \uffff", "not  or "),
        ("line\r\nbreak\rhere", "line\nbreak\nhere"),
        ("x" * 40_000, "x" * 32_766 + "…"),
        ("🧾" * 20_000, "🧾" * 16_383 + "…"),
    ],
)
def test_what_a_cell_cannot_hold_is_left_out(text: str, shown: str) -> None:
    sheet = load(report_of([row("EUR", 100, description=text)], HERE / "a.xlsx"))["Unpaid"]
    assert column(sheet, "UnpaidMilestones", "Description") == [shown]


def test_a_report_without_milestones_is_kind_and_has_no_broken_table() -> None:
    report = report_of([], HERE / "a.xlsx")
    book = load(dataclasses.replace(report, milestones=dataclasses.replace(report.milestones, sheets=())))
    assert book.sheetnames == SHEETS
    assert "Nothing unpaid. Well done." in texts(book["Unpaid"])
    assert "No milestone was counted: Control says what was read." in texts(book["Summary"])
    assert not any(sheet.tables for sheet in book)
    assert not formulas(book)


def test_each_row_leads_to_its_cell_and_to_its_signoff_by_relative_path() -> None:
    ready = load(mixed(HERE / "50% #1 [x].xlsx"))["Ready to bill"]
    links = {cell.value: (cell.hyperlink.target, cell.hyperlink.location)
             for line in ready.iter_rows() for cell in line if cell.hyperlink}  # fmt: skip
    letter = COLUMNS["amount"].letter
    assert links[f"{letter}10"] == ("..\\50%25%20%231%20%5Bx%5D.xlsx", f"'It''s #1'!{letter}10")
    assert links["b.pdf"] == ("..\\signoffs\\b.pdf", None)


def test_columns_that_are_empty_in_every_row_are_left_out() -> None:
    sheet = load(mixed())["Unpaid"]
    headers = [cell.value for cell in sheet[sheet.tables["UnpaidMilestones"].ref][0]]
    assert not {"Client", "Owner", "Description", "Workbook"} & set(headers)
    assert {"Days overdue", "Ageing", "Currency"} <= set(headers)


def test_billed_ones_come_first_among_the_unsigned_and_unchecked_ones_stand_apart() -> None:
    sheet = load(mixed())["Unsigned"]
    assert column(sheet, "UnsignedMilestones", "Group") == ["billed"] * 8 + ["not billed yet"]
    assert "not found; did you mean A1.pdf?" in column(sheet, "UnsignedMilestones", "Sign-off")
    assert set(column(sheet, "SignoffsNotChecked", "Sign-off")) == {"web link, not checked", "not checked"}


def test_problems_show_errors_first_and_at_most_500_of_a_code() -> None:
    many = [
        Finding("S201", Severity.WARNING, "agency.xlsx", "It's #1", f"E{n}", "sent", "Late.", "Fix.")
        for n in range(502)
    ]
    error = Finding("W001", Severity.ERROR, "agency.xlsx", "", "", "", "Cannot be read.", "Open it.")
    sheet = load(mixed(findings=(*many, error)))["Problems"]
    assert column(sheet, "ProblemList", "Severity") == ["error", *["warning"] * 500]
    assert column(sheet, "ProblemList", "Cell")[:2] == ["open", "E0"]
    assert any("2 more of S201" in text for text in texts(sheet))
    assert sheet["A6"].fill.fgColor.rgb == "FFF9E4E1"


def test_links_beyond_what_excel_allows_are_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milestone_report.rendering.excel.book.LINKS_ON_A_SHEET", 2)
    sheet = load(mixed())["Unpaid"]
    assert sum(1 for line in sheet.iter_rows() for cell in line if cell.hyperlink) == 2
    assert "Only the first 2 rows have links: Excel allows no more on one sheet." in texts(sheet)


def test_pages_print_in_landscape_one_page_wide_with_the_header_repeated() -> None:
    for sheet in load(mixed()):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == (None if sheet.title == "Summary" else 0)
        footer = sheet.oddFooter
        assert footer is not None
        assert (footer.center.text, footer.right.text) == ("As of 31 March 2026", "Page &P of &N")
        if sheet.title in ("Unpaid", "Projects"):
            header = next(iter(sheet.tables.values())).ref[1:].split(":")[0]
            assert sheet.print_title_rows == f"${header}:${header}"
            assert sheet.freeze_panes == f"B{int(header) + 1}"


def test_an_unknown_balance_is_labelled() -> None:
    assert "partially paid, balance not recorded" in column(load(mixed())["Unpaid"], "UnpaidMilestones", "Status")


def test_a_path_that_excel_would_not_take_is_no_link() -> None:
    report = mixed(HERE / ("long " * 500) / "a.xlsx")
    sheet = load(dataclasses.replace(report, settings=dataclasses.replace(report.settings, out=HERE)))["Ready to bill"]
    assert not any(cell.hyperlink for line in sheet.iter_rows() for cell in line)


def test_sign_offs_that_could_not_be_checked_are_not_called_missing() -> None:
    rows = [row("EUR", 100, evidence="unchecked", signoff="a.pdf"), row("EUR", 100, evidence="link", signoff="x")]
    sheet = load(report_of(rows, HERE / "a.xlsx"))["Unsigned"]
    assert list(sheet.tables) == ["SignoffsNotChecked"]
    assert "No sign-off is known to be missing." in texts(sheet)


def test_rows_of_several_workbooks_name_theirs() -> None:
    report = mixed()
    first = report.workbooks[0]
    other = dataclasses.replace(first, path="b.xlsx", readable=False, last_saved=None, sheets_used=())
    later = dataclasses.replace(first, path="c.xlsx", last_saved=dt.datetime(2026, 4, 2, 9, 5, tzinfo=dt.UTC))
    control = dataclasses.replace(report.summary.control, workbooks_unreadable=1)
    several = dataclasses.replace(
        report, workbooks=(first, other, later), summary=dataclasses.replace(report.summary, control=control)
    )
    book = load(several)
    assert set(column(book["Unpaid"], "UnpaidMilestones", "Workbook")) == {"agency.xlsx"}
    assert "From 3 workbooks, last saved between 30 March 2026 and 2 April 2026, 09:05" in texts(book["Summary"])
    assert any("1 workbook could not be read" in text for text in texts(book["Summary"]))


def test_without_company_or_time_of_saving_the_summary_says_less() -> None:
    report = mixed()
    settings = dataclasses.replace(report.settings, company="")
    book = dataclasses.replace(report.workbooks[0], last_saved=None)
    sheet = load(dataclasses.replace(report, settings=settings, workbooks=(book,)))["Summary"]
    assert sheet["A2"].value == "From agency.xlsx"
