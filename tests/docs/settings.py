"""docs/settings.md: every table and key of the settings file, from the tables that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.settings import NAME
from milestone_report.settings.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.settings.tables import Key, Table

_BEGINNING = f"""\
# The settings file

What you would otherwise say with every command stands in a file `{NAME}` beside the workbooks: beside the
first path of the command, or in it where that is a folder. Another file is named with `--config`. Every table and every
key may be left out; options on the command line come before what the file says.

The file is [TOML](https://toml.io), saved as UTF-8: text stands between quotation marks, a list between brackets, and
`#` begins a remark. Write Windows paths with `/`, or between 'single quotes'. A mistake is named with its line and
key, and then nothing is read. Each report names the file that was used in its control totals.

This page is written from the program itself (`make docs`). All examples together are one file that works.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_BEGINNING, *(part for table in TABLES for part in _section(table))])


def example() -> str:
    """All examples of the page as one file."""
    return "\n".join(_example(table) for table in TABLES)


def _section(table: Table) -> Iterator[str]:
    yield f"## `[{table.name}]`\n"
    yield f"{table.says}\n"
    for key in table.keys:
        yield f"- {_names(key)}: {key.says}{_default(key)}"
    yield f"\n```toml\n{_example(table)}```\n"


def _names(key: Key) -> str:
    # "partially paid" may stand for partially_paid: one of the two is enough to read.
    return ", ".join(f"`{name}`" for name in key.names if " " not in name) or "any name"


def _default(key: Key) -> str:
    return f" Default: `{key.default}`." if key.default else ""


def _example(table: Table) -> str:
    return f"[{table.name}]\n" + "".join(f"{key.example}\n" for key in table.keys)
