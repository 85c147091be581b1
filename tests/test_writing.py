from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from milestone_report.writing import (
    HOLDER_NAME,
    LOCK_NAME,
    FolderBusyError,
    NotWrittenError,
    create_missing,
    journal,
    locked,
    of_earlier_runs,
    write_all,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

AS_OF = dt.date(2026, 3, 31)


def write(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    return write_all(folder, files, AS_OF)


def test_files_are_written_with_normal_permissions_and_nothing_else_is_left(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        written = write(tmp_path, [("a.txt", b"a"), ("b.txt", b"b")])
    finally:
        os.umask(mask)
    assert [file.read_bytes() for file in written] == [b"a", b"b"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    if os.name == "posix":
        assert stat.S_IMODE(written[0].stat().st_mode) == 0o644


def test_when_one_file_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", b"old")])
    (tmp_path / "file").write_bytes(b"where a folder should be")
    with pytest.raises(NotWrittenError, match=r"Not a directory|exists|cannot find"):
        write(tmp_path, [("a.txt", b"new"), ("new/c.txt", b"c"), ("file/b.txt", b"b")])
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "file"]


def test_of_files_and_folders_that_are_missing_all_are_made_or_none(tmp_path: Path) -> None:
    files = {"a.txt": b"a", "signoffs/b.eml": b"b", "file/c.txt": b"c"}
    (tmp_path / "file").write_bytes(b"where a folder should be")
    with pytest.raises(NotWrittenError, match=r"Not a directory|exists|cannot find"):
        create_missing(tmp_path, files, ["signoffs", "new/deeper"])
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    del files["file/c.txt"]
    made, left = create_missing(tmp_path, files | {"file": b"new"}, ["signoffs"])
    assert made == [tmp_path / "a.txt", tmp_path / "signoffs/b.eml", tmp_path / "signoffs"]
    assert left == [tmp_path / "file"]
    assert create_missing(tmp_path, files, ["signoffs"]) == ([], [tmp_path / "a.txt", tmp_path / "signoffs/b.eml"])


def test_a_name_that_the_system_does_not_take_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError, match=r"too long|syntax|incorrect|cannot find"):
        create_missing(tmp_path, {"a.txt": b"a", "b" * 300: b"b"})
    assert [*tmp_path.iterdir()] == []


def test_the_folder_is_made_and_held_by_one_run(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with locked(folder):
        assert (folder / LOCK_NAME).exists()
        with pytest.raises(FolderBusyError) as told, locked(folder):
            pass
    holder = told.value.holder
    assert holder is not None
    assert (holder.process, holder.host) == (os.getpid(), platform.node())
    assert re.fullmatch(r"\d\d:\d\d:\d\d", holder.since)
    assert [file.name for file in folder.iterdir()] == [LOCK_NAME]
    with locked(folder):
        pass


@pytest.mark.parametrize("name", [LOCK_NAME, HOLDER_NAME])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_in_the_place_of_the_lock_or_its_note_leads_nowhere(tmp_path: Path, name: str, *, there: bool) -> None:
    mine, out = tmp_path / "mine.xlsx", tmp_path / "out"
    out.mkdir()
    if there:
        mine.write_bytes(b"mine")
    (out / name).symlink_to(mine)
    with locked(out):
        with pytest.raises(FolderBusyError) as told, locked(out):
            pass
        assert told.value.holder is not None
        assert not (out / name).is_symlink()
    assert not there or mine.read_bytes() == b"mine"
    assert mine.exists() == there


@pytest.mark.parametrize("content", [b"", b"[]", b'{"process": "x"}', b'{"process": 1}', b"\xff"])
def test_a_note_of_the_holder_that_cannot_be_read_keeps_nobody_from_being_told(tmp_path: Path, content: bytes) -> None:
    with locked(tmp_path):
        (tmp_path / HOLDER_NAME).write_bytes(content)
        with pytest.raises(FolderBusyError) as told, locked(tmp_path):
            pass
        assert told.value.holder is None


def test_a_note_that_is_none_of_ours_undoes_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "a.txt").write_bytes(b"mine")
    for targets in ([["../a.txt", False]], [[str(tmp_path / "a.txt"), False]], "x", None):
        note = {"done": False, "targets": targets, "made": []}
        (tmp_path / "out" / journal.NAME).write_text(json.dumps(note))
        with locked(tmp_path / "out"):
            pass
        assert (tmp_path / "a.txt").read_bytes() == b"mine"
        assert [file.name for file in (tmp_path / "out").iterdir()] == [LOCK_NAME]


def test_when_one_file_cannot_be_replaced_those_before_it_are_put_back(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", b"old")])
    (tmp_path / "c.txt").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(NotWrittenError):
        write(tmp_path, [("a.txt", b"new"), ("b.txt", b"new"), ("c.txt", b"new")])
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "c.txt"]


def test_folders_before_a_name_are_made(tmp_path: Path) -> None:
    files = write(tmp_path, [("a.txt", b"a"), ("by-owner/Maya/a.txt", b"m"), ("by-owner/Tom/a.txt", b"t")])
    assert files[1:] == [tmp_path / "by-owner" / name / "a.txt" for name in ("Maya", "Tom")]
    assert [file.read_bytes() for file in files] == [b"a", b"m", b"t"]


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_folder_that_is_a_link_to_elsewhere_is_not_written_to(tmp_path: Path) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    out.mkdir()
    (out / "by-owner").symlink_to(elsewhere)
    with pytest.raises(NotWrittenError, match="is a link to another place"):
        write(out, [("a.txt", b"a"), ("by-owner/Maya/a.txt", b"m")])
    assert not list(elsewhere.iterdir())
    assert [file.name for file in out.iterdir()] == ["by-owner"]


def test_folders_of_earlier_runs_are_those_that_nothing_was_written_to(tmp_path: Path) -> None:
    write(tmp_path, [("by-owner/Maya/a.txt", b""), ("by-owner/Tom/a.txt", b""), ("by-client/Acme/a.txt", b"")])
    (tmp_path / "by-owner" / "a note").write_bytes(b"of somebody")
    now = write(tmp_path, [("a.txt", b""), ("by-owner/Maya/a.txt", b"")])
    found = of_earlier_runs(tmp_path, ["by-owner", "by-client", "by-project"], now)
    assert found == [tmp_path / "by-owner" / "Tom", tmp_path / "by-client" / "Acme"]
