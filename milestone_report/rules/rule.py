"""What a rule is, and how rules and notices become findings.

A rule is one decorated function from the milestones to a mask of the rows that break it, with its
code, severity, field, message, fix, examples and docstring beside it. `noticed` is for what only an
earlier stage can see; `found` for what is no single row. All three make the same `Rule`.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from inspect import cleandoc
from itertools import product, repeat
from typing import Any, cast

import numpy as np
import pandas as pd

from milestone_report.dates import spelled_date
from milestone_report.facts import phrase
from milestone_report.model import DATE_FIELDS, Finding, Milestones, Notice, Severity, State
from milestone_report.money import spelled_money
from milestone_report.text import clean, in_words, split_cell
from milestone_report.wording import Language

Finder = Callable[[Milestones], Iterable[Notice]]

MONEY_FACTS = ("amount", "paid", "paid_cell", "outstanding", "overpaid", "not_billed")
BILLED_OR_PAID = (State.BILLED.value, State.PAID.value)

ENGLISH = Language("en_GB")

_LONGEST_FACT = 400


@dataclass(frozen=True)
class Example:
    """A small sheet that breaks or keeps a rule, in the words of a workbook.

    `rows` are laid over a clean milestone, field by field (None takes the column away); `block` is
    the project block; `files` are the sign-off folder's files with their contents, or only their
    sizes where they are what their names say, None where it cannot be reached. `cells` gives a whole
    sheet instead, `data` a whole file, `sheets` several sheets, `far_cell` a file with one more value
    in that cell, `names` the files of a folder of workbooks. `words` say what `data` is. `earlier` are the sign-off
    folder's files as a run on EARLIER had read them, None where none is remembered.
    """

    rows: tuple[Mapping[str, object], ...] = ({},)
    block: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, int | bytes] | None = field(default_factory=lambda: {"signed.pdf": 1000})
    cells: tuple[tuple[object, ...], ...] = ()
    data: bytes | None = None
    hidden: bool = False
    sheets: tuple[Example, ...] = ()
    far_cell: str = ""
    names: tuple[str, ...] = ()
    words: str = ""
    earlier: Mapping[str, int | bytes] | None = None


def rows(*cells: Mapping[str, object], **more: Any) -> Example:  # noqa: ANN401 - the fields of Example
    """An example of one row or several."""
    return Example(rows=cells or ({},), **more)


@dataclass(frozen=True)
class Rule:
    """One entry of the catalogue. `why` tells a finance person why it matters.

    `field` is the column that its findings point at, or words for what is no column; some point at no cell.
    """

    code: str
    severity: Severity
    field: str
    title: str
    message: str
    fix: str
    why: str
    breaks: tuple[Example, ...]
    keeps: tuple[Example, ...]
    find: Finder | None = None

    @property
    def where(self) -> str:
        """What the findings point at, in words: "due date", "header row"."""
        return in_words(self.field)

    def told_in(self, language: Language) -> Rule:
        """The rule with its message and fix in a language."""
        return replace(self, message=language.say(self.message), fix=language.say(self.fix))

    def finding(self, notice: Notice, language: Language) -> Finding:
        """The finding that a notice of this code becomes; its facts are told in the language."""
        code, workbook, sheet, cell, value, facts = notice
        if language.tells_anew:
            value, facts = language.told(value), {name: language.told(fact) for name, fact in facts.items()}
        if self._names_the_value:
            facts = {"value": value, **facts}
        fix = _filled(self.fix, facts) if self._fix_has_blanks else self.fix
        return Finding(code, self.severity, workbook, sheet, cell, value, _filled(self.message, facts), fix)

    @cached_property
    def _names_the_value(self) -> bool:
        return "{value}" in self.message + self.fix

    @cached_property
    def _fix_has_blanks(self) -> bool:
        return "{" in self.fix


def _filled(text: str, facts: Mapping[str, str]) -> str:
    """A message with its blanks filled. A fact may hold anything that stands in a cell: no line breaks, not endless."""
    filled = text.format_map(facts)
    if filled.isprintable() and len(filled) <= _LONGEST_FACT:  # then so is each fact
        return filled
    return text.format_map({name: _in_a_message(fact) for name, fact in facts.items()})


def _in_a_message(fact: str) -> str:
    fact = clean(fact)
    return fact if len(fact) <= _LONGEST_FACT else fact[: _LONGEST_FACT - 1] + "…"


def rule(  # noqa: PLR0913 - a rule's parts, all named
    code: str,
    severity: Severity,
    field: str,
    title: str,
    *,
    message: str,
    fix: str,
    breaks: tuple[Example, ...],
    keeps: tuple[Example, ...],
    facts: Callable[[Milestones, pd.DataFrame], Mapping[str, list[str]]] | None = None,
) -> Callable[[Callable[[Milestones], pd.Series[bool]]], Rule]:
    """A rule over rows. The function gets Milestones with figures and evidence and returns a mask.

    A rule looks only at sheets that have a column for its field. Blanks of the message are filled
    from the frame's columns (money and dates in words) and from `facts`.
    """

    def decorate(check: Callable[[Milestones], pd.Series[bool]]) -> Rule:
        def find(milestones: Milestones) -> Iterator[Notice]:
            hits = milestones.frame[check(milestones).to_numpy() & _has_column(milestones, field)]
            if len(hits):
                yield from _notices(code, field, message + fix, milestones, hits, facts)

        why = cleandoc(check.__doc__ or "")
        return Rule(code, severity, field, title, message, fix, why, breaks, keeps, find)

    return decorate


def found(  # noqa: PLR0913
    code: str,
    severity: Severity,
    field: str,
    title: str,
    *,
    message: str,
    fix: str,
    breaks: tuple[Example, ...],
    keeps: tuple[Example, ...],
) -> Callable[[Finder], Rule]:
    """A rule about more than a row: the function yields its notices itself."""

    def decorate(find: Finder) -> Rule:
        return Rule(code, severity, field, title, message, fix, cleandoc(find.__doc__ or ""), breaks, keeps, find)

    return decorate


def noticed(  # noqa: PLR0913
    code: str,
    severity: Severity,
    field: str,
    title: str,
    *,
    message: str,
    fix: str,
    why: str,
    breaks: tuple[Example, ...],
    keeps: tuple[Example, ...],
) -> Rule:
    """A rule whose notices come from reading or from the sign-off stage."""
    return Rule(code, severity, field, title, message, fix, why, breaks, keeps)


def run(
    milestones: Milestones,
    notices: Iterable[Notice],
    rules: Iterable[Rule],
    severities: Sequence[tuple[str, Severity]] = (),
    language: Language = ENGLISH,
) -> tuple[Finding, ...]:
    """All findings, worst first, then in the order of the workbooks, sheets, rows and columns.

    `severities` of the user's own, by code or prefix, change what is said of a finding, and never
    which findings there are. All is told in the `language`.
    """
    by_code = {each.code: each for each in rules}
    every = list(notices)
    # A cell that could not be read has its finding; that it looks blank to the rules is no second one.
    unreadable = {_place(notice) for notice in every if by_code[notice.code].severity is Severity.ERROR}
    for each in by_code.values():
        if each.find is not None:
            seen = each.find(milestones)
            every += [notice for notice in seen if _place(notice) not in unreadable] if unreadable else seen
    order = _Order(milestones, every)
    told = {
        code: replace(each.told_in(language), severity=_severity(each, severities)) for code, each in by_code.items()
    }
    findings = [told[notice.code].finding(notice, language) for notice in every]
    return tuple(sorted(findings, key=order.of))


def _severity(rule: Rule, severities: Sequence[tuple[str, Severity]]) -> Severity:
    """The user's severity for a rule, where several fit that of the longest prefix; else the rule's own."""
    fitting = [(len(code), severity) for code, severity in severities if rule.code.startswith(code)]
    return max(fitting, key=lambda each: each[0], default=(0, rule.severity))[1]


def _place(notice: Notice) -> tuple[str, str, str]:
    """Where a notice points; a place of its own where it names no cell."""
    return notice.workbook, notice.sheet, notice.cell or notice.code


class _Order:
    """Where a finding stands among the others."""

    def __init__(self, milestones: Milestones, notices: Iterable[Notice]) -> None:
        places = dict.fromkeys((sheet.workbook, sheet.name) for sheet in milestones.sheets)
        places |= dict.fromkeys((notice.workbook, notice.sheet) for notice in notices)
        workbooks = {book: index for index, book in enumerate(dict.fromkeys(book for book, _sheet in places))}
        in_order = sorted(
            places, key=lambda place: (workbooks[place[0]], place[1] != "")
        )  # a workbook before its sheets
        self._places = {
            (severity, *place): number for number, (severity, place) in enumerate(product(Severity, in_order))
        }

    def of(self, finding: Finding) -> tuple[int, int, int, str, str, str]:
        code, severity, workbook, sheet, cell, _value, message, _fix = finding
        column, row = split_cell(cell)
        return self._places[severity, workbook, sheet], row, len(column), column, code, message


def _has_column(milestones: Milestones, field: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """For each row whether its sheet has a column for the field: a missing column switches a rule off."""
    has = np.array([field in sheet.columns or field == "milestone" for sheet in milestones.sheets], dtype=bool)
    return has[milestones.frame["sheet_id"].to_numpy()] if len(has) else np.zeros(len(milestones.frame), dtype=bool)


def _notices(
    code: str,
    field: str,
    text: str,
    milestones: Milestones,
    hits: pd.DataFrame,
    facts: Callable[[Milestones, pd.DataFrame], Mapping[str, list[str]]] | None,
) -> Iterator[Notice]:
    """One notice for each row that a mask has found, with only those facts that the text names."""
    wanted = {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}
    shown = cache(partial(_shown, hits))  # the column of the cell is often named in the message, too
    columns = {name: shown(name) for name in wanted if name in hits.columns}
    if facts is not None:
        columns.update(facts(milestones, hits))
    sheet_ids, numbers = hits["sheet_id"].tolist(), hits["row"].tolist()
    sheets = {sheet_id: milestones.sheets[sheet_id] for sheet_id in set(sheet_ids)}
    letters = {sheet_id: sheet.letter(field) for sheet_id, sheet in sheets.items()}
    # Whole columns at a time: a rule may find every row of a large workbook.
    return map(
        Notice,
        repeat(code),
        [sheets[sheet_id].workbook for sheet_id in sheet_ids],
        [sheets[sheet_id].name for sheet_id in sheet_ids],
        [f"{letters[sheet_id]}{number}" for sheet_id, number in zip(sheet_ids, numbers, strict=True)],
        _cell_values(hits, field, shown),
        [dict(zip(columns, texts, strict=True)) for texts in zip(*columns.values(), strict=True)] or repeat({}),
    )


def _cell_values(hits: pd.DataFrame, field: str, shown: Callable[[str], list[str]]) -> list[str]:
    """What stands in the field's own cells; the paid cell may be blank where `paid` is not zero."""
    if field == "status":
        return cast("list[str]", hits["status_text"].tolist())
    if field != "paid":
        return shown(field)
    recorded = hits["paid_recorded"].tolist()
    return [value if there else "" for value, there in zip(shown("paid_cell"), recorded, strict=True)]


def _shown(hits: pd.DataFrame, name: str) -> list[str]:
    """A column as people read it."""
    if name == "status":  # the words of the cell, so that they can be found there
        words = hits["status_text"].tolist()
        said = {word: phrase("“{text}”", text=word) if word else phrase("blank") for word in set(words)}
        return [said[word] for word in words]
    if name in DATE_FIELDS:
        which, dates = pd.factorize(hits[name])  # few days stand in many rows
        spelled = [*map(spelled_date, dates), ""]  # index -1: no date
        return [spelled[index] for index in which.tolist()]
    values = hits[name].tolist()
    if name == "amount":
        known, unknown = hits["amount_known"].tolist(), phrase("unknown amount")
        codes = hits["currency"].tolist()
        return [
            spelled_money(minor, code) if readable else unknown
            for minor, code, readable in zip(values, codes, known, strict=True)
        ]
    if name in MONEY_FACTS:
        return [spelled_money(minor, code) for minor, code in zip(values, hits["currency"].tolist(), strict=True)]
    return [str(value) for value in values]
