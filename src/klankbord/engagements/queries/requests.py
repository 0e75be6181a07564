"""Reads about requests, referrals and the outline of engagements, each page in a fixed number of queries."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from klankbord.coaches.api import CoachProfile, photos_of, profiles_of
from klankbord.engagements.models import (
    Engagement,
    Proposal,
    Referral,
    ReferralAnswer,
    ReferralQuestion,
    Request,
    RequestPreference,
)
from klankbord.engagements.queries.doors import referral_for, words_of
from klankbord.engagements.queries.matching import suggestions_for_client
from klankbord.engagements.rules.fit import Fit
from klankbord.engagements.rules.lifecycle import ProposalState, ReferralState, RequestState
from klankbord.people.api import Membership, Person, holders_of
from klankbord.policy.rules.finding import Finding
from klankbord.privacy import vault

OPEN_STATES = (RequestState.SENT, RequestState.PROPOSED, RequestState.CHOSEN)

# --- one's own request ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What a client told with a request, as far as the acting person may read it."""

    text: str
    sensitive_themes: tuple[str, ...]
    shared: bool


@dataclass(frozen=True)
class Offer:
    """A proposed coach as the client sees it, with what there is to know about the two of them and what fits."""

    proposal: Proposal
    findings: tuple[Finding, ...]
    fit: Fit
    profile: CoachProfile | None
    photo: str

    @property
    def out_of_line(self) -> bool:
        """Whether nothing ties the two: no line between them, another unit, or another employer."""
        return not any(finding.blocks for finding in self.findings)


def request_sent_as(person: Person, once: UUID) -> Request | None:
    """The request that this sending of the form made, if it did."""
    return Request.objects.filter(pk=once, client=person).first()


def fresh_once(person: Person, kept: str) -> UUID:
    """The id under which the next request goes: the kept one, unless a request was made with it already.

    A page left open in another tab keeps an id that was used. Sending under it again would answer with the old
    request and lose the new words.
    """
    try:
        once = UUID(kept)
    except ValueError:
        return uuid4()
    return uuid4() if request_sent_as(person, once) else once


def open_requests_of(person: Person) -> list[Request]:
    """The person's own requests that are on their way, oldest first."""
    return list(Request.objects.filter(client=person, state__in=OPEN_STATES).order_by("sent_at"))


def running_coaching_of(person: Person) -> list[Engagement]:
    """The person's own engagements, as the client, that have not ended."""
    running = Engagement.objects.filter(client=person, closed_on=None)
    return list(running.select_related("coach").order_by("started_on"))


def told_with(request: Request) -> Told | None:
    """The words with a request, unsealed; None for whoever may not read them, and when they were destroyed."""
    words = words_of(request)
    if words is None:
        return None
    try:
        text = vault.read(words, "text")
        sensitive = tuple(json.loads(vault.read(words, "sensitive") or "[]"))
    except vault.Unreadable:
        return None
    return Told(text, sensitive, words.shared) if text else None


def declined_for(request: Request) -> list[str]:
    """The first names of coaches who were proposed for this request and cannot now."""
    refused = Proposal.objects.filter(request=request, state=ProposalState.REFUSED).select_related("coach")
    return [proposal.coach.first_name for proposal in refused.order_by("proposed_at")]


def preference_of(request: Request) -> RequestPreference | None:
    """Whom the client would rather have, for the client and for whoever looks for a coach."""
    return RequestPreference.objects.filter(request=request).select_related("coach").first()


def coaching_from(request: Request) -> Engagement | None:
    """The engagement that a request led to and that still runs."""
    running = Engagement.objects.filter(request=request, client_id=request.client_id, closed_on=None)
    return running.select_related("coach").order_by("-started_on").first()


def offers_of(request: Request, client: Person) -> list[Offer]:
    """The coaches who lie before the client, in the order in which they were proposed. Never more than three.

    A client who is a coordinator as well reads of a coach what every client does: a profile that is visible.
    """
    open_now = Proposal.objects.filter(request=request, client=client, state=ProposalState.PROPOSED)
    proposals = list(open_now.select_related("coach__unit").order_by("proposed_at"))
    if not proposals:
        return []
    request.client = client
    profiles = profiles_of(proposal.coach_id for proposal in proposals)
    shown = {pk: profile for pk, profile in profiles.items() if profile.visible}
    photos = photos_of(shown)
    return [
        Offer(seen.proposal, seen.findings, seen.fit, shown.get(seen.coach.pk), photos.get(seen.coach.pk, ""))
        for seen in suggestions_for_client(request, proposals)
        if seen.proposal
    ]


# --- referrals --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """A question that was asked first, with its answer when there is one."""

    row: ReferralQuestion
    text: str
    answer: str


@dataclass(frozen=True)
class Letter:
    """A manager's own earlier suggestion: to whom, when, and the words. Never what came of it."""

    referral: Referral
    text: str


def letters_of(manager: Person, count: int = 20) -> list[Letter]:
    """What this manager wrote before, newest first."""
    written = list(Referral.objects.filter(manager=manager).select_related("client").order_by("-made_at")[:count])
    vault.prepare(written)
    return [Letter(referral, vault.read(referral, "text")) for referral in written]


