"""Odd workbooks: parts in strange places, encodings, sheets of other kinds, dimensions that lie, styles, merges."""

from __future__ import annotations

import codecs

from tests.corpus.packing import (
    DEPOSIT,
    DOLLAR,
    EURO,
    FINAL,
    HEADER,
    LINKS,
    MAIN,
    RELATIONS,
    SHEET,
    TABLE,
    WORKBOOK,
    XML,
    Parts,
    book,
    changed,
    detailed,
    linked,
    parts,
    relationships,
    row,
    rows,
    styles,
    workbook,
    worksheet,
    zipped,
)

PLAIN = worksheet(rows(TABLE))
MACRO_SHEET = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
OTHER = worksheet(rows((HEADER, ("Workshop", 77, "USD", "sent"))))
BARE = ("Milestone", "Amount", "Status")
UNKNOWN_PAID = worksheet(
    row(1, (*HEADER, "Paid"))
    + row(2, DEPOSIT)
    + row(3, FINAL).replace("</row>", '<c r="E3" t="e"><v>#REF!</v></c></row>')
)
"""What was paid of the second milestone is an error, which the fast reader gives as a blank cell."""


def renamed(found: Parts, **names: str) -> Parts:
    """The parts with some under other names, by their file name without .xml."""
    return {names.get(name.rpartition("/")[2].split(".")[0], name): part for name, part in found.items()}


def encodings() -> dict[str, bytes]:
    plain = parts(PLAIN)
    utf16 = codecs.BOM_UTF16_LE + PLAIN.replace("UTF-8", "UTF-16").encode("utf-16-le")
    latin = PLAIN.replace("UTF-8", "ISO-8859-1").replace("Deposit", "Dépôt").encode("latin-1")
    return {
        "xml-prefixed.xlsx": zipped({**plain, SHEET: prefixed(PLAIN), WORKBOOK: prefixed(plain[WORKBOOK].decode())}),
        "xml-strict.xlsx": zipped({name: strict(part) for name, part in plain.items()}),
        "xml-plain-linked.xlsx": zipped(linked()),
        "xml-prefixed-linked.xlsx": zipped(
            {name: prefixed(part.decode()) if name in {SHEET, WORKBOOK} else part for name, part in linked().items()}
        ),
        "xml-strict-linked.xlsx": zipped({name: strict(part) for name, part in linked().items()}),
        "xml-utf16.xlsx": zipped({**plain, SHEET: utf16}),
        "xml-bom.xlsx": zipped({name: codecs.BOM_UTF8 + part for name, part in plain.items()}),
        "xml-latin1.xlsx": zipped({**plain, SHEET: latin}),
        "xml-no-declaration.xlsx": zipped({name: part.removeprefix(XML.encode()) for name, part in plain.items()}),
        "xml-deep.xlsx": book(deep(300, PLAIN)),
        "xml-deep-before-error.xlsx": book(deep(300, UNKNOWN_PAID)),
        **{f"xml-{name}-before-error.xlsx": book(sheet) for name, sheet in refused_by_parsers().items()},
        "xml-cut-off.xlsx": book(PLAIN[: PLAIN.index("<v>500.5")]),
        "xml-not-nested.xlsx": zipped(
            {**plain, SHEET: PLAIN.replace("</row></sheetData>", "</sheetData></row>").encode()}
        ),
        "xml-attributes-single-quoted.xlsx": zipped({**plain, SHEET: PLAIN.replace('"', "'").encode()}),
        "xml-foreign-elements.xlsx": zipped(
            {
                **plain,
                SHEET: PLAIN.replace("<sheetData>", '<z:c xmlns:z="urn:z" r="B2"><z:v>7</z:v></z:c><sheetData>')
                .replace("<v>1000</v>", '<z:v xmlns:z="urn:z">7</z:v><v>1000</v>')
                .encode(),
            }
        ),
    }


def refused_by_parsers() -> dict[str, str]:
    """The fast reader accepts these, a parser stops at the odd place; the comment keeps both from being searched."""
    commented = UNKNOWN_PAID.replace("<sheetData>", "<!-- by hand --><sheetData>")
    return {
        "control-character": commented.replace("Deposit", "De&#1;posit"),
        "attribute-twice": commented.replace('<c r="A2"', '<c r="A2" s="0" s="0"'),
        "end-missing": commented.replace("</worksheet>", ""),
    }


