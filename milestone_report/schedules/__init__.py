"""Texts that make a machine run the report by itself, a module for each scheduler. They change nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class ScheduleError(ValueError):
    """What was asked for cannot be said to the scheduler so that it is certain to be understood. For people."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to run what.

    `days` are numbers from 0, Monday, to 6, sorted and at least one. `command` is the program, by its absolute path,
    and its arguments. `name` is what the entry is called: letters, digits, hyphens.
    """

    name: str
    hour: int
    minute: int
    days: tuple[int, ...]
    command: tuple[str, ...]

    @property
    def when(self) -> str:
        """For people: “Mon, Thu at 07:30”."""
        days = "every day" if len(self.days) == len(DAYS) else ", ".join(DAYS[day][:3] for day in self.days)
        return f"{days} at {self.hour:02}:{self.minute:02}"

    def speakable(self) -> None:
        """Raise ScheduleError where a word of the command cannot stand in a line of text."""
        for word in self.command:
            if re.search(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]", word):
                why = "has characters that no schedule can name, such as a line break"
                raise ScheduleError(f"{word!r} {why}. Rename the file or folder.")


def parsed_time(text: str) -> tuple[int, int]:
    """Hour and minute of a time such as 07:30 or 7:30. Raises ValueError with what is wrong, for people."""
    written = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip(), re.ASCII)
    hour, minute = (int(written[1]), int(written[2])) if written else (-1, -1)
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError("is no time of day; write it as 07:30.")
    return hour, minute


def parsed_days(text: str) -> tuple[int, ...]:
    """The days of a list such as mon,thu or mon-fri; 0 is Monday. Raises ValueError with what is wrong, for people."""
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = (word.strip().lower() for word in part.partition("-"))
        begin, end = _day(first), _day(last if dash else first)
        days |= {day % len(DAYS) for day in range(begin, end + 1 + (len(DAYS) if end < begin else 0))}
    return tuple(sorted(days))


def _day(word: str) -> int:
    for number, day in enumerate(DAYS):
        if len(word) >= 2 and day.lower().startswith(word):
            return number
    raise ValueError("are no days; write them as mon,thu or mon-fri.")


def parsed_name(text: str) -> str:
    """A name for an entry: it becomes that of a file. Raises ValueError with what is wrong, for people."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}", text):
        raise ValueError("is no name for it; use letters, digits and hyphens, 60 at most.")
    return text
