"""Random sheets whose truth is known: the generator makes the milestones first, and then a sheet that says them.

`plain_sheets` are written as a careful person writes: nothing in them is uncertain, so the report must have exactly
the milestones of the generator. `spoil` puts in what careless people write, in rows that it names.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from milestone_report.currency import exponent
from milestone_report.model import FIELDS, Status
from milestone_report.reading.grid import BrokenCell, Details, Formula, Grid
from milestone_report.reading.vocabulary import under_header, vocabulary
from milestone_report.text import column_letter, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hypothesis.strategies import DrawFn

WORDS = vocabulary()
CURRENCIES = ("EUR", "USD", "GBP", "JPY", "KWD")
NAMES = (
    "Deposit", "Kick-off", "Phase 2", "Abschluss", "Übergabe", "Livraison", "3", "Design & build", "= 1 + 1",
    "Midpoint\nreview", "项目", "Sign-off", "A" * 300, "Milestone", "Summer campaign", "Taxi stand", "Network",
)  # fmt: skip
"""No name of a total among them, but several that look nearly like one, or like a header."""
OWN_HEADERS = ("Colour", "Wiki", "Shoe size", "Kürzel")
LISTS_ABOVE: tuple[list[list[Any]], ...] = (
    [["Name", "Role", "Email"], ["Jane", "art", "jane@example.com"], ["Joe", "code", None]],
    [["Item", "Rate", "Unit"], ["Design", 90.0, "hour"]],
    [["Item", "Price", "Status"], ["Design", 90.0, "paid"], ["Code", 80.0, "sent"]],
)
"""Lists that may stand above the milestones; the last would be read where no milestones are."""
REMARKS = ("Call them in May", "see wiki", "* provisional")
_BY_CHANCE = 9_999
_NOISE = Decimal("0.00001")
_FEE = "Our fee"
"""The name of a row that only its formula shows to be a sum."""
_ODD = (7.77, 13.13, 1_000_003.33)
"""Amounts that no milestones add up to, nor any that is drawn and these."""
_BETWEEN = ("", " ", "-", ".", "\n", "  ", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True)
class Truth:
    """A milestone as it is meant. Amounts in minor units; `paid` is None where no figure was recorded."""

    row: int
    name: str
    amount: int
    currency: str
    status: Status
    paid: int | None = None
    due_date: dt.date | None = None


@dataclass
class MadeSheet:
    """A sheet and the milestones in it. `cells` are rows from (`top`, `left`), in kinds of values that Excel has."""

    name: str
    cells: list[list[Any]]
    top: int
    left: int
    header_row: int
    columns: dict[str, int]
    milestones: tuple[Truth, ...]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    details: Details = field(default_factory=Details)
    shown_currency: str = ""
    """The currency that the number formats of the money show."""
    others: frozenset[int] = frozenset()
    """Rows (from 1) in which other tables begin."""
    asked: tuple[int, ...] = ()
    """Rows (from 1) that may be sums or milestones, below them."""
    touched: frozenset[int] = frozenset()
    """Rows (from 1, as Truth.row) that `spoil` changed."""

    def grid(self) -> Grid:
        """As the fast reader gives it: empty cells are "", numbers are floats."""
        rows = [
            ["" if cell is None else float(cell) if type(cell) is int else cell for cell in row] for row in self.cells
        ]
        return Grid(self.name, rows, self.top, self.left, merged=self.merged)


def decorated(word: str) -> st.SearchStrategy[str]:
    """The word as somebody types it: in any case, with a sign somewhere that folding drops."""
    cased = st.sampled_from((word, word.upper(), word.title(), word.swapcase(), word[:3].upper() + word[3:]))
    typed = st.builds(
        lambda text, at, between: f"{text[:at]}{between}{text[at:]}",
        cased,
        st.integers(0, len(word)),
        st.sampled_from(_BETWEEN),
    )
    return typed.filter(lambda text: fold(text) == word)


def header_of(name: str) -> st.SearchStrategy[str]:
    """A header of a field: any word that is understood, decorated."""
    return st.sampled_from([word for word, (meant, _rank) in WORDS.columns.items() if meant == name]).flatmap(decorated)


def status_cell(status: Status, header: str, amount: int) -> st.SearchStrategy[Any]:
    """A status as it is typed under a header; nothing at all may be typed for a planned one.

    A few cents without a status may be the sum of others by chance: that is another test's matter.
    """
    known = under_header(header, WORDS).statuses
    words = [word for word, meant in known.items() if meant == status.value]
    typed = st.sampled_from(words).flatmap(
        lambda word: st.sampled_from((word, word.upper(), word.title(), f" {word} ", f"{word}."))
    )
    return typed | st.none() if status is Status.PLANNED and abs(amount) > _BY_CHANCE else typed


def money_cell(minor: int, currency: str) -> st.SearchStrategy[Any]:
    """An amount as a number, or as text that has one reading."""
    digits = exponent(currency)
    exact = Decimal(minor).scaleb(-digits)
    number: Any = float(exact) if digits else int(exact)
    if digits != 2:
        return st.just(number)
    texts = (f"{exact:.2f}", f"{currency} {exact:.2f}", f"{exact:,.2f} {currency}", f"{exact:.2f}".replace(".", ","))
    return st.sampled_from((number, number, number, *texts))


@st.composite
def truths(draw: DrawFn, row: int, currency: str) -> Truth:
    """One milestone."""
    status = draw(st.sampled_from([status for status in Status if status is not Status.UNKNOWN]))
    amount = draw(st.integers(-99_999, 9_999_999) | st.sampled_from((0, 1, 10**13)))
    paid = draw(st.none() | st.integers(0, 9_999_999)) if amount > 0 else None
    due = draw(st.none() | st.dates(dt.date(2005, 1, 1), dt.date(2035, 12, 31)))
    return Truth(row, draw(st.sampled_from(NAMES)), amount, currency, status, paid, due)


@st.composite
def plain_sheets(draw: DrawFn, name: str = "Sheet", *, most: int = 8, file: bool = False) -> MadeSheet:
    """A sheet in which nothing is uncertain. Only in a file can number formats tell the currency."""
    where = draw(st.sampled_from(("column", "header", "block", *(["format"] if file else []))))
    sheet_currency = draw(st.sampled_from(CURRENCIES))
    optional = draw(st.lists(st.sampled_from(("paid", "due_date", "client", "note", "invoice_number")), unique=True))
    fields = draw(
        st.permutations(["milestone", "amount", "status", *optional, *(["currency"] if where == "column" else [])])
    )
    own = draw(st.lists(st.sampled_from(OWN_HEADERS), max_size=2, unique=True))
    headers = [draw(header_of(each)) for each in fields] + own
    if where == "header":
        headers[fields.index("amount")] = f"{draw(st.sampled_from(('Amount', 'TOTAL', 'Net')))} ({sheet_currency})"
    top, left = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    width = len(headers)

    block = _block(draw, sheet_currency if where == "block" else "")
    cells: list[list[Any]] = [[*line, *[None] * width][: max(width, 2)] for line in block]
    others: set[int] = set()
    if draw(st.booleans()):
        others.add(top + len(cells) + 2)
        cells += [[None] * width, *draw(st.sampled_from(LISTS_ABOVE)), [None] * width]
    header_row = top + len(cells)
    cells.append(list(headers))
    milestones: list[Truth] = []
    columns = {each: left + index for index, each in enumerate(fields)}
    for _ in range(draw(st.integers(1, most))):
        cells += _between(draw, fields, headers, milestones)
        currency = draw(st.sampled_from(CURRENCIES)) if where == "column" else sheet_currency
        truth = draw(truths(top + len(cells) + 1, currency))
        milestones.append(truth)
        cells.append(
            [draw(_cell(each, truth, header)) for each, header in zip(fields, headers, strict=False)]
            + [draw(st.sampled_from((None, "x", 7))) for _ in own]
        )
    foot, doubtful = _foot(draw, fields, width, milestones)
    asked = tuple(top + len(cells) + down + 1 for down in doubtful)
    cells += foot
    if draw(st.booleans()):
        others.add(top + len(cells) + 2)
        cells += [[None] * width, *_second_table(draw, fields, headers, sheet_currency)]
    broad = max(map(len, cells))
    cells = [[*line, *[None] * (broad - len(line))] for line in cells]
    shown = sheet_currency if where == "format" else ""
    for number in asked if where == "column" else ():
        cells[number - 1 - top][fields.index("currency")] = sheet_currency
    made = MadeSheet(name, cells, top, left, header_row, columns, tuple(milestones), shown_currency=shown)
    made.others, made.asked = frozenset(others), asked
    made.details.formulas.update(_sum_formulas(made))
    return made


def _block(draw: DrawFn, currency: str) -> list[list[Any]]:
    """A title, and a project block with labels and values."""
    lines: list[list[Any]] = []
    if draw(st.booleans()):
        lines.append(["North & Field Studio", None])
    if draw(st.booleans()):
        lines.append([draw(st.sampled_from(("Project", "PROJECT:", "Project name"))), "Harbour app"])
    if currency:
        lines.append([draw(st.sampled_from(("Currency", "currency:", "CCY"))), currency])
    if draw(st.booleans()):
        lines.append([None, None])
    return lines


def _second_table(draw: DrawFn, fields: Sequence[str], headers: list[str], currency: str) -> list[list[Any]]:
    """Milestones that are none of this table's: their header says something else, often only another currency."""
    second: list[str | None] = [*headers]
    kind = draw(st.sampled_from(("currency", "column", "swapped", "beside")))
    other = draw(st.sampled_from([code for code in CURRENCIES if code != currency]))
    if kind == "currency":
        amount = fields.index("amount")
        second[amount] = f"{headers[amount].removesuffix(f' ({currency})')} ({other})"
    elif kind == "column":
        second.append("Expected date" if "expected_date" not in fields else "Owner")
    elif kind == "swapped":
        first, last = fields.index("milestone"), fields.index("status")
        second[first], second[last] = second[last], second[first]
    else:
        second = [*[None] * len(headers), *headers]  # in columns of its own
    cells = {"milestone": "Another", "amount": 77.5, "status": "sent", "currency": other}
    rows = [[cells.get(name) for name in fields]]
    return [second, *([*[None] * len(headers), *row] if kind == "beside" else row for row in rows)]


