"""The control totals ready to show: what was read, what was not, and whether everything adds up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from milestone_report.rendering import changes, doubt, ignored, part, unread
from milestone_report.rendering.view.banners import left_out_money
from milestone_report.rendering.view.findings import NAMES
from milestone_report.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import Sheet, Workbook
    from milestone_report.rendering.view.words import Place, Sum, Words


Item = TypeVar("Item")

_NAMED = 3  # cells of totals rows that could not be read; of more the first are named


@dataclass(frozen=True, slots=True)
class Tile:
    """One control total: a name, a figure in words, and lines below it."""

    name: str
    figure: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The sums of one currency, and whether they add up: amount = (paid - overpaid) + outstanding + not billed."""

    currency: str
    milestones: str
    amount: Sum
    paid: Sum
    overpaid: Sum
    outstanding: Sum
    not_billed: Sum
    adds_up: bool
    ageing_adds_up: bool


@dataclass(frozen=True, slots=True)
class TotalsRowLine:
    """A totals row of the user's beside the sum of its milestones."""

    place: Place
    label: str
    says: str
    adds_up_to: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sheet that was not used, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class IgnoredLine:
    """Findings that are not shown: how many of which code, who kept them out, and why."""

    code: str
    name: str
    number: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook of the run, when it was last saved, and what was used of it.

    `unchanged` says since which report it is the same, "" where it is not.
    """

    place: Place
    saved: str
    unchanged: str
    used: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Shortened(Generic[Item]):
    """The first of many; `more` are not shown."""

    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Control:
    """Everything that tells whether the report can be trusted."""

    tiles: tuple[Tile, ...]
    checks: tuple[Check, ...]
    totals_rows: Shortened[TotalsRowLine]
    skipped: Shortened[Skipped]
    ignored: Shortened[IgnoredLine]
    unused: Shortened[str]
    books: Shortened[Book]


def control(words: Words) -> Control:
    """The control totals of the report."""
    sheets = [sheet for book in words.report.workbooks for sheet in book.sheets_used]
    totals = [(sheet, total) for sheet in sheets for total in sheet.totals]
    skipped = [(book.path, one) for book in words.report.workbooks for one in book.sheets_skipped]
    checks = _checks(words)
    return Control(
        tiles=_tiles(words, sum(total.agrees for _, total in totals), len(totals), checks),
        checks=checks,
        totals_rows=Shortened(
            tuple(
                TotalsRowLine(
                    words.place(sheet.workbook, sheet.name, total.cell),
                    words.text(total.label),
                    words.text(words.language.told(total.says)),
                    words.text(words.language.told(total.adds_up_to)),
                    total.agrees,
                )
                for sheet, total in totals[: words.rows]
            ),
            max(len(totals) - words.rows, 0),
        ),
        skipped=Shortened(
            tuple(
                Skipped(words.place(path, one.name), words.sentence(words.language.told(one.why)))
                for path, one in skipped[: words.rows]
            ),
            max(len(skipped) - words.rows, 0),
        ),
        ignored=_ignored(words),
        unused=Shortened(
            tuple(words.sentence(entry) for entry in list(ignored.unused(words.report, words.language))[: words.rows]),
            max(len(words.report.unused) - words.rows, 0),
        ),
        books=_books(words),
    )


def _ignored(words: Words) -> Shortened[IgnoredLine]:
    entries = words.report.ignored
    shown = tuple(
        IgnoredLine(
            each.code,
            words.say(NAMES[each.severity]),
            words.language.number(each.findings),
            words.say(ignored.HOW[each.by]),
            words.sentence(each.reason),
        )
        for each in entries[: words.rows]
    )
    return Shortened(shown, len(entries) - len(shown))


def _saved(words: Words, book: Workbook) -> str:
    if not book.last_saved:
        return words.say("not known")
    when = words.moment(book.last_saved)
    return words.say("{when} by {name}", when=when, name=book.saved_by) if book.saved_by else when


def _books(words: Words) -> Shortened[Book]:
    books = words.report.workbooks
    whole, in_part = (Counter(path for path, _sheet in places) for places in unread.sheets(words.report))
    shown = tuple(
        Book(
            words.place(book.path),
            _saved(words, book),
            changes.unchanged_since(book, words.language),
            _used(words, book, whole[book.path], in_part[book.path])
            if book.readable
            else words.say("could not be read"),
            book.readable,
        )
        for book in books[: words.rows]
    )
    return Shortened(shown, len(books) - len(shown))


def _used(words: Words, book: Workbook, whole: int, in_part: int) -> str:
    used = words.counted("{n} sheet used", "{n} sheets used", len(book.sheets_used))
    return ", ".join((used, *_unused(words, len(book.sheets_skipped), whole, in_part)))


def _unused(words: Words, skipped: int, whole: int, in_part: int) -> tuple[str, ...]:
    """What is not used of the sheets. Those that could not be read `whole` are among the skipped ones."""
    return (
        *_besides(whole, words.say("{number} could not be read", number=whole)),
        *_besides(in_part, words.say("{number} could not be read wholly", number=in_part)),
        *_besides(skipped - whole, words.say("{number} skipped", number=skipped - whole)),
    )


def _tiles(words: Words, agree: int, totals: int, checks: Sequence[Check]) -> tuple[Tile, ...]:
    figures, say, sums_unread = words.report.summary.control, words.say, _totals_unread(words)
    right = all(check.adds_up and check.ageing_adds_up for check in checks)
    return (
        *_part(words),
        Tile(
            say("Workbooks"),
            say("{number} read", number=figures.workbooks_read),
            _besides(figures.workbooks_unreadable, say("{number} unreadable", number=figures.workbooks_unreadable)),
        ),
        Tile(
            say("Sheets"),
            say("{number} used", number=figures.sheets_used),
            _unused(words, figures.sheets_skipped, *map(len, unread.sheets(words.report))),
        ),
        Tile(say("Milestones"), say("{number} counted", number=figures.rows_counted), _not_counted(words)),
        *_counted_twice(words),
        *_in_doubt(words),
        Tile(
            say("Totals rows in the sheets"),
            say("{number} of {total} agree", number=agree, total=totals)
            if totals
            else say("not readable")
            if sums_unread
            else words.language.term("totals row", "none"),
            sums_unread,
        ),
        Tile(say("Every total"), say("adds up") if right else say("does not add up")),
        Tile(
            say("Findings"),
            say("{number} shown", number=len(words.report.findings)),
            tuple(ignored.how_many(words.report, words.language)),
        ),
        Tile(say("Settings"), words.text(words.report.settings.settings_file) or say("no file"), _severities(words)),
    )


def _totals_unread(words: Words) -> tuple[str, ...]:
    """The totals rows of the user's that could not be read, the first of them with their cells."""
    language = words.language
    cells = [
        language.say("{cell} on {sheet}", cell=cell, sheet=language.quoted(_sheet_name(words, sheet)))
        for sheet in words.report.milestones.sheets
        for cell in sheet.totals_unread
    ]
    if not cells:
        return ()
    named = language.listed(cells) if len(cells) <= _NAMED else ", ".join([*cells[:_NAMED], "…"])
    return (
        words.sentence(
            language.counted(
                "{n} totals row could not be read: {cells}",
                "{n} totals rows could not be read: {cells}",
                len(cells),
                cells=named,
            )
        ),
    )


