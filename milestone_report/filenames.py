"""Names of files and folders made from any text: Windows, macOS and Linux take them, and none leads elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from milestone_report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 60
"""Letters of a name: enough to know it by. Windows takes paths of 259 in all, Linux names of 255 bytes."""

# Microsoft, “Naming Files, Paths, and Namespaces”: characters, and the names of devices, whatever ending they have.
_RESERVED = re.compile(r'[<>:"/\\|?*]')
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\..*)?", re.IGNORECASE)


def safe_name(text: str, otherwise: str) -> str:
    """One part of a path that tells the text, `otherwise` where nothing of it can stand in a name.

    It begins with no dot, which hides a file, and ends with no dot or blank, which Windows takes away.
    """
    name = _RESERVED.sub("-", clean(unicodedata.normalize("NFC", text)))
    name = " ".join(name.split()).strip(". ")[:LONGEST].rstrip(". ")
    return f"_{name}" if _DEVICE.fullmatch(name) else name or otherwise


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Each name, with a number behind it where one before is the same to a file system: it may ignore capitals."""
    taken: set[str] = set()
    seen: Counter[str] = Counter()
    for name in names:
        own = name
        while _on_disk(own) in taken:
            seen[_on_disk(name)] += 1
            own = f"{name} ({seen[_on_disk(name)] + 1})"
        taken.add(_on_disk(own))
        yield own


def _on_disk(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
