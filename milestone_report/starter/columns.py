"""The columns of a project's table, with what one reads over each header."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of the table. `field` is that of a `Row`, `kind` is text, money or date, `width` in characters."""

    title: str
    field: str
    kind: str
    width: int
    note: str


COLUMNS = (
    Column("Milestone", "milestone", "text", 21, "What is billed, such as Deposit, Midpoint, Final. Each name once."),
    Column("Description", "description", "text", 29, "What the client gets for it. It may stay blank."),
    Column("Amount", "amount", "money", 13, "What the invoice says, as a number. A credit note has a minus."),
    Column("Currency", "currency", "text", 10, "Three letters, such as EUR. Currencies are never added up together."),
    Column("Status", "status", "text", 14, "Choose from the list; the sheet Lists says what each word means."),
    Column("Invoice number", "invoice_number", "text", 15, "Write it when the invoice goes out. Each number once."),
    Column("Invoice date", "invoice_date", "date", 13, "The date on the invoice."),
    Column("Due date", "due_date", "date", 13, "The day by which the money must be there."),
    Column("Paid", "paid", "money", 13, "What has arrived so far. It may stay blank: then paid means all of it."),
    Column("Paid on", "paid_date", "date", 13, "The day on which the last payment arrived."),
    Column("Sign-off", "signoff", "text", 29, "The name of the signed file in the sign-off folder, or a link to it."),
    Column("Signed on", "signoff_date", "date", 13, "The day on which the client signed."),
    Column("Note", "note", "text", 24, "Whatever you want to remember."),
)


def place(field: str) -> int:
    """The number of a field's column, from 0."""
    return [column.field for column in COLUMNS].index(field)
