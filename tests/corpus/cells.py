"""Odd ways to write cells: what a value, a reference, a string or a formula may look like in the XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.corpus.packing import (
    DEPOSIT,
    FINAL,
    HEADER,
    MAIN,
    SHEET,
    TABLE,
    XML,
    book,
    cell,
    changed,
    parts,
    relationships,
    row,
    rows,
    shared_strings,
    styles,
    text,
    worksheet,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN = worksheet(rows(TABLE))


def milestone(number: int, amount: str, name: str = "Odd", status: str = "sent") -> str:
    """A row whose amount cell is given as XML."""
    beside = cell(f"C{number}", "EUR") + cell(f"D{number}", status)
    return f'<row r="{number}">{cell(f"A{number}", name)}{amount}{beside}</row>'


def bare(number: int, formula: str, result: float) -> str:
    """A row with nothing but a name and an amount, given by a formula as XML."""
    amount = f'<c r="B{number}">{formula}<v>{result:g}</v></c>'
    return f'<row r="{number}">{cell(f"A{number}", f"Fee {number}")}{amount}{cell(f"C{number}", "EUR")}</row>'


def amounts(*values: str, kind: str = "") -> bytes:
    """A table whose amount cells hold the given words in <v>."""
    below = (milestone(n, f'<c r="B{n}"{kind}><v>{value}</v></c>', f"Odd {n}") for n, value in enumerate(values, 2))
    return book(worksheet(row(1, HEADER) + "".join(below)))


def with_column(header: str, cells: Iterable[str], *, after: str = "", **more: str | bytes) -> dict[str, bytes]:
    """The plain table with a fifth column of the given cells, as parts."""
    data = row(1, (*HEADER, header))
    for number, (values, extra) in enumerate(zip((DEPOSIT, FINAL) * 9, cells, strict=False), 2):
        data += row(number, values).replace("</row>", f"{extra}</row>")
    return parts(worksheet(data, after=after), names=("Harbour",), **more)


def changed_plain(before: str, after: str) -> bytes:
    """The plain table with something replaced in its sheet."""
    return zipped(changed(parts(PLAIN), sheet1=(before, after)))


def numbers() -> dict[str, bytes]:
    return {
        "numbers-valid.xlsx": amounts(" 12 ", "1E3", "+5", ".5", "\n7\n", "-0", "1e-3", "&#49;00"),
        "numbers-not-finite.xlsx": amounts("1e400", "NaN", "INF", "-1e400", "10"),
        "numbers-malformed.xlsx": amounts("1_000", "0x10", "1,000", "10"),
        "numbers-empty.xlsx": book(
            worksheet(
                row(1, HEADER)
                + milestone(2, '<c r="B2"><v/></c>')
                + milestone(3, '<c r="B3"/>')
                + milestone(4, '<c r="B4" t="n"><v></v></c>')
                + milestone(5, '<c r="B5"><v>10</v></c>')
            )
        ),
        "numbers-precise.xlsx": amounts("0.1", "0.2", "1000.0000000000001", "33.333333333333336"),
        "numbers-huge.xlsx": amounts("1e300", "99999999999999999999", "10"),
        "booleans.xlsx": book(
            worksheet(
                row(1, HEADER)
                + milestone(2, '<c r="B2" t="b"><v>1</v></c>')
                + row(3, ("Odd", 10, "EUR")).replace("</row>", '<c r="D3" t="b"><v>0</v></c></row>')
                + row(4, FINAL)
            )
        ),
        "cell-type-unknown.xlsx": amounts("10", "20", kind=' t="zz"'),
    }


def strings() -> dict[str, bytes]:
    rich = "<r><rPr><b/></rPr><t>Dep</t></r><r><t>osit</t></r>"
    phonetic = '<rPh sb="0" eb="1"><t>NOT READ</t></rPh><phoneticPr fontId="1"/>'
    items = [f"<t>{word}</t>" for word in ("paid", "Amount", "Currency", "Status", "EUR", "Milestone", "sent")]
    items += [rich + phonetic, f"<t>Final</t>{phonetic}"]
    places = [(5, 1, 2, 3), (7, 1000, 4, 0), (8, 500.5, 4, 6)]

    def shared(reference: str, value: float, column: int, line: int) -> str:
        kind = "" if line and column == 1 else ' t="s"'
        return f'<c r="{reference}"{kind}><v>{value:g}</v></c>'

    data = "".join(
        f'<row r="{line + 1}">'
        + "".join(shared(f"{'ABCD'[column]}{line + 1}", value, column, line) for column, value in enumerate(values))
        + "</row>"
        for line, values in enumerate(places)
    )
    inline = PLAIN.replace("<t>Deposit</t>", rich + phonetic)
    return {
        "strings-shared-rich-phonetic.xlsx": book(worksheet(data), sharedStrings=shared_strings(*items)),
        "strings-shared-prefixed.xlsx": book(
            worksheet(data),
            sharedStrings=shared_strings(*items)
            .replace("xmlns=", "xmlns:s=")
            .replace("</", "\0")
            .replace("<", "<s:")
            .replace("\0", "</s:")
            .replace("<s:?", "<?"),
        ),
        "strings-shared-missing.xlsx": book(worksheet(data)),
        "strings-shared-out-of-range.xlsx": book(
            worksheet(data.replace("<v>6</v>", "<v>99</v>")), sharedStrings=shared_strings(*items)
        ),
        "strings-shared-nonsense.xlsx": book(
            worksheet(data.replace("<v>6</v>", "<v>six</v>")), sharedStrings=shared_strings(*items)
        ),
        "strings-shared-negative.xlsx": book(
            worksheet(data.replace("<v>6</v>", "<v>-1</v>")), sharedStrings=shared_strings(*items)
        ),
        "strings-inline-rich-phonetic.xlsx": book(inline),
        "strings-of-formulas.xlsx": book(
            worksheet(
                row(1, HEADER)
                + row(2, DEPOSIT).replace(
                    cell("A2", "Deposit"), '<c r="A2" t="str"><f>"Dep"&amp;"osit"</f><v>Deposit</v></c>'
                )
                + row(3, FINAL).replace(cell("B3", 500.5), '<c r="B3" t="str"><f>T("x")</f><v>500.50</v></c>')
            )
        ),
        "strings-space-preserve.xlsx": changed_plain("<t>Deposit</t>", '<t xml:space="preserve">  Deposit \n</t>'),
        "strings-escapes.xlsx": zipped(
            changed(
                changed(parts(PLAIN), sheet1=("<t>Amount</t>", "<t>Amount_x000D_\n</t>")),
                sheet1=("<t>paid</t>", "<t>paid_x000D_</t>"),
            )
        ),
        "strings-escaped-escape.xlsx": changed_plain("<t>Deposit</t>", "<t>A_x005F_x000D_B</t>"),
        "strings-cdata.xlsx": changed_plain("<t>Deposit</t>", "<t><![CDATA[Deposit]]></t>"),
        "numbers-cdata.xlsx": changed_plain("<v>1000</v>", "<v><![CDATA[1000]]></v>"),
        "numbers-comment-within.xlsx": changed_plain("<v>1000</v>", "<v>10<!-- and --><?so on?>00</v>"),
        "strings-comment-within.xlsx": changed_plain("<t>paid</t>", "<t>un<!-- and -->paid</t>"),
        "comments-between.xlsx": zipped(
            changed(
                changed(parts(PLAIN), sheet1=("<row ", "<!-- a row --><?go on?><row ")),
                sheet1=("<c ", "<!-- a cell <c r='B2'><v>7</v></c> --><c "),
            )
        ),
        "strings-control-characters.xlsx": changed_plain("<t>Deposit</t>", "<t>De_x0007_po_x001F_sit&#x202E;</t>"),
    }


def formulas() -> dict[str, bytes]:
    shared = (
        row(1, HEADER)
        + milestone(2, '<c r="B2"><f t="shared" ref="B2:B3" si="0">500.5*2-1</f><v>1000</v></c>', "Deposit", "paid")
        + milestone(3, '<c r="B3"><f t="shared" si="0"/><v>500.5</v></c>', "Final")
    )
    unsaved = (
        row(1, HEADER)
        + milestone(2, '<c r="B2"><f t="shared" ref="B2:B3" si="0">1+1</f></c>')
        + milestone(3, '<c r="B3"><f t="shared" si="0"/></c>')
        + milestone(4, '<c r="B4"><f t="array" ref="B4">SUM(1,2)</f><v/></c>')
        + milestone(5, '<c r="B5"><f>1+1</f><v></v></c>')
        + row(6, FINAL)
    )
    status = '<c r="D2" t="str"><f>IF(1,"paid")</f></c>'
    errors = (
        row(1, (*HEADER, "Paid"))
        + milestone(2, '<c r="B2" t="e"><v>#REF!</v></c>')
        + row(3, DEPOSIT).replace(cell("D3", "paid"), '<c r="D3" t="e"><v>#N/A</v></c>')
        + row(4, FINAL).replace("</row>", '<c r="E4" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>')
        + row(5, ("Good", 10, "EUR", "sent", 4))
    )
    fee = "SUM('Harbour'!B$2:B3)"
    sums = (
        rows(TABLE)
        + bare(4, f'<f t="shared" ref="B4:B5" si="0">{fee}</f>', 1500.5)
        + bare(5, '<f t="shared" si="0"/>', 3001)
        + bare(6, "<f>B3+Harbour!B2</f>", 1500.5)
    )
    worked_out = rows(TABLE) + bare(4, "<f>SUM(B2:B3)*0.19</f>", 285.1) + bare(5, "<f>B2*50%</f>", 500)
    links = [
        ('HYPERLINK("signoffs/a.pdf","words")', "words"),
        ('_xlfn.HYPERLINK("b"&amp;".pdf","two words")', "two words"),
        ("HYPERLINK(A2)", "Deposit"),
        ('IF(TRUE,HYPERLINK("d.pdf","inner"),"")', "inner"),
        ('HYPERLINK("")', ""),
    ]
    cells = [
        f'<c r="E{number}" t="str"><f>{formula.replace(chr(34), "&quot;")}</f><v>{shown}</v></c>'
        for number, (formula, shown) in enumerate(links, 2)
    ]
    return {
        "formulas-shared.xlsx": book(worksheet(shared)),
        "formulas-without-result.xlsx": book(worksheet(unsaved)),
        "formulas-status-without-result.xlsx": book(
            worksheet(row(1, HEADER) + row(2, DEPOSIT).replace(cell("D2", "paid"), status) + row(3, FINAL))
        ),
        "formulas-that-add-rows.xlsx": book(worksheet(sums)),
        "formulas-out-of-rows.xlsx": book(worksheet(worked_out)),
        "errors.xlsx": book(worksheet(errors)),
        "formulas-hyperlink.xlsx": zipped(with_column("Sign-off", cells)),
    }


def dates() -> dict[str, bytes]:
    iso = [
        '<c r="E2" t="d"><v>2026-04-03</v></c>',
        '<c r="E3" t="d"><v>2026-05-06T00:00:00</v></c>',
        '<c r="E4" t="d"><v>2026-05-06T23:59:59.999Z</v></c>',
        '<c r="E5" t="d"><v>2026-13-45</v></c>',
    ]
    # 2026-04-03 is day 46115 since 1900 and 44653 since 1904; the first of each is styled as a date.
    counted = ['<c r="E2" s="1"><v>46115</v></c>', '<c r="E3"><v>46115</v></c>']
    early = [each.replace("46115", "44653") for each in counted]
    formats = styles(("dd/mm/yyyy",))
    epoch = ('<sheets><sheet name="Harbour"', '<workbookPr date1904="true"/><sheets><sheet name="Harbour"')
    edges = ["60", "0.5", "-1", "2958465", "2958466", "1e9"]
    return {
        "dates-iso.xlsx": zipped(with_column("Due date", iso)),
        "dates-1900.xlsx": zipped(with_column("Due date", counted, styles=formats)),
        "dates-1904.xlsx": zipped(changed(with_column("Due date", early, styles=formats), workbook=epoch)),
        "dates-at-the-edges.xlsx": zipped(
            with_column(
                "Due date",
                [f'<c r="E{n}" s="1"><v>{value}</v></c>' for n, value in enumerate(edges, 2)],
                styles=formats,
            )
        ),
    }


def references() -> dict[str, bytes]:
    bare = PLAIN
    for reference in (f"{letter}{number}" for letter in "ABCD" for number in (1, 2, 3)):
        bare = bare.replace(f' r="{reference}"', "")
    no_rows = bare
    for number in (1, 2, 3):
        no_rows = no_rows.replace(f' r="{number}"', "")
    error = '<c r="E4" t="e"><v>#N/A</v></c></row>'
    gap = worksheet(
        rows((None, *values) for values in TABLE) + row(4, (None, "Left out", 10, "EUR")).replace("</row>", error)
    )
    unknown = '<c r="E6" t="e"><v>#REF!</v></c></row>'
    low = worksheet(row(4, (*HEADER, "Paid")) + row(5, DEPOSIT) + row(6, FINAL).replace("</row>", unknown))
    twice = worksheet(rows(TABLE).replace(cell("B2", 1000), cell("B2", 9999) + cell("B2", 1000)))
    stray = '<row r="{}">' + cell("A1", "Stray").replace('r="A1"', 'r="A{}"') + "</row>"

    def with_row(number: str) -> bytes:
        return book(worksheet(stray.replace("{}", number) + rows(TABLE)))

    return {
        "references-no-cells.xlsx": book(bare),
        "references-none.xlsx": book(no_rows),
        "references-of-cells-only.xlsx": book(re.sub(r'<row r="\d"', "<row", low)),
        "references-of-rows-only.xlsx": book(re.sub(r'<c r="\w\d"', "<c", low)),
        "references-lower-case.xlsx": book(gap.replace('r="B', 'r="b').replace('r="D', 'r="d')),
        "references-with-gap.xlsx": book(gap),
        "rows-unsorted.xlsx": book(worksheet(row(1, HEADER) + row(3, FINAL) + row(2, DEPOSIT))),
        "rows-header-last.xlsx": book(worksheet(row(2, DEPOSIT) + row(3, FINAL) + row(1, HEADER))),
        "cells-unsorted.xlsx": book(
            worksheet(
                "".join(
                    f'<row r="{n}">' + "".join(cell(f"{'ABCD'[c]}{n}", values[c]) for c in (3, 1, 0, 2)) + "</row>"
                    for n, values in enumerate(TABLE, 1)
                )
            )
        ),
        "cells-twice.xlsx": book(twice),
        "rows-twice.xlsx": book(worksheet(rows(TABLE) + row(3, ("Final", 700, "EUR", "sent")))),
        "row-zero.xlsx": with_row("0"),
        "row-negative.xlsx": with_row("-1"),
        "row-beyond.xlsx": with_row("99999999999"),
        "row-past-the-last.xlsx": book(worksheet(rows(TABLE) + stray.replace("{}", "1048577"))),
        "column-beyond.xlsx": changed_plain("</c></row></sheetData>", '</c><c r="XFE3"><v>7</v></c></row></sheetData>'),
        "column-nonsense.xlsx": changed_plain(
            "</c></row></sheetData>", '</c><c r="ZZZZZZZZ3"><v>7</v></c></row></sheetData>'
        ),
        "cell-far-blank.xlsx": book(
            worksheet(rows(TABLE) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'), styles=styles(("0.00",))
        ),
        "cell-far-value.xlsx": book(worksheet(rows(TABLE) + f'<row r="1048576">{cell("XFD1048576", 1)}</row>')),
    }


def links() -> dict[str, bytes]:
    targets = [
        "signoffs/a%20b.pdf",
        "../outside.pdf",
        "\\\\server\\share\\c.pdf",
        "mailto:maya@example.com",
        "javascript:alert(1)",
        "file:///C:/Users/maya/d.pdf",
        "https://example.com/e.pdf?x=1&y=2",
    ]
    cells = [cell(f"E{number}", f"words {number}") for number in range(2, len(targets) + 3)]
    inside = "".join(f'<hyperlink ref="E{number}" r:id="rId{number}"/>' for number in range(2, len(targets) + 2))
    inside += f'<hyperlink ref="E{len(targets) + 2}" location="Harbour!A1" display="elsewhere"/>'
    found = with_column("Sign-off", cells, after=f"<hyperlinks>{inside}</hyperlinks>")
    found["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        *((f"rId{number}", "hyperlink", target) for number, target in enumerate(targets, 2)), external=True
    ).encode()
    several = with_column(
        "Sign-off",
        [cell("E2", "a"), cell("E3", "b")],
        after='<hyperlinks><hyperlink ref="E2:E3" r:id="rId1"/><hyperlink ref="nonsense" r:id="rId9"/></hyperlinks>',
    )
    several["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", "hyperlink", "both.pdf"), external=True
    ).encode()
    return {"links.xlsx": zipped(found), "links-over-several-cells.xlsx": zipped(several)}


def entities() -> dict[str, bytes]:
    def declared(doctype: str, before: str, after: str) -> bytes:
        sheet = PLAIN.replace(XML, f"{XML}<!DOCTYPE worksheet [{doctype}]>").replace(before, after)
        return zipped({**parts(PLAIN), SHEET: sheet.encode()})

    bomb = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    strings = f'{XML}<!DOCTYPE sst [{bomb}]><sst xmlns="{MAIN}"><si><t>&a11;</t></si></sst>'
    shared_name = PLAIN.replace(cell("A2", "Deposit"), '<c r="A2" t="s"><v>0</v></c>')
    leak = f'{XML}<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&x;</t></si></sst>'
    return {
        "entities-bomb-in-sheet.xlsx": declared(bomb, "<t>Deposit</t>", "<t>&a11;</t>"),
        "entities-bomb-in-strings.xlsx": book(shared_name, sharedStrings=strings),
        "entities-external-in-sheet.xlsx": declared(
            '<!ENTITY x SYSTEM "file:///etc/passwd">', "<t>Deposit</t>", "<t>&x;</t>"
        ),
        "entities-external-in-strings.xlsx": book(shared_name, sharedStrings=leak),
        "entities-in-status.xlsx": declared('<!ENTITY w "paid">', "<t>paid</t>", "<t>&w;</t>"),
        "entities-in-amount.xlsx": declared('<!ENTITY n "1000">', "<v>1000</v>", "<v>&n;</v>"),
        "entities-undeclared.xlsx": changed_plain("<t>paid</t>", "<t>&nowhere;</t>"),
        "doctype-harmless.xlsx": declared("<!ELEMENT worksheet ANY>", "", ""),
        "entities-standard.xlsx": changed_plain("<t>Deposit</t>", f"<t>{text('Design & <build>')}&#8364;&#x1F600;</t>"),
    }


def cases() -> dict[str, bytes]:
    """File name → bytes."""
    return numbers() | strings() | formulas() | dates() | references() | links() | entities()
