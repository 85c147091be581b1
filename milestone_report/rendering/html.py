"""summary.html: the page for people, in one file that needs no network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup

from milestone_report.rendering.templates import environment
from milestone_report.rendering.view.page import view

if TYPE_CHECKING:
    from milestone_report.model import Report

ROWS = 500
"""So many rows of a list stand on the page; summary.xlsx has them all."""

LENGTH = 300
"""So many characters of a cell are shown."""


def render(report: Report) -> bytes:
    """The page as UTF-8. Style and script stand in it; its policy lets that one script run and nothing load."""
    script = _source("summary.js")
    page = environment().get_template("summary.html.j2")
    text = page.render(
        view=view(report, rows=ROWS, length=LENGTH),
        style=_source("summary.css"),
        script=script,
        script_hash=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return text.encode()


def _source(name: str) -> Markup:
    """A file of the templates as it is: it is ours, and escaped it would no longer work."""
    loader = environment().loader
    if loader is None:  # pragma: no cover - the environment is made with one
        raise LookupError(name)
    return Markup(loader.get_source(environment(), name)[0])  # noqa: S704 - no cell's text is in it
