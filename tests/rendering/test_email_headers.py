"""Subject, recipients and attachment of the draft: they read back as they are, and nothing adds a header."""

from __future__ import annotations

import dataclasses
import email.header
import email.utils
import re
from email import message_from_bytes
from email.policy import SMTP, default
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from milestone_report.model import Email, Mailbox, Report, Settings
from milestone_report.parts import parts
from milestone_report.rendering import email as rendering
from milestone_report.rendering import excel, headers
from milestone_report.rendering.view.words import clip
from milestone_report.settings import addresses, values
from tests.building import AS_OF, report_of
from tests.rendering.mail_reading import WORKBOOK, draft, part
from tests.rendering.page_sample import sample_report

BOOK = Path("clients/agency.xlsx")
ALWAYS = {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
NASTY = (
    *(
        "\r\nBcc: thief@example.com",
        "\nTo: thief@example.com\n\nBody",
        "\r",
        "\rBcc: a@b.org",
        "\x00",
        "\x0b",
        "\u0085X",
    ),
    *("=?utf-8?q?Boss?=", "=?utf-8?b?DQpCY2M6IGFAYi5vcmc=?=", "=\n?utf-8?q?=0D=0A?=", '"; filename="x.exe'),
    *("\u2028X", "\u202excod.exe", "\ud800", "a" * 1200, "ü" * 1200, "💶 " * 400, "%0d%0a", "a,b@c.org;d@e.org"),
    *("--=_milestone-report-draft--", "../../x", "CON", ""),
)
SOME = st.lists(st.sampled_from((*NASTY, "A", " ")), max_size=4).map("".join)
ANY = st.text(max_size=120) | st.sampled_from(NASTY) | SOME


@pytest.fixture(autouse=True)
def _quick_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "render", lambda _report: WORKBOOK)


def with_settings(**settings: str) -> Report:
    chosen = Settings(as_of=AS_OF, **settings)  # type: ignore[arg-type]
    return report_of([{"project": "A", "amount": 100, "status": "sent"}], BOOK, settings=chosen)


def with_email(*to: Mailbox, cc: tuple[Mailbox, ...] = (), subject: str = "") -> Report:
    chosen = dataclasses.replace(sample_report().settings, email=Email(to, cc, subject))
    return dataclasses.replace(sample_report(), settings=chosen)


def test_a_mail_reads_back_exactly() -> None:
    """Everything that people see, through Python's parser with its default policy."""
    to, cc = Mailbox("Åsa Lindqvist", "asa@example.com"), Mailbox("Berg, Tom", "tom@example.com")
    chosen = Settings(as_of=AS_OF, title="Übersicht 里程碑 €", company="Söhne & Co", email=Email((to,), (cc,)))
    report = report_of([{"project": "Łódź", "amount": 48_200_00, "status": "sent"}], BOOK, settings=chosen)
    data = rendering.render(report)
    message = message_from_bytes(data, policy=default)
    assert message["Subject"] == "Übersicht 里程碑 €, 31 March 2026: 1 unpaid (48,200.00 EUR), 1 to sign"
    assert [(one.display_name, one.addr_spec) for one in message["To"].addresses] == [to]
    assert [(one.display_name, one.addr_spec) for one in message["Cc"].addresses] == [cc]
    shown, html, text = rendering._bodies(report)  # noqa: SLF001 - what was made, before it became a mail
    assert part(report, "html") == html
    assert part(report, "plain") == text
    assert "Łódź" in text
    assert shown.heading in html
    [attachment] = message.iter_attachments()
    assert attachment.get_filename() == "Übersicht 里程碑 € 2026-03-31.xlsx"
    assert attachment.get_content() == WORKBOOK
    assert not any(one.defects for one in message.walk())


def test_the_subject_says_how_much_is_unpaid_and_what_to_sign() -> None:
    assert draft(sample_report())["Subject"] == (
        "Milestones, 31 March 2026: 12 unpaid (41,200.00 EUR, 24,750.00 GBP, 1,200,000 JPY), 4 to sign"
    )


