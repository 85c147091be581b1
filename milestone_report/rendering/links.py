"""Relative links from the output folder to the user's workbooks and sign-off files.

Relative, so that they go on working when the folders are moved together; where Windows has the
two on different drives there is no relative way and the file's own address is used.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from milestone_report.model import Report


def relative_path(report: Report, file: Path) -> str:
    """The way from the output folder to a file, with forward slashes."""
    try:
        return Path(os.path.relpath(file, report.settings.out)).as_posix()
    except ValueError:
        return file.resolve().as_posix()


def href(report: Report, file: Path) -> str:
    """The same as an address for a page, safe for any file name."""
    way = relative_path(report, file)
    # "./" keeps a first part such as "javascript:x" from being read as a scheme.
    # By its bytes, because a file's name on Linux need not be text.
    return Path(way).as_uri() if Path(way).is_absolute() else "./" + quote(os.fsencode(way))


def cell_address(sheet: str, cell: str) -> str:
    """A cell as Excel writes it, quoted: 'Harbour app'!G10."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"
