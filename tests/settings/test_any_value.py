"""Whatever TOML value stands at a key, it is read, or told with its line."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milestone_report.choice import CODES
from milestone_report.settings import NAME, SettingsError
from milestone_report.settings.tables import TABLES
from tests.settings.reading import read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["S201", "s2", "info", "error", "EUR", "dmy", "de_DE", "maya@example.com", "Maya <maya@example.com>", ".pdf"]
)
SCALARS = st.booleans() | st.integers() | st.floats() | TEXT | st.dates() | st.times() | st.datetimes()
KEYS = TEXT | st.sampled_from(["code", "workbook", "sheet", "reason", *CODES])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def toml(value: object) -> str:
    """A value as TOML writes it, in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08x}" for char in value) + '"'
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
@given(
    st.sampled_from([(table.name, name) for table in TABLES for name in table.names or ("Maya",)]),
    VALUES,
    st.integers(0, 3),
)
def test_whatever_value_a_key_has_it_is_read_or_its_line_is_named(
    tmp_path: Path, place: tuple[str, str], value: object, above: int
) -> None:
    table, key = place
    text = "# mine\n" * above + f"[{table}]\n" + f'"{key}" = {toml(value)}\n# the end\n'
    assert tomllib.loads(text)
    try:
        read(tmp_path, text)
    except SettingsError as error:
        named = str(error).removeprefix(f"“{tmp_path / NAME}”")
        assert named.startswith(f", line {above + 2}: ")
        assert key in named
        assert named.isprintable()
