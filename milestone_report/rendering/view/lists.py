"""The lists of milestones, ready to show: unpaid, ready to bill, unsigned, not checked.

Only the rows that are shown are touched one by one; counts and sums cover all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from milestone_report.model import Evidence, State, Status
from milestone_report.rendering.view.rows import Positions, Record, records, values, where
from milestone_report.rendering.view.signoffs import SIGNOFF_FIELDS, signoff
from milestone_report.rendering.view.words import capitalised
from milestone_report.translation import marked
from milestone_report.wording import STATUS_WORDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import pandas as pd

    from milestone_report.rendering.view.signoffs import Signoff
    from milestone_report.rendering.view.words import Place, Sum, Words

NO_BREAK_SPACE = "\u00a0"
BALANCE_UNKNOWN = marked("balance not recorded")

_FIELDS = (
    "sheet_id", "row", "project", "milestone", "description", "client", "owner", "invoice_number", "currency",
    "status", "state", "amount", "outstanding", "not_billed", "paid_recorded", "days_overdue", "bucket", "due_date",
    "expected_date", "signoff_date", *SIGNOFF_FIELDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone of a list. `kind` is its status for the style sheet, `amount` what the list is about.

    `key` tells it from every other milestone of the page, `client_choice` and `owner_choice` are the words of the
    page's filters that find it.
    """

    key: str
    project: str
    milestone: str
    description: str
    client: str
    owner: str
    invoice: str
    kind: str
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
    client_choice: str
    owner_choice: str

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


@dataclass(frozen=True, slots=True)
class SheetAlone:
    """A sheet of which the same is true for all its milestones: how many they are and why, and their money."""

    place: Place
    words: str
    sums: tuple[Sum, ...]


WHAT = Column("what", marked("Project and milestone"), "text")
INVOICE = Column("invoice", marked("Invoice"), "text")
STATUS = Column("status", marked("Status"), "text")
DUE = Column("due", marked("Due"), "date")
SIGNED = Column("signed", marked("Signed on"), "date")
SIGNOFF = Column("signoff", marked("Sign-off"), "text")
REASON = Column("reason", marked("What is missing"), "text")
AMOUNT = Column("amount", marked("Amount"), "money")
CELL = Column("cell", marked("Cell"), "")

_UNPAID = (WHAT, INVOICE, STATUS, DUE, Column("amount", marked("Outstanding"), "money"), SIGNOFF, CELL)
_READY = (WHAT, SIGNED, SIGNOFF, DUE, AMOUNT, CELL)
_UNSIGNED = (WHAT, INVOICE, STATUS, REASON, AMOUNT, CELL)
_OPEN = (WHAT, INVOICE, STATUS, Column("reason", marked("Why not"), "text"), AMOUNT, CELL)


def bucket_words(words: Words, bucket: str) -> str:
    """An ageing band in a sentence: "over 90 days late"."""
    band = words.language.band(bucket)
    return words.say("{band} days late", band=band) if any(char.isdigit() for char in bucket) else band


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
        groups.append(
            Group(capitalised(bucket_words(words, bucket)), sums, sum(one.milestones for one in band), tuple(few))
        )
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
    """Sign-offs that nobody could look at: neither signed nor unsigned.

    Those of sheets without a sign-off column are counted and in the sums, and have no rows: see `without_column`.
    """
    frame = words.report.milestones.frame
    everything = frame["counted"] & frame["evidence"].isin([str(Evidence.LINK), str(Evidence.UNCHECKED)])
    chosen = where(everything, frame)
    listed = _plain(words, where(everything & ~_no_column(frame), frame), "amount", "signoff", _OPEN)
    sums = words.sums(values(frame, "currency", chosen), values(frame, "amount", chosen))
    return replace(listed, count=len(chosen), sums=sums)


