"""What Ctrl-C and SIGTERM do: the run ends in order, says so in one sentence, and leaves nothing half done.

This stands below all else and imports next to nothing: a run can be stopped from its very first import on.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

INTERRUPTED, TERMINATED = 130, 143
"""What the shell is told, as it is used to: 128 and the number of the signal."""

_PATIENCE = 1.0
"""Seconds in which a second signal counts as the same one: what starts us may pass on what came to us already."""

_SIGNALS = {
    number: (code, by)
    for name, code, by in (
        ("SIGINT", INTERRUPTED, "Stopped by Ctrl-C"),
        ("SIGTERM", TERMINATED, "Stopped by the system (SIGTERM)"),
        ("SIGBREAK", INTERRUPTED, "Stopped by Ctrl-Break"),  # Windows alone
    )
    if (number := getattr(signal, name, None))
}


class Stopped(BaseException):
    """The run is to end. No KeyboardInterrupt, which Click makes an “Aborted!” with exit code 1 of."""

    def __init__(self, number: int, *, written: bool) -> None:
        super().__init__(number)
        self.written = written
        self.code, by = _SIGNALS[number]
        left = "All files of this run are written." if written else "No file was changed."
        self.said = f"{by}. {left}"


class _State:
    """What was asked for, when, and whether it has to wait; `written` tells that files of this run are in place.

    `lost` tells that Python dropped what was raised.
    """

    asked: int | None = None
    since = 0.0
    lost = False
    holding = False
    written = False


def _on_signal(number: int, _frame: FrameType | None) -> None:
    again = _State.asked is not None
    if not again:
        _State.asked, _State.since = number, time.monotonic()
    lost, _State.lost = _State.lost, False
    if _State.holding or (again and not lost and time.monotonic() - _State.since < _PATIENCE):
        return
    if again and not lost:
        # Somebody insists, as the end in order takes too long: a drive may be away. The next run tidies up.
        _leave(Stopped(_State.asked or number, written=_State.written))
    raise Stopped(number, written=_State.written)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let a signal wait until this is done, for what must be whole: the files of a run. Raises Stopped then."""
    before, _State.holding = _State.holding, True
    try:
        yield
        _State.written = True
    finally:
        _State.holding = before
    go_on()


def go_on() -> None:
    """Raise Stopped where that was asked for and has not come through."""
    if _State.asked is not None and not _State.holding:
        raise Stopped(_State.asked, written=_State.written)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Listen to the signals. One ends the process here, when all inside has been left in order."""
    for number in _SIGNALS:
        # Also where a shell has them ignored, as it does for what a script starts in the background.
        signal.signal(number, _on_signal)
    sys.unraisablehook = _on_lost
    try:
        try:
            yield
        except Stopped:
            raise
        except BaseException:
            go_on()
            raise
        go_on()
    except Stopped as stopped:
        _end_readers()
        _leave(stopped)
    finally:
        # From now on a signal comes too late to change anything but that Python tidies up before it leaves.
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)


def _on_lost(unraisable: sys.UnraisableHookArgs) -> None:
    """Python drops what is raised while it collects objects, as it does while it imports. Raise it anew, soon."""
    if isinstance(unraisable.exc_value, Stopped):
        import _thread  # noqa: PLC0415 - a run that is not stopped needs none of it
        import threading  # noqa: PLC0415

        _State.lost = True
        threading.Timer(0.02, _thread.interrupt_main, (_State.asked,)).start()
    else:
        sys.__unraisablehook__(unraisable)


def _end_readers() -> None:
    """End the processes of a pool that was being made just then, and so was never left in order."""
    processes = sys.modules.get("multiprocessing")
    for process in processes.active_children() if processes else ():
        process.kill()
        process.join(1)


def _leave(stopped: Stopped) -> NoReturn:
    """Say it, and end at once. Python's own way out would wait for threads first."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        os.write(2, f"{stopped.said}\n".encode())
    os._exit(stopped.code)
