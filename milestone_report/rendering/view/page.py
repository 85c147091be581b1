"""The report ready to show: what the page and the mail say, in words, so that no template computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.numbers import get_decimal_symbol, get_group_symbol

from milestone_report import __version__
from milestone_report.currency import exponent
from milestone_report.rendering import ignored
from milestone_report.rendering.view import control, figures, findings, lists
from milestone_report.rendering.view.banners import Banner, banners
from milestone_report.rendering.view.projects import Projects, projects
from milestone_report.rendering.view.words import Place, Sum, Words
from milestone_report.text import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from milestone_report.model import Report, Workbook

_STALE_AFTER = 7
"""Days between the last save and the report's date from which the page says how many."""

_REMARKS = 3
_NAMED_WORKBOOKS = 4
_CHOICES = 300


@dataclass(frozen=True, slots=True)
class Saved:
    """A workbook and when it was last saved."""

    place: Place
    when: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the figures are: each workbook, or with many of them only how many and the oldest."""

    books: tuple[Saved, ...]
    many: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One of the four answers: `name` is also the address of its section."""

    name: str
    verb: str
    count: int
    noun: str
    lines: tuple[tuple[str, str], ...]
    small: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to filter the page; offered only where there are two words or more to choose from."""

    name: str
    label: str
    every: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page and the mail show.

    `banners_folded`: there is more to know ahead than may push the answers from the first screen.
    `digits` gives each currency's decimals, "EUR:2 JPY:0", and with the marks of the locale lets the
    page's filter write an amount as the rest of the page does.
    """

    title: str
    heading: str
    company: str
    date: str
    locale: str
    digits: str
    group_mark: str
    decimal_mark: str
    freshness: Freshness
    banners: tuple[Banner, ...]
    banners_folded: bool
    cards: tuple[Card, ...]
    nothing_counted: bool
    several_workbooks: bool
    unpaid: lists.Listing
    ageing: tuple[figures.Ageing, ...]
    ready: lists.Listing
    unsigned_billed: lists.Listing
    unsigned_open: lists.Listing
    unchecked: lists.Listing
    projects: Projects
    weeks: tuple[figures.Weeks, ...]
    problems: findings.Problems
    kept_out: tuple[str, ...]
    control: control.Control
    choices: tuple[Choice, ...]
    version: str


def view(report: Report, *, rows: int, length: int, grouped: bool = True) -> View:
    """What a report says, with at most `rows` rows of each list and `length` characters of each cell.

    Findings are `grouped` by sheet, or one list of errors and warnings.
    """
    words = Words(report, rows, length)
    settings = report.settings
    unpaid = lists.unpaid(words)
    ready = lists.ready_to_bill(words)
    unsigned_billed = lists.billed_without_signoff(words)
    unsigned_open = lists.unsigned_not_billed(words)
    unchecked = lists.not_checked(words)
    problems = findings.problems(words, grouped=grouped)
    known_ahead = banners(words)
    date = words.long_date(settings.as_of)
    title = words.sentence(settings.title)
    return View(
        title=title,
        heading=f"{title} on {date}",
        company=words.text(settings.company),
        date=date,
        locale=settings.locale.replace("_", "-"),
        digits=" ".join(f"{one.currency}:{exponent(one.currency)}" for one in report.summary.totals),
        group_mark=get_group_symbol(settings.locale),
        decimal_mark=get_decimal_symbol(settings.locale),
        freshness=_freshness(words),
        banners=known_ahead,
        banners_folded=sum(len(banner.remarks) for banner in known_ahead) > _REMARKS,
        cards=(
            _chase(words, unpaid),
            _invoice(ready),
            _sign(unsigned_billed, unsigned_open),
            _fix(words, problems),
        ),
        nothing_counted=report.summary.control.rows_counted == 0,
        several_workbooks=words.several_workbooks,
        unpaid=unpaid,
        ageing=figures.ageing(words),
        ready=ready,
        unsigned_billed=unsigned_billed,
        unsigned_open=unsigned_open,
        unchecked=unchecked,
        projects=projects(words),
        weeks=figures.coming_due(words),
        problems=problems,
        kept_out=tuple(words.sentence(sentence) for sentence in ignored.sentences(report, words.language)),
        control=control.control(words),
        choices=_choices(words, (unpaid, ready, unsigned_billed, unsigned_open, unchecked)),
        version=__version__,
    )


