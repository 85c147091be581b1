"""Findings ready to show, grouped by workbook and sheet, and the warnings above the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from milestone_report.model import Severity, State
from milestone_report.rendering.view.rows import Record, records, where
from milestone_report.text import counted, split_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milestone_report.model import Finding
    from milestone_report.rendering.view.words import Place, Words

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}

# Why a row can be left out of the figures, the reason to name first at the front.
_NOT_TRUSTED = ("R103", "R102", "R108", "R109", "R113", "R104", "R105")
_NOT_IN_FIGURES = ("W001", "W002", "W011", "W005")
_NOT_CHECKED = ("F305",)
_NOT_SAVED = ("W003",)
_IN_A_BANNER = 5
_FIELDS = ("sheet_id", "row", "project", "milestone", "owner", "client", "currency")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, with the milestone it is about ("" where it is about none)."""

    severity: str
    name: str
    code: str
    place: Place
    about: str
    owner: str
    client: str
    currency: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The findings of one sheet, worst first; `counts` covers those not shown too."""

    place: Place
    counts: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """All findings; `more` are not shown. `errors`, `warnings` and `notes` count every one."""

    groups: tuple[ProblemGroup, ...]
    errors: int
    warnings: int
    notes: int
    more: int

    @property
    def count(self) -> int:
        """What should be mended: notes are only worth knowing."""
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of a banner: where, and what is the matter."""

    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Banner:
    """Something a reader must know before the figures; `more` remarks are not shown."""

    title: str
    remarks: tuple[Remark, ...]
    more: int


def problems(words: Words, *, grouped: bool = True) -> Problems:
    """Findings by workbook and sheet: sheets with errors first, and in each the worst first.

    Not `grouped` they are one list of errors and warnings; notes are then only counted.
    """
    findings = words.report.findings
    by_severity = {severity: [one for one in findings if one.severity == severity] for severity in _ORDER}
    errors, warnings, notes = by_severity.values()
    if grouped:
        wanted = [*errors, *warnings, *notes]
        shown = _some_of_each(wanted, words.rows)
    else:
        wanted = [*errors, *warnings]
        shown = _some_of_each(errors, words.rows)
        shown += _some_of_each(warnings, words.rows - len(shown))
    rows = _milestones(words, shown)
    sheets: dict[tuple[str, str], list[Finding]] = {}
    for finding in shown:
        sheets.setdefault((finding.workbook, finding.sheet) if grouped else ("", ""), []).append(finding)
    counts = _counts(findings)
    groups = tuple(
        ProblemGroup(
            words.place(*sheet),
            counts.get(sheet, ""),
            tuple(_problem(words, finding, rows.get(_key(finding), {})) for finding in few),
        )
        for sheet, few in sheets.items()
    )
    return Problems(groups, len(errors), len(warnings), len(notes), len(wanted) - len(shown))


def _some_of_each(findings: Sequence[Finding], room: int) -> list[Finding]:
    """At most `room` findings, in their order; where there are more, a flood of one code does not hide the others."""
    if len(findings) <= room:
        return list(findings)
    left, most = room, 0
    counts = sorted(Counter(finding.code for finding in findings).values())
    for number, count in enumerate(counts):
        codes = len(counts) - number  # so many codes have as many findings or more: they share what is left
        if left < (count - most) * codes:
            most += left // codes
            break
        left -= (count - most) * codes
        most = count
    seen: Counter[str] = Counter()
    first: list[int] = []
    others: list[int] = []
    for place, finding in enumerate(findings):
        seen[finding.code] += 1
        (first if seen[finding.code] <= most else others).append(place)
    return [findings[place] for place in sorted(first + others[: room - len(first)])]


