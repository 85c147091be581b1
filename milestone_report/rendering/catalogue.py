"""The rules for other programs: what `rules --format json` prints (see catalogue.schema.json)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milestone_report.rules.explained import Explained


def render(rules: Iterable[Explained]) -> bytes:
    """An array with an object for each rule, a line each."""
    lines = [json.dumps(_entry(each), ensure_ascii=False) for each in rules]
    return ("[\n " + ",\n ".join(lines) + "\n]\n").encode()


def _entry(explained: Explained) -> dict[str, Any]:
    rule = explained.rule
    return {
        "code": rule.code,
        "severity": str(rule.severity),
        "field": rule.field,
        "title": rule.title,
        "why": "\n\n".join(explained.why),
        "message": rule.message,
        "fix": rule.fix,
        "columns": list(explained.columns),
        "examples": [
            {"found": example.breaks, "rows": [[cell.text for cell in row] for row in example.rows]}
            for example in explained.examples
        ],
        "says": explained.message,
    }
