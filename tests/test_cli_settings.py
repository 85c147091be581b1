"""The settings file as the command finds and uses it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from milestone_report import cli
from milestone_report.commands.ending import Exit
from milestone_report.settings import NAME
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in (*words, "--as-of", "2026-03-31")])


@pytest.fixture
def polish(tmp_path: Path) -> Path:
    """A workbook that nobody understands without words of its own."""
    file = tmp_path / "plan.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Etap prac", "Kwota", "Stan"], ["Zaliczka", 100, "zapłacono"], ["Reszta", 300, "Open"]):
        sheet.append(row)
    book.save(file)
    return file


WORDS = """
[report]
currency = "PLN"
title = "Etapy"
[columns]
milestone = ["Etap prac"]
amount = ["Kwota"]
status = ["Stan"]
[statuses]
paid = ["zapłacono"]
draft = ["open"]
"""


def test_words_of_the_users_own_are_understood_and_come_before_ours(polish: Path) -> None:
    assert run("check", polish).exit_code == Exit.NOTHING_READ
    (polish.parent / NAME).write_text(WORDS, encoding="utf-8")
    for path in (polish, polish.parent):
        out = polish.parent / "out"
        assert run("report", path, "--out", out).exit_code == Exit.DONE
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        assert [(one["milestone"], one["status"], one["currency"]) for one in summary["milestones"]] == [
            ("Zaliczka", "paid", "PLN"),
            ("Reszta", "draft", "PLN"),
        ]
        assert "Etapy" in (out / "summary.html").read_text(encoding="utf-8")


def test_a_file_that_is_named_stands_for_the_one_beside_the_workbook(polish: Path) -> None:
    (polish.parent / NAME).write_text("[nonsense]", encoding="utf-8")
    other = polish.parent / "other.toml"
    other.write_text(WORDS, encoding="utf-8")
    assert run("check", polish, "--config", other, "--fail-on", "never").exit_code == Exit.DONE


def test_the_file_lies_beside_the_first_path(tmp_path: Path, polish: Path) -> None:
    (tmp_path / NAME).write_text("[nonsense]", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    samples = shutil.copy(SAMPLES / "minimal.xlsx", tmp_path / "inner")
    assert run("check", samples, polish, "--fail-on", "never").exit_code == Exit.DONE
    assert run("check", polish, samples, "--fail-on", "never").exit_code == 2


def test_a_fault_in_the_file_ends_the_command_before_anything_is_written(polish: Path) -> None:
    (polish.parent / NAME).write_text('[report]\ncurency = "PLN"\n', encoding="utf-8")
    done = run("report", polish, "--out", polish.parent / "out")
    assert done.exit_code == 2
    assert f"{NAME}”, line 2: [report] has no “curency”. Did you mean “currency”?" in done.stderr
    assert done.stdout == ""
    assert not (polish.parent / "out").exists()


@pytest.mark.parametrize("name", ["gone.toml", "."])
def test_a_file_that_is_named_must_be_there(polish: Path, name: str) -> None:
    done = run("check", polish, "--config", polish.parent / name)
    assert done.exit_code == 2
    assert "--config" in done.stderr


def evidence(book: Path, *words: str | Path) -> set[str]:
    out = book.parent / "out"
    run("report", book, "--out", out, *words)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return {one["evidence"] for one in summary["milestones"] if one["signoff"]}


def test_the_files_sign_off_folder_counts_after_the_option_and_the_block(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    for folder in ("named", "blocks", "given"):
        (tmp_path / folder).mkdir()
    (tmp_path / "named" / "deposit.pdf").write_bytes(b"%PDF-1.7 signed")
    (tmp_path / NAME).write_text('[signoffs]\nfolder = "named"', encoding="utf-8")

    def save(*block: list[str]) -> None:
        made = Workbook()
        sheet = made.active
        assert sheet is not None
        for row in (*block, ["Milestone", "Amount", "Currency", "Status", "Sign-off"]):
            sheet.append(row)
        sheet.append(["Deposit", 5, "EUR", "draft", "deposit.pdf"])
        made.save(book)

    save()
    assert evidence(book) == {"found"}
    assert evidence(book, "--signoffs", tmp_path / "given") == {"missing"}
    save(["Sign-off folder", "blocks"])
    assert evidence(book) == {"missing"}


def test_a_locale_of_the_command_line_comes_before_the_files(polish: Path) -> None:
    (polish.parent / NAME).write_text(WORDS.replace("[report]", '[report]\nlocale = "fr_FR"'), encoding="utf-8")
    assert "1 note" in run("check", polish).stdout, "there is no French yet"
    assert "1 Hinweis" in run("check", polish, "--locale", "de-AT").stdout


@pytest.mark.parametrize("locale", ["german", "de_XX", "", "../de"])
def test_a_locale_that_there_is_not_is_wrong_usage(polish: Path, locale: str) -> None:
    wrong = run("check", polish, "--locale", locale)
    assert wrong.exit_code == 2
    assert f"“{locale}” must be a language and country, such as “en_GB” or “de_DE”." in wrong.stderr


def test_what_ends_a_command_is_said_in_its_language(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    nothing = run("check", tmp_path / "nothing.xlsx", "--locale", "de_DE")
    assert nothing.stderr.splitlines()[-1].startswith("Es konnten keine Meilensteine gelesen werden")
    in_the_way = run("report", SAMPLES / "minimal.xlsx", "--out", tmp_path / "out", "--locale", "de_DE")
    assert "konnte nicht geschrieben werden: wo der Ordner sein sollte, liegt eine Datei." in in_the_way.stderr
