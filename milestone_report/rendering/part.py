"""That a report is about a part of the run only, in words: every output says so, and of how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.text import shown
from milestone_report.translation import marked

if TYPE_CHECKING:
    from milestone_report.model import Part, Report
    from milestone_report.wording import Language

_WHOSE = {
    "owner": marked("owner {value}"),
    "client": marked("client {value}"),
    "project": marked("project {value}"),
}
_NOBODYS = {
    "owner": marked("without an owner"),
    "client": marked("without a client"),
    "project": marked("without a project"),
}


def whose(part: Part, language: Language) -> str:
    """Whose milestones they are: "owner Maya", "without an owner"."""
    return language.say((_WHOSE if part.value else _NOBODYS)[part.by], value=shown(part.value))


def facts(report: Report, language: Language) -> tuple[str, ...]:
    """Of how much the report is a part, and how else the name is written; nothing where it is the whole."""
    if report.part is None:
        return ()
    share = language.counted(
        "{mine} of {n} milestone", "{mine} of {n} milestones", report.part.milestones, mine=len(report.milestones.frame)
    )
    others = ", ".join(language.quoted(shown(name)) for name in report.part.spellings)
    return (share, *((language.say("also written {names}", names=others),) if others else ()))
