"""What the findings on sign-offs say: the names that are meant, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milestone_report.rules.rule import Example, rows
from milestone_report.trial import findings_of

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_report.model import Finding


def finding(code: str, example: Example, folder: Path) -> Finding:
    [found] = [each for each in findings_of(example, folder) if each.code == code]
    return found


@pytest.mark.parametrize(
    ("code", "cell", "says"),
    [
        ("F302", "signed.pdf; other.pdf", "“other.pdf” is not in the sign-off folder."),
        ("F302", "x.pdf; signd.pdf", "“x.pdf; signd.pdf” is not in the sign-off folder. Is “signed.pdf” meant?"),
        (
            "F303",
            "x.pdf; D:\\signoffs\\signed.pdf",
            (
                "“D:\\signoffs\\signed.pdf” points outside the sign-off folder, so it was not opened or looked for. "
                "Is “signed.pdf” meant?"
            ),
        ),
        (
            "F304",
            "signed.pdf; https://example.com",
            "“https://example.com” is a web address: whether the approval is there cannot be checked here.",
        ),
        ("F306", "signed.pdf; empty.pdf", "“empty.pdf” is in the sign-off folder, but the file is empty (0 bytes)."),
        (
            "F311",
            "signed.pdf; B.pdf",
            "“B.pdf” was taken for the file “b.pdf”: the names differ in capitals or in how accents are stored.",
        ),
    ],
)
def test_a_finding_names_those_files_of_a_cell_that_it_is_about(
    code: str, cell: str, says: str, tmp_path: Path
) -> None:
    example = rows({"signoff": cell}, files={"signed.pdf": 9, "empty.pdf": 0, "b.pdf": 9})
    assert finding(code, example, tmp_path).message == says


def test_a_comma_between_names_is_explained(tmp_path: Path) -> None:
    fix = finding("F302", rows({"signoff": "signed.pdf, b.pdf"}), tmp_path).fix
    assert fix.endswith("Several names in one cell are parted by “;” or a line break, not by a comma.")
    assert "comma" not in finding("F302", rows({"signoff": "b.pdf"}), tmp_path).fix


def test_a_folder_that_is_away_says_why(tmp_path: Path) -> None:
    assert finding("F305", rows(files=None), tmp_path).message == (
        "The sign-off folder “signoffs” cannot be used: it does not exist. "
        "The sign-offs of this workbook were not checked."
    )
