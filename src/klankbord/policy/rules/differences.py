"""In what two versions of a policy differ for a coaching that runs: rule by rule, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klankbord.core.spoken import duration_words, months_words, rhythm_words, talks_words
from klankbord.core.wording import Language, Wording
from klankbord.policy.rules.content import PolicyContent, ThreeWay

type Says = Callable[[PolicyContent, Language], str]


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """One rule that says something else: what it is about, and what it says in the older and in the newer version."""

    about: Wording
    old: Wording
    new: Wording


def _after_talk(number: int, language: Language) -> str:
    if not number:
        return "niet vastgelegd" if language == "nl" else "not laid down"
    return f"na gesprek {number}" if language == "nl" else f"after talk {number}"


def _one_talk(offered: bool, language: Language) -> str:
    if language == "nl":
        return "kan" if offered else "kan niet"
    return "possible" if offered else "not possible"


_OF_THREE = {
    ThreeWay.NOT: Wording(nl="geen onderdeel van de coaching", en="no part of the coaching"),
    ThreeWay.OFFERED: Wording(nl="kan, als jullie willen", en="possible, if you want to"),
    ThreeWay.USUAL: Wording(nl="gebruikelijk", en="usual"),
}

RULES: tuple[tuple[Wording, Says], ...] = (
    (Wording("Aantal gesprekken", "Number of talks"), lambda p, tongue: talks_words(p.talks.count, tongue)),
    (Wording("Gesprekken op zijn hoogst", "Talks at most"), lambda p, tongue: talks_words(p.talks.most, tongue)),
    (Wording("Duur van een gesprek", "Length of a talk"), lambda p, tongue: duration_words(p.talks.minutes, tongue)),
    (Wording("Hoe vaak", "How often"), lambda p, tongue: rhythm_words(p.talks.weeks, tongue)),
    (
        Wording("Coaching van één gesprek", "Coaching of one talk"),
        lambda p, tongue: _one_talk(p.talks.one_talk, tongue),
    ),
    (
        Wording("Een richting op papier", "A direction on paper"),
        lambda p, tongue: _after_talk(p.talks.direction_by, tongue),
    ),
    (
        Wording("Samen terugkijken", "Looking back together"),
        lambda p, tongue: _after_talk(p.talks.interim_after, tongue),
    ),
    (Wording("Gesprek met z'n drieën", "Talk of three"), lambda p, tongue: _OF_THREE[p.talks.three_way].text(tongue)),
    (
        Wording("Teksten bewaren na het afronden", "Keeping texts after rounding off"),
        lambda p, tongue: months_words(p.retention_months, tongue),
    ),
)
"""What a coaching that runs has to do with, each with what a version says of it."""


def differences_for_running(old: PolicyContent, new: PolicyContent) -> list[RuleDifference]:
    """The rules that say something else of a coaching that runs, in a fixed order. Empty: nothing would differ."""
    both = [(about, _in_words(says, old), _in_words(says, new)) for about, says in RULES]
    return [RuleDifference(about, before, after) for about, before, after in both if before != after]


def _in_words(says: Says, policy: PolicyContent) -> Wording:
    return Wording(nl=says(policy, "nl"), en=says(policy, "en"))
