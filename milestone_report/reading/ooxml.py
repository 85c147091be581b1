"""What the fast reader does not tell about xlsx and xlsm: links, number formats, errors, empty formulas.

Everything is read from the bytes of the package (ECMA-376 parts 1 and 2) with a parser that resolves
no entity and touches no network. Tags are matched without their namespace, so that prefixed and
strict files read the same. xls, xlsb and ods have no such package: nothing of this is seen there.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
import zlib
from functools import cached_property
from typing import IO, TYPE_CHECKING

from lxml import etree

from milestone_report.model import OUTPUT_CATEGORY
from milestone_report.money import currency_of_format
from milestone_report.reading.grid import BrokenCell, Details, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_SUM = re.compile(r"\s*\+?(?:SUM|SUBTOTAL|AGGREGATE)\s*\([^()]*\)\s*", re.IGNORECASE)
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,)]', re.IGNORECASE)
_BUILT_IN_SHARES = {9: "0%", 10: "0.00%"}


class Package:
    """An xlsx or xlsm file in memory. Raises ValueError when the bytes are no such package."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = set(self._zip.namelist())
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise ValueError(str(error)) from error
        if not any(name.startswith("xl/") for name in self._names):
            raise ValueError("no workbook part")

    @cached_property
    def _core(self) -> dict[str, str]:
        """The core document properties by their local names."""
        root = self._parse("docProps/core.xml")
        return {} if root is None else {_local(child): child.text or "" for child in root}

    @property
    def last_saved(self) -> dt.datetime | None:
        """When Excel says that the workbook was saved last."""
        try:
            saved = dt.datetime.fromisoformat(self._core.get("modified", "").strip())
        except ValueError:
            return None
        return saved if saved.tzinfo else saved.replace(tzinfo=dt.UTC)

    @property
    def is_own_output(self) -> bool:
        """Whether the workbook is a summary that this program wrote."""
        return self._core.get("category", "") == OUTPUT_CATEGORY

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether serial dates count from 1904 (§18.2.28)."""
        root = self._parse(self._workbook_part)
        properties = None if root is None else next(iter(_children(root, "workbookPr")), None)
        return properties is not None and properties.get("date1904", "0") in ("1", "true", "on")

    @cached_property
    def _workbook_part(self) -> str:
        for kind, target in self._relationships("").values():
            if kind == "officeDocument":
                return target
        return "xl/workbook.xml"

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Sheet name → part name."""
        root = self._parse(self._workbook_part)
        targets = self._relationships(self._workbook_part)
        parts = {}
        for sheet in () if root is None else root.iter("{*}sheet"):
            identity = _relation_of(sheet)
            if identity in targets:
                parts[sheet.get("name", "")] = targets[identity][1]
        return parts

    @cached_property
    def _styles(self) -> tuple[dict[int, str], set[int]]:
        """Cell styles that show a currency (index → format code) and those that show a share (§18.8.10, §18.8.30)."""
        root = self._parse(posixpath.join(posixpath.dirname(self._workbook_part), "styles.xml"))
        currencies: dict[int, str] = {}
        shares: set[int] = set()
        codes = dict(_BUILT_IN_SHARES)
        for group in () if root is None else _children(root, "numFmts"):
            codes |= {_number(style.get("numFmtId")): style.get("formatCode", "") for style in group}
        for group in () if root is None else _children(root, "cellXfs"):
            for index, style in enumerate(group):
                code = codes.get(_number(style.get("numFmtId")), "")
                if any(currency_of_format(code)):
                    currencies[index] = code
                elif "%" in code:
                    shares.add(index)
        return currencies, shares

    def open_sheet(self, sheet: str) -> IO[bytes] | None:
        """A sheet's XML as a stream, None where the package has no such sheet. Raises what zipfile raises."""
        part = self._parts.get(sheet)
        return self._zip.open(part) if part is not None and part in self._names else None

    def details(self, sheet: str, money_columns: Collection[int]) -> Details:
        """Links, broken cells and sums of a sheet, and what the formats show in the columns with money.

        The sheet's XML is parsed only when a cheap look at its bytes finds something to parse it for.
        """
        part = self._parts.get(sheet)
        found = Details()
        if part is None or part not in self._names:
            return found
        data = self._zip.read(part)
        wants_formats = any(self._styles)
        has_links = b"hyperlink" in data
        if not (wants_formats or has_links or b'"e"' in data or b"'e'" in data or b"<f" in data or b":f" in data):
            return found
        links = self._relationships(part) if has_links else {}
        for place, cell in _cells(data):
            _look_at(place, cell, found)
            if wants_formats and place[1] in money_columns:
                style = _number(cell.get("s"))
                if code := self._styles[0].get(style):
                    found.formats[place] = code
                elif style in self._styles[1]:
                    found.shares.add(place)
        if has_links:
            for hyperlink in _elements(data, "hyperlink"):
                identity = _relation_of(hyperlink)
                first = _REFERENCE.match(hyperlink.get("ref", ""))
                if first and identity in links:
                    found.links.setdefault(_place(first), links[identity][1])
        return found

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → (kind, target) of a part's relationships; targets inside the package as part names (OPC §9.3)."""
        folder, name = posixpath.split(part)
        root = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root:
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                inside = target if target.startswith("/") else posixpath.join("/", folder, target)
                target = posixpath.normpath(inside).lstrip("/")
            found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
        return found

    def _parse(self, part: str) -> etree._Element | None:
        if part not in self._names:
            return None
        try:
            return etree.fromstring(self._zip.read(part), _parser())
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error):
            return None