def _freshness(words: Words) -> Freshness:
    report = words.report
    control = report.summary.control
    books = report.workbooks
    dated = sorted((book for book in books if book.last_saved), key=_saved)
    shown: Sequence[Workbook] = books if len(books) <= _NAMED_WORKBOOKS else dated[:1]
    names = {(project.workbook, project.sheet, project.project) for project in report.summary.projects}
    facts = [counted(len(names), "project"), f"{counted(control.rows_counted, 'milestone')} counted"]
    if control.rows_left_out:
        facts.append(f"{control.rows_left_out:,} left out")
    return Freshness(
        tuple(Saved(words.place(book.path), _when(words, book)) for book in shown),
        "" if len(books) <= _NAMED_WORKBOOKS else f"{len(books):,} workbooks",
        tuple(facts),
    )


def _saved(book: Workbook) -> tuple[dt.datetime | None, str]:
    return book.last_saved, book.path


def _when(words: Words, book: Workbook) -> str:
    if not book.readable:
        return "could not be read"
    age = (words.report.settings.as_of - book.last_saved.date()).days if book.last_saved else 0
    earlier = f" ({counted(age, 'day')} earlier)" if age >= _STALE_AFTER else ""
    return f"last saved {words.moment(book.last_saved)}{earlier}"


def _chase(words: Words, unpaid: lists.Listing) -> Card:
    frame = words.report.milestones.frame
    late = int((frame["unpaid"] & frame["overdue"]).sum())
    small = "all of them overdue" if late == unpaid.count else f"{late:,} of them overdue" if late else "none overdue"
    return Card("unpaid", "Chase", unpaid.count, "unpaid", _lines(unpaid.sums), small if unpaid.count else "")


def _invoice(ready: lists.Listing) -> Card:
    oldest = next((row.signed_note for row in ready.rows if row.signed_note), "")
    small = f"the longest was signed {oldest}" if oldest else ""
    return Card("ready", "Invoice now", ready.count, "signed, not invoiced", _lines(ready.sums), small)


def _sign(billed: lists.Listing, not_billed: lists.Listing) -> Card:
    small = f"and {not_billed.count:,} more not billed yet" if not_billed.count else ""
    return Card("unsigned", "Get the signature", billed.count, "billed without sign-off", _lines(billed.sums), small)


def _fix(words: Words, problems: findings.Problems) -> Card:
    lines = (("errors", problems.errors), ("warnings", problems.warnings), ("notes", problems.notes))
    left_out = words.report.summary.control.rows_left_out
    kept_out = sum(each.findings for each in words.report.ignored)
    small = [f"{counted(left_out, 'milestone')} left out of the figures"] if left_out else []
    small += [f"{counted(kept_out, 'finding')} not shown"] if kept_out else []
    return Card(
        "problems",
        "Fix the workbook" if not words.several_workbooks else "Fix the workbooks",
        problems.count,
        "problem" if problems.count == 1 else "problems",
        tuple((name, f"{number:,}") for name, number in lines if number),
        "; ".join(small),
    )


def _lines(sums: Iterable[Sum]) -> tuple[tuple[str, str], ...]:
    return tuple((one.currency, one.figure) for one in sums)


def _choices(words: Words, lists: Sequence[lists.Listing]) -> tuple[Choice, ...]:
    """Owners and clients of all milestones (the projects show them too), statuses and currencies of the lists."""
    frame = words.report.milestones.frame
    counted_rows = frame[frame["counted"]]
    statuses = {row.status for listing in lists for row in listing.rows}
    offered = (
        Choice("owner", "Owner", "All owners", _distinct(words, counted_rows["owner"].unique())),
        Choice("client", "Client", "All clients", _distinct(words, counted_rows["client"].unique())),
        Choice("status", "Status", "Any status", tuple(sorted(statuses))),
        Choice("currency", "Currency", "All currencies", tuple(sorted(set(counted_rows["currency"])))),
    )
    return tuple(choice for choice in offered if 1 < len(choice.words) <= _CHOICES)


def _distinct(words: Words, values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted({words.text(value) for value in values} - {""}, key=str.casefold))
