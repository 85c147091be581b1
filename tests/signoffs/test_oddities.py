"""What is odd about a file beside its name."""

from __future__ import annotations

import pytest
from builder import signoffs as samples
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.model import SIGNOFF_EXTENSIONS
from milestone_report.signoffs.kinds import HEAD
from milestone_report.signoffs.oddities import oddity
from tests.conftest import SAMPLES
from tests.signoffs.documents import DOCX, EXE, LNK, ODT, OLE, PAGE, heif, mail, package


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"), ("A.PDF", b"%PDF-1.7"), ("a.b.pdf", b"%PDF-1.7"), ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.JPEG", b"\xff\xd8\xff\xe0"), ("a.heic", heif(b"heic")), ("a.tif", b"II*\0"), ("a.docx", DOCX),
        ("a.docx", package(*(f"customXml/item{number}.xml" for number in range(200)), "word/document.xml")),
        ("a.odt", ODT), ("a.doc", OLE), ("a.doc", b"{\\rtf1"), ("a.rtf", b"{\\rtf1"), ("a.msg", OLE),
        ("a.eml", mail(From="a@x.example")), ("a.p7m", b"0\x82\x10\0"), ("a.asice", package("META-INF/manifest.xml")),
    ],
)  # fmt: skip
def test_nothing_is_odd_about_a_file_that_is_what_its_name_says(name: str, content: bytes) -> None:
    assert oddity(name, content[:HEAD], SIGNOFF_EXTENSIONS) == ""


def test_nothing_is_odd_about_the_samples_but_what_was_planted() -> None:
    contents = {file.name: file.read_bytes() for file in (SAMPLES / "signoffs").iterdir()}
    assert contents.keys() == samples.build().keys()
    odd = [name for name, content in contents.items() if content and oddity(name, content, SIGNOFF_EXTENSIONS)]
    assert odd == ["riverside-plumbing.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "a.pdf",
            PAGE,
            "is a web page, and not a PDF document: a portal's login page may have been saved in its place",
        ),
        (
            "a.p7m",
            PAGE,
            "is a web page, and not a document: a portal's login page may have been saved in its place",
        ),
        ("a.pdf", b"\xff\xd8\xff\xe0", "is a JPEG picture, and not a PDF document"),
        ("a.jpg", heif(b"heic"), "is a HEIC picture, and not a JPEG picture"),
        ("a.pdf", b"We accept.", "does not begin as a PDF document does: it is damaged, or something else"),
        ("a.eml", b"We accept.", "does not begin as an e-mail does: it is damaged, or something else"),
        (
            "a.docx",
            OLE,
            "is an Outlook message, a file of an older Office, or an encrypted one, and not a Word document (.docx)",
        ),
        ("a.docx", package("xl/workbook.xml"), "is an Excel workbook, and not a Word document (.docx)"),
        ("a.doc", DOCX, "is a Word document (.docx), and not a Word document of an older Office"),
        ("a.msg", mail(From="a@x.example"), "is an e-mail, and not an Outlook message"),
        ("a.pdf", bytes(100), "holds nothing but zeros: it was not saved or copied to its end"),
        ("a.pdf", EXE, "is a program, and no document: do not open it"),
        ("a.exe", b"anything", "is a program, and no document: do not open it"),
        ("a.lnk", b"anything", "is only a shortcut: the document itself lies elsewhere"),
        ("a.pdf", LNK, "is only a shortcut: the document itself lies elsewhere"),
        ("a.gdoc", b'{"url": "x"}', "is only a shortcut: the document itself lies elsewhere"),
        ("a.pdf.crdownload", b"%PDF-1.7", "is a download that did not finish"),
        ("a.part", b"", "is a download that did not finish"),
        ("a.zip", package(), "is an archive: what is in it, and whether it is signed, is not seen here"),
        ("a.xlsx", b"", "is of a kind that is not expected here (.xlsx)"),
        (
            "a.PDF_",
            b"%PDF-1.7",
            "has no ending, such as .pdf, that tells what it is; by its content it is a PDF document",
        ),
        ("signed v1.2", b"", "has no ending, such as .pdf, that tells what it is"),
        (".pdf", b"", "has no ending, such as .pdf, that tells what it is"),
        ("a.xyz", b"%PDF-1.7", "is of a kind that is not expected here (.xyz); by its content it is a PDF document"),
    ],
)
def test_what_is_odd_is_said_in_plain_words(name: str, content: bytes, says: str) -> None:
    assert oddity(name, content[:HEAD], SIGNOFF_EXTENSIONS) == says


def test_what_is_expected_can_be_chosen() -> None:
    assert oddity("a.xlsx", package("xl/workbook.xml"), {"xlsx"}) == ""
    assert oddity("a.xlsx", DOCX, {"xlsx"}) == "is a Word document (.docx), and not an Excel workbook"
    assert oddity("a.dwg", b"AC1032", {"dwg"}) == ""
    assert oddity("a.html", PAGE, {"html"}) == ""
    assert oddity("a.js", b"x = 1", {"js"}) == ""
    assert oddity("a.url", b"x", {"url"}) == ""
    assert oddity("a.zip", package(), {"zip"}) == ""
    assert oddity("a.pdf", b"%PDF-1.7", {"docx"}) == (
        "is of a kind that is not expected here (.pdf); by its content it is a PDF document"
    )


@given(st.binary(max_size=300), st.sampled_from([*SIGNOFF_EXTENSIONS, "exe", "zip", ""]))
def test_no_content_upsets_the_judgement(head: bytes, ending: str) -> None:
    assert isinstance(oddity(f"a.{ending}", head, SIGNOFF_EXTENSIONS), str)
