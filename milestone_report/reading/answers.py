"""What a reader says of a workbook, and how it is packed for the way from one process, machine or run to another.

Packed rows are unpacked by a reader of pickles that knows our own classes and no others: whatever a hostile
workbook may make of its reader process, what that process sends cannot run anything here.
"""

from __future__ import annotations

import datetime as dt
import decimal
import io
import pathlib
import pickle
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar, cast

from milestone_report.facts import Joined, Phrase, SpelledDate, SpelledMoney, SpelledNumber
from milestone_report.model import DATE_FIELDS, Column, Notice, Sheet, SkippedSheet, Status, TotalsRow, Workbook
from milestone_report.reading.contents import Proof, WorkbookRows


class End(Enum):
    """How a read ended: with an answer, at its time limit, or with a reader that is of no further use."""

    ANSWERED = auto()
    STOPPED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says: the rows, still packed, as they take a fraction of the memory until somebody wants them."""

    rows: bytes
    proof: Proof | None = None
    end: End = End.ANSWERED


_OFTEN_THE_SAME = (*DATE_FIELDS, "client", "owner", "currency", "status_text")


def answer_of(rows: WorkbookRows, end: End = End.ANSWERED) -> Answer:
    """The answer that says these rows."""
    # What is one object is packed once. To pack each row's dates anew takes a third as long as to read the rows.
    for name in _OFTEN_THE_SAME:
        if values := rows.columns.get(name):
            known: dict[object, object] = {}
            rows.columns[name] = list(map(known.setdefault, values, values))
    return Answer(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL), rows.proof, end)


def pack(answer: Answer) -> bytes:
    """An answer as bytes."""
    return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Answer:
    """The answer that was packed. Raises UnpicklingError for what is none, or holds anything else than our own data."""
    return _loaded(data, Answer, rows=bytes, proof=(Proof, type(None)), end=End)


def rows_in(packed: bytes) -> WorkbookRows:
    """The rows of an answer. Raises UnpicklingError for what is none, or holds anything else than our own data."""
    return _loaded(packed, WorkbookRows, workbook=Workbook, columns=dict, notices=list)


_Kind = TypeVar("_Kind")


def _loaded(data: bytes, kind: type[_Kind], **fields: type | tuple[type, ...]) -> _Kind:
    """What a pickle holds, which is to be of a kind and to have these fields. Raises UnpicklingError."""
    try:
        loaded = _Unpacker(io.BytesIO(data)).load()
        good = isinstance(loaded, kind) and all(isinstance(getattr(loaded, name), fields[name]) for name in fields)
    except Exception as error:  # bytes that are no pickle, and classes that are given nonsense, raise nearly anything
        raise pickle.UnpicklingError(str(error)) from error
    if not good:
        raise pickle.UnpicklingError(f"no {kind.__name__}")
    return cast("_Kind", loaded)


_OURS = (
    *(Answer, End, Proof, WorkbookRows),
    *(Workbook, Sheet, SkippedSheet, Column, TotalsRow, Notice, Status),
    *(Phrase, Joined, SpelledDate, SpelledMoney, SpelledNumber),
    *(dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone, decimal.Decimal),
    *(type(pathlib.Path()), pathlib.PosixPath, pathlib.WindowsPath),
)
_KNOWN = {(known.__module__, known.__qualname__): known for known in _OURS}


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        """A class of ours. Raises UnpicklingError for any other, which could be a function that does something."""
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is none of our data") from None
