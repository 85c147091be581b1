"""R: what a single row says, or fails to say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.dates import spelled_date
from milestone_report.model import DATE_FIELDS, Notice, Severity, State
from milestone_report.rules.rule import BILLED_OR_PAID, Example, found, noticed, rows, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import Milestones

_HEADER = ("Milestone", "Amount", "Status")
_NO_CURRENCY: dict[str, object] = {"currency": ""}
_PLANNED: dict[str, object] = {"status": "", "invoice_number": "", "signoff": ""}

_EARLIEST = pd.Timestamp(2000, 1, 1)
_YEARS_AHEAD = 10


@rule(
    "R101",
    Severity.ERROR,
    "milestone",
    "Milestone has no name",
    message="This milestone has no name, though the row holds {amount}{left_out}.",
    fix="Write what the payment is for, for example Deposit, Midpoint or Final.",
    breaks=(rows({"milestone": ""}), rows({"milestone": "   ", "status": "paid"})),
    keeps=(rows(), rows({"milestone": "", "status": "void"})),
    facts=lambda _milestones, hits: {
        "left_out": ["" if trusted else ", which is in no total" for trusted in hits["trusted"]]
    },
)
def R101(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802 - a rule is named by its code
    """An amount without a name cannot be chased: nobody can tell the client what it is for.

    The money is counted where the row has a status, an invoice or a sign-off, and left out where the
    amount stands alone.
    """
    frame = milestones.frame
    return (frame["milestone"] == "") & (frame["state"] != State.VOID) & frame["amount_known"]


R102 = noticed(
    "R102",
    Severity.ERROR,
    "amount",
    "Amount is missing",
    message="This milestone has no amount, so it is in no total.",
    fix="Type the agreed amount, or 0 until it is agreed.",
    why="A forgotten amount makes the project look cheaper than the contract and is never invoiced.",
    breaks=(rows({"amount": ""}), rows({"amount": "  "})),
    keeps=(rows(), rows({"amount": 0.0})),
)

R103 = noticed(
    "R103",
    Severity.ERROR,
    "amount",
    "Amount is not a number",
    message="{what} “{value}” {why}, {so}.",
    fix="Type a plain number, such as 1200.50, and let Excel's number format add separators and the currency.",
    why="“TBC” or “12k” has no value, and “1.200” is twelve hundred to one reader and one point two to another. "
    "A wrong number is worse than a missing one, so it is not guessed.",
    breaks=(
        rows({"amount": "TBC"}),
        rows({"amount": "12k"}),
        rows({"amount": "1.200"}),
        rows({"amount": dt.date(2026, 3, 1)}),
        rows({"paid": "yes"}),
    ),
    keeps=(
        rows(),
        rows({"amount": "1,200.50"}),
        rows({"amount": "€ 1.200,50"}),
        rows({"amount": "(1,200.00)"}),
        rows({"amount": "1,00,000.00"}),
    ),
)

R104 = noticed(
    "R104",
    Severity.ERROR,
    "",
    "Formula without a saved result",
    message="The formula {value} has no saved result, so its value is not known.",
    fix="Open the workbook in Excel, let it calculate, and save it.",
    why="A file written by another program may hold formulas that were never calculated. They look empty to every "
    "reader but Excel.",
    breaks=(Example(cells=(_HEADER, ("Deposit", "=2*500", "draft"))), rows({"due_date": "=TODAY()"})),
    keeps=(rows(), rows({"amount": 1000.0})),
)

R105 = noticed(
    "R105",
    Severity.ERROR,
    "",
    "Cell holds an Excel error",
    message="This cell shows the Excel error {value}, so its value is not known.",
    fix="Mend the formula: the cell it refers to was deleted, renamed or is not a number.",
    why="An error in an amount or a date silently drops the milestone from every SUM and every filter.",
    breaks=(rows({"amount": "#N/A"}), rows({"due_date": "#REF!"})),
    keeps=(rows(), rows({"note": "see #4"})),
)


@rule(
    "R106",
    Severity.INFO,
    "amount",
    "Amount is negative: counted as a credit",
    message="{amount} is counted as a credit: it lowers what is outstanding, and nobody is chased for it.",
    fix="Nothing, if it is a credit note. Otherwise remove the minus sign.",
    breaks=(rows({"amount": -200.0}), rows({"amount": "(1,200.00)", "status": "paid"})),
    keeps=(rows(), rows({"amount": 0.0})),
)
def R106(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A credit note belongs in the totals; a minus typed by mistake turns money owed into money given away."""
    return milestones.frame["counted"] & (milestones.frame["amount"] < 0)


