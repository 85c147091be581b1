"""What a reader must know before the figures: what is not in them, and how old they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_report.model import State
from milestone_report.rendering import doubt
from milestone_report.rendering.view.findings import ROW_FIELDS, about, finding_key, row_key
from milestone_report.rendering.view.rows import Record, records, where
from milestone_report.rendering.view.words import isolated
from milestone_report.translation import marked_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.model import Finding
    from milestone_report.rendering.view.words import Place, Words

STALE_AFTER = 14
"""From so many days between a workbook's last save and the report's date on, the figures may be old."""

# Why a row can be left out of the figures, the reason to name first at the front.
_NOT_TRUSTED = ("R103", "R102", "R108", "R109", "R113", "R104", "R105", "R101")
_NOT_IN_FIGURES = ("W001", "W002", "W011", "W005")
_NOT_CHECKED = ("F305",)
_NOT_SAVED = ("W003",)
_IN_A_BANNER = 5
_TITLES = {
    _NOT_IN_FIGURES[0]: marked_forms(
        "{n} workbook or sheet is not in these figures.", "{n} workbooks or sheets are not in these figures."
    ),
    _NOT_CHECKED[0]: marked_forms(
        "{n} sign-off folder could not be reached.", "{n} sign-off folders could not be reached."
    ),
    _NOT_SAVED[0]: marked_forms(
        "{n} workbook is open in Excel: unsaved edits are not included.",
        "{n} workbooks are open in Excel: unsaved edits are not included.",
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of a banner: where, and what is the matter."""

    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Banner:
    """Something a reader must know before the figures; `more` remarks are not shown.

    `fixable`: the list of problems says what to do about it.
    """

    title: str
    remarks: tuple[Remark, ...]
    more: int
    fixable: bool = True


def banners(words: Words) -> tuple[Banner, ...]:
    """What is in the figures twice or not at all, what was not checked, what was not saved."""
    found = [
        _counted_twice(words),
        _other_amounts(words),
        _left_out(words),
        _of_codes(words, _NOT_IN_FIGURES),
        _of_codes(words, _NOT_CHECKED),
        _of_codes(words, _NOT_SAVED),
        _stale(words),
    ]
    return tuple(banner for banner in found if banner)


def left_out_money(words: Words) -> str:
    """The money in the milestones that are left out, as far as it can be read; "" for none."""
    control = words.report.summary.control
    return words.language.amounts(control.left_out, control.left_out_without_currency)


def _counted_twice(words: Words) -> Banner | None:
    found = doubt.copies(words.report)
    named = [one for one in found if not one.sheet] or found  # a workbook says more than each of its sheets
    return _told(words, doubt.counted_twice(words.report, words.language), named)


def _other_amounts(words: Words) -> Banner | None:
    title = doubt.maybe_wrong_amounts(words.report, words.language)
    return _told(words, title, doubt.other_amounts(words.report))


def _told(words: Words, title: str, found: Sequence[Finding]) -> Banner | None:
    """A title with what findings say below it; None without a title."""
    if not title:
        return None
    first = found[:_IN_A_BANNER]
    remarks = tuple(
        Remark(words.place(one.workbook, one.sheet, one.cell), words.sentence(one.message)) for one in first
    )
    return Banner(title, remarks, len(found) - len(remarks))


def _left_out(words: Words) -> Banner | None:
    number = words.report.summary.control.rows_left_out
    if not number:
        return None
    money = left_out_money(words)
    if money:
        title = words.counted(
            "{n} milestone is not in these figures. What can be read of its money: {money}.",
            "{n} milestones are not in these figures. What can be read of their money: {money}.",
            number,
            money=money,
        )
    else:
        title = words.counted(
            "{n} milestone is not in these figures.", "{n} milestones are not in these figures.", number
        )
    frame = words.report.milestones.frame
    left_out = where(~frame["counted"] & (frame["state"] != State.VOID), frame)
    rows = records(frame, ROW_FIELDS, left_out[:_IN_A_BANNER])
    reasons = _reasons(words, {row_key(words, row) for row in rows})
    remarks = tuple(_left_out_remark(words, row, reasons.get(row_key(words, row))) for row in rows)
    return Banner(title, remarks, number - len(remarks))


def _left_out_remark(words: Words, row: Record, why: Finding | None) -> Remark:
    which = about(words, row)
    if why is None:
        return Remark(words.row_place(row["sheet_id"], "amount", row["row"]), which)
    value = words.language.quoted(words.text(why.value)) if why.value and why.value not in why.message else ""
    said = ", ".join(part for part in (value, which) if part)
    message = words.sentence(why.message)
    return Remark(words.place(why.workbook, why.sheet, why.cell), f"{isolated(said)}: {message}" if said else message)


def _reasons(words: Words, keys: set[tuple[str, str, int]]) -> dict[tuple[str, str, int], Finding]:
    """For each row left out, the finding that says why."""
    reasons: dict[tuple[str, str, int], Finding] = {}
    for finding in words.report.findings:
        if finding.code in _NOT_TRUSTED and (key := finding_key(finding)) in keys:
            best = reasons.get(key)
            if best is None or _NOT_TRUSTED.index(finding.code) < _NOT_TRUSTED.index(best.code):
                reasons[key] = finding
    return reasons


def _of_codes(words: Words, codes: Sequence[str]) -> Banner | None:
    found = [finding for finding in words.report.findings if finding.code in codes]
    remarks = [Remark(words.place(one.workbook, one.sheet, one.cell), words.sentence(one.message)) for one in found]
    if "W001" in codes:  # a rule can be switched off; a workbook that is not in the figures is still said
        told = {finding.workbook for finding in found}
        silent = [book for book in words.report.workbooks if not book.readable and book.path not in told]
        remarks += [Remark(words.place(book.path), words.say("could not be read")) for book in silent]
    if not remarks:
        return None
    title = words.counted(*_TITLES[codes[0]], len(remarks))
    return Banner(title, tuple(remarks[:_IN_A_BANNER]), max(len(remarks) - _IN_A_BANNER, 0))


def _stale(words: Words) -> Banner | None:
    """Workbooks that nobody saved for two weeks before the report's date, the oldest first."""
    as_of = words.report.settings.as_of
    saved = [(book.last_saved, book) for book in words.report.workbooks if book.last_saved and book.readable]
    old = sorted(
        (pair for pair in saved if (as_of - pair[0].date()).days >= STALE_AFTER),
        key=lambda pair: (pair[0], pair[1].path),
    )
    if not old:
        return None
    remarks = tuple(
        Remark(
            words.place(book.path),
            words.counted(
                "last saved {when}, {n} day earlier",
                "last saved {when}, {n} days earlier",
                (as_of - when.date()).days,
                when=words.moment(when),
            ),
        )
        for when, book in old[:_IN_A_BANNER]
    )
    title = words.counted(
        "{n} workbook was not saved in the {days} days before {date}: newer payments may be missing.",
        "{n} workbooks were not saved in the {days} days before {date}: newer payments may be missing.",
        len(old),
        days=STALE_AFTER,
        date=as_of,
    )
    return Banner(title, remarks, len(old) - len(remarks), fixable=False)
