"""The folder is listed once, within bounds, and what could not be listed is said."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, Self

import pytest

from milestone_report.signoffs import folder as folders
from tests.signoffs.examples import evidence, listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def put(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "signoffs" / "a.pdf")
    return tmp_path / "signoffs"


def test_the_listing_goes_down_and_knows_names_in_any_form(folder: Path) -> None:
    put(folder / "2026" / unicodedata.normalize("NFD", "Café.pdf"), b"12345")
    listed = listing(folder)
    assert (listed.problem, listed.unlisted) == ("", "")
    assert {key: size for key, (_path, size) in listed.files.items()} == {"a.pdf": 1, "2026/café.pdf": 5}


def test_a_deep_folder_is_listed_to_a_bound_and_the_rest_is_said(folder: Path) -> None:
    deep = folder.joinpath(*"12345678")
    put(deep / "b.pdf")
    assert evidence(["b.pdf", "c.pdf"], folder.parent) == (["found", "missing"], [])
    put(deep / "9" / "c.pdf")
    assert evidence(["b.pdf", "c.pdf"], folder.parent) == (["found", "unchecked"], ["F305"])
    assert listing(folder).unlisted == "“1/2/3/4/5/6/7/8/9” lies more than 8 folders deep"


@pytest.mark.parametrize("kind", ["files", "folders"])
def test_too_much_is_a_problem_not_an_endless_wait(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    for number in range(3):
        (tmp_path / str(number)).mkdir() if kind == "folders" else put(tmp_path / str(number))
    assert listing(tmp_path).problem == ""
    put(tmp_path / "0" / "x" if kind == "folders" else tmp_path / "3")
    assert "more than 3 files and folders" in listing(tmp_path).problem


@pytest.mark.parametrize("target", ["a.pdf", "outside/b.pdf", "nowhere.pdf", "link", "../signoffs", "outside", "."])
def test_a_link_in_the_folder_is_not_followed_and_said(target: str, folder: Path) -> None:
    put(folder.parent / "outside" / "b.pdf")
    goal = folder.parent / target if target.startswith("outside") else target
    (folder / "link").symlink_to(goal)
    listed = listing(folder)
    assert list(listed.files) == ["a.pdf"]
    assert listed.unlisted == "“link” is a link, and links in the folder are not followed"
    assert evidence(["a.pdf", "link", "b.pdf"], folder.parent) == (["found", "unchecked", "unchecked"], ["F305"])


def test_what_could_not_be_listed_is_no_matter_while_every_name_is_found(folder: Path) -> None:
    (folder / "link").symlink_to("nowhere")
    assert evidence(["a.pdf", "", "https://example.com"], folder.parent) == (["found", "none", "link"], [])


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "signoffs").symlink_to(folder, target_is_directory=True)
    assert evidence(["a.pdf"], tmp_path / "elsewhere") == (["found"], [])


class Scan(list[Any]):
    """What os.scandir gives, made by hand."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


class Entry:
    """A directory entry as Windows gives it for a junction: a folder, no symbolic link, with a tag."""

    name, path = "junction", "nowhere"

    def stat(self, *, follow_symlinks: bool) -> Any:
        assert not follow_symlinks
        return type("Status", (), {"st_reparse_tag": 0xA0000003})

    def is_symlink(self) -> bool:
        return False

    def is_dir(self, *, follow_symlinks: bool) -> bool:
        return not follow_symlinks


def test_a_junction_of_windows_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", lambda _path: Scan([Entry()]))
    assert listing(tmp_path).unlisted.startswith("“junction” is a link")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe, which this platform has not")
