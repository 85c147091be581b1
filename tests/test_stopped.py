"""Runs that Ctrl-C, SIGTERM or a kill ends: real processes, whose readers are looked for afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from milestone_report.commands.ending import Exit
from tests.conftest import ROOT
from tests.fuzz.killing import DATES, command, visible, whole_sets

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc for the readers")

CODES = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.TERMINATED}
SAID = {signal.SIGINT: "Stopped by Ctrl-C.", signal.SIGTERM: "Stopped by the system (SIGTERM)."}
BOTH = pytest.mark.parametrize("number", list(CODES))

_HANGING = """
from milestone_report.reading import isolation
from tests.reading.test_isolation import serve_misbehaving
vars(isolation)["_READER"] = serve_misbehaving
from milestone_report.__main__ import main
main()
"""
"""The command with readers that sleep for a minute over a workbook called “hang”."""

_PARENT = """
import multiprocessing, time
from milestone_report.reading import orphans
def child():
    orphans.watch_parent()
    time.sleep(60)
def main():
    process = multiprocessing.get_context("spawn").Process(target=child)
    process.start()
    print(process.pid, flush=True)
    time.sleep(60)
if __name__ == "__main__":
    main()
"""


def parent_of(process: int) -> int:
    """The process that started one, 0 where it is gone or only waits to be counted."""
    try:
        state, parent = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[:2]
    except OSError:
        return 0
    return 0 if state in "ZX" else int(parent)


def children(process: int) -> set[int]:
    everything = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return {each for each in everything if parent_of(each) == process}


def all_end(processes: set[int], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while any(parent_of(process) for process in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def started_with_readers(folder: Path, *more: str) -> tuple[subprocess.Popen[str], set[int]]:
    """A run whose two readers hang, in a group of its own as a terminal makes one."""
    for name in ("hang 1.xlsx", "hang 2.xlsx"):
        (folder / name).touch()
    words = [sys.executable, "-c", _HANGING, "report", str(folder), "--out", str(folder / "out"), *more]
    run = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    )
    end = time.monotonic() + 30
    # Two readers and the process in which Python counts what they share, where this machine has two processors.
    while len(found := children(run.pid)) < min(2, os.cpu_count() or 1) + 1:
        assert time.monotonic() < end, "no reader came up"
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)
    return run, found


@BOTH
@pytest.mark.parametrize(("send", "pause"), [(os.killpg, 0), (os.killpg, 0.3), (os.kill, 2)])
def test_a_signal_ends_the_run_and_its_readers_with_one_sentence(
    tmp_path: Path, number: signal.Signals, send: object, pause: float
) -> None:
    run, readers = started_with_readers(tmp_path)
    time.sleep(pause)
    began = time.monotonic()
    send(run.pid, number)  # type: ignore[operator]
    out, err = run.communicate(timeout=20)
    assert time.monotonic() - began < 15  # the machine may be busy; a reader hangs for a minute
    assert (run.returncode, out, err) == (CODES[number], "", f"{SAID[number]} No file was changed.\n")
    assert all_end(readers)
    assert visible(tmp_path / "out") == {}


def test_the_sentence_is_german_in_a_german_run(tmp_path: Path) -> None:
    run, readers = started_with_readers(tmp_path, "--locale", "de_DE", "--log-file", str(tmp_path / "log"))
    run.terminate()
    _out, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (Exit.TERMINATED, "Abgebrochen. Keine Datei wurde verändert.\n")
    assert " exit=143 " in (tmp_path / "log").read_text(encoding="utf-8")
    assert all_end(readers)


@BOTH
def test_a_signal_that_comes_again_at_once_changes_nothing(tmp_path: Path, number: signal.Signals) -> None:
    run, readers = started_with_readers(tmp_path)
    for _again in range(5):
        os.killpg(run.pid, number)
        time.sleep(0.005)
        if run.poll() is not None:
            break
    _out, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (CODES[number], f"{SAID[number]} No file was changed.\n")
    assert all_end(readers)


def test_somebody_who_insists_ends_a_run_that_cannot_end_in_order() -> None:
    code = (
        "import os, signal, time\nfrom milestone_report.stopping import stoppable\n"
        "with stoppable():\n  try:\n    print('ready', flush=True); time.sleep(60)\n  finally: time.sleep(60)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert run.stdout
    run.stdout.readline()
    run.send_signal(signal.SIGINT)
    time.sleep(1.5)
    assert run.poll() is None
    run.send_signal(signal.SIGINT)
    _out, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (Exit.INTERRUPTED, "Stopped by Ctrl-C. No file was changed.\n")


def test_what_python_loses_is_raised_anew() -> None:
    """What is raised where Python collects an object goes nowhere but into a warning."""
    code = (
        "import os, signal, time\nfrom milestone_report.stopping import stoppable\n"
        "class Lost:\n  def __del__(self): os.kill(os.getpid(), signal.SIGTERM); [0 for _ in range(1000)]\n"
        "with stoppable():\n  Lost()\n  print('lost', flush=True)\n  for _ in range(600): time.sleep(0.1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT, timeout=30
    )
    said = "Stopped by the system (SIGTERM). No file was changed.\n"
    assert (done.returncode, done.stdout, done.stderr) == (Exit.TERMINATED, "lost\n", said)


@BOTH
def test_where_a_script_has_signals_ignored_they_end_the_run_too(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "hang.xlsx").touch()
    words = [sys.executable, "-c", _HANGING, "check", str(tmp_path)]
    line = "trap '' INT TERM; exec \"$@\""
    run = subprocess.Popen(["sh", "-c", line, "sh", *words], stderr=subprocess.PIPE, text=True, cwd=ROOT)
    end = time.monotonic() + 30
    while not (readers := children(run.pid)):
        assert time.monotonic() < end
        time.sleep(0.01)
    run.send_signal(number)
    _out, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (CODES[number], f"{SAID[number]} No file was changed.\n")
    assert all_end(readers)


def test_a_run_that_is_killed_takes_its_busy_readers_with_it(tmp_path: Path) -> None:
    run, readers = started_with_readers(tmp_path)
    time.sleep(2)  # until the readers sleep over their workbooks
    run.kill()
    run.communicate(timeout=20)
    assert all_end(readers)


def test_where_the_system_has_no_such_signal_a_thread_ends_the_reader(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(_PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True, env=environment)
    assert run.stdout
    child = int(run.stdout.readline())
    time.sleep(1)
    run.kill()
    run.communicate(timeout=20)
    assert all_end({child})


def test_runs_stopped_at_random_moments_leave_a_whole_set_and_say_which(tmp_path: Path) -> None:
    chance, sets = random.Random(1), whole_sets(tmp_path)  # noqa: S311 - a test
    old, new = (visible(one) for one in sets)
    out = tmp_path / "out"
    begun = time.monotonic()
    subprocess.run(command(out, DATES[0]), check=True, capture_output=True)
    longest, stopped = time.monotonic() - begun, 0
    for _run in range(40):
        if stopped == 4:
            break
        before = visible(out)
        run = subprocess.Popen(
            command(out, DATES[1] if before == old else DATES[0]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        # Not while Python itself still starts, before any line of ours has been run.
        time.sleep(chance.uniform(0.15, max(longest, 0.3)))
        number = chance.choice(list(CODES))
        readers = children(run.pid)
        run.send_signal(number)
        _out, err = run.communicate(timeout=30)
        assert all_end(readers)
        after = visible(out)
        assert after in (old, new)
        if run.returncode == Exit.DONE:
            assert (after != before, err) == (True, "")
        else:
            stopped += 1
            end = "All files of this run are written." if after != before else "No file was changed."
            assert (run.returncode, err) == (CODES[number], f"{SAID[number]} {end}\n")
    assert stopped == 4  # others were done before they were told to stop
