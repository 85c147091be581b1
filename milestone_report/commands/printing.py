"""What stands on the terminal, in a pipe or in a file."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, RenderableType
    from rich.text import Text

_AT_ONCE = 200


def print_lines(lines: Iterable[RenderableType], *, stderr: bool = False) -> None:
    """Colour and wrapping for a terminal; plain whole lines for a file or a pipe."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        _print_whole(lines, console)
        return
    # Many lines at once: Rich looks anew at the terminal for each print, and findings can be thousands of lines.
    for plain, group in groupby(lines, lambda line: isinstance(line, Text)):
        if not plain:
            for line in group:
                console.print(line)
            continue
        texts = iter(cast("Iterator[Text]", group))
        while some := list(islice(texts, _AT_ONCE)):
            console.print(Text("\n").join(some))


def _print_whole(lines: Iterable[RenderableType], console: Console) -> None:
    """Lines without colours and wrapping: where they are texts there is nothing for Rich to do."""
    for line in lines:
        text = getattr(line, "plain", None)
        if text is None:
            console.print(line, soft_wrap=True)
        else:
            console.file.write(f"{text}\n")
    console.file.flush()


def put_bytes(data: bytes) -> None:
    """Bytes as they are: as text, Windows would make CR LF of every line break, and another code page of UTF-8."""
    click.echo(data, nl=False)
