"""What a file is by its first bytes. Pure: no disk.

Signatures: PDF: ISO 32000-1 §7.5.2, and Adobe's note that the header may stand anywhere in the first
1,024 bytes; PNG: ISO/IEC 15948 §5.2; JPEG: ITU-T T.81 §B.1.1.3; TIFF: 6.0 §2; WebP: RFC 9649 §2.4; HEIF:
ISO/IEC 23008-12 §10; ZIP: APPNOTE 4.3.7; OOXML: ECMA-376 part 2; Office before 2007 and Outlook: [MS-CFB]
§2.2; RTF 1.9.1; mail: RFC 5322 §2.2; programs: Microsoft PE; shortcuts: [MS-SHLLINK] §2.1.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from milestone_report.translation import marked

HEAD = 8192
"""Bytes that tell the kind: the entries of a .docx that name it follow its list of contents."""

_LONGEST_LINE = 998  # RFC 5322 §2.1.1


class Kind(StrEnum):
    """What a file can be, in the words of a sentence."""

    PDF = marked("a PDF document")
    PNG = marked("a PNG picture")
    JPEG = marked("a JPEG picture")
    GIF = marked("a GIF picture")
    TIFF = marked("a TIFF picture")
    WEBP = marked("a WebP picture")
    HEIC = marked("a HEIC picture")
    MAIL = marked("an e-mail")
    WORD = marked("a Word document (.docx)")
    EXCEL = marked("an Excel workbook")
    SLIDES = marked("a PowerPoint presentation")
    TEXT = marked("an OpenDocument text")
    ZIP = marked("a ZIP archive")
    OLE = marked("an Outlook message, a file of an older Office, or an encrypted one")
    RTF = marked("an RTF text")
    WEB = marked("a web page")
    PROGRAM = marked("a program")
    SHORTCUT = marked("a shortcut")
    ZEROS = marked("zeros")
    UNKNOWN = ""


_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"%PDF-", Kind.PDF),  # first, as most sign-offs are one
        (rb"\0+\Z", Kind.ZEROS),
        (rb"\x89PNG\r\n\x1a\n", Kind.PNG),
        (rb"\xff\xd8\xff", Kind.JPEG),
        (rb"GIF8[79]a", Kind.GIF),
        (rb"II\*\0|MM\0\*|II\+\0", Kind.TIFF),
        (rb"RIFF.{4}WEBP", Kind.WEBP),
        (rb"PK\x03\x04", Kind.ZIP),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
        (rb"\{\\rt", Kind.RTF),
        (rb"L\0\0\0\x01\x14\x02\0", Kind.SHORTCUT),
        (rb"MZ.*PE\0\0|\x7fELF", Kind.PROGRAM),
        (rb".{0,1024}?%PDF-", Kind.PDF),
    )
)
_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
_IN_A_ZIP = ((b"word/", Kind.WORD), (b"xl/", Kind.EXCEL), (b"ppt/", Kind.SLIDES))
_ODF_TEXT = b"application/vnd.oasis.opendocument.text"

# How a page begins that a browser would take for one (WHATWG MIME Sniffing §7.1), XHTML, and saved as .mht.
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|script|style|title|meta|iframe|table|div|font|h1|p|a|b|br)[\s>/]"
    rb"|from: .?<?saved by ",
    re.IGNORECASE | re.DOTALL,
)
_MBOX = re.compile(rb">?From [^\n]*\n")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_FIELDS_OF_MAIL = re.compile(
    rb"from|to|cc|date|subject|sender|received|return-path|reply-to|message-id|mime-version|delivered-to"
    rb"|(?:x|arc|dkim|authentication|content|thread|list)-.*",
    re.IGNORECASE,
)


def kind_of(head: bytes) -> Kind:
    """What a file is that begins with these bytes, UNKNOWN where they are no sign of anything known here."""
    kind = next((kind for pattern, kind in _SIGNATURES if pattern.match(head)), Kind.UNKNOWN)
    if kind is Kind.ZIP:
        return _kind_of_zip(head)
    if head[4:8] == b"ftyp":
        return _kind_of_boxes(head)
    return kind or _kind_of_text(head)


def _kind_of_boxes(head: bytes) -> Kind:
    """By the brands in the first box, which films have, too."""
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, min(size, len(head)), 4))}
    return Kind.HEIC if brands & _HEIF_BRANDS else Kind.UNKNOWN


def _kind_of_zip(head: bytes) -> Kind:
    """By the names of the entries that begin in the first bytes."""
    starts = [found.start() for found in re.finditer(rb"PK\x03\x04", head)]
    names = [head[start + 30 :][: int.from_bytes(head[start + 26 : start + 28], "little")] for start in starts]
    for folder, kind in _IN_A_ZIP:
        if any(name.startswith(folder) for name in names):
            return kind
    return Kind.TEXT if names[0] == b"mimetype" and head[38:].startswith(_ODF_TEXT) else Kind.ZIP


def _kind_of_text(head: bytes) -> Kind:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "replace").encode()
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if _PAGE.match(text):
        return Kind.WEB
    if b"[InternetShortcut]" in text[:512]:
        return Kind.SHORTCUT
    return Kind.MAIL if _is_mail(text) else Kind.UNKNOWN


def _is_mail(text: bytes) -> bool:
    """Whether a text begins as mails do: with header fields only, of which one at least is a mail's.

    A line of an mbox may stand before them, and lines that begin with a blank go on with the field above.
    """
    if mbox := _MBOX.match(text):
        text = text[mbox.end() :]
    lines = text.splitlines()
    fields = []
    for line in lines[:-1] if len(text) > _LONGEST_LINE else lines:  # the last one may be cut
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        fields.append(field[1])
    return any(_FIELDS_OF_MAIL.fullmatch(field) for field in fields)
