"""The look into the named files: safe, bounded, once, and whatever is in the way is data."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.signoffs import contents
from milestone_report.signoffs.contents import Content, look_into
from milestone_report.signoffs.kinds import HEAD
from tests.signoffs.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable


def put(folder: Path, **files: bytes) -> list[str]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in files]


def test_the_first_bytes_are_read(tmp_path: Path) -> None:
    [short, long] = put(tmp_path, short=b"%PDF-1.7", long=b"x" * (HEAD + 1))
    assert look_into([short, long]) == {short: Content(b"%PDF-1.7"), long: Content(b"x" * HEAD)}
    assert look_into([]) == {}


def test_all_of_a_file_is_read_only_where_another_has_its_size(tmp_path: Path) -> None:
    end = HEAD + 3 * 2**20
    files = put(tmp_path, a=b"x" * end + b"1", b=b"x" * end + b"1", c=b"x" * end + b"2", alone=b"x" * end)
    a, b, c, alone = [look_into(files)[path].digest for path in files]
    assert a == b == hashlib.sha256(b"x" * end + b"1").hexdigest()
    assert c not in (a, "")
    assert alone == ""


def test_very_large_files_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = put(tmp_path, a=b"x" * 9, b=b"x" * 9)
    for largest, told in ((8, False), (9, True)):
        monkeypatch.setattr(contents, "LARGEST_COMPARED", largest)
        assert [bool(content.digest) for content in look_into(files).values()] == [told, told]


def test_a_file_that_grows_meanwhile_is_not_read_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = put(tmp_path, a=b"x" * 10, b=b"y" * 10)
    monkeypatch.setattr(contents, "LARGEST_COMPARED", 10)
    monkeypatch.setattr(contents, "_CHUNK", 4)
    look = contents.status_of

    def looked(path: str) -> os.stat_result | str:
        status = look(path)
        Path(path).write_bytes(b"z" * (HEAD + 10_000))
        return status

    monkeypatch.setattr(contents, "status_of", looked)
    expected = hashlib.sha256(b"z" * (HEAD + 12)).hexdigest()
    assert {content.digest for content in look_into(files).values()} == {expected}


def test_each_file_is_opened_once_and_for_reading_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = put(tmp_path, a=b"x" * 9, b=b"x" * 9, c=b"y")
    opened: list[tuple[str, int]] = []
    real = os.open

    def opening(path: str, flags: int) -> int:
        opened.append((path, flags))
        return real(path, flags)

    monkeypatch.setattr(os, "open", opening)
    look_into(files)
    assert sorted(path for path, _flags in opened) == sorted(files)
    assert not any(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) for _path, flags in opened)


def replaced_by_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("outside"))


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


NO_FILE = "it is no file any more"
GONE = "it is no longer there"


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
@pytest.mark.parametrize(
    ("change", "before", "between"),
    [
        (Path.unlink, GONE, GONE),
        (replaced_by_a_link, NO_FILE, "the system refuses (Too many levels of symbolic links)"),
        (replaced_by_a_folder, NO_FILE, "the system refuses (Is a directory)"),
        (replaced_by_a_pipe, NO_FILE, NO_FILE),
    ],
)
def test_what_happens_to_a_file_after_it_was_listed_is_said(
    change: Callable[[Path], None], before: str, between: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first look at it, and between that look and the opening: no link is followed, no pipe waited for."""
    put(tmp_path, outside=b"secret")
    [path] = put(tmp_path, a=b"x")
    change(Path(path))
    assert look_into([path]) == {path: Content(problem=before)}

    [path] = put(tmp_path, b=b"x")
    look = contents.status_of

    def looked(of: str) -> os.stat_result | str:
        status = look(of)
        change(Path(of))
        return status

    monkeypatch.setattr(contents, "status_of", looked)  # never os.lstat: all of Python would change what it looks at
    assert look_into([path])[path] == Content(problem=between)


