"""The columns of a list: words, money, dates and numbers, each with its width and its own way into the cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Protocol

from milestone_report.currency import exponent
from milestone_report.rendering.excel.book import ACCENT
from milestone_report.rendering.excel.cells import FIRST_DAY, all_plain, money_pattern, serial
from milestone_report.rendering.excel.widths import fitting_width, lines_of, surely_fits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.rendering.excel.book import Page

MEASURED = 5_000  # different texts of a column; more would cost more than a perfect width is worth


class Column(Protocol):
    """One column of a list."""

    header: str
    right: bool  # stands on the right of its cells, as figures do
    needed: bool  # a formula names it, so it stays even where it is empty

    def empty(self) -> bool:
        """Whether no row has anything in it."""

    def width(self) -> float:
        """The width that fits, in characters."""

    def write(self, page: Page, top: int, column: int, rows: int) -> None:
        """Write the first so many rows from row `top` on."""

    def part(self, first: int, end: int) -> Column:
        """The same column of some rows only, counted from 0."""


def _header_width(header: str) -> float:
    """The width of a header that may wrap between its words."""
    return max(fitting_width(word, bold=True) for word in header.split())


@dataclass(slots=True)
class Text:
    """Words, with a link for some rows; `looks` gives some words a format of their own."""

    header: str
    texts: Sequence[str]
    links: Sequence[str] = ()
    looks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    widest: int = 34
    needed: bool = False
    right: bool = False
    on_paper: bool = True  # False: a way to somewhere, of use only on a screen

    def __post_init__(self) -> None:
        """Make every text fit for a cell."""
        self.texts = all_plain(self.texts)

    def empty(self) -> bool:
        """Whether every text is blank."""
        return not any(self.texts)

    def width(self) -> float:
        """As wide as the widest text, within bounds; a header may wrap between its words."""
        enough = max(map(len, self.texts), default=0) / 2  # capitals make a shorter text the wider one, up to a point
        long = (text for text in dict.fromkeys(self.texts) if len(text) >= enough)
        content = max((fitting_width(text[:200]) for text in islice(long, MEASURED)), default=0)
        return max(_header_width(self.header), min(content, self.widest))

    def lines(self, width: float) -> dict[int, int]:
        """How many lines the text of a row, from 0, takes in a column so wide, where it takes more than one."""
        if width < self.widest:  # it was made to fit
            return {row: text.count("\n") + 1 for row, text in enumerate(self.texts) if "\n" in text}
        certain = surely_fits(width)
        return {
            row: count
            for row, text in enumerate(self.texts)
            if (len(text) > certain or "\n" in text) and (count := lines_of(text, width)) > 1
        }

    def write(self, page: Page, top: int, column: int, rows: int) -> None:
        """Write texts as texts, whatever they look like."""
        book, sheet = page.book, page.sheet
        usual, blank, linked = (
            book.cell(text_wrap=True, align="left"),
            book.cell(),
            book.cell(text_wrap=True, align="left", font_color=ACCENT, underline=1),
        )
        special = {text: book.cell(text_wrap=True, align="left", **look) for text, look in self.looks.items()}
        links = chain(self.links, repeat(""))
        for row, text, link in zip(range(top, top + rows), self.texts, links, strict=False):
            if not text:
                sheet.write_blank(row, column, None, blank)
            elif link:
                sheet.write_url(row, column, link, linked, text)
            else:
                sheet.write_string(row, column, text, special.get(text, usual))

    def part(self, first: int, end: int) -> Column:
        """The same column of some rows only, counted from 0."""
        return replace(self, texts=self.texts[first:end], links=self.links[first:end])


@dataclass(slots=True)
class Values(Text):
    """What differs in kind from row to row: `values` are minor units of the row's currency, days, words, or None.

    `texts` say the same in words.
    """

    values: Sequence[int | dt.date | str | None] = ()
    currencies: Sequence[str] = ()

    def write(self, page: Page, top: int, column: int, rows: int) -> None:
        """Write money and dates as what they are, so that they can be sorted and used."""
        book, sheet = page.book, page.sheet
        words, blank = book.cell(text_wrap=True, align="left"), book.cell()
        dates = book.cell(num_format="dd mmm yyyy", align="left")
        lines = zip(range(top, top + rows), self.values, self.texts, self.currencies, strict=False)
        for row, value, text, code in lines:
            if isinstance(value, int):
                style = book.cell(num_format=money_pattern(code), align="left")
                sheet.write_number(row, column, value / 10 ** exponent(code), style)
            elif isinstance(value, dt.date) and value >= FIRST_DAY:
                sheet.write_number(row, column, serial(value), dates)
            elif text:
                sheet.write_string(row, column, text, words)
            else:
                sheet.write_blank(row, column, None, blank)

    def part(self, first: int, end: int) -> Column:
        """The same column of some rows only, counted from 0."""
        texts, currencies = self.texts[first:end], self.currencies[first:end]
        return replace(self, texts=texts, values=self.values[first:end], currencies=currencies)


@dataclass(slots=True)
class Money:
    """Amounts in minor units of each row's own currency. Not `summed`, they have no totals: they would add up twice."""

    header: str
    amounts: Sequence[int | None]
    currencies: Sequence[str]
    bold: bool = False
    summed: bool = True
    needed: bool = False
    right: bool = True

    def empty(self) -> bool:
        """Whether every row is without an amount."""
        return all(amount is None for amount in self.amounts)

    def width(self) -> float:
        """As wide as the largest total could be."""
        longest = max((len(f"{abs(sum_):,}") for sum_ in self.sums().values()), default=0)
        return max(len(self.header) + 3, fitting_width(self.header, bold=True), longest + 3, 10)

    def sums(self, rows: int | None = None) -> dict[str, int]:
        """The exact sum of each currency over the first so many rows; nothing without a currency has an amount."""
        sums: dict[str, int] = {}
        for currency, amount in islice(zip(self.currencies, self.amounts, strict=True), rows):
            if not currency and not amount:
                continue
            sums[currency] = sums.get(currency, 0) + (amount or 0)
        return sums

    def write(self, page: Page, top: int, column: int, rows: int) -> None:
        """Write each amount with its currency's number of decimals."""
        book, sheet = page.book, page.sheet
        bold = {"bold": True} if self.bold else {}
        styles = {
            code: (book.figure(money_pattern(code), **bold), 10 ** exponent(code)) for code in set(self.currencies)
        }
        blank = book.cell()
        for row, amount, code in zip(range(top, top + rows), self.amounts, self.currencies, strict=False):
            if amount is None:
                sheet.write_blank(row, column, None, blank)
            else:
                style, units = styles[code]
                sheet.write_number(row, column, amount / units, style)

    def part(self, first: int, end: int) -> Column:
        """The same column of some rows only, counted from 0."""
        return replace(self, amounts=self.amounts[first:end], currencies=self.currencies[first:end])


