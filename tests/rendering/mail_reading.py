"""Reads a draft back as a mail program would."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from milestone_report.rendering import email

if TYPE_CHECKING:
    from email.message import EmailMessage

    from milestone_report.model import Report

WORKBOOK = b"PK\x03\x04 the workbook"
"""What tests of the draft attach: making a real workbook takes a while."""


def draft(report: Report) -> EmailMessage:
    """The draft of a report, read by Python's own parser."""
    return message_from_bytes(email.render(report), policy=default)


def part(report: Report, kind: str) -> str:
    """A body of the draft, "plain" or "html"."""
    found = draft(report).get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")
