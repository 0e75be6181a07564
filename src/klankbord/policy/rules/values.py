"""The rule values of a policy one by one: where each stands, how it is said, and in which two versions differ.

What the values are called, and the sentences around them, is content (``content/values.toml``). Here is how a value
becomes words in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from klankbord.core.spoken import duration_words, months_words, rhythm_words, talks_words
from klankbord.core.wording import Language, Wording
from klankbord.policy.rules.content import ClientWord, PolicyContent


class Kind(StrEnum):
    """How a value is said."""

    TALKS = "talks"
    MINUTES = "minutes"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    LEVELS = "levels"
    TIMES = "times"
    HOURS = "hours"
    NTH = "nth"
    EUROS = "euros"
    PERCENT = "percent"
    YES = "yes"
    CHOICE = "choice"
    BODIES = "bodies"

    @property
    def is_number(self) -> bool:
        """Whether somebody fills in a number."""
        return self not in (Kind.YES, Kind.CHOICE, Kind.BODIES)


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few choices, with its name and the sentence it makes."""

    id: str
    name: Wording
    said: Wording


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A rule value: where it stands in the content (``talks.count``), in which part, what it does, how it is said."""

    id: str
    section: str
    kind: Kind
    name: Wording
    does: Wording
    said: Wording
    zero: Wording | None = None
    none: Wording | None = None
    low: int = 0
    high: int = 0
    options: tuple[Option, ...] = ()

    def of(self, content: PolicyContent) -> Any:
        """The value itself."""
        found: Any = content
        for step in self.id.split("."):
            found = getattr(found, step)
        return found

    def words(self, content: PolicyContent, language: Language, bodies: Mapping[str, str]) -> str:
        """The value by itself, for beside another: "7 gesprekken", "ja"."""
        value = self.of(content)
        if not value and self.none:
            return self.none.text(language)
        if self.kind is Kind.YES:
            return _YES[language][bool(value)]
        if self.kind is Kind.CHOICE:
            return next(one.name.text(language) for one in self.options if one.id == value)
        if self.kind is Kind.BODIES:
            return ", ".join(bodies.get(one, one) for one in value)
        return number_words(self.kind, value, language)

    def sentence(self, content: PolicyContent, language: Language, bodies: Mapping[str, str]) -> str:
        """The value as everybody reads it."""
        value = self.of(content)
        if not value and self.zero:
            return self.zero.text(language)
        if self.kind is Kind.CHOICE:
            return next(one.said.text(language) for one in self.options if one.id == value)
        return self.said.text(language).format(value=self.words(content, language, bodies), number=value)


_YES: Mapping[Language, tuple[str, str]] = {"nl": ("nee", "ja"), "en": ("no", "yes")}
_COUNTED: Mapping[Kind, Mapping[Language, tuple[str, str]]] = {
    Kind.YEARS: {"nl": ("jaar", "jaar"), "en": ("year", "years")},
    Kind.LEVELS: {"nl": ("stap", "stappen"), "en": ("step", "steps")},
    Kind.TIMES: {"nl": ("keer", "keer"), "en": ("time", "times")},
    Kind.HOURS: {"nl": ("uur", "uur"), "en": ("hour", "hours")},
}


def number_words(kind: Kind, value: int, language: Language) -> str:
    """A number with what it counts."""
    spoken = {
        Kind.TALKS: talks_words,
        Kind.MINUTES: duration_words,
        Kind.WEEKS: rhythm_words,
        Kind.MONTHS: months_words,
    }
    if kind in spoken:
        return spoken[kind](value, language)
    if kind in _COUNTED:
        one, many = _COUNTED[kind][language]
        return f"{value} {one if value == 1 else many}"
    if kind is Kind.NTH:
        return f"gesprek {value}" if language == "nl" else f"talk {value}"
    return f"€ {value}" if kind is Kind.EUROS else f"{value}%"


def with_values(content: PolicyContent, given: Mapping[str, Any]) -> PolicyContent:
    """The content with these values, by their id, put in place of what stood there."""
    whole = {name: value for name, value in given.items() if "." not in name}
    parts: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        if "." in name:
            part, field = name.split(".")
            parts.setdefault(part, {})[field] = value
    changed = {part: replace(getattr(content, part), **values) for part, values in parts.items()}
    return replace(content, **whole, **changed)


def word_sentence(word: ClientWord, language: Language) -> str:
    """What somebody who is coached is called, as a sentence."""
    if language == "nl":
        return f"Wie gecoacht wordt, noemen we {word.article} {word.one}; meer dan één: de {word.many}."
    return f"We call whoever is coached the {word.one_en}; more than one: the {word.many_en}."


def word_names(word: ClientWord, language: Language) -> str:
    """The word by itself, for beside another."""
    dutch = f"{word.article} {word.one}, de {word.many}"
    english = f"{word.one_en}, {word.many_en}"
    return f"{dutch} (Engels: {english})" if language == "nl" else f"{dutch} (in English: {english})"
