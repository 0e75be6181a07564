"""What no file of the project may hold: places on somebody's machine, hosts to fetch from, promises to do it later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.architecture.source_code import ROOT, expect_nothing, project_files

# Written in pieces, so that this file does not hold what it forbids.
_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.", "un" + "pkg.com", "js" + "delivr.net", "cdn" + "js.")
_LATER = ("TO" + "DO", "FIX" + "ME")

FORBIDDEN: Mapping[str, re.Pattern[str]] = {
    "a host to fetch packages or scripts from": re.compile("|".join(map(re.escape, _HOSTS)), re.IGNORECASE),
    "a promise to do it later; do it now, or describe it where work is planned": re.compile(
        rf"\b(?:{'|'.join(_LATER)})\b"
    ),
    "a place on one machine": re.compile(r"(?<![\w.~}*-])/" + r"(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Use" + r"rs)/"),
    "a number of a task": re.compile(r"\biss" + r"ue #?\d+", re.IGNORECASE),
}

ALLOWED: Mapping[tuple[str, str], str] = {}
"""(path, line without spaces around it) of what is allowed all the same, with the reason."""

_NOT_PROSE = {"LICENSE"}


def findings(name: str, text: str) -> list[str]:
    """What is forbidden in this text, with the line and the reason."""
    return [
        f"{name}:{number} {why}: {line.strip()[:120]}"
        for number, line in enumerate(text.splitlines(), start=1)
        for why, pattern in FORBIDDEN.items()
        if pattern.search(line) and (name, line.strip()) not in ALLOWED
    ]


def texts(paths: Iterable[Path]) -> Iterable[tuple[str, str]]:
    """The files that are text, with their path inside the project."""
    for path in paths:
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_the_tree_holds_nothing_that_does_not_belong_in_it() -> None:
    files = [(name, text) for name, text in texts(project_files()) if Path(name).name not in _NOT_PROSE]
    assert len(files) > 10, "hardly any files found: the check looks in the wrong place"
    expect_nothing(line for name, text in files for line in findings(name, text))


@pytest.mark.parametrize(
    "line",
    [
        "https://files.python" + "hosted.org/packages/x",
        '<script src="https://cdn.js' + 'delivr.net/x.js">',
        "# TO" + "DO: make this work",
        'path = "/ro' + 'ot/klankbord"',
        "see /wo" + "rk/main/README.md",
        "as agreed in Iss" + "ue #12",
    ],
)
def test_the_check_sees_what_does_not_belong(line: str) -> None:
    assert len(findings("sample.py", f"fine\n{line}\n")) == 1


@pytest.mark.parametrize(
    "line", ["https://www.nobco.nl/home/", "mastodon", "{{ root }}/home/page", "the next issue of 2026"]
)
def test_the_check_leaves_ordinary_text_alone(line: str) -> None:
    assert findings("sample.md", line) == []
