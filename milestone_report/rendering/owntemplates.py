"""Looks through a folder of the user's own templates before anything is read: what is wrong, what is of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import meta

from milestone_report.rendering import TemplateFaultError
from milestone_report.rendering.templates import NAMES, environment, fault, source
from milestone_report.text import displayable, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENDINGS = (".j2", ".jinja", ".jinja2", ".html", ".txt", ".css", ".js")
"""Of files with other endings nobody thinks that they are templates."""


def look_through(own: Path) -> Iterator[str]:
    """A sentence for each file that no template uses. Raises TemplateFaultError for one that is no right template.

    Only what shows without a report is found: what a template does with one shows when it is filled.
    """
    try:
        files = sorted(file.name for file in own.iterdir() if file.is_file() and file.name.lower().endswith(_ENDINGS))
    except OSError as error:
        raise TemplateFaultError(f"“{displayable(str(own))}” cannot be read ({error.strerror or error}).") from error
    used = {*NAMES}
    waiting = [name for name in files if name in NAMES]
    for name in waiting:  # grows while it is gone through
        found = _named_in(name, own) & {*files} - used
        used |= found
        waiting += sorted(found)
    return (_of_no_use(name, own) for name in files if name not in used)


def _named_in(name: str, own: Path) -> set[str]:
    """The templates that one takes in."""
    if not name.endswith((".j2", ".jinja", ".jinja2", ".html", ".txt")):
        source(name, own)
        return set()
    made = environment(own)
    try:
        text = (own / name).read_text(encoding="utf-8-sig")
        made.compile(text, name, str(own / name))
        return {each for each in meta.find_referenced_templates(made.parse(text)) if each}
    except Exception as error:
        raise TemplateFaultError(fault(error, name, own)) from error


def _of_no_use(name: str, own: Path) -> str:
    near = suggest(name.lower(), NAMES)
    hint = f"Did you mean “{near}”?" if near else f"Templates are called {', '.join(NAMES)}."
    return f"“{displayable(str(own / name))}” is not used: no template has this name. {hint}"
