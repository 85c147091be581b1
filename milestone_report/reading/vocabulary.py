"""The words of `words.toml`, folded once and ready for look-up, and what may be meant by a word that is not there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milestone_report.currency import known_code
from milestone_report.facts import phrase
from milestone_report.text import fold, misspelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Lists = dict[str, list[str]]
"""Words by language, the best first."""

Extra = tuple[tuple[str, tuple[str, ...]], ...]
"""Words of the user's own: (field, words) pairs."""

_BLOCK_COLUMNS = ("project", "client", "owner", "currency")
"""What the block above a table is asked for by the words of the column."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
DASHES = frozenset(
    f"{before}{dash}{after}" for dash in ("-", "--", "–", "—") for before in ("", " ") for after in ("", " ")
)
"""How people write that nothing is there."""

_UNCLEAR_OF_PAYMENTS = phrase("Of a payment, it could mean not billed yet or not paid yet: is that planned or sent?")

_WORDS = re.compile(r"[^\W_]+")
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Folded word → what it means. `columns` also tells the word's rank: the lower one wins.

    `further_block` has labels that count where none of `block` says the same.
    `periods` are the words for columns that say when something is billed for, also where they mean a field to the user.
    `asks`, `block_asks` and `status_asks` have words that are never used, but asked about; `hints` what to say of a
    status that is not clear about the money; `instalments` the words for columns that are beside such a
    word where it is one, and those that are where it is none, for each language that has it. `nothing` has
    cells, as they are written, that say no more than a blank one.
    """

    columns: Mapping[str, tuple[str, int]]
    stand_ins: frozenset[str]
    periods: frozenset[str]
    asks: Mapping[str, str]
    instalments: Mapping[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]
    owed: frozenset[str]
    beside_money: frozenset[str]
    block: Mapping[str, str]
    further_block: Mapping[str, str]
    block_asks: Mapping[str, str]
    statuses: Mapping[str, str]
    status_asks: Mapping[str, str]
    hints: Mapping[str, str]
    nothing: frozenset[str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    totals_begin: frozenset[str]
    totals_within: frozenset[str]
    taxes: frozenset[str]
    running: frozenset[str]
    beside_totals: frozenset[str]
    maybe_sums: frozenset[str]
    left: frozenset[str]
    last_part: tuple[str, ...]
    payment_headers: frozenset[str]
    unclear_of_payments: frozenset[str]

    def hint(self, status: str) -> str:
        """What helps with a status that was not understood: a sentence with a blank before it, or ""."""
        folded = fold(status)
        if folded in self.statuses:
            return phrase(" The sign beside the word may turn its meaning round: write the word alone.")
        if said := self.hints.get(folded):
            return phrase(" {sentence}", sentence=said)
        if near := near_status(folded, self):
            return phrase(" Did you mean “{name}”?", name=near)
        words = _WORDS.findall(status)[:4]
        begins = (self.hints.get(fold("".join(words[:count]))) for count in range(len(words), 0, -1))
        return next((phrase(" {sentence}", sentence=said) for said in begins if said), "")


@lru_cache(maxsize=64)
def under_header(header: str, words: Vocabulary) -> Vocabulary:
    """The vocabulary for the statuses of a column: where its header speaks of payments, "pending" is asked about."""
    folded = fold(header)
    if not any(word in folded for word in words.payment_headers):
        return words
    unclear = dict.fromkeys(words.unclear_of_payments, _UNCLEAR_OF_PAYMENTS)
    known = {word: status for word, status in words.statuses.items() if word not in unclear}
    return replace(words, statuses=known, hints={**words.hints, **unclear})


@lru_cache(maxsize=4096)
def near_column(header: str, words: Vocabulary) -> str:
    """The field that a header which was not understood may mean, "" where none is near, or several are."""
    folded = fold(header)
    if folded in words.columns or folded in words.stand_ins or folded in words.periods:
        return ""  # the word is known: it was refused for what stands beside it
    if folded in words.asks:
        return words.asks[folded]
    near = misspelt(folded, (*words.columns, *words.stand_ins))
    return _only(words.columns[word][0] if word in words.columns else "milestone" for word in near)


@lru_cache(maxsize=4096)
def near_label(label: str, words: Vocabulary) -> str:
    """What a label above the table may mean that is not known itself, "" where none is near, or several are.

    A known one with more behind it, "Contract total (EUR)" or "Auftragssumme netto", may mean another sum.
    """
    if len(label) > _LONGEST_LABEL or fold(label) in words.block or fold(label) in words.further_block:
        return ""
    parts = _WORDS.findall(label)
    for count in range(len(parts) - 1, 0, -1):
        meant, rest = words.block.get(fold("".join(parts[:count]))), parts[count:]
        if meant and (fold("".join(rest)) in words.beside_money or (len(rest) == 1 and known_code(rest[0]))):
            return meant
    near = misspelt(fold(label), words.block)
    return words.block_asks.get(fold(label)) or _only(words.block[word] for word in near)


@lru_cache(maxsize=4096)
def near_status(folded: str, words: Vocabulary) -> str:
    """The status that a folded word may mean, "" where none is near, or several are."""
    return words.status_asks.get(folded) or _only(words.statuses[word] for word in misspelt(folded, words.statuses))


@lru_cache(maxsize=8)
def vocabulary(columns: Extra = (), statuses: Extra = ()) -> Vocabulary:
    """The words the product knows, and the user's own before them, whatever they meant to the product."""
    words = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    known = {word: (field, rank) for field, lists in words["columns"].items() for word, rank in ranked(lists).items()}
    own = {fold(word): (field, rank - len(names)) for field, names in columns for rank, word in enumerate(names)}
    known |= own
    explained = {fold(word): status for status, names in statuses for word in names}
    subtotals = _folded(words["totals"]["subtotal"])
    return Vocabulary(
        columns=known,
        stand_ins=_folded(words["stand_in"]) - own.keys(),
        periods=_folded(words["period"]),
        asks={spelling: field for word, field in words["ask"]["columns"].items() for spelling in _spellings(word)},
        instalments={
            fold(word): tuple(
                (_not_in("en", name, words["columns"]), _not_in(name, "en", words["columns"])) for name in names
            )
            for word, names in words["ask"]["instalments"].items()
        },
        owed=_folded(words["owed"]) - known.keys(),
        beside_money=_folded(words["beside_money"]),
        block={word: name for name, lists in words["block"].items() for word in _folded(lists)}
        | {word: field for word, (field, _rank) in known.items() if field in _BLOCK_COLUMNS},
        further_block={
            word: name for name, lists in words["further_block"].items() for word in _folded(lists) if word not in own
        },
        block_asks={fold(word): name for word, name in words["ask"]["block"].items()},
        statuses={word: status for status, lists in words["statuses"].items() for word in _folded(lists)} | explained,
        status_asks={fold(word): status for word, status in words["ask"]["statuses"].items()},
        hints=_hints(words["hints"]),
        nothing=DASHES | _as_written(words["nothing"]),
        totals=_folded(words["totals"]["words"]) | subtotals,
        subtotals=subtotals,
        totals_begin=_folded(words["totals"]["begins"]),
        totals_within=_folded(words["totals"]["within"]),
        taxes=_folded(words["totals"]["taxes"]),
        running=_folded(words["totals"]["running"]),
        beside_totals=_folded(words["totals"]["beside"]),
        maybe_sums=_folded(words["totals"]["maybe"]),
        left=_folded(words["totals"]["left"]),
        last_part=tuple(sorted(_folded(words["totals"]["final"]))),
        payment_headers=_folded(words["payments"]["headers"]),
        unclear_of_payments=_folded(words["payments"]["words"]) - explained.keys(),
    )


def _hints(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What to say of a status, by its folded word."""
    said = [(each["say"], each["words"]) for each in entries]
    return {word: phrase(sentence) for sentence, lists in said for word in _folded(lists)}


def ranked(lists: Lists) -> dict[str, int]:
    """Folded word → rank within its field: earlier in any list is lower, also for words that lists share."""
    ranks: dict[str, int] = {}
    for _again in lists:  # a word that two lists share moves what stands behind it, in both
        for names in lists.values():
            least = 0
            for name in names:
                ranks[fold(name)] = max(ranks.get(fold(name), 0), least)
                least = ranks[fold(name)] + 1
    everywhere = (name for names in lists.values() for name in names)
    return {spelling: ranks[fold(name)] for name in everywhere for spelling in _spellings(name)}


def _folded(lists: Mapping[object, Iterable[str]]) -> frozenset[str]:
    return frozenset(spelling for names in lists.values() for name in names for spelling in _spellings(name))


def _not_in(other: str, language: str, columns: Mapping[str, Lists]) -> frozenset[str]:
    """The words for columns that a language has and another has not."""
    its, others = (_folded(dict(enumerate(lists[name] for lists in columns.values()))) for name in (language, other))
    return its - others


def _as_written(lists: Lists) -> frozenset[str]:
    """Words in small letters and capitals, "n/a" also as "n.a." and "na": cells are looked up as they stand."""
    everywhere = {name for names in lists.values() for name in names}
    everywhere |= {name.replace("/", ".") + "." for name in everywhere if "/" in name}
    everywhere |= {name.replace("/", "").replace(".", "") for name in everywhere}
    return frozenset(
        spelling for name in everywhere for spelling in (name, name.lower(), name.upper(), name.capitalize())
    )


def _spellings(word: str) -> set[str]:
    """The folded word, and as it is written where a keyboard has no umlauts."""
    return {fold(word)} if word.isascii() else {fold(word), fold(word.translate(_UMLAUTS))}


def _only(meanings: Iterable[str]) -> str:
    """What all words mean, "" where they differ or there is none."""
    found = set(meanings)
    return found.pop() if len(found) == 1 else ""
