"""What people read, in the report's locale: texts by the catalogue, figures and dates by Babel (Unicode CLDR)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from babel.core import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent, get_decimal_symbol, get_group_symbol

from milestone_report.currency import exponent
from milestone_report.facts import Joined, Phrase, SpelledDate, SpelledMoney, Told, joining
from milestone_report.model import Evidence, Severity, Status
from milestone_report.text import in_words
from milestone_report.translation import catalogue, language_of, marked, marked_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milestone_report.totals import Money

EVIDENCE_WORDS = {
    Evidence.FOUND: marked("signed"),
    Evidence.MISSING: marked("not found"),
    Evidence.EMPTY: marked("empty file"),
    Evidence.REFUSED: marked("outside the folder"),
    Evidence.NONE: marked("none"),
    Evidence.LINK: marked("web link, not checked"),
    Evidence.UNCHECKED: marked("not checked"),
}
"""What is known about a sign-off, in the same words in every output."""

DOUBTFUL = marked("signed? Look at the file")
"""What is said instead of "signed" where a sign-off was found and its file is not what its name says."""

STATUS_WORDS = {
    Status.PLANNED: marked("planned"),
    Status.DRAFT: marked("draft"),
    Status.SENT: marked("sent"),
    Status.PARTIALLY_PAID: marked("partially paid"),
    Status.PAID: marked("paid"),
    Status.OVERDUE: marked("overdue"),
    Status.VOID: marked("void"),
    Status.UNKNOWN: marked("unknown"),
}

SEVERITY_WORDS = {
    Severity.ERROR: marked("error"),
    Severity.WARNING: marked("warning"),
    Severity.INFO: marked("info"),
}

_SEVERITY_FORMS = {
    Severity.ERROR: marked_forms("{n} error", "{n} errors"),
    Severity.WARNING: marked_forms("{n} warning", "{n} warnings"),
    Severity.INFO: marked_forms("{n} note", "{n} notes"),
}

_BANDS = (marked("not due"), marked("no due date"), marked("credits"))
"""Those ageing bands that are words; figures.py gives them their names."""

_FIRST_LOCALE = "en_GB"
"""The locale in which texts are made."""

_TITLE = marked("Milestones")
"""The report's title where the settings give none."""

Fact: TypeAlias = "str | int | dt.date | Money"
"""What fills a blank of a text: a text as it is, a count, a date or money as the locale writes them."""


@dataclass(frozen=True, slots=True)
class Language:
    """A locale's way to say things. Made from the settings' locale and handed to whoever writes for people."""

    locale: str

    @property
    def code(self) -> str:
        """The language in which the texts are: "de", or "en" where there is no catalogue for the locale's."""
        return language_of(self.locale)

    def say(self, text: str, /, **facts: Fact) -> str:
        """A text of the catalogue, written here in English, with its {blanks} filled."""
        return self._filled(catalogue(self.code).gettext(text), facts)

    def counted(self, one: str, many: str, number: int, /, **facts: Fact) -> str:
        """The same where a number decides the form: "{n} milestone" or "{n} milestones"; {n} is the number."""
        return self._filled(catalogue(self.code).ngettext(one, many, number), {"n": number, **facts})

    def term(self, context: str, text: str) -> str:
        """A text of one word or two that another language has several for; the context tells which is meant."""
        return catalogue(self.code).pgettext(context, text)

    def title(self, title: str) -> str:
        """The report's title: the user's own, or the usual one in this language."""
        return self.say(title) if title == _TITLE else title

    def quoted(self, text: str) -> str:
        """A text in the language's quotation marks: “text”."""
        return self.say("“{text}”", text=text)

    @property
    def tells_anew(self) -> bool:
        """Whether texts made in English are told otherwise here: see `told`."""
        return self.locale != _FIRST_LOCALE

    def told(self, text: str) -> str:
        """A text that knows what it is made of, in this language; any other as it is."""
        if not isinstance(text, Told) or not self.tells_anew:
            return text
        if isinstance(text, SpelledMoney):
            return self.money(*text.made_of)
        if isinstance(text, SpelledDate):
            return self.long_date(*text.made_of)
        if isinstance(text, Phrase):
            one, many, number, facts = text.made_of
            texts = catalogue(self.code)
            said = texts.gettext(one) if one == many else texts.ngettext(one, many, number)
            return said.format_map({name: self.told(fact) for name, fact in facts.items()}) if facts else said
        if isinstance(text, Joined):
            pattern, parts = text.made_of
            return joining(self.told(pattern)).join(map(self.told, parts))
        return self.number(*text.made_of)

    def fact(self, fact: Fact) -> str:
        """A fact as it is written in a text."""
        if isinstance(fact, str):
            return self.told(fact)
        if isinstance(fact, int):
            return self.number(fact)
        if isinstance(fact, dt.date):
            return self.long_date(fact)
        return self.money(fact.amount, fact.currency)

    def number(self, number: int | Decimal, form: str = ",") -> str:
        """A count: "12,500"; with the form "f" without what parts thousands."""
        return number_text(number, self.locale, form)

    def percent(self, whole: int) -> str:
        """A whole number of per cent: "45%", "45 %"."""
        return format_percent(whole / 100, locale=self.locale)

    def money(self, minor: int, currency: str) -> str:
        """An amount in minor units with its currency: "12,500.00 EUR"."""
        return money(minor, currency, self.locale)

    def any_money(self, money: Money) -> str:
        """The same, also where no currency is known: "12,500.00 without a currency"."""
        figure = self.money(money.amount, money.currency)
        return figure if money.currency else self.say("{amount} without a currency", amount=figure)

    def amounts(self, sums: Iterable[Money], without_currency: int = 0) -> str:
        """Sums in a sentence: "1,200.00 EUR and 2 amounts without a currency"; "" for none."""
        said = [self.money(one.amount, one.currency) for one in sums if one.amount]
        if without_currency:
            said.append(
                self.counted("{n} amount without a currency", "{n} amounts without a currency", without_currency)
            )
        return self.listed(said)

    def severity_count(self, severity: Severity, number: int) -> str:
        """How many findings there are of a severity: "2 errors", "1 note"."""
        return self.counted(*_SEVERITY_FORMS[severity], number)

    def severity_counts(self, numbers: Mapping[Severity, int]) -> list[str]:
        """What there is, worst first: "2 errors", "1 warning", "3 notes"."""
        return [self.severity_count(severity, numbers[severity]) for severity in Severity if numbers.get(severity)]

    def field(self, name: str) -> str:
        """A field's name for people: "sign-off date" for signoff_date."""
        return self.say(in_words(name))

    def band(self, bucket: str) -> str:
        """An ageing band: "not due", "1–30", "over 90"."""
        over = bucket.removeprefix("over ")
        return self.say(bucket) if over == bucket else self.say("over {days}", days=over)

    def long_date(self, date: dt.date) -> str:
        """A date in words: "15 March 2026"."""
        return long_date(date, self.locale)

    def short_date(self, date: dt.date) -> str:
        """A date for a table: "15 Mar 2026"."""
        return short_date(date, self.locale)

    def long_moment(self, moment: dt.datetime) -> str:
        """A date in words with the time of day: "30 March 2026, 17:42"."""
        return f"{self.long_date(moment.date())}, {moment:%H:%M}"

    def listed(self, items: Iterable[str]) -> str:
        """A list in a sentence: "a, b and c"."""
        same = self.locale.split("_")[0] == self.code.split("_")[0]
        return format_list(list(items), locale=self.locale if same else _FIRST_LOCALE)

    def _filled(self, text: str, facts: dict[str, Fact]) -> str:
        return text.format_map({name: self.fact(fact) for name, fact in facts.items()}) if facts else text


