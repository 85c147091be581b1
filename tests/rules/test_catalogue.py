"""Every rule is proved by its own examples, and the catalogue is whole."""

from __future__ import annotations

import inspect
import json
import string
from pathlib import Path

import pytest

from milestone_report import rules
from milestone_report.model import Severity
from milestone_report.rules import (
    RULES,
    across,
    cells,
    contracts,
    files,
    payments,
    projects,
    rows,
    signoffs,
    statuses,
    workbooks,
)
from milestone_report.rules.rule import Example, Rule
from milestone_report.trial import findings_of

FAMILIES = (across, cells, contracts, files, payments, projects, rows, signoffs, statuses, workbooks)
BREAKING = [pytest.param(rule, each, id=f"{rule.code}-{n}") for rule in RULES for n, each in enumerate(rule.breaks)]
KEEPING = [pytest.param(rule, each, id=f"{rule.code}-{n}") for rule in RULES for n, each in enumerate(rule.keeps)]


@pytest.mark.parametrize(("rule", "example"), BREAKING)
def test_a_breaking_example_is_found(rule: Rule, example: Example, tmp_path: Path) -> None:
    found = [finding for finding in findings_of(example, tmp_path) if finding.code == rule.code]
    assert found, f"{rule.code} did not find {example}"
    for finding in found:
        assert finding.severity is rule.severity
        assert finding.message
        assert finding.fix
        assert "{" not in finding.message + finding.fix


@pytest.mark.parametrize(("rule", "example"), KEEPING)
def test_a_keeping_example_is_let_pass(rule: Rule, example: Example, tmp_path: Path) -> None:
    assert rule.code not in {finding.code for finding in findings_of(example, tmp_path)}


def test_a_clean_milestone_breaks_no_rule(tmp_path: Path) -> None:
    clean = Example(block={"Contract total": 1000.0})
    assert findings_of(clean, tmp_path) == ()


def test_codes_are_unique_and_sorted() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


def test_nothing_is_left_out_of_the_catalogue() -> None:
    defined = {value.code for family in FAMILIES for value in vars(family).values() if isinstance(value, Rule)}
    assert defined == {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_why_it_matters_and_shows_both_sides(rule: Rule) -> None:
    assert rule.title
    assert rule.why
    assert rule.fix
    assert len(rule.breaks) >= 2
    assert len(rule.keeps) >= 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_named_after_its_code(rule: Rule) -> None:
    assert [family for family in FAMILIES if getattr(family, rule.code, None) is rule]


def test_the_schema_knows_exactly_these_codes() -> None:
    schema = Path(inspect.getfile(rules)).parents[1] / "rendering" / "summary.schema.json"
    listed = json.loads(schema.read_text(encoding="utf-8"))["properties"]["findings"]["items"]["properties"]["code"]
    assert listed["enum"] == [rule.code for rule in RULES]


def test_messages_name_their_blanks() -> None:
    for rule in RULES:
        for _text, name, _spec, _conversion in string.Formatter().parse(rule.message + rule.fix):
            assert name is None or name.isidentifier()


def test_an_unreadable_cell_gives_one_finding_not_two(tmp_path: Path) -> None:
    example = Example(rows=({"due_date": "03/04/2026"},))
    assert [finding.code for finding in findings_of(example, tmp_path) if finding.cell == "G2"] == ["R110"]


def test_findings_stand_worst_first_and_then_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    example = Example(
        rows=(
            {"milestone": "A", "due_date": "", "invoice_number": "1"},
            {"milestone": "B", "amount": "TBC", "invoice_number": "2"},
            {"milestone": "C", "invoice_number": "", "signoff": ""},
        )
    )
    found = [(finding.severity, finding.cell) for finding in findings_of(example, tmp_path)]
    assert found == [
        (Severity.ERROR, "B3"),
        (Severity.ERROR, "D4"),
        (Severity.ERROR, "H4"),
        (Severity.WARNING, "G2"),
        (Severity.INFO, ""),
    ]