def _sheet_name(words: Words, sheet: Sheet) -> str:
    """A sheet, with its workbook where there are several."""
    name = words.text(sheet.name)
    return f"{words.text(sheet.workbook)}, {name}" if words.several_workbooks else name


def _part(words: Words) -> tuple[Tile, ...]:
    """Whose milestones these are where they are not all."""
    mine = words.report.part
    if mine is None:
        return ()
    lines = tuple(words.sentence(fact) for fact in part.facts(words.report, words.language))
    return (Tile(words.say("A part of the report only"), words.text(part.whose(mine, words.language)), lines),)


def _severities(words: Words) -> tuple[str, ...]:
    """The severities of the user's own, in a few words."""
    own = [f"{code} {words.say(SEVERITY_WORDS[severity])}" for code, severity in words.report.settings.choice.severity]
    return (words.sentence(words.say("severity by the settings: {codes}", codes=", ".join(own))),) if own else ()


def _besides(number: int, what: str) -> tuple[str, ...]:
    return (what,) if number else ()


def _not_counted(words: Words) -> tuple[str, ...]:
    """The milestones that are left out or void, with their money."""
    figures = words.report.summary.control
    left_out = words.say("{number} left out", number=figures.rows_left_out)
    void = words.say("{number} void", number=figures.rows_void)
    return (
        *_besides(figures.rows_left_out, _with(left_out, left_out_money(words))),
        *_besides(figures.rows_void, _with(void, words.language.amounts(figures.void, figures.void_without_currency))),
    )


def _counted_twice(words: Words) -> tuple[Tile, ...]:
    """The money that stands alike on another sheet, too."""
    if not doubt.copies(words.report):
        return ()
    twice = words.report.summary.control.counted_twice
    number = words.counted("{n} milestone", "{n} milestones", twice.milestones)
    return (Tile(words.say("Counted twice"), words.language.amounts(twice.amounts) or number, (number,)),)


def _in_doubt(words: Words) -> tuple[Tile, ...]:
    """What the milestones come to that have an error in a cell."""
    of_doubt = words.report.summary.control.in_doubt
    if not of_doubt.milestones:
        return ()
    lines = tuple(doubt.sentences(of_doubt, words.language))
    figure = doubt.sums(of_doubt, words.language) or words.say("not readable")
    return (Tile(words.say("In doubt: a cell has an error"), figure, lines),)


def _with(what: str, money: str) -> str:
    return f"{what}, {money}" if money else what


def _checks(words: Words) -> tuple[Check, ...]:
    aged: dict[str, int] = {}
    for band in words.report.summary.ageing:
        aged[band.currency] = aged.get(band.currency, 0) + band.outstanding
    return tuple(
        Check(
            one.currency,
            words.language.number(one.milestones),
            words.sum(one.amount, one.currency),
            words.sum(one.paid, one.currency),
            words.sum(one.overpaid, one.currency),
            words.sum(one.outstanding, one.currency),
            words.sum(one.not_billed, one.currency),
            one.amount == one.paid - one.overpaid + one.outstanding + one.not_billed,
            one.outstanding == aged.get(one.currency, 0),
        )
        for one in words.report.summary.totals
    )
