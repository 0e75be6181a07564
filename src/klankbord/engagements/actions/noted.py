"""A coordinator notes a request for somebody, who sends it or throws it away."""

import json
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from klankbord.core.locks import one_at_a_time
from klankbord.engagements.models import NotedRequest
from klankbord.people.api import Person, notify
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@action("noted.note")
def note_request(*, once: UUID, slug: str, client: Person, author: Person, answers: Mapping[str, str]) -> NotedRequest:
    """Keep what somebody asked for in another way than on the screen. Nothing is looked for before they send it.

    Sending the same form twice notes it once. Raises ``PermissionDenied`` for one's own request.
    """
    if client.pk == author.pk:
        raise PermissionDenied
    one_at_a_time(once)
    known = NotedRequest.objects.filter(pk=once, author=author).first()
    if known is not None:
        record("noted.note", known, owner=client.pk, detail={"outcome": "again"})
        return known
    row = NotedRequest(id=once, organisation_id=client.organisation_id, client=client, author=author)
    vault.seal(row, "answers", json.dumps(dict(answers), ensure_ascii=False))
    row.save(force_insert=True)
    record("noted.note", row, owner=client.pk)
    link = reverse("noted", kwargs={"organisation": slug, "noted": row.pk})
    notify(person_id=client.pk, kind="noted", link=link, name=author.first_name)
    return row


@action("noted.take")
def take_noted(*, noted: NotedRequest) -> None:
    """The one it was noted for goes on with it. What was noted is gone; the words stand in their own form."""
    record("noted.take", owner=noted.client_id)
    _forget(noted)


@action("noted.drop")
def drop_noted(*, noted: NotedRequest) -> None:
    """Throw away what was noted: by whoever it is for, or by whoever noted it."""
    record("noted.drop", owner=noted.client_id)
    _forget(noted)


def _forget(noted: NotedRequest) -> None:
    transaction.on_commit(partial(vault.destroy, noted.vault_scope))
    noted.delete()
