"""Findings ready to show, grouped by workbook and sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from milestone_report.model import Severity
from milestone_report.rendering.view.rows import Record, records
from milestone_report.rendering.view.words import isolated
from milestone_report.text import SHEET_ROWS, split_cell
from milestone_report.translation import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from milestone_report.model import Finding
    from milestone_report.rendering.view.words import Place, Words

Thing = TypeVar("Thing")

_LINES = 8
"""So many kinds of findings stand in the mail: the workbook that is attached has every one."""

_PLACES = 3
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
NAMES = {Severity.ERROR: marked("Error"), Severity.WARNING: marked("Warning"), Severity.INFO: marked("Note")}

ROW_FIELDS = ("sheet_id", "row", "project", "milestone", "owner", "client", "currency")
"""What a row must have to be named beside a finding."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, with the milestone it is about ("" where it is about none).

    `owner` and `client` are the words of the page's filters that find it. `more` says where the mail's other ones of
    this kind are, which the same `fix` mends; "" for none, and on the page, which lists each.
    """

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
    more: str = ""


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
        """What should be corrected: notes are only worth knowing."""
        return self.errors + self.warnings


def problems(words: Words, *, grouped: bool = True) -> Problems:
    """Findings by workbook and sheet: sheets with errors first, and in each the worst first.

    Not `grouped` they are a short list of errors and warnings, a line for all that one advice mends; notes are then
    only counted.
    """
    findings = words.report.findings
    by_severity = {severity: [one for one in findings if one.severity == severity] for severity in _ORDER}
    errors, warnings, notes = by_severity.values()
    if not grouped:
        return _by_advice(words, errors, warnings, len(notes))
    wanted = [*errors, *warnings, *notes]
    shown = some_of_each(wanted, words.rows, _code)
    rows = _milestones(words, shown)
    sheets: dict[tuple[str, str], list[Finding]] = {}
    for finding in shown:
        sheets.setdefault((finding.workbook, finding.sheet), []).append(finding)
    counts = _counts(words, findings)
    groups = tuple(
        ProblemGroup(
            words.place(*sheet),
            counts.get(sheet, ""),
            tuple(_problem(words, one, rows.get(finding_key(one), {})) for one in few),
        )
        for sheet, few in sheets.items()
    )
    return Problems(groups, len(errors), len(warnings), len(notes), len(wanted) - len(shown))


def _by_advice(words: Words, errors: Sequence[Finding], warnings: Sequence[Finding], notes: int) -> Problems:
    """The first of each kind of finding that has an advice of its own: errors first, then what is most often."""
    lines: list[list[Finding]] = []
    for some in (errors, warnings):
        kinds: dict[tuple[str, str], list[Finding]] = {}
        for finding in some:
            kinds.setdefault((finding.code, finding.fix), []).append(finding)
        lines += sorted(kinds.values(), key=len, reverse=True)
    shown = lines[: min(words.rows, _LINES)]
    rows = _milestones(words, [line[0] for line in shown])
    few = [
        replace(_problem(words, first, rows.get(finding_key(first), {})), more=_like_it(words, first, others))
        for first, *others in shown
    ]
    groups = (ProblemGroup(words.place(""), "", tuple(few)),) if few else ()
    more = len(errors) + len(warnings) - sum(map(len, shown))
    return Problems(groups, len(errors), len(warnings), notes, more)


def _like_it(words: Words, first: Finding, others: Sequence[Finding]) -> str:
    """Where the others are that one advice mends, some of them by name; the workbook only where it is another one."""
    if not others:
        return ""
    places = [words.place(one.workbook, one.sheet, one.cell) for one in others[:_PLACES]]
    here = words.place(first.workbook, first.sheet).workbook
    texts = [str(replace(one, workbook="") if one.workbook == here else one) for one in places]
    named = "; ".join([*filter(None, texts), *(["…"] if len(others) > _PLACES else [])])
    if not named:
        return words.counted("{n} more like it", "{n} more like it", len(others))
    said = words.counted("{n} more like it: {places}", "{n} more like it: {places}", len(others), places=named)
    return isolated(said)


def some_of_each(things: Sequence[Thing], room: int, kind: Callable[[Thing], str]) -> list[Thing]:
    """At most `room` things, in their order; where there are more, a flood of one kind does not hide the others."""
    if len(things) <= room:
        return list(things)
    left, most = room, 0
    counts = sorted(Counter(map(kind, things)).values())
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
    for place, thing in enumerate(things):
        seen[kind(thing)] += 1
        (first if seen[kind(thing)] <= most else others).append(place)
    return [things[place] for place in sorted(first + others[: room - len(first)])]


def _code(finding: Finding) -> str:
    return finding.code


def _counts(words: Words, findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """How many errors, warnings and notes each sheet has, in words."""
    numbers: dict[tuple[str, str], Counter[Severity]] = {}
    for finding in findings:
        numbers.setdefault((finding.workbook, finding.sheet), Counter())[finding.severity] += 1
    return {sheet: ", ".join(words.language.severity_counts(number)) for sheet, number in numbers.items()}


def _problem(words: Words, finding: Finding, row: Record) -> Problem:
    return Problem(
        str(finding.severity),
        words.say(NAMES[finding.severity]),
        finding.code,
        words.place(finding.workbook, finding.sheet, finding.cell),
        about(words, row),
        words.choice("owner", row.get("owner", "")),
        words.choice("client", row.get("client", "")),
        str(row.get("currency", "")),
        words.sentence(finding.message),
        words.advice(finding.fix),
    )


def about(words: Words, row: Record) -> str:
    """Which milestone a row is, "" for none."""
    return ", ".join(words.text(row[name]) for name in ("project", "milestone") if row and row[name])


def finding_key(finding: Finding) -> tuple[str, str, int]:
    """Workbook, sheet and row of a finding."""
    return finding.workbook, finding.sheet, split_cell(finding.cell)[1]


def row_key(words: Words, row: Record) -> tuple[str, str, int]:
    """The same of a milestone's row."""
    sheet = words.report.milestones.sheets[row["sheet_id"]]
    return sheet.workbook, sheet.name, row["row"]


def _milestones(words: Words, findings: Sequence[Finding]) -> dict[tuple[str, str, int], Record]:
    """The rows that findings point at, found in one pass over the frame."""
    ids = {(sheet.workbook, sheet.name): number for number, sheet in enumerate(words.report.milestones.sheets)}
    wanted = {(ids.get(key[:2], -1), key[2]) for key in map(finding_key, findings)}
    frame = words.report.milestones.frame
    if frame.empty or not wanted:
        return {}
    places = frame["sheet_id"].to_numpy(dtype="int64") * SHEET_ROWS + frame["row"].to_numpy(dtype="int64")
    met = np.isin(places, [sheet * SHEET_ROWS + row for sheet, row in wanted if sheet >= 0])
    return {row_key(words, row): row for row in records(frame, ROW_FIELDS, np.flatnonzero(met))}