@dataclass(slots=True)
class Dates:
    """Days, as real dates wherever Excel can hold them."""

    header: str
    dates: Sequence[dt.date | None]
    needed: bool = False
    right: bool = False

    def empty(self) -> bool:
        """Whether every row is without a date."""
        return all(date is None for date in self.dates)

    def width(self) -> float:
        """Room for "28 Mar 2026"."""
        return max(11.5, _header_width(self.header))

    def write(self, page: Page, top: int, column: int, rows: int) -> None:
        """Write dates; one from before Excel's calendar stays readable as text."""
        book, sheet = page.book, page.sheet
        style, blank = book.cell(num_format="dd mmm yyyy", align="left"), book.cell()
        for row, date in zip(range(top, top + rows), self.dates, strict=False):
            if date is None:
                sheet.write_blank(row, column, None, blank)
            elif date < FIRST_DAY:
                sheet.write_string(row, column, date.isoformat(), style)
            else:
                sheet.write_number(row, column, serial(date), style)

    def part(self, first: int, end: int) -> Column:
        """The same column of some rows only, counted from 0."""
        return replace(self, dates=self.dates[first:end])


@dataclass(slots=True)
class Numbers:
    """Counts or shares, with a bar in each cell where `bar` names a colour."""

    header: str
    numbers: Sequence[float | None]
    pattern: str = "#,##0"
    bar: str = ""
    full: float | None = None  # the value of a full bar; the largest one where nothing is said
    needed: bool = False
    right: bool = True

    def empty(self) -> bool:
        """Whether every row is without a number."""
        return all(number is None for number in self.numbers)

    def width(self) -> float:
        """Room for the header and, with bars, for a bar worth looking at."""
        return max(len(self.header) + 3, fitting_width(self.header, bold=True), 12 if self.bar else 8)

    def write(self, page: Page, top: int, column: int, rows: int) -> None:
        """Write numbers, and the rule that draws the bars."""
        book, sheet = page.book, page.sheet
        style, blank = book.figure(self.pattern), book.cell()
        for row, number in zip(range(top, top + rows), self.numbers, strict=False):
            if number is None:
                sheet.write_blank(row, column, None, blank)
            else:
                sheet.write_number(row, column, number, style)
        if self.bar:
            limit = {"max_type": "max"} if self.full is None else {"max_type": "num", "max_value": self.full}
            bars = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": self.bar}
            bars |= {"bar_no_border": True, "min_type": "num", "min_value": 0}
            sheet.conditional_format(top, column, top + rows - 1, column, bars | limit)

    def part(self, first: int, end: int) -> Column:
        """The same column of some rows only, counted from 0."""
        return replace(self, numbers=self.numbers[first:end])
