"""Whole processes against the budgets: the commands beside the plain script, the bare reader and the bare writer."""

from __future__ import annotations

import json
import statistics
import sys
from typing import TYPE_CHECKING

import click

from tests.benchmarks import AS_OF
from tests.benchmarks.books import built, many_books, rows_book, with_signoffs
from tests.benchmarks.lines import Line
from tests.benchmarks.measuring import by_turns, command, printed, program, tree_peak

if TYPE_CHECKING:
    from pathlib import Path

BUDGETS = (("5x4", 1.8, 1.3), ("200x12", 0.5, None), ("L-plain", 1 / 6, None))
"""Book, most as a part of the plain script's time, most seconds."""
MOST_MEMORY = 700
ROWS = (20_000, 40_000, 60_000, 80_000, 100_000)
WORKBOOKS = (200, 400, 600, 800, 1000)
STRAIGHT = 0.15
"""How far a time may lie from the straight line through all of them."""


def reports(runs: int, folder: Path) -> list[Line]:
    """`--help`, and `report` beside the plain script."""
    help_ = by_turns({"help": program("--help")}, runs)["help"]
    lines = [Line("--help", help_.median, 0.25)]
    for name, part, most in BUDGETS:
        path = with_signoffs(name, folder, click.echo)
        ours = _report(path, folder)
        plain = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "tests.benchmarks.plain_script",
            str(path),
            str(folder / "plain"),
        ]
        found = by_turns({"plain": plain, "ours": ours}, runs)
        base = found["plain"].median
        lines.append(Line(f"the plain script on {name}", base))
        memory, most_memory = tree_peak(ours), MOST_MEMORY if name.startswith("L") else None
        took = found["ours"].median
        lines.append(Line(f"report on {name}", took, part * base, f"{part:.3g} × the script", memory, most_memory))
        if most is not None:
            lines.append(Line(f"report on {name}, all in all", took, most))
    return lines


def checks(runs: int, folder: Path) -> list[Line]:
    """`check` on 100,000 rows beside the bare reader: an orderly book, and one where nearly every row is wrong."""
    lines: list[Line] = []
    for name in ("X-orderly", "X-plain"):
        path = built(name, folder, click.echo)
        ours = program("check", path, "--as-of", str(AS_OF), "--fail-on", "never", "--no-cache")
        found = by_turns({"bare": command("bare", path), "check": ours}, runs)
        base = found["bare"].median
        lines += [
            Line(f"the bare reader on {name}", base),
            Line(f"check on {name}", found["check"].median, 3 * base + 1, "3 × the reader + 1 s", tree_peak(ours)),
        ]
    return lines


def workers(runs: int, folder: Path) -> list[Line]:
    """1,000 workbooks of 50 rows beside 50,000 sign-off files, with one reader process and with two.

    The reading alone is held against a bound in `many.py`: rules and outputs have one process, whatever is read.
    """
    path = many_books(1000, folder, click.echo)
    commands = {each: [*_report(path, folder), "--workers", each] for each in ("1", "2")}
    found = by_turns(commands, runs)
    return [
        Line("report on 1,000 workbooks, 1 reader process", found["1"].median),
        Line("report on 1,000 workbooks, 2 reader processes", found["2"].median, memory=tree_peak(commands["2"])),
    ]


def excel(runs: int, folder: Path) -> list[Line]:
    """summary.xlsx of 40,000 unpaid rows beside bare XlsxWriter with the same cells."""
    printed("excel-cells", folder)
    pairs = [[float(printed(job, folder)) for job in ("excel-bare", "excel")] for _run in range(runs)]
    base, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    memory = tree_peak(command("excel", folder))
    return [
        Line("bare XlsxWriter, the cells of 40,000 unpaid rows", base),
        Line("summary.xlsx of 40,000 unpaid rows", ours, 1.3 * base, "1.3 × that", memory, 500),
    ]


def stages(runs: int, folder: Path) -> list[Line]:
    """How long each stage takes, on the largest book."""
    path = with_signoffs("L-plain", folder, click.echo)
    told = [json.loads(printed("stages", path, folder / "out")) for _run in range(runs)]
    return [Line(stage, statistics.median(each.get(stage, 0.0) for each in told)) for stage in told[0]]


def growth(runs: int, folder: Path) -> list[Line]:
    """Time against rows and against workbooks: five sizes each, and a straight line through them."""
    lines: list[Line] = []
    for what, sizes, find in (("rows", ROWS, rows_book), ("workbooks", WORKBOOKS, many_books)):
        commands = {str(size): _report(find(size, folder, click.echo), folder) for size in sizes}
        found = by_turns(commands, runs)
        times = [found[str(size)].median for size in sizes]
        slope, start = statistics.linear_regression(sizes, times)
        for size, seconds in zip(sizes, times, strict=True):
            line = start + slope * size
            off = seconds / line - 1
            lines.append(
                Line(f"report on {size:,} {what}", seconds, (1 + STRAIGHT) * line, f"{off:+.0%} off; 1.15 × the line")
            )
    return lines


def _report(path: Path, folder: Path) -> list[str]:
    """A report on workbooks that have changed: of the cache it has the compiled templates alone."""
    cache = folder / "cache"
    cache.mkdir(exist_ok=True)
    (cache / "workbooks").touch()  # where their folder would be, so that none is kept
    return program("report", path, "--as-of", str(AS_OF), "--out", folder / f"out {path.stem}", "--cache-dir", cache)


SECTIONS = {
    "Whole runs": reports,
    "Check": checks,
    "Several processes": workers,
    "Excel": excel,
    "Stages of a report on 1,000 sheets of 50 rows": stages,
    "Growth": growth,
}
