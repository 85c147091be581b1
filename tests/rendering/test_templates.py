"""Templates of the user's own come before ours, are escaped as ours are, and their mistakes are one line."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from milestone_report.rendering import TemplateFaultError, email, html
from milestone_report.rendering.owntemplates import look_through
from milestone_report.rendering.templates import FOLDERS, NAMES, environment
from tests.conftest import ROOT
from tests.docs.templates import EXAMPLE, documented
from tests.rendering.page_sample import sample_report

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_report.model import Report


def with_templates(folder: Path, company: str = "North & Field") -> Report:
    report = sample_report()
    return dataclasses.replace(report, settings=dataclasses.replace(report.settings, templates=folder, company=company))


def write(folder: Path, **texts: str) -> Path:
    """Files by their names, with _ for the dots."""
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_the_names_are_those_of_the_templates_there_are() -> None:
    assert sorted(NAMES) == sorted(file.name for file in (ROOT / "templates").iterdir())


def test_a_template_of_the_same_name_takes_the_place_of_ours_and_the_others_stay(tmp_path: Path) -> None:
    folder = write(tmp_path, email_html_j2="<p>{{ view.heading }}</p>")
    report = with_templates(folder)
    assert email.render_body(report) == b"<p>Milestones on 31 March 2026</p>"
    assert "CHASE: 12 unpaid" in email._bodies(report)[2]  # noqa: SLF001 - the plain twin
    assert b"<h1>" in html.render(report)


def test_a_copy_of_all_our_templates_changes_nothing(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes((ROOT / "templates" / name).read_bytes())
    plain, own = with_templates(FOLDERS[-1]), with_templates(tmp_path)
    assert html.render(own) == html.render(plain)
    assert email.render_body(own) == email.render_body(plain)
    assert not list(look_through(tmp_path))


def test_a_template_that_begins_with_a_byte_order_mark_is_read_as_one_without(tmp_path: Path) -> None:
    (tmp_path / "email.html.j2").write_bytes(b"\xef\xbb\xbf<p>{{ view.title }}</p>")
    assert email.render_body(with_templates(tmp_path)) == b"<p>Milestones</p>"


@pytest.mark.parametrize("name", ["email.html.j2", "summary.html.j2"])
def test_what_a_cell_says_is_escaped_in_a_template_of_the_user_s_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "part.html.j2").write_text("{% macro one(text) %}{{ text }}{% endmacro %}")
    (tmp_path / name).write_text("{% import 'part.html.j2' as p %}{{ view.company }} {{ p.one(view.company) }}")
    render = email.render_body if name.startswith("email") else html.render
    report = with_templates(tmp_path, company="<script>alert(1)</script>")
    assert render(report).decode() == " ".join(["&lt;script&gt;alert(1)&lt;/script&gt;"] * 2)


def test_plain_text_is_not_escaped(tmp_path: Path) -> None:
    report = with_templates(write(tmp_path, email_txt_j2="{{ view.company }} <{{ outro }}>"))
    assert email._bodies(report)[2].startswith("North & Field <Everything")  # noqa: SLF001


def test_a_style_and_a_script_of_the_user_s_stand_in_the_page_and_its_policy_lets_it_run(
    tmp_path: Path,
) -> None:
    script = 'document.title = "a < b && c"; // ü'
    folder = write(tmp_path, summary_css='body::after { content: "<mine>" }', summary_js=script)
    page = html.render(with_templates(folder)).decode()
    assert '<style>body::after { content: "<mine>" }</style>' in page
    assert f"<script>{script}</script>" in page
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*);", page) == [f"&#39;sha256-{digest}&#39;".replace("&#39;", "'")]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("{{ vew.title }}", 1, "“vew” is not known; did you mean “view”?"),
        ("\n{{ nothing_like_it }}", 2, "“nothing_like_it” is not known."),
        ("a\nb\n{{ view.ttle }}", 3, "View has no “ttle”."),
        ("{{ view.unpaid.rows[0].cost }}", 1, "Row has no “cost”."),
        ("{% if view.title %}\n{{ view.title }", 2, "unexpected '}'."),
        ("\n{% iff view.title %}", 2, "Encountered unknown tag 'iff'."),
        ("{{ view.title | shout }}", 1, "No filter named 'shout'."),
        ("{% include 'logo.html.j2' %}", 1, "there is no template “logo.html.j2”."),
        ("{% import 'macros.html.j2' as m %}\n{{ m.nix() }}", 2, "what is imported has no “nix”."),
        ("\n{{ 1 / 0 }}", 2, "division by zero."),
        ('{{ say("{more} more", mroe=1) }}', 1, "nothing fills “more”."),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", 1, "maximum recursion depth exceeded."),
    ],
)
def test_a_mistake_is_one_line_with_the_file_the_line_and_what_is_wrong(
    tmp_path: Path, text: str, line: int, why: str
) -> None:
    write(tmp_path, email_html_j2=text)
    with pytest.raises(TemplateFaultError) as caught:
        email.render_body(with_templates(tmp_path))
    assert str(caught.value) == f"“{tmp_path / 'email.html.j2'}”, line {line}: {why}"


def test_a_mistake_in_what_a_template_takes_in_names_that_file(tmp_path: Path) -> None:
    write(tmp_path, email_html_j2="{% include 'part.html.j2' %}", part_html_j2="\n\n{{ view.x }}")
    with pytest.raises(TemplateFaultError) as caught:
        email.render_body(with_templates(tmp_path))
    assert str(caught.value).startswith(f"“{tmp_path / 'part.html.j2'}”, line 3:")


def test_macros_of_the_user_s_that_lack_one_of_ours_are_named_with_the_page(tmp_path: Path) -> None:
    write(tmp_path, macros_html_j2="{% macro sums(amounts) %}{% endmacro %}")
    with pytest.raises(TemplateFaultError, match=r"“summary.html.j2” cannot be filled with the templates in “"):
        html.render(with_templates(tmp_path))


def test_a_fault_of_our_own_templates_is_none_of_the_user_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email, "_outro", lambda _shown, _say: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        email.render_body(sample_report())


@pytest.mark.parametrize("name", ["summary.css", "summary.js"])
def test_a_style_or_script_that_would_end_itself_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('\nx = "</ScRipt><img src=x onerror=alert(1)>"')
    with pytest.raises(TemplateFaultError, match=f"{name}”, line 2: “</s…” would end"):
        list(look_through(tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_utf_8_is_said_with_its_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes("Übersicht".encode("cp1252"))
    with pytest.raises(TemplateFaultError) as caught:
        list(look_through(tmp_path))
    assert str(caught.value) == f"“{tmp_path / name}”: it is no UTF-8 text; save it as one."


def test_what_is_wrong_without_a_report_is_found_before_one_is_made(tmp_path: Path) -> None:
    write(tmp_path, email_html_j2="{% include 'part.html.j2' %}", part_html_j2="{% if %}")
    with pytest.raises(TemplateFaultError, match=r"part.html.j2”, line 1"):
        list(look_through(tmp_path))


def test_files_that_nothing_uses_are_said_with_what_may_be_meant(tmp_path: Path) -> None:
    write(tmp_path, email_html_j2="{% include 'used.html' %}", used_html="{% include name %}", emial_html_j2="x")
    write(tmp_path, SUMMARY_CSS="x", unlike_txt="x", notes_docx="x")
    (tmp_path / "folder.html.j2").mkdir()
    assert list(look_through(tmp_path)) == [
        f"“{tmp_path / 'SUMMARY.CSS'}” is not used: no template has this name. Did you mean “summary.css”?",
        f"“{tmp_path / 'emial.html.j2'}” is not used: no template has this name. Did you mean “email.html.j2”?",
        f"“{tmp_path / 'unlike.txt'}” is not used: no template has this name. Templates are called {', '.join(NAMES)}.",
    ]


def test_nothing_outside_the_folder_can_be_taken_in(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "own").mkdir()
    write(tmp_path / "own", email_html_j2="{% include '../secret.txt' %}")
    with pytest.raises(TemplateFaultError, match=r"there is no template “\.\./secret\.txt”"):
        email.render_body(with_templates(tmp_path / "own"))


def test_the_example_of_the_docs_works(tmp_path: Path) -> None:
    text = email._bodies(with_templates(write(tmp_path, email_txt_j2=EXAMPLE)))[2]  # noqa: SLF001
    assert "- Chase: 12 unpaid\n- Invoice now: 2 signed, not invoiced\n" in text
    assert re.search(r"^- [\d,.]+ \w{3}: .+, \d+ days late\n- ", text, flags=re.MULTILINE)


def test_all_that_our_templates_ask_for_is_documented() -> None:
    known = {name for cls in documented().values() for name in (*vars(cls), *cls.__dataclass_fields__)}  # type: ignore[attr-defined]
    made = environment()
    for name in NAMES:
        if name.endswith(".j2"):
            asked = set(re.findall(r"(?:view|row|one|card|problem|group|list|place|banner)\.([a-z_]+)", _source(name)))
            assert asked
            assert asked <= known, name
    assert made is environment()


def _source(name: str) -> str:
    return (ROOT / "templates" / name).read_text(encoding="utf-8")
