"""What a copy made with openpyxl leaves out: it keeps what it knows, and drops the rest without a word.

Source: openpyxl's documentation ("does currently not read all possible items in an Excel file") and its reader, which
takes from a sheet only the elements that it has a class for.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from milestone_report.translation import marked

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_VIEWS = marked("custom views")
_BY_PART = (
    (r"xl/slicers/", marked("slicers")),
    (r"xl/timelines/", marked("timelines")),
    (r"xl/diagrams/", marked("SmartArt drawings")),
    (r"xl/charts/chartex", marked("charts of a newer kind (waterfall, funnel, map …)")),
    (r"xl/charts/chart\d", marked("parts of the charts' looks")),
    (r"xl/threadedcomments/", marked("the threads of comments (their first text stays)")),
    (r"xl/ctrlprops/|xl/activex/", marked("buttons and other controls")),
    (r"xl/embeddings/", marked("embedded documents")),
    (r"xl/connections\.xml|xl/querytables/|xl/model/", marked("connections to data outside")),
    (r"xl/metadata\.xml", marked("that formulas spill into the cells beside them, such as =SORT(…)")),
    (r"xl/richdata/", marked("linked data types and pictures in cells")),
    (r"xl/webextensions/", marked("add-ins")),
    (r"_xmlsignatures/", marked("the digital signature")),
)
_IN_SHEETS = (
    (rb"sparklineGroup", marked("sparklines")),
    (rb"x14:dataValidation ", marked("drop-downs that take their list from another sheet")),
    (rb"x14:cfRule ", marked("data bars and icons of a newer kind")),
    (rb"<(?:\w+:)?protectedRange[ >]", marked("ranges that may be edited in a protected sheet")),
    (rb"<(?:\w+:)?ignoredError[ >]", marked("the marks of errors that were switched off")),
    (rb"<(?:\w+:)?customSheetView[ >]", _VIEWS),
    (rb"<(?:\w+:)?cellWatch[ >]", marked("watched cells")),
    (rb"<(?:\w+:)?picture[ >]", marked("pictures behind the cells")),
    (rb"<(?:\w+:)?legacyDrawingHF[ >]", marked("pictures in headers and footers")),
)
_IN_WORKBOOK = (
    (rb"<(?:\w+:)?fileSharing[ >]", marked("the advice, or the password, that keeps it from being changed")),
    (rb"<(?:\w+:)?customWorkbookView[ >]", _VIEWS),
)
_IN_DRAWINGS = ((rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]", marked("shapes and text boxes")),)
_PICTURES = marked("pictures")


def losses(package: zipfile.ZipFile) -> list[str]:
    """What of this workbook its copy leaves out, in English words of the catalogue."""
    return list(dict.fromkeys(_found(package)))


def _found(package: zipfile.ZipFile) -> Iterator[str]:
    names = package.namelist()
    for pattern, words in _BY_PART:
        if any(re.match(pattern, name.casefold()) for name in names):
            yield words
    for folder, patterns in (
        ("xl/worksheets/", _IN_SHEETS),
        ("xl/drawings/", _IN_DRAWINGS),
        ("xl/workbook.xml", _IN_WORKBOOK),
    ):
        for name in names:
            if name.casefold().startswith(folder) and name.casefold().endswith(".xml"):
                data = package.read(name)
                yield from (words for pattern, words in patterns if re.search(pattern, data))
    if find_spec("PIL") is None and any(name.casefold().startswith("xl/media/") for name in names):
        yield _PICTURES  # openpyxl needs Pillow for them
