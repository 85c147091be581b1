"""The mail's markup is what mail programs draw: every element, attribute and property is here with its reason.

Word draws mails in Outlook for Windows; Gmail and Apple Mail are browsers that take things away or adapt colours.
What is not in these lists needs a reason before it may stand in the template.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from milestone_report.parts import parts
from milestone_report.rendering import email
from tests.building import report_of
from tests.rendering.changes_sample import changed_report
from tests.rendering.mail_sample import BOOK, heavy
from tests.rendering.page_reading import Page
from tests.rendering.page_sample import sample_report, several_workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from milestone_report.model import Report

ELEMENTS = {
    "html": "the document; its language tells a screen reader how to speak",
    "head": "needed before title and meta",
    "meta": "the charset, for email.html on disk; the width of a phone's screen",
    "title": "the name of email.html in a browser's tab; mail programs take it away",
    "body": "needed; its background is the pair of the colour of all text, where programs keep it",
    "table": "the only layout that Word draws",
    "tbody": "written by every parser around rows",
    "tr": "a row",
    "td": "a cell",
    "th": "the header of a column or row: a screen reader says it with each cell",
    "h1": "the heading, so that a screen reader can go there",
    "h2": "the heading of a list, the same",
    "b": "weight without a property: Word and Gmail keep it",
    "br": "a line break that needs no spacing of its own",
    "span": "smaller or coloured words in a cell",
    "bdi": "names in Arabic or Hebrew do not turn the words beside them; programs without it show what is in it",
}
ATTRIBUTES = {
    "lang": "for screen readers",
    "charset": "for email.html on disk",
    "name": "of meta viewport",
    "content": "of meta viewport",
    "role": "presentation: a screen reader does not announce tables that are only layout",
    "width": "Word takes the width of tables and columns from here, and knows no max-width",
    "height": "gaps between tables: Word ignores margins there",
    "border": "0 against Word's own lines, 1 for the box of a warning",
    "bordercolor": "Word draws the box of a warning in this colour",
    "cellpadding": "the space within cells: Word pads cells of one row alike only with this",
    "cellspacing": "0 against the gaps between cells that every program has",
    "bgcolor": "Word, and programs that take styles away; always the same as the style's",
    "align": "amounts on the right, everywhere",
    "valign": "cells of a row begin on one line, everywhere",
    "nowrap": "an amount stays with its currency on one line",
    "colspan": "“and 12 more” below all columns",
    "style": "the properties below: styles in a head are taken away by Gmail when a mail is forwarded",
}
PROPERTIES = {
    "color": "always with background-color: a program that darkens mails changes both or none",
    "background-color": "always with color",
    "font-family": "cells inherit none in Word",
    "font-size": "cells inherit none in Word",
    "line-height": "Word's own is wider; a gap's must not be higher than it",
    "margin": "0 on headings, which every program spaces otherwise; the gaps are rows",
    "border-bottom": "the line below a row, drawn everywhere",
    "border-collapse": "one line, not two, around a warning",
    "max-width": "100%: on a phone the mail is not wider than the screen; Word ignores it and takes the width",
    "word-break": "long names of files break on a phone; Word ignores it",
}


def part() -> Report:
    return next(parts(sample_report(), "owner")).report


def nothing() -> Report:
    return report_of([], BOOK)


REPORTS = [sample_report, several_workbooks, heavy, part, nothing, changed_report]


def properties(element: Element) -> dict[str, str]:
    return dict(one.split(":", 1) for one in (element.get("style") or "").split(";") if one)


@pytest.mark.parametrize("make", REPORTS)
def test_nothing_stands_in_a_mail_without_a_reason(make: Callable[[], Report]) -> None:
    for element in Page(email.render_body(make())).root.iter():
        assert element.tag in ELEMENTS
        assert {*element.attrib} <= {*ATTRIBUTES}, element.tag
        assert {*properties(element)} <= {*PROPERTIES}, element.tag


def test_every_reason_is_for_something_that_is_used() -> None:
    every = [element for make in REPORTS for element in Page(email.render_body(make())).root.iter()]
    assert {element.tag for element in every} == {*ELEMENTS}
    assert {name for element in every for name in element.attrib} == {*ATTRIBUTES}
    assert {name for element in every for name in properties(element)} == {*PROPERTIES}


@pytest.mark.parametrize("make", REPORTS)
def test_colours_come_in_pairs_and_backgrounds_say_the_same_twice(make: Callable[[], Report]) -> None:
    for element in Page(email.render_body(make())).root.iter():
        style = properties(element)
        assert ("color" in style) == ("background-color" in style)
        if element.get("bgcolor") and "background-color" in style:
            assert element.get("bgcolor") == style["background-color"]


@pytest.mark.parametrize("make", REPORTS)
def test_words_stand_out_from_their_background(make: Callable[[], Report]) -> None:
    for element in Page(email.render_body(make())).root.iter():
        style = properties(element)
        if "color" in style:
            assert contrast(style["color"], style["background-color"]) >= 4.5, "WCAG 2.2, 1.4.3"


@pytest.mark.parametrize("make", REPORTS)
def test_the_mail_is_640_wide_and_its_tables_fill_it(make: Callable[[], Report]) -> None:
    outer, *inner = Page(email.render_body(make())).all("table")
    assert outer.get("width") == "640"
    assert properties(outer) == {"max-width": "100%"}
    assert inner
    assert all(table.get("width") == "100%" for table in inner)
    for table in (outer, *inner):
        assert {"border", "cellpadding", "cellspacing"} <= {*table.attrib}


def test_only_tables_of_figures_are_announced_and_these_have_headers() -> None:
    page = Page(email.render_body(sample_report()))
    for table in page.all("table"):
        own = [cell for row in (table.find("tbody") or table).findall("tr") for cell in row.findall("th")]
        assert bool(own) == (table.get("role") != "presentation")


@pytest.mark.parametrize("make", REPORTS)
def test_cells_say_their_own_typeface_and_size(make: Callable[[], Report]) -> None:
    for cell in Page(email.render_body(make())).root.iter():
        if cell.tag in ("td", "th") and (cell.text or "").strip(" \n\u00a0"):
            assert {"font-family", "font-size", "line-height", "color"} <= {*properties(cell)}


def contrast(one: str, other: str) -> float:
    """How much two colours differ (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_five_thousand_unpaid_rows_leave_the_totals_complete_in_a_small_mail() -> None:
    rows = [
        {"project": f"Project {n % 40}", "milestone": f"Step {n}", "client": "A client", "amount": 100_00 + n,
         "status": "sent", "due_date": "2026-01-15", "currency": ("EUR", "GBP")[n % 2], "invoice_number": f"INV-{n}"}
        for n in range(5000)
    ]  # fmt: skip
    report = report_of(rows, BOOK)
    data = email.render_body(report)
    assert len(data) < 100_000
    text = Page(data).text()
    assert "5,000 unpaid" in text
    for total in report.summary.totals:
        assert f"{total.outstanding // 100:,}.{total.outstanding % 100:02} {total.currency}" in text
    assert "and 4,980 more in the attached workbook" in text
    assert dataclasses.asdict(report.summary.control)["rows_counted"] == 5000
