"""Workbooks whose names say that they are copies of another one: a sync conflict, a backup, a "Copy of"."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from milestone_report.model import Notice
from milestone_report.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COPY = "copy|kopie|copie|copia|cópia"
_NUMBER = r"(?: ?\(\d{1,3}\))?"

# What is added to a name, in the words of whoever added it. Matched without regard to case.
_ADDED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Downloads and Google Drive: "Book (1)". A year in brackets is no copy.
        r"(?P<name>.+?) ?\(\d{1,2}\)",
        # Windows, macOS: "Book - Copy", "Book - Copy (2)", "Book copy 2".
        rf"(?P<name>.+?)(?: ?[-–] ?| )(?:{_COPY})(?: \d{{1,2}})?{_NUMBER}",
        # Google Drive: "Copy of Book"; older Windows: "Copy (2) of Book".
        rf"(?:copy{_NUMBER} of|kopie von|kopie van|copie de|copia de|cópia de|copia di) (?P<name>.+)",
        # Dropbox: "Book (Maya's conflicted copy 2026-03-01)"; Nextcloud: "Book (conflicted copy 2026-03-01 101112)".
        r"(?P<name>.+?)[ _]?\([^()]*(?:conflict|konflikt|conflit|conflitto)[^()]*\)",
        # Syncthing: "Book.sync-conflict-20260301-101112-ABCDEFG".
        r"(?P<name>.+?)\.sync-conflict-\d{8}-\d{6}(?:-\w+)?",
        # OneDrive adds the computer's name: "Book-DESKTOP-1A2B", "Book-MAYAS-MBP", with a number where it is taken.
        r"(?P<name>.+?)-(?:DESKTOP|LAPTOP|WIN)-[0-9A-Z]+(?:-\d{1,2})?",
        r"(?P<name>.+?)-(?:[0-9A-Z]+-)?(?:MBP|MBA|iMac|MacBook(?:-?Pro|-?Air)?)(?:-\d{1,2})?",
        r"(?P<name>.+?)[ ._-]+\(?(?:backup|bak|sicherung|sauvegarde)\)?(?:[ ._-]?\d{1,8})?",
        r"(?:backup of|sicherungskopie von) (?P<name>.+)",
    )
)


def find_copies(shown: Mapping[str, str]) -> Iterator[Notice]:
    """A notice for each workbook of a folder that looks like a copy of another one there.

    `shown` maps the names of the run's workbooks in one folder to what people see of them.
    """
    known = {same_name(name): name for name in shown}
    for name in shown:
        original = _original(name, known)
        if original:
            yield Notice("W010", shown[name], facts={"original": shown[original]})


def _original(name: str, known: Mapping[str, str]) -> str:
    """The workbook whose copy a name says to be, "" where none of the known ones is."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    while stem := next((match["name"] for pattern in _ADDED if (match := pattern.fullmatch(stem))), ""):
        if original := known.get(same_name(stem + suffix)):
            return original
    return ""
