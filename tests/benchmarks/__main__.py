"""How long things take, as a table: `make bench`. Nothing here is a test: times belong to a machine and a moment."""

from __future__ import annotations

import os
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from tests.benchmarks.books import built
from tests.benchmarks.lines import Line, keep, table
from tests.benchmarks.many import reading_again
from tests.benchmarks.measuring import by_turns, command, printed
from tests.benchmarks.whole import SECTIONS
from tests.rendering.browsing import chromium


@dataclass(frozen=True)
class Case:
    """A job on a book beside the job that it is held against, and how many times as long it may take."""

    book: str
    job: str = "read"
    beside: str = "bare"
    wanted: float = 2.5


CASES = (Case("L-plain"), Case("L-detailed"), Case("X-plain"), Case("X-detailed"))
"""A new measurement is a line here, and a function in `jobs.py` where it is a new job."""
MOST_FOR_RULES = 1.5
"""Seconds for all rules over 100,000 rows of which one in a hundred has something wrong."""
MOST_FOR_PAGE = 2
"""Seconds until the page of 5,000 milestones can be used."""


@click.command()
@click.option("--runs", default=5, show_default=True, help="Runs of each job; the median counts.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the workbooks here and use them again.")
@click.option(
    "--only", multiple=True, help="Only what begins with this word, such as excel; may be given several times."
)
@click.option("--write/--no-write", default=True, help="Write the tables into docs/performance.md, too.")
def main(runs: int, folder: Path | None, only: tuple[str, ...], *, write: bool) -> None:
    """Measure each case, in whole processes by turns, and print tables."""
    # As it is installed, with its modules compiled: else each process would compile them all.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) if folder is None else folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        for title, measured in ({"Reading": reading} | SECTIONS | {"Cache": reading_again}).items():
            if only and not title.casefold().startswith(tuple(word.casefold() for word in only)):
                continue
            lines = measured(runs, folder)
            click.echo(f"{title}\n{table(lines)}\n")
            if write:
                keep({title: lines}, runs)


def reading(runs: int, folder: Path) -> list[Line]:
    """Reading beside the bare reader, the rules, and the page in a browser."""
    lines: list[Line] = []
    paths = {case.book: built(case.book, folder, click.echo) for case in CASES}
    for case in CASES:
        path = paths[case.book]
        found = by_turns({job: command(job, path) for job in (case.beside, case.job)}, runs)
        base, ours = found[case.beside], found[case.job]
        looked = f"{case.book}, the XML of {printed('count', path)} sheets looked through"
        lines.append(Line(f"the bare reader (python-calamine, every cell) on {case.book}", base.median))
        bound = f"{case.wanted:g} × the reader"
        lines.append(Line(f"reading {looked}", ours.median, case.wanted * base.median, bound, ours.peak / 1024**2))
    rules = [_rules(name, most, runs, folder) for name, most in (("X-orderly", MOST_FOR_RULES), ("X-plain", None))]
    return [*lines, *rules, *_page(folder, runs)]


def _rules(name: str, most: float | None, runs: int, folder: Path) -> Line:
    """How long all rules take over 100,000 rows. Of X-plain nearly all have findings, and to tell them takes most."""
    told = [printed("rules", built(name, folder, click.echo)).split() for _run in range(runs)]
    seconds = statistics.median(float(each) for each, _found in told)
    return Line(f"all rules over the 100,000 rows of {name}, {int(told[0][1]):,} findings", seconds, most)


def _page(folder: Path, runs: int) -> list[Line]:
    """How long the page of 5,000 milestones takes to make and in a browser."""
    if chromium() is None:
        click.echo("The page was not measured: no Chromium on the PATH.")
        return []
    told = [[float(word) for word in printed("page", folder).split()] for _run in range(runs)]
    size, made, opened, filtered, sorted_ = (statistics.median(column) for column in zip(*told, strict=True))
    page = f"the page of 5,000 milestones ({size / 1e6:.1f} MB)"
    return [
        Line(f"{page}: made", made),
        Line(f"{page}: ready in the browser", opened, MOST_FOR_PAGE),
        Line(f"{page}: filtered", filtered),
        Line(f"{page}: sorted", sorted_),
    ]


if __name__ == "__main__":
    main()
