"""The history file: opened, brought up to date, read and written, each in one transaction.

A killed process leaves nothing half done: SQLite's journal undoes what was not finished when the file is opened next.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.history.schema import APPLICATION, MIGRATIONS
from milestone_report.text import displayable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeVar

    from milestone_report.history.schema import Migration

    Answer = TypeVar("Answer")

SECONDS = 5.0
"""How long another program that writes to the file is waited for."""

_BESIDE = ("", "-journal", "-wal", "-shm")
"""A database and the files that SQLite keeps beside it: one without the others may be damaged by them."""

_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REFUSED = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
)


class UnusableError(Exception):
    """Why the history cannot be used just now, for people. The file was left as it is."""


class DamagedError(Exception):
    """Why the file is no history of ours: it is damaged, or another program's."""


@dataclass(frozen=True)
class Store:
    """A history file, which need not be there yet."""

    file: Path
    migrations: Sequence[Migration] = MIGRATIONS
    seconds: float = SECONDS

    def read(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        """What is asked of the history, in one transaction; None where there is none yet.

        Raises UnusableError, and DamagedError, also where `ask` raises ValueError or TypeError: what it was given
        makes no sense.
        """
        if not os.path.lexists(self.file):
            return None
        with self._open() as connection:
            if self._version(connection) == 0:
                return None
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise DamagedError(phrase("it is damaged"))
            self._migrate(connection)
            connection.execute("BEGIN")
            try:
                return ask(connection)
            except (ValueError, TypeError) as error:
                raise DamagedError(phrase("it is damaged")) from error

    def write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Change the history, all of it or nothing; makes the file. Raises UnusableError and DamagedError."""
        with self._open() as connection:
            self._version(connection)
            self._migrate(connection)
            connection.execute("BEGIN IMMEDIATE")
            change(connection)
            connection.execute("COMMIT")

    def set_aside(self) -> Path:
        """Give the file another name, which is free, and what SQLite keeps beside it, too. Raises OSError."""
        number = 1
        while os.path.lexists(aside := self.file.with_name(f"{self.file.name}.damaged-{number}")):
            number += 1
        for ending in _BESIDE:
            with contextlib.suppress(*([FileNotFoundError] if ending else [])):
                self.file.with_name(self.file.name + ending).rename(aside.with_name(aside.name + ending))
        return aside

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file; a transaction that was not committed is undone at the end."""
        try:
            with contextlib.closing(sqlite3.connect(self.file, self.seconds, isolation_level=None)) as connection:
                # Nothing that a file of unknown origin brings along is run.
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a fault of ours, and none of the file's
        except sqlite3.Error as error:
            raise _explained(error) from error
        except UnicodeDecodeError as error:  # what SQLite says of damage may quote it
            raise DamagedError(phrase("it is damaged")) from error
        except OverflowError as error:  # a number that SQLite cannot hold
            raise UnusableError(phrase("a number is too large")) from error

    def _version(self, connection: sqlite3.Connection) -> int:
        """The version of the schema, 0 for an empty file. Raises DamagedError for a file that is none of ours."""
        [application], [version] = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
        [tables] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != APPLICATION and (application or version or tables):
            raise DamagedError(phrase("it is the database of another program"))
        if version > len(self.migrations):
            raise UnusableError(phrase("it was written by a newer version of milestone-report"))
        return int(version)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Bring the schema up to date, in one transaction."""
        if self._version(connection) == len(self.migrations):
            return
        connection.execute("BEGIN IMMEDIATE")
        # Another run may have done it meanwhile.
        for statements in self.migrations[self._version(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(self.migrations)}")
        connection.execute("COMMIT")


def _explained(error: sqlite3.Error) -> UnusableError | DamagedError:
    code = getattr(error, "sqlite_errorcode", None)
    kind = code & 0xFF if code is not None else None  # the rest tells more of the same kind
    if kind in _IN_USE:
        return UnusableError(phrase("another program is using it"))
    if kind in _REFUSED:
        return UnusableError(phrase("the system refuses ({reason})", reason=displayable(str(error))))
    return DamagedError(phrase("it is damaged"))
