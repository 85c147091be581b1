"""Relative links from the output folder to the user's workbooks and sign-off files.

Relative, so that they go on working when the folders are moved together; where Windows has the
two on different drives there is no relative way and the file's own address is used.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from milestone_report.model import Report


def relative_path(report: Report, file: Path) -> str:
    """The way from the output folder to a file, with forward slashes."""
    folder, name = os.path.split(file)
    way = _way(folder, os.path.abspath(report.settings.out))  # noqa: PTH100 - as `relpath` takes it, links kept
    if way is None:
        return file.resolve().as_posix()
    return name if way == "." else f"{way}/{name}"


@lru_cache(maxsize=1024)
def _way(folder: str, out: str) -> str | None:
    """The way from the output folder to another, None where there is none: thousands of files lie in few folders."""
    try:
        return Path(os.path.relpath(folder or ".", out)).as_posix()
    except ValueError:
        return None


def href(report: Report, file: Path) -> str:
    """The same as an address for a page, safe for any file name."""
    way = relative_path(report, file)
    if os.path.isabs(way):  # noqa: PTH117 - a Path for each of thousands of files takes longer than the rest
        return Path(way).as_uri()
    # "./" keeps a first part such as "javascript:x" from being read as a scheme.
    # By its bytes, because a file's name on Linux need not be text.
    return "./" + quote(os.fsencode(way))


def cell_address(sheet: str, cell: str) -> str:
    """A cell as Excel writes it, quoted: 'Harbour app'!G10."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"
