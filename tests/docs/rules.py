"""docs/rules.md: every rule of the catalogue, in the words of its own object and with its own examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milestone_report.rules import FAMILIES, RULES
from milestone_report.trial import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.rules import Rule
    from milestone_report.rules.explained import Cell, Explained

_BEGINNING = """\
# What is checked

An **error** is a row, sheet or file that cannot be trusted. A **warning** contradicts itself or good practice.
An **info** is worth knowing. `milestone-report rules S201` prints what stands here about a rule.

The examples are looked at on {as_of}. What they do not show is as it should be. The cell that is pointed at is
**bold**; “quotation marks” mean that text stands in the place of a number or a date.

This page is written from the rules themselves (`make docs`).
"""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def page() -> str:
    """The whole page."""
    entries = {rule.code: explained(rule) for rule in RULES}
    parts = [_BEGINNING.format(as_of=next(iter(entries.values())).as_of)]
    families = {
        heading: [entry for code, entry in entries.items() if code.startswith(letter)]
        for letter, heading in FAMILIES.items()
    }
    for heading, family in families.items():
        rows = [_line(entry.rule) for entry in family]
        parts += [f"**{heading}**\n", *table(("code", "severity", "points at", "what"), rows)]
    for heading, family in families.items():
        parts += [f"## {heading}\n", *(part for entry in family for part in _section(entry))]
    return "\n".join(parts)


def _line(rule: Rule) -> tuple[str, ...]:
    return f"[{rule.code}](#{rule.code.lower()})", rule.severity, rule.where, plain(rule.title)


def _section(entry: Explained) -> Iterator[str]:
    rule = entry.rule
    yield f"### {rule.code}\n"
    yield f"**{plain(rule.title)}** ({rule.severity}, points at: {rule.where})\n"
    yield from (f"{plain(paragraph)}\n" for paragraph in entry.why)
    rows = []
    for example in entry.examples:
        label = "found" if example.breaks else "let pass"
        for row in example.rows:
            rows.append([label, *map(_cell, row)])
            label = ""
    yield from table(("", *entry.columns), rows)
    yield f"It says: {plain(entry.message)}\n"
    yield f"**How to fix it:** {plain(entry.fix)}\n"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, and a blank one."""
    yield from (f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows))
    yield ""


def _cell(cell: Cell) -> str:
    text = plain(cell.text)
    return f"**{text}**" if cell.marked else text


def plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return _MARKUP.sub(r"\\\1", text)
