"""Runs jobs as whole processes, by turns, and takes medians: a busy moment then falls on each of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass
class Runs:
    """The runs of one job: seconds of each, and the most memory that one took (bytes; 0 where it is not told)."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def command(job: str, path: Path) -> list[str]:
    """How a job is started."""
    return [sys.executable, "-m", "tests.benchmarks.jobs", job, str(path)]


def by_turns(jobs: Sequence[str], path: Path, times: int) -> dict[str, Runs]:
    """Run each job so many times, one after the other, after one run that only warms the disk's cache."""
    found = {job: Runs() for job in jobs}
    for number in range(times + 1):
        for job, runs in found.items():
            seconds, peak = _run(command(job, path))
            if number:
                runs.seconds.append(seconds)
                runs.peak = max(runs.peak, peak)
    return found


def _run(arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak memory of a process. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(arguments)
    if sys.platform == "win32":
        status, peak = process.wait(), 0
    else:
        _pid, waited, usage = os.wait4(process.pid, 0)
        status, peak = os.waitstatus_to_exitcode(waited), usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        process.returncode = status
    if status:
        raise subprocess.CalledProcessError(status, arguments)
    return time.perf_counter() - started, peak
