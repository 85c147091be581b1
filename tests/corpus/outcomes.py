"""What the program makes of the files of the corpus, and what is expected of it."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milestone_report.currency import EXPONENTS
from milestone_report.figures import add_figures
from milestone_report.model import READ_COLUMNS, ReadingSettings
from milestone_report.money import decimal_text
from milestone_report.reading.contents import Source
from milestone_report.reading.isolation import Readers
from milestone_report.reading.table import milestones_frame
from tests.building import AGEING, AS_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.reading.contents import WorkbookRows

EXPECTATIONS = Path(__file__).parent / "expectations.toml"
FILES = Path(__file__).parent / "files"
REFUSALS = frozenset({"W001", "W002", "W011"})

_SHORT: dict[str, dict[str, Any]] = {
    "table": {"counted": 2, "EUR": "1500.50"},
    "detailed": {"counted": 1, "left_out": 1, "EUR": "1000.00", "codes": ["R105"], "status": ["paid", "unknown"]},
    "linked": {
        "counted": 1,
        "left_out": 2,
        "EUR": "1000.00",
        "codes": ["R104", "R105"],
        "signoff": ["signoffs/a.pdf", "", ""],
    },
}
"""What the short words of `gives` stand for."""


@dataclass(frozen=True)
class Outcome:
    """What one file gave: counted milestones, rows left out, the counted money, codes, and the rows' columns."""

    refused: bool
    counted: int
    left_out: int
    totals: dict[str, str]
    codes: set[str]
    columns: dict[str, list[str]] = field(repr=False)


@lru_cache(maxsize=1)
def expectations() -> dict[str, dict[str, Any]]:
    """File name → what it must give; the keys are explained at the head of expectations.toml."""
    return tomllib.loads(EXPECTATIONS.read_text(encoding="utf-8"))


def outcomes(files: Sequence[Path]) -> dict[str, Outcome]:
    """Read the files in the real reader processes: file name → what it gave."""
    settings = ReadingSettings()
    with Readers([Source(file, file.name, settings) for file in files], settings, workers=2) as readers:
        return {found.workbook.path: outcome(found) for found in readers.results()}


def outcome(found: WorkbookRows) -> Outcome:
    """What counts of one workbook: the same frame and figures as in a report."""
    frame = add_figures(milestones_frame([found], AS_OF).frame, AS_OF, AGEING)
    counted = frame[frame["counted"]]
    sums = counted.groupby("currency")["amount"].sum()
    return Outcome(
        refused=not found.workbook.readable,
        counted=len(counted),
        left_out=len(frame) - len(counted),
        totals={str(currency): decimal_text(int(amount), str(currency)) for currency, amount in sums.items()},
        codes={notice.code for notice in found.notices},
        columns={name: [_text(value) for value in values] for name, values in found.columns.items()},
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str("" if value is None else value)


def objection(name: str, found: Outcome) -> str:
    """What is wrong with an outcome by the expectations; "" where nothing is."""
    wanted = expectations()[name]
    gives = wanted.get("gives", "")
    if gives not in {"", *_SHORT}:
        right = found.counted == 0 and bool(found.codes & set(gives.split()))
        return "" if right else f"should give nothing but {gives}"
    if wanted.get("or") == "refused" and found.counted + found.left_out == 0 and found.codes & REFUSALS:
        return ""
    wanted = _SHORT.get(gives, {}) | wanted
    missing = set(wanted.get("codes", ())) - found.codes
    if missing:
        return f"should say {', '.join(sorted(missing))}"
    for column in set(wanted) & set(READ_COLUMNS) - {"currency"}:
        if found.columns.get(column, []) != wanted[column]:
            return f"{column} should be {wanted[column]}, but is {found.columns.get(column, [])}"
    return _objection_to_sums(wanted, found)


def ways_open(name: str) -> bool:
    """Whether the expectations leave a file more than one right outcome; `now` says which of them it has."""
    wanted = expectations()[name]
    return "or" in wanted or " " in wanted.get("gives", "")


def way(name: str, found: Outcome) -> str:
    """Which of several right outcomes a file gave: "read", "refused", "left out", or one of the codes."""
    wanted = expectations()[name]
    if codes := found.codes & set(wanted.get("gives", "").split()):
        return " ".join(sorted(codes))
    if found.counted + found.left_out == 0:
        return "refused"
    expected = (_SHORT.get(wanted.get("gives", ""), {}) | wanted)["counted"]
    return "read" if found.counted == expected else "left out"


def _objection_to_sums(wanted: dict[str, Any], found: Outcome) -> str:
    totals = {name: value for name, value in wanted.items() if name in EXPONENTS}
    counted, left_out = wanted["counted"], wanted.get("left_out", 0)
    if (found.counted, found.left_out, found.totals) == (counted, left_out, totals):
        return ""
    lacking = found.counted < counted and found.counted + found.left_out == counted + left_out
    less = all(Decimal(found.totals.get(name, "0")) < Decimal(value) for name, value in totals.items())
    if wanted.get("or") == "left out" and lacking and less and found.codes - {"R111"}:
        return ""
    return f"should count {counted} ({totals}) and leave out {left_out}, but {found}"
