"""Ending a shared copy: a step that several actions take."""

from functools import partial

from django.db import transaction

from klankbord.coaches.models import StoryShare
from klankbord.core import clock
from klankbord.privacy import vault


def end_share(share: StoryShare) -> None:
    """Nobody else reads it from now on; its key goes as soon as that is certain."""
    share.withdrawn_at = clock.now()
    share.save(update_fields=["withdrawn_at"])
    transaction.on_commit(partial(vault.destroy, share.vault_scope))
