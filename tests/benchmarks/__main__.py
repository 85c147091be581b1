"""How long things take, as a table: `make bench`. Nothing here is a test: times belong to a machine and a moment."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from tests.benchmarks import many
from tests.benchmarks.books import built
from tests.benchmarks.measuring import by_turns, command
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
"""Seconds for all rules over 100,000 rows."""
MOST_FOR_PAGE = 2
"""Seconds until the page of 5,000 milestones can be used."""


@click.command()
@click.option("--runs", default=5, show_default=True, help="Runs of each job; the median counts.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the workbooks here and use them again.")
def main(runs: int, folder: Path | None) -> None:
    """Measure each case, in whole processes by turns, and print a table."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        measure(runs, folder)
    else:
        with tempfile.TemporaryDirectory() as made:
            measure(runs, Path(made))


def measure(runs: int, folder: Path) -> None:
    """Print the table, one line for each case."""
    paths = {case.book: built(case.book, folder, click.echo) for case in CASES}
    click.echo(f"{'book':<12}{'beside':>8}{'':>9}{'job':>8}{'':>9}{'ratio':>8}{'wanted':>8}{'memory':>11}  details for")
    for case in CASES:
        path = paths[case.book]
        found = by_turns((case.beside, case.job), path, runs)
        base, ours = found[case.beside], found[case.job]
        asked = _printed("count", path)
        click.echo(
            f"{case.book:<12}{case.beside:>8}{base.median:>7.2f} s{case.job:>8}{ours.median:>7.2f} s"
            f"{ours.median / base.median:>8.2f}{'≤ ' + format(case.wanted, 'g'):>8}{ours.peak / 1024**2:>7.0f} MiB"
            f"  {asked} sheets"
        )
    click.echo(
        "L is 1,000 sheets of 50 rows, X one sheet of 100,000 rows, both with 12 columns. Detailed ones have their"
    )
    click.echo(
        "currency in number formats, links and a sum, so the sheet's XML must be looked at; plain ones need no look."
    )
    click.echo(
        "Reading L may take 2.5 times as long as the bare reader (python-calamine, every cell) in whole processes."
    )
    _measure_rules(paths["X-plain"], runs)
    _measure_page(folder, runs)
    many.measure(folder, runs)


def _measure_rules(path: Path, runs: int) -> None:
    """Print how long all rules take over 100,000 rows, of which most have findings: the median of the runs."""
    told = [_printed("rules", path).split() for _run in range(runs)]
    seconds = sorted(float(each) for each, _found in told)
    click.echo(
        f"All rules over the 100,000 rows of X-plain, with {int(told[0][1]):,} findings: "
        f"{statistics.median(seconds):.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f}), wanted ≤ {MOST_FOR_RULES:g} s."
    )


def _measure_page(folder: Path, runs: int) -> None:
    """Print how long the page of 5,000 milestones takes to make and in a browser: the median of the runs."""
    if chromium() is None:
        click.echo("The page was not measured: no Chromium on the PATH.")
        return
    told = [[float(word) for word in _printed("page", folder).split()] for _run in range(runs)]
    size, made, opened, filtered, sorted_ = (statistics.median(column) for column in zip(*told, strict=True))
    click.echo(
        f"The page of 5,000 milestones ({size / 1e6:.1f} MB): made in {made:.2f} s; in the browser ready in "
        f"{opened:.2f} s (wanted ≤ {MOST_FOR_PAGE:g} s), filtered in {filtered:.2f} s, sorted in {sorted_:.2f} s."
    )


def _printed(job: str, path: Path) -> str:
    return subprocess.run(command(job, path), check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
