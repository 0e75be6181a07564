"""A third party: whoever asks or pays for the coaching, asked in by the client and by nobody else."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from klankbord.core import clock
from klankbord.engagements.actions._steps import note_opened, refuse_when_over, tell_other
from klankbord.engagements.models import Agreement
from klankbord.engagements.queries.agreements import third_party_of
from klankbord.engagements.queries.doors import PartyStanding, Standing
from klankbord.people.api import Person, notify
from klankbord.privacy.audit import action, record
from klankbord.privacy.queries import opened_today

__all__ = ["CannotJoin", "ask_in", "ask_to_talk", "end_part", "note_opened"]


class CannotJoin(Exception):
    """This person cannot be the third party now: one of the two, or somebody else already is."""


@action("party.ask_in")
def ask_in(*, standing: Standing, slug: str, person: Person) -> None:
    """The client asks somebody in. What is written from now on is for three; what was written before is not theirs.

    Raises :class:`CannotJoin`, ``NotNow`` once the coaching is over, ``PermissionDenied`` for anybody but the client.
    """
    if not standing.is_client:
        raise PermissionDenied
    refuse_when_over(standing)
    third = third_party_of(standing.engagement)
    if third is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select engagements_ask_in(%s, %s, %s, %s)",
                [standing.engagement.pk, person.pk, uuid4(), clock.now()],
            )
            asked = cursor.fetchone()[0]
        if not asked:
            raise CannotJoin
        link = reverse("party", kwargs={"organisation": slug, "engagement": standing.engagement.pk})
        notify(person_id=person.pk, kind="party_asked", link=link, name=standing.person.first_name)
        tell_other(standing, slug, "party_joins", link=_agreement_link(standing, slug))
    elif third.pk != person.pk:
        raise CannotJoin
    record("party.ask_in", standing.engagement, owner=standing.engagement.client_id)


@action("party.end")
def end_part(*, standing: Standing, slug: str) -> None:
    """The client ends the third party's part: they read nothing from now on. The two make a version of two again."""
    if not standing.is_client:
        raise PermissionDenied
    third = third_party_of(standing.engagement)
    if third is not None:
        with connection.cursor() as cursor:
            cursor.execute("select engagements_end_participation(%s, %s)", [standing.engagement.pk, third.pk])
        notify(person_id=third.pk, kind="party_ended", link=reverse("today", kwargs={"organisation": slug}))
        tell_other(standing, slug, "party_left", link=_agreement_link(standing, slug))
    record("party.end", standing.engagement, owner=standing.engagement.client_id)


@action("party.talk")
def ask_to_talk(*, standing: PartyStanding, slug: str, agreement: Agreement) -> None:
    """The third party would rather talk about it first. The two hear that, once a day, and nothing in writing."""
    engagement = standing.engagement
    if not opened_today(verb="party.talk", owner_id=engagement.client_id, subject_id=agreement.pk):
        for person_id in (engagement.client_id, engagement.coach_id):
            link = _agreement_link(standing, slug)
            notify(person_id=person_id, kind="party_talk", link=link, name=standing.person.first_name)
    record("party.talk", agreement, owner=engagement.client_id, detail={"version": agreement.version})


def _agreement_link(standing: Standing | PartyStanding, slug: str) -> str:
    return reverse("agreement", kwargs={"organisation": slug, "engagement": standing.engagement.pk})
