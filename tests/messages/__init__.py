"""The catalogue of texts that translators fill, taken from the program by Babel: `make messages` writes it."""

from __future__ import annotations

import io
import re
import tomllib
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from milestone_report.model import FIELDS
from milestone_report.rules import RULES
from milestone_report.text import in_words
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "milestone_report"
FOLDER = PACKAGE / "locale"
TEMPLATE = FOLDER / "messages.pot"

# The functions whose arguments are texts, and which of them: wording.py, translation.py and facts.py have them.
KEYWORDS = {
    "say": None,
    "counted": (1, 2),
    "term": ((1, "c"), 2),
    "marked": None,
    "marked_forms": (1, 2),
    "phrase": None,
    "phrases": (1, 2),
    "enumerated": (2, 3),
}

_BLANK = re.compile(r"\{\w+\}")
_HEADER = """\
# The texts of milestone-report. docs/translating.md says how to translate them.
# {blanks} stay as they are; their order may change.
#"""
# No date, so that the same texts give the same file, and no line numbers, which would change with every edit.
_DATED = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To): '
    r'.*\\n"\n',
    re.MULTILINE,
)


def template() -> str:
    """What messages.pot must hold: every text of the code and the templates."""
    catalogue = Catalog(
        project="milestone-report",
        version="",
        header_comment=_HEADER,
        copyright_holder="",
        fuzzy=False,
        charset="utf-8",
    )
    for file, words, comments, context in _texts():
        catalogue.add(words, locations=[(file, 0)], auto_comments=comments, context=context)
    return _written(catalogue)


def merged(file: Path) -> str:
    """A language's catalogue with the texts there are now; what is new is empty, what is gone is left out."""
    language = file.stem
    with file.open(encoding="utf-8") as opened:
        catalogue = read_po(opened, locale=language)
    catalogue.update(read_po(io.StringIO(template())), no_fuzzy_matching=True, update_header_comment=True)
    catalogue.obsolete.clear()
    return _written(catalogue)


def _written(catalogue: Catalog) -> str:
    text = io.BytesIO()
    write_po(text, catalogue, width=100, sort_by_file=True)
    return _DATED.sub("", text.getvalue().decode("utf-8"))


def _texts() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    """Each text with its file, what a translator should know, and its context."""
    for file in sorted(PACKAGE.rglob("*.py")):
        with file.open("rb") as opened:
            for _line, words, comments, context in extract("python", opened, KEYWORDS, ["Translators:"]):
                yield file.relative_to(ROOT).as_posix(), words, comments, context
    for file in sorted((ROOT / "templates").glob("*.j2")):
        with file.open("rb") as opened:
            for _line, words, comments, context in extract(
                "jinja2.ext:babel_extract", opened, KEYWORDS, (), {"silent": "no"}
            ):
                yield file.relative_to(ROOT).as_posix(), words, comments, context
    for hint in tomllib.loads((PACKAGE / "reading" / "words.toml").read_text(encoding="utf-8"))["hints"]:
        yield "milestone_report/reading/words.toml", hint["say"], ["Follows “The status “…” is not known”."], None
    for rule in RULES:
        texts = [(rule.message, f"{rule.code}: {rule.title}"), (rule.fix, f"{rule.code}: what to do")]
        for text, about in texts:
            if _BLANK.sub("", text):  # others are nothing but facts
                yield "milestone_report/rules", text, [about], None
    for name in FIELDS:
        yield "milestone_report/model/columns.py", in_words(name), ["A column of the user's workbook."], None
