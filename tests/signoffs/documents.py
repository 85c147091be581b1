"""Small documents of many kinds, made here byte by byte."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP


def package(*entries: str, first: tuple[str, bytes] = ("[Content_Types].xml", b"<Types/>")) -> bytes:
    """A ZIP with these entries, the first one stored as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in entries:
            archive.writestr(name, b"<x/>" * 100)
    return made.getvalue()


def heif(major: bytes, *compatible: bytes) -> bytes:
    """What begins like a picture or film of these brands."""
    box = b"ftyp" + major + bytes(4) + b"".join(compatible)
    return (len(box) + 4).to_bytes(4, "big") + box + b"\0\0\0\x08mdat"


def mail(**fields: str) -> bytes:
    """An e-mail with these header fields before those of its text."""
    message = EmailMessage(policy=SMTP)
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content("We accept the work.")
    return message.as_bytes()


PAGE = b"<!DOCTYPE html><title>Sign in</title>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCX = package("_rels/.rels", "word/document.xml")
ODT = package("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text"))
LNK = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(56)
EXE = b"MZ\x90\0" + bytes(124) + b"This program cannot be run in DOS mode.\r\n$" + b"PE\0\0L\x01"
