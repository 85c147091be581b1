"""R: a row whose cells can be read, and what it says or fails to say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.dates import spelled_date
from milestone_report.facts import phrase, phrases
from milestone_report.model import DATE_FIELDS, Notice, Severity, State, Status
from milestone_report.rules import dates
from milestone_report.rules.groups import by_project, strays, sums_of
from milestone_report.rules.rule import BILLED_OR_PAID, found, rows, rule
from milestone_report.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from milestone_report.model import Milestones


@rule(
    "R101",
    Severity.ERROR,
    "milestone",
    "Milestone has no name",
    message="This milestone has no name, though the row holds {amount}{left_out}.",
    fix="Write what the payment is for, for example Deposit, Midpoint or Final.",
    breaks=(rows({"milestone": ""}), rows({"milestone": "   ", "status": "paid"})),
    keeps=(rows(), rows({"milestone": "", "status": "void"}), rows({"milestone": "", "amount": "TBC"})),
    facts=lambda _milestones, hits: {
        "left_out": ["" if trusted else phrase(", which is in no total") for trusted in hits["trusted"]]
    },
)
def R101(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802 - a rule is named by its code
    """An amount without a name cannot be chased: nobody can tell the client what it is for.

    The money is counted where the row has a status, an invoice or a sign-off, and left out where the
    amount stands alone.
    """
    frame = milestones.frame
    return (frame["milestone"] == "") & (frame["state"] != State.VOID) & frame["amount_known"]


def _effect_of_credits(hits: pd.DataFrame) -> list[str]:
    """What a credit lowers: what is outstanding only while it is neither paid out nor still to come."""
    waits, settled = phrase("it lowers what is not billed yet"), phrase("it is settled and lowers what was paid")
    open_ones = phrase("it lowers what is outstanding")
    return [
        waits if state == State.NOT_BILLED else open_ones if outstanding else settled
        for state, outstanding in zip(hits["state"], hits["outstanding"], strict=True)
    ]


@rule(
    "R106",
    Severity.INFO,
    "amount",
    "Amount is negative: counted as a credit",
    message="{amount} is counted as a credit: {effect}, and nobody is chased for it.",
    fix="Nothing, if it is a credit note. Otherwise remove the minus sign.",
    breaks=(rows({"amount": -200.0}), rows({"amount": "(1,200.00)", "status": "paid"}), rows({"amount": -0.01})),
    keeps=(rows(), rows({"amount": 0.0}), rows({"amount": -200.0, "status": "void"})),
    facts=lambda _milestones, hits: {"effect": _effect_of_credits(hits)},
)
def R106(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A credit note belongs in the totals; a minus typed by mistake turns money owed into money given away."""
    return milestones.frame["counted"] & (milestones.frame["amount"] < 0)


