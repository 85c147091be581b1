"""What a run is about to replace, noted in the output folder, so that a run that is killed can be undone.

While the note says “undo”, the old files are there under second names; when all new ones are in place it says
“clean”, in one step, and from then on the new ones count. So whenever a run ends, the next one knows which set is
the whole one.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milestone_report.writing.disk import Disk

NAME = ".milestone-report.journal"
_NEXT = f"{NAME}.new"
"""The note before it is whole."""


def new(target: Path) -> Path:
    """Where the new content of a file waits."""
    return target.with_name(f".{target.name}.new")


def old(target: Path) -> Path:
    """The second name of its old content."""
    return target.with_name(f".{target.name}.old")


@dataclass
class Journal:
    """The targets, each with whether it was there before, and the folders made, outer ones first."""

    folder: Path
    disk: Disk
    targets: dict[Path, bool] = field(default_factory=dict)
    made: list[Path] = field(default_factory=list)

    def save(self, *, done: bool = False) -> None:
        """Note it, in one step. Raises OSError."""
        content = {
            "about": "milestone-report is writing here. If no run is under way, the next one puts this right.",
            "done": done,
            "targets": [[self._name(target), before] for target, before in self.targets.items()],
            "made": [self._name(way) for way in self.made],
        }
        self.disk.write(self.folder / _NEXT, json.dumps(content, indent=1).encode())
        self.disk.replace(self.folder / _NEXT, self.folder / NAME)
        self.disk.settle(self.folder)

    def undo(self) -> None:
        """Make all as it was before. Does no harm when it is begun again. Raises OSError where a file is held open."""
        for target, before in self.targets.items():
            if not before:
                self.disk.unlink(target)
            elif old(target).exists() and not _same(old(target), target):
                self.disk.replace(old(target), target)
        # The note goes last. Folders go when nothing of ours is in them any more.
        self._clear()
        for way in reversed(self.made):
            self.disk.rmdir(way)
        self.disk.unlink(self.folder / NAME)

    def finish(self) -> None:
        """Let the new files count. Raises OSError where that cannot be noted: then the old ones still count."""
        self.save(done=True)
        self.clean()

    def clean(self) -> None:
        """Take away what was kept of the old files. What cannot be, the next run takes away."""
        with contextlib.suppress(OSError):
            self._clear()
            self.disk.unlink(self.folder / NAME)

    def _clear(self) -> None:
        for target in self.targets:
            self.disk.unlink(new(target))
            self.disk.unlink(old(target))
        self.disk.unlink(self.folder / _NEXT)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def recover(folder: Path, disk: Disk) -> None:
    """Bring a folder in which a run was killed back to its whole old or whole new set. Raises OSError."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        targets = {_inside(folder, str(name)): bool(before) for name, before in content["targets"]}
        journal = Journal(folder, disk, targets, [_inside(folder, str(name)) for name in content["made"]])
        done = content["done"] is True
    except FileNotFoundError:
        with contextlib.suppress(OSError):
            disk.unlink(folder / _NEXT)  # one that was killed before it had begun
        return
    except (ValueError, KeyError, TypeError):
        disk.unlink(folder / NAME)  # none of ours: ours are whole
        return
    if done:
        journal.clean()
    else:
        journal.undo()


def _inside(folder: Path, name: str) -> Path:
    """A path below the folder, also where links are followed. Raises ValueError."""
    path = folder / name
    outside = Path(name).is_absolute() or ".." in Path(name).parts
    if outside or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise ValueError(name)
    return path


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) or one.read_bytes() == other.read_bytes()
    except OSError:
        return False
