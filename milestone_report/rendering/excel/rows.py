"""The milestones of one list as columns of a table, each row with its way back to the user's cell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from milestone_report.model import Evidence, Status
from milestone_report.rendering.excel.cells import cell_place, file_link
from milestone_report.rendering.excel.columns import Dates, Money, Text
from milestone_report.rendering.links import relative_path
from milestone_report.text import file_name
from milestone_report.wording import DOUBTFUL, EVIDENCE_WORDS, STATUS_WORDS, Language

if TYPE_CHECKING:
    import datetime as dt

    from milestone_report.model import Report
    from milestone_report.rendering.excel.columns import Column


class Places:
    """Links to the user's cells, by relative path, worked out once for each workbook and folder."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._workbooks = {book.path: relative_path(report, book.file) for book in report.workbooks}
        self._folders: dict[str, str] = {}
        self.several = len(report.workbooks) > 1

    def cell(self, workbook: str, sheet: str = "", cell: str = "") -> str:
        """A link to a cell of a workbook of the run, else ""."""
        way = self._workbooks.get(workbook)
        return "" if way is None else file_link(way, cell_place(sheet, cell) if sheet else "")

    def file(self, path: str) -> str:
        """A link to the first of the files in `path`, one a line; "" where there is none."""
        first = path.split("\n", 1)[0]
        if not first:
            return ""
        folder, name = os.path.split(first)  # pathlib takes ten times as long, and there is one for each row
        if folder not in self._folders:
            self._folders[folder] = relative_path(self._report, Path(folder))
        return file_link(f"{self._folders[folder]}/{name}")


class Rows:
    """The rows of a frame with all columns of `Milestones.frame`, as columns of a list."""

    def __init__(self, report: Report, places: Places, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.currencies = self._words("currency")
        self._places = places
        self._language = Language(report.settings.locale)
        self._sheets = [report.milestones.sheets[index] for index in frame["sheet_id"].tolist()]

    def __len__(self) -> int:
        return len(self.frame)

    def text(self, header: str, name: str, widest: int = 34) -> Text:
        """The words of a column."""
        return Text(header, self._words(name), widest=widest)

    def date(self, header: str, name: str) -> Dates:
        """The days of a column."""
        return Dates(header, self.days(name))

    def days(self, name: str) -> list[dt.date | None]:
        """The same as a list."""
        return [None if day is pd.NaT else cast("dt.date", day) for day in self.frame[name].dt.date.tolist()]

    def money(self, header: str, name: str, *, bold: bool = False) -> Money:
        """The amounts of a column, in minor units."""
        return Money(header, cast("list[int | None]", self.frame[name].tolist()), self.currencies, bold=bold)

    def who(self) -> list[Column]:
        """What a milestone is and whose."""
        say = self._language.say
        return [
            self.text(say("Project"), "project", 20),
            self.text(say("Client"), "client", 16),
            self.text(say("Owner"), "owner", 12),
            self.text(say("Milestone"), "milestone", 20),
            self.text(say("Description"), "description", 24),
        ]

    def status(self, *, balance: bool = True) -> Text:
        """The status, and where it matters, with what is not known about its balance."""
        say = self._language.say
        word_of = {status: say(word) for status, word in STATUS_WORDS.items()}
        unknown = (self.frame["status"] == Status.PARTIALLY_PAID) & ~self.frame["paid_recorded"].astype(bool)
        words = zip(map(Status, self._words("status")), unknown.tolist(), strict=True)
        not_recorded = say("{status}, balance not recorded", status=word_of[Status.PARTIALLY_PAID])
        texts = [not_recorded if guess and balance else word_of[status] for status, guess in words]
        return Text(say("Status"), texts, widest=14)

    def evidence(self, header: str) -> Text:
        """What is known about the sign-off, in words, with the file that may be meant."""
        say = self._language.say
        word_of = {evidence: say(word) for evidence, word in EVIDENCE_WORDS.items()}
        words = [
            say(DOUBTFUL) if odd and word == Evidence.FOUND else word_of[Evidence(word)]
            for word, odd in zip(self.frame["evidence"].tolist(), self.frame["signoff_odd"].tolist(), strict=True)
        ]
        hints = self.frame["signoff_hint"].where(self.frame["evidence"] == Evidence.MISSING, "").tolist()
        texts = [
            say("{word}; did you mean {hint}?", word=word, hint=self._language.told(hint)) if hint else word
            for word, hint in zip(words, hints, strict=True)
        ]
        return Text(header, texts, widest=18)

    def doubt(self, header: str) -> Text:
        """What makes a found sign-off doubtful: its file is not what its name says."""
        odd = self.frame["signoff_odd"].where(self.frame["evidence"] == Evidence.FOUND, "").tolist()
        return Text(header, list(map(self._language.told, odd)), widest=30)

    def signoff(self) -> Text:
        """The names of the files where all were found, linked to the first; else what the sign-off cell names."""
        paths = self._words("signoff_path")
        found = self.frame["evidence"] == Evidence.FOUND
        named = self.frame["signoff_path"].where(found, self.frame["signoff"])
        names = [
            "; ".join(map(file_name, text.splitlines()) if is_found else text.splitlines())
            for text, is_found in zip(named.tolist(), found.tolist(), strict=True)
        ]
        links = [self._places.file(path) for path in paths]
        return Text(self._language.say("Sign-off file"), names, links, widest=34, on_paper=False)

    def source(self, name: str) -> list[Column]:
        """Workbook (where there are several), sheet and cell of a field, the cell linked."""
        say, numbers = self._language.say, self.frame["row"].tolist()
        cells = [sheet.cell(name, row) for sheet, row in zip(self._sheets, numbers, strict=True)]
        links = [
            self._places.cell(sheet.workbook, sheet.name, cell) for sheet, cell in zip(self._sheets, cells, strict=True)
        ]
        workbook = Text(say("Workbook"), [sheet.workbook for sheet in self._sheets], widest=19, on_paper=False)
        return [
            *([workbook] if self._places.several else []),
            Text(say("Sheet"), [sheet.name for sheet in self._sheets], widest=19, on_paper=False),
            Text(say("Cell"), cells, links, widest=9, on_paper=False),
        ]

    def currency(self) -> Text:
        """The currency of each row."""
        return Text(self._language.say("Currency"), self.currencies, widest=11, needed=True)

    def _words(self, name: str) -> list[str]:
        return cast("list[str]", self.frame[name].tolist())
