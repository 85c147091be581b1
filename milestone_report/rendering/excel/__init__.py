"""summary.xlsx: `workbook.render` shows the order of the sheets; `book` and `tables` are what they are made with."""

from milestone_report.rendering.excel.workbook import render

__all__ = ["render"]
