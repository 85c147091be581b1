"""Compiled templates, kept for the next run: compiling ours takes longer than filling them.

Jinja asks for them by name and file and looks itself whether they were made from the very text that the template has
now. What it does not look at is in the name of an entry: all that compiles. An entry is a program that is run, and so
only a folder that nobody else can write to has any; without one, templates are compiled as ever.
"""

from __future__ import annotations

import hashlib
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from milestone_report.keeping import DIGEST_SIZE, entries

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from milestone_report.keeping import Entries

LARGEST = 16 * 2**20
"""Bytes of all entries together: ours have 0.25 MB. What is left of templates that were changed goes first."""


class Compiled(BytecodeCache):
    """The compiled templates among some entries; only what was made by the very same is used."""

    def __init__(self, kept: Entries, made_by: str) -> None:
        self._kept, self._made_by = kept, made_by

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a template's entry."""
        asked = repr((self._made_by, name, filename)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(asked, digest_size=DIGEST_SIZE).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept; the bucket passes over what was made from another text."""
        if entry := self._kept.find(bucket.key):
            bucket.bytecode_from_string(entry)
            self._kept.use(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self._kept.keep(bucket.key, bucket.bytecode_to_string())
        self._kept.tidy()


def compiled_in(folder: Path) -> Compiled | None:
    """The compiled templates in a folder, which is made if it is not there. None where somebody else may write there.

    Who may write to a folder of another place than the user's own, Windows does not tell.
    """
    if sys.platform == "win32" and not folder.absolute().is_relative_to(Path.home()):
        return None
    kept = entries(folder, ".template", LARGEST)
    try:
        return None if kept is None else Compiled(kept, _made_by())
    except (OSError, metadata.PackageNotFoundError):
        return None


def _made_by() -> str:
    """All that compiles: Python, Jinja, and how the environment is made.

    Raises OSError or PackageNotFoundError where it cannot be told.
    """
    how = Path(__file__).with_name("templates.py").read_text(encoding="utf-8")
    return f"{sys.implementation.cache_tag} {sys.version} {metadata.version('jinja2')} {how}"
