"""Which findings a settings file may ignore, and what severities it may give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from milestone_report.choice import By, Choice, Ignore
from milestone_report.model import Severity
from milestone_report.settings import NAME, read_settings
from tests.settings.reading import BASE, fault, read

if TYPE_CHECKING:
    from pathlib import Path


def test_a_list_of_tables_may_be_written_either_way(tmp_path: Path) -> None:
    one = read(tmp_path, "[rules]\nignore = [{code = 's2', sheet = ' Old '}, {workbook = 'A*'}]").choice
    other = read(tmp_path, "[[rules.ignore]]\ncode = 'S2'\nsheet = 'Old'\n[[rules.ignore]]\nworkbook = 'A*'").choice
    assert one == other == Choice(ignore=(Ignore("S2", sheet="Old"), Ignore(workbook="A*")))


def test_severities_may_be_written_either_way(tmp_path: Path) -> None:
    one = read(tmp_path, "[rules]\nseverity = {S201 = 'info', p = 'error'}").choice
    other = read(tmp_path, "[rules.severity]\ns201 = 'info'\nP = 'error'").choice
    assert one == other == Choice(severity=(("S201", Severity.INFO), ("P", Severity.ERROR)))


def test_an_empty_list_ignores_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "[rules]\nignore = []").choice == Choice()


def test_what_the_command_line_ignores_comes_first_and_what_it_selects_stays(tmp_path: Path) -> None:
    given = replace(BASE, choice=Choice(("S", "W"), (Ignore("S201", by=By.IGNORE),)))
    (tmp_path / NAME).write_text("[rules]\nignore = ['S201']", encoding="utf-8")
    both = (Ignore("S201", by=By.IGNORE), Ignore("S201"))
    assert read_settings(tmp_path / NAME, given).choice == Choice(("S", "W"), both)


NO_CODE = "which is no rule's code, and none begins so. "


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('select = ["S"]', 2, "[rules] has no “select”. It may be: ignore, severity."),
        ('ignore = "S201"', 2, "“ignore” must be a list, such as ["),
        ("ignore = ['R103',\n'S212']", 2, f"entry 2 of “ignore” is “S212”, {NO_CODE}Did you mean “"),
        ("ignore = ['Q']", 2, f"entry 1 of “ignore” is “Q”, {NO_CODE}“milestone-report rules” lists them."),
        ("ignore = ['']", 2, f"entry 1 of “ignore” is “”, {NO_CODE}"),
        ("ignore = [5]", 2, 'entry 1 of “ignore” must be a code, such as "S201", or a table with code, workbook or s'),
        ('ignore = [{reason = "x"}]', 2, "entry 1 of “ignore” must be a code, "),
        ("ignore = [{}]", 2, "entry 1 of “ignore” must be a code, "),
        ('ignore = [{code = "S2", sheets = "x"}]', 2, "“sheets” in entry 1 of “ignore” is not known. Did you mean “s"),
        ("ignore = [{code = 5}]", 2, "“code” in entry 1 of “ignore” must be text in one line"),
        ("ignore = [{code = 'Q'}]", 2, "“code” in entry 1 of “ignore” is no rule's code, and none begins so. "),
        ("ignore = [{sheet = ''}]", 2, "“sheet” in entry 1 of “ignore” must be text in one line"),
        ("ignore = [{code = 'S2', reason = ['x']}]", 2, "“reason” in entry 1 of “ignore” must be text in one line"),
        ("[[rules.ignore]]\ncode = 'S2'\n\n[[rules.ignore]]\ncode = 'Q9'", 6, "“code” in entry 2 of “ignore” is no"),
        ("[[rules.ignore]]\ncode = 'S2'\n\n[[rules.ignore]]\nreason = 'x'", 5, "entry 2 of “ignore” must be a code"),
        ("severity = 'info'", 2, "“severity” must be a table of codes, such as {"),
        ("severity = { S201 = 'note' }", 2, "“S201” in “severity” must be “error”, “warning” or “info”."),
        ("[rules.severity]\nP4 = 'info'\nS299 = 'info'", 4, "“S299” in “severity” is no rule's code, and none begin"),
        ("[rules.severity]\nP4 = 'info'\np4 = 'info'", 4, "“p4” in “severity” stands there twice."),
        ("[rules.severity]\nP4 = ['info']", 3, "“P4” in “severity” must be “error”, “warning” or “info”."),
    ],
)  # fmt: skip
def test_what_may_not_stand_there_is_named_with_its_line_and_entry(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    above = "# mine" if text.startswith("[") else "[rules]"
    assert fault(tmp_path, f"{above}\n{text}").startswith(f", line {line}: {message}")
