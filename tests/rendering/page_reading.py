"""Reads a page back as a browser would: HTML5 with no error allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

from milestone_report.rendering import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from milestone_report.model import Report


class Page:
    """A parsed page. Parsing fails where the markup has an error that a browser would mend silently."""

    def __init__(self, data: bytes) -> None:
        self.source = data.decode()
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.source)

    def all(self, tag: str, under: Element | None = None) -> list[Element]:
        """Elements of a tag, in their order."""
        return list((self.root if under is None else under).iter(tag))

    def by_id(self, name: str) -> Element:
        """The element with this id."""
        (found,) = [element for element in self.root.iter() if element.get("id") == name]
        return found

    def has_id(self, name: str) -> bool:
        """Whether an element has this id."""
        return any(element.get("id") == name for element in self.root.iter())

    def text(self, name: str = "") -> str:
        """What stands in an element, as one line; the whole body without a name."""
        return text_of(self.by_id(name) if name else self.all("body")[0])

    def by_class(self, name: str, under: Element | None = None) -> list[Element]:
        """Elements with this class."""
        start = self.root if under is None else under
        return [element for element in start.iter() if name in (element.get("class") or "").split()]

    def rows(self, table: str) -> list[str]:
        """The text of each row of a table's bodies, headings of groups included."""
        return [text_of(row) for body in self.by_id(table).findall("tbody") for row in body.findall("tr")]

    def steps(self, project: str) -> list[str]:
        """The text of each milestone that a project opens to."""
        (table,) = [one for one in self.all("table") if one.get("aria-label") == f"Milestones of {project}"]
        return [text_of(row) for row in table.findall("tbody/tr")]

    def addresses(self) -> Iterator[str]:
        """Everything the page links to."""
        for element in self.root.iter():
            for name in ("href", "src", "action"):
                if (address := element.get(name)) is not None:
                    yield address


_WITHIN_WORDS = ("a", "b", "bdi", "i")


def text_of(element: Element) -> str:
    """Text without style and script, its white space folded; what stands in boxes of its own is parted."""

    def parts(one: Element) -> Iterator[str]:
        if one.tag not in ("style", "script"):
            yield one.text or ""
            for child in one:
                apart = "" if child.tag in _WITHIN_WORDS else " "
                yield apart
                yield from parts(child)
                yield apart
                yield child.tail or ""

    return " ".join("".join(parts(element)).split())


def page_of(report: Report) -> Page:
    """The page of a report, read back."""
    return Page(html.render(report))
