"""Many workbooks: however they are read, by few or many readers or from what was kept, the outputs are the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from milestone_report import cli, pipeline
from tests.conftest import ROOT, SAMPLES
from tests.reading.clusters import running_cluster

if TYPE_CHECKING:
    from pathlib import Path


_NOT_COMPARED = (".milestone-report.lock", "history.sqlite")


class Asked(Exception):  # noqa: N818 - no error, it carries the settings out of the command
    """What the pipeline was asked for."""


@pytest.fixture
def _caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_paths: object, settings: Any, *_others: object) -> None:
        raise Asked(settings)

    monkeypatch.setattr(pipeline, "build", build)


def asked(*words: str, env: dict[str, str | None] | None = None) -> Any:
    done = CliRunner().invoke(cli.cli, ["check", str(SAMPLES / "minimal.xlsx"), *words], env=env)
    assert isinstance(done.exception, Asked), done.output
    return done.exception.args[0]


@pytest.mark.usefixtures("_caught")
def test_there_are_as_many_workers_as_cores_unless_told() -> None:
    assert asked().workers == os.cpu_count()
    assert asked("--workers", "3").workers == 3


@pytest.mark.parametrize("number", ["0", "65", "-1", "many", "1.5"])
def test_a_number_of_workers_that_is_none_is_wrong_usage(number: str) -> None:
    done = CliRunner().invoke(cli.cli, ["check", str(SAMPLES / "minimal.xlsx"), "--workers", number])
    assert done.exit_code == 2
    assert "--workers" in done.stderr


@pytest.mark.usefixtures("_caught")
def test_what_was_read_is_kept_in_the_users_cache_unless_told(tmp_path: Path) -> None:
    environment: dict[str, str | None] = {"MILESTONE_REPORT_CACHE_DIR": None, "XDG_CACHE_HOME": str(tmp_path)}
    folder = asked(env=environment).cache
    assert "milestone-report" in folder.parts
    if sys.platform == "linux":
        assert folder == tmp_path / "milestone-report"
    assert asked("--no-cache").cache is None
    assert asked("--cache-dir", str(tmp_path / "mine")).cache == tmp_path / "mine"
    assert asked(env={"MILESTONE_REPORT_CACHE_DIR": str(tmp_path)}).cache == tmp_path
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nothing is made before anything is read


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and workbooks of every kind of trouble, in one folder."""
    books = tmp_path_factory.mktemp("many") / "books"
    books.mkdir()
    corpus = sorted((ROOT / "tests" / "corpus" / "files").glob("*.*"))
    for file in (*SAMPLES.glob("*.xlsx"), *corpus[::4]):
        if file.suffix in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
            shutil.copy2(file, books / file.name)
    shutil.copytree(SAMPLES / "signoffs", books / "signoffs")
    return books


def outputs(folder: Path, out: Path, *words: str) -> dict[str, bytes]:
    """The bytes of every summary of the folder, by a whole run of the command."""
    command = [sys.executable, "-m", "milestone_report", "report", str(folder), "--out", str(out)]
    formats = [word for name in ("html", "xlsx", "eml", "json", "csv") for word in ("--format", name)]
    done = subprocess.run(
        [*command, "--as-of", "2026-03-31", *formats, *words], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    # Links and the terminal name the folder, so it must be the same for all; it is emptied for the next.
    written = {file.name: file.read_bytes() for file in out.iterdir() if file.name not in _NOT_COMPARED}
    shutil.rmtree(out)
    return written | {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}


def test_the_outputs_are_the_same_with_any_number_of_workers_and_with_or_without_a_cache(
    folder: Path, tmp_path: Path
) -> None:
    out, kept = tmp_path / "out", ["--cache-dir", str(tmp_path / "cache")]
    one = outputs(folder, out, "--workers", "1", "--no-cache")
    assert len(one) == 8
    assert len(one["summary.json"]) > 100_000
    assert outputs(folder, out, "--workers", "2", "--no-cache") == one
    assert outputs(folder, out, "--workers", "4", *kept) == one
    entries = list((tmp_path / "cache" / "workbooks").iterdir())
    assert len(entries) > 10
    assert len(list((tmp_path / "cache" / "templates").iterdir())) == 4
    assert outputs(folder, out, "--workers", "2", *kept) == one
    if find_spec("distributed"):
        with running_cluster(tmp_path, 2) as cluster:
            assert outputs(folder, out, "--dask", cluster.address, "--no-cache") == one
            assert outputs(folder, out, "--dask", cluster.address, *kept) == one
    assert sorted((tmp_path / "cache" / "workbooks").iterdir()) == sorted(entries)


@pytest.mark.skipif(find_spec("distributed") is None, reason="needs milestone-report[dask]")
def test_a_cluster_that_cannot_be_used_is_wrong_usage(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["report", str(SAMPLES / "minimal.xlsx"), "--out", str(out), "--dask", "tcp://127.0.0.1:9"]
    done = CliRunner().invoke(cli.cli, words)
    assert done.exit_code == 2
    assert "No Dask scheduler answers at “tcp://127.0.0.1:9”" in done.stderr
    assert not (out / "summary.json").exists()


def test_a_cluster_needs_the_library_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(cli.cli, ["check", str(SAMPLES / "minimal.xlsx"), "--dask", "tcp://127.0.0.1:9"])
    assert done.exit_code == 2
    assert "milestone-report[dask]" in done.stderr
