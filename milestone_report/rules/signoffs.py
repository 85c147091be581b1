"""F: the client's sign-off: whether it is there, and since when. What its file holds: `files.py`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.model import Evidence, Severity
from milestone_report.rules.dates import plausible
from milestone_report.rules.rule import BILLED_OR_PAID, noticed, rows, rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from milestone_report.model import Milestones

_DECOMPOSED = "Cafe\u0301.pdf"
_EMPTY_FILE = {"signed.pdf": 0}


@rule(
    "F301",
    Severity.ERROR,
    "signoff",
    "Billed or paid without a sign-off",
    message="{amount} are marked {status}, but no sign-off is named.",
    fix="Get the client's approval, save it in the sign-off folder, and write the file's name in this cell.",
    breaks=(
        rows({"signoff": ""}),
        rows({"signoff": " ", "status": "paid"}),
        rows({"signoff": "", "amount": 0.01}),
    ),
    keeps=(
        rows(),
        rows({"signoff": "", "status": "draft"}),
        rows({"signoff": "", "amount": -50.0}),
        rows({"signoff": "", "amount": 0.0}),
        rows({"signoff": "", "paid": "yes"}),
    ),
)
def F301(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An invoice without the client's approval behind it is the one that gets disputed.

    What asks for no money is let pass: giving some back needs no approval from the client.
    """
    frame = milestones.frame
    billed = frame["counted"] & frame["state"].isin(BILLED_OR_PAID) & (frame["amount"] > 0)
    return billed & (frame["evidence"] == Evidence.NONE)


_PARTED = phrase(" Several names in one cell are parted by “;” or a line break, not by a comma.")


def _hints(_milestones: Milestones, hits: pd.DataFrame) -> Mapping[str, list[str]]:
    names = ["; ".join(about.splitlines()) for about in hits["signoff_about"]]
    return {
        "names": names,
        "hint": [phrase(" Is “{hint}” meant?", hint=hint) if hint else "" for hint in hits["signoff_hint"]],
        "parted": [_PARTED if "," in name else "" for name in names],
    }


