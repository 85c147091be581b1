"""Which milestone of an earlier run is which of this one."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.history.runs import known_as

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from milestone_report.history.runs import Run, Standing


class _Marks(NamedTuple):
    """What a milestone can be known by. "" and None are no marks.

    `books` are the workbooks in which it may have been or be now. `loose`: whether it may be known by its money or its
    order, when that is asked first and second.
    """

    place: tuple[str, str]
    books: str
    project: str
    name: str
    invoice: str
    due: object
    credit: bool
    money: tuple[str, int | None]
    state: tuple[str, int | None]
    loose: tuple[bool, bool] = (True, True)


def _loosely(what: Callable[[_Marks], Hashable]) -> Iterator[Callable[[_Marks], Hashable]]:
    """A way for what tells nothing certain, and only of milestones that have a name."""
    yield lambda one: what(one) if one.name and one.loose[0] else None
    yield lambda one: what(one) if one.name and one.loose[1] else None


# By project and name, else by invoice number. Where several bear a name (a monthly retainer, the same project on two
# sheets) the sheet, the invoice number and the due date tell them apart, then their money, and their order at last.
_WAYS: tuple[Callable[[_Marks], Hashable], ...] = (
    lambda one: (one.place, one.project, one.name, one.invoice, one.due, one.money, one.state) if one.name else None,
    lambda one: (one.place, one.project, one.name, one.invoice, one.due, one.money) if one.name else None,
    lambda one: (one.place, one.project, one.name, one.invoice, one.due) if one.name and one.invoice else None,
    lambda one: (one.place, one.project, one.name, one.invoice) if one.name and one.invoice else None,
    lambda one: (one.place, one.project, one.name, one.due) if one.name and one.due else None,
    *_loosely(lambda one: (one.place, one.project, one.name, one.money, one.state)),
    *_loosely(lambda one: (one.place, one.project, one.name, one.money)),
    *_loosely(lambda one: (one.place, one.project, one.name)),
    lambda one: (one.books, one.project, one.name, one.invoice) if one.name and one.invoice else None,
    lambda one: (one.books, one.project, one.name, one.due, one.money) if one.name and one.due else None,
    *_loosely(lambda one: (one.books, one.project, one.name, one.money, one.state)),
    *_loosely(lambda one: (one.books, one.project, one.name, one.money)),
    *_loosely(lambda one: (one.books, one.project, one.name)),
    # A credit note may quote the invoice that it credits.
    lambda one: (one.books, one.project, one.invoice, one.credit) if one.invoice else None,
    lambda one: (one.books, one.invoice, one.credit) if one.invoice else None,
    lambda one: (one.place, one.project, one.due, one.money) if not one.name else None,
    lambda one: (one.place, one.project, one.due) if not one.name else None,
)


def matched(before: Run, now: Run, renamed: Mapping[str, str]) -> dict[int, int]:
    """The places in `now` of those milestones that were there before → their places in `before`.

    `renamed` are workbooks under the names that they bore and bear. Else a milestone can only have come from one
    workbook into another where both runs read both: two sets of workbooks may name their milestones alike.
    """
    then, today = ({book.path for book in run.books if book.readable} for run in (before, now))
    kept = then & today
    old = [_marks(one, renamed.get(one.workbook, one.workbook), kept) for one in before.standings]
    new = [_marks(one, one.workbook, kept) for one in now.standings]
    bearers = [Counter((one.project, one.name) for one in side) for side in (old, new)]
    several = {name for side in bearers for name, count in side.items() if count > 1}
    return _pairs([_then(one, several) for one in old], [_now(one, several) for one in new])


def _then(one: _Marks, several: set[tuple[str, str]]) -> _Marks:
    """What is known of one of then: of several of a name, no loose way leads from an invoice, as it does not vanish.

    Nor from one due date to another: that of January is not that of April.
    """
    if (one.project, one.name) not in several:
        return one
    return one._replace(loose=(not one.invoice and one.due is None, not one.invoice))


def _now(one: _Marks, several: set[tuple[str, str]]) -> _Marks:
    return one._replace(loose=(True, one.due is None)) if (one.project, one.name) in several else one


def _pairs(old: list[_Marks], new: list[_Marks]) -> dict[int, int]:
    left_old: Iterable[int] = range(len(old))
    left_new: Iterable[int] = range(len(new))
    found: dict[int, int] = {}
    for way in _WAYS:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for place in left_old:
            if (mark := way(old[place])) is not None:
                waiting[mark].append(place)
        taken: set[int] = set()
        for place in left_new:
            mark = way(new[place])
            if mark is not None and (candidates := waiting.get(mark)):
                found[place] = candidates.popleft()
                taken.add(found[place])
        left_old = [place for place in left_old if place not in taken]
        left_new = [place for place in left_new if place not in found]
    return found


def invoice_of(one: Standing) -> str:
    """The invoice number by which a milestone can be known, "" for none: “TBC” is no number."""
    number = known_as(one.invoice)
    return number if any(sign.isdigit() for sign in number) else ""


def _marks(one: Standing, workbook: str, kept: set[str]) -> _Marks:
    return _Marks(
        (workbook, one.sheet),
        "" if workbook in kept else workbook,
        *one.key,
        invoice_of(one),
        one.due,
        (one.amount or 0) < 0,
        (one.currency, one.amount),
        (one.status, one.paid),
    )
