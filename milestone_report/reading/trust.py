"""Where the fast reader would read something else than Excel does: such a file or sheet is refused with a reason.

No program that people use writes any of this. But a file that was tampered with, or repaired badly, must
not give a wrong number: whatever cannot be looked into, or could be read in two ways, is not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.xmlparts import holds_pair
from milestone_report.translation import marked

if TYPE_CHECKING:
    from milestone_report.reading.ooxml import Package

ABSENT = phrase("the workbook names this sheet, but does not hold it")
_ASK = phrase("Open it in Excel and save it again as .xlsx; then compare the figures with what you expect.")
_COMMENT_IN_A_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]*<!--")
_NO_INDEX = re.compile(rb"""t=["']s["'][^>]*><(?:\w+:)?v>(?![0-9]+<)""")
"""A shared text is named by its number; the reader takes the first text where it is none (§18.18.11)."""


def check_names(package: Package) -> None:
    """Refuse a workbook in which a name stands for two parts, or for two sheets. Raises RefusedError."""
    for both, names in (
        (marked("two of its parts are both named “{name}”"), package.part_names),
        (marked("two of its sheets are both named “{name}”"), package.sheet_names),
    ):
        counted = Counter(name.replace("\\", "/").casefold() for name in names)
        if twice := next((name for name, times in counted.items() if times > 1), ""):
            raise RefusedError(phrase(both, name=twice), how=_ASK)


def doubt(package: Package, sheet: str) -> str:
    """Why a sheet cannot be trusted to the fast reader, "" where it can."""
    if package.is_binary:
        return ""
    xml = package.sheet_xml(sheet)
    faults = {
        phrase("it is another sheet of this workbook under a second name"): package.is_second_name(sheet),
        ABSENT: not package.holds(sheet),
        phrase("its contents are damaged"): not xml,
        phrase("it is written in an encoding (UTF-16) that cannot be read"): b"\0" in xml[:4]
        or xml[:2] in (b"\xff\xfe", b"\xfe\xff"),
        phrase("a comment parts one of its values in two"): holds_pair(xml, b"<!") and _COMMENT_IN_A_VALUE.search(xml),
        phrase("a text in it points to no text of the workbook"): _NO_INDEX.search(xml),
    }
    return next((fault for fault, is_there in faults.items() if is_there), "")
