"""Which file may be meant by a name that is not there."""

from __future__ import annotations

import difflib

import pytest

from milestone_report.signoffs.hints import MOST_SUGGESTIONS, Hints
from tests.signoffs.examples import folder_of


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("harbour-deposit", "harbour-deposit.pdf"),
        ("harbour-deposit.docx", "harbour-deposit.pdf"),
        ("Harbour_Deposit.pdf", "harbour-deposit.pdf"),
        ("harbour deposit.pdf", "harbour-deposit.pdf"),
        ("harbor-depsoit.pdf", "harbour-deposit.pdf"),
        ("harbour-deposit (1).pdf", "harbour-deposit.pdf"),
        ("old/harbour-deposit.pdf", "harbour-deposit.pdf"),
        ("design-ok.pdf", "2026/design-ok-v2.pdf"),
        ("design-ok-final.pdf", "2026/design-ok-v2.pdf"),
        ("Abnahme Stra\u00dfe", "ABNAHME-STRASSE.pdf"),
        ("deposit v1.2", "deposit_v1.2.pdf"),
        ("zzz.pdf", ""),
        ("\u2026", ""),
        ("x" * 30_000, ""),
    ],
)
def test_a_near_name_is_suggested(name: str, file: str) -> None:
    folder = folder_of("harbour-deposit.pdf", "2026/design-ok-v2.pdf", "ABNAHME-STRASSE.pdf", "deposit_v1.2.pdf")
    assert Hints().nearest(name, folder) == [file] * bool(file)


def test_each_missing_name_is_compared_with_a_few_files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside 16,000 files that are much alike, thousands of missing names must not compare each with each."""
    compared: list[int] = []
    near = difflib.get_close_matches

    def counting(word: str, known: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(known))
        return near(word, known, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    folder, hints = folder_of(*(f"file-{number}.pdf" for number in range(16_000))), Hints()
    found = [hints.nearest(f"file-{number}x.pdf", folder) for number in range(2_000)]
    assert 0 < sum(map(bool, found)) <= MOST_SUGGESTIONS
    assert len(compared) == MOST_SUGGESTIONS
    assert max(compared) <= 8
