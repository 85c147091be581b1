"""Names in Arabic or Hebrew, and locales of these scripts, turn no figure around."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import Finding, Settings, Severity
from milestone_report.rendering import email, html
from milestone_report.rendering.view.words import isolated
from milestone_report.wording import Language
from tests.building import AS_OF, report_of
from tests.rendering.browsing import Opened, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BOOK = Path("agency.xlsx")
DAY = dt.date(2026, 3, 31)
LEFT_OF = """(element, [first, second]) => {
  const place = (words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      return range.getBoundingClientRect();
    }
    throw new Error(words);
  };
  return place(first).right <= place(second).left + 1;
}"""


@pytest.mark.parametrize("locale", ["ar_EG", "ar_SA", "he_IL", "fa_IR", "ur_PK"])
def test_dates_of_a_locale_of_the_other_direction_are_in_the_language_of_the_texts(locale: str) -> None:
    language = Language(locale)
    assert (language.long_date(DAY), language.short_date(DAY)) == ("31 March 2026", "31 Mar 2026")


@pytest.mark.parametrize(
    ("locale", "long"), [("de_DE", "31. März 2026"), ("fr_FR", "31 mars 2026"), ("ja_JP", "2026年3月31日")]
)
def test_dates_of_other_locales_are_their_own(locale: str, long: str) -> None:
    assert Language(locale).long_date(DAY) == long


@pytest.mark.parametrize(
    ("sentence", "kept_apart"),
    [
        ("“פיקדון” (1,200.00 EUR) stands twice.", ["פיקדון"]),
        ("متجر النور, عربون: 3", ["متجر النور", "عربون"]),
        ('בע"מ 7 and שלב 2 סופי 8', ['בע"מ', "שלב 2 סופי"]),
        ("No such name: 7 € at 50%", []),
    ],
)  # fmt: skip
def test_names_in_a_sentence_are_kept_apart_and_nothing_else_is_changed(sentence: str, kept_apart: list[str]) -> None:
    found = isolated(sentence)
    assert [part.split("\u2069")[0] for part in found.split("\u2068")[1:]] == kept_apart
    assert found.replace("\u2068", "").replace("\u2069", "") == sentence


@pytest.fixture
def hebrew() -> list[bytes]:
    """The page and the mail of a report whose names are Hebrew."""
    rows = [{"project": "אתר חדש", "milestone": "פיקדון", "amount": 1_200_00, "status": "sent",
             "due_date": "2026-03-01", "invoice_number": "2041", "client": "לקוח"}]  # fmt: skip
    message = "“פיקדון” 1,200.00 EUR stands twice, in row 7."
    found = [Finding("X503", Severity.ERROR, "agency.xlsx", "Harbour app", "A2", "", message, "“פיקדון” 7: mend it.")]
    report = report_of(rows, BOOK, found, settings=Settings(as_of=AS_OF, title="דוח", company="חברה 12"))
    return [html.render(report), email.render_body(report), email.render(report)]


@pytest.mark.parametrize("which", [0, 1])
def test_figures_stand_where_the_sentence_has_them(
    browser: Browser, tmp_path: Path, hebrew: list[bytes], which: int
) -> None:
    file = tmp_path / "seen.html"
    file.write_bytes(hebrew[which])
    opened = Opened(browser, file)
    heading = opened.page.locator("h1")
    message = opened.page.locator("bdi, td", has_text="stands twice").last
    assert heading.evaluate(LEFT_OF, ["דוח", "31 March"])
    assert message.evaluate(LEFT_OF, ["פיקדון", "1,200.00 EUR stands"])
    opened.close()


def test_the_plain_text_of_the_mail_keeps_every_name_apart(hebrew: list[bytes]) -> None:
    from email import message_from_bytes, policy  # noqa: PLC0415

    message = message_from_bytes(hebrew[2], policy=policy.SMTP)
    plain = message.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert "- 1,200.00 EUR: \u2068אתר חדש\u2069, \u2068פיקדון\u2069, \u2068לקוח\u2069, 2041" in text.splitlines()
    assert "“\u2068פיקדון\u2069” 1,200.00 EUR stands twice" in text
    assert "\u2068\u2068" not in text


def test_the_page_of_an_arabic_locale_reads_from_left_to_right(browser: Browser, tmp_path: Path) -> None:
    rows = [{"project": "P", "amount": 1_00, "status": "sent", "due_date": "2026-03-01"}]
    report = report_of(rows, BOOK, settings=Settings(as_of=AS_OF, locale="ar_EG"))
    opened = Opened(browser, written(tmp_path / "summary.html", report))
    assert opened.page.inner_text("h1") == "Milestones on 31 March 2026"
    assert opened.page.locator("#t-unpaid .c-due").nth(1).inner_text().startswith("1 Mar 2026")
    opened.close()
