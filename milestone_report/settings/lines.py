"""On which line of a TOML text something stands: tomllib tells that only of what is no TOML."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, on which the statement begins that says what `path` leads to, as far as it can be followed.

    The path goes from a table to a key and on into the key's value; whole numbers are places in a list, from 0.
    """
    deepest, found = 0, 1
    for line, said, before in _statements(text):
        depth = _steps(said, path, before)
        if depth > deepest:
            deepest, found = depth, line
    return found


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


def _statements(text: str) -> Iterator[tuple[int, Any, int]]:
    """Each statement: the line on which it begins, what it says in its table, and how many [[tables]] stand before."""
    header = statement = ""
    begins, tables = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if not statement:
            begins = number
        statement += f"{line}\n"
        if line.rstrip().endswith(",") and "#" not in line:
            continue  # a long list would else be parsed anew with each of its lines
        try:
            said = tomllib.loads(header + statement)
        except tomllib.TOMLDecodeError:
            continue  # it goes on in the next line
        if statement.lstrip().startswith("["):
            header = statement
            tables += header.lstrip().startswith("[[")
        yield begins, said, max(tables - 1, 0) if header.lstrip().startswith("[[") else 0
        statement = ""
