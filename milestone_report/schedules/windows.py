"""A task for the Windows Task Scheduler, as its published schema has it (Task Scheduler Schema, MS-TSCH 2.5)."""

from __future__ import annotations

import codecs
import re
from pathlib import PureWindowsPath
from subprocess import list2cmdline
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from milestone_report.schedules import DAYS, ScheduleError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from milestone_report.schedules import Schedule

_LONGEST_PATH = 260


def task(schedule: Schedule, begin: dt.date) -> str:
    """The XML as text. `begin` is the first day on which it may run. Raises ScheduleError."""
    schedule.speakable()
    program, *arguments = schedule.command
    for word in schedule.command:
        if re.search(r"%[^%]+%|\$\(", word):
            why = f"Windows would take a part of “{word}” for a variable"
            raise ScheduleError(f"{why}. Rename the file or folder: no two % in it, no $(.")
    if len(program) > _LONGEST_PATH:
        raise ScheduleError(f"Windows takes no program whose path is longer than {_LONGEST_PATH} characters.")
    days = "\n".join(f"          <{DAYS[day]} />" for day in schedule.days)
    # The order of the elements is that in which Windows itself writes them.
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>milestone-report, {schedule.when}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>{begin.isoformat()}T{schedule.hour:02}:{schedule.minute:02}:00</StartBoundary>
      <ScheduleByWeek>
        <WeeksInterval>1</WeeksInterval>
        <DaysOfWeek>
{days}
        </DaysOfWeek>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def encoded(text: str) -> bytes:
    """The file that `schtasks /create /xml` takes: UTF-16 with its mark, lines as Windows ends them."""
    return codecs.BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")


def mapped_drives(words: Sequence[str], share_of: Callable[[str], str | None]) -> Iterator[tuple[str, str | None]]:
    """Those words that are paths on a mapped drive, and what to write instead; None where that is not known.

    `share_of` tells the share of a drive such as “Z:”: "" where it cannot be told, None for a drive of the machine.
    """
    for word in words:
        path = PureWindowsPath(word)
        share = share_of(path.drive.upper()) if re.fullmatch(r"[A-Za-z]:", path.drive) else None
        if share is not None:
            yield word, share + word[len(path.drive) :] if share else None
