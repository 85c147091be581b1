"""What a settings file may say, in one place: what is read, and docs/settings.md, are made of these tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from milestone_report.model import FIELDS, SIGNOFF_EXTENSIONS, Status
from milestone_report.settings import addresses, values

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Key:
    """One key of a table, or several that are read alike; no names where any may stand.

    `read` takes the value as TOML gives it and raises ValueError for what may not stand there, see `values`.
    `default` and `example` are lines of TOML; `default` is "" where there is none.
    """

    names: tuple[str, ...]
    read: Callable[[object], Any]
    says: str
    example: str
    default: str = ""


@dataclass(frozen=True)
class Table:
    """One [table] of the file, its keys in the order in which they are explained."""

    name: str
    says: str
    keys: tuple[Key, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that have names."""
        return tuple(name for key in self.keys for name in key.names)

    def key(self, name: str) -> Key | None:
        """The key of a name, None where it may not stand there."""
        return next((key for key in self.keys if name in key.names or not key.names), None)


# A key without quotation marks cannot have a blank: partially_paid.
_STATUSES = [status.value for status in Status if status is not Status.UNKNOWN]
_STATUS_KEYS = dict.fromkeys([*(status.replace(" ", "_") for status in _STATUSES), *_STATUSES])

TABLES = (
    Table(
        "report",
        "What the outputs are called, how they write figures, and how your workbooks write dates and money.",
        (
            Key(
                ("title",),
                values.one_line,
                "The name of the report: the heading of the page, of the workbook and of the mail.",
                'title = "Milestone billing"',
                'title = "Milestones"',
            ),
            Key(
                ("company",),
                values.one_line_or_none,
                "Your company, below the heading.",
                'company = "North & Field Studio"',
            ),
            Key(
                ("locale",),
                values.locale,
                "Language and country: how texts, figures and dates are written. The texts are English or German.",
                'locale = "de_DE"',
                'locale = "en_GB"',
            ),
            Key(
                ("currency",),
                values.currency,
                "The currency of amounts for which the workbook names none, as an ISO 4217 code.",
                'currency = "EUR"',
            ),
            Key(
                ("ageing",),
                values.ageing,
                "The last day of each ageing band, in days past the due date.",
                "ageing = [14, 30, 60]",
                "ageing = [30, 60, 90]",
            ),
            Key(
                ("date_order",),
                values.date_order,
                "How to read dates such as 03/04/2026 that are stored as text: `dmy` is 3 April, `mdy` is 4 March. "
                "Without it they are errors, because nobody can know. 03.04.2026, with full stops, is 3 April unless "
                "it says `mdy`.",
                'date_order = "dmy"',
            ),
        ),
    ),
    Table(
        "columns",
        "Words of your own in the header of a column. They come before the words that are known already.",
        (
            Key(
                FIELDS,
                values.headers,
                "Further headers of this column. Capitals, blanks and punctuation do not matter.",
                'amount = ["Our fee"]\ndue_date = ["Pay by", "Payable until"]',
            ),
        ),
    ),
    Table(
        "statuses",
        "Words of your own in the status column. They come before the words that are known already.",
        (
            Key(
                tuple(_STATUS_KEYS),
                values.status_words,
                "Further words for this status. Capitals, blanks and punctuation do not matter.",
                'sent = ["chased"]\npartially_paid = ["half in"]',
            ),
        ),
    ),
    Table(
        "signoffs",
        "Where the sign-off files lie, and what kinds of files they are.",
        (
            Key(
                ("folder",),
                values.folder,
                "The folder of the sign-off files of sheets that name none in their block, relative to this file. "
                "Without it: `signoffs` beside each workbook.",
                'folder = "signed"',
            ),
            Key(
                ("extensions",),
                values.extensions,
                "The endings of file names that a sign-off may have, in place of these. Another kind of file is "
                "pointed out (F308).",
                'extensions = ["pdf", "msg"]',
                f"extensions = {json.dumps(SIGNOFF_EXTENSIONS)}",
            ),
        ),
    ),
    Table(
        "rules",
        "Which findings you do not want to see, and how much the others matter to you. What is ignored is counted "
        "in the control totals, with your reason, and changes no figure; `--select S201` shows S201 all the same.",
        (
            Key(
                ("ignore",),
                values.ignores,
                "A list of codes, and of tables with `code`, `workbook`, `sheet` (at least one of these) and `reason`. "
                'A code may be the beginning of several: `"S2"`. In names of workbooks and sheets `*` stands for any '
                "characters, and capitals do not matter.",
                "ignore = [\n"
                '  "W007",\n'
                '  { code = "S201", workbook = "Acme*.xlsx", reason = "client pays quarterly" },\n'
                '  { sheet = "Old", reason = "closed in 2024" },\n'
                "]",
            ),
            Key(
                ("severity",),
                values.severities,
                "For each code, or the beginning of several, what its findings are to you: `error`, `warning` or "
                "`info`. Of two that fit, the longer one counts.",
                'severity = { S201 = "info", P4 = "error" }',
            ),
        ),
    ),
    Table(
        "email",
        "To whom the draft `summary.eml` is addressed. Nothing is ever sent: you open the draft, read it, and send it.",
        (
            Key(
                ("to",),
                addresses.mailboxes,
                "An address, or a list of them.",
                'to = ["Maya Lind <maya@example.com>", "tom@example.com"]',
            ),
            Key(
                ("cc",),
                addresses.mailboxes,
                "Who gets a copy: an address, or a list of them.",
                'cc = "finance@example.com"',
            ),
            Key(
                ("subject",),
                values.one_line,
                "The subject, word for word; with `--split-by` whose part it is stands behind it. Without it the "
                "subject has the title, the date and the figures.",
                'subject = "Milestones of this week"',
            ),
        ),
    ),
    Table(
        "owners",
        "The address of each owner, by the name that stands in your workbooks; capitals, blanks and punctuation do not "
        "matter. With `--split-by` the draft of an owner goes there, and so does that of a client or project whose "
        "milestones are all of that owner.",
        (
            Key(
                (),
                addresses.mailbox,
                "The owner's address. A name with a blank stands in quotation marks.",
                'Maya = "maya@example.com"\n"Tom Berg" = "tom@example.com"',
            ),
        ),
    ),
)
