"""How long reading 1,000 workbooks takes: by one reader and by two, and the second time.

Run as a job, `python -m tests.benchmarks.many FOLDER WORKERS [CACHE]` prints what one reading stage took.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from milestone_report.collecting import collect_rarely

if TYPE_CHECKING:
    from tests.benchmarks.lines import Line

BOOKS, ROWS, SHEETS = 1_000, 50, 1
LEAST_BY_TWO, LEAST_AGAIN = 1.7, 5.0


class Took(NamedTuple):
    """What one reading stage took: seconds by the clock, seconds of all processors, and the parent's most memory."""

    wall: float
    cpu: float
    peak: int


def reading_again(runs: int, folder: Path) -> list[Line]:
    """The reading stage by one reader and by two, and the first and the second run with a cache, by turns."""
    # Readers import what the process imports that starts them: so this module imports little.
    from tests.benchmarks.books import Book  # noqa: PLC0415
    from tests.benchmarks.lines import Line  # noqa: PLC0415

    books = folder / "many"
    if not books.exists():
        click.echo(f"building {BOOKS:,} workbooks …")
        books.mkdir()
        for number in range(1, BOOKS + 1):
            name = f"Book {number:04}"
            Book(name, SHEETS, ROWS, detailed=True).build(books / f"{name}.xlsx")
    cache = folder / "many-cache"
    found: dict[str, list[Took]] = {"one": [], "two": [], "first": [], "again": []}
    for _run in range(runs):
        shutil.rmtree(cache, ignore_errors=True)
        found["one"].append(_job(books, 1))
        found["two"].append(_job(books, 2))
        found["first"].append(_job(books, 2, cache))
        found["again"].append(_job(books, 2, cache))

    def line(name: str, what: str, most: float | None = None, bound: str = "") -> Line:
        seconds, peak = statistics.median(each.wall for each in found[name]), max(each.peak for each in found[name])
        cpu = statistics.median(each.cpu for each in found[name])
        told = f"{BOOKS:,} workbooks of {ROWS} rows, {what} ({cpu:.2f} s of processors)"
        return Line(told, seconds, most, bound, memory=peak / 2**20)

    one, first = (statistics.median(each.wall for each in found[name]) for name in ("one", "first"))
    return [
        line("one", "one reader"),
        line("two", "two readers", one / LEAST_BY_TWO, f"one reader / {LEAST_BY_TWO}"),
        line("first", "two readers, an empty cache"),
        line("again", "everything in the cache", first / LEAST_AGAIN, f"empty cache / {LEAST_AGAIN:g}"),
    ]


def _job(books: Path, workers: int, cache: Path | None = None) -> Took:
    words = [sys.executable, "-m", "tests.benchmarks.many", str(books), str(workers), *([str(cache)] if cache else [])]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return Took(float(told[0]), float(told[1]), int(told[2]))


def read_all(books: Path, workers: int, cache_folder: Path | None) -> None:
    """Print seconds by the clock and of processors, and the most memory, of the reading stage over a folder."""
    import resource  # noqa: PLC0415 - not on Windows

    from milestone_report.model import ReadingSettings  # noqa: PLC0415
    from milestone_report.reading.cache import open_cache  # noqa: PLC0415
    from milestone_report.reading.isolation import Readers  # noqa: PLC0415
    from milestone_report.reading.sources import find_workbooks  # noqa: PLC0415
    from milestone_report.reading.table import Gathered  # noqa: PLC0415

    collect_rarely()
    started, before = time.perf_counter(), time.process_time()
    settings = ReadingSettings()
    cache = open_cache(cache_folder) if cache_folder else None
    sources, _notices = find_workbooks([books], settings)
    gathered, rows = Gathered(), 0
    with Readers(sources, settings, workers=workers, cache=cache) as readers:
        for each in readers.results():
            gathered.add(each)
            rows += len(each.columns["row"])
        wall = time.perf_counter() - started
    if cache:
        cache.tidy()
    if rows != BOOKS * ROWS * SHEETS:
        raise ValueError(f"{rows} rows were read")
    readers_took = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = time.process_time() - before + readers_took.ru_utime + readers_took.ru_stime
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    click.echo(f"{wall} {cpu} {peak}")


if __name__ == "__main__":
    read_all(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
