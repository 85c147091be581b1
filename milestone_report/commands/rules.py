"""`rules`: the catalogue of what is checked."""

from __future__ import annotations

import click

from milestone_report import options
from milestone_report.commands.printing import print_lines, put_bytes


@click.command()
@click.argument("code", required=False)
@click.option(
    "--format",
    "form",
    type=options.Word(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the rules.",
)
def rules(code: str | None, form: str) -> None:
    """List the rules, or explain one: why it matters, examples, what it says, how to fix it.

    CODE is that of a rule, such as S201, or its beginning: S lists all that begin so.
    """
    from milestone_report.rules import FAMILIES, RULES  # noqa: PLC0415

    chosen = [rule for rule in RULES if rule.code.startswith((code or "").upper())]
    if not chosen:
        from milestone_report.text import suggest  # noqa: PLC0415

        near = suggest(str(code).upper(), [rule.code for rule in RULES])
        hint = f"Did you mean {near}?" if near else "Without a code all are listed."
        raise click.BadParameter(f"there is no rule {code}. {hint}")
    if form == "json":
        from milestone_report.rendering.catalogue import render  # noqa: PLC0415
        from milestone_report.trial import explained  # noqa: PLC0415

        put_bytes(render(map(explained, chosen)))
    elif len(chosen) == 1:
        from milestone_report.rendering.text.rules import rule_page  # noqa: PLC0415
        from milestone_report.trial import explained  # noqa: PLC0415

        print_lines(rule_page(explained(chosen[0])))
    else:
        from milestone_report.rendering.text.rules import rule_table  # noqa: PLC0415

        print_lines(rule_table(chosen, FAMILIES))
