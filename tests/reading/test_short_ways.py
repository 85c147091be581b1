"""Reading has short ways for what nearly every sheet is like. They give what the long ways give, notices and all."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from unittest import mock

import pytest

from milestone_report.reading import fields, limits
from milestone_report.reading.grid import BrokenCell, Details, Grid
from milestone_report.reading.limits import too_far
from milestone_report.reading.rows import _Rows
from milestone_report.reading.sheet import SheetContext, SheetRows, read_sheet
from milestone_report.reading.vocabulary import vocabulary

BROKEN = BrokenCell(error="#REF!")
DAY = dt.date(2026, 4, 3)
USUAL: list[list[object]] = [
    ["Deposit", 10.0, "EUR", "draft", 5.0, DAY, "INV-1", "a.pdf"],
    ["Phase 1", 2500.5, "EUR", "Paid ", 2500.5, DAY, "INV-2", " b.pdf"],
    [" Balance", 0.1, "EUR", "", "", DAY, "INV-3", "c.pdf"],
]
ODD: dict[str, list[object]] = {
    "Milestone": ["", " ", "Total", "Subtotal", "Project", "Total Phase 1", 7.0, BROKEN],
    "Amount": ["", "10", "EUR 7", -20.0, 10.005, True, float("nan"), float("inf"), 1e16, 1e300, BROKEN],
    "Currency": ["", "USD", "eur", "€", "JPY", "?", "-", " ", 9.0, BROKEN],
    "Status": [" ", "-", "n/a", "paid?", "nobody knows", "VOID", 1.0, None, BROKEN],
    "Paid": [0.0, -5.0, -0.0, "5", " ", "-", "n/a", False, True, 0, None, 1.005, float("nan"), "$ 5", BROKEN],
    "Paid on": ["", "-", "2026-04-03", "soon", 46115.0, dt.datetime(2026, 4, 3, 1), BROKEN],  # noqa: DTZ001
    "Invoice no": ["", "-", 2041.0, 1e15, DAY, BROKEN],
    "Sign-off": ["", "n/a", "a.pdf; b.pdf", "a.pdf\nb.pdf", "a\u200b.pdf", 4.0, BROKEN],
}
LONE: list[object] = ["", 10.0, "EUR", "", "", "", "", ""]
TOTAL: list[object] = ["Total", 2510.6, "", "", "", "", "", ""]
BARE: list[object] = ["Extra", 5.0, "", "", "", "", "", ""]
HEADERS = tuple(itertools.product(("Amount", "Amount €", "Amount (USD)"), ("Paid", "Paid (USD)")))
DETAILS = (
    Details(formats={(row, column): "[$€-2] 0.00" for row in range(1, 5) for column in (1, 4)}),
    Details(formats={(1, 1): "[$€-2] 0.00"}),
    Details(formats={(2, 1): "[$£-809] 0.00"}),
    Details(formats={(1, 4): '0 "kr"'}),
    Details(links={(1, 7): "x.pdf"}),
)


def read(rows: list[list[object]], amount: str, paid: str, details: Details, *, headed: bool) -> str:
    """The sheet as text: no number in it equals what is not one. The last row may be merged into a heading."""
    header = [{"Amount": amount, "Paid": paid}.get(name, name) for name in ODD]
    merged = [((len(rows), 0), (len(rows), len(header) - 1))] if headed else []
    grid = Grid("S", [header, *([*row] for row in rows)], merged=merged)
    context = SheetContext("w.xlsx", vocabulary(), details=lambda _sheet, _columns: details)
    found: SheetRows = read_sheet(grid, context)
    return repr(found)


@pytest.mark.parametrize("column", range(len(ODD)))
def test_a_table_is_read_as_if_it_were_read_cell_by_cell(column: int) -> None:
    odd = list(ODD.values())[column]
    tables = [USUAL, USUAL[:2], [*USUAL, LONE], [*USUAL, TOTAL, *USUAL[1:]], [*USUAL, TOTAL, BARE, USUAL[2]]]
    tables += [[[*row[:column], cell, *row[column + 1 :]] for row in USUAL] for cell in odd]
    tables += [[*USUAL[:2], [*USUAL[2][:column], cell, *USUAL[2][column + 1 :]]] for cell in odd]
    shown = [(header, Details()) for header in HEADERS] + [(HEADERS[0], details) for details in DETAILS]
    for rows, ((amount, paid), details) in itertools.product(tables, shown):
        for headed in {False, rows[-1][3] == ""}:  # with a status it is no heading
            short = read(rows, amount, paid, details, headed=headed)
            with (
                mock.patch.object(fields, "plain_money", return_value={}),
                mock.patch.object(fields, "all_are", return_value=False),
                mock.patch.object(fields, "known_status", return_value=None),
                mock.patch.object(_Rows, "_is_ordinary", return_value=False),
            ):
                assert read(rows, amount, paid, details, headed=headed) == short


def test_a_sheet_that_one_search_calls_near_is_near() -> None:
    letters = ("", "A", "Z", "ZZ", "AAA", "ZZZ", "xfd", "AAAA", "zzzz")
    numbers = (1, 9, 10, 99, 100, 999, 1000, 9999, 1_048_576)
    for word, number, row, quote in itertools.product(letters, numbers, numbers, "\"'"):
        cells = f"<row r={quote}{row}{quote}><c r={quote}{word}{number}{quote}><v>1</v></c></row>"
        xml = f'<worksheet xmlns:r="http://x"><row r="1"><c r="A1"><v>1</v></c></row>{cells}</worksheet>'.encode()
        short = too_far(xml)
        with mock.patch.object(limits, "_LONG", re.compile(b"")):
            assert too_far(xml) == short