def prefixed(part: str) -> bytes:
    """The same XML with every element of the main namespace prefixed."""
    return (
        part.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        .replace("</", "\0")
        .replace("<", "<x:")
        .replace("\0", "</x:")
        .replace("<x:?", "<?")
        .encode()
    )


def strict(part: bytes) -> bytes:
    """The same part in the namespaces of the strict variant (ISO/IEC 29500-1, part 1)."""
    return part.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def deep(depth: int, sheet: str) -> str:
    """The sheet with so many elements inside each other before its second row."""
    nested = f"<extLst>{'<ext>' * depth}{'</ext>' * depth}</extLst>"
    return sheet.replace('</row><row r="2">', f'{nested}</row><row r="2">')


def places() -> dict[str, bytes]:
    found = detailed()
    relations = "xl/_rels/workbook.xml.rels"
    other_folder = {
        "[Content_Types].xml": found["[Content_Types].xml"].replace(b"/xl/", b"/book/"),
        "_rels/.rels": relationships(("rId1", "officeDocument", "/book/main.xml")).encode(),
        "book/main.xml": found[WORKBOOK],
        "book/_rels/main.xml.rels": relationships(
            ("rId1", "worksheet", "../other/data.xml"), ("rId2", "styles", "looks.xml")
        ).encode(),
        "book/looks.xml": found["xl/styles.xml"],
        "other/data.xml": found[SHEET],
    }

    def without(name: str) -> bytes:
        return zipped({each: part for each, part in found.items() if each != name})

    return {
        "parts-plain.xlsx": zipped(found),
        "parts-absolute-targets.xlsx": zipped(
            {**found, relations: found[relations].replace(b'Target="', b'Target="/xl/')}
        ),
        "parts-back-slashes.xlsx": zipped({name.replace("/", "\\"): part for name, part in found.items()}),
        "parts-other-folder.xlsx": zipped(other_folder),
        "parts-styles-elsewhere.xlsx": zipped(
            {
                **{name: part for name, part in found.items() if name != "xl/styles.xml"},
                relations: found[relations].replace(b"styles.xml", b"looks/one.xml"),
                "xl/looks/one.xml": found["xl/styles.xml"],
            }
        ),
        "parts-upper-case.xlsx": zipped(
            {(name if name.startswith("[") else name.upper()): part for name, part in found.items()}
        ),
        "parts-upper-case-sheet.xlsx": zipped(renamed(found, sheet1="xl/worksheets/SHEET1.XML")),
        "parts-upper-case-styles.xlsx": zipped(renamed(found, styles="xl/Styles.xml")),
        "parts-no-content-types.xlsx": without("[Content_Types].xml"),
        "parts-no-package-relations.xlsx": without("_rels/.rels"),
        "parts-no-workbook-relations.xlsx": without(relations),
        "parts-no-sheet.xlsx": zipped(
            {name: part for name, part in parts(PLAIN, OTHER, names=("A", "B")).items() if "sheet2" not in name}
        ),
        "parts-odd-relation-ids.xlsx": zipped(
            {name: part.replace(b"rId1", "Überr id-1".encode()) for name, part in found.items()}
        ),
        "parts-dot-segments.xlsx": zipped(
            {**found, relations: found[relations].replace(b"worksheets/", b"./nowhere/../worksheets/")}
        ),
        "parts-links-not-nested.xlsx": zipped({**linked(), LINKS: linked()[LINKS][:-9]}),
        "parts-workbook-not-nested.xlsx": zipped(changed(found, workbook=("</sheets>", "</sheets><bookViews>"))),
        "parts-styles-not-nested.xlsx": zipped(changed(found, styles=("</cellXfs>", "</cellXfs><dxfs>"))),
        "parts-relations-not-nested.xlsx": zipped(
            {**found, relations: found[relations].replace(b"</Relationships>", b"<x></Relationships>")}
        ),
    }


