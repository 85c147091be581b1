"""A rule made ready to be explained: its examples in one small table, and what is said about the first of them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from milestone_report.dates import spelled_date
from milestone_report.model import DATE_FIELDS, FIELDS
from milestone_report.rules.examples import AS_OF, CLEAN, cells_of, fields_of, merged_rows, sheet_name
from milestone_report.rules.rule import Example, Rule
from milestone_report.text import clean, column_letter, in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milestone_report.model import Finding

    Row = list[tuple[str, str]]  # what each cell shows, and its place: "Example 1!B2", "" where it is no cell

_IN_WORDS, _AS_SHEET, _AS_MILESTONES = "words", "sheet", "milestones"
_ALWAYS = ("milestone", "amount", "status")
_MOST_ROWS = 5
_WIDEST = 70
"""Of the examples on either side so many rows are shown, so many letters wide, or the first one whole."""
_MONEY = ("amount", "paid")
_SHEET, _BLOCK, _FOLDER = "Sheet", "Above the table", "Sign-off folder"
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Cell(NamedTuple):
    """What a cell shows, and whether a finding points at it."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Shown:
    """An example as rows of the table."""

    breaks: bool
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Explained:
    """A rule, its examples under the same `columns`, and what is said about the first of them on the date `as_of`."""

    rule: Rule
    columns: tuple[str, ...]
    examples: tuple[Shown, ...]
    message: str
    fix: str

    as_of: str = spelled_date(AS_OF)

    @property
    def why(self) -> tuple[str, ...]:
        """Why the rule matters, by paragraph."""
        return tuple(" ".join(part.split()) for part in self.rule.why.split("\n\n"))

    @property
    def has_text_for_values(self) -> bool:
        """Whether an example has text where a number or a date belongs: it stands in quotation marks."""
        return any(cell.text.startswith("“") for example in self.examples for row in example.rows for cell in row)


def explain(rule: Rule, findings_of: Callable[[Example], Sequence[Finding]]) -> Explained:
    """Show the first of a rule's examples; `findings_of` tries one out.

    They stand in one table, so that they can be compared. Examples that do not fit in with the most of
    them (cells beside whole files) are left away.
    """
    form = Counter(map(_form, (*rule.breaks, *rule.keeps))).most_common(1)[0][0]
    breaks, keeps = _chosen(rule, form)
    columns, rows_of = _table(form, [*breaks, *keeps], rule.field)
    found = [[finding for finding in findings_of(example) if finding.code == rule.code] for example in breaks]
    examples: dict[Shown, None] = {}
    for example, findings in zip(breaks, found, strict=True):
        places = {f"{finding.sheet}!{finding.cell}" for finding in findings}
        rows = tuple(tuple(_cell(text, place in places) for text, place in row) for row in rows_of(example))
        examples[Shown(breaks=True, rows=rows)] = None
    for example in keeps:
        rows = tuple(tuple(Cell(text.strip()) for text, _place in row) for row in rows_of(example))
        examples[Shown(breaks=False, rows=rows)] = None
    return Explained(rule, columns, tuple(examples), found[0][0].message, found[0][0].fix)


def _chosen(rule: Rule, form: str) -> tuple[list[Example], list[Example]]:
    """Of both sides the first example that can be shown in a form, and those after it that leave the table small."""
    fitting = [
        [example for example in side if form in (_form(example), _IN_WORDS)] for side in (rule.breaks, rule.keeps)
    ]
    breaks, keeps = (side[:1] for side in fitting)
    for chosen, side in zip((breaks, keeps), fitting, strict=True):
        for example in side[1:]:
            chosen.append(example)
            columns, rows_of = _table(form, [*breaks, *keeps], rule.field)
            rows = [[text for text, _place in row] for each in (*breaks, *keeps) for row in rows_of(each)]
            width = sum(2 + max(map(len, column)) for column in zip(columns, *rows, strict=True))
            if width > _WIDEST or sum(len(list(rows_of(each))) for each in chosen) > _MOST_ROWS:
                chosen.pop()
    return breaks, keeps


def _cell(text: str, marked: bool) -> Cell:  # noqa: FBT001 - the two parts of a Cell
    return Cell(text.strip() or "(blank)" * marked, marked)


def _form(example: Example) -> str:
    if example.names or example.data is not None or example.far_cell:
        return _IN_WORDS
    return _AS_SHEET if example.cells else _AS_MILESTONES


