"""A coordinator lays a spreadsheet before the people in it, and each of them decides about the own rows."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.urls import reverse

from klankbord.coaches.api import (
    EarlierHours,
    ProfileWords,
    add_earlier_hours,
    own_profile,
    set_room,
    theme,
    write_profile,
)
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._beginning import begin_engagement, no_coach_any_more
from klankbord.engagements.models import Engagement, Proposal, Request, SheetLetter, SheetNote
from klankbord.engagements.models.spreadsheet import sheet_scope
from klankbord.engagements.queries.spreadsheet import content_of, plan_for
from klankbord.engagements.rules.lifecycle import Phase, RequestState
from klankbord.engagements.rules.spreadsheet import Kind, Offered, SheetPlan, SheetRow
from klankbord.people.api import Membership, Person, holders_of, notify
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


class NotAsSeen(Exception):
    """The plan is no longer the one that was looked at, or cannot be carried out. Nothing was done."""


@action("spreadsheet.offer")
def offer_rows(*, slug: str, author: Person, rows: Sequence[SheetRow], seen: str) -> SheetPlan:
    """Lay every row before whoever it is about. *seen* is the mark of the plan that was looked at.

    Raises :class:`NotAsSeen` when it would now do something else. What was laid down already is not laid down again.
    """
    one_at_a_time(f"spreadsheet {author.pk}")
    plan = plan_for(author, rows)
    if plan.problems or plan.mark != seen:
        raise NotAsSeen
    for offer in plan.offers:
        _lay_down(author, offer)
    link = reverse("sheet_letters", kwargs={"organisation": slug})
    for person_id in {offer.person for offer in plan.offers}:
        notify(person_id=person_id, kind="sheet_letter", link=link, name=author.first_name)
    if not plan.offers:
        record("spreadsheet.offer", detail={"outcome": "again"})
    return plan


def _lay_down(author: Person, offer: Offered) -> None:
    whom = {"organisation_id": author.organisation_id, "author": author, "person_id": offer.person}
    letter = SheetLetter(id=uuid4(), **whom, coach_id=offer.coach, kind=offer.kind)
    vault.seal(letter, "content", json.dumps(dict(offer.content), ensure_ascii=False))
    letter.save(force_insert=True)
    SheetNote(id=letter.pk, **whom, kind=offer.kind, mark=offer.mark).save(force_insert=True)
    record("spreadsheet.offer", letter, owner=offer.person)


@action("spreadsheet.take_back")
def take_back(*, note: SheetNote) -> None:
    """Whoever laid it down takes it back. Nobody learns from it whether it was answered."""
    record("spreadsheet.take_back", note, owner=note.person_id)
    with connection.cursor() as cursor:
        cursor.execute("select engagements_take_back_sheet(%s)", [note.pk])
    transaction.on_commit(partial(vault.destroy, sheet_scope(note.organisation_id, note.pk)))


@action("spreadsheet.drop")
def drop_letter(*, letter: SheetLetter) -> None:
    """The one it was laid before does not want it here. Nobody is told, and nobody can see it."""
    record("spreadsheet.drop", owner=letter.person_id)
    _forget(letter)


def _forget(letter: SheetLetter) -> None:
    transaction.on_commit(partial(vault.destroy, letter.vault_scope))
    SheetLetter.objects.filter(pk=letter.pk).delete()


@action("spreadsheet.take")
def take_letter(*, slug: str, letter: SheetLetter) -> None:
    """A coach takes over facts for the own profile, or hours. The profile is not shown to anybody by it."""
    content = content_of(letter)
    if letter.kind == Kind.HOURS:
        stated = {name: content[name] for name in ("from_year", "until_year", "hours", "clients", "source")}
        if not EarlierHours.objects.filter(coach=letter.person, **stated).exists():
            add_earlier_hours(once=letter.pk, coach=letter.person, **stated)
    else:
        _put_in_profile(slug, letter.person, content)
    record("spreadsheet.take", owner=letter.person_id)
    _forget(letter)


def _put_in_profile(slug: str, coach: Person, content: dict[str, object]) -> None:
    """What the row says takes the place of what stood there; of the rest, everything stays."""
    profile = own_profile(coach)
    said: dict[str, object] = {
        name: tuple(value) if isinstance(value := getattr(profile, name), list) else value
        for name in ProfileWords.__dataclass_fields__
    }
    chosen = content.get("themes")
    if isinstance(chosen, list):
        said["themes"] = tuple(one for one in chosen if not theme(one).sensitive)
        said["sensitive_themes"] = tuple(one for one in chosen if theme(one).sensitive)
    for name in ("languages", "places"):
        given = content.get(name)
        if isinstance(given, list):
            said[name] = tuple(given)
    said["online"] = content.get("online", said["online"])
    write_profile(slug=slug, coach=coach, words=ProfileWords(**said))  # type: ignore[arg-type]
    capacity = content.get("capacity")
    if isinstance(capacity, int):
        set_room(coach=coach, capacity=capacity, paused=profile.paused, paused_until=profile.paused_until)


@action("spreadsheet.confirm")
def confirm_engagement(*, slug: str, letter: SheetLetter) -> Engagement:
    """The client says that it is so: only now there is a coaching, and the coach is told. Raises ``NotNow``.

    The request behind it holds nothing: it was made long ago, elsewhere.
    """
    client, coach = letter.person, letter.coach
    one_at_a_time(f"coached {client.pk} {coach.pk}")
    content = content_of(letter)
    running = Engagement.objects.filter(client=client, coach=coach, closed_on=None).first()
    if running:
        record("spreadsheet.confirm", running, owner=client.pk, detail={"outcome": "again"})
        _forget(letter)
        return running
    if not holders_of(Membership.Role.COACH).filter(pk=coach.pk).exists():
        raise NotNow(no_coach_any_more(coach))
    request = Request(
        organisation_id=client.organisation_id, client=client, language=client.language, state=RequestState.MATCHED
    )
    request.save(force_insert=True)
    engagement = begin_engagement(
        _proposal(letter, request),
        phase=Phase.AGREEMENT,
        started_on=date.fromisoformat(content["since"]),
        planned_end=date.fromisoformat(content["end"]) if content["end"] else None,
    )
    transaction.on_commit(partial(vault.destroy, letter.vault_scope))
    record("spreadsheet.confirm", engagement, owner=client.pk)
    link = reverse("engagement", kwargs={"organisation": slug, "engagement": engagement.pk})
    notify(person_id=coach.pk, kind="sheet_confirmed", link=link, name=client.first_name)
    return engagement


def _proposal(letter: SheetLetter, request: Request) -> Proposal:
    """The coordinator's proposal, as the letter holds it; the letter goes with it."""
    with connection.cursor() as cursor:
        cursor.execute("select engagements_propose_from_sheet(%s, %s)", [letter.pk, request.pk])
        made: UUID = cursor.fetchone()[0]
    return Proposal.objects.select_related("request", "coach").get(pk=made)
