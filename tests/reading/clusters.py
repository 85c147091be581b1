"""A real Dask cluster on this machine for tests: a scheduler and workers, a process each."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECONDS_TO_START = 60


@dataclass
class RunningCluster:
    """The scheduler's address, and the processes, the scheduler first."""

    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def kill(self, number: int) -> None:
        """End a process as a power cut does: 0 is the scheduler, from 1 on they are workers."""
        self.processes[number].kill()
        self.processes[number].wait()


@contextlib.contextmanager
def running_cluster(folder: Path, workers: int, *, nanny: bool = False) -> Iterator[RunningCluster]:
    """A scheduler and workers of a thread each, on loopback."""
    file, found = folder / "scheduler.json", RunningCluster()
    common = ["--scheduler-file", str(file)]

    def start(*words: str) -> None:
        command = [sys.executable, "-m", "dask", *words]
        with (folder / f"{words[0]}.log").open("ab") as log:
            found.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=folder))

    try:
        start("scheduler", *common, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        deadline = time.monotonic() + _SECONDS_TO_START
        while not found.address:
            assert time.monotonic() < deadline, (folder / "scheduler.log").read_text()
            time.sleep(0.1)
            with contextlib.suppress(OSError, ValueError):
                found.address = json.loads(file.read_text(encoding="utf-8"))["address"]
        for _number in range(workers):
            kind = "--nanny" if nanny else "--no-nanny"
            start("worker", *common, kind, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
        yield found
    finally:
        for process in reversed(found.processes):
            process.send_signal(signal.SIGTERM)
        for process in found.processes:
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
