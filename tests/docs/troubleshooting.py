"""docs/troubleshooting.md: each exit code, where the log is, and each finding on a whole workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.commands.ending import Exit
from milestone_report.rules import RULES
from milestone_report.trial import explained
from tests.docs.rules import plain, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_USAGE = 2
"""Click's own code."""

_EXITS = {
    Exit.DONE: ("Done.", "Nothing."),
    Exit.FINDINGS: (
        "Done, and there are findings as serious as `--fail-on` says.",
        "Correct what the findings name, or let only others count: `--fail-on never`.",
    ),
    _USAGE: (
        "The command, an option or the settings file is not right. Nothing was read.",
        "Do what the message says; `milestone-report report --help` lists the options.",
    ),
    Exit.NOTHING_READ: (
        "No milestones could be read. Nothing was written.",
        "The findings say why: see the W codes below. For a network share that comes late: `--retry 8`.",
    ),
    Exit.NOT_WRITTEN: (
        "An output could not be written. Those of the run before are as they were.",
        "Close the files if they are open, see that the disk is not full, or name another folder with `--out`.",
    ),
    Exit.BUSY: (
        "Another run is writing to the same folder. It says which, and since when.",
        "Wait until it is done. If it hangs, end that process; then run again: what it left is put right.",
    ),
    Exit.FAULT: (
        "A fault of the program itself. Your workbooks are unchanged.",
        "The message names the log. Report the fault with the log's last lines; they may quote a cell, so read them.",
    ),
    Exit.INTERRUPTED: (
        "Stopped by Ctrl-C. It says whether the files of this run are written.",
        "Run it again when you like.",
    ),
    Exit.TERMINATED: (
        "Stopped by the system, as when a computer shuts down, or by `kill`. It says whether the files are written.",
        "Run it again.",
    ),
}

_BEGINNING = """\
# When something is not as it should be

This page is written from the program itself (`make docs`).

## How a run ended

In a terminal, `echo $?` right after the command shows the exit code; in PowerShell `$LASTEXITCODE`, in the Command
Prompt `echo %ERRORLEVEL%`. A scheduler shows it, too ([scheduling.md](scheduling.md)), and the last line of a run
in the log has it.
"""

_LOG = """\
A code that is not in this list comes from elsewhere: 137, or -9, is a run that was killed, as when memory ran out. The
next run puts right what it left.

## The log

Every `report` and `check` writes a line for each workbook and one for the run itself:

    2026-03-31T07:30:04+02:00 INFO  4711 workbook workbook="agency.xlsx" file="/home/maya/Billing/agency.xlsx" \\
read=true rows_counted=19 rows_left_out=1 errors=4 warnings=5 infos=4 seconds=0.412
    2026-03-31T07:30:05+02:00 INFO  4711 run command="report" version="0.1.0" as_of="2026-03-31" exit=0 \\
seconds=2.104 written=["/home/maya/Reports/summary.html", …]

(each is one line; 4711 is the number of the process). A command that was refused as wrong usage before it began, and
one that was killed, leave no line. Where the log is:

| system | file |
| --- | --- |
| Windows | `%LOCALAPPDATA%\\milestone-report\\Logs\\milestone-report.log` |
| macOS | `~/Library/Logs/milestone-report/milestone-report.log` |
| Linux | `~/.local/state/milestone-report/log/milestone-report.log` |
| elsewhere | where `--log-file`, or else the variable `MILESTONE_REPORT_LOG_FILE`, says |

Python from the Microsoft Store keeps such files apart, below
`%LOCALAPPDATA%\\Packages\\PythonSoftwareFoundation.Python…\\LocalCache\\Local`. With `--log-file` you choose the
place: a new file, an empty one or a log there is, as any other is refused. With `--log-format json` each line is an
object with the same names.

The log names files and counts. What a cell holds is never in it, nor a password, but for the details of a fault, which
may quote a cell. Line breaks and signs that cannot be seen are written as `\\n` or `\\u202e`, so that no file name can
look like a line.

## A workbook, sheet or file that could not be read as it is

Each of these is a finding, in every output. `milestone-report rules W001` prints more of it. What is said here is that
of an example.
"""


def page() -> str:
    """The whole page."""
    rows = [(f"**{int(code)}**", *_EXITS[code]) for code in sorted({*Exit, _USAGE})]
    return "\n".join([_BEGINNING, *table(("code", "what it means", "what to do"), rows), _LOG, *_findings()])


def _findings() -> Iterator[str]:
    rows = []
    for rule in (rule for rule in RULES if rule.code.startswith("W")):
        entry = explained(rule)
        link = f"[{rule.code}](rules.md#{rule.code.lower()})"
        rows.append((link, rule.severity, plain(rule.title), plain(entry.message), plain(entry.fix)))
    yield from table(("code", "severity", "what", "it says, for example", "what to do"), rows)
