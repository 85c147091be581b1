"""The catalogue of texts: gettext's semantics, read from the .po files that translators edit.

A .po file is read as it is, so that no compiled file can be out of step with it. English has none: it is
what the texts are written in.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent / "locale"
ENGLISH = "en"


def marked(text: str) -> str:
    """The text itself. Marks one that stands far from where it is translated, so that the catalogue gets it."""
    return text


def marked_forms(one: str, many: str) -> tuple[str, str]:
    """The same for a text that a number decides: its singular and its plural."""
    return one, many


@lru_cache(maxsize=8)
def language_of(locale: str) -> str:
    """The language in which a locale's texts are: that of its own catalogue or its language's, else English."""
    found = (name for name in (locale, locale.partition("_")[0]) if (FOLDER / f"{name}.po").is_file())
    return next(found, ENGLISH)


def languages() -> list[str]:
    """The languages in which there are texts, English first."""
    return [ENGLISH, *sorted(file.stem for file in FOLDER.glob("*.po"))]


@lru_cache(maxsize=8)
def catalogue(language: str) -> NullTranslations:
    """The texts of a language that `language_of` names. What is not filled, or marked fuzzy, is English."""
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English needs no catalogue
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with (FOLDER / f"{language}.po").open(encoding="utf-8") as file:
        texts = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return GNUTranslations(compiled)
