"""Which workbook of an earlier run bears another name now."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from milestone_report.history.matching import invoice_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from milestone_report.history.runs import Run, Standing


def renamed(before: Run, now: Run) -> dict[str, str]:
    """The workbooks that were read then and are not now → their new names.

    A workbook that the earlier run did not have is an earlier one renamed where half of that one's milestones or more
    are found in it: two of project with name, amount and invoice number are the same. Names alone are none: “Deposit”
    and “Final” stand in many workbooks.
    """
    readable = {book.path for book in now.books if book.readable}
    gone = {book.path for book in before.books} - readable
    known = {book.path for book in before.books}
    added = {path for path in readable if path not in known}
    if not gone or not added:
        return {}
    holders: defaultdict[Hashable, set[str]] = defaultdict(set)
    for workbook, marks in _marked(now.standings, added):
        for mark in marks:
            holders[mark].add(workbook)
    held: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for workbook, marks in _marked(before.standings, gone):
        held[workbook] += 1
        found.update((workbook, other) for other in set().union(*(holders.get(mark, ()) for mark in marks)))
    enough = [pair for pair, number in found.items() if number * 2 >= held[pair[0]]]
    enough.sort(key=lambda pair: (-found[pair], PurePath(pair[0]).name != PurePath(pair[1]).name, pair))
    names: dict[str, str] = {}
    for old, new in enough:
        if old not in names and new not in names.values():
            names[old] = new
    return names


def _marked(standings: Iterable[Standing], workbooks: set[str]) -> Iterator[tuple[str, list[Hashable]]]:
    """The milestones of some workbooks, each with its workbook and what it is known by there.

    The second of those that are all alike is another one than the first.
    """
    seen: Counter[Hashable] = Counter()
    for one in standings:
        if one.workbook not in workbooks:
            continue
        name, invoice, money = one.key, invoice_of(one), (one.currency, one.amount)
        marks: list[Hashable] = []
        for mark in ((name, money), (name, invoice) if invoice else None, (invoice, money) if invoice else None):
            if mark is not None:
                seen[one.workbook, mark] += 1
                marks.append((*mark, seen[one.workbook, mark]))
        yield one.workbook, marks
