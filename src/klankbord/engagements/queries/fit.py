"""Reads about whether coaching fits here, each for one of the audiences."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from klankbord.engagements.models import Engagement, FitCount, FitLetter, FitReply, FitSignal, FitThought, Request
from klankbord.engagements.queries.doors import Standing, words_of
from klankbord.engagements.rules.suitability import Pattern
from klankbord.people.api import Membership, Person, holders_of
from klankbord.privacy import vault

YEARS_SHOWN = 5

# --- the coach ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shared:
    """A thought as its coach sees it: what was written, when it was shared, and what the client answered."""

    text: str
    pattern: str
    shared_at: datetime
    reply: str


def shared_by(standing: Standing) -> list[Shared]:
    """What this coach shared with this client, in order.

    SECURITY: it never looks at the client's copy. What the client did with it is the client's.
    """
    thoughts = list(FitThought.objects.filter(engagement=standing.engagement, coach=standing.person))
    replies = {one.pk: one for one in FitReply.objects.filter(engagement=standing.engagement)} if thoughts else {}
    vault.prepare([*thoughts, *replies.values()])
    return [
        Shared(
            _words(one, "text"),
            _pattern(one),
            one.shared_at,
            _words(replies[one.pk], "text") if one.pk in replies else "",
        )
        for one in thoughts
    ]


def _words(row: FitThought | FitLetter | FitReply | FitSignal, field: str) -> str:
    try:
        return vault.read(row, field)
    except vault.Unreadable:
        return ""


def _pattern(row: FitThought | FitLetter) -> str:
    """Which pattern it makes the coach think of; empty when it was left open, or is no longer one of ours."""
    found = _words(row, "pattern")
    return found if found in set(Pattern) else ""


# --- the client -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """A thought as it lies with the client."""

    row: FitLetter
    text: str
    pattern: str
    reply: str = ""


def letters_about(client: Person, request: Request) -> list[FitLetter]:
    """What coaches shared with this client in the coachings that came of this request, in order."""
    coachings = Engagement.objects.filter(request=request, client=client).values("pk")
    return list(FitLetter.objects.filter(client=client, engagement__in=coachings).select_related("coach"))


def letter_for(person: Person, pk: UUID) -> Letter:
    """The door to a thought for the client it was shared with, and for nobody else. Raises ``Http404``."""
    found = FitLetter.objects.filter(pk=pk, client=person).select_related("coach", "engagement").first()
    if found is None:
        raise Http404
    reply = FitReply.objects.filter(pk=pk, client=person).first()
    return Letter(found, _words(found, "text"), _pattern(found), _words(reply, "text") if reply else "")


@dataclass(frozen=True)
class Signal:
    """What was passed on, unsealed."""

    row: FitSignal
    pattern: Pattern
    text: str


def passed_on_about(client: Person, request: Request) -> list[Signal]:
    """What this client passed on with this request, in order."""
    rows = list(FitSignal.objects.filter(request=request, client=client))
    vault.prepare(rows)
    return [_signal(row) for row in rows]


def _signal(row: FitSignal) -> Signal:
    return Signal(row, Pattern(row.pattern), _words(row, "text"))


def signal_for_client(person: Person, pk: UUID) -> FitSignal:
    """The door to something one passed on oneself. Raises ``Http404``."""
    found = FitSignal.objects.filter(pk=pk, client=person).first()
    if found is None:
        raise Http404
    return found


def can_be_passed_on(request: Request) -> bool:
    """Whether the words of this request are still kept, so that something can be put beside them."""
    words = words_of(request)
    return words is not None and bool(words.text)


def readers_of(request: Request) -> list[Person]:
    """The coordinators who would read what this client passes on, as the row policy has it.

    Not who stepped aside, not who coaches or coached this client, and not the client's own manager.
    """
    out = {request.client_id, request.client.manager_id, *request.aside}
    out |= set(Engagement.objects.filter(request=request).values_list("coach_id", flat=True))
    return [one for one in holders_of(Membership.Role.COORDINATOR) if one.pk not in out]


# --- the coordinator ------------------------------------------------------------------------------------------------


def signals_listed(coordinator: Person) -> "QuerySet[FitSignal]":
    """What clients passed on and this coordinator may read, the newest first."""
    rows = FitSignal.objects.exclude(client=coordinator).select_related("client")
    return rows.order_by("-passed_at", "pk")


def signal_for_coordinator(person: Person, pk: UUID, roles: frozenset[str]) -> Signal:
    """The door to what a client passed on, for a coordinator. Raises ``Http404``; one's own is read as the client."""
    found = FitSignal.objects.filter(pk=pk).exclude(client=person).select_related("client").first()
    if found is None or "coordinator" not in roles:
        raise Http404
    return _signal(found)


@dataclass(frozen=True)
class Year:
    """What was published about one calendar year: by pattern the number of people, None below five."""

    year: int
    counts: dict[str, int | None]


def years_published() -> list[Year]:
    """The counts of the last years, newest first."""
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    rows = FitCount.objects.order_by("-year")[: YEARS_SHOWN * len(Pattern)]
    for row in rows:
        found[row.year][row.pattern] = row.count
    return [Year(year, counts) for year, counts in found.items()]
