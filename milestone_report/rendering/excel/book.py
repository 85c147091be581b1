"""The workbook being written: palette, typeface, formats, page set-up and the tables that formulas name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.theme import THEME_XML_2007

from milestone_report.model import OUTPUT_CATEGORY
from milestone_report.rendering.excel.cells import place_in, plain
from milestone_report.translation import marked
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from milestone_report.model import Report
    from milestone_report.rendering.excel.tables import Table

INK, QUIET, ACCENT, LINE, SOFT = "#1d2129", "#5a6270", "#2d5b9a", "#e1e5eb", "#eef2f7"
CHASE, BILL, SIGN, FIX = "#b4372b", "#1f6f54", "#8a5a00", "#4a4fa3"
# Arial has twins of the same widths wherever it is missing, so no figure turns into #### there.
TYPEFACE = "Arial"
ROW_HEIGHT, LINE_HEIGHT = 15, 12.75  # points: a row of one line with some air, and each line of a taller row
LINKS_ON_A_SHEET = 65_000  # Excel allows 65,530; the rest is for the program's own
LAST_ROW = 1_048_576
LONGEST_LIST = 1_000_000  # rows in one table; those beyond stand on further sheets

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": TYPEFACE, "font_size": 10, "font_scheme": "none"},
    "default_row_height": 17,
    "default_column_width": 64,
}
_THEME = {
    "dk1": INK,
    "dk2": QUIET,
    "lt2": SOFT,
    "accent1": ACCENT,
    "accent2": CHASE,
    "accent3": BILL,
    "accent4": SIGN,
    "accent5": FIX,
    "accent6": "#aebccf",  # the table style below makes its bands of this one
    "hlink": ACCENT,
    "folHlink": FIX,
}
TABLE_STYLE = "Table Style Light 7"

SUMMARY_SHEET = marked("Summary")
UNPAID_SHEET = marked("Unpaid")
READY_SHEET = marked("Ready to bill")
UNSIGNED_SHEET = marked("Unsigned")
PROJECTS_SHEET = marked("Projects")
COMING_DUE_SHEET = marked("Coming due")
CHANGES_SHEET = marked("Changes")
PROBLEMS_SHEET = marked("Problems")
CONTROL_SHEET = marked("Control")


class Book:
    """One summary.xlsx in memory.

    `tables` holds the lists written so far, by the names formulas use; `openings` where it stands what was
    outstanding at the last report, by currency. A list of more than `longest_list` rows is parted among sheets.
    """

    def __init__(self, report: Report, longest_list: int = LONGEST_LIST) -> None:
        self.report = report
        self.longest_list = longest_list
        self.tables: dict[str, Table] = {}
        self.openings: dict[str, str] = {}
        self.language = Language(report.settings.locale)
        self.as_of = self.language.long_date(report.settings.as_of)
        self._bytes = BytesIO()
        self._book = Workbook(self._bytes, _OPTIONS)
        self._book.use_custom_theme(_theme())
        self._book.set_size(1400, 900)
        self._styles: dict[tuple[tuple[str, object], ...], Format] = {}
        self._book.set_properties(
            {
                "title": plain(self.title())[:255],
                "company": plain(report.settings.company)[:255],
                "category": OUTPUT_CATEGORY,
                **_born(report),
            }
        )

    def title(self) -> str:
        """What the workbook is, with its date."""
        return self.language.say(
            "{title} on {date}", title=self.language.title(self.report.settings.title), date=self.as_of
        )

    def add_page(self, name: str, colour: str) -> Page:
        """The next sheet, which prints on landscape A4, one page wide, with a footer. `name` is the catalogue's."""
        return self.add_sheet(self.language.say(name), colour)

    def add_sheet(self, name: str, colour: str) -> Page:
        """The same, whose name is in the report's language already."""
        sheet = self._book.add_worksheet(name)
        sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW_HEIGHT)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        title = plain(self.language.title(self.report.settings.title)).replace("\n", " ")[:60].replace("&", "&&")
        date = self.language.say("As of {date}", date=self.as_of)
        number = self.language.say("Page {page} of {pages}", page="&P", pages="&N")
        small = f'&"{TYPEFACE}"&8'
        sheet.set_footer(f"&L{small} {title}, {name}&C{small}{date}&R{small}{number}")
        return Page(self, sheet, name, colour, LINKS_ON_A_SHEET)

    def style(self, **properties: object) -> Format:
        """The cell format of these properties, made once: Excel allows some 64,000 and each costs time."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format(properties)
        return self._styles[key]

    def cell(self, **properties: object) -> Format:
        """The format of a cell in a list, with a fine line below."""
        return self.style(valign="vcenter", bottom=1, bottom_color=LINE, **properties)

    def figure(self, pattern: str, **properties: object) -> Format:
        """The format of a figure in a list: on the right, a little away from the words in the next column."""
        return self.cell(num_format=pattern, align="right", indent=1, **properties)

    def header(self, *, right: bool = False) -> Format:
        """The format of a column's header. At the top: Excel lays the filter button over the bottom right."""
        align = {"align": "right", "indent": 1} if right else {"align": "left", "text_wrap": True}
        return self.style(bold=True, valign="top", bg_color=SOFT, bottom=1, bottom_color=ACCENT, **align)

    def chart(self, subtype: str = "", kind: str = "column") -> Chart:
        """A new native chart, of columns or of another kind."""
        return self._book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    def place(self, sheet: str, cells: str) -> str:
        """Cells of a sheet of this workbook, for formulas and links: 'Ready to bill'!$H$4."""
        return place_in(self.language.say(sheet), cells)

    def sum(self, table: str, column: str, currency: str, *conditions: str) -> str:
        """A formula's words for the sum of a list's column in one currency, which is given as a cell (C$5).

        `conditions` are pairs of another column and what it must be; columns are named in English. An empty
        list gives "0".
        """
        if table not in self.tables:
            return "0"
        say = self.language.say
        pairs = [(say(name), wanted) for name, wanted in zip(conditions[::2], conditions[1::2], strict=True)]
        return "+".join(
            f"SUMIFS({part.name}[{say(column)}],{part.name}[{say('Currency')}],{currency}"
            + "".join(f",{part.name}[{name}],{wanted}" for name, wanted in pairs)
            + ")"
            for part in self.tables[table].parts
        )

    def close(self) -> bytes:
        """Finish the workbook."""
        self._book.close()
        # Sheets and workbook hold each other, and tables and this: all cells would stay until garbage is collected.
        self.tables.clear()
        for sheet in self._book.worksheets():
            vars(sheet).clear()
        return self._bytes.getvalue()


