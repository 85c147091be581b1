"""Lists as real Excel tables: totals of the rows that a filter leaves, widths that fit, links back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.currency import exponent
from milestone_report.rendering.excel.book import LAST_ROW, QUIET, SIGN, SUMMARY_SHEET, TABLE_STYLE
from milestone_report.rendering.excel.cells import major, money_pattern
from milestone_report.rendering.excel.columns import Money, Text
from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.rendering.excel.book import Page
    from milestone_report.rendering.excel.columns import Column

LONGEST_LIST = 1_000_000  # rows in one table; the rest is counted in a note
SUBTOTALS_UP_TO = 10_000  # rows; beyond it a total that follows the filter makes Excel slow
TOTALS_UP_TO = 6  # currencies; more rows above the header would leave no room to scroll
TALLEST = 5  # lines in a row; a novel in a cell must not hide the rows below it


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it stands in the workbook. `complete` means that it holds every row of the report's list."""

    name: str
    header_row: int  # from 0
    complete: bool


def used(*lists: Sequence[Column]) -> list[list[Column]]:
    """The lists without the columns that are empty in all of them, unless a formula needs them."""
    filled = {column.header for columns in lists for column in columns if column.needed or not column.empty()}
    return [[column for column in columns if column.header in filled] for columns in lists]


def write_table(page: Page, name: str, columns: Sequence[Column], length: int) -> Table:
    """Write a list of at least one row below what the page has: notes, totals, header, rows.

    Formulas can name it from then on, see `Book.sum`.
    """
    book, sheet = page.book, page.sheet
    rows = min(length, LONGEST_LIST, LAST_ROW - page.row - TOTALS_UP_TO - 4)
    if rows < length:
        words = page.language.counted(
            "{n} more row did not fit: summary.json has them all.",
            "{n} more rows did not fit: summary.json has them all.",
            length - rows,
        )
        page.line(words, font_color=SIGN)
    _limit_links(page, columns, rows)
    _write_totals(page, name, columns, rows)
    table = Table(name, page.row, complete=rows == length)
    headers = [{"header": column.header, "header_format": book.header(right=column.right)} for column in columns]
    options = {"name": name, "style": TABLE_STYLE, "columns": headers}
    sheet.add_table(table.header_row, 0, table.header_row + rows, len(columns) - 1, options)
    sheet.set_row_pixels(table.header_row, 36)
    top = table.header_row + 1
    for place, column in enumerate(columns):
        column.write(page, top, place, rows)
        page.widen(place, column.width())
    _raise_rows(page, columns, top, rows)
    # An invoice number such as 0042 is meant as text; Excel need not mark it.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(len(columns) - 1)}{top + rows}"})
    page.row = top + rows + 1
    on_paper = [place for place, column in enumerate(columns, 1) if not isinstance(column, Text) or column.on_paper]
    if on_paper[-1] < len(columns):
        page.print_only(on_paper[-1], top + rows - 1)
    book.tables[name] = table
    return table


def freeze(page: Page, table: Table, columns: int = 1) -> None:
    """Keep the header and the first columns in sight, and the header on every printed page."""
    page.sheet.freeze_panes(table.header_row + 1, columns)
    page.sheet.repeat_rows(table.header_row)


def _write_totals(page: Page, name: str, columns: Sequence[Column], rows: int) -> None:
    """Write a row of totals for each currency, above the columns they belong to. Currencies are never added up.

    The totals follow the filter, except in a list so long that it would be slow.
    """
    sums = {
        place: column.sums(rows) for place, column in enumerate(columns) if isinstance(column, Money) and column.summed
    }
    if not sums:
        return
    book, sheet, say = page.book, page.sheet, page.language.say
    currencies = sorted(next(iter(sums.values())))
    if len(currencies) > TOTALS_UP_TO:
        words = page.language.counted(
            "The totals of {n} currency stand on the sheet {summary}.",
            "The totals of {n} currencies stand on the sheet {summary}.",
            len(currencies),
            summary=page.language.say(SUMMARY_SHEET),
        )
        page.line(words, font_color=QUIET)
        return
    follow = len(currencies) == 1 or rows <= SUBTOTALS_UP_TO
    code_column = next(place for place, column in enumerate(columns) if column.header == say("Currency"))
    first_row = page.row + len(currencies) + 2  # of the list, as Excel counts
    for currency in currencies:
        code = f"${column_letter(code_column)}${page.row + 1}"
        sheet.write_string(page.row, code_column, currency, book.style(bold=True))
        style = book.style(bold=True, num_format=money_pattern(currency), align="right", indent=1)
        for place, totals in sums.items():
            cells, first = f"{name}[{columns[place].header}]", f"${column_letter(place)}${first_row}"
            if len(currencies) == 1:
                formula = f"SUBTOTAL(109,{cells})"
            elif follow:
                each = f"SUBTOTAL(109,OFFSET({first},ROW({cells})-ROW({first}),0))"
                formula = f"SUMPRODUCT({each},--({name}[{say('Currency')}]={code}))"
            else:
                formula = f"SUMIFS({cells},{name}[{say('Currency')}],{code})"
            rounded = f"=ROUND({formula},{exponent(currency)})"
            sheet.write_formula(page.row, place, rounded, style, major(totals.get(currency, 0), currency))
        page.line(say("Total of the rows shown") if follow else say("Total of all rows"), bold=True)


def _raise_rows(page: Page, columns: Sequence[Column], top: int, rows: int) -> None:
    """Make room for texts that take several lines."""
    lines: dict[int, int] = {}
    for place, column in enumerate(columns):
        if isinstance(column, Text):
            for row, count in column.lines(page.widths[place]).items():
                lines[row] = max(count, lines.get(row, 1))
    for row, count in lines.items():
        if row < rows:
            page.raise_row(top + row, min(count, TALLEST))


def _limit_links(page: Page, columns: Sequence[Column], rows: int) -> None:
    """Leave out the links that Excel has no room for, and say so."""
    linked = [column for column in columns if isinstance(column, Text) and any(column.links)]
    room = page.links_left // len(linked) if linked else rows
    page.links_left -= min(room, rows) * len(linked)
    if room < rows:
        words = page.language.say("Only the first {n} rows have links: Excel allows no more on one sheet.", n=room)
        page.line(words, font_color=SIGN)
        for column in linked:
            column.links = column.links[:room]
