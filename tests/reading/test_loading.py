"""A file is read once, whole, and only if it is one; whatever is in the way is said in plain words."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from python_calamine import CalamineWorkbook, PasswordError

from milestone_report.model import ReadingSettings
from milestone_report.reading import loading, passwords, workbook
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.kind import LARGEST_FILE
from milestone_report.reading.refusal import RefusedError
from milestone_report.reading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made; none of them is waited for."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    return made


def refusal(file: Path) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        loading.load(file)
    return refused.value


def status(**changes: int) -> Any:
    """A file's status with some of it changed."""
    real = os.stat(__file__)  # noqa: PTH116
    names = ("st_mode", "st_size", "st_mtime_ns", "st_mtime")
    return type("Status", (), {**{name: getattr(real, name) for name in names}, **changes})


def failing(monkeypatch: pytest.MonkeyPatch, *errors: Exception | None) -> None:
    """Let the next looks at any file fail in these ways, then see it as it is."""
    left, real = list(errors), Path.stat

    def stat(file: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        error = left.pop(0) if left else None
        if error is not None:
            raise error
        return real(file, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)


def test_the_bytes_and_the_time_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"some bytes")
    os.utime(tmp_path / "a.xlsx", (0, 86_400))
    data, saved = loading.load(tmp_path / "a.xlsx")
    assert data == b"some bytes"
    assert saved.isoformat() == "1970-01-02T00:00:00+00:00"


@pytest.mark.parametrize(
    "name",
    [
        "e\u0301te\u0301.xlsx",
        "\u00e9t\u00e9.xlsx",
        "🚀 launch 🎉.xlsx",
        "n" * 195 + ".xlsx",
        " two  spaces .xlsx",
        "a%20b#1.xlsx",
    ],
)
def test_a_workbook_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert loading.load(tmp_path / name)[0] == b"x"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names that are no text")
def test_a_name_may_be_no_text(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xfcro.xlsx"))
    try:
        file.write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes text only")
    assert loading.load(file)[0] == b"x"


def test_a_workbook_that_is_saved_meanwhile_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    looks, real = iter(range(100)), Path.stat

    def stat(file: Path) -> os.stat_result:
        if next(looks) == 1:
            file.write_bytes(b"newer")
        return real(file)

    monkeypatch.setattr(Path, "stat", stat)
    assert loading.load(tmp_path / "a.xlsx")[0] == b"newer"


def test_a_workbook_that_never_rests_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    times, real = iter(range(10**9, 10**10)), Path.stat

    def stat(file: Path) -> os.stat_result:
        os.utime(file, ns=(0, next(times)))
        return real(file)

    monkeypatch.setattr(Path, "stat", stat)
    assert "changed while it was read" in refusal(tmp_path / "a.xlsx").why
    assert pauses == list(loading.PAUSES)


def test_a_workbook_that_is_away_or_empty_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.xlsx"
    steps: list[Callable[[], object]] = [lambda: file.write_bytes(b""), lambda: file.write_bytes(b"there")]
    monkeypatch.setattr("time.sleep", lambda _seconds: steps.pop(0)())
    assert loading.load(file)[0] == b"there"


def test_a_locked_workbook_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    locked = PermissionError(13, "used by another process")
    locked.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    failing(monkeypatch, locked, None)
    assert loading.load(tmp_path / "a.xlsx")[0] == b"x"
    failing(monkeypatch, *[locked] * 9)
    assert refusal(tmp_path / "a.xlsx").why == "another program has locked it"
    assert len(pauses) == 1 + len(loading.PAUSES)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "no"), "not allowed"),
        (OSError(5, "Input/output error"), "refuses (Input/output error)"),
        (OSError(36, "File name too long"), "too long"),
        (ValueError("embedded null byte"), "not possible"),
    ],
)
def test_what_the_system_says_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    failing(monkeypatch, error)
    assert why in refusal(tmp_path / "a.xlsx").why


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "circle.xlsx").symlink_to(tmp_path / "circle.xlsx")
    (tmp_path / "broken.xlsx").symlink_to(tmp_path / "gone.xlsx")
    assert "circle" in refusal(tmp_path / "circle.xlsx").why
    assert "a file that is not there" in refusal(tmp_path / "broken.xlsx").why


def test_a_path_that_is_not_there_is_shown_as_a_whole_with_what_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "Billing").mkdir()
    (tmp_path / "Billing" / "Milestones 2026.xlsx").touch()
    (tmp_path / ".Biling").touch()
    for wrong, meant in (
        (tmp_path / "Biling", "Billing"),
        (tmp_path / "Biling" / "a.xlsx", "Billing"),
        (tmp_path / "Billing" / "Milestone 2026.xlsx", "Milestones 2026.xlsx"),
    ):
        refused = refusal(wrong)
        assert refused.why == f"there is no such file or folder: {wrong}"
        assert refused.how == f"Check the path, and that its drive is connected. Did you mean “{meant}”?"
    assert refusal(tmp_path / "Quarterly").how == "Check the path, and that its drive is connected."
    assert refusal(tmp_path / "Biling" / "2026" / "a.xlsx").how == "Check the path, and that its drive is connected."


