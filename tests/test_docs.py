"""docs/ says what the program does: what is written from it is up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from milestone_report.cli import cli
from milestone_report.rules import RULES
from milestone_report.settings.tables import TABLES, Key
from tests.conftest import ROOT
from tests.docs import PAGES
from tests.docs.figures import undescribed
from tests.docs.settings import example
from tests.settings.reading import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_written_from_the_program_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "stale: make docs"


def test_every_rule_has_a_section_that_the_table_leads_to() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    codes = sorted(rule.code for rule in RULES)
    assert sorted(re.findall(r"^### (\w+)$", page, flags=re.MULTILINE)) == codes
    links = re.findall(r"\[(\w+)\]\(#(\w+)\)", page)
    assert sorted(links) == [(code, code.lower()) for code in codes]


def test_the_examples_of_the_settings_are_one_file_that_works(tmp_path: Path) -> None:
    read(tmp_path, example())


KEYS = [pytest.param(table.name, key, id=f"{table.name}-{key.names[:1]}") for table in TABLES for key in table.keys]


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_each_example_changes_something_and_each_default_nothing(tmp_path: Path, table: str, key: Key) -> None:
    plain = read(tmp_path, "")
    assert read(tmp_path, f"[{table}]\n{key.example}") != plain
    assert read(tmp_path, f"[{table}]\n{key.default}") == plain


def test_the_schema_says_of_every_key_what_it_is() -> None:
    assert list(undescribed()) == []


PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_every_option_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (page.parent / target).exists(), target
    commands = re.findall(r"milestone-report (?:report|check|init|rules|schedule|history) [^`\n]*", text)
    known = {"--help", "--version"}
    known |= {name for command in cli.commands.values() for option in command.params for name in option.opts}
    for line in commands:
        assert set(re.findall(r"(?<= )--[a-z-]+", line)) <= known, line


def test_the_page_of_commands_has_every_option() -> None:
    """It is written from the help; this holds against a help that leaves one out."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in cli.commands.values():
        section = text.partition(f"## `milestone-report {command.name}")[2].partition("\n## ")[0]
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[-1] in section
