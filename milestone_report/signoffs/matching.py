"""The names of one cell against the folder's list."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.facts import either
from milestone_report.model import Evidence
from milestone_report.signoffs.names import below, cleaned, is_web
from milestone_report.text import displayable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.signoffs.folder import SignoffFolder
    from milestone_report.signoffs.hints import Hints

# Evidence is ordered from worst to best, and the worst file of a cell decides.
_RANK = {evidence: rank for rank, evidence in enumerate(Evidence)}
_MEANT_OTHERWISE = frozenset((Evidence.FOUND, Evidence.MISSING, Evidence.REFUSED))


class Match(NamedTuple):
    """What the names of one cell came to.

    `paths` are those of the found files, one a line. `about` are the names that decided, one a line:
    the missing ones, the refused ones …; where all are found, those that the file spells otherwise.
    `hint` is a file in the folder that may be meant. `unchecked`: some name could not be looked for.
    `files` are the paths in the folder that the names stand for or may mean, found or not.
    """

    evidence: Evidence
    paths: str = ""
    about: str = ""
    hint: str = ""
    unchecked: bool = False
    files: tuple[str, ...] = ()


class _Name(NamedTuple):
    """One name: `file` is the path of the file it stands for, `otherwise` that path where the name differs."""

    text: str
    evidence: Evidence
    file: str = ""
    otherwise: str = ""


def match_cell(cell: str, folder: SignoffFolder, beside: str, hints: Hints | None = None) -> Match:
    """Match the names of one cell (one a line). Every one of them has to be there, else the worst decides.

    `beside` is the workbook's own folder, absolute, as text.
    Without `hints` nothing is suggested for a missing file.
    """
    names = [_match_name(name, folder, beside) for name in _names(cell, folder)]
    if not names:
        return Match(Evidence.NONE)
    worst = min((name.evidence for name in names), key=_RANK.__getitem__) if len(names) > 1 else names[0].evidence
    about = [name for name in names if name.evidence is worst and (worst is not Evidence.FOUND or name.otherwise)]
    paths = [folder.place(name.file) for name in names if name.evidence is Evidence.FOUND]
    meant = _meant(worst, about, folder, hints) if about and worst in _MEANT_OTHERWISE else []
    return Match(
        worst,
        "\n".join(paths),
        "\n".join([name.text for name in about]),
        either(list(map(displayable, meant))) if meant else "",
        Evidence.UNCHECKED in [name.evidence for name in names],
        (*(name.file for name in names if name.file), *meant),
    )


def _names(cell: str, folder: SignoffFolder) -> list[str]:
    """The names of a cell. Reading parts them at each ";", which may also stand in the name of one file."""
    names = [name.strip() for name in cell.splitlines() if cleaned(name)]
    if len(names) > 1:
        for whole in ("; ".join(names), ";".join(names)):
            if folder.listed(whole):
                return [whole]
    return names


def _match_name(name: str, folder: SignoffFolder, beside: str) -> _Name:
    if there := folder.listed(name):  # whatever its name looks like: it is in the list
        return _taken(name, name, there)
    text = cleaned(name)
    if is_web(text):
        return _Name(text, Evidence.LINK)
    ways = below(text, folder.roots, beside)
    if not ways:
        return _Name(text, Evidence.REFUSED)
    if folder.problem:
        return _Name(text, Evidence.UNCHECKED)
    for way in ways:
        if there := folder.find(way):
            return _taken(text, way, there)
    return _Name(text, Evidence.UNCHECKED if folder.unlisted else Evidence.MISSING)


def _taken(name: str, way: str, there: tuple[str, int]) -> _Name:
    """A name for whose way there is a file: its path and its size."""
    file, size = there
    same = way in (file, posixpath.basename(file))
    return _Name(name, Evidence.FOUND if size else Evidence.EMPTY, file, "" if same else file)


def _meant(worst: Evidence, about: Sequence[_Name], folder: SignoffFolder, hints: Hints | None) -> list[str]:
    """Files in the folder: the one taken, or those that may be meant by the first name that is like any."""
    texts = (name.text.replace("\\", "/") for name in about)
    if worst is Evidence.FOUND:
        near = ([name.otherwise] for name in about)
    elif worst is Evidence.MISSING and hints is not None:
        near = (hints.namesakes(text, folder) or hints.nearest(text, folder) for text in texts)
    elif worst is Evidence.REFUSED:
        near = (folder.namesakes(posixpath.basename(text)) for text in texts)
    else:
        return []
    return next(filter(None, near), [])
