"""docs/commands.md: every command with its options, as its own help has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from milestone_report.cli import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINNING = """\
# Commands and options

Every command explains itself with `-h` or `--help`; this page is the same, written from the program (`make docs`).
What the options mean for your work is told in [getting-started.md](getting-started.md),
[workbooks.md](workbooks.md), [settings.md](settings.md), [outputs.md](outputs.md) and [scheduling.md](scheduling.md).
"""


_DEFAULT = re.compile(r"\[default: \(?(.*?)\)?(?:; (\d+)<=x<=(\d+))?\]$")
"""What Click says at the end of an option's help: "[default: (all); 1<=x<=64]"."""


def page() -> str:
    """The whole page."""
    parts = [_BEGINNING]
    with click.Context(cli, info_name="milestone-report") as over:
        for name in cli.list_commands(over):
            command = cli.get_command(over, name)
            assert command is not None
            with click.Context(command, over, info_name=name) as context:
                parts += _section(command, context)
    return "\n".join(parts)


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    usage = " ".join((context.command_path, *pieces))
    yield f"## `{usage}`\n"
    paragraphs = (command.help or "").replace("\b\n", "").split("\n\n")
    yield "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs) + "\n"
    yield "| option | what it does |\n|---|---|"
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            names, said = (_cell(text) for text in record)
            said = _DEFAULT.sub(_default, said)
            yield f"| `{names}` | {said} |"
    yield ""


def _default(found: re.Match[str]) -> str:
    """The default in words, and from where to where a number can be."""
    default, least, most = found.groups()
    return f"Default: {default}; {least} to {most}." if least else f"Default: {default}."


def _cell(text: str) -> str:
    """A text for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
