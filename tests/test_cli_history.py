"""The history as a user meets it: a report each week, and what `history` lists."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from milestone_report import cli
from milestone_report.commands.ending import Exit
from milestone_report.options import HISTORY_NAME
from tests.test_cli import digest

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Milestone", "Amount", "Currency", "Status", "Invoice number", "Sign-off document")
DEPOSIT, FINAL = ("Deposit", 1000.0, "EUR", "sent", "INV-1", "a.pdf"), ("Final", 500.5, "EUR", "", "", "")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in words])


def report(folder: Path, as_of: str, *words: str | Path) -> Result:
    book = folder / "book.xlsx"
    return run("report", book, "--as-of", as_of, "--out", folder / "out", "--format", "json", *words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a workbook and its one sign-off."""
    (tmp_path / "signoffs").mkdir()
    (tmp_path / "signoffs" / "a.pdf").write_bytes(b"%PDF-1.7 as signed")
    save(tmp_path, DEPOSIT, FINAL)
    return tmp_path


def save(folder: Path, *rows: tuple[object, ...], name: str = "book.xlsx") -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, *rows):
        sheet.append(list(row))
    book.save(folder / name)


def findings(folder: Path) -> list[tuple[str, str, str]]:
    found = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))["findings"]
    return [(one["code"], one["cell"], one["message"]) for one in found]


def listed(folder: Path) -> Any:
    return json.loads(run("history", folder / "out", "--format", "json").stdout)


def test_each_report_is_remembered_beside_its_outputs(folder: Path) -> None:
    assert report(folder, "2026-03-17").exit_code == Exit.DONE
    save(folder, (*DEPOSIT[:3], "paid", *DEPOSIT[4:]), FINAL)
    assert report(folder, "2026-03-24").exit_code == Exit.DONE
    assert listed(folder) == {
        "schema": "milestone-report-history/1",
        "runs": [
            {"as_of": "2026-03-17", "workbooks": 1, "milestones": 2},
            {"as_of": "2026-03-24", "workbooks": 1, "milestones": 2},
        ],
        "trend": [
            {"as_of": "2026-03-17", "currency": "EUR", "outstanding": "1000.00", "overdue": "0.00"},
            {"as_of": "2026-03-24", "currency": "EUR", "outstanding": "0.00", "overdue": "0.00"},
        ],
    }
    assert run("history", folder / "out").stdout.splitlines() == [
        "  as of        workbooks  milestones   outstanding   overdue",
        "  17 Mar 2026          1           2  1,000.00 EUR  0.00 EUR",
        "  24 Mar 2026          1           2      0.00 EUR  0.00 EUR",
    ]
    assert run("history", folder / "out" / HISTORY_NAME).stdout == run("history", folder / "out").stdout
    assert run("history", "--history", folder / "out" / HISTORY_NAME, "--format", "csv").stdout_bytes.decode() == (
        "\ufeffas_of,workbooks,milestones,currency,outstanding,overdue\r\n"
        "2026-03-17,1,2,EUR,1000.00,0.00\r\n2026-03-24,1,2,EUR,0.00,0.00\r\n"
    )


def test_the_same_run_again_writes_the_same(folder: Path) -> None:
    report(folder, "2026-03-17")
    save(folder, DEPOSIT)
    formats = ("--format", "html", "--format", "xlsx", "--format", "eml")
    report(folder, "2026-03-24", *formats)
    before = digest(folder / "out")
    report(folder, "2026-03-24", *formats)
    assert digest(folder / "out") == before


