"""The columns of the milestones frame, as each stage adds them."""

from __future__ import annotations

TEXT_FIELDS = ("project", "client", "owner", "milestone", "description", "invoice_number", "note")
DATE_FIELDS = ("invoice_date", "due_date", "paid_date", "signoff_date", "expected_date")
FIELDS = (*TEXT_FIELDS, "amount", "currency", "status", "paid", "signoff", *DATE_FIELDS)

# Columns of `Milestones.frame` as reading makes them, one row for each milestone of a workbook.
# `amount` and `paid_cell` are minor units, 0 where nothing readable stands; `signoff` holds one
# file name a line; dates are datetime64[s] with NaT for none; text is "" for none.
READ_COLUMNS = (
    "sheet_id",  # int: position in Milestones.sheets
    "row",  # int: Excel's row number, from 1
    *TEXT_FIELDS,
    "currency",  # ISO 4217 code, "" when none was found
    "amount",
    "amount_known",  # bool: the cell held a readable amount
    "paid_cell",
    "paid_recorded",  # bool: the paid cell held a readable amount
    "status",  # a Status
    "status_text",  # what the status cell says
    "trusted",  # bool: amount, currency, status and paid could all be read
    "signoff",
    *DATE_FIELDS,
)


# `bucket` is the ageing band of what is outstanding, "" where nothing is.
FIGURE_COLUMNS = (
    "state",
    "counted",
    "paid",
    "outstanding",
    "overpaid",
    "not_billed",
    "overdue",
    "days_overdue",
    "bucket",
)
# `signoff_path` holds the found files' paths on this machine, one a line; `signoff_about` those names of
# the cell that decided the evidence, one a line; `signoff_hint` the name of a file in the folder that may
# be meant where one is missing or refused, or its own name where the cell's differs. `signoff_content` tells
# files apart by what they hold, a line for each of `signoff_path` ("" where that was not read), and
# `signoff_odd` says which are not what their names say. Both are "" on void rows. `signoff_changed` says which
# are not what an earlier run had read, "" where none is remembered.
EVIDENCE_COLUMNS = (
    "evidence",
    "signoff_path",
    "signoff_about",
    "signoff_hint",
    "signoff_content",
    "signoff_odd",
    "signoff_changed",
)
LIST_COLUMNS = ("unpaid", "ready_to_bill", "unsigned")
