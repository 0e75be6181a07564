"""Documentation leads somewhere: links are alive, and every decision says what was decided, why, and what follows."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from tests.architecture.source_code import ROOT, expect_nothing, project_files

DECISION_PARTS = ("Status", "Context", "Decision", "Consequences")

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def _prose(text: str) -> str:
    return _FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """The anchors that the headings of a page get where it is shown: lower case, hyphens, no punctuation."""
    found: set[str] = set()
    for heading in _HEADING.findall(_prose(text)):
        plain = unicodedata.normalize("NFC", re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading)).lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number = 0
        while (slug if not number else f"{slug}-{number}") in found:
            number += 1
        found.add(slug if not number else f"{slug}-{number}")
    return found


def dead_links(page: Path, root: Path) -> list[str]:
    """Relative links of a page that lead to no file inside the project, or to no heading in it."""
    text = page.read_text("utf-8")
    dead = []
    for match in _LINK.finditer(_CODE.sub("", _prose(text))):
        link = match[1] or match[2]
        if re.match(r"[a-z][a-z0-9+.-]*:", link) or link.startswith("//"):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (page.parent / name).resolve() if name else page
        where = f"{page.relative_to(root).as_posix()} → {link}"
        if not target.is_relative_to(root) or not target.exists():
            dead.append(where)
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text("utf-8")):
            dead.append(f"{where} (no such heading)")
    return dead


def missing_parts(text: str) -> list[str]:
    """The parts of a decision that have no heading, or a heading with nothing under it."""
    pieces = re.split(r"^#{2,3}\s+(.+?)\s*$", text, flags=re.MULTILINE)
    filled = {heading for heading, body in zip(pieces[1::2], pieces[2::2], strict=True) if body.strip()}
    return [part for part in DECISION_PARTS if part not in filled]


def test_every_relative_link_is_alive() -> None:
    pages = [path for path in project_files() if path.suffix == ".md"]
    expect_nothing(link for page in pages for link in dead_links(page, ROOT))


def test_every_decision_has_its_four_parts_and_a_number_of_its_own() -> None:
    decisions = sorted(path for path in (ROOT / "docs" / "decisions").glob("*.md") if path.stem.lower() != "readme")
    expect_nothing(f"{path.name}: {part}" for path in decisions for part in missing_parts(path.read_text("utf-8")))
    expect_nothing(path.name for path in decisions if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name))
    numbers = [path.name[:4] for path in decisions]
    assert len(set(numbers)) == len(numbers)


def test_the_check_sees_a_dead_link_and_a_dead_anchor(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# Who sees what?\n\n## Who sees what?\n", "utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](there.md#who-sees-what-1) [c](#here) [d](https://example.org/x) `[e](gone.md)`\n"
        "```\n[f](gone.md)\n```\n# Here\n[g](gone.md) [h](there.md#nothing) [i](../outside.md)\n",
        "utf-8",
    )
    assert dead_links(page, tmp_path) == [
        "page.md → gone.md",
        "page.md → there.md#nothing (no such heading)",
        "page.md → ../outside.md",
    ]


def test_the_check_sees_a_decision_without_consequences() -> None:
    whole = "# 1. Name\n\n## Status\nAccepted\n\n## Context\nx\n\n## Decision\ny\n\n## Consequences\nz\n"
    assert missing_parts(whole) == []
    assert missing_parts(whole.replace("z\n", "")) == ["Consequences"]
    assert missing_parts(whole.replace("## Status", "Status")) == ["Status"]
