"""`report --templates`: the user's own templates, and what is said of those that are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from milestone_report.cli import cli
from milestone_report.commands.ending import Exit
from milestone_report.rendering.templates import NAMES
from tests.conftest import SAMPLES
from tests.test_cli import digest, report

AGENCY = SAMPLES / "agency.xlsx"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "our templates"
    folder.mkdir()
    return folder


def test_a_template_of_the_user_s_makes_the_output_of_the_whole_and_of_its_parts(own: Path, tmp_path: Path) -> None:
    (own / "email.html.j2").write_text("<p>{{ view.heading }}</p>", encoding="utf-8")
    out = tmp_path / "out"
    done = report(out, AGENCY, "--templates", own, "--format", "eml", "--split-by", "client")
    assert done.exit_code == Exit.DONE, done.output
    assert (out / "email.html").read_text(encoding="utf-8") == "<p>Milestones on 31 March 2026</p>"
    part = (out / "by-client" / "Kestrel GmbH" / "email.html").read_text(encoding="utf-8")
    assert part == "<p>Milestones of client Kestrel GmbH on 31 March 2026</p>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n{% if %}", "line 2: Expected an expression"),
        ("\n\n{{ view.headng }}", "line 3: View has no “headng”."),
        ("{{ 1 / 0 }}", "line 1: division by zero."),
    ],
)
def test_a_mistake_ends_the_command_with_2_in_one_line_and_nothing_is_written(
    own: Path, tmp_path: Path, text: str, said: str
) -> None:
    out = tmp_path / "out"
    report(out, AGENCY)
    before = digest(out)
    (own / "email.txt.j2").write_text(text, encoding="utf-8")
    done = report(out, AGENCY, "--templates", own)
    assert done.exit_code == 2
    [line] = [line for line in done.stderr.splitlines() if str(own) in line]
    assert f"“{own / 'email.txt.j2'}”, {said}" in line
    assert "Traceback" not in done.output
    assert digest(out) == before


def test_what_shows_without_a_report_is_said_before_anything_is_read(own: Path, tmp_path: Path) -> None:
    (own / "summary.html.j2").write_text("{% for %}", encoding="utf-8")
    done = report(tmp_path / "out", tmp_path / "no such workbook.xlsx", "--templates", own)
    assert done.exit_code == 2
    assert "no such" not in done.output
    assert not (tmp_path / "out").exists()


def test_a_file_that_nothing_uses_is_a_hint(own: Path, tmp_path: Path) -> None:
    (own / "emial.html.j2").write_text("x", encoding="utf-8")
    done = report(tmp_path / "out", AGENCY, "--templates", own, "--format", "json")
    assert done.exit_code == Exit.DONE
    assert "emial.html.j2” is not used: no template has this name. Did you mean “email.html.j2”?\n" in done.stderr


@pytest.mark.parametrize("name", ["missing", "file"])
def test_the_folder_must_be_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = report(tmp_path / "out", AGENCY, "--templates", tmp_path / name)
    assert done.exit_code == 2
    assert "--templates" in done.stderr


def test_our_own_templates_are_found_and_copies_of_them_make_the_same_files(own: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "--show-templates"])
    assert done.exit_code == Exit.DONE
    files = [Path(line) for line in done.stdout.splitlines()]
    assert [file.name for file in files] == [*NAMES]
    for file in files:
        shutil.copy(file, own)
    report(tmp_path / "ours", AGENCY)
    report(tmp_path / "own", AGENCY, "--templates", own)
    assert digest(tmp_path / "own") == digest(tmp_path / "ours")
