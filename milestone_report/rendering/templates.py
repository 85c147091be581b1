"""Jinja2 with everything escaped, over the templates of the wheel or of the checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries them inside the package; in a checkout they stand at the top level.
FOLDERS = (PACKAGE / "templates", PACKAGE.parent / "templates")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment. A name that a template gets wrong is an error, never an empty string."""
    return Environment(
        loader=FileSystemLoader(FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # its constant folding doubles the time to compile, and each template is used once
    )
