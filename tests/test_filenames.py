"""Any text becomes a name that Windows, macOS and Linux take, and that leads nowhere else."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_report.filenames import LONGEST, distinct, safe_name

NASTY = (
    *("", " ", ".", "..", "...", " . ", "CON", "con", "nul.txt", "LPT¹", "COM1 .x", "conin$"),
    *("a/b", "..\\..\\x", "C:\\x", "~", "-rf", "a\x00b", "\u202egpj.exe", "\ud800", '*?<>|"'),
    *("x" * 300, "ends. . ", " begins", ".hidden", "💶" * 90, "é" * 90, "e\u0301" * 90, "a" * 59 + " . b"),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maya Lind", "Maya Lind"),
        ("Müller & Söhne", "Müller & Söhne"),
        ("株式会社雲", "株式会社雲"),
        ("Acme / North: 2026?", "Acme - North- 2026-"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Conrad", "Conrad"),
        ("..", "(none)"),
        ("", "(none)"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("Lind, Maya. ", "Lind, Maya"),
        ("e\u0301te\u0301", "été"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("x" * 300, "x" * LONGEST),
        ("x" * 59 + ". more", "x" * 59),
    ],
)
def test_a_name_tells_the_text_as_far_as_a_file_system_lets_it(text: str, name: str) -> None:
    assert safe_name(text, "(none)") == name


@given(st.text(max_size=400))
def test_any_text_is_one_part_of_a_path_everywhere(text: str) -> None:
    is_one_part(text)


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_so_is_what_is_known_to_do_harm(text: str) -> None:
    is_one_part(text)


def is_one_part(text: str) -> None:
    name = safe_name(text, "(none)")
    for path in (PureWindowsPath("C:/out") / name, PurePosixPath("/out") / name):
        assert path.name == name
        assert len(path.parts) == 3 if isinstance(path, PurePosixPath) else path.parts[1:] == ("out", name)
    assert not PureWindowsPath(name).is_reserved()
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert 0 < len(name) <= LONGEST + 1
    assert len(f"{name} (1234)".encode()) <= 255


@given(
    st.lists(st.sampled_from(["a", "A", "a (2)", "A (2)", "é", "e\u0301", "ß", "SS", "b", "\ufb01", "fi"]), max_size=40)
)
def test_names_that_a_file_system_may_take_for_one_get_numbers(names: list[str]) -> None:
    told_apart = list(distinct(names))
    folded = {unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()) for name in told_apart}
    assert len(folded) == len(names)
    assert list(distinct(names)) == told_apart
    assert all(own.startswith(name) for own, name in zip(told_apart, names, strict=True))


def test_the_first_keeps_its_name_and_the_others_count_on() -> None:
    assert list(distinct(["Maya", "MAYA", "maya", "Maya (2)", "Tom"])) == [
        "Maya",
        "MAYA (2)",
        "maya (3)",
        "Maya (2) (2)",
        "Tom",
    ]
