"""What ``agency.xlsx`` tells: the book of North & Field Studio, as it stood on 30 March 2026.

The figures add up, save where a comment says "planted". Dates are ISO text here; the workbook holds real
dates.
Invoices of EUR clients fall due after 30 days, those of GBP clients after 28.
"""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = ("draft", "sent", "partially paid", "paid", "overdue", "void")
CURRENCIES = ("EUR", "GBP")
FOLDER = "signoffs"

READ_ME = (
    "North & Field Studio: milestone book",
    "",
    "One sheet for each project. The block on top says whose it is; the table below lists what we bill.",
    "An empty status means planned. Choose the other words from the list in the cell.",
    "The sign-off column names the signed document in the signoffs folder, beside this workbook.",
    "A cancelled milestone stays in its table as void; it is in no total.",
    "Ask Maya before you add a column.",
)


@dataclass(frozen=True)
class Signoff:
    """A sign-off cell: the words shown, and the file behind them where the cell is a link."""

    words: str = ""
    target: str = ""


def link(file: str, words: str = "") -> Signoff:
    """Return a cell that links to *file* in the sign-off folder."""
    return Signoff(words or file, f"{FOLDER}/{file}")


def typed(file: str) -> Signoff:
    """Return a cell in which somebody typed the name of *file*."""
    return Signoff(file)


@dataclass(frozen=True)
class Milestone:
    """One row of a project's table."""

    name: str
    description: str
    amount: float | str
    due: str
    status: str = ""
    invoice: str = ""
    invoiced: str = ""
    paid: float | None = None
    paid_on: str = ""
    signoff: Signoff = Signoff()
    signed: str = ""
    note: str = ""


@dataclass(frozen=True)
class Project:
    """One sheet. *typed_total* replaces the formula of the totals row by a number that somebody typed."""

    sheet: str
    client: str
    owner: str
    contract: float
    currency: str
    milestones: tuple[Milestone, ...]
    typed_total: float | None = None


# Keyword names would drown the figures: the order is that of Milestone above.
# fmt: off
HARBOUR = Project(
    "Harbour app",
    "Kestrel GmbH",
    "Jonas Weber",
    27_200,  # planted: 4,000.00 above the milestones, because user testing is not in the table
    "EUR",
    (
        Milestone(
            "Deposit", "Start of work, on signing the order", 4_800, "2025-12-24", "paid", "INV-2042",
            "2025-11-24", 4_800, "2025-12-18", link("harbour-deposit.pdf"), "2025-11-20",
        ),
        # planted: the due date has passed (39 days on 31 March), yet the status still says partially paid
        Milestone(
            "Midpoint", "First version in the hands of the pilot harbours", 11_600, "2026-02-20",
            "partially paid", "INV-2046", "2026-01-21", 6_000, "2026-02-27", link("mid-review.eml"),
            "2026-01-19", "Kestrel pays the rest after its budget meeting.",
        ),
        # planted: an amount that is no number
        Milestone(
            "Push alerts", "Change request 4, on top of the contract", "TBC", "2026-05-22", "draft",
            note="Price to be agreed with Anna Roth.",
        ),
        Milestone(
            "Final delivery", "App in both stores, source code handed over", 6_800, "2026-06-12",
            note="Annex B also names user testing, 4,000.00.",
        ),
    ),
)

LINDQVIST = Project(
    "Lindqvist rebrand",
    "Lindqvist AB",
    "Maya Lund",
    14_700,
    "EUR",
    (
        Milestone(
            "Deposit", "Start of work, on signing the order", 4_300, "2025-10-01", "paid", "INV-2039",
            "2025-09-01", 4_300, "2025-09-26", typed("lindqvist-deposit.pdf"), "2025-08-28",
        ),
        Milestone(
            "Concept", "Two directions, one chosen and refined", 6_000, "2025-11-09", "paid", "INV-2040",
            "2025-10-10", 6_000, "2025-11-05", link("lindqvist-concept-scan.png"), "2025-10-08",
        ),
        Milestone(
            "Launch event", "Stand and banners for the autumn fair", 1_900, "2025-11-28", "void",
            note="Cancelled by Lindqvist before any work began.",
        ),
        Milestone(
            "Final delivery", "Guidelines, templates and all master files", 4_400, "2025-12-12", "overdue",
            "INV-2041", "2025-11-12", signoff=link("lindqvist-final-approval.pdf", "signed version"),
            signed="2025-11-10", note="Second reminder sent on 2 March.",
        ),
    ),
)

