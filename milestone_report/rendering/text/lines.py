"""Lines for the terminal: colours of severities, and text that wraps below its own beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_NARROWEST = 24
"""Columns that a wrapped text gets, however narrow the terminal is."""


@dataclass(frozen=True)
class Hanging:
    """A head and a text behind it, which goes on below itself where it wraps; one whole line in a pipe or a file."""

    head: Text
    body: Text

    @property
    def plain(self) -> str:
        """The whole line without colours."""
        return self.head.plain + self.body.plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich asks for. It says `no_wrap` where lines must stay whole."""
        if options.no_wrap:
            yield self.head + self.body
            return
        indent = self.head.cell_len
        for number, line in enumerate(self.body.wrap(console, max(options.max_width - indent, _NARROWEST))):
            yield Text.assemble(" " * indent if number else self.head, line)


def in_columns(rows: Sequence[Sequence[Text]]) -> Iterator[Text]:
    """Each row as a line, its cells below those of the other rows, two blanks before each."""
    widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        line = Text()
        for cell, width in zip(row, widths, strict=True):
            line.append("  ").append_text(cell).append(" " * (width - cell.cell_len))
        line.rstrip()
        yield line
