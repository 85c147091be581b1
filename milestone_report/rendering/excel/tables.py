"""Lists as real Excel tables: totals of the rows that a filter leaves, widths that fit, links back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.currency import exponent
from milestone_report.rendering.excel.book import LAST_ROW, QUIET, SIGN, SUMMARY_SHEET, TABLE_STYLE
from milestone_report.rendering.excel.cells import major, money_pattern, place_in
from milestone_report.rendering.excel.columns import Money, Text
from milestone_report.rendering.excel.widths import fitting_width
from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.rendering.excel.book import Page
    from milestone_report.rendering.excel.columns import Column

SUBTOTALS_UP_TO = 10_000  # rows; beyond it a total that follows the filter makes Excel slow
TOTALS_UP_TO = 6  # currencies; more rows above the header would leave no room to scroll
TALLEST = 5  # lines in a row; a novel in a cell must not hide the rows below it
_ABOVE = TOTALS_UP_TO + 6  # rows at most between what a sheet has and the first row of a list


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a list that stand on one sheet, an Excel table of their own. All rows count from 0."""

    name: str
    page: Page
    header_row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it stands in the workbook: one part, or several on numbered sheets where it is too long for one."""

    parts: tuple[Part, ...]

    @property
    def header_row(self) -> int:
        """The row of the first part's header, from 0."""
        return self.parts[0].header_row

    def place(self, first: int, last: int) -> tuple[str, int, int] | None:
        """The sheet and the first and last row there of some rows of the list; None where they stand on two sheets."""
        before = 0
        for part in self.parts:
            if before <= first and last < before + part.rows:
                top = part.header_row + 1 - before
                return part.page.name, top + first, top + last
            before += part.rows
        return None


def used(*lists: Sequence[Column]) -> list[list[Column]]:
    """The lists without the columns that are empty in all of them, unless a formula needs them."""
    filled = {column.header for columns in lists for column in columns if column.needed or not column.empty()}
    return [[column for column in columns if column.header in filled] for columns in lists]


def write_table(page: Page, name: str, columns: Sequence[Column], length: int) -> Table:
    """Write a list of at least one row below what the page has: notes, totals, header, rows.

    One that is too long for the sheet goes on on numbered sheets behind it. Formulas can name the list from then on,
    see `Book.sum`.
    """
    parts: list[Part] = []
    here, done = page, 0
    while not parts or done < length:
        rows = min(length - done, page.book.longest_list, LAST_ROW - here.row - _ABOVE)
        if rows == length:
            parts.append(_write_part(page, name, columns, rows))
            break
        following = page.following() if done + rows < length else None
        _say_rows(here, (done + 1, done + rows, length), following)
        some = [column.part(done, done + rows) for column in columns]
        parts.append(_write_part(here, f"{name}_{len(parts) + 1}" if parts else name, some, rows, split=True))
        if following:
            following.heading(page.colour, [page.language.say("Continued from the sheet {sheet}.", sheet=here.name)])
            here = following
        done += rows
    freeze(Table(tuple(parts[1:])))
    page.book.tables[name] = Table(tuple(parts))
    return page.book.tables[name]


def _say_rows(page: Page, rows: tuple[int, int, int], following: Page | None) -> None:
    """Which rows of a list stand on this sheet, the first and the last of all, and where it goes on."""
    say, (first, last, length) = page.language.say, rows
    if following is None:
        page.line(say("Rows {first} to {last} of {all}.", first=first, last=last, all=length), font_color=SIGN)
        return
    words = say(
        "Rows {first} to {last} of {all}. The list continues on the sheet {sheet}.",
        first=first,
        last=last,
        all=length,
        sheet=following.name,
    )
    look = page.book.style(font_color=SIGN, underline=1)
    page.sheet.write_url(page.row, 0, "internal:" + place_in(following.name, "A1"), look, words)
    page.row += 1


def _write_part(page: Page, name: str, columns: Sequence[Column], rows: int, *, split: bool = False) -> Part:
    """Write so many rows as one table; `split` where they are not the whole list."""
    book, sheet = page.book, page.sheet
    _limit_links(page, columns, rows)
    _write_totals(page, name, columns, rows, split=split)
    table = Part(name, page, page.row, rows)
    headers = [{"header": column.header, "header_format": book.header(right=column.right)} for column in columns]
    options = {"name": name, "style": TABLE_STYLE, "columns": headers}
    sheet.add_table(table.header_row, 0, table.header_row + rows, len(columns) - 1, options)
    # XlsxWriter notes each cell, lest tables overlap: 90 bytes a cell until the end. Its manual says nothing of them.
    getattr(sheet, "table_cells", {}).clear()
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
    return table


def freeze(table: Table, columns: int = 1) -> None:
    """Keep the header and the first columns in sight, and the header on every printed page."""
    for part in table.parts:
        part.page.sheet.freeze_panes(part.header_row + 1, columns)
        part.page.sheet.repeat_rows(part.header_row)


def _write_totals(page: Page, name: str, columns: Sequence[Column], rows: int, *, split: bool) -> None:
    """Write a row of totals for each currency, above the columns they belong to. Currencies are never added up.

    The totals follow the filter, except in a list so long that it would be slow. Those of a `split` list are of the
    rows on its sheet only.
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
        if split:
            words = say("Total of the rows shown on this sheet") if follow else say("Total of all rows on this sheet")
        else:
            words = say("Total of the rows shown") if follow else say("Total of all rows")
        if min(code_column, *sums) == 1:  # the words cannot run on over the cells beside them
            page.widen(0, fitting_width(words, bold=True))
        page.line(words, bold=True)


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
