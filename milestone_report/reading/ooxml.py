"""An xlsx or xlsm file as a package of parts: properties, styles, tables, and the details of each sheet.

Everything is read from the bytes of the package (ECMA-376 parts 1 and 2). xls, xlsb and ods have no
such package: nothing of this is seen there. Whoever asks for what stands in a damaged part gets a RefusedError.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from functools import cached_property
from typing import TYPE_CHECKING

from milestone_report.model import OUTPUT_CATEGORY
from milestone_report.numberformats import currency_of_format, scale_of_format
from milestone_report.reading.grid import Details, ExcelTable, area
from milestone_report.reading.limits import UNREADABLE
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.sheetxml import Wanted, sheet_details
from milestone_report.reading.xmlparts import (
    DAMAGED_PART,
    TRUE,
    children,
    holds_pair,
    local,
    number_of,
    parsed,
    relation_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml import etree

_HEAD = 2000
_SIGNS = tuple(re.compile(sign) for sign in (b"<f", b't="e"', b"hidden"))
"""What a sheet's XML holds, as it is usually written, when there is anything to look for: a filter matters only
where it hides rows. As expressions, since `in` takes twice as long for signs as short as the first two."""

_BUILT_IN_SHARES = {9: "0%", 10: "0.00%"}


class Package:
    """An xlsx or xlsm file in memory. Raises ValueError when the bytes are no such package."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.part_names = tuple(self._zip.namelist())
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise ValueError(str(error)) from error
        # Part names are equal whatever their case (OPC §6.3.5), and some programs write "\".
        self._names = {name.replace("\\", "/").casefold(): name for name in self.part_names}
        if not any(name.startswith("xl/") for name in self._names):
            raise ValueError("no workbook part")
        self._unpacked = "", b""
        self._related: dict[str, dict[str, tuple[str, str]]] = {}

    @cached_property
    def _core(self) -> dict[str, str]:
        """The core document properties by their local names; none where they are damaged: no figure rests on them."""
        try:
            root = self._parse("docProps/core.xml")
        except RefusedError:
            root = None
        return {} if root is None else {local(child): child.text or "" for child in root}

    @property
    def last_saved(self) -> dt.datetime | None:
        """When Excel says that the workbook was saved last."""
        try:
            saved = dt.datetime.fromisoformat(self._core.get("modified", "").strip())
        except ValueError:
            return None
        return saved if saved.tzinfo else saved.replace(tzinfo=dt.UTC)

    @property
    def saved_by(self) -> str:
        """The user name under which the workbook was saved last."""
        return self._core.get("lastModifiedBy", "").strip()

    @property
    def is_own_output(self) -> bool:
        """Whether the workbook is a summary that this program wrote."""
        return self._core.get("category", "") == OUTPUT_CATEGORY

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether serial dates count from 1904 (§18.2.28)."""
        root = self._workbook
        properties = next(children(root, "workbookPr"), None)
        return properties is not None and properties.get("date1904") in TRUE

    @property
    def is_binary(self) -> bool:
        """Whether it is an xlsb, whose sheets are no XML ([MS-XLSB]): only its properties can be looked into."""
        return self._workbook_part.endswith(".bin")

    @cached_property
    def _workbook_part(self) -> str:
        for kind, target in self._relationships("").values():
            if kind == "officeDocument":
                return target
        return "xl/workbook.xml"

    @cached_property
    def _workbook(self) -> etree._Element | None:
        return None if self.is_binary else self._parse(self._workbook_part)

    @cached_property
    def _listed(self) -> list[tuple[str, str]]:
        """(sheet name, part name) of every sheet that the workbook lists."""
        root = self._workbook
        targets = self._relationships(self._workbook_part)
        listed = []
        for sheet in () if root is None else root.iter("{*}sheet"):
            identity = relation_of(sheet)
            if identity in targets:
                listed.append((sheet.get("name", ""), targets[identity][1]))
        return listed

    @cached_property
    def _parts(self) -> dict[str, str]:
        return dict(self._listed)

    @property
    def sheet_names(self) -> list[str]:
        """The names of the sheets in their order."""
        return [name for name, _part in self._listed]

    @cached_property
    def _first_names(self) -> dict[str, str]:
        """Part name → the first sheet that is made of it."""
        return {part: name for name, part in reversed(self._listed)}

    def is_second_name(self, sheet: str) -> bool:
        """Whether the sheet is made of the part of another one before it: counting both would double it."""
        return self._first_names.get(self._parts.get(sheet, ""), sheet) != sheet

    @cached_property
    def _styles(self) -> tuple[dict[int, str], set[int], dict[int, str]]:
        """Cell styles that show a currency (index → format code), a share, a scale (→ its word); §18.8.10, §18.8.30."""
        related = self._relationships(self._workbook_part).values()
        root = next((self._parse(part) for kind, part in related if kind == "styles"), None)
        currencies: dict[int, str] = {}
        shares: set[int] = set()
        scales: dict[int, str] = {}
        codes = dict(_BUILT_IN_SHARES)
        for group in children(root, "numFmts"):
            codes |= {number_of(style.get("numFmtId")): style.get("formatCode", "") for style in group}
        for group in children(root, "cellXfs"):
            for index, style in enumerate(group):
                code = codes.get(number_of(style.get("numFmtId")), "")
                if scale := scale_of_format(code):
                    scales[index] = scale
                elif any(currency_of_format(code)):
                    currencies[index] = code
                elif "%" in code:
                    shares.add(index)
        return currencies, shares, scales

    def unlisted_sheets(self) -> list[str]:
        """Parts of worksheets that belong to the workbook, but that its list of sheets does not name."""
        if self.is_binary:
            return []
        listed = {part for _name, part in self._listed}
        related = self._relationships(self._workbook_part).values()
        return [part for kind, part in related if kind == "worksheet" and part not in listed and self._name(part)]

    def tables(self, sheet: str) -> tuple[ExcelTable, ...]:
        """The ranges of a sheet that Excel knows as tables (§18.5.1.2), and whether they are filtered (§18.3.2.7)."""
        relations = self._relationships(self._parts.get(sheet, ""))
        roots = [self._parse(target) for kind, target in relations.values() if kind == "table"]
        found = []
        for root in roots:
            cells = None if root is None else area(root.get("ref", ""))
            if root is not None and cells is not None:
                (top, left), (bottom, right) = cells
                header, totals = root.get("headerRowCount", "1") != "0", number_of(root.get("totalsRowCount"))
                name = root.get("displayName", "")
                filtered = next(root.iter("{*}filterColumn"), None) is not None
                found.append(ExcelTable(name, top, left, bottom, right, header, totals, filtered))
        return tuple(sorted(found, key=lambda table: (table.top, table.left)))

    def holds(self, sheet: str) -> bool:
        """Whether the part of a sheet is there."""
        return bool(self._name(self._parts.get(sheet, "")))

    def sheet_size(self, sheet: str) -> int:
        """The bytes of a sheet's XML as the package claims it; 0 where it has no such sheet."""
        name = self._name(self._parts.get(sheet, ""))
        return self._zip.getinfo(name).file_size if name else 0

    def sheet_xml(self, sheet: str) -> bytes:
        """A sheet's XML, unpacked once however often it is looked at; b"" where it is missing or damaged."""
        if self._unpacked[0] != sheet:
            self._unpacked = sheet, self._read(self._parts.get(sheet, ""))
        return self._unpacked[1]

    def details(self, sheet: str, money_columns: Collection[int]) -> Details:
        """Links, broken cells and sums of a sheet, what the formats show in the columns with money, what is hidden.

        The sheet's XML is looked through only when a cheap look at its bytes finds something to look for.
        """
        part = self._parts.get(sheet, "")
        data = self.sheet_xml(sheet)
        if not data:
            return Details()
        currencies, shares, scales = self._styles
        relations = self._relationships(part)
        links = {}
        if relations and b"hyperlink" in data:
            links = {identity: target for identity, (_kind, target) in relations.items()}
        as_usual = b"<worksheet" in data[:_HEAD] and not holds_pair(data, b"='")
        if as_usual and not (links or currencies or shares or scales or any(sign.search(data) for sign in _SIGNS)):
            return Details()
        return sheet_details(data, Wanted(money_columns, currencies, shares, scales, links))

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → (kind, target) of a part's relationships; targets inside the package as part names (OPC §9.3)."""
        if part in self._related:
            return self._related[part]
        folder, name = posixpath.split(part)
        root = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = self._related[part] = {}
        for relation in () if root is None else root:
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                inside = target if target.startswith("/") else posixpath.join("/", folder, target)
                target = posixpath.normpath(inside).lstrip("/")
                target = self._name(target) or target
            found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
        return found

    def _parse(self, part: str) -> etree._Element | None:
        return parsed(self._read(part))

    def _name(self, part: str) -> str:
        """The name of a part in the zip file, "" where it is not there."""
        return self._names.get(part.replace("\\", "/").casefold(), "")

    def _read(self, part: str) -> bytes:
        """The bytes of a part; none where it is missing. Raises RefusedError where it is damaged or encrypted."""
        try:
            return self._zip.read(name) if (name := self._name(part)) else b""
        except UNREADABLE as error:
            raise RefusedError(DAMAGED_PART) from error


def is_own_output(data: bytes) -> bool:
    """Whether the bytes of a file are a summary that this program wrote."""
    try:
        return Package(data).is_own_output
    except ValueError:
        return False
