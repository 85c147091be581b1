"""The money in doubt in words, for the page, the mail and the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milestone_report.totals import InDoubt
    from milestone_report.wording import Language


def sentences(doubt: InDoubt, language: Language) -> Iterator[str]:
    """What the milestones come to that have an error in a cell, and of how many nobody can say; nothing for none."""
    known = doubt.milestones - doubt.amounts_unknown
    if known:
        yield language.counted(
            "{sums} in {n} milestone are in doubt",
            "{sums} in {n} milestones are in doubt",
            known,
            sums=sums(doubt, language),
        )
    if doubt.amounts_unknown:
        yield language.counted(
            "{n} amount in doubt cannot be read", "{n} amounts in doubt cannot be read", doubt.amounts_unknown
        )


def sums(doubt: InDoubt, language: Language) -> str:
    """The money that can be read: "1,200.00 EUR, 50 JPY and 2 amounts without a currency"; "" for none."""
    return language.listed(each_sum(doubt, language))


def each_sum(doubt: InDoubt, language: Language) -> list[str]:
    """The same as a list. Amounts without a currency are counted: nobody knows that they are of one kind."""
    number = doubt.amounts_without_currency
    bare = language.counted("{n} amount without a currency", "{n} amounts without a currency", number)
    return [*(language.money(one.amount, one.currency) for one in doubt.amounts), *([bare] if number else [])]
