"""Review copies: each workbook again, with its findings in its cells. What was read is never written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from milestone_report.rendering.review.copying import CannotCopyError, marked_copy
from milestone_report.rendering.review.listing import findings_book
from milestone_report.text import same_name
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import Finding, Report, Workbook

_COPIED = (".xlsx", ".xlsm")
_LONGEST_STEM, _MOST_BYTES = 80, 200
"""Letters, and bytes of UTF-8: a file name has at most 255 bytes on the usual file systems, and while a file is
written there is more before and behind it."""


@dataclass(frozen=True)
class Copy:
    """One file for the reviewer. `why_not` says why it is only a list of the findings, "" where it is a copy."""

    name: str
    data: bytes
    why_not: str


def review_copies(report: Report) -> Iterator[Copy]:
    """A copy of each workbook, or a list of its findings where it cannot be copied; the same bytes for the same report.

    Names are the workbooks' own with a word behind, and differ from each other also in capitals alone.
    """
    language = Language(report.settings.locale)
    taken: set[str] = set()
    for workbook in report.workbooks:
        findings = [finding for finding in report.findings if finding.workbook == workbook.path]
        try:
            data, why_not = _copied(report, workbook, findings, language), ""
        except CannotCopyError as error:
            why_not = str(error)
            data = findings_book(workbook.file.name, findings, why_not, report.settings.as_of, language)
        suffix = ".xlsx" if why_not else workbook.file.suffix.lower()
        yield Copy(_name(workbook, suffix, language, taken), data, why_not)


def _copied(report: Report, workbook: Workbook, findings: list[Finding], language: Language) -> bytes:
    if not workbook.readable:
        raise CannotCopyError(language.say("the workbook could not be read"))
    if workbook.file.suffix.lower() not in _COPIED:
        raise CannotCopyError(language.say("only .xlsx and .xlsm workbooks can be copied with comments"))
    return marked_copy(workbook.file, findings, report.settings.as_of, language)


def _name(workbook: Workbook, suffix: str, language: Language, taken: set[str]) -> str:
    short = PurePath(workbook.file.name).stem[:_LONGEST_STEM].encode("utf-8", "surrogateescape")[:_MOST_BYTES]
    stem = language.say("{workbook} - review", workbook=_text(short))
    name, number = f"{stem}{suffix}", 1
    while same_name(name) in taken:
        number += 1
        name = f"{stem} {number}{suffix}"
    taken.add(same_name(name))
    return name


def _text(data: bytes) -> str:
    """A name from its first bytes, of which the last may be a part of a letter; bytes that are no text stay."""
    text = data.decode("utf-8", "surrogateescape")
    whole = text.rstrip("".join(map(chr, range(0xDC80, 0xDD00))))
    return whole if len(data) == _MOST_BYTES else text
