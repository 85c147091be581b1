"""E-mail addresses in the settings file: what every mail program takes, and nothing that could be more than one."""

from __future__ import annotations

import re

from milestone_report.model import Mailbox
from milestone_report.settings.values import WrongPartError

LONGEST_NAME = 100
"""Letters of a name before an address."""

# RFC 5322, 3.2.3 (dot-atom) and RFC 1035, 2.3.1 (labels); lengths by RFC 5321, 4.5.3.1. No quoted local parts.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,254}}\Z)(?=[^@]{{1,64}}@)({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})+)")
_NAMED = re.compile(r'(?P<quote>"?)(?P<name>[^<>"\\]*)(?P=quote)\s*<(?P<address>[^<>]*)>')


def mailbox(text: object) -> Mailbox:
    """An address, with or without a name before it: "maya@example.com", "Maya Lind <maya@example.com>"."""
    said = text.strip() if isinstance(text, str) else ""
    named = _NAMED.fullmatch(said)
    name, address = (re.sub(" +", " ", named["name"]).strip(" "), named["address"]) if named else ("", said)
    # "=?" begins a word in code (RFC 2047), which a mail program shows as something else than stands here.
    plain = name.isprintable() and "=?" not in said and len(name) <= LONGEST_NAME
    if not plain or not _ADDRESS.fullmatch(address):
        raise ValueError('must be an e-mail address, such as "maya@example.com" or "Maya Lind <maya@example.com>".')
    return Mailbox(name, address)


def mailboxes(value: object) -> tuple[Mailbox, ...]:
    """One address, or a list of them."""
    if isinstance(value, list):
        return tuple(_in_list(address, place) for place, address in enumerate(value))
    try:
        return (mailbox(value),)
    except ValueError as error:
        if isinstance(value, str) and value.count("@") > 1:
            raise ValueError('must be a list where there are several: ["a@example.com", "b@example.com"].') from error
        raise


def _in_list(value: object, place: int) -> Mailbox:
    try:
        return mailbox(value)
    except ValueError as error:
        raise WrongPartError(str(error), place) from error
