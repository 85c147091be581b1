"""P: a project's milestones against its contract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from milestone_report.facts import phrase
from milestone_report.figures import exact
from milestone_report.model import Notice, Severity, State
from milestone_report.money import spelled_money
from milestone_report.rules.groups import by_project, strays, sums_of
from milestone_report.rules.repeats import repeats
from milestone_report.rules.rule import Example, found, rows
from milestone_report.text import enumerated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.model import Milestones, Sheet

_TOTAL = "Contract total"


@found(
    "P401",
    Severity.WARNING,
    "contract total",
    "Milestones do not add up to the contract total",
    message="{what}",
    fix="{todo}",
    breaks=(
        rows({"milestone": "Final"}, block={_TOTAL: 1200.0}),
        rows({"milestone": "A"}, {"milestone": "B"}, block={_TOTAL: 1999.99}),
        rows({"milestone": "Deposit"}, block={_TOTAL: 999.99}),
        rows({"currency": "USD"}, block={_TOTAL: 1000.0, "Currency": "EUR"}),
        rows({"milestone": "A", "project": "A"}, {"milestone": "B", "project": "B"}, block={_TOTAL: 2000.0}),
        rows({}, {}, block={_TOTAL: 1500.0}),
        rows({"milestone": "A"}, block={_TOTAL: 1000.01}),
        rows(block={_TOTAL: 1000.0, "Currency": "USD"}),
        rows({"project": "A"}, {"project": "B", "currency": "USD"}, block={_TOTAL: 2000.0, "Currency": "EUR"}),
        rows({"milestone": "Final", "project": "Orchard"}, block={"Project": "Harbour", _TOTAL: 1200.0}),
        rows({"milestone": "Final"}, {"milestone": "Credit", "amount": -200.0}, block={_TOTAL: 1000.0}),
        rows({"milestone": "Final"}, {"milestone": "Credit", "amount": -200.0}, block={_TOTAL: 700.0}),
        Example(
            sheets=(
                rows(),
                rows({"project": "A"}, {"project": "B", "milestone": "Final"}, block={_TOTAL: 1000.0, "Project": "A"}),
                rows(block={_TOTAL: 1000.0}),
                rows({"milestone": "Final"}, block={_TOTAL: 1200.0}),
            )
        ),
    ),
    keeps=(
        rows(block={_TOTAL: 1000.0}),
        rows(),
        rows({"milestone": "A"}, {"milestone": "B", "amount": "TBC"}, block={_TOTAL: 3000.0}),
        rows({"milestone": "A"}, {"milestone": "B", "status": "void"}, block={_TOTAL: 1000.0}),
        rows({"milestone": "Deposit 30 %"}, block={_TOTAL: 3000.0}),
        rows({"project": "A"}, {"project": "B", "milestone": "Final"}, block={_TOTAL: 1000.0, "Project": "A"}),
        rows({}, {}, block={_TOTAL: 1000.0}),
        rows({"milestone": "A"}, {"milestone": "B", "currency": "USD"}, block={_TOTAL: 1000.0, "Currency": "EUR"}),
        rows({"milestone": "A", "currency": "EUX"}, block={_TOTAL: 3000.0, "Currency": "EUR"}),
        rows({"milestone": "Final"}, {"milestone": "Credit", "amount": -200.0}, block={_TOTAL: 800.0}),
    ),
)
def P401(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """What is in the contract but in no milestone is never invoiced; what is above it will be disputed.

    Credits lower what the milestones add up to. They are named, as a difference may be nothing else.

    Where several projects share the sheet nobody can say what the contract total covers: then that is
    said. Where an amount could not be read, mending that comes first. Several currencies in one project
    are P402's, a deposit that stands alone is P403's, and rows of a project that is not the sheet's are
    R114's. Where a row that stands twice is all that is too much, X501 or X503 says so.
    """
    strange = set(strays(milestones)["sheet_id"])
    live = milestones.frame[milestones.frame["state"] != State.VOID]
    lone = {sheet_id for sheet_id, _project in _lone_deposits(milestones)}
    readable = live["amount_known"] & (live["currency"] != "")
    groups = exact(live.assign(readable=readable)).groupby("sheet_id")
    sums = groups.agg({"amount": "sum", "readable": "all"})
    kinds = groups[["currency", "project"]].agg(["nunique", "first"])
    credited = exact(live[live["amount"] < 0]).groupby("sheet_id")["amount"].sum()
    copies = repeats(milestones)
    copied = exact(copies.rows.loc[copies.copies_on_the_sheet.index]).groupby("sheet_id")["amount"].sum()
    rows_of = zip(sums.itertuples(), kinds.itertuples(index=False), strict=True)
    for (sheet_id, total, all_readable), (currencies, currency, projects, project) in rows_of:
        sheet = milestones.sheets[sheet_id]
        if sheet.contract is None or not all_readable or (projects == 1 and currencies > 1):
            continue
        if projects > 1 and sheet_id in strange:
            continue
        contract, twice = spelled_money(sheet.contract, sheet.contract_currency), copied.get(sheet_id, 0)
        if projects > 1:
            what = phrase(
                "The contract total of {contract} was compared with nothing: {number} projects share this sheet.",
                contract=contract,
                number=str(projects),
            )
            todo = phrase("Give each project a sheet of its own, with its own contract total.")
        elif currency != sheet.contract_currency:
            what = phrase(
                "The contract total of {contract} was compared with nothing: the milestones are in {currency}.",
                contract=contract,
                currency=currency,
            )
            todo = phrase("Correct the currency that is wrong: that of the contract total, or that of the milestones.")
        elif sheet.contract in (total, total - twice) or (sheet_id in lone and total < sheet.contract):
            continue
        else:
            what, todo = _gap(project, sheet, int(total), int(credited.get(sheet_id, 0)))
        facts: dict[str, str] = {"what": what, "todo": todo}
        yield Notice("P401", sheet.workbook, sheet.name, sheet.contract_cell, contract, facts)


def _gap(project: str, sheet: Sheet, total: int, credited: int) -> tuple[str, str]:
    """What the milestones of a project come to, with the credits among them, beside its contract; and what to do."""
    contract, currency = sheet.contract or 0, sheet.contract_currency
    facts: dict[str, str] = {
        "project": project,
        "total": spelled_money(total, currency),
        "gap": spelled_money(abs(contract - total), currency),
        "contract": spelled_money(contract, currency),
    }
    if credited:
        facts["total"] = phrase(
            "{total}, credits of {credits} included",
            total=facts["total"],
            credits=spelled_money(credited, currency),
        )
    if total < contract:
        what = phrase(
            "The milestones of “{project}” add up to {total}: {gap} less than the contract total of {contract}.",
            **facts,
        )
        if total - credited == contract:
            return what, phrase(
                "The difference is the credits alone: lower the contract total where less is agreed now, or add the "
                "milestone that takes their place."
            )
        return what, phrase(
            "Add the milestone that is missing, or correct the amount or the contract total that is wrong."
        )
    return phrase(
        "The milestones of “{project}” add up to {total}: {gap} more than the contract total of {contract}.", **facts
    ), phrase("Correct the amount or the contract total that is wrong.")


@found(
    "P403",
    Severity.WARNING,
    "milestone",
    "Only a deposit is recorded",
    message="“{value}” ({amount}) is all that is recorded for “{project}”{gap}: where are the later milestones?",
    fix="Add the midpoint and the final payment with their amounts, even while they are only planned.",
    breaks=(
        rows({"milestone": "Deposit"}),
        rows({"milestone": "Deposit 30%"}, block={_TOTAL: 3000.0}),
        rows({"milestone": "1. Anzahlung"}, {"milestone": "2. Anzahlung", "invoice_number": "INV-2"}),
        rows({"milestone": "Acompte"}, {"milestone": "Solde", "status": "void"}),
        rows(block={_TOTAL: 1000.01}),
        rows(block={_TOTAL: "TBC"}),
        Example(sheets=(rows(block={_TOTAL: 1000.0}), rows())),
    ),
    keeps=(
        rows({"milestone": "Deposit"}, {"milestone": "Final", "invoice_number": "INV-2"}),
        rows({"milestone": "Deposit"}, block={_TOTAL: 1000.0}),
        rows({"milestone": "Deposit"}, block={_TOTAL: 900.0}),
        rows({"milestone": "Deposit", "currency": "EUX"}),
        rows({"milestone": "Balance after deposit"}),
        rows({"milestone": "Fee"}),
        rows({"milestone": "Deposit", "amount": "TBC"}, block={_TOTAL: 1000.0}),
    ),
)
def P403(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """What is not written down is not invoiced: after the deposit the rest of the job is forgotten most easily."""
    for (sheet_id, project), deposits in _lone_deposits(milestones).items():
        sheet = milestones.sheets[sheet_id]
        first = deposits.iloc[0]
        gap: str = ""
        if sheet.contract is not None and set(deposits["currency"]) == {sheet.contract_currency}:
            rest = sheet.contract - int(deposits["amount"].astype(object).sum())
            if rest <= 0:
                continue
            gap = phrase(
                ", and {rest} of the contract total of {contract} are missing",
                rest=spelled_money(rest, sheet.contract_currency),
                contract=spelled_money(sheet.contract, sheet.contract_currency),
            )
        facts = {"project": project, "amount": sums_of(deposits, counts=False), "gap": gap}
        yield Notice(
            "P403", sheet.workbook, sheet.name, sheet.cell("milestone", first["row"]), first["milestone"], facts
        )


_DEPOSIT = re.compile(
    r"\b(deposit|down.?payment|upfront|advance payment|anzahlung|akonto|acompte|arrhes|anticipo|se[nñ]al|acconto"
    r"|caparra|sinal|adiantamento|entrada|aanbetaling|voorschot)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(balance|after|final|rest|less|minus|100 ?%|full|refund)\b", re.IGNORECASE)


def _lone_deposits(milestones: Milestones) -> dict[tuple[int, str], pd.DataFrame]:
    """(sheet, project) → its rows, for projects of which nothing but deposits is recorded, all with amounts."""
    live = milestones.frame[milestones.frame["state"] != State.VOID]
    project = ["sheet_id", "project"]
    first = live.drop_duplicates(project)
    begun = first.loc[[_is_deposit(name) for name in first["milestone"]], project]
    rows_of = by_project(live[pd.MultiIndex.from_frame(live[project]).isin(pd.MultiIndex.from_frame(begun))])
    return {
        (sheet_id, project): rows
        for sheet_id, project, rows in rows_of
        if all(map(_is_deposit, rows["milestone"])) and rows["amount_known"].all() and (rows["currency"] != "").all()
    }


def _is_deposit(name: str) -> bool:
    return bool(_DEPOSIT.search(name)) and not _MORE.search(name)


@found(
    "P405",
    Severity.INFO,
    "sheet",
    "Project has no contract total",
    message="No contract total is given for {projects}, so nobody can tell whether a milestone is missing.",
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
            named = enumerated(projects, "{first} and {n} other project", "{first} and {n} other projects")
            yield Notice("P405", sheet.workbook, sheet.name, facts={"projects": named})
