"""Going on after a coaching: a booklet of the own words, and a word three months later."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from klankbord.engagements.models import Engagement
from klankbord.engagements.queries.doors import Standing
from klankbord.people.api import notify
from klankbord.privacy.audit import action, record


@action("booklet.make")
def note_booklet(*, standing: Standing, count: int) -> None:
    """The client took the own words along; the booklet itself is kept nowhere."""
    if not standing.is_client:
        raise PermissionDenied
    record("booklet.make", standing.engagement, owner=standing.person.pk, detail={"count": count})


@action("engagement.three_months")
def tell_three_months_later(*, engagement_id: UUID, client_id: UUID, slug: str) -> None:
    """Tell the client that three months have passed, once: the audit row is what the next night looks at."""
    record("engagement.three_months", Engagement(pk=engagement_id), owner=client_id)
    link = reverse("later", kwargs={"organisation": slug, "engagement": engagement_id})
    notify(person_id=client_id, kind="three_months", link=link)
