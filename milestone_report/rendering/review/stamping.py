"""The same bytes each time, whatever the clock says."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell."""


def without_clock(data: bytes, as_of: dt.date) -> bytes:
    """The same workbook as if it had been saved at the report's date: openpyxl writes the time of the day into it."""
    stamp = f"{as_of.isoformat()}T00:00:00Z".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, part)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return made.getvalue()
