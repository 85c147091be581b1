"""What may stand in a cell of summary.xlsx: safe text, whole serial dates, safe addresses of files."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.currency import exponent
from milestone_report.rendering.links import cell_address

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TEXT = 32_767  # characters in a cell, in UTF-16 units (Excel specifications and limits)
LONGEST_ADDRESS = 2_079  # characters in a link, the same
DAY_ZERO = dt.date(1899, 12, 30)
FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel counts a 29 February 1900 that never was

# What XML 1.0 §2.2 does not allow; the carriage return it allows, but every reader turns it into a line feed.
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\"#%:<>?\\\[\]^`{|}\x7f\ud800-\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:(?=/)")


def plain(text: str) -> str:
    """A text that Excel shows as it is: no control characters, at most as long as a cell can be."""
    if len(text) <= LONGEST_TEXT // 2 and text.isprintable() and not text.startswith("<r>"):
        return text
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # else XlsxWriter takes it for rich text that it made itself, and writes it unescaped
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def all_plain(texts: Sequence[str]) -> list[str]:
    """The same of each text: nearly always none needs a change, which shows when they are looked at together."""
    together, longest = "".join(texts), max(map(len, texts), default=0)
    if longest <= LONGEST_TEXT // 2 and together.isprintable() and "<r>" not in together:
        return list(texts)
    return [plain(text) for text in texts]


def serial(date: dt.date) -> int:
    """Excel's number of a day, from FIRST_DAY on (ECMA-376 §18.17.4.1)."""
    return (date - DAY_ZERO).days


def major(minor: int, currency: str) -> float:
    """Minor units as the number that stands in a cell; the nearest one that Excel can hold."""
    units: int = 10 ** exponent(currency)
    return minor / units


def money_pattern(currency: str) -> str:
    """The number format of a currency's own precision; a zero is a dash, so that figures stand out."""
    digits = exponent(currency)
    figure = "#,##0" + ("." + "0" * digits if digits else "")
    return f'{figure};-{figure};"–"'


def quoted(text: str) -> str:
    """A text of ours as a formula has it."""
    return '"' + text.replace('"', '""') + '"'


def place_in(sheet: str, cells: str) -> str:
    """Cells of a sheet of this workbook, for formulas and links: 'Ready to bill'!$H$4."""
    name = sheet.replace("'", "''")
    return f"'{name}'!{cells}"


def file_link(way: str, place: str = "") -> str:
    """A link to a file, or to a place in a workbook, as XlsxWriter takes it; "" when Excel would not take it.

    `way` is relative to where summary.xlsx is to lie, or absolute, with forward slashes.
    """
    target = _target(way)
    if not target or _too_long(place):
        return ""
    return f"external:{target}" + (f"#{plain(place)}" if place else "")


@lru_cache(maxsize=1024)
def _target(way: str) -> str:
    """An address, escaped where XlsxWriter would not; "" where it is too long. All cells of a workbook share one."""
    drive = _DRIVE.match(way)
    start, rest = (way[:2], way[2:]) if drive else ("", way) if way.startswith("//") else ("./", way)
    # XlsxWriter escapes less than this, and nothing once it meets a percent sign.
    target = start + _UNSAFE_IN_ADDRESS.sub(_escaped, rest)
    return "" if _too_long(target) else target


def _too_long(part: str) -> bool:
    """Whether a part of a link has more UTF-16 units than Excel takes."""
    return len(part) > LONGEST_ADDRESS // 2 and len(part.encode("utf-16-le", "replace")) > 2 * LONGEST_ADDRESS


def cell_place(sheet: str, cell: str) -> str:
    """A cell of the user's workbook as the end of a link."""
    return cell_address(plain(sheet), cell or "A1")


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogateescape"))
