"""Templates are compiled once for many runs; what is kept of them is never wrong, and never in the way."""

from __future__ import annotations

import dataclasses
import os
import shutil
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from jinja2 import Environment

from milestone_report.keeping import LONGEST_UNUSED
from milestone_report.rendering import TemplateFaultError, compiled, email, html
from milestone_report.rendering.compiled import compiled_in
from milestone_report.rendering.templates import environment, fill
from tests.rendering.page_sample import sample_report

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders otherwise")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def entries(cache: Path) -> list[Path]:
    return sorted((cache / "templates").iterdir())


def rendered(cache: Path | None, own: Path | None = None) -> tuple[bytes, bytes, str]:
    """The page and both mails as a run of its own makes them."""
    environment.cache_clear()
    report = sample_report()
    report = dataclasses.replace(report, settings=dataclasses.replace(report.settings, cache=cache, templates=own))
    return html.render(report), email.render_body(report), email._bodies(report)[2]  # noqa: SLF001 - the plain twin


def filled(cache: Path, own: Path) -> str:
    """A mail of the user's own, as a run of its own makes it."""
    environment.cache_clear()
    settings = dataclasses.replace(sample_report().settings, cache=cache, templates=own)
    return fill("email.txt.j2", settings, {"who": "you"})


def test_the_second_run_compiles_nothing_and_makes_the_same(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = rendered(None)
    assert rendered(cache) == plain
    assert len(entries(cache)) == 4

    def refuse(*_given: object, **_named: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "compile", refuse)
    assert rendered(cache) == plain
    with pytest.raises(AssertionError):
        rendered(None)


def test_a_template_that_was_changed_counts_as_it_is_now_whatever_its_time_and_size(
    cache: Path, tmp_path: Path
) -> None:
    template = tmp_path / "email.txt.j2"
    for text in ("Hello {{ who }}", "Howdy {{ who }}", "Hello {{ who }}"):
        template.write_text(text)
        os.utime(template, (10**9, 10**9))
        assert filled(cache, tmp_path) == text.replace("{{ who }}", "you")
    assert len(entries(cache)) == 1


def test_a_mistake_is_told_with_its_line_the_second_time_too(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "email.txt.j2").write_text("Hello\n\n{{ whom }}")
    for _run in range(2):
        with pytest.raises(TemplateFaultError, match=r"email\.txt\.j2”, line 3: “whom” is not known"):
            filled(cache, tmp_path)
    assert len(entries(cache)) == 1


@pytest.mark.parametrize("damage", ["cut", "empty", "garbage", "flipped", "of another", "of another version"])
def test_a_damaged_or_foreign_entry_only_costs_time_and_is_written_anew(
    cache: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = rendered(cache)
    good = {entry: entry.read_bytes() for entry in entries(cache)}
    others = dict(zip(good, [*good.values()][1:] + [*good.values()][:1], strict=True))
    with monkeypatch.context() as patched:
        patched.setattr(compiled, "_made_by", lambda: "another version")
        rendered(cache)
    for entry, data in good.items():
        middle = len(data) // 2
        entry.write_bytes(
            {
                "cut": data[:middle],
                "empty": b"",
                "garbage": os.urandom(5000),
                "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                "of another": others[entry],
                "of another version": next(each for each in entries(cache) if each not in good).read_bytes(),
            }[damage]
        )
    assert rendered(cache) == plain
    assert {entry: entry.read_bytes() for entry in good} == good


def test_what_another_version_compiled_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(cache)
    monkeypatch.setattr(compiled, "_made_by", lambda: "another version")
    rendered(cache)
    assert len(entries(cache)) == 8


@POSIX
@pytest.mark.parametrize("mode", [0o750, 0o707, 0o702])
def test_a_folder_that_others_may_enter_is_neither_used_nor_changed(cache: Path, mode: int) -> None:
    plain = rendered(cache)
    (cache / "templates").chmod(mode)
    before = {entry: entry.stat().st_mtime_ns for entry in entries(cache)}
    assert compiled_in(cache / "templates") is None
    assert rendered(cache) == plain
    assert {entry: entry.stat().st_mtime_ns for entry in entries(cache)} == before
    assert stat.S_IMODE((cache / "templates").stat().st_mode) == mode


@POSIX
def test_an_entry_that_others_may_change_is_not_run(cache: Path) -> None:
    found = compiled_in(cache / "templates")
    assert found is not None
    rendered(cache)
    assert all(found._kept.find(entry.stem) for entry in entries(cache))  # noqa: SLF001 - what it would load
    for entry in entries(cache):
        entry.chmod(0o666)
    assert not any(found._kept.find(entry.stem) for entry in entries(cache))  # noqa: SLF001 - the same
    rendered(cache)
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in entries(cache)} == {0o600}


def test_a_folder_that_cannot_be_written_or_made_only_costs_time(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError("no space left")

    plain = rendered(None)
    with monkeypatch.context() as patched:
        patched.setattr("tempfile.mkstemp", full)
        assert rendered(cache) == plain
    assert entries(cache) == []
    (tmp_path / "file").touch()
    assert rendered(tmp_path / "file") == plain


def test_on_windows_only_the_users_own_folders_have_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "me")
    monkeypatch.setattr("sys.platform", "win32")
    assert compiled_in(tmp_path / "shared" / "templates") is None
    assert compiled_in(tmp_path / "me" / "cache" / "templates") is not None
    assert not (tmp_path / "shared").exists()


def test_several_runs_at_once_do_not_harm_each_other(cache: Path) -> None:
    plain = rendered(None)

    def run(number: int) -> str:
        made = environment.__wrapped__(None, cache)
        if number % 3 == 0:
            shutil.rmtree(cache / "templates", ignore_errors=True)
        return str(made.get_template("macros.html.j2").module)

    with ThreadPoolExecutor(8) as threads:
        assert len({*threads.map(run, range(60))}) == 1
    assert rendered(cache) == plain


def test_what_is_kept_is_bounded_and_what_is_not_used_goes(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_one(number: int) -> None:
        own = tmp_path / f"own {number}"
        own.mkdir(exist_ok=True)
        (own / "email.txt.j2").write_text(f"{number} {{{{ who }}}}")
        assert filled(cache, own) == f"{number} you"

    write_one(0)
    [first] = entries(cache)
    size, now = first.stat().st_size, time.time()
    monkeypatch.setattr(compiled, "LARGEST", 3 * size + size // 2)
    os.utime(first, (now - 100, now - 100))
    for number in range(1, 6):
        write_one(number)
        write_one(0)  # used in each run
    assert len(entries(cache)) == 3
    assert first.exists()
    for entry in entries(cache):
        os.utime(entry, (now - LONGEST_UNUSED - 60,) * 2)
    write_one(7)
    assert len(entries(cache)) == 1
