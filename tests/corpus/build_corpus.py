"""Build the corpus: small nasty workbooks, each with one oddity. What each must give stands in expectations.toml.

Run it as ``python -m tests.corpus.build_corpus``; another folder can be named as the only argument. Everything is
made here, byte by byte, and the same each time.

* `cells.py`       what a value, a reference, a string, a formula or a link may look like
* `packages.py`    parts in strange places, encodings, odd sheets, dimensions, styles, tables and merges
* `containers.py`  zip files with tricks, and files that are something else
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tests.corpus import cells, containers, packages

FILES = Path(__file__).parent / "files"


def contents() -> dict[str, bytes]:
    """File name → bytes, in the order of the names. Raises ValueError where two cases have one name."""
    found: dict[str, bytes] = {}
    for family in (cells, containers, packages):
        for name, data in family.cases().items():
            if name in found:
                raise ValueError(f"two cases are called {name}")
            found[name] = data
    return dict(sorted(found.items()))


def build(folder: Path) -> None:
    """Write every file, and remove what is no case any more."""
    folder.mkdir(parents=True, exist_ok=True)
    new = contents()
    for file in folder.iterdir():
        if file.name not in new:
            file.unlink()
    for name, data in new.items():
        (folder / name).write_bytes(data)
    click.echo(f"{len(new)} files, {sum(map(len, new.values())):,} bytes")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FILES)
