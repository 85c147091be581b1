"""docs/ says what the program does: what is written from it is up to date."""

from __future__ import annotations

import re

import pytest

from milestone_report.rules import RULES
from tests.conftest import ROOT
from tests.docs import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_written_from_the_program_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "stale: make docs"


def test_every_rule_has_a_section_that_the_table_leads_to() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    codes = sorted(rule.code for rule in RULES)
    assert sorted(re.findall(r"^### (\w+)$", page, flags=re.MULTILINE)) == codes
    links = re.findall(r"\[(\w+)\]\(#(\w+)\)", page)
    assert sorted(links) == [(code, code.lower()) for code in codes]
