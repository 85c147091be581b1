"""What changed between two runs: for each milestone its changes, and for each currency the bridge that they make.

The changes of a milestone move what is outstanding by exactly as much as its outstanding differs, each by what it
does when those before it in the order of `_steps` are done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from milestone_report.changes import Bridge, Change, Changes, Item, Movement, NotCompared
from milestone_report.history.matching import matched
from milestone_report.history.renaming import renamed
from milestone_report.model import STATE_OF, UNSIGNED, Evidence, State, Status
from milestone_report.totals import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milestone_report.changes import Value
    from milestone_report.history.runs import Run, Standing

_TOLD = {kind: place for place, kind in enumerate(Change)}
_NOT_READABLE = (State.VOID, State.UNKNOWN)


def compare(before: Run, now: Run) -> Changes:
    """What changed since an earlier run.

    What a workbook or sheet held that was read then and could not be read now (or was not given) is not compared: it
    is not removed. What it held is taken from the opening, and named.
    """
    names = renamed(before, now)
    pairs = matched(before, now, names)
    gone = sorted({*range(len(before.standings))} - {*pairs.values()})
    lost = _lost(before, now, names)
    items: list[Item] = []
    for place, one in enumerate(now.standings):
        if place in pairs:
            items += _changes(before.standings[pairs[place]], one)
        else:
            items.append(_item(Change.NEW, one, moved=one.outstanding))
    absent = []
    for one in (before.standings[place] for place in gone):
        if (one.workbook, one.sheet) in lost:
            absent.append(one)
        else:
            items.append(_item(Change.REMOVED, one, moved=-one.outstanding))
    items.sort(key=lambda item: _TOLD[item.kind])  # stable: as they stand in the workbooks
    known = {*(book.path for book in before.books if book.readable), *names.values()}
    unread = {(names.get(workbook, workbook), sheet) for workbook, sheet in before.unread}
    arrived = dict.fromkeys((item.workbook, item.sheet) for item in items if item.kind is Change.NEW)
    return Changes(
        since=before.as_of,
        bridge=tuple(_bridges(before, now, items, absent)),
        items=tuple(items),
        not_compared=tuple(_not_compared(absent, now, names)),
        workbooks_new=tuple(book.path for book in now.books if book.readable and book.path not in known),
        sheets_new=tuple(place for place in arrived if place in unread),
    )


def owed(status: Status, amount: int, paid: int | None) -> int:
    """What is outstanding of a counted milestone: `figures.add_figures` for one row."""
    state = STATE_OF[status]
    due = 0 if state is State.NOT_BILLED else amount
    rest = due - _received(status, amount, paid)
    return 0 if due == 0 else max(rest, 0) if due > 0 else min(rest, 0)


def _received(status: Status, amount: int, paid: int | None) -> int:
    return paid if paid is not None else amount if STATE_OF[status] is State.PAID else 0


def _item(kind: Change, one: Standing, before: Value = None, after: Value = None, moved: int = 0) -> Item:
    return Item(
        kind,
        one.workbook,
        one.sheet,
        one.row,
        one.project,
        one.milestone,
        before,
        after,
        one.currency,
        one.amount or 0,
        moved,
    )


def _changes(old: Standing, new: Standing) -> Iterator[Item]:
    """The changes of one milestone, in the order in which they are worked out."""
    if old == new:
        return
    if not (old.counted and new.counted):
        yield from _in_or_out(old, new)
        return
    told = list(_money(old, new))
    yield from told
    overdue = new.overdue and not old.overdue
    if not _told_of_status(told) and old.status != new.status and not (overdue and new.status is Status.OVERDUE):
        yield _item(Change.STATUS_CHANGED, new, old.status, new.status)
    if overdue:
        yield _item(Change.BECAME_OVERDUE, new, old.due, new.due)
    # With the invoice comes its due date: that is told already.
    billed = any(item.kind is Change.BILLED for item in told)
    if old.due != new.due and not (billed and old.due is None):
        yield _item(Change.DUE_MOVED, new, old.due, new.due)
    yield from _signoff(old, new)


def _told_of_status(items: Iterable[Item]) -> bool:
    """Whether some of the changes say already why the word in the status column is another one."""
    return any(item.kind is not Change.AMOUNT_CHANGED for item in items)


def _in_or_out(old: Standing, new: Standing) -> Iterator[Item]:
    """A milestone that was in no figure, or is in none now: because of its status, or of a cell that cannot be read."""
    by_status = any(STATE_OF[one.status] in _NOT_READABLE for one in (old, new) if not one.counted)
    one = new if new.counted or not old.counted else new._replace(currency=old.currency, amount=old.amount)
    moved = new.outstanding - old.outstanding
    if old.counted != new.counted and not by_status:
        # Its amount, currency or payment cannot be read: in the figures it has no amount.
        before, after = (each.amount if each.counted else None for each in (old, new))
        yield _item(Change.AMOUNT_CHANGED, one, before, after, moved)
        moved = 0
    if old.status != new.status:
        billed = STATE_OF[old.status] is State.NOT_BILLED and STATE_OF[new.status] in (State.BILLED, State.PAID)
        yield _item(Change.BILLED if billed else Change.STATUS_CHANGED, one, old.status, new.status, moved)


def _money(old: Standing, new: Standing) -> Iterator[Item]:
    """What happened to the money of a milestone: the items move as much as its outstanding differs."""
    status, paid, owing, amount = old.status, old.paid, old.outstanding, new.amount or 0
    if paid is None and new.paid is not None:
        paid = _received(status, old.amount or 0, None)  # “paid” meant the amount of then
    if old.currency != new.currency:
        # What was paid in another currency says nothing of this one: amount and payment change together.
        paid = new.paid
        yield _item(Change.AMOUNT_CHANGED, new._replace(currency=old.currency), old.amount, None, -owing)
        owing = owed(status, amount, paid)
        yield _item(Change.AMOUNT_CHANGED, new, None, amount, owing)
    elif old.amount != new.amount:
        now = owed(status, amount, paid)
        yield _item(Change.AMOUNT_CHANGED, new, old.amount, amount, now - owing)
        owing = now
    was, is_now = STATE_OF[status], STATE_OF[new.status]
    if was is State.NOT_BILLED and is_now is not State.NOT_BILLED:
        status = Status.SENT
        now = owed(status, amount, paid)
        yield _item(Change.BILLED, new, old.status, new.status, now - owing)
        owing = now
    yield from _payment(old, new, (status, paid, owing))


def _payment(old: Standing, new: Standing, reached: tuple[Status, int | None, int]) -> Iterator[Item]:
    """What was received or given back since; `reached` is where the changes before have led."""
    status, paid, owing = reached
    amount, moved = new.amount or 0, new.outstanding - owing
    before, after = _received(status, amount, paid), _received(new.status, amount, new.paid)
    was, is_now = STATE_OF[old.status], STATE_OF[new.status]
    more = after < before if amount < 0 else after > before  # a credit is settled by paying out
    if (is_now is State.NOT_BILLED) != (STATE_OF[status] is State.NOT_BILLED):
        kind = Change.STATUS_CHANGED  # the invoice was taken back
    elif before == after:
        if not moved:
            return
        kind = Change.STATUS_CHANGED  # an earlier version of this program reckoned otherwise
    elif more:
        kind = Change.PART_PAID if new.outstanding or is_now is State.NOT_BILLED else Change.PAID
    elif was is State.PAID and is_now is State.BILLED:
        kind = Change.STATUS_CHANGED
    else:
        kind = Change.PAYMENT_REVERSED
    if kind is Change.STATUS_CHANGED:
        yield _item(kind, new, old.status, new.status, moved)
    else:
        shown = before if old.currency != new.currency else _received(old.status, old.amount or 0, old.paid)
        yield _item(kind, new, shown, after, moved)


def _signoff(old: Standing, new: Standing) -> Iterator[Item]:
    """What happened to the sign-off. What was not checked then or now is no change."""
    names = ["; ".join(name for name, _digest in one.files) or None for one in (old, new)]
    if new.evidence is Evidence.FOUND and (old.evidence in UNSIGNED or old.evidence is Evidence.LINK):
        yield _item(Change.SIGNED, new, None, names[1])
    elif old.evidence is Evidence.FOUND and new.evidence in UNSIGNED:
        yield _item(Change.SIGNOFF_LOST, new, names[0], None)
    elif old.evidence is new.evidence is Evidence.FOUND and _differ(old, new):
        yield _item(Change.SIGNOFF_CHANGED, new, names[0], names[1])


def _differ(old: Standing, new: Standing) -> bool:
    """Whether other files are named, or one of them holds something else, as far as both were read."""
    digests, now = dict(old.files), dict(new.files)
    return digests.keys() != now.keys() or any(digests[name] and now[name] not in ("", digests[name]) for name in now)


def _lost(before: Run, now: Run, names: Mapping[str, str]) -> set[tuple[str, str]]:
    """The sheets, as (workbook, name), that were read then and are not now. A workbook under a new name is not lost."""
    readable = {book.path for book in now.books if book.readable}
    lost = set()
    for workbook, sheet in {(one.workbook, one.sheet) for one in before.standings}:
        path = names.get(workbook, workbook)
        if path not in readable or (path, sheet) in now.unread:
            lost.add((workbook, sheet))
    return lost


def _bridges(before: Run, now: Run, items: Iterable[Item], absent: Iterable[Standing]) -> Iterator[Bridge]:
    """The bridge of each currency. Opening and closing are what the reports say, whatever the items do."""
    opening = Counter({total.currency: total.outstanding for total in before.totals})
    for one in absent:
        if one.counted:
            opening[one.currency] -= one.outstanding
    closing = {total.currency: total.outstanding for total in now.totals}
    moved: defaultdict[str, defaultdict[Change, list[int]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item.moved:
            moved[item.currency][item.kind].append(item.moved)
    for currency in sorted({*opening, *closing}):
        kinds = moved[currency]
        movements = tuple(Movement(kind, sum(kinds[kind]), len(kinds[kind])) for kind in Change if kinds[kind])
        if currency in closing or opening[currency] or movements:
            yield Bridge(currency, opening[currency], movements, closing.get(currency, 0))


def _not_compared(absent: Iterable[Standing], now: Run, names: Mapping[str, str]) -> Iterator[NotCompared]:
    """What was left out of the comparison, by workbook (or sheet, where the others of its workbook were read)."""
    readable = {book.path for book in now.books if book.readable}
    held: defaultdict[tuple[str, str], list[Standing]] = defaultdict(list)
    for one in absent:
        held[one.workbook, one.sheet if names.get(one.workbook, one.workbook) in readable else ""].append(one)
    for (workbook, sheet), milestones in held.items():
        money: Counter[str] = Counter()
        for one in milestones:
            money[one.currency] += one.outstanding
        sums = tuple(Money(currency, money[currency]) for currency in sorted(money) if money[currency])
        yield NotCompared(workbook, sheet, len(milestones), sums)
