"""The words for where a milestone stands: its status, what that means for the money, its sign-off, and severities."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The words of the status column, after synonyms are folded in."""

    PLANNED = "planned"
    DRAFT = "draft"
    SENT = "sent"
    PARTIALLY_PAID = "partially paid"
    PAID = "paid"
    OVERDUE = "overdue"
    VOID = "void"
    UNKNOWN = "unknown"


class State(StrEnum):
    """What a status means for the money."""

    NOT_BILLED = "not_billed"
    BILLED = "billed"
    PAID = "paid"
    VOID = "void"
    UNKNOWN = "unknown"


STATE_OF = {
    Status.PLANNED: State.NOT_BILLED,
    Status.DRAFT: State.NOT_BILLED,
    Status.SENT: State.BILLED,
    Status.PARTIALLY_PAID: State.BILLED,
    Status.OVERDUE: State.BILLED,
    Status.PAID: State.PAID,
    Status.VOID: State.VOID,
    Status.UNKNOWN: State.UNKNOWN,
}


class Evidence(StrEnum):
    """What is known about a milestone's sign-off, from worst to best."""

    REFUSED = "refused"
    MISSING = "missing"
    EMPTY = "empty"
    NONE = "none"
    UNCHECKED = "unchecked"
    LINK = "link"
    FOUND = "found"


UNSIGNED = frozenset({Evidence.REFUSED, Evidence.MISSING, Evidence.EMPTY, Evidence.NONE})


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
