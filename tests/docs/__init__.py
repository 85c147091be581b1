"""The pages of docs/ that are written from the program itself: `make docs` writes them, a test compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docs import commands, figures, rules, settings, templates, troubleshooting

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands.page,
    "json.md": figures.page,
    "rules.md": rules.page,
    "settings.md": settings.page,
    "templates.md": templates.page_text,
    "troubleshooting.md": troubleshooting.page,
}
"""File of docs/ → what makes its text."""
