"""Selecting, ignoring and weighing findings, on the command line and in the settings file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from milestone_report import cli
from milestone_report.commands.ending import Exit
from milestone_report.settings import NAME
from tests.conftest import SAMPLES


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in (*words, "--as-of", "2026-03-31")])


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """The agency's workbook with its sign-offs, in a folder where a settings file may lie."""
    shutil.copytree(SAMPLES / "signoffs", tmp_path / "signoffs")
    return Path(shutil.copy(SAMPLES / "agency.xlsx", tmp_path))


def settings(book: Path, text: str) -> None:
    (book.parent / NAME).write_text(text, encoding="utf-8")


def checked(book: Path, *words: str) -> dict[str, Any]:
    done = run("check", book, "--format", "json", "--fail-on", "never", *words)
    assert done.exit_code == Exit.DONE, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [each["code"] for each in found["findings"]]


def reported(book: Path, *words: str | Path) -> dict[str, Any]:
    out = book.parent / "out"
    assert run("report", book, "--out", out, "--format", "json", *words).exit_code == Exit.DONE
    found: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("words", [["--select", "s2, w009"], ["--select", "S2", "--select", "W009"]])
def test_codes_are_parted_by_commas_or_given_several_times_in_any_case(agency: Path, words: list[str]) -> None:
    assert set(codes(checked(agency, *words))) == {"S201", "S204", "W009"}