@rule(
    "F302",
    Severity.ERROR,
    "signoff",
    "Sign-off file not found",
    message="“{names}” is not in the sign-off folder.{hint}",
    fix="Save the file in the sign-off folder, or write the name of the one that is there.{parted}",
    breaks=(rows({"signoff": "signd.pdf"}), rows({"signoff": "signed.pdf; other.pdf"}), rows(files={})),
    keeps=(
        rows(),
        rows({"signoff": "SIGNED.PDF"}),
        rows({"signoff": ""}),
        rows(files=None),
        rows({"signoff": "signd.pdf", "status": "void"}),
    ),
    facts=_hints,
)
def F302(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A sign-off that only somebody's inbox holds proves nothing on the day it is asked for."""
    return milestones.frame["counted"] & (milestones.frame["evidence"] == Evidence.MISSING)


@rule(
    "F303",
    Severity.ERROR,
    "signoff",
    "Sign-off points outside the linked folder",
    message="“{names}” points outside the sign-off folder, so it was not opened or looked for.{hint}",
    fix="Copy the file into the sign-off folder, if it is not there yet, and write its name only. "
    "A folder of sign-offs elsewhere is named with --signoffs.",
    breaks=(
        rows({"signoff": "..\\..\\secret\\contract.pdf"}),
        rows({"signoff": "\\\\server\\share\\signed.pdf"}),
        rows({"signoff": "C:\\Users\\maya\\signed.pdf"}),
        rows({"signoff": "/etc/passwd"}),
        rows({"signoff": "file:///C:\\Users\\maya\\signoffs\\signed.pdf"}),
    ),
    keeps=(
        rows(),
        rows({"signoff": "signoffs/signed.pdf"}),
        rows({"signoff": ".\\signed.pdf"}),
        rows({"signoff": "/etc/passwd", "status": "void"}),
    ),
    facts=_hints,
)
def F303(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A path to somebody's own disk or to a server works on one machine only, and may not be what it seems.

    Such a place is never touched: the name is judged as text alone.
    """
    return milestones.frame["counted"] & (milestones.frame["evidence"] == Evidence.REFUSED)


@rule(
    "F304",
    Severity.INFO,
    "signoff",
    "Sign-off is a web link",
    message="“{names}” is a web address: whether the approval is there cannot be checked here.",
    fix="Save the approval as a file in the sign-off folder, and name that file.",
    breaks=(rows({"signoff": "https://example.com/approval"}), rows({"signoff": "mailto:maya@example.com"})),
    keeps=(
        rows(),
        rows({"signoff": "https.pdf"}),
        rows({"signoff": "https://example.com/approval", "status": "void"}),
    ),
    facts=_hints,
)
def F304(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A page on the web can change or vanish. It counts neither as signed nor as unsigned."""
    return milestones.frame["counted"] & (milestones.frame["evidence"] == Evidence.LINK)


F305 = noticed(
    "F305",
    Severity.ERROR,
    "folder",
    "Sign-off folder cannot be reached",
    message="{what}",
    fix="Connect the drive, correct the folder's name, or name the folder with --signoffs; in the folder, put the files"
    " themselves in place of links, and move up what lies too deep. Then run the report again.",
    why="When the folder is away every sign-off would look missing. So none is called unsigned; they are unchecked.",
    breaks=(rows(files=None), rows(block={"Sign-off folder": "\\\\server\\share"})),
    keeps=(rows(), rows({"signoff": ""}, files=None), rows(files={})),
)


@rule(
    "F306",
    Severity.ERROR,
    "signoff",
    "Sign-off file is empty",
    message="“{names}” is in the sign-off folder, but the file is empty (0 bytes).",
    fix="Save the document again: the copy or the download did not finish.",
    breaks=(rows(files=_EMPTY_FILE), rows({"signoff": "signed.pdf; b.pdf"}, files={"signed.pdf": 9, "b.pdf": 0})),
    keeps=(rows(), rows({"signoff": ""}, files=_EMPTY_FILE), rows({"status": "void"}, files=_EMPTY_FILE)),
    facts=_hints,
)
def F306(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An empty file proves nothing, though a glance at the folder says that everything is there."""
    return milestones.frame["counted"] & (milestones.frame["evidence"] == Evidence.EMPTY)


@rule(
    "F310",
    Severity.WARNING,
    "invoice_date",
    "Signed after it was billed",
    message="Billed {amount} on {invoice_date}, but signed only on {signoff_date}.",
    fix="Check both dates. If the approval did come later, note why the invoice went out before it.",
    breaks=(
        rows({"signoff_date": dt.date(2026, 3, 9)}),
        rows({"signoff_date": dt.date(2026, 3, 2), "status": "paid"}),
        rows({"signoff_date": dt.date(2036, 3, 31), "amount": 0.01}),
    ),
    keeps=(
        rows(),
        rows({"signoff_date": dt.date(2026, 3, 1)}),
        rows({"signoff_date": ""}),
        rows({"signoff_date": dt.date(2026, 3, 9), "status": "draft"}),
        rows({"signoff_date": dt.date(2026, 3, 9), "amount": -50.0}),
        rows({"signoff_date": dt.date(2026, 3, 9), "amount": 0.0}),
        rows({"signoff_date": dt.date(2026, 3, 9), "paid": "yes"}),
    ),
)
def F310(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """An invoice that went out before the client agreed is easily refused, and the later date proves it.

    Credits and what costs nothing are let pass: no money hangs on the date.
    """
    frame = milestones.frame
    billed = frame["counted"] & frame["state"].isin(BILLED_OR_PAID) & (frame["amount"] > 0)
    return billed & (plausible(milestones, "invoice_date") < plausible(milestones, "signoff_date"))


@rule(
    "F311",
    Severity.INFO,
    "signoff",
    "Name differs from the file's in case or form only",
    message="“{names}” was taken for the file “{signoff_hint}”: the names differ in capitals or in how accents are "
    "stored.",
    fix="Write the name exactly as the file has it, or link the cell to the file.",
    breaks=(rows({"signoff": "SIGNED.pdf"}), rows({"signoff": "Caf\u00e9.pdf"}, files={_DECOMPOSED: 9})),
    keeps=(
        rows(),
        rows({"signoff": "signoffs\\signed.pdf"}),
        rows({"signoff": "nothing.pdf"}),
        rows({"signoff": "signd.pdf"}),
        rows({"signoff": "SIGNED.pdf", "status": "void"}),
    ),
    facts=_hints,
)
def F311(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Windows and macOS call these the same file; a server or another program may not find it."""
    frame = milestones.frame
    return frame["counted"] & (frame["evidence"] == Evidence.FOUND) & (frame["signoff_hint"] != "")


@rule(
    "F312",
    Severity.WARNING,
    "signoff",
    "Sign-off file changed since it was first seen",
    message="{amount} rest on a sign-off that is not what it was: {signoff_changed}.",
    fix="Open the file and see what changed. If the client signed it anew, save it under a new name and name that "
    "here; otherwise put the signed one back.",
    breaks=(
        rows(earlier={"signed.pdf": 1001}),
        rows(
            {"signoff": "a.pdf; signed.pdf", "status": "paid"},
            files={"a.pdf": 20, "signed.pdf": 30},
            earlier={"a.pdf": 20, "signed.pdf": 31},
        ),
        rows({"amount": 0.01}, files={"signed.pdf": b"%PDF-1.7 new"}, earlier={"signed.pdf": b"%PDF-1.7 old"}),
        rows({"status": "draft", "invoice_number": ""}, files={"signed.pdf": 40}, earlier={"signed.pdf": 41}),
    ),
    keeps=(
        rows(earlier={"signed.pdf": 1000}),
        rows(),
        rows({"signoff": "b.pdf"}, files={"b.pdf": 20}, earlier={"signed.pdf": 20}),
        rows({"status": "void"}, earlier={"signed.pdf": 1001}),
        rows(earlier={}),
    ),
)
def F312(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """What the client signed does not change. A file that did is another document under the old one's name.

    Each report remembers what the files of its milestones held. The first one that named a file counts; where the
    file has been another one since, this is said. Without a history, and by the command check, it is not. Files are
    compared up to 64 MB.
    """
    return milestones.frame["counted"] & (milestones.frame["signoff_changed"] != "")
