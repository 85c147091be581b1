"""Workbooks that somebody has open just now: Excel and LibreOffice leave a small file beside them.

Excel: "~$Book.xlsx", or "~$" in the place of a longer name's first two letters; it holds the user's
name, one length byte and 54 bytes in the system's code page, then a length and the name in UTF-16.
LibreOffice: ".~lock.Book.xlsx#", one line of names, machine and time, parted by commas.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.model import Notice
from milestone_report.text import SHOWN_LENGTH, same_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_EXCEL, _LIBREOFFICE = "~$", ".~lock."
_LARGEST = 1024  # Excel's has 165 bytes; a larger file is somebody's workbook with an odd name
_SHORT_STEM = 8  # a name up to this length is kept whole behind the "~$"
_WIDE_LENGTH, _WIDE_NAME = 55, 57


def is_owner_file(file: Path) -> bool:
    """Whether a file is one that Excel or LibreOffice leaves beside a workbook, and none with an odd name.

    One that cannot be looked at is one, too: it goes when the workbook is closed.
    """
    try:
        return file.name.startswith((_EXCEL, _LIBREOFFICE)) and file.stat().st_size <= _LARGEST
    except (OSError, ValueError):
        return True


def find_owners(folder: Path, workbooks: Mapping[str, str]) -> Iterator[Notice]:
    """A notice for each workbook of a folder that is open in a program. An owner file without workbook is nothing.

    `workbooks` maps the names of the run's workbooks in the folder to what people see of them.
    """
    owners = _owner_files(folder)
    full = {same_name(name) for name in workbooks}
    for name, path in workbooks.items():
        for program, file in _candidates(name, full):
            if owner := owners.get(same_name(file)):
                who = _who(owner, program)
                facts = {
                    "program": program,
                    "who": phrase(" by {name}", name=who) if who else "",
                    "owner_file": owner.name,
                }
                yield Notice("W003", path, facts=facts)
                break


def _owner_files(folder: Path) -> dict[str, os.DirEntry[str]]:
    """The owner files of a folder by name, as people compare names; none where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return {same_name(entry.name): entry for entry in entries if entry.name.startswith((_EXCEL, _LIBREOFFICE))}
    except OSError:
        return {}


def _candidates(name: str, full: set[str]) -> Iterator[tuple[str, str]]:
    """The owner files that a workbook may have, each with the program that leaves it."""
    yield "Excel", _EXCEL + name
    stem = os.path.splitext(name)[0]  # noqa: PTH122 - a name, not a path
    if len(stem) > _SHORT_STEM and same_name(name[2:]) not in full:
        yield "Excel", _EXCEL + name[2:]
    yield "LibreOffice", f"{_LIBREOFFICE}{name}#"


def _who(owner: os.DirEntry[str], program: str) -> str:
    """The name in an owner file, "" where it cannot be read: Excel may keep the file to itself."""
    try:
        if not owner.is_file(follow_symlinks=False) or owner.stat().st_size > _LARGEST:
            return ""
        with open(owner, "rb") as stream:  # noqa: PTH123 - a directory entry, not a path
            data = stream.read(_LARGEST)
    except OSError:
        return ""
    name = _excel_user(data) if program == "Excel" else _libreoffice_user(data)
    return shown(name)[:SHOWN_LENGTH]


def _excel_user(data: bytes) -> str:
    length = int.from_bytes(data[_WIDE_LENGTH:_WIDE_NAME], "little")
    wide = data[_WIDE_NAME : _WIDE_NAME + 2 * length]
    if length and len(wide) == 2 * length:
        return wide.decode("utf-16-le", "replace").strip("\0 ")
    return data[1 : 1 + data[0]].decode("cp1252", "replace").strip("\0 ") if data else ""


def _libreoffice_user(data: bytes) -> str:
    """The full name, else the name of the login."""
    fields = data.decode("utf-8", "replace").split(",")
    return next((field for field in fields[:2] if field.strip()), "")