@pytest.mark.parametrize(
    ("status", "value"),
    [
        ("st_file_attributes", 0x1000),
        ("st_file_attributes", 0x400000 | 0x20),
        ("st_file_attributes", 0x40000),
        ("st_flags", 0x40000000),
    ],
)
def test_what_is_only_in_the_cloud_is_never_opened(
    status: str, value: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows (FILE_ATTRIBUTE_OFFLINE, _RECALL_…) and macOS (SF_DATALESS): opening would fetch it."""
    [path] = put(tmp_path, a=b"x")
    real = os.lstat(path)
    there = type("Status", (), {"st_mode": real.st_mode, "st_size": 1, status: value})
    monkeypatch.setattr(os, "lstat", lambda _path: there)
    touched: list[str] = []
    watch(touched, monkeypatch.setattr)
    assert look_into([path])[path].problem == "it is only in the cloud, not on this computer"
    assert touched == [path]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(13, "Permission denied"), "you are not allowed to open it, or another program has locked it"),
        (OSError(5, "Input/output error"), "the system refuses (Input/output error)"),
        (OSError("odd"), "the system refuses (odd)"),
    ],
)
@pytest.mark.parametrize("where", ["lstat", "open"])
def test_a_file_that_cannot_be_opened_says_why(
    where: str, error: OSError, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [bad, good] = put(tmp_path, bad=b"x", good=b"yy")
    real: Callable[..., Any] = getattr(os, where)

    def failing(path: str, *more: int) -> Any:
        if path == bad:
            raise error
        return real(path, *more)

    monkeypatch.setattr(os, where, failing)
    assert look_into([bad, good]) == {bad: Content(problem=says), good: Content(b"yy")}


def test_a_file_that_fails_while_it_is_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [path] = put(tmp_path, a=b"x")

    def failing(_number: int) -> None:
        raise OSError(116, "Stale file handle")

    with monkeypatch.context() as context:
        context.setattr(os, "fstat", failing)
        assert look_into([path])[path].problem == "the system refuses (Stale file handle)"


def test_with_what_is_known_every_file_gets_its_digest_and_is_read_whole_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    one.write_bytes(b"%PDF-1.7 one")
    two.write_bytes(b"%PDF-1.7 another")
    paths = [str(one), str(two), str(tmp_path / "gone.pdf")]
    known: dict[str, tuple[int, int, str]] = {}
    found = look_into(paths, known)
    digests = {path: found[path].digest for path in paths}
    assert digests[str(one)] == hashlib.sha256(b"%PDF-1.7 one").hexdigest()
    assert digests[paths[2]] == ""
    assert known == {
        str(file): (file.stat().st_size, file.stat().st_mtime_ns, digests[str(file)]) for file in (one, two)
    }
    known[str(one)] = (*known[str(one)][:2], "as remembered")
    assert look_into(paths, known)[str(one)].digest == "as remembered"
    known[str(one)] = (1, known[str(one)][1], "of another size")
    assert look_into(paths, known)[str(one)].digest == digests[str(one)]
    assert known[str(one)][2] == digests[str(one)]


@pytest.mark.parametrize("number", [1, 31, 32, 65, 2_500])
def test_however_many_files_there_are_each_has_its_own_content(tmp_path: Path, number: int) -> None:
    files = [str(tmp_path / f"{each}.pdf") for each in range(number)]
    for each, file in enumerate(files):
        if each % 7:
            Path(file).write_bytes(b"%d" % each)
    found = look_into(files)
    assert list(found) == files
    assert [found[file].head for file in files] == [b"%d" % each if each % 7 else b"" for each in range(number)]
    assert [bool(found[file].problem) for file in files] == [not each % 7 for each in range(number)]


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.parametrize(("slow", "elsewhere"), [(float("inf"), False), (-1.0, True)])
def test_where_looks_are_slow_all_but_the_first_files_are_left_to_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, slow: float, *, elsewhere: bool
) -> None:
    files = [str(tmp_path / f"{each}.pdf") for each in range(number)]
    for file in files:
        Path(file).write_bytes(file.encode())
    threads = dict[str, int]()

    def looked(path: str) -> os.stat_result | str:
        threads[path] = threading.get_ident()
        return Path(path).stat()

    monkeypatch.setattr(contents, "status_of", looked)
    monkeypatch.setattr(contents, "_SLOW", slow)
    assert [found.head for found in look_into(files).values()] == [file.encode() for file in files]
    assert threads[files[0]] == threading.get_ident()
    assert (threads[files[-1]] != threading.get_ident()) is elsewhere