R107 = noticed(
    "R107",
    Severity.WARNING,
    "amount",
    "Amount has more decimals than the currency",
    message="{what} {value} has more decimals than the currency can hold; it was read as {read_as}.",
    fix="Round the amount in Excel, for example with =ROUND(A1,2).",
    why="Cells show two decimals but may hold more. Sums of such cells drift from what stands on the invoices.",
    breaks=(rows({"amount": 10.005}), rows({"amount": 1500.5, "currency": "JPY"})),
    keeps=(rows({"amount": 10.05}), rows({"amount": 0.1 + 0.2}), rows({"amount": 1.234, "currency": "KWD"})),
)

R108 = noticed(
    "R108",
    Severity.ERROR,
    "amount",
    "No currency can be found",
    message="The currency of {value} is not known: {why}. It is in no total.",
    fix="Write the currency's code (EUR, GBP, USD …) in a Currency column or beside “Currency” above the table.",
    why="Amounts of unlike currencies must never be added. Where nothing says the currency it is not guessed.",
    breaks=(rows(_NO_CURRENCY), rows({"currency": None, "amount": "$1,200"})),
    keeps=(
        rows(),
        rows(_NO_CURRENCY, block={"Currency": "EUR"}),
        rows({"currency": None, "amount": "$1,200"}, block={"Currency": "USD"}),
    ),
)

R109 = noticed(
    "R109",
    Severity.ERROR,
    "currency",
    "Unknown currency code",
    message="“{value}” cannot be the currency here: {why}. This amount is in no total.",
    fix="Use the three-letter code, such as EUR, GBP or USD.",
    why="A mistyped code would open a currency of its own with totals that nobody looks at.",
    breaks=(rows({"currency": "EURO"}), rows({"currency": "GBP", "amount": "€ 1.200,50"})),
    keeps=(rows({"currency": "eur"}), rows({"currency": "€"})),
)

R110 = noticed(
    "R110",
    Severity.ERROR,
    "",
    "Date is not a date, or is ambiguous",
    message="{what} “{value}” cannot be read: {why}.",
    fix="Type the date again so that Excel takes it for one (it then stands at the right of its cell), or write it "
    "as 2026-04-03.",
    why="03/04/2026 is in March or in April, depending on who reads it. A wrong due date chases too early or never.",
    breaks=(rows({"due_date": "03/04/2026"}), rows({"due_date": "28/1/19;12/2/19"}), rows({"due_date": "soon"})),
    keeps=(rows({"due_date": "2026-04-03"}), rows({"due_date": "31/12/2026"}), rows({"due_date": ""})),
)

R111 = noticed(
    "R111",
    Severity.WARNING,
    "",
    "Interpreted: stored as text or a bare number, or shown in two ways",
    message="{what} “{value}” was read as {read_as}, though {why}.",
    fix="Type it again as what it is: a number or date that Excel can add and sort, one and the same currency, or "
    "text after an apostrophe.",
    why="Excel's own SUM, filters and sorting pass over such cells, so the workbook and this report will differ. "
    "Where a cell can be taken in two ways, this says which way it was taken.",
    breaks=(
        rows({"amount": "€ 1.200,50"}),
        rows({"due_date": "31/12/2026"}),
        rows({"due_date": 46131.0}),
        rows({"invoice_number": dt.date(2026, 4, 3)}),
    ),
    keeps=(rows(), rows({"due_date": dt.date(2026, 12, 31)}), rows({"invoice_number": 2041.0})),
)


