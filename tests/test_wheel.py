"""The wheel, built and installed into an empty environment, does what the checkout does."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    [built] = folder.glob("*.whl")
    return built


def pip(python: str | Path, *words: str | Path) -> None:
    command = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_wheel_carries_every_template_and_data_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    templates = {f"milestone_report/templates/{file.name}" for file in (ROOT / "templates").iterdir()}
    assert templates
    assert templates == {name for name in inside if name.startswith("milestone_report/templates/")}
    for data in ("rendering/summary.schema.json", "reading/words.toml", "locale/de.po"):
        assert f"milestone_report/{data}" in inside
    assert not [name for name in inside if name.startswith(("tests/", "sample_workbooks/"))]


def test_installed_into_an_empty_environment_it_reports(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    folder = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    pip(folder / "python", "install", "--constraint", ROOT / "constraints.txt", wheel)
    command: list[str | Path] = [
        folder / "milestone-report",
        "report",
        SAMPLES / "agency.xlsx",
        "--as-of",
        "2026-03-31",
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "milestone-report"
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["control"]["rows_counted"] == 19
    assert (out / "summary.html").stat().st_size > 10_000
    shown = subprocess.run([*command[:2], "--show-templates"], check=True, capture_output=True, text=True)
    assert [Path(line).is_file() for line in shown.stdout.splitlines()] == [True] * 6, "as copied by an installed user"
