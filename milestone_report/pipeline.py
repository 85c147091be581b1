"""The whole way once: paths and settings in, the finished report out. Start reading here.

    paths ─ reading ─▶ milestones + notices ─ sign-offs ─▶ + evidence ─ rules ─▶ findings ─ summary ─▶ report
                                                     what is remembered ─ history ─▶ + changes ─────▶ report

Each stage returns its data and its notices side by side; a file or cell that cannot be read is data.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from milestone_report.model import Report, Settings
from milestone_report.reading.cache import open_cache
from milestone_report.reading.cluster import connected
from milestone_report.reading.isolation import Readers
from milestone_report.reading.sources import find_workbooks, unread_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from milestone_report.history.runs import Memory


def build(
    paths: Sequence[Path],
    settings: Settings,
    meanwhile: Callable[[], object] = lambda: None,
    memory: Memory | None = None,
    tell: Callable[[int, int, str], object] = lambda _done, _of, _name: None,
) -> Report:
    """Read the workbooks and make the report. Writes no output; raises nothing for what a file holds.

    Raises ClusterError where the workbooks are to be read on a cluster that cannot be used.

    `meanwhile` is called once, while the reader processes are at work. `memory` is what is remembered of earlier runs.
    `tell` is called before each workbook, with how many are read, of how many, and its name, and when all are.
    """
    sources, notices = find_workbooks(paths, settings.reading)
    cache = open_cache(settings.cache / "workbooks") if settings.cache else None
    with (
        connected(settings.cluster) as cluster,
        Readers(sources, settings.reading, workers=settings.workers, cache=cache, cluster=cluster) as readers,
    ):
        # pandas takes half a second to import: meanwhile the reader processes are at work.
        from milestone_report import figures, rules, signoffs, summary  # noqa: PLC0415
        from milestone_report.history.seen import mark_changed  # noqa: PLC0415
        from milestone_report.history.telling import with_changes  # noqa: PLC0415
        from milestone_report.reading.table import Gathered  # noqa: PLC0415
        from milestone_report.wording import Language  # noqa: PLC0415

        meanwhile()
        gathered, books = Gathered(), []
        results = readers.results()
        for number, source in enumerate(sources):
            tell(number, len(sources), source.path)
            rows = next(results)
            gathered.add(rows)
            notices += rows.notices
            books.append(replace(rows.workbook, same=source.same))
        tell(len(sources), len(sources), "")
    if cache:
        cache.tidy()

    # A summary of ours that lies among the workbooks is named in a notice, and is none of them.
    workbooks = tuple(book for book in books if not book.own_output)
    milestones = gathered.milestones(settings.as_of)
    milestones = replace(milestones, frame=figures.add_figures(milestones.frame, settings.as_of, settings.ageing))
    look = signoffs.look_into if memory is None else partial(signoffs.look_into, known=memory.files)
    milestones, of_signoffs = signoffs.check_signoffs(
        milestones, workbooks, settings, unread_beside(sources), look=look
    )
    milestones = milestones if memory is None else mark_changed(milestones, memory)
    milestones = replace(milestones, frame=summary.add_lists(milestones.frame))
    findings = rules.run(
        milestones, [*notices, *of_signoffs], rules.RULES, settings.choice.severity, Language(settings.locale)
    )
    milestones = rules.mark_copies(milestones)
    chosen = rules.choose(findings, settings.choice, [book.path for book in workbooks])
    report = Report(
        settings=settings,
        workbooks=workbooks,
        milestones=milestones,
        findings=chosen.findings,
        # What is not shown is as doubtful and as unread as before.
        summary=summary.summarise(milestones, workbooks, settings.ageing, findings),
        ignored=chosen.ignored,
        unused=chosen.unused,
        kept_back=chosen.kept_back,
    )
    return report if memory is None else with_changes(report, memory)
