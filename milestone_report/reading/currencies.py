"""Which currency an amount is in, from all the places that can say it, and what to say where they disagree.

Best first: the currency cell, the amount's own mark, its number format, the header, the project block,
the settings. What a person wrote beside the number and what Excel shows must not contradict each other
unsaid: a contradiction in words makes the amount uncertain, one in formats is decided and said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milestone_report.currency import SHARED_SYMBOLS, known_code
from milestone_report.facts import phrase
from milestone_report.numberformats import currency_of_format
from milestone_report.reading.grid import Details, Place, address, all_are, is_blank
from milestone_report.reading.values import Notes, broken, read_number
from milestone_report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

THIS_AMOUNT = phrase("This amount")

UNCERTAIN = "?"
"""In place of a currency where two places contradict each other, or a code is unknown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an amount's own cell shows: a currency, or a sign that several share; `written` beside the number or not."""

    value: object
    place: Place
    code: str
    sign: str
    written: bool

    def fits(self, currency: str) -> bool:
        """Whether the amount can be in this currency."""
        return self.code in ("", currency) and (not self.sign or currency in SHARED_SYMBOLS[self.sign])

    def words(self) -> str:
        """What it shows, in words."""
        currency = self.code or self.sign
        if self.written:
            return phrase("beside it is written {currency}", currency=currency)
        return phrase("its number format shows {currency}", currency=currency)


