"""Ends a reader process with its parent, however that ends: a busy one sees its pipe end only when it has read on."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG (linux/prctl.h)


def end_with_parent() -> None:
    """Let this process end when the one that started it does."""
    if sys.platform == "linux":
        # The system does it, also while the reader holds the interpreter; a thread would cost address space.
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        parent = multiprocessing.parent_process()
        if parent and os.getppid() != parent.pid:
            os._exit(1)  # it ended before this was set
    else:
        watch_parent()


def watch_parent() -> None:
    """The same where the system has no such signal: a thread waits for the parent."""
    threading.Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