def _table(
    form: str, examples: Sequence[Example], field: str
) -> tuple[tuple[str, ...], Callable[[Example], Iterator[Row]]]:
    """The columns for all examples of a form, and what makes an example's rows."""
    if form == _IN_WORDS:
        return ("File or folder",), _words
    if form == _AS_SHEET:
        width = max(len(row) for example in examples for row in example.cells)
        return ("", *(column_letter(index) for index in range(width))), lambda example: _sheet(example, width)
    fields = _fields(examples, field)
    return tuple(name[0].upper() + in_words(name)[1:] for name in fields), lambda example: _milestones(example, fields)


def _words(example: Example) -> Iterator[Row]:
    if example.names:
        words = "a folder with " + " and ".join(f"“{name}”" for name in example.names)
    elif example.far_cell:
        words = f"a sheet that holds something in cell {example.far_cell}"
    else:
        words = example.words or "a workbook as it should be"
    yield [(words, "")]


def _sheet(example: Example, width: int) -> Iterator[Row]:
    """The cells as they stand, with the row's number before them."""
    for number, row in enumerate(cells_of(example), 1):
        cells = [(_text(value), f"{sheet_name(1)}!{column_letter(index)}{number}") for index, value in enumerate(row)]
        yield [(str(number), ""), *cells, *[("", "")] * (width - len(cells))]


def _fields(examples: Sequence[Example], field: str) -> list[str]:
    """The columns that make a difference in an example, those that tell which milestone it is, and the rule's own."""
    sheets = [sheet for example in examples for sheet in example.sheets or (example,)]
    named = {*_ALWAYS, field}.union(*(row for sheet in sheets for row in sheet.rows))
    fields = [name for name in dict.fromkeys((*CLEAN, *FIELDS)) if name in named]
    if any(example.sheets or example.hidden for example in examples):
        fields.insert(0, _SHEET)
    if any(sheet.block for sheet in sheets):
        fields.append(_BLOCK)
    if any(example.files != Example().files or example.earlier is not None for example in examples):
        fields.append(_FOLDER)
    return fields


def _milestones(example: Example, fields: Sequence[str]) -> Iterator[Row]:
    """Each milestone in its row; what belongs to the whole sheet stands beside its first one."""
    for number, sheet in enumerate(example.sheets or (example,), 1):
        name = sheet_name(number)
        letters = {field: column_letter(index) for index, field in enumerate(fields_of(sheet))}
        header_row = len(sheet.block) + 1
        beside = {
            _SHEET: (f"{name}, hidden" if sheet.hidden else name, ""),
            _BLOCK: (", ".join(f"{label} {_text(value)}" for label, value in sheet.block.items()), f"{name}!B1"),
            _FOLDER: (_folder(example), ""),
        }
        for row, values in enumerate(merged_rows(sheet), header_row + 1):
            yield [
                beside.get(field)
                or (
                    _text(values.get(field, ""), field),
                    f"{name}!{letters[field]}{row}" if field in letters else "",
                )
                for field in fields
            ]
            beside = dict.fromkeys(beside, (" ", ""))


def _folder(example: Example) -> str:
    """The files of the folder, with what is in them where that matters, and which are not what they were."""
    if example.files is None:
        return "cannot be reached"
    earlier = example.earlier or {}
    changed = {name for name, holds in example.files.items() if earlier.get(name, holds) != holds}
    files = (f"{_file(*file)}{' (changed)' * (file[0] in changed)}" for file in example.files.items())
    return ", ".join(files) or "empty"


def _file(name: str, holds: int | bytes) -> str:
    if isinstance(holds, bytes):
        return f"{name} (“{clean(holds.decode(errors='replace'))}”)"
    return name if holds else f"{name} (0 bytes)"


def _text(value: object, field: str = "") -> str:
    """A value as its cell shows it; in quotation marks where text stands in the place of a number or a date."""
    if isinstance(value, float):
        money = field in _MONEY or not field
        return f"{value:,.2f}" if money and round(value, 2) == value else f"{value:,.15g}" if money else f"{value:.15g}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None:
        return "(no column)"
    text = " ".join(str(value).split())
    a_value = field in (*_MONEY, *DATE_FIELDS) and text and not text.startswith(("=", "#"))
    return f"“{text}”" if a_value and not _ISO_DATE.fullmatch(text) else text
