"""The command as a user runs it: files, output, exit codes."""

from __future__ import annotations

import email
import email.policy
import errno
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from milestone_report import __version__, cli, logs, writing
from milestone_report.commands.ending import Exit
from milestone_report.options import HISTORY_NAME
from milestone_report.rendering import OUTPUTS, USUAL
from milestone_report.writing.disk import Disk
from tests.conftest import ROOT, SAMPLES
from tests.disks import WindowsDisk

if TYPE_CHECKING:
    from collections.abc import Callable

AGENCY = SAMPLES / "agency.xlsx"
ALL_FILES = {file for name in USUAL for file in OUTPUTS[name]}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in words])


def report(out: Path, *words: str | Path) -> Result:
    return run("report", *(words or (AGENCY,)), "--as-of", "2026-03-31", "--out", out)


def digest(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != HISTORY_NAME  # it counts its changes
    }


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES, tmp_path / "sample_workbooks"))


def test_report_writes_every_output_and_says_where(tmp_path: Path) -> None:
    done = report(tmp_path)
    assert done.exit_code == Exit.DONE, done.output
    assert {file.name for file in tmp_path.iterdir()} - {writing.LOCK_NAME, HISTORY_NAME} == ALL_FILES
    for file in ALL_FILES:
        assert str(tmp_path / file) in done.output.replace("\n", "")
    assert "18,200.00 EUR" in done.output


def test_the_same_input_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    outputs = []
    for place in ("here", "somewhere/else"):
        books = Path(shutil.copytree(SAMPLES, tmp_path / place / "books"))
        out = tmp_path / place / "out"
        assert report(out, books / "agency.xlsx", books / "messy.xlsx").exit_code == 0
        outputs.append({file: digest(out)[file] for file in ALL_FILES})
    assert outputs[0] == outputs[1]


def test_a_run_changes_nothing_of_the_users(samples: Path, tmp_path: Path) -> None:
    before = digest(samples)
    times = {file: file.stat().st_mtime_ns for file in samples.rglob("*")}
    report(tmp_path / "out", samples)
    assert digest(samples) == before
    assert {file: file.stat().st_mtime_ns for file in samples.rglob("*")} == times


def test_a_summary_that_is_open_in_excel_is_left_and_the_new_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(tmp_path, AGENCY, "--format", "xlsx", "--format", "html")
    before = (tmp_path / "summary.xlsx").read_bytes()
    monkeypatch.setattr(writing, "Disk", lambda: WindowsDisk("summary.xlsx"))
    done = run("report", AGENCY, "--as-of", "2026-04-30", "--out", tmp_path, "--format", "xlsx", "--format", "html")
    assert done.exit_code == Exit.DONE, done.output
    assert (tmp_path / "summary.xlsx").read_bytes() == before
    assert openpyxl.load_workbook(tmp_path / "summary 2026-04-30.xlsx", read_only=True).sheetnames
    assert (
        f"“{tmp_path / 'summary.xlsx'}” is open in another program and was left as it is. "
        "The new one is “summary 2026-04-30.xlsx”." in done.stderr
    )
    assert f"{tmp_path / 'summary 2026-04-30.xlsx'}  the same lists in Excel" in done.stdout.replace("\n", "")


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    report(tmp_path, AGENCY, "--format", "json")
    assert {file.name for file in tmp_path.iterdir()} - {writing.LOCK_NAME, HISTORY_NAME} == {"summary.json"}


def test_findings_csv_is_written_when_it_is_asked_for_and_is_what_check_prints(tmp_path: Path) -> None:
    done = report(tmp_path, AGENCY, "--format", "csv")
    assert {file.name for file in tmp_path.iterdir()} - {writing.LOCK_NAME, HISTORY_NAME} == {"findings.csv"}
    assert "findings.csv" in done.output
    printed = run("check", AGENCY, "--as-of", "2026-03-31", "--format", "csv")
    assert printed.exit_code == Exit.FINDINGS
    assert printed.stdout_bytes == (tmp_path / "findings.csv").read_bytes()