def sheets() -> dict[str, bytes]:
    long = "A name of thirty-one characters"
    odd = ('It\'s "x" & <y>', "\N{GRINNING FACE}é\u202e", long)
    usd = worksheet(rows((BARE, ("Workshop", 77, "sent"))).replace('r="B2"', 'r="B2" s="2"'))
    eur = worksheet(rows((BARE, ("Deposit", 1000, "paid"))).replace('r="B2"', 'r="B2" s="1"'))
    both = styles((EURO, DOLLAR))
    twice = parts(PLAIN, names=("Harbour", "Again"))
    twice[WORKBOOK] = twice[WORKBOOK].replace(b"rId2", b"rId1")
    unlisted = parts(PLAIN, OTHER, names=("A", "B"))
    unlisted[WORKBOOK] = unlisted[WORKBOOK].replace(b'<sheet name="B"', b'<sheXt name="B"')
    return {
        "sheets-names-differ-in-case.xlsx": book(eur, usd, names=("Harbour", "HARBOUR"), styles=both),
        "sheets-of-one-name.xlsx": book(eur, usd, names=("Harbour", "Harbour"), styles=both),
        "sheets-listed-twice.xlsx": zipped(twice),
        "sheets-odd-names.xlsx": book(PLAIN, OTHER, PLAIN.replace("1000", "1").replace("500.5", "2"), names=odd),
        "sheets-name-empty.xlsx": book(PLAIN, names=("",)),
        "sheets-name-missing.xlsx": zipped(changed(parts(PLAIN), workbook=(' name="Harbour"', ""))),
        "sheets-none.xlsx": book(names=()),
        "sheets-unlisted.xlsx": zipped(unlisted),
        "sheets-very-hidden.xlsx": zipped(
            {
                **parts(PLAIN, OTHER, names=("A", "B")),
                WORKBOOK: workbook(("A", "B"), states={"B": ' state="veryHidden"'}).encode(),
            }
        ),
        "sheets-hidden.xlsx": zipped(
            {
                **parts(PLAIN, OTHER, names=("A", "B")),
                WORKBOOK: workbook(("A", "B"), states={"B": ' state="hidden"'}).encode(),
            }
        ),
        "sheets-state-unknown.xlsx": zipped(
            {**parts(PLAIN), WORKBOOK: workbook(("Harbour",), states={"Harbour": ' state="maybe"'}).encode()}
        ),
        **{f"sheets-only-{kind}.xlsx": zipped(of_kind(kind)) for kind in ("chartsheet", "dialogsheet", "macrosheet")},
        "sheets-chart-between.xlsx": zipped(with_chart_between()),
    }


def of_kind(kind: str) -> Parts:
    """A workbook whose only sheet is no worksheet."""
    found = parts(PLAIN)
    prefix = "xm:" if kind == "macrosheet" else ""
    namespaces = f'xmlns="{MAIN}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    inside = f"{XML}<{prefix}{kind} {namespaces}><sheetViews/><sheetData/></{prefix}{kind}>"
    del found[SHEET]
    target = f"{kind}s/sheet1.xml"
    return {
        **found,
        f"xl/{target}": inside.encode(),
        "xl/_rels/workbook.xml.rels": (
            relationships(("rId1", kind, target)).replace(f"{RELATIONS}/macrosheet", MACRO_SHEET).encode()
        ),
    }


def with_chart_between() -> Parts:
    """A chart sheet between two worksheets: positions of sheets and of worksheets differ."""
    found = parts(PLAIN, OTHER, names=("A", "Chart", "B"))
    found["xl/chartsheets/sheet1.xml"] = f'{XML}<chartsheet xmlns="{MAIN}"><sheetViews/></chartsheet>'.encode()
    found["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId3", "worksheet", "worksheets/sheet2.xml"),
    ).encode()
    return found