@lru_cache(maxsize=65536)
def figure(minor: int, currency: str, locale: str) -> str:
    """An amount without its currency, in the currency's own precision: "12,500.00"."""
    digits = exponent(currency)
    marks = marks_of(locale)
    whole, rest = divmod(abs(minor), 10**digits)  # whole numbers: exact, and findings have a great many
    cents = f"{marks.point}{rest:0{digits}}" if digits else ""
    return f"{'-' if minor < 0 else ''}{_grouped(whole, marks)}{cents}"


def money(minor: int, currency: str, locale: str) -> str:
    """An amount with its currency: "12,500.00 EUR"."""
    return f"{figure(minor, currency, locale)} {currency}".strip()


def number_text(number: int | Decimal, locale: str, form: str = ",") -> str:
    """A count, or a number as it is: "12,500", "43,500.5"."""
    marks = marks_of(locale)
    whole, _point, rest = f"{Decimal(number):f}".removeprefix("-").partition(".")
    grouped = whole if form == "f" else _grouped(int(whole), marks)
    return f"{'-' if number < 0 else ''}{grouped}{marks.point + rest if rest else ''}"


def _grouped(whole: int, marks: Marks) -> str:
    """A whole number with its marks: "12,500", in India "12,50,000"."""
    if marks.pairs:
        head, last = f"{whole // 1000}", f"{whole % 1000:03}"
        if whole >= 1000:
            pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)]
            return marks.group.join([*reversed(pairs), last])
    return f"{whole:,}".replace(",", marks.group)


@lru_cache(maxsize=65536)
def long_date(date: dt.date, locale: str) -> str:
    """A date in words, without the weekday: "15 March 2026"."""
    return format_date(date, format="long", locale=_of_dates(locale))


@lru_cache(maxsize=65536)
def short_date(date: dt.date, locale: str) -> str:
    """A date for a table: "15 Mar 2026"."""
    return format_date(date, format="medium", locale=_of_dates(locale))


@lru_cache(maxsize=8)
def _of_dates(locale: str) -> str:
    """The locale in which dates are written: the report's own, but for a script that runs the other way.

    A month in Arabic letters amid English words turns the figures beside it around, in a mail's subject or on a
    terminal beyond repair. Where the texts are in that script, too, dates are.
    """
    turned = Locale.parse(locale).text_direction != Locale.parse(language_of(locale)).text_direction
    return _FIRST_LOCALE if turned else locale


class Marks(NamedTuple):
    """How a locale writes numbers: what parts thousands, what stands before decimals.

    `pairs`: beyond the first three digits two are grouped, as in India.
    """

    group: str
    point: str
    pairs: bool


@lru_cache(maxsize=8)
def marks_of(locale: str) -> Marks:
    """The marks of a locale's numbers. Babel's own way takes ten times as long for a figure."""
    known = Locale.parse(locale)
    grouping = known.decimal_formats[None].grouping
    return Marks(get_group_symbol(known), get_decimal_symbol(known), grouping == (3, 2))
