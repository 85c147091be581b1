"""Workbooks that are copies of another one: by every byte, or by a name that says so ("Copy of", a sync conflict)."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.model import Notice
from milestone_report.reading.refusal import RefusedError
from milestone_report.text import same_name

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator, Mapping
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
        r"(?P<name>.+?)-[^-]+-(?:PC|LAPTOP|DESKTOP)(?:-\d{1,2})?",
        r"(?P<name>.+?)-(?:[\w'’]+[ -])?(?:MBP|MBA|iMac|MacBook(?:[ -]?(?:Pro|Air))?)(?:-\d{1,2})?",
    )
)
"""A mark only where the original is there."""


def copies_by_name(files: Collection[Path]) -> dict[Path, Path]:
    """The original of each file that looks like a copy of another one of them.

    The original may lie in another folder, unless several others have a workbook of its name. Of copies in one
    folder whose original is not there, all but the first are copies of the first.
    """
    named: dict[Name, list[Path]] = defaultdict(list)
    for file in files:
        named[_name(file.stem, file)].append(file)
    firsts: dict[tuple[Path, Name], Path] = {}
    found: dict[Path, Path] = {}
    for file in files:
        stems = list(_taken_off(file.stem))
        originals = [named[name] for stem, _sure in stems if (name := _name(stem, file)) in named]
        original = _nearest(file, originals[0]) if originals else None
        if stems and not originals and stems[-1][1]:
            original = firsts.setdefault((file.parent, _name(stems[-1][0], file)), file)
        if original not in (None, file):
            found[file] = original
    return found


def twins(files: Collection[Path], by_name: Collection[Path]) -> dict[Path, Path]:
    """The original of each file that holds, byte for byte, what another one of them holds.

    The original is the first whose name does not say that it is a copy: `by_name` are those that do. Only files of one
    size are read. One that cannot be, or would not be for what it is, is no twin: reading it says what is wrong.
    """
    of_size: dict[int, list[tuple[Path, os.stat_result]]] = defaultdict(list)
    for file in files:
        with suppress(OSError, ValueError):
            status = file.stat()
            of_size[status.st_size].append((file, status))
    several = [each for size, group in of_size.items() if size and len(group) > 1 for each in group]
    if not several:
        return {}
    from milestone_report.reading.loading import check_kind  # noqa: PLC0415 - it imports lxml, which readers need first

    alike: dict[bytes, list[Path]] = defaultdict(list)
    for file, status in several:
        with suppress(OSError, RefusedError):
            check_kind(status)
            with file.open("rb") as opened:
                alike[hashlib.file_digest(opened, "blake2b").digest()].append(file)
    found: dict[Path, Path] = {}
    for same in alike.values():
        original = next((file for file in same if file not in by_name), same[0])
        found |= {file: original for file in same if file != original}
    return found


def tell_copies(
    shown: Mapping[Path, str], by_name: Mapping[Path, Path], twin_of: Mapping[Path, Path]
) -> Iterator[Notice]:
    """A notice for each workbook that is a copy of another one. `shown` is what people see of the run's workbooks."""
    for file in shown:
        if file in twin_of:
            what = phrase(
                "This workbook is the same as “{original}”, byte for byte, and was counted once, under that name.",
                original=shown[twin_of[file]],
            )
        elif file in by_name:
            what = phrase(
                "By its name this is a copy of “{original}”. Both were read: milestones that stand in both are counted "
                "twice.",
                original=shown[by_name[file]],
            )
        else:
            continue
        yield Notice("W010", shown[file], facts={"what": what})


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
