"""`report --split-by`: the whole, and a folder with every summary for each owner, client or project."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import openpyxl
import pytest

from milestone_report.model import Part
from milestone_report.rendering.text.files import parts_written
from tests.conftest import ROOT, SAMPLES
from tests.rendering.page_reading import Page
from tests.test_cli import digest, report

if TYPE_CHECKING:
    from email.message import EmailMessage

    from click.testing import Result

HEADER = ["Project", "Client", "Owner", "Milestone", "Amount", "Currency", "Status", "Invoice number", "Due date"]
ALL_FILES = ["email.html", "summary.eml", "summary.html", "summary.json", "summary.xlsx"]


def workbook(file: Path, *rows: tuple[str, str, str, int]) -> Path:
    """A workbook of unpaid milestones: project, client, owner, amount."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    for number, (project, client, owner, amount) in enumerate(rows, 1):
        sheet.append([project, client, owner, f"Step {number}", amount, "EUR", "sent", f"I-{number}", "2026-03-01"])
    book.save(file)
    return file


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows = ("Harbour", "Acme", "Maya", 100), ("Verdure", "Acme", "Tom", 30), ("Fjord", "Beta", "", 7)
    return workbook(tmp_path / "book.xlsx", *rows)


def split(out: Path, *words: str | Path) -> Result:
    done = report(out, *words)
    assert done.exit_code == 0, done.output
    return done


def folders(out: Path) -> list[str]:
    return sorted(folder.relative_to(out).as_posix() for folder in out.glob("by-*/*"))


