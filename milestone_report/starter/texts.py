"""The texts beside the starter workbook: a settings file in which everything is a remark, and README.txt."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from milestone_report.settings.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milestone_report.settings.tables import Table

_WIDTH = 100


def settings_file(without_milestones: Mapping[str, str]) -> str:
    """A settings file in which each key stands as a remark, with what it is for.

    One thing is set: what is said of the sheets that are to have no milestones (name → why) is not shown each time.
    """
    return "\n".join(_settings_lines(without_milestones))


def _settings_lines(without_milestones: Mapping[str, str]) -> Iterator[str]:
    yield from _remark(
        "Settings of milestone-report for the workbooks in this folder. Nothing here is needed. To use a setting, "
        "remove the # before it and write your own value. A mistake is named with its line; nothing is then read."
    )
    for table in TABLES:
        yield ""
        yield ""
        yield from _remark(table.says)
        yield f"[{table.name}]"
        yield from _keys(table, without_milestones)
    yield ""


def _keys(table: Table, without_milestones: Mapping[str, str]) -> Iterator[str]:
    for key in table.keys:
        yield ""
        usual = f" Usual: {key.default}" if key.default else ""
        yield from _remark(f"{key.says}{usual}")
        if "ignore" in key.names:
            yield "ignore = ["
            for sheet, why in without_milestones.items():
                yield f'  {{ code = "W004", sheet = "{sheet}", reason = "{why}" }},'
            yield from (f"#  {line}" for line in key.example.splitlines()[1:-1])
            yield "]"
        else:
            yield from (f"# {line}" for line in key.example.splitlines())


def _remark(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text.replace("`", ""), _WIDTH - 3, break_long_words=False, break_on_hyphens=False):
        yield f"## {line}"


def read_me(workbook: str, signoffs: str, settings: str, *, has_example: bool) -> str:
    """README.txt, for someone who knows Excel and has never typed a command; with the line ends of Windows."""
    example = (
        "Look at the sheet of the example first. When you know how it works, delete the sheet and\n"
        f"the two example mails in the folder {signoffs}: as long as they are there, the report counts them.\n\n"
        if has_example
        else ""
    )
    text = _READ_ME.format(workbook=workbook, signoffs=signoffs, settings=settings, example=example)
    return text.replace("\n", "\r\n")


_READ_ME = """\
MILESTONE BILLING
=================

What is in this folder

  {workbook}
      One sheet for each project. Write your milestones here: what is billed, for how much,
      when it is due, and what became of the invoice.

  {signoffs}
      Put here what the client signed: a PDF, a scan, a saved mail. Then write the file's name
      into the Sign-off cell of its milestone, or link the cell to the file.

  {settings}
      Settings, if you need any. It works as it is.


How to use the workbook

{example}  1. For a new project right-click the tab "New project", choose Move or Copy, tick "Create a
     copy", and give the new sheet the project's name.
  2. Fill in the block at the top: project, client, owner, and the total of the contract.
  3. Write one row for each milestone. The cells tell what they expect when you stand on them,
     and the block shows at once whether the milestones add up to the contract.
  4. Set the status when something happens: planned, draft, sent, partially paid, paid,
     overdue, void. Write the invoice number when the invoice goes out.


How to get the report

  Open a terminal (on Windows: the Start menu, then type "powershell") in this folder and type

      milestone-report report . --open

  It reads the workbook and never changes it. The report opens in your browser; beside it lie
  summary.xlsx for Excel and summary.eml, a draft mail that only you can send. They are in the
  new folder milestone-report.

  To see only what should be corrected:

      milestone-report check .
"""