def test_ignoring_takes_away_from_what_is_selected(agency: Path) -> None:
    assert set(codes(checked(agency, "--select", "S2,W009", "--ignore", "S204"))) == {"S201", "W009"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("command", ["check", "report"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("S20I", "“S20I” is no rule's code, and none begins so. Did you mean “S20"),
        ("S201,Q", "“Q” is no rule's code, and none begins so. “milestone-report rules” lists them."),
        ("S201,", "“” is no rule's code, and none begins so."),
        ("all", "“all” is no rule's code, and none begins so."),
    ],
)
def test_a_code_that_is_none_is_wrong_usage(agency: Path, command: str, option: str, given: str, said: str) -> None:
    out = ("--out", agency.parent / "out") if command == "report" else ()
    done = run(command, agency, option, given, *out)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (agency.parent / "out").exists()


def test_what_is_ignored_is_counted_with_its_reason_in_every_output(agency: Path) -> None:
    settings(agency, '[rules]\nignore = [{ code = "S2", sheet = "verdure*", reason = "client pays quarterly" }]')
    said = "1 finding was ignored by the settings: S201 (1, client pays quarterly)."
    assert said in run("check", agency).stdout
    out = agency.parent / "out"
    assert said in run("report", agency, "--out", out).stdout
    assert said in (out / "summary.html").read_text(encoding="utf-8")
    found = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert "Verdure website" not in {each["sheet"] for each in found["findings"] if each["code"] == "S201"}
    assert found["control"]["ignored"] == [
        {"code": "S201", "severity": "warning", "findings": 1, "by": "settings", "reason": "client pays quarterly"}
    ]
    assert found["control"]["settings_file"] == NAME


def test_ignoring_and_selecting_change_no_figure_and_no_count_of_what_is_left_out(agency: Path) -> None:
    plain = reported(agency)
    assert plain["control"]["rows_left_out"] == 1
    number = len(plain["findings"])
    for words in (["--ignore", "R103,W,F"], ["--select", "P4"], ["--ignore", "F,P,R,S,W,X"]):
        chosen = reported(agency, *words)
        assert len(chosen["findings"]) + sum(each["findings"] for each in chosen["control"]["ignored"]) == number
        for found in (plain, chosen):
            found["control"].pop("ignored", None)
        assert {**chosen, "findings": 0} == {**plain, "findings": 0}


def test_the_money_in_doubt_stays_though_the_errors_in_it_are_not_shown(agency: Path) -> None:
    in_doubt = [line for line in run("check", agency).stdout.splitlines() if line.startswith("In doubt: ")]
    assert len(in_doubt) == 1
    assert run("check", agency, "--ignore", "F,P,R,S,W,X").stdout.splitlines()[-1:] == in_doubt


def test_csv_has_only_what_is_shown(agency: Path) -> None:
    lines = run("check", agency, "--format", "csv", "--select", "S2").stdout.splitlines()
    assert {line.split(",")[0] for line in lines[1:]} == {"S201", "S204"}


def test_a_workbook_that_cannot_be_read_stays_counted_and_named(agency: Path) -> None:
    (agency.parent / "broken.xlsx").write_text("no workbook")
    assert (
        "1 workbook could not be read: broken.xlsx."
        in run("report", agency.parent, "--out", agency.parent, "--ignore", "W").stdout
    )
    page = (agency.parent / "summary.html").read_text(encoding="utf-8")
    assert "1 workbook or sheet is not in these figures" in page
    assert "broken.xlsx" in page


def test_where_nothing_can_be_read_ignoring_does_not_make_it_well(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_text("no workbook")
    done = run("check", tmp_path, "--select", "S")
    assert done.exit_code == Exit.NOTHING_READ
    assert "1 finding was not asked for with --select: W001 (1)." in done.stderr
    assert "Well done" not in done.output


def test_fail_on_looks_at_what_is_shown_with_the_severities_that_count(agency: Path) -> None:
    errors = "F301,F302,R103,X501"
    assert run("check", agency).exit_code == Exit.FINDINGS
    assert run("check", agency, "--ignore", errors).exit_code == Exit.DONE
    assert run("check", agency, "--ignore", errors, "--fail-on", "warning").exit_code == Exit.FINDINGS
    settings(agency, '[rules]\nseverity = { F = "warning", R103 = "info", X501 = "info" }')
    assert run("check", agency).exit_code == Exit.DONE
    settings(agency, '[rules]\nseverity = { P4 = "error" }')
    assert run("check", agency, "--ignore", errors).exit_code == Exit.FINDINGS


def test_findings_have_the_severity_that_the_settings_give(agency: Path) -> None:
    settings(agency, '[rules.severity]\nW004 = "error"\nF = "info"')
    found = checked(agency)["findings"]
    severities = {each["code"]: each["severity"] for each in found}
    assert severities["W004"] == "error"
    assert severities["F302"] == severities["F301"] == "info"
    order = ["error", "warning", "info"]
    assert [each["severity"] for each in found] == sorted((each["severity"] for each in found), key=order.index)


def test_a_code_that_is_selected_by_name_is_shown_though_the_settings_ignore_it(agency: Path) -> None:
    settings(agency, '[rules]\nignore = ["S201", "X501"]')
    assert set(codes(checked(agency, "--select", "S201"))) == {"S201"}
    assert set(codes(checked(agency, "--select", "S,X"))) == {"S204", "X502"}


def test_the_draft_goes_to_whom_the_settings_say(agency: Path) -> None:
    settings(agency, "[email]\nto = ['Maya Lind <maya@example.com>', 't@example.com']\nsubject = 'This week'")
    out = agency.parent / "out"
    assert run("report", agency, "--out", out, "--format", "eml").exit_code == Exit.DONE
    head = (out / "summary.eml").read_bytes().split(b"\r\n\r\n")[0].decode()
    assert re.sub(r"\r\n ", " ", head).splitlines()[:3] == [
        "To: Maya Lind <maya@example.com>, t@example.com",
        "Subject: This week",
        "X-Unsent: 1",
    ]


def test_the_settings_file_is_named_without_the_way_to_it(agency: Path) -> None:
    assert reported(agency)["control"]["settings_file"] is None
    other = agency.parent / "strict.toml"
    other.write_text("", encoding="utf-8")
    assert reported(agency, "--config", other)["control"]["settings_file"] == "strict.toml"
