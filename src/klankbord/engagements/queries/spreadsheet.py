"""Reads about what coordinators take over from a spreadsheet."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from klankbord.coaches.api import profile_texts, themes
from klankbord.core import clock
from klankbord.engagements.models import Engagement, SheetLetter, SheetNote
from klankbord.engagements.rules.spreadsheet import (
    Known,
    SheetPlan,
    SheetRow,
    Standing,
    names_in,
    plan_sheets,
)
from klankbord.people.api import Membership, Person, holders_of
from klankbord.people.rules import folded
from klankbord.privacy import vault


def plan_for(author: Person, rows: Sequence[SheetRow]) -> SheetPlan:
    """What these rows would do as everything stands now, in a fixed number of queries."""
    emails, numbers = names_in(rows)
    coaches = set(holders_of(Membership.Role.COACH).values_list("pk", flat=True))
    people: dict[str, Known] = {}
    named = Person.objects.filter(Q(email__in=emails) | Q(staff_number__in=numbers), active=True, guest=False)
    for person in named:
        known = Known(person.pk, person.name, person.pk in coaches, bool(person.employer))
        people |= {person.email: known, person.staff_number: known}
    people.pop("", None)
    running = Engagement.objects.filter(closed_on=None, client_id__in=[one.id for one in people.values()])
    standing = Standing(
        me=author.pk,
        today=clock.today(),
        people=people,
        themes=_by_word(themes()),
        languages=_by_word(profile_texts().languages),
        running=frozenset(running.values_list("client_id", "coach_id")),
        offered=frozenset(SheetNote.objects.filter(author=author).values_list("mark", flat=True)),
    )
    return plan_sheets(standing, rows)


def _by_word(choices: Sequence[Any]) -> Mapping[str, str]:
    return {folded(word): one.id for one in choices for word in (one.id, one.label.nl, one.label.en)}


def names_of(person_ids: set[UUID]) -> Mapping[UUID, str]:
    """The names of these people."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "name"))


def letters_for(person: Person) -> list[SheetLetter]:
    """What was laid before the acting person, oldest first."""
    found = SheetLetter.objects.filter(person=person).select_related("author", "coach")
    return list(found.order_by("offered_at", "pk"))


def letter_for(person: Person, pk: UUID) -> SheetLetter:
    """The door to what was laid before the acting person. Raises ``Http404``."""
    found = SheetLetter.objects.filter(pk=pk, person=person).select_related("author", "coach", "person").first()
    if found is None:
        raise Http404
    return found


def content_of(letter: SheetLetter) -> dict[str, Any]:
    """What the row said. Raises ``vault.Unreadable``."""
    content: dict[str, Any] = json.loads(vault.read(letter, "content"))
    return content


def notes_of(author: Person) -> list[SheetNote]:
    """What the acting coordinator laid before others, newest first; whatever they did with it."""
    return list(SheetNote.objects.filter(author=author).select_related("person").order_by("-offered_at", "pk"))


def note_by(author: Person, pk: UUID) -> SheetNote:
    """The door to what the acting coordinator laid before somebody. Raises ``Http404``."""
    found = SheetNote.objects.filter(pk=pk, author=author).first()
    if found is None:
        raise Http404
    return found