def referral_for_client(person: Person, pk: UUID) -> Referral:
    """The door to a referral for the employee it was written to, and for nobody else."""
    referral = referral_for(person, pk)
    if referral.client_id != person.pk:
        raise Http404
    return referral


def answer_to(referral: Referral) -> ReferralState:
    """Where the employee stands; open as long as there is no answer. For the employee's screen alone."""
    row = ReferralAnswer.objects.filter(referral=referral, client_id=referral.client_id).first()
    return ReferralState(row.state) if row else ReferralState.OPEN


def questions_about(referral: Referral) -> list[Question]:
    """What the employee asked first, oldest first, with the answers."""
    rows = ReferralQuestion.objects.filter(referral=referral, client_id=referral.client_id)
    asked = list(rows.select_related("asked").order_by("asked_at"))
    vault.prepare(asked)
    return [_question(row) for row in asked]


def question_for(person: Person, pk: UUID) -> Question:
    """The door to a question, for who asked it and who was asked."""
    # Not with its referral: a coordinator who is asked something does not see the manager's letter.
    row = ReferralQuestion.objects.filter(pk=pk).select_related("client__manager", "asked").first()
    if row is None or person.pk not in (row.client_id, row.asked_id):
        raise Http404
    return _question(row)


def _question(row: ReferralQuestion) -> Question:
    return Question(row, vault.read(row, "text"), vault.read(row, "answer"))


def people_to_ask(referral: Referral) -> list[Person]:
    """Whom the employee may ask something first: the one who wrote, and the coordinators."""
    coordinators = holders_of(Membership.Role.COORDINATOR)
    others = [one for one in coordinators if one.pk not in (referral.client_id, referral.manager_id)]
    return [referral.manager, *others]


# --- what coordinators look at ----------------------------------------------------------------------------------


def _found_by_name(prefix: str, search: str) -> Q:
    """Every word of *search* stands somewhere in the name."""
    found = Q()
    for word in search.split():
        found &= Q(**{f"{prefix}__name__icontains": word})
    return found


def _sorted_by[R: (Request, Engagement)](
    rows: "QuerySet[R]", sort: str, orders: dict[str, str], usual: Sequence[str]
) -> "QuerySet[R]":
    """Sorted by one of *orders* ("-name" for the other way round), and then always in the same order."""
    column = orders.get(sort.removeprefix("-"))
    if column is None:
        return rows.order_by(*usual, "pk")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, *usual, "pk")


def requests_listed(coordinator: Person, *, search: str = "", state: str = "", sort: str = "") -> "QuerySet[Request]":
    """The requests a coordinator may look at: those that wait for a proposal first, the longest waiting first.

    One's own request is no work of one's own, nor is one that was left to colleagues; a request that was withdrawn is
    nobody's.
    """
    rows = Request.objects.exclude(client=coordinator).exclude(state=RequestState.WITHDRAWN)
    rows = rows.exclude(aside__contains=[coordinator.pk])
    rows = rows.filter(_found_by_name("client", search)).select_related("client__unit")
    if state:
        rows = rows.filter(state=state)
    steps = [When(state=open_state, then=Value(place)) for place, open_state in enumerate(OPEN_STATES)]
    rows = rows.annotate(urgency=Case(*steps, default=Value(len(OPEN_STATES)), output_field=IntegerField()))
    orders = {"name": "client__sort_key", "unit": "client__unit__name", "waiting": "sent_at"}
    return _sorted_by(rows, sort, orders, ("urgency", "sent_at"))


def engagements_listed(
    *, search: str = "", state: str = "", employer: str = "", sort: str = ""
) -> "QuerySet[Engagement]":
    """The outline of every engagement the acting coordinator may see: who, from when to when, and nothing of it."""
    # The planned end of what is closed is not shown, and so it sorts nothing either: it would tell who stopped early.
    still_planned = Case(When(closed_on=None, then=F("planned_end")))
    rows = Engagement.objects.alias(still_planned=still_planned)
    rows = rows.filter(_found_by_name("client", search) | _found_by_name("coach", search))
    if state:
        rows = rows.filter(closed_on__isnull=state == "running")
    if employer:
        rows = rows.filter(external=employer == Request.Employer.EXTERNAL)
    orders = {
        "client": "client__sort_key",
        "coach": "coach__sort_key",
        "start": "started_on",
        "end": "still_planned",
    }
    return _sorted_by(rows.select_related("client", "coach"), sort, orders, ("-started_on",))


def coach_for(pk: UUID) -> Person:
    """The door to a coach of this organisation."""
    coach = holders_of(Membership.Role.COACH).filter(pk=pk).first()
    if coach is None:
        raise Http404
    return coach


def colleague_remains(coordinator: Person, request: Request) -> bool:
    """Whether some other coordinator may still look for a coach when this one steps aside."""
    out = {coordinator.pk, request.client_id, *request.aside}
    return any(one.pk not in out for one in holders_of(Membership.Role.COORDINATOR))