def test_the_subject_where_all_is_well() -> None:
    report = report_of([{"project": "A", "amount": 100, "status": "paid", "evidence": "found"}], BOOK)
    assert draft(report)["Subject"] == "Milestones, 31 March 2026: nothing unpaid"


def test_the_subject_does_not_list_many_currencies() -> None:
    codes = ("EUR", "GBP", "USD", "JPY")
    rows = [{"project": "A", "amount": 100, "currency": code, "status": "sent", "evidence": "found"} for code in codes]
    assert draft(report_of(rows, BOOK))["Subject"] == "Milestones, 31 March 2026: 4 unpaid (several currencies)"


def test_a_subject_of_the_settings_stands_word_for_word() -> None:
    assert draft(with_email(subject="Wöchentlich: {date}"))["Subject"] == "Wöchentlich: {date}"
    assert draft(with_email(subject="=?utf-8?q?Boss?="))["Subject"] == "= ?utf-8?q?Boss?="


def test_a_subject_that_says_nothing_is_none() -> None:
    assert draft(with_email(subject=" \x00\u200b"))["Subject"].startswith("Milestones, 31 March 2026: 12 unpaid")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Milestones", "Milestones 2026-03-31.xlsx"),
        ("Überfällig", "Überfällig 2026-03-31.xlsx"),
        ("a/b: c?", "a-b- c- 2026-03-31.xlsx"),
        ('x"; filename="evil.exe', "x-; filename=-evil.exe 2026-03-31.xlsx"),
        ("..", "Milestones 2026-03-31.xlsx"),
        ("里" * 300, f"{'里' * 60} 2026-03-31.xlsx"),
    ],
)
def test_the_attachment_has_a_name_that_says_what_it_is(title: str, name: str) -> None:
    [attachment] = draft(with_settings(title=title)).iter_attachments()
    assert attachment.get_filename() == name


def test_the_attachment_is_named_in_the_language_of_the_report() -> None:
    [attachment] = draft(with_settings(locale="de_DE")).iter_attachments()
    assert attachment.get_filename() == "Meilensteine 2026-03-31.xlsx"


@given(st.text(max_size=400) | st.text(alphabet='aé =?_.,:;()<>"\\@雲💶-', max_size=400))
def test_any_words_read_back_as_one_header_of_short_words_in_code(text: str) -> None:
    data = headers.words("Subject", text)
    message = message_from_bytes(data, policy=default)
    assert message["Subject"] == (clip(text, headers.LONGEST).replace("=?", "= ?") or None)
    lines = data.split(b"\r\n")
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S*\?=", data)), "RFC 2047, 2"
    assert max(map(len, lines)) <= 998, "RFC 5322, 2.1.1"
    assert b"=?" not in data or max(map(len, lines)) <= 76, "RFC 2047, 2"
    assert not any(line.startswith(b" ") and not line.strip() for line in lines)


NAMES = st.text(
    st.characters(categories=("L", "Nd", "P", "S"), exclude_characters='"\\<>') | st.just(" "), max_size=100
)
LOCAL = st.from_regex(r"[a-z]{1,20}(\.[a-z]{1,20})?", fullmatch=True)
MAILBOXES = st.builds(
    Mailbox, NAMES.map(lambda name: " ".join(name.split()).replace("=?", "")), LOCAL.map("{}@a.org".format)
)
# Where EmailMessage would break this list, Python 3.11 takes the comma before “ä” into the name.
BROKEN = [*[Mailbox("", "a" * 53 + "@a.org")] * 14, Mailbox("", "b" * 36 + "@a.org"), Mailbox("ä", "c@a.org")]


@settings(max_examples=50)
@example(BROKEN)
@given(st.lists(MAILBOXES, min_size=1, max_size=40))
def test_any_names_and_addresses_read_back_as_they_are_in_short_lines(to: list[Mailbox]) -> None:
    data = headers.addresses("To", to)
    message = message_from_bytes(data, policy=SMTP)
    assert [one.addr_spec for one in message["To"].addresses] == [mailbox.address for mailbox in to]
    assert not message["To"].defects
    # With its newer policies Python shows a blank too many where two words in code meet (python/cpython#128110).
    raw = message_from_bytes(data)["To"]
    found = [(_decoded(name), address) for name, address in email.utils.getaddresses([raw])]
    assert found == to
    assert max(map(len, data.split(b"\r\n"))) <= 998, "RFC 5322, 2.1.1"
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S*\?=", data)), "RFC 2047, 2"


