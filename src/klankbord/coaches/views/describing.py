"""A coach in words, as the pages show one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klankbord.coaches.models import CoachProfile
from klankbord.coaches.queries.profiles import Card
from klankbord.coaches.texts import labels, profile_texts, themes
from klankbord.coaches.wording import fact_in_words, story_beginnings
from klankbord.core.language import language_on_screen
from klankbord.people.api import Person


@dataclass(frozen=True)
class Described:
    """A profile, ready to be read."""

    person: Person
    profile: CoachProfile
    photo: str
    works: str
    stories: list[tuple[str, str]]
    themes: list[str]
    sensitive_themes: list[str]
    ways: list[str]
    languages: list[str]
    places: list[str]
    day_parts: list[str]
    accreditations: list[str]
    has_room: bool

    @property
    def first_sentences(self) -> str:
        """How the introduction begins, for a list."""
        words = self.profile.introduction.split()
        return " ".join(words[:32]) + (" …" if len(words) > 32 else "")


def described(card: Card) -> Described:
    """The card of a coach in the language of the page."""
    profile, language, texts = card.profile, language_on_screen(), profile_texts()
    person: Person = profile.person
    return Described(
        person=person,
        profile=profile,
        photo=card.photo,
        works=person.employer or person.unit.name,
        stories=[
            (name, getattr(profile, field)) for field, name in story_beginnings().items() if getattr(profile, field)
        ],
        themes=labels(themes(), profile.themes, language),
        sensitive_themes=labels(themes(), profile.sensitive_themes, language),
        ways=labels(texts.ways, profile.ways, language),
        languages=labels(texts.languages, profile.languages, language),
        places=[*profile.places, *([_("online")] if profile.online else [])],
        day_parts=labels(texts.day_parts, profile.day_parts, language),
        accreditations=[fact_in_words(fact) for fact in card.accreditations],
        has_room=card.has_room,
    )
