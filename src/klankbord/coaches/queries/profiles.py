"""Reads about coaches, within the acting person's organisation."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from klankbord.coaches.models import CoachProfile


def profiles_of(person_ids: Iterable[UUID]) -> Mapping[UUID, CoachProfile]:
    """The profiles of these people that the acting person may read, by person, in one query."""
    return {profile.person_id: profile for profile in CoachProfile.objects.filter(person_id__in=list(person_ids))}
