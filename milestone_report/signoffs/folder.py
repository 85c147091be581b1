"""The sign-off folder, listed once with its subfolders. The one module of sign-offs that touches the disk."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.entries import is_link
from milestone_report.facts import phrase, spelled_number
from milestone_report.signoffs.names import absolute
from milestone_report.text import clean, displayable, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEPTH, MOST_FILES = 8, 200_000
"""Bounds of the listing: folders below the sign-off folder, and files and folders in all."""


@dataclass(frozen=True)
class SignoffFolder:
    """A listed folder. `files` maps the folded relative path to (path below the folder, size in bytes).

    `problem` says why nothing of it could be listed, `unlisted` which part of it was not, and why.
    `twins` holds, by their exact paths, files whose paths differ from another's in case or form only.
    `stands_for` is the folder, as absolute text, that the workbook itself names and `path` replaces.
    """

    path: Path
    shown: str
    problem: str = ""
    unlisted: str = ""
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    base_names: Mapping[str, list[str]] = field(default_factory=dict)
    twins: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    stands_for: str = ""

    @cached_property
    def _above(self) -> str:
        """What stands before a file of the folder in its place as text: one Path for each would take long."""
        return str(self.path / "-")[:-1]

    def place(self, file: str) -> str:
        """Where a file lies, by its path below the folder, as text."""
        return self._above + (file if os.sep == "/" else file.replace("/", os.sep))

    @cached_property
    def roots(self) -> list[str]:
        """What a path in a cell may begin with to lead into the folder, absolute."""
        return [absolute(self.path), *([self.stands_for] if self.stands_for else [])]

    def listed(self, way: str) -> tuple[str, int] | None:
        """A file by its path below the folder: the very same first, else in other case or form."""
        return (self.twins.get(way) or self.files.get(same_name(way))) if self.files else None

    def find(self, way: str) -> tuple[str, int] | None:
        """A file by its path below the folder, or by its bare name where only one file bears it."""
        bearers = self.base_names.get(same_name(way), ())
        return self.listed(way) or (self.files[bearers[0]] if len(bearers) == 1 else None)

    def namesakes(self, name: str) -> list[str]:
        """The paths of files that bear a bare name: two at most, for there may be thousands."""
        return [self.files[key][0] for key in self.base_names.get(same_name(name), ())[:2]]


def list_folder(folder: SignoffFolder) -> SignoffFolder:
    """The folder with its files, listed once with its subfolders.

    The folder itself may be a link. Links in it are not followed, whether to files or to folders: they
    can lead anywhere, also to where a cell must not send this program. So what may lie behind them,
    or deeper than DEPTH, is `unlisted`.
    """
    files: dict[str, tuple[str, int]] = {}
    twins: dict[str, tuple[str, int]] = {}
    walk = _Walk()
    try:
        for relative, size in walk.files(folder.path, "", DEPTH):
            known = files.setdefault(same_name(relative), (relative, size))
            if known[0] != relative:
                twins |= {known[0]: known, relative: (relative, size)}
                if not known[1]:  # the first by name stands for both unless it is empty
                    files[same_name(relative)] = (relative, size)
    except _TooManyError:
        return replace(
            folder, problem=phrase("it holds more than {number} files and folders", number=spelled_number(MOST_FILES))
        )
    except FileNotFoundError:
        return replace(folder, problem=phrase("it does not exist"))
    except NotADirectoryError:
        return replace(folder, problem=phrase("it is not a folder"))
    except (OSError, ValueError) as error:
        return replace(folder, problem=getattr(error, "strerror", None) or phrase("its name is not possible"))
    return replace(with_files(folder, files), twins=twins, unlisted=walk.unlisted)


def with_files(folder: SignoffFolder, files: Mapping[str, tuple[str, int]]) -> SignoffFolder:
    """The folder as if it held these files."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for key in files:
        names[posixpath.basename(key)].append(key)
    return replace(folder, files=files, base_names=names)


class _TooManyError(Exception):
    """The folder holds more than MOST_FILES."""


class _Walk:
    """Goes through a folder; one entry that cannot be looked at does not hide the others."""

    def __init__(self) -> None:
        self.unlisted = ""
        self._left = MOST_FILES

    def files(self, path: Path, below: str, depth: int) -> Iterator[tuple[str, int]]:
        """(path below the folder, size) of each file, in the order of their names."""
        with os.scandir(path) as entries:
            found = sorted(islice(entries, self._left + 1), key=lambda entry: entry.name)
        self._left -= len(found)
        if self._left < 0:
            raise _TooManyError
        for entry in found:
            relative = f"{below}{entry.name}"
            try:
                if why := _obstacle(entry, depth):
                    self._leave_out(relative, why)
                elif entry.is_dir(follow_symlinks=False):
                    yield from self.files(Path(entry.path), f"{relative}/", depth - 1)
                elif entry.is_file(follow_symlinks=False) and _on_one_line(entry.name):
                    # No cell can name a file with a line break in its name, such as the "Icon\r" of macOS.
                    yield relative, entry.stat(follow_symlinks=False).st_size
            except OSError:
                self._leave_out(relative, phrase("cannot be opened"))

    def _leave_out(self, relative: str, why: str) -> None:
        self.unlisted = self.unlisted or phrase("“{name}” {why}", name=clean(displayable(relative)), why=why)


def _obstacle(entry: os.DirEntry[str], depth: int) -> str:
    """Why an entry, behind which files may lie, is not listed; "" for every other."""
    if is_link(entry):
        return phrase("is a link, and links in the folder are not followed")
    if not entry.is_dir(follow_symlinks=False):
        return ""
    if not depth:
        return phrase("lies more than {depth} folders deep", depth=str(DEPTH))
    return "" if _on_one_line(entry.name) else phrase("has a line break in its name")


def _on_one_line(name: str) -> bool:
    return name.splitlines() == [name]
