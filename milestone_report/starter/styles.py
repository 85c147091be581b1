"""How the starter workbook looks: one typeface, few colours, each with words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.currency import exponent

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

INK, QUIET, LINE, FIELD, ACCENT = "#1d2129", "#5a6270", "#e1e5eb", "#f6f8fb", "#2d5b9a"
# Arial has twins of the same widths wherever it is missing, so no figure turns into #### there.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10, "font_scheme": "none", "font_color": INK},
}
LATE = {"bg_color": "#fbe3df", "font_color": "#8f261b"}
UNSIGNED = {"bg_color": "#fdf0d3", "font_color": "#6b4600"}
PAID = {"bg_color": "#dff1e8", "font_color": "#14553d"}
VOID = {"font_color": "#8a919c", "font_strikeout": True}
DATE = "d mmm yyyy"


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """The format of these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def label(self) -> Format:
        """A label of the block above a table."""
        return self(font_color=QUIET, valign="vcenter")

    def entry(self, **properties: object) -> Format:
        """A cell that a person fills in, or a formula beside it."""
        return self(valign="vcenter", bottom=1, bottom_color=LINE, **properties)

    def header(self, *, right: bool) -> Format:
        """The header of a column, the words over its figures."""
        align: dict[str, object] = {"align": "right", "indent": 1} if right else {"align": "left"}
        return self(bold=True, bg_color=ACCENT, font_color="#ffffff", valign="vcenter", text_wrap=True, **align)

    def cell(self, **properties: object) -> Format:
        """A cell of a table."""
        return self(valign="vcenter", bottom=1, bottom_color=LINE, **properties)


def money(currency: str) -> str:
    """The number format of a currency's own precision."""
    digits = exponent(currency)
    return "#,##0" + ("." + "0" * digits if digits else "")
