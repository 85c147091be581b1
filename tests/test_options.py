"""What the command line says of words that it does not understand, and which it takes all the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from milestone_report import cli
from milestone_report.commands.ending import Exit
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

MINIMAL = SAMPLES / "minimal.xlsx"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in words])


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("2026-02-30", "“2026-02-30” is no date: February 2026 has 28 days."),
        ("2028-02-30", "“2028-02-30” is no date: February 2028 has 29 days."),
        ("2026-11-31", "“2026-11-31” is no date: November 2026 has 30 days."),
        ("2026-13-01", "“2026-13-01” is no date; write it as 2026-03-31."),
        ("31/03/2026", "“31/03/2026” is no date; write it as 2026-03-31."),
        ("0000-01-41", "“0000-01-41” is no date; write it as 2026-03-31."),
    ],
)
def test_a_date_that_is_none_says_why(date: str, why: str) -> None:
    done = run("check", MINIMAL, "--as-of", date)
    assert done.exit_code == 2
    assert why in done.stderr


def test_a_format_may_be_written_in_capitals(tmp_path: Path) -> None:
    done = run("report", MINIMAL, "--format", "JSON", "--out", tmp_path)
    assert done.exit_code == Exit.DONE
    assert (tmp_path / "summary.json").exists()
    assert not (tmp_path / "summary.html").exists()
    assert run("check", MINIMAL, "--format", "Json", "--fail-on", "NEVER").output.startswith("{")


def test_several_formats_in_one_are_told_how_to_be_given(tmp_path: Path) -> None:
    done = run("report", MINIMAL, "--format", "html,xlsx", "--out", tmp_path)
    assert done.exit_code == 2
    assert "give it several times: --format html --format xlsx" in done.stderr
    assert "several times" not in run("check", MINIMAL, "--format", "text,json").stderr
    assert "several times" not in run("report", MINIMAL, "--format", "html,pdf").stderr


@pytest.mark.parametrize("word", ["Milestones 2026.xlsx", "books/2026", str(SAMPLES)])
def test_a_workbook_in_place_of_a_command_is_told_where_it_belongs(word: str) -> None:
    done = run(word)
    assert done.exit_code == 2
    assert f'milestone-report report "{word}"' in done.stderr


def test_a_word_that_is_no_command_and_no_workbook_is_only_no_command() -> None:
    done = run("repotr")
    assert done.exit_code == 2
    assert "milestone-report report" not in done.stderr


def test_a_sign_off_folder_that_is_nearly_there_is_asked_about_and_the_run_goes_on(tmp_path: Path) -> None:
    shutil.copy(MINIMAL, tmp_path)
    (tmp_path / "Freigaben").mkdir()
    (tmp_path / "Freigabn.txt").write_text("no folder")
    done = run("check", tmp_path / "minimal.xlsx", "--signoffs", tmp_path / "Freigabn", "--as-of", "2026-03-31")
    assert done.exit_code == Exit.FINDINGS
    assert f"Did you mean “{tmp_path / 'Freigaben'}”?" in done.stderr
    assert "F305" in done.stdout


@pytest.mark.parametrize("folder", ["Freigaben", "elsewhere", "gone/Freigabn", "x" * 300, "a\0b"])
def test_another_sign_off_folder_is_asked_about_nowhere_here(folder: str, tmp_path: Path) -> None:
    (tmp_path / "Freigaben").mkdir()
    done = run("check", MINIMAL, "--signoffs", f"{tmp_path}/{folder}", "--as-of", "2026-03-31")
    assert done.exit_code in (Exit.DONE, Exit.FINDINGS)
    assert "Did you mean" not in done.stderr


def test_what_to_do_is_said_where_no_sheet_could_be_used(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.create_sheet("Second")["A1"] = "x"
    book.save(tmp_path / "book.xlsx")
    done = run("report", tmp_path / "book.xlsx", "--out", tmp_path / "out")
    assert done.exit_code == Exit.NOTHING_READ
    assert done.stderr.count("Otherwise name the columns Milestone, Amount and Status in one row") == 1
