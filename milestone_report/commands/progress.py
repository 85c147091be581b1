"""How far reading is, on a terminal, when it takes long: a bar with the workbook that is waited for and an estimate."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

SECONDS_BEFORE = 2.0
"""A run that is over sooner needs no bar."""


@contextlib.contextmanager
def reading_bar(
    locale: str, *, quiet: bool = False, console: Console | None = None, after: float = SECONDS_BEFORE
) -> Iterator[Callable[[int, int, str], None]]:
    """What to tell how many workbooks are read, of how many, and which comes next.

    The bar stands on stderr and is gone when reading is done. In a pipe or a file there is none, and none
    where the run is to be quiet.
    """
    from rich.console import Console  # noqa: PLC0415

    console = console or Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _done, _of, _name: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    from milestone_report.text import clean  # noqa: PLC0415
    from milestone_report.wording import Language  # noqa: PLC0415

    language = Language(locale)
    text = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True))
    name = TextColumn("{task.fields[name]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
    bar = Progress(text, BarColumn(bar_width=20), TimeRemainingColumn(), name, console=console, transient=True)
    task = bar.add_task("", total=None, name="")

    def tell(done: int, of: int, next_one: str) -> None:
        said = language.say("Reading: {done} of {all}", done=language.number(done), all=language.number(of))
        bar.update(task, completed=done, total=of, description=said, name=clean(next_one))

    timer = threading.Timer(after, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield tell
    finally:
        timer.cancel()
        timer.join()  # it may be starting the bar just now
        bar.stop()
