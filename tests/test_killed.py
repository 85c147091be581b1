"""Runs that the system ends, or does not let write."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from milestone_report.commands.ending import Exit
from tests.fuzz.killing import DATES, command, content, kill_rememberers, kill_runs, kill_writers, opens

if TYPE_CHECKING:
    from pathlib import Path


def test_a_writer_killed_at_random_moments_leaves_whole_sets(tmp_path: Path) -> None:
    counted = kill_writers(tmp_path, 20, seed=1)
    assert counted[DATES[0]] + counted[DATES[1]] >= 15, counted


def test_whole_runs_killed_at_random_moments_leave_whole_sets_and_the_next_one_works(tmp_path: Path) -> None:
    counted = kill_runs(tmp_path, 6, seed=1)
    assert counted["killed"] >= 3, counted


def test_a_history_killed_while_it_is_written_is_whole(tmp_path: Path) -> None:
    counted = kill_rememberers(tmp_path, 10, seed=1)
    assert counted["unfinished"] >= 3, counted
    assert counted["runs"] >= 10, counted


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_a_disk_that_takes_no_more_ends_the_run_with_4_and_leaves_the_report_before(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    out = tmp_path / "out"
    subprocess.run(command(out, DATES[0]), check=True, capture_output=True)
    before = content(out)
    largest = max(map(len, before.values()))
    for size in (0, 500, largest // 2, largest - 1):
        done = subprocess.run(
            command(out, DATES[1]),
            check=False,
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),  # noqa: B023 - at once
        )
        assert done.returncode == Exit.NOT_WRITTEN, done.stderr
        assert "File too large. The files of the run before are as they were." in done.stderr
        assert content(out) == before
    opens(before)


def test_of_two_runs_at_once_one_finishes_and_one_says_who_holds_the_folder(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen(command(tmp_path / "out", date), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for date in DATES
    ]
    ended = {run.pid: (run.communicate(), run.returncode) for run in runs}
    codes = sorted(code for _said, code in ended.values())
    assert codes == [Exit.DONE, Exit.BUSY]
    [winner] = [pid for pid, (_said, code) in ended.items() if code == Exit.DONE]
    [said] = [text[1] for text, code in ended.values() if code == Exit.BUSY]
    assert f"Another run is writing to “{tmp_path / 'out'}” just now (process {winner} on " in said
