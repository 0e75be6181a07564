"""Words that save themselves while somebody types, for that person only."""

import json
from functools import partial

from django.db import transaction

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import acting_person_id, current_scope
from klankbord.privacy import vault
from klankbord.privacy.models import Draft

MAX_CHARACTERS = 100_000


def keep_draft(place: str, fields: dict[str, str]) -> None:
    """Keep what somebody is typing in the form at *place*. The last version wins; it is no change of state.

    Raises ``ValueError`` when the words are longer than :data:`MAX_CHARACTERS` together.
    """
    body = json.dumps(fields, ensure_ascii=False)
    if len(body) > MAX_CHARACTERS:
        raise ValueError("too long to keep as a draft")
    person_id = acting_person_id()
    one_at_a_time(f"{person_id} {place}")
    draft = Draft.objects.filter(person_id=person_id, place=place).first()
    if draft is None:
        draft = Draft(organisation_id=current_scope().organisation_id, person_id=person_id, place=place)
    vault.seal(draft, "body", body)
    draft.saved_at = clock.now()
    draft.save()


def draft_at(place: str) -> dict[str, str]:
    """What the acting person was typing at *place*; empty when there is nothing."""
    draft = Draft.objects.filter(person_id=acting_person_id(), place=place).first()
    if draft is None:
        return {}
    try:
        kept: dict[str, str] = json.loads(vault.read(draft, "body"))
    except vault.Unreadable:
        return {}
    return kept


def drop_draft(place: str) -> None:
    """The words were sent: the draft goes, and its key with it as soon as the sending is certain."""
    drafts = Draft.objects.filter(person_id=acting_person_id(), place=place)
    for draft in drafts:
        transaction.on_commit(partial(vault.destroy, draft.vault_scope))
    drafts.delete()