def is_own_output(data: bytes) -> bool:
    """Whether the bytes of a file are a summary that this program wrote."""
    try:
        return Package(data).is_own_output
    except ValueError:
        return False


def _look_at(place: Place, cell: etree._Element, found: Details) -> None:
    """Note what a cell's value hides: an error, a formula without a result, a sum, a link."""
    formula: str | None = None
    value, kind = "", cell.get("t")
    for child in cell:
        if _local(child) == "f":
            formula = child.text or ""
        elif _local(child) == "v":
            value = child.text or ""
    if kind == "e":
        found.broken[place] = BrokenCell(error=value or "#ERROR", formula=formula or "")
    elif formula is not None and not value and kind != "str":
        found.broken[place] = BrokenCell(formula=formula)
    if formula and _SUM.fullmatch(formula):
        found.sums.add(place)
    elif formula and (link := _HYPERLINK.match(formula)):
        found.links[place] = link.group(1).replace('""', '"')


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _elements(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """Stream the elements of a sheet, forgetting each after use. A damaged end ends the stream."""
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
    except etree.XMLSyntaxError:
        return


def _cells(data: bytes) -> Iterator[tuple[Place, etree._Element]]:
    """Every cell of a sheet with its place; where `r` is left out, cells and rows follow each other (§18.3.1.4)."""
    row_number = -1
    for row in _elements(data, "row"):
        stated = row.get("r", "")
        row_number = int(stated) - 1 if stated.isdigit() else row_number + 1
        column = -1
        for cell in row:
            reference = _REFERENCE.match(cell.get("r", ""))
            column = _place(reference)[1] if reference else column + 1
            yield (row_number, column), cell


def _place(reference: re.Match[str]) -> Place:
    column = 0
    for letter in reference.group(1):
        column = column * 26 + ord(letter) - 64
    return int(reference.group(2)) - 1, column - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _children(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    return (child for child in root if _local(child) == tag)


def _relation_of(element: etree._Element) -> str:
    """The relationship id of an element: the attribute `id` of whichever relationship namespace it is written in."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def _local(element: etree._Element) -> str:
    """The tag without its namespace; "" for a comment, whose tag is a function."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
