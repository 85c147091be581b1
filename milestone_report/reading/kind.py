"""Which files are opened at all: what would hang a reader, fetch something or fill the memory is not."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from milestone_report.entries import ONLY_IN_THE_CLOUD, is_in_the_cloud
from milestone_report.facts import phrase, spelled_number
from milestone_report.reading.refusal import RefusedError

if TYPE_CHECKING:
    import os

LARGEST_FILE = 256 * 2**20
"""Excel itself is hardly usable beyond 100 MB, and those are pictures."""


def check_kind(status: os.stat_result) -> None:
    """Refuse, unopened, what would hang a reader or fetch something over the network. Raises RefusedError."""
    if stat.S_ISDIR(status.st_mode):
        raise RefusedError(phrase("it is a folder"), how=phrase("Name a workbook."))
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError(phrase("it is no file but a device or a pipe"), how=phrase("Name a workbook."))
    if is_in_the_cloud(status):
        raise in_the_cloud()
    if status.st_size > LARGEST_FILE:
        size, most = (spelled_number(round(each / 2**20)) for each in (status.st_size, LARGEST_FILE))
        why = phrase("the file is {size} MB large, and at most {most} MB are read", size=size, most=most)
        raise RefusedError(why, "W011", phrase("Move pictures and old sheets out of it, and save it again."))


def in_the_cloud() -> RefusedError:
    """What to say of a file that is only in the cloud."""
    return RefusedError(
        ONLY_IN_THE_CLOUD,
        how=phrase("Open it once in Excel, or choose “Always keep on this device” for its folder, and run again."),
    )
