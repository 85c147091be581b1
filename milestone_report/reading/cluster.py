"""Reading on the workers of a Dask cluster: the same readers, limits and rows, on other machines.

Each workbook is one task. A worker starts reader processes of its own, so a workbook that ends its reader harms
no worker; the scheduler gives the tasks of a worker that is lost to another one. A worker whose program would
read otherwise than ours is asked nothing: the rows are the same, wherever they are read.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from milestone_report.facts import phrase
from milestone_report.reading.answers import Answer, End, answer_of, pack, rows_in, unpack
from milestone_report.reading.cache import fingerprint
from milestone_report.reading.contents import Source, unreadable
from milestone_report.reading.isolation import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import ReadingSettings

MOST_AT_ONCE = 128
_TASKS_A_THREAD = 2
"""One is read and one is on its way, so that no worker waits for the network."""

_RETRIES = 2
_SECONDS_TO_CONNECT = 10
SECONDS_WITHOUT_WORKERS = 60.0
_SECONDS_BETWEEN_LOOKS = 1.0

_READ_HERE = phrase("Run again, or read it on this machine, without --dask.")
_LOST = phrase("the workers of the cluster that read it were lost, one after the other")
_NO_WORKERS = phrase("the cluster has no workers any more")
_NO_CLUSTER = phrase("the connection to the cluster was lost")
_OTHER_PROGRAM = phrase("the worker of the cluster has another version of milestone-report or of what it reads with")
_NOT_SEEN = phrase("the worker of the cluster does not see it")


class ClusterError(Exception):
    """A cluster that cannot be used. Its text says why, in words for people."""


@contextlib.contextmanager
def connected(address: str) -> Iterator[Cluster | None]:
    """The cluster with this address, None for "". Raises ClusterError."""
    if not address:
        yield None
        return
    cluster = Cluster(address)
    try:
        yield cluster
    finally:
        cluster.close()


class Cluster:
    """A connection to the scheduler of a cluster. `at_once` tells how many workbooks it should be given at once."""

    def __init__(self, address: str, *, without_workers: float = SECONDS_WITHOUT_WORKERS) -> None:
        try:
            import distributed  # noqa: PLC0415 - an extra, and it takes a second to import

            client: Any = distributed.Client
        except ImportError as error:
            raise ClusterError("It needs the library distributed: install milestone-report[dask].") from error
        # What it has to tell becomes a finding; its own words on the terminal would be riddles.
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
        self._without_workers, self._over = without_workers, threading.Event()
        self._ours = _our_fingerprint()
        try:
            self._client = client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ClusterError(f"No Dask scheduler answers at “{address}”.") from error
        try:
            self.at_once = self._look_at_workers()
        except BaseException:
            self._client.close()
            raise

    def _look_at_workers(self) -> int:
        """How many tasks the workers should be given at once. Raises ClusterError where one would read otherwise."""
        try:
            self._client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
            theirs = self._client.run(fingerprint)
        except TimeoutError as error:
            raise ClusterError("The Dask cluster has no workers.") from error
        except Exception as error:  # whatever a worker has instead of our program
            raise ClusterError(
                f"A worker of the Dask cluster cannot read workbooks ({type(error).__name__}: {error}). "
                "Install milestone-report on every worker."
            ) from error
        if others := sorted(worker for worker, told in theirs.items() if told != self._ours):
            raise ClusterError(
                f"The worker {others[0]} of the Dask cluster has another version of milestone-report, or of what it "
                "reads with. Install the same on every worker."
            )
        threads: int = sum(self._client.nthreads().values())
        return min(MOST_AT_ONCE, _TASKS_A_THREAD * threads)

    def read(self, source: Source) -> Answer:
        """The rows of a workbook, read on a worker. Never raises for what becomes of the worker or the cluster."""
        try:
            future = self._client.submit(
                read_there, source, self._ours, self._client.id, pure=False, retries=_RETRIES, key=None
            )
            told = self._result(future)
            if isinstance(told, str):
                return _not_read(source, told)
            seen, packed = told
            answer = unpack(packed)
            unseen = not seen and _sees(source) and not rows_in(answer.rows).workbook.readable
        except Exception as error:  # noqa: BLE001 - a cluster can fail in many ways, and none is the workbook's
            return _not_read(source, phrase("the cluster failed on it ({error})", error=type(error).__name__))
        if unseen:
            how = phrase("Put it in a folder that every worker reaches under the same path, or read it without --dask.")
            return answer_of(unreadable(source, _NOT_SEEN, how=how), End.FAILED)
        return answer

    def _result(self, future: Any) -> tuple[bool, bytes] | str:  # noqa: ANN401 - distributed tells no types
        """What the task returned, or why it did not. Raises what the task raised."""
        from concurrent.futures import CancelledError  # noqa: PLC0415

        from distributed import KilledWorker  # noqa: PLC0415

        alone_since = None
        while not self._over.is_set():
            try:
                told: tuple[bool, bytes] | str = future.result(timeout=_SECONDS_BETWEEN_LOOKS)
            except KilledWorker:
                return _LOST
            except CancelledError:
                return _NO_CLUSTER
            except TimeoutError:
                if future.status == "error":
                    raise
                if self._client.status != "running":
                    return _NO_CLUSTER
                now = time.monotonic()
                alone_since = None if self._client.nthreads() else alone_since or now
                if alone_since is not None and now - alone_since > self._without_workers:
                    future.cancel()
                    return _NO_WORKERS
            else:
                return told
        future.cancel()
        return _NO_CLUSTER

    def stop(self) -> None:
        """Wait for no more answers."""
        self._over.set()

    def close(self) -> None:
        """End the connection, and the readers of this run on the workers."""
        self.stop()
        with contextlib.suppress(Exception):  # a cluster that is gone has none
            self._client.run(end_readers, self._client.id, on_error="ignore")
        with contextlib.suppress(Exception):
            self._client.close()


def _not_read(source: Source, why: str) -> Answer:
    return answer_of(unreadable(source, why, how=_READ_HERE), End.FAILED)


# What runs on the workers


def _sees(source: Source) -> bool:
    """Whether there is something under the path of a workbook on this machine."""
    return os.path.lexists(source.file)


_readers: dict[tuple[str, float, int], Readers] = {}
_lock = threading.Lock()
_our_fingerprint = lru_cache(maxsize=1)(fingerprint)


def read_there(source: Source, theirs: bytes, run: str) -> tuple[bool, bytes] | str:
    """Read a workbook on a worker: whether this machine sees it, and the packed answer; or why it is not read."""
    if theirs != _our_fingerprint():
        return _OTHER_PROGRAM
    return _sees(source), pack(_readers_for(run, source.settings).read(source))


def _readers_for(run: str, settings: ReadingSettings) -> Readers:
    """The readers of a run on this worker, one for each of its threads, kept from task to task."""
    key = (run, settings.seconds, settings.memory)
    with _lock:
        if key not in _readers:
            # A worker with a nanny may have no children, as it could leave them behind. A reader ends by itself
            # when the pipe to its parent does, however the parent ends.
            multiprocessing.current_process().daemon = False
            _readers[key] = Readers([], settings, workers=1)
        return _readers[key]


def end_readers(run: str) -> None:
    """End the readers of a run on this worker."""
    with _lock:
        ended = [_readers.pop(key) for key in list(_readers) if key[0] == run]
    for readers in ended:
        readers.__exit__(None, None, None)
