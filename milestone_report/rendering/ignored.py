"""What was kept out of the findings, in words: every output says how many and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.choice import By
from milestone_report.text import shown
from milestone_report.translation import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.choice import Ignore, Ignored
    from milestone_report.model import Report
    from milestone_report.wording import Language

_NAMED = 12
"""Codes in one sentence; summary.json and the sheet Control of summary.xlsx have all."""

HOW = {
    By.SELECT: marked("not asked for with --select"),
    By.IGNORE: marked("ignored by --ignore"),
    By.SETTINGS: marked("ignored by the settings"),
}


def how_many(report: Report, language: Language) -> Iterator[str]:
    """How many findings were kept out, a phrase for each who did: "12 ignored by the settings"."""
    for by, entries in _by_whom(report):
        yield f"{language.number(sum(each.findings for each in entries))} {language.say(HOW[by])}"


def sentences(report: Report, language: Language) -> Iterator[str]:
    """The same with the codes: "12 findings were ignored by the settings: S201 (12, client pays quarterly)."."""
    for by, entries in _by_whom(report):
        number = sum(each.findings for each in entries)
        codes = [_code(each, language) for each in entries[:_NAMED]]
        if len(entries) > _NAMED:
            codes.append(language.say("and {more} more", more=len(entries) - _NAMED))
        how = language.say(HOW[by])
        yield language.counted(
            "{n} finding was {how}: {codes}.",
            "{n} findings were {how}: {codes}.",
            number,
            how=how,
            codes=", ".join(codes),
        )


def unused(report: Report, language: Language) -> Iterator[str]:
    """The settings' ignores that nothing matched: "S204 in the sheet “Old” (client moved)"."""
    return (_entry(each, language) for each in report.unused)


def _by_whom(report: Report) -> list[tuple[By, list[Ignored]]]:
    found = [(by, [each for each in report.ignored if each.by is by]) for by in By]
    return [(by, entries) for by, entries in found if entries]


def _code(ignored: Ignored, language: Language) -> str:
    reason = f", {shown(ignored.reason)}" if ignored.reason else ""
    return f"{ignored.code} ({language.number(ignored.findings)}{reason})"


def _entry(entry: Ignore, language: Language) -> str:
    what = entry.code or language.say("everything")
    sheet, workbook = shown(entry.sheet), shown(entry.workbook)
    if sheet and workbook:
        what = language.say("{what} in the sheet “{sheet}” of “{workbook}”", what=what, sheet=sheet, workbook=workbook)
    elif sheet:
        what = language.say("{what} in the sheet “{sheet}”", what=what, sheet=sheet)
    elif workbook:
        what = language.say("{what} of “{workbook}”", what=what, workbook=workbook)
    return f"{what} ({shown(entry.reason)})" if entry.reason else what
