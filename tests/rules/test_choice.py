"""Which findings are shown, which are kept back, and that each one kept back is counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.choice import CODES, By, Choice, Ignore, Ignored
from milestone_report.model import Finding, Severity
from milestone_report.rules import RULES, choose
from milestone_report.rules.choice import Chosen
from milestone_report.rules.rule import Example, rows
from milestone_report.trial import findings_of

if TYPE_CHECKING:
    from pathlib import Path

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
BOOKS = ("acme.xlsx", "north/studio.xlsx")


def finding(code: str, workbook: str = "acme.xlsx", sheet: str = "Web", severity: Severity = WARNING) -> Finding:
    return Finding(code, severity, workbook, sheet, "", "", "…", "…")


SOME = (
    finding("R103"),
    finding("S201"),
    finding("S201", sheet="Old"),
    finding("S205", BOOKS[1]),
    finding("W001", sheet=""),
)


def shown(choice: Choice, findings: tuple[Finding, ...] = SOME) -> list[str]:
    return [each.code for each in choose(findings, choice, BOOKS).findings]


def test_the_codes_are_those_of_the_rules() -> None:
    assert list(CODES) == [rule.code for rule in RULES]


def test_what_is_kept_back_is_what_is_not_shown() -> None:
    chosen = choose(SOME, Choice(select=("S2",)), BOOKS)
    assert Counter((*chosen.findings, *chosen.kept_back)) == Counter(SOME)
    assert len(chosen.kept_back) == sum(each.findings for each in chosen.ignored) > 0


def test_without_a_choice_everything_is_shown() -> None:
    assert choose(SOME, Choice(), BOOKS) == Chosen(SOME, (), ())


@pytest.mark.parametrize(
    ("select", "codes"),
    [
        (("S201",), ["S201", "S201"]),
        (("S2",), ["S201", "S201", "S205"]),
        (("S", "W001"), ["S201", "S201", "S205", "W001"]),
        (("P",), []),
    ],
)
def test_only_what_is_selected_is_shown(select: tuple[str, ...], codes: list[str]) -> None:
    assert shown(Choice(select=select)) == codes


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (Ignore("S201"), ["R103", "S205", "W001"]),
        (Ignore("S"), ["R103", "W001"]),
        (Ignore("S201", sheet="old"), ["R103", "S201", "S205", "W001"]),
        (Ignore(sheet="Old"), ["R103", "S201", "S205", "W001"]),
        (Ignore(sheet="*"), ["W001"]),
        (Ignore(workbook="ACME*"), ["S205"]),
        (Ignore(workbook="*.xlsx"), []),
        (Ignore(workbook="studio.xlsx"), ["R103", "S201", "S201", "W001"]),
        (Ignore(workbook="north/*"), ["R103", "S201", "S201", "W001"]),
        (Ignore("S2", workbook="studio*", sheet="Old"), ["R103", "S201", "S201", "S205", "W001"]),
    ],
)
def test_what_is_ignored_is_taken_away_by_code_workbook_and_sheet(entry: Ignore, codes: list[str]) -> None:
    assert shown(Choice(ignore=(entry,))) == codes


@pytest.mark.parametrize("sheet", ["Q[1]", "Q?1", "[!Q]", "Café"])
def test_only_the_star_is_special_in_a_name(sheet: str) -> None:
    found = (finding("S201", sheet=sheet), finding("S201", sheet="Q1"))
    for pattern in (sheet, sheet.upper(), f"{sheet[:2]}*{sheet[3:]}"):
        assert shown(Choice(ignore=(Ignore(sheet=pattern),)), found) == ["S201"]


def test_a_pattern_of_many_stars_takes_no_longer_than_a_short_one() -> None:
    found = (finding("S201", sheet="a" * 200),)
    assert shown(Choice(ignore=(Ignore(sheet="a*" * 60 + "b"),)), found) == ["S201"]


def test_what_is_kept_back_is_counted_by_code_with_the_reason_of_the_entry_that_comes_first() -> None:
    ignore = (
        Ignore("S205", by=By.IGNORE),
        Ignore("S201", sheet="Old", reason="moved"),
        Ignore("S2", reason="quarterly"),
    )
    chosen = choose((*SOME, *SOME), Choice(select=("S", "R"), ignore=ignore), BOOKS)
    assert [each.code for each in chosen.findings] == ["R103", "R103"]
    assert chosen.ignored == (
        Ignored(By.SELECT, "W001", WARNING, "", 2),
        Ignored(By.IGNORE, "S205", WARNING, "", 2),
        Ignored(By.SETTINGS, "S201", WARNING, "moved", 2),
        Ignored(By.SETTINGS, "S201", WARNING, "quarterly", 2),
    )


def test_what_is_kept_back_is_counted_in_the_order_of_the_codes() -> None:
    found = (finding("S203", severity=ERROR), finding("S201", severity=WARNING), finding("S202", severity=INFO))
    ignored = choose(found, Choice(ignore=(Ignore("S2", by=By.IGNORE),)), BOOKS).ignored
    assert [each.code for each in ignored] == ["S201", "S202", "S203"]


@pytest.mark.parametrize(
    ("select", "entry", "codes"),
    [
        ("S201", Ignore("S201", reason="noise"), ["S201", "S201"]),
        ("S201", Ignore("S"), ["S201", "S201"]),
        ("S201", Ignore("S201", sheet="Old"), ["S201", "S201"]),
        ("S", Ignore("S201"), ["S205"]),
        ("S201", Ignore(sheet="Old"), ["S201"]),
        ("S201", Ignore("S201", by=By.IGNORE), []),
    ],
)
def test_a_code_selected_by_name_is_shown_even_where_the_settings_ignore_it(
    select: str, entry: Ignore, codes: list[str]
) -> None:
    assert shown(Choice(select=(select,), ignore=(entry,))) == codes


def test_an_ignore_of_the_settings_that_nothing_matched_is_told() -> None:
    stale = (Ignore("S208"), Ignore("S201", sheet="Gone", reason="moved"), Ignore("S205", workbook="acme.xlsx"))
    here = (Ignore("S"), Ignore("S201", sheet="Old"), Ignore("P4", by=By.IGNORE), Ignore("S2", workbook="other.xlsx"))
    assert choose(SOME, Choice(ignore=(*here, *stale)), BOOKS).unused == stale


CODE = st.sampled_from(["", "R", "R103", "S", "S2", "S201", "W"])
NAME = st.sampled_from(["", "*", "acme.xlsx", "north*", "Old", "o*"])
ENTRY = st.builds(Ignore, CODE, NAME, NAME, st.sampled_from(["", "why"]), st.sampled_from([By.IGNORE, By.SETTINGS]))


@given(
    st.lists(st.sampled_from(SOME)),
    st.lists(ENTRY, max_size=4),
    st.lists(CODE.filter(bool), max_size=2),
)
def test_no_finding_is_lost_and_none_is_counted_twice(
    findings: list[Finding], ignore: list[Ignore], select: list[str]
) -> None:
    chosen = choose(findings, Choice(tuple(select), tuple(ignore)), BOOKS)
    assert len(chosen.findings) + sum(each.findings for each in chosen.ignored) == len(findings)
    assert list(chosen.findings) == [each for each in findings if each in chosen.findings]
    keys = [(each.by, each.code, each.severity, each.reason) for each in chosen.ignored]
    assert len(keys) == len(set(keys))
    assert all(each.findings for each in chosen.ignored)


TWO_FAULTS = rows({"due_date": ""}, {"amount": "TBC", "invoice_number": "INV-2"})


def test_a_severity_of_the_users_own_counts_and_the_more_exact_of_two(tmp_path: Path) -> None:
    own = [("R1", INFO), ("R103", WARNING), ("S", ERROR)]
    found = {each.code: each.severity for each in findings_of(TWO_FAULTS, tmp_path, severities=own)}
    assert found["R103"] is WARNING
    assert found["R117"] is INFO


def test_findings_stand_in_the_order_of_the_severities_that_count(tmp_path: Path) -> None:
    cells = [each.cell for each in findings_of(TWO_FAULTS, tmp_path, severities=[("R117", ERROR)])]
    assert cells[:2] == ["G2", "B3"]


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("example", [TWO_FAULTS, rows({"due_date": "03/04/2026"})])
def test_no_severity_and_no_ignoring_makes_other_findings_pop_up(
    example: Example, severity: Severity, tmp_path: Path
) -> None:
    """A blank due date would be R117: where the cell could not be read, R110 has said it, whatever it counts for."""
    plain = {(each.code, each.cell) for each in findings_of(example, tmp_path)}
    found = findings_of(example, tmp_path, severities=[("R", severity)])
    assert {(each.code, each.cell) for each in found} == plain
    left = choose(found, Choice(ignore=(Ignore("R110"), Ignore("R103"))), ["example.xlsx"]).findings
    assert {(each.code, each.cell) for each in left} == {each for each in plain if each[0] not in ("R110", "R103")}
