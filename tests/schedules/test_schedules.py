"""What is printed for a scheduler is read back by its own rules, and by the scheduler itself where it is there."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from milestone_report.schedules import Schedule, ScheduleError, cron, parsed_days, parsed_name, parsed_time, systemd
from milestone_report.schedules.windows import encoded, mapped_drives, task
from tests.schedules.reading import of_cron, of_systemd, of_windows

PROGRAM = sys.executable
NASTY = (
    '/srv/Büro & Söhne/50% off $HOME ${x}/it\'s "so".xlsx',
    "a\\b\\",
    "%n %% $$ `x` ;",
    ";",
    "",
    "  two  blanks ",
    "#5",
    "日本",
)
WORDS = st.lists(
    st.text(alphabet=st.one_of(st.sampled_from(" %$\\\"'`;&|<>#~äß"), st.characters(exclude_categories=["C", "Z"]))),
    max_size=4,
)
BEGIN = dt.date(2026, 3, 31)


def schedule(*words: str, days: tuple[int, ...] = (0, 3), program: str = PROGRAM) -> Schedule:
    return Schedule(name="milestone-report", hour=7, minute=30, days=days, command=(program, *words))


def exec_start(units: str) -> str:
    found = re.search(r"^ExecStart=(.*)$", units, flags=re.MULTILINE)
    assert found
    return found[1]


@given(WORDS)
def test_cron_hands_the_shell_the_very_words(words: list[str]) -> None:
    try:
        mark, line, *rest = cron.entry(schedule(*words)).split("\n")
    except ScheduleError:
        assume(any(re.search(r"\\[\\%]", word) for word in words))
        return
    assert rest == [""]
    assert mark.startswith("# ")
    for halves in (True, False):
        assert shlex.split(of_cron(line, halves_backslashes=halves)) == [PROGRAM, *words]


@given(WORDS)
def test_systemd_starts_the_program_with_the_very_words(words: list[str]) -> None:
    service = systemd.units(schedule(*words))["milestone-report.service"]
    assert of_systemd(exec_start(service)) == [PROGRAM, *words]


@given(WORDS)
def test_windows_starts_the_program_with_the_very_words(words: list[str]) -> None:
    assume(not any(re.search(r"%[^%]+%|\$\(", word) for word in words))
    tree = etree.fromstring(encoded(task(schedule(*words), BEGIN)))
    assert of_windows(tree.findtext(".//{*}Arguments") or "") == words
    assert tree.findtext(".//{*}Command") == PROGRAM


def test_what_cannot_be_said_for_certain_is_refused() -> None:
    for word in ("a\nb", "a\x00b", "\udcff"):
        for make in (cron.entry, systemd.units, lambda asked: task(asked, BEGIN)):
            with pytest.raises(ScheduleError, match="Rename the file or folder"):
                make(schedule(word))
    with pytest.raises(ScheduleError, match="backslashes"):
        cron.entry(schedule("a\\\\b"))
    with pytest.raises(ScheduleError, match="998 bytes"):
        cron.entry(schedule("ä" * 500))
    with pytest.raises(ScheduleError, match=r"\$ in its path"):
        systemd.units(schedule(program="/opt/$x/python"))
    with pytest.raises(ScheduleError, match="variable"):
        task(schedule(r"C:\%TEMP%\x"), BEGIN)
    with pytest.raises(ScheduleError, match="260"):
        task(schedule(program="C:\\" + "x" * 300), BEGIN)


def test_days_and_times_are_those_of_each_scheduler() -> None:
    weekend, every = schedule(days=(5, 6)), schedule(days=tuple(range(7)))
    assert cron.entry(weekend).split("\n")[1].startswith("30 7 * * 6,0 ")
    assert cron.entry(every).split("\n")[1].startswith("30 7 * * * ")
    assert "OnCalendar=Sat,Sun *-*-* 07:30:00\n" in systemd.units(weekend)["milestone-report.timer"]
    assert "OnCalendar=*-*-* 07:30:00\n" in systemd.units(every)["milestone-report.timer"]
    tree = etree.fromstring(task(weekend, BEGIN).encode("utf-16"))
    assert [etree.QName(day).localname for day in tree.iterfind(".//{*}DaysOfWeek/{*}*")] == ["Saturday", "Sunday"]
    assert tree.findtext(".//{*}StartBoundary") == "2026-03-31T07:30:00"
    assert (weekend.when, every.when) == ("Sat, Sun at 07:30", "every day at 07:30")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon,thu", (0, 3)),
        ("Thu, MON", (0, 3)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sat-mon", (0, 5, 6)),
        ("tuesday", (1,)),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days_are_read(text: str, days: tuple[int, ...]) -> None:
    assert parsed_days(text) == days


@pytest.mark.parametrize("text", ["", "t", "never", "mon,", "mon-", "1", "mo,tu,xx", "mon–fri"])
def test_what_are_no_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no days"):
        parsed_days(text)


def test_times_and_names_are_read_or_refused() -> None:
    assert [parsed_time(text) for text in ("07:30", "7:30", "0:00", "23:59")] == [(7, 30), (7, 30), (0, 0), (23, 59)]
    for text in ("", "7", "24:00", "07:60", "7.30", "7:3", "-1:30", "٠٧:٣٠"):
        with pytest.raises(ValueError, match="no time"):
            parsed_time(text)
    assert parsed_name("acme-2026") == "acme-2026"
    for text in ("", "-x", "a b", "../x", "ä", "a" * 61, "a\n"):
        with pytest.raises(ValueError, match="letters, digits and hyphens"):
            parsed_name(text)


def test_an_entry_takes_the_place_of_one_of_its_name_and_of_nothing_else_in_the_crontab() -> None:
    mine = "MAILTO=me\n# milestone-report schedule: other\n1 1 * * * other\n5 5 * * * mine"
    once = cron.merged(mine, schedule("a"))
    assert once == f"{mine}\n{cron.entry(schedule('a'))}"
    later = cron.merged(f"{once}6 6 * * * last\n", schedule("b"))
    assert later == f"{mine}\n6 6 * * * last\n{cron.entry(schedule('b'))}"
    assert cron.merged("", schedule("a")) == cron.entry(schedule("a"))


def test_paths_on_mapped_drives_are_named_with_their_share() -> None:
    words = ["--out", r"Z:\Out put", r"C:\here", r"\\server\share\x", "y:\\z", "mon"]
    shares = {"Z:": r"\\server\share", "Y:": ""}
    assert list(mapped_drives(words, shares.get)) == [
        (r"Z:\Out put", r"\\server\share\Out put"),
        ("y:\\z", None),
    ]


def test_the_task_is_utf_16_and_as_the_published_schema_has_it() -> None:
    data = encoded(task(schedule(*NASTY[:2], *NASTY[3:], days=(0, 6)), BEGIN))
    text = data.decode("utf-16")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("task.xsd")))
    schema.assertValid(etree.fromstring(data))
    for right, wrong in (("IgnoreNew", "Ignore"), ("StartBoundary", "Start"), ("mit/task", "mit/x")):
        assert not schema.validate(etree.fromstring(text.replace(right, wrong).encode("utf-16")))
    tree = etree.fromstring(data)
    assert tree.findtext("{*}Settings/{*}MultipleInstancesPolicy") == "IgnoreNew"
    assert tree.findtext("{*}Settings/{*}StartWhenAvailable") == "true"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    files = []
    for name, text in systemd.units(schedule("-P", *NASTY)).items():
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    home = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "SYSTEMD_LOG_LEVEL": "notice"}
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files], capture_output=True, text=True, env=home, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "milestone-report" not in done.stderr


@pytest.mark.skipif(not shutil.which("crontab"), reason="there is no crontab here")
def test_crontab_accepts_the_line(tmp_path: Path) -> None:
    file = tmp_path / "table"
    # A dry run changes nobody's crontab: -T with cronie, where -n means another thing, and -n with Debian's cron.
    usage = subprocess.run(["crontab", "-h"], capture_output=True, text=True, check=False).stderr
    ways = (option for option in ("-T", "-n") if re.search(rf"{option}\b.*(dry run|test)", usage, re.IGNORECASE))
    dry = next(ways, "")
    if not dry:
        pytest.skip("this crontab has no dry run")
    for words, days in ((NASTY[:1], (0, 3)), (NASTY[1:], (6,)), ((), tuple(range(7)))):
        file.write_text(cron.entry(schedule(*words, days=days)), encoding="utf-8")
        done = subprocess.run(["crontab", dry, str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    file.write_text("61 7 * * 1 true\n", encoding="utf-8")
    assert subprocess.run(["crontab", dry, str(file)], capture_output=True, check=False).returncode != 0
