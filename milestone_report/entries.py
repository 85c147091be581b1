"""What a folder's entries are before they are opened: only in the cloud, or a link to elsewhere.

Opening a file that is in the cloud would fetch it: that may block a nightly run, and this program uses no network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.facts import phrase

if TYPE_CHECKING:
    import os

# Windows: FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS; macOS: SF_DATALESS (sys/stat.h).
_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000
_FLAG = 0x40000000
_MOUNT_POINT = 0xA0000003  # [MS-FSCC] §2.1.2.1: what Windows calls a junction

ONLY_IN_THE_CLOUD = phrase("it is only in the cloud, not on this computer")


def is_in_the_cloud(status: os.stat_result) -> bool:
    """Whether a file is a placeholder, by its status."""
    attributes = getattr(status, "st_file_attributes", 0)
    return bool(attributes & _ATTRIBUTES or getattr(status, "st_flags", 0) & _FLAG)


def cloud_stub(name: str) -> str:
    """The name under which older versions of macOS keep a place for a file that is in iCloud only."""
    return f".{name}.icloud"


def is_link(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a link or a junction. Raises OSError where nobody can say."""
    return entry.is_symlink() or getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == _MOUNT_POINT
