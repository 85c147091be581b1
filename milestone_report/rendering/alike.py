"""What is said of each cell of a column, but mostly has one cause and one cure for all of it, is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.text import split_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milestone_report.model import Finding

_OF_A_COLUMN = frozenset({"R111"})
"""How a column is typed."""
_FEW = 3
"""So many of a column are told one by one; of more, the first."""


def alike(findings: Iterable[Finding]) -> dict[Finding, list[str]]:
    """Each finding that many cells of its column have as well, with all these cells from the top."""
    columns: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        if finding.code in _OF_A_COLUMN:
            column, _row = split_cell(finding.cell)
            key = finding.workbook, finding.sheet, finding.code, finding.severity, column, finding.fix
            columns.setdefault(key, []).append(finding)
    many = (sorted(found, key=_row_of) for found in columns.values() if len(found) > _FEW)
    return {finding: [one.cell for one in found] for found in many for finding in found}


def _row_of(finding: Finding) -> int:
    return split_cell(finding.cell)[1]
