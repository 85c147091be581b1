"""What stands in the cells of an xlsx file, read without openpyxl's help: text, number, truth, error, format."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string, get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

Stored = dict[tuple[str, str], tuple[object, ...]]


def stored_cells(data: bytes) -> Stored:
    """(sheet, address) → (kind, value, number format) of each cell that holds something or has a format.

    A formula is told by its text as openpyxl spells it out, without the result: Excel calculates it anew.
    """
    formulas = _formulas(data)
    found: Stored = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts, formats = _texts(package), _formats(package)
        for sheet, part in _sheets(package):
            for address, cell in _cells(package, part):
                code = formats[int(cell.get("s", 0))]
                content = ("formula", formulas[sheet, address]) if (sheet, address) in formulas else _value(cell, texts)
                if content != ("blank",) or code != "General":
                    found[sheet, address] = (*content, code)
    return found


def _read(package: zipfile.ZipFile, part: str) -> bytes:
    """A part, whose name may be written in other capitals; an empty element where it is not there."""
    names = {name.casefold(): name for name in package.namelist()} | {name: name for name in package.namelist()}
    name = names.get(part) or names.get(part.casefold())
    return package.read(name) if name else b"<none/>"


def _root(package: zipfile.ZipFile, part: str) -> ET.Element:
    """A part with the names of its own language without their namespace: elements of others are left as they are."""
    root = ET.fromstring(_read(package, part))  # noqa: S314 - files of our own
    own = root.tag.rpartition("}")[0]
    for element in root.iter():
        if element.tag.rpartition("}")[0] == own:
            element.tag = element.tag.rpartition("}")[2]
    return root


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    parts = {each["Id"]: each for each in _related(package, "xl/_rels/workbook.xml.rels")}
    for sheet in _root(package, "xl/workbook.xml").iter("sheet"):
        (way,) = (value for key, value in sheet.attrib.items() if key.endswith("}id"))
        if parts[way]["Type"].endswith("/worksheet"):
            yield sheet.attrib["name"], posixpath.normpath(posixpath.join("/xl", parts[way]["Target"])).lstrip("/")


def _related(package: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    return [element.attrib for element in _root(package, part)]


def _texts(package: zipfile.ZipFile) -> list[str]:
    name = next((name for name in package.namelist() if name.lower().endswith("sharedstrings.xml")), "")
    return [_text(element) for element in _root(package, name)] if name else []


def _text(element: ET.Element) -> str:
    """A text without its looks, and without the readings above it (rPh)."""
    runs = [element, *element.findall("r")]
    return "".join(text.text or "" for run in runs for text in run.findall("t"))


def _formats(package: zipfile.ZipFile) -> list[str]:
    name = next((name for name in package.namelist() if name.lower().endswith("styles.xml")), "")
    if not name:
        return ["General"]
    root = _root(package, name)
    own = {int(each.attrib["numFmtId"]): each.attrib["formatCode"] for each in root.iter("numFmt")}
    (crossed,) = root.findall("cellXfs") or [ET.Element("cellXfs")]
    numbers = [int(each.get("numFmtId", 0)) for each in crossed] or [0]
    return [own.get(number, BUILTIN_FORMATS.get(number, "General")) for number in numbers]


def _cells(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, ET.Element]]:
    """Each cell with its address, which is the next one where it is not written (ECMA-376 §18.3.1.4)."""
    row = 0
    for line in _root(package, part).iter("row"):
        row, column = int(line.get("r", row + 1)), 0
        for cell in line.findall("c"):
            place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", "").upper())
            row, column = (int(place[2]), column_index_from_string(place[1])) if place else (row, column + 1)
            yield f"{get_column_letter(column)}{row}", cell


def _value(cell: ET.Element, texts: list[str]) -> tuple[object, ...]:
    kind, value = cell.get("t", "n"), cell.findtext("v") or ""
    if kind == "inlineStr":
        inline = cell.find("is")
        return ("text", _text(inline)) if inline is not None and _text(inline) else ("blank",)
    if not value:
        return ("blank",)
    if kind == "s":
        return ("text", texts[int(value)]) if texts[int(value)] else ("blank",)
    return ("text", value) if kind == "str" else ("number", float(value)) if kind == "n" else (kind, value)


def _formulas(data: bytes) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book.worksheets for cell in sheet._cells.values())  # noqa: SLF001 - some reach far
    return {
        (cell.parent.title, cell.coordinate): str(getattr(cell.value, "text", cell.value))
        for cell in cells
        if cell.data_type == "f"
    }
