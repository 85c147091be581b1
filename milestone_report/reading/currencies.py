"""Which currency an amount is in, from all the places that can say it, and what to say where they disagree.

Best first: the currency cell, the amount's own mark, its number format, the header, the project block,
the settings. What a person wrote beside the number and what Excel shows must not contradict each other
unsaid: a contradiction in words makes the amount uncertain, one in formats is decided and said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milestone_report.money import SHARED_SYMBOLS, currency_of_format, known_code
from milestone_report.reading.grid import Details, Place, is_blank
from milestone_report.reading.values import Notes, broken, read_number
from milestone_report.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

UNCERTAIN = "?"
"""In place of a currency where two places contradict each other, or a code is unknown."""


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

    def shown_by_format(self, place: Place) -> tuple[str, str]:
        """(code, shared sign) of a cell's number format."""
        number_format = self.details.formats.get(place)
        return currency_of_format(number_format) if number_format else ("", "")

    def of_amount(self, value: object, place: Place, cell: object, cell_place: Place, notes: Notes) -> str:
        """The currency of an amount with its currency cell; "" where nothing says it, UNCERTAIN where two do."""
        if broken(cell, cell_place, notes):
            return UNCERTAIN
        _number, mark, sign = read_number(value) if isinstance(value, str) else (None, "", "")
        code, format_sign = self.shown_by_format(place)
        if not is_blank(cell):
            return self._stated(cell, cell_place, mark, sign, code, place, value, notes)
        beyond = self.beyond_the_cell()
        if mark or code:
            if beyond and (mark or code) != beyond:
                where = "its number format shows" if not mark else "it is written beside it"
                self._say(value, place, mark or code, f"the sheet is in {beyond}; {where} {mark or code}", notes)
            return mark or code
        sign = sign or format_sign
        return beyond if not sign or beyond in SHARED_SYMBOLS[sign] else ""

    def _stated(  # noqa: PLR0913, PLR0917 - one amount's cells, all told
        self,
        cell: object,
        cell_place: Place,
        mark: str,
        sign: str,
        code: str,
        place: Place,
        value: object,
        notes: Notes,
    ) -> str:
        stated = known_code(str(cell))
        why = ""
        if not stated:
            why = "it is not a currency code"
        elif (mark and mark != stated) or (sign and stated not in SHARED_SYMBOLS[sign]):
            why = f"the amount beside it is in {mark or sign}"
        if why:
            notes.add("R109", cell_place, cell, why=why)
            return UNCERTAIN
        if code and code != stated:
            self._say(value, place, stated, f"its number format shows {code}", notes)
        return stated

    @staticmethod
    def _say(value: object, place: Place, currency: str, why: str, notes: Notes) -> None:
        notes.add("R111", place, value, what="The currency of", read_as=currency, why=why)

    def agrees(self, value: object, place: Place, header: str, currency: str, notes: Notes) -> bool:
        """Whether a paid cell is in the currency of its amount; where it says another, that is named."""
        _number, mark, sign = read_number(value) if isinstance(value, str) else (None, "", "")
        code, format_sign = self.shown_by_format(place)
        other = mark or code or header
        sign = sign or format_sign
        if (other and other != currency) or (not other and sign and currency not in SHARED_SYMBOLS[sign]):
            notes.add("R109", place, value, why=f"it is in {other or sign}, but the amount is in {currency}")
            return False
        return True

    def say_where_none_is(
        self, cells: Sequence[tuple[int, object]], column: int, *, everywhere: bool, notes: Notes
    ) -> None:
        """One finding for each cell; only one, at the first cell, where the whole sheet says no currency."""
        for row, value in cells[:1] if everywhere else cells:
            _number, _mark, sign = read_number(value)
            sign = sign or self.shown_by_format((row, column))[1]
            several = ", ".join(sorted(SHARED_SYMBOLS[sign])[:3]) if sign else ""
            why = f"the sign {sign} stands for several ({several} …)" if sign else "nothing says which it is"
            beyond = self.beyond_the_cell()
            if sign and beyond:
                why = f"the cell shows {sign}, but the sheet is in {beyond}"
            if everywhere:
                why += f"; the same is true of all {len(cells)} amounts on this sheet"
            notes.add("R108", (row, column), value, why=why)


def compare_sheet_sources(source: CurrencySource, header_place: Place, header: object, notes: Notes) -> None:
    """Say it where the header and the block name two currencies: the header is nearer and counts."""
    if source.header and source.block and source.header != source.block:
        why = f"the block above the table says {source.block}"
        notes.add("R111", header_place, shown(header), what="The currency in", read_as=source.header, why=why)
