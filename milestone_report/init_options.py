"""What the options of `init` may be: a project, its contract, and the shares of its milestones."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_report.starter.plan import Project

_HIGHEST = 10**12
"""The check of the workbook's own cells takes no more."""


def currency(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """A currency's code, "" where none is given."""
    from milestone_report.settings.values import currency as code  # noqa: PLC0415

    try:
        return code(value) if value is not None else ""
    except ValueError as error:
        raise click.BadParameter(f"“{value}” {error}") from error


def shares(_context: click.Context, _option: click.Parameter, value: str) -> tuple[Decimal, ...]:
    """Shares of a hundred, parted by commas; whether they add up is for the contract to say."""
    try:
        found = tuple(Decimal(part.strip().removesuffix("%")) for part in value.split(","))
    except ArithmeticError:
        found = ()
    if not all(share.is_finite() for share in found) or not found:
        raise click.BadParameter(f"“{value}” are no shares; write them as 30,40,30.")
    return found


def project(
    name: str | None, client: str, owner: str, contract: str | None, currency: str, shares: Sequence[Decimal]
) -> Project | None:
    """The project that `init` is to begin with, None for the example. Raises UsageError."""
    from milestone_report.money import parse_amount, to_minor  # noqa: PLC0415
    from milestone_report.starter.plan import planned  # noqa: PLC0415

    if name is None:
        if client or owner or contract or currency:
            raise click.UsageError("Name the project, too: --project.")
        return None
    if not name.strip() or contract is None or not currency:
        raise click.UsageError("A project needs a name, --contract and --currency.")
    amount = parse_amount(contract)
    if amount is None or amount.currency not in ("", currency) or not 0 < amount.value <= _HIGHEST:
        raise click.UsageError(
            f"--contract: “{contract}” is no amount in {currency} that has one reading; write it as 12000.50."
        )
    minor, exact = to_minor(amount.value, currency)
    if not exact:
        raise click.UsageError(f"--contract: “{contract}” has more decimals than {currency} has.")
    try:
        return planned(name.strip(), client.strip(), owner.strip(), currency, minor, shares)
    except ValueError as error:
        raise click.UsageError(f"--split: {error}") from error
