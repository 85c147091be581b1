"""The sign-off folder: small real documents, the same bytes on every run.

The PDFs are written by hand (ISO 32000-1 §7.5), so that a page with four lines needs no other package.
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP

ANNA = "Anna Roth, Kestrel GmbH"
ERIK = "Erik Lindqvist, Lindqvist AB"
SOFIA = "Sofia Conti, Verdure Foods"
TOM = "Tom Orchard, Orchard & Sons Ltd"
GRACE = "Grace Okafor, Tidewater Trust"
NINA = "Nina Holt, Meadow Lane School"
LUIS = "Luis Vega, Quayside Hotel"
PAUL = "Paul Byrne, Riverside Trust"
ORDERED = "The order is placed: work may begin, and the deposit may be invoiced."
ACCEPTED = "The work is as agreed and is accepted: it may be invoiced."


@dataclass(frozen=True)
class Approval:
    """One signed page."""

    project: str
    milestone: str
    signer: str
    day: date
    words: str = ACCEPTED


PAGES = {
    "harbour-deposit.pdf": Approval("Harbour app", "Deposit", ANNA, date(2025, 11, 20), ORDERED),
    "lindqvist-deposit.pdf": Approval("Lindqvist rebrand", "Deposit", ERIK, date(2025, 8, 28), ORDERED),
    "lindqvist-final-approval.pdf": Approval("Lindqvist rebrand", "Final delivery", ERIK, date(2025, 11, 10)),
    "verdure-deposit.pdf": Approval("Verdure website", "Deposit", SOFIA, date(2025, 12, 4), ORDERED),
    # The workbook names design-ok.pdf, which does not exist: Verdure sent a second version.
    "design-ok-v2.pdf": Approval("Verdure website", "Design sign-off", SOFIA, date(2026, 2, 11)),
    "verdure-build-complete.pdf": Approval("Verdure website", "Build complete", SOFIA, date(2026, 3, 9)),
    "orchard-deposit.pdf": Approval("Orchard campaign", "Deposit", TOM, date(2026, 1, 9), ORDERED),
    "orchard-media-plan.pdf": Approval("Orchard campaign", "Media plan", TOM, date(2026, 2, 5)),
    "tidewater-script.pdf": Approval("Tidewater film", "Script", GRACE, date(2026, 1, 13)),
    "tidewater-storyboard.pdf": Approval("Tidewater film", "Storyboard", GRACE, date(2026, 3, 11)),
    "tidewater-filming-deposit.pdf": Approval("Tidewater film", "Filming deposit", GRACE, date(2026, 3, 27)),
    # No milestone names this one: the client backed out of the launch event.
    "lindqvist-launch-event-offer.pdf": Approval(
        "Lindqvist rebrand", "Launch event", ERIK, date(2025, 10, 14), "We would like an offer for the stand."
    ),
    "meadow-deposit.pdf": Approval("Meadow Lane website", "Deposit", NINA, date(2025, 12, 29), ORDERED),
    "meadow-midpoint.pdf": Approval("Meadow Lane website", "Midpoint", NINA, date(2026, 3, 23)),
    "quayside-deposit.pdf": Approval("Quayside brochure", "Deposit", LUIS, date(2026, 1, 12), ORDERED),
    "quayside-midpoint.pdf": Approval("Quayside brochure", "Midpoint", LUIS, date(2026, 2, 20)),
    "quayside-final.pdf": Approval("Quayside brochure", "Final", LUIS, date(2026, 3, 26)),
    "riverside-deposit.pdf": Approval("Riverside fit-out", "Deposit", PAUL, date(2025, 10, 3), ORDERED),
    # planted: somebody saved the deposit's page once more, under the name of the strip-out
    "riverside-strip-out.pdf": Approval("Riverside fit-out", "Deposit", PAUL, date(2025, 10, 3), ORDERED),
    "riverside-first-fix.pdf": Approval("Riverside fit-out", "First fix", PAUL, date(2025, 10, 31)),
    "riverside-electrics.pdf": Approval("Riverside fit-out", "Electrics", PAUL, date(2026, 2, 16)),
    "riverside-electrics-annex.pdf": Approval("Riverside fit-out", "Annex", PAUL, date(2026, 2, 17)),
    "riverside-second-fix.pdf": Approval("Riverside fit-out", "Second fix", PAUL, date(2026, 3, 3)),
    "riverside-tiling.pdf": Approval("Riverside fit-out", "Tiling", PAUL, date(2026, 3, 5)),
    "old-fit-out-deposit.pdf": Approval("Old fit-out", "Deposit", PAUL, date(2024, 4, 29), ORDERED),
    "old-fit-out-final.pdf": Approval("Old fit-out", "Final", PAUL, date(2024, 8, 30)),
}
LOGIN_PAGE = b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Riverside Trust: sign in</title></head>
<body><form method="post"><h1>Please sign in to see this document</h1></form></body>
</html>
"""
MAIL = Approval("Harbour app", "Midpoint", ANNA, date(2026, 1, 19))


