"""Hands a schedule to the machine: what crontab, systemctl and schtasks are told."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_report.schedules import Schedule


class NotInstalledError(Exception):
    """The machine's scheduler did not take the entry; why, for people."""


def install_crontab(schedule: Schedule) -> None:
    """Add the entry to the user's crontab, in place of one of its name. Raises NotInstalledError, ScheduleError."""
    from milestone_report.schedules.cron import merged  # noqa: PLC0415

    listed = _ran(["crontab", "-l"])
    # Without a crontab the answer is a complaint and 1; one that failed otherwise must not be taken for none.
    if listed.returncode and "no crontab" not in listed.stderr.lower():
        raise NotInstalledError(_complaint("crontab", listed))
    table = listed.stdout if listed.returncode == 0 else ""
    _do(["crontab", "-"], merged(table, schedule))


def install_units(units: Mapping[str, str]) -> list[Path]:
    """Write a user's units, and start their timers. Returns the files. Raises NotInstalledError."""
    folder = units_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / name for name in units]
        for file, text in zip(files, units.values(), strict=True):
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NotInstalledError(f"“{folder}” cannot be written to ({error.strerror or error}).") from error
    _do(["systemctl", "--user", "daemon-reload"])
    for file in files:
        if file.suffix == ".timer":
            _do(["systemctl", "--user", "enable", "--now", file.name])
    return files


def units_folder() -> Path:
    """Where a user's units are."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def install_task(name: str, xml: bytes) -> None:
    """Register the task, in place of one of its name. Raises NotInstalledError."""
    with tempfile.TemporaryDirectory(prefix="milestone-report-") as folder:
        file = Path(folder) / "task.xml"
        file.write_bytes(xml)
        _do(["schtasks", "/create", "/tn", name, "/xml", str(file), "/f"])


def share_of(drive: str) -> str | None:
    """The share behind a mapped drive, "" for one that cannot be told; None for a drive of this machine."""
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415 - on Windows alone

    if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") != 4:  # DRIVE_REMOTE
        return None
    name = ctypes.create_unicode_buffer(1024)
    length = ctypes.c_ulong(1024)
    failed = ctypes.windll.mpr.WNetGetConnectionW(drive, name, ctypes.byref(length))
    return "" if failed else name.value


def _do(command: Sequence[str], told: str = "") -> None:
    done = _ran(command, told)
    if done.returncode:
        raise NotInstalledError(_complaint(command[0], done))


def _ran(command: Sequence[str], told: str = "") -> subprocess.CompletedProcess[str]:
    # The locale's encoding, not UTF-8: schtasks answers in the console's.
    encoding = None if sys.platform == "win32" else "utf-8"
    try:
        return subprocess.run(  # noqa: S603 - a fixed program; no shell takes part
            command, input=told, capture_output=True, encoding=encoding, errors="surrogateescape", check=False
        )
    except OSError as error:
        raise NotInstalledError(f"“{command[0]}” could not be started ({error.strerror or error}).") from error


def _complaint(program: str, done: subprocess.CompletedProcess[str]) -> str:
    said = (done.stderr or done.stdout).strip().splitlines()
    return f"“{program}” answered {done.returncode}: {said[-1].strip() if said else 'nothing more'}"
