"""Every workbook dropped into tests/workbooks/ or sample_workbooks/ is a test: its findings, cell by cell."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import build_samples
import pytest
from builder import messy

from milestone_report.model import Report, Settings
from milestone_report.pipeline import build
from tests.building import AS_OF
from tests.conftest import SAMPLES

FOLDER = Path(__file__).parent / "workbooks"
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
BOOKS = sorted(file for folder in (FOLDER, SAMPLES) for file in folder.iterdir() if file.suffix in SUFFIXES)


def expected(report: Report) -> bytes:
    """What is compared: the findings by sheet and cell, and the totals, in a form that is easy to review."""
    findings = sorted(
        [finding.sheet, finding.cell, finding.code, finding.value, finding.message] for finding in report.findings
    )
    totals = {
        totals.currency: {
            name: getattr(totals, name)
            for name in ("milestones", "amount", "paid", "outstanding", "not_billed", "ready_to_bill")
        }
        for totals in report.summary.totals
    }
    lines = ",\n".join(f"  {json.dumps(finding, ensure_ascii=False)}" for finding in findings)
    return f'{{"totals": {json.dumps(totals)},\n "findings": [\n{lines}\n]}}\n'.encode()


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_workbook_gives_the_reviewed_findings(book: Path, request: pytest.FixtureRequest) -> None:
    found = expected(build([book], Settings(as_of=AS_OF)))
    file = FOLDER / f"{book.name}.expected.json"
    if request.config.getoption("--update-snapshots"):
        file.write_bytes(found)
    assert file.exists(), "no expected findings beside it yet: make snapshots, and review them"
    assert json.loads(found) == json.loads(file.read_text(encoding="utf-8"))


def test_every_planted_fault_of_the_messy_workbook_is_found_at_its_cell() -> None:
    report = build([SAMPLES / "messy.xlsx"], Settings(as_of=AS_OF))
    found = {(finding.sheet, finding.cell) for finding in report.findings}
    assert {(sheet, cell) for sheet, cell, _what in messy.PLANTED} - found == set()


def test_what_is_odd_but_no_fault_is_let_pass() -> None:
    report = build([SAMPLES / "messy.xlsx"], Settings(as_of=AS_OF))
    found = {(finding.sheet, finding.cell) for finding in report.findings}
    assert {(sheet, cell) for sheet, cell, _what in messy.HARMLESS} & found == set()


def test_the_samples_are_what_their_script_builds(tmp_path: Path) -> None:
    """Parts are compared, not packed bytes, because another zlib may pack them differently."""
    for built in build_samples.build(tmp_path):
        committed = SAMPLES / built.relative_to(tmp_path)
        assert parts(built) == parts(committed), built.name


def parts(file: Path) -> dict[str, bytes]:
    if file.suffix != ".xlsx":
        return {"": file.read_bytes()}
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
