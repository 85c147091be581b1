"""The settings file: what it may say, and what is said of what it may not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milestone_report.choice import By, Choice, Ignore
from milestone_report.model import FIELDS, Email, Mailbox, ReadingSettings, Settings, Severity
from milestone_report.settings import NAME, SettingsError, find_settings, read_settings
from milestone_report.settings.tables import TABLES
from tests.settings.reading import BASE, fault, read

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = r"""
[report]
title = "Meilensteine" # as the page is called
company = "North & Field"
locale = "de-AT"
currency = "eur"
ageing = [
  14,
  28,
]
date_order = "dmy"

[columns]
amount = ["Kwota", "Kwota netto"]
due_date = ["Termin płatności"]

[statuses]
paid = ["zapłacono"]
partially_paid = ["częściowo zapłacono"]
"partially paid" = ["zaliczka"]

[signoffs]
folder = "../signed"
extensions = [".PDF", "msg", "pdf"]

[rules]
ignore = [
  "w007", # capitals do not matter
  { code = "S201", workbook = "Acme*.xlsx", sheet = "Old", reason = "client pays quarterly" },
  { sheet = "Notes" },
]
severity = { s201 = "info", P4 = "error" }

[email]
to = ["Jürgen Lind <jl@example.com>", "tom@mail.example.co.uk"]
cc = '"Lind, Maya" <maya@example.com>'
subject = "Milestones, week 14"

