"""docs/templates.md: what each template is filled with, from the dataclasses of the views and their docstrings."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from milestone_report.rendering import view
from milestone_report.rendering.email import MailVariables
from milestone_report.rendering.html import PageVariables
from milestone_report.rendering.templates import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINNING = """\
# Templates of your own

The page and the mail are made by [Jinja](https://jinja.palletsprojects.com/en/stable/templates/) templates. With
`milestone-report report … --templates DIR` a file in the folder DIR takes the place of the template of the same name;
the others stay as they are. `milestone-report report --show-templates` prints where those of the program lie: copy the
one that you want to change into DIR and change the copy. Leave the program's own as they are: an update replaces them.

| file | what it is | filled with |
|---|---|---|
"""
_ABOUT = {
    "summary.html.j2": ("the page", "PageVariables"),
    "macros.html.j2": ("pieces that the page takes in: lists, sums, cells", ""),
    "summary.css": ("the page's style, as it is", ""),
    "summary.js": ("the page's script, as it is", ""),
    "email.html.j2": ("the mail", "MailVariables"),
    "email.txt.j2": ("the mail as plain text", "MailVariables"),
}
_RULES = """
- **A mistake is one line** that names the file and its line; then nothing is written (exit code 2). What shows
  without a report (brackets, unknown tags, UTF-8) is said before any workbook is read.
- **A template is a program.** It can do what you can do on this computer: use only those that you trust.
- **Cells are other people's text.** In all templates but `email.txt.j2` it is escaped; never write `| safe`
  or `autoescape false` around it.
- Beside the variables below every template has three functions, for texts in the report's language: `say("…")` with
  the text in English and its {blanks} by name, `counted("{n} row", "{n} rows", number)`, and `number(12500)`. What
  the [catalogue](translating.md) does not know is said as it is. Import macros `with context`, as the page does.
- The page has a policy in its head that allows its one style and its one script, and loads nothing. Keep that line in
  a page of your own; `style_hash` and `script_hash` are right for a style and a script of your own, too.
- Mails are drawn by Word in Outlook: keep to tables, attributes and the few properties that `email.html.j2` has.
- A line with nothing but `{% … %}` leaves no line behind. `{{ … }}` of a name that is not listed here is a mistake,
  never nothing.
- Templates may take in further files of DIR (`{% include "logo.html.j2" %}`). A file that nothing uses is pointed out.
- Templates only lay out: figures come added up and written in the report's locale. They are the same in all outputs.
- What is listed here may change with the program; CHANGELOG.md says so.

A mail in plain text, as `email.txt.j2`:

```jinja
{example}```

This page is written from the program itself (`make docs`). Where it says “list”, `for` goes through it.
"""
EXAMPLE = """\
Dear all,

{{ intro[0] }}
{% for card in view.cards %}
- {{ card.verb }}: {{ card.count }} {{ card.noun }}
{% endfor %}

The oldest that are unpaid:
{% for row in view.unpaid.rows[:3] %}
- {{ row.amount }}: {{ row.name }}{% if row.due_note %}, {{ row.due_note }}{% endif %}

{% endfor %}
{{ outro }}
"""
_KINDS = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "Markup": "text as it is"}
_MODULES = [import_module(f"{view.__name__}.{module.name}") for module in pkgutil.iter_modules(view.__path__)]


def documented() -> dict[str, type]:
    """Every class that a template can meet, by its name, in the order in which they are met."""
    met_in = [value for module in _MODULES for value in vars(module).values()]
    known = {cls.__name__: cls for cls in met_in if isinstance(cls, type) and is_dataclass(cls)}
    met: dict[str, Any] = {cls.__name__: cls for cls in (PageVariables, MailVariables)}
    waiting = list(met.values())
    for cls in waiting:  # grows while it is gone through
        for _name, kind, _says in _parts(cls):
            for name in _names(kind):
                if name in known and name not in met:
                    met[name] = known[name]
                    waiting.append(known[name])
    return met


def page_text() -> str:
    """The whole page."""
    lines = [f"| `{name}` | {_ABOUT[name][0]} | {_link(_ABOUT[name][1])} |\n" for name in NAMES]
    sections = [_section(cls) for cls in documented().values()]
    return "".join([_BEGINNING, *lines, _RULES.replace("{example}", EXAMPLE), *sections])


def _section(cls: type) -> str:
    about = inspect.cleandoc(cls.__doc__ or "")
    rows = [f"- `{name}`: {_words(ast.parse(kind, mode='eval').body)}{says}" for name, kind, says in _parts(cls)]
    return "\n".join([f"\n## {cls.__name__}\n", about, "", *rows, ""])


def _parts(cls: type) -> Iterator[tuple[str, str, str]]:
    """What a template can ask of a class: name, kind, and what a property's docstring says of it."""
    for field in fields(cls):
        yield field.name, str(field.type), ""
    for name, value in vars(cls).items():
        if isinstance(value, property):
            yield name, str(inspect.get_annotations(value.fget)["return"]), f". {inspect.getdoc(value)}"  # type: ignore[arg-type]


def _names(kind: str) -> list[str]:
    """The names in an annotation, in their order."""
    return re.findall(r"\w+", kind)


def _words(node: ast.expr) -> str:
    """A kind in words: "list of Row"."""
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return _KINDS.get(name) or _link(name)
        case ast.Subscript(ast.Name("tuple"), ast.Tuple([inner, ast.Constant()])):
            return f"list of {_words(inner)}"
        case ast.Subscript(ast.Name("tuple"), ast.Tuple(parts)):
            return f"({', '.join(map(_words, parts))})"
        case ast.BinOp(of, ast.BitOr(), ast.Constant(None)):
            return f"{_words(of)}, or none"
        case ast.Subscript(of, inner):
            return f"{_words(of)} of {_words(inner)}"
    raise TypeError(ast.dump(node))


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})" if name else ""
