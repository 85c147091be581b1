"""docs/ says what the program does: what is written from it is up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milestone_report.rules import RULES
from milestone_report.settings.tables import TABLES, Key
from tests.conftest import ROOT
from tests.docs import PAGES
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
