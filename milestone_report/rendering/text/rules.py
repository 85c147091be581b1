"""What `rules` prints: the catalogue by families, and all that is to be known about one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from milestone_report.rendering.text.lines import STYLES, Hanging, in_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from milestone_report.rules import Rule
    from milestone_report.rules.explained import Explained


def rule_table(rules: Sequence[Rule], families: Mapping[str, str]) -> Iterator[RenderableType]:
    """The rules by family (the letter of their codes): code, severity, what they point at, title."""
    width = max(len(rule.where) for rule in rules)
    for letter, heading in families.items():
        family = [rule for rule in rules if rule.code.startswith(letter)]
        if not family:
            continue
        yield Text(heading, style="bold")
        for rule in family:
            severity = (f"{rule.severity:<7}", STYLES[rule.severity])
            head = Text.assemble("  ", (rule.code, "bold"), "  ", severity, f"  {rule.where:<{width}}  ")
            yield Hanging(head, Text(rule.title))
        yield Text()
    yield Text("milestone-report rules CODE tells more of one, such as rules S201.", style="dim")


def rule_page(explained: Explained) -> Iterator[RenderableType]:
    """What one rule finds, why it matters, examples of it, what it says and how to fix it."""
    rule = explained.rule
    yield Text.assemble((f"{rule.code}  {rule.title}", "bold"))
    yield Text.assemble((rule.severity, STYLES[rule.severity]), f", points at: {rule.where}")
    yield from _section("Why it matters", *explained.why)
    yield from _section(f"Examples, on {explained.as_of}")
    yield from _examples(explained)
    if explained.has_text_for_values:
        yield Text("  In “quotation marks”: stored as text.", style="dim")
    yield from _section("What it says", explained.message)
    yield from _section("How to fix it", explained.fix)


def _section(heading: str, *paragraphs: str) -> Iterator[RenderableType]:
    yield Text()
    yield Text(heading, style="bold")
    for paragraph in paragraphs:
        yield Hanging(Text("  "), Text(paragraph))


def _examples(explained: Explained) -> Iterator[Text]:
    """The examples one below the other; what a finding points at stands out."""
    rows = [[Text(), *(Text(name, style="dim") for name in explained.columns)]]
    for example in explained.examples:
        label = Text("found", style="bold red") if example.breaks else Text("let pass", style="green")
        for row in example.rows:
            cells = [Text(cell.text, style="bold red" if cell.marked else "") for cell in row]
            rows.append([label, *cells])
            label = Text()
    return in_columns(rows)