@found(
    "R112",
    Severity.WARNING,
    "",
    "Date is implausible",
    message="“{header}” says {value}: {why}. It is taken at its word.",
    fix="Type the date again, with all four digits of the year.",
    breaks=(
        rows({"due_date": dt.date(1926, 4, 15)}),
        rows({"due_date": dt.date(1900, 1, 4)}),
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
    latest = pd.Timestamp(milestones.as_of) + pd.DateOffset(years=_YEARS_AHEAD)
    for name in DATE_FIELDS:
        early, late = live[name] < _EARLIEST, live[name] > latest
        odd = live[early | late]
        for sheet_id, row, date in zip(odd["sheet_id"], odd["row"], odd[name], strict=True):
            sheet = milestones.sheets[sheet_id]
            why = f"that is more than {_YEARS_AHEAD} years after {spelled_date(milestones.as_of)}"
            facts = {
                "header": sheet.columns[name].header,
                "why": "that is before the year 2000" if date < _EARLIEST else why,
            }
            yield Notice("R112", sheet.workbook, sheet.name, sheet.cell(name, row), spelled_date(date), facts)


R113 = noticed(
    "R113",
    Severity.ERROR,
    "status",
    "Unknown status",
    message="The status “{value}” is not known, so this milestone is in no total.{suggestion}",
    fix="Use draft, sent, partially paid, paid, overdue or void; leave it blank while the milestone is planned.",
    why="The status decides whether an amount is owed, still to be invoiced or settled. It is not guessed.",
    breaks=(rows({"status": "payed"}), rows({"status": "Ready for review "})),
    keeps=(rows({"status": "Invoiced"}), rows({"status": " PAID "}), rows(_PLANNED)),
)


@rule(
    "R115",
    Severity.ERROR,
    "invoice_number",
    "Billed or paid without an invoice number",
    message="The status is “{status}”, but there is no invoice number for these {amount}.",
    fix="Write the number of the invoice that went out, or set the status back to draft if none did.",
    breaks=(rows({"invoice_number": ""}), rows({"invoice_number": " ", "status": "paid"})),
    keeps=(rows(), rows({"invoice_number": "", "status": "draft"}), rows({"invoice_number": None})),
)
def R115(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A milestone marked as billed without an invoice number often was never invoiced, and so is never paid."""
    frame = milestones.frame
    return frame["counted"] & frame["state"].isin(BILLED_OR_PAID) & (frame["invoice_number"] == "")


@rule(
    "R116",
    Severity.WARNING,
    "invoice_number",
    "Invoice number on a milestone that is not billed",
    message="Invoice {invoice_number} is noted, but the status is “{status}”: did it go out?",
    fix="Set the status to sent if the invoice went out, or remove the number.",
    breaks=(rows({"status": "draft"}), rows({"status": ""})),
    keeps=(rows(), rows({"status": "draft", "invoice_number": ""})),
)
def R116(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Usually the invoice went out and the status was forgotten: the money is owed, but nobody chases it."""
    frame = milestones.frame
    return frame["counted"] & (frame["state"] == State.NOT_BILLED) & (frame["invoice_number"] != "")


@rule(
    "R117",
    Severity.WARNING,
    "due_date",
    "Billed without a due date",
    message="{outstanding} are outstanding, but no due date says when to chase.",
    fix="Write the due date that stands on the invoice.",
    breaks=(rows({"due_date": ""}), rows({"due_date": "", "status": "overdue"})),
    keeps=(rows(), rows({"due_date": "", "status": "draft"}), rows({"due_date": "", "status": "paid"})),
)
def R117(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Without a due date an invoice never becomes overdue and stands in no ageing band."""
    frame = milestones.frame
    return frame["counted"] & (frame["outstanding"] > 0) & (frame["amount"] > 0) & frame["due_date"].isna()
