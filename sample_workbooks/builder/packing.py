"""Turn an openpyxl workbook into bytes that are the same on every run.

openpyxl stamps the file with the present time and stores no results for formulas. Both are put right here, in
the saved parts themselves, since openpyxl offers no way to do it before.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from openpyxl import Workbook

SAVED_BY = "Maya Lund"
SAVED_AT = datetime(2026, 3, 30, 17, 42, tzinfo=UTC)
FIRST_SAVED_AT = datetime(2025, 8, 25, 9, 15, tzinfo=UTC)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TERMS = "{http://purl.org/dc/terms/}"
CONTENT_TYPES = "[Content_Types].xml"

Results = Mapping[str, Mapping[str, float]]
"""The result of each formula: sheet name, then cell, then number."""


def pack(workbook: Workbook, results: Results) -> bytes:
    """Return *workbook* as the bytes of an .xlsx file.

    A formula gets the result that *results* names for its cell. One that is not named is stored as other
    programs leave it: with no result at all.
    """
    workbook.properties.creator = SAVED_BY
    workbook.properties.lastModifiedBy = SAVED_BY
    # Every result is stored, so a spreadsheet program need not ask "save your changes?" after a mere look.
    workbook.calculation.fullCalcOnLoad = False
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}

    parts["docProps/core.xml"] = _with_fixed_times(parts["docProps/core.xml"])
    for number, sheet in enumerate(workbook.sheetnames, start=1):
        part = f"xl/worksheets/sheet{number}.xml"  # openpyxl numbers the parts in the order of the sheets
        parts[part] = _with_results(parts[part], results.get(sheet, {}))
    return _zipped(parts)


def _with_fixed_times(core: bytes) -> bytes:
    root = etree.fromstring(core)
    for name, when in (("created", FIRST_SAVED_AT), ("modified", SAVED_AT)):
        for element in root.iter(f"{TERMS}{name}"):
            element.text = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _serialised(root)


def _with_results(sheet: bytes, results: Mapping[str, float]) -> bytes:
    root = etree.fromstring(sheet)
    for cell in root.iter(f"{MAIN}c"):
        if cell.find(f"{MAIN}f") is None:
            continue
        for stale in cell.findall(f"{MAIN}v"):
            cell.remove(stale)
        result = results.get(cell.get("r", ""))
        if result is not None:
            etree.SubElement(cell, f"{MAIN}v").text = f"{result:.12g}"
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Zip *parts* in a fixed order, with a fixed time and no trace of the machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            entry = zipfile.ZipInfo(name, SAVED_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else Windows and Linux would write different bytes
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
