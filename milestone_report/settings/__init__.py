"""The settings file, `milestone-report.toml`: what a user says once instead of with every command."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from milestone_report.model import Email, Settings
from milestone_report.settings.lines import lacks_quotes, line_of, place_of
from milestone_report.settings.tables import TABLES, Table
from milestone_report.settings.values import WrongPartError, known
from milestone_report.text import clean, displayable, fold, identity, shown, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Said = dict[str, dict[str, Any]]

NAME = "milestone-report.toml"


class SettingsError(Exception):
    """What is wrong with a settings file: one sentence that names the file, the line and the key."""


class _FaultError(Exception):
    """What may not stand so, and the way to it: table, key, and on into the value."""

    def __init__(self, why: str, *path: str | int) -> None:
        super().__init__(why)
        self.path = path


def find_settings(first: Path) -> Path | None:
    """The settings file beside a workbook, or in a folder of workbooks; None where there is none."""
    try:
        file = (first if first.is_dir() else first.parent) / NAME
        return file if file.is_file() else None
    except (OSError, ValueError):
        return None  # reading the path itself will say what is wrong with it


def read_settings(file: Path, settings: Settings) -> Settings:
    """`settings` with what the file says. Raises SettingsError for whatever it may not say.

    A sign-off folder is relative to the file. What `settings` ignores and selects comes first.
    """
    name = f"“{displayable(str(file))}”"
    text = _load(file, name)
    try:
        said = _said(_tables(text, name))
    except _FaultError as fault:
        raise SettingsError(f"{name}, line {line_of(text, fault.path)}: {fault}") from fault
    return _with(settings, said, file)


def _load(file: Path, name: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{name} cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{name} is no UTF-8 text; save it as one.") from error


def _tables(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_no_toml(text, name, str(error))) from error
    except (ValueError, RecursionError) as error:  # numbers of 5,000 digits; a thousand brackets
        raise SettingsError(f"{name} cannot be read: a number is too long, or brackets nest too deep.") from error


def _no_toml(text: str, name: str, error: str) -> str:
    """What is wrong with a text that is no TOML, in plain words where text lacks its quotation marks."""
    number, column = place_of(text, error)
    line = text.split("\n")[number - 1]
    says = f" The line says: {shown(line)}" if shown(line) else ""
    paths = " Write paths with / or between 'single quotes'." if "\\" in line else ""
    if lacks_quotes(error, line[column - 1 :] if column else ""):
        why = 'text stands between straight quotation marks, "like this", and one is missing here'
        return f"{name}, line {number}: {why}.{paths}{says}"
    return f"{name}, line {number}, is no TOML: {clean(error)}.{paths}{says}"


def _with(settings: Settings, said: Said, file: Path) -> Settings:
    report, rules = said["report"], said["rules"]
    reading: dict[str, Any] = {name: report.pop(name) for name in ("currency", "date_order") if name in report}
    reading["columns"] = tuple(said["columns"].items())
    reading["statuses"] = tuple((key.replace("_", " "), words) for key, words in said["statuses"].items())
    choice = settings.choice
    signoffs = said["signoffs"]
    if "folder" in signoffs:
        report["signoffs_default"] = file.parent / signoffs["folder"]
    if "extensions" in signoffs:
        report["signoff_extensions"] = signoffs["extensions"]
    return replace(
        settings,
        **report,
        reading=replace(settings.reading, **reading),
        choice=replace(choice, ignore=choice.ignore + rules.get("ignore", ()), severity=rules.get("severity", ())),
        email=Email(**said["email"]),
        owners=tuple(said["owners"].items()),
        settings_file=displayable(file.name),
    )


def _said(tables: Mapping[str, Any]) -> Said:
    """The values of a file that may stand there, by table and key."""
    known_tables = {table.name: table for table in TABLES}
    said: Said = {name: {} for name in known_tables}
    for name, keys in tables.items():
        table = known_tables.get(name)
        if table is None:
            raise _FaultError(f"“{shown(name)}” is not known here. {_instead(name, keys)}", name)
        if not isinstance(keys, dict):
            raise _FaultError(f"“{name}” is a table: write [{name}] on a line of its own, and its keys below.", name)
        for key, value in keys.items():
            said[name][key] = _read(table, key, value)
    for name in ("columns", "statuses"):
        _one_meaning_each(name, said[name])
    _one_address_each(said["owners"])
    return said


def _instead(name: str, value: object) -> str:
    """What to write in place of a name that no table has: for a line [status] rather a table than a key."""
    tables = [table.name for table in TABLES]
    near = suggest(name, tables) if isinstance(value, dict) else ""
    if near:
        return f"Did you mean “[{near}]”?"
    below = next((table.name for table in TABLES if name in table.names), "")
    return f"It belongs below a line with [{below}]." if below else known(name, tables)


def _read(table: Table, name: str, value: object) -> object:
    key = table.key(name)
    if key is None:
        raise _FaultError(f"[{table.name}] has no “{shown(name)}”. {known(name, table.names)}", table.name, name)
    try:
        return key.read(value)
    except WrongPartError as error:
        part = f"“{shown(name)}”"
        for step in error.path:
            part = f"“{shown(step)}” in {part}" if isinstance(step, str) else f"entry {step + 1} of {part}"
        raise _FaultError(f"{part} {error}", table.name, name, *error.path) from error
    except ValueError as error:
        raise _FaultError(f"“{shown(name)}” {error}", table.name, name) from error


def _one_meaning_each(table: str, said: Mapping[str, tuple[str, ...]]) -> None:
    meanings: dict[str, str] = {}
    for key, words in said.items():
        for word in words:
            first = meanings.setdefault(fold(word), key)
            if first.replace("_", " ") != key.replace("_", " "):
                raise _FaultError(f"“{key}” and “{first}” both claim the word “{shown(word)}”.", table, key)


def _one_address_each(owners: Mapping[str, object]) -> None:
    names: dict[str, str] = {}
    for owner in owners:
        first = names.setdefault(identity(owner), owner)
        if first != owner or not identity(owner):
            why = f"is the same name as “{shown(first)}”." if identity(owner) else "is no name."
            raise _FaultError(f"“{shown(owner)}” {why}", "owners", owner)
