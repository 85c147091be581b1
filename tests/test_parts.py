"""The parts of a report add up to it, say that they are parts, and go to whom they concern."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_report.choice import By, Choice, Ignore, Ignored
from milestone_report.filenames import safe_name
from milestone_report.model import (
    PART_FOLDERS,
    Email,
    Finding,
    Mailbox,
    Part,
    Report,
    Settings,
    Severity,
    Sheet,
    SkippedSheet,
    TotalsRow,
    Workbook,
)
from milestone_report.parts import ReportPart, parts
from milestone_report.rules import choose
from tests.building import AS_OF, COLUMNS, report_of

BOOK = Path("book.xlsx")
BIG = 2**61

NAMES = st.sampled_from(
    ["", "Maya", "MAYA", "maya ", "Tom", "..", "CON", "nul.txt", "é", "e\u0301", "a/b", "x" * 300, "💶"]
)
ROWS = st.fixed_dictionaries(
    {
        "sheet_id": st.integers(0, 2),
        "owner": NAMES,
        "client": NAMES,
        "project": NAMES,
        "amount": st.sampled_from([0, 1, -7, 100_00, 12_345_67, BIG]),
        "currency": st.sampled_from(["EUR", "GBP", "JPY"]),
        "status": st.sampled_from(["planned", "draft", "sent", "partially paid", "paid", "overdue", "void"]),
        "evidence": st.sampled_from(["found", "missing", "none", "unchecked"]),
        "due_date": st.sampled_from([None, "2026-01-15", "2026-03-31", "2026-06-01"]),
        "trusted": st.booleans(),
        "amount_known": st.booleans(),
    },
    optional={"paid_cell": st.sampled_from([0, 5, 100_00])},
)  # fmt: skip
SHEETS = tuple(
    Sheet("book.xlsx", name, 1, COLUMNS, contract=500_00, contract_currency="EUR") for name in ("One", "Two", "Three")
)


def whole(rows: list[dict[str, Any]], found: list[Finding] | None = None, **more: Any) -> Report:
    return report_of(rows, BOOK, found or [], **more)


def by(report: Report, field: str = "owner") -> dict[str, ReportPart]:
    return {one.part.value: one for one in parts(report, field)}


def finding(code: str, sheet: str = "Harbour app", cell: str = "", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, "book.xlsx", sheet, cell, "", f"{code} at {cell}", "Correct it.")


OWNED = [
    {"owner": "Maya", "client": "Acme", "project": "A", "amount": 100_00, "status": "sent"},
    {"owner": "Tom", "client": "Beta", "project": "B", "amount": 30_00, "status": "sent"},
    {"owner": "", "client": "Acme", "project": "C", "amount": 7_00, "status": "sent"},
    {"owner": "maya ", "client": "Acme", "project": "A", "amount": 5_00, "status": "sent"},
]


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=25), st.sampled_from(sorted(PART_FOLDERS)))
def test_the_figures_of_the_parts_add_up_to_the_whole(rows: list[dict[str, Any]], field: str) -> None:
    errors = [finding("R115", SHEETS[row["sheet_id"]].name, f"L{n}") for n, row in enumerate(rows, 2) if n % 3]
    report = whole(rows, errors, sheets=SHEETS)
    shares = [one.report for one in parts(report, field)]
    assert sum(len(one.milestones.frame) for one in shares) == len(rows)
    assert Counter(found for one in shares for found in one.findings) == Counter(errors)
    for name in ("totals", "ageing", "coming_due"):
        assert added(shares, name) == added([report], name), name
    for name in ("rows_counted", "rows_left_out", "rows_void"):
        assert sum(getattr(one.summary.control, name) for one in shares) == getattr(report.summary.control, name)
    for name in ("left_out", "void"):
        assert money(shares, name) == money([report], name)
    doubts = [one.summary.control.in_doubt for one in shares]
    assert sum(doubt.milestones for doubt in doubts) == report.summary.control.in_doubt.milestones


def added(reports: list[Report], name: str) -> dict[tuple[str, ...], dict[str, int]]:
    """The figures of a list for each currency and band or week, none of them zero: a part has no empty bands."""
    sums: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for report in reports:
        for entry in getattr(report.summary, name):
            said = {field.name: getattr(entry, field.name) for field in fields(entry) if field.name != "contract"}
            key = tuple(str(value) for value in said.values() if not isinstance(value, int))
            for figure, value in said.items():
                if isinstance(value, int) and value:
                    sums[key][figure] += value
    return {key: {name: value for name, value in figures.items() if value} for key, figures in sums.items()}


def money(reports: list[Report], name: str) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for report in reports:
        sums.update({one.currency: one.amount for one in getattr(report.summary.control, name)})
    return {currency: amount for currency, amount in sums.items() if amount}


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80) | NAMES, max_size=20), st.sampled_from(sorted(PART_FOLDERS)))
def test_every_part_has_a_folder_of_its_own_inside_the_output_folder(names: list[str], field: str) -> None:
    report = whole([{field: name, "amount": 1} for name in names])
    folders = [one.folder for one in parts(report, field)]
    assert len({os.path.normcase(folder).casefold() for folder in folders}) == len(folders)
    for folder in folders:
        parent, name = folder.split("/")
        assert parent == PART_FOLDERS[field]
        assert name == safe_name(name, "") != ""
    assert [one.folder for one in parts(report, field)] == folders


def test_one_part_for_each_owner_and_one_for_rows_without_any() -> None:
    found = by(whole(OWNED))
    assert list(found) == ["Maya", "Tom", ""]
    assert [one.folder for one in found.values()] == ["by-owner/Maya", "by-owner/Tom", "by-owner/(no owner)"]
    assert [one.report.summary.totals[0].outstanding for one in found.values()] == [105_00, 30_00, 7_00]


def test_names_that_differ_in_capitals_blanks_or_the_form_of_accents_are_one_and_all_are_told() -> None:
    rows = [{"owner": name, "amount": 1} for name in ("Zo\u00eb", "ZOE\u0308", "Zoe\u0308", "Zoe")]
    first, second = parts(whole(rows), "owner")
    assert first.part == Part("owner", "Zoe", milestones=4)
    assert second.part == Part("owner", "Zo\u00eb", ("ZOE\u0308", "Zoe\u0308"), 4)


def test_parts_are_in_the_order_in_which_people_count() -> None:
    rows = [{"project": name, "amount": 1} for name in ("Job 10", "", "job 9", "Job 2b", "Annex")]
    assert [one.part.value for one in parts(whole(rows), "project")] == ["Annex", "Job 2b", "job 9", "Job 10", ""]


def test_a_person_of_the_name_of_the_folder_for_none_has_another_folder() -> None:
    rows = [{"owner": "(no owner)", "amount": 1}, {"owner": "", "amount": 1}]
    assert [one.folder for one in parts(whole(rows), "owner")] == ["by-owner/(no owner)", "by-owner/(no owner) (2)"]


def test_findings_go_with_their_rows_and_those_of_a_sheet_to_all_who_stand_on_it() -> None:
    sheets = tuple(Sheet("book.xlsx", name, 1, COLUMNS) for name in ("One", "Two"))
    rows = [
        {"sheet_id": 0, "row": 2, "owner": "Maya", "amount": 1},
        {"sheet_id": 0, "row": 3, "owner": "Tom", "amount": 1},
        {"sheet_id": 1, "row": 2, "owner": "Tom", "amount": 1},
    ]
    found = [
        finding("R115", "One", "L2"), finding("R116", "One", "L3"), finding("W009", "One", "C9"),
        finding("W006", "One", "B1"), finding("P405", "Two"), finding("W003", ""), finding("W004", "Notes"),
        finding("R102", "Two", "C2"),
    ]  # fmt: skip
    codes = {
        name: [each.code for each in one.report.findings] for name, one in by(whole(rows, found, sheets=sheets)).items()
    }
    assert codes == {
        "Maya": ["R115", "W009", "W006", "W003", "W004"],
        "Tom": ["R116", "W009", "W006", "P405", "W003", "W004", "R102"],
    }


@pytest.mark.parametrize("code", ["W001", "W002", "W005", "W011"])
def test_what_was_not_read_may_be_anybodys_and_is_said_to_all(code: str) -> None:
    unread = Finding(code, Severity.ERROR, "other.xlsx", "", "", "", "It was not read.", "Correct it.")
    report = whole(OWNED, [unread])
    other = Workbook("other.xlsx", Path("other.xlsx"), readable=code == "W005")
    report = replace(report, workbooks=(*report.workbooks, other))
    for one in by(report).values():
        assert one.report.findings == (unread,)
        assert [book.path for book in one.report.workbooks] == ["book.xlsx", "other.xlsx"]


def test_workbooks_and_sheets_without_rows_of_the_part_are_not_in_it() -> None:
    sheets = (
        Sheet("a.xlsx", "One", 1, COLUMNS),
        Sheet("b.xlsx", "Two", 1, COLUMNS),
        Sheet("b.xlsx", "Three", 1, COLUMNS),
    )
    rows = [
        {"sheet_id": place, "owner": owner, "amount": place + 1} for place, owner in enumerate(("Maya", "Tom", "Maya"))
    ]
    books = tuple(
        Workbook(name, Path(name), sheets_used=tuple(sheet for sheet in sheets if sheet.workbook == name),
                 sheets_skipped=(SkippedSheet("Notes", "no table"),))
        for name in ("a.xlsx", "b.xlsx")
    )  # fmt: skip
    report = replace(whole(rows, sheets=sheets), workbooks=books)
    tom = by(report)["Tom"].report
    assert [(book.path, [sheet.name for sheet in book.sheets_used]) for book in tom.workbooks] == [("b.xlsx", ["Two"])]
    assert (tom.summary.control.sheets_used, tom.summary.control.sheets_skipped) == (1, 1)
    maya = by(report)["Maya"].report
    assert [sheet.name for sheet in maya.milestones.sheets] == ["One", "Three"]
    assert maya.milestones.frame["sheet_id"].tolist() == [0, 1]
    assert [project.sheet for project in maya.summary.projects] == ["One", "Three"]


def test_a_contract_and_a_total_are_those_of_a_whole_sheet_and_never_of_a_part_of_it() -> None:
    total = TotalsRow("C9", "Total", "160.00", "160.00", agrees=True)
    shared, own = (
        Sheet(
            "book.xlsx",
            name,
            1,
            COLUMNS,
            contract=200_00,
            contract_currency="EUR",
            totals=(total,),
            totals_unread=("C19",),
        )
        for name in ("Shared", "Own")
    )
    rows = [
        {"sheet_id": 0, "project": "A", "owner": "Maya", "amount": 60_00},
        {"sheet_id": 0, "project": "A", "owner": "Tom", "amount": 100_00},
        {"sheet_id": 1, "project": "B", "owner": "Maya", "amount": 50_00},
    ]
    report = whole(rows, sheets=(shared, own))
    assert [(each.contract, each.difference) for each in report.summary.projects] == [(200_00, 40_00), (200_00, 150_00)]
    maya = by(report)["Maya"].report
    assert [(each.contract, each.difference) for each in maya.summary.projects] == [(None, None), (200_00, 150_00)]
    assert [sheet.totals for sheet in maya.milestones.sheets] == [(), (total,)]
    assert [sheet.totals_unread for sheet in maya.milestones.sheets] == [(), ("C19",)]
    assert [sheet.totals for sheet in maya.workbooks[0].sheets_used] == [(), (total,)]


def test_what_is_kept_back_is_counted_in_the_part_it_is_about() -> None:
    choice = Choice(ignore=(Ignore("R1", reason="old"),), select=())
    found = [finding("R115", cell="L2"), finding("R115", cell="L3"), finding("S201", cell="L2")]
    report = whole(OWNED, found, settings=Settings(as_of=AS_OF, choice=choice))
    chosen = choose(found, choice, ["book.xlsx"])
    report = replace(report, findings=chosen.findings, ignored=chosen.ignored, kept_back=chosen.kept_back)
    maya = by(report)["Maya"].report
    assert maya.ignored == (Ignored(By.SETTINGS, "R115", Severity.ERROR, "old", 1),)
    assert [each.code for each in maya.findings] == ["S201"]
    assert maya.summary.control.in_doubt.milestones == 1
    assert by(report)["Tom"].report.summary.control.in_doubt.milestones == 1


MAYA, TOM = Mailbox("Maya Lind", "maya@example.com"), Mailbox("", "tom@example.com")
ALL = Mailbox("", "finance@example.com")


def addressed(rows: list[dict[str, Any]], field: str) -> dict[str, tuple[tuple[Mailbox, ...], bool]]:
    chosen = Settings(as_of=AS_OF, email=Email((ALL,), (TOM,), "This week"), owners=(("MAYA", MAYA), ("tom", TOM)))
    found = by(whole(rows, settings=chosen), field)
    assert all(one.report.settings.email.cc == (TOM,) for one in found.values())
    return {name: (one.report.settings.email.to, one.addressed) for name, one in found.items()}


def test_drafts_of_owners_go_to_the_addresses_of_the_settings_whatever_their_capitals() -> None:
    rows = [*OWNED, {"owner": "Priya", "amount": 1}]
    assert addressed(rows, "owner") == {
        "Maya": ((MAYA,), True),
        "Tom": ((TOM,), True),
        "Priya": ((ALL,), False),
        "": ((ALL,), False),
    }


def test_drafts_of_clients_go_to_the_one_owner_of_their_milestones_else_to_the_usual_recipients() -> None:
    assert addressed([*OWNED, {"client": "Beta", "owner": "Maya", "amount": 1}], "client") == {
        "Acme": ((MAYA,), True),
        "Beta": ((ALL,), False),
    }
    assert addressed(OWNED, "project") == {"A": ((MAYA,), True), "B": ((TOM,), True), "C": ((ALL,), False)}


@pytest.mark.parametrize(
    ("field", "value", "title"),
    [
        ("owner", "Maya", "Milestones of owner Maya"),
        ("client", "Acme & Co", "Milestones of client Acme & Co"),
        ("project", "A {0} %s", "Milestones of project A {0} %s"),
        ("owner", "", "Milestones without an owner"),
        ("client", "", "Milestones without a client"),
        ("project", "", "Milestones without a project"),
        ("owner", "x" * 300, f"Milestones of owner {'x' * 59}…"),
    ],
)
def test_title_and_subject_say_whose_part_it_is(field: str, value: str, title: str) -> None:
    chosen = Settings(as_of=AS_OF, email=Email(subject="This week"))
    [one] = parts(whole([{field: value, "amount": 1}], settings=chosen), field)
    assert one.report.settings.title == title
    assert one.report.settings.email.subject == title.replace("Milestones", "This week")


def test_without_a_subject_of_the_settings_there_is_none_of_their_own() -> None:
    assert by(whole(OWNED))["Maya"].report.settings.email.subject == ""


def test_no_milestones_have_no_parts() -> None:
    assert not list(parts(whole([]), "owner"))


def test_the_whole_is_left_as_it_was() -> None:
    report = whole(OWNED)
    before = report.milestones.frame.copy()
    list(parts(report, "owner"))
    assert report.milestones.frame.equals(before)
    assert report.part is None


def test_titles_are_in_the_language_of_the_report() -> None:
    chosen = Settings(as_of=AS_OF, locale="de_DE", email=Email(subject="Diese Woche"))
    german = by(whole(OWNED, settings=chosen))
    assert german["Maya"].report.settings.title == "Meilensteine, verantwortlich: Maya"
    assert german[""].report.settings.email.subject == "Diese Woche ohne Verantwortliche"