def _cell(name: str, truth: Truth, header: str) -> st.SearchStrategy[Any]:
    if name == "amount":
        return money_cell(truth.amount, truth.currency)
    if name == "paid":
        return st.none() if truth.paid is None else money_cell(truth.paid, truth.currency)
    if name == "status":
        return status_cell(truth.status, header, truth.amount)
    if name == "currency":
        return st.sampled_from((truth.currency, truth.currency.lower(), f" {truth.currency} "))
    values: dict[str, Any] = {"milestone": truth.name, "due_date": truth.due_date}
    return st.just(values[name]) if name in values else st.sampled_from((None, "Riverside", 2041, "INV-7"))


def _between(draw: DrawFn, fields: Sequence[str], headers: list[str], so_far: list[Truth]) -> list[list[Any]]:
    """What may stand between milestones and counts for nothing: blank rows, the header again, sums of any kind."""
    kinds = ("", "", "", "blank", "header", "subtotal", "total of", "formula", "running")
    kind = draw(st.sampled_from(kinds)) if so_far else ""
    if kind == "blank":
        return [[None] * len(headers)] * draw(st.integers(1, 3))
    if kind == "header":
        return [list(headers)]
    if kind == "subtotal":
        return [_sum_row("Subtotal", fields, len(headers), so_far)]
    if kind == "running":
        line = _sum_row(draw(st.sampled_from(sorted(WORDS.running))), fields, len(headers), so_far)
        line[fields.index("amount")] = draw(st.sampled_from(_ODD))
        return [line]
    if kind in ("total of", "formula"):
        label = (
            draw(st.sampled_from(("Phase 1 Total", "Alpha gesamt", "Total: stage 1"))) if kind == "total of" else _FEE
        )
        line = _sum_row(label, fields, len(headers), so_far)
        return [line] if line[fields.index("amount")] and _is_exact(line, fields, so_far) else []
    return []


