"""Write messages.pot, and bring every language up to date with it: python -m tests.messages."""

from __future__ import annotations

from tests.messages import FOLDER, TEMPLATE, merged, template

TEMPLATE.write_text(template(), encoding="utf-8", newline="\n")
for file in sorted(FOLDER.glob("*.po")):
    file.write_text(merged(file), encoding="utf-8", newline="\n")
