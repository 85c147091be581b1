"""summary.eml: a draft that a person looks through and sends, with summary.xlsx attached."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from functools import lru_cache
from typing import TYPE_CHECKING

from milestone_report.rendering.templates import environment
from milestone_report.rendering.view.page import View, view
from milestone_report.rendering.view.words import clip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import Email, Mailbox, Report

LARGEST = 95_000
"""Gmail cuts a mail off at 102 kB of markup: the body stays below, whatever the input."""

_ROWS = (20, 12, 6, 3, 1, 0)
_LENGTH = 60
_SUBJECT = 200
_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_CURRENCIES = 3
_AGEING_LINES = 8
_EXCEL = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


# A folded subject begins with an empty line, which some mail programs show as no subject at all.
_ONE_LINE = SMTP.clone(max_line_length=900)


def render(report: Report) -> bytes:
    """The draft: opens unsent (X-Unsent), and without date or message id, so that the same report gives the same."""
    from milestone_report.rendering import excel  # noqa: PLC0415 - XlsxWriter only when a workbook is made

    shown, html, text = _bodies(report)
    message = EmailMessage(policy=_ONE_LINE)
    message["X-Unsent"] = "1"
    message["Subject"] = subject(report, shown)
    # Quoted-printable has no "=_" of its own, so no text can pretend to be a boundary.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_milestone-report-bodies")
    maintype, subtype = _EXCEL
    message.add_attachment(excel.render(report), maintype=maintype, subtype=subtype, filename="summary.xlsx")
    message.set_boundary("=_milestone-report-draft")
    return recipients(report.settings.email) + message.as_bytes()


def recipients(email: Email) -> bytes:
    """The headers To and Cc, one address a line. EmailMessage may encode the comma between two (CVE-2025-1795)."""
    lines = [f"{name}: " + ",\r\n ".join(map(_address, to)) for name, to in (("To", email.to), ("Cc", email.cc)) if to]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _address(mailbox: Mailbox) -> str:
    return formataddr((clip(mailbox.name, _SUBJECT), clip(mailbox.address, _ADDRESS)))


def render_body(report: Report) -> bytes:
    """The same body as a small document of its own, for pasting into a mail."""
    return _bodies(report)[1].encode()


def subject(report: Report, shown: View) -> str:
    """The settings' own, else what the mail is about, with the figures.

    "Milestones 31 March 2026: 12 unpaid (48,200.00 EUR), 4 to sign".
    """
    said = clip(report.settings.email.subject, _SUBJECT) or f"{shown.title} {shown.date}: {', '.join(_news(shown))}"
    # "=?" would start an encoded word (RFC 2047), which a mail program decodes into something else.
    return said.replace("=?", "= ?")


def _news(shown: View) -> Iterator[str]:
    unpaid = shown.unpaid
    money = ", ".join(map(str, unpaid.sums[:_CURRENCIES])) if len(unpaid.sums) <= _CURRENCIES else "several currencies"
    yield f"{unpaid.count:,} unpaid ({money})" if unpaid.count else "nothing unpaid"
    if shown.unsigned_billed.count:
        yield f"{shown.unsigned_billed.count:,} to sign"


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
    shown = view(report, rows=rows, length=_LENGTH, grouped=False)
    said = {"view": shown, "intro": _intro(shown), "outro": _outro(shown), "ageing": _ageing(shown)}
    html, text = (environment().get_template(name).render(said) for name in ("email.html.j2", "email.txt.j2"))
    return shown, html, text


def _intro(shown: View) -> str:
    saved = ", ".join(f"{book.place} {book.when}" for book in shown.freshness.books)
    many = f"{shown.freshness.many}, the oldest " if shown.freshness.many else ""
    basis = f" ({many}{saved})" if saved else ""
    return f"Here is where the milestones stand on {shown.date}{basis}: {', '.join(shown.freshness.facts)}."


def _outro(shown: View) -> str:
    if shown.nothing_counted:
        return "No milestones were counted. The attached summary.xlsx says what was looked at."
    return "Everything, with the cell of each figure, is in the attached summary.xlsx."


def _ageing(shown: View) -> list[str]:
    """The ageing of each currency in a sentence."""
    lines = [
        f"{one.total} outstanding: "
        + ", ".join(
            f"{band.label[0].lower()}{band.label[1:]} {band.amount.figure}" for band in one.bands if band.milestones
        )
        for one in shown.ageing
    ]
    left = len(lines) - _AGEING_LINES
    return [*lines[:_AGEING_LINES], f"and {left} more currencies in summary.xlsx"] if left > 0 else lines
