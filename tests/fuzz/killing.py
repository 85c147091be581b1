"""Runs that are killed (SIGKILL) at random moments: `python -m tests.fuzz.killing --runs 200 --seed 1`.

After each, the next run that holds the folder must find, or make, the whole set of before or the whole new one,
byte for byte, and every file of it must open. The history must be whole, too, and remember each run that was finished.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click
import html5lib
import openpyxl

from milestone_report.options import HISTORY_NAME
from milestone_report.writing import HOLDER_NAME, LOCK_NAME, locked
from tests.conftest import SAMPLES

DATES = ("2026-03-31", "2026-04-30")

_WRITER = """
import datetime, sys
from pathlib import Path
from milestone_report.writing import locked, write_all
out, *sets = map(Path, sys.argv[1:])
files = [[(path.relative_to(one).as_posix(), path.read_bytes()) for path in sorted(one.rglob("*")) if path.is_file()
          and not path.name.startswith(".")] for one in sets]
print("ready", flush=True)
while True:
    for each in files:
        with locked(out):
            write_all(out, each, datetime.date(2026, 3, 31))
"""
"""Does nothing but what is to be killed: writing."""

_ROWS = 3000
_REMEMBERER = f"""
import datetime, sys
from pathlib import Path
from milestone_report.history.remembering import remember
from milestone_report.history.runs import Run, Standing
from milestone_report.history.store import Store
from milestone_report.model import Evidence, Status
day, files = datetime.date(2026, 3, 31), (("a.pdf", "aa"),)
row = ("a.xlsx", "A", 2, "Harbour", "Fee", "", "EUR", 1, None, 1, Status.SENT, True, day, False, Evidence.FOUND, files)
print("ready", flush=True)
while True:
    for number in range(5):
        remember(Store(Path(sys.argv[1])), Run(day.replace(day=number + 1), (), (), (Standing(*row),) * {_ROWS}), {{}})
"""
"""Does nothing but remembering, in the place of what it has remembered before."""


def content(folder: Path) -> dict[str, bytes]:
    """Each file there but the lock and the history."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in (LOCK_NAME, HOLDER_NAME))
    files = (path for path in files if not path.name.startswith(HISTORY_NAME))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def visible(folder: Path) -> dict[str, bytes]:
    """Those that people see."""
    return {name: data for name, data in content(folder).items() if not Path(name).name.startswith(".")}


def command(out: Path, date: str, *more: str) -> list[str]:
    """A whole run of the program."""
    words = ["report", str(SAMPLES / "agency.xlsx"), "--as-of", date, "--out", str(out), "--split-by", "owner", *more]
    return [sys.executable, "-m", "milestone_report", *words]


def whole_sets(folder: Path) -> list[Path]:
    """The set of each date, as an undisturbed run writes it when it remembers those of the dates before.

    Beside the folder to be tested: links are relative.
    """
    sets = [folder / date for date in DATES]
    for one, date in zip(sets, DATES, strict=True):
        words = command(one, date, "--history", str(folder / HISTORY_NAME))
        subprocess.run(words, check=True, capture_output=True)
    return sets


def remembered(out: Path) -> list[str]:
    """The dates in the history, which must be whole. A transaction that was killed is undone when it is opened."""
    with contextlib.closing(sqlite3.connect(out / HISTORY_NAME)) as history:
        assert history.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert history.execute("PRAGMA foreign_key_check").fetchall() == []
        return [date for (date,) in history.execute("SELECT as_of FROM runs ORDER BY as_of")]


def kill_at_random(words: list[str], chance: random.Random, longest: float, *, wait_until_ready: bool) -> bool:
    """Start it and kill it. Returns whether it was still running."""
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if wait_until_ready and process.stdout:
            process.stdout.readline()
        time.sleep(chance.uniform(0, longest))
        alive = process.poll() is None
        process.kill()
    return alive


