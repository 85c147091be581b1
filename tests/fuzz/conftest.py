"""How long the random tests look: `pytest tests/fuzz --hypothesis-profile=long`, as `make fuzz` does it."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("long", max_examples=3000, deadline=None)
