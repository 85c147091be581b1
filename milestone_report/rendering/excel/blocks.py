"""The small tables of the sheet Control, one below the other in the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.rendering.excel.book import ACCENT, INK, SOFT
from milestone_report.rendering.excel.cells import major, money_pattern, plain
from milestone_report.rendering.excel.tables import TALLEST
from milestone_report.rendering.excel.widths import fitting_width, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.rendering.excel.book import Page

# The columns that all blocks of the sheet share: two of words, cell, currency, four of figures, one of long words.
WIDTHS = (30, 28, 11, 11, 17, 17, 17, 17, 64)
TITLE: Mapping[str, object] = {"bold": True, "font_size": 12, "font_color": INK, "valign": "vcenter"}


class Blocks:
    """Small tables, one below the other."""

    def __init__(self, page: Page) -> None:
        self.page, self.book, self.sheet = page, page.book, page.sheet
        self.say = page.language.say
        self.term = page.language.term

    def begin(self, title: str, headers: Sequence[str] = (), right: str = "") -> None:
        """A block's title, and its headers; those of the columns in `right` stand on the right."""
        self.sheet.set_row_pixels(self.page.row, 24)
        self.page.line(title, **TITLE)
        if headers:
            look = {"bold": True, "bg_color": SOFT, "bottom": 1, "bottom_color": ACCENT}
            for place, header in enumerate(headers):
                align = {"align": "right", "indent": 1} if "ABCDEFGHI"[place] in right else {}
                self.sheet.write_string(self.page.row, place, header, self.book.style(**look, **align))
                if header and (align or any(headers[place + 1 : place + 2])):  # else it runs on over blank cells
                    self.page.widen(place, fitting_width(header, bold=True))
            self.page.row += 1

    def line(self, cells: Sequence[object], links: Mapping[int, str] | None = None) -> None:
        """One row: words, whole numbers, (minor units, currency), or None for a blank."""
        write, row = self.sheet, self.page.row
        lines = 1
        for place, cell in enumerate(cells):
            link = (links or {}).get(place)
            if isinstance(cell, int):
                write.write_number(row, place, cell, self.book.figure("#,##0"))
            elif isinstance(cell, tuple):
                write.write_number(row, place, major(*cell), self.book.figure(money_pattern(cell[1])))
            elif not cell:
                write.write_blank(row, place, None, self.book.cell())
            elif link:
                write.write_url(
                    row, place, link, self.book.cell(align="left", font_color=ACCENT, underline=1), plain(str(cell))
                )
            else:
                words = plain(str(cell))
                wraps = place + 1 == len(cells) or bool(cells[place + 1])  # else the words run on over blank cells
                write.write_string(
                    row, place, words, self.book.cell(align="left", **({"text_wrap": True} if wraps else {}))
                )
                lines = max(lines, lines_of(words, WIDTHS[place]) if wraps else 1)
        self.page.raise_row(row, min(lines, TALLEST))
        self.page.row += 1

    def end(self) -> None:
        """Leave a gap."""
        self.page.row += 1
