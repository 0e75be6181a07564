"""What still stands of somebody as a coach, for whoever is a coach no longer."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from klankbord.coaches.models import CoachPhoto, CoachProfile, QualityFact
from klankbord.coaches.queries.quality import facts_of
from klankbord.people.api import Person


@dataclass(frozen=True)
class Left:
    """A profile, whether there is a photo, and papers."""

    profile: CoachProfile | None
    photo: bool
    facts: list[QualityFact]


def left_of(person: Person) -> Left:
    """What still stands of the acting person as a coach. Raises ``Http404`` when there is nothing."""
    found = Left(
        CoachProfile.objects.filter(person=person).first(),
        CoachPhoto.objects.filter(person=person).exists(),
        facts_of(person),
    )
    if not (found.profile or found.photo or found.facts):
        raise Http404
    return found


def anything_left(person: Person) -> bool:
    """The same in one query: whether anything stands there."""
    of_them = (model._default_manager.filter(person=person).values("pk") for model in (CoachPhoto, QualityFact))
    return CoachProfile.objects.filter(person=person).values("pk").union(*of_them).exists()


def photo_left(person: Person) -> bool:
    """Whether a photo of the acting person stands there."""
    return CoachPhoto.objects.filter(person=person).exists()


def profile_left(person: Person) -> CoachProfile:
    """The door to the own profile as it is kept. Raises ``Http404`` when there is none."""
    found = CoachProfile.objects.filter(person=person).first()
    if found is None:
        raise Http404
    return found
