"""`schedule` as a user runs it. The schedulers are scripts that note what they are told."""

from __future__ import annotations

import os
import re
import shlex
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from milestone_report.cli import cli
from milestone_report.commands.ending import Exit
from tests.conftest import SAMPLES
from tests.schedules.reading import of_systemd

if TYPE_CHECKING:
    from pathlib import Path

AGENCY = SAMPLES / "agency.xlsx"
RUN = [sys.executable, "-P", "-m", "milestone_report", "report"]


def run(*words: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(cli, ["schedule", *(str(word) for word in words)], input=answer)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose scripts stand in for crontab, systemctl and schtasks. Nothing of the machine's is changed."""
    if os.name != "posix":
        pytest.skip("the stand-ins are shell scripts")
    folder = tmp_path / "bin"
    folder.mkdir()
    said, table, task = (shlex.quote(str(tmp_path / name)) for name in ("said", "table", "task.xml"))
    scripts = {
        "crontab": f'if [ "$1" = -l ]; then cat {table} 2>/dev/null || {{ echo "no crontab for you" >&2; exit 1; }}\n'
        f"else cat > {table}; fi",
        "systemctl": f'echo "$@" >> {said}',
        "schtasks": f'echo "$1 $2 $3" >> {said}; cp "$5" {task}',
    }
    for name, text in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_a_line_for_cron_has_absolute_paths_and_the_reports_own_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Büro 50%").mkdir()
    done = run(
        *("--for", "cron", "--at", "6:05", "--days", "mon,thu", "Büro 50%", "--format", "json", "--ignore", "S2,P4"),
        *("--format", "html", "--signoffs", "./Büro 50%/../Büro 50%"),
    )
    assert done.exit_code == 0, done.output
    line = done.stdout.splitlines()[1]
    assert line.startswith("5 6 * * 1,4 ")
    assert shlex.split(line.replace(r"\%", "%"))[5:] == [
        *RUN,
        *("--format", "json", "--format", "html", "--ignore", "S2,P4", "--signoffs", str(tmp_path / "Büro 50%")),
        *("--retry", "8", "--out", str(tmp_path / "milestone-report"), str(tmp_path / "Büro 50%")),
    ]
    assert done.stderr == ""


def test_how_long_to_wait_may_be_said_and_nobody_waits_now(tmp_path: Path) -> None:
    done = run(tmp_path / "away", "--for", "cron", "--retry", "3", "-q", "--log-file", tmp_path / "log")
    words = shlex.split(done.stdout.splitlines()[1])
    assert words[5 + len(RUN) : -3] == ["--retry", "3", "--quiet", "--log-file", str(tmp_path / "log")]
    assert "Trying again" not in done.stderr


def test_the_printed_command_runs_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess  # noqa: PLC0415 - here alone

    done = run(AGENCY, "--for", "systemd", "--out", tmp_path / "the out", "--format", "json")
    start = re.search(r"^ExecStart=(.*)$", done.stdout, flags=re.MULTILINE)
    assert start
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "click.py").write_text("raise SystemExit('not the one of the program')")
    monkeypatch.chdir(elsewhere)
    ran = subprocess.run(of_systemd(start[1]), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "the out" / "summary.json").exists()


def test_the_task_for_windows_is_utf_16_in_a_file(tmp_path: Path) -> None:
    done = run(AGENCY, "--for", "windows", "--signoffs", r"\\server\share\Söhne & Co", "--out", tmp_path)
    text = done.stdout_bytes.decode("utf-16")
    arguments = etree.fromstring(done.stdout_bytes).findtext(".//{*}Arguments") or ""
    assert r'--signoffs "\\server\share\Söhne & Co"' in arguments
    assert "Söhne &amp; Co" in text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--as-of", "2026-03-31"], "of the same day"),
        (["--open"], "at the screen"),
        (["--at", "25:00"], "no time of day"),
        (["--days", "someday"], "no days"),
        (["--name", "../x"], "letters, digits and hyphens"),
        (["--fromat", "html"], "No such option"),
        (["--limit-memory", "much"], "no size"),
        (["--retry", "always"], "not a valid integer"),
        (["a\nb"], "Rename the file or folder"),
    ],
)
def test_what_would_not_work_at_night_is_wrong_usage_now(words: list[str], why: str) -> None:
    done = run(AGENCY, *words)
    assert done.exit_code == 2
    assert why in done.stderr
    assert done.stdout == ""


