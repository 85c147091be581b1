"""The worked example: a project of three milestones, one paid, one sent, one still planned."""

from __future__ import annotations

import datetime as dt

from milestone_report.model import Status
from milestone_report.starter.plan import Project, Row

_DEPOSIT, _MIDPOINT = "Example - deposit approved.eml", "Example - design approved.eml"


def project(today: dt.date) -> Project:
    """The example, with dates round a day so that nothing in it is overdue when it is first opened."""
    return Project(
        name="Example: website relaunch",
        client="Harbour Café",
        owner="Maya",
        currency="EUR",
        contract=12_000_00,
        rows=(
            Row(
                "Deposit",
                "30 % on signing the contract",
                3_600_00,
                Status.PAID,
                f"{today.year}-001",
                today - dt.timedelta(days=40),
                today - dt.timedelta(days=26),
                3_600_00,
                today - dt.timedelta(days=28),
                _DEPOSIT,
                today - dt.timedelta(days=42),
            ),
            Row(
                "Midpoint",
                "40 % when the design is approved",
                4_800_00,
                Status.SENT,
                f"{today.year}-002",
                today - dt.timedelta(days=5),
                today + dt.timedelta(days=9),
                signoff=_MIDPOINT,
                signoff_date=today - dt.timedelta(days=6),
            ),
            Row("Final", "30 % at launch", 3_600_00, due_date=today + dt.timedelta(days=45)),
        ),
    )


def letters(today: dt.date) -> dict[str, bytes]:
    """The sign-off files that the example names: mails as a client writes them, saved from the mail program."""
    return {
        row.signoff: _mail(row.milestone.lower(), row.signoff_date)
        for row in project(today).rows
        if row.signoff and row.signoff_date
    }


def _mail(milestone: str, day: dt.date) -> bytes:
    lines = (
        "From: Client <client@example.com>",
        "To: Maya <maya@example.com>",
        f"Date: {day:%d} {_MONTHS[day.month - 1]} {day.year} 10:00:00 +0000",
        f"Subject: Approved: {milestone}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        f"Hello Maya, we approve the {milestone} of the website relaunch. Please send the invoice.",
        "",
        "(This is an example. Delete it together with the example sheet.)",
        "",
    )
    return "\r\n".join(lines).encode("ascii")


# RFC 5322 wants English months, whatever the locale of the machine.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
