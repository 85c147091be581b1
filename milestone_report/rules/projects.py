"""P: a project as a whole, its milestones against its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.model import Notice, Severity, State
from milestone_report.money import spelled_money
from milestone_report.rules.rule import found, rows, rule
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from milestone_report.model import Milestones

_TOTAL = "Contract total"


@found(
    "P401",
    Severity.WARNING,
    "contract total",
    "Milestones do not add up to the contract total",
    message="The milestones of “{project}” add up to {total}: {by} {side} the contract total of {value}.",
    fix="Add the milestone that is missing, or mend the amount or the contract total that is wrong.",
    breaks=(
        rows(block={_TOTAL: 1200.0}),
        rows({"milestone": "A"}, {"milestone": "B"}, block={_TOTAL: 1999.99}),
    ),
    keeps=(
        rows(block={_TOTAL: 1000.0}),
        rows(),
        rows({"milestone": "A"}, {"milestone": "B", "amount": "TBC"}, block={_TOTAL: 3000.0}),
        rows({"milestone": "A"}, {"milestone": "B", "status": "void"}, block={_TOTAL: 1000.0}),
    ),
)
def P401(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """What is in the contract but in no milestone is never invoiced; what is above it will be disputed.

    Said only where every amount of the sheet could be read, and all are in the contract's currency.
    """
    frame = milestones.frame[milestones.frame["state"] != State.VOID]
    readable = frame["amount_known"] & (frame["currency"] != "")
    groups = frame.assign(readable=readable).groupby("sheet_id")
    checks = groups.agg(
        total=("amount", "sum"),
        readable=("readable", "all"),
        currencies=("currency", "nunique"),
        currency=("currency", "first"),
        projects=("project", "nunique"),
        project=("project", "first"),
    )
    for sheet_id, total, readable_all, currencies, currency, projects, project in checks.itertuples():
        sheet = milestones.sheets[sheet_id]
        comparable = readable_all and currencies == projects == 1 and sheet.contract_currency == currency
        if sheet.contract is None or not comparable or total == sheet.contract:
            continue
        gap = sheet.contract - total
        facts = {
            "project": project,
            "total": spelled_money(int(total), currency),
            "by": spelled_money(abs(int(gap)), currency),
            "side": "less than" if gap > 0 else "more than",
        }
        value = spelled_money(sheet.contract, currency)
        yield Notice("P401", sheet.workbook, sheet.name, sheet.contract_cell, value, facts)


def _first_place(milestones: Milestones, hits: pd.DataFrame) -> Mapping[str, list[str]]:
    """Where the name of each row stood first in its project."""
    frame = milestones.frame
    first: dict[tuple[int, str, str], int] = {}
    for sheet_id, project, name, row in frame[["sheet_id", "project", "milestone", "row"]].itertuples(index=False):
        first.setdefault((sheet_id, project, identity(name)), row)
    keys = hits[["sheet_id", "project", "milestone"]].itertuples(index=False)
    return {
        "other": [
            milestones.sheets[sheet_id].cell("milestone", first[sheet_id, project, identity(name)])
            for sheet_id, project, name in keys
        ]
    }


@rule(
    "P404",
    Severity.WARNING,
    "milestone",
    "Milestone name stands twice in a project",
    message="“{milestone}” ({amount}) already stands in {other}: is it billed twice?",
    fix="Remove the row that is double, or give the two different names.",
    breaks=(
        rows({}, {"invoice_number": "INV-2"}),
        rows({"milestone": "Mid-point"}, {"milestone": "midpoint", "invoice_number": "INV-2"}),
    ),
    keeps=(
        rows({}, {"milestone": "Final", "invoice_number": "INV-2"}),
        rows({"project": "A"}, {"project": "B", "invoice_number": "INV-2"}),
        rows({"status": "void"}, {"invoice_number": "INV-2"}),
    ),
    facts=_first_place,
)
def P404(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A row that was copied and never renamed bills the same work twice."""
    frame = milestones.frame
    live = (frame["state"] != State.VOID) & (frame["milestone"] != "")
    folded = frame["milestone"].map({name: identity(name) for name in frame["milestone"].unique()})
    named = frame.assign(folded=folded)[live]
    twice = named.duplicated(["sheet_id", "project", "folded"], keep="first")
    return twice.reindex(frame.index, fill_value=False)


@found(
    "P405",
    Severity.INFO,
    "",
    "Project has no contract total",
    message="No contract total is given for “{project}”, so nobody can tell whether a milestone is missing.",
    fix="Write “Contract total” above the table, with the amount in the cell to its right.",
    breaks=(rows(), rows({"status": "paid"})),
    keeps=(rows(block={_TOTAL: 1000.0}), rows(block={_TOTAL: "TBC"})),
)
def P405(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """Only the contract total tells whether deposit, midpoint and final are all there."""
    names = milestones.frame.groupby("sheet_id")["project"].unique()
    for sheet_id, sheet in enumerate(milestones.sheets):
        if not sheet.contract_cell and sheet_id in names.index:
            project = "”, “".join(str(name) for name in names[sheet_id])
            yield Notice("P405", sheet.workbook, sheet.name, facts={"project": project})