def read_json(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return found


def draft(folder: Path) -> EmailMessage:
    found = email.message_from_bytes((folder / "summary.eml").read_bytes(), policy=email.policy.default)
    assert isinstance(found, email.message.EmailMessage)
    return found


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("owner", ["by-owner/(no owner)", "by-owner/Maya", "by-owner/Tom"]),
        ("client", ["by-client/Acme", "by-client/Beta"]),
        ("project", ["by-project/Fjord", "by-project/Harbour", "by-project/Verdure"]),
    ],
)
def test_every_value_has_a_folder_with_every_summary_and_the_whole_is_as_without(
    book: Path, tmp_path: Path, field: str, expected: list[str]
) -> None:
    out = tmp_path / "out"
    split(out, book)
    alone = digest(out)
    split(out, book, "--split-by", field)
    assert folders(out) == expected
    assert all(sorted(file.name for file in (out / folder).iterdir()) == ALL_FILES for folder in expected)
    assert {file: value for file, value in digest(out).items() if "/" not in file} == alone


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_part_has_its_own_rows_says_whose_they_are_and_links_to_the_workbook(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    split(out, book, "--split-by", "owner")
    maya = out / "by-owner" / "Maya"
    found = read_json(maya)
    assert [row["project"] for row in found["milestones"]] == ["Harbour"]
    assert found["totals"][0]["outstanding"] == "100.00"
    assert found["control"]["part"] == {"by": "owner", "value": "Maya", "also_written": [], "milestones_of_all": 3}
    page = Page((maya / "summary.html").read_bytes())
    assert page.all("h1")[0].text == "Milestones of owner Maya on 31 March 2026"
    assert "A part of the report only owner Maya 1 of 3 milestones" in page.text("control")
    assert [row.split()[0] for row in page.rows("t-unpaid") if "Step" in row] == ["Harbour"]
    assert "./../../../book.xlsx" in set(page.addresses())
    message = draft(maya)
    assert message["Subject"].startswith("Milestones of owner Maya, 31 March 2026: 1 unpaid (100.00 EUR)")
    sheets = openpyxl.load_workbook(io.BytesIO((maya / "summary.xlsx").read_bytes()))
    assert sheets["Summary"]["A1"].value == "Milestones of owner Maya on 31 March 2026"
    control = [cell.value for row in sheets["Control"].iter_rows(max_col=2) for cell in row if cell.value]
    begin = control.index("A part of the report only")
    assert control[begin + 1 : begin + 3] == ["owner Maya", "1 of 3 milestones"]
    assert read_json(out)["control"]["part"] is None


def test_summary_json_of_a_part_is_valid_against_the_schema(tmp_path: Path) -> None:
    split(tmp_path, SAMPLES, "--split-by", "owner", "--format", "json")
    schema = json.loads((ROOT / "milestone_report/rendering/summary.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert len(folders(tmp_path)) == 4
    for folder in folders(tmp_path):
        validator.validate(read_json(tmp_path / folder))


def test_only_the_formats_asked_for_are_written_csv_and_json_too(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    split(out, book, "--split-by", "owner", "--format", "csv", "--format", "json")
    assert sorted(file.name for file in (out / "by-owner" / "Tom").iterdir()) == ["findings.csv", "summary.json"]
    text = (out / "by-owner" / "Tom" / "findings.csv").read_text(encoding="utf-8-sig")
    assert {line["cell"] for line in csv.DictReader(text.splitlines())} == {"G3", "I3", ""}, "in row 3, or on the sheet"


def test_drafts_are_addressed_from_the_settings(book: Path, tmp_path: Path) -> None:
    (tmp_path / "milestone-report.toml").write_text(
        '[email]\nto = "all@example.com"\n[owners]\nmaya = "Maya Lind <maya@example.com>"\n', encoding="utf-8"
    )
    out = tmp_path / "out"
    done = split(out, book, "--split-by", "owner")
    sent = {name: draft(out / "by-owner" / name)["To"] for name in ("Maya", "Tom", "(no owner)")}
    assert sent == {"Maya": "Maya Lind <maya@example.com>", "Tom": "all@example.com", "(no owner)": "all@example.com"}
    assert "Not in [owners] of the settings, and so addressed like the whole report: Tom\n" in done.output


def test_folders_of_an_earlier_run_are_named_and_left(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    split(out, book, "--split-by", "owner")
    split(out, book, "--split-by", "client")
    before = digest(out / "by-owner")
    done = split(out, workbook(book, ("Harbour", "Acme", "Maya", 100)), "--split-by", "client")
    named = "Of an earlier run, and left as they are: by-owner/(no owner), by-owner/Maya, by-owner/Tom, by-client/Beta"
    assert named in done.output
    assert digest(out / "by-owner") == before
    assert "Aus einem früheren Lauf, nicht angerührt: by-owner" in split(out, book, "--locale", "de_DE").output
    assert "Of an earlier run" not in split(tmp_path / "new", book, "--split-by", "owner").output


def test_what_the_cells_say_leads_out_of_no_folder_and_no_two_share_one(tmp_path: Path) -> None:
    names = [
        "CON",
        "nul.txt",
        "..",
        "../../x",
        "x" * 300,
        "x" * 299 + "y",
        "é",
        "e\u0301",
        "Tom",
        "TOM",
        "💶",
        " . ",
        "a|b",
        "a:b",
    ]
    book = workbook(tmp_path / "book.xlsx", *((name, name, name, 2**place) for place, name in enumerate(names)))
    out = tmp_path / "in" / "out"
    split(out, book, "--split-by", "owner", "--format", "json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.xlsx", "in"]
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["out"]
    owed = [int(float(read_json(out / folder)["totals"][0]["outstanding"])) for folder in folders(out)]
    assert sum(owed) == sum(2**place for place in range(len(names)))
    assert len(owed) == len(names) - 2, "é and Tom are written in two ways each"


def test_when_a_part_cannot_be_written_nothing_is(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    split(out, book)
    before = digest(out)
    (out / "by-owner").mkdir()
    (out / "by-owner" / "Tom").write_text("a file of somebody's")
    done = report(out, workbook(book, ("Harbour", "Acme", "Tom", 5)), "--split-by", "owner")
    assert done.exit_code == 4
    assert digest(out) == {**before, "by-owner/Tom": digest(out)["by-owner/Tom"]}


def test_a_workbook_of_the_users_in_a_part_s_folder_is_never_overwritten(book: Path, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "by-owner" / "Maya" / "summary.xlsx"
    mine.parent.mkdir(parents=True)
    mine.write_bytes((SAMPLES / "minimal.xlsx").read_bytes())
    done = report(tmp_path / "out", book, "--split-by", "owner")
    assert done.exit_code == 4
    assert "workbook of yours" in done.stderr
    assert mine.read_bytes() == (SAMPLES / "minimal.xlsx").read_bytes()


def test_the_same_input_gives_the_same_bytes(book: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        split(tmp_path / name, book, "--split-by", "owner")
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_forty_owners_are_told_in_two_lines() -> None:
    parts = [Part("owner", f"Owner {number} {'x' * 300}") for number in range(40)]
    lines = [str(line) for line in parts_written(Path("out"), parts, parts[1:], "en_GB")]
    assert len(lines) == 2
    assert "a folder for each owner (40): Owner 0 xxx" in lines[0]
    assert lines[0].endswith(" and 35 more")
    assert max(map(len, lines)) < 330


@pytest.mark.parametrize("field", ["client", "project"])
def test_parts_without_one_owner_are_named(field: str) -> None:
    part = Part(field, "Acme")
    assert "Without one owner whom [owners]" in str(list(parts_written(Path("out"), [part], [part], "en_GB"))[1])


def test_another_word_is_wrong_usage(tmp_path: Path) -> None:
    done = report(tmp_path, SAMPLES / "agency.xlsx", "--split-by", "colour")
    assert done.exit_code == 2
    assert "'owner', 'client', 'project'" in done.stderr


def test_a_name_of_dots_is_not_taken_for_none(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    split(out, workbook(book, ("Harbour", "Acme", "...", 100), ("Quay", "Acme", "", 200)), "--split-by", "owner")
    assert sorted(folder.name for folder in (out / "by-owner").iterdir()) == ["(no owner)", "(unnamed owner)"]


def test_files_of_formats_that_a_run_does_not_write_are_said_to_be_old(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "earlier run" not in split(out, book, "--split-by", "client").output
    done = split(out, book, "--format", "html", "--format", "json")
    assert "  summary.xlsx, summary.eml, email.html are of an earlier run and were not replaced.\n" in done.output
    done = split(out, book, "--format", "html", "--format", "json", "--format", "xlsx", "--format", "eml")
    assert "not replaced" not in done.output
    done = split(out, book, "--format", "xlsx", "--format", "eml", "--format", "html", "--split-by", "client")
    assert (
        "  summary.json, by-client/Acme/summary.json, by-client/Beta/summary.json are of an earlier run" in done.output
    )
