"""Damaged workbooks: each gives data or a W-finding, none a traceback or a hang, and none is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milestone_report.reading import serving
from milestone_report.reading.answers import rows_in, unpack
from milestone_report.reading.contents import Source
from tests.fuzz.mutate import mutated, originals
from tests.fuzz.running import exceptions_in, run

if TYPE_CHECKING:
    import pytest

SEED = 20260331


def test_damaged_workbooks_give_data_or_a_finding_and_stay_as_they_are() -> None:
    """A first part of what `make fuzz` runs; it prints how to repeat a case."""
    result = run(SEED, range(150))
    assert [f"python -m tests.fuzz --seed {SEED} --only {number}: {why}" for number, why in result.failures] == []
    assert result.cases == 150
    # Damage that always or never stops the reader would test little.
    assert 30 < result.with_milestones < 120


def test_a_case_is_the_same_each_time_and_differs_from_its_original() -> None:
    whole = {file.read_bytes() for file in originals()}
    for number in range(20):
        assert mutated(SEED, number) == mutated(SEED, number)
        assert mutated(SEED, number)[1] not in whole
    assert mutated(SEED + 1, 0) != mutated(SEED, 0)


def test_an_exception_of_ours_would_not_go_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(source: Source) -> None:
        raise KeyError(source.path)

    monkeypatch.setattr(serving, "read_workbook", read)
    answer = unpack(serving.answer(Source(Path("a.xlsx"), "a.xlsx")))
    assert exceptions_in(rows_in(answer.rows).notices[0].facts["why"]) == ["KeyError"]
