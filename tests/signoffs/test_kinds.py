"""What a file is by its first bytes."""

from __future__ import annotations

import pytest

from milestone_report.signoffs.kinds import HEAD, Kind, kind_of
from tests.signoffs.documents import DOCX, EXE, LNK, ODT, OLE, heif, mail, package


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Kind.PDF),
        (b"\xef\xbb\xbf%PDF-1.4", Kind.PDF),
        (b"\x1b%-12345X@PJL JOB\r\n" + b" " * 900 + b"%PDF-1.4", Kind.PDF),
        (b"<br />\n<b>Warning</b>: none\n%PDF-1.4", Kind.PDF),
        (b"." * 1025 + b"%PDF-1.4", Kind.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind.JPEG),
        (b"\xff\xd8\xff\xe1\0\x10Exif", Kind.JPEG),
        (b"GIF89a", Kind.GIF),
        (b"II*\0\x08\0\0\0", Kind.TIFF),
        (b"MM\0*\0\0\0\x08", Kind.TIFF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Kind.WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", Kind.UNKNOWN),
        (heif(b"heic", b"mif1", b"heic"), Kind.HEIC),
        (heif(b"mif1", b"mif1", b"heic"), Kind.HEIC),
        (heif(b"MiHE", b"heix"), Kind.HEIC),
        (heif(b"isom", b"mp42"), Kind.UNKNOWN),
        (heif(b"isom") + b"mif1", Kind.UNKNOWN),
        (DOCX, Kind.WORD),
        (package("_rels/.rels", "docProps/app.xml", "word/document.xml"), Kind.WORD),
        (package("xl/workbook.xml"), Kind.EXCEL),
        (package("ppt/presentation.xml"), Kind.SLIDES),
        (ODT, Kind.TEXT),
        (package("a.pdf", first=("scan.pdf", b"%PDF-1.7")), Kind.ZIP),
        (package(first=("notes.txt", b"see word/document.xml and xl/workbook.xml")), Kind.ZIP),
        (OLE, Kind.OLE),
        (b"{\\rtf1\\ansi", Kind.RTF),
        (EXE, Kind.PROGRAM),
        (b"MZ is how my notes begin", Kind.UNKNOWN),
        (b"\x7fELF\x02\x01\x01", Kind.PROGRAM),
        (LNK, Kind.SHORTCUT),
        (b"[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL=x", Kind.SHORTCUT),
        (bytes(4096), Kind.ZEROS),
        (b"", Kind.UNKNOWN),
        (b"We accept the work.", Kind.UNKNOWN),
        (b'{"error": "unauthorised"}', Kind.UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head: bytes, kind: Kind) -> None:
    assert kind_of(head) is kind


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html>\n<html>", b"<!doctype HTML PUBLIC", b"\n\n  <html lang=en>", b"\xef\xbb\xbf<!DOCTYPE html>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC', b"<!-- saved from url -->\n<!-- two -->\n<HTML>",
        b"<head><title>", b"<script>location=", b"<body>", b"\xff\xfe" + "<!DOCTYPE html>".encode("utf-16-le"),
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x\r\nMIME-Version: 1.0\r\n",
    ],
)  # fmt: skip
def test_a_web_page_is_known_however_it_begins(head: bytes) -> None:
    assert kind_of(head) is Kind.WEB


@pytest.mark.parametrize("head", [b"<abc>", b"<?xml version='1.0'?><Error>", b"< html>", b"<!-- a note -->", b"<pdf>"])
def test_other_marks_are_no_web_page(head: bytes) -> None:
    assert kind_of(head) is Kind.UNKNOWN


LONG_MAIL = b"ARC-Seal: i=1;" + b" a=b;" * 190 + b"\r\n"


@pytest.mark.parametrize(
    "head",
    [
        mail(From="Anna <anna@x.example>", Subject="Approved"),
        mail(Received="from mail.x.example by mx.y.example; Mon, 9 Mar 2026 09:00:00 +0000", From="a@x.example"),
        b"Return-Path: <a@x.example>\nFrom: a@x.example\n\nYes",
        b"X-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\nFrom: a@x.example\r\n\r\n",
        b"From a@x.example Mon Mar  9 09:00:00 2026\nDelivered-To: b@y.example\n\nYes",
        b"From - Mon Mar  9 09:00:00 2026\r\nSubject: ok\r\n\r\nYes",
        b"\xef\xbb\xbfFrom: a@x.example\n",
        b"\r\nDate : Mon, 9 Mar 2026\r\nOdd-Field: x\r\n\r\n",
        b"Subject: folded\r\n over two lines\r\n\tand three\r\nTo: b@y.example\r\n\r\nA line without colon",
        (LONG_MAIL * 20)[:HEAD],
    ],
)
def test_a_mail_is_known_by_its_header_fields(head: bytes) -> None:
    assert kind_of(head) is Kind.MAIL


@pytest.mark.parametrize(
    "head",
    [
        b"Dear Jonas,\n\nwe accept.", b"Note: call Anna\nAmount: 12\n\n", b"From the client:\nwe accept",
        b"Subject matter\nFrom: a", b"\nYes: we do", b":\n", b"From a\n",
    ],
)  # fmt: skip
def test_a_note_is_no_mail(head: bytes) -> None:
    assert kind_of(head) is Kind.UNKNOWN
