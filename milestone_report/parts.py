"""A finished report parted by owner, client or project: each part is a report of its own, over its own rows.

The figures of a part are summed anew by what sums those of the whole, so that the parts add up to it. What is
true only of a whole sheet, its contract total and its own totals row, is left to parts that have all of its rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from milestone_report.filenames import distinct, safe_name
from milestone_report.model import PART_FOLDERS, Email, Milestones, Part, Report, Settings
from milestone_report.rules import choose
from milestone_report.summary import summarise
from milestone_report.text import SHEET_ROWS, clean, identity, same_person, shown, split_cell
from milestone_report.translation import marked
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from milestone_report.model import Finding, Mailbox, Sheet, Workbook

_TITLES = {
    "owner": marked("{title} of owner {value}"),
    "client": marked("{title} of client {value}"),
    "project": marked("{title} of project {value}"),
}
_WITHOUT = {
    "owner": marked("{title} without an owner"),
    "client": marked("{title} without a client"),
    "project": marked("{title} without a project"),
}
_NOT_READ = ("W001", "W002", "W005", "W011")
"""What was not read may be anybody's: every part says so."""

_LONGEST = 60
"""Letters of a value in a title, and of the title itself before it is said to be of a part."""

_NUMBER = re.compile(r"\d+")
"""So that “Project 2” comes before “Project 10”."""


@dataclass(frozen=True)
class ReportPart:
    """One part of a report: its folder below that of the whole, its report, and whether an owner gets its draft."""

    part: Part
    folder: str
    report: Report
    addressed: bool


def parts(report: Report, by: str) -> Iterator[ReportPart]:
    """The parts of a report by one of PART_FOLDERS, in the order of their names, those without a value last.

    Values that differ only in capitals, blanks or the form of their accents are one. Reports are made
    one by one, as they are asked for.
    """
    values, numbers = _values(report, by)
    # A name of nothing but dots is one all the same.
    folders = distinct(safe_name(each[0], f"(unnamed {by})" if each[0] else f"(no {by})") for each in values)
    findings = _by_part(report, numbers, report.findings, len(values))
    kept_back = _by_part(report, numbers, report.kept_back, len(values))
    for number, (spellings, folder) in enumerate(zip(values, folders, strict=True)):
        way = f"{PART_FOLDERS[by]}/{folder}"
        part = Part(by, spellings[0], spellings[1:], len(report.milestones.frame))
        rows = np.flatnonzero(numbers == number)
        settings, addressed = _settings(report, part, rows, way)
        about = _report(report, part, rows, settings, (findings[number], kept_back[number]))
        yield ReportPart(part, way, about, addressed)


def _values(report: Report, by: str) -> tuple[list[tuple[str, ...]], np.ndarray[Any, np.dtype[np.intp]]]:
    """The values with their spellings, the first one first, and for each row the number of its value."""
    written = report.milestones.frame[by].tolist()
    spellings: dict[str, dict[str, None]] = defaultdict(dict)
    keys = {}
    for text in dict.fromkeys(written):
        keys[text] = same_person(text)
        spellings[keys[text]][" ".join(clean(text).split())] = None
    ordered = sorted(spellings, key=lambda key: (not key, _NUMBER.sub(lambda number: number[0].zfill(20), key)))
    places = {key: place for place, key in enumerate(ordered)}
    numbers = np.array([places[keys[text]] for text in written], dtype=np.intp)
    return [tuple(spellings[key]) for key in ordered], numbers


def _by_part(
    report: Report, numbers: np.ndarray[Any, np.dtype[np.intp]], findings: Iterable[Finding], many: int
) -> list[list[Finding]]:
    """The findings of each part: of its rows, and what is said of their sheets and workbooks as a whole."""
    milestones = report.milestones
    sheet_ids = {(sheet.workbook, sheet.name): place for place, sheet in enumerate(milestones.sheets)}
    of_sheet: dict[int, set[int]] = defaultdict(set)
    of_book: dict[str, set[int]] = defaultdict(set)
    rows: dict[int, int] = {}
    frame = milestones.frame
    for sheet_id, row, number in zip(frame["sheet_id"].tolist(), frame["row"].tolist(), numbers.tolist(), strict=True):
        rows[sheet_id * SHEET_ROWS + row] = number
        of_sheet[sheet_id].add(number)
        of_book[milestones.sheets[sheet_id].workbook].add(number)
    found: list[list[Finding]] = [[] for _ in range(many)]
    for finding in findings:
        sheet_id = sheet_ids.get((finding.workbook, finding.sheet), -1)
        row = rows.get(sheet_id * SHEET_ROWS + split_cell(finding.cell)[1])
        concerned: Collection[int]
        if finding.code in _NOT_READ:
            concerned = range(many)
        elif sheet_id >= 0 and row is not None:
            concerned = (row,)
        else:
            concerned = of_sheet.get(sheet_id) or of_book.get(finding.workbook) or ()
        for number in concerned:
            found[number].append(finding)
    return found