def _foot(draw: DrawFn, fields: Sequence[str], width: int, so_far: list[Truth]) -> tuple[list[list[Any]], list[int]]:
    """Sums, a totals row and remarks below the table; and which of these rows may be milestones.

    Without a totals row nobody can tell. A totals row of the milestones alone settles what they are.
    """
    lines: list[list[Any]] = []
    doubtful: list[int] = []
    for said in draw(st.lists(st.sampled_from(("beside", "left")), max_size=2)):
        known = WORDS.beside_totals if said == "beside" else WORDS.left
        label = draw(st.sampled_from(sorted(known - WORDS.columns.keys())))
        line = _sum_row(label.title(), fields, width, so_far)
        line[fields.index("amount")] = draw(st.sampled_from(_ODD))
        doubtful += [len(lines)] if said == "left" and label not in WORDS.beside_totals else []
        lines.append(line)
    word = draw(st.sampled_from(sorted(WORDS.totals)))
    label = draw(st.sampled_from((word, word.upper(), word.title(), f" {word}:")))
    total = _sum_row(label, fields, width, so_far)
    # One with more than the 15 digits that Excel keeps settles nothing for certain.
    if draw(st.booleans()) and (_is_exact(total, fields, so_far) or not doubtful):
        lines += [*[[None] * width] * draw(st.integers(0, 2)), total]
        doubtful = []
    if draw(st.booleans()):
        remark: list[Any] = [None] * width
        remark[fields.index("milestone")] = draw(st.sampled_from(REMARKS))
        lines += [[None] * width, remark]
    return lines, doubtful


