"""What a name means is told from its text alone, and the same on every machine."""

from __future__ import annotations

import posixpath
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_report.signoffs.names import below, cleaned, is_web, joined, outside

START, ROOT = "/books", "/books/signoffs"


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("deposit.pdf", ["deposit.pdf"]),
        (".\\deposit.pdf", ["deposit.pdf"]),
        ("2026/../deposit.pdf", ["deposit.pdf"]),
        ("signoffs\\deposit.pdf", ["signoffs/deposit.pdf", "deposit.pdf"]),
        ("../books/signoffs/deposit.pdf", ["deposit.pdf"]),
        ("/Books/SIGNOFFS/2026/Deposit.pdf", ["2026/Deposit.pdf"]),
        ("file:///books/signoffs/a%20b.pdf", ["a b.pdf"]),
        ("file:/books/signoffs/a.pdf", ["a.pdf"]),
        ("file://localhost/books/signoffs/a.pdf", ["a.pdf"]),
        ("2026%2Fa.pdf", ["2026/a.pdf", "2026%2Fa.pdf"]),
        ("50%20.pdf", ["50 .pdf", "50%20.pdf"]),
        ("100%.pdf", ["100%.pdf"]),
        ("Re: approval.eml", ["Re: approval.eml"]),
        ("n/a", ["n/a"]),
        ("%252e%252e/x.pdf", ["%2e%2e/x.pdf", "%252e%252e/x.pdf"]),
        ("...", ["..."]),
        ("CON", ["CON"]),
        ("NUL.pdf", ["NUL.pdf"]),
    ],
)
def test_a_name_that_stays_below_the_folder_has_its_ways(name: str, ways: list[str]) -> None:
    assert below(name, [ROOT], START) == ways


OUTSIDE = [
    "../deposit.pdf", "..\\..\\secret\\contract.pdf", "..", "signoffs/../../x.pdf", "2026\\..\\..\\x.pdf",
    "a/../../x.pdf",
    "%2e%2e/%2e%2e/x.pdf", "2026%2f01/../../../x.pdf", "..%2fx.pdf", "..%5Cx.pdf", "%2E%2E%5C..\\/x.pdf",
    ".. /x.pdf", "..../x.pdf", "....//x.pdf", "... /x.pdf", "2026/. ./x.pdf", "2026/.. ",
    "/etc/passwd", "\\windows\\x.pdf", "C:\\Users\\maya\\a.pdf", "c:a.pdf", "C:/a.pdf", "z:",
    "\\\\server\\share\\deposit.pdf", "//server/share/deposit.pdf", "\\/server/share/a.pdf",
    "\\\\?\\C:\\books\\signoffs\\a.pdf", "\\\\.\\pipe\\x", "\\\\?\\UNC\\server\\share\\a.pdf",
    "file:///etc/passwd", "file://server/share/a.pdf", "file:////server/share/a.pdf", "FILE:///C:\\Users\\maya\\a.pdf",
    "file:///C|/a.pdf", "file:///\\\\server\\share\\a.pdf", "file:a.pdf", "file:", "file://", "file:///books/signoffs/../x.pdf",
    "javascript:alert(1)", "smb://server/a.pdf", "ms-word:ofe|u|https://example.com/a.docx", "a.pdf:stream",
    "a\0b.pdf", "a%00b.pdf",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_points_elsewhere_has_none(name: str) -> None:
    assert below(name, [ROOT], START) == []


@pytest.mark.parametrize("name", ["/etc/passwd", "C:\\Users\\maya\\a.pdf", "\\\\server\\share\\a.pdf", "file:///etc/x"])
def test_the_workbooks_own_folder_as_the_folder_takes_in_nothing_else(name: str) -> None:
    assert below(name, ["/books"], "/books") == []


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("C:\\Books\\signoffs\\a.pdf", ["a.pdf"]),
        ("file:///c:/books/Signoffs/2026/a%20b.pdf", ["2026/a b.pdf"]),
        ("signoffs/a.pdf", ["signoffs/a.pdf", "a.pdf"]),
        ("..\\books\\signoffs\\a.pdf", ["a.pdf"]),
        ("D:\\books\\signoffs\\a.pdf", []),
        ("C:signoffs\\a.pdf", []),
        ("/books/signoffs/a.pdf", []),
        ("\\\\server\\books\\signoffs\\a.pdf", []),
    ],
)
def test_windows_paths_are_read_on_every_machine(name: str, ways: list[str]) -> None:
    assert below(name, ["C:/books/signoffs"], "C:/books") == ways


@pytest.mark.parametrize(
    "name",
    [
        "\\\\Server\\share\\signoffs\\a.pdf", "//server/share/signoffs/a.pdf", "file://server/share/signoffs/a.pdf",
        "file:////server/share/signoffs/a.pdf", "file:///\\\\server\\share\\signoffs\\a.pdf",
    ],
)  # fmt: skip
def test_a_folder_on_a_server_is_known_however_a_link_spells_it(name: str) -> None:
    assert below(name, ["//server/share/signoffs"], "//server/share") == ["a.pdf"]
    assert below(name, ["/server/share/signoffs"], "/server/share") == []


@pytest.mark.parametrize(
    "name",
    ["a.pdf", " a.pdf ", '"a.pdf"', ' " a.pdf " ', "\u202aa.pdf", "\ufeffa.pdf\u200b", "\u00a0a.pdf\u00a0", "a.pdf\t"],
)
def test_what_copying_leaves_around_a_name_is_no_part_of_it(name: str) -> None:
    assert cleaned(name) == "a.pdf"


@pytest.mark.parametrize("name", ['"', 'a"', "'a.pdf'"])
def test_other_marks_stay(name: str) -> None:
    assert cleaned(name) == name


def test_web_addresses_are_told_from_names() -> None:
    assert all(map(is_web, ["https://example.com/a.pdf", "HTTP://x", "mailto:maya@example.com", "ftp://x/a.pdf"]))
    assert not any(map(is_web, ["https.pdf", "httpsx:", "file:///a.pdf", "www.example.com"]))


PIECES = st.sampled_from(
    [*"/\\:.%~| ab", "..", "%2e", "%2f", "%5c", "%00", "\0", "\n", "C:", "file:", "//", "signoffs", "books", "\u0301"]
)


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join)))
@example("file: a.pdf")
@example("FILE:\r")
def test_no_way_ever_leaves_the_folder(name: str) -> None:
    for way in below(name, [ROOT, "C:/books/signoffs", "//server/share"], START):
        assert posixpath.normpath(posixpath.join(ROOT, way)).startswith(f"{ROOT}/") or way in ("", ".")


@given(st.lists(st.text(string.ascii_letters + "äß -", min_size=1), min_size=1, max_size=4))
def test_a_path_below_the_folder_is_the_same_way_however_it_is_written(steps: list[str]) -> None:
    way = "/".join(steps)
    assert way in below(f"{ROOT}/{way}", [ROOT], START)
    assert way in below(f"signoffs\\{way}".replace("/", "\\"), [ROOT], START)
    assert way in below(way, [ROOT], START)


def test_only_what_stays_below_is_not_outside() -> None:
    assert not outside("signoffs/2026/../2025")
    assert all(map(outside, ["..", "/x", "C:x", "https://x", "file:x", "a/.. /b", "a/../../b", "%2e%2e/x"]))


def test_a_path_that_one_machine_alone_knows_leads_nowhere() -> None:
    assert joined("/books", "scans") == "/books/scans"
    assert joined("/books", "D:/scans/./x") == "D:/scans/x"
    assert joined("/books", "D:scans") == ""
    assert joined("/books", ".. /scans") == ""
