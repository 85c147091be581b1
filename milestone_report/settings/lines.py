"""On which line of a TOML text something stands: tomllib tells that only of what is no TOML."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_WITHOUT_END = ("Illegal character '\\n'", "Unterminated string", 'Expected "\'"')
"""How tomllib begins what it says of text whose quotation mark behind it is missing."""
_NO_VALUE = ("Invalid value", "Expected newline or end of document after a statement")
"""How it begins what it says of text without one before it."""
_MARKS = "\"'“”„‘’«»"


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, that says what `path` leads to, as far as it can be followed.

    The path goes from a table to a key and on into the key's value; whole numbers are places in a list, from 0.
    """
    deepest, found = 0, 1
    for begins, header, statement, before in _statements(text):
        depth = _steps(tomllib.loads(header + statement), path, before)
        if depth > deepest:
            deepest, found = depth, begins + _lines_before(header, statement, path[:depth])
    return found


def place_of(text: str, error: str) -> tuple[int, int]:
    """The line and the column, from 1, to which an error of tomllib points.

    Where that is the end of the text, the line of the last statement, and column 0.
    """
    found = _AT.search(error)
    return (int(found[1]), int(found[2])) if found else (line_of_the_last(text), 0)


def lacks_quotes(error: str, rest: str) -> bool:
    """Whether an error of tomllib means that text lacks a quotation mark. `rest` of the line could not be read."""
    return error.startswith(_WITHOUT_END) or (
        error.startswith(_NO_VALUE) and any(char.isalpha() or char in _MARKS for char in rest)
    )


def line_of_the_last(text: str) -> int:
    """The line, from 1, on which the last statement begins: where a bracket is never closed, the one with that."""
    return max((begins for begins, _header, _statement, _before in _statements(text, unfinished=True)), default=1)


def _lines_before(header: str, statement: str, path: Sequence[str | int]) -> int:
    """How many lines of a statement, a list of several, stand before the one that says what `path` leads to."""
    lines = statement.splitlines()
    for before in range(len(lines) - 1 if any(isinstance(step, int) for step in path) else 0):
        try:
            said = tomllib.loads(header + "\n".join([*lines[: before + 1], "]"]))
        except tomllib.TOMLDecodeError:
            continue
        if _steps(said, path, 0) == len(path):
            return before
    return 0


def _steps(said: Any, path: Sequence[str | int], before: int) -> int:  # noqa: ANN401 - whatever TOML can say
    """How many steps of the path lead somewhere in what a statement says. `before` it stood so many [[tables]]."""
    for depth, step in enumerate(path):
        if isinstance(said, dict) and step in said:
            said = said[step]
        elif isinstance(said, list) and isinstance(step, int) and 0 <= step - before < len(said):
            said = said[step - before]
        else:
            return depth
    return len(path)


def _statements(text: str, *, unfinished: bool = False) -> Iterator[tuple[int, str, str, int]]:
    """Each statement: the line on which it begins, the [header] above it, its text, how many [[tables]] stand before.

    The last one may be `unfinished`, as where a bracket is never closed.
    """
    header = statement = ""
    begins, tables = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if not statement:
            begins = number
        statement += f"{line}\n"
        if line.rstrip().endswith(",") and "#" not in line:
            continue  # a long list would else be parsed anew with each of its lines
        try:
            tomllib.loads(header + statement)
        except tomllib.TOMLDecodeError:
            continue  # it goes on in the next line
        if statement.lstrip().startswith("["):
            header = statement
            tables += header.lstrip().startswith("[[")
        yield begins, header, "" if header is statement else statement, _others(header, tables)
        statement = ""
    if statement and unfinished:
        yield begins, header, statement, _others(header, tables)


def _others(header: str, tables: int) -> int:
    return max(tables - 1, 0) if header.lstrip().startswith("[[") else 0
