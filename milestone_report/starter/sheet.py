"""One project of the starter workbook: the block with its live sums, and the table below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from milestone_report.currency import exponent
from milestone_report.starter.columns import COLUMNS, place
from milestone_report.starter.guidance import colour, guide_block, guide_table
from milestone_report.starter.styles import ACCENT, DATE, FIELD, LATE, PAID, UNSIGNED, Styles, money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from milestone_report.starter.plan import Project

BLANK_ROWS = 12
"""So many rows of an empty table wait for milestones."""

_PROJECT, _CLIENT, _OWNER, _CURRENCY, _CONTRACT, _SUM, _GAP = range(7)
_LABELS = ("Project", "Client", "Owner", "Currency", "Contract total", "Milestones add up to", "Difference")
_HEADER = 8
_LEGEND = (
    (LATE, "Due date in red: overdue"),
    (UNSIGNED, "Sign-off in amber: billed without one"),
    (PAID, "Status in green: paid"),
)


@dataclass(frozen=True)
class Page:
    """One sheet being written. `table` is the name of its Excel table, `signoffs` the folder beside the workbook."""

    sheet: Worksheet
    styles: Styles
    project: Project
    table: str
    signoffs: str

    @property
    def pattern(self) -> str:
        """The number format of the project's money."""
        return money(self.project.currency)

    @property
    def last(self) -> int:
        """The last row of the table above its totals, from 0."""
        return _HEADER + (len(self.project.rows) or BLANK_ROWS)

    def style(self, kind: str, **more: object) -> Format:
        """The format of a table's cell by the kind of its column."""
        by_kind: dict[str, dict[str, object]] = {
            "text": {"text_wrap": True},
            "money": {"num_format": self.pattern, "align": "right", "indent": 1},
            "date": {"num_format": DATE, "align": "left"},
        }
        return self.styles.cell(**by_kind[kind], **more)

    def major(self, minor: int) -> float:
        """Minor units as the number that stands in a cell."""
        units: int = 10 ** exponent(self.project.currency)
        return minor / units


def write_project(page: Page, hint: str) -> None:
    """Write a project with its rows, or a sheet that waits for them; `hint` stands beside its name."""
    _set_up(page.sheet)
    _write_block(page, hint)
    _write_table(page)
    guide_block(page.sheet, _CURRENCY, _CONTRACT)
    guide_table(page.sheet, _HEADER, page.last, page.signoffs)
    colour(page.sheet, page.styles, _HEADER + 1, page.last)
    page.sheet.set_selection(_HEADER + 1 if page.project.rows else _PROJECT, 0 if page.project.rows else 1, 0, 0)


def _set_up(sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
    sheet.freeze_panes(_HEADER + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.set_footer("&L&8&F, &A&R&8Page &P of &N")


def _write_block(page: Page, hint: str) -> None:
    sheet, styles, project = page.sheet, page.styles, page.project
    for row, label in enumerate(_LABELS):
        sheet.write_string(row, 0, label, styles.label())
    for row, text in ((_PROJECT, project.name), (_CLIENT, project.client), (_OWNER, project.owner)):
        style = styles.entry(bg_color=FIELD, bold=row == _PROJECT)
        if text:
            sheet.write_string(row, 1, text, style)
        else:
            sheet.write_blank(row, 1, None, style)
    sheet.write_string(_CURRENCY, 1, project.currency, styles.entry(bg_color=FIELD))
    figure = styles.entry(num_format=page.pattern, align="left", bg_color=FIELD)
    if project.contract is None:
        sheet.write_blank(_CONTRACT, 1, None, figure)
    else:
        sheet.write_number(_CONTRACT, 1, page.major(project.contract), figure)
    _write_sums(page)
    if hint:
        sheet.write_string(_PROJECT, place("status"), hint, styles(bold=True, font_color="#8a5a00"))
    for row, (look, words) in enumerate(_LEGEND, _CURRENCY):
        sheet.write_blank(row, place("status"), None, styles(bg_color=look["bg_color"]))
        sheet.write_string(row, place("status") + 1, words, styles.label())


def _write_sums(page: Page) -> None:
    """What the milestones come to, and how far that is from the contract, as formulas that follow each change."""
    project, digits = page.project, exponent(page.project.currency)
    contract, added, gap = (f"$B${row + 1}" for row in (_CONTRACT, _SUM, _GAP))
    total = sum(row.amount for row in project.rows)
    rest = None if project.contract is None else project.contract - total
    style = page.styles.entry(num_format=page.pattern, align="left")
    page.sheet.write_formula(_SUM, 1, f"=SUBTOTAL(109,{page.table}[Amount])", style, page.major(total))
    difference = f'=IF({contract}="","",ROUND({contract}-{added},{digits}))'
    page.sheet.write_formula(_GAP, 1, difference, style, "" if rest is None else page.major(rest))
    verdict = f'=IF({gap}="","",IF({gap}=0,"adds up",IF({gap}>0,"still to be planned","more than the contract")))'
    said = "" if rest is None else "adds up" if rest == 0 else "still to be planned"
    page.sheet.write_formula(_GAP, 2, verdict, page.styles.label(), said)


def _write_table(page: Page) -> None:
    styles, project = page.styles, page.project
    sums = {"amount": sum(row.amount for row in project.rows), "paid": sum(row.paid or 0 for row in project.rows)}
    bottom = page.last + 1
    columns: list[dict[str, object]] = []
    for column in COLUMNS:
        head = styles.header(right=column.kind == "money")
        said: dict[str, object] = {"header": column.title, "header_format": head, "format": page.style(column.kind)}
        if column.field in sums:
            said |= {"total_function": "sum", "total_value": page.major(sums[column.field])}
        columns.append(said)
    columns[0]["total_string"] = "Total"
    look = {"columns": columns, "total_row": True, "style": "Table Style Light 1", "banded_rows": False}
    page.sheet.add_table(_HEADER, 0, bottom, len(COLUMNS) - 1, {"name": page.table, **look})
    page.sheet.set_row(_HEADER, 24)
    for number in range(_HEADER + 1, bottom):
        page.sheet.set_row(number, 18)
        offset = number - _HEADER - 1
        _write_row(page, number, vars(project.rows[offset]) if project.rows else {})
    _write_totals(page, bottom, sums)


def _write_totals(page: Page, row: int, sums: Mapping[str, int]) -> None:
    """The totals row again, as the table has it, in bold."""
    for number, column in enumerate(COLUMNS):
        style = page.style(column.kind, bold=True, top=1)
        if column.field in sums:
            formula = f"=SUBTOTAL(109,{page.table}[{column.title}])"
            page.sheet.write_formula(row, number, formula, style, page.major(sums[column.field]))
        elif number:
            page.sheet.write_blank(row, number, None, style)
        else:
            page.sheet.write_string(row, number, "Total", style)


def _write_row(page: Page, number: int, row: Mapping[str, Any]) -> None:
    """One milestone, or with no fields the blank cells that wait for one. The currency is that of the project."""
    said = {**row, "currency": page.project.currency} if row else {}
    for column, each in enumerate(COLUMNS):
        value, style = said.get(each.field), page.style(each.kind)
        if value in (None, ""):
            page.sheet.write_blank(number, column, None, style)
        elif each.kind == "money":
            page.sheet.write_number(number, column, page.major(value), style)
        elif each.kind == "date":
            page.sheet.write_datetime(number, column, value, style)
        elif each.field == "signoff":
            link = page.style("text", font_color=ACCENT, underline=1)
            page.sheet.write_url(number, column, f"external:{page.signoffs}/{value}", link, value)
        else:
            page.sheet.write_string(number, column, value, style)
