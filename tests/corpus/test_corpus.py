"""Small nasty workbooks: each gives what expectations.toml says, and never a wrong number."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.corpus.build_corpus import contents
from tests.corpus.outcomes import FILES, expectations, objection, outcomes, way, ways_open


def fingerprints() -> dict[str, tuple[str, int]]:
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns) for file in FILES.iterdir()
    }


def test_the_committed_files_are_what_the_script_builds() -> None:
    assert {file.name: file.read_bytes() for file in FILES.iterdir()} == contents()


def test_every_file_has_an_expectation_and_every_expectation_a_file() -> None:
    assert {file.name for file in FILES.iterdir()} == set(expectations())


def test_every_file_gives_what_is_right_and_stays_as_it_is() -> None:
    """In one test, because one pool of readers for all files is quicker than one for each."""
    before = fingerprints()
    found = outcomes(sorted(FILES.iterdir()))
    objections = {name: objection(name, outcome) for name, outcome in found.items()}
    assert {name: why for name, why in objections.items() if why} == {}
    # A change from one right outcome to another is no fault by itself, but somebody must have meant it.
    ways = {name: way(name, outcome) for name, outcome in found.items() if ways_open(name)}
    assert ways == {name: wanted["now"] for name, wanted in expectations().items() if "now" in wanted}
    assert fingerprints() == before
    # One file names /etc/passwd as an entity, another a path that climbs out of the zip file.
    assert {name for name, outcome in found.items() if "root:" in str(outcome.columns)} == set()
    assert not Path("/tmp/milestone-report-was-here").exists()  # noqa: S108 - a name in one of the files
