"""Where the workbooks of a run lie, as the history file remembers it: seen from its own folder.

So it holds where both are moved together, and on another machine that has both on a share.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from milestone_report.entries import cloud_stub

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping


def put_down(place: Path, folder: Path) -> bytes:
    """The way to a file from a folder, with slashes; on another drive its whole path. Bytes: not all are text."""
    try:
        way = os.path.relpath(place, folder)
    except ValueError:
        way = os.path.abspath(place)  # noqa: PTH100 - a link stays the name the user knows
    return os.fsencode(PurePath(way).as_posix())


def looked_up(ways: Mapping[str, bytes], folder: Path, near: Iterable[Path]) -> dict[str, Path]:
    """Where `put_down` has said that files lie, by what they are known by; those of which it did not say are left out.

    So are those on another drive or share than `folder` and the files `near`: a history of unknown origin may name
    any, and to ask for a file there would tell a machine who asks.
    """
    places = {name: Path(os.path.normpath(folder / os.fsdecode(way))) for name, way in ways.items() if way}
    anchors = {folder.anchor, *(file.anchor for file in near)}
    return {name: place for name, place in places.items() if place.anchor in anchors}


def file_there(place: Path) -> Hashable | None:
    """What tells the file in a place from all others; None where there is none.

    One that cannot be asked for just now (its share is away) counts as there, as does one that is only in the cloud.
    """
    try:
        status = os.stat(place)  # noqa: PTH116 - its errors tell what is the matter
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return place if os.path.lexists(place.with_name(cloud_stub(place.name))) else None
    except OSError:
        return place
    return (status.st_dev, status.st_ino) if status.st_ino else place