def build() -> dict[str, bytes]:
    """Return every document of the folder: its name and its bytes."""
    return {name: pdf(approval) for name, approval in PAGES.items()} | {
        "mid-review.eml": mail(MAIL),
        "lindqvist-concept-scan.png": scan(ERIK),
        "riverside-joinery.pdf": b"",  # planted: a copy that broke off
        "riverside-plumbing.pdf": LOGIN_PAGE,  # planted: what the client's portal gave to somebody not signed in
    }


def pdf(approval: Approval) -> bytes:
    """Return a page of A5 size that shows *approval*, with a signature."""
    content = _page_content(approval)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 420] /Resources 7 0 R /Contents 6 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Font << /F1 4 0 R /F2 5 0 R >> >>",
    )
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")  # four high bytes: this is a binary file
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _page_content(approval: Approval) -> bytes:
    lines = (
        ("F1", 20, 350, f"Sign-off: {approval.project} – {approval.milestone}."),
        ("F2", 12, 310, approval.words),
        ("F2", 12, 290, f"Approved by {approval.signer}, on {_long(approval.day)}."),
        ("F2", 9, 92, approval.signer),
    )
    shown = [f"BT /{font} {size} Tf 60 {y} Td ({_escaped(words)}) Tj ET" for font, size, y, words in lines]
    path = [(60 + 180 * x, 115 + 70 * y) for x, y in _signature(approval.signer)]
    strokes = [f"{x:.1f} {y:.1f} {'l' if number else 'm'}" for number, (x, y) in enumerate(path)]
    drawn = ["0.5 w 60 108 m 260 108 l S", "0.1 0.15 0.45 RG 1.4 w 1 J 1 j", *strokes, "S"]
    return "\n".join(shown + drawn).encode("cp1252")


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _long(day: date) -> str:
    # Not strftime: its month names follow the machine's language.
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def _signature(name: str, steps: int = 160) -> list[tuple[float, float]]:
    """Return the strokes of a scribble within the unit square; each *name* has its own hand."""
    hand = zlib.crc32(name.encode())
    loops, slant, beat = 5 + hand % 4, 0.05 + hand // 7 % 4 / 100, 2 + hand // 31 % 3
    points = []
    for step in range(steps + 1):
        t = step / steps
        height = (0.2 + 0.8 * abs(math.sin(beat * t * math.pi + 1))) * (1 - 0.6 * t) / 2
        x = 0.08 + 0.84 * t + slant * math.cos(loops * t * math.tau)
        points.append((x, 0.5 + height * math.sin(loops * t * math.tau)))
    return points


def mail(approval: Approval) -> bytes:
    """Return an approval that came by mail (RFC 5322)."""
    name, client = approval.signer.split(", ")
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{name} <anna.roth@kestrel.example>"
    message["To"] = "Jonas Weber <jonas.weber@northandfield.example>"
    day = approval.day
    message["Date"] = datetime(day.year, day.month, day.day, 14, 5, tzinfo=UTC)
    message["Subject"] = f"{approval.project}: {approval.milestone.lower()} approved"
    message["Message-ID"] = "<20260119140500.harbour-midpoint@kestrel.example>"
    message.set_content(
        "Dear Jonas,\n\n"
        "the pilot harbours have worked with the first version for two weeks.\n"
        f"{approval.words}\n\n"
        f"Kind regards\n{name}\n{client}\n",
        cte="7bit",
    )
    return message.as_bytes()


def scan(name: str, width: int = 200, height: int = 80) -> bytes:
    """Return a small grey picture of a signature (PNG, ISO/IEC 15948)."""
    rows = [bytearray([244 - (x + y) // 24 for x in range(width)]) for y in range(height)]
    for x, y in _signature(name, steps=2400):
        column, row = round(x * (width - 3)), round((1 - y) * (height - 3))
        for dot_row in rows[row : row + 2]:
            dot_row[column : column + 2] = b"\x28\x28"
    pixels = b"".join(b"\x00" + row for row in rows)  # 0: this row is stored without a filter
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)  # 8 bits of grey, not interlaced
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
