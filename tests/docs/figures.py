"""docs/json.md: the keys of summary.json, from its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

SCHEMA: Schema = json.loads((ROOT / "milestone_report/rendering/summary.schema.json").read_text(encoding="utf-8"))

_BEGINNING = """\
# summary.json

For whoever wants to go on with the figures in a program of their own. The file has a JSON Schema (2020-12),
[summary.schema.json](../milestone_report/rendering/summary.schema.json); `schema` says which version it has, and keys
may be added within a version. Money is a decimal string in the currency's own precision (`"1200.00"`, in yen `"1500"`),
so that nothing is lost to floating point; dates are ISO 8601. The same workbooks, settings, history and day give the
same file, byte for byte.

`milestone-report check --format json` prints `schema`, `as_of`, `workbooks`, `control` and `findings` of the same.

This page is written from the schema (`make docs`).
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_BEGINNING, *_section("", SCHEMA)])


def undescribed(path: str = "", schema: Schema = SCHEMA) -> Iterator[str]:
    """The keys of which the schema does not say what they mean."""
    for name, value in _keys(schema):
        if "description" not in value and "description" not in _resolved(value):
            yield f"{path}{name}"
        yield from undescribed(f"{path}{name}.", _inner(value))


def _section(path: str, schema: Schema) -> Iterator[str]:
    """A table of an object's keys, then those of the objects inside it."""
    if path:
        yield f"## `{path}`\n"
    yield "| key | type | what it is |\n|---|---|---|"
    keys = list(_keys(schema))
    for name, value in keys:
        yield f"| `{name}` | {_type(value)} | {value.get('description', _resolved(value).get('description', ''))} |"
    yield ""
    for name, value in keys:
        inner = _inner(value)
        if list(_keys(inner)):
            many = "[]" if _plain(value).get("type") == "array" else ""
            yield from _section(f"{path}.{name}{many}".lstrip("."), inner)


def _keys(schema: Schema) -> list[tuple[str, Schema]]:
    return list(schema.get("properties", {}).items())


def _resolved(schema: Schema) -> Schema:
    """What a reference leads to."""
    name = schema.get("$ref", "")
    found: Schema = SCHEMA["$defs"][name.rpartition("/")[2]] if name else schema
    return found


def _plain(schema: Schema) -> Schema:
    """A schema without its alternative null."""
    return _resolved(next(each for each in _choices(schema) if each.get("type") != "null"))


def _choices(schema: Schema) -> list[Schema]:
    """What a value may be: the alternatives that a schema names, or itself."""
    return schema.get("oneOf") or schema.get("anyOf") or [schema]


def _inner(schema: Schema) -> Schema:
    """The object that a key holds, or that each item of its list is."""
    plain = _plain(schema)
    return _plain(plain["items"]) if "items" in plain else plain


def _type(schema: Schema) -> str:
    """A key's type in a word or two, with "or null" where it may be null."""
    words = [_word(each) for each in _choices(schema)]
    return " or ".join(sorted(dict.fromkeys(words), key="null".__eq__))


def _word(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].replace("_", " ")
    if "const" in schema or "enum" in schema:
        values = [schema["const"]] if "const" in schema else schema["enum"]
        return ", ".join(f"`{value}`" for value in values) if len(values) <= 12 else "code"
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        word = _word(schema["items"]) if "items" in schema else "value"
        return f"list of {word}" if "`" in word else f"list of {word}s"
    return "date and time" if schema.get("format") == "date-time" else str(kind)
