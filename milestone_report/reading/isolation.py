"""Runs the reader in processes of its own, so that no file can take the program down.

The reader aborts its process on some damaged or hostile files, and a few panic with an exception
that cannot be sent between processes. Each read has a limit of time and memory; whatever happens,
the workbook comes back as read or as W001, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from concurrent.futures import TimeoutError as ReadTimeoutError
from typing import TYPE_CHECKING, Self

from pebble import ProcessExpired, ProcessPool

from milestone_report.reading.workbook import Source, WorkbookRows, read_workbook, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from pebble import ProcessFuture

    from milestone_report.model import ReadingSettings


class Readers:
    """A pool of reader processes. Reading starts at once; results come in the order of the sources."""

    def __init__(self, sources: Sequence[Source], settings: ReadingSettings, *, workers: int) -> None:
        self._seconds = settings.seconds
        # Spawned, not forked: the same on every platform, and no worker inherits the parent's memory.
        self._pool = ProcessPool(
            max_workers=max(1, min(workers, len(sources))),
            initializer=_prepare_worker,
            initargs=(settings.memory,),
            context=multiprocessing.get_context("spawn"),
        )
        self._pending: list[tuple[Source, ProcessFuture[WorkbookRows]]] = [
            (source, self._pool.schedule(_read_safely, args=(source,), timeout=settings.seconds)) for source in sources
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def results(self) -> Iterator[WorkbookRows]:
        """One result for each source, in order. Never raises for what a file does to its reader."""
        for source, future in self._pending:
            yield self._result(source, future)
        self._pending.clear()

    def _result(self, source: Source, future: ProcessFuture[WorkbookRows]) -> WorkbookRows:
        try:
            return future.result()
        except ReadTimeoutError:
            return unreadable(source, f"reading it took longer than {self._seconds:g} seconds")
        except ProcessExpired:
            return unreadable(source, "the reader crashed on it or needed too much memory; the file may be damaged")
        except Exception as error:  # noqa: BLE001 - whatever a worker's answer raises is this one file's fault
            return unreadable(source, f"the reader failed on it ({type(error).__name__})")


def _read_safely(source: Source) -> WorkbookRows:
    try:
        return read_workbook(source)
    except MemoryError:
        return unreadable(source, "reading it needs too much memory")
    except BaseException as error:  # noqa: BLE001 - a Rust panic is a BaseException and cannot be pickled
        return unreadable(source, f"the reader failed on it ({type(error).__name__})")


def _prepare_worker(memory: int) -> None:
    """Limit the memory where the platform can (not on Windows), and keep the reader's noise off the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then stops its readers
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    os.close(silent)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - does not exist on Windows

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
