"""What a run takes from the history before it begins, and what it leaves there at its end."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from milestone_report.changes import TrendPoint
from milestone_report.dates import spelled_date
from milestone_report.facts import both, listed, phrase, phrases
from milestone_report.history import checking
from milestone_report.history.joining import joined, staying
from milestone_report.history.places import file_there, looked_up, put_down
from milestone_report.history.runs import Book, Key, Memory, Run, Seen, Standing, Total
from milestone_report.history.store import DamagedError, Store, UnusableError
from milestone_report.model import Evidence, Status
from milestone_report.text import displayable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

_MOST_NAMED = 5


class Recalled(NamedTuple):
    """What is remembered, None where nothing can be remembered now; `told` is what people must know of it."""

    memory: Memory | None
    told: tuple[str, ...] = ()


class Remembered(NamedTuple):
    """A run as `history` lists it."""

    as_of: dt.date
    workbooks: int
    milestones: int


class Overview(NamedTuple):
    """All that is remembered, the newest last."""

    runs: tuple[Remembered, ...]
    trend: tuple[TrendPoint, ...]


def recall(store: Store, as_of: dt.date, since: dt.date | None = None) -> Recalled:
    """What is remembered of the days before a run's, to be compared with the newest of them, or of those until `since`.

    A damaged or foreign file is set aside under another name, and the run begins a new one.
    """
    try:
        memory = store.read(lambda connection: _memory(connection, as_of, since)) or Memory()
    except UnusableError as error:
        return Recalled(None, (_not_used(store, error),))
    except DamagedError as error:
        return _begun_anew(store, error)
    if since is None or memory.earlier is not None:
        return Recalled(memory)
    return Recalled(memory, (_none_until(since, [day for day, _books in reversed(memory.books)]),))


def remember(
    store: Store,
    run: Run,
    files: Mapping[str, tuple[int, int, str]],
    there: Callable[[Path], Hashable | None] = file_there,
) -> str:
    """Remember a run in place of an earlier one of its day. Returns what people must know, "" for nothing.

    What that one had of workbooks that this one has not read stays where they are still there: `there` says which
    file is in a place, None for none.
    """
    folder = Path(os.path.abspath(store.file.parent))  # noqa: PTH100 - as workbooks are seen: a link stays a link

    def change(connection: sqlite3.Connection) -> None:
        _write(connection, _of_its_day(connection, run, folder, there), files, folder)

    try:
        store.write(change)
    except (UnusableError, DamagedError) as error:
        return phrase(
            "This run could not be remembered in “{file}”: {why}.", file=displayable(str(store.file)), why=error.args[0]
        )
    return ""


def overview(store: Store) -> Overview:
    """The runs that are remembered. Raises UnusableError and DamagedError; the file is left as it is."""
    return store.read(_overview) or Overview((), ())


def _not_used(store: Store, error: UnusableError) -> str:
    return phrase(
        "The history “{file}” cannot be used: {why}. This report tells no changes, and is not remembered.",
        file=displayable(str(store.file)),
        why=error.args[0],
    )


def _begun_anew(store: Store, error: DamagedError) -> Recalled:
    file = displayable(str(store.file))
    try:
        aside = store.set_aside()
    except OSError as refused:
        why = phrase(
            "{why}, and it cannot be set aside ({reason})", why=error.args[0], reason=refused.strerror or str(refused)
        )
        return Recalled(None, (_not_used(store, UnusableError(why)),))
    told = phrase(
        "The history “{file}” cannot be used: {why}. It is kept as “{aside}”, and a new one begins with this report.",
        file=file,
        why=error.args[0],
        aside=displayable(aside.name),
    )
    return Recalled(Memory(), (told,))


def _none_until(since: dt.date, days: Sequence[dt.date]) -> str:
    """What to say where no run is old enough. `days` are those of the earlier runs, oldest first."""
    said = phrase("No report as of {date} or before it is remembered", date=spelled_date(since))
    if not days:
        return phrase("{said}, nor any other before this one: it tells no changes.", said=said)
    named = [spelled_date(day) for day in days[:_MOST_NAMED]]
    more = len(days) - len(named)
    if more:
        which = both([listed(named), phrases("{n} later one", "{n} later ones", more)])
    else:
        which = both([listed(named[:-1]), named[-1]]) if named[:-1] else named[0]
    return phrase("{said}, only those of {days}: this report tells no changes.", said=said, days=which)


def _memory(connection: sqlite3.Connection, as_of: dt.date, since: dt.date | None) -> Memory:
    until = as_of.isoformat()
    runs = connection.execute("SELECT id, as_of FROM runs WHERE as_of < ? ORDER BY as_of DESC", (until,)).fetchall()
    days = {number: checking.day(day) for number, day in runs}
    books = {number: _books(connection, number) for number in days}
    chosen = next((number for number, day in days.items() if since is None or day <= since), None)
    return Memory(
        None if chosen is None else _run(connection, chosen, days[chosen], books[chosen]),
        _trend(connection, until),
        _seen(connection, until),
        tuple((day, {book.path: book.fingerprint for book in books[number]}) for number, day in days.items()),
        {
            os.fsdecode(path): (checking.whole(size), checking.whole(modified), checking.text(digest))
            for path, size, modified, digest in connection.execute("SELECT path, size, modified, digest FROM files")
        },
    )


def _books(connection: sqlite3.Connection, run: int) -> tuple[Book, ...]:
    found = connection.execute("SELECT path, fingerprint, readable FROM workbooks WHERE run = ? ORDER BY rowid", (run,))
    return tuple(
        Book(checking.text(path), checking.text(fingerprint), checking.yes_or_no(readable))
        for path, fingerprint, readable in found
    )


def _run(connection: sqlite3.Connection, run: int, as_of: dt.date, books: tuple[Book, ...]) -> Run:
    sums = connection.execute("SELECT currency, outstanding, overdue FROM totals WHERE run = ?", (run,))
    totals = tuple(
        Total(checking.currency(currency), checking.sum_of(outstanding), checking.sum_of(overdue))
        for currency, outstanding, overdue in sums
    )
    files: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for position, file, digest in connection.execute(
        "SELECT position, file, digest FROM signoffs WHERE run = ? ORDER BY position, place", (run,)
    ):
        files[position].append((checking.text(file), checking.text(digest)))
    rows = connection.execute(
        """SELECT position, workbook, sheet, row, project, milestone, invoice, currency, amount, paid, outstanding,
            status, counted, due, overdue, evidence FROM milestones WHERE run = ? ORDER BY position""",
        (run,),
    )
    standings = tuple(_standing(row, tuple(files.get(position, ()))) for position, *row in rows)
    checking.sums_agree(totals, standings)
    unread = connection.execute("SELECT workbook, sheet FROM unread WHERE run = ?", (run,))
    places = frozenset((checking.text(workbook), checking.text(sheet)) for workbook, sheet in unread)
    return Run(as_of, books, totals, standings, places)


def _standing(row: list[Any], files: tuple[tuple[str, str], ...]) -> Standing:
    """A milestone as `_row` has put it. Raises ValueError for what no run has written."""
    workbook, sheet, number, project, milestone, invoice, currency, *money, status, counted, due, overdue, evidence = (
        row
    )
    amount, paid, outstanding = money
    return Standing(
        checking.text(workbook),
        checking.text(sheet),
        checking.whole(number),
        checking.text(project),
        checking.text(milestone),
        checking.text(invoice),
        checking.currency(currency),
        checking.maybe_whole(amount),
        checking.maybe_whole(paid),
        checking.whole(outstanding),
        Status(status),
        checking.yes_or_no(counted),
        None if due is None else checking.day(due),
        checking.yes_or_no(overdue),
        Evidence(evidence),
        files,
    )


def _trend(connection: sqlite3.Connection, until: str) -> tuple[TrendPoint, ...]:
    """The totals of the runs before a day, oldest first."""
    found = connection.execute(
        """SELECT as_of, currency, outstanding, overdue FROM totals JOIN runs ON runs.id = run WHERE as_of < ?
            ORDER BY as_of, currency""",
        (until,),
    )
    return tuple(
        TrendPoint(
            checking.day(day), checking.currency(currency), checking.sum_of(outstanding), checking.sum_of(overdue)
        )
        for day, currency, outstanding, overdue in found
    )


def _seen(connection: sqlite3.Connection, until: str) -> dict[tuple[Key, str], Seen]:
    """Each sign-off file as it was in the first of the runs before a day that had read it."""
    found = connection.execute(
        """SELECT project, milestone, file, digest, min(as_of), max(as_of) FROM signoffs JOIN runs ON runs.id = run
            WHERE as_of < ? AND digest != '' GROUP BY project, milestone, file, digest ORDER BY min(as_of)""",
        (until,),
    )
    seen: dict[tuple[Key, str], Seen] = {}
    for *texts, since, until_then in found:
        project, milestone, file, digest = map(checking.text, texts)
        key, first, last = (Key(project, milestone), file), checking.day(since), checking.day(until_then)
        known = seen.setdefault(key, Seen(frozenset(), first, last))
        if known.first == first:
            seen[key] = Seen(known.digests | {digest}, first, max(last, known.last))
    return seen


def _overview(connection: sqlite3.Connection) -> Overview:
    found = connection.execute(
        """SELECT as_of, (SELECT count(*) FROM workbooks WHERE run = runs.id AND readable),
            (SELECT count(*) FROM milestones WHERE run = runs.id) FROM runs ORDER BY as_of"""
    )
    return Overview(
        tuple(Remembered(checking.day(day), workbooks, milestones) for day, workbooks, milestones in found),
        _trend(connection, "9999-99"),
    )


def _of_its_day(
    connection: sqlite3.Connection, run: Run, folder: Path, there: Callable[[Path], Hashable | None]
) -> Run:
    """A run joined with the earlier one of its day; the run itself where there is none, or it makes no sense."""
    found = connection.execute("SELECT id FROM runs WHERE as_of = ?", (run.as_of.isoformat(),)).fetchone()
    if found is None:
        return run
    [number] = found
    try:
        books = _books(connection, number)
        ways = dict(connection.execute("SELECT path, file FROM workbooks WHERE run = ?", (number,)).fetchall())
        places = looked_up(ways, folder, run.places.values())
        if not (stays := staying(books, places, run, there)):
            return run
        return joined(replace(_run(connection, number, run.as_of, books), places=places), run, stays)
    except (ValueError, TypeError):
        return run
    except sqlite3.OperationalError as error:
        if hasattr(error, "sqlite_errorcode"):
            raise  # SQLite's own; without one, it is a text that is none
        return run


def _write(connection: sqlite3.Connection, run: Run, files: Mapping[str, tuple[int, int, str]], folder: Path) -> None:
    day = run.as_of.isoformat()
    connection.execute("DELETE FROM runs WHERE as_of = ?", (day,))
    number = connection.execute("INSERT INTO runs (as_of) VALUES (?)", (day,)).lastrowid
    _insert(connection, "workbooks", ((number, *book, _way(run, book, folder)) for book in run.books))
    _insert(
        connection, "totals", ((number, each.currency, str(each.outstanding), str(each.overdue)) for each in run.totals)
    )
    _insert(connection, "milestones", ((number, place, *_row(one)) for place, one in enumerate(run.standings)))
    _insert(
        connection,
        "signoffs",
        (
            (number, position, place, *one.key, *file)
            for position, one in enumerate(run.standings)
            for place, file in enumerate(one.files)
        ),
    )
    _insert(connection, "unread", ((number, *place) for place in sorted(run.unread)))
    _insert(connection, "files", ((os.fsencode(path), *known) for path, known in files.items()))


def _way(run: Run, book: Book, folder: Path) -> bytes:
    return put_down(run.places[book.path], folder) if book.path in run.places else b""


def _row(one: Standing) -> tuple[object, ...]:
    *before, due, overdue, evidence, _files = one
    return (*before, due and due.isoformat(), overdue, evidence)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Rows into a table of ours, in the order of its columns."""
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    blanks = ", ".join("?" * columns)
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({blanks})", rows)  # noqa: S608 - names of ours
