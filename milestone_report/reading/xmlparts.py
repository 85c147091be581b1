"""Small helps for reading Open XML parts: a hardened parser, and names without their namespaces.

Tags are matched without their namespace, so that prefixed and strict files read the same. What the parser
refuses is refused whole: the fast reader may accept it, and what stands behind the damage would be overlooked.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from lxml import etree

from milestone_report.facts import phrase
from milestone_report.reading.refusal import RefusedError
from milestone_report.text import column_number

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUE = ("1", "true", "on")
"""How a flag is written (ECMA-376 part 1, §22.9.2.7)."""

DAMAGED_PART = phrase("a part of it is damaged")

_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")


def parsed(data: bytes) -> etree._Element | None:
    """The root of a part, None of no part. No entity is resolved and no network touched. Raises RefusedError."""
    if not data:
        return None  # a part that is not there, such as the relationships of most sheets
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(DAMAGED_PART) from error


def streamed(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """The elements of a part one by one, each forgotten after use. Raises RefusedError where it is damaged."""
    events = etree.iterparse(
        io.BytesIO(data),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _event, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise RefusedError(phrase("its contents are damaged")) from error


def placed_cells(row: etree._Element, number: int) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells of a row with their rows and columns (from 1), where the reader of values puts them, too.

    A cell stands where its own reference says. One without stands in the row of this `number`, behind the cell
    before it.
    """
    column = 0
    for cell in row:
        if local(cell) == "c":
            own = _REFERENCE.fullmatch(cell.get("r", ""))
            column = column_number(own[1]) if own else column + 1
            yield int(own[2]) if own else number, column, cell


def holds_pair(data: bytes, pair: bytes, start: int = 0) -> bool:
    """Whether two characters stand side by side. The second is looked for first, since a lone one is found at once.

    That pays where the second is rare, as in `<!`, `<?` and `='`.
    """
    return data.find(pair[1:], start) >= 0 and data.find(pair, start) >= 0


def children(root: etree._Element | None, tag: str) -> Iterator[etree._Element]:
    """The children of an element by their local name; none of no element."""
    return (child for child in (() if root is None else root) if local(child) == tag)


def relation_of(element: etree._Element) -> str:
    """The relationship id of an element: the attribute `id` of whichever relationship namespace it is written in."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def local(element: etree._Element) -> str:
    """The tag without its namespace; "" for a comment, whose tag is a function."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number_of(text: str | None) -> int:
    """A whole number of an attribute; 0 where it is none, or larger than any that Excel writes."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0
