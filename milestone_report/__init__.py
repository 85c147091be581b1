"""Reads milestone-billing workbooks and reports what is unpaid, unsigned and wrong.

Start with `milestone_report.pipeline`: one page shows every stage.
"""

__version__ = "0.1.0"
