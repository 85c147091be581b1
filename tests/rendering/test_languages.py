"""The same report in German: no English left, the same figures, formulas that still find their columns."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import re
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from babel.messages.pofile import read_po
from rich.console import Console

from milestone_report import pipeline
from milestone_report.model import Report, Settings
from milestone_report.rendering import email, html
from milestone_report.rendering import json as summary
from milestone_report.rendering.text.figures import figures
from milestone_report.rendering.text.files import written
from milestone_report.rendering.text.findings import findings
from milestone_report.rules import RULES, Rule
from milestone_report.translation import FOLDER
from milestone_report.trial import findings_of
from tests.building import AS_OF
from tests.conftest import SAMPLES
from tests.rendering.changes_sample import NOT_COMPARED, SINCE, items, with_changes
from tests.rendering.excel_sample import formulas, load, mixed, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.workbook import Workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

NAMES = ("agency", "messy", "minimal")
ENGLISH, GERMAN = "en_GB", "de_DE"


@functools.cache
def report(locale: str) -> Report:
    """All sample workbooks together, with changes of every kind since an earlier report."""
    built = pipeline.build([SAMPLES / f"{name}.xlsx" for name in NAMES], Settings(as_of=AS_OF, locale=locale))
    unchanged = [dataclasses.replace(book, unchanged_since=SINCE) for book in built.workbooks]
    happened = [dataclasses.replace(item, project="Atlas", milestone="Beta") for item in items()]
    changed = with_changes(dataclasses.replace(built, workbooks=tuple(unchanged)), happened)
    assert changed.changes
    partly = dataclasses.replace(changed.changes, not_compared=NOT_COMPARED, workbooks_new=("messy.xlsx",))
    return dataclasses.replace(changed, changes=partly)


def terminal(locale: str) -> str:
    console = Console(file=io.StringIO(), width=1000, highlight=False)
    shown = report(locale)
    for line in [
        *findings(shown),
        *figures(shown),
        *written({shown.settings.out / "summary.html": shown.settings.out / "summary.html"}, locale),
    ]:
        console.print(line, soft_wrap=True)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def figures_of(text: str, locale: str) -> list[str]:
    """The sums of money in a text, with the marks of English; of other numbers a message may have an example."""
    marks = str.maketrans(".,", ",.") if locale == GERMAN else {}
    return sorted(found.translate(marks) for found in re.findall(r"-?\d[\d.,]*[.,]\d\d(?![\d.,]*\d)", unquoted(text)))


def english_texts() -> Iterator[re.Pattern[str]]:
    """What of the catalogue is said otherwise in German; of a text of one word only the whole can be told apart."""
    with (FOLDER / "de.po").open(encoding="utf-8") as file:
        messages = [message for message in read_po(file) if message.id]
    for message in messages:
        ids, strings = ([each] if isinstance(each, str) else list(each or ()) for each in (message.id, message.string))
        for text in ids:
            parts = re.split(r"\{\w+\}", text)
            number = len(re.findall(r"[A-Za-z]+", " ".join(parts)))
            if text not in strings and (number > 2 or (number and len(parts) == 1)):
                words = ".+".join(map(re.escape, parts))
                yield re.compile(rf"(?<!\w){words}(?!\w)" if number > 2 else rf"\A{words}\Z")


ENGLISH_WORDS = re.compile(r"\b(?:the|and|of|is|are|with|not|has)\b", re.IGNORECASE)
"""Words that stand in nearly every English sentence, and in no German one."""


def english_in(texts: list[str]) -> list[str]:
    patterns = [ENGLISH_WORDS, *english_texts()]
    return [text for text in dict.fromkeys(map(unquoted, texts)) if any(pattern.search(text) for pattern in patterns)]


def unquoted(text: str) -> str:
    """A text without what it quotes of the users' cells."""
    return re.sub("[„“][^„“”]*[“”]", "“…”", text)


def cells(book: Workbook) -> list[tuple[str, Any]]:
    return [
        (f"{place}!{cell.coordinate}", cell.value)
        for place, sheet in enumerate(book)
        for row in sheet.iter_rows()
        for cell in row
    ]


@functools.cache
def theirs() -> frozenset[str]:
    """What stands in the users' own cells, in whatever language."""
    books = [openpyxl.load_workbook(SAMPLES / f"{name}.xlsx", data_only=True) for name in NAMES]
    names = [sheet.title for book in books for sheet in book]
    return frozenset([*(str(value) for book in books for _place, value in cells(book)), *names])


def ours(book: Workbook) -> list[str]:
    """The texts of a workbook but for the users' own."""
    found = [str(value) for _place, value in cells(book)] + [sheet.title for sheet in book]
    return [text for text in found if text not in theirs()]


def test_the_terminal_says_the_same_figures_in_german() -> None:
    assert "Nachfassen" in terminal(GERMAN)
    assert not english_in([piece for piece in re.split(r"\s{2,}", terminal(GERMAN)) if piece])
    assert figures_of(terminal(GERMAN), GERMAN) == figures_of(terminal(ENGLISH), ENGLISH)