def test_what_is_no_file_is_no_signoff(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe.pdf")
    monkeypatch.chdir(folder)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.pdf")
    assert evidence(["pipe.pdf", "socket.pdf"], folder.parent) == (["missing", "missing"], [])


@pytest.mark.skipif(AS_ROOT or sys.platform == "win32", reason="permissions do not bind this user")
def test_a_subfolder_that_may_not_be_opened_is_said(folder: Path) -> None:
    put(folder / "locked" / "b.pdf")
    (folder / "locked").chmod(0)
    try:
        assert evidence(["a.pdf", "b.pdf"], folder.parent) == (["found", "unchecked"], ["F305"])
    finally:
        (folder / "locked").chmod(0o700)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "gone"), OSError(5, "I/O")]
)
def test_a_subfolder_that_fails_or_vanishes_hides_no_other(
    error: OSError, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("1", "2", "3"):
        put(folder / name / f"{name}.pdf")
    scandir = os.scandir

    def failing(path: Path) -> Iterator[os.DirEntry[str]]:
        if path.name == "2":
            raise error
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    listed = listing(folder)
    assert (list(listed.files), listed.unlisted) == (["1/1.pdf", "3/3.pdf", "a.pdf"], "“2” cannot be opened")


def test_a_folder_that_vanishes_after_it_was_listed_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes are asked after the names: files that are gone by then are not called missing."""
    scandir = os.scandir

    def vanishing(path: Path) -> Any:
        found = list(scandir(path))
        for file in folder.iterdir():
            file.unlink()
        return Scan(found)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert listing(folder).unlisted == "“a.pdf” cannot be opened"


def test_a_folder_that_fails_while_it_is_listed_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_path: Path) -> Any:
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(os, "scandir", failing)
    assert listing(folder).problem == "Stale file handle"
    assert evidence(["a.pdf"], folder.parent) == (["unchecked"], ["F305"])


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    put(tmp_path / "signoffs")
    assert listing(tmp_path / "signoffs").problem == "it is not a folder"
    assert listing(tmp_path / "nowhere").problem == "it does not exist"


@pytest.mark.parametrize(
    "name", ["x" * 246 + ".pdf", "🎉 signed 🖋.pdf", "a\u200bb.pdf", "tab\there.pdf", "\x1b[31m.pdf", "-rf"]
)
def test_unusual_names_are_names(name: str, folder: Path) -> None:
    put(folder / name)
    assert evidence([name], folder.parent) == (["found"], [])


def test_a_file_with_a_line_break_in_its_name_is_passed_over(folder: Path) -> None:
    """macOS keeps a folder's icon in such a file; no cell can name it, since line breaks part names."""
    put(folder / "Icon\r")
    put(folder / "x\ny.pdf")
    assert (list(listing(folder).files), listing(folder).unlisted) == (["a.pdf"], "")


def test_a_folder_with_a_line_break_in_its_name_is_said(folder: Path) -> None:
    put(folder / "x\ny" / "b.pdf")
    assert listing(folder).unlisted == "“x y” has a line break in its name"
    assert evidence(["a.pdf", "b.pdf"], folder.parent)[0] == ["found", "unchecked"]


@pytest.mark.skipif(sys.platform != "linux", reason="only here may names be no UTF-8")
def test_names_that_are_no_utf8_harm_nobody(folder: Path) -> None:
    put(folder / os.fsdecode(b"d\xe9posit.pdf"))
    put(folder / os.fsdecode(b"d\xe9") / "b.pdf")
    assert evidence(["a.pdf", "b.pdf", "déposit.pdf"], folder.parent) == (["found", "found", "missing"], [])


def _distinguishes_case(folder: Path) -> bool:
    return not (folder / "A.PDF").exists()


def test_of_names_that_differ_in_case_the_exact_one_counts(folder: Path) -> None:
    if not _distinguishes_case(folder):
        pytest.skip("this disk takes names in any case for the same")
    put(folder / "DUP.pdf", b"")
    put(folder / "dup.pdf")
    put(folder / "Dup.pdf")
    found = listing(folder)
    assert [found.find(name) for name in ("DUP.pdf", "dup.pdf", "Dup.pdf")] == [
        ("DUP.pdf", 0), ("dup.pdf", 1), ("Dup.pdf", 1),
    ]  # fmt: skip
    assert found.find("dUP.pdf") == ("Dup.pdf", 1)
    assert evidence(["DUP.pdf", "dup.pdf"], folder.parent) == (["empty", "found"], [])
