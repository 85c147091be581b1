"""A workbook of findings alone, for workbooks that cannot be copied with them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import openpyxl

from milestone_report.model import OUTPUT_CATEGORY
from milestone_report.rendering.review.sheet import add_findings_sheet, heading
from milestone_report.rendering.review.stamping import without_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import Finding
    from milestone_report.wording import Language


def findings_book(name: str, findings: Sequence[Finding], why_not: str, as_of: dt.date, language: Language) -> bytes:
    """The bytes of a workbook with the findings of the workbook `name`, of which there is no copy."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    lines = [
        heading(name, as_of, language),
        language.say("There is no copy of the workbook with comments in its cells: {why}.", why=why_not),
    ]
    add_findings_sheet(book, lines, findings, language)
    book.properties.created = dt.datetime.combine(as_of, dt.time())
    book.properties.category = OUTPUT_CATEGORY  # so that nobody reads it as a workbook of milestones
    saved = io.BytesIO()
    book.save(saved)
    return without_clock(saved.getvalue(), as_of)