def _sum_formulas(made: MadeSheet) -> dict[tuple[int, int], Formula]:
    """The SUM formula of each row whose name tells nothing."""
    column, found = made.columns["amount"], {}
    letter = column_letter(column)
    for down, line in enumerate(made.cells, made.top):
        if line[made.columns["milestone"] - made.left] == _FEE:
            place = (down, column)
            found[place] = Formula(f"SUM({letter}{made.header_row + 2}:{letter}{down})", place)
    return found


def _sum_row(label: str, fields: Sequence[str], width: int, milestones: list[Truth]) -> list[Any]:
    line: list[Any] = [None] * width
    line[fields.index("milestone")] = label
    # A sheet's own total adds whatever stands there, in whatever currency: it is compared, never counted.
    line[fields.index("amount")] = float(_sum(milestones))
    return line


def _is_exact(line: list[Any], fields: Sequence[str], milestones: Iterable[Truth]) -> bool:
    """Whether a sum can be told with the 15 digits that Excel keeps."""
    return abs(_sum(milestones) - Decimal(f"{line[fields.index('amount')]:.15g}")) < _NOISE


def _sum(milestones: Iterable[Truth]) -> Decimal:
    return sum((Decimal(each.amount).scaleb(-exponent(each.currency)) for each in milestones), Decimal(0))


WEIRD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(
        (
            "TBC", "12k", "1.200", "(1,200.00)", "-", "paid?", "28/1/19;12/2/19", "03/04/2026", "=1+1", "1e400", "\x00",
            "Total", "total due", "MwSt 19 %", "Milestone", "Amount", "Status", "x" * 40_000, "\N{ZERO WIDTH SPACE}",
            1e308, -0.0, float("nan"), 46_115.0, 10.005, 0.5, "€ 5", "$ 5", "5 EUR 6", "½", "١٢", "１２",
        )
    ),
    st.builds(BrokenCell, st.sampled_from(("#REF!", "")), st.sampled_from(("1+1", ""))),
)  # fmt: skip
"""What careless people, other programs and damage leave in a cell."""


