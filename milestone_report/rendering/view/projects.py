"""The projects ready to show: money against the contract, and below it the milestones in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from milestone_report.figures import project_numbers
from milestone_report.model import State, Status
from milestone_report.rendering import counting
from milestone_report.rendering.view.lists import BALANCE_UNKNOWN, balance_unknown, description, due_note, kind_of
from milestone_report.rendering.view.rows import Record, records
from milestone_report.rendering.view.shares import Part, parts, share
from milestone_report.rendering.view.signoffs import SIGNOFF_FIELDS, signoff
from milestone_report.translation import marked
from milestone_report.wording import STATUS_WORDS

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from milestone_report.rendering.view.signoffs import Signoff
    from milestone_report.rendering.view.words import Place, Sum, Words
    from milestone_report.totals import Project

    Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

_LEFT_OUT, _LEFT_OUT_WORDS = "left-out", marked("left out")
_LISTS = 4
"""The milestones of all projects take the room of so many lists: the first projects' first."""

_FIELDS = (
    "sheet_id", "row", "milestone", "description", "invoice_number", "currency", "status", "state", "counted",
    "amount", "amount_known", "paid", "paid_recorded", "outstanding", "not_billed", "days_overdue", "due_date",
    *SIGNOFF_FIELDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone of a project; `kind` is its status for the style sheet.

    Figures are None where it counts nowhere; a void one needs no `signoff`.
    """

    milestone: str
    description: str
    invoice: str
    kind: str
    status: str
    due: str
    due_note: str
    late: bool
    amount: str
    paid: Sum | None
    outstanding: Sum | None
    outstanding_note: str
    signoff: Signoff | None
    place: Place


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project in one currency. The whole bar is the contract or the planned amount, the larger.

    `client_choice` and `owner_choice` are the words of the page's filters that find it, one a line.
    `steps` are its milestones in the order of the sheet, those that are void or left out too; `more` of
    them are not shown.
    """

    name: str
    client: str
    owner: str
    note: str
    paid: Sum
    outstanding: Sum
    not_billed: Sum
    contract: str
    contract_sort: str
    difference: str
    progress: str
    bar: tuple[Part, ...]
    share_paid: float
    place: Place
    client_choice: str
    owner_choice: str
    steps: tuple[Step, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ProjectTotal:
    """The sums of all projects in one currency."""

    currency: str
    paid: Sum
    outstanding: Sum
    not_billed: Sum
    contract: str


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects in the order of the workbooks, a line for each currency; `more` lines are not shown.

    `number` says how many projects there are, `count` is that of the lines. `rest` names what no milestone covers.
    """

    lines: tuple[ProjectLine, ...]
    totals: tuple[ProjectTotal, ...]
    number: str
    count: int
    more: int
    rest: str


def projects(words: Words) -> Projects:
    """All projects with their progress against the contract."""
    everything = words.report.summary.projects
    shown = everything[: words.rows]
    of_row = project_numbers(words.report.milestones.frame)
    steps, numbers = _steps(words, of_row, len(shown))
    choices = [_choices(words, name, of_row, len(shown)) for name in ("client", "owner")]
    lines = tuple(
        _project(words, project, mine, number, people)
        for project, mine, number, *people in zip(shown, steps, numbers, *choices, strict=True)
    )
    totals = tuple(
        ProjectTotal(
            one.currency,
            words.sum(one.paid, one.currency),
            words.sum(one.outstanding, one.currency),
            words.sum(one.not_billed, one.currency),
            "" if one.contract is None else str(words.sum(one.contract, one.currency)),
        )
        for one in words.report.summary.totals
    )
    left_out = any(project.left_out for project in shown)
    rest = words.say("Not planned or left out") if left_out else words.say("Not planned")
    number = counting.projects(words.report, words.language, noun=False)
    return Projects(lines, totals, number, len(everything), len(everything) - len(lines), rest)


def _choices(words: Words, name: str, of_row: Numbers, projects: int) -> list[str]:
    """Under which words a filter finds each of the first projects, one a line: its milestones may have several."""
    frame = words.report.milestones.frame
    mine = frame["counted"].to_numpy() & (of_row >= 0) & (of_row < projects)
    found: list[dict[str, None]] = [{} for _ in range(projects)]
    pairs = frame.loc[mine, [name]].assign(number=of_row[mine]).drop_duplicates()
    for value, number in pairs.itertuples(index=False):
        found[number][words.choice(name, value)] = None
    return ["\n".join(filter(None, each)) for each in found]


def _steps(words: Words, of_row: Numbers, projects: int) -> tuple[list[list[Step]], list[int]]:
    """The milestones of the first projects as far as there is room, and how many each has."""
    frame = words.report.milestones.frame
    mine = np.flatnonzero((of_row >= 0) & (of_row < projects))
    mine = mine[np.argsort(of_row[mine], kind="stable")]
    numbers = np.bincount(of_row[mine], minlength=projects).tolist()
    place = np.arange(len(mine)) - np.searchsorted(of_row[mine], of_row[mine])  # within the project, from 0
    few = mine[place < words.rows][: words.rows * _LISTS]
    steps: list[list[Step]] = [[] for _ in range(projects)]
    for number, row in zip(of_row[few].tolist(), records(frame, _FIELDS, few), strict=True):
        steps[number].append(_step(words, row))
    return steps, numbers


def _step(words: Words, row: Record) -> Step:
    counts, void = row["counted"], row["state"] == State.VOID
    known = words.sum(row["amount"], row["currency"])
    return Step(
        milestone=words.text(row["milestone"]),
        description=description(words, row),
        invoice=words.text(row["invoice_number"]),
        kind=kind_of(row["status"]) if counts or void else _LEFT_OUT,
        status=words.say(STATUS_WORDS[Status(row["status"])] if counts or void else _LEFT_OUT_WORDS),
        due=words.short_date(row["due_date"]),
        due_note=due_note(words, row) if row["outstanding"] or row["not_billed"] else "",
        late=row["days_overdue"] > 0,
        amount=str(known) if row["amount_known"] else words.say("not readable"),
        paid=words.sum(row["paid"], row["currency"]) if counts else None,
        outstanding=words.sum(row["outstanding"], row["currency"]) if counts else None,
        outstanding_note=words.say(BALANCE_UNKNOWN) if balance_unknown(row) else "",
        signoff=None if void else signoff(words, row),
        place=words.row_place(row["sheet_id"], "milestone", row["row"]),
    )


def _project(words: Words, project: Project, steps: list[Step], rows: int, people: list[str]) -> ProjectLine:
    whole = max(project.contract or 0, project.amount)
    percent = round(100 * (project.share_paid or 0))
    if percent == 100 and project.paid < whole:
        percent = 99  # "100% paid" is said only of what is
    widths = [share(part, whole) for part in (project.paid, project.outstanding, project.not_billed)]
    return ProjectLine(
        name=words.text(project.project),
        client=words.text(project.client),
        owner=words.text(project.owner),
        note=_note(words, project, rows - project.milestones - project.left_out),
        paid=words.sum(project.paid, project.currency),
        outstanding=words.sum(project.outstanding, project.currency),
        not_billed=words.sum(project.not_billed, project.currency),
        contract="" if project.contract is None else str(words.sum(project.contract, project.currency)),
        contract_sort="" if project.contract is None else str(project.contract),
        difference=_difference(words, project),
        progress=words.say("{percent} paid", percent=words.language.percent(percent)),
        bar=parts("p o u", widths),
        share_paid=widths[0],
        place=words.place(project.workbook, project.sheet),
        client_choice=people[0],
        owner_choice=people[1],
        steps=tuple(steps),
        more=rows - len(steps),
    )


def _note(words: Words, project: Project, void: int) -> str:
    parts = [words.counted("{n} milestone", "{n} milestones", project.milestones)]
    if project.unsigned:
        parts.append(words.say("{number} unsigned", number=project.unsigned))
    if project.left_out:
        parts.append(words.say("{number} left out", number=project.left_out))
    if void:
        parts.append(words.say("{number} void", number=void))
    return ", ".join(parts)


def _difference(words: Words, project: Project) -> str:
    if project.difference is None:
        return words.say("no contract total")
    if project.difference == 0:
        return ""
    figure = words.sum(abs(project.difference), project.currency).figure
    if project.difference < 0:
        return words.say("{amount} above the contract", amount=figure)
    # What was left out may be planned: nobody can say how much of it.
    if project.left_out:
        return words.say("{amount} not planned or left out", amount=figure)
    return words.say("{amount} not planned", amount=figure)