@found(
    "R112",
    Severity.WARNING,
    "that cell",
    "Date is implausible",
    message="“{header}” says {value}: {why}. It is taken at its word.",
    fix="Type the date again, with all four digits of the year.",
    breaks=(
        rows({"due_date": dt.date(1926, 4, 15)}),
        rows({"due_date": dt.date(1900, 1, 4)}),
        rows({"due_date": dt.date(1999, 12, 31)}),
        rows({"expected_date": dt.date(2206, 4, 3)}, {"milestone": "Final", "paid_date": "3 April 1999"}),
        rows({"amount": "TBC", "due_date": dt.date(2036, 4, 1)}),
    ),
    keeps=(
        rows(),
        rows({"invoice_date": dt.date(2000, 1, 1), "due_date": dt.date(2036, 3, 31)}),
        rows({"status": "void", "due_date": dt.date(1926, 4, 15)}),
        rows({"due_date": "15/04/1926;15/05/1926"}),
    ),
)
def R112(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """A year of 1926 or 2206 is a slip of the finger, and one of 1900 a number that Excel shows as a date.

    A due date in the past makes an invoice overdue by a century; one far ahead hides it from
    everybody who chases. The report follows the cell all the same: no other date is certain.
    """
    live = milestones.frame[milestones.frame["state"] != State.VOID]
    far = phrase(
        "that is more than {years} years after {date}",
        years=str(dates.YEARS_AHEAD),
        date=spelled_date(milestones.as_of),
    )
    for name in DATE_FIELDS:
        early, late = live[name] < dates.EARLIEST, live[name] > dates.latest(milestones)
        odd = live[early | late]
        for sheet_id, row, date in zip(odd["sheet_id"], odd["row"], odd[name], strict=True):
            sheet = milestones.sheets[sheet_id]
            early_or_late = phrase("that is before the year 2000") if date < dates.EARLIEST else far
            facts = {"header": sheet.columns[name].header, "why": early_or_late}
            yield Notice("R112", sheet.workbook, sheet.name, sheet.cell(name, row), spelled_date(date), facts)


@found(
    "R114",
    Severity.WARNING,
    "project",
    "Project column disagrees with the sheet",
    message="{sums} counted for “{value}” here, but {said} “{project}”.",
    fix="Correct the project's name, or move the milestones to the sheet of their project.",
    breaks=(
        rows({"project": "Orchard"}, block={"Project": "Acorn app"}),
        rows(
            {"project": "Harbour app"},
            {"project": "Harbor app", "milestone": "Final"},
            block={"Project": "Harbour app"},
        ),
        rows(
            {"project": "Example 1"},
            {"project": "Example 1", "milestone": "Midpoint"},
            {"project": "Orchard", "milestone": "Final", "amount": "TBC"},
        ),
    ),
    keeps=(
        rows({"project": "Harbour app"}, block={"Project": "harbour-app"}),
        rows({"project": ""}, block={"Project": "Harbour app"}),
        rows({"project": "Harbour app"}, {"project": "Orchard", "milestone": "Final"}),
        rows({"project": "Orchard", "status": "void"}, block={"Project": "Harbour app"}),
        rows({"project": "Example 1"}, {"project": "Example 1 shop", "milestone": "Final"}),
    ),
)
def R114(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """A milestone that was pasted from another project, or a name that is misspelt, tears the project in two.

    What the row says counts. A sheet speaks for one project where the block above the table names it, or
    where most rows have the sheet's own name; a list of many projects is no contradiction.
    """
    for sheet_id, name, group in by_project(strays(milestones)):
        sheet = milestones.sheets[sheet_id]
        by_name = sheet.project == sheet.name
        facts: dict[str, str] = {
            "sums": phrases("{sums} is", "{sums} are", len(group), sums=sums_of(group)),
            "said": phrase("the sheet is called") if by_name else phrase("the block above the table says"),
            "project": sheet.project,
        }
        yield Notice("R114", sheet.workbook, sheet.name, sheet.cell("project", group["row"].iloc[0]), str(name), facts)


NOT_BILLED_OR_NOT_PAID = frozenset(
    fold(word)
    for words in (
        ("open", "unpaid", "not paid", "not yet paid", "outstanding"),
        ("offen", "noch offen", "unbezahlt", "nicht bezahlt", "noch nicht bezahlt"),
        ("impayé", "impayée", "non payé", "non payée", "pas payé", "pas encore payé", "pas encore payée", "non réglé"),
        ("no pagado", "no pagada", "sin pagar", "no cobrado", "no cobrada", "sin cobrar"),
        ("em aberto", "não pago", "não paga"),
        ("aperto", "aperta", "non pagato", "non pagata", "non saldato", "non saldata", "non incassato"),
        ("openstaand", "onbetaald", "niet betaald", "nog niet betaald"),
    )
    for word in words
)
"""Statuses that are read as sent, and may be meant of what was never invoiced."""

_READ_AS_SENT = phrase(", which is read as sent")
_IF_NOT_BILLED = phrase(
    "If it was not billed yet, write planned or draft as its status. Otherwise write the number of the invoice that "
    "went out."
)
_IF_BILLED = phrase("Write the number of the invoice that went out, or set the status back to draft if none did.")


def _how_it_was_taken(_milestones: Milestones, hits: pd.DataFrame) -> dict[str, list[str]]:
    """What a word that may mean either was taken for, and what to do."""
    either = [fold(word) in NOT_BILLED_OR_NOT_PAID for word in hits["status_text"].tolist()]
    sent = (hits["status"] == Status.SENT).tolist()  # the settings may say that the word means something else
    unclear = [word and status for word, status in zip(either, sent, strict=True)]
    return {
        "read_as": [_READ_AS_SENT if each else "" for each in unclear],
        "how": [_IF_NOT_BILLED if each else _IF_BILLED for each in unclear],
    }


@rule(
    "R115",
    Severity.ERROR,
    "invoice_number",
    "Billed or paid without an invoice number",
    message="The status is {status}{read_as}, but there is no invoice number for these {amount}.",
    fix="{how}",
    breaks=(
        rows({"invoice_number": ""}),
        rows({"invoice_number": "", "status": "open"}),
        rows({"invoice_number": " ", "status": "paid"}),
        rows({"invoice_number": "", "amount": -50.0}),
    ),
    keeps=(
        rows(),
        rows({"invoice_number": "", "status": "draft"}),
        rows({"invoice_number": None}),
        rows({"invoice_number": "", "amount": 0.0}),
        rows({"invoice_number": "", "paid": "yes"}),
    ),
    facts=_how_it_was_taken,
)
def R115(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A milestone marked as billed without an invoice number often was never invoiced, and so is never paid."""
    frame = milestones.frame
    billed = frame["counted"] & frame["state"].isin(BILLED_OR_PAID) & (frame["amount"] != 0)
    return billed & (frame["invoice_number"] == "")


@rule(
    "R116",
    Severity.WARNING,
    "invoice_number",
    "Invoice number on a milestone that is not billed",
    message="Invoice {invoice_number} is noted for these {amount}, but the status is {status}: did it go out?{due}",
    fix="Set the status to sent if the invoice went out, or remove the number.",
    breaks=(
        rows({"status": "draft"}),
        rows({"status": ""}),
        rows({"status": "draft", "due_date": "2026-03-30"}),
        rows({"status": "draft", "paid": 0.0}),
        rows({"status": "draft", "paid": -0.01, "amount": -0.01}),
    ),
    keeps=(
        rows(),
        rows({"status": "draft", "invoice_number": ""}),
        rows({"status": "draft", "paid": 0.01}),
        rows({"status": "draft", "amount": "TBC"}),
    ),
    facts=lambda milestones, hits: {
        "due": [
            phrase(" It was due on {date}.", date=spelled_date(due)) if late else ""
            for due, late in zip(hits["due_date"], hits["due_date"] < dates.as_of(milestones), strict=True)
        ]
    },
)
def R116(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Usually the invoice went out and the status was forgotten: the money is owed, but nobody chases it.

    Where money has come in already, S206 says so.
    """
    frame = milestones.frame
    unmarked = frame["counted"] & (frame["state"] == State.NOT_BILLED) & (frame["invoice_number"] != "")
    return unmarked & (frame["paid"] <= 0)


@rule(
    "R117",
    Severity.WARNING,
    "due_date",
    "Billed without a due date",
    message="{outstanding} are outstanding, but no due date says when to chase.",
    fix="Write the due date that stands on the invoice.",
    breaks=(
        rows({"due_date": ""}),
        rows({"due_date": "", "status": "overdue"}),
        rows({"due_date": "", "amount": 0.01}),
    ),
    keeps=(
        rows(),
        rows({"due_date": "", "status": "draft"}),
        rows({"due_date": "", "status": "paid"}),
        rows({"due_date": "", "amount": -50.0}),
    ),
)
def R117(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Without a due date an invoice never becomes overdue and stands in no ageing band."""
    return (milestones.frame["outstanding"] > 0) & milestones.frame["due_date"].isna()
