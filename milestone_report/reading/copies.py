"""Workbooks whose names say that they are copies of another one: a sync conflict, a backup, a "Copy of"."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from milestone_report.model import Notice
from milestone_report.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Name = tuple[str, bool]

_COPY = "copy|kopie|copie|copia|cópia"
_CONFLICT = (
    "conflict(?:ed(?: copy)?)?|konflikt(?:kopie)?|in konflikt stehende kopie|(?:copie en )?conflit|"
    "copia en conflicto|(?:copia in )?conflitto"
)
_BACKUP = "back-?up|bak|sicherung|sauvegarde|respaldo"
_NUMBER = r"(?: ?\(\d{1,3}\))?"
_WHEN = r"(?:[ ._-]?\d[\d ._-]{,20})?"
"""A day, a time or a number behind the word; words behind it would be a title ("Book backup plan")."""

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
        # ownCloud: "Book_conflict-20260301-101112"; others: "Book conflicted copy 2026", "Book [conflict]".
        rf"(?P<name>.+?)[ ._–-]+\[?(?:{_CONFLICT}){_WHEN}\]?",
        # Syncthing: "Book.sync-conflict-20260301-101112-ABCDEFG".
        r"(?P<name>.+?)\.sync-conflict-\d{8}-\d{6}(?:-\w+)?",
        rf"(?P<name>.+?)[ ._–-]+\(?(?:{_BACKUP})\)?{_WHEN}\)?",
        r"(?:backup of|sicherungskopie von) (?P<name>.+)",
    )
)

_COMPUTERS = tuple(
    re.compile(pattern)
    for pattern in (
        # OneDrive adds the computer's name, with a number where it is taken: "Book-DESKTOP-1A2B", "Book-Maya-PC".
        # In capitals, as Windows writes them: "Book-Desktop-App" and "Book-PC" may be projects.
        r"(?P<name>.+?)-(?:DESKTOP|LAPTOP|WIN)-[0-9A-Z]{4,15}(?:-\d{1,2})?",
        r"(?P<name>.+?)-[^-]+-PC(?:-\d{1,2})?",
        r"(?P<name>.+?)-(?:[\w'’]+[ -])?(?:MBP|MBA|iMac|MacBook(?:[ -]?(?:Pro|Air))?)(?:-\d{1,2})?",
    )
)
"""A mark only where the original is there."""


def find_copies(shown: Mapping[Path, str]) -> Iterator[Notice]:
    """A notice for each workbook that looks like a copy of another one of the run.

    The original may lie in another folder, unless several others have a workbook of its name. Of copies in one
    folder whose original is not there, all but the first are copies of the first. `shown` maps the run's
    workbooks to what people see of them.
    """
    named: dict[Name, list[Path]] = defaultdict(list)
    for file in shown:
        named[_name(file.stem, file)].append(file)
    firsts: dict[tuple[Path, Name], Path] = {}
    for file in shown:
        stems = list(_taken_off(file.stem))
        originals = [named[name] for stem, _sure in stems if (name := _name(stem, file)) in named]
        original = _nearest(file, originals[0]) if originals else None
        if stems and not originals and stems[-1][1]:
            original = firsts.setdefault((file.parent, _name(stems[-1][0], file)), file)
        if original not in (None, file):
            yield Notice("W010", shown[file], facts={"original": shown[original]})


def _name(stem: str, file: Path) -> Name:
    """What makes two names the same: Excel's own formats are one, since a copy may be saved in an older one."""
    return same_name(stem), file.suffix.lower() == ".ods"


def _taken_off(stem: str) -> Iterator[tuple[str, bool]]:
    """A name without its last mark, without the last two and so on, and whether all marks were sure ones."""
    sure = True
    while True:
        matches = [match for pattern in (*_ADDED, *_COMPUTERS) if (match := pattern.fullmatch(stem))]
        if not matches:
            return
        stem, sure = matches[0]["name"], sure and matches[0].re in _ADDED
        yield stem, sure


def _nearest(file: Path, originals: list[Path]) -> Path | None:
    """The original in the same folder, else the only one elsewhere."""
    beside = [original for original in originals if original.parent == file.parent]
    return next(iter(beside or originals)) if beside or len(originals) == 1 else None
