"""Which milestone of an earlier run is which of this one."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.history.runs import known_as

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from milestone_report.history.runs import Standing


class _Marks(NamedTuple):
    """What a milestone can be known by. "" and None are no marks.

    `by_order`: whether its order may tell it from others of its name.
    """

    place: tuple[str, str]
    project: str
    name: str
    invoice: str
    due: object
    credit: bool
    by_order: bool = True


# By project and name, else by invoice number. Where several bear a name (a monthly retainer, the same project on two
# sheets) the sheet, the invoice number and the due date tell them apart before their order does.
_WAYS: tuple[Callable[[_Marks], Hashable], ...] = (
    lambda one: (one.place, one.project, one.name, one.invoice, one.due) if one.name else None,
    lambda one: (one.place, one.project, one.name, one.invoice) if one.name and one.invoice else None,
    lambda one: (one.place, one.project, one.name, one.due) if one.name and one.due else None,
    lambda one: (one.place, one.project, one.name) if one.name and one.by_order else None,
    lambda one: (one.project, one.name, one.invoice) if one.name and one.invoice else None,
    lambda one: (one.project, one.name) if one.name and one.by_order else None,
    # A credit note may quote the invoice that it credits.
    lambda one: (one.invoice, one.credit) if one.invoice else None,
    lambda one: (one.place, one.project, one.due) if not one.name else None,
)


def matched(before: Sequence[Standing], now: Sequence[Standing]) -> dict[int, int]:
    """The places in `now` of those milestones that were there before → their places in `before`."""
    old, new = (list(map(_marks, side)) for side in (before, now))
    # Of several of a name, one that was invoiced is not taken for another that is not: an invoice does not vanish.
    bearers = [Counter((one.project, one.name) for one in side) for side in (old, new)]
    several = {name for side in bearers for name, count in side.items() if count > 1}
    old = [one._replace(by_order=not one.invoice or (one.project, one.name) not in several) for one in old]
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


def _marks(one: Standing) -> _Marks:
    place = (one.workbook, one.sheet)
    return _Marks(place, *one.key, known_as(one.invoice), one.due, (one.amount or 0) < 0)
