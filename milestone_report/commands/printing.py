"""What stands on the terminal, in a pipe or in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType


def print_lines(lines: Iterable[RenderableType], *, stderr: bool = False) -> None:
    """Colour and wrapping for a terminal; plain whole lines for a file or a pipe."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def put_bytes(data: bytes) -> None:
    """Bytes as they are: as text, Windows would make CR LF of every line break, and another code page of UTF-8."""
    click.echo(data, nl=False)
