"""Sentences that are too long end behind a whole word."""

from __future__ import annotations

import pytest

from milestone_report.rendering import email
from milestone_report.rendering.view.words import shortened
from milestone_report.rules import RULES


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Mend the row that is wrong.", "Mend the row that is wrong."),
        ("Look it up in your accounts, and mend the row", "Look it up in your …"),
        ("Look it up in accounts, and mend the row that is", "Look it up in accounts …"),
        ("one-single-word-without-any-blank-at-all", "one-single-word-without-an…"),
        ("It ends like this …", "It ends like this …"),
    ],
)
def test_a_sentence_is_cut_between_words(sentence: str, said: str) -> None:
    assert shortened(sentence, 27) == said


def test_no_advice_of_ours_is_cut_in_the_mail() -> None:
    assert max(len(rule.fix) for rule in RULES) <= email.LENGTH * 6
