"""summary.eml: a draft that a person looks through and sends, with the bytes of summary.xlsx attached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.changes import Change
from milestone_report.filenames import safe_name
from milestone_report.rendering import headers
from milestone_report.rendering.templates import fill
from milestone_report.rendering.view.page import View, view
from milestone_report.rendering.view.words import clip, isolated
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milestone_report.model import Report
    from milestone_report.rendering.view.changes import BridgeLine, ChangeLine, Changes
    from milestone_report.rendering.view.figures import Ageing

    Say = Callable[..., str]

LARGEST = 95_000
"""Gmail cuts a mail off at 102 kB of markup: the body stays below, whatever the input."""

_ROWS = (20, 12, 6, 3, 1, 0)
LENGTH = 60
_CURRENCIES = 3
_AGEING_LINES = 8
_BRIDGES = 8
_NEWS = 8
_TELLING = (
    Change.BECAME_OVERDUE,
    Change.SIGNOFF_LOST,
    Change.PAID,
    Change.PART_PAID,
    Change.PAYMENT_REVERSED,
    Change.BILLED,
    Change.AMOUNT_CHANGED,
    Change.REMOVED,
    Change.DUE_MOVED,
    Change.STATUS_CHANGED,
    Change.SIGNOFF_CHANGED,
    Change.SIGNED,
    Change.NEW,
)
"""What to act on comes first, then what moved money."""

_ISOLATES = re.compile("[\u2068\u2069]")
_EXCEL = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


# The name of the attachment on one line: in several parts (RFC 2231, 3), not every mail program puts it together.
_LONG_LINES = SMTP.clone(max_line_length=900)


@dataclass(frozen=True)
class MailVariables:
    """What email.html.j2 and email.txt.j2 are filled with: the view, and whole sentences.

    `intro` and `outro` stand before and after the lists. `ageing` has a sentence for each currency with something
    outstanding. `bridge` and `news` are the first currencies and the most telling of what changed since the last
    report, `more_bridges` and `more_news` how many are not shown.
    """

    view: View
    intro: tuple[str, ...]
    outro: str
    ageing: tuple[str, ...]
    bridge: tuple[BridgeLine, ...]
    more_bridges: int
    news: tuple[ChangeLine, ...]
    more_news: int


def render(report: Report) -> bytes:
    """The draft: opens unsent (X-Unsent), and without date or message id, so that the same report gives the same."""
    from milestone_report.rendering import excel  # noqa: PLC0415 - XlsxWriter only when a workbook is made

    shown, html, text = _bodies(report)
    message = EmailMessage(policy=_LONG_LINES)
    message["X-Unsent"] = "1"
    # Quoted-printable has no "=_" of its own, so no text can pretend to be a boundary.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_milestone-report-bodies")
    maintype, subtype = _EXCEL
    message.add_attachment(excel.render(report), maintype=maintype, subtype=subtype, filename=attachment(report))
    message.set_boundary("=_milestone-report-draft")
    mail = report.settings.email
    above = headers.addresses("To", mail.to), headers.addresses("Cc", mail.cc)
    return b"".join((*above, headers.words("Subject", subject(report, shown)), message.as_bytes()))


def attachment(report: Report) -> str:
    """The name of the attached workbook, which says what it is wherever it is saved: "Milestones 2026-03-31.xlsx"."""
    settings = report.settings
    title = Language(settings.locale).title(settings.title)
    return f"{safe_name(title, 'Milestones')} {settings.as_of.isoformat()}.xlsx"


def render_body(report: Report) -> bytes:
    """The same body as a small document of its own, for pasting into a mail."""
    return _bodies(report)[1].encode()


def subject(report: Report, shown: View) -> str:
    """The settings' own, else what the mail is about, with the figures.

    "Milestones, 31 March 2026: 12 unpaid (48,200.00 EUR), 4 to sign".
    """
    said = clip(report.settings.email.subject, headers.LONGEST)
    say = Language(report.settings.locale).say
    return said or say("{title}, {date}: {news}", title=shown.title, date=shown.date, news=", ".join(_news(shown, say)))


def _news(shown: View, say: Say) -> Iterator[str]:
    unpaid = shown.unpaid
    money = ", ".join(map(str, unpaid.sums)) if len(unpaid.sums) <= _CURRENCIES else say("several currencies")
    yield say("{number} unpaid ({money})", number=unpaid.count, money=money) if unpaid.count else say("nothing unpaid")
    if shown.unsigned_billed.count:
        yield say("{number} to sign", number=shown.unsigned_billed.count)


@lru_cache(maxsize=1)
def _bodies(report: Report) -> tuple[View, str, str]:
    """What is shown, as HTML and as plain text, with as many rows as fit."""
    bodies = _bodies_with(report, _ROWS[0])
    for rows in _ROWS[1:]:
        if len(bodies[1].encode()) <= LARGEST:
            break
        bodies = _bodies_with(report, rows)
    return bodies


def _bodies_with(report: Report, rows: int) -> tuple[View, str, str]:
    shown = view(report, rows=rows, length=LENGTH, grouped=False)
    say = Language(report.settings.locale).say
    changes = shown.changes
    bridge, news = changes.bridge[:_BRIDGES], _news_of(changes)
    variables = vars(
        MailVariables(
            view=shown,
            intro=_intro(shown, say),
            outro=_outro(shown, say),
            ageing=tuple(_ageing(shown, say)),
            bridge=bridge,
            more_bridges=len(changes.bridge) - len(bridge),
            news=news,
            more_news=changes.count - len(news),
        )
    )
    names = ("email.html.j2", "email.txt.j2")
    html, text = (fill(name, report.settings, variables) for name in names)
    # Plain text has no elements that keep a name's direction to itself.
    return shown, html, isolated(_ISOLATES.sub("", text))


def _intro(shown: View, say: Say) -> tuple[str, ...]:
    """What the mail is about, and how fresh it is."""
    fresh = shown.freshness
    books = isolated("; ".join(f"{book.place}, {book.when}" for book in fresh.books))
    facts = ", ".join(fresh.facts)
    first = say("Here is where the milestones stand on {date}: {facts}.", date=shown.date, facts=facts)
    if fresh.unedited:
        first = f"{first} {fresh.unedited}."
    if not books:
        return (first,)
    if fresh.many:
        return (first, say("From {workbooks}; the oldest is {oldest}.", workbooks=fresh.many, oldest=books))
    return (first, say("Workbooks: {workbooks}.", workbooks=books))


def _outro(shown: View, say: Say) -> str:
    if shown.nothing_counted:
        return say("No milestones were counted. The attached workbook says what was looked at.")
    return say("Everything, with the cell of each figure, is in the attached workbook.")


def _news_of(changes: Changes) -> tuple[ChangeLine, ...]:
    """The changes that a reader should know of first."""
    groups = {group.kind: group.lines for group in changes.groups}
    return tuple(line for kind in _TELLING for line in groups.get(kind, ()))[:_NEWS]


def _ageing(shown: View, say: Say) -> list[str]:
    """The ageing of each currency in a sentence."""
    lines = [_ageing_of(one, say) for one in shown.ageing]
    left = len(lines) - _AGEING_LINES
    if left <= 0:
        return lines
    return [*lines[:_AGEING_LINES], say("and {more} more currencies in the attached workbook", more=left)]


def _ageing_of(one: Ageing, say: Say) -> str:
    bands = ", ".join(f"{band.words} {band.amount.figure}" for band in one.bands if band.milestones)
    if one.made_of:
        return say("{amount} outstanding ({made_of}): {bands}", amount=str(one.total), made_of=one.made_of, bands=bands)
    return say("{amount} outstanding: {bands}", amount=str(one.total), bands=bands)
