"""findings.csv: every finding in a row, for Excel's filters and for other programs.

UTF-8 with a byte order mark, without which Excel takes it for a code page; lines end in CR LF (RFC 4180).
"""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.text import clean

if TYPE_CHECKING:
    from milestone_report.model import Report

COLUMNS = ("code", "severity", "workbook", "sheet", "cell", "value", "message", "fix")

# What a spreadsheet program takes for the beginning of a formula, in full width, too, as it does in Japan; blanks
# and quotation marks may stand before it. Where commas are for decimals Excel parts a line at its semicolons
# instead, within quotation marks, too: then a formula can begin behind each of them.
_FORMULA = re.compile(r"(?:^|(?<=;))(?=[ \"']*[=+\-@＝＋－＠])")


def render(report: Report) -> bytes:
    """All findings in the order of the report, under a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        writer.writerow([_cell(str(getattr(finding, name))) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig", "replace")


@lru_cache(maxsize=4096)  # codes, sheets and fixes repeat
def _cell(text: str) -> str:
    """Text that stays text, on one line: what would begin a formula gets an apostrophe, as OWASP advises."""
    return _FORMULA.sub("'", clean("; ".join(text.splitlines())))
