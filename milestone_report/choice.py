"""Which findings a user wants to see: the codes there are, what is selected and ignored, what was kept out.

The codes stand here, too, so that what a user types can be checked without importing the rules and their pandas.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milestone_report.model.states import Severity

CODES: tuple[str, ...] = tuple(
    """
    F301 F302 F303 F304 F305 F306 F307 F308 F309 F310 F311 F312
    P401 P402 P403 P404 P405 P406
    R101 R102 R103 R104 R105 R106 R107 R108 R109 R110 R111 R112 R113 R114 R115 R116 R117
    S201 S202 S203 S204 S205 S206 S207 S208 S209 S210 S211
    W001 W002 W003 W004 W005 W006 W007 W008 W009 W010 W011 W012
    X501 X502 X503
    """.split()
)


class By(StrEnum):
    """Who kept a finding out of the report."""

    SELECT = "--select"
    IGNORE = "--ignore"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that nobody wants to see: of a code or prefix, and of workbooks and sheets by name; "" for any.

    In the names * stands for any characters.
    """

    code: str = ""
    workbook: str = ""
    sheet: str = ""
    reason: str = ""
    by: By = By.SETTINGS


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are wanted, and how much they matter. Codes may be prefixes: "S2" is S201 and its like.

    `select` leaves only these, `ignore` takes away; of two severities that fit the more exact counts.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """How many findings of one code were kept out of the report, by whom and for what reason ("" for none)."""

    by: By
    code: str
    severity: Severity
    reason: str
    findings: int
