"""What would take all memory is refused with a reason, and what only looks large is read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from typing import IO, TYPE_CHECKING

import pytest

from milestone_report.reading import limits
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.limits import MIB, check_parts, too_far
from milestone_report.reading.ooxml import Package
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"
TABLE = "".join(
    f'<row r="{row}">'
    + "".join(
        f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("ABCD", texts, strict=True)
    )
    + "</row>"
    for row, texts in enumerate(
        (("Milestone", "Amount", "Currency", "Status"), ("Deposit", "10.00", "EUR", "draft")), 1
    )
)


def sheet(*more: str, before: str = "") -> str:
    """A sheet's XML: a small milestone table, and more rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{TABLE}{"".join(more)}</sheetData></worksheet>'


def pack(archive: zipfile.ZipFile, *sheets: str, shared: bool = False) -> None:
    """Write the parts of a workbook, all but the shared strings."""
    parts = [f"worksheets/sheet{number}.xml" for number, _xml in enumerate(sheets)]
    names = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="s{n}"/>' for n, _part in enumerate(parts))
    links = "".join(f'<Relationship Id="s{n}" Type="{RELATED}/worksheet" Target="{p}"/>' for n, p in enumerate(parts))
    links += f'<Relationship Id="t" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>' if shared else ""
    archive.writestr(
        "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    )
    root = f'<Relationship Id="b" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGED}">{root}</Relationships>')
    archive.writestr(
        "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{names}</sheets></workbook>'
    )
    archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGED}">{links}</Relationships>')
    for part, xml in zip(parts, sheets, strict=True):
        archive.writestr(f"xl/{part}", xml)


