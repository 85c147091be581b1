"""What a reader process does: it reads one workbook after the other, whatever they are, and answers."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from milestone_report.collecting import collect_rarely
from milestone_report.facts import phrase
from milestone_report.reading.answers import End, answer_of, pack
from milestone_report.reading.contents import unreadable
from milestone_report.reading.memory import limit_memory
from milestone_report.reading.orphans import end_with_parent
from milestone_report.reading.refusal import MORE_MEMORY
from milestone_report.reading.workbook import read_workbook

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from milestone_report.reading.contents import Source


def serve(pipe: Connection, memory: int) -> None:
    """What a reader process does: answer one source after the other until the parent is gone."""
    _prepare(memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(b"ready")
        while True:
            pipe.send_bytes(answer(pipe.recv()))


def answer(source: Source) -> bytes:
    """The pickled answer: pickling may want too much memory, too."""
    try:
        return pack(answer_of(read_workbook(source)))
    except MemoryError:
        why, how = phrase("reading it needs too much memory"), MORE_MEMORY
        return pack(answer_of(unreadable(source, why, how=how), End.FAILED))
    except BaseException as error:  # noqa: BLE001 - a Rust panic is a BaseException and cannot be pickled
        why = phrase("it is damaged, and the reader failed on it ({error})", error=type(error).__name__)
        return pack(answer_of(unreadable(source, why), End.FAILED))


def _prepare(memory: int) -> None:
    """Limit the memory, end with the parent, and keep the reader's noise off the terminal."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then stops its readers
    end_with_parent()
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    os.close(silent)
    limit_memory(memory)