def layouts() -> dict[str, bytes]:
    def sized(reference: str) -> bytes:
        return book(worksheet(rows(TABLE), before=f'<dimension ref="{reference}"/>'))

    merged = [
        ("Harbour app", None, None, None, None),
        ("Project", *HEADER),
        ("Quay", *DEPOSIT),
        (None, *FINAL),
        ("Dock", "Extra", 10, "EUR", "draft"),
    ]
    merges = '<mergeCells count="2"><mergeCell ref="A1:E1"/><mergeCell ref="A3:A4"/></mergeCells>'
    all_else = '<mergeCells count="1"><mergeCell ref="F1:XFD1048576"/></mergeCells>'
    table = (
        f'{XML}<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A3:D6" totalsRowCount="1">'
        '<autoFilter ref="A3:D5"/><tableColumns count="4">'
        + "".join(f'<tableColumn id="{n}" name="{name}"/>' for n, name in enumerate(HEADER, 1))
        + "</tableColumns></table>"
    )
    filtered = rows(TABLE).replace('<row r="3"', '<row r="3" hidden="1"')
    return {
        "dimension-too-small.xlsx": sized("A1:B2"),
        "dimension-too-large.xlsx": sized("A1:XFD1048576"),
        "dimension-nonsense.xlsx": sized("here:there"),
        "dimension-elsewhere.xlsx": sized("H50:K60"),
        "styles-missing.xlsx": book(PLAIN.replace('r="B2"', 'r="B2" s="3"')),
        "styles-out-of-range.xlsx": book(
            PLAIN.replace('r="B2"', 'r="B2" s="59999"'), styles=styles((EURO,), declared=60000)
        ),
        "styles-nonsense.xlsx": book(PLAIN.replace('r="B2"', 'r="B2" s="-1"'), styles=styles((EURO,))),
        "styles-cut-off.xlsx": book(
            worksheet(rows((BARE, ("Deposit", 1000, "paid"))).replace('r="B2"', 'r="B2" s="1"')),
            styles=styles((EURO,))[:-40],
        ),
        "merged.xlsx": book(worksheet(rows(merged), after=merges)),
        "merged-to-the-end.xlsx": book(worksheet(rows(TABLE), after=all_else)),
        "merged-nonsense.xlsx": book(
            worksheet(rows(TABLE), after='<mergeCells count="1"><mergeCell ref="nonsense"/></mergeCells>')
        ),
        "merged-amounts.xlsx": book(
            worksheet(
                rows((HEADER, DEPOSIT, ("Final", None, "EUR", "sent"))),
                after='<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
            )
        ),
        "rows-hidden.xlsx": book(worksheet(filtered)),
        "rows-filtered.xlsx": book(
            worksheet(
                filtered,
                after='<autoFilter ref="A1:D3"><filterColumn colId="3"><filters><filter val="paid"/></filters>'
                "</filterColumn></autoFilter>",
            )
        ),
        "columns-hidden.xlsx": book(worksheet(rows(TABLE), before='<cols><col min="2" max="2" hidden="1"/></cols>')),
        "table-with-totals.xlsx": zipped(with_table(table, rows((*TABLE, ("Total", 1500.5, None, None)), first=3))),
        "table-without-header.xlsx": zipped(
            with_table(
                table.replace('ref="A3:D6"', 'ref="A3:D4" headerRowCount="0"').replace('totalsRowCount="1"', ""),
                rows(TABLE[1:], first=3),
            )
        ),
        "table-below-typed-header.xlsx": zipped(
            with_table(
                table.replace('ref="A3:D6"', 'ref="A4:D5" headerRowCount="0"').replace('totalsRowCount="1"', ""),
                rows(TABLE, first=3),
            )
        ),
        "table-narrow.xlsx": zipped(
            with_table(
                table.replace('ref="A3:D6" totalsRowCount="1"', 'ref="A3:C5"')
                .replace('count="4"', 'count="3"')
                .replace(f'<tableColumn id="4" name="{HEADER[3]}"/>', "")
                .replace("A3:D5", "A3:C5"),
                rows(TABLE, first=3),
            )
        ),
        "tables-in-two-currencies.xlsx": book(
            worksheet(
                rows((("Milestone", "Amount (EUR)", "Status"), ("Deposit", 1000, "paid"), ("Final", 500.5, "sent")))
                + rows((("Milestone", "Amount (USD)", "Status"), ("Extra", 77, "sent")), first=5)
            )
        ),
        "header-only.xlsx": book(worksheet(row(1, HEADER))),
        "nothing.xlsx": book(worksheet("")),
        "header-in-row-30.xlsx": book(worksheet(rows(TABLE, first=30))),
        "text-hostile.xlsx": book(
            worksheet(
                row(1, HEADER)
                + row(2, ("=cmd|calc!A1", *DEPOSIT[1:]))
                + row(3, ("<script>alert(1)</script>" + "x" * 3000, *FINAL[1:]))
            )
        ),
    }


def with_table(table: str, data: str) -> Parts:
    """A sheet with an Excel table over its cells."""
    found = parts(worksheet(data, after='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'))
    found["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("rId1", "table", "../tables/table1.xml")).encode()
    found["xl/tables/table1.xml"] = table.encode()
    return found


def cases() -> dict[str, bytes]:
    """File name → bytes."""
    return encodings() | places() | sheets() | layouts()
