"""How long each stage of a report takes, timed from outside: the product does not know that it is measured."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tests.benchmarks import AS_OF

if TYPE_CHECKING:
    from pathlib import Path

STAGES = {
    "imports": ("milestone_report.cli", ""),
    "finding the workbooks": ("milestone_report.pipeline", "find_workbooks"),
    "waiting for the readers": ("milestone_report.reading.isolation", "Readers.results"),
    "milestones": ("milestone_report.reading.table", "milestones_frame"),
    "figures": ("milestone_report.figures", "add_figures"),
    "sign-offs": ("milestone_report.signoffs", "check_signoffs"),
    "lists": ("milestone_report.summary", "add_lists"),
    "rules": ("milestone_report.rules", "run"),
    "choice": ("milestone_report.rules", "choose"),
    "summary": ("milestone_report.summary", "summarise"),
    "summary.html": ("milestone_report.rendering.html", "render"),
    "summary.xlsx": ("milestone_report.rendering.excel", "render"),
    "summary.eml": ("milestone_report.rendering.email", "render"),
    "email.html": ("milestone_report.rendering.email", "render_body"),
    "summary.json": ("milestone_report.rendering.json", "render"),
    "recalling the history": ("milestone_report.commands.past", "Past.recall"),
    "changes": ("milestone_report.history.telling", "with_changes"),
    "remembering": ("milestone_report.commands.past", "Past.remember"),
    "writing": ("milestone_report.writing", "write_all"),
}
"""Stage → (module, function). What is lazy is finished inside its stage."""


def time_stages(path: Path, out: Path) -> None:
    """Prints seconds by stage of `report` on a path, as JSON; "imports" are those of all modules at once."""
    took: dict[str, float] = {}

    def timed(stage: str, function: Any) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            result = function(*given, **named)
            if stage == "waiting for the readers":
                result = iter(list(result))
            took[stage] = took.get(stage, 0.0) + time.perf_counter() - started
            return result

        return run

    started = time.perf_counter()
    for stage, (module, name) in STAGES.items():
        place: Any = import_module(module)
        *classes, function = name.split(".")
        for each in classes:
            place = getattr(place, each)
        if function:
            setattr(place, function, timed(stage, getattr(place, function)))
    took["imports"] = time.perf_counter() - started

    from milestone_report.cli import main  # noqa: PLC0415

    output = sys.stdout
    words = ["report", path, "--as-of", AS_OF, "--out", out, "--no-cache"]
    sys.argv = ["milestone-report", *map(str, words)]
    try:
        sys.stdout = sys.stderr
        main()
    except SystemExit as end:
        if end.code:
            raise
    finally:
        sys.stdout = output
    click.echo(json.dumps(took))
