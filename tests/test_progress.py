"""The bar: on a terminal only, after a while only, with the file that is waited for; and then it is gone."""

from __future__ import annotations

import io
import re
import time

from rich.console import Console

from milestone_report.commands.progress import reading_bar


def shown(
    *,
    terminal: bool,
    after: float,
    locale: str = "en_GB",
    name: str = "Book 0042.xlsx",
    width: int = 80,
    quiet: bool = False,
) -> str:
    """What is written while 1,041 of 2,000 workbooks have been read, in order of time, without colours."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=width, color_system=None)
    with reading_bar(locale, quiet=quiet, console=console, after=after) as tell:
        tell(0, 2000, "Book 0001.xlsx")
        for done in range(1000, 1042):
            tell(done, 2000, name)
            time.sleep(0.01)
        time.sleep(0.3)
    return re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", out.getvalue())


def test_on_a_terminal_it_says_how_far_it_is_and_what_is_read() -> None:
    said = shown(terminal=True, after=0)
    assert "Reading: 1,041 of 2,000" in said
    assert "Book 0042.xlsx" in said
    assert re.search(r"\d:\d\d", said)


def test_it_speaks_german() -> None:
    assert "1.041 von 2.000" in shown(terminal=True, after=0, locale="de_DE")


def test_a_name_is_no_markup_and_does_not_break_the_line() -> None:
    said = shown(terminal=True, after=0, name="[red]" + "long " * 50 + ".xlsx", width=90)
    assert "[red]long" in said
    assert max(map(len, re.split(r"[\r\n]", said))) <= 90


def test_a_name_does_not_act_on_the_terminal() -> None:
    said = shown(terminal=True, after=0, name="a\x07b\x1b]0;c\x07.xlsx")
    assert "a b ]0;c .xlsx" in said
    assert "\x07" not in said


def test_a_run_that_is_soon_over_shows_nothing() -> None:
    assert shown(terminal=True, after=30).strip() == ""


def test_in_a_pipe_there_is_none() -> None:
    assert shown(terminal=False, after=0) == ""


def test_a_quiet_run_shows_none() -> None:
    assert shown(terminal=True, after=0, quiet=True) == ""
