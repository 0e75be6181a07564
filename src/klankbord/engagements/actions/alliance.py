"""Ratings of the working together: switched on by each for oneself, given while both want them, shared one by one."""

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import refuse_when_over, tell_other
from klankbord.engagements.models import AllianceRating, Course, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.alliance import About, refuse_unless_both
from klankbord.privacy.audit import action, record

__all__ = ["rate_alliance", "share_rating", "want_ratings"]


@action("alliance.want")
def want_ratings(*, standing: Standing, want: bool) -> None:
    """Say for oneself whether one wants ratings. The other is not told by message. Raises ``NotNow``."""
    refuse_when_over(standing)
    course = Course.objects.select_for_update().get(pk=standing.course.pk)
    mine = "client_wants_ratings" if standing.is_client else "coach_wants_ratings"
    setattr(course, mine, want)
    course.save(update_fields=[mine])
    setattr(standing.course, mine, want)
    record("alliance.want", course, owner=standing.person.pk, detail={"outcome": "on" if want else "off"})


def _refuse_unless_both_now(standing: Standing) -> None:
    """As it stands now, and not when the page was opened: the other may have switched it off in the meantime."""
    course = Course.objects.select_for_update().get(pk=standing.course.pk)
    refuse_unless_both(course.client_wants_ratings, course.coach_wants_ratings)


@action("alliance.rate")
def rate_alliance(
    *,
    once: UUID,
    standing: Standing,
    slug: str,
    values: Mapping[About, int | None],
    session: Session | None = None,
    share: bool = False,
) -> AllianceRating:
    """Rate what one wants to rate, for oneself or with *share* for the other. The same form twice rates once.

    Raises ``NotNow`` unless both want ratings, and once it is over.
    """
    refuse_when_over(standing)
    one_at_a_time(once)
    known = AllianceRating.objects.filter(pk=once, author=standing.person).first()
    if known:
        record("alliance.rate", known, owner=standing.person.pk, detail={"outcome": "again"})
        return known
    _refuse_unless_both_now(standing)
    rating = AllianceRating(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        session=session,
        author=standing.person,
        shared_at=clock.now() if share else None,
        **{about.value: values.get(about) for about in About},
    )
    rating.save(force_insert=True)
    record("alliance.rate", rating, owner=standing.person.pk)
    if share:
        _tell(standing, slug)
    return rating


@action("alliance.share")
def share_rating(*, standing: Standing, slug: str, rating: AllianceRating) -> None:
    """Let the other see a rating of one's own; sharing twice shares once. Raises ``NotNow`` unless both want it."""
    refuse_when_over(standing)
    _refuse_unless_both_now(standing)
    rating = AllianceRating.objects.select_for_update().get(pk=rating.pk)
    record("alliance.share", rating, owner=standing.person.pk)
    if rating.shared_at is None:
        rating.shared_at = clock.now()
        rating.save(update_fields=["shared_at"])
        _tell(standing, slug)


def _tell(standing: Standing, slug: str) -> None:
    where = {"organisation": slug, "engagement": standing.engagement.pk}
    tell_other(standing, slug, "text_sent", link=reverse("alliance", kwargs=where))
