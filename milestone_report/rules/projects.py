"""P: a project as a whole, its milestones against its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.model import Notice, Severity, State
from milestone_report.money import spelled_money
from milestone_report.rules.rule import Example, found, rows, rule
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
    message="{what}",
    fix="Add the milestone that is missing, or mend the amount or the contract total that is wrong.",
    breaks=(
        rows(block={_TOTAL: 1200.0}),
        rows({"milestone": "A"}, {"milestone": "B"}, block={_TOTAL: 1999.99}),
        rows({"currency": "USD"}, block={_TOTAL: 1000.0, "Currency": "EUR"}),
        rows({"milestone": "A", "project": "A"}, {"milestone": "B", "project": "B"}, block={_TOTAL: 2000.0}),
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

    Where several projects or currencies share the sheet nobody can say what the contract total
    covers: then that is said. Where an amount could not be read, mending that comes first.
    """
    live = milestones.frame[milestones.frame["state"] != State.VOID]
    readable = live["amount_known"] & (live["currency"] != "")
    # Python's integers do not overflow, whatever somebody types.
    groups = live.assign(readable=readable, amount=live["amount"].astype(object)).groupby("sheet_id")
    sums = groups.agg({"amount": "sum", "readable": "all"})
    kinds = groups[["currency", "project"]].agg(["nunique", "first"])
    rows_of = zip(sums.itertuples(), kinds.itertuples(index=False), strict=True)
    for (sheet_id, total, all_readable), (currencies, currency, projects, project) in rows_of:
        sheet = milestones.sheets[sheet_id]
        if sheet.contract is None or not all_readable:
            continue
        contract = spelled_money(sheet.contract, sheet.contract_currency)
        if currencies > 1 or currency != sheet.contract_currency:
            why = f"the milestones are in {currency if currencies == 1 else 'several currencies'}"
            what = f"The contract total of {contract} was compared with nothing: {why}."
        elif projects > 1:
            what = f"The contract total of {contract} was compared with nothing: {projects} projects share this sheet."
        elif total == sheet.contract:
            continue
        else:
            gap = sheet.contract - total
            by = f"{spelled_money(abs(gap), currency)} {'less' if gap > 0 else 'more'} than"
            adds_up_to = spelled_money(total, currency)
            what = f"The milestones of “{project}” add up to {adds_up_to}: {by} the contract total of {contract}."
        yield Notice("P401", sheet.workbook, sheet.name, sheet.contract_cell, contract, {"what": what})


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
    names: dict[int, list[str]] = {}
    for sheet_id, name in milestones.frame[["sheet_id", "project"]].drop_duplicates().itertuples(index=False):
        names.setdefault(sheet_id, []).append(name)
    for sheet_id, projects in names.items():
        sheet = milestones.sheets[sheet_id]
        if not sheet.contract_cell:
            yield Notice("P405", sheet.workbook, sheet.name, facts={"project": "”, “".join(projects)})


@found(
    "P406",
    Severity.WARNING,
    "",
    "The same project stands on several sheets or workbooks",
    message="“{project}” stands on {first}, too: if both mean the same milestones, they are counted twice.",
    fix="Keep a project on one sheet. Remove the overview or the copy, or take its Status column away.",
    breaks=(
        Example(sheets=(Example(rows=({"project": "Harbour"},)), Example(rows=({"project": "harbour "},)))),
        Example(sheets=(Example(block={"Project": "Harbour"}), Example(rows=({"project": "Harbour"},)))),
    ),
    keeps=(
        rows({"project": "Harbour"}, {"project": "Harbour", "milestone": "Final"}),
        Example(sheets=(Example(rows=({"project": "Harbour"},)), Example(rows=({"project": "Orchard"},)))),
    ),
)
def P406(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """An overview sheet, a backup or last year's copy doubles every figure of the project."""
    first: dict[str, int] = {}
    for sheet_id, name in milestones.frame[["sheet_id", "project"]].drop_duplicates().itertuples(index=False):
        first_id = first.setdefault(identity(name), sheet_id)
        if first_id != sheet_id:
            here, there = milestones.sheets[sheet_id], milestones.sheets[first_id]
            place = there.name if here.workbook == there.workbook else f"{there.workbook}, {there.name}"
            facts = {"project": name, "first": f"“{place}”"}
            yield Notice("P406", here.workbook, here.name, value=name, facts=facts)
