"""R: what reading could not take from a cell, or took with a remark."""

from __future__ import annotations

import datetime as dt

from milestone_report.model import Severity
from milestone_report.rules.rule import Example, noticed, rows

_HEADER = ("Milestone", "Amount", "Status")
_IN_EUROS = ("Milestone", "Amount (EUR)", "Status")
_NO_CURRENCY: dict[str, object] = {"currency": ""}

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
    fix="Type a plain number, such as 1200.50, and let Excel's number format add separators and the currency.{more}",
    why="“TBC” or “12k” has no value, and “1.200” is twelve hundred to one reader and one point two to another. "
    "A wrong number is worse than a missing one, so it is not guessed.",
    breaks=(
        rows({"amount": "TBC"}),
        rows({"amount": "12k"}),
        rows({"amount": "1.200"}),
        rows({"amount": dt.date(2026, 3, 1)}),
        rows({"paid": "yes"}),
        rows({"paid": dt.date(2026, 3, 1)}),
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
    "that cell",
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
    "that cell",
    "Cell holds an Excel error",
    message="This cell shows the Excel error {value}, so its value is not known.",
    fix="Correct the formula: the cell it refers to was deleted, renamed or is not a number.",
    why="An error in an amount or a date silently drops the milestone from every SUM and every filter.",
    breaks=(rows({"amount": "#N/A"}), rows({"due_date": "#REF!"})),
    keeps=(rows(), rows({"note": "see #4"})),
)

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
    message="“{value}” cannot be the currency here: {why}. {what}{money} is in no total.",
    fix="Use the three-letter code, such as EUR, GBP or USD.",
    why="A mistyped code would open a currency of its own with totals that nobody looks at.",
    breaks=(rows({"currency": "Dollar"}), rows({"currency": "GBP", "amount": "€ 1.200,50"})),
    keeps=(rows({"currency": "eur"}), rows({"currency": "€"}), rows({"currency": "Euro"})),
)

R110 = noticed(
    "R110",
    Severity.ERROR,
    "that cell",
    "Date is not a date, or is ambiguous",
    message="{what} “{value}” cannot be read: {why}.{money}",
    fix="Type the date again so that Excel takes it for one (it then stands at the right of its cell), or write it "
    "as 2026-04-03.{more}",
    why="03/04/2026 is in March or in April, depending on who reads it. A wrong due date chases too early or never.",
    breaks=(rows({"due_date": "03/04/2026"}), rows({"due_date": "28/1/19;12/2/19"}), rows({"due_date": "soon"})),
    keeps=(rows({"due_date": "2026-04-03"}), rows({"due_date": "31/12/2026"}), rows({"due_date": ""})),
)

R111 = noticed(
    "R111",
    Severity.WARNING,
    "that cell",
    "Interpreted: stored as text or a bare number, or shown in two ways",
    message="{what} “{value}” was read as {read_as}, though {why}.",
    fix="To settle it in the workbook, {how}.",
    why="Excel's own SUM, filters and sorting pass over such cells, so the workbook and this report will differ. "
    "Where a cell can be taken in two ways, this says which way it was taken.",
    breaks=(
        rows({"amount": "€ 1.200,50"}),
        rows({"due_date": "31/12/2026"}),
        rows({"due_date": "03.04.2026"}),
        rows({"due_date": 46131.0}),
        rows({"invoice_number": dt.date(2026, 4, 3)}),
    ),
    keeps=(rows(), rows({"due_date": dt.date(2026, 12, 31)}), rows({"invoice_number": 2041.0})),
)

R113 = noticed(
    "R113",
    Severity.ERROR,
    "status",
    "Unknown status",
    message="{what}, so this row{money} is in no total.{suggestion}",
    fix="{how}",
    why="The status decides whether an amount is owed, still to be invoiced or settled. It is not guessed. With "
    "nothing but its amount, a “Balance” may be the last payment or what is left of the others: money counted twice.",
    breaks=(
        rows({"status": "payed"}),
        rows({"status": "Ready for review "}),
        Example(cells=(_IN_EUROS, ("Deposit", 500.0, "sent"), ("Balance", 500.0, ""))),
    ),
    keeps=(
        rows({"status": "Invoiced"}),
        rows({"status": " PAID "}),
        rows({"status": "", "invoice_number": ""}),
        Example(cells=(_IN_EUROS, ("Deposit", 500.0, "sent"), ("Balance", 500.0, "planned"))),
        Example(cells=(_IN_EUROS, ("Deposit", 500.0, "sent"), ("Final", 500.0, ""))),
    ),
)