def mostly(usual: st.SearchStrategy[Any], rare: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Five times the usual for one of the rare: `one_of` would give each branch within `rare` an equal share."""
    return st.sampled_from((usual,) * 5 + (rare,)).flatmap(lambda chosen: chosen)


SPARSE = mostly(st.sampled_from((None, None, None, 10.0, 250.5, "Total", "sent", "EUR", "Deposit")), WEIRD)
"""Cells of rows that nobody planned: mostly blank."""


@st.composite
def spoilt_sheets(draw: DrawFn) -> MadeSheet:
    """A plain sheet with weird cells below its header and rows behind its end; `touched` names the changed rows."""
    sheet = draw(plain_sheets())
    cells = [list(line) for line in sheet.cells]
    first, width = sheet.header_row + 1 - sheet.top, len(sheet.cells[0])
    touched: set[int] = set()
    for _ in range(draw(st.integers(1, 6))):
        down, across = draw(st.integers(first, len(cells) - 1)), draw(st.integers(0, width - 1))
        cells[down][across] = draw(WEIRD)
        touched.add(sheet.top + down + 1)
    cells += draw(st.lists(st.lists(SPARSE, min_size=width, max_size=width), max_size=4))
    places = st.tuples(
        st.integers(sheet.header_row + 1, sheet.top + len(cells)), st.integers(sheet.left, sheet.left + width)
    )
    links = Details(links=draw(st.dictionaries(places, st.text(max_size=20), max_size=3)))
    return replace(sheet, cells=cells, touched=frozenset(touched), details=links)


_LIKELY: dict[str, tuple[Any, ...]] = {
    "milestone": ("Deposit", "Final", "Total", "Subtotal", "VAT", "Project"),
    "amount": (10.0, 250.5, 260.5, -10.0, "5 EUR"),
    "paid": (10.0, 0.0, -1.0, "10.00"),
    "status": ("sent", "paid", "draft", "void"),
    "currency": ("EUR", "USD"),
}


FORMULAS = ("SUM(A1:XFD30)", "A9+B9+C9", "B3-B4", "SUM(B:B)*0.19", "B3*50%", "'", "[1]A!B2", "SUM(Fees[Net])", "")


@st.composite
def chaos(draw: DrawFn) -> MadeSheet:
    """A header among rows that nobody planned, anywhere, with merges and every kind of detail laid over them."""
    extra = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=3))
    fields = draw(st.permutations(["milestone", "amount", "status", "currency", *extra]))
    headers = [draw(header_of(each)) for each in fields]
    likely = [st.sampled_from((None, *_LIKELY.get(each, ("Riverside", 7.0)))) for each in fields]
    line = st.tuples(*(mostly(each, WEIRD) for each in likely)).map(list)
    cells = draw(st.lists(line | st.just([None] * len(fields)), max_size=12))
    for _ in range(draw(st.integers(1, 2))):
        cells.insert(
            draw(st.integers(0, len(cells))), draw(st.sampled_from((headers, headers, headers, headers[::-1])))
        )
    top, left = draw(st.integers(0, 20)), draw(st.integers(0, 16_000))
    places = st.tuples(st.integers(top, top + 15), st.integers(left, left + len(fields)))
    found = Details(
        broken=draw(st.dictionaries(places, st.builds(BrokenCell, st.sampled_from(("#REF!", ""))), max_size=2)),
        links=draw(st.dictionaries(places, st.text(max_size=5), max_size=2)),
        formats=draw(st.dictionaries(places, st.sampled_from(('"€"0', "[$kr-41D]0", "[$¥]0", "$0")), max_size=9)),
        formulas=draw(st.dictionaries(places, st.builds(Formula, st.sampled_from(FORMULAS), places), max_size=3)),
        shares=draw(st.sets(places, max_size=2)),
    )
    merged = tuple(draw(st.lists(st.tuples(places, places), max_size=2)))
    return MadeSheet("Chaos", cells, top, left, 0, {}, (), merged, found)
