"""The names of one cell against the folder's list."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from milestone_report.model import Evidence
from milestone_report.signoffs.hints import Hints
from milestone_report.signoffs.names import below, is_web
from milestone_report.text import displayable, same_name

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_report.signoffs.folder import SignoffFolder

# Evidence is ordered from worst to best, and the worst file of a cell decides.
_RANK = {evidence: rank for rank, evidence in enumerate(Evidence)}


@dataclass(frozen=True, slots=True)
class Match:
    """What the names of one cell came to: evidence, the found files' paths, and a hint for a missing one."""

    evidence: Evidence
    paths: str = ""
    hint: str = ""


def match_cell(cell: str, folder: SignoffFolder, beside: Path, hints: Hints | None = None) -> Match:
    """Match the names of one cell (one a line). Every one of them has to be there, else the worst decides."""
    if not cell:
        return Match(Evidence.NONE)
    worst, paths, hint = Evidence.FOUND, [], ""
    for name in cell.splitlines():
        evidence, relative = _match_name(name, folder, beside)
        if evidence is Evidence.FOUND:
            paths.append(str(folder.path / relative))
            bare = posixpath.basename(relative)
            same = any(way.replace("\\", "/").strip().endswith(bare) for way in (name, unquote(name)))
            hint = hint or ("" if same else displayable(bare))
        elif evidence is Evidence.MISSING and not hint:
            hint = (hints or Hints()).nearest(name, folder)
        worst = min(worst, evidence, key=_RANK.__getitem__)
    return Match(worst, "\n".join(paths), hint)


def _match_name(name: str, folder: SignoffFolder, beside: Path) -> tuple[Evidence, str]:
    listed = folder.files.get(same_name(name.strip()))
    if listed is not None:  # whatever its name looks like: it is in the list
        return (Evidence.FOUND if listed[1] else Evidence.EMPTY), listed[0]
    if is_web(name):
        return Evidence.LINK, ""
    way = below(name, folder.path, beside)
    if way is None:
        return Evidence.REFUSED, ""
    if folder.problem:
        return Evidence.UNCHECKED, ""
    for candidate in way:
        found = folder.find(candidate)
        if found is not None:
            return (Evidence.FOUND if found[1] else Evidence.EMPTY), found[0]
    return (Evidence.UNCHECKED if folder.unlisted else Evidence.MISSING), ""