def packed(*sheets: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        pack(archive, *sheets)
    return out.getvalue()


def swollen(file: IO[bytes] | Path, megabytes: int) -> None:
    """A workbook with a shared string of so many million letters, a thousandth of that in the file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        pack(archive, sheet('<row r="3"><c r="A3" t="s"><v>0</v></c></row>'), shared=True)
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{MAIN}"><si><t>'.encode())
            for _ in range(megabytes):
                part.write(b"a" * 10**6)
            part.write(b"</t></si></sst>")


def read(data: bytes, folder: Path) -> WorkbookRows:
    (folder / "book.xlsx").write_bytes(data)
    return read_workbook(Source(folder / "book.xlsx", "book.xlsx"))


def far(place: str, cell: str = "<v>1</v>", kind: str = "") -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}" s="0"{kind}>{cell}</c></row>'


def extent(*rows: str) -> str:
    return too_far(sheet(*rows).encode())


def test_a_value_in_the_last_cell_of_a_sheet_is_too_far() -> None:
    assert extent(far("XFD1048576")) == (
        "its values reach from A1 to XFD1048576, over 17,179,869,184 cells, and at most 20,000,000 are read"
    )


@pytest.mark.parametrize(
    ("cell", "kind"), [("<v>#N/A</v>", ' t="e"'), ("<f>A1</f><v></v>", ' t="str"'), ("<is><t/></is>", ' t="inlineStr"')]
)
def test_whatever_the_reader_keeps_a_place_for_counts(cell: str, kind: str) -> None:
    assert "XFD1048576" in extent(far("XFD1048576", cell, kind))


@pytest.mark.parametrize("cell", ["", "<v/>", "<f>A1</f>"])
def test_a_format_out_to_the_last_cell_takes_no_memory_and_is_read(cell: str, tmp_path: Path) -> None:
    rows = far("XFD1048576", cell), far("A1048575", cell)
    assert extent(*rows) == ""
    assert read(packed(sheet(*rows)), tmp_path).columns["amount"] == [1000]


def test_a_stray_value_in_the_last_row_or_the_last_column_is_read() -> None:
    assert extent(far("D1048576")) == extent(far("XFD3")) == ""


def test_what_a_sheet_claims_to_be_does_not_matter(tmp_path: Path) -> None:
    large = sheet(before='<dimension ref="A1:XFD1048576"/>')
    small = sheet(far("XFD1048576"), before='<dimension ref="A1"/>')
    assert too_far(large.encode()) == ""
    assert "17,179,869,184" in too_far(small.encode())
    assert read(packed(large), tmp_path).columns["amount"] == [1000]


def test_a_reference_that_falls_between_two_looks_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (17, 18, 19, 20, 23, 29, 31, 37):
        monkeypatch.setattr(limits, "_CHUNK", size)
        assert "XFD1048576" in extent(far("XFD1048576"))


def test_the_other_sheets_of_a_workbook_with_too_large_a_sheet_are_read(tmp_path: Path) -> None:
    found = read(packed(sheet(), sheet(far("XFD1048576")), sheet()), tmp_path)
    assert [one.name for one in found.workbook.sheets_used] == ["S0", "S2"]
    assert [(notice.code, notice.sheet) for notice in found.notices if notice.code == "W011"] == [("W011", "S1")]
    assert "too large" in found.workbook.sheets_skipped[0].why


def test_a_sheet_with_too_much_in_it_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "LARGEST_PART", 2000)
    unpacked: list[str] = []
    unpack = Package._read  # noqa: SLF001 - what is unpacked is the question

    def watched(package: Package, part: str) -> bytes:
        unpacked.append(part)
        return unpack(package, part)

    monkeypatch.setattr(Package, "_read", watched)
    found = read(packed(sheet(), sheet(*(far(f"A{row}") for row in range(5, 90)))), tmp_path)
    assert [(notice.code, notice.sheet) for notice in found.notices if notice.code == "W011"] == [("W011", "S1")]
    assert [part for part in unpacked if "worksheets/sheet" in part] == ["xl/worksheets/sheet0.xml"]


def test_damaged_xml_is_left_to_the_reader_to_name() -> None:
    assert too_far(sheet(far("D9")).encode()[:200]) == ""
    assert too_far(b"\0\xff" * 100) == ""


def test_how_far_damaged_xml_reaches_is_not_guessed() -> None:
    """The reader may accept it, and take all memory for what stands behind the damage."""
    with pytest.raises(RefusedError, match="damaged"):
        too_far(sheet("<odd>", far("XFD1048576")).encode())


def test_a_sheet_that_is_named_but_not_there_is_said_in_words(tmp_path: Path) -> None:
    data = packed(sheet(), sheet()).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/gone_1.xml")
    found = read(data, tmp_path)
    assert [one.name for one in found.workbook.sheets_used] == ["S0"]
    [skipped] = found.workbook.sheets_skipped
    assert skipped.why == "the workbook names this sheet, but does not hold it"


# Parts


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        check_parts(data)
    assert refused.value.code == "W011"
    return refused.value.why


def test_a_bomb_is_refused_unopened() -> None:
    out = io.BytesIO()
    swollen(out, 40)
    assert "zip bomb" in refusal(out.getvalue())


def test_parts_that_share_one_packed_block_are_counted_each() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", b"abcdefghijklmnop" * MIB)
        for number in range(100):
            twin = zipfile.ZipInfo(f"xl/{number}.xml")
            for name in ("file_size", "compress_size", "CRC", "header_offset", "compress_type"):
                setattr(twin, name, getattr(archive.filelist[0], name))
            archive.filelist.append(twin)
    assert "unpacks to 1,616 MB" in refusal(out.getvalue())


def test_too_many_parts_are_refused_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PARTS", 5)
    assert "more than 5 parts" in refusal(packed(sheet(), sheet()))


def test_shared_texts_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_PART", MIB)
    out = io.BytesIO()
    swollen(out, 2)
    assert "unpacks to 2 MB" in refusal(out.getvalue())


def test_a_part_that_is_larger_than_it_claims_is_refused_by_the_reader(tmp_path: Path) -> None:
    out = io.BytesIO()
    swollen(out, 30)
    data = out.getvalue()
    real = zipfile.ZipFile(out).getinfo("xl/sharedStrings.xml").file_size.to_bytes(4, "little")
    assert real in data
    found = read(data.replace(real, (500).to_bytes(4, "little")), tmp_path)
    assert [notice.code for notice in found.notices] == ["W001"]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\3\4 cut off", b"PK\5\6" + bytes(18), b"no zip at all"])
def test_what_is_no_workbook_is_left_to_the_reader_to_name(data: bytes) -> None:
    check_parts(data)


def test_a_hundred_thousand_rows_that_are_all_alike_are_no_bomb() -> None:
    row = '<row><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
    check_parts(packed(sheet(row * 100_000)))


# The whole


def bomb_of_entities() -> bytes:
    """A text of fifty thousand million letters, by names that stand for ten others each."""
    names = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    doctype = f'<!DOCTYPE worksheet [<!ENTITY a "{"a" * 50}">{names}]>'
    return packed(doctype + sheet('<row r="3"><c r="A3" t="inlineStr"><is><t>&j;</t></is></c></row>'))


HOSTILE = {
    "far corner.xlsx": ("W011", "17,179,869,184 cells"),
    "swollen.xlsx": ("W011", "zip bomb"),
    "entities.xlsx": ("W001", "damaged"),
    "cut.xlsx": ("W001", "not saved completely"),
}
MEASURED = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Four hostile workbooks and a good one. The file that unpacks to 900 MB is taken away again."""
    books = tmp_path / "books"
    books.mkdir()
    (books / "good.xlsx").write_bytes(packed(sheet()))
    (books / "far corner.xlsx").write_bytes(packed(sheet(far("XFD1048576"))))
    (books / "entities.xlsx").write_bytes(bomb_of_entities())
    (books / "cut.xlsx").write_bytes(packed(sheet())[:-40])
    swollen(books / "swollen.xlsx", 900)
    yield books
    (books / "swollen.xlsx").unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
def test_hostile_workbooks_are_named_and_the_good_one_is_reported(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "milestone_report",
        "report",
        str(folder),
        "--out",
        str(out),
        "--as-of",
        "2026-03-31",
    ]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert found["control"]["rows_counted"] == 1
    for name, (code, why) in HOSTILE.items():
        [message] = [one["message"] for one in found["findings"] if one["workbook"] == name and one["code"] == code]
        assert why in message
    largest = int(done.stdout.splitlines()[-1]) * 1024
    assert largest < 2.5 * 1024 * MIB
