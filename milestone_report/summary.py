"""The figures of the report: totals, ageing, coming due, projects, control totals and the lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pandas as pd

from milestone_report.dates import monday_of
from milestone_report.figures import CREDITS, MONEY_COLUMNS, NO_DUE_DATE, bucket_names, exact, project_numbers
from milestone_report.model import UNSIGNED, Evidence, Milestones, Severity, State, Workbook
from milestone_report.text import SHEET_ROWS, split_cell
from milestone_report.totals import (
    AgeingBucket,
    Control,
    CountedTwice,
    InDoubt,
    Money,
    Project,
    Summary,
    Totals,
    WeekDue,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from milestone_report.model import Finding, Sheet

_UNREAD = ("W001", "W005", "W011")
"""What keeps a whole sheet, or a table of it, out of the figures."""


def add_lists(frame: pd.DataFrame) -> pd.DataFrame:
    """Add LIST_COLUMNS to a frame that has FIGURE_COLUMNS and EVIDENCE_COLUMNS.

    A milestone marked paid of which less was received stands among the unpaid: the figure counts,
    not the word, so that the list adds up to the outstanding total. A credit needs no signature.
    Nothing is `counted_twice` until the rules have compared the rows.
    """
    counted = frame["counted"]
    not_billed = frame["state"] == State.NOT_BILLED
    return frame.assign(
        unpaid=counted & (frame["outstanding"] > 0) & (frame["amount"] > 0),
        ready_to_bill=counted & not_billed & (frame["evidence"] == Evidence.FOUND),
        unsigned=counted & (frame["amount"] >= 0) & frame["evidence"].isin([str(word) for word in UNSIGNED]),
        counted_twice=False,
    )


def summarise(
    milestones: Milestones, workbooks: Sequence[Workbook], ageing: Sequence[int], findings: Sequence[Finding]
) -> Summary:
    """All figures over the frame that `add_lists` and the rules have finished; the findings tell what is in doubt."""
    frame = exact(milestones.frame)
    counted = frame[frame["counted"]]
    projects = tuple(_projects(counted, milestones))
    return Summary(
        totals=tuple(_totals(counted, projects)),
        ageing=tuple(_ageing(counted, ageing)),
        coming_due=tuple(_coming_due(counted, milestones.as_of)),
        projects=projects,
        control=replace(
            _control(frame, workbooks),
            in_doubt=_in_doubt(frame, milestones.sheets, findings),
            counted_twice=_counted_twice(counted),
            sheets_unread=_sheets_unread(findings),
        ),
    )


def _totals(counted: pd.DataFrame, projects: Sequence[Project]) -> Iterator[Totals]:
    contracts: dict[str, int] = {}
    for project in projects:
        if project.contract is not None:
            contracts[project.currency] = contracts.get(project.currency, 0) + project.contract
    for currency, rows in counted.groupby("currency", sort=True):
        billed = rows["state"] != State.NOT_BILLED
        yield Totals(
            currency=str(currency),
            milestones=len(rows),
            **{column: int(rows[column].sum()) for column in MONEY_COLUMNS},
            contract=contracts.get(str(currency)),
            overdue=int(rows.loc[rows["overdue"], "outstanding"].sum()),
            ready_to_bill=int(rows.loc[rows["ready_to_bill"], "not_billed"].sum()),
            unsigned_billed=int(rows.loc[rows["unsigned"] & billed, "amount"].sum()),
        )


def _ageing(counted: pd.DataFrame, ageing: Sequence[int]) -> Iterator[AgeingBucket]:
    """Every standard band of every currency that has something outstanding, and the special ones where used."""
    open_rows = counted[counted["outstanding"] != 0]
    for currency, rows in open_rows.groupby("currency", sort=True):
        for name in bucket_names(ageing):
            band = rows[rows["bucket"] == name]
            if len(band) or name not in (NO_DUE_DATE, CREDITS):
                yield AgeingBucket(str(currency), name, len(band), int(band["outstanding"].sum()))


def _coming_due(counted: pd.DataFrame, as_of: dt.date) -> Iterator[WeekDue]:
    coming = counted[counted["due_date"] >= pd.Timestamp(as_of)]
    coming = coming[coming["unpaid"] | (coming["not_billed"] != 0)]
    billed = coming["outstanding"].where(coming["unpaid"], 0)
    weeks = coming["due_date"].dt.date.map(monday_of)
    sums = coming.assign(billed=billed).groupby([coming["currency"], weeks], sort=True)[["billed", "not_billed"]].sum()
    for (currency, week), billed_sum, not_billed in sums.itertuples():
        yield WeekDue(str(currency), week, int(billed_sum), int(not_billed))


def _projects(counted: pd.DataFrame, milestones: Milestones) -> Iterator[Project]:
    """One entry for each project and currency of a sheet, in the order of the workbook."""
    keys = ["sheet_id", "project", "currency"]
    groups = counted.groupby(keys, sort=False)
    sums = groups[["amount", "paid", "outstanding", "not_billed", "unsigned"]].sum().assign(milestones=groups.size())
    clients, owners = _words(counted, [*keys, "client"]), _words(counted, [*keys, "owner"])
    frame = milestones.frame
    out = (~frame["counted"] & (frame["state"] != State.VOID)).to_numpy()
    left_out = Counter(project_numbers(frame)[out].tolist())
    groups_on: Counter[int] = Counter(sheet_id for sheet_id, _name, _currency in sums.index)
    for number, row in enumerate(sums.reset_index().to_dict("records")):
        key = (row["sheet_id"], row["project"], row["currency"])
        sheet = milestones.sheets[row["sheet_id"]]
        # With several projects or currencies on the sheet nobody can say what its contract total covers.
        has_contract = groups_on[row["sheet_id"]] == 1 and sheet.contract_currency == row["currency"]
        contract = sheet.contract if has_contract else None
        yield Project(
            workbook=sheet.workbook,
            sheet=sheet.name,
            project=str(row["project"]),
            client=clients.get(key, ""),
            owner=owners.get(key, ""),
            currency=str(row["currency"]),
            contract=contract,
            amount=int(row["amount"]),
            paid=int(row["paid"]),
            outstanding=int(row["outstanding"]),
            not_billed=int(row["not_billed"]),
            difference=None if contract is None else contract - int(row["amount"]),
            milestones=int(row["milestones"]),
            unsigned=int(row["unsigned"]),
            left_out=left_out[number],
        )


def _words(counted: pd.DataFrame, columns: list[str]) -> dict[tuple[int, str, str], str]:
    """For each project the different words of the last column, in order of appearance."""
    words: dict[tuple[int, str, str], str] = {}
    for *key, word in counted[columns].drop_duplicates().itertuples(index=False):
        if word:
            place = cast("tuple[int, str, str]", tuple(key))
            words[place] = f"{words[place]}, {word}" if place in words else str(word)
    return words


def _control(frame: pd.DataFrame, workbooks: Sequence[Workbook]) -> Control:
    void = frame["state"] == State.VOID
    left_out = ~frame["counted"] & ~void
    has_currency = frame["currency"] != ""
    return Control(
        workbooks_read=sum(book.readable for book in workbooks),
        workbooks_unreadable=sum(not book.readable for book in workbooks),
        sheets_used=sum(len(book.sheets_used) for book in workbooks),
        sheets_skipped=sum(len(book.sheets_skipped) for book in workbooks),
        rows_counted=int(frame["counted"].sum()),
        rows_left_out=int(left_out.sum()),
        rows_void=int(void.sum()),
        left_out=_money(frame[left_out & has_currency]),
        void=_money(frame[void & has_currency]),
        left_out_without_currency=int((left_out & ~has_currency & frame["amount_known"]).sum()),
        void_without_currency=int((void & ~has_currency & frame["amount_known"]).sum()),
    )


def _in_doubt(frame: pd.DataFrame, sheets: Sequence[Sheet], findings: Iterable[Finding]) -> InDoubt:
    """The milestones one of whose own cells (a mapped column, a milestone's row) has an error."""
    sheet_ids = {(sheet.workbook, sheet.name): number for number, sheet in enumerate(sheets)}
    letters = [{column.letter for column in sheet.columns.values()} for sheet in sheets]
    places = set()
    for finding in findings:
        sheet_id = sheet_ids.get((finding.workbook, finding.sheet))
        column, row = split_cell(finding.cell)
        if finding.severity is Severity.ERROR and sheet_id is not None and column in letters[sheet_id]:
            places.add(sheet_id * SHEET_ROWS + row)
    numbers = frame["sheet_id"] * SHEET_ROWS + frame["row"]
    rows = frame[numbers.isin(places) & (frame["state"] != State.VOID)]
    has_currency = rows["currency"] != ""
    priced = rows[has_currency]
    # A doubtful credit and a doubtful invoice are twice the doubt, not none.
    return InDoubt(
        milestones=len(rows),
        amounts=_money(exact(priced.assign(amount=priced["amount"].abs()))),
        amounts_unknown=int((~rows["amount_known"]).sum()),
        amounts_without_currency=int((rows["amount_known"] & ~has_currency).sum()),
    )


def _counted_twice(counted: pd.DataFrame) -> CountedTwice:
    twice = counted[counted["counted_twice"]]
    return CountedTwice(len(twice), _money(twice))


def _sheets_unread(findings: Iterable[Finding]) -> int:
    return len({(one.workbook, one.sheet) for one in findings if one.sheet and one.code in _UNREAD})


def _money(rows: pd.DataFrame) -> tuple[Money, ...]:
    readable = rows[rows["amount_known"]]
    return tuple(
        Money(str(currency), int(group["amount"].sum())) for currency, group in readable.groupby("currency", sort=True)
    )