def test_the_workbook_has_the_same_figures_at_the_same_places() -> None:
    english, german = (load(report(locale), values=True) for locale in (ENGLISH, GERMAN))
    assert [sheet.title for sheet in german][:3] == ["Übersicht", "Offene Posten", "Abrechenbar"]
    pairs = list(zip(cells(english), cells(german), strict=True))
    assert [pair for pair in pairs if pair[0][0] != pair[1][0]] == []
    figures_ = [(one, other) for (_place, one), (_same, other) in pairs if not isinstance(one, str)]
    assert len(figures_) > 500
    assert [pair for pair in figures_ if pair[0] != pair[1]] == []


def test_no_english_text_stands_in_the_workbook() -> None:
    assert not english_in(ours(load(report(GERMAN))))


@pytest.mark.parametrize("locale", [ENGLISH, GERMAN])
def test_every_formula_names_columns_and_sheets_that_there_are(locale: str) -> None:
    plain = mixed()
    book = load(dataclasses.replace(plain, settings=dataclasses.replace(plain.settings, locale=locale)))
    columns = {
        (table.name, column.name) for sheet in book for table in sheet.tables.values() for column in table.tableColumns
    }
    found = [str(cell.value) for cell in formulas(book)]
    named = {pair for formula in found for pair in re.findall(r"(\w+)\[([^\]]+)\]", formula)}
    assert len(named) > 10
    assert named <= columns
    sheets = {name for formula in found for name in re.findall(r"'([^']+)'!", formula)}
    assert sheets == {book.worksheets[-1].title}
    links = {cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink}
    assert {re.sub(r"'(.+)'!A1", r"\1", str(link)) for link in links} == {
        book.worksheets[place].title for place in (1, 2, 3, 6)
    }


@pytest.mark.parametrize("locale", [ENGLISH, GERMAN])
def test_what_a_formula_compares_with_is_what_stands_in_the_column(locale: str) -> None:
    """Else a sum by group or by ageing band would find no row, and be 0 as soon as Excel computes it."""
    plain = mixed()
    book = load(dataclasses.replace(plain, settings=dataclasses.replace(plain.settings, locale=locale)))
    summary, unpaid, unsigned = book.worksheets[0], book.worksheets[1], book.worksheets[3]
    compared = {
        text
        for cell in formulas(book)
        for text in re.findall(r'UnsignedMilestones\[[^\]]+\],"([^"]+)"', str(cell.value))
    }
    assert len(compared) == 1
    assert compared < set(texts(unsigned))
    labels = [row[0].value for row in summary.iter_rows() if isinstance(row[0].value, str)]
    assert len({*labels} & {*texts(unpaid)}) >= 6, "the bands"


class Shown(HTMLParser):
    """The texts of a page or mail, and those that stand in attributes."""

    SPOKEN = ("aria-label", "placeholder", "data-label", "data-shown", "data-match", "data-open", "data-close",
              "data-done", "data-by-hand")  # fmt: skip

    def __init__(self, markup: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = False
        self.feed(markup.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden:
            self.texts.append(" ".join(data.split()))


@pytest.mark.parametrize("render", [html.render, email.render_body])
def test_page_and_mail_say_the_same_figures_and_no_english_text(render: Callable[[Report], bytes]) -> None:
    english, german = (Shown(render(report(locale))).texts for locale in (ENGLISH, GERMAN))
    sums = figures_of("\n".join(german), GERMAN)
    assert len(sums) > 30
    assert sums == figures_of("\n".join(english), ENGLISH)
    assert not english_in([text for text in german if text not in theirs()])
    assert b'<html lang="de">' in render(report(GERMAN))
    assert b'<html lang="en">' in render(report(ENGLISH))


def test_the_draft_as_plain_text_is_german_too() -> None:
    english, german = (plain_text(email.render(report(locale))) for locale in (ENGLISH, GERMAN))
    assert figures_of(german, GERMAN) == figures_of(english, ENGLISH)
    assert not english_in([text for text in german.splitlines() if text not in theirs()])
    assert "OFFENE POSTEN" in german


def plain_text(draft: bytes) -> str:
    body = message_from_bytes(draft, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_what_is_for_programs_is_the_same_in_every_language() -> None:
    """All of summary.json but the words of findings and reasons, which are for people."""
    english, german = (json.loads(summary.render(report(locale))) for locale in (ENGLISH, GERMAN))
    for each in (english, german):
        for finding in each["findings"]:
            del finding["message"], finding["fix"], finding["value"]
    assert german == english


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_finding_is_told_in_german(rule: Rule, tmp_path: Path) -> None:
    for number, example in enumerate(rule.breaks):
        (folder := tmp_path / str(number)).mkdir()
        [*told] = [each for each in findings_of(example, folder, locale=GERMAN) if each.code == rule.code]
        assert told
        said = [unquoted(text) for each in told for text in (each.message, each.fix)]
        assert not [text for text in said if ENGLISH_WORDS.search(text)]
