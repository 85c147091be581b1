"""A systemd timer and the service that it starts (systemd.timer(5), systemd.service(5), systemd.syntax(7))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.schedules import DAYS, ScheduleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_report.schedules import Schedule


def units(schedule: Schedule) -> Mapping[str, str]:
    """File name → text: the service and its timer. Raises ScheduleError."""
    schedule.speakable()
    about = f"milestone-report, {schedule.when}"
    service = f"""[Unit]
Description={about}

[Service]
Type=oneshot
ExecStart={_command_line(schedule.command)}
"""
    # Without days any day is meant. A second start of a service that still runs does nothing.
    days = "" if len(schedule.days) == len(DAYS) else ",".join(DAYS[day][:3] for day in schedule.days) + " "
    timer = f"""[Unit]
Description={about}

[Timer]
OnCalendar={days}*-*-* {schedule.hour:02}:{schedule.minute:02}:00
# A run that was missed because the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{schedule.name}.service": service, f"{schedule.name}.timer": timer}


def _command_line(words: tuple[str, ...]) -> str:
    program, *arguments = words
    if "$" in program:
        raise ScheduleError(f"systemd starts no program with $ in its path: “{program}”.")
    return " ".join([_quoted(program), *(_quoted(word).replace("$", "$$") for word in arguments)])


def _quoted(word: str) -> str:
    """One item: within double quotes C escapes count, and % is doubled everywhere."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
