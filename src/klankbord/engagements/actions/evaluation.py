"""The people around the client: put on the map, changed, taken off, and shown to the coach."""

from collections.abc import Callable

from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import refuse_when_over, tell_other
from klankbord.engagements.models import Writing
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.people_around import (
    Somebody,
    body_of,
    people_in,
    with_change,
    with_one_more,
    without,
)
from klankbord.engagements.writings import MANNERS, Kind
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

type Map = tuple[Somebody, ...]


@action("people_around.add")
def add_somebody(*, standing: Standing, one: Somebody) -> None:
    """Put somebody on the map, once, however often it is sent. Raises ``Full``, or ``NotNow`` once it is over."""
    _change(standing, lambda people: with_one_more(people, one), "people_around.add")


@action("people_around.keep")
def keep_somebody(*, standing: Standing, one: Somebody, based_on: int) -> None:
    """Keep what is written with somebody. *based_on* is the revision the writer saw. Raises ``Changed``, ``NotNow``."""
    _change(standing, lambda people: with_change(people, one, based_on=based_on), "people_around.keep")


@action("people_around.take_off")
def take_off(*, standing: Standing, somebody_id: str) -> None:
    """Take somebody off the map, with everything written there."""
    _change(standing, lambda people: without(people, somebody_id), "people_around.take_off")


@action("people_around.send")
def send_map(*, standing: Standing, slug: str) -> None:
    """Let the coach read the map, from now on as it is. Nothing happens without a map, or when it was sent before."""
    refuse_when_over(standing)
    writing = _map(standing)
    record("people_around.send", writing, owner=standing.engagement.client_id)
    if writing is None or writing.shared_at:
        return
    writing.audience, writing.shared_at = list(MANNERS[Kind.STAKEHOLDERS].audience), clock.now()
    writing.save(update_fields=["audience", "shared_at"])
    where = {"organisation": slug, "engagement": standing.engagement.pk}
    tell_other(standing, slug, "text_sent", link=reverse("people_around", kwargs=where))


def _map(standing: Standing) -> Writing | None:
    maps = Writing.objects.select_for_update().filter(engagement=standing.engagement, kind=Kind.STAKEHOLDERS)
    return maps.filter(author=standing.person).first()


def _change(standing: Standing, change: Callable[[Map], Map], verb: str) -> None:
    refuse_when_over(standing)
    one_at_a_time(f"people around {standing.engagement.pk}")
    writing = _map(standing)
    before = people_in(vault.read(writing, "body")) if writing else ()
    after = change(before)
    if writing is None:
        writing = Writing(
            organisation_id=standing.engagement.organisation_id,
            engagement=standing.engagement,
            kind=Kind.STAKEHOLDERS,
            author=standing.person,
            revision=0,
        )
    if after != before:
        vault.seal(writing, "body", body_of(after))
        writing.revision += 1
        writing.written_at = clock.now()
        writing.save()
    record(verb, writing, owner=standing.engagement.client_id, detail={"version": writing.revision})
