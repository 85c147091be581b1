"""What was measured, line by line, and the page that tells it: docs/performance.md between its markers."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGE, DATA = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.json"
BEGIN, END = "<!-- measured: written by make bench -->", "<!-- end of what was measured -->"


@dataclass(frozen=True)
class Line:
    """One measurement: seconds (the median of several runs) and memory (MiB), and how much of them there may be.

    `bound` says in words where `most` comes from, as it may be so many times what something else took.
    """

    what: str
    seconds: float
    most: float | None = None
    bound: str = ""
    memory: float | None = None
    most_memory: float | None = None

    @property
    def kept(self) -> bool | None:
        """Whether it stays within its bounds; None where it has none."""
        bounds = [(self.seconds, self.most), (self.memory, self.most_memory)]
        held = [found is not None and found <= most for found, most in bounds if most is not None]
        return all(held) if held else None

    def cells(self) -> list[str]:
        """The line as a row of the table."""
        return [
            self.what,
            f"{self.seconds:.2f} s",
            f"{self.bound} = {self.most:.2f} s" if self.most is not None and self.bound else _at_most(self.most, "s"),
            "" if self.memory is None else f"{self.memory:.0f} MiB",
            _at_most(self.most_memory, "MiB"),
            {True: "yes", False: "**no**", None: ""}[self.kept],
        ]


def _at_most(most: float | None, unit: str) -> str:
    return "" if most is None else f"{most:g} {unit}"


HEADER = ["what", "median", "at most", "memory", "at most", "kept"]


def table(lines: Sequence[Line]) -> str:
    """The lines as a table in Markdown."""
    rows = [HEADER, ["---", "---:", "---:", "---:", "---:", "---"], *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine() -> str:
    """On what it was measured, in words."""
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"


def keep(sections: dict[str, Sequence[Line]], runs: int, page: Path = PAGE, data: Path = DATA) -> None:
    """Write what was measured as data, and as tables into the page. What was not measured stays as it is."""
    known: dict[str, Any] = json.loads(data.read_text(encoding="utf-8")) if data.exists() else {}
    known |= {
        title: {"on": machine(), "runs": runs, "lines": [asdict(line) for line in lines]}
        for title, lines in sections.items()
    }
    data.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _old, after = rest.split(END)
    told = "\n\n".join(
        f"### {title}\n\n{table([Line(**line) for line in section['lines']])}\n\n"
        f"Median of {section['runs']} runs on {section['on']}."
        for title, section in known.items()
    )
    page.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8", newline="\n")