VERDURE = Project(
    "Verdure website",
    "Verdure Foods",
    "Maya Lund",
    26_000,  # planted: 800.00 above the milestones
    "EUR",
    (
        Milestone(
            "Deposit", "Start of work, on signing the order", 5_400, "2026-01-07", "paid", "INV-2043",
            "2025-12-08", 5_400, "2026-01-06", typed("verdure-deposit.pdf"), "2025-12-04",
        ),
        # planted: still "sent" after its due date; and the folder has design-ok-v2.pdf, not design-ok.pdf
        Milestone(
            "Design sign-off", "All page designs approved", 8_200, "2026-03-15", "sent", "INV-2048",
            "2026-02-13", signoff=typed("design-ok.pdf"), signed="2026-02-11",
        ),
        # planted: signed, yet never invoiced
        Milestone(
            "Build complete", "Site runs on the test server, content loaded", 6_800, "2026-04-17", "draft",
            signoff=link("verdure-build-complete.pdf"), signed="2026-03-09",
        ),
        Milestone("Launch", "Site goes live; two weeks of aftercare", 4_800, "2026-05-29"),
    ),
)

ORCHARD = Project(
    "Orchard campaign",
    "Orchard & Sons Ltd",
    "Priya Shah",
    20_500,
    "GBP",
    (
        Milestone(
            "Deposit", "Start of work, on signing the order", 5_500, "2026-02-09", "paid", "INV-2044",
            "2026-01-12", 5_500, "2026-02-04", link("orchard-deposit.pdf"), "2026-01-09",
        ),
        Milestone(
            "Media plan", "Plan and bookings for spring and summer", 4_750, "2026-03-09", "paid",
            "INV-2047", "2026-02-09", 4_750, "2026-03-06", typed("orchard-media-plan.pdf"), "2026-02-05",
        ),
        # planted: billed with no sign-off at all
        Milestone(
            "Launch", "Campaign on air and in print", 8_250, "2026-04-14", "sent", "INV-2050",
            "2026-03-17", note="Raised by 250.00 for the extra poster size.",
        ),
        Milestone("Results report", "What the campaign achieved, with figures", 2_000, "2026-06-26"),
    ),
    typed_total=20_250,  # planted: 250.00 too low, typed before the price of the launch was raised
)

TIDEWATER = Project(
    "Tidewater film",
    "Tidewater Trust",
    "Priya Shah",
    23_000,
    "GBP",
    (
        # planted: the invoice number of Orchard's deposit; INV-2045, its own, is missing from the series
        Milestone(
            "Script", "Research and shooting script", 3_600, "2026-02-12", "paid", "INV-2044",
            "2026-01-15", 3_600, "2026-02-11", link("tidewater-script.pdf"), "2026-01-13",
        ),
        # planted: partially paid, but no figure says how much
        Milestone(
            "Storyboard", "Storyboard and list of locations", 4_200, "2026-04-10", "partially paid",
            "INV-2049", "2026-03-13", signoff=link("tidewater-storyboard.pdf"), signed="2026-03-11",
            note="First part arrived; ask the bank how much.",
        ),
        # ready to bill: signed four days before the as-of date
        Milestone(
            "Filming deposit", "Boat, crew and permits booked", 2_800, "2026-04-24", "draft",
            signoff=link("tidewater-filming-deposit.pdf"), signed="2026-03-27",
        ),
        Milestone("Filming", "Six days on the estuary", 7_400, "2026-05-15"),
        Milestone("Final cut", "Film of 12 minutes, subtitled", 5_000, "2026-06-19"),
    ),
)

# fmt: on
PROJECTS = (HARBOUR, LINDQVIST, VERDURE, ORCHARD, TIDEWATER)