def test_a_folder_with_the_name_of_a_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    assert refusal(tmp_path / "a.xlsx").why == "it is a folder"


def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_(_file: Path, *_more: object) -> None:
        pytest.fail("it was opened")

    monkeypatch.setattr(Path, "open", open_)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe, which this platform has not")
def test_a_pipe_or_a_device_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    unopened(monkeypatch)
    assert "no file" in refusal(tmp_path / "pipe.xlsx").why
    assert "no file" in refusal(Path(os.devnull)).why


@pytest.mark.parametrize(
    "mark", [{"st_file_attributes": 0x1000}, {"st_file_attributes": 0x400020}, {"st_flags": 0x40000000}]
)
def test_a_workbook_that_is_only_in_the_cloud_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: dict[str, int]
) -> None:
    monkeypatch.setattr(Path, "stat", lambda _file: status(**mark))
    unopened(monkeypatch)
    assert "only in the cloud" in refusal(tmp_path / "a.xlsx").why


def test_the_place_that_icloud_keeps_for_a_workbook_is_known(tmp_path: Path) -> None:
    (tmp_path / ".Book.xlsx.icloud").write_bytes(b"bplist")
    assert "only in the cloud" in refusal(tmp_path / "Book.xlsx").why


def test_a_file_that_is_far_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(LARGEST_FILE + 2**20)
    unopened(monkeypatch)
    refused = refusal(tmp_path / "a.xlsx")
    assert (refused.code, "257 MB large" in refused.why) == ("W011", True)


# Encrypted workbooks


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Milestone", "Amount", "Currency", "Status"), ("Deposit", 10, "EUR", "draft")):
        sheet.append(row)
    plain = io.BytesIO()
    book.save(plain)
    file = tmp_path_factory.mktemp("encrypted") / "secret.xlsx"
    with file.open("wb") as out:
        OOXMLFile(plain).encrypt("päss wörd", out)
    return file


def read(file: Path, password: str = "") -> WorkbookRows:
    return read_workbook(Source(file, file.name, ReadingSettings(password=password)))


def test_the_right_password_opens_a_workbook(encrypted: Path) -> None:
    assert read(encrypted, "päss wörd").columns["amount"] == [1000]


def test_a_wrong_password_is_said_and_not_shown(encrypted: Path) -> None:
    [notice] = read(encrypted, "wrong-horse").notices
    assert notice.code == "W002"
    assert "does not open it" in notice.facts["why"]
    assert "wrong-horse" not in repr(notice)


def test_without_a_password_it_is_said_how_to_give_one(encrypted: Path) -> None:
    [notice] = read(encrypted).notices
    assert notice.code == "W002"
    assert "--password-file" in notice.facts["how"]


def test_without_the_extra_it_is_said_how_to_install_it(encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    [notice] = read(encrypted, "päss wörd").notices
    assert notice.code == "W002"
    assert "pipx inject milestone-report msoffcrypto-tool" in notice.facts["how"]


def test_a_damaged_encrypted_workbook_is_data(encrypted: Path, tmp_path: Path) -> None:
    data = encrypted.read_bytes()
    for cut in (600, 1000, len(data) // 2):
        (tmp_path / "cut.xlsx").write_bytes(data[:cut])
        assert read(tmp_path / "cut.xlsx", "päss wörd").notices[0].code in ("W001", "W002")


def test_an_encrypted_ods_is_named_and_not_guessed_at(tmp_path: Path) -> None:
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = (
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        '<manifest:encryption-data manifest:checksum="eA=="/></manifest:file-entry>'
    )
    with zipfile.ZipFile(tmp_path / "secret.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        manifest = f'<manifest:manifest xmlns:manifest="{namespace}">{entries}</manifest:manifest>'
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", bytes(100))
    for password, why in (("", "no password was given"), ("right", "cannot be opened here")):
        [notice] = read(tmp_path / "secret.ods", password).notices
        assert notice.code == "W002"
        assert why in notice.facts["why"]


def test_a_workbook_that_is_encrypted_inside_is_opened_too(
    encrypted: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As an xls is: only the reader sees that it needs a password."""
    plain = passwords.decrypted(encrypted.read_bytes(), "päss wörd")
    (tmp_path / "inside.xls").write_bytes(b"\xd0\xcf\x11\xe0 no reader can open this")

    class Reader:
        @staticmethod
        def from_filelike(stream: io.BytesIO) -> object:
            if stream.getvalue() != plain:
                raise PasswordError
            return CalamineWorkbook.from_filelike(stream)

    monkeypatch.setattr(workbook, "CalamineWorkbook", Reader)
    monkeypatch.setattr(workbook, "decrypted", lambda _data, password: plain if password else b"")
    assert read(tmp_path / "inside.xls", "right").columns["amount"] == [1000]


def test_a_password_is_in_no_representation() -> None:
    word = "hunter2"
    assert word not in repr(Source(Path("a.xlsx"), "a.xlsx", ReadingSettings(password=word)))
