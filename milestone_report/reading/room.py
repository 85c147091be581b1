"""Room for what was read and waits for its turn: it bounds the memory, however many workbooks there are."""

from __future__ import annotations

import threading

MOST_WAITING = 64 * 2**20
"""Bytes of packed rows that may wait while one before them is still being read, before no other is begun."""


class Room:
    """Counts the bytes of answers that wait to be taken in order. The answer whose turn it is always has room."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._most = most
        self._waiting = self._taken = 0
        self._closed = False
        self._changed = threading.Condition()

    def enter(self, number: int) -> None:
        """Wait until reading the workbook with this number (from 0) may begin."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting < self._most or number == self._taken)

    def put(self, size: int) -> None:
        """An answer of so many bytes begins to wait."""
        with self._changed:
            self._waiting += size

    def take(self, size: int) -> None:
        """The next answer in order, of so many bytes, waits no more."""
        with self._changed:
            self._waiting -= size
            self._taken += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing is taken any more: nobody needs to wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
