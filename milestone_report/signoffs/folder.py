"""The sign-off folder, listed once with its subfolders. The one module of sign-offs that touches the disk."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEPTH, MOST_FILES = 8, 200_000
"""Bounds of the listing: folders below the sign-off folder, and files in all."""


@dataclass(frozen=True)
class SignoffFolder:
    """A listed folder. `files` maps the folded relative path to (path below the folder, size in bytes).

    `problem` says why nothing of it could be listed, `unlisted` names a part of it that could not.
    """

    path: Path
    shown: str
    problem: str = ""
    unlisted: str = ""
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    base_names: Mapping[str, list[str]] = field(default_factory=dict)

    def find(self, name: str) -> tuple[str, int] | None:
        """A file by its path below the folder, or by its bare name where only one file bears it."""
        key = same_name(name)
        if key in self.files:
            return self.files[key]
        keys = self.base_names.get(key, ())
        return self.files[keys[0]] if len(keys) == 1 else None


def list_folder(folder: SignoffFolder) -> SignoffFolder:
    """The folder with its files, listed once with its subfolders; links to other folders are not followed."""
    files: dict[str, tuple[str, int]] = {}
    walk = _Walk()
    try:
        for relative, size in walk.files(folder.path, "", DEPTH):
            # Where two names differ in case only, the first by name stands for both unless it is empty.
            known = files.get(same_name(relative))
            if known is None or not known[1]:
                files[same_name(relative)] = (relative, size)
            if len(files) > MOST_FILES:
                return replace(folder, problem=f"it holds more than {MOST_FILES:,} files")
    except FileNotFoundError:
        return replace(folder, problem="it does not exist")
    except NotADirectoryError:
        return replace(folder, problem="it is not a folder")
    except (OSError, ValueError) as error:
        return replace(folder, problem=getattr(error, "strerror", None) or "its name is not possible")
    return replace(with_files(folder, files), unlisted=walk.unlisted)


def with_files(folder: SignoffFolder, files: Mapping[str, tuple[str, int]]) -> SignoffFolder:
    """The folder as if it held these files."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for key in files:
        names[posixpath.basename(key)].append(key)
    return replace(folder, files=files, base_names=names)


class _Walk:
    """Goes through a folder; one entry that cannot be looked at does not hide the others."""

    def __init__(self) -> None:
        self.unlisted = ""

    def files(self, path: Path, below: str, depth: int) -> Iterator[tuple[str, int]]:
        """(path below the folder, size) of each file, in the order of their names."""
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            relative = f"{below}{entry.name}"
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth > 0:
                        yield from self.files(Path(entry.path), f"{relative}/", depth - 1)
                elif entry.is_file():
                    yield relative, entry.stat().st_size
            except OSError:
                self.unlisted = self.unlisted or relative
