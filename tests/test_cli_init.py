from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from milestone_report.cli import cli
from milestone_report.model import Settings
from milestone_report.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

MADE = ["README.txt", "milestone-report.toml", "milestones.xlsx", "signoffs"]
ACME = ("--project", "Acme rebrand", "--client", "Acme", "--contract", "12000.01", "--currency", "EUR")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def test_init_makes_a_folder_to_begin_with_and_says_what_it_made(tmp_path: Path) -> None:
    folder = tmp_path / "Billing 2026"
    result = run("init", folder)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in folder.iterdir()) == MADE
    assert f"made  {folder / 'milestones.xlsx'}\n" in result.output
    assert f"milestone-report report {folder}\n" in result.output


@pytest.mark.parametrize("project", [(), ACME])
def test_what_init_makes_is_clean_and_can_be_reported(project: tuple[str, ...], tmp_path: Path) -> None:
    assert run("init", tmp_path, *project).exit_code == 0
    checked = run("check", tmp_path, "--fail-on", "warning")
    assert checked.exit_code == 0, checked.output
    assert "0 errors, 0 warnings, 0 notes\n" in checked.output
    reported = run("report", tmp_path, "--out", tmp_path / "out")
    assert reported.exit_code == 0, reported.output


def test_init_changes_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("mine")
    result = run("init", tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / "README.txt").read_text() == "mine"
    assert f"left  {tmp_path / 'README.txt'} (it was there already)\n" in result.output
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = run("init", tmp_path)
    assert again.exit_code == 0
    assert "made" not in again.output
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_was_made_is_said_in_the_language_of_the_locale(tmp_path: Path) -> None:
    folder = tmp_path / "Abrechnung"
    assert run("init", folder, "--locale", "de-DE").output.splitlines()[-5:] == [
        f"angelegt  {folder / 'milestones.xlsx'}",
        f"angelegt  {folder / 'signoffs'}",
        "",
        f"Öffnen Sie {folder / 'milestones.xlsx'} in Excel; README.txt sagt auf Englisch, wie es weitergeht.",
        f"Zum Bericht: milestone-report report {folder} --locale de_DE",
    ]
    again = run("init", folder, "--locale", "de_DE").output.splitlines()
    assert again[-1] == f"belassen  {folder / 'milestones.xlsx'} (gab es schon)"
    assert len({line.split()[0] for line in again}) == 1
    english = tmp_path / "billing"
    run("init", english)
    made = ({path.relative_to(one): path.read_bytes() for path in one.rglob("*.*")} for one in (folder, english))
    assert next(made) == next(made)


def test_why_nothing_was_made_is_said_in_the_language_of_the_locale(tmp_path: Path) -> None:
    (tmp_path / "signoffs").write_text("mine")
    in_the_way = run("init", tmp_path, "--locale", "de_DE")
    assert in_the_way.exit_code == 4
    assert in_the_way.output == (
        f"„{tmp_path / 'signoffs'}“ ist eine Datei, und ein Ordner dieses Namens wird gebraucht: Benennen Sie sie um. "
        "Es wurde nichts angelegt.\n"
    )
    not_made = run("init", tmp_path / "signoffs" / "below", "--locale", "de_DE")
    assert not_made.exit_code == 4
    assert "konnte nicht geschrieben werden: " in not_made.output
    assert not_made.output.endswith(". Es wurde nichts angelegt.\n")


def test_a_project_is_not_added_to_a_workbook_that_is_there(tmp_path: Path) -> None:
    run("init", tmp_path)
    before = (tmp_path / "milestones.xlsx").read_bytes()
    result = run("init", tmp_path, *ACME)
    assert result.exit_code == 2
    assert "is there already, and is never changed. Copy its empty sheet" in result.output
    assert (tmp_path / "milestones.xlsx").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("init", tmp_path / "file" / "below")
    assert result.exit_code == 4
    assert result.output.startswith("Could not write to “")


def test_a_file_in_place_of_the_folder_of_signoffs_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "signoffs").write_text("mine")
    result = run("init", tmp_path)
    assert result.exit_code == 4
    assert f"“{tmp_path / 'signoffs'}” is a file, and a folder of this name is needed" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["signoffs"]


def test_beside_a_workbook_that_is_there_no_example_is_made(tmp_path: Path) -> None:
    run("init", tmp_path, *ACME)
    (tmp_path / "README.txt").unlink()
    result = run("init", tmp_path)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == MADE
    assert [*(tmp_path / "signoffs").iterdir()] == []
    assert "example" not in (tmp_path / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--client", "Acme"), "Name the project, too: --project."),
        (("--project", "Acme"), "A project needs a name, --contract and --currency."),
        (("--project", " ", *ACME[2:]), "A project needs a name, --contract and --currency."),
        ((*ACME, "--contract", "12.000"), "--contract: “12.000” is no amount in EUR that has one reading"),
        ((*ACME, "--contract", "USD 12"), "--contract: “USD 12” is no amount in EUR that has one reading"),
        ((*ACME, "--contract", "-12"), "--contract: “-12” is no amount in EUR that has one reading"),
        ((*ACME, "--contract", "12.3456"), "--contract: “12.3456” has more decimals than EUR has."),
        ((*ACME, "--contract", "9" * 20), "is no amount in EUR that has one reading"),
        ((*ACME, "--currency", "EURO"), "“EURO” must be a currency code, such as “EUR”."),
        ((*ACME, "--split", "30,30"), "--split: must add up to 100, and this is 60."),
        ((*ACME, "--split", "half"), "“half” are no shares; write them as 30,40,30."),
        ((*ACME, "--split", "nan"), "“nan” are no shares; write them as 30,40,30."),
        ((*ACME, "--split", "1e400,1"), "“1e400,1” are no shares; write them as 30,40,30."),
        ((*ACME, "--split", "1e-400,100"), "“1e-400,100” are no shares; write them as 30,40,30."),
        ((*ACME, "--split", "-20,120"), "“-20,120” are no shares; write them as 30,40,30."),
        (("--project", "Acme\udce9", *ACME[2:]), "“Acme?” is not all text; type it anew."),
        ((*ACME, "--owner", "Ren\udce9e"), "“Ren?e” is not all text; type it anew."),
    ],
)
def test_wrong_options_are_explained_and_nothing_is_made(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    result = run("init", tmp_path / "new", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert not (tmp_path / "new").exists()


def test_the_settings_file_has_every_key_as_a_remark_that_works_without_its_mark(tmp_path: Path) -> None:
    run("init", tmp_path)
    text = (tmp_path / "milestone-report.toml").read_text(encoding="utf-8")
    assert [name for name, keys in tomllib.loads(text).items() if keys] == ["rules"]
    settings = "\n".join(line.removeprefix("# ") for line in text.splitlines() if not line.startswith(("##", "#  ")))
    assert len(tomllib.loads(settings)["report"]) == 6
    (tmp_path / "milestone-report.toml").write_text(settings, encoding="utf-8")
    assert (
        read_settings(tmp_path / "milestone-report.toml", Settings(dt.date(2026, 3, 31))).title == "Milestone billing"
    )
