"""What a competent analyst writes for the same questions, without any check of a cell: our measure, not our product.

Run as `python -m tests.benchmarks.plain_script WORKBOOK FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

AS_OF = pd.Timestamp("2026-03-31")


def main(workbook: Path, out: Path) -> None:
    """Two lists, each as Excel and HTML: what is unpaid, and what has no sign-off."""
    sheets = pd.read_excel(workbook, sheet_name=None)
    milestones = pd.concat(sheets, names=["Project", "Row"]).reset_index()
    status = milestones["Status"].fillna("").str.lower()
    milestones["Outstanding"] = milestones["Amount"] - milestones["Paid"].fillna(0)
    folder = workbook.parent / "signoffs"
    milestones["Signed"] = [isinstance(name, str) and (folder / name).exists() for name in milestones["Sign-off"]]
    billed = status.isin(["sent", "partially paid", "overdue"])
    unpaid = milestones[billed & (milestones["Outstanding"] > 0)].sort_values("Due date")
    unpaid = unpaid.assign(Late=(AS_OF - unpaid["Due date"]).dt.days)
    unsigned = milestones[~milestones["Signed"]]
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("unpaid", unpaid), ("unsigned", unsigned)):
        rows.to_excel(out / f"{name}.xlsx", index=False)
        rows.to_html(out / f"{name}.html", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
