"""What changed since the last report, in the same words in every output."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.changes import Change
from milestone_report.model import Status
from milestone_report.text import shown
from milestone_report.translation import marked, marked_forms
from milestone_report.wording import STATUS_WORDS, Language, figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milestone_report.changes import Bridge, Changes, Item, Value
    from milestone_report.model import Report, Workbook

RUNS = 3
"""So many reports make a trend worth drawing."""

KIND_WORDS = {
    Change.NEW: marked("New"),
    Change.REMOVED: marked("Removed"),
    Change.BILLED: marked("Newly billed"),
    Change.PAID: marked("Paid"),
    Change.PART_PAID: marked("Paid in part"),
    Change.PAYMENT_REVERSED: marked("Payment taken back"),
    Change.AMOUNT_CHANGED: marked("Amount changed"),
    Change.STATUS_CHANGED: marked("Status changed"),
    Change.BECAME_OVERDUE: marked("Became overdue"),
    Change.DUE_MOVED: marked("Due date moved"),
    Change.SIGNED: marked("Signed"),
    Change.SIGNOFF_LOST: marked("Sign-off lost"),
    Change.SIGNOFF_CHANGED: marked("Sign-off file changed"),
}

_FORMS = {
    Change.NEW: marked_forms("{n} new", "{n} new"),
    Change.REMOVED: marked_forms("{n} removed", "{n} removed"),
    Change.BILLED: marked_forms("{n} newly billed", "{n} newly billed"),
    Change.PAID: marked_forms("{n} paid", "{n} paid"),
    Change.PART_PAID: marked_forms("{n} paid in part", "{n} paid in part"),
    Change.PAYMENT_REVERSED: marked_forms("{n} payment taken back", "{n} payments taken back"),
    Change.AMOUNT_CHANGED: marked_forms("{n} amount changed", "{n} amounts changed"),
    Change.STATUS_CHANGED: marked_forms("{n} status changed", "{n} statuses changed"),
    Change.BECAME_OVERDUE: marked_forms("{n} became overdue", "{n} became overdue"),
    Change.DUE_MOVED: marked_forms("{n} due date moved", "{n} due dates moved"),
    Change.SIGNED: marked_forms("{n} signed", "{n} signed"),
    Change.SIGNOFF_LOST: marked_forms("{n} sign-off lost", "{n} sign-offs lost"),
    Change.SIGNOFF_CHANGED: marked_forms("{n} sign-off file changed", "{n} sign-off files changed"),
}

FIELDS = {
    Change.BILLED: "status",
    Change.PAID: "paid",
    Change.PART_PAID: "paid",
    Change.PAYMENT_REVERSED: "paid",
    Change.AMOUNT_CHANGED: "amount",
    Change.STATUS_CHANGED: "status",
    Change.BECAME_OVERDUE: "due_date",
    Change.DUE_MOVED: "due_date",
    Change.SIGNED: "signoff",
    Change.SIGNOFF_LOST: "signoff",
    Change.SIGNOFF_CHANGED: "signoff",
}
"""In which field's cell a change is seen; that of the milestone itself where none is named."""

_OF_STATUSES = (Change.BILLED, Change.STATUS_CHANGED)
"""Whose words are those of the status column; the others' are names of files."""

_NAMED = 5


def has_trend(report: Report) -> bool:
    """Whether there are reports enough for a trend."""
    return len({point.as_of for point in report.trend}) >= RUNS


def is_first(report: Report) -> bool:
    """Whether the report is remembered, is a whole one, and there is none before it to compare it with."""
    alone = report.changes is None and report.part is None and not report.history_told
    return alone and len({point.as_of for point in report.trend}) == 1


def signed(minor: int, currency: str, locale: str) -> str:
    """By how much something moved, without its currency: "+8,000.00", "-12,000.00", "0.00"."""
    return ("+" if minor > 0 else "") + figure(minor, currency, locale)


def unchanged_since(book: Workbook, language: Language) -> str:
    """That nobody edited a workbook since earlier reports, "" where it is not, or nobody knows."""
    if book.unchanged_since is None:
        return ""
    return language.say("not edited since the report of {date}", date=book.unchanged_since)


def unchanged(report: Report, language: Language) -> str:
    """That nobody edited any workbook, and since when; "" where one was. Due dates pass all the same."""
    days = [book.unchanged_since for book in report.workbooks if book.unchanged_since]
    if not days or len(days) < len(report.workbooks):
        return ""
    if len(days) == 1:
        return language.say("The workbook was not edited since the report of {date}", date=days[0])
    return language.say("The workbooks were not edited since the report of {date}", date=max(days))