@dataclass(frozen=True, slots=True)
class CurrencySource:
    """What is said for a whole sheet, and the number formats of its cells."""

    header: str = ""
    block: str = ""
    default: str = ""
    details: Details = field(default_factory=Details)

    def beyond_the_cell(self) -> str:
        """The currency known without looking at a cell."""
        return self.header or self.block or self.default

    def _format_fits(self, place: Place, currency: str) -> bool:
        """Whether a number cell's format shows this very currency, or none."""
        number_format = self.details.formats.get(place)
        return number_format is None or currency_of_format(number_format) == (currency, "")

    def shown_in(self, value: object, place: Place) -> Shown:
        """What a cell shows. What is written counts before the number format, which Excel lays over numbers only."""
        _number, mark, sign = read_number(value) if isinstance(value, str) else (None, "", "")
        if mark or sign:
            return Shown(value, place, mark, sign, written=True)
        number_format = self.details.formats.get(place)
        code, sign = currency_of_format(number_format) if number_format else ("", "")
        return Shown(value, place, code, sign, written=False)

    def of_amount(self, value: object, place: Place, cell: object, cell_place: Place, notes: Notes) -> str:
        """The currency of an amount with its currency cell; "" where nothing says it, UNCERTAIN where two do.

        Nothing is said where a shared sign only repeats what the sheet says, or a code is written small.
        """
        if type(value) is float and type(cell) is str:  # nearly every row
            quick = known_code(cell) if cell else self.beyond_the_cell()
            if quick and self.header in ("", quick) and self._format_fits(place, quick):
                return quick
        if broken(cell, cell_place, notes):
            return UNCERTAIN
        shows = self.shown_in(value, place)
        if not is_blank(cell):
            return self._stated(cell, cell_place, shows, notes)
        beyond = self.beyond_the_cell()
        if shows.code:
            if beyond and beyond != shows.code:
                _say(
                    shows,
                    shows.code,
                    phrase("the sheet is in {currency}; {shows}", currency=beyond, shows=shows.words()),
                    notes,
                )
            return shows.code
        return beyond if shows.fits(beyond) else ""

    def of_column(self, places: Iterable[Place], cells: Sequence[object]) -> str:
        """The currency of numbers at places with their currency cells, "" where a cell or any format leaves a question.

        Where it is a known one, `of_amount` gives it for each of the numbers.
        """
        if not all_are(cells, str) or len(set(cells)) != 1:
            return ""
        formats = self.details.formats
        shown = {currency_of_format(each) for each in set(formats.values())}
        currency = known_code(cells[0]) if cells[0] else self.beyond_the_cell()
        if cells[0] and self.header not in ("", currency):
            return ""
        if not (cells[0] or currency) and shown and all(place in formats for place in places):
            currency, _sign = min(shown)
        return currency if shown <= {(currency, "")} else ""

    def _stated(self, cell: object, cell_place: Place, shows: Shown, notes: Notes) -> str:
        """The currency that a currency cell states: amount and header must not be written in another."""
        stated = known_code(str(cell))
        fits = shows.fits(stated)
        why = ""
        if not stated:
            why = phrase("it is not a currency code")
        elif shows.written and not fits:
            why = phrase("the amount beside it is in {currency}", currency=shows.code or shows.sign)
        elif self.header not in ("", stated):
            why = phrase("the header says that the amounts are in {currency}", currency=self.header)
        if why:
            notes.add("R109", cell_place, cell, why=why, what=THIS_AMOUNT, money="")
            return UNCERTAIN
        if not fits:
            _say(shows, stated, shows.words(), notes)
        return stated

    def agrees(self, value: object, place: Place, header: str, currency: str, notes: Notes) -> bool:
        """Whether a paid cell is in the currency of its amount; where it says another, that is named."""
        if type(value) is float and header in ("", currency) and self._format_fits(place, currency):
            return True  # nothing but a number
        shows = self.shown_in(value, place)
        if shows.fits(currency) and (shows.code or header or currency) == currency:
            if header not in ("", currency):
                _say(
                    shows,
                    currency,
                    phrase("its column is in {currency}; {shows}", currency=header, shows=shows.words()),
                    notes,
                )
            return True
        other = header if shows.fits(currency) else shows.code or shows.sign
        why = phrase("it is in {other}, but the amount is in {currency}", other=other, currency=currency)
        notes.add("R109", place, value, why=why, what=THIS_AMOUNT, money="")
        return False

    def say_where_none_is(
        self, cells: Sequence[tuple[int, object]], column: int, *, everywhere: bool, notes: Notes
    ) -> None:
        """One finding for each cell; only one, at the first cell, where the whole sheet says no currency."""
        notes.drop("R111", {address(row, column) for row, _value in cells})  # how it was read decides nothing then
        for row, value in cells[:1] if everywhere else cells:
            sign = self.shown_in(value, (row, column)).sign
            several = ", ".join(sorted(SHARED_SYMBOLS[sign])[:3]) if sign else ""
            why = phrase("nothing says which it is")
            if sign:
                why = phrase("the sign {sign} stands for several ({currencies} …)", sign=sign, currencies=several)
            beyond = self.beyond_the_cell()
            if sign and beyond:
                why = phrase("the cell shows {sign}, but the sheet is in {currency}", sign=sign, currency=beyond)
            if everywhere:
                why = phrase(
                    "{why}; the same is true of all {number} amounts on this sheet", why=why, number=str(len(cells))
                )
            notes.add("R108", (row, column), value, why=why)


def _say(shows: Shown, currency: str, why: str, notes: Notes) -> None:
    how = phrase(
        "where {currency} is right, change what says otherwise (a number format: with Ctrl+1)", currency=currency
    )
    notes.add("R111", shows.place, shows.value, what=phrase("The currency of"), read_as=currency, why=why, how=how)


def compare_sheet_sources(source: CurrencySource, header_place: Place, header: object, notes: Notes) -> None:
    """Say it where the header and the block name two currencies: the header is nearer and counts."""
    if source.header and source.block and source.header != source.block:
        why = phrase("the block above the table says {currency}", currency=source.block)
        facts = {"what": phrase("The currency in"), "read_as": source.header, "why": why}
        how = phrase(
            "where {currency} is right, change “Currency” above the table, else the header", currency=source.header
        )
        notes.add("R111", header_place, shown(header), **facts, how=how)
