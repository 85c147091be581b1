"""Nothing in a cell becomes markup, a script or a link; the page is sound and needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_report.model import Finding, Report, Settings, Severity
from milestone_report.rendering import html
from milestone_report.rendering.templates import environment
from milestone_report.rendering.view.words import clip
from tests.building import AS_OF, report_of
from tests.rendering.changes_sample import changed_report
from tests.rendering.page_reading import Page, page_of, text_of
from tests.rendering.page_sample import nothing_read, sample_report, several_workbooks, unpaid_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

BOOK = Path("clients/agency.xlsx")
NASTY = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus '",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "<!-- -->",
    "]]>",
)


@pytest.fixture(scope="module")
def sample() -> Page:
    return page_of(sample_report())


@pytest.mark.parametrize("nasty", NASTY)
def test_a_cell_says_what_it_says_and_does_nothing(nasty: str) -> None:
    row = {"project": nasty, "milestone": nasty, "client": nasty, "owner": nasty, "invoice_number": nasty,
           "signoff": nasty, "signoff_hint": nasty, "evidence": "missing", "amount": 100, "status": "sent"}  # fmt: skip
    found = {**row, "evidence": "found", "signoff_path": f"/files/{nasty}", "status": "planned"}
    finding = Finding("R103", Severity.ERROR, nasty, nasty, "A1", nasty, nasty, nasty)
    settings = Settings(as_of=AS_OF, title=nasty, company=nasty)
    page = page_of(report_of([row, found], Path(f"{nasty.replace('/', '')}.xlsx"), [finding], settings=settings))
    plain = " ".join(nasty.split())
    assert plain in page.rows("t-unpaid")[1]
    assert plain in text_of(page.all("h1")[0])
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert not [name for element in page.root.iter() for name in element.keys() if str(name).startswith("on")]  # noqa: SIM118
    assert all(address.startswith(("#", "./", "data:image/svg+xml,")) for address in page.addresses())


_FIELDS = ("project", "milestone", "description", "client", "owner", "invoice_number", "signoff", "signoff_hint")
_ODD = st.lists(
    st.sampled_from((*NASTY, "=1+1", "@SUM(A1)", "\x00", "\u202e", "\ud800", "&", "<", '"', "'", "\n"))
    | st.text(max_size=8)
)


@settings(max_examples=30)
@given(said=st.fixed_dictionaries({name: _ODD.map("".join) for name in _FIELDS}))
def test_whatever_cells_say_the_page_is_built_the_same(said: dict[str, str]) -> None:
    # With a letter and the field's name ahead no cell is blank, and no two are the same.
    odd = {name: f"x {name} {text}" for name, text in said.items()}
    plain = {name: f"x {name}" for name in said}
    built = [_skeleton(page_of(_report_with(cells))) for cells in (odd, plain)]
    assert built[0] == built[1]


def _report_with(cells: dict[str, str]) -> Report:
    one_file = " ".join(cells["signoff"].splitlines())  # a line of the cell is a file
    row = {**cells, "signoff": one_file, "evidence": "missing", "amount": 100, "status": "sent"}
    signed = {**row, "evidence": "found", "signoff_path": "/files/a.pdf", "status": "planned"}
    finding = Finding(
        "R103", Severity.ERROR, "agency.xlsx", "Harbour app", "A2", *(cells[name] for name in _FIELDS[:3])
    )
    return report_of([row, signed, {**row, "trusted": False}], BOOK, [finding])


def _skeleton(page: Page) -> list[tuple[str, list[str]]]:
    """Every element in its place with the names of its attributes."""
    return [(element.tag, sorted(map(str, element.keys()))) for element in page.root.iter()]


def test_links_to_workbook_and_signoff_files_are_relative(tmp_path: Path) -> None:
    row = {"project": "A", "amount": 100, "status": "sent", "evidence": "found", "signoff": "ok 1#.pdf",
           "signoff_path": str(tmp_path / "signoffs" / "ok 1#.pdf")}  # fmt: skip
    settings = Settings(as_of=AS_OF, out=tmp_path / "out")
    page = page_of(report_of([row], tmp_path / "agency.xlsx", settings=settings))
    assert {"./../agency.xlsx", "./../signoffs/ok%201%23.pdf"} <= set(page.addresses())
    assert str(tmp_path) not in page.source


def test_a_file_name_that_is_not_text_does_not_stop_the_page(tmp_path: Path) -> None:
    name = b"gr\xfc\xdfe.pdf".decode(errors="surrogateescape")
    row = {"project": "A", "amount": 100, "status": "sent", "evidence": "found", "signoff_path": f"/files/{name}"}
    page = page_of(report_of([row], tmp_path / "agency.xlsx"))
    assert any(address.endswith("gr%FC%DFe.pdf") for address in page.addresses())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1b[31mc\r\nd\te", "a b [31mc d e"),
        ("left\u202eright\u2066", "left right"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("lone \ud800 half", "lone half"),
        ("no\u00a0break", "no break"),
        ("x" * 50, "x" * 39 + "…"),
        ("a" + " " * 1000 + "b", "a…"),
        ("", ""),
    ],
)
def test_text_of_cells_is_one_line_without_tricks(text: str, shown: str) -> None:
    assert clip(text, 40) == shown


def _hash(element: Element) -> str:
    return base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()


def test_the_policy_allows_the_one_style_and_script_and_nothing_else(sample: Page) -> None:
    (policy,) = [one.get("content", "") for one in sample.all("meta") if one.get("http-equiv")]
    (script,) = sample.all("script")
    (style,) = sample.all("style")
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{_hash(script)}'; style-src 'sha256-{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not [one for one in sample.root.iter() if one.get("style")]
    assert "url(" not in sample.source
    assert "@import" not in sample.source


def test_the_script_is_small() -> None:
    assert len(_template("summary.js").encode()) <= 12_000


REPORTS: dict[str, Callable[[], Report]] = {
    "one workbook": sample_report,
    "changes": changed_report,
    "one of them damaged": lambda: several_workbooks(broken="damaged.xlsx"),
    "many workbooks": lambda: several_workbooks([f"{i}.xlsx" for i in range(9)]),
    "nothing read": nothing_read,
    "no milestones": lambda: report_of([], BOOK),
    "one milestone": lambda: report_of(
        [{"project": "x" * 300, "milestone": "متجر", "amount": 1, "status": "sent"}], BOOK
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_is_valid_html_with_one_h1_and_unique_ids(name: str) -> None:
    page = page_of(REPORTS[name]())
    assert len(page.all("h1")) == 1
    ids = [element.get("id") for element in page.root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(header.get("scope") for header in page.all("th"))
    names = [table.get("aria-label") or page.text(table.get("aria-labelledby", "")) for table in page.all("table")]
    assert all(names)
    targets = [address[1:] for address in page.addresses() if address.startswith("#")]
    assert all(page.has_id(target) for target in targets)


def test_the_same_report_makes_the_same_bytes() -> None:
    assert html.render(sample_report()) == html.render(sample_report())


def test_without_script_the_tools_are_hidden_and_everything_is_there(sample: Page) -> None:
    assert sample.by_id("tools").get("hidden") is not None
    assert not [row for row in sample.all("tr") if row.get("hidden") is not None]


def test_offers_only_filters_that_choose(sample: Page) -> None:
    choices = {one.get("data-choice"): [text_of(option) for option in one] for one in sample.all("select")}
    assert choices["owner"] == ["All owners", "Jonas", "Maya", "Priya", "Tom"]
    assert choices["currency"] == ["All currencies", "EUR", "GBP", "JPY"]
    assert not page_of(report_of(unpaid_rows(3), BOOK)).all("select"), "one currency, one status, no owner"


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _template(name: str) -> str:
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), name)[0]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("ground", ["paper", "card", "tint", "warn"])
@pytest.mark.parametrize("text", ["ink", "soft", "chase", "bill", "sign", "fix", "accent"])
def test_text_stands_out_from_its_ground(scheme: int, ground: str, text: str) -> None:
    block = re.findall(r":root \{(.*?)\}", _template("summary.css"), re.DOTALL)[scheme]
    colours = {
        name: re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", value) for name, value in re.findall(r"--(\w+): (#\w+)", block)
    }
    light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5, "WCAG 2.2, 1.4.3"
