"""The sheet Changes: a bridge that is calculated, every change with its cell, the trend as a native chart."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from milestone_report.changes import Change, Item
from milestone_report.parts import parts
from milestone_report.rendering import excel
from milestone_report.rendering.changes import counts
from milestone_report.wording import Language
from tests import libreoffice
from tests.rendering.changes_sample import (
    SINCE,
    changed_report,
    first_report,
    items,
    partly_compared,
    trend_of,
    with_changes,
)
from tests.rendering.excel_sample import beside, column, load, texts
from tests.rendering.page_sample import sample_report
from tests.rendering.test_excel_valid import NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_report.model import Report

# openpyxl leaves out bars, descriptions of tables and the axes of days that LibreOffice writes, and says so.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
    pytest.mark.filterwarnings("ignore:Unable to read chart"),
]


def charts(report: Report) -> list[str]:
    """The charts of the sheet Changes in words."""
    with zipfile.ZipFile(io.BytesIO(excel.render(report))) as book:
        drawings = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/drawings/drawing")]
    return [words for drawing in drawings for words in re.findall(r'descr="(Line[^"]*)"', drawing)]


def test_the_bridge_is_calculated_from_the_list_and_stores_the_report_s_figures() -> None:
    live, stored = load(changed_report())["Changes"], load(changed_report(), values=True)["Changes"]
    assert beside(stored, "How the outstanding moved")[:4] == ["Milestones", "EUR", "GBP", "JPY"]
    assert beside(stored, "Outstanding on 24 Mar 2026")[:4] == [None, 55_850, 30_350, 1_200_000]
    assert beside(stored, "Newly billed")[:4] == [2, 6_000, 2_650, 0]
    assert beside(stored, "Paid")[:4] == [3, -16_000, -8_250, 0]
    assert beside(stored, "Outstanding on 31 Mar 2026")[:4] == [None, 39_950, 24_750, 1_200_000]
    assert beside(live, "Paid")[1].startswith(
        "=ROUND(SUMIFS(ChangeItems[Outstanding moved by],ChangeItems[Currency],C$"
    )
    assert re.fullmatch(r"=ROUND\(SUM\(C\d+:C\d+\),2\)", beside(live, "Outstanding on 31 Mar 2026")[1])


def test_control_compares_what_is_outstanding_with_the_last_report_and_the_changes() -> None:
    sheet = load(changed_report(), values=True)["Control"]
    lines = [line for line in sheet.iter_rows(values_only=True) if str(line[0]).startswith("Outstanding = the last")]
    assert [line[3:8] for line in lines] == [
        ("EUR", 39_950, 39_950, 0, "OK"),
        ("GBP", 24_750, 24_750, 0, "OK"),
        ("JPY", 1_200_000, 1_200_000, 0, "OK"),
    ]


@libreoffice.wanted
def test_a_bridge_that_does_not_lead_to_the_report_s_figure_is_seen_by_whoever_opens_the_workbook(
    tmp_path: Path,
) -> None:
    report = changed_report()
    assert report.changes
    first, *others = report.changes.bridge
    wrong = dataclasses.replace(first, opening=first.opening + 1)
    broken = dataclasses.replace(report, changes=dataclasses.replace(report.changes, bridge=(wrong, *others)))
    again = libreoffice.recalculated(tmp_path, {"wrong": excel.render(broken)})["wrong"]
    assert beside(again["Changes"], "Outstanding on 31 Mar 2026")[1] == 39_950.01
    assert any(
        text.endswith("do not agree with its lists: see Control before you use them.")
        for text in texts(again["Summary"])
    )


def test_every_change_is_a_row_with_before_and_now_as_what_they_are() -> None:
    sheet = load(changed_report(), values=True)["Changes"]
    kinds = column(sheet, "ChangeItems", "Change")
    before, now = column(sheet, "ChangeItems", "Before"), column(sheet, "ChangeItems", "Now")
    said = dict(zip(kinds, zip(before, now, strict=True), strict=True))
    assert len(kinds) == len(items())
    assert said["Amount changed"] == (7_200, 8_200)
    assert said["Due date moved"] == (dt.datetime(2026, 5, 15), dt.datetime(2026, 5, 29))  # noqa: DTZ001
    assert said["Sign-off lost"] == ("design-ok.pdf", None)
    assert said["Newly billed"] == ("draft", "sent")
    assert "Total of the rows shown" in texts(sheet)
    assert "Workbook" not in [cell.value for cell in sheet[sheet.tables["ChangeItems"].ref][0]]


def test_a_change_leads_to_its_cell_and_one_of_a_removed_milestone_names_its_row() -> None:
    sheet = load(changed_report())["Changes"]
    cells = sheet[sheet.tables["ChangeItems"].ref][1:]
    links = {line[0].value: (line[-1].value, getattr(line[-1].hyperlink, "location", None)) for line in cells}
    assert links["Due date moved"] == ("N11", "'Orchard'!N11")
    assert links["Signed"] == ("L9", "'Tidewater'!L9")
    assert links["Removed"] == ("row 11", None)


def test_the_trend_is_a_list_and_a_native_chart_told_in_words_for_each_currency() -> None:
    sheet = load(changed_report(), values=True)["Changes"]
    assert column(sheet, "Trend", "Currency") == ["EUR"] * 5 + ["GBP"] * 5 + ["JPY"] * 5
    assert column(sheet, "Trend", "Report of")[4] == dt.datetime(2026, 3, 31)  # noqa: DTZ001
    assert column(sheet, "Trend", "Outstanding")[4] == 39_950
    euro, _pound, _yen = charts(changed_report())
    assert euro.startswith(
        "Line chart of what was outstanding and overdue at each report: 3 Mar 2026: 51,935.00 EUR outstanding, "
        "19,320.00 EUR overdue; 10 Mar 2026"
    )
    two = dataclasses.replace(changed_report(), trend=trend_of(sample_report(), 2))
    assert charts(two) == []
    assert "Trend" not in load(two)["Changes"].tables


@pytest.mark.parametrize(("lowest", "least"), [(0, 0), (-1, None)])
def test_a_trend_is_drawn_from_zero_unless_credits_lead_below_it(lowest: int, least: int | None) -> None:
    report = changed_report()
    trend = [dataclasses.replace(point, outstanding=max(point.outstanding, 0) or 100) for point in report.trend]
    trend[0] = dataclasses.replace(trend[0], outstanding=lowest)
    sheet = load(dataclasses.replace(report, trend=tuple(trend)))["Changes"]
    drawn, *_others = (chart.y_axis.scaling.min for chart in getattr(sheet, "_charts"))  # noqa: B009 - no other way
    assert drawn == least


@pytest.mark.parametrize("report", [sample_report(), first_report(), next(parts(changed_report(), "owner")).report])
def test_without_an_earlier_report_and_in_a_part_there_is_no_such_sheet(report: Report) -> None:
    book = load(report)
    assert "Changes" not in book.sheetnames
    assert not any("since" in text for text in texts(book["Summary"]))


def test_the_sheet_stands_before_the_problems_and_the_summary_leads_to_it() -> None:
    book = load(changed_report())
    assert book.sheetnames[5:8] == ["Coming due", "Changes", "Problems"]
    (cell,) = [cell for line in book["Summary"].iter_rows() for cell in line if "since" in str(cell.value)]
    assert cell.value == (
        "16 changes since 24 March 2026, outstanding 55,850.00 → 39,950.00 EUR, 30,350.00 → 24,750.00 GBP: see Changes."
    )
    assert cell.hyperlink
    assert cell.hyperlink.location == "'Changes'!A1"


def test_a_milestone_whose_currency_changed_is_counted_once() -> None:
    changed = Item(
        Change.AMOUNT_CHANGED, "agency.xlsx", "Harbour app", 9, "Harbour app", "Launch", 1, None, "EUR", 1, -1
    )
    both = [changed, dataclasses.replace(changed, before=None, after=1, currency="GBP", moved=1)]
    report = with_changes(sample_report(), both, weeks=1)
    assert beside(load(report, values=True)["Changes"], "Amount changed")[0] == 1
    assert report.changes
    words = list(counts(report.changes, Language("en_GB")))
    assert words == ["1 amount changed (-0.01 EUR, +0.01 GBP)"]


def test_where_nothing_changed_the_bridge_stands_alone() -> None:
    book = load(with_changes(sample_report(), [], weeks=1), values=True)
    assert "Since 24 March 2026 no milestone changed." in texts(book["Changes"])
    assert not book["Changes"].tables
    assert beside(book["Changes"], "Outstanding on 31 Mar 2026")[1:4] == [39_950, 24_750, 1_200_000]
    assert any("outstanding as before: see Changes." in text for text in texts(book["Summary"]))


def test_words_of_a_change_are_text_whatever_they_say() -> None:
    hostile = [Item(Change.NEW, name, name, 5, name, name, name, name, "EUR", 100) for name in NAMES]
    sheet = load(with_changes(sample_report(), hostile))["Changes"]
    said = {cell.value for line in sheet.iter_rows() for cell in line if cell.data_type == "s"}
    for name in ("=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "<b>&amp;", "#N/A", "TRUE", "00123", "1E5"):
        assert name in said, name


def test_unchanged_workbooks_are_said_on_summary_and_control() -> None:
    plain = sample_report()
    unchanged = tuple(dataclasses.replace(book, unchanged_since=SINCE) for book in plain.workbooks)
    book = load(dataclasses.replace(plain, workbooks=unchanged), values=True)
    assert "The workbook was not edited since the report of 24 March 2026" in texts(book["Summary"])
    assert {"Not edited since", "24 Mar 2026"} <= set(texts(book["Control"]))
    assert "Not edited since" not in texts(load(plain)["Control"])


def test_what_is_not_compared_and_what_is_all_new_is_said() -> None:
    said = texts(load(partly_compared())["Changes"])
    assert any(text.startswith("“north/studio.xlsx” was read for the earlier report") for text in said)
    assert (
        "Not read for the earlier report, so that all milestones in it are new: “new.xlsx” and “agency.xlsx, Notes”."
        in said
    )


def test_a_milestone_whose_money_cannot_be_read_has_no_amount_and_no_total() -> None:
    unread = Item(Change.NEW, "agency.xlsx", "Harbour app", 11, "Harbour app", "Launch", None, None, "", 0)
    sheet = load(with_changes(sample_report(), [*items(), unread]))["Changes"]
    assert column(sheet, "ChangeItems", "Amount")[:2] == [18_750, None]
    assert texts(sheet).count("Total of the rows shown") == 3
    alone = load(with_changes(sample_report(), [unread]))["Changes"]
    assert column(alone, "ChangeItems", "Change") == ["New"]
