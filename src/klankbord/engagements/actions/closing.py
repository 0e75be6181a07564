"""The client tells at work how it goes: by mouth, or by sharing a text after seeing exactly what will be read."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import note_opened
from klankbord.engagements.models import Share
from klankbord.engagements.queries.closing import readers_of
from klankbord.engagements.queries.doors import Standing
from klankbord.people.api import notify
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = ["NoReader", "note_opened", "share_text", "withdraw_share"]


class NoReader(Exception):
    """There is nobody to share with, or another one than the preview named."""


@action("share.make")
def share_text(*, once: UUID, standing: Standing, slug: str, text: str, reader_id: UUID | None = None) -> Share:
    """Let the client's manager, or whoever asks or pays for the coaching, read this very text.

    Sharing the same form twice shares once. *reader_id* is whom the preview named, else the manager. Raises
    :class:`NoReader` when that no longer is one of them: what was meant for one person does not go to another.
    """
    reader_id = reader_id or standing.engagement.client.manager_id
    if not standing.is_client or reader_id not in {one.pk for one in readers_of(standing)}:
        raise NoReader
    one_at_a_time(once)
    known = Share.objects.filter(pk=once, client=standing.person).first()
    if known:
        record("share.make", known, owner=standing.person.pk, detail={"outcome": "again"})
        return known
    share = Share(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        client=standing.person,
        reader_id=reader_id,
    )
    vault.seal(share, "text", text)
    share.save(force_insert=True)
    record("share.make", share, owner=standing.person.pk)
    link = reverse("shared_text", kwargs={"organisation": slug, "share": share.pk})
    notify(person_id=share.reader_id, kind="shared", link=link, name=standing.person.first_name)
    return share


@action("share.withdraw")
def withdraw_share(*, share: Share) -> None:
    """Stop sharing: the copy is unreadable at once. What was read stays known, and the product says so."""
    share.withdrawn_at = share.withdrawn_at or clock.now()
    share.save(update_fields=["withdrawn_at"])
    record("share.withdraw", share, owner=share.client_id)
    transaction.on_commit(partial(vault.destroy, share.vault_scope))
