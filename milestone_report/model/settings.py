"""What a user can choose: by options and in the settings file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.choice import Choice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


# What people sign, scan or agree in: documents, pictures, mails, signed containers (CAdES, ASiC). A workbook,
# a note or a saved web page shows nobody's hand.
SIGNOFF_EXTENSIONS = (
    *("pdf", "png", "jpg", "jpeg", "heic", "heif", "tif", "tiff", "webp"),
    *("docx", "doc", "odt", "rtf", "eml", "msg", "p7m", "asice"),
)


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What reading a workbook depends on beside its bytes. The reader processes get it, too.

    `currency` counts where a workbook names none. `date_order` is "dmy" or "mdy" where dates as text
    may be read in that order, "" where they must not. `columns` and `statuses` are words of the
    user's own: (field, words) pairs. `seconds` and `memory` (bytes) bound each workbook.
    """

    currency: str = ""
    date_order: str = ""
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    statuses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    password: str = field(default="", repr=False)
    seconds: float = 60.0
    memory: int = 2 * 1024**3


class Mailbox(NamedTuple):
    """An e-mail address and the name before it, "" for none: letters that a header can have, and no line breaks."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Email:
    """To whom the draft is addressed, and its subject, "" for one with the figures."""

    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything a run was asked for. Only the command line makes one from the outside world.

    `signoffs` is the sign-off folder of all workbooks, `signoffs_default` that of sheets whose project
    block names none; `signoff_extensions` are the kinds of files expected in them, without a dot.
    `owners` are (name, address) pairs. `settings_file` is the name of the file that was read, "" for none.
    `templates` is a folder of templates that come before ours, None for none. `cache` is the folder in which
    things are kept for the next run, in a folder each: the rows of workbooks, and compiled templates; None for none.
    `cluster` is the address of a Dask scheduler whose workers read, "" where this machine does.
    """

    as_of: dt.date
    out: Path = Path("milestone-report")
    signoffs: Path | None = None
    signoffs_default: Path | None = None
    signoff_extensions: tuple[str, ...] = SIGNOFF_EXTENSIONS
    title: str = "Milestones"
    company: str = ""
    locale: str = "en_GB"
    ageing: Sequence[int] = (30, 60, 90)
    choice: Choice = field(default_factory=Choice)
    email: Email = field(default_factory=Email)
    owners: tuple[tuple[str, Mailbox], ...] = ()
    settings_file: str = ""
    templates: Path | None = None
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    workers: int = 1
    cache: Path | None = None
    cluster: str = ""
