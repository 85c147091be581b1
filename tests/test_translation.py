"""Every language's catalogue: complete, true to the English texts, and fit for where its texts go."""

from __future__ import annotations

import ast
import io
import re
import string
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from milestone_report.rendering.excel import book
from milestone_report.rendering.excel.lists import BILLED_GROUP, LATER_GROUP
from milestone_report.translation import FOLDER, catalogue, language_of
from milestone_report.wording import Language
from tests.messages import PACKAGE, TEMPLATE, merged, template

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.po"))


def messages(language: str) -> list[Message]:
    text = (FOLDER / f"{language}.po").read_text(encoding="utf-8")
    return [message for message in whole(text, language) if message.id]


def whole(text: str, language: str) -> Catalog:
    return read_po(io.StringIO(text), locale=language, abort_invalid=True)


def forms(message: Message) -> list[tuple[str, str]]:
    """Each translated form beside the English one it stands for."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[bool(number)], text) for number, text in enumerate(message.string or ())]


def blanks(text: str) -> list[str]:
    return sorted(name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)


def test_the_template_has_the_texts_that_the_program_has() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "stale: make messages"


def test_no_text_stands_where_it_is_not_found() -> None:
    # Babel does not look into f-strings before Python 3.12: such a text stayed English in every language.
    known: set[str] = set()
    for message in whole(TEMPLATE.read_text(encoding="utf-8"), "en"):
        known.update([message.id] if isinstance(message.id, str) else message.id)
    said = {
        call.args[0].value
        for file in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "counted")
        and call.args and isinstance(call.args[0], ast.Constant)
    }  # fmt: skip
    assert len(said) > 150
    assert not {text for text in said if text not in known}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_and_no_other(language: str) -> None:
    file = FOLDER / f"{language}.po"
    assert file.read_text(encoding="utf-8") == merged(file), "stale: make messages"
    unfinished = [
        message.id for message in messages(language) if message.fuzzy or not all(dict(forms(message)).values())
    ]
    assert not unfinished


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_blanks_of_the_english_text(language: str) -> None:
    wrong = [
        text for message in messages(language) for english, text in forms(message) if blanks(text) != blanks(english)
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_ends_and_begins_as_the_english_text_does(language: str) -> None:
    """A full stop or a blank too many shows where sentences are put together."""
    wrong = [
        text
        for message in messages(language)
        for english, text in forms(message)
        if (text[-1] in ".:?!") != (english[-1] in ".:?!") or text[:1].isspace() != english[:1].isspace()
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_a_number_decides_has_all_forms_of_the_language(language: str) -> None:
    number_of_forms = whole((FOLDER / f"{language}.po").read_text(encoding="utf-8"), language).num_plurals
    plural = [message for message in messages(language) if isinstance(message.id, tuple)]
    assert plural
    assert {len(forms(message)) for message in plural} == {number_of_forms}


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 Blätter"), (1, "1 Blatt"), (2, "2 Blätter"), (1234, "1.234 Blätter")]
)
def test_german_counts_in_two_forms_with_its_own_marks(number: int, said: str) -> None:
    assert Language("de_DE").counted("{n} sheet", "{n} sheets", number) == said


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de_DE", "de"), ("de_AT", "de"), ("de", "de"), ("en_GB", "en"), ("fr_FR", "en"), ("nl", "en")],
)
def test_a_locale_speaks_its_language_where_there_is_one_and_english_elsewhere(locale: str, language: str) -> None:
    assert language_of(locale) == language
    assert Language(locale).code == language


def test_what_no_catalogue_knows_is_said_as_it_is() -> None:
    assert catalogue("de").gettext("Nobody has translated this.") == "Nobody has translated this."
    assert Language("de_DE").say("A {blank} here", blank="{blank}") == "A {blank} here"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_sheets_are_such_as_excel_takes(language: str) -> None:
    names = [
        catalogue(language).gettext(value)
        for name, value in vars(book).items()
        if name.endswith("_SHEET") and isinstance(value, str)
    ]
    assert len(names) == 9
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if re.search(r"[\[\]:*?/\\]", name) or not 0 < len(name) <= 31]


# The columns that Book.sum is asked for, and those it uses itself.
FORMULA_COLUMNS = (
    "Currency", "Amount", "Paid", "Overpaid", "Outstanding", "Not billed", "Billed", "Contract", "Milestones",
    "Group", "Ageing", "Days overdue",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_that_formulas_name_have_plain_headers(language: str) -> None:
    """Brackets, quotation marks and most other signs have a meaning in a formula (structured references)."""
    headers = [catalogue(language).gettext(name) for name in FORMULA_COLUMNS]
    assert len(set(headers)) == len(headers)
    assert not [header for header in headers if not header.replace(" ", "").isalnum()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_sums_look_for_is_taken_by_excel_as_it_is(language: str) -> None:
    """In a condition * ? ~ stand for other characters, and < > = at the beginning compare."""
    looked_for = ["not due", "no due date", "credits", "over {days}", BILLED_GROUP, LATER_GROUP]
    said = [catalogue(language).gettext(text) for text in looked_for]
    assert not [text for text in said if re.search(r"[*?~\"]|\A[<>=]", text)]
