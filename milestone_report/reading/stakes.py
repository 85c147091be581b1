"""What money hangs on a cell that could not be read, where the amount of its row is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from milestone_report.facts import phrase
from milestone_report.model import Status
from milestone_report.money import spelled_money
from milestone_report.reading.fields import LABELS
from milestone_report.text import split_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.model import Notice

_NEEDED = ("amount", "currency", "status", "trusted")
_NOT_DUE = (Status.PAID, Status.VOID)


def name_stakes(notices: Sequence[Notice], columns: Mapping[str, Sequence[Any]]) -> list[Notice]:
    """The notices of one sheet, those about its rows with their fact `money`, from the columns of these rows."""
    if not any("money" in notice.facts for notice in notices):
        return [*notices]
    index_of = {row: index for index, row in enumerate(columns["row"])}
    told = []
    for notice in notices:
        index = index_of.get(split_cell(notice.cell)[1], -1) if "money" in notice.facts else -1
        if index < 0 or not columns["amount_known"][index]:
            told.append(notice)
            continue
        money = _money(notice, {name: columns[name][index] for name in _NEEDED})
        told.append(notice._replace(facts={**notice.facts, "money": money}))
    return told


def _money(notice: Notice, row: Mapping[str, Any]) -> str:
    """In brackets the money that is in no total; of a date (R110) a sentence, since only the due date moves money."""
    spelled = spelled_money(row["amount"], row["currency"])
    if notice.code != "R110":
        return phrase(" ({money})", money=spelled)
    if notice.facts["what"] != LABELS["due_date"] or not row["trusted"] or row["status"] in _NOT_DUE:
        return ""
    return phrase(" Until it can, this milestone ({money}) counts as having no due date.", money=spelled)
