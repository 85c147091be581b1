"""Renderers: from the finished report to bytes. They write no file and ask no clock.

OUTPUTS says which files each format of the command line makes; each file's renderer is imported
only when it is wanted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from milestone_report.model import Report

OUTPUTS: dict[str, dict[str, tuple[str, str]]] = {
    "html": {"summary.html": ("html", "render")},
    "xlsx": {"summary.xlsx": ("excel", "render")},
    "eml": {"summary.eml": ("email", "render"), "email.html": ("email", "render_body")},
    "json": {"summary.json": ("json", "render")},
    "csv": {"findings.csv": ("csv", "render")},
}
"""Format → file name → (module of this package, function)."""

USUAL = ("html", "xlsx", "eml", "json")
"""The formats that are written when none is asked for."""


class TemplateFaultError(Exception):
    """What is wrong with a template of the user's: one line that names the file and its line."""


def render(report: Report, formats: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each file of the formats asked for, with its bytes."""
    for file, renderer in renderers(formats):
        yield file, renderer(report)


def renderers(formats: Iterable[str]) -> list[tuple[str, Callable[[Report], bytes]]]:
    """Each file of the formats asked for, with what makes its bytes; imports what that needs."""
    wanted = set(formats)
    return [
        (file, cast("Callable[[Report], bytes]", getattr(import_module(f"{__name__}.{module}"), function)))
        for name, files in OUTPUTS.items()
        for file, (module, function) in (files.items() if name in wanted else ())
    ]
