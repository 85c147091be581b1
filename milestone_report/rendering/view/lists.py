"""The lists of milestones, ready to show: unpaid, ready to bill, unsigned, not checked.

Only the rows that are shown are touched one by one; counts and sums cover all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.model import Evidence, State, Status
from milestone_report.rendering.view.rows import Positions, Record, records, values, where
from milestone_report.rendering.view.signoffs import SIGNOFF_FIELDS, signoff
from milestone_report.text import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from milestone_report.rendering.view.signoffs import Signoff
    from milestone_report.rendering.view.words import Place, Sum, Words

NO_BREAK_SPACE = "\u00a0"
BALANCE_UNKNOWN = "balance not recorded"

_FIELDS = (
    "sheet_id", "row", "project", "milestone", "description", "client", "owner", "invoice_number", "currency",
    "status", "state", "amount", "outstanding", "not_billed", "paid_recorded", "days_overdue", "bucket", "due_date",
    "expected_date", "signoff_date", *SIGNOFF_FIELDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone of a list. `amount` is what the list is about; texts are "" for none."""

    project: str
    milestone: str
    description: str
    client: str
    owner: str
    invoice: str
    status: str
    amount: Sum
    amount_note: str
    due: str
    due_sort: str
    due_note: str
    late: bool
    promised: str
    signed: str
    signed_sort: str
    signed_note: str
    signoff: Signoff
    place: Place

    @property
    def name(self) -> str:
        """Project and milestone on one line."""
        return ", ".join(part for part in (self.project, self.milestone) if part)

    @property
    def details(self) -> tuple[str, ...]:
        """What tells the milestone from the others of its project."""
        return tuple(part for part in (self.milestone, self.client, self.invoice) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, "" for none; `sums` and `count` cover those beyond the limit too."""

    label: str
    sums: tuple[Sum, ...]
    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: what it shows, its header, and how it sorts (text, date, money, or "" for not at all)."""

    name: str
    header: str
    sort: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its groups; `more` rows are not shown. `columns` are those in which something stands."""

    groups: tuple[Group, ...]
    count: int
    more: int
    sums: tuple[Sum, ...]
    columns: tuple[Column, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The shown rows without their groups."""
        return tuple(row for group in self.groups for row in group.rows)


WHAT = Column("what", "Project and milestone", "text")
INVOICE = Column("invoice", "Invoice", "text")
STATUS = Column("status", "Status", "text")
DUE = Column("due", "Due", "date")
SIGNED = Column("signed", "Signed on", "date")
SIGNOFF = Column("signoff", "Sign-off", "text")
REASON = Column("reason", "What is missing", "text")
AMOUNT = Column("amount", "Amount", "money")
CELL = Column("cell", "Cell", "")

_UNPAID = (WHAT, INVOICE, STATUS, DUE, Column("amount", "Outstanding", "money"), SIGNOFF, CELL)
_READY = (WHAT, SIGNED, SIGNOFF, DUE, AMOUNT, CELL)
_UNSIGNED = (WHAT, INVOICE, STATUS, REASON, AMOUNT, CELL)
_OPEN = (WHAT, INVOICE, STATUS, Column("reason", "Why not", "text"), AMOUNT, CELL)


def bucket_label(bucket: str) -> str:
    """An ageing band as a heading: "Over 90 days late"."""
    words = f"{bucket} days late" if any(char.isdigit() for char in bucket) else bucket
    return words[0].upper() + words[1:]


def unpaid(words: Words) -> Listing:
    """Billed and outstanding, grouped by ageing band, oldest due first and no due date last."""
    frame = words.report.milestones.frame
    chosen = where(frame["unpaid"], frame, "due_date")
    shown: dict[str, list[Row]] = {}
    for row in records(frame, _FIELDS, chosen[: words.rows]):
        shown.setdefault(row["bucket"], []).append(_row(words, row, "outstanding", "amount"))
    groups = []
    for bucket, few in shown.items():
        band = [one for one in words.report.summary.ageing if one.bucket == bucket and one.milestones]
        sums = tuple(words.sum(one.outstanding, one.currency) for one in band)
        groups.append(Group(bucket_label(bucket), sums, sum(one.milestones for one in band), tuple(few)))
    return _listing(words, chosen, "outstanding", groups, _UNPAID)


def ready_to_bill(words: Words) -> Listing:
    """Signed and never billed, the longest signed first."""
    frame = words.report.milestones.frame
    chosen = where(frame["ready_to_bill"], frame, "signoff_date")
    return _plain(words, chosen, "not_billed", "amount", _READY)


def billed_without_signoff(words: Words) -> Listing:
    """Billed or paid although the sign-off is missing, empty, refused or not there."""
    frame = words.report.milestones.frame
    chosen = where(frame["unsigned"] & (frame["state"] != State.NOT_BILLED), frame)
    return _plain(words, chosen, "amount", "signoff", _UNSIGNED)


def unsigned_not_billed(words: Words) -> Listing:
    """Neither signed nor billed: work still to be approved."""
    frame = words.report.milestones.frame
    chosen = where(frame["unsigned"] & (frame["state"] == State.NOT_BILLED), frame)
    return _plain(words, chosen, "amount", "signoff", _UNSIGNED)


def not_checked(words: Words) -> Listing:
    """Sign-offs that nobody could look at: neither signed nor unsigned."""
    frame = words.report.milestones.frame
    chosen = where(frame["counted"] & frame["evidence"].isin([str(Evidence.LINK), str(Evidence.UNCHECKED)]), frame)
    return _plain(words, chosen, "amount", "signoff", _OPEN)


def _plain(words: Words, chosen: Positions, about: str, cell: str, columns: Sequence[Column]) -> Listing:
    few = records(words.report.milestones.frame, _FIELDS, chosen[: words.rows])
    rows = tuple(_row(words, row, about, cell) for row in few)
    return _listing(words, chosen, about, [Group("", (), len(chosen), rows)] if rows else [], columns)


def _listing(
    words: Words, chosen: Positions, about: str, groups: Sequence[Group], columns: Sequence[Column]
) -> Listing:
    rows = [row for group in groups for row in group.rows]
    people = [name for name in ("client", "owner") if any(getattr(row, name) for row in rows)]
    empty = {name for name in ("invoice", "due", "signed") if not any(getattr(row, name) for row in rows)}
    used = [column for column in columns if column.name not in empty]
    if people:
        used.insert(1, Column("people", " and ".join(people).capitalize(), "text"))
    frame = words.report.milestones.frame
    sums = words.sums(values(frame, "currency", chosen), values(frame, about, chosen))
    return Listing(tuple(groups), len(chosen), len(chosen) - len(rows), sums, tuple(used))


def _row(words: Words, row: Record, about: str, cell: str) -> Row:
    due, signed = row["due_date"], row["signoff_date"]
    promised = words.short_date(row["expected_date"])
    return Row(
        project=words.text(row["project"]),
        milestone=words.text(row["milestone"]),
        description=description(words, row),
        client=words.text(row["client"]),
        owner=words.text(row["owner"]),
        invoice=words.text(row["invoice_number"]),
        status=str(row["status"]),
        amount=words.sum(row[about], row["currency"]),
        amount_note=_amount_note(words, row) if about == "outstanding" else "",
        due=words.short_date(due),
        due_sort=due.isoformat() if due else "",
        due_note=due_note(row, words.report.settings.as_of),
        late=row["days_overdue"] > 0,
        promised=f"promised {promised.replace(' ', NO_BREAK_SPACE)}" if promised else "",
        signed=words.short_date(signed),
        signed_sort=signed.isoformat() if signed else "",
        signed_note=_ago(signed, words.report.settings.as_of),
        signoff=signoff(words, row),
        place=words.row_place(row["sheet_id"], cell, row["row"]),
    )


def description(words: Words, row: Record) -> str:
    """What is delivered, "" where it names the milestone itself."""
    return words.text(row["description"]) if row["description"] != row["milestone"] else ""


def balance_unknown(row: Record) -> bool:
    """Whether a part was paid, and nobody wrote down how much."""
    return bool(row["status"] == Status.PARTIALLY_PAID and not row["paid_recorded"])


def _amount_note(words: Words, row: Record) -> str:
    if balance_unknown(row):
        return BALANCE_UNKNOWN
    return f"of {words.sum(row['amount'], row['currency']).figure}" if row["outstanding"] != row["amount"] else ""


def due_note(row: Record, as_of: dt.date) -> str:
    """How far a due date is away, "" where it does not matter."""
    due = row["due_date"]
    if row["days_overdue"]:
        return f"{counted(row['days_overdue'], 'day')} late"
    if due is None or due < as_of:
        return ""
    return "today" if due == as_of else f"in {counted((due - as_of).days, 'day')}"


def _ago(date: dt.date | None, as_of: dt.date) -> str:
    if date is None or date > as_of:
        return ""
    return "today" if date == as_of else f"{counted((as_of - date).days, 'day')} ago"
