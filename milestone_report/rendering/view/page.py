"""The report ready to show: what the page and the mail say, in words, so that no template computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report import __version__
from milestone_report.currency import exponent
from milestone_report.rendering import changes as telling
from milestone_report.rendering import counting, ignored
from milestone_report.rendering.view import cards, control, figures, findings, lists
from milestone_report.rendering.view.banners import Banner, banners
from milestone_report.rendering.view.changes import Changes, NamedList, changes
from milestone_report.rendering.view.projects import Projects, projects
from milestone_report.rendering.view.signoffs import look_first
from milestone_report.rendering.view.words import Place, Words
from milestone_report.wording import marks_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import pandas as pd

    from milestone_report.model import Report, Workbook

_STALE_AFTER = 7
"""Days between the last save and the report's date from which the page says how many."""

_REMARKS = 3
_NAMED_WORKBOOKS = 4
_CHOICES = 300
_MANY_ROWS = 600


@dataclass(frozen=True, slots=True)
class Saved:
    """A workbook and when it was last saved."""

    place: Place
    when: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the figures are: each workbook, or with many of them only how many and the oldest.

    `unedited` says that nobody edited any of them since an earlier report, "" where somebody did.
    """

    books: tuple[Saved, ...]
    many: str
    facts: tuple[str, ...]
    unedited: str


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
    `language` is that of the texts, `locale` that of figures and dates, both as HTML names them. `digits`
    gives each currency's decimals, "EUR:2 JPY:0", and with the marks of the locale lets the page's filter
    write an amount as the rest of the page does; beyond three digits it groups `next_group`. `long`: it has
    so many rows that a browser should lay out only those that are looked at. `look_first` says how many of the
    `ready` ones rest on a file that is not what its name says, "" for none. `unchecked` has no rows for the milestones
    of the sheets `without_column`.
    """

    title: str
    heading: str
    company: str
    date: str
    language: str
    locale: str
    digits: str
    group_mark: str
    decimal_mark: str
    next_group: int
    freshness: Freshness
    banners: tuple[Banner, ...]
    banners_folded: bool
    cards: tuple[cards.Card, ...]
    nothing_counted: bool
    several_workbooks: bool
    long: bool
    changes: Changes
    unpaid: lists.Listing
    ageing: tuple[figures.Ageing, ...]
    ready: lists.Listing
    look_first: str
    unsigned_billed: lists.Listing
    unsigned_open: lists.Listing
    unchecked: lists.Listing
    without_column: control.Shortened[lists.SheetAlone]
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
    first = look_first(report.milestones.frame, words.language)
    unsigned_billed = lists.billed_without_signoff(words)
    unsigned_open = lists.unsigned_not_billed(words)
    unchecked = lists.not_checked(words)
    alone = lists.without_column(words)
    problems = findings.problems(words, grouped=grouped)
    of_projects = projects(words)
    shown = [len(one.rows) for one in (unpaid, ready, unsigned_billed, unsigned_open, unchecked)]
    shown += [len(line.steps) for line in of_projects.lines]
    changed = changes(
        words,
        (
            NamedList("t-unpaid", words.say("Unpaid"), unpaid),
            NamedList("t-ready", words.say("Ready to bill"), ready),
            NamedList("t-billed", words.say("Billed without sign-off"), unsigned_billed),
            NamedList("t-open", words.say("Not billed yet"), unsigned_open),
            NamedList("t-unchecked", words.say("Not checked"), unchecked),
        ),
    )
    shown += [len(group.lines) for group in changed.groups]
    known_ahead = banners(words)
    date = words.long_date(settings.as_of)
    marks = marks_of(settings.locale)
    title = words.sentence(words.language.title(settings.title))
    return View(
        title=title,
        heading=words.say("{title} on {date}", title=title, date=date),
        language=words.language.code.replace("_", "-"),
        company=words.text(settings.company),
        date=date,
        locale=settings.locale.replace("_", "-"),
        digits=" ".join(f"{one.currency}:{exponent(one.currency)}" for one in report.summary.totals),
        group_mark=marks.group,
        decimal_mark=marks.point,
        next_group=2 if marks.pairs else 3,
        freshness=_freshness(words),
        banners=known_ahead,
        banners_folded=sum(len(banner.remarks) for banner in known_ahead) > _REMARKS,
        cards=(
            cards.chase(words, unpaid),
            cards.invoice(words, ready, first),
            cards.sign(words, unsigned_billed, unsigned_open),
            cards.fix(words, problems),
        ),
        nothing_counted=report.summary.control.rows_counted == 0,
        several_workbooks=words.several_workbooks,
        long=sum(shown) > _MANY_ROWS,
        changes=changed,
        unpaid=unpaid,
        ageing=figures.ageing(words),
        ready=ready,
        look_first=first,
        unsigned_billed=unsigned_billed,
        unsigned_open=unsigned_open,
        unchecked=unchecked,
        without_column=control.Shortened(alone[:rows], max(len(alone) - rows, 0)),
        projects=of_projects,
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
    facts = [
        counting.projects(report, words.language),
        words.counted("{n} milestone counted", "{n} milestones counted", control.rows_counted),
    ]
    if control.rows_left_out:
        facts.append(words.say("{number} left out", number=control.rows_left_out))
    return Freshness(
        tuple(Saved(words.place(book.path), _when(words, book)) for book in shown),
        "" if len(books) <= _NAMED_WORKBOOKS else words.counted("{n} workbook", "{n} workbooks", len(books)),
        tuple(facts),
        telling.unchanged(report, words.language),
    )


def _saved(book: Workbook) -> tuple[dt.datetime | None, str]:
    return book.last_saved, book.path


def _when(words: Words, book: Workbook) -> str:
    if not book.readable:
        return words.say("could not be read")
    age = (words.report.settings.as_of - book.last_saved.date()).days if book.last_saved else 0
    saved = words.say("last saved {when}", when=words.moment(book.last_saved))
    if age < _STALE_AFTER:
        return saved
    return words.counted("{saved} ({n} day earlier)", "{saved} ({n} days earlier)", age, saved=saved)


def _choices(words: Words, lists: Sequence[lists.Listing]) -> tuple[Choice, ...]:
    """Owners and clients of all milestones (the projects show them too), statuses and currencies of the lists."""
    frame = words.report.milestones.frame
    counted_rows = frame[frame["counted"]]
    statuses = {row.status for listing in lists for row in listing.rows}
    offered = (
        Choice("owner", words.say("Owner"), words.say("All owners"), _people(words, "owner", counted_rows)),
        Choice("client", words.say("Client"), words.say("All clients"), _people(words, "client", counted_rows)),
        Choice("status", words.say("Status"), words.say("Any status"), tuple(sorted(statuses))),
        Choice(
            "currency", words.say("Currency"), words.say("All currencies"), tuple(sorted(set(counted_rows["currency"])))
        ),
    )
    return tuple(choice for choice in offered if 1 < len(choice.words) <= _CHOICES)


def _people(words: Words, name: str, rows: pd.DataFrame) -> tuple[str, ...]:
    """Owners or clients, each once however it is written."""
    return tuple(sorted({words.choice(name, value) for value in rows[name].unique()} - {""}, key=str.casefold))
