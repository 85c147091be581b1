"""What `rules` prints: the catalogue, and what is to be known about one rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.rendering.text.lines import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_report.rules import Rule

_BLANK = re.compile(r"\{\w+\}")


def rule_table(rules: Sequence[Rule]) -> Iterator[Text]:
    """The catalogue, a line a rule."""
    for rule in rules:
        yield Text.assemble(f"{rule.code}  ", (f"{rule.severity:<8}", STYLES[rule.severity]), f"  {rule.title}")


def rule_page(rule: Rule) -> Iterator[Text]:
    """What one rule does, why it matters, what it says and how to fix it."""
    yield Text.assemble((rule.code, "bold"), f"  {rule.title}  ", (f"({rule.severity})", STYLES[rule.severity]))
    for heading, text in (("Why it matters", rule.why), ("What it says", rule.message), ("How to fix it", rule.fix)):
        yield Text()
        yield Text(heading, style="bold")
        yield from (Text(f"  {_BLANK.sub('…', line)}") for line in text.splitlines())
