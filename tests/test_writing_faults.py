"""Whatever fails or ends a run while it writes: the folder has the whole old set or the whole new one."""

from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from milestone_report.writing import LOCK_NAME, NotWrittenError, create_missing, locked, write_all
from milestone_report.writing.disk import Disk
from tests.disks import FailingDisk, FullDisk, PowerCutError, WindowsDisk

AS_OF = dt.date(2026, 3, 31)
OLD = {"page.html": b"old page", "book.xlsx": b"old book"}
NEW = {"page.html": b"new page", "book.xlsx": b"new book!", "by-owner/Maya/book.xlsx": b"m", "more.json": b"{}"}
BOTH = {**OLD, **NEW}
STARTER = {"README.txt": b"read me", "signoffs/a.eml": b"letter", "milestones.xlsx": b"a workbook"}


def content(folder: Path) -> dict[str, bytes]:
    """All files there, hidden ones too; a link or an empty folder would be one too many as well."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.name != LOCK_NAME}
    return {name: path.read_bytes() if path.is_file() else b"a folder" for name, path in files.items()}


def with_folders(files: dict[str, bytes]) -> dict[str, bytes]:
    folders = {parent.as_posix() for name in files for parent in list(Path(name).parents)[:-1]}
    return {**files, **dict.fromkeys(folders, b"a folder")}


def begin(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with locked(folder):
        write_all(folder, list(OLD.items()), AS_OF)
    assert content(folder) == OLD


def replace(folder: Path, disk: Disk) -> list[Path]:
    with locked(folder, disk):
        return write_all(folder, list(NEW.items()), AS_OF, disk)


def outcome(folder: Path, disk: Disk) -> NotWrittenError | None:
    try:
        replace(folder, disk)
    except NotWrittenError as error:
        return error
    return None


def steps(folder: Path) -> int:
    """How many changes on disk a whole run makes."""
    begin(folder)
    disk = FailingDisk()
    replace(folder, disk)
    assert content(folder) == with_folders(BOTH)
    return disk.count


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_an_error_at_any_step_leaves_the_whole_old_set_or_the_whole_new_one(tmp_path: Path, error: int) -> None:
    whole = steps(tmp_path / "whole")
    assert whole > 25
    failed = 0
    for at in range(whole):
        folder = tmp_path / str(at)
        begin(folder)
        told = outcome(folder, FailingDisk(at, error=error))
        if told:
            assert told.intact
            failed += 1
            assert content(folder) == OLD, at
        else:
            # What was kept of the old files could not be cleared away: that fails no run, and the next one does it.
            with locked(folder):
                pass
            assert content(folder) == with_folders(BOTH), at
    assert failed > 20


def test_a_run_that_is_killed_at_any_step_is_put_right_by_the_next(tmp_path: Path) -> None:
    outcomes = []
    for at in range(steps(tmp_path / "whole")):
        folder = tmp_path / str(at)
        begin(folder)
        with pytest.raises(PowerCutError):
            replace(folder, FailingDisk(at, killed=True))
        with locked(folder):
            pass
        found = content(folder)
        assert found in (OLD, with_folders(BOTH)), at
        outcomes.append(found == OLD)
    # Old ones up to one step, new ones from there.
    assert outcomes == sorted(outcomes, reverse=True)
    assert {*outcomes} == {True, False}


def test_the_run_that_puts_right_may_be_killed_too(tmp_path: Path) -> None:
    for first in range(5, steps(tmp_path / "whole"), 6):
        second = 0
        while True:
            folder = tmp_path / f"{first}-{second}"
            begin(folder)
            with pytest.raises(PowerCutError):
                replace(folder, FailingDisk(first, killed=True))
            try:
                with locked(folder, FailingDisk(second, killed=True)):
                    ended = True
            except PowerCutError:
                ended = False
            with locked(folder):
                pass
            assert content(folder) in (OLD, with_folders(BOTH)), (first, second)
            if ended:
                break
            second += 1


def test_a_disk_that_is_full_at_any_byte_leaves_the_old_files(tmp_path: Path) -> None:
    for room in range(10_000):
        folder = tmp_path / str(room)
        begin(folder)
        disk = FullDisk(room)
        try:
            with locked(folder, disk):
                write_all(folder, [("page.html", b"new page"), ("book.xlsx", b"new")], AS_OF, disk)
        except NotWrittenError as error:
            told = str(error)
        else:
            assert room > len(b"new page" + b"new")
            return
        assert told == "No space left on device"
        assert content(folder) == OLD, room
    pytest.fail("there is never room enough")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_held_open_for_a_moment_is_waited_for(tmp_path: Path, links: bool) -> None:  # noqa: FBT001
    begin(tmp_path)
    disk = WindowsDisk("book.xlsx", tries=3, links=links)
    assert replace(tmp_path, disk) == [tmp_path / name for name in NEW]
    assert content(tmp_path) == with_folders(BOTH)
    assert 0 < disk.waited < 5


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_beside_a_file_that_stays_open_the_new_one_gets_a_dated_name(
    tmp_path: Path,
    links: bool,  # noqa: FBT001
    kept: bool,  # noqa: FBT001
) -> None:
    begin(tmp_path)
    # Both files of this name are held open: the one in the folder of a part is new, and so nobody has it open yet.
    for name in ("book 2026-03-31.xlsx", "book 2026-03-31 (2).xlsx"):
        disk = WindowsDisk("book.xlsx", links=links, kept=kept)
        with locked(tmp_path, disk):
            written = write_all(tmp_path, [("page.html", b"new page"), ("book.xlsx", b"new book!")], AS_OF, disk)
        assert written == [tmp_path / "page.html", tmp_path / name]
        assert (tmp_path / name).read_bytes() == b"new book!"
        assert disk.waited > 3 or not kept
    assert content(tmp_path) == {
        "page.html": b"new page",
        "book.xlsx": b"old book",
        "book 2026-03-31.xlsx": b"new book!",
        "book 2026-03-31 (2).xlsx": b"new book!",
    }


def test_where_the_dated_name_fails_too_nothing_is_changed(tmp_path: Path) -> None:
    begin(tmp_path)
    disk = WindowsDisk("book.xlsx", "book 2026-03-31.xlsx")
    with pytest.raises(NotWrittenError) as told, locked(tmp_path, disk):
        write_all(tmp_path, [("page.html", b"new page"), ("book.xlsx", b"new book!")], AS_OF, disk)
    assert told.value.intact
    assert content(tmp_path) == OLD


def test_what_cannot_be_put_back_now_is_said_and_put_back_by_the_next_run(tmp_path: Path) -> None:
    begin(tmp_path)

    class PageOpenedMeanwhile(WindowsDisk):
        def rename(self, source: Path, target: Path) -> None:
            if target.name == "book.xlsx":
                self._held = ("page.html",)
                raise OSError(errno.EIO, "Input/output error", str(target))
            super().rename(source, target)

    disk = PageOpenedMeanwhile()
    with pytest.raises(NotWrittenError, match=r"the next run will put “.*page\.html” back") as told, locked(tmp_path):
        write_all(tmp_path, [("page.html", b"new page"), ("book.xlsx", b"new book!")], AS_OF, disk)
    assert not told.value.intact
    with pytest.raises(NotWrittenError, match=r"“.*page\.html” cannot be put back") as told, locked(tmp_path, disk):
        pass
    assert not told.value.intact
    with locked(tmp_path):
        pass
    assert content(tmp_path) == OLD


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="no folder is read-only for its administrator")
def test_a_folder_that_is_read_only_keeps_its_files(tmp_path: Path) -> None:
    begin(tmp_path)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(NotWrittenError):
            replace(tmp_path, FailingDisk())
    finally:
        tmp_path.chmod(0o755)
    assert content(tmp_path) == OLD


def started(folder: Path, disk: Disk) -> tuple[list[Path], list[Path]]:
    return create_missing(folder, STARTER, ["signoffs"], disk)


class LinklessDisk(FailingDisk):
    """A file system without second names."""

    def link(self, path: Path, name: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", str(path), None, str(name))


@pytest.mark.parametrize("kind", [FailingDisk, LinklessDisk])
def test_files_to_begin_with_are_all_made_or_none_whatever_step_fails(tmp_path: Path, kind: type[FailingDisk]) -> None:
    whole = kind()
    assert started(tmp_path / "whole", whole)[1] == []
    assert content(tmp_path / "whole") == with_folders(STARTER)
    failed = 0
    for at in range(whole.count):
        folder = tmp_path / str(at)
        try:
            started(folder, kind(at))
        except NotWrittenError:
            failed += 1
            assert not folder.exists(), at
        else:
            # What waited for its place could not be cleared away: the next run does it.
            assert started(folder, kind()) == ([], [folder / name for name in STARTER])
            assert content(folder) == with_folders(STARTER), at
    assert failed == 3 * len(STARTER)


def test_a_start_that_is_killed_at_any_step_leaves_no_half_file_and_the_next_one_makes_the_rest(tmp_path: Path) -> None:
    whole = FailingDisk()
    started(tmp_path / "whole", whole)
    for at in range(whole.count):
        folder = tmp_path / str(at)
        with pytest.raises(PowerCutError):
            started(folder, FailingDisk(at, killed=True))
        found = {name: data for name, data in content(folder).items() if not Path(name).name.startswith(".")}
        assert found.items() <= with_folders(STARTER).items(), at
        started(folder, FailingDisk())
        assert content(folder) == with_folders(STARTER), at


@pytest.mark.parametrize("kind", [FailingDisk, LinklessDisk])
def test_a_file_that_comes_into_being_meanwhile_is_the_users(tmp_path: Path, kind: type[FailingDisk]) -> None:
    class Meanwhile(kind):  # type: ignore[valid-type,misc]
        def place(self, path: Path, target: Path) -> None:
            if target.name == "milestones.xlsx":
                target.write_bytes(b"mine")
            super().place(path, target)

    made, left = started(tmp_path, Meanwhile())
    assert left == [tmp_path / "milestones.xlsx"]
    assert made == [tmp_path / "README.txt", tmp_path / "signoffs/a.eml", tmp_path / "signoffs"]
    assert content(tmp_path) == with_folders({**STARTER, "milestones.xlsx": b"mine"})


def test_a_link_that_leads_nowhere_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "milestones.xlsx").symlink_to(tmp_path / "drive" / "that is away.xlsx")
    assert started(tmp_path, Disk())[1] == [tmp_path / "milestones.xlsx"]
    assert (tmp_path / "milestones.xlsx").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.txt", "milestones.xlsx", "signoffs"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_without_second_names_a_file_that_does_not_fit_is_taken_away_again(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"x" * 5000)
    words = "from pathlib import Path; from tests.test_writing_faults import LinklessDisk; "
    words += "LinklessDisk().place(Path('new'), Path('target'))"
    limit = "import resource, sys; sys.path.insert(0, sys.argv[1]); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); "
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-B", "-c", limit + words, root], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert "File too large" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["new"]
