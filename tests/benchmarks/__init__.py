"""How long things take: see __main__.py."""

import datetime as dt

AS_OF = dt.date(2026, 3, 31)
"""The day of all reports. It stands here because a job that is measured imports nothing else than that."""
