"""Which sign-off files are not any more what they were when a milestone first named them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.dates import spelled_date
from milestone_report.facts import parted, phrase
from milestone_report.history.runs import Key, known_as
from milestone_report.history.taking import named_files
from milestone_report.text import displayable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.history.runs import Memory
    from milestone_report.model import Milestones


def mark_changed(milestones: Milestones, memory: Memory) -> Milestones:
    """Fill `signoff_changed`: which of a milestone's files changed since when, "" for none."""
    if not memory.seen:
        return milestones
    frame = milestones.frame
    columns = [frame[name].tolist() for name in ("project", "milestone", "signoff_path", "signoff_content")]
    rows = zip(*columns, strict=True)
    marks = [parted(list(_changed(memory, *row))) if row[-1] else "" for row in rows]
    # As objects: these texts know what they are made of, which a column of plain text would forget.
    return replace(milestones, frame=frame.assign(signoff_changed=pd.Series(marks, frame.index, dtype=object)))


def _changed(memory: Memory, project: str, milestone: str, paths: str, digests: str) -> Iterator[str]:
    key = Key(known_as(displayable(project)), known_as(displayable(milestone)))
    for name, digest in named_files(paths, digests):
        seen = memory.seen.get((key, name))
        if seen and digest and digest not in seen.digests:
            first, last = spelled_date(seen.first), spelled_date(seen.last)
            if first == last:
                yield phrase("“{name}” was another file on {first}", name=name, first=first)
            else:
                yield phrase("“{name}” was another file from {first} to {last}", name=name, first=first, last=last)
