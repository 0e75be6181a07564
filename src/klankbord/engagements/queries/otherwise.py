"""What changed around an engagement while it runs, and what the client may give a next coach of what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from klankbord.engagements.models import Engagement, Share
from klankbord.engagements.queries.course import OVER
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.leaving import Passage, passages_of
from klankbord.engagements.queries.matching import relation_between
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.writings import Kind
from klankbord.policy.rules.finding import Finding


@dataclass(frozen=True)
class Nearness:
    """Client and coach came to stand near each other: what the rule says, and whether each said to go on."""

    finding: Finding
    mine: bool
    others: bool


def nearness_of(standing: Standing) -> Nearness | None:
    """What changed between the two since they began; None when nothing did, or when both said to go on."""
    if standing.phase in OVER:
        return None
    finding = relation_between(standing.engagement.client, standing.engagement.coach)
    if finding is None:
        return None
    said = {True: standing.course.nearness_client, False: standing.course.nearness_coach}
    mine, others = said[standing.is_client] == finding.code, said[not standing.is_client] == finding.code
    return None if mine and others else Nearness(finding, mine, others)


def shares_with_former_manager(standing: Standing) -> list[Share]:
    """What the client shared with somebody who no longer is the manager, and has not decided about since."""
    if not standing.is_client:
        return []
    manager_id = standing.engagement.client.manager_id
    shares = Share.objects.filter(engagement=standing.engagement, withdrawn_at=None).exclude(reader_id=manager_id)
    return [one for one in shares.select_related("reader") if one.kept_beside is None or one.kept_beside != manager_id]


def earlier_of(standing: Standing) -> list[Engagement]:
    """The client's earlier coachings of the same request, with another coach. For the client only."""
    if not standing.is_client:
        return []
    engagement = standing.engagement
    earlier = Engagement.objects.filter(client=standing.person, request_id=engagement.request_id)
    return list(earlier.exclude(pk=engagement.pk).exclude(coach_id=engagement.coach_id).select_related("coach"))


def running_share(standing: Standing, pk: UUID) -> Share:
    """The door to a text that the client shares out of this coaching and has not withdrawn."""
    found = Share.objects.filter(pk=pk, engagement=standing.engagement, withdrawn_at=None).first()
    if found is None:
        raise Http404
    return found


def has_been_before(standing: Standing) -> bool:
    """Whether this client came here from a coaching with another coach."""
    return bool(earlier_of(standing))


def given_along(standing: Standing) -> str:
    """What the client gave this coach of what was before, for the coach; empty when nothing."""
    if standing.is_client:
        return ""
    text = texts_of(standing, [Kind.HANDOVER]).theirs(Kind.HANDOVER)
    return text.body if text else ""


@dataclass(frozen=True)
class Piece:
    """A text of before that the client may give along, with the key by which a form names it."""

    key: str
    passage: Passage


def pieces_of(standing: Standing, earlier: Sequence[Engagement]) -> list[Piece]:
    """The client's own texts of those coachings. What a former coach wrote is not the client's to hand on."""
    found = passages_of(standing.person, earlier)
    return [Piece(one.key, one) for one in found if one.mine and not one.of_two]


def may_look_further(standing: Standing) -> bool:
    """Whether the client of a coaching that stopped may let the same request look for another coach."""
    if not standing.is_client or standing.engagement.request.state != "matched":
        return False
    return not _running_of(standing.engagement.request_id, standing.engagement.pk)


def _running_of(request_id: UUID, besides: UUID) -> bool:
    return Engagement.objects.filter(request_id=request_id, closed_on=None).exclude(pk=besides).exists()
