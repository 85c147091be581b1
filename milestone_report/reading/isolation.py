"""Runs the reader in processes of its own, so that no file can take the program down.

The reader aborts its process on some damaged or hostile files, and a few panic with an exception
that cannot be sent between processes. Each read has a limit of time and memory; whatever happens,
the workbook comes back as read or as W001, and the others go on.

Each process has a pipe of its own and one workbook at a time, so that it is certain which one ended
it. A pool with one queue for all (Pebble was tried) blames a good workbook when a crash follows fast.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Self

from milestone_report.facts import phrase
from milestone_report.reading.answers import Answer, End, answer_of, rows_in, unpack
from milestone_report.reading.contents import Source, WorkbookRows, unreadable
from milestone_report.reading.refusal import MAYBE_LARGE, MORE_MEMORY
from milestone_report.reading.room import Room
from milestone_report.stopping import go_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from types import TracebackType

    from milestone_report.model import ReadingSettings
    from milestone_report.reading.cache import Cache
    from milestone_report.reading.cluster import Cluster

# Spawned, not forked: the same on every platform, and no reader inherits the parent's memory.
_SPAWN = multiprocessing.get_context("spawn")
_SECONDS_TO_START = 60.0
_SECONDS_BETWEEN_LOOKS = 0.2


class Readers:
    """Reader processes. Reading starts at once; results come in the order of the sources."""

    def __init__(
        self,
        sources: Sequence[Source],
        settings: ReadingSettings,
        *,
        workers: int,
        cache: Cache | None = None,
        cluster: Cluster | None = None,
    ) -> None:
        self._settings, self._cache, self._cluster = settings, cache, cluster
        workers = cluster.at_once if cluster else workers
        self._started: list[_Reader] = []
        self._idle: list[_Reader] = []
        self._ended = False
        self._lock = threading.Lock()
        # Each thread only waits for the process that it has given a workbook.
        self._threads = ThreadPoolExecutor(max(1, min(workers, len(sources))), initializer=_leave_ctrl_c_to_others)
        self._room = Room()
        self._pending: deque[tuple[Source, Future[tuple[Answer, float]]]] = deque(
            (source, self._threads.submit(self._in_turn, number, source)) for number, source in enumerate(sources)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._ended = True
        self._room.close()
        if self._cluster:
            self._cluster.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for reader in self._started:
            reader.stop()
        # A signal may come while this thread holds a lock that they need: a run that is stopped does not wait for them.
        self._threads.shutdown(wait=kind is None)

    def results(self) -> Iterator[WorkbookRows]:
        """One result for each source, in order. Never raises for what a file does to its reader."""
        while self._pending:
            source, future = self._pending.popleft()
            # A wait without an end cannot be stopped by Ctrl-C on Windows.
            while not future.done() and not wait([future], timeout=_SECONDS_BETWEEN_LOOKS).done:
                go_on()
            answer, seconds = future.result()
            self._room.take(len(answer.rows))
            rows = self._unpacked(source, answer)
            rows.workbook = replace(rows.workbook, seconds=seconds)
            yield rows

    def _unpacked(self, source: Source, answer: Answer) -> WorkbookRows:
        """The rows of an answer; where they are none, the workbook is one that cannot be read."""
        try:
            return _by_our_clock(rows_in(answer.rows))
        except (pickle.UnpicklingError, AttributeError):  # the latter from a workbook without its fields
            if self._cache:
                self._cache.forget(source)
            return unreadable(source, phrase("its reader gave an answer that is none"))

    def _in_turn(self, number: int, source: Source) -> tuple[Answer, float]:
        """The answer for a workbook, which is begun when there is room for it, and how many seconds that took."""
        self._room.enter(number)
        began = time.monotonic()
        answer = self._cache.find(source) if self._cache else None
        if answer is None:
            answer = self._cluster.read(source) if self._cluster else self.read(source)
            if self._cache:
                self._cache.keep(source, answer)
        self._room.put(len(answer.rows))
        return answer, time.monotonic() - began

    def read(self, source: Source) -> Answer:
        """Read a workbook. What fails in a used reader is tried in a new one: nobody pays for the file before."""
        try:
            used = self._idle.pop()
        except IndexError:
            pass  # none is idle; asking first would leave room for another thread
        else:
            answer = self._read_in(used, source)
            if answer.end is not End.FAILED:
                return answer
        try:
            reader = self._start_surely()
        except (OSError, EOFError):
            why = phrase("no reader could be started for it")
            how = phrase("Allow it more memory with --limit-memory, or close other programs.")
            return answer_of(unreadable(source, why, how=how), End.FAILED)
        return self._read_in(reader, source)

    def _read_in(self, reader: _Reader, source: Source) -> Answer:
        answer = reader.read(source, self._settings.seconds)
        if answer.end is End.ANSWERED:
            self._idle.append(reader)
        else:
            reader.stop()
        return answer

    def _start_surely(self) -> _Reader:
        """A new reader process, tried twice: a whole workbook hangs on it. Raises OSError or EOFError."""
        try:
            return self._start()
        except (OSError, EOFError):
            return self._start()

    def _start(self) -> _Reader:
        """A new reader process. Raises OSError or EOFError when it does not come up."""
        with self._lock:
            if self._ended:
                raise OSError("the run is over")
            reader = _Reader(self._settings.memory)
            self._started.append(reader)
        reader.wait_until_ready()
        return reader


def _by_our_clock(rows: WorkbookRows) -> WorkbookRows:
    """Rows that tell in this machine's time zone of today when their workbook was saved, whoever read them and when."""
    if rows.workbook.readable and rows.workbook.last_saved is not None:
        rows.workbook = replace(rows.workbook, last_saved=rows.workbook.last_saved.astimezone())
    return rows


class _Reader:
    """One process, and the pipe to it. The pipe ends when the process does."""

    def __init__(self, memory: int) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_READER, args=(theirs, memory), daemon=True)
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        if not self._pipe.poll(_SECONDS_TO_START):
            self.stop()
            raise TimeoutError
        self._pipe.recv_bytes()

    def read(self, source: Source, seconds: float) -> Answer:
        try:
            self._pipe.send(source)
            if not self._pipe.poll(seconds):
                why = phrase("reading it took longer than the limit of {seconds} s", seconds=f"{seconds:g}")
                how = phrase("{what} with {option}.", what=MAYBE_LARGE, option="--limit-seconds")
                return answer_of(unreadable(source, why, how=how), End.STOPPED)
            return unpack(self._pipe.recv_bytes())
        except (EOFError, OSError, pickle.UnpicklingError):
            why = phrase("the reader crashed on it or needed too much memory")
            return answer_of(unreadable(source, why, how=MORE_MEMORY), End.FAILED)

    def stop(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, memory: int) -> None:
    """What a reader process does. All that reads is imported there alone."""
    from milestone_report.reading.serving import serve  # noqa: PLC0415

    serve(pipe, memory)


_READER = _serve


def _leave_ctrl_c_to_others() -> None:
    """Block it in this thread, and so in the processes that it starts: they would say a traceback while they begin."""
    if sys.platform != "win32":
        # Python lets the signal in again when it starts the process that counts what is shared: first that, then ours.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
