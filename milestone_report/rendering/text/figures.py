"""What `report` prints first: the four answers in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.model import Evidence, Severity
from milestone_report.rendering import changes, ignored, unread
from milestone_report.rendering.doubt import ahead
from milestone_report.rendering.text.findings import in_doubt
from milestone_report.rendering.view.signoffs import look_first
from milestone_report.text import clean
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.model import Report
    from milestone_report.totals import Totals


def figures(report: Report) -> Iterator[Text]:
    """The four answers of the report with their money, what changed since the last one, and what was left out."""
    language, frame = Language(report.settings.locale), report.milestones.frame
    yield Text(language.say("Milestones on {date}", date=report.settings.as_of), style="bold")
    yield from _in_columns(_answers(report, language), language)
    if report.changes:
        yield Text(changes.sentence(report.changes, language))
        yield from (Text(remark, style="yellow") for remark in changes.remarks(report.changes, language))
    yield from (Text(f"  {sentence}", style="dim") for sentence in ignored.sentences(report, language))
    unreached = [finding.message for finding in report.findings if finding.code == "F305"]
    if not unreached and any(each.code == "F305" for each in report.ignored):
        unchecked = int((frame["evidence"] == Evidence.UNCHECKED).sum())
        unreached = [
            language.counted(
                "Sign-offs that were not checked: those of {n} milestone.",
                "Sign-offs that were not checked: those of {n} milestones.",
                unchecked,
            )
        ]
    yield from (Text(message, style="yellow") for message in unreached)
    yield from (Text(sentence, style="bold red") for sentence in ahead(report, language))
    yield from left_out(report, language)
    yield from _unread(report, language)
    if report.summary.control.in_doubt.milestones:
        yield from in_doubt(report.summary.control, language)


def _answers(report: Report, language: Language) -> Iterator[tuple[str, int, str, str]]:
    """The four: what to do, how many there are of what, and the money of them."""
    say, frame, totals = language.say, report.milestones.frame, report.summary.totals
    billed_unsigned = int((frame["unsigned"] & (frame["state"] != "not_billed")).sum())
    errors = sum(finding.severity is Severity.ERROR for finding in report.findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    notes = len(report.findings) - errors - warnings
    kinds = [
        language.counted("{n} error", "{n} errors", errors),
        language.counted("{n} warning", "{n} warnings", warnings),
        *([language.counted("plus {n} note", "plus {n} notes", notes)] if notes else []),
    ]
    yield say("Chase"), int(frame["unpaid"].sum()), say("unpaid"), _owed(report, language)
    ready = "; ".join(filter(None, (_sums(totals, "ready_to_bill", language), look_first(frame, language))))
    yield say("Invoice now"), int(frame["ready_to_bill"].sum()), say("signed, not invoiced"), ready
    unsigned = _sums(totals, "unsigned_billed", language)
    yield say("Get the signature"), billed_unsigned, say("billed without sign-off"), unsigned
    several = len(report.workbooks) > 1
    fix = say("Fix the workbooks") if several else say("Fix the workbook")
    yield fix, errors + warnings, language.counted("problem", "problems", errors + warnings), ", ".join(kinds)


def _in_columns(answers: Iterator[tuple[str, int, str, str]], language: Language) -> Iterator[Text]:
    rows = list(answers)
    verb_width = max(18, *(len(verb) + 1 for verb, *_ in rows))
    what_width = max(24, *(len(what) + 2 for _, _, what, _ in rows))
    for verb, number, what, sums in rows:
        count = f"{language.number(number):>5}  {what:<{what_width}}"
        yield Text.assemble((f"  {verb:<{verb_width}}", "bold"), count, (sums, "bold"))


def left_out(report: Report, language: Language) -> Iterator[Text]:
    """How many milestones are in no figure, and what they come to; nothing where all are."""
    control = report.summary.control
    if control.rows_left_out:
        what = language.counted("{n} milestone", "{n} milestones", control.rows_left_out)
        if money := language.amounts(control.left_out, control.left_out_without_currency):
            what = language.say("{milestones} (what can be read of the money: {money})", milestones=what, money=money)
        said = language.say("Not in these figures: {what}. The page names the cells.", what=what)
        yield Text(said, style="yellow")


def _unread(report: Report, language: Language) -> Iterator[Text]:
    for sentence in unread.sentences(report, language):
        said = language.say("{what}. What is missing is in no figure.", what=sentence)
        yield Text(clean(said), style="yellow")
    yield from (Text(f"  {reason}", style="dim") for reason in unread.reasons(report))


def _owed(report: Report, language: Language) -> str:
    """What the unpaid milestones come to: credits are nobody's to chase."""
    frame = report.milestones.frame
    owed = frame[frame["unpaid"]].groupby("currency")["outstanding"].sum()
    return ", ".join(language.money(int(amount), str(code)) for code, amount in owed.items())


def _sums(totals: Sequence[Totals], name: str, language: Language) -> str:
    return ", ".join(language.money(getattr(each, name), each.currency) for each in totals if getattr(each, name))
