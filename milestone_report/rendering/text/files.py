"""What `report` prints last: where the outputs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.core import Locale
from rich.text import Text

from milestone_report.model import PART_FOLDERS
from milestone_report.text import clean, displayable
from milestone_report.translation import ENGLISH, language_of, languages, marked
from milestone_report.wording import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from milestone_report.model import Part

_NAMED = 5
_LONGEST = 40

_FOLDERS = {
    "owner": marked("a folder for each owner ({number}): {names}"),
    "client": marked("a folder for each client ({number}): {names}"),
    "project": marked("a folder for each project ({number}): {names}"),
}
_NO_ONE_OWNER = marked(
    "Without one owner whom [owners] in the settings names, and so addressed like the whole report: {names}"
)
_NOT_ADDRESSED = {
    "owner": marked("Not in [owners] of the settings, and so addressed like the whole report: {names}"),
    "client": _NO_ONE_OWNER,
    "project": _NO_ONE_OWNER,
}
_NOBODY = {"owner": marked("(no owner)"), "client": marked("(no client)"), "project": marked("(no project)")}


def written(files: Mapping[Path, Path], locale: str) -> Iterator[Text]:
    """Where the outputs are, and what to do with each. `files` is where each is → where it should be."""
    say = Language(locale).say
    purpose = {
        "summary.html": say("the page: open it in a browser"),
        "summary.xlsx": say("the same lists in Excel"),
        "summary.eml": say("the draft: open it, read it, send it yourself"),
        "email.html": say("the draft's text, for pasting"),
        "summary.json": say("the figures for other programs"),
        "findings.csv": say("all findings, one a row"),
    }
    yield Text()
    for file, target in files.items():
        yield Text.assemble("  ", (str(file), "bold"), f"  {purpose[target.name]}")


def parts_written(out: Path, parts: Sequence[Part], not_addressed: Sequence[Part], locale: str) -> Iterator[Text]:
    """The folder of the parts of a report, whose they are, and which drafts have no owner's address."""
    language, by = Language(locale), parts[0].by
    about = language.say(_FOLDERS[by], number=len(parts), names=_names(parts, language))
    yield Text.assemble("  ", (str(out / PART_FOLDERS[by]), "bold"), f"  {about}")
    unknown = [part for part in not_addressed if part.value or by != "owner"]
    if unknown:
        yield Text(f"  {language.say(_NOT_ADDRESSED[by], names=_names(unknown, language))}", style="yellow")


def copied(why_not: Mapping[Path, str], locale: str) -> Iterator[Text]:
    """The review copies, and of which workbooks there is only a list, and why."""
    say = Language(locale).say
    yield Text()
    for file, why in why_not.items():
        about = (
            say("only a list of its findings: {why}", why=why) if why else say("a copy with the findings in its cells")
        )
        yield Text.assemble("  ", (displayable(str(file)), "bold"), f"  {about}")


def beside(files: Mapping[Path, Path], locale: str) -> Iterator[Text]:
    """Those outputs that are not where they should be, as the file there is held open. `files` as for `written`."""
    say = Language(locale).say
    for file, target in files.items():
        if file != target:
            told = say(
                "“{file}” is open in another program and was left as it is. The new one is “{instead}”.",
                file=displayable(str(target)),
                instead=displayable(file.name),
            )
            yield Text(f"  {told}", style="yellow")


def earlier(folders: Sequence[Path], locale: str) -> Iterator[Text]:
    """Folders of parts that are not of this run."""
    if folders:
        language = Language(locale)
        names = _some([displayable(f"{folder.parent.name}/{folder.name}") for folder in folders], language)
        told = language.say("Of an earlier run, and left as they are: {names}", names=names)
        yield Text(f"  {told}", style="yellow")


def untranslated(locale: str) -> Iterator[Text]:
    """That the texts are in English although the locale is of another language, and in which they are."""
    if language_of(locale) == ENGLISH and Locale.parse(locale).language != ENGLISH:
        names = [Locale.parse(code).get_display_name(ENGLISH) or code for code in languages()]
        told = Language(locale).say(
            "Figures and dates are written as in {locale}, the texts in English: there are texts in {languages} only.",
            locale=locale,
            languages=Language(locale).listed(names),
        )
        yield Text(f"  {told}", style="yellow")


def stale(out: Path, files: Sequence[Path], locale: str) -> Iterator[Text]:
    """Files of formats that this run did not write: beside the new ones they would look as new."""
    if files:
        language = Language(locale)
        names = _some([displayable(file.relative_to(out).as_posix()) for file in files], language)
        told = language.counted(
            "{names} is of an earlier run and was not replaced.",
            "{names} are of an earlier run and were not replaced.",
            len(files),
            names=names,
        )
        yield Text(f"  {told}", style="yellow")


def _names(parts: Sequence[Part], language: Language) -> str:
    return _some([part.value or language.say(_NOBODY[part.by]) for part in parts], language)


def _some(names: Sequence[str], language: Language) -> str:
    """The first few names, and how many more there are."""
    few = ", ".join(clean(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…") for name in names[:_NAMED])
    more = len(names) - _NAMED
    return language.say("{names} and {more} more", names=few, more=more) if more > 0 else few