def test_a_sign_off_that_was_exchanged_is_found_until_it_has_a_new_name(folder: Path) -> None:
    report(folder, "2026-03-17")
    report(folder, "2026-03-24")
    assert "F312" not in [code for code, *_ in findings(folder)]
    (folder / "signoffs" / "a.pdf").write_bytes(b"%PDF-1.7 as changed")
    for as_of in ("2026-03-31", "2026-03-31", "2026-04-07"):
        report(folder, as_of)
        [(_code, cell, message)] = [one for one in findings(folder) if one[0] == "F312"]
        assert cell == "F2"
        assert message == (
            "1,000.00 EUR rest on a sign-off that is not what it was: “a.pdf” was another file from 17 March 2026 to "
            "24 March 2026."
        )
    (folder / "signoffs" / "a.pdf").rename(folder / "signoffs" / "b.pdf")
    save(folder, (*DEPOSIT[:5], "b.pdf"), FINAL)
    report(folder, "2026-04-14")
    assert "F312" not in [code for code, *_ in findings(folder)]


def test_an_unchanged_sign_off_is_not_read_whole_again(folder: Path) -> None:
    report(folder, "2026-03-17")
    file = folder / "signoffs" / "a.pdf"
    times = file.stat()
    # Of the same size and time: whoever does this on purpose is believed.
    file.write_bytes(b"%PDF-1.7 by a cheat")
    file.write_bytes(b"%PDF-1.7 as signe?")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    report(folder, "2026-03-24")
    assert "F312" not in [code for code, *_ in findings(folder)]
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns + 1000))
    report(folder, "2026-03-24")
    assert "F312" in [code for code, *_ in findings(folder)]


def test_without_a_history_nothing_is_remembered(folder: Path) -> None:
    assert report(folder, "2026-03-17", "--no-history").exit_code == Exit.DONE
    assert not (folder / "out" / HISTORY_NAME).exists()
    done = run("history", folder / "out")
    assert done.exit_code == Exit.NOTHING_READ
    assert done.stderr == f"No runs are remembered in “{folder / 'out' / HISTORY_NAME}”.\n"


def test_a_history_may_lie_elsewhere(folder: Path) -> None:
    file = folder / "Past.DB"
    report(folder, "2026-03-17", "--history", file)
    assert not (folder / "out" / HISTORY_NAME).exists()
    assert "17 Mar 2026" in run("history", "--history", file).stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--history", "book.xlsx"), "must end in .sqlite, .sqlite3 or .db"),
        (("--no-history", "--since", "2026-03-01"), "--no-history goes neither with --history nor with --since"),
        (("--no-history", "--history", "a.db"), "--no-history goes neither with --history nor with --since"),
        (("--since", "March"), "“March” is no date"),
    ],
)
def test_options_that_cannot_be_meant_are_wrong_usage(folder: Path, words: tuple[str, ...], why: str) -> None:
    done = report(folder, "2026-03-24", *words)
    assert done.exit_code == 2
    assert why in done.stderr
    assert not (folder / "out").exists()


def test_since_which_day_changes_are_told_can_be_chosen(folder: Path) -> None:
    report(folder, "2026-03-17")
    done = report(folder, "2026-03-24", "--since", "2026-03-16")
    assert done.exit_code == Exit.DONE
    assert "only those of 17 March 2026: this report tells no changes" in done.stderr
    assert report(folder, "2026-03-24", "--since", "2026-03-20").stderr == ""


def test_that_no_changes_are_told_is_on_the_page_and_in_the_log(folder: Path, tmp_path: Path) -> None:
    report(folder, "2026-03-17")
    log = tmp_path / "run.log"
    page = folder / "out" / "summary.html"
    report(folder, "2026-03-24", "--since", "2026-03-16", "--format", "html", "--log-file", log)
    said = "only those of 17 March 2026: this report tells no changes"
    assert said in page.read_text(encoding="utf-8")
    assert said in log.read_text(encoding="utf-8")
    assert "This folder has no report of an earlier day" not in page.read_text(encoding="utf-8")
    (folder / "out" / HISTORY_NAME).write_bytes(b"no database")
    report(folder, "2026-03-24", "--format", "html", "--log-file", log)
    assert "It is kept as “history.sqlite.damaged-1”" in page.read_text(encoding="utf-8")
    assert "history.sqlite.damaged-1" in log.read_text(encoding="utf-8")
    (folder / "out" / HISTORY_NAME).unlink()
    report(folder, "2026-03-24", "--format", "html")
    assert "This folder has no report of an earlier day" in page.read_text(encoding="utf-8")