@dataclass(slots=True)
class Page:
    """A sheet that is filled from top to bottom. `row` is the next free one, counted from 0."""

    book: Book
    sheet: Worksheet
    name: str
    colour: str
    links_left: int
    row: int = 0
    paper: int = 0  # so many columns are printed, 0 for all
    widths: dict[int, float] = field(default_factory=dict)
    sheets_after: int = 0  # that lists of this one go on on

    @property
    def language(self) -> Language:
        """How the workbook says things."""
        return self.book.language

    @property
    def report(self) -> Report:
        """The report that the workbook tells."""
        return self.book.report

    def following(self) -> Page:
        """The next sheet, on which a list of this one goes on: "Unpaid 2"."""
        self.sheets_after += 1
        return self.book.add_sheet(f"{self.name} {self.sheets_after + 1}", self.colour)

    def heading(self, colour: str, lines: Sequence[str]) -> None:
        """Write the sheet's name as its title and the lines below it, and leave a gap."""
        self.sheet.set_row_pixels(0, 28)
        self.line(self.name, bold=True, font_size=14, font_color=colour)
        for words in lines:
            self.line(words, font_color=QUIET)
        self.row += 1

    def line(self, words: str, **look: object) -> None:
        """Write words that may run on over the cells beside them."""
        self.sheet.write_string(self.row, 0, plain(words), self.book.style(**look))
        self.row += 1

    def print_only(self, columns: int, last_row: int) -> None:
        """Print the first so many columns down to a row, from 0: the others would make them too small to read."""
        self.paper = max(self.paper, columns)
        self.sheet.print_area(0, 0, last_row, self.paper - 1)

    def raise_row(self, row: int, lines: int) -> None:
        """Make a row high enough for so many lines; not every program does so by itself."""
        if lines > 1:
            self.sheet.set_row(row, ROW_HEIGHT + (lines - 1) * LINE_HEIGHT)

    def widen(self, column: int, width: float) -> None:
        """Make a column at least so many characters wide."""
        self.widths[column] = max(width, self.widths.get(column, 0))
        self.sheet.set_column(column, column, self.widths[column])


def _theme() -> StringIO:
    """Excel's own theme in our colours and typeface, so that table styles and what people add match."""
    xml = THEME_XML_2007
    for name, colour in _THEME.items():
        xml = re.sub(rf"(<a:{name}>)<a:\w+Clr [^>]*/>", rf'\g<1><a:srgbClr val="{colour[1:].upper()}"/>', xml)
    return StringIO(re.sub(r'(<a:m\w+Font><a:latin typeface=)"[^"]*"', rf'\1"{TYPEFACE}"', xml))


def _born(report: Report) -> dict[str, dt.datetime]:
    """When the workbook says it was made: when its news was saved, so that the same run gives the same bytes."""
    saved = [book.last_saved for book in report.workbooks if book.last_saved]
    as_of = dt.datetime.combine(report.settings.as_of, dt.time(), dt.UTC)
    newest = max((moment.astimezone(dt.UTC) for moment in saved), default=as_of)
    return {"created": newest.replace(tzinfo=None)}
