"""The lines above a mail: any words and addresses, in ASCII, and never more lines than were meant.

EmailMessage would make words in code longer than mail programs must take (RFC 2047, 2), begin a long subject with
an empty line, and may encode the comma between two addresses (CVE-2025-1795).
"""

from __future__ import annotations

from base64 import b64encode
from email.utils import formataddr
from typing import TYPE_CHECKING

from milestone_report.rendering.view.words import clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milestone_report.model import Mailbox

LONGEST = 300
"""Letters of a header's words."""

_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_BYTES = 39  # with "Subject: " before it, such a word in code fills the 76 letters of a line (RFC 2047, 2)


def words(name: str, text: str) -> bytes:
    """A header of words."""
    return _header(name, [_encoded(_plain(text))])


def addresses(name: str, mailboxes: Iterable[Mailbox]) -> bytes:
    """A header of addresses, one a line; nothing for none."""
    return _header(name, map(_address, mailboxes))


def _header(name: str, items: Iterable[str]) -> bytes:
    body = ",\r\n ".join(items)
    return f"{name}: {body}\r\n".encode("ascii") if body else b""


def _address(mailbox: Mailbox) -> str:
    name, address = _plain(mailbox.name), clip(mailbox.address, _ADDRESS)
    return formataddr((name, address)) if name.isascii() else f"{_encoded(name)} <{address}>"


def _plain(text: str) -> str:
    """Words on one line. "=?" would begin a word in code, which a mail program shows as something else."""
    return clip(text, LONGEST).replace("=?", "= ?")


def _encoded(text: str) -> str:
    """Words in ASCII, else in code (RFC 2047), on as many lines as they need."""
    if text.isascii():
        return text
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces of at most _BYTES bytes, parted behind a blank where there is one.

    The blank is then inside the word: some programs show another where two words in code meet (python/cpython#128110).
    """
    while len(text.encode()) > _BYTES:
        fits = len(text.encode()[:_BYTES].decode(errors="ignore"))
        end = text.rfind(" ", 0, fits) + 1 or fits
        yield text[:end]
        text = text[end:]
    yield text
