"""Which findings a run shows. What it keeps back is counted, never dropped silently."""

from __future__ import annotations

import glob
from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.choice import By, Choice, Ignore, Ignored
from milestone_report.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milestone_report.model import Finding, Severity


class Chosen(NamedTuple):
    """The findings to show in their order, how many were kept back, and the settings' ignores that nothing matched.

    `kept_back` are those that `ignored` counts.
    """

    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...]
    unused: tuple[Ignore, ...]
    kept_back: tuple[Finding, ...] = ()


def choose(findings: Iterable[Finding], choice: Choice, workbooks: Sequence[str]) -> Chosen:
    """Part the findings into those to show and those to keep back.

    `workbooks` are the paths of the run as people see them: what is ignored in others is not missed here.
    """
    ignores = [entry for entry in choice.ignore if not _overruled(entry, choice.select)]
    matching: dict[tuple[str, str, str], list[Ignore]] = {}
    shown: list[Finding] = []
    kept_back: list[Finding] = []
    counts: Counter[tuple[By, str, Severity, str]] = Counter()
    for finding in findings:
        place = finding.code, finding.workbook, finding.sheet
        if place not in matching:
            matching[place] = [entry for entry in ignores if _covers(entry, *place)]
        if choice.select and not finding.code.startswith(choice.select):
            kept_back.append(finding)
            counts[By.SELECT, finding.code, finding.severity, ""] += 1
        elif matching[place]:
            first = matching[place][0]
            kept_back.append(finding)
            counts[first.by, finding.code, finding.severity, first.reason] += 1
        else:
            shown.append(finding)
    used = {entry for entries in matching.values() for entry in entries}
    return Chosen(
        tuple(shown),
        tuple(_counted(counts)),
        tuple(entry for entry in ignores if entry not in used and _concerns(entry, workbooks)),
        tuple(kept_back),
    )


def _counted(counts: Counter[tuple[By, str, Severity, str]]) -> Iterator[Ignored]:
    order = list(By)
    for by, code, severity, reason in sorted(counts, key=lambda each: (order.index(each[0]), each[1:])):
        yield Ignored(by, code, severity, reason, counts[by, code, severity, reason])


def _overruled(entry: Ignore, select: tuple[str, ...]) -> bool:
    """Whether the command line selects a code at least as exactly as the settings ignore it."""
    named = entry.by is By.SETTINGS and entry.code
    return bool(named) and any(code.startswith(entry.code) for code in select)


def _covers(entry: Ignore, code: str, workbook: str, sheet: str) -> bool:
    return (
        code.startswith(entry.code)
        and (not entry.workbook or _is_named(workbook, entry.workbook))
        and (not entry.sheet or _fits(sheet, entry.sheet))
    )


def _concerns(entry: Ignore, workbooks: Sequence[str]) -> bool:
    """Whether the settings speak of a workbook of this run."""
    mine = not entry.workbook or any(_is_named(workbook, entry.workbook) for workbook in workbooks)
    return entry.by is By.SETTINGS and mine


def _is_named(path: str, pattern: str) -> bool:
    """Whether a workbook is meant by its path or by its name alone."""
    return _fits(path, pattern) or _fits(path.rpartition("/")[2], pattern)


def _fits(name: str, pattern: str) -> bool:
    """Whether a name that there is fits a pattern, whatever the capitals; only * is special in one."""
    literal = glob.escape(same_name(pattern)).replace("[*]", "*")
    return bool(name) and fnmatchcase(same_name(name), literal)