def test_paths_are_needed() -> None:
    assert run().exit_code == 2
    assert "Missing argument 'PATH...'" in run("--format", "json").stderr


def test_what_a_run_may_miss_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILESTONE_REPORT_PASSWORD", "secret")
    done = run(tmp_path / "share" / "a.xlsx", "--for", "cron", "--out", tmp_path / "new")
    assert done.stderr.splitlines() == [
        f"“{tmp_path / 'share' / 'a.xlsx'}” is not there now.",
        "A scheduled run does not have MILESTONE_REPORT_PASSWORD: give it the password with --password-file.",
    ]
    file = tmp_path / "password"
    file.write_text("secret")
    done = run(AGENCY, "--for", "cron", "--password-file", file)
    assert done.stderr == ""
    assert "secret" not in done.stdout


def test_the_crontab_gets_the_line_when_it_is_agreed_to(tools: Path) -> None:
    (tools / "table").write_text("5 5 * * * mine\n")
    refused = run(AGENCY, "--for", "cron", "--install", answer="n\n")
    assert refused.exit_code == 1
    assert (tools / "table").read_text() == "5 5 * * * mine\n"
    done = run(AGENCY, "--for", "cron", "--install", answer="y\n")
    assert done.exit_code == 0, done.output
    assert (tools / "table").read_text() == f"5 5 * * * mine\n{done.stdout}"
    assert "Set: Mon, Tue, Wed, Thu, Fri at 07:30. To see it: crontab -l" in done.stderr
    again = run(AGENCY, "--for", "cron", "--at", "8:00", "--install", "--yes")
    assert (tools / "table").read_text() == f"5 5 * * * mine\n{again.stdout}"


def test_a_first_crontab_is_made_and_a_broken_one_is_left(tools: Path) -> None:
    done = run(AGENCY, "--for", "cron", "--install", "--yes")
    assert (tools / "table").read_text() == done.stdout
    (tools / "bin" / "crontab").write_text("#!/bin/sh\necho 'you may not use this' >&2; exit 1\n")
    refused = run(AGENCY, "--for", "cron", "--install", "--yes")
    assert refused.exit_code == Exit.NOT_WRITTEN
    assert "The schedule was not set: “crontab” answered 1: you may not use this" in refused.stderr


def test_systemd_gets_both_units_and_starts_the_timer(tools: Path) -> None:
    done = run(AGENCY, "--install", "--yes", "--name", "acme")
    assert done.exit_code == 0, done.output
    folder = tools / "config" / "systemd" / "user"
    units = [f"# {folder / name}\n{(folder / name).read_text()}" for name in ("acme.service", "acme.timer")]
    assert done.stdout == "\n".join(units)
    assert (tools / "said").read_text() == "--user daemon-reload\n--user enable --now acme.timer\n"
    assert "loginctl enable-linger" in done.stderr


def test_windows_gets_the_task_as_it_was_printed(tools: Path) -> None:
    done = run(AGENCY, "--for", "windows", "--install", "--yes")
    assert done.exit_code == 0, done.output
    assert (tools / "task.xml").read_bytes() == done.stdout_bytes
    assert (tools / "said").read_text() == "/create /tn milestone-report\n"


def test_without_a_scheduler_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(AGENCY, "--install", "--yes")
    assert done.exit_code == Exit.NOT_WRITTEN
    assert "could not be started" in done.stderr
