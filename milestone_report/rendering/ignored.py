"""What was kept out of the findings, in words: every output says how many and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.choice import By
from milestone_report.text import counted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.choice import Ignore, Ignored
    from milestone_report.model import Report

_NAMED = 12
"""Codes in one sentence; summary.json and the sheet Control of summary.xlsx have all."""

HOW = {
    By.SELECT: "not asked for with --select",
    By.IGNORE: "ignored by --ignore",
    By.SETTINGS: "ignored by the settings",
}


def how_many(report: Report) -> Iterator[str]:
    """How many findings were kept out, a phrase for each who did: "12 ignored by the settings"."""
    for by, entries in _by_whom(report):
        yield f"{sum(each.findings for each in entries):,} {HOW[by]}"


def sentences(report: Report) -> Iterator[str]:
    """The same with the codes: "12 findings were ignored by the settings: S201 (12, client pays quarterly)."."""
    for by, entries in _by_whom(report):
        number = sum(each.findings for each in entries)
        codes = [_code(each) for each in entries[:_NAMED]]
        if len(entries) > _NAMED:
            codes.append(f"and {len(entries) - _NAMED:,} more")
        were = "was" if number == 1 else "were"
        yield f"{counted(number, 'finding')} {were} {HOW[by]}: {', '.join(codes)}."


def unused(report: Report) -> Iterator[str]:
    """The settings' ignores that nothing matched: "S204 in the sheet “Old” (client moved)"."""
    return map(_entry, report.unused)


def _by_whom(report: Report) -> list[tuple[By, list[Ignored]]]:
    found = [(by, [each for each in report.ignored if each.by is by]) for by in By]
    return [(by, entries) for by, entries in found if entries]


def _code(ignored: Ignored) -> str:
    reason = f", {shown(ignored.reason)}" if ignored.reason else ""
    return f"{ignored.code} ({ignored.findings:,}{reason})"


def _entry(entry: Ignore) -> str:
    sheet = f" in the sheet “{shown(entry.sheet)}”" if entry.sheet else ""
    workbook = f" of “{shown(entry.workbook)}”" if entry.workbook else ""
    reason = f" ({shown(entry.reason)})" if entry.reason else ""
    return f"{entry.code or 'everything'}{sheet}{workbook}{reason}"
