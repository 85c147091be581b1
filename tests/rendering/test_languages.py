"""The same report in German: no English left, the same figures, formulas that still find their columns."""

from __future__ import annotations

import dataclasses
import functools
import io
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from babel.messages.pofile import read_po
from rich.console import Console

from milestone_report import pipeline
from milestone_report.model import Report, Settings
from milestone_report.rendering.text.figures import figures
from milestone_report.rendering.text.files import written
from milestone_report.rendering.text.findings import findings
from milestone_report.translation import FOLDER
from tests.building import AS_OF
from tests.conftest import SAMPLES
from tests.rendering.excel_sample import formulas, load, mixed, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

NAMES = ("agency", "messy", "minimal")
ENGLISH, GERMAN = "en_GB", "de_DE"


@functools.cache
def report(locale: str) -> Report:
    """All sample workbooks together."""
    return pipeline.build([SAMPLES / f"{name}.xlsx" for name in NAMES], Settings(as_of=AS_OF, locale=locale))


def terminal(locale: str) -> str:
    console = Console(file=io.StringIO(), width=1000, highlight=False)
    shown = report(locale)
    for line in [*findings(shown), *figures(shown), *written([shown.settings.out / "summary.html"], locale)]:
        console.print(line, soft_wrap=True)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def numbers(text: str, locale: str) -> list[str]:
    """The figures in a text, with the marks of English."""
    marks = str.maketrans(".,", ",.") if locale == GERMAN else {}
    return [found.strip(".,").translate(marks) for found in re.findall(r"\d[\d.,]*", text)]


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


def english_in(texts: list[str]) -> list[str]:
    patterns = list(english_texts())
    return [text for text in dict.fromkeys(texts) if any(pattern.search(text) for pattern in patterns)]


def cells(book: Workbook) -> list[tuple[str, Any]]:
    return [
        (f"{place}!{cell.coordinate}", cell.value)
        for place, sheet in enumerate(book)
        for row in sheet.iter_rows()
        for cell in row
    ]


@functools.cache
def theirs() -> frozenset[str]:
    """What stands in the users' own cells, in whatever language, and what findings say."""
    books = [openpyxl.load_workbook(SAMPLES / f"{name}.xlsx", data_only=True) for name in NAMES]
    said = [words for finding in report(GERMAN).findings for words in (finding.message, finding.fix)]
    names = [sheet.title for book in books for sheet in book]
    return frozenset([*(str(value) for book in books for _place, value in cells(book)), *names, *said])


def ours(book: Workbook) -> list[str]:
    """The texts of a workbook but for the users' own."""
    found = [str(value) for _place, value in cells(book)] + [sheet.title for sheet in book]
    return [text for text in found if text not in theirs()]


def test_the_terminal_says_the_same_figures_in_german() -> None:
    assert "Nachfassen" in terminal(GERMAN)
    own = [line for line in terminal(GERMAN).splitlines() if not re.match(r"\s+(Fehler|Warnung|Hinweis|→) ", line)]
    assert not english_in([piece for line in own for piece in re.split(r"\s{2,}", line) if piece])
    english = [line for line in terminal(ENGLISH).splitlines() if not re.match(r"\s+(error|warning|info|→) ", line)]
    assert numbers("\n".join(own), GERMAN) == numbers("\n".join(english), ENGLISH)


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
