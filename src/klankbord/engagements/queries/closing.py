"""Reads for rounding off: what can be shared, what is shared, and with whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from klankbord.core import clock
from klankbord.core.comparison import normalised
from klankbord.engagements.models import Share
from klankbord.engagements.queries.agreements import third_party_of
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.retention import no_more_writing
from klankbord.engagements.writings import Kind
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.queries import days_opened


@dataclass(frozen=True)
class Part:
    """A piece of one's own text that can be shared by itself."""

    key: str
    text: str


@dataclass(frozen=True)
class Shared:
    """A text the client shares or shared. ``text`` is empty once it was withdrawn: the copy is destroyed then."""

    id: UUID
    reader: str
    text: str
    shared_at: datetime
    withdrawn_at: datetime | None
    opened_on: Sequence[date]


def readers_of(standing: Standing) -> list[Person]:
    """Whom the client may let read a text: the own manager, and whoever takes part because they ask or pay for it."""
    offered = (standing.engagement.client.manager, third_party_of(standing.engagement))
    return list({one.pk: one for one in offered if one is not None and one.active}.values())


def parts_to_share(standing: Standing) -> list[Part]:
    """The client's direction, and the closing report paragraph by paragraph."""
    texts = texts_of(standing, [Kind.DIRECTION, Kind.REPORT])
    direction, report = texts.mine(Kind.DIRECTION), texts.mine(Kind.REPORT)
    parts = [Part("direction", normalised(direction.body))] if direction and direction.body.strip() else []
    paragraphs = re.split(r"\n\s*\n", normalised(report.body)) if report else []
    parts += [Part(f"report-{number}", text) for number, text in enumerate(paragraphs, start=1) if text.strip()]
    return parts


def shares_of(standing: Standing) -> list[Shared]:
    """Everything the client ever shared of this engagement, newest first, with the days on which it was opened."""
    rows = Share.objects.filter(engagement=standing.engagement, client=standing.person).select_related("reader")
    shares = list(rows.order_by("-shared_at"))
    vault.prepare(share for share in shares if share.withdrawn_at is None)
    opened = days_opened(verb="share.open", subject_ids=[share.pk for share in shares])
    return [
        Shared(
            id=share.pk,
            reader=share.reader.first_name,
            text="" if share.withdrawn_at else _copy(share),
            shared_at=share.shared_at,
            withdrawn_at=share.withdrawn_at,
            opened_on=opened.get(share.pk, ()),
        )
        for share in shares
    ]


def _copy(share: Share) -> str:
    try:
        return vault.read(share, "text")
    except vault.Unreadable:
        return ""


def share_of_client(standing: Standing, pk: UUID) -> Share:
    """The door to a share for whoever made it. Raises ``Http404``."""
    share = Share.objects.filter(pk=pk, engagement=standing.engagement, client=standing.person).first()
    if share is None:
        raise Http404
    return share


def shared_words(share: Share) -> str:
    """The words of a share, for its reader. A copy whose key is gone is not there: ``Http404``."""
    words = _copy(share)
    if not words:
        raise Http404
    return words


def is_past_writing(standing: Standing) -> bool:
    """Whether there is nothing left to write: stopped, or kept no longer. After closing one may still finish a report.

    SECURITY: a text written after the term would get a new key that nobody destroys.
    """
    return bool(no_more_writing(standing.phase, standing.course.destroy_on, clock.today(), after_closing=True))
