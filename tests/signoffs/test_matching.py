"""The names of one cell against the folder's list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.model import Evidence
from milestone_report.signoffs import Match, SignoffFolder, match_cell
from milestone_report.signoffs.hints import Hints
from milestone_report.signoffs.names import absolute
from tests.signoffs.examples import BESIDE, folder_of

FOLDER = folder_of(
    "deposit.pdf", "Caf\u00e9.pdf", "2026/final.pdf", "2025/twice.pdf", "2026/twice.pdf", "design-ok-v2.pdf",
    empty=["empty.pdf"],
)  # fmt: skip


def match(cell: str, folder: SignoffFolder = FOLDER) -> Match:
    return match_cell(cell, folder, absolute(BESIDE), Hints())


@pytest.mark.parametrize(
    "cell",
    [
        "deposit.pdf", "DEPOSIT.PDF", " deposit.pdf ", "./deposit.pdf", ".\\deposit.pdf", "signoffs/deposit.pdf",
        "signoffs\\deposit.pdf", "../books/signoffs/deposit.pdf", "file:///books/signoffs/deposit.pdf",
        "/books/signoffs/deposit.pdf", "signoffs/deposit%2Epdf", "cafe\u0301.pdf", "2026/final.pdf", "final.pdf",
        "2026/../deposit.pdf", "deposit.pdf\nfinal.pdf", '"deposit.pdf"', "\u202adeposit.pdf",
    ],
)  # fmt: skip
def test_a_name_below_the_folder_is_found(cell: str) -> None:
    assert match(cell).evidence is Evidence.FOUND


@pytest.mark.parametrize(
    "cell", ["../deposit.pdf", "/etc/passwd", "C:\\Users\\maya\\deposit.pdf", "//server/a/deposit.pdf"]
)
def test_a_name_outside_the_folder_is_refused(cell: str) -> None:
    assert match(cell).evidence is Evidence.REFUSED


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", Evidence.NONE),
        (" \n\u200b", Evidence.NONE),
        ("nothing.pdf", Evidence.MISSING),
        ("empty.pdf", Evidence.EMPTY),
        ("twice.pdf", Evidence.MISSING),
        ("https://example.com/a.pdf", Evidence.LINK),
        (" MAILTO:maya@example.com", Evidence.LINK),
        ("deposit.pdf\nnothing.pdf", Evidence.MISSING),
        ("nothing.pdf\nempty.pdf", Evidence.MISSING),
        ("deposit.pdf\n../x.pdf", Evidence.REFUSED),
        ("deposit.pdf\nhttps://example.com", Evidence.LINK),
        (".", Evidence.MISSING),
        ("x" * 5000, Evidence.MISSING),
    ],
)
def test_the_worst_name_of_a_cell_decides(cell: str, expected: Evidence) -> None:
    assert match(cell).evidence is expected


@pytest.mark.parametrize("parted", ["a\nb", "a\r\nb", "a\vb", "\na\n\n b \n"])
def test_names_may_be_parted_by_any_line_break(parted: str) -> None:
    assert match(parted, folder_of("a", "b")).paths.splitlines() == ["/books/signoffs/a", "/books/signoffs/b"]


def test_a_match_tells_which_names_decided() -> None:
    assert match("deposit.pdf\nnothing.pdf\nempty.pdf\nzzz.pdf").about == "nothing.pdf\nzzz.pdf"
    assert match("deposit.pdf\n../x.pdf").about == "../x.pdf"
    assert match("deposit.pdf").about == ""
    assert match(' "C:\\a.pdf" ').about == "C:\\a.pdf"


@pytest.mark.parametrize("file", ["a;b.pdf", "a; b.pdf"])
def test_a_file_whose_name_holds_what_parts_names_is_one_file(file: str) -> None:
    """Reading hands the cell "a; b.pdf" over as two lines."""
    cell = "\n".join(part.strip() for part in file.split(";"))
    assert match(cell, folder_of(file, "a", "b.pdf")).paths == f"/books/signoffs/{file}"
    assert match(cell, folder_of("a", "b.pdf")).evidence is Evidence.FOUND
    assert match(cell, folder_of("b.pdf")).about == "a"


def test_a_comma_parts_no_names() -> None:
    assert match("a, b.pdf", folder_of("a, b.pdf")).evidence is Evidence.FOUND
    assert match("a.pdf, b.pdf", folder_of("a.pdf", "b.pdf")).evidence is Evidence.MISSING


def test_a_folder_that_cannot_be_reached_makes_nothing_unsigned() -> None:
    away = SignoffFolder(Path("/books/signoffs"), "signoffs", problem="it does not exist")
    assert match("deposit.pdf", away).evidence is Evidence.UNCHECKED
    assert match("/etc/passwd", away) == Match(Evidence.REFUSED, about="/etc/passwd")
    assert match("https://example.com", away) == Match(Evidence.LINK, about="https://example.com")
    assert match("deposit.pdf\n/etc/passwd", away).unchecked


def test_beside_a_part_that_could_not_be_listed_nothing_is_called_missing() -> None:
    partly = replace(FOLDER, unlisted="“old” cannot be opened")
    assert match("deposit.pdf", partly).evidence is Evidence.FOUND
    assert match("nothing.pdf", partly).evidence is Evidence.UNCHECKED


@pytest.mark.parametrize("name", ["report%20final.pdf", "Re: approval.eml", "https.pdf", "javascript:x.pdf", '"x".pdf'])
def test_a_name_that_stands_in_the_list_is_found_whatever_it_looks_like(name: str) -> None:
    assert match(name, folder_of(name)).evidence is Evidence.FOUND


@pytest.mark.parametrize("cell", ["2026/a%20b.pdf", "signoffs\\2026\\a%20b.pdf"])
def test_percent_signs_may_be_meant(cell: str) -> None:
    assert match(cell, folder_of("2026/a b.pdf")).evidence is Evidence.FOUND
    assert match("2026/a%20b.pdf", folder_of("2026/a%20b.pdf")).evidence is Evidence.FOUND


@pytest.mark.parametrize(
    ("cell", "file"),
    [
        ("Deposit.pdf", "deposit.pdf"), ("deposit.pdf\nFINAL.pdf", "2026/final.pdf"),
        ("cafe\u0301.PDF", "Caf\u00e9.pdf"),
        ("Cafe\u0301.pdf", "Caf\u00e9.pdf"), ("2026\\FINAL.PDF", "2026/final.pdf"),
        ("signoffs/DEPOSIT.pdf", "deposit.pdf"),
    ],
)  # fmt: skip
def test_a_difference_in_case_or_form_is_told(cell: str, file: str) -> None:
    assert (match(cell).evidence, match(cell).hint) == (Evidence.FOUND, file)


@pytest.mark.parametrize(
    "cell", ["deposit.pdf", "final.pdf", "2026\\final.pdf", "signoffs/2026/final.pdf", "deposit%2Epdf"]
)
def test_another_way_of_writing_the_same_name_is_no_difference(cell: str) -> None:
    assert (match(cell).evidence, match(cell).about, match(cell).hint) == (Evidence.FOUND, "", "")


@pytest.mark.parametrize(
    ("cell", "files"),
    [
        ("deposit.pdf\nFINAL.pdf", {"deposit.pdf", "2026/final.pdf"}),
        ("empty.pdf", {"empty.pdf"}),
        ("deposit.pdf\ndesign-ok.pdf", {"deposit.pdf", "design-ok-v2.pdf"}),
        ("twice.pdf", {"2025/twice.pdf", "2026/twice.pdf"}),
        ("C:\\twice.pdf", {"2025/twice.pdf", "2026/twice.pdf"}),
        ("deposit.pdf\nhttps://example.com\n", {"deposit.pdf"}),
        ("zzz.pdf", set()),
    ],
)
def test_a_match_tells_which_files_are_spoken_for(cell: str, files: set[str]) -> None:
    """Those that its names stand for, found or empty, and those that may be meant by the ones that are not there."""
    assert set(match(cell).files) == files


def test_a_missing_name_is_not_hinted_at_with_the_file_of_another() -> None:
    assert match("DEPOSIT.pdf\nzzz.pdf").hint == ""


def test_a_bare_name_that_several_files_bear_names_none_of_them() -> None:
    assert match("twice.pdf").hint == "2025/twice.pdf or 2026/twice.pdf"
    assert match("2025/twice.pdf").evidence is Evidence.FOUND


def test_a_refused_path_whose_file_is_in_the_folder_too_is_hinted_at() -> None:
    cell = "file:///C:\\Users\\maya\\signoffs\\FINAL.pdf"
    assert match(cell) == Match(Evidence.REFUSED, about=cell, hint="2026/final.pdf", files=("2026/final.pdf",))
    assert match("..\\nothing.pdf").hint == ""


@pytest.mark.parametrize("own", ["/books/signoffs", "C:/Users/maya/signoffs", "//server/share"])
def test_links_into_the_folder_that_the_workbook_names_count_for_the_chosen_one(own: str) -> None:
    chosen = replace(FOLDER, path=Path("/elsewhere"), stands_for=own)
    link = f"file:///{own}/2026/final.pdf" if ":" in own else f"{own}/2026/final.pdf"
    assert match(link, chosen).paths == "/elsewhere/2026/final.pdf"
    assert match(f"{own}x/2026/final.pdf", chosen).evidence is Evidence.REFUSED


@given(st.text(max_size=60))
def test_no_name_upsets_the_matching(name: str) -> None:
    assert match(name).evidence in Evidence
