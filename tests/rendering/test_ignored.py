"""Every output says which findings were kept out, how many, by whom and why."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from milestone_report.choice import By, Choice, Ignore, Ignored
from milestone_report.model import Report, Severity
from milestone_report.rendering import email, html, ignored
from milestone_report.rendering.json import render
from milestone_report.rendering.text.figures import figures
from milestone_report.rendering.text.findings import findings
from milestone_report.wording import Language
from tests.building import report_of
from tests.rendering.excel_sample import load
from tests.rendering.page_reading import Page, text_of
from tests.rendering.page_sample import sample_report

ENTRIES = (
    Ignored(By.SELECT, "R103", Severity.ERROR, "", 3),
    Ignored(By.IGNORE, "P405", Severity.INFO, "", 1),
    Ignored(By.SETTINGS, "S201", Severity.WARNING, "client pays\nquarterly", 1200),
    Ignored(By.SETTINGS, "S204", Severity.WARNING, "", 2),
)
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

ENGLISH = Language("en_GB")
SENTENCES = [
    "3 findings were not asked for with --select: R103 (3).",
    "1 finding was ignored by --ignore: P405 (1).",
    "1,202 findings were ignored by the settings: S201 (1,200, client pays quarterly), S204 (2).",
]
UNUSED = (Ignore("S208", "Acme*.xlsx", "Old", "moved"), Ignore(sheet="<b>Gone</b>"))
LEFT = ["S208 in the sheet “Old” of “Acme*.xlsx” (moved)", "everything in the sheet “<b>Gone</b>”"]


def chosen(**more: object) -> Report:
    settings = dataclasses.replace(
        sample_report().settings, settings_file="strict.toml", choice=Choice(severity=(("P4", Severity.ERROR),))
    )
    given = {"ignored": ENTRIES, "unused": UNUSED, "settings": settings, **more}
    return dataclasses.replace(sample_report(), **given)  # type: ignore[arg-type]


def nothing_shown() -> Report:
    return chosen(findings=())


def terminal(report: Report) -> str:
    console = Console(file=io.StringIO(), width=1000, highlight=False)
    for line in [*findings(report), *figures(report)]:
        console.print(line, soft_wrap=True)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def cells(report: Report, sheet: str) -> list[str]:
    book = load(report)
    rows = book[sheet].iter_rows(values_only=True)
    return [" | ".join(str(value) for value in row if value is not None) for row in rows]


def test_the_sentences_name_number_code_and_reason_for_each_who_kept_findings_out() -> None:
    assert list(ignored.sentences(chosen(), ENGLISH)) == SENTENCES
    assert list(ignored.sentences(sample_report(), ENGLISH)) == []


def test_a_sentence_names_no_more_codes_than_can_be_read() -> None:
    many = tuple(Ignored(By.SETTINGS, f"S{number}", Severity.INFO, "", 2) for number in range(200, 230))
    (sentence,) = ignored.sentences(chosen(ignored=many), ENGLISH)
    assert sentence.startswith("60 findings were ignored by the settings: S200 (2), S201 (2), ")
    assert sentence.endswith(", S211 (2), and 18 more.")


def test_the_terminal_says_it_with_the_findings_and_with_the_figures() -> None:
    for sentence in SENTENCES:
        assert terminal(chosen()).count(sentence) == 2


def test_the_page_says_it_below_the_problems_and_on_the_first_screen() -> None:
    page = Page(html.render(chosen()))
    for sentence in SENTENCES:
        assert sentence in page.text("problems")
    assert "1,206 findings not shown" in text_of(page.by_class("actions")[0])
    assert "1,206 findings not shown" in Page(email.render_body(chosen())).text()


def test_the_control_totals_of_the_page_list_what_is_not_shown_and_what_was_ignored_in_vain() -> None:
    said = Page(html.render(chosen())).text("control")
    assert "S201 Warning 1,200 ignored by the settings client pays quarterly" in said
    assert "R103 Error 3 not asked for with --select" in said
    assert "strict.toml" in said
    assert "severity by the settings: P4 error" in said
    assert all(entry in said for entry in LEFT)


def test_the_workbook_lists_it_on_control_and_says_it_above_the_problems() -> None:
    control = cells(chosen(), "Control")
    assert "ignored by the settings | warning | 1200 | S201 | client pays quarterly" in [
        line.replace("\n", " ") for line in control
    ]
    assert "not asked for with --select | error | 3 | R103" in control
    assert "Findings shown | 11" in control
    assert "Settings file | strict.toml" in control
    assert "Severity of P4 by the settings | error" in control
    assert set(LEFT) < set(control)
    assert set(SENTENCES) < set(cells(chosen(), "Problems"))


def test_summary_json_counts_it_in_the_control_totals() -> None:
    control = json.loads(render(chosen()))["control"]
    by_settings = {"code": "S201", "severity": "warning", "findings": 1200, "by": "settings"}
    assert {**by_settings, "reason": "client pays\nquarterly"} in control["ignored"]
    assert [each["by"] for each in control["ignored"]] == ["--select", "--ignore", "settings", "settings"]
    assert control["unused_ignores"] == [
        {"code": "S208", "workbook": "Acme*.xlsx", "sheet": "Old", "reason": "moved"},
        {"code": None, "workbook": None, "sheet": "<b>Gone</b>", "reason": None},
    ]
    assert control["severity"] == {"P4": "error"}
    assert control["settings_file"] == "strict.toml"


def test_without_settings_and_choice_nothing_is_said_of_them() -> None:
    control = json.loads(render(sample_report()))["control"]
    assert (control["ignored"], control["unused_ignores"], control["severity"]) == ([], [], {})
    assert control["settings_file"] is None
    assert "not shown" not in Page(html.render(sample_report())).text()
    assert "Settings no file" in Page(html.render(sample_report())).text("control")
    assert not [line for line in cells(sample_report(), "Control") if "ignore" in line or "not shown" in line]


@pytest.mark.parametrize("praise", ["Nothing to fix", "No problems found", "nothing found", "in order", "makes sense"])
def test_where_all_findings_were_kept_out_nobody_is_praised(praise: str) -> None:
    said = [
        terminal(nothing_shown()),
        Page(html.render(nothing_shown())).text(),
        *cells(nothing_shown(), "Problems"),
        *cells(nothing_shown(), "Summary"),
    ]
    assert not [one for one in said if praise in one]
    assert SENTENCES[2] in said[0]
    assert SENTENCES[2] in said[1]


def test_sign_offs_that_were_not_checked_are_told_even_where_that_finding_is_ignored() -> None:
    rows = [{"project": "A", "amount": 100, "status": "sent", "signoff": "a.pdf", "evidence": "unchecked"}] * 2
    report = report_of(rows, Path("clients/agency.xlsx"))
    kept_out = (Ignored(By.SETTINGS, "F305", Severity.ERROR, "", 1),)
    said = "Sign-offs that were not checked: those of 2 milestones."
    assert said in terminal(dataclasses.replace(report, ignored=kept_out))
    assert said not in terminal(report)