[owners]
Maya = "maya@example.com"
"Tom Berg" = "Tom <tom@example.com>"
"""


def test_everything_that_a_file_may_say_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, EVERYTHING) == Settings(
        as_of=BASE.as_of,
        title="Meilensteine",
        company="North & Field",
        locale="de_AT",
        ageing=(14, 28),
        signoffs_default=tmp_path / "../signed",
        signoff_extensions=("pdf", "msg"),
        choice=Choice(
            ignore=(
                Ignore("W007"),
                Ignore("S201", "Acme*.xlsx", "Old", "client pays quarterly"),
                Ignore(sheet="Notes"),
            ),
            severity=(("S201", Severity.INFO), ("P4", Severity.ERROR)),
        ),
        email=Email(
            to=(Mailbox("Jürgen Lind", "jl@example.com"), Mailbox("", "tom@mail.example.co.uk")),
            cc=(Mailbox("Lind, Maya", "maya@example.com"),),
            subject="Milestones, week 14",
        ),
        owners=(("Maya", Mailbox("", "maya@example.com")), ("Tom Berg", Mailbox("Tom", "tom@example.com"))),
        settings_file=NAME,
        reading=ReadingSettings(
            password="secret",  # noqa: S106
            seconds=5,
            currency="EUR",
            date_order="dmy",
            columns=(("amount", ("Kwota", "Kwota netto")), ("due_date", ("Termin płatności",))),
            statuses=(
                ("paid", ("zapłacono",)),
                ("partially paid", ("częściowo zapłacono",)),
                ("partially paid", ("zaliczka",)),
            ),
        ),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "".join(f"[{table.name}]\n" for table in TABLES)])
def test_a_file_that_says_nothing_changes_nothing(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == replace(BASE, settings_file=NAME)


def test_what_the_command_line_ignores_comes_first_and_stays(tmp_path: Path) -> None:
    given = replace(BASE, choice=Choice(("S", "W"), (Ignore("S201", by=By.IGNORE),)))
    (tmp_path / NAME).write_text("[rules]\nignore = ['S201']", encoding="utf-8")
    assert read_settings(tmp_path / NAME, given).choice == Choice(
        ("S", "W"), (Ignore("S201", by=By.IGNORE), Ignore("S201"))
    )


def test_a_company_may_be_left_blank(tmp_path: Path) -> None:
    assert read(tmp_path, '[report]\ncompany = ""').company == ""


def test_an_absolute_sign_off_folder_stays_what_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, f"[signoffs]\nfolder = '{tmp_path / 'x'}'").signoffs_default == tmp_path / "x"


def test_windows_editors_may_mark_the_file_and_end_its_lines_their_way(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(b'\xef\xbb\xbf[report]\r\ntitle = "Plan"\r\nwrong = 1\r\n')
    with pytest.raises(SettingsError, match="line 3: "):
        read_settings(file, BASE)
    file.write_bytes(b'\xef\xbb\xbf[report]\r\ntitle = "Plan"\r\n')
    assert read_settings(file, BASE).title == "Plan"


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_may_have_words_of_the_users_own(tmp_path: Path, field: str) -> None:
    assert read(tmp_path, f'[columns]\n{field} = ["Własne"]').reading.columns == ((field, ("Własne",)),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[report]\ntitel = "x"', ", line 2: [report] has no “titel”. Did you mean “title”?"),
        ('[report]\n\n# mine\n"sender" = "x"', ", line 4: [report] has no “sender”. It may be: title, company, "),
        ("[signoffs]\nextension = ['.pdf']", ", line 2: [signoffs] has no “extension”. Did you mean “extensions”?"),
        ("[signoffs]\nextensions = 'pdf'", ", line 2: “extensions” must be a list of endings of file names, such as ["),
        ("[signoffs]\nextensions = ['tar.gz']", ", line 2: “extensions” must be a list of endings"),
        ("[signoffs]\nextensions = []", ", line 2: “extensions” must be a list of endings"),
        ('[colums]\namount = ["x"]', ", line 1: “colums” is not known here. Did you mean “[columns]”?"),
        ('[report]\n[mails]\nto = "x"', ", line 2: “mails” is not known here. Did you mean “[email]”?"),
        ('[status]\nsent = ["x"]', ", line 1: “status” is not known here. Did you mean “[statuses]”?"),
        ('status = ["x"]', ", line 1: “status” is not known here. It belongs below a line with [columns]."),
        ('[severity]\nS201 = "info"', ", line 1: “severity” is not known here. It belongs below a line with [rules]."),
        ('title = "x"', ", line 1: “title” is not known here. It belongs below a line with [report]."),
        ('\nreport = "x"', ", line 2: “report” is a table: write [report] on a line of its own, and its keys below."),
        ("[[report]]", ", line 1: “report” is a table: write [report] on a line of its own, and its keys below."),
        ('[columns]\nduedate = ["x"]', ", line 2: [columns] has no “duedate”. Did you mean “due_date”?"),
        ('[statuses]\nunknown = ["x"]', ", line 2: [statuses] has no “unknown”."),
        ("[report.title]", ", line 1: “title” must be text in one line"),
        ("report.title = 5", ", line 1: “title” must be text in one line"),
        ("report = {title = 5}", ", line 1: “title” must be text in one line"),
        ('[report]\ncompany = "a"\ntitle = """\na\nb"""', ", line 3: “title” must be text in one line"),
        ('[report]\ntitle = " "', ", line 2: “title” must be text in one line"),
        ('[report]\nlocale = "german"', ", line 2: “locale” must be a language and country, such as"),
        ('[report]\nlocale = "en_XX"', ", line 2: “locale” must be"),
        ("[report]\nlocale = 5", ", line 2: “locale” must be"),
        ('report.currency = "€"', ", line 1: “currency” must be a currency code, such as “EUR”. Did you mean “EUR”?"),
        ('[report]\ncurrency = "EURO"', ", line 2: “currency” must be a currency code, such as “EUR”."),
        ("[report]\ncurrency = 978", ", line 2: “currency” must be"),
        ("[report]\nageing = [\n30,\n30]", ", line 2: “ageing” must be days from 1 to 9999, each more than the one"),
        ('[rules]\nignore = [\n"S201",\n# kept\n{code = "S202"},\n"Q99",\n]', ", line 6: entry 3 of “ignore” is “Q99”"),
        ('[rules]\nignore = [\n"S201",\n', ", line 2, is no TOML: "),
        ('[rules]\nignore = [\n  "S201",\n  {code = "Q99"},\n]', ", line 4: “code” in entry 2 of “ignore” is no"),
        ("[report]\nageing = [60, 30]", ", line 2: “ageing” must be"),
        ("[report]\nageing = [0, 30]", ", line 2: “ageing” must be"),
        ("[report]\nageing = [30.0]", ", line 2: “ageing” must be"),
        ("[report]\nageing = [true]", ", line 2: “ageing” must be"),
        ("[report]\nageing = []", ", line 2: “ageing” must be"),
        ("[report]\nageing = 30", ", line 2: “ageing” must be"),
        ('[report]\ndate_order = "ymd"', ", line 2: “date_order” must be “dmy” (3/4 is 3 April) or “mdy”"),
        ('[columns]\namount = "Kwota"', ", line 2: “amount” must be a list of words, such as"),
        ('[statuses]\nsent = "x"', ', line 2: “sent” must be a list of words, such as ["chased"].'),
        ("[columns]\namount = [1]", ", line 2: “amount” must be a list of words"),
        ('[columns]\namount = ["#"]', ", line 2: “amount” must be a list of words"),
        ('[columns]\namount = ["Cena"]\n\npaid = ["CENA:"]', ", line 4: “paid” and “amount” both claim the word “C"),
        ('[statuses]\ndraft = ["x"]\nvoid = ["X"]', ", line 3: “void” and “draft” both claim the word “X”."),
        ("[signoffs]\nfolder = 5", ", line 2: “folder” must be a folder, written with / or between 'single quotes'."),
        ('[signoffs]\nfolder = "C:\\temp"', ", line 2: “folder” must be a folder, written with / or between"),
        ('[signoffs]\nfolder = "C:\\Signed"', ", line 2, is no TOML: Unescaped '\\' in a string (at line 2, column"),
        ("[report]\ntitle =", ", line 2, is no TOML: Invalid value (at end of document). The line says: title ="),
        ("[report\ntitle = 'x'", ", line 1, is no TOML: Expected ']' at the end of a table declaration (at"),
        ('[columns]\namount = ["a" "b"]', ", line 2, is no TOML: Unclosed array (at line 2, column 15). The line"),
        ("[report]\nageing = [" + 5000 * "9" + "]", " cannot be read: a number is too long, or brackets nest too d"),
        ("x = " + 9999 * "[", " cannot be read: a number is too long, or brackets nest too deep."),
        ('"a\\nb" = 1', ", line 1: “a b” is not known here. It may be: report, "),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert fault(tmp_path, text).startswith(message)


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("title = Plan", ""),
        ('title = Plan"', ""),
        ('title = "Plan', ""),
        ("title = 'Plan", ""),
        ("title = “Plan”", ""),
        ("title = true story", ""),
        ("title = 2026 plan", ""),
        ('title = "a"b"', ""),
        ('to = ["Jo <jo@studio.example>]', ""),
        ("to = [Jo <jo@studio.example>]", ""),
        ('folder = "C:/Signed', ""),
        ("folder = C:\\Signed", " Write paths with / or between 'single quotes'."),
    ],
)
@pytest.mark.parametrize("below", ["", '\n[email]\nto = ["x@studio.example"]\n'])
def test_text_without_its_quotation_marks_is_told_in_plain_words(
    tmp_path: Path, line: str, more: str, below: str
) -> None:
    why = ', line 3: text stands between straight quotation marks, "like this", and one is missing here.'
    assert fault(tmp_path, f"# mine\n[report]\n  {line}{below}") == f"{why}{more} The line says: {line}"


def test_a_status_of_two_words_may_have_its_words_on_two_lines(tmp_path: Path) -> None:
    both = read(tmp_path, '[statuses]\npartially_paid = ["x"]\n"partially paid" = ["x"]')
    assert both.reading.statuses == (("partially paid", ("x",)), ("partially paid", ("x",)))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'[report]\ntitle = "Caf\xe9"')
    with pytest.raises(SettingsError, match="is no UTF-8 text; save it as one"):
        read_settings(tmp_path / NAME, BASE)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(tmp_path / "gone.toml", BASE)


def test_the_file_is_looked_for_beside_a_workbook_and_in_a_folder(tmp_path: Path) -> None:
    assert find_settings(tmp_path) is find_settings(tmp_path / "book.xlsx") is None
    (tmp_path / NAME).touch()
    assert find_settings(tmp_path) == find_settings(tmp_path / "book.xlsx") == tmp_path / NAME
    (tmp_path / "inner").mkdir()
    assert find_settings(tmp_path / "inner") is None


def test_a_path_that_is_none_has_no_settings_beside_it(tmp_path: Path) -> None:
    assert find_settings(tmp_path / "a\0b" / "book.xlsx") is None


LINES = st.sampled_from(
    ["[[rules.ignore]]", "[rules]", "[rules.severity]", 'code = "S201"', "S201 = 'info'", "sheet = 5", "[report]",
     "[columns]", "[statuses]", "[signoffs]", "[x]", 'title = "a"', "title = 1", 'amount = ["a"]', "]", "[",
     'paid = ["a",', '"b"]', "ageing = [", "30, 60]", "folder = 'x'", "# words", "", '"""', "report.locale = 'de'"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=8))
def test_whatever_stands_in_a_file_it_is_read_or_its_line_is_named(tmp_path: Path, lines: list[str]) -> None:
    said = ""
    try:
        read(tmp_path, "\n".join(lines))
    except SettingsError as error:
        said = str(error)
    assert not said or "line " in said or "at end of document" in said
