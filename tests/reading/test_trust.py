"""A file that the fast reader would read otherwise than Excel does is refused, and nothing else is.

The cases themselves are files of the corpus; here stand those that no file there shows.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from milestone_report.reading.ooxml import Package
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.trust import doubt

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(workbook_part: str) -> Package:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        link = f'<Relationship Id="b" Type="{RELATED}/officeDocument" Target="{workbook_part}"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGED}">{link}</Relationships>')
        archive.writestr(workbook_part, b"\x83\x01\x00")
    return Package(data.getvalue())


def test_the_sheets_of_an_xlsb_are_not_missed_for_being_no_xml() -> None:
    assert doubt(packed("xl/workbook.bin"), "Sheet1") == ""


def test_a_sheet_that_cannot_be_looked_into_is_not_read() -> None:
    with pytest.raises(RefusedError, match="a part of it is damaged"):
        doubt(packed("xl/workbook.xml"), "Sheet1")
