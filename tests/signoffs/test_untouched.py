"""A path that is refused is never touched on disk: nothing a cell says is looked up there."""

from __future__ import annotations

import glob
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from milestone_report.model import Settings, Workbook
from milestone_report.signoffs import check_signoffs
from tests.building import AS_OF
from tests.conftest import ROOT
from tests.signoffs.examples import milestones
from tests.signoffs.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = "kept-out"
"""A word in every path outside, so that a path derived from one is told as well."""

REFUSED = [
    f"/{OUT}/a.pdf", f"C:\\{OUT}\\a.pdf", f"c:{OUT}.pdf", f"\\\\{OUT}\\share\\a.pdf", f"//{OUT}/share/a.pdf",
    f"\\\\?\\C:\\{OUT}\\a.pdf", f"\\\\.\\{OUT}", f"\\\\?\\UNC\\{OUT}\\share\\a.pdf", f"\\/{OUT}/share/a.pdf",
    f"file:///{OUT}/a.pdf", f"file://{OUT}/share/a.pdf", f"file:///C:\\{OUT}\\a.pdf", f"file:///\\\\{OUT}\\share\\a.pdf",
    f"../{OUT}/a.pdf", f"..\\{OUT}\\a.pdf", f"..\\../{OUT}/a.pdf", f"signoffs/../../{OUT}/a.pdf",
    f"2026/../../{OUT}.pdf",
    f"%2e%2e/{OUT}/a.pdf", f"..%2F{OUT}%2Fa.pdf", f"..%5C{OUT}%5Ca.pdf", f"%2E%2E%5C/{OUT}/a.pdf",
    f".. /{OUT}/a.pdf", f".../{OUT}/a.pdf", f"....//{OUT}/a.pdf", f"..\\.. \\{OUT}\\a.pdf", "..", "../",
    f"{OUT}%00.pdf", f"{OUT}.pdf:stream", f"smb://{OUT}/a.pdf", f"javascript:{OUT}", f'"C:\\{OUT}\\a.pdf"',
    f"\u202aC:\\{OUT}\\a.pdf", f"deposit.pdf\n/{OUT}/a.pdf",
]  # fmt: skip
NOT_THERE = [
    "CON",
    "NUL",
    "nul.pdf",
    "COM1",
    "aux.txt",
    f"~/{OUT}.pdf",
    f"%USERPROFILE%\\{OUT}.pdf",
    f"$HOME/{OUT}.pdf",
]
WEB = [f"https://{OUT}.example/a.pdf", f"ftp://{OUT}/a.pdf", f"mailto:maya@{OUT}.example"]
NEVER_IN_A_WORKBOOK = [f"{OUT}\0.pdf", f"/{OUT}\0/a.pdf"]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook's place in a real tree where what is outside is there, so that a look at it would succeed."""
    for file in ("signoffs/deposit.pdf", "signoffs/2026/final.pdf", f"../{OUT}/a.pdf", f"{OUT}/a.pdf", f"../{OUT}.pdf"):
        path = tmp_path / "books" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    monkeypatch.chdir(tmp_path / "books")
    return tmp_path / "books" / "book.xlsx"


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that Python is asked to look at from here on."""
    paths: list[str] = []
    watch(paths, monkeypatch.setattr)
    return paths


def test_the_stage_touches_the_folder_and_its_subfolders_and_nothing_else(book: Path, touched: list[str]) -> None:
    cells = ["deposit.pdf", "final.pdf", *REFUSED, *NEVER_IN_A_WORKBOOK, *NOT_THERE, *WEB]
    found = milestones(cells)
    touched.clear()
    done, notices = check_signoffs(found, [Workbook("book.xlsx", book)], Settings(as_of=AS_OF))
    folder = book.parent / "signoffs"
    files = [str(folder / "deposit.pdf"), str(folder / "2026" / "final.pdf")]
    assert touched[:2] == [str(folder), str(folder / "2026")]
    assert {*touched[2:]} - {"rb"} == {*files}
    refused = len(REFUSED) + len(NEVER_IN_A_WORKBOOK)
    expected = ["found"] * 2 + ["refused"] * refused + ["missing"] * len(NOT_THERE) + ["link"] * len(WEB)
    assert (done.frame["evidence"].tolist(), notices) == (expected, [])


@pytest.mark.parametrize("folder", [cell for cell in REFUSED if not cell.startswith(("deposit", f"{OUT}%00"))])
def test_a_folder_that_a_block_names_elsewhere_is_not_touched(folder: str, book: Path, touched: list[str]) -> None:
    found = milestones(["a.pdf"], signoff_folder=folder)
    touched.clear()
    done, _notices = check_signoffs(found, [Workbook("book.xlsx", book)], Settings(as_of=AS_OF))
    assert (touched, done.frame["evidence"].tolist()) == ([], ["unchecked"])


LOOKS: dict[str, Callable[[Path], Any]] = {
    "Path.exists": Path.exists,
    "Path.is_file": Path.is_file,
    "Path.stat": Path.stat,
    "Path.resolve": Path.resolve,
    "Path.read_bytes": Path.read_bytes,
    "Path.iterdir": lambda path: list(path.parent.iterdir()),
    "Path.glob": lambda path: list(path.parent.glob("*")),
    "open": lambda path: open(path, "rb").close(),  # noqa: PTH123
    "os.open": lambda path: os.close(os.open(path, os.O_RDONLY)),
    "os.path.exists": lambda path: os.path.exists(str(path)),  # noqa: PTH110 - the function of this moment
    "os.path.getsize": lambda path: os.path.getsize(str(path)),  # noqa: PTH202
    "os.access": lambda path: os.access(path, os.R_OK),
    "os.walk": lambda path: list(os.walk(path.parent)),
    "glob.glob": lambda path: glob.glob(f"{path.parent}/*"),  # noqa: PTH207
    "shutil.copy": lambda path: shutil.copy(path, Path.cwd()),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_watch_notices_every_way_of_looking(look: str, book: Path, touched: list[str]) -> None:
    """The companion of the test above: it would fail if a refused path were touched in any of these ways."""
    touched.clear()
    LOOKS[look](book.parent.parent / OUT / "a.pdf")
    assert any(OUT in path for path in touched)


def workbook(path: Path) -> None:
    """Each cell as text, as a link and as a formula; and sheets whose block names a folder elsewhere."""
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    for sheet, block in (first, None), (made.create_sheet(), f"\\\\{OUT}\\share"), (made.create_sheet(), f"../{OUT}"):
        if block is not None:
            sheet.append(["Sign-off folder", block])
            sheet.append([])
        sheet.append(["Milestone", "Amount", "Currency", "Status", "Sign-off"])
        for number, cell in enumerate(["deposit.pdf", *REFUSED, *NOT_THERE, *WEB]):
            row = [f"Phase {number}", 10, "EUR", "draft"]
            sheet.append([*row, cell])
            sheet.append([*row, f'=HYPERLINK("{cell}","signed")' if '"' not in cell + "\n" else cell])
            sheet.append([*row, "signed"])
            sheet.cell(sheet.max_row, 5).hyperlink = cell
    made.save(path)


def run(book: Path, touch: str = "", where: str = "") -> tuple[list[str], list[str], dict[str, int]]:
    """The whole command in processes of its own: the paths that it touched, those that its reader touched, and how
    many milestones have which evidence."""
    log, out = book.with_name("touched.json"), book.with_name("out")
    command = [sys.executable, "-m", "tests.signoffs.watching", str(log), touch, where]
    command += ["report", str(book), "--as-of", "2026-03-31", "--out", str(out)]
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = json.loads((out / "summary.json").read_text(encoding="utf-8"))["milestones"]
    [of_reader] = log.parent.glob(f"{log.name}.*")
    by_command, by_reader = (json.loads(each.read_text(encoding="utf-8")) for each in (log, of_reader))
    return by_command, by_reader, Counter(row["evidence"] for row in rows)


def test_the_whole_command_touches_no_path_outside(book: Path) -> None:
    workbook(book)
    by_command, by_reader, counts = run(book)
    assert str(book.parent / "signoffs") in by_command
    assert str(book) in by_reader
    assert str(book.parent / "signoffs") not in by_reader
    assert counts["refused"] == 3 * 3 * len(REFUSED)
    assert counts["found"] == 3
    assert [path for path in by_command + by_reader if OUT in path or Path(path).name in NOT_THERE] == []


@pytest.mark.parametrize("where", ["command", "reader"])
def test_a_probe_in_the_whole_command_or_its_reader_would_be_noticed(where: str, book: Path) -> None:
    workbook(book)
    touch = f"/{OUT}/a.pdf"
    by_command, by_reader, _counts = run(book, touch, where)
    assert (touch in by_command, touch in by_reader) == (where == "command", where == "reader")
