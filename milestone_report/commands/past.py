"""What a command has to do with the history: recall before the report is made, remember when it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from milestone_report import logs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from milestone_report.history.runs import Memory
    from milestone_report.model import Report


class Past:
    """The history of a run, in a file; None where nothing is to be remembered. Whatever is wrong with it is said.

    `told` is what people must know of it before the report is made.
    """

    def __init__(self, file: Path | None, locale: str) -> None:
        self.memory: Memory | None = None
        self.told: tuple[str, ...] = ()
        self._file, self._locale = file, locale

    def recall(self, as_of: dt.date, since: dt.date | None) -> None:
        """Fill `memory` with what is remembered of the days before the run's."""
        if self._file is None:
            return
        from milestone_report.history.remembering import recall  # noqa: PLC0415
        from milestone_report.history.store import Store  # noqa: PLC0415

        self.memory, self.told = recall(Store(self._file), as_of, since)
        self._say(self.told)

    def remember(self, finished: Report) -> None:
        """Remember the run, unless its history could not be recalled."""
        if self._file is None or self.memory is None:
            return
        from milestone_report.history.remembering import remember  # noqa: PLC0415
        from milestone_report.history.store import Store  # noqa: PLC0415
        from milestone_report.history.telling import run_of  # noqa: PLC0415

        told = remember(Store(self._file), run_of(finished), self.memory.files)
        self._say([told] if told else [])

    def _say(self, told: Iterable[str]) -> None:
        from milestone_report.wording import Language  # noqa: PLC0415

        for sentence in told:
            click.echo(Language(self._locale).told(sentence), err=True)
            logs.record("history", file=str(self._file), said=sentence)
