"""Doors: how views get hold of one thing. 404 for what is not yours, 403 for what you may not do with it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from klankbord.engagements.models import (
    Course,
    Engagement,
    Participant,
    Proposal,
    Referral,
    Request,
    RequestWords,
    Session,
    Share,
)
from klankbord.engagements.rules.lifecycle import Phase, ProposalState, Role
from klankbord.people.api import Person
from klankbord.privacy.access import Role as SeenAs

# The two of an engagement. A third party takes part as well, but stands at a door of its own.
TWO = (Participant.Role.CLIENT, Participant.Role.COACH)


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in an engagement: as whom, with whom, and how far it is."""

    engagement: Engagement
    course: Course
    person: Person
    role: Role

    @property
    def phase(self) -> Phase:
        return Phase(self.course.phase)

    @property
    def is_client(self) -> bool:
        return self.role is Role.CLIENT

    @property
    def other(self) -> Person:
        """The one at the other side of the table."""
        other: Person = self.engagement.coach if self.is_client else self.engagement.client
        return other

    @property
    def seen_as(self) -> SeenAs:
        """The acting person's role in the words of the access table."""
        return SeenAs(self.role.value)

    @property
    def names(self) -> dict[SeenAs, str]:
        """First names for the lines of "Wie ziet dit?"."""
        manager = self.engagement.client.manager
        names = {
            SeenAs.CLIENT: self.engagement.client.first_name,
            SeenAs.COACH: self.engagement.coach.first_name,
        }
        # Only the client is told by name who does not see it: a coach has no business with the client's manager.
        if manager is not None and self.is_client:
            names[SeenAs.MANAGER] = manager.first_name
        return names


def engagement_for(person: Person, pk: UUID, *, need: Role | None = None) -> Standing:
    """The door to an engagement. Raises ``Http404`` unless taking part, ``PermissionDenied`` without role *need*.

    A coordinator may see that an engagement exists, but never stands in it; this door stays shut to that role.
    """
    found = (
        Participant.objects.filter(engagement_id=pk, person=person, until=None, role__in=TWO)
        .select_related("engagement__client__manager", "engagement__coach", "engagement__client__unit")
        .first()
    )
    course = Course.objects.filter(engagement_id=pk).first()
    if found is None or course is None:
        raise Http404
    role = Role(found.role)
    if need is not None and role is not need:
        raise PermissionDenied
    return Standing(engagement=found.engagement, course=course, person=person, role=role)


@dataclass(frozen=True)
class PartyStanding:
    """Where the third party stands: as whom, and in which engagement. Nothing of talks or texts."""

    engagement: Engagement
    person: Person

    @property
    def role(self) -> Role:
        return Role.SPONSOR

    @property
    def names(self) -> dict[SeenAs, str]:
        """First names for the lines of "Wie ziet dit?"."""
        return {
            SeenAs.CLIENT: self.engagement.client.first_name,
            SeenAs.COACH: self.engagement.coach.first_name,
        }


def party_for(person: Person, pk: UUID) -> PartyStanding:
    """The door for whoever asks or pays for the coaching and was asked in by the client. Raises ``Http404``."""
    found = (
        Participant.objects.filter(engagement_id=pk, person=person, until=None, role=Participant.Role.SPONSOR)
        .select_related("engagement__client", "engagement__coach")
        .first()
    )
    if found is None:
        raise Http404
    return PartyStanding(engagement=found.engagement, person=person)


def session_for(standing: Standing, number: int) -> Session:
    """The door to one talk of an engagement."""
    session = Session.objects.filter(engagement=standing.engagement, number=number).first()
    if session is None:
        raise Http404
    return session


def request_for_client(person: Person, pk: UUID) -> Request:
    """The door to one's own request."""
    found = Request.objects.filter(pk=pk, client=person).first()
    if found is None:
        raise Http404
    return found


def request_for_coordinator(person: Person, pk: UUID, roles: frozenset[str]) -> Request:
    """The door to a request for whoever looks for a coach. One's own request is no work of one's own.

    SECURITY: whoever stepped aside and is then proposed as the coach sees the row, as that coach. Not through here.
    """
    found = Request.objects.filter(pk=pk).select_related("client__unit", "client__manager").first()
    if found is None or "coordinator" not in roles or person.pk in (found.client_id, *found.aside):
        raise Http404
    return found


def words_of(request: Request) -> RequestWords | None:
    """The words with a request, as far as the acting person may see them."""
    return RequestWords.objects.filter(request=request).first()


def proposal_for_client(person: Person, pk: UUID) -> Proposal:
    """The door to a proposal made to the acting person."""
    found = Proposal.objects.filter(pk=pk, client=person).select_related("coach__unit", "request").first()
    if found is None:
        raise Http404
    return found


def proposal_for_coach(person: Person, pk: UUID) -> Proposal:
    """The door to a proposal of the acting person as the coach. Without its request, which a coach sees for a while."""
    found = Proposal.objects.filter(pk=pk, coach=person).select_related("coach").first()
    if found is None:
        raise Http404
    return found


def request_of_proposal(proposal: Proposal) -> Request | None:
    """The request a coach was proposed for; None once that coach does not lie before the client any more."""
    if proposal.state != ProposalState.PROPOSED:
        return None
    return Request.objects.filter(pk=proposal.request_id).first()


def referral_for(person: Person, pk: UUID) -> Referral:
    """The door to a referral, for the employee and for the manager who wrote it."""
    found = Referral.objects.filter(pk=pk).select_related("client", "manager").first()
    if found is None or person.pk not in (found.client_id, found.manager_id):
        raise Http404
    return found


def share_for_reader(person: Person, pk: UUID) -> Share:
    """The door to a text that somebody shared with the acting person and still shares."""
    found = Share.objects.filter(pk=pk, reader=person, withdrawn_at=None).select_related("client").first()
    if found is None:
        raise Http404
    return found
