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

For whoever wants to go on with the figures in a program of their own. Its [schema](../milestone_report/rendering/summary.schema.json)
is JSON Schema 2020-12; `schema` says which version a file has, and keys may be added within a version. Money is a
decimal string in the currency's own precision (`"1200.00"`, in yen `"1500"`), so that nothing is lost to floating point;
dates are ISO 8601. The same workbooks, settings and day give the same file, byte for byte.

`milestone-report check --format json` prints the keys `schema`, `as_of`, `workbooks`, `control` and `findings` of the same.

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
    choices = [each for each in schema.get("oneOf", schema.get("anyOf", ())) if each.get("type") != "null"]
    return _resolved(choices[0]) if choices else _resolved(schema)


def _inner(schema: Schema) -> Schema:
    """The object that a key holds, or that each item of its list is."""
    plain = _plain(schema)
    return _plain(plain["items"]) if "items" in plain else plain


def _type(schema: Schema) -> str:
    """A key's type in a word or two, with "or null" where it may be null."""
    null = any(each.get("type") == "null" for each in schema.get("oneOf", schema.get("anyOf", ())))
    choices = [each for each in schema.get("oneOf", schema.get("anyOf", (schema,))) if each.get("type") != "null"]
    words = [_word(each) for each in choices]
    return " or ".join([*dict.fromkeys(words), *(["null"] if null else [])])


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
        return f"list of {_word(schema['items'])}s" if "items" in schema else "list"
    return {"date-time": "date and time"}.get(schema.get("format", ""), kind)
