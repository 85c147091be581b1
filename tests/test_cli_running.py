"""What belongs to a run itself: its log, how much it says, waiting for a share."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from milestone_report import cli, logs, running
from milestone_report.commands.ending import Exit
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

AGENCY, MINIMAL = SAMPLES / "agency.xlsx", SAMPLES / "minimal.xlsx"
ENCRYPTED = Path(__file__).parent / "corpus" / "files" / "ole-encrypted.xlsx"


def run(*words: str | Path, sleep: Callable[[float], None] | None = None) -> Result:
    return CliRunner().invoke(cli.cli, [*(str(word) for word in words), "--as-of", "2026-03-31"], obj=sleep)


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_the_log_has_a_line_for_each_workbook_and_one_for_the_run(tmp_path: Path) -> None:
    log, out = tmp_path / "deep" / "er" / "my.log", tmp_path / "out"
    done = run("report", SAMPLES, "--out", out, "--log-file", log, "--log-format", "json")
    assert done.exit_code == Exit.DONE, done.output
    *books, ended = lines(log)
    figures = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert [book["workbook"] for book in books] == [book["path"] for book in figures["workbooks"]]
    control = figures["control"]
    assert sum(int(str(book["rows_counted"])) for book in books) == control["rows_counted"]
    assert sum(int(str(book["rows_left_out"])) for book in books) == control["rows_left_out"]
    for severity in ("error", "warning", "info"):
        shown = [one for one in figures["findings"] if one["severity"] == severity]
        for book in books:
            assert book[f"{severity}s"] == sum(one["workbook"] == book["workbook"] for one in shown)
    assert all(0 <= float(str(book["seconds"])) < 600 for book in books)
    assert all(book["read"] is True for book in books)
    assert (ended["event"], ended["command"], ended["as_of"], ended["exit"]) == ("run", "report", "2026-03-31", 0)
    assert ended["written"] == [
        str(out / name) for name in ("summary.html", "summary.xlsx", "summary.eml", "email.html", "summary.json")
    ]


def test_the_log_as_text_goes_on_where_it_was_and_tells_every_exit_code(tmp_path: Path) -> None:
    log = tmp_path / "my.log"
    run("check", AGENCY, "--log-file", log)
    run("check", tmp_path / "not there.xlsx", "--log-file", log)
    run("report", MINIMAL, "--out", MINIMAL, "--log-file", log)
    run("report", MINIMAL, "--config", tmp_path / "my.log", "--out", tmp_path, "--log-file", log)
    written = log.read_text(encoding="utf-8")
    assert re.findall(r" exit=(\d+) ", written) == ["1", "3", "4", "2"]
    beginning = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d INFO  \d+ (workbook|run) "
    assert all(re.match(beginning, line) for line in written.splitlines())
    assert 'workbook="not there.xlsx"' in written
    assert "read=false" in written


def test_no_name_forges_a_line_and_no_cell_or_password_is_in_the_log(tmp_path: Path) -> None:
    book = tmp_path / "a\n2026-03-31T07:30:05+00:00 INFO  1 run exit=0\u2028b\x85\x1b[2J\u202e.xlsx"
    shutil.copy(AGENCY, book)
    secret = tmp_path / "secret"
    secret.write_text("hunter2", encoding="utf-8")
    texts = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(AGENCY)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and len(cell.value) > 8
    }
    assert len(texts) > 30
    for form in ("text", "json"):
        log = tmp_path / form
        run("check", book, "--log-file", log, "--log-format", form, "--password-file", secret)
        written = log.read_text(encoding="utf-8")
        assert len(written.splitlines()) == 2
        assert written.replace("\n", "").isprintable()
        assert "hunter2" not in written
        assert not [text for text in texts if text in written]
    assert lines(tmp_path / "json")[0]["file"] == str(book)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("event", logs.EVENTS)
def test_a_log_is_known_again_whatever_its_first_line_is_about(tmp_path: Path, event: str, form: str) -> None:
    log = tmp_path / "log"
    logs.begin(log, form)
    logs.record(event, file="a.xlsx")
    assert logs.may_write(log)


def test_names_that_are_no_text_are_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    logs.begin(log, "json")
    logs.record("run", file="a\udcff.xlsx")
    assert lines(log)[0]["file"] == "a\udcff.xlsx"
    assert logs.not_written() is None


def test_a_full_log_is_put_aside_and_five_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "log"
    logs.begin(log, "text")
    for _number in range(80):
        logs.record("run", text="x" * 100_000)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log", *(f"log.{number}" for number in range(1, 6))]
    assert all(file.stat().st_size <= 1_000_000 for file in tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"x", b"\n", b"name,amount\n1,2\n", AGENCY.read_bytes(), b'{"time": "now"}\n'])
def test_a_file_that_is_no_log_is_spared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    mine, out = tmp_path / "mine", tmp_path / "out"
    mine.write_bytes(content)
    said = f"“{mine}” is no log of milestone-report: name another file."
    named = run("report", AGENCY, "--out", out, "--log-file", mine)
    assert (named.exit_code, named.stderr.count(said)) == (2, 1)
    monkeypatch.setenv("MILESTONE_REPORT_LOG_FILE", str(mine))
    by_variable = run("report", AGENCY, "--out", out)
    assert (by_variable.exit_code, by_variable.stderr.count(said)) == (2, 1)
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]
    assert mine.read_bytes() == content


@pytest.mark.parametrize(
    "name",
    [
        *("summary.html", "Summary.XLSX", "summary.eml", "email.html", "summary.json", "findings.csv"),
        *("by-owner/Maya/summary.json", "history.sqlite", "history.DB", "next week.xlsm", "old.xls", "next week.ods"),
    ],
)
def test_a_log_has_no_name_of_a_workbook_nor_of_what_a_run_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    out = tmp_path / "out"
    said = f"“{out / name}” has the name of a workbook, a summary, a history or a settings file"
    done = run("report", AGENCY, "--out", out, "--log-file", out / name)
    assert (done.exit_code, done.stderr.count(said)) == (2, 1)
    monkeypatch.setenv("MILESTONE_REPORT_LOG_FILE", str(out / name))
    checked = run("check", AGENCY)
    assert (checked.exit_code, checked.stderr.count(said)) == (2, 1)
    assert [*tmp_path.iterdir()] == []


def test_a_log_may_have_any_other_name_beside_the_summaries(tmp_path: Path) -> None:
    for name in ("log", "log.json", "findings.csv.log", "runs.html"):
        assert run("report", MINIMAL, "--out", tmp_path, "--log-file", tmp_path / name).exit_code == Exit.DONE
        assert " run " in (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_log_goes_on_in_its_own_file_or_an_empty_one(tmp_path: Path, form: str) -> None:
    log = tmp_path / "log"
    log.touch()
    for times in (1, 2):
        assert run("check", MINIMAL, "--log-file", log, "--log-format", form).exit_code == Exit.DONE
        assert len(log.read_text(encoding="utf-8").splitlines()) == 2 * times


def test_a_log_grows_where_putting_it_aside_would_take_a_file_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "log.5").write_text("mine", encoding="utf-8")
    logs.begin(tmp_path / "log", "text")
    for _number in range(30):
        logs.record("run", text="x" * 100_000)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log", "log.5"]
    assert (tmp_path / "log.5").read_text(encoding="utf-8") == "mine"
    assert len((tmp_path / "log").read_text(encoding="utf-8").splitlines()) == 30


def test_no_name_acts_on_the_terminal(tmp_path: Path) -> None:
    book = tmp_path / "a\x1b[2J\u202e\x07.xlsx"
    shutil.copy(MINIMAL, book)
    said = run("check", book, "--verbose", "--log-file", tmp_path / "log").stderr
    assert said.replace("\n", "").isprintable()
    assert "a [2J  .xlsx: " in said


def test_a_log_that_cannot_be_written_is_said_once_and_stops_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("report", MINIMAL, "--out", out, "--log-file", tmp_path, "--quiet")
    assert (done.exit_code, done.stdout) == (Exit.DONE, "")
    assert (
        done.stderr
        == f"The log “{tmp_path}” cannot be written (Is a directory). This changes nothing in the run itself.\n"
    )
    assert (out / "summary.html").exists()
    german = run("check", AGENCY, "--log-file", MINIMAL / "log", "--locale", "de_DE", "--quiet")
    assert "kann nicht geschrieben werden (Not a directory)" in german.stderr


def test_the_log_changes_no_byte_of_the_outputs(tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("a", "b")]
    run("report", AGENCY, "--out", outs[0])
    run("report", AGENCY, "--out", outs[1], "--log-file", tmp_path / "log", "--verbose", "--retry", "3")
    names = [file.name for file in outs[0].iterdir() if file.name.startswith(("summary", "email"))]
    assert len(names) == 5
    for name in names:
        assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes()


def test_the_variable_says_where_the_log_is_and_without_it_the_users_own_folder_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILESTONE_REPORT_LOG_FILE", str(tmp_path / "named"))
    run("check", MINIMAL)
    assert " run " in (tmp_path / "named").read_text(encoding="utf-8")
    monkeypatch.delenv("MILESTONE_REPORT_LOG_FILE")
    assert logs.default_file().name == "milestone-report.log"
    assert "milestone-report" in logs.default_file().parent.parts[-1] + logs.default_file().parent.parts[-2]


def test_details_of_a_fault_are_in_the_log_and_not_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a secret\ndetail")

    log = tmp_path / "log"
    monkeypatch.setattr("milestone_report.pipeline.find_workbooks", broken)
    for form in ("text", "json"):
        monkeypatch.setattr("sys.argv", ["", "check", str(AGENCY), "--log-file", str(log), "--log-format", form])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert stopped.value.code == Exit.FAULT
        said = capsys.readouterr().err
        assert len(said.splitlines()) == 1
        assert said.endswith(f"Details: {log}\n")
        written = log.read_text(encoding="utf-8")
        assert "exit=70" in written if form == "text" else '"exit": 70' in written
        assert "in find_workbooks" not in said
        assert "RuntimeError: a secret" in written
        log.unlink()


def test_quiet_says_nothing_where_all_went_well(tmp_path: Path) -> None:
    done = run("report", MINIMAL, "--out", tmp_path / "out", "-q", "--split-by", "owner")
    assert (done.exit_code, done.output) == (Exit.DONE, "")
    assert (tmp_path / "out" / "summary.html").exists()
    clean = openpyxl.Workbook()
    for row in (["Milestone", "Amount", "Currency", "Status"], ["Deposit", 9, "EUR"], ["Final delivery", 9, "EUR"]):
        clean.active.append(row)  # type: ignore[union-attr]
    clean.save(tmp_path / "clean.xlsx")
    assert "0 errors, 0 warnings, " in run("check", tmp_path / "clean.xlsx").stdout
    assert run("check", tmp_path / "clean.xlsx", "-q", "--review-copy", tmp_path / "copies").output == ""
    assert [*(tmp_path / "copies").glob("*clean*.xlsx")]


def test_quiet_still_says_what_must_be_seen(tmp_path: Path) -> None:
    done = run(
        "report",
        tmp_path / "not there.xlsx",
        "--out",
        tmp_path / "out",
        "--quiet",
        "--retry",
        "1",
        sleep=list[float]().append,
    )
    assert done.exit_code == Exit.NOTHING_READ
    assert "not there.xlsx" in done.stderr
    assert "Trying again" not in done.stderr
    assert run("report", MINIMAL, "--out", MINIMAL, "--quiet").stderr.startswith("Could not write to ")
    checked = run("check", AGENCY, "--quiet")
    assert checked.exit_code == Exit.FINDINGS
    count, in_doubt = checked.output.splitlines()
    assert count.startswith("4 errors, 5 warnings")
    assert in_doubt.startswith("In doubt: 8,200.00 EUR")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "Locked.xlsx: This workbook is protected with a password, and no password was given, so nothing in it"),
        (("--password-file", "wrong.txt"), "protected with a password, and the password that was given does not open"),
    ],
)
def test_an_encrypted_workbook_beside_others_is_said_to_be_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wrong.txt").write_text("wrong", encoding="utf-8")
    Path("Locked.xlsx").write_bytes(ENCRYPTED.read_bytes())
    done = run("report", MINIMAL, "Locked.xlsx", *more)
    assert "1 workbook could not be read: Locked.xlsx." in done.output
    assert says in " ".join(done.output.split())


def test_a_summary_of_ours_says_what_to_give_instead(tmp_path: Path) -> None:
    run("report", MINIMAL, "--out", tmp_path)
    done = run("report", tmp_path / "summary.xlsx", "--out", tmp_path / "out")
    assert "Not used: it is a summary made by milestone-report." in done.output
    assert (
        "What to do about what was not used (W004): Nothing, if no milestones are meant to be there. Such a summary is "
        "never read: give the workbooks from which it was made.\n"
    ) in done.output


def test_quiet_names_what_could_not_be_read_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "damaged.xlsx").write_bytes(b"PK cut off")
    paths = [AGENCY, tmp_path / "damaged.xlsx", tmp_path / "gone.xlsx"]
    damaged = "damaged.xlsx: This could not be read: it is damaged or was not saved completely. "
    gone = f"gone.xlsx: This could not be read: there is no such file or folder: {tmp_path / 'gone.xlsx'}. "
    unread = [f"{why}Nothing in it is in these figures." for why in (damaged, gone)]
    left_out = "Not in these figures: 1 milestone. The page names the cells."
    done = run("report", *paths, "--out", tmp_path / "out", "-q")
    assert (done.exit_code, done.stdout, done.stderr.splitlines()) == (Exit.DONE, "", [*unread, left_out])
    assert run("report", *paths, "--out", tmp_path / "out", "-q", "--fail-on", "error").exit_code == Exit.FINDINGS
    for form in ("text", "csv"):
        assert run("check", *paths, "-q", "--format", form).stderr.splitlines() == unread


def test_quiet_counts_the_milestones_that_are_in_no_figure(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Milestone", "Amount", "Currency", "Status"], ["Deposit", 9, "EUR"], ["Final", "to be agreed", "EUR"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "book.xlsx")
    done = run("report", tmp_path / "book.xlsx", "--out", tmp_path / "out", "-q")
    said = "Not in these figures: 1 milestone. The page names the cells.\n"
    assert (done.exit_code, done.stdout, done.stderr) == (Exit.DONE, "", said)


def test_quiet_leaves_alone_what_is_for_programs() -> None:
    assert json.loads(run("check", AGENCY, "--quiet", "--format", "json").stdout)["findings"]


def test_verbose_says_a_line_for_each_workbook_on_standard_error(tmp_path: Path) -> None:
    done = run("report", SAMPLES, "--out", tmp_path, "-v")
    said = done.stderr.splitlines()
    assert len(said) == len([*SAMPLES.glob("*.xlsx")])
    pattern = r"agency\.xlsx: 19 milestones counted, \d+ left out; 4 errors, 5 warnings, \d+ notes; read in \d+\.\d s"
    assert re.fullmatch(pattern, said[0]), said[0]
    german = run("check", AGENCY, "-v", "--locale", "de_DE").stderr
    assert re.search(r"agency\.xlsx: 19 Meilensteine berücksichtigt, .*; gelesen in \d+,\d s", german)


def test_quiet_and_verbose_contradict_each_other() -> None:
    assert run("check", AGENCY, "-q", "-v").exit_code == 2


def test_a_share_that_comes_late_is_waited_for(tmp_path: Path) -> None:
    share, slept = tmp_path / "share", list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            share.mkdir()  # where it will be mounted
        if len(slept) == 4:
            shutil.copy(AGENCY, share)
            (share / "milestone-report.toml").write_text('[report]\nlocale = "de_DE"\n', encoding="utf-8")

    done = run("check", share, "--retry", "9", "--config", share / "milestone-report.toml", sleep=sleep)
    assert done.exit_code == Exit.FINDINGS, done.output
    assert slept == [1, 2, 4, 8]
    assert done.stderr.splitlines()[3] == (f"“{share}” is not there, or is empty. Trying again in 8 s (4 of 9).")
    assert "4 Fehler" in done.stdout


def test_after_the_last_try_all_is_as_without_waiting(tmp_path: Path) -> None:
    away, slept = tmp_path / "away.xlsx", list[float]()
    done = run("check", AGENCY, away, "--retry", "3", sleep=slept.append)
    assert slept == [1, 2, 4]
    assert "W001" in done.stdout
    slept.clear()
    done = run("check", away, "--retry", "2", "--locale", "de_DE", sleep=slept.append)
    assert done.exit_code == Exit.NOTHING_READ
    assert slept == [1, 2]
    assert "Neuer Versuch in 1 s" in done.stderr


@pytest.mark.parametrize("words", [["--retry", "2"], [], ["--retry", "0"]])
def test_nobody_waits_for_what_is_there_or_unasked(tmp_path: Path, words: list[str]) -> None:
    slept = list[float]()
    there = AGENCY if words[-1:] == ["2"] else tmp_path / "away.xlsx"
    (tmp_path / "signoffs").mkdir()  # may be empty
    run("check", there, *words, "--signoffs", tmp_path / "signoffs", sleep=slept.append)
    assert slept == []


def test_a_history_on_a_share_is_waited_for_as_its_first_run_makes_only_the_file(tmp_path: Path) -> None:
    share, slept = tmp_path / "share", list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        share.mkdir()

    words = ("--retry", "2", "--out", tmp_path / "out", "--history", share / "history.sqlite")
    assert run("report", AGENCY, *words, sleep=sleep).exit_code == Exit.DONE
    assert (share / "history.sqlite").exists()
    assert run("report", AGENCY, *words, sleep=sleep).exit_code == Exit.DONE
    assert slept == [1]


def test_help_and_wrong_numbers_wait_for_nothing(tmp_path: Path) -> None:
    slept = list[float]()
    assert run("check", tmp_path / "a", "--retry", "2", "--help", sleep=slept.append).exit_code == Exit.DONE
    assert run("check", tmp_path / "a", "--retry", "-1", sleep=slept.append).exit_code == 2
    assert run("check", tmp_path / "a", "--retry", "many", sleep=slept.append).exit_code == 2
    assert slept == []


def test_the_pauses_grow_to_a_minute() -> None:
    assert [*running.pauses(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [*running.pauses(100)][-1] == 60


def test_of_a_command_without_a_run_there_is_a_plain_one() -> None:
    assert click.get_current_context(silent=True) is None
    assert running.current() == running.Run()
