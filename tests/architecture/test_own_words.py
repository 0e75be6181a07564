"""Every text that speaks of whoever is coached does so in the organisation's own word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from klankbord.core.own_words import MARK, OwnWord, filled
from klankbord.web.messages import CATALOGUE, read
from tests.architecture.source_code import ROOT, expect_nothing

BARE = {
    "nl": re.compile(r"(?<![\w\[({%.-])[Kk]lant(?:en)?\b(?![\]-])"),
    "en": re.compile(r"(?<![\w\[({%.-])[Cc]lients?\b(?![\]-])"),
}
ABOUT_THE_WORD = re.compile(r"coachee|gecoachte|deelnemer|participant", re.IGNORECASE)
"""A text that names several words for it speaks of the words themselves."""


def unmarked(language: str, text: str) -> str:
    """What stays of a text without its marks."""
    return "" if ABOUT_THE_WORD.search(text) else MARK.sub("", text)


def spoken() -> Iterator[tuple[str, str, str]]:
    """Every text on screen and of the profession, with its language and where it stands."""
    for message in read(CATALOGUE):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        yield from (("catalogue", "en", one) for one in ids if one)
        yield from (("catalogue", "nl", one) for one in texts if message.id and one)
    for path in sorted((ROOT / "src/klankbord").glob("*/content/**/*.toml")):
        # What people of the demo said is their own; a staff file speaks of people at work.
        if path.parts[-3] not in ("demo", "people"):
            yield from ((path.stem, *one) for one in _texts(tomllib.loads(path.read_text("utf-8"))))


def _texts(content: Any) -> Iterator[tuple[str, str]]:
    if isinstance(content, list):
        for one in content:
            yield from _texts(one)
    elif isinstance(content, dict):
        for key, one in content.items():
            if key in ("nl", "en") and isinstance(one, str):
                yield key, one
            else:
                yield from _texts(one)


def test_no_text_speaks_of_the_client_in_a_word_of_ours() -> None:
    found = list(spoken())
    assert len(found) > 3000, "hardly any texts found: the check looks in the wrong place"
    expect_nothing(
        f"{where}: {text[:100]}" for where, language, text in found if BARE[language].search(unmarked(language, text))
    )


def test_every_mark_is_one_that_can_be_filled() -> None:
    expect_nothing(
        f"{where}: [[{mark}]]"
        for where, _language, text in spoken()
        for mark in MARK.findall(text)
        if filled(mark, OwnWord()).startswith("[[")
    )


def test_the_check_sees_a_bare_word_and_leaves_names_and_marks_alone() -> None:
    assert BARE["nl"].search(unmarked("nl", "Vraag het de klant."))
    assert not BARE["nl"].search(unmarked("nl", "Vraag het [[de klant]] of {klant}."))
    assert not BARE["en"].search(unmarked("en", "%(client)s asked; clientele."))
