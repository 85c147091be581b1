"""The options that say how to read: limits and the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from milestone_report import cli, pipeline
from milestone_report.model import ReadingSettings
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

GIB = 2**30


class Asked(Exception):  # noqa: N818 - no error, it carries the settings out of the command
    """What the pipeline was asked for."""


@pytest.fixture(autouse=True)
def _caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_paths: object, settings: Any, *_others: object) -> None:
        raise Asked(settings.reading)

    monkeypatch.setattr(pipeline, "build", build)


def run(*words: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli.cli, ["check", str(SAMPLES / "minimal.xlsx"), *words], env=env)


def asked(*words: str, env: dict[str, str] | None = None) -> ReadingSettings:
    error = run(*words, env=env).exception
    assert isinstance(error, Asked)
    reading = error.args[0]
    assert isinstance(reading, ReadingSettings)
    return reading


def test_the_limits_are_a_minute_and_two_gigabytes_unless_told() -> None:
    assert asked() == ReadingSettings()
    assert (asked().seconds, asked().memory) == (60, 2 * GIB)


@pytest.mark.parametrize(
    ("size", "memory"), [("4GB", 4 * GIB), ("800MB", 800 * 2**20), ("1.5 gb", 3 * GIB // 2), ("2GiB", 2 * GIB)]
)
def test_memory_is_given_in_megabytes_or_gigabytes(size: str, memory: int) -> None:
    assert asked("--limit-memory", size).memory == memory


@pytest.mark.parametrize("size", ["2", "2000", "lots", "-1GB", "100MB", "0GB", "2TB", ""])
def test_a_size_that_is_none_or_too_small_is_wrong_usage(size: str) -> None:
    done = run("--limit-memory", size)
    assert done.exit_code == 2
    assert "2GB or 800MB" in done.stderr or "at least 256MB" in done.stderr


def test_seconds_may_have_a_fraction() -> None:
    assert asked("--limit-seconds", "0.5").seconds == 0.5


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_wrong_usage(seconds: str) -> None:
    assert run("--limit-seconds", seconds).exit_code == 2


def password(*words: str, env: dict[str, str] | None = None) -> str:
    return asked(*words, env=env).password


def test_the_password_is_the_first_line_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "password.txt"
    for text in ("päss wörd", "päss wörd\r\nmore\n", "\ufeffpäss wörd\n"):
        file.write_bytes(text.encode())
        assert password("--password-file", str(file)) == "päss wörd"


def test_the_password_may_stand_in_the_environment_and_the_file_goes_first(tmp_path: Path) -> None:
    env = {"MILESTONE_REPORT_PASSWORD": "from outside"}
    assert password(env=env) == "from outside"
    (tmp_path / "password.txt").write_text("from the file")
    assert password("--password-file", str(tmp_path / "password.txt"), env=env) == "from the file"


@pytest.mark.parametrize("data", [None, b"", b"\nsecond line", b"\xff\xfep\0"])
def test_a_password_file_without_a_password_is_wrong_usage(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "password.txt").write_bytes(data)
    assert run("--password-file", str(tmp_path / "password.txt")).exit_code == 2
