"""Which files to read: workbooks named one by one, and those that lie in a named folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.model import Notice
from milestone_report.reading.workbook import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


def find_workbooks(paths: Sequence[Path], currency: str) -> tuple[list[Source], list[Notice]]:
    """The workbooks of a run, each once, in the order given and by name within a folder.

    A path that does not exist is kept: reading it says so. A folder is not searched below its
    first level; one without workbooks is a notice.
    """
    files: dict[Path, None] = {}
    notices = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(_absolute(path))
            continue
        inside = _workbooks_in(path)
        if not inside:
            why = "the folder holds no workbook"
            how = "Name a folder with .xlsx, .xlsm, .xls, .xlsb or .ods files. Folders inside it are not searched."
            notices.append(Notice("W001", path.name or str(path), facts={"why": why, "how": how}))
        for file in inside:
            files.setdefault(_absolute(file))
    return [Source(file, shown, currency) for file, shown in zip(files, _shown(list(files)), strict=True)], notices


def _workbooks_in(folder: Path) -> list[Path]:
    """Excel's own "~$" files and hidden ones are no workbooks."""
    try:
        return sorted(
            file
            for file in folder.iterdir()
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", ".")) and file.is_file()
        )
    except OSError:
        return []


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link stays the name the user knows


def _shown(files: Sequence[Path]) -> Iterable[str]:
    """Names when they differ, else the ways from the folder that all have in common: the same on every machine."""
    names = [file.name for file in files]
    if len({name.casefold() for name in names}) == len(names):
        return names
    common = os.path.commonpath([file.parent for file in files])
    return [file.relative_to(common).as_posix() for file in files]
