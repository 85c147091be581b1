"""The control totals ready to show: what was read, what was not, and whether everything adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from milestone_report.rendering import ignored, part
from milestone_report.rendering.view.banners import left_out_money
from milestone_report.rendering.view.findings import NAMES
from milestone_report.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import Workbook
    from milestone_report.rendering.view.words import Place, Sum, Words
    from milestone_report.totals import Money


Item = TypeVar("Item")


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
    """A workbook of the run, when it was last saved, and what was used of it."""

    place: Place
    saved: str
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
                    words.text(total.says),
                    words.text(total.adds_up_to),
                    total.agrees,
                )
                for sheet, total in totals[: words.rows]
            ),
            max(len(totals) - words.rows, 0),
        ),
        skipped=Shortened(
            tuple(Skipped(words.place(path, one.name), words.sentence(one.why)) for path, one in skipped[: words.rows]),
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
            each.code, NAMES[each.severity], f"{each.findings:,}", ignored.HOW[each.by], words.sentence(each.reason)
        )
        for each in entries[: words.rows]
    )
    return Shortened(shown, len(entries) - len(shown))


def _saved(words: Words, book: Workbook) -> str:
    by = f" by {book.saved_by}" if book.saved_by else ""
    return f"{words.moment(book.last_saved)}{by}" if book.last_saved else "not known"


def _books(words: Words) -> Shortened[Book]:
    books = words.report.workbooks
    shown = tuple(
        Book(
            words.place(book.path),
            _saved(words, book),
            _used(len(book.sheets_used), len(book.sheets_skipped)) if book.readable else "could not be read",
            book.readable,
        )
        for book in books[: words.rows]
    )
    return Shortened(shown, len(books) - len(shown))


def _used(used: int, skipped: int) -> str:
    return f"{counted(used, 'sheet')} used" + (f", {skipped:,} skipped" if skipped else "")


def _tiles(words: Words, agree: int, totals: int, checks: Sequence[Check]) -> tuple[Tile, ...]:
    figures = words.report.summary.control
    right = all(check.adds_up and check.ageing_adds_up for check in checks)
    return (
        *_part(words),
        Tile("Workbooks", f"{figures.workbooks_read:,} read", _besides(figures.workbooks_unreadable, "unreadable")),
        Tile("Sheets", f"{figures.sheets_used:,} used", _besides(figures.sheets_skipped, "skipped")),
        Tile(
            "Milestones",
            f"{figures.rows_counted:,} counted",
            (
                *_besides(figures.rows_left_out, _with("left out", left_out_money(words))),
                *_besides(figures.rows_void, _with("void", _money(words, figures.void))),
            ),
        ),
        Tile("Totals rows in the sheets", f"{agree:,} of {totals:,} agree" if totals else "none"),
        Tile("Every total", "adds up" if right else "does not add up"),
        Tile(
            "Findings", f"{len(words.report.findings):,} shown", tuple(ignored.how_many(words.report, words.language))
        ),
        Tile("Settings", words.text(words.report.settings.settings_file) or "no file", _severities(words)),
    )


def _part(words: Words) -> tuple[Tile, ...]:
    """Whose milestones these are where they are not all."""
    mine = words.report.part
    if mine is None:
        return ()
    lines = tuple(words.sentence(fact) for fact in part.facts(words.report, words.language))
    return (Tile("A part of the report only", words.text(part.whose(mine, words.language)), lines),)


def _severities(words: Words) -> tuple[str, ...]:
    """The severities of the user's own, in a few words."""
    own = [f"{code} {NAMES[severity].lower()}" for code, severity in words.report.settings.choice.severity]
    return (words.sentence(f"severity by the settings: {', '.join(own)}"),) if own else ()


def _besides(number: int, what: str) -> tuple[str, ...]:
    return (f"{number:,} {what}",) if number else ()


def _money(words: Words, amounts: Sequence[Money]) -> str:
    """The money in rows that are not counted, as far as it can be read with its currency."""
    return " and ".join(str(words.sum(one.amount, one.currency)) for one in amounts if one.amount and one.currency)


def _with(what: str, money: str) -> str:
    return f"{what}, {money}" if money else what


def _checks(words: Words) -> tuple[Check, ...]:
    aged: dict[str, int] = {}
    for band in words.report.summary.ageing:
        aged[band.currency] = aged.get(band.currency, 0) + band.outstanding
    return tuple(
        Check(
            one.currency,
            f"{one.milestones:,}",
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
