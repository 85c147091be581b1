"""summary.xlsx whatever stands in the workbooks: valid for an independent validator, and text stays text."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from milestone_report.model import Finding, Settings, Severity, Sheet
from milestone_report.rendering import excel
from tests import libreoffice
from tests.building import AS_OF, COLUMNS, report_of
from tests.rendering.changes_sample import changed_report
from tests.rendering.excel_sample import HERE, formulas, load, mixed, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milestone_report.model import Report

# openpyxl leaves out the bars and the descriptions of tables, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

NAMES = (
    *("History", "a/b?c*[d]:e", "'x'", "n" * 60, "Relaunch of the website and the shop A"),
    *("Relaunch of the website and the shop B", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "<b>&amp;", "a\x0bb\x00c"),
    *("Zoë 🧾", "x" * 32_768, "_x0041_", "<r>rich</r>", "#N/A", "TRUE", "00123", "1E5", "javascript:alert(1)"),
    *("\u202eevil", "line\nbreak", "'"),
)


def nasty() -> Report:
    """Each name in every place that a cell, a sheet or a file can fill."""
    rows = [
        row("EUR", 100 + number, project=name, milestone=name, description=name, client=name, owner=name,
            invoice_number=name, note=name, status_text=name, signoff=name, signoff_hint=name, signoff_about=name)
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    findings = tuple(Finding("R101", Severity.ERROR, "agency.xlsx", name, "A1", name, name, name) for name in NAMES)
    sheets = [Sheet("agency.xlsx", "It's #1", 3, COLUMNS)]
    settings = Settings(as_of=AS_OF, title="=1+1", company="<b>&", out=HERE / "out")
    return report_of(rows, HERE / "agency.xlsx", findings, sheets, settings)


def empty() -> Report:
    return report_of([], HERE / "agency.xlsx")


REPORTS: dict[str, Callable[[], Report]] = {
    "mixed": mixed,
    "nasty": nasty,
    "empty": empty,
    "changed": changed_report,
    "one": lambda: report_of([row("JPY", 5)], HERE / "a.xlsx"),
    "german": lambda: replace(mixed(), settings=replace(mixed().settings, locale="de_DE")),
}


@pytest.mark.parametrize("name", REPORTS)
def test_an_independent_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / "summary.xlsx"
    file.write_bytes(excel.render(REPORTS[name]()))
    result = OpenXmlValidator().validate(str(file))
    assert [error.description for error in result.errors] == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    first = excel.render(REPORTS[name]())
    excel.render.cache_clear()
    assert excel.render(REPORTS[name]()) == first


def test_names_of_any_kind_are_legal_unique_and_text() -> None:
    book = load(nasty())
    titles = [sheet.title for sheet in book]
    tables = [table for sheet in book for table in sheet.tables]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert len({table.casefold() for table in tables}) == len(tables)
    assert not any(name in str(cell.value) for cell in formulas(book) for name in ("cmd|", "@SUM", "<b>", "evil"))
    said = {cell.value for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "s"}
    for name in ("=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "<b>&amp;", "#N/A", "TRUE", "00123", "1E5"):
        assert name in said, name


@libreoffice.wanted
def test_libreoffice_opens_the_nastiest_and_calculates_no_error(tmp_path: Path) -> None:
    data = excel.render(nasty())
    stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    again = libreoffice.recalculated(tmp_path, {"nasty": data})["nasty"]
    for cell in formulas(openpyxl.load_workbook(io.BytesIO(data))):
        calculated = again[cell.parent.title][cell.coordinate]
        assert calculated.data_type != "e", (cell.parent.title, cell.coordinate, cell.value)
        assert calculated.value == stored[cell.parent.title][cell.coordinate].value, cell.value
