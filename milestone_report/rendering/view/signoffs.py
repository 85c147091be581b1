"""A milestone's sign-off ready to show: a mark, what is known about it, and the files that were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.model import Evidence
from milestone_report.rendering.view.words import isolated
from milestone_report.translation import marked_forms
from milestone_report.wording import DOUBTFUL, EVIDENCE_WORDS

if TYPE_CHECKING:
    import pandas as pd

    from milestone_report.rendering.view.rows import Record
    from milestone_report.rendering.view.words import File, Words
    from milestone_report.wording import Language

YES, NO, OPEN, DOUBT = "yes", "no", "open", "doubt"
SIGNOFF_FIELDS = ("signoff_about", "signoff_path", "signoff_hint", "signoff_odd", "evidence")
"""The columns of a frame's row that `signoff` looks at."""

_NAMED = 3

_MARKS = {
    Evidence.FOUND: YES,
    Evidence.MISSING: NO,
    Evidence.EMPTY: NO,
    Evidence.REFUSED: NO,
    Evidence.NONE: NO,
    Evidence.LINK: OPEN,
    Evidence.UNCHECKED: OPEN,
}

# Why a sign-off does not count: where one name decided, and where several did.
_REASONS = {
    Evidence.MISSING: marked_forms("{names} is not in the folder", "{names} are not in the folder"),
    Evidence.EMPTY: marked_forms("{names} is an empty file", "{names} are empty files"),
    Evidence.REFUSED: marked_forms("{names} points outside the folder", "{names} point outside the folder"),
    Evidence.NONE: marked_forms("nothing attached", "nothing attached"),
    Evidence.LINK: marked_forms("a web address, not opened: {names}", "web addresses, not opened: {names}"),
    Evidence.UNCHECKED: marked_forms("{names} could not be looked for", "{names} could not be looked for"),
}


@dataclass(frozen=True, slots=True)
class Signoff:
    """A sign-off: a mark (YES, NO, OPEN or DOUBT), what is known in few words, and the whole reason.

    `files` are those that were found, `names` those that decided that it does not count. DOUBT counts as signed,
    since a file is there; but the file is not what its name says, and `reason` tells what it is.
    """

    mark: str
    words: str
    reason: str
    names: tuple[str, ...]
    files: tuple[File, ...]


def signoff(words: Words, row: Record) -> Signoff:
    """The sign-off of a row that has SIGNOFF_FIELDS."""
    evidence = Evidence(row["evidence"])
    files = tuple(words.file(path) for path in row["signoff_path"].splitlines() if path)
    if evidence == Evidence.FOUND and row["signoff_odd"]:
        return Signoff(DOUBT, words.say(DOUBTFUL), words.sentence(words.language.told(row["signoff_odd"])), (), files)
    if evidence == Evidence.FOUND:
        return Signoff(YES, words.say(EVIDENCE_WORDS[evidence]), "", (), files)
    named = [words.text(name) for name in row["signoff_about"].splitlines() if name.strip()]
    if evidence == Evidence.UNCHECKED and not named:
        no_column = words.say("the sheet has no sign-off column")
        return Signoff(OPEN, words.say("no sign-off column"), no_column, (), ())
    names = (*named[:_NAMED], "…") if len(named) > _NAMED else tuple(named)
    reason = _reason(words, evidence, named, words.text(words.language.told(row["signoff_hint"])))
    return Signoff(_MARKS[evidence], words.say(EVIDENCE_WORDS[evidence]), reason, names, files)


def look_first(frame: pd.DataFrame, language: Language) -> str:
    """How many of those that are ready to bill rest on a file that is not what its name says; "" for none."""
    number = int((frame["ready_to_bill"] & (frame["signoff_odd"] != "")).sum())
    return language.say("{number} of them to look at first", number=number) if number else ""


def _reason(words: Words, evidence: Evidence, names: list[str], hint: str) -> str:
    """Why a sign-off does not count, in a sentence's words."""
    quoted = ", ".join(map(words.language.quoted, names[:_NAMED])) + (" …" if len(names) > _NAMED else "")
    reason = words.counted(*_REASONS[evidence], len(names), names=quoted)
    if hint and evidence == Evidence.MISSING:
        reason = words.say("{reason}; did you mean “{hint}”?", reason=reason, hint=hint)
    return isolated(reason)
