"""How often Python looks for objects that hold each other in a circle, in the run and in its readers."""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """A short life: rows and tables are many objects, none of them in a circle, and looking through them takes time."""
    gc.set_threshold(200_000, 20, 20)
