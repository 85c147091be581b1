"""Write the pages: python -m tests.docs."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.docs import PAGES

for name, page in PAGES.items():
    (ROOT / "docs" / name).write_text(page(), encoding="utf-8", newline="\n")
