"""Damages workbooks: a case is a seed and a number, and always gives the same bytes.

Most cases change bytes inside the parts of a package and pack them again as it should be, so that the damage gets
past the zip reader; some change the bytes of the container itself.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.corpus.packing import entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Change = Callable[[random.Random, bytes], bytes]

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = (TESTS.parent / "sample_workbooks", TESTS / "workbooks", TESTS / "corpus" / "files")
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
LONGEST = 2_000_000
"""No mutated part grows beyond so many bytes."""

TOKENS = (
    b"<c>", b"</c>", b'<c r="B3"><v>7</v></c>', b'<c r="XFD1048576"><v>1</v></c>', b'<c r="B2" t="e"><v>#REF!</v></c>',
    b"<row>", b"</row>", b'<row r="3">', b"<f>", b"</f>", b"<f>SUM(B2:B3)</f>", b"<v>", b"</v>", b"<v/>", b"<is>",
    b"</is>", b"<t>", b"</t>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x ?>", b"&amp;", b"&x;", b"&#0;",
    b"&#x1F600;",
    b"<", b">", b'"', b"'", b"=", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b' t="s"', b' t="str"', b' t="e"', b' t="b"',
    b' t="d"', b' r=""', b' s="9999"', b' hidden="1"', b'<mergeCell ref="A1:XFD9"/>', b"<sheetData>", b"</sheetData>",
    b"<x:c>", b'<hyperlink ref="A1:Z99" r:id="rId1"/>', b'<!DOCTYPE x [<!ENTITY x "y">]>', b"_x000D_", b"\xe2\x80\xae",
)  # fmt: skip
_NUMBERS = (
    b"0", b"-1", b"1", b"00", b"1e999", b"-1e999", b"NaN", b"1048576", b"1048577", b"16384", b"99999999999", b"0.1",
    b"2147483648", b"18446744073709551616", b"", b"x", b"1e-320", b"46115", b"2958466", b"1,5", b" 7 ",
)  # fmt: skip
_DIGITS = re.compile(rb"\d+(?:\.\d+)?")
_ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"<>]*)"')


@cache
def originals() -> tuple[Path, ...]:
    """The files that are damaged, in an order that every machine has."""
    found = [file for folder in FOLDERS for file in sorted(folder.iterdir()) if file.suffix in SUFFIXES]
    return tuple(file for file in found if not file.name.startswith("~$"))


def mutated(seed: int, number: int) -> tuple[str, bytes]:
    """The file name and bytes of a case."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - repeatable, not secret
    # Whole workbooks more often than the small files: there is more in them to be lost.
    whole = [file for file in originals() if file.parent.name != "files"]
    original = chance.choice(whole if chance.random() < 0.5 else originals())
    data = original.read_bytes()
    parts = _parts(data) if chance.random() < 0.85 else {}
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if parts:
            _change_parts(chance, parts)
        else:
            data = chance.choice(_ANY_BYTES)(chance, data)
    return f"{number:06d}-{original.stem}{original.suffix}", _packed(parts) if parts else data


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package; none where it is no whole zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError):
        return {}


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(entry(name, zipfile.ZIP_DEFLATED), part)
    return buffer.getvalue()


def _change_parts(chance: random.Random, parts: dict[str, bytes]) -> None:
    """One change: nearly always inside a part, now and then to the parts as a whole."""
    names = list(parts)
    # The sheets are where the money is.
    name = chance.choice([each for each in names if "sheet" in each.lower()] or names)
    if chance.random() < 0.4:
        name = chance.choice(names)
    if chance.random() < 0.9:
        parts[name] = chance.choice(_IN_XML)(chance, parts[name])[:LONGEST]
        return
    other = chance.choice(names)
    kind = chance.randrange(4)
    if kind == 0 and len(parts) > 1:
        del parts[name]
    elif kind == 1:
        parts[name], parts[other] = parts[other], parts[name]
    elif kind == 2:
        parts[name.upper()] = parts[other]
    else:
        parts[name] = b""


def _span(chance: random.Random, data: bytes, longest: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(1, longest))


def flip(chance: random.Random, data: bytes) -> bytes:
    """One bit the other way."""
    if not data:
        return b"\x01"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def cut(chance: random.Random, data: bytes) -> bytes:
    """A stretch left out, or all from some place on."""
    start, end = _span(chance, data)
    return data[:start] + (data[end:] if chance.random() < 0.8 else b"")


def repeat(chance: random.Random, data: bytes) -> bytes:
    """A stretch several times."""
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 30)) + data[end:]


def swap(chance: random.Random, data: bytes) -> bytes:
    """Two stretches in each other's place."""
    first, second = sorted((_span(chance, data, 60), _span(chance, data, 60)))
    if first[1] > second[0]:
        return data
    return (
        data[: first[0]] + data[slice(*second)] + data[first[1] : second[0]] + data[slice(*first)] + data[second[1] :]
    )


def insert(chance: random.Random, data: bytes) -> bytes:
    """A piece of XML, or what breaks XML, at any place."""
    at = chance.randrange(len(data) + 1)
    if chance.random() < 0.5:  # between two elements, where it may make sense
        at = max(data.find(b"<", at), 0)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def renumber(chance: random.Random, data: bytes) -> bytes:
    """Another number for one."""
    return _replace_one(chance, data, list(_DIGITS.finditer(data)), lambda _match: chance.choice(_NUMBERS))


def change_attribute(chance: random.Random, data: bytes) -> bytes:
    """An attribute left out, twice, empty, or with the value of another."""
    found = list(_ATTRIBUTE.finditer(data))

    def changed(match: re.Match[bytes]) -> bytes:
        name, whole = match.group(1), match.group()
        other = chance.choice(found).group(2)
        return chance.choice((b"", whole + whole, b' %b=""' % name, b' %b="%b"' % (name, other)))

    return _replace_one(chance, data, found, changed)


def _replace_one(
    chance: random.Random,
    data: bytes,
    found: Sequence[re.Match[bytes]],
    new: Callable[[re.Match[bytes]], bytes],
) -> bytes:
    if not found:
        return flip(chance, data)
    match = chance.choice(found)
    return data[: match.start()] + new(match) + data[match.end() :]


_ANY_BYTES: tuple[Change, ...] = (flip, flip, cut, repeat, swap)
_IN_XML: tuple[Change, ...] = (flip, cut, repeat, swap, insert, insert, renumber, renumber, change_attribute)
