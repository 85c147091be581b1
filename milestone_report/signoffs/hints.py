"""Which file may be meant by a name that is not in the folder."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from milestone_report.signoffs.names import absolute
from milestone_report.text import same_name, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from milestone_report.signoffs.folder import SignoffFolder

MOST_SUGGESTIONS = 200

# What "deposit v1.2" ends in is no extension, what "deposit.pdf" ends in is one.
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{1,4}$")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class Hints:
    """Which file may be meant by a missing name. An index by parts keeps it from comparing each with each.

    `taken` are files, as absolute texts, that other cells name: none of them is suggested.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken, self._left = taken, MOST_SUGGESTIONS
        self._indexes: dict[Path, dict[str, list[str]]] = {}

    def namesakes(self, name: str, folder: SignoffFolder) -> list[str]:
        """The files in the folders inside that bear a missing name."""
        return self._free(folder.namesakes(name), folder)

    def nearest(self, name: str, folder: SignoffFolder) -> list[str]:
        """The name of the file in the folder nearest to a missing one, if one is near."""
        if self._left <= 0:
            return []
        self._left -= 1
        index = self._indexes.get(folder.path)
        if index is None:
            free = set(self._free([file for file, _size in folder.files.values()], folder))
            index = _index(key for key, (file, _size) in folder.files.items() if file in free)
            self._indexes[folder.path] = index
        wanted = _stem(name)
        # The rarest parts tell most, and what every file has in common tells nothing.
        rarest = sorted((index[part] for part in _trigrams(wanted) if part in index), key=len)[:8]
        shared = Counter(key for keys in rarest for key in keys[:50])
        stems = {_stem(key): key for key, _count in reversed(shared.most_common(8))}
        near = suggest(wanted, stems)
        return [folder.files[stems[near]][0]] if near else []

    def _free(self, files: list[str], folder: SignoffFolder) -> list[str]:
        """Those of the files in a folder that no other cell names."""
        root = absolute(folder.path)
        return [file for file in files if f"{root}/{file}" not in self._taken]


def _index(files: Iterable[str]) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(files):
        for part in _trigrams(_stem(key)):
            index[part].append(key)
    return index


def _stem(name: str) -> str:
    """What a person compares: no folder, no extension, and "design_ok v2" is "design-ok-v2"."""
    base = posixpath.basename(same_name(name))[-255:]  # no file has a longer name
    return _BETWEEN_WORDS.sub(" ", _EXTENSION.sub("", base)).strip()


def _trigrams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