def _counts(findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """How many errors, warnings and notes each sheet has, in words."""
    numbers: dict[tuple[str, str], Counter[Severity]] = {}
    for finding in findings:
        numbers.setdefault((finding.workbook, finding.sheet), Counter())[finding.severity] += 1
    return {
        sheet: ", ".join(counted(number[severity], NAMES[severity].lower()) for severity in _ORDER if number[severity])
        for sheet, number in numbers.items()
    }


def _problem(words: Words, finding: Finding, row: Record) -> Problem:
    return Problem(
        str(finding.severity),
        NAMES[finding.severity],
        finding.code,
        words.place(finding.workbook, finding.sheet, finding.cell),
        _about(words, row),
        words.text(row.get("owner", "")),
        words.text(row.get("client", "")),
        str(row.get("currency", "")),
        words.sentence(finding.message),
        words.sentence(finding.fix),
    )


def banners(words: Words) -> tuple[Banner, ...]:
    """What is not in the figures, what was not checked, what was not saved."""
    found = [
        _left_out(words),
        _of_codes(words, _NOT_IN_FIGURES, ("workbook or sheet is", "workbooks or sheets are"), "not in these figures"),
        _of_codes(words, _NOT_CHECKED, ("sign-off folder", "sign-off folders"), "could not be reached"),
        _of_codes(words, _NOT_SAVED, ("workbook is", "workbooks are"), "open in Excel: unsaved edits are not included"),
    ]
    return tuple(banner for banner in found if banner)


def _left_out(words: Words) -> Banner | None:
    control = words.report.summary.control
    if not control.rows_left_out:
        return None
    sums = [words.sum(one.amount, one.currency) for one in control.left_out if one.amount]
    money = " and ".join(str(one) if one.currency else f"{one} without a currency" for one in sums)
    known = f", {money} as far as it can be read" if sums else ""
    are = "is" if control.rows_left_out == 1 else "are"
    title = f"{counted(control.rows_left_out, 'milestone')} {are} not in these figures{known}."
    frame = words.report.milestones.frame
    left_out = where(~frame["counted"] & (frame["state"] != State.VOID), frame)
    rows = records(frame, _FIELDS, left_out[:_IN_A_BANNER])
    reasons = _reasons(words, {_row_key(words, row) for row in rows})
    remarks = tuple(_left_out_remark(words, row, reasons.get(_row_key(words, row))) for row in rows)
    return Banner(title, remarks, control.rows_left_out - len(remarks))


def _left_out_remark(words: Words, row: Record, why: Finding | None) -> Remark:
    about = _about(words, row)
    if why is None:
        return Remark(words.row_place(row["sheet_id"], "amount", row["row"]), about)
    value = f"“{words.text(why.value)}”" if why.value and why.value not in why.message else ""
    said = ", ".join(part for part in (value, about) if part)
    message = words.sentence(why.message)
    return Remark(words.place(why.workbook, why.sheet, why.cell), f"{said}: {message}" if said else message)


def _about(words: Words, row: Record) -> str:
    return ", ".join(words.text(row[name]) for name in ("project", "milestone") if row and row[name])


def _reasons(words: Words, keys: set[tuple[str, str, int]]) -> dict[tuple[str, str, int], Finding]:
    """For each row left out, the finding that says why."""
    reasons: dict[tuple[str, str, int], Finding] = {}
    for finding in words.report.findings:
        if finding.code in _NOT_TRUSTED and (key := _key(finding)) in keys:
            best = reasons.get(key)
            if best is None or _NOT_TRUSTED.index(finding.code) < _NOT_TRUSTED.index(best.code):
                reasons[key] = finding
    return reasons


def _of_codes(words: Words, codes: Sequence[str], nouns: tuple[str, str], what: str) -> Banner | None:
    found = [finding for finding in words.report.findings if finding.code in codes]
    remarks = [Remark(words.place(one.workbook, one.sheet, one.cell), words.sentence(one.message)) for one in found]
    if "W001" in codes:  # a rule can be switched off; a workbook that is not in the figures is still said
        told = {finding.workbook for finding in found}
        silent = [book for book in words.report.workbooks if not book.readable and book.path not in told]
        remarks += [Remark(words.place(book.path), "could not be read") for book in silent]
    if not remarks:
        return None
    title = f"{counted(len(remarks), *nouns)} {what}."
    return Banner(title, tuple(remarks[:_IN_A_BANNER]), max(len(remarks) - _IN_A_BANNER, 0))


def _key(finding: Finding) -> tuple[str, str, int]:
    return finding.workbook, finding.sheet, split_cell(finding.cell)[1]


def _row_key(words: Words, row: Record) -> tuple[str, str, int]:
    sheet = words.report.milestones.sheets[row["sheet_id"]]
    return sheet.workbook, sheet.name, row["row"]


def _milestones(words: Words, findings: Sequence[Finding]) -> dict[tuple[str, str, int], Record]:
    """The rows that findings point at, found in one pass over the frame."""
    ids = {(sheet.workbook, sheet.name): number for number, sheet in enumerate(words.report.milestones.sheets)}
    wanted = {(ids.get(key[:2], -1), key[2]) for key in map(_key, findings)}
    frame = words.report.milestones.frame
    if frame.empty or not wanted:
        return {}
    # One number for sheet and row: Excel has fewer than 2**21 rows (ECMA-376: 1,048,576).
    places = frame["sheet_id"].to_numpy(dtype="int64") * 2**21 + frame["row"].to_numpy(dtype="int64")
    met = np.isin(places, [sheet * 2**21 + row for sheet, row in wanted if sheet >= 0])
    return {_row_key(words, row): row for row in records(frame, _FIELDS, np.flatnonzero(met))}
