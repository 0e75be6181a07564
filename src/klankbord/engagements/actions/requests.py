"""From a request to a coach whom the client chose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.actions._beginning import begin_engagement, no_coach_any_more
from klankbord.engagements.actions._steps import tell_coordinators, turn_request
from klankbord.engagements.models import (
    Engagement,
    FitSignal,
    Proposal,
    Request,
    RequestPreference,
    RequestWords,
)
from klankbord.engagements.queries.matching import only_proposal, open_proposals, suggestion
from klankbord.engagements.rules.lifecycle import (
    PROPOSAL,
    ProposalAct,
    ProposalState,
    RequestAct,
    RequestState,
    Role,
    room_to_propose,
)
from klankbord.engagements.rules.match import ToldTo, of_relation
from klankbord.people.api import Membership, Person, holders_of, notify
from klankbord.policy.rules.finding import Finding, NotNow, Severity
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@dataclass(frozen=True)
class Wishes:
    """What the client would like of a coach; the themes are ids from the content, sensitive ones apart."""

    themes: tuple[str, ...] = ()
    sensitive_themes: tuple[str, ...] = ()
    language: str = "nl"
    place: str = Request.Place.ANY
    employer: str = Request.Employer.ANY
    one_talk: bool = False
    ways: tuple[str, ...] = ()
    day_parts: tuple[str, ...] = ()
    gender: str = ""
    coach: UUID | None = None


@action("request.send")
def send_request(*, once: UUID, slug: str, client: Person, words: str, shared: bool, wishes: Wishes) -> Request:
    """Ask for a coach. The coordinators are told that there is a request, and nothing of it.

    Sending the same form twice makes one request.
    """
    one_at_a_time(once)
    known = Request.objects.filter(pk=once, client=client).first()
    if known:
        record("request.send", known, owner=client.pk, detail={"outcome": "again"})
        return known
    organisation_id = current_scope().organisation_id
    request = Request(
        id=once,
        organisation_id=organisation_id,
        client=client,
        themes=list(wishes.themes),
        language=wishes.language,
        place=wishes.place,
        employer=wishes.employer,
        one_talk=wishes.one_talk,
        ways=list(wishes.ways),
        day_parts=list(wishes.day_parts),
    )
    request.save(force_insert=True)
    if wishes.coach or wishes.gender:
        RequestPreference(
            organisation_id=organisation_id,
            request=request,
            client=client,
            coach_id=wishes.coach,
            gender=wishes.gender,
        ).save(force_insert=True)
    row = RequestWords(organisation_id=organisation_id, request=request, client=client, shared=shared)
    vault.seal(row, "text", words)
    vault.seal(row, "sensitive", json.dumps(list(wishes.sensitive_themes)))
    row.save(force_insert=True)
    record("request.send", request, owner=client.pk)
    tell_coordinators(slug=slug, request=request, kind="request")
    return request


def _for_client(slug: str, request: Request) -> str:
    return reverse("request", kwargs={"organisation": slug, "request_id": request.pk})


@action("request.withdraw")
def withdraw_request(*, request: Request) -> None:
    """The client changes their mind. The words are destroyed at once. Raises ``NotNow``."""
    turn_request(request, RequestAct.WITHDRAW, Role.CLIENT)
    RequestWords.objects.filter(request=request).update(text=b"", sensitive=None)
    RequestPreference.objects.filter(request=request).delete()
    FitSignal.objects.filter(request=request, client_id=request.client_id).delete()
    Proposal.objects.filter(request=request, state=ProposalState.PROPOSED).update(state=ProposalState.PASSED)
    transaction.on_commit(partial(vault.destroy, vault.scope(request.organisation_id, "request", request.pk)))
    record("request.withdraw", request, owner=request.client_id)


@action("request.step_aside")
def step_aside(*, request: Request) -> None:
    """The coordinator leaves this request to colleagues; for this coordinator it is gone."""
    record("request.step_aside", request, owner=request.client_id)
    with connection.cursor() as cursor:
        cursor.execute("select engagements_step_aside(%s)", [request.pk])


@action("request.propose")
def propose_coach(*, slug: str, request: Request, coach: Person) -> Proposal:
    """Propose a coach to the client. Raises ``NotNow`` with the reason when a rule stands in the way."""
    return _propose(slug, request, coach, tell_client=True)


@action("request.propose")
def propose_coaches(*, slug: str, request: Request, coaches: Sequence[Person]) -> list[Proposal]:
    """Propose several coaches at once: all of them, or none and ``NotNow``. The client is told once."""
    return [_propose(slug, request, coach, tell_client=coach is coaches[0]) for coach in coaches]


def _propose(slug: str, request: Request, coach: Person, *, tell_client: bool) -> Proposal:
    seen = suggestion(request, coach)
    for finding in (*seen.findings, *room_to_propose(open_proposals(request))):
        if finding.blocks:
            raise NotNow(finding)
    proposal = seen.proposal
    if proposal is None or proposal.state != ProposalState.PROPOSED:
        turn_request(request, RequestAct.PROPOSE, Role.COORDINATOR)
        proposal = _proposed(request, coach, proposal)
        if tell_client:
            notify(person_id=request.client_id, kind="proposal", link=_for_client(slug, request))
        link = reverse("proposal_for_coach", kwargs={"organisation": slug, "proposal": proposal.pk})
        notify(person_id=coach.pk, kind="put_forward", link=link)
    record("request.propose", proposal, owner=request.client_id)
    return proposal


def _proposed(request: Request, coach: Person, earlier: Proposal | None) -> Proposal:
    if earlier:
        earlier.state = ProposalState.PROPOSED
        earlier.save(update_fields=["state"])
        return earlier
    proposal = Proposal(
        organisation_id=request.organisation_id, request=request, client_id=request.client_id, coach=coach
    )
    proposal.save(force_insert=True)
    return proposal


def _turn_proposal(proposal: Proposal, act: ProposalAct, role: Role) -> None:
    proposal.state = PROPOSAL.next(ProposalState(proposal.state), act, role)
    proposal.save(update_fields=["state"])


def _as_it_stands(proposal: Proposal) -> Request:
    """The request of a proposal, locked; the proposal as it is now and not when the page was opened."""
    request: Request = Request.objects.select_for_update().get(pk=proposal.request_id)
    proposal.request = request
    proposal.refresh_from_db(fields=["state"])
    return request


def _running(proposal: Proposal) -> Engagement | None:
    return Engagement.objects.filter(request=proposal.request, coach=proposal.coach, closed_on=None).first()


def _refuse_who_cannot(request: Request, coach: Person) -> None:
    """Raise ``NotNow`` when, since the proposal, this coach stopped coaching or came to stand too near the client."""
    if not holders_of(Membership.Role.COACH).filter(pk=coach.pk).exists():
        raise NotNow(no_coach_any_more(coach))
    # Room was weighed when the coach was proposed; how many clients a coach has is not told to a client.
    for finding in suggestion(request, coach, told_to=ToldTo.CLIENT).findings:
        if finding.blocks and of_relation(finding):
            raise NotNow(finding)


def _under_way(coach: Person) -> Finding:
    return Finding(
        code="proposal.under_way",
        severity=Severity.BLOCKS,
        nl="Jij en {coach} zijn al begonnen. Hier kun je een andere coach kiezen.",
        en="You and {coach} have begun already. Here you can choose another coach.",
        clause="match.client_chooses",
        names=(("coach", coach.first_name),),
    )


def _chosen_already() -> Finding:
    return Finding(
        code="proposal.chosen_already",
        severity=Severity.BLOCKS,
        nl="Je bent intussen gekozen. Bij de kennismaking kun je nog zeggen dat het niet gaat.",
        en="You have been chosen in the meantime. At the introduction you can still say that it is not possible.",
        clause="match.client_chooses",
    )


@action("proposal.pass")
def pass_proposal(*, slug: str, proposal: Proposal) -> None:
    """The client prefers another coach, without explaining. Raises ``NotNow``.

    Once the two of them work together, another coach is asked for from the coaching itself: that ends it, and
    releases the coach. Passed here, the coach would stay.
    """
    request = _as_it_stands(proposal)
    if proposal.state == ProposalState.CHOSEN and _running(proposal):
        raise NotNow(_under_way(proposal.coach))
    _turn_proposal(proposal, ProposalAct.PASS, Role.CLIENT)
    if request.state == RequestState.PROPOSED and open_proposals(request) == 0:
        turn_request(proposal.request, RequestAct.PASS_ALL, Role.CLIENT)
        tell_coordinators(slug=slug, request=proposal.request, kind="passed")
    record("proposal.pass", proposal, owner=proposal.client_id)


@action("proposal.decline")
def decline_proposal(*, slug: str, proposal: Proposal) -> None:
    """The coach cannot now, and need not say why. Raises ``NotNow`` when the client chose or passed already.

    The client is told kindly, and keeps the others to choose from; with nobody left the search goes on.
    """
    request = Request.objects.select_for_update().filter(pk=proposal.request_id).first()
    proposal.refresh_from_db(fields=["state"])
    if proposal.state == ProposalState.CHOSEN:
        raise NotNow(_chosen_already())
    # Whoever does not lie before the client any more does not see the request either.
    if request is None:
        raise NotNow(PROPOSAL.no_such_step(ProposalState(proposal.state)))
    last = only_proposal(request)
    if last:
        turn_request(request, RequestAct.REFUSE, Role.COACH)
    _turn_proposal(proposal, ProposalAct.REFUSE, Role.COACH)
    kind = "last_declined" if last else "one_declined"
    notify(person_id=proposal.client_id, kind=kind, link=_for_client(slug, request), name=proposal.coach.first_name)
    if last:
        tell_coordinators(slug=slug, request=request, kind="passed")
    record("proposal.decline", proposal, owner=proposal.client_id)


@action("proposal.choose")
def choose_coach(*, slug: str, proposal: Proposal) -> Engagement:
    """The client chooses: from now on there are two people, and the coach reads the request. Raises ``NotNow``."""
    request = _as_it_stands(proposal)
    running = _running(proposal)
    if proposal.state == ProposalState.CHOSEN and running:
        record("proposal.choose", proposal, owner=proposal.client_id, detail={"outcome": "again"})
        return running
    turn_request(request, RequestAct.CHOOSE, Role.CLIENT)
    _turn_proposal(proposal, ProposalAct.CHOOSE, Role.CLIENT)
    _refuse_who_cannot(request, proposal.coach)
    others = Proposal.objects.filter(request=request, state=ProposalState.PROPOSED).exclude(pk=proposal.pk)
    others.update(state=ProposalState.PASSED)
    RequestWords.objects.filter(request=proposal.request).update(coach=proposal.coach)
    engagement = begin_engagement(proposal)
    record("proposal.choose", proposal, owner=proposal.client_id)
    link = reverse("engagement", kwargs={"organisation": slug, "engagement": engagement.pk})
    notify(person_id=proposal.coach_id, kind="chosen", link=link, name=proposal.client.first_name)
    return engagement
