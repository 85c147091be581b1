"""F: the sign-off files themselves: shared by milestones, not what they seem, or named by none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from milestone_report.facts import phrase
from milestone_report.model import Evidence, Severity
from milestone_report.money import spelled_money
from milestone_report.rules.groups import sums_of
from milestone_report.rules.repeats import BLANK, first_alike, mask, places, repeats
from milestone_report.rules.rule import Example, noticed, rows, rule
from milestone_report.text import displayable, file_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.model import Milestones

_MIDPOINT: dict[str, object] = {"milestone": "Midpoint", "invoice_number": "INV-2"}
_EMPTY_FILE = {"signed.pdf": 0}
_WEB_PAGE = b"<html>"


@lru_cache(maxsize=1)
def _second_uses(milestones: Milestones) -> pd.DataFrame:
    """Milestones all of whose files are those of others, by their places in the frame.

    `path` is such a file, `first` the place of the milestone that names it first, `first path` its file.
    Milestones of one invoice are no others, nor is the same milestone on another sheet or row: P404,
    P406, X501 and X503 tell of those. What asks for no money needs no sign-off, so it takes none away.
    """
    live = repeats(milestones).rows
    live = live[(live["amount"] > 0) & (live["signoff_path"] != "")]
    uses = live[["signoff_path", "signoff_content"]].set_axis(["path", "content"], axis="columns").astype(object)
    several = np.array(["\n" in path for path in uses["path"]], dtype=bool)
    parted = uses[several].map(lambda lines: lines.split("\n")).explode(["path", "content"])
    uses = pd.concat([uses[~several], parted]).sort_index(kind="stable").reset_index(names="place")
    uses["content"] = uses["content"].where(uses["content"] != "", uses["path"])
    first = first_alike(uses, ["content"])
    here, there = uses.loc[first.index], uses.loc[first].set_axis(first.index)
    same = pd.Series(data=False, index=first.index)
    for names in (["invoice_number folded"], ["milestone folded", "project folded"]):
        ours, theirs = (live.loc[side["place"], names].set_axis(first.index) for side in (here, there))
        same |= (ours == theirs).all(axis=1) & (ours[names[0]] != BLANK)
    foreign = (~same).reindex(uses.index, fill_value=False)
    accused = foreign.groupby(uses["place"]).transform("all")
    found = here.assign(first=there["place"], **{"first path": there["path"]})[accused[first.index]]
    return found.drop_duplicates("place").set_index("place")


def _first_use(milestones: Milestones, hits: pd.DataFrame) -> Mapping[str, list[str]]:
    """The file of each row, and the milestone that it authorised first."""
    uses = _second_uses(milestones).loc[hits.index]
    first = uses["first"].astype("int64")
    of = milestones.frame.loc[first]
    shown = {path: displayable(file_name(path)) for path in {*uses["path"], *uses["first path"]}}
    names = [[shown[path] for path in uses[column]] for column in ("path", "first path")]
    accused = _accused(milestones)
    after = accused[~accused.index.isin(hits.index)].groupby(["first", "sheet_id"]).groups
    more = [after.get(place) for place in zip(first, hits["sheet_id"], strict=True)]
    return {
        **places(milestones, hits, first, "signoff"),
        "file": names[0],
        "copy": [_copy(name, other) for name, other in zip(*names, strict=True)],
        "first": [
            phrase("“{text}”", text=name) if name else phrase("a milestone without a name") for name in of["milestone"]
        ],
        "money": [spelled_money(*money) for money in zip(of["amount"], of["currency"], strict=True)],
        "more": [
            "" if rows is None else phrase(", and below {sums} more", sums=sums_of(milestones.frame.loc[rows]))
            for rows in more
        ],
    }


def _copy(name: str, other: str) -> str:
    return "" if name == other else phrase(" (the same content as “{other}”)", other=other)


def _accused(milestones: Milestones) -> pd.DataFrame:
    """The second uses of a file for which a client's word is needed, with their `sheet_id`."""
    uses = _second_uses(milestones)
    rows = milestones.frame.loc[uses.index]
    asked = rows["counted"] & (rows["evidence"] == Evidence.FOUND)
    return uses.assign(sheet_id=rows["sheet_id"])[asked]


