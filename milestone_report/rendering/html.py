"""summary.html: the page for people, in one file that needs no network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.rendering.templates import fill, source
from milestone_report.rendering.view.page import view

if TYPE_CHECKING:
    from markupsafe import Markup

    from milestone_report.model import Report
    from milestone_report.rendering.view.page import View

ROWS = 500
"""So many rows of a list stand on the page; summary.xlsx has them all."""

LENGTH = 300
"""So many characters of a cell are shown."""


@dataclass(frozen=True)
class PageVariables:
    """What summary.html.j2 is filled with: the view, and summary.css and summary.js as they are.

    `style_hash` and `script_hash` are their SHA-256 in Base64, for the page's policy: it allows these two and no other.
    """

    view: View
    style: Markup
    style_hash: str
    script: Markup
    script_hash: str


def render(report: Report) -> bytes:
    """The page as UTF-8. Style and script stand in it; its policy allows these two and nothing else."""
    own = report.settings.templates
    style, script = source("summary.css", own), source("summary.js", own)
    variables = PageVariables(
        view=view(report, rows=ROWS, length=LENGTH),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )
    return fill("summary.html.j2", report.settings, vars(variables)).encode()


def _hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