def opens(files: dict[str, bytes]) -> None:
    """Raise where a file of a set cannot be opened by what reads such files."""
    for name, data in files.items():
        if name.endswith(".xlsx"):
            openpyxl.load_workbook(io.BytesIO(data), read_only=True).close()
        elif name.endswith(".html"):
            html5lib.parse(data, namespaceHTMLElements=False)
        elif name.endswith(".json"):
            json.loads(data)
        else:
            assert email.message_from_bytes(data, policy=email.policy.default)["Subject"], name


def kill_writers(folder: Path, number: int, seed: int) -> Counter[str]:
    """Kill processes that write sets in turn. Returns how many were found (or made) whole, by which set it was.

    Raises AssertionError for a folder that has neither. “mixed” counts those in which people would see files of both
    until the next run.
    """
    chance, sets, counted = random.Random(seed), whole_sets(folder), Counter[str]()  # noqa: S311 - a test
    whole = [content(one) for one in sets]
    for files in whole:
        opens(files)
    out = folder / "out"
    for run in range(number):
        words = [sys.executable, "-c", _WRITER, str(out), *map(str, sets if run % 2 else reversed(sets))]
        assert kill_at_random(words, chance, 0.3, wait_until_ready=True)
        counted["mixed"] += visible(out) not in whole
        with locked(out):
            pass
        # The very first run of all may have been killed before there was anything.
        if found := content(out):
            assert found in whole, sorted(found)
            counted[DATES[whole.index(found)]] += 1
    return counted


def kill_runs(folder: Path, number: int, seed: int) -> Counter[str]:
    """The same with whole runs of the program, killed while they read, think or write."""
    chance, sets, counted = random.Random(seed), whole_sets(folder), Counter[str]()  # noqa: S311 - a test
    whole = [content(one) for one in sets]
    out = folder / "out"
    begun = time.monotonic()
    subprocess.run(command(out, DATES[0]), check=True, capture_output=True)
    longest = (time.monotonic() - begun) * 1.1
    for run in range(number):
        alive = kill_at_random(command(out, DATES[run % 2]), chance, longest, wait_until_ready=False)
        counted["killed" if alive else "too late"] += 1
        counted["mixed"] += visible(out) not in whole
        with locked(out):
            pass
        found = content(out)
        assert found in whole, sorted(found)
        counted[DATES[whole.index(found)]] += 1
        days = remembered(out)
        assert DATES[0] in days, days
        counted["remembered"] += len(days)
    done = subprocess.run(command(out, DATES[1]), check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr, content(out)) == (0, "", whole[1])
    assert remembered(out) == list(DATES)
    assert not list(out.glob("*damaged*"))
    return counted


def kill_rememberers(folder: Path, number: int, seed: int) -> Counter[str]:
    """Kill processes that remember runs: each run is there whole or not at all. Returns how many were found."""
    chance, counted = random.Random(seed), Counter[str]()  # noqa: S311 - a test
    for _run in range(number):
        words = [sys.executable, "-c", _REMEMBERER, str(folder / HISTORY_NAME)]
        assert kill_at_random(words, chance, 0.5, wait_until_ready=True)
        counted["unfinished"] += (folder / f"{HISTORY_NAME}-journal").exists()
        if not (folder / HISTORY_NAME).exists():
            continue
        remembered(folder)
        with contextlib.closing(sqlite3.connect(folder / HISTORY_NAME)) as history:
            for table in ("milestones", "signoffs"):
                sizes = history.execute(f"SELECT run, count(*) FROM {table} GROUP BY run").fetchall()  # noqa: S608
                assert {size for _run, size in sizes} <= {_ROWS}, sizes
        counted["runs"] += len(remembered(folder))
    return counted


@click.command()
@click.option("--runs", default=200, show_default=True, help="How many runs to kill.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives other moments.")
def main(runs: int, seed: int) -> None:
    """Kill runs at random moments, and see that the folder always has a whole set."""
    for kill in (kill_runs, kill_writers, kill_rememberers):
        with tempfile.TemporaryDirectory() as folder:
            counted = kill(Path(folder), runs, seed)
        click.echo(f"{kill.__name__}, seed {seed}: {', '.join(f'{name} {count}' for name, count in counted.items())}")


if __name__ == "__main__":
    main()