def _report(
    whole: Report,
    part: Part,
    rows: np.ndarray[Any, np.dtype[np.intp]],
    settings: Settings,
    findings: tuple[Sequence[Finding], Sequence[Finding]],
) -> Report:
    """The report over some rows of the whole, with findings that are shown and others that are kept back."""
    shown_ones, kept_back = findings
    milestones = _milestones(whole.milestones, rows)
    unread = {finding.workbook for finding in shown_ones if finding.code in _NOT_READ}
    workbooks = tuple(_workbooks(whole.workbooks, milestones.sheets, unread))
    return Report(
        settings=settings,
        workbooks=workbooks,
        milestones=milestones,
        findings=tuple(shown_ones),
        summary=summarise(milestones, workbooks, settings.ageing, [*shown_ones, *kept_back]),
        ignored=choose(kept_back, settings.choice, ()).ignored,
        kept_back=tuple(kept_back),
        part=part,
    )


def _milestones(whole: Milestones, rows: np.ndarray[Any, np.dtype[np.intp]]) -> Milestones:
    """Some rows, and the sheets they stand on."""
    frame = whole.frame.iloc[rows].reset_index(drop=True)
    on_sheet = np.bincount(whole.frame["sheet_id"], minlength=len(whole.sheets)).tolist()
    places, new, here = np.unique(frame["sheet_id"], return_inverse=True, return_counts=True)
    sheets = []
    for place, number in zip(places.tolist(), here.tolist(), strict=True):
        sheet = whole.sheets[place]
        mine = number == on_sheet[place]
        sheets.append(
            sheet if mine else replace(sheet, contract=None, contract_currency="", totals=(), totals_unread=())
        )
    return Milestones(frame.assign(sheet_id=new.astype("int64")), tuple(sheets), whole.as_of)


def _workbooks(whole: Iterable[Workbook], sheets: Iterable[Sheet], unread: Collection[str]) -> Iterator[Workbook]:
    """The workbooks that the sheets stand in, and those of which something could not be read."""
    used: Mapping[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        used[sheet.workbook].append(sheet)
    for book in whole:
        if book.path in used or book.path in unread or not book.readable:
            yield replace(book, sheets_used=tuple(used.get(book.path, ())))


def _settings(
    whole: Report, part: Part, rows: np.ndarray[Any, np.dtype[np.intp]], folder: str
) -> tuple[Settings, bool]:
    """The settings of a part: its title, its folder, and to whom its draft goes; whether that is an owner's address."""
    settings = whole.settings
    language = Language(settings.locale)
    title = _titled(language.title(settings.title), part, language)
    subject = settings.email.subject
    to = _address(settings, whole.milestones.frame["owner"].iloc[rows].unique().tolist())
    email = Email(
        (to,) if to else settings.email.to, settings.email.cc, _titled(subject, part, language) if subject else ""
    )
    return replace(settings, title=title, out=settings.out / folder, email=email), to is not None


def _titled(title: str, part: Part, language: Language) -> str:
    text = (_TITLES if part.value else _WITHOUT)[part.by]
    return language.say(text, title=_short(title), value=_short(part.value))


def _short(text: str) -> str:
    text = shown(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _address(settings: Settings, owners: Iterable[str]) -> Mailbox | None:
    """The address of the one owner of some rows; None where there are several, or [owners] has no such name."""
    names = {identity(owner) for owner in owners} - {""}
    addresses = {identity(name): mailbox for name, mailbox in settings.owners}
    return addresses.get(names.pop()) if len(names) == 1 else None
