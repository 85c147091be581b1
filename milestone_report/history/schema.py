"""The tables of the history file. A change of them is a new entry of MIGRATIONS; an entry is never changed."""

from __future__ import annotations

from typing import TypeAlias

APPLICATION = 0x6D737270
"""SQLite's application_id of a history file ("msrp"), by which it is known from any other database."""

Migration: TypeAlias = tuple[str, ...]

MIGRATIONS: tuple[Migration, ...] = (
    (
        # Days are ISO texts. Totals are texts of whole numbers, as they may be larger than 64 bits can hold.
        "CREATE TABLE runs (id INTEGER PRIMARY KEY, as_of TEXT NOT NULL UNIQUE)",
        """CREATE TABLE workbooks (
            run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, path TEXT NOT NULL, fingerprint TEXT NOT NULL,
            readable INTEGER NOT NULL)""",
        "CREATE INDEX workbooks_run ON workbooks (run)",
        """CREATE TABLE totals (
            run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, currency TEXT NOT NULL,
            outstanding TEXT NOT NULL, overdue TEXT NOT NULL)""",
        "CREATE INDEX totals_run ON totals (run)",
        """CREATE TABLE milestones (
            run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL, workbook TEXT NOT NULL,
            sheet TEXT NOT NULL, row INTEGER NOT NULL, project TEXT NOT NULL, milestone TEXT NOT NULL,
            invoice TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER, paid INTEGER, outstanding INTEGER NOT NULL,
            status TEXT NOT NULL, counted INTEGER NOT NULL, due TEXT, overdue INTEGER NOT NULL, evidence TEXT NOT NULL,
            PRIMARY KEY (run, position)) WITHOUT ROWID""",
        # Project and milestone as they are known again, file and SHA-256 as they were.
        """CREATE TABLE signoffs (
            run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL, place INTEGER NOT NULL,
            project TEXT NOT NULL, milestone TEXT NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL,
            PRIMARY KEY (run, position, place)) WITHOUT ROWID""",
        # So that a file that did not change is not read again. Paths are bytes: not all are text.
        """CREATE TABLE files (
            path BLOB PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, digest TEXT NOT NULL)
            WITHOUT ROWID""",
    ),
    (
        # Sheets that were there and could not be used. What was remembered before knows of none.
        """CREATE TABLE unread (
            run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, workbook TEXT NOT NULL, sheet TEXT NOT NULL,
            PRIMARY KEY (run, workbook, sheet)) WITHOUT ROWID""",
    ),
    (
        # Where each lies, seen from the folder of this file. Bytes, as not all paths are text; none where not known.
        "ALTER TABLE workbooks ADD COLUMN file BLOB NOT NULL DEFAULT X''",
    ),
)
"""What makes each version of the schema out of the one before; `user_version` counts those that are done."""