def test_findings_csv_is_as_reviewed(same_as_snapshot: Callable[[str, bytes], None]) -> None:
    same_as_snapshot(
        "agency.findings.csv", run("check", AGENCY, "--as-of", "2026-03-31", "--format", "csv").stdout_bytes
    )


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_printed_byte_for_byte_on_windows_too(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A standard output as Windows has it: another code page, and every line break made CR LF."""
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    with pytest.raises(SystemExit):
        cli.cli(["check", str(AGENCY), "--as-of", "2026-03-31", "--format", form])
    report(tmp_path, AGENCY, "--format", form)
    if form == "csv":
        assert raw.getvalue() == (tmp_path / "findings.csv").read_bytes()
    else:
        assert b"\r" not in raw.getvalue()
        assert json.loads(raw.getvalue().decode("utf-8"))["findings"]


def test_summary_json_is_valid_against_its_schema(tmp_path: Path) -> None:
    report(tmp_path, SAMPLES, "--format", "json")
    schema = json.loads((ROOT / "milestone_report/rendering/summary.schema.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(
        json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    )


def test_summary_json_is_as_reviewed(tmp_path: Path, same_as_snapshot: Callable[[str, bytes], None]) -> None:
    report(tmp_path, AGENCY, "--format", "json")
    same_as_snapshot("agency.summary.json", (tmp_path / "summary.json").read_bytes())


def test_check_prints_findings_as_reviewed(same_as_snapshot: Callable[[str, bytes], None]) -> None:
    done = run("check", AGENCY, "--as-of", "2026-03-31")
    assert done.exit_code == Exit.FINDINGS
    same_as_snapshot("agency.check.txt", done.output.encode())


def test_check_json_is_part_of_the_same_schema() -> None:
    done = run("check", AGENCY, "--as-of", "2026-03-31", "--format", "json")
    found = json.loads(done.stdout)
    assert list(found) == ["schema", "as_of", "workbooks", "control", "findings"]
    assert [finding["code"] for finding in found["findings"]][:2] == ["R103", "F302"]


@pytest.mark.parametrize(
    ("level", "code"), [("error", Exit.FINDINGS), ("warning", Exit.FINDINGS), ("never", Exit.DONE)]
)
def test_fail_on_decides_the_exit_code(tmp_path: Path, level: str, code: Exit) -> None:
    assert run("check", AGENCY, "--fail-on", level).exit_code == code
    assert report(tmp_path, AGENCY, "--fail-on", level, "--format", "json").exit_code == code


def test_warnings_alone_fail_only_when_asked() -> None:
    minimal = SAMPLES / "minimal.xlsx"
    assert run("check", minimal, "--as-of", "2026-03-31").exit_code == Exit.DONE
    assert run("check", minimal, "--as-of", "2026-03-31", "--fail-on", "warning").exit_code == Exit.FINDINGS


@pytest.mark.parametrize("command", ["report", "check"])
def test_nothing_readable_is_said_and_writes_nothing(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.xlsx").write_text("no workbook")
    out = ("--out", tmp_path / "out") if command == "report" else ()
    for path, why in (("nix.xlsx", "no such file"), ("empty", "no workbook"), ("text.xlsx", "not an Excel workbook")):
        done = run(command, tmp_path / path, *out)
        assert done.exit_code == Exit.NOTHING_READ
        assert why in done.stderr
        assert "Traceback" not in done.output
    assert not (tmp_path / "out" / "summary.html").exists()


def test_an_unreadable_workbook_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook")
    done = report(tmp_path / "out", tmp_path / "text.xlsx", AGENCY)
    assert done.exit_code == Exit.DONE
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert found["control"]["workbooks_unreadable"] == 1
    assert found["control"]["rows_counted"] == 19


@pytest.mark.parametrize(
    "words",
    [
        ["report"],
        ["check", "--as-of", "31/03/2026", "x.xlsx"],
        ["report", "--format", "pdf", "x.xlsx"],
    ],
)
def test_wrong_usage_is_2(words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "Usage" in done.stderr


def test_a_second_run_on_the_same_folder_is_told_at_once(tmp_path: Path) -> None:
    with FileLock(tmp_path / writing.LOCK_NAME):
        assert report(tmp_path).exit_code == Exit.BUSY
    assert report(tmp_path, AGENCY, "--format", "json").exit_code == Exit.DONE


def test_an_output_that_cannot_be_written_leaves_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report(tmp_path)
    before = digest(tmp_path)

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = run("report", AGENCY, "--as-of", "2026-05-01", "--out", tmp_path)
    assert done.exit_code == Exit.NOT_WRITTEN
    assert "No space left" in done.stderr
    assert "Excel" not in done.stderr
    assert digest(tmp_path) == before


def test_a_file_where_the_folder_should_be_is_4(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    done = report(tmp_path / "out")
    assert done.exit_code == Exit.NOT_WRITTEN
    assert "Excel" not in done.stderr


@pytest.mark.parametrize(
    ("number", "open_in_excel"),
    [(errno.EACCES, True), (errno.EPERM, True), (errno.EBUSY, True), (errno.EROFS, False), (errno.ELOOP, False)],
)
def test_excel_is_named_only_where_it_can_be_the_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, open_in_excel: bool
) -> None:
    def refuse(_disk: Disk, path: Path, _data: bytes) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Disk, "write", refuse)
    done = report(tmp_path / "out")
    assert done.exit_code == Exit.NOT_WRITTEN
    assert os.strerror(number) in done.stderr
    assert done.stderr.endswith("If one is open in Excel, close it.\n") == open_in_excel


def test_open_shows_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_once(address: str) -> bool:
        opened.append(address)
        return len(opened) == 1

    monkeypatch.setattr("webbrowser.open", open_once)
    assert "No browser" not in report(tmp_path, AGENCY, "--open").stderr
    assert "No browser" in report(tmp_path, AGENCY, "--open").stderr
    assert opened == [(tmp_path / "summary.html").as_uri()] * 2


def test_the_version_and_help_need_no_pandas() -> None:
    code = (
        "import sys\nfrom milestone_report.cli import cli\n"
        "try: cli(['--help'])\nexcept SystemExit: pass\n"
        "sys.exit(bool({'pandas', 'numpy', 'lxml', 'jinja2', 'babel', 'msoffcrypto'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
    assert __version__ in run("--version").output


def test_a_fault_whose_log_cannot_be_written_is_one_line_and_a_file_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken() -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(cli, "cli", broken)
    logs.begin(tmp_path, "text")  # a folder
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == Exit.FAULT
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "a secret detail" not in error
    [log] = tmp_path.glob("milestone-report-fault-*.log")
    assert str(log) in error
    assert "a secret detail" in log.read_text(encoding="utf-8")


def test_a_fault_that_can_be_kept_nowhere_is_still_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "cli", lambda: 1 // 0)
    logs.begin(tmp_path, "text")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == Exit.FAULT
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_any_output_stream_the_command_still_ends_well() -> None:
    command = f'exec "{sys.executable}" -m milestone_report rules >&-'
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True, cwd=ROOT)
    assert "Traceback" not in done.stderr


def test_as_a_module_and_as_plain_text_when_piped(tmp_path: Path) -> None:
    words: list[str | Path] = [sys.executable, "-m", "milestone_report", "check", AGENCY, "--as-of", "2026-03-31"]
    done = subprocess.run(words, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == Exit.FINDINGS
    assert "\x1b[" not in done.stdout
    count, in_doubt = done.stdout.splitlines()[-2:]
    assert count.startswith("4 errors, 5 warnings, ")
    assert in_doubt.startswith("In doubt: 8,200.00 EUR, 11,850.00 GBP (3 milestones with an error in a cell).")


def test_the_readme_tells_every_command_and_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in cli.cli.commands:
        assert f"| `milestone-report {command} " in readme
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, flags=re.MULTILINE)}
    assert codes == {*Exit, 2}


def test_the_summaries_are_never_read_as_workbooks(samples: Path) -> None:
    """Somebody will write the report into the folder of the workbooks, and run it again."""
    for _run in range(2):
        assert report(samples, samples).exit_code == Exit.DONE
    found = json.loads((samples / "summary.json").read_text(encoding="utf-8"))
    assert found["control"]["workbooks_read"] == 3
    assert [finding["code"] for finding in found["findings"] if finding["workbook"] == "summary.xlsx"] == ["W004"]
    assert found["control"]["rows_counted"] == 19 + 6 + 13


def test_the_folder_of_the_summaries_is_none_with_workbooks_that_were_not_read(samples: Path) -> None:
    for _run in range(2):
        assert report(samples / "out", samples).exit_code == Exit.DONE
    assert "workbooks lie in" not in (samples / "out" / "summary.json").read_text(encoding="utf-8")
    shutil.copy(AGENCY, samples / "out" / "summary of 2025.xlsx")
    assert "workbooks lie in the folder “out”" in run("check", samples).output


@pytest.mark.parametrize(("locale", "says"), [("fr_FR", True), ("de_AT", False), ("en_US", False)])
def test_a_locale_without_texts_of_its_own_is_told_in_which_languages_there_are(
    tmp_path: Path, locale: str, *, says: bool
) -> None:
    done = report(tmp_path / "out", AGENCY, "--locale", locale, "--format", "json")
    said = "written as in fr_FR, the texts in English: there are texts in English and German only."
    assert (said in done.output) is says


def test_the_page_and_the_draft_are_as_reviewed(tmp_path: Path, same_as_snapshot: Callable[[str, bytes], None]) -> None:
    shutil.copytree(SAMPLES, tmp_path / "sample_workbooks")
    book = tmp_path / "sample_workbooks" / "agency.xlsx"
    report(tmp_path / "milestone-report", book, "--format", "html", "--format", "eml")
    out = tmp_path / "milestone-report"
    same_as_snapshot("agency.summary.html", (out / "summary.html").read_bytes())
    same_as_snapshot("agency.email.html", (out / "email.html").read_bytes())
    draft = email.message_from_bytes((out / "summary.eml").read_bytes(), policy=email.policy.default)
    assert isinstance(draft, email.message.EmailMessage)
    plain = draft.get_body(("plain",))
    assert plain is not None
    same_as_snapshot("agency.email.txt", plain.get_content().encode())


@pytest.mark.parametrize("read", [True, False])
def test_a_workbook_of_the_users_is_never_overwritten(tmp_path: Path, read: bool) -> None:  # noqa: FBT001
    mine = tmp_path / "summary.xlsx"
    shutil.copy(SAMPLES / "minimal.xlsx", mine)
    before = mine.read_bytes()
    done = report(tmp_path, mine if read else AGENCY)
    assert done.exit_code == Exit.NOT_WRITTEN
    assert "workbook of yours" in done.stderr
    assert mine.read_bytes() == before


def test_one_workbook_under_several_names_is_read_once(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "minimal.xlsx", tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    (tmp_path / "c.xlsx").hardlink_to(tmp_path / "a.xlsx")
    found = json.loads(run("check", tmp_path, tmp_path / "b.xlsx", "--format", "json").stdout)
    assert found["control"]["rows_counted"] == 6


@pytest.mark.skipif(sys.platform == "win32", reason="names on Windows are always Unicode")
def test_a_file_name_that_is_no_unicode_is_shown_as_well_as_can_be(tmp_path: Path) -> None:
    name = os.fsdecode(b"m\xe9.xlsx")
    shutil.copy(SAMPLES / "minimal.xlsx", tmp_path / name)
    (tmp_path / "signoffs").mkdir()
    (tmp_path / "signoffs" / os.fsdecode(b"meadow-depo\xe9it.pdf")).write_bytes(b"x")
    assert report(tmp_path / "out", tmp_path / name).exit_code == Exit.DONE


def test_nothing_from_a_cell_reaches_the_terminal_raw(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Milestone", "Amount", "Currency", "Status", "Invoice no", "Project"])
    for _row in range(2):
        sheet.append(["Dep_x001B_[31mosit {0.__class__}", 1, "EUR", "sent", "I_x0007_1\n{value}", "P_x202E_"])
    workbook.save(tmp_path / "b.xlsx")
    done = run("check", tmp_path / "b.xlsx")
    assert done.exit_code == Exit.FINDINGS
    assert {char for char in done.stdout if not char.isprintable()} <= {"\n"}
