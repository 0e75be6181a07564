"""Reads of the working together: what each wrote after a talk, and ratings, for the two alone.

SECURITY: there is no read here over more than one engagement, and none for anybody but client and coach. A figure about
working together that left the two would be a figure about a coach, or about a client.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from klankbord.core import clock
from klankbord.engagements.models import AllianceRating, Session, Writing
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import Texts, opened
from klankbord.engagements.rules.alliance import About
from klankbord.engagements.writings import Kind


@dataclass(frozen=True)
class AfterTalk:
    """What is there after one talk, without opening it: whether one wrote, sent, and whether the other sent."""

    written: bool
    sent: bool
    theirs: bool


def after_talk(standing: Standing, session: Session) -> AfterTalk:
    """Whether there is something about this talk. One query, and nothing unsealed."""
    found = Writing.objects.filter(engagement=standing.engagement, session=session, kind=Kind.ALLIANCE)
    rows = list(found.values_list("author_id", "shared_at"))
    mine = [shared_at for author_id, shared_at in rows if author_id == standing.person.pk]
    return AfterTalk(written=bool(mine), sent=any(mine), theirs=len(rows) > len(mine))


def talks_held(standing: Standing) -> list[Session]:
    """The talks after which there may be something to say, the latest first."""
    found = Session.objects.filter(engagement=standing.engagement, number__gt=0, starts_at__lte=clock.now())
    return list(found.exclude(state=Session.State.CANCELLED).order_by("-number"))


def written_about_working_together(standing: Standing) -> Texts:
    """Everything that was written after talks, as far as the acting person may read it."""
    found = Writing.objects.filter(engagement=standing.engagement, kind=Kind.ALLIANCE)
    return opened(standing.person.pk, found.order_by("written_at"))


def wants_ratings(standing: Standing) -> bool:
    """Whether the acting person wants ratings."""
    course = standing.course
    return course.client_wants_ratings if standing.is_client else course.coach_wants_ratings


def both_want_ratings(standing: Standing) -> bool:
    """Whether both want ratings."""
    return standing.course.client_wants_ratings and standing.course.coach_wants_ratings


def ratings_of(standing: Standing) -> list[AllianceRating]:
    """One's own ratings, and those the other shares while both want them; in the order of time."""
    found = AllianceRating.objects.filter(engagement=standing.engagement).select_related("session")
    if not both_want_ratings(standing):
        found = found.filter(author=standing.person)
    return list(found.order_by("made_at", "id"))


def own_rating_for(standing: Standing, pk: UUID) -> AllianceRating:
    """The door to a rating of one's own."""
    found = AllianceRating.objects.filter(pk=pk, engagement=standing.engagement, author=standing.person).first()
    if found is None:
        raise Http404
    return found


def values_of(rating: AllianceRating) -> dict[About, int | None]:
    """What was rated, and what was skipped."""
    return {about: getattr(rating, about.value) for about in About}
