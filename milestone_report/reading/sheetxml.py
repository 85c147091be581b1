"""One sheet's XML → what the fast reader does not tell: errors, formulas, links, formats, what is hidden.

Two ways find the same (a test compares them over every workbook of the tests): a scan of the bytes, for
files written as Excel and the common libraries write them, and a parser for all others. The parser takes
several times as long as reading the values does. ECMA-376 part 1, §18.3.1.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milestone_report.reading.grid import MOST_ROWS, BrokenCell, Details, Formula, Place, area, place_of
from milestone_report.reading.xmlparts import TRUE, holds_pair, local, number_of, placed_cells, relation_of, streamed
from milestone_report.text import column_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml import etree

    Attributes = Mapping[str, str]

_HYPERLINK = re.compile(r'\s*HYPERLINK\s*\(\s*((?:"(?:[^"]|"")*"|[^",()])*)[,)]', re.IGNORECASE)
_MOST_LINKED = 10_000
"""Cells of one hyperlink's range that are looked at."""

_NO_PLACE = re.compile(rb'<(?:c(?! r="[A-Z]+[0-9])|row(?! r="))[\s/>]')
_ANY_FORMULA = re.compile(rb"<f[\s/>]")
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)(.*?)</c>", re.DOTALL)
_CELL = re.compile(rb"<c ([^>]*)>\s*")
_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")([^>]*[^/])>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*>(.*?)</v>", re.DOTALL)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true|on)")([^>]*)>')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_LINK = re.compile(rb"<hyperlink ([^>]*)>")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller knows beforehand: columns with money, styles worth telling, and the targets of links."""

    money_columns: Collection[int] = ()
    currency_styles: Mapping[int, str] = field(default_factory=dict)
    share_styles: Collection[int] = ()
    scale_styles: Mapping[int, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def sheet_details(data: bytes, wanted: Wanted) -> Details:
    """What a sheet's XML tells. Raises RefusedError for what no parser reads, unless the scan can do without."""
    found = scan(data, wanted) if is_plain(data) else None
    return parse(data, wanted) if found is None else found


def is_plain(data: bytes) -> bool:
    """Whether the scan understands the XML: UTF-8, every cell and row with its place first, nothing unusual."""
    start = data.find(b"<worksheet")
    head = data[:start].lower()
    if start < 0 or b"\0" in data[:100] or (b"encoding=" in head and b"utf-8" not in head):
        return False
    return not (any(holds_pair(data, odd, start) for odd in (b"<!", b"<?", b"='")) or _NO_PLACE.search(data))


def scan(data: bytes, wanted: Wanted) -> Details | None:
    """The quick way: the bytes are searched for what is worth telling. None where a formula is not understood."""
    found = Details()
    look = _Look(found, wanted)
    formulas = len(_ANY_FORMULA.findall(data))
    for match in _FORMULA.finditer(data) if formulas else ():
        formulas -= 1
        cell = _CELL.fullmatch(data, data.rfind(b"<c ", 0, match.start()), match.start())
        if cell is None:
            return None
        look.formula(_attributes(cell[1]), _attributes(match[1]), _text(match[2]), _value(match[3]))
    if formulas:
        return None
    if b't="e"' in data:
        for match in _ERROR.finditer(data):
            look.error(_attributes(match[1]), _value(match[2]) or "")
    for place, style in _styled(data, wanted):
        look.style(place, style)
    _scan_around_the_cells(data, look)
    found.filtered = b"<autoFilter " in data
    return found


def _scan_around_the_cells(data: bytes, look: _Look) -> None:
    if b"hidden=" in data:
        for row in _HIDDEN_ROW.findall(data):
            look.hidden_row(number_of(_attributes(row).get("r")))
        for column in _COLUMN.findall(data):
            look.column(_attributes(column))
    if b"<hyperlink " in data:
        for link in _LINK.findall(data):
            attributes = _attributes(link)
            identity = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            look.hyperlink(attributes.get("ref", ""), identity)


def parse(data: bytes, wanted: Wanted) -> Details:
    """The careful way: any XML that a parser reads. Where `r` is left out, cells and rows follow each other.

    Raises RefusedError where the XML is damaged: what stands below could not be looked at.
    """
    found = Details()
    look = _Look(found, wanted)
    row_number = 0
    for element in streamed(data, "row", "col", "autoFilter", "hyperlink"):
        name = local(element)
        if name == "row":
            row_number = number_of(element.get("r")) or row_number + 1
            cells = list(placed_cells(element, row_number))
            if element.get("hidden") in TRUE:
                for number in {row for row, _column, _cell in cells} or {row_number}:
                    look.hidden_row(number)
            for row, column, cell in cells:
                _look_at(cell, {**_strings(cell), "r": f"{column_letter(column - 1)}{row}"}, look)
        elif name == "col":
            look.column(_strings(element))
        elif name == "autoFilter":
            found.filtered = True
        else:
            look.hyperlink(element.get("ref", ""), relation_of(element))
    return found


class _Look:
    """Notes what is worth telling about cells, rows and columns, whichever way they were found."""

    def __init__(self, found: Details, wanted: Wanted) -> None:
        self._found, self._wanted = found, wanted
        self._shared: dict[str, tuple[str, Place]] = {}

    def formula(self, cell: Attributes, formula: Attributes, text: str, value: str | None) -> None:
        """A formula without a result, with money, or a link. Cells of a shared formula have its text once (§18.3.1.40).

        `value` is None where the cell has none at all; an empty text is a result, too.
        """
        place = place_of(cell.get("r", ""))
        if place is None:
            return
        own, start = text, place
        if formula.get("t") == "shared":
            text, start = self._shared.setdefault(formula.get("si", ""), (text, place))
        empty_text = value == "" and cell.get("t") == "str"
        if not value and not empty_text and cell.get("t") != "e":
            self._found.broken[place] = BrokenCell(formula=text)
        if place[1] in self._wanted.money_columns:
            self._found.formulas[place] = Formula(text, start)
        elif match := _HYPERLINK.match(own):
            self._found.link_formulas[place] = match[1].strip()

    def error(self, cell: Attributes, value: str, formula: str = "") -> None:
        """An Excel error such as #N/A."""
        place = place_of(cell.get("r", ""))
        if place is not None:
            self._found.broken[place] = BrokenCell(error=value or "#ERROR", formula=formula)

    def style(self, place: Place | None, style: int) -> None:
        """A number format in a column with money that shows a currency, a share, or thousands as units."""
        if place is None or place[1] not in self._wanted.money_columns:
            return
        if scale := self._wanted.scale_styles.get(style):
            self._found.scales[place] = scale
        elif code := self._wanted.currency_styles.get(style):
            self._found.formats[place] = code
        elif style in self._wanted.share_styles:
            self._found.shares.add(place)

    def hidden_row(self, number: int) -> None:
        """A row by Excel's number."""
        self._found.hidden_rows.add(number - 1)

    def column(self, column: Attributes) -> None:
        """A run of columns, hidden or not (§18.3.1.13)."""
        if column.get("hidden") in TRUE:
            first, last = number_of(column.get("min")), min(number_of(column.get("max")), 16_384)
            self._found.hidden_columns.update(range(first - 1, last))

    def hyperlink(self, reference: str, identity: str) -> None:
        """A link over a cell or a range of cells (§18.3.1.47)."""
        cells = area(reference)
        if cells is None or identity not in self._wanted.links:
            return
        (top, left), (bottom, right) = cells
        for row in range(top, min(bottom, top + _MOST_LINKED) + 1):
            for column in range(left, min(right, left + 100) + 1):
                self._found.links.setdefault((row, column), self._wanted.links[identity])


def _styled(data: bytes, wanted: Wanted) -> Iterator[tuple[Place, int]]:
    """The cells in the columns with money whose style is worth telling, and the style."""
    styles = [*wanted.currency_styles, *wanted.share_styles, *wanted.scale_styles]
    if not styles or not wanted.money_columns:
        return
    columns = {column_letter(column).encode(): column for column in sorted(wanted.money_columns)}
    numbers = "|".join(str(style) for style in styles)
    pattern = rb'<c r="(%b)([0-9]{1,7})"(?=[^>]* s="(%b)")' % (b"|".join(columns), numbers.encode())
    for letters, row, style in re.compile(pattern).findall(data):
        if 1 <= int(row) <= MOST_ROWS:
            yield (int(row) - 1, columns[letters]), int(style)


def _look_at(cell: etree._Element, attributes: Attributes, look: _Look) -> None:
    formula: etree._Element | None = None
    value: str | None = None
    for child in cell:
        if local(child) == "f":
            formula = child
        elif local(child) == "v":
            value = (child.text or "").strip()
    text = "" if formula is None else formula.text or ""
    if formula is not None:
        look.formula(attributes, _strings(formula), text, value)
    if attributes.get("t") == "e":
        look.error(attributes, value or "")
    look.style(place_of(attributes["r"]), number_of(attributes.get("s")))


def _strings(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): _text(value) for name, value in _ATTRIBUTE.findall(tag)}


def _value(content: bytes) -> str | None:
    match = _VALUE.search(content)
    return _text(match[1]).strip() if match else "" if b"<v/>" in content else None


def _text(data: bytes | None) -> str:
    return html.unescape((data or b"").decode("utf-8", "replace"))