def told(item: Item, value: Value, language: Language) -> str:
    """What stood or stands there, in words: "6,000.00", "29 May 2026", "sent"; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, int):
        return figure(value, item.currency, language.locale)
    if isinstance(value, dt.date):
        date = language.short_date(value)
        return language.say("due {date}", date=date) if item.kind is Change.BECAME_OVERDUE else date
    return language.say(STATUS_WORDS[Status(value)]) if item.kind in _OF_STATUSES and value in list(Status) else value


def before_and_now(items: Sequence[Item], language: Language) -> list[tuple[str, str]]:
    """What stood and what stands there, in words, for each change, see `told`.

    An amount that is in no figure says why: it is one in another currency, or a cell could not be read.
    """
    changed = Counter(_where(item) for item in items if item.kind is Change.AMOUNT_CHANGED)
    lacking = [_lacking(item, language, other_currency=changed[_where(item)] > 1) for item in items]
    return [
        (told(item, item.before, language) or word, told(item, item.after, language) or word)
        for item, word in zip(items, lacking, strict=True)
    ]


def _where(item: Item) -> tuple[str, str, int]:
    return item.workbook, item.sheet, item.row


def _lacking(item: Item, language: Language, *, other_currency: bool) -> str:
    if item.kind is not Change.AMOUNT_CHANGED:
        return ""
    return language.say("in another currency") if other_currency else language.say("a cell could not be read")


def still(changes: Changes, language: Language) -> str:
    """What is outstanding in the currencies that did not move, "" where all moved."""
    sums = [language.money(one.closing, one.currency) for one in changes.bridge if not moves(one)]
    return language.say("Outstanding as before: {sums}", sums=language.listed(sums)) if sums else ""


def moves(bridge: Bridge) -> bool:
    """Whether anything moved in this currency, also where it comes to nothing."""
    return bridge.opening != bridge.closing or any(each.amount for each in bridge.movements)


def milestones(items: Iterable[Item]) -> Counter[Change]:
    """How many milestones have changes of each kind: another currency is two changes of one milestone."""
    return Counter(kind for kind, *_place in {(item.kind, item.workbook, item.sheet, item.row) for item in items})


def counts(changes: Changes, language: Language, *, with_money: bool = True) -> Iterator[str]:
    """How many milestones changed in each way, with what that moved: "3 paid (-12,000.00 EUR)"."""
    numbers = milestones(changes.items)
    for kind in Change:
        if numbers[kind]:
            words = language.counted(*_FORMS[kind], numbers[kind])
            money = ", ".join(_moved(changes, kind, language)) if with_money else ""
            yield f"{words} ({money})" if money else words


def _moved(changes: Changes, kind: Change, language: Language) -> Iterator[str]:
    """What the changes of a kind did to what is outstanding, in each currency."""
    for bridge in changes.bridge:
        for movement in bridge.movements:
            if movement.kind is kind and movement.amount:
                yield f"{signed(movement.amount, bridge.currency, language.locale)} {bridge.currency}"


def led(changes: Changes, language: Language) -> str:
    """From how much to how much it led, in each currency that moved: "48,200.00 → 44,200.00 EUR"; "" for none."""
    return ", ".join(
        f"{figure(bridge.opening, bridge.currency, language.locale)} → "
        f"{language.money(bridge.closing, bridge.currency)}"
        for bridge in changes.bridge
        if bridge.opening != bridge.closing
    )


def sentence(changes: Changes, language: Language) -> str:
    """All of it in a sentence: since when, what, and from how much to how much it led."""
    what = ", ".join(counts(changes, language)) or language.say("no milestone changed")
    moved = led(changes, language)
    if not moved:
        return language.say("Since {date}: {what}; outstanding as before", date=changes.since, what=what)
    return language.say("Since {date}: {what}; outstanding {led}", date=changes.since, what=what, led=moved)


def remarks(changes: Changes, language: Language) -> Iterator[str]:
    """What the changes cannot say: what was read then and not now, and which workbooks and sheets are all new."""
    for one in changes.not_compared[:_NAMED]:
        place = _place(one.workbook, one.sheet) if one.sheet else shown(one.workbook)
        yield language.counted(
            "“{place}” was read for the earlier report and not for this one: its {n} milestone ({money} outstanding "
            "then) is not compared, and not in the first figure.",
            "“{place}” was read for the earlier report and not for this one: its {n} milestones ({money} outstanding "
            "then) are not compared, and not in the first figure.",
            one.milestones,
            place=place,
            money=", ".join(map(language.any_money, one.outstanding)) or language.say("nothing"),
        )
    if len(changes.not_compared) > _NAMED:
        yield language.say("and {more} more", more=len(changes.not_compared) - _NAMED)
    new = [*map(shown, changes.workbooks_new), *(_place(*place) for place in changes.sheets_new)]
    if new:
        yield language.say(
            "Not read for the earlier report, so that all milestones in it are new: {names}.",
            names=_first_of([language.quoted(name) for name in new], language),
        )
    if changes.last_read:
        yield language.say(
            "A report as of {date} had read them: --since {day} tells what changed in them.",
            date=changes.last_read,
            day=changes.last_read.isoformat(),
        )


def _first_of(names: Sequence[str], language: Language) -> str:
    """The first of some names in a sentence, and how many more there are."""
    more = len(names) - _NAMED
    return language.listed([*names[:_NAMED], *([language.say("{more} more", more=more)] if more > 0 else [])])


def _place(workbook: str, sheet: str) -> str:
    return f"{shown(workbook)}, {shown(sheet)}"


def opening_words(changes: Changes, language: Language) -> str:
    """What the first figure of the bridge is."""
    date = language.short_date(changes.since)
    if changes.not_compared:
        return language.say("Outstanding on {date}, of what is compared", date=date)
    return language.say("Outstanding on {date}", date=date)


def lacking(unread: int, language: Language) -> str:
    """What a point of the trend lacks, "" for nothing."""
    return language.counted("{n} workbook not read", "{n} workbooks not read", unread) if unread else ""


def trend_remarks(report: Report) -> Iterator[str]:
    """As of which days the trend lacks what a workbook held."""
    language = Language(report.settings.locale)
    days = sorted({point.as_of for point in report.trend if point.unread}, reverse=True) if has_trend(report) else []
    if days:
        yield language.say(
            "Not all workbooks could be read on {days}: what they held is lacking in the trend there.",
            days=_first_of([language.short_date(day) for day in days], language),
        )
