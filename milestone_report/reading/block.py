"""The project block above a milestone table: labels with their values to the right, or behind a colon."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milestone_report.currency import EXPONENTS, SHARED_SYMBOLS, known_code
from milestone_report.facts import phrase
from milestone_report.numberformats import currency_of_format
from milestone_report.reading.grid import BrokenCell, Grid, Place, address, as_text, is_blank
from milestone_report.reading.values import Notes, broken, read_money, read_number
from milestone_report.reading.vocabulary import near_label
from milestone_report.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from milestone_report.reading.vocabulary import Vocabulary

_CALLED = {
    "project": phrase("Project"),
    "client": phrase("Client"),
    "owner": phrase("Owner"),
    "currency": phrase("Currency"),
    "contract": phrase("Contract total"),
    "signoff_folder": phrase("Sign-off folder"),
}

_NUMBERS = frozenset({"contract"})
"""What the block says with a number."""


@dataclass(frozen=True, slots=True)
class Block:
    """The places of the values that were found, by what they say about the project.

    `inline` has the values of those that share a cell with their label.
    """

    grid: Grid
    places: dict[str, Place] = field(default_factory=dict)
    inline: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> object:
        """A value as it stands, "" where the block does not say it."""
        return self.inline.get(name) or (self.grid.value(*self.places[name]) if name in self.places else "")

    def text(self, name: str) -> str:
        """A value as text, "" where the block does not say it."""
        value = self.value(name)
        return "" if is_blank(value) or isinstance(value, BrokenCell) else as_text(value)

    def cell(self, name: str) -> str:
        """The address of a value, "" where the block does not say it."""
        return address(*self.places[name]) if name in self.places else ""

    def say_what_is_broken(self, notes: Notes) -> None:
        """A notice for each value that Excel could not calculate; the contract total says so itself."""
        for name, place in self.places.items():
            if name != "contract":
                broken(self.value(name), place, notes)

    def currency(self, notes: Notes) -> str:
        """The project's currency code; a word that is none becomes a notice."""
        text = self.text("currency")
        code = known_code(text)
        if text and not code:
            what = phrase("An amount without a currency of its own")
            notes.add(
                "R109", self.places["currency"], text, why=phrase("it is not a currency code"), what=what, money=""
            )
        return code

    @property
    def contract_number(self) -> Decimal | None:
        """The contract total as a number, whatever its currency; None where it is not given or cannot be read."""
        return read_number(self.value("contract"))[0] if "contract" in self.places else None

    def contract(self, currencies: set[str], beyond: str, notes: Notes) -> tuple[int | None, str]:
        """The contract total in minor units and its currency.

        The currency is the cell's own, else the sheet's, else the only one the milestones have.
        Where none is certain the contract is left out, with a notice: it can be compared with nothing.
        """
        place = self.places.get("contract")
        if place is None:
            return None, ""
        value = self.value("contract")
        number, mark, sign = read_number(value)
        if number is None:
            return _contract_money(value, "", place, notes), ""
        known = {code for code in currencies if code in EXPONENTS}
        only = next(iter(known)) if len(known) == 1 else ""
        # What is written counts before the number format, which Excel lays over numbers only.
        number_format = "" if mark or sign else self.grid.details.formats.get(place, "")
        format_code, format_sign = currency_of_format(number_format)
        currency = mark or format_code or beyond or only
        sign = sign or format_sign
        if not currency or (sign and not (mark or format_code) and currency not in SHARED_SYMBOLS[sign]):
            why = phrase("the contract total has none")
            if currency:
                why = phrase("it shows {sign}, but the sheet is in {currency}", sign=sign, currency=currency)
            notes.add("R108", place, value, why=why)
            return None, ""
        return _contract_money(value, currency, place, notes), currency


def _contract_money(value: object, currency: str, place: Place, notes: Notes) -> int | None:
    return read_money(value, currency, place, _CALLED["contract"], notes, so=phrase("so it is compared with nothing"))


def find_block(grid: Grid, rows: Iterable[int], words: Vocabulary) -> Block:
    """Look for labels in some rows (from 0), those above the table. Of two that say the same the first counts.

    "Owner" comes before "Account lead", wherever they stand.
    """
    block = Block(grid)
    pairs = [pair for row in rows for pair in _pairs(grid, row, words)]
    for meanings in (words.block, words.further_block):
        for label, place, text in pairs:
            if (name := meanings.get(label)) and name not in block.places:
                block.places[name] = place
                if text:
                    block.inline[name] = text
    return block


def _pairs(grid: Grid, row: int, words: Vocabulary) -> Iterator[tuple[str, Place, str]]:
    """The labels of a row, folded, each with the place of its value, and the value where it shares the label's cell."""
    cells = grid.rows[row - grid.top]
    for across, value in enumerate(cells):
        if not isinstance(value, str):
            continue
        for label, text in _labelled(value):
            yield fold(label), (row, grid.left + across), text
        folded = fold(value)
        name = words.block.get(folded) or words.further_block.get(folded)
        beside = _beside(cells, across, name, words) if name else None
        # A person or a client has a name: a number beside "Lead" says something else.
        if beside is not None and (folded in words.block or name in _NUMBERS or isinstance(cells[beside], str)):
            yield folded, (row, grid.left + beside), ""


def _labelled(value: object) -> Iterator[tuple[str, str]]:
    """The lines of a cell that hold a label and its value: "Client: Beta Ltd"."""
    for line in value.splitlines() if isinstance(value, str) else ():
        label, _colon, text = line.partition(":")
        if text.strip():
            yield label, text.strip()


def _beside(cells: Sequence[object], across: int, name: str, words: Vocabulary) -> int | None:
    """Where the value of a label stands in its row, None where it has none."""
    # Merged cells leave up to two blank columns between a label and its value.
    for beside in range(across + 1, min(across + 4, len(cells))):
        neighbour = cells[beside]
        if isinstance(neighbour, str):
            other = fold(neighbour)
            if words.block.get(other, name) != name or words.further_block.get(other, name) != name:
                return None  # the label has no value: this is the next one
        if any(fold(label) in words.block for label, _text in _labelled(neighbour)):
            return None
        if not is_blank(neighbour):
            return beside
    return None


def note_near_labels(block: Block, rows: Iterable[int], words: Vocabulary, notes: Notes) -> None:
    """Ask about labels in some rows that are nearly known, each meaning once, where the block does not say it."""
    grid, said = block.grid, set(block.places)
    for row in rows:
        cells = grid.rows[row - grid.top]
        for across, value in enumerate(cells):
            if not isinstance(value, str):
                continue
            labels = [label for label, _text in _labelled(value)]
            if not labels and _beside(cells, across, "", words) is not None:
                labels = [value]
            for meant in filter(None, (near_label(label, words) for label in labels)):
                if meant not in said:
                    said.add(meant)
                    why = phrase("is not used. Did you mean “{name}”?", name=_CALLED[meant])
                    notes.add("W007", (row, grid.left + across), value, why=why)
