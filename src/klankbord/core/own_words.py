"""The organisation's own word for somebody who is coached, in every text on screen, in mail and on paper.

One organisation says klant, another coachee, gecoachte or deelnemer. So our texts do not hold the word but a mark:
``[[de klant]]``, ``[[Deze klant]]``, ``[[klanten]]``, and in English ``[[the client]]``, ``[[A client]]``. The mark is
filled where a text is translated (``core.translation``), where a text of the profession is read (``Wording.text``) and
where a finding speaks, so that no template and no view has to think of it.

Which word it is, only a higher layer knows: it gives a function with :func:`words_come_from`. Plain Python, because
rules speak too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
"""Letters, with single hyphens or spaces between them."""

MARK = re.compile(r"\[\[([^\[\]]+)\]\]")

# What stands before a word with "het" instead of "de".
_BEFORE_HET = {
    "de": "het",
    "deze": "dit",
    "die": "dat",
    "elke": "elk",
    "iedere": "ieder",
    "welke": "welk",
    "onze": "ons",
    "jouw": "jouw",
    "nieuwe": "nieuw",
}


@dataclass(frozen=True, slots=True)
class OwnWord:
    """The word, one and many, in both languages; *article* is "de" or "het".

    Raises ``ValueError`` for what is no word.
    """

    one: str = "klant"
    many: str = "klanten"
    article: str = "de"
    one_en: str = "client"
    many_en: str = "clients"

    def __post_init__(self) -> None:
        for word in (self.one, self.many, self.one_en, self.many_en):
            # SECURITY: a text of ours is safe in a template, and these words become part of it: no markup, no quotes,
            # no percent signs or braces that formatting would take for its own.
            if not WORD.fullmatch(word):
                raise ValueError(f"{word!r} is no word")


_source: Callable[[], OwnWord] = OwnWord


def words_come_from(source: Callable[[], OwnWord]) -> None:
    """Say which function knows the word of the organisation in which somebody acts."""
    global _source  # noqa: PLW0603 - one for the whole process, given once at start
    _source = source


def in_own_words(text: str) -> str:
    """The text with every mark filled. A text without marks comes back as it is, and asks nothing of the database."""
    if "[[" not in text:
        return text
    word = _source()
    return MARK.sub(lambda mark: filled(mark.group(1), word), text)


def filled(mark: str, word: OwnWord) -> str:
    """What stands for one mark: its capital is kept, its article agrees. A mark that nobody knows stays as it is."""
    *before, last = mark.split(" ")
    noun = _noun(last.lower(), word)
    if noun is None:
        return f"[[{mark}]]"
    if last.lower() == "klant" and word.article == "het":
        before = [_agreeing(one, before) for one in before]
    elif last.lower() == "client":
        before = [_english(one, noun) for one in before]
    said = " ".join([*before, noun])
    return said[:1].upper() + said[1:] if mark[:1].isupper() else said


def _noun(last: str, word: OwnWord) -> str | None:
    nouns = {"klant": word.one, "klanten": word.many, "client": word.one_en, "clients": word.many_en}
    return nouns.get(last)


def _agreeing(one: str, before: list[str]) -> str:
    """A word before a noun with "het". An adjective keeps its ending after an article that points: "het nieuwe"."""
    if one.lower() == "nieuwe" and before[0].lower() != "een":
        return one
    other = _BEFORE_HET.get(one.lower(), one)
    return other.capitalize() if one[:1].isupper() else other


def _english(one: str, noun: str) -> str:
    if one.lower() != "a" or noun[:1].lower() not in "aeiou":
        return one
    return f"{one}n"
