"""Of a review copy nothing changes but the fill and the comment of the cells that have findings."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from milestone_report.model import ReadingSettings, Settings
from milestone_report.pipeline import build
from milestone_report.rendering.review import review_copies
from milestone_report.rendering.review.copying import CannotCopyError, marked_copy
from milestone_report.wording import Language
from tests.conftest import ROOT, SAMPLES
from tests.corpus.outcomes import FILES
from tests.rendering.storing import Stored, stored_cells

if TYPE_CHECKING:
    from pathlib import Path

STRICT = "it is saved as “Strict Open XML”, of which no cell would be in it: save it as .xlsx first"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what openpyxl does not know
AS_OF = dt.date(2026, 3, 31)


def copies(*paths: Path) -> dict[Path, bytes]:
    """The workbooks that were copied, with their copies."""
    report = build(paths, Settings(as_of=AS_OF, reading=ReadingSettings()))
    made = zip(report.workbooks, review_copies(report), strict=True)
    return {workbook.file: copy.data for workbook, copy in made if not copy.why_not}


def of_the_workbook(copy: bytes) -> Stored:
    """The cells of a copy without those of its first sheet, which lists the findings."""
    first = openpyxl.load_workbook(io.BytesIO(copy)).sheetnames[0]
    return {place: cell for place, cell in stored_cells(copy).items() if place[0] != first}


def differences(file: Path, copy: bytes) -> dict[tuple[str, str], object]:
    before, after = stored_cells(file.read_bytes()), of_the_workbook(copy)
    return {
        place: (before.get(place), after.get(place))
        for place in {*before, *after}
        if before.get(place) != after.get(place)
    }


def test_no_cell_of_the_samples_is_another_in_its_copy() -> None:
    made = copies(SAMPLES, ROOT / "tests" / "workbooks" / "messy.xlsm")
    assert {file.name for file in made} == {"agency.xlsx", "messy.xlsx", "minimal.xlsx", "messy.xlsm"}
    assert {file.name: found for file, copy in made.items() if (found := differences(file, copy))} == {}


def test_no_cell_of_the_nasty_workbooks_is_another_in_its_copy_or_there_is_none() -> None:
    english, why_not = Language("en_GB"), {}
    changed = {}
    for file in sorted(FILES.glob("*.xlsx")):
        try:
            copy = marked_copy(file, [], AS_OF, english)
        except CannotCopyError as error:
            why_not[file.name] = str(error)
        else:
            changed[file.name] = differences(file, copy)
    assert len(changed) > 100
    # In it is an element beside the sheets that openpyxl takes for another sheet: cells are added, none is another.
    assert {place[0] for place in changed.pop("sheets-unlisted.xlsx")} == {"B"}
    assert {name: found for name, found in changed.items() if found} == {}
    assert {name: why for name, why in why_not.items() if "its parts cannot be taken over" not in why} == {
        "merged-to-the-end.xlsx": "it merges more than a million cells",
        "strings-escaped-escape.xlsx": "a text in its cells would change (one with “_x005F_”)",
        "xml-strict-linked.xlsx": STRICT,
        "xml-strict.xlsx": STRICT,
    }


@pytest.mark.parametrize(
    "number", ["60", "59.5", "46131.123456789012", "0.1234567890123456", "12000000", "-1", "2958466"]
)
@pytest.mark.parametrize("code", ["yyyy-mm-dd", "[h]:mm:ss", "General", "hh:mm"])
def test_a_number_stays_as_it_is_stored_whatever_its_format_makes_of_it(number: str, code: str, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "Book.xlsx")
    sheet = book.add_worksheet("Acme")
    sheet.write_number(0, 0, 77.5, book.add_format({"num_format": code}))
    book.close()
    with zipfile.ZipFile(tmp_path / "Book.xlsx") as old, zipfile.ZipFile(tmp_path / "Exact.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>77.5</v>", f"<v>{number}</v>".encode()))
    copy = of_the_workbook(marked_copy(tmp_path / "Exact.xlsx", [], AS_OF, Language("en_GB")))
    assert copy == {("Acme", "A1"): ("number", float(number), code)}
