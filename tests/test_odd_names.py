"""Workbooks, sheets, folders and sign-off files with names from a Mac, with emoji and of 200 characters."""

from __future__ import annotations

import email
import email.policy
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

from milestone_report.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

ACCENTS, EMOJI = "Büro Łódź – é", "Rakete \N{ROCKET}\N{FAMILY}\N{VARIATION SELECTOR-16} 🇩🇪"
LONG = ("Milestones of an agency " * 9)[:195]
NAMES = {
    "as a Mac writes it": unicodedata.normalize("NFD", ACCENTS),
    "as others write it": unicodedata.normalize("NFC", ACCENTS),
    "with emoji": EMOJI,
    "of 200 characters": LONG,
}


def book(path: Path, sheet: str, signoff: str) -> None:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = sheet[:31]
    first.append(["Milestone", "Amount", "Currency", "Status", "Sign-off", "Due date"])
    first.append([sheet, 1000.0, "EUR", "sent", signoff, "2026-03-01"])
    first.append([f"{sheet} 2", "TBC", "EUR", "sent", f"gone {signoff}", "2026-03-01"])
    made.save(path)


def report(folder: Path, out: Path, *more: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["report", str(folder), "--out", str(out), "--as-of", "2026-03-31", *more])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_goes_through_the_whole_report(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    (folder / "signoffs").mkdir(parents=True)
    (folder / "signoffs" / f"{name}.pdf").write_bytes(b"%PDF-1.7 signed")
    book(folder / f"{name}.xlsx", name, f"{name}.pdf")
    out = tmp_path / "out" / name
    found = report(folder, out)
    [read] = found["workbooks"]
    assert (read["path"], read["readable"]) == (f"{name}.xlsx", True)
    assert [row["evidence"] for row in found["milestones"]] == ["found", "missing"]
    assert {finding["workbook"] for finding in found["findings"]} == {f"{name}.xlsx"}
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert name[:20] in page
    written = openpyxl.load_workbook(out / "summary.xlsx")
    assert any(name in str(cell.value) for sheet in written for row in sheet for cell in row)
    message = email.message_from_bytes((out / "summary.eml").read_bytes(), policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    assert name[:20] in body.get_content()


def test_a_signoff_whose_name_comes_from_a_mac_is_found_and_the_difference_is_said(tmp_path: Path) -> None:
    signoffs = tmp_path / "signoffs"
    signoffs.mkdir()
    (signoffs / unicodedata.normalize("NFD", f"{ACCENTS}.pdf")).write_bytes(b"%PDF-1.7 signed")
    book(tmp_path / "a.xlsx", "Harbour", unicodedata.normalize("NFC", f"{ACCENTS}.pdf"))
    found = report(tmp_path, tmp_path / "out")
    assert found["milestones"][0]["evidence"] == "found"
    assert [finding["cell"] for finding in found["findings"] if finding["code"] == "F311"] == ["E2"]


def test_the_copy_of_a_workbook_is_known_though_one_name_comes_from_a_mac(tmp_path: Path) -> None:
    for name in (unicodedata.normalize("NFD", "Büro"), unicodedata.normalize("NFC", "Büro (1)")):
        book(tmp_path / f"{name}.xlsx", "Harbour", "a.pdf")
    found = report(tmp_path, tmp_path / "out")
    assert [finding["workbook"] for finding in found["findings"] if finding["code"] == "W010"] == ["Büro (1).xlsx"]
