"""Where workbooks lie, as the history file has it, and whether they are still there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milestone_report.history.places import file_there, looked_up, put_down


@pytest.mark.parametrize(
    ("file", "way"),
    [
        ("/s/books/a.xlsx", b"../books/a.xlsx"),
        ("/s/out/a.xlsx", b"a.xlsx"),
        ("/elsewhere/Büro.xlsx", "../../elsewhere/Büro.xlsx".encode()),
        (os.fsdecode(b"/s/\xff.xlsx"), b"../\xff.xlsx"),
    ],
)
def test_a_file_is_found_by_the_way_from_the_history_s_folder(file: str, way: bytes) -> None:
    folder = Path("/s/out")
    assert put_down(Path(file), folder) == way
    assert looked_up({"a": way, "b": b""}, folder, []) == {"a": Path(file)}


def test_a_file_is_the_same_under_another_name_and_another_one_when_it_is_a_copy(tmp_path: Path) -> None:
    one, copy, link = (tmp_path / name for name in ("one.xlsx", "copy.xlsx", "link.xlsx"))
    one.write_bytes(b"x")
    copy.write_bytes(b"x")
    link.symlink_to(one)
    assert file_there(one) == file_there(link) is not None
    assert file_there(copy) != file_there(one)


def test_what_is_gone_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    (tmp_path / "dangling.xlsx").symlink_to(tmp_path / "gone.xlsx")
    for name in ("gone.xlsx", "dangling.xlsx", "gone/b.xlsx", "a.xlsx/b.xlsx", "a\0.xlsx"):
        assert file_there(tmp_path / name) is None


def test_what_is_in_the_cloud_only_or_cannot_be_asked_for_is_there(tmp_path: Path) -> None:
    (tmp_path / ".a.xlsx.icloud").touch()
    assert file_there(tmp_path / "a.xlsx") is not None
    (tmp_path / "loop.xlsx").symlink_to(tmp_path / "loop.xlsx")  # the system refuses to say
    assert file_there(tmp_path / "loop.xlsx") is not None
