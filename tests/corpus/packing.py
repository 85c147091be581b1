"""A package writer of our own, small enough to write what no proper library would.

Every entry is stored, not deflated, and has one fixed time: the bytes are the same with every zlib.
"""

from __future__ import annotations

import html
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value = str | float | None
Parts = dict[str, bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
LINKS = "xl/worksheets/_rels/sheet1.xml.rels"
WORKBOOK = "xl/workbook.xml"

HEADER: tuple[Value, ...] = ("Milestone", "Amount", "Currency", "Status")
DEPOSIT: tuple[Value, ...] = ("Deposit", 1000, "EUR", "paid")
FINAL: tuple[Value, ...] = ("Final", 500.5, "EUR", "sent")
TABLE: tuple[Sequence[Value], ...] = (HEADER, DEPOSIT, FINAL)
"""Two milestones, 1,500.50 EUR: nearly every workbook of the corpus holds them in some odd way."""

EURO, DOLLAR = '"€"#,##0.00', "[$USD] #,##0.00"


def text(value: str) -> str:
    """Words as they stand in XML."""
    return html.escape(value, quote=True)


def cell(reference: str, value: Value, attributes: str = "") -> str:
    """One cell; a string is written in line. Nothing at all for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{reference}"{attributes} t="inlineStr"><is><t>{text(value)}</t></is></c>'
    return f'<c r="{reference}"{attributes}><v>{value:g}</v></c>'


def row(number: int, values: Sequence[Value], attributes: str = "") -> str:
    """One row, its cells from column A on."""
    cells = "".join(cell(f"{chr(65 + index)}{number}", value) for index, value in enumerate(values))
    return f'<row r="{number}"{attributes}>{cells}</row>'


def rows(values: Iterable[Sequence[Value]], first: int = 1) -> str:
    """Rows below each other."""
    return "".join(row(number, each) for number, each in enumerate(values, first))


def worksheet(data: str, *, before: str = "", after: str = "") -> str:
    """A sheet part; `before` and `after` stand beside its cells."""
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    )


def relationships(*relations: tuple[str, str, str], external: bool = False) -> str:
    """A relationships part from (id, kind, target)."""
    mode = ' TargetMode="External"' if external else ""
    inside = "".join(
        f'<Relationship Id="{identity}" Type="{RELATIONS}/{kind}" Target="{text(target)}"{mode}/>'
        for identity, kind, target in relations
    )
    return f'{XML}<Relationships xmlns="{PACKAGE_RELATIONS}">{inside}</Relationships>'


def workbook(names: Iterable[str], *, before: str = "", states: Mapping[str, str] | None = None) -> str:
    """The workbook part; the sheets are rId1, rId2 … in their order."""
    states = states or {}
    sheets = "".join(
        f'<sheet name="{text(name)}" sheetId="{number}"{states.get(name, "")} r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheets>{sheets}</sheets></workbook>'


def detailed() -> Parts:
    """A workbook whose XML must be looked at: a currency only in the format, and an error for a status.

    One milestone counts, 1,000 EUR; the other is left out with R105. A reader that cannot look takes the
    error for a blank, and counts it.
    """
    deposit = row(2, ("Deposit", 1000, None, "paid")).replace('r="B2"', 'r="B2" s="1"')
    final = row(3, FINAL).replace(cell("D3", "sent"), '<c r="D3" t="e"><v>#N/A</v></c>')
    return parts(worksheet(row(1, HEADER) + deposit + final), styles=styles((EURO,)))


def linked() -> Parts:
    """As `detailed`, with a link whose words are not what it points to, and a third amount without a result."""
    deposit = row(2, ("Deposit", 1000, None, "paid", "signed")).replace('r="B2"', 'r="B2" s="1"')
    final = row(3, FINAL).replace(cell("D3", "sent"), '<c r="D3" t="e"><v>#N/A</v></c>')
    extra = row(4, ("Extra", None, "EUR", "sent")).replace('<c r="C4"', '<c r="B4"><f>B2*2</f></c><c r="C4"')
    link = '<hyperlinks><hyperlink ref="E2" r:id="rId1"/></hyperlinks>'
    sheet = worksheet(row(1, (*HEADER, "Sign-off")) + deposit + final + extra, after=link)
    links = relationships(("rId1", "hyperlink", "signoffs/a.pdf"), external=True).encode()
    return {**parts(sheet, styles=styles((EURO,))), LINKS: links}


def styles(formats: Sequence[str] = (), *, declared: int | None = None) -> str:
    """A styles part whose cell style n has the n-th format; style 0 is General."""
    codes = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{text(code)}"/>' for n, code in enumerate(formats))
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *range(164, 164 + len(formats))))
    count = declared or len(formats) + 1
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats)}">{codes}</numFmts>'
        f'<cellXfs count="{count}">{cells}</cellXfs></styleSheet>'
    )


def shared_strings(*items: str) -> str:
    """A shared strings part from the insides of its items."""
    inside = "".join(f"<si>{item}</si>" for item in items)
    return f'{XML}<sst xmlns="{MAIN}" count="{len(items)}" uniqueCount="{len(items)}">{inside}</sst>'


def parts(*sheets: str, names: Sequence[str] = ("Harbour",), **more: str | bytes) -> Parts:
    """The parts of a workbook. `more` gives xl/styles.xml as `styles`, xl/sharedStrings.xml as `sharedStrings`."""
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    targets += [(name, name, f"{name}.xml") for name in more]
    overrides = "".join(
        f'<Override PartName="/xl/{target}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for _identity, kind, target in targets
    )
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": relationships(("rId1", "officeDocument", WORKBOOK)),
        WORKBOOK: workbook(names),
        "xl/_rels/workbook.xml.rels": relationships(*targets),
        **{f"xl/{name}.xml": part for name, part in more.items()},
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)},
    }
    return {name: as_bytes(part) for name, part in found.items()}


def as_bytes(part: str | bytes) -> bytes:
    """A part as it is stored."""
    return part.encode() if isinstance(part, str) else part


def entry(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """What a zip file says of one entry: a fixed time, no trace of the machine."""
    info = zipfile.ZipInfo(name, (2026, 3, 30, 17, 42, 0))
    info.compress_type, info.create_system = method, 0
    return info


def zipped(found: Mapping[str, bytes]) -> bytes:
    """The parts as a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in found.items():
            archive.writestr(entry(name), part)
    return buffer.getvalue()


def book(*sheets: str, names: Sequence[str] = ("Harbour",), **more: str | bytes) -> bytes:
    """A workbook file of sheet parts; see `parts`."""
    return zipped(parts(*sheets, names=names, **more))


def changed(found: Mapping[str, bytes], **changes: tuple[str, str]) -> Parts:
    """The same parts with something replaced in those whose file name (without .xml) is named; it must be there."""
    new = dict(found)
    for stem, (before, after) in changes.items():
        names = [name for name in new if name.rpartition("/")[2].split(".")[0] == stem]
        if not any(before.encode() in new[name] for name in names):
            raise ValueError(f"{before!r} stands in no part called {stem}")
        for name in names:
            new[name] = new[name].replace(before.encode(), after.encode())
    return new
