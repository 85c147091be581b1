"""Files in the sign-off folders that belong to no milestone. Pure: the folders are listed already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.facts import phrases
from milestone_report.model import Notice
from milestone_report.signoffs.names import absolute
from milestone_report.text import displayable, enumerated

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from milestone_report.model import Workbook
    from milestone_report.signoffs.folder import SignoffFolder

# What systems and servers leave in folders, beside names that begin with "." or "~".
_NOBODYS = frozenset(
    ("desktop.ini", "thumbs.db", "ehthumbs.db", "$recycle.bin", "system volume information", "@eadir", "__macosx")
)


def find_orphans(
    folders: Iterable[tuple[SignoffFolder, Workbook]], named: Container[str], unread: Sequence[Path]
) -> Iterator[Notice]:
    """A notice for each file in the folders that is not in `named`, at the first workbook that uses the folder.

    `named` are the files, as absolute texts, that milestones name or that are suggested to one. Where
    workbooks of `unread` may use the folder, too, nobody can call a single file an orphan: then all of
    the folder are one notice.
    """
    beside = [(file.name, f"{absolute(file.parent)}/") for file in unread]
    seen: set[str] = set()
    for folder, workbook in folders:
        root = absolute(folder.path)
        files = dict.fromkeys(path for path, _size in (*folder.files.values(), *folder.twins.values()))
        places = {f"{root}/{path}": path for path in files if not _is_nobodys(path)}
        orphans = [path for place, path in places.items() if place not in named and place not in seen]
        seen.update(places)  # the folder of one sheet may lie in that of another
        # A folder that was given for all workbooks may be used from anywhere.
        others = [name for name, above in beside if folder.stands_for or root.startswith(above)]
        for group in [orphans] if others and orphans else [[path] for path in orphans]:
            yield _notice(folder, workbook, group, others)


def _notice(folder: SignoffFolder, workbook: Workbook, group: Sequence[str], others: Sequence[str]) -> Notice:
    one = len(group) == 1
    what = phrases(
        "{files} in the sign-off folder “{folder}” is named by no milestone of the workbooks read here.",
        "{files} in the sign-off folder “{folder}” are named by no milestone of the workbooks read here.",
        len(group),
        files=enumerated(group, "{first} and {n} other file", "{first} and {n} other files"),
        folder=folder.shown,
    )
    facts = {"what": what, "others": _others(others, one=one) if others else ""}
    return Notice("F309", workbook.path, value=displayable(group[0]) if one else folder.shown, facts=facts)


def _others(others: Sequence[str], *, one: bool) -> str:
    """Workbooks that were not read and may name the file, or the files."""
    books = enumerated(others, "{first} and {n} other workbook", "{first} and {n} other workbooks")
    if one:
        return phrases(
            " {books} was not read, and may name it.",
            " {books} were not read, and may name it.",
            len(others),
            books=books,
        )
    return phrases(
        " {books} was not read, and may name them.",
        " {books} were not read, and may name them.",
        len(others),
        books=books,
    )


def _is_nobodys(path: str) -> bool:
    return any(step.startswith((".", "~")) or step.lower() in _NOBODYS for step in path.split("/"))
