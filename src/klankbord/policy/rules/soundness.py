"""Whether the values of a policy go together. What does not is named, with the values it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from klankbord.core.own_words import WORD
from klankbord.policy.rules.content import PolicyContent

WORD_PARTS = ("one", "many", "one_en", "many_en")


class Flaw(StrEnum):
    """In what way values do not go together."""

    MOST_BELOW_COUNT = "most_below_count"
    INTERIM_AFTER_THE_LAST = "interim_after_the_last"
    DIRECTION_AFTER_MOST = "direction_after_most"
    KEPT_FOR_NOTHING = "kept_for_nothing"
    NO_WORD = "no_word"
    NO_ENGLISH_WORD = "no_english_word"
    NOT_A_WORD = "not_a_word"


@dataclass(frozen=True, slots=True)
class Unsound:
    """One thing that does not go together: which values it is about, and what they are."""

    flaw: Flaw
    values: tuple[str, ...]
    facts: tuple[tuple[str, int], ...] = ()


def unsound(content: PolicyContent) -> tuple[Unsound, ...]:
    """Everything in this content that cannot be a policy; empty when all is well."""
    return tuple(_found(content))


def _found(content: PolicyContent) -> Iterator[Unsound]:
    talks = content.talks
    if talks.most < talks.count:
        facts = (("count", talks.count), ("most", talks.most))
        yield Unsound(Flaw.MOST_BELOW_COUNT, ("talks.most", "talks.count"), facts)
    if talks.interim_after > talks.count:
        facts = (("interim", talks.interim_after), ("count", talks.count))
        yield Unsound(Flaw.INTERIM_AFTER_THE_LAST, ("talks.interim_after", "talks.count"), facts)
    if talks.direction_by > talks.most:
        facts = (("direction", talks.direction_by), ("most", talks.most))
        yield Unsound(Flaw.DIRECTION_AFTER_MOST, ("talks.direction_by", "talks.most"), facts)
    if content.retention_months < 1:
        yield Unsound(Flaw.KEPT_FOR_NOTHING, ("retention_months",))
    word = content.word
    for flaw, names in (
        (Flaw.NO_WORD, ("one", "many")),
        (Flaw.NO_ENGLISH_WORD, ("one_en", "many_en")),
    ):
        missing = tuple(f"word.{name}" for name in names if not getattr(word, name).strip())
        if missing:
            yield Unsound(flaw, missing)
    odd = tuple(
        f"word.{name}" for name in WORD_PARTS if (said := getattr(word, name).strip()) and not WORD.fullmatch(said)
    )
    if odd:
        yield Unsound(Flaw.NOT_A_WORD, odd)
