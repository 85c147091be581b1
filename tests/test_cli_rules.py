"""The command `rules`: the catalogue, one rule, and what programs get."""

from __future__ import annotations

import json

import jsonschema
import pytest
from click.testing import CliRunner, Result

from milestone_report import cli
from milestone_report.rules import FAMILIES, RULES
from tests.conftest import ROOT


def rules(*words: str) -> Result:
    return CliRunner().invoke(cli.cli, ["rules", *words])


def test_the_list_has_every_rule_with_what_it_points_at_under_the_heading_of_its_family() -> None:
    listed = rules().output.splitlines()
    for rule in RULES:
        [line] = [line for line in listed if line.startswith(f"  {rule.code}  ")]
        assert line.split() == [rule.code, rule.severity, *rule.where.split(), *rule.title.split()]
        headings = [line for line in listed[: listed.index(line)] if not line.startswith(" ") and line]
        assert headings[-1] == FAMILIES[rule.code[0]]


def test_the_list_is_in_columns() -> None:
    lines = [line for line in rules().output.splitlines() if line.startswith("  ")]
    column = lines[0].index("Workbook, or")
    assert {line[column - 2 : column] for line in lines} == {"  "}
    assert all(line[column] != " " for line in lines)


def test_a_code_tells_all_about_its_rule() -> None:
    page = rules("s201").output
    assert page.startswith("S201  Stale status: the due date has passed\nwarning, points at: status\n")
    for heading in ("Why it matters", "Examples, on 31 March 2026", "What it says", "How to fix it"):
        assert f"\n{heading}\n" in page
    assert "  found     Deposit    1,000.00  sent            2026-03-30\n" in page
    assert "  let pass  Deposit    1,000.00  sent            2026-03-31\n" in page
    assert "30 March 2026, passed 1 day ago: 1,000.00 EUR are overdue." in page
    assert "Set the status to overdue" in page


def test_the_beginning_of_codes_lists_those() -> None:
    lines = [line.split()[0] for line in rules("s20").output.splitlines() if line.startswith("  ")]
    assert lines == [rule.code for rule in RULES if rule.code.startswith("S20")]
    assert len(lines) > 1


@pytest.mark.parametrize(("word", "meant"), [("S2011", "S201"), ("F03O1", "F301"), ("Z", "Without a code all")])
def test_a_wrong_code_is_wrong_usage_and_the_nearest_is_named(word: str, meant: str) -> None:
    done = rules(word)
    assert done.exit_code == 2
    assert f"there is no rule {word}." in done.stderr
    assert meant in done.stderr


def test_programs_get_every_rule_as_the_schema_says() -> None:
    schema = json.loads((ROOT / "milestone_report/rendering/catalogue.schema.json").read_text(encoding="utf-8"))
    found = json.loads(rules("--format", "json").stdout)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert [each["code"] for each in found] == [rule.code for rule in RULES]


def test_programs_get_one_rule_in_the_same_form() -> None:
    [found] = json.loads(rules("R102", "--format", "json").stdout)
    assert list(found) == ["code", "severity", "field", "title", "why", "message", "fix", "columns", "examples", "says"]
    assert found["field"] == "amount"
    assert found["columns"] == ["Milestone", "Amount", "Status"]
    assert found["examples"][0] == {"found": True, "rows": [["Deposit", "(blank)", "sent"]]}
    assert {"found": False, "rows": [["Deposit", "1,000.00", "sent"]]} in found["examples"]
    assert found["says"] == "This milestone has no amount, so it is in no total."