def _decoded(name: str) -> str:
    return str(email.header.make_header(email.header.decode_header(name)))


def test_recipients_of_the_settings_stand_in_the_draft() -> None:
    message = draft(with_email(Mailbox("Lind, Maya", "maya@example.com"), cc=(Mailbox("", "tom@example.com"),)))
    assert message["To"] == '"Lind, Maya" <maya@example.com>'
    assert message["Cc"] == "tom@example.com"
    assert set(message.keys()) == {"To", "Cc"} | ALWAYS
    assert not message.defects


def only_these_headers(report: Report, *more: str) -> None:
    """The draft has the headers it always has, each once and on one line, two bodies and one attachment."""
    message = draft(report)
    assert sorted(message.keys()) == sorted({*ALWAYS, *more})
    assert message["Subject"].splitlines() == [message["Subject"]]
    assert [one.get_content_type() for one in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]  # fmt: skip
    [attachment] = message.iter_attachments()
    own = ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"]
    assert sorted(attachment.keys()) == own
    assert str(attachment.get_filename()).endswith(" 2026-03-31.xlsx")
    assert attachment.get_content() == WORKBOOK
    assert not any(one.defects for one in message.walk())


@settings(max_examples=60)
@given(ANY, ANY, ANY)
def test_nothing_that_the_settings_say_adds_a_header(title: str, company: str, subject: str) -> None:
    only_these_headers(
        report_of(
            [{"project": "A", "amount": 100, "status": "sent"}],
            BOOK,
            settings=Settings(as_of=AS_OF, title=title, company=company, email=Email(subject=subject)),
        )
    )


@settings(max_examples=60)
@given(ANY, ANY, st.sampled_from(["owner", "client", "project"]))
def test_nothing_that_a_cell_says_adds_a_header_to_the_draft_of_a_part(cell: str, subject: str, by: str) -> None:
    rows = [{"owner": cell, "client": cell, "project": cell, "amount": 100, "status": "sent"}]
    for one in parts(report_of(rows, BOOK, settings=Settings(as_of=AS_OF, email=Email(subject=subject))), by):
        only_these_headers(one.report)


@settings(max_examples=300)
@example("Maya\r\nBcc: thief@example.com <maya@example.com>")
@example("maya@example.com\r\nBcc: thief@example.com")
@example("maya@example.com, thief@example.com")
@example("=??B??=@example.com")
@example("=?utf-8?q?=0D=0ABcc=3A?= <maya@example.com>")
@given(st.builds("{}{}".format, ANY, st.sampled_from(["", "@example.com", " <maya@example.com>", "\n<a@b.org>"])))
def test_an_address_of_the_settings_is_refused_or_stays_one_address(text: str) -> None:
    try:
        mailbox = addresses.mailbox(text)
    except ValueError:
        return
    message = message_from_bytes(headers.addresses("To", [mailbox]), policy=default)
    assert message.keys() == ["To"]
    [found] = message["To"].addresses
    assert found.addr_spec == mailbox.address


@given(ANY)
def test_a_subject_or_title_of_the_settings_is_refused_or_one_line(text: str) -> None:
    try:
        said = values.one_line(text)
    except ValueError:
        return
    assert message_from_bytes(headers.words("Subject", said), policy=default).keys() in (["Subject"], [])


@pytest.mark.parametrize("end", ["\r\nBcc: thief@example.com", "\n", "\r", "\x00", "\u2028X"])
def test_nothing_that_a_mailbox_says_adds_a_header(end: str) -> None:
    report = with_email(Mailbox(f"Maya{end}", f"maya@example.com{end}"), subject=f"This week{end}")
    assert set(draft(report).keys()) == {"To"} | ALWAYS
