"""How the reading of one workbook ends early: the code of its notice, why, and what to do."""

from __future__ import annotations

from milestone_report.facts import phrase

SAVE_AGAIN = phrase(
    "Open it in Excel and save it again as .xlsx. If Excel cannot open it either, fetch it from a backup."
)

MAYBE_LARGE = phrase(
    "Open it in Excel and save it again as .xlsx: it may be damaged. If it is simply large, take old sheets "
    "out of it, or allow more"
)
MORE_MEMORY = phrase("{what} with {option}.", what=MAYBE_LARGE, option="--limit-memory")


class RefusedError(Exception):
    """A workbook that is not read. `why` and `how` are in a finance person's words."""

    def __init__(self, why: str, code: str = "W001", how: str = SAVE_AGAIN) -> None:
        super().__init__(why)
        self.code, self.why, self.how = code, why, how
