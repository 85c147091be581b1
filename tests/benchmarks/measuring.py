"""Runs jobs as whole processes, by turns, and takes medians: a busy moment then falls on each of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass
class Runs:
    """The runs of one job: seconds of each, and the most memory that one took (bytes; 0 where it is not told)."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def command(job: str, *arguments: str | Path) -> list[str]:
    """How a job is started."""
    return [sys.executable, "-m", "tests.benchmarks.jobs", job, *map(str, arguments)]


def printed(job: str, *arguments: str | Path) -> str:
    """What a job prints."""
    return subprocess.run(command(job, *arguments), check=True, capture_output=True, text=True).stdout.strip()


def program(*arguments: str | Path) -> list[str]:
    """How the program itself is started."""
    return [sys.executable, "-m", "milestone_report", *map(str, arguments)]


def by_turns(commands: Mapping[str, Sequence[str]], times: int) -> dict[str, Runs]:
    """Run each command so many times, one after the other, after one run that only warms the disk's cache."""
    found = {name: Runs() for name in commands}
    for number in range(times + 1):
        for name, arguments in commands.items():
            seconds, peak = _run(arguments)
            if number:
                found[name].seconds.append(seconds)
                found[name].peak = max(found[name].peak, peak)
    return found


def tree_peak(arguments: Sequence[str]) -> float | None:
    """The most memory (MiB) that a process and those that it started have had together, in a run of its own.

    What they share counts for each. None where there is no /proc to read it from.
    """
    if not Path("/proc/self/statm").exists():
        return None
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(_resident, _tree(process.pid))))
            time.sleep(0.02)
    return most / 1024**2


def _tree(pid: int) -> list[int]:
    """A process and those below it that live."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        below = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in below for each in _tree(child))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _run(arguments: Sequence[str]) -> tuple[float, int]:
    """Seconds and peak memory of a process. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    if sys.platform == "win32":
        status, peak = process.wait(), 0
    else:
        _pid, waited, usage = os.wait4(process.pid, 0)
        status, peak = os.waitstatus_to_exitcode(waited), usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        process.returncode = status
    if status:
        raise subprocess.CalledProcessError(status, arguments)
    return time.perf_counter() - started, peak
