"""Reads a settings file of a few lines."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from milestone_report.model import ReadingSettings, Settings
from milestone_report.settings import NAME, SettingsError, read_settings

if TYPE_CHECKING:
    from pathlib import Path

BASE = Settings(as_of=dt.date(2026, 3, 31), reading=ReadingSettings(password="secret", seconds=5))  # noqa: S106


def read(folder: Path, text: str) -> Settings:
    file = folder / NAME
    file.write_text(text, encoding="utf-8")
    return read_settings(file, BASE)


def fault(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    message = str(caught.value)
    assert message.isprintable()
    assert message.startswith(f"“{folder / NAME}”")
    return message.removeprefix(f"“{folder / NAME}”")
