"""What `init` makes: a workbook to begin with, its settings file, a page to read, and an example of a sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.settings import NAME
from milestone_report.starter import example, texts
from milestone_report.starter.book import EMPTY, LISTS, make_book

if TYPE_CHECKING:
    import datetime as dt

    from milestone_report.starter.plan import Project

WORKBOOK = "milestones.xlsx"
SIGNOFFS = "signoffs"
WITHOUT_MILESTONES = {EMPTY: "the empty sheet to copy", LISTS: "the lists behind the drop-downs"}


def starter_files(project: Project | None, today: dt.date, *, with_example: bool = True) -> dict[str, bytes]:
    """Name → bytes of each file, names with a slash in a folder below. The same for the same project and day.

    Without a project the workbook begins with a worked example, whose sign-offs lie in the folder: `with_example` is
    whether they and the words about them are made, too. They belong to no workbook that was there before.
    """
    shown = project or example.project(today)
    has_example = project is None and with_example
    letters = example.letters(today) if has_example else {}
    return {
        NAME: texts.settings_file(WITHOUT_MILESTONES).encode(),
        "README.txt": texts.read_me(WORKBOOK, SIGNOFFS, NAME, has_example=has_example).encode(),
        **{f"{SIGNOFFS}/{name}": text for name, text in letters.items()},
        # Last: where a run is killed before it, the next one makes the same again.
        WORKBOOK: make_book(shown, today, SIGNOFFS, is_example=project is None),
    }
