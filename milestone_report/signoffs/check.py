"""The whole stage on one page: match the names, look into the files, tell what no milestone names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.facts import parted, phrase, phrases
from milestone_report.model import Milestones, Notice, Settings, State, Workbook
from milestone_report.signoffs.contents import Content, look_into
from milestone_report.signoffs.evidence import match_signoffs
from milestone_report.signoffs.folder import SignoffFolder, list_folder
from milestone_report.signoffs.oddities import oddity
from milestone_report.signoffs.orphans import find_orphans
from milestone_report.text import displayable, enumerated, file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path


def check_signoffs(
    milestones: Milestones,
    workbooks: Sequence[Workbook],
    settings: Settings,
    unread: Sequence[Path] = (),
    list_files: Callable[[SignoffFolder], SignoffFolder] = list_folder,
    look: Callable[[Sequence[str]], Mapping[str, Content]] = look_into,
) -> tuple[Milestones, list[Notice]]:
    """Add EVIDENCE_COLUMNS to a frame that has FIGURE_COLUMNS, with what is to be said of folders and files.

    `unread` are workbooks that lie beside those of the run; what they name is not known. `list_files`
    and `look` are the only looks at the disk.
    """
    milestones, folders = match_signoffs(milestones, workbooks, settings, list_files)
    milestones, unopened = _add_contents(milestones, settings.signoff_extensions, look)
    unread = [*(book.file for book in workbooks if not book.readable), *unread]
    orphans = find_orphans(folders.listed.values(), folders.named, unread)
    return milestones, [*folders.notices, *unopened, *orphans]


def _add_contents(
    milestones: Milestones, extensions: Sequence[str], look: Callable[[Sequence[str]], Mapping[str, Content]]
) -> tuple[Milestones, list[Notice]]:
    """Look into the found files of all milestones but void ones."""
    frame = milestones.frame
    cells = frame["signoff_path"].where(frame["state"] != State.VOID, "")
    files = {cell: cell.split("\n") for cell in cells.unique().tolist() if cell}
    contents = look(list(dict.fromkeys(path for paths in files.values() for path in paths)))
    expected = frozenset(extension.lower().removeprefix(".") for extension in extensions)
    odd = {path: why for path, content in contents.items() if (why := _oddity(path, content, expected))}
    digests = {cell: "\n".join(contents[path].digest for path in paths) for cell, paths in files.items()}
    oddities = {cell: parted([odd[path] for path in paths if path in odd]) for cell, paths in files.items()}
    said = [oddities.get(cell, "") for cell in cells.tolist()]
    frame = frame.assign(
        signoff_content=[digests.get(cell, "") for cell in cells.tolist()],
        # As objects: these texts know what they are made of, which a column of plain text would forget.
        signoff_odd=pd.Series(said, frame.index, dtype=object),
        signoff_changed="",
    )
    problems = {path: content.problem for path, content in contents.items() if content.problem}
    return replace(milestones, frame=frame), list(_unopened(milestones, problems))


def _oddity(path: str, content: Content, expected: Collection[str]) -> str:
    name = file_name(path)
    why = "" if content.problem else oddity(name, content.head, expected)
    return phrase("“{name}” {why}", name=displayable(name), why=why) if why else ""


def _unopened(milestones: Milestones, problems: Mapping[str, str]) -> Iterator[Notice]:
    """One notice for each workbook with files that could not be opened: mostly all have one cause."""
    named: dict[str, dict[str, str]] = {}
    rows = milestones.frame[["sheet_id", "signoff_path"]].drop_duplicates().itertuples(index=False)
    for sheet_id, cell in rows if problems else ():
        for path in filter(problems.__contains__, cell.split("\n")):
            named.setdefault(milestones.sheets[sheet_id].workbook, {})[file_name(path)] = problems[path]
    for workbook, whys in named.items():
        files, first = list(whys), next(iter(whys))
        why, name = whys[first], displayable(first)
        what = phrases(
            "{files} could not be looked into ({why}). Whether it is what its name says was not checked.",
            "{files} could not be looked into ({why}). Whether they are what their names say was not checked.",
            len(files),
            files=enumerated(files, "{first} and {n} other file", "{first} and {n} other files"),
            why=why if len(files) == 1 else phrase("“{name}”: {why}", name=name, why=why),
        )
        yield Notice("F308", workbook, value=displayable(first), facts={"what": what})
