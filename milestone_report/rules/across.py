"""X: what only shows when rows, sheets and workbooks are looked at together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from milestone_report.facts import phrase, phrases
from milestone_report.model import Notice, Severity
from milestone_report.rules.repeats import mask, places, repeats
from milestone_report.rules.rule import found, rows, rule
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from milestone_report.model import Milestones

_LEAST_OF_A_SERIES = 5
_WIDEST_GAP = 10
"""Beyond a gap so wide another series begins: another year's, or another client's."""
_NUMBER = re.compile(r"(?P<lead>.*?)(?P<digits>\d{1,15})\D{0,3}$", re.DOTALL)
_DAY = re.compile(r"(20)?\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
"""A number that is a day, such as 20260331 or 260331: on weekends no invoice goes out."""
_BETWEEN = re.compile(r"[,;&+\n]")
_CREDIT: dict[str, object] = {"milestone": "Credit", "amount": -100.0}
_PLANNED: dict[str, object] = {"status": "", "invoice_number": "", "signoff": ""}


def _first_uses(milestones: Milestones, hits: pd.DataFrame) -> Mapping[str, list[str]]:
    copies = set(repeats(milestones).copies_on_the_sheet.index.tolist())
    whole = phrase(", and so does the whole row")
    return {
        **places(milestones, hits, repeats(milestones).numbers, "invoice_number"),
        "whole": [whole if index in copies else "" for index in hits.index.tolist()],
    }


@rule(
    "X501",
    Severity.ERROR,
    "invoice_number",
    "Invoice number used twice",
    message="Invoice {invoice_number} ({project}, {amount}) already stands in {other}{whole}.",
    fix="Look the number up in your accounts, and correct the row that has the wrong one; delete a row that was copied."
    " Where one invoice does bill several milestones, say so in milestone-report.toml, below [rules], with ignore.",
    breaks=(
        rows({}, {"milestone": "Final"}),
        rows({"invoice_number": "INV-7"}, {"invoice_number": "inv 7", "milestone": "Final"}),
        rows({}, {}),
        rows(_CREDIT, _CREDIT),
        rows(_CREDIT, {**_CREDIT, "milestone": "Another credit", "amount": -0.01}),
        rows({}, {"milestone": "Extra", "amount": 0.0}),
    ),
    keeps=(
        rows({}, {"milestone": "Final", "invoice_number": "INV-2"}),
        rows({"invoice_number": "", "status": ""}, {"invoice_number": "", "status": "", "milestone": "Final"}),
        rows({"status": "void"}, {"milestone": "Final"}),
        rows({}, _CREDIT),
    ),
    facts=_first_uses,
)
def X501(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """Two milestones under one number cannot both be matched to a payment: one of them is not invoiced.

    A credit note may quote the number of the invoice that it credits; two credits may not share one.
    """
    return mask(milestones, repeats(milestones).numbers)


@found(
    "X502",
    Severity.INFO,
    "invoice_number",
    "Gap in the invoice numbers",
    message="{missing}: invoices {before} and {value} are there.",
    fix="Look it up in your accounts: it may belong to work that is billed elsewhere, or be missing from a sheet.",
    breaks=(
        rows(*({"milestone": f"Part {number}", "invoice_number": f"INV-{number}"} for number in (1, 2, 3, 4, 6))),
        rows(*({"milestone": f"M {number}", "invoice_number": number} for number in (2040, 2044, 2042, 2041, 2045))),
        rows(*({"milestone": f"M {number}", "invoice_number": f"26/{number:03}"} for number in (*range(97, 104), 106))),
        rows(*({"milestone": f"P{n}", "invoice_number": f"P{n}"} for n in (*range(1, 37), 46))),
        rows(*({"milestone": text, "invoice_number": text} for text in ("TBC", "R1", "R2", "R3", "R4", "R6"))),
        rows(*({"milestone": t, "invoice_number": t} for t in "A1 A2 A3 A4 A5 B5 B6 B7 B8 B10".split())),
    ),
    keeps=(
        rows(*({"milestone": f"Part {number}", "invoice_number": f"INV-{number}"} for number in (1, 2, 3, 4, 5))),
        rows(*({"milestone": f"Part {number}", "invoice_number": f"INV-{number}"} for number in (1, 2, 3, 5))),
        rows(*({"milestone": f"Part {number}", "invoice_number": f"INV-{number}"} for number in (1, 2, 5, 7, 9, 12))),
        rows(*({"milestone": f"P{n}", "invoice_number": f"P{n}"} for n in (*range(1, 7), 9))),
        rows(*({"milestone": f"P{n}", "invoice_number": f"P{n}"} for n in (*range(1, 42), 52))),
        rows(*({"milestone": str(year), "invoice_number": f"{year}-{year % 7}"} for year in range(2019, 2026))),
        rows(*({"milestone": text, "invoice_number": text} for text in ("R1", "R2", "R3; R4", "R5", "R6", "R7"))),
        rows(*({"milestone": f"P{n}", "invoice_number": f"P{n}", "status": "void" * (n == 3)} for n in range(1, 7))),
        rows(*({"milestone": str(n), "invoice_number": f"RE-202603{n:02}"} for n in (2, 3, 4, 5, 6, 9, 10, 11))),
        rows(*({"milestone": text, "invoice_number": text} for text in ("R1", "r 1", "R2", "R3", "R5"))),
    ),
)
def X502(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """A number that is in no workbook may be an invoice that nobody chases.

    Numbers are compared where a series is clear: at least five of one kind, of which no more than a fifth is
    missing, and that are no days. Void milestones count: their number was used.
    """
    frame = milestones.frame
    gaps = _after_gaps(frame.loc[frame["invoice_number"] != "", "invoice_number"])
    where = frame.loc[[gap.at for gap in gaps], ["sheet_id", "row"]]
    for (sheet_id, row), gap in zip(where.itertuples(index=False), gaps, strict=True):
        sheet = milestones.sheets[sheet_id]
        facts = {"before": gap.before, "missing": _missing(gap.after, gap.missing)}
        yield Notice("X502", sheet.workbook, sheet.name, sheet.cell("invoice_number", row), gap.after, facts)


class _Gap(NamedTuple):
    """How many invoice numbers are missing between two; `at` is the index of the row of the latter."""

    at: int
    before: str
    after: str
    missing: int


def _after_gaps(texts: pd.Series[str]) -> list[_Gap]:
    """Where invoice numbers are missing in a clear series. Takes the texts by row."""
    cells, leads, numbers = _numbers(texts.drop_duplicates())
    if not cells:
        return []
    cell = np.lexsort((numbers, leads))  # stable: where two say one number, the first of them comes first
    prefix, number = np.array(leads)[cell], np.array(numbers, dtype=np.int64)[cell]
    another = np.append(True, (np.diff(prefix) != 0) | (np.diff(number) != 0))
    prefix, number, cell = prefix[another], number[another], cell[another]
    step = np.diff(number, prepend=number[:1])
    begins = (np.diff(prefix, prepend=-1) != 0) | (step > _WIDEST_GAP)
    series = begins.cumsum() - 1
    missing = np.where(begins, 0, step - 1)
    size, missing_of_all = np.bincount(series), np.bincount(series, missing)
    clear = (size >= _LEAST_OF_A_SERIES) & (missing_of_all * 4 <= size)
    return [
        _Gap(cells[cell[here]][0], cells[cell[here - 1]][1], cells[cell[here]][1], int(missing[here]))
        for here in np.flatnonzero(clear[series] & (missing > 0)).tolist()
    ]


def _numbers(texts: pd.Series[str]) -> tuple[list[tuple[int, str]], list[int], list[int]]:
    """What counts upwards in the texts: (index, text) of each, a number for what stands before it, and itself.

    Those that stand in a cell of their own come first.
    """
    alone, among = [], []
    for index, text in zip(texts.index.tolist(), texts.tolist(), strict=True):
        if _BETWEEN.search(text):
            among += [(index, part.strip()) for part in _BETWEEN.split(text)]
        else:
            alone.append((index, text))
    kinds: dict[str, int] = {}
    kind_of_lead: dict[str, int] = {}
    cells: list[tuple[int, str]] = []
    leads: list[int] = []
    numbers: list[int] = []
    for cell in (*alone, *among):
        lead, digits = _parted(cell[1])
        if not digits or _DAY.fullmatch(digits):
            continue
        if lead not in kind_of_lead:
            kind_of_lead[lead] = kinds.setdefault(identity(lead), len(kinds))
        cells.append(cell)
        leads.append(kind_of_lead[lead])
        numbers.append(int(digits))
    return cells, leads, numbers


def _parted(text: str) -> tuple[str, str]:
    """What stands before the number that counts upwards, and its digits; "" where there is none."""
    match = _NUMBER.match(text)
    return (match["lead"], match["digits"]) if match else (text, "")


def _missing(after: str, count: int) -> str:
    """The numbers just before one, in its own spelling: "INV-2043 is missing", "INV-2043 to INV-2045 are missing"."""
    lead, digits = _parted(after)
    first, last = (f"{lead}{int(digits) - back:0{len(digits)}}" for back in (count, 1))
    if count == 1:
        return phrase("{number} is missing", number=first)
    return phrases(
        "{first} to {last} are missing ({n} number)",
        "{first} to {last} are missing ({n} numbers)",
        count,
        first=first,
        last=last,
    )


@rule(
    "X503",
    Severity.WARNING,
    "milestone",
    "The same row stands twice",
    message="“{milestone}” ({amount}) says the same as {other} in every column: is it one milestone, counted twice?",
    fix="Delete the row that was copied; or tell the two apart by their names, due dates or invoice numbers.",
    breaks=(rows(_PLANNED, _PLANNED), rows(_PLANNED, {**_PLANNED, "milestone": "DEPOSIT"}, _PLANNED)),
    keeps=(
        rows(_PLANNED, {**_PLANNED, "milestone": "Final"}),
        rows(_PLANNED, {**_PLANNED, "amount": 1000.01}),
        rows(_PLANNED, {**_PLANNED, "due_date": "2026-05-15"}),
        rows({**_PLANNED, "project": "A"}, {**_PLANNED, "project": "B"}),
        rows({**_PLANNED, "status": "void"}, {**_PLANNED, "status": "void"}),
        rows({**_PLANNED, "amount": "TBC"}, {**_PLANNED, "amount": "to be agreed"}),
        rows({**_PLANNED, "milestone": ""}, {**_PLANNED, "milestone": ""}),
        rows({}, {}),
    ),
    facts=lambda milestones, hits: places(milestones, hits, repeats(milestones).copies_on_the_sheet, "milestone"),
)
def X503(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A row that was copied to have its formats, and never filled in, doubles the milestone and every total.

    Where the row has an invoice number, X501 says it; copies on another sheet are P406's.
    """
    return mask(milestones, repeats(milestones).copies_on_the_sheet) & (milestones.frame["invoice_number"] == "")
