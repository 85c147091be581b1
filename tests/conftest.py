"""Options and fixtures that all tests share."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

# Times are shown in the machine's own zone; the snapshots are taken in one that every machine has.
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

# No test writes into the log of whoever runs it.
os.environ["MILESTONE_REPORT_LOG_FILE"] = os.devnull

# Without a deadline, as the machine may be busy: a slow run is no wrong one.
settings.register_profile("usual", deadline=None)
settings.load_profile("usual")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_workbooks"
SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the expected outputs anew")


@pytest.fixture(autouse=True, scope="session")
def _no_cache_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the tests read is kept apart from what the user's own runs have read, also by processes that tests start."""
    os.environ["MILESTONE_REPORT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def same_as_snapshot(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a file of tests/snapshots, or write it anew when that was asked for."""

    def compare(name: str, data: bytes) -> None:
        file = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        assert file.exists(), f"no snapshot {name}: make snapshots"
        assert data.decode().splitlines() == file.read_bytes().decode().splitlines()

    return compare
