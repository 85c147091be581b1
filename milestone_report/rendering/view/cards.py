"""The four answers of the first screen, and of the mail: whom to chase, what to invoice, to get signed and to fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.model import Severity
from milestone_report.rendering import doubt
from milestone_report.rendering.view.figures import credits_in
from milestone_report.rendering.view.words import clip, isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milestone_report.rendering.view import findings, lists
    from milestone_report.rendering.view.words import Sum, Words
    from milestone_report.totals import Totals

_FIRST_TO_CHASE = 3
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class CardPart:
    """A part of what the line `of` sums up. `kind` is "late" or "credit"."""

    of: str
    kind: str
    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class Card:
    """One of the four answers: `name` is also the address of its section.

    `lines` are a word and a figure each, such as a currency and its money; `parts` are what of a currency is overdue,
    and the credits beside it.
    """

    name: str
    verb: str
    count: int
    noun: str
    lines: tuple[tuple[str, str], ...]
    small: str
    parts: tuple[CardPart, ...] = ()


def chase(words: Words, unpaid: lists.Listing) -> Card:
    """What is billed and not fully paid, how much of it is overdue, and who is late longest."""
    frame = words.report.milestones.frame
    late = int((frame["unpaid"] & frame["overdue"]).sum())
    if late == unpaid.count:
        small = words.say("all of them overdue")
    else:
        small = words.say("{number} of them overdue", number=late) if late else words.say("none overdue")
    small = "; ".join(filter(None, (small, _first_to_chase(words)))) if unpaid.count else ""
    parts = tuple(part for total in words.report.summary.totals for part in _parts_of_unpaid(words, total))
    return Card("unpaid", words.say("Chase"), unpaid.count, words.say("unpaid"), _lines(unpaid.sums), small, parts)


def _parts_of_unpaid(words: Words, total: Totals) -> Iterator[CardPart]:
    """What of a currency's unpaid money is overdue, and the credits that lower it."""
    if total.overdue:
        yield CardPart(total.currency, "late", words.say("overdue"), words.sum(total.overdue, total.currency).figure)
    if credit := credits_in(words, total.currency):
        yield CardPart(total.currency, "credit", words.say("credits"), words.sum(credit, total.currency).figure)


def _first_to_chase(words: Words) -> str:
    """Who is late longest, and by how many days: a client, or the project where no client is named."""
    frame = words.report.milestones.frame
    late = frame.loc[frame["unpaid"] & frame["overdue"], ["client", "project", "days_overdue"]]
    longest: dict[str, int] = {}
    latest = late.sort_values("days_overdue", ascending=False, kind="stable").drop_duplicates(["client", "project"])
    for client, project, days in latest.itertuples(index=False):
        if name := clip(words.choice("client", client) or str(project), _LONGEST_NAME):
            longest.setdefault(name, int(days))
    first = [
        words.counted("{who} ({n} day)", "{who} ({n} days)", number, who=name)
        for name, number in [*longest.items()][:_FIRST_TO_CHASE]
    ]
    more = len(longest) - len(first)
    first += [words.say("{more} more", more=more)] if more else []
    return isolated(words.say("longest late: {who}", who=words.language.listed(first))) if first else ""


def invoice(words: Words, ready: lists.Listing, first: str) -> Card:
    """What is signed and was never invoiced."""
    oldest = next((row.signed_note for row in ready.rows if row.signed_note), "")
    longest = words.say("the longest was signed {when}", when=oldest) if oldest else ""
    small = "; ".join(filter(None, (first, longest)))
    noun = words.say("signed, not invoiced")
    return Card("ready", words.say("Invoice now"), ready.count, noun, _lines(ready.sums), small)


def sign(words: Words, billed: lists.Listing, not_billed: lists.Listing) -> Card:
    """What was billed without a sign-off."""
    small = words.say("and {number} more not billed yet", number=not_billed.count) if not_billed.count else ""
    noun = words.say("billed without sign-off")
    return Card("unsigned", words.say("Get the signature"), billed.count, noun, _lines(billed.sums), small)


def fix(words: Words, problems: findings.Problems) -> Card:
    """What is wrong in the workbooks, and the money in doubt."""
    numbers = {
        Severity.ERROR: problems.errors,
        Severity.WARNING: problems.warnings,
        Severity.INFO: problems.notes,
    }
    left_out = words.report.summary.control.rows_left_out
    kept_out = sum(each.findings for each in words.report.ignored)
    small = [*doubt.sentences(words.report.summary.control.in_doubt, words.language)][:1]
    if left_out:
        small.append(
            words.counted("{n} milestone left out of the figures", "{n} milestones left out of the figures", left_out)
        )
    if kept_out:
        small.append(words.counted("{n} finding not shown", "{n} findings not shown", kept_out))
    return Card(
        "problems",
        words.say("Fix the workbooks") if words.several_workbooks else words.say("Fix the workbook"),
        problems.count,
        words.counted("problem", "problems", problems.count),
        tuple(_parted(words, severity, number) for severity, number in numbers.items() if number),
        "; ".join(small),
    )


def _parted(words: Words, severity: Severity, number: int) -> tuple[str, str]:
    """The noun in its right form and the number, which stand apart: ("errors", "2")."""
    figure = words.language.number(number)
    return words.language.severity_count(severity, number).replace(figure, "", 1).strip(), figure


def _lines(sums: Iterable[Sum]) -> tuple[tuple[str, str], ...]:
    return tuple((one.currency, one.figure) for one in sums)
