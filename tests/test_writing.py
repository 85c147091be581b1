from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from milestone_report.writing import LOCK_NAME, FolderBusyError, NotWrittenError, locked, write_all

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_written_with_normal_permissions_and_nothing_else_is_left(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        written = write_all(tmp_path, [("a.txt", b"a"), ("b.txt", b"b")])
    finally:
        os.umask(mask)
    assert [file.read_bytes() for file in written] == [b"a", b"b"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    if os.name == "posix":
        assert stat.S_IMODE(written[0].stat().st_mode) == 0o644


def test_when_one_file_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"old")])
    with pytest.raises(NotWrittenError, match="No such file or directory"):
        write_all(tmp_path, [("a.txt", b"new"), ("missing/b.txt", b"b")])
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_the_folder_is_made_and_held_by_one_run(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with locked(folder):
        assert (folder / LOCK_NAME).exists()
        with pytest.raises(FolderBusyError), locked(folder):
            pass
    with locked(folder):
        pass


def test_when_one_file_cannot_be_replaced_those_before_it_are_put_back(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"old")])
    (tmp_path / "c.txt").mkdir()  # a folder stands for a file that Windows holds open: neither can be replaced
    with pytest.raises(NotWrittenError):
        write_all(tmp_path, [("a.txt", b"new"), ("b.txt", b"new"), ("c.txt", b"new")])
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "c.txt"]