def without_column(words: Words) -> tuple[SheetAlone, ...]:
    """The sheets that have no column for sign-offs, in their order."""
    frame = words.report.milestones.frame
    rows = frame.loc[frame["counted"] & _no_column(frame), ["sheet_id", "currency", "amount"]]
    return tuple(
        SheetAlone(
            words.place(sheet.workbook, sheet.name),
            words.counted(
                "{n} milestone: the sheet has no sign-off column",
                "{n} milestones: the sheet has no sign-off column",
                len(mine),
            ),
            words.sums(mine["currency"].tolist(), mine["amount"].tolist()),
        )
        for sheet_id, mine in rows.groupby("sheet_id", sort=True)
        for sheet in [words.report.milestones.sheets[cast("int", sheet_id)]]
    )


def _no_column(frame: pd.DataFrame) -> pd.Series:
    """Whose sign-off was not looked for because their sheet has no column for it."""
    return (frame["evidence"] == Evidence.UNCHECKED) & (frame["signoff_about"].str.strip() == "")


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
    used = [replace(column, header=words.say(column.header)) for column in columns if column.name not in empty]
    if people:
        header = {"client": words.say("Client"), "owner": words.say("Owner")}[people[0]]
        used.insert(1, Column("people", words.say("Client and owner") if len(people) > 1 else header, "text"))
    frame = words.report.milestones.frame
    sums = words.sums(values(frame, "currency", chosen), values(frame, about, chosen))
    return Listing(tuple(groups), len(chosen), len(chosen) - len(rows), sums, tuple(used))


def _row(words: Words, row: Record, about: str, cell: str) -> Row:
    due, signed = row["due_date"], row["signoff_date"]
    promised = words.short_date(row["expected_date"])
    return Row(
        key=f"{row['sheet_id']}-{row['row']}",
        project=words.text(row["project"]),
        milestone=words.text(row["milestone"]),
        description=description(words, row),
        client=words.text(row["client"]),
        owner=words.text(row["owner"]),
        invoice=words.text(row["invoice_number"]),
        kind=kind_of(row["status"]),
        status=words.say(STATUS_WORDS[Status(row["status"])]),
        amount=words.sum(row[about], row["currency"]),
        amount_note=_amount_note(words, row) if about == "outstanding" else "",
        due=words.short_date(due),
        due_sort=due.isoformat() if due else "",
        due_note=due_note(words, row),
        late=row["days_overdue"] > 0,
        promised=words.say("promised {date}", date=promised.replace(" ", NO_BREAK_SPACE)) if promised else "",
        signed=words.short_date(signed),
        signed_sort=signed.isoformat() if signed else "",
        signed_note=_ago(words, signed),
        signoff=signoff(words, row),
        place=words.row_place(row["sheet_id"], cell, row["row"]),
        client_choice=words.choice("client", row["client"]),
        owner_choice=words.choice("owner", row["owner"]),
    )


def description(words: Words, row: Record) -> str:
    """What is delivered, "" where it names the milestone itself."""
    return words.text(row["description"]) if row["description"] != row["milestone"] else ""


def balance_unknown(row: Record) -> bool:
    """Whether a part was paid, and nobody wrote down how much."""
    return bool(row["status"] == Status.PARTIALLY_PAID and not row["paid_recorded"])


def _amount_note(words: Words, row: Record) -> str:
    if balance_unknown(row):
        return words.say(BALANCE_UNKNOWN)
    if row["outstanding"] == row["amount"]:
        return ""
    return words.say("of {amount}", amount=words.sum(row["amount"], row["currency"]).figure)


def due_note(words: Words, row: Record) -> str:
    """How far a due date is away, "" where it does not matter."""
    due, as_of = row["due_date"], words.report.settings.as_of
    if row["days_overdue"]:
        return words.counted("{n} day late", "{n} days late", row["days_overdue"])
    if due is None or due < as_of:
        return ""
    return words.say("today") if due == as_of else words.counted("in {n} day", "in {n} days", (due - as_of).days)


def kind_of(status: str) -> str:
    """A status as the style sheet knows it: "partially-paid"."""
    return str(status).replace(" ", "-")


def _ago(words: Words, date: dt.date | None) -> str:
    as_of = words.report.settings.as_of
    if date is None or date > as_of:
        return ""
    return words.say("today") if date == as_of else words.counted("{n} day ago", "{n} days ago", (as_of - date).days)
