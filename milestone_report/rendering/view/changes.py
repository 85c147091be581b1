"""What changed since the last report, ready to show: how the outstanding moved, and what happened to each milestone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from milestone_report.changes import Change
from milestone_report.model import Status
from milestone_report.rendering import changes as telling
from milestone_report.rendering.view.findings import some_of_each
from milestone_report.rendering.view.rows import Record, records
from milestone_report.rendering.view.trend import Trend, trends
from milestone_report.rendering.view.words import Place, Sum
from milestone_report.text import SHEET_ROWS
from milestone_report.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milestone_report.changes import Bridge, Item
    from milestone_report.rendering.view.lists import Listing
    from milestone_report.rendering.view.words import Words

_FEW = 6
"""So many changes stand open on the page; more of them open with a click."""

_UNSIGNED = ("t-billed", "t-open")
_FIELDS = ("sheet_id", "row", "client", "owner", "status")


@dataclass(frozen=True, slots=True)
class Move:
    """What the changes of one kind did to what is outstanding, of how many milestones: "+8,000.00", "-12,000.00".

    Both are "" where they did nothing in this currency.
    """

    label: str
    figure: str
    milestones: str


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """From what was outstanding in one currency to what is: `opening` and the moves add up to `closing`.

    Every currency has the same moves, one for each kind that moved any; those in which nothing moved have no line.
    """

    opening: Sum
    moves: tuple[Move, ...]
    closing: Sum


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of one milestone. `before` and `after` are "" where nothing stood or stands there.

    `label` is its kind, `change` both in a few words: "7,200.00 → 8,200.00", "was planned".
    An amount that is in no figure is words in `before` and `after`: "a cell could not be read".
    `moved` is by how much it moved what is outstanding, "" for nothing, and `minor` the same in minor units.
    `link` leads to the milestone's row in the list `seen`, where the page shows it; both are "" elsewhere.
    """

    project: str
    milestone: str
    client: str
    owner: str
    status: str
    label: str
    before: str
    after: str
    change: str
    amount: Sum
    moved: str
    minor: int
    place: Place
    link: str
    seen: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one kind; `sums` and `count` cover those beyond the limit too."""

    kind: str
    label: str
    count: int
    sums: tuple[str, ...]
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, `more` of it not shown. `since` is "" where there is no report to compare with.

    `opening` and `closing` say of which day the first and the last figure of the bridge are. `still` names what is
    outstanding in the currencies that did not move, "" where all of them did. `remarks` say what is not
    compared, and which workbooks are all new. `first`: the next report will say what changed since this one. `untold`
    says why there are no changes. `counts` says how many changes there are of each kind, `folded` that they are too
    many to stand before the lists. `targets` are the rows of the lists that changes lead to. `trends` is empty where
    too few reports are remembered.
    """

    first: bool
    untold: tuple[str, ...] = ()
    since: str = ""
    opening: str = ""
    closing: str = ""
    bridge: tuple[BridgeLine, ...] = ()
    still: str = ""
    remarks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    folded: bool = False
    groups: tuple[ChangeGroup, ...] = ()
    count: int = 0
    more: int = 0
    targets: frozenset[str] = frozenset()
    trends: tuple[Trend, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list of the page: its address, its name, and what stands in it."""

    address: str
    name: str
    listing: Listing


def changes(words: Words, lists: Sequence[NamedList]) -> Changes:
    """What changed since the last report; changes lead to the first of the lists that has their milestone."""
    report = words.report
    if report.changes is None:
        untold = tuple(words.advice(words.language.told(sentence)) for sentence in report.history_told)
        return Changes(first=telling.is_first(report), untold=untold)
    happened = report.changes.items
    groups = tuple(_groups(words, happened, lists))
    return Changes(
        first=False,
        since=words.long_date(report.changes.since),
        opening=telling.opening_words(report.changes, words.language),
        closing=words.say("Outstanding on {date}", date=words.short_date(report.settings.as_of)),
        bridge=_bridge(words, [bridge for bridge in report.changes.bridge if telling.moves(bridge)]),
        still=telling.still(report.changes, words.language),
        remarks=tuple(
            map(words.sentence, [*telling.remarks(report.changes, words.language), *telling.trend_remarks(report)])
        ),
        counts=tuple(telling.counts(report.changes, words.language, with_money=False)),
        folded=len(happened) > _FEW,
        groups=groups,
        count=len(happened),
        more=len(happened) - sum(len(group.lines) for group in groups),
        targets=frozenset(line.link for group in groups for line in group.lines if line.link),
        trends=trends(words),
    )


def _bridge(words: Words, bridges: Sequence[Bridge]) -> tuple[BridgeLine, ...]:
    kinds = [kind for kind in Change if any(each.kind is kind for bridge in bridges for each in bridge.movements)]
    return tuple(
        BridgeLine(
            words.sum(bridge.opening, bridge.currency),
            tuple(_move(words, bridge, kind) for kind in kinds),
            words.sum(bridge.closing, bridge.currency),
        )
        for bridge in bridges
    )


def _move(words: Words, bridge: Bridge, kind: Change) -> Move:
    label = words.say(telling.KIND_WORDS[kind])
    for each in bridge.movements:
        if each.kind is kind:
            milestones = words.counted("{n} milestone", "{n} milestones", each.milestones)
            return Move(label, telling.signed(each.amount, bridge.currency, words.language.locale), milestones)
    return Move(label, "", "")


def _groups(words: Words, happened: Sequence[Item], lists: Sequence[NamedList]) -> Iterator[ChangeGroup]:
    """Changes by kind, in the order in which a report tells them; where not all fit, some of each kind."""
    shown = some_of_each(happened, words.rows, lambda item: item.kind)
    rows = _rows(words, shown)
    both = dict(zip(happened, telling.before_and_now(happened, words.language), strict=True))
    seen: dict[str, list[NamedList]] = {}
    for one in lists:
        for row in one.listing.rows:
            seen.setdefault(row.key, []).append(one)
    for kind in Change:
        few = [item for item in shown if item.kind is kind]
        if few:
            every = [item for item in happened if item.kind is kind]
            sums = words.sums([item.currency for item in every], [item.moved for item in every])
            yield ChangeGroup(
                str(kind),
                words.say(telling.KIND_WORDS[kind]),
                len(every),
                tuple(f"{_moved(words, one.minor, one.currency)} {one.currency}" for one in sums if one.minor),
                tuple(
                    _line(words, item, both[item], rows.get((item.workbook, item.sheet, item.row)), seen)
                    for item in few
                ),
            )


def _moved(words: Words, minor: int, currency: str) -> str:
    return telling.signed(minor, currency, words.language.locale) if minor else ""


def _line(
    words: Words, item: Item, both: tuple[str, str], row: Record | None, seen: Mapping[str, Sequence[NamedList]]
) -> ChangeLine:
    # What stands there now is another milestone.
    row = None if item.kind is Change.REMOVED else row
    key = f"{row['sheet_id']}-{row['row']}" if row else ""
    found = seen.get(key, ())
    first = next((one for one in found if item.kind is Change.SIGNOFF_LOST and one.address in _UNSIGNED), None)
    first = first or next(iter(found), None)
    before, after = map(words.text, both)
    return ChangeLine(
        project=words.text(item.project),
        milestone=words.text(item.milestone),
        client=words.text(row["client"]) if row else "",
        owner=words.text(row["owner"]) if row else "",
        status=words.say(STATUS_WORDS[Status(row["status"])]) if row else "",
        label=words.say(telling.KIND_WORDS[item.kind]),
        before=before,
        after=after,
        change=_change(words, before, after),
        # Without a currency the amount could not be read.
        amount=words.sum(item.amount, item.currency) if item.currency else Sum("", "", 0),
        moved=_moved(words, item.moved, item.currency),
        minor=item.moved,
        place=_place(words, item, row),
        link=f"{first.address}-{key}" if first else "",
        seen=first.name if first else "",
    )


def _change(words: Words, before: str, after: str) -> str:
    if before and not after:
        return words.say("was {what}", what=before)
    return f"{before} → {after}" if before and before != after else after


def _place(words: Words, item: Item, row: Record | None) -> Place:
    """The cell in which the change is seen; of a removed milestone the row in which it stood."""
    if row:
        return words.row_place(row["sheet_id"], telling.FIELDS.get(item.kind, "milestone"), row["row"])
    place = words.place(item.workbook, item.sheet)
    return Place(words.say("row {row}", row=item.row), place.sheet, place.workbook, "")


def _rows(words: Words, items: Sequence[Item]) -> dict[tuple[str, str, int], Record]:
    """The rows in which changed milestones stand, found in one pass over the frame."""
    frame, sheets = words.report.milestones.frame, words.report.milestones.sheets
    ids = {(sheet.workbook, sheet.name): number for number, sheet in enumerate(sheets)}
    wanted = [
        ids[item.workbook, item.sheet] * SHEET_ROWS + item.row for item in items if (item.workbook, item.sheet) in ids
    ]
    if frame.empty or not wanted:
        return {}
    places = frame["sheet_id"].to_numpy(dtype="int64") * SHEET_ROWS + frame["row"].to_numpy(dtype="int64")
    found = records(frame, _FIELDS, np.flatnonzero(np.isin(places, wanted)))
    return {(sheets[row["sheet_id"]].workbook, sheets[row["sheet_id"]].name, row["row"]): row for row in found}
