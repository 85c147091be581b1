"""Which e-mail addresses a settings file may name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import Email, Mailbox
from tests.settings.reading import fault, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("maya@example.com", Mailbox("", "maya@example.com")),
        (" maya.lind+bills@mail.example.co.uk ", Mailbox("", "maya.lind+bills@mail.example.co.uk")),
        ("<maya@example.com>", Mailbox("", "maya@example.com")),
        ("Maya Lind <maya@example.com>", Mailbox("Maya Lind", "maya@example.com")),
        ("Maya Lind<maya@example.com>", Mailbox("Maya Lind", "maya@example.com")),
        ('"Lind, Maya" <maya@example.com>', Mailbox("Lind, Maya", "maya@example.com")),
        ("株式会社雲 <kumo@example.jp>", Mailbox("株式会社雲", "kumo@example.jp")),
        ("o'neil@xn--mller-kva.example", Mailbox("", "o'neil@xn--mller-kva.example")),
        (f"{'m' * 64}@{'x' * 63}.com", Mailbox("", f"{'m' * 64}@{'x' * 63}.com")),
    ],
)
def test_an_address_may_have_a_name_before_it(tmp_path: Path, address: str, mailbox: Mailbox) -> None:
    said = json.dumps(address)
    assert read(tmp_path, f"[email]\nto = {said}\ncc = [{said}, {said}]").email == Email((mailbox,), (mailbox, mailbox))
    assert read(tmp_path, f"[owners]\nMaya = {said}").owners == (("Maya", mailbox),)


def test_there_may_be_nobody_in_a_list(tmp_path: Path) -> None:
    assert read(tmp_path, "[email]\nto = []").email == Email()


@pytest.mark.parametrize(
    "address",
    [
        "maya@example.com\nBcc: thief@example.com",
        "maya@example.com\r\nSubject: x",
        "Maya\u2028Lind <maya@example.com>",
        "Maya\u202e <maya@example.com>",
        "Maya\x00 <maya@example.com>",
        "=?utf-8?q?Boss?= <maya@example.com>",
        'Maya" <thief@example.com>, "x <maya@example.com>',
        "Maya <maya@example.com>, <thief@example.com>",
        "maya@example.com;thief@example.com",
        "maya@example.com (work)",
        "friends: a@example.com, b@example.com;",
        "<maya@example.com",
        "Maya <>",
        "@example.com",
        "maya@",
        "maya@example",
        "maya@-example.com",
        "maya@exa_mple.com",
        "maya..lind@example.com",
        '"maya lind"@example.com',
        "jürgen@example.com",
        "maya@müller.example",
        "maya @example.com",
        f"{'m' * 65}@example.com",
        f"maya@{'x' * 63}.{'y' * 63}.{'z' * 63}.{'w' * 63}.com",
        f"{'M' * 101} <maya@example.com>",
    ],
)
def test_what_a_mail_program_could_take_for_something_else_is_no_address(tmp_path: Path, address: str) -> None:
    said = json.dumps(address)
    assert "must be " in fault(tmp_path, f"[email]\nto = [{said}]")
    assert "must be " in fault(tmp_path, f"[owners]\nMaya = {said}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[email]\nto = 'maya'", '“to” must be an e-mail address, such as "maya@example.com" or "Maya Lind <'),
        ("[email]\nto = 5", "“to” must be an e-mail address"),
        ("[email]\ncc = ['a@example.com', 5]", "entry 2 of “cc” must be an e-mail address"),
        ("[email]\nto = 'a@example.com, b@example.com'", '“to” must be a list where there are several: ["a@'),
        ("[email]\nsubject = ''", "“subject” must be text in one line"),
        ('[email]\nsubject = "a\\nBcc: b"', "“subject” must be text in one line"),
        ("[email]\nbcc = 'a@example.com'", "[email] has no “bcc”. Did you mean “cc”?"),
        ("[owners]\nMaya = ''", "“Maya” must be an e-mail address"),
        ("[owners]\nmaya = ['a@example.com']", "“maya” must be an e-mail address"),
        ("[owners]\n'' = 'm@example.com'", "“” is no name."),
    ],
)
def test_what_may_not_stand_there_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert fault(tmp_path, text).startswith(f", line 2: {message}")


def test_an_owner_has_one_address(tmp_path: Path) -> None:
    text = "[owners]\n'Tom Berg' = 't@example.com'\n'TOM  BERG' = 't@example.com'"
    assert fault(tmp_path, text) == ", line 3: “TOM BERG” is the same name as “Tom Berg”."