def test_a_damaged_history_is_said_and_kept_and_the_report_written(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / HISTORY_NAME).write_bytes(b"no database")
    done = report(folder, "2026-03-24", "--locale", "de_DE")
    assert done.exit_code == Exit.DONE
    assert "ist nicht zu gebrauchen: sie ist beschädigt. Sie ist als „history.sqlite.damaged-1“ auf" in done.stderr
    assert (folder / "out" / "history.sqlite.damaged-1").read_bytes() == b"no database"
    assert (folder / "out" / "summary.json").exists()
    assert len(listed(folder)["runs"]) == 1


def test_a_history_that_cannot_be_written_is_said_and_the_report_written(folder: Path) -> None:
    done = report(folder, "2026-03-24", "--history", folder / "nowhere" / "past.db")
    assert done.exit_code == Exit.DONE
    assert f"This run could not be remembered in “{folder / 'nowhere' / 'past.db'}”: the system refuses" in done.stderr
    assert (folder / "out" / "summary.json").exists()


def test_a_workbook_that_is_missing_this_time_is_named(folder: Path) -> None:
    save(folder, ("Build", 70.0, "GBP", "sent", "INV-9", ""), name="more.xlsx")
    report(folder, "2026-03-17", folder / "more.xlsx")
    done = report(folder, "2026-03-24")
    said = "“more.xlsx” was read for the earlier report and not for this one: its 1 milestone (70.00 GBP outstanding"
    assert done.stdout.count(said) == 1
    done = report(folder, "2026-03-31", folder / "more.xlsx")
    assert done.stdout.count("Not read for the earlier report, so that all milestones in it are new: “more.xlsx”.") == 1
    assert "A report as of 17 March 2026 had read them: --since 2026-03-17 tells what changed" in done.stdout
    done = report(folder, "2026-03-31", folder / "more.xlsx", "--since", "2026-03-17")
    assert "more.xlsx" not in done.stdout.partition("Since 17 March 2026: no milestone changed")[2]


def test_the_trend_says_where_a_workbook_was_not_read_and_has_every_currency_on_every_day(folder: Path) -> None:
    more = folder / "more.xlsx"
    save(folder, ("Build", 70.0, "GBP", "sent", "INV-9", ""), name=more.name)
    whole = more.read_bytes()
    for day, content in (("2026-03-17", whole), ("2026-03-24", whole[:900]), ("2026-03-31", whole)):
        more.write_bytes(content)
        report(folder, day, more, "--format", "html")
    figures = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    assert [
        (point["as_of"], point["currency"], point["outstanding"], point["workbooks_unread"])
        for point in figures["trend"]
    ] == [
        ("2026-03-17", "EUR", "1000.00", 0),
        ("2026-03-17", "GBP", "70.00", 0),
        ("2026-03-24", "EUR", "1000.00", 1),
        ("2026-03-24", "GBP", "0.00", 1),
        ("2026-03-31", "EUR", "1000.00", 0),
        ("2026-03-31", "GBP", "70.00", 0),
    ]
    page = (folder / "out" / "summary.html").read_text(encoding="utf-8")
    assert "Not all workbooks could be read on 24 Mar 2026" in page
    assert "1 workbook not read" in page


THREE = {
    "a.xlsx": [DEPOSIT, FINAL],
    "b.xlsx": [("Build", 70.0, "GBP", "sent", "INV-7", "")],
    "c.xlsx": [("Audit", 9.25, "EUR", "sent", "INV-8", "")],
}


def three(folder: Path) -> Path:
    """A folder of three workbooks."""
    books = folder / "books"
    books.mkdir()
    for name, rows in THREE.items():
        save(books, *rows, name=name)
    return books


