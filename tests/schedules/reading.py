"""How each scheduler reads a command, written from its own documentation: what `schedule` prints is read back."""

from __future__ import annotations

import re


def of_cron(line: str, *, halves_backslashes: bool) -> str:
    """The shell's command in a line of a crontab (crontab(5)). Some crons take two backslashes for one."""
    command, escaped = line.split(" ", 5)[5], ""
    rest = iter(command)
    for char in rest:
        if char == "%":
            raise AssertionError("what follows would be standard input")
        if char != "\\":
            escaped += char
            continue
        following = next(rest)
        alone = following == "%" or (following == "\\" and halves_backslashes)
        escaped += following if alone else char + following
    return escaped


_ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "t": "\t", "s": " "}


def of_systemd(line: str) -> list[str]:
    """The words of an ExecStart= line (systemd.syntax(7), Quoting; systemd.service(5), Command lines)."""
    words, rest = [], line
    while rest:
        item = re.match(r'"((?:[^"\\]|\\.)*)"(?: |$)', rest)
        assert item, f"not quoted as a whole: {rest}"
        words.append(re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], item[1]))
        rest = rest[item.end() :]
    return [_expanded(word, "%" if number == 0 else "%$") for number, word in enumerate(words)]


def _expanded(word: str, signs: str) -> str:
    for sign in signs:
        assert sign not in word.replace(sign * 2, ""), f"a bare {sign} in {word}"
        word = word.replace(sign * 2, sign)
    return word


def of_windows(line: str) -> list[str]:
    """The arguments of a command line, as CommandLineToArgvW parts all but the program."""
    words: list[str] = []
    word, quoted, begun, at = "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        if at < len(line) and line[at] == '"':
            word += "\\" * (slashes // 2)
            begun = True
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
            at += 1
            continue
        word, begun = word + "\\" * slashes, begun or slashes > 0
        if at < len(line):
            if line[at] in " \t" and not quoted:
                if begun:
                    words.append(word)
                word, begun = "", False
            else:
                word, begun = word + line[at], True
            at += 1
    return [*words, word] if begun else words
