"""P: a project as a whole: its currencies, its milestones' names, its sheets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.model import Notice, Severity, State
from milestone_report.rules.groups import by_project, sums_of
from milestone_report.rules.repeats import mask, places, repeats
from milestone_report.rules.rule import Example, found, rows, rule
from milestone_report.text import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from milestone_report.model import Milestones


@found(
    "P402",
    Severity.WARNING,
    "currency",
    "One project bills in several currencies",
    message="“{project}” bills {sums}: these are never added up{contract}.",
    fix="Correct the currency that is wrong. If the client really pays in both, give each currency a sheet of its own.",
    breaks=(
        rows({}, {"milestone": "Final", "invoice_number": "INV-2", "currency": "USD"}),
        rows(
            {"milestone": "A"},
            {"milestone": "B", "currency": "USD"},
            block={"Contract total": 2000.0, "Currency": "EUR"},
        ),
        rows({"currency": None, "amount": "€ 12.50"}, {"currency": None, "amount": "USD 10.00", "milestone": "Final"}),
    ),
    keeps=(
        rows({}, {"milestone": "Final", "invoice_number": "INV-2"}),
        rows({"project": "A"}, {"project": "B", "currency": "USD"}),
        rows({}, {"milestone": "Final", "currency": "USD", "status": "void"}),
        rows({}, {"milestone": "Final", "currency": "EURO"}),
        rows({"currency": "EUX"}, {"milestone": "Final"}),
    ),
)
def P402(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """A contract is in one currency; a second one is mostly a slip, and no total shows the project as a whole.

    The finding stands at the first milestone of the currency that is rarest in the project, or came last.
    """
    live = milestones.frame[(milestones.frame["state"] != State.VOID) & (milestones.frame["currency"] != "")]
    several = live.groupby(["sheet_id", "project"])["currency"].transform("nunique") > 1
    for sheet_id, project, mixed in by_project(live[several]):
        sheet = milestones.sheets[sheet_id]
        rarest = mixed["currency"].value_counts(sort=False)[::-1].idxmin()
        row = mixed.loc[mixed["currency"] == rarest, "row"].iloc[0]
        cell = sheet.cell("currency" if "currency" in sheet.columns else "amount", row)
        compared = phrase(", and the contract total is compared with nothing")
        contract = "" if sheet.contract is None else compared
        facts = {"project": project, "sums": sums_of(mixed), "contract": contract}
        yield Notice("P402", sheet.workbook, sheet.name, cell, str(rarest), facts)


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
        rows({}, {"invoice_number": "", "status": "", "due_date": "", "invoice_date": ""}),
        rows({"due_date": ""}, {"due_date": "", "invoice_number": "INV-2"}),
    ),
    keeps=(
        rows({}, {"milestone": "Final", "invoice_number": "INV-2"}),
        rows({"project": "A"}, {"project": "B", "invoice_number": "INV-2"}),
        rows({"status": "void"}, {"invoice_number": "INV-2"}),
        rows({"description": "Kitchen"}, {"invoice_number": "INV-2", "description": "Bathroom"}),
        rows({}, {"invoice_number": "INV-2", "due_date": dt.date(2026, 5, 15)}),
        rows({"due_date": None}, {"invoice_number": "INV-2", "invoice_date": dt.date(2026, 3, 20)}),
        rows({"invoice_number": ""}, {"invoice_number": "", "status": "", "due_date": dt.date(2026, 5, 15)}),
        rows({}, {"amount": -1000.0}),
    ),
    facts=lambda milestones, hits: places(milestones, hits, repeats(milestones).names, "milestone"),
)
def P404(milestones: Milestones) -> pd.Series[bool]:  # noqa: N802
    """A row that was copied and never renamed bills the same work twice.

    Rows under one name with descriptions of their own are parts of a phase; those with due dates of their
    own (where none stand, invoice dates) are instalments; and a credit bears the name of what it credits.
    Where the invoice number is the same, too, X501 says it, and X503 where the whole row is.
    """
    return mask(milestones, repeats(milestones).names)


@found(
    "P406",
    Severity.WARNING,
    "sheet",
    "The same project stands on several sheets or workbooks",
    message="“{project}” stands on “{first}”, too{same}.",
    fix="Keep a project on one sheet. Remove the overview or the copy, or take its Status column away. Where one sheet "
    "goes on where the other ends, say so in milestone-report.toml, below [rules], with ignore.",
    breaks=(
        Example(sheets=(Example(rows=({"project": "Harbour"},)), Example(rows=({"project": "harbour "},)))),
        Example(sheets=(Example(block={"Project": "Harbour"}), Example(rows=({"project": "Harbour"},)))),
        Example(sheets=(Example(rows=({"project": "A"},)), Example(rows=({"project": "A", "milestone": "Final"},)))),
    ),
    keeps=(
        rows({"project": "Harbour"}, {"project": "Harbour", "milestone": "Final"}),
        Example(sheets=(Example(rows=({"project": "Harbour"},)), Example(rows=({"project": "Orchard"},)))),
    ),
)
def P406(milestones: Milestones) -> Iterator[Notice]:  # noqa: N802
    """An overview sheet, a backup or last year's copy doubles every figure of the project.

    Milestones that say the same there in every column are counted, and their money is named.
    """
    copies = repeats(milestones)
    elsewhere = copies.rows.loc[copies.copies_elsewhere.index]
    copied = {(sheet_id, project): rows for sheet_id, project, rows in by_project(elsewhere)}
    names = copies.rows.groupby(["sheet_id", "project"])["milestone folded"].agg(set)
    first: dict[str, tuple[int, str]] = {}
    for sheet_id, name in milestones.frame[["sheet_id", "project"]].drop_duplicates().itertuples(index=False):
        first_id, first_name = first.setdefault(identity(name), (sheet_id, name))
        if first_id != sheet_id:
            here, there = milestones.sheets[sheet_id], milestones.sheets[first_id]
            place = there.name if here.workbook == there.workbook else f"{there.workbook}, {there.name}"
            alike = names.get((sheet_id, name), set()) & names.get((first_id, first_name), set())
            same = phrase(": if both mean the same milestones, they are counted twice")
            if (sheet_id, name) in copied:
                sums = sums_of(copied[sheet_id, name])
                same = phrase(": the same in both, and so counted twice, are {sums}", sums=sums)
            elif not alike:
                same = phrase(
                    ", though no milestone has the same name in both: if they mean the same work, it counts twice"
                )
            facts = {"project": name, "first": place, "same": same}
            yield Notice("P406", here.workbook, here.name, value=name, facts=facts)
