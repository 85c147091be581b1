"""The three lists of milestones that somebody acts on: unpaid, ready to bill, unsigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.figures import CREDITS
from milestone_report.model import Evidence, State
from milestone_report.rendering.excel.book import BILL, CHASE, CONTROL_SHEET, QUIET, SIGN, UNSIGNED_SHEET
from milestone_report.rendering.excel.columns import Money, Numbers, Text
from milestone_report.rendering.excel.rows import Rows
from milestone_report.rendering.excel.tables import freeze, used, write_table
from milestone_report.translation import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.rendering.excel.book import Book, Page
    from milestone_report.rendering.excel.columns import Column
    from milestone_report.rendering.excel.rows import Places

UNPAID, READY, UNSIGNED, NOT_CHECKED = "UnpaidMilestones", "ReadyToBill", "UnsignedMilestones", "SignoffsNotChecked"
BILLED_GROUP, LATER_GROUP = marked("billed"), marked("not billed yet")


def write_unpaid(page: Page, places: Places) -> None:
    """Whom to chase: the oldest due date first, then what has none."""
    say, frame = page.language.say, page.report.milestones.frame
    unpaid = frame[frame["unpaid"]].sort_values("due_date", kind="stable", na_position="last")
    rows = Rows(page.report, places, unpaid)
    if not len(rows):
        page.heading(CHASE, [say("Nothing unpaid. Well done."), *_credits_line(page.book)])
        return
    line = page.language.counted(
        "{n} milestone billed and not fully paid on {date}, the oldest due date first.",
        "{n} milestones billed and not fully paid on {date}, the oldest due date first.",
        len(rows),
        date=page.book.as_of,
    )
    page.heading(CHASE, [line, *_credits_line(page.book)])
    days = [number or None for number in unpaid["days_overdue"].tolist()]
    columns: list[Column] = [
        *rows.who(),
        rows.text(say("Invoice number"), "invoice_number", 15),
        rows.status(),
        rows.date(say("Invoice date"), "invoice_date"),
        rows.date(say("Due date"), "due_date"),
        Numbers(say("Days overdue"), days, bar="#e9aaa2", needed=True),
        Text(say("Ageing"), list(map(page.language.band, unpaid["bucket"])), widest=14, needed=True),
        rows.currency(),
        rows.money(say("Amount"), "amount"),
        rows.money(say("Paid"), "paid"),
        rows.money(say("Outstanding"), "outstanding", bold=True),
        rows.evidence(say("Sign-off")),
        rows.signoff(),
        *rows.source("amount"),
    ]
    freeze(write_table(page, UNPAID, used(columns)[0], len(rows)))


def write_ready(page: Page, places: Places) -> None:
    """What to invoice now: what was signed longest ago first."""
    say, frame = page.language.say, page.report.milestones.frame
    ready = frame[frame["ready_to_bill"]].sort_values("signoff_date", kind="stable", na_position="last")
    rows = Rows(page.report, places, ready)
    if not len(rows):
        page.heading(BILL, [say("Nothing waits to be invoiced: no signed milestone is left unbilled.")])
        return
    line = page.language.counted(
        "{n} milestone signed off and not billed yet: it can be invoiced now.",
        "{n} milestones signed off and not billed yet: these can be invoiced now.",
        len(rows),
    )
    page.heading(BILL, [line])
    columns: list[Column] = [
        *rows.who(),
        rows.status(balance=False),
        rows.date(say("Signed on"), "signoff_date"),
        Numbers(say("Days ago"), _days_since(page, rows, "signoff_date"), bar="#a9cfbf"),
        rows.date(say("Expected"), "expected_date"),
        rows.date(say("Due date"), "due_date"),
        rows.currency(),
        rows.money(say("Amount"), "not_billed", bold=True),
        rows.signoff(),
        rows.doubt(say("Look at the file before you invoice")),
        *rows.source("amount"),
    ]
    freeze(write_table(page, READY, used(columns)[0], len(rows)))


def write_unsigned(page: Page, places: Places) -> None:
    """Which signature is missing, billed ones first; and, apart from them, which could not be checked."""
    language, frame = page.language, page.report.milestones.frame
    frame = frame.assign(_billed=frame["state"] != State.NOT_BILLED)
    frame = frame.sort_values(["_billed", "invoice_date"], ascending=[False, True], kind="stable", na_position="last")
    unsigned = Rows(page.report, places, frame[frame["unsigned"]])
    open_ones = frame["counted"] & frame["evidence"].isin([str(Evidence.LINK), str(Evidence.UNCHECKED)])
    unchecked = Rows(page.report, places, frame[open_ones])
    first, second = used(_unsigned_columns(page, unsigned), _unsigned_columns(page, unchecked))

    if len(unsigned):
        line = language.counted(
            "{n} milestone without a valid sign-off. Those already billed come first.",
            "{n} milestones without a valid sign-off. Those already billed come first.",
            len(unsigned),
        )
    elif len(unchecked):
        line = language.say("No sign-off is known to be missing.")
    else:
        line = language.say("Every milestone has its sign-off. Well done.")
    page.heading(SIGN, [line, *([""] if len(unchecked) else [])])
    jump = page.row - 2
    if len(unsigned):
        freeze(write_table(page, UNSIGNED, first, len(unsigned)), 2)
    if len(unchecked):
        words = language.counted(
            "{n} sign-off could not be checked", "{n} sign-offs could not be checked", len(unchecked)
        )
        look = page.book.style(font_color=SIGN, underline=1)
        page.row += 1
        link = "internal:" + page.book.place(UNSIGNED_SHEET, f"A{page.row + 1}")
        page.sheet.write_url(jump, 0, link, look, language.say("{what}: see the list below.", what=words))
        page.line(words, bold=True, font_size=12, font_color=SIGN)
        line = language.say(
            "Neither signed nor unsigned: a web link is not followed, or the folder could not be reached."
        )
        page.line(line, font_color=QUIET)
        write_table(page, NOT_CHECKED, second, len(unchecked))


def _unsigned_columns(page: Page, rows: Rows) -> list[Column]:
    say, billed = page.language.say, rows.frame["_billed"].tolist()
    first, later = say(BILLED_GROUP), say(LATER_GROUP)
    amounts = rows.frame["amount"].tolist()
    return [
        Text(say("Group"), [first if flag else later for flag in billed], widest=15, needed=True,
             looks={first: {"bold": True, "font_color": SIGN}}),
        *rows.who(),
        rows.text(say("Invoice number"), "invoice_number", 15),
        rows.status(balance=False),
        rows.date(say("Invoice date"), "invoice_date"),
        Numbers(say("Days ago"), _days_since(page, rows, "invoice_date", billed), bar="#e3cfa6"),
        rows.currency(),
        Money(say("Billed"), [amount if flag else None for amount, flag in zip(amounts, billed, strict=True)],
              rows.currencies, bold=True, needed=True),
        Money(say("Not billed"), [None if flag else amount for amount, flag in zip(amounts, billed, strict=True)],
              rows.currencies),
        rows.evidence(say("Sign-off")),
        rows.signoff(),
        *rows.source("signoff"),
    ]  # fmt: skip


def _days_since(page: Page, rows: Rows, name: str, wanted: Sequence[bool] | None = None) -> list[float | None]:
    """Days from a date to the as-of date, where it lies before it (and the row is wanted)."""
    days = (pd.Timestamp(page.report.settings.as_of) - rows.frame[name]).dt.days
    days = days.where(days > 0)
    return [
        None if pd.isna(number) or not flag else int(number)
        for number, flag in zip(days.tolist(), wanted or [True] * len(days), strict=True)
    ]


def _credits_line(book: Book) -> list[str]:
    """What lowers the outstanding totals but is in no list of things to chase."""
    sums: dict[str, int] = {}
    for bucket in book.report.summary.ageing:
        if bucket.bucket == CREDITS:
            sums[bucket.currency] = bucket.outstanding
    language = book.language
    figures = language.listed([language.money(sum_, currency) for currency, sum_ in sums.items()])
    line = language.say(
        "Credits of {sums} are not in this list; {control} shows them.",
        sums=figures,
        control=language.say(CONTROL_SHEET),
    )
    return [line] if sums else []
