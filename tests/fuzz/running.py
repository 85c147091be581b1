"""Runs damaged workbooks through the whole program, with its real reader processes, and judges what came of them."""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from milestone_report import pipeline
from milestone_report.model import ReadingSettings, Settings
from milestone_report.reading.isolation import Readers
from milestone_report.rendering import OUTPUTS, render
from tests.building import AS_OF
from tests.fuzz.mutate import mutated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.model import Report
    from milestone_report.reading.contents import WorkbookRows

BATCH = 100
SECONDS = 10.0
_PANIC = "PanicException"
"""What the reader raises where its own code gives up. Any other exception is a fault of ours, though it is caught."""


@dataclass
class Result:
    """What came of a number of cases."""

    cases: int = 0
    readable: int = 0
    with_milestones: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    failures: list[tuple[int, str]] = field(default_factory=list)


def run(seed: int, numbers: Sequence[int], *, seconds: float = SECONDS) -> Result:
    """Run the cases in batches, each batch as one run of the program over a folder."""
    result = Result()
    for start in range(0, len(numbers), BATCH):
        _run_batch(seed, numbers[start : start + BATCH], seconds, result)
    return result


def _run_batch(seed: int, numbers: Sequence[int], seconds: float, result: Result) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, names = Path(name), {}
        for number in numbers:
            file, data = mutated(seed, number)
            (folder / file).write_bytes(data)
            names[file] = number
        before = fingerprints(folder)
        try:
            report, times = build(folder, seconds)
        except Exception as error:  # noqa: BLE001 - any exception at all is what is looked for
            if len(numbers) == 1:
                result.cases += 1
                result.failures.append((numbers[0], f"the program raised {type(error).__name__}: {error}"))
            else:  # one of these: find out which
                for number in numbers:
                    _run_batch(seed, [number], seconds, result)
            return
        changed = {file for file, each in fingerprints(folder).items() if before.get(file) != each}
    result.cases += len(numbers)
    result.slowest = max(result.slowest, *((spent, file) for file, spent in times.items()))
    for file, number in names.items():
        why = "the file was changed" if file in changed else objection(report, file, result)
        if why:
            result.failures.append((number, why))
    if stray := changed - set(names):
        result.failures.append((numbers[0], f"something was written beside the files: {sorted(stray)}"))


def build(folder: Path, seconds: float = SECONDS) -> tuple[Report, dict[str, float]]:
    """The report over a folder, rendered in every way; and how long each workbook was waited for."""
    times: dict[str, float] = {}

    class TimedReaders(Readers):
        def results(self) -> Iterator[WorkbookRows]:
            last = time.perf_counter()
            for found in super().results():
                now = time.perf_counter()
                times[found.workbook.path] = now - last
                last = now
                yield found

    settings = Settings(as_of=AS_OF, reading=ReadingSettings(seconds=seconds), workers=2)
    with mock.patch.object(pipeline, "Readers", TimedReaders):
        report = pipeline.build([folder], settings)
    list(render(report, OUTPUTS))
    return report, times


def objection(report: Report, file: str, result: Result) -> str:
    """What is wrong with the outcome of one workbook, "" where nothing is; counts it in the result."""
    book = next(book for book in report.workbooks if book.path == file)
    findings = [finding for finding in report.findings if finding.workbook == file]
    result.readable += book.readable
    result.with_milestones += bool(book.sheets_used)
    result.codes.update({finding.code for finding in findings if finding.code.startswith("W")} or {"no W"})
    if not book.readable:
        result.reasons[re.sub(r"\d+", "N", findings[0].message)[:100] if findings else "none"] += 1
    if raised := {name for finding in findings for name in exceptions_in(finding.message)} - {_PANIC}:
        return f"reading it raised {', '.join(raised)}"
    if not book.sheets_used and not any(finding.code.startswith("W") for finding in findings):
        return "it gave neither data nor a W-finding"
    return objection_to_sums(report, file)


def exceptions_in(message: str) -> list[str]:
    """The exceptions that a message names: a worker that catches one says so."""
    return re.findall(r"reader failed on it \((\w+)\)", message)


def objection_to_sums(report: Report, file: str) -> str:
    """Whether the identity of the figures holds over a workbook's counted rows, row by row."""
    frame = report.milestones.frame
    ours = [number for number, sheet in enumerate(report.milestones.sheets) if sheet.workbook == file]
    rows = frame[frame["sheet_id"].isin(ours) & frame["counted"]]
    off = rows["amount"] != rows["paid"] - rows["overpaid"] + rows["outstanding"] + rows["not_billed"]
    return "its figures do not add up" if off.any() else ""


def fingerprints(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Content, size and time of each file."""
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size, file.stat().st_mtime_ns)
        for file in folder.iterdir()
    }


def peak_memory_of_readers() -> float:
    """The most memory that any reader process had, in MiB; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - does not exist on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1024**2
