"""A line for a crontab, as crontab(5) has it."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from milestone_report.schedules import DAYS, ScheduleError

if TYPE_CHECKING:
    from milestone_report.schedules import Schedule

_LONGEST = 998
"""Cron takes 1,000 bytes with their ends (MAX_COMMAND of Vixie's cron)."""

_MARK = "# milestone-report schedule:"


def entry(schedule: Schedule) -> str:
    """The line, below a comment by which it is found again. Raises ScheduleError."""
    schedule.speakable()
    days = "*" if len(schedule.days) == len(DAYS) else ",".join(str((day + 1) % 7) for day in schedule.days)
    line = f"{schedule.minute} {schedule.hour} * * {days} {_command(schedule)}"
    if len(line.encode()) > _LONGEST:
        raise ScheduleError(
            f"The line is longer than the {_LONGEST} bytes that cron takes. Name a folder instead of single workbooks."
        )
    return f"{_MARK} {schedule.name}\n{line}\n"


def merged(table: str, schedule: Schedule) -> str:
    """A whole crontab with the entry in it, in place of one of the same name. All else is left as it is."""
    mark = re.escape(f"{_MARK} {schedule.name}")
    others = re.sub(rf"^{mark}\n(.*\n?)?", "", table, flags=re.MULTILINE)
    if others and not others.endswith("\n"):
        others += "\n"
    return others + entry(schedule)


def _command(schedule: Schedule) -> str:
    for word in schedule.command:
        # Vixie's cron takes \\ for one backslash, others for two; after a backslash of ours, % would be bare.
        if re.search(r"\\[\\%]", word):
            raise ScheduleError(f"Cron cannot be told of “{word}”: its backslashes mean different things to it.")
    return shlex.join(schedule.command).replace("%", r"\%")
