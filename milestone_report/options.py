"""Values of options that need more than Click's own types: sizes, times, the password."""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

LEAST_MEMORY = 256 * 2**20
"""With less, a workbook of 1,000 small sheets cannot be read any more, and soon no workbook at all."""


def seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """Seconds: neither none nor endless."""
    if not 0 < value < math.inf:
        raise click.BadParameter("it must be more than 0 seconds.")
    return value


def memory(_context: click.Context, _option: click.Parameter, value: str) -> int:
    """Bytes of a size such as 2GB or 800MB. Like Windows, 1 GB is 1024 MB."""
    size = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([MG])i?B", value.strip(), re.IGNORECASE)
    if size is None:
        raise click.BadParameter(f"“{value}” is no size; write it as 2GB or 800MB.")
    asked = int(float(size[1]) * 2 ** {"M": 20, "G": 30}[size[2].upper()])
    if asked < LEAST_MEMORY:
        raise click.BadParameter(f"a reader needs at least {LEAST_MEMORY // 2**20}MB to start.")
    return asked


def password(_context: click.Context, _option: click.Parameter, file: Path | None) -> str:
    """The first line of a file, else the environment's: never an argument, which other users can see."""
    if file is None:
        return os.environ.get("MILESTONE_REPORT_PASSWORD", "")
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise click.BadParameter(f"“{file}” cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError:
        raise click.BadParameter(f"“{file}” is no UTF-8 text; save it as one.") from None
    if not lines or not lines[0]:
        raise click.BadParameter(f"the first line of “{file}” is empty; it must be the password.")
    return lines[0]