@rule(
    "F307",
    Severity.WARNING,
    "signoff",
    "One sign-off file authorises several milestones",
    message="{amount} rest on “{file}”{copy}, which also authorises {first} in {other} ({money}){more}.",
    fix="Open the file. If the client agreed to both milestones in it, leave it so; otherwise get the sign-off of this "
    "one, save it under a name of its own, and name it here.",
    breaks=(
        rows({}, _MIDPOINT),
        rows(
            {"signoff": "SIGNED.pdf"}, _MIDPOINT | {"project": "Other"}, {"milestone": "C", "invoice_number": "INV-3"}
        ),
        rows({}, _MIDPOINT | {"signoff": "b.pdf"}, files={"signed.pdf": b"%PDF-1.7 same", "b.pdf": b"%PDF-1.7 same"}),
        rows({"signoff": "order.pdf; signed.pdf"}, _MIDPOINT, files={"order.pdf": 20, "signed.pdf": 30}),
        rows({"status": "", "invoice_number": ""}, {"status": "", "invoice_number": "", "milestone": "Midpoint"}),
        rows(_MIDPOINT, {}),
        rows({"amount": 0.01}, _MIDPOINT | {"amount": 0.01}),
        rows({"milestone": ""}, {"milestone": "", "invoice_number": "INV-2"}),
        Example(sheets=(rows(), rows(_MIDPOINT))),
    ),
    keeps=(
        rows({}, _MIDPOINT | {"invoice_number": "INV-1"}),
        rows({}, _MIDPOINT | {"signoff": "b.pdf"}, files={"signed.pdf": 20, "b.pdf": 30}),
        rows({}, _MIDPOINT | {"signoff": "b.pdf"}, files={"signed.pdf": b"%PDF-1.7 one", "b.pdf": b"%PDF-1.7 two"}),
        rows({}, _MIDPOINT | {"status": "void"}),
        rows({"status": "void"}, _MIDPOINT),
        rows({}, _MIDPOINT | {"amount": -200.0}),
        rows({}, _MIDPOINT | {"amount": 0.0}),
        rows({"amount": "TBC"}, _MIDPOINT),
        rows(
            {"signoff": "frame.pdf; a.pdf"},
            _MIDPOINT | {"signoff": "frame.pdf; b.pdf"},
            files={"frame.pdf": 20, "a.pdf": 30, "b.pdf": 40},
        ),
        rows({"signoff": "signed.pdf; signed.pdf"}),
        Example(sheets=(Example(rows=({"project": "Harbour"},)), Example(rows=({"project": "Harbour"},)))),
    ),
    facts=_first_use,
)
def F307(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A signature that is used twice proves one of the two: the other was billed without the client's word.

    It may be right: a framework agreement, or one acceptance for a whole phase. Then the file itself
    names both milestones, and whoever opens it can tell. Milestones of one invoice may share a sign-off, and
    so may those that name a file of their own beside the shared one. The first milestone that names
    a file is taken to be its owner; on each sheet the next one has the finding, and the others are counted in it. Files
    are the same by name or by content; contents are compared up to 64 MB.
    """
    accused = _accused(milestones).drop_duplicates(["first", "sheet_id"])
    return mask(milestones, accused["first"])


@rule(
    "F308",
    Severity.WARNING,
    "signoff",
    "Sign-off file is not what its name says, or of an unexpected kind",
    message="{what}",
    fix="Open it. Where it is the right document under a wrong ending, rename the file and correct its name here. "
    "Otherwise put the document in its place: fetch it from the portal again after signing in, or export it as a PDF.",
    breaks=(
        rows(files={"signed.pdf": _WEB_PAGE}),
        rows(files={"signed.pdf": b"PK\x03\x04 and more"}),
        rows(files={"signed.pdf": b"some notes"}),
        rows({"signoff": "signed.xlsx"}, files={"signed.xlsx": 1000}),
        rows({"signoff": "signed.lnk"}, files={"signed.lnk": 1000}),
        rows({"signoff": "signed.pdf.crdownload"}, files={"signed.pdf.crdownload": 1000}),
        rows({"signoff": "signed.pdf; b.exe"}, files={"signed.pdf": 1000, "b.exe": 1000}),
    ),
    keeps=(
        rows(),
        rows(files={"signed.pdf": b"\n\n%PDF-1.4"}),
        rows({"signoff": "a.png"}, files={"a.png": 1000}),
        rows({"signoff": "a.eml"}, files={"a.eml": b"Received: from mail.example.com\r\nFrom: Maya\r\n\r\nYes."}),
        rows({"status": "void"}, files={"signed.pdf": _WEB_PAGE}),
        rows(files=_EMPTY_FILE),
    ),
    facts=lambda _milestones, hits: {
        "what": [
            phrase("{what}. {money} rest on this sign-off.", what=odd, money=spelled_money(amount, currency))
            for odd, amount, currency in zip(hits["signoff_odd"], hits["amount"], hits["currency"], strict=True)
        ]
    },
)
def F308(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A file with the right name may hold no document: a portal's login page, a broken download, a shortcut.

    On the day it is asked for there is then no signature. Only the first bytes are read, and
    nothing tells here whether a document is signed.
    """
    return milestones.frame["counted"] & (milestones.frame["signoff_odd"] != "")


F309 = noticed(
    "F309",
    Severity.INFO,
    "folder",
    "File in the sign-off folder belongs to no milestone",
    message="{what}{others}",
    fix="If it is a sign-off, write its name beside its milestone; otherwise move it to another folder. Where "
    "workbooks share the folder, run the report on all of them.",
    why="A signed approval that no milestone names is often one that nobody has invoiced yet, or the one that an "
    "unsigned milestone is looking for. Files of the system are passed over, and so are those that F302 suggests.",
    breaks=(
        rows(files={"signed.pdf": 1000, "final.pdf": 2000}),
        rows({"signoff": ""}, {"signoff": "signed.pdf"}, files={"signed.pdf": 1000, "2026/other.pdf": 2000}),
    ),
    keeps=(
        rows(),
        rows({"signoff": "signd.pdf"}),
        rows({"status": "void"}),
        rows(files={"signed.pdf": 1000, "Thumbs.db": 2000, ".DS_Store": 3000, "~$order.docx": 4000}),
        rows({"signoff": ""}),
        rows({"signoff": None}),
    ),
)
