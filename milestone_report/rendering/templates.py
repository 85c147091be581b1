"""Jinja2 with everything escaped, over our templates, of the wheel or of the checkout, and the user's own."""

from __future__ import annotations

import re
import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from milestone_report.rendering import TemplateFaultError
from milestone_report.rendering.compiled import compiled_in
from milestone_report.text import clean, displayable, suggest
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milestone_report.model import Settings

PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries them inside the package; in a checkout they stand at the top level.
FOLDERS = (PACKAGE / "templates", PACKAGE.parent / "templates")

NAMES = ("summary.html.j2", "macros.html.j2", "summary.css", "summary.js", "email.html.j2", "email.txt.j2")
"""The templates there are."""


def files() -> list[Path]:
    """Where our templates lie, for those who want to copy one."""
    return [next(folder / name for folder in FOLDERS if (folder / name).is_file()) for name in NAMES]


# What Jinja says of names; of “milestone_report.rendering.view.page.View object” people know “View”.
_UNKNOWN = re.compile(r"'([^']+)' is undefined")
_LACKING = re.compile(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '([^']+)'")


def spoken(language: Language) -> dict[str, object]:
    """What every template has beside its own variables: `say`, `counted` and `number` of the report's language."""
    return {"say": language.say, "counted": language.counted, "number": language.number}


@lru_cache(maxsize=2)
def environment(own: Path | None = None, cache: Path | None = None) -> Environment:
    """The environment, with templates of the user's own before ours; `cache` is as in the settings.

    A name that a template gets wrong is an error, never an empty string. Everything is escaped but
    in plain text, whosever template it is.
    """
    return Environment(
        # Notepad may begin a file with a byte order mark.
        loader=FileSystemLoader((*((own,) if own else ()), *FOLDERS), encoding="utf-8-sig"),
        autoescape=_is_markup,  # noqa: S701 - on for all but plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # its constant folding doubles the time to compile, and each template is used once
        bytecode_cache=compiled_in(cache / "templates") if cache else None,
    )


def fill(name: str, settings: Settings, variables: Mapping[str, object]) -> str:
    """A template with its variables filled. Raises TemplateFaultError for what a template of the user's does."""
    own = settings.templates
    variables = {**spoken(Language(settings.locale)), **variables}
    try:
        return environment(own, settings.cache).get_template(name).render(variables)
    except Exception as error:
        if own is None:
            raise
        raise TemplateFaultError(fault(error, name, own, variables)) from error


def source(name: str, own: Path | None) -> Markup:
    """A file of the templates as it is, for a style or a script. Raises TemplateFaultError for one of the user's.

    It is ours or the user's, and escaped it would no longer work.
    """
    made = environment(own)
    if made.loader is None:  # pragma: no cover - the environment is made with one
        raise LookupError(name)
    try:
        text = made.loader.get_source(made, name)[0]
    except (OSError, UnicodeError) as error:
        if own is None:
            raise
        raise TemplateFaultError(fault(error, name, own)) from error
    end = text.lower().find("</s")  # of the element that it is to stand in
    if own and end >= 0:
        line = text.count("\n", 0, end) + 1
        raise TemplateFaultError(f"{_place(own / name, line)}: “</s…” would end the style or script; write “<\\/s…”.")
    return Markup(text)  # noqa: S704 - no cell's text is in it


def fault(error: Exception, name: str, own: Path, variables: Iterable[str] = ()) -> str:
    """What an error in a template is, on one line: the file, the line, and what is wrong there."""
    where = _where(error, name, own)
    said = clean(" ".join(_said(error, variables).split()))
    end = "" if said.endswith("?") else "."
    if where is None:
        # An error of a template of ours can only come of one that it takes macros from.
        return f"“{name}” cannot be filled with the templates in “{displayable(str(own))}”: {said}{end}"
    return f"{_place(*where)}: {said}{end}"


def _place(file: Path, line: int) -> str:
    return f"“{displayable(str(file))}”, line {line}" if line else f"“{displayable(str(file))}”"


def _where(error: Exception, name: str, own: Path) -> tuple[Path, int] | None:
    """The file of the user's that an error comes from, and the line, 0 for none; None where it is no file of theirs."""
    if isinstance(error, TemplateSyntaxError):
        places = [(str(error.filename or own / str(error.name)), error.lineno)]
    else:
        # Jinja rewrites its tracebacks: the lines are those of the templates.
        places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    inside = [(Path(file), line) for file, line in places if Path(file).is_relative_to(own)]
    if inside:
        return inside[-1]
    return (own / name, 0) if (own / name).is_file() else None


def _said(error: Exception, variables: Iterable[str]) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template “{error.name}”"
    if isinstance(error, UnicodeError):
        return "it is no UTF-8 text; save it as one"
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror or error})"
    if isinstance(error, KeyError):  # of say("… {blank} …")
        return f"nothing fills “{error.args[0]}”"
    return _of_names((str(getattr(error, "message", None) or error) or type(error).__name__).rstrip("."), variables)


def _of_names(text: str, variables: Iterable[str]) -> str:
    """What Jinja says of a name that is not there, in our words; anything else as it is."""
    if unknown := _UNKNOWN.fullmatch(text):
        near = suggest(unknown[1], variables)
        return f"“{unknown[1]}” is not known" + (f"; did you mean “{near}”?" if near else "")
    if lacking := _LACKING.fullmatch(text):
        owner = "what is imported" if lacking[1] == "TemplateModule" else lacking[1]
        return f"{owner} has no “{lacking[2]}”"
    return text


def _is_markup(name: str | None) -> bool:
    return not (name or "").endswith(".txt.j2")
