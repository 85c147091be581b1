"""Recalculates workbooks by LibreOffice: an independent reader of what Excel would make of the formulas."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl import Workbook

wanted = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def recalculated(folder: Path, books: Mapping[str, bytes]) -> dict[str, Workbook]:
    """Name → the workbook with results that LibreOffice calculated: what was stored is forgotten before."""
    _always_recalculate(folder)
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(_forget_results(data))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx"]
    files = [str(folder / f"{name}.xlsx") for name in books]
    subprocess.run([*command, "--outdir", str(folder / "again"), *files], check=True, capture_output=True, timeout=120)
    return {name: openpyxl.load_workbook(folder / "again" / f"{name}.xlsx", data_only=True) for name in books}


def _forget_results(data: bytes) -> bytes:
    """The workbook with wrong results, so that nothing can pass without being calculated."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>-1</v>", part) if "worksheets/" in name else part)
    return target.getvalue()


def _always_recalculate(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
    )