def changes_of(folder: Path, as_of: str, *paths: Path) -> Any:
    done = run("report", *paths, "--as-of", as_of, "--out", folder / "out", "--format", "json")
    assert done.exit_code == Exit.DONE, done.stderr
    return json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))["changes"]


def openings(changes: Any) -> dict[str, str]:
    return {bridge["currency"]: bridge["opening"] for bridge in changes["bridge"]}


def test_a_look_at_one_workbook_does_not_make_the_day_forget_the_others(folder: Path) -> None:
    books = three(folder)
    changes_of(folder, "2026-03-17", books)
    save(books, (*DEPOSIT[:1], 1250.75, *DEPOSIT[2:]), FINAL, name="a.xlsx")
    changes_of(folder, "2026-03-17", books / "a.xlsx")
    shown = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    assert [(total["currency"], total["outstanding"]) for total in shown["totals"]] == [("EUR", "1250.75")]
    assert listed(folder)["runs"] == [{"as_of": "2026-03-17", "workbooks": 3, "milestones": 4}]
    save(books, (*DEPOSIT[:3], "paid", *DEPOSIT[4:]), FINAL, name="a.xlsx")
    changes = changes_of(folder, "2026-03-24", books)
    assert openings(changes) == {"EUR": "1260.00", "GBP": "70.00"}
    assert (changes["not_compared"], changes["workbooks_new"]) == ([], [])
    assert [(one["kind"], one["milestone"], one["outstanding_change"]) for one in changes["items"]] == [
        ("paid", "Deposit", "-1000.00"),
        ("amount_changed", "Deposit", "-250.75"),
    ]


def test_a_workbook_that_is_damaged_or_gone_at_the_second_look(folder: Path) -> None:
    books = three(folder)
    changes_of(folder, "2026-03-17", books)
    whole = (books / "b.xlsx").read_bytes()
    (books / "b.xlsx").write_bytes(whole[:900])
    (books / "c.xlsx").unlink()
    changes_of(folder, "2026-03-17", books)
    assert listed(folder)["runs"] == [{"as_of": "2026-03-17", "workbooks": 2, "milestones": 3}]
    (books / "b.xlsx").write_bytes(whole)
    changes = changes_of(folder, "2026-03-24", books)
    assert openings(changes) == {"EUR": "1000.00", "GBP": "70.00"}
    assert not changes["items"]
    assert not changes["not_compared"]


def test_two_folders_one_after_the_other_make_one_day(folder: Path) -> None:
    one, two = three(folder), folder / "two"
    two.mkdir()
    (one / "c.xlsx").rename(two / "c.xlsx")
    changes_of(folder, "2026-03-17", one)
    changes_of(folder, "2026-03-17", two)
    changes = changes_of(folder, "2026-03-24", one, two)
    assert openings(changes) == {"EUR": "1009.25", "GBP": "70.00"}
    assert not changes["items"]
    assert not changes["workbooks_new"]


def test_the_file_that_has_another_name_beside_a_namesake_is_one_file(folder: Path) -> None:
    one, two = three(folder), folder / "two"
    two.mkdir()
    save(two, ("Survey", 9.25, "EUR", "sent", "INV-88", ""), name="a.xlsx")
    changes_of(folder, "2026-03-17", one, two)
    changes_of(folder, "2026-03-17", one / "a.xlsx")
    assert listed(folder)["trend"][0]["outstanding"] == "1018.50"
    changes = changes_of(folder, "2026-03-24", one, two)
    assert openings(changes) == {"EUR": "1018.50", "GBP": "70.00"}
    assert not changes["items"]


def test_listing_the_history_needs_no_pandas(folder: Path) -> None:
    report(folder, "2026-03-17")
    code = "import sys; from milestone_report import cli; cli.cli(sys.argv[1:], standalone_mode=False); "
    code += "print({'pandas', 'numpy'} & {*sys.modules})"
    words = [sys.executable, "-c", code, "history", str(folder / "out")]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    assert done.stdout.endswith("set()\n")
