"""Reads about requests that a coordinator noted for somebody."""

import json
from uuid import UUID

from django.http import Http404

from klankbord.engagements.models import NotedRequest
from klankbord.people.api import Person
from klankbord.privacy import vault


def noted_for(person: Person, pk: UUID) -> NotedRequest:
    """The door to what was noted for the acting person. Raises ``Http404``."""
    found = NotedRequest.objects.filter(pk=pk, client=person).select_related("author").first()
    if found is None:
        raise Http404
    return found


def noted_by(person: Person, pk: UUID) -> NotedRequest:
    """The door to what the acting person noted for somebody. Raises ``Http404``."""
    found = NotedRequest.objects.filter(pk=pk, author=person).select_related("client").first()
    if found is None:
        raise Http404
    return found


def answers_of(noted: NotedRequest) -> dict[str, str]:
    """What was noted, as the form in which somebody asks for a coach takes it. Raises ``vault.Unreadable``."""
    answers: dict[str, str] = json.loads(vault.read(noted, "answers"))
    return answers


def all_noted_by(person: Person) -> list[NotedRequest]:
    """What waits for others to send it, oldest first."""
    return list(NotedRequest.objects.filter(author=person).select_related("client").order_by("noted_at"))


def waiting_for(person: Person) -> list[NotedRequest]:
    """What was noted for the acting person, oldest first."""
    return list(NotedRequest.objects.filter(client=person).select_related("author").order_by("noted_at"))
