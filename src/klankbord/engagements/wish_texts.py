"""What wishes are called, from the texts about coaches."""

from __future__ import annotations

from functools import cache

from klankbord.coaches.api import themes
from klankbord.core.wording import Wording
from klankbord.engagements.rules.fit import Labels


@cache
def labels() -> Labels:
    """The words for everything a wish may name."""
    return Labels(
        themes={one.id: one.label for one in themes()},
        languages={"nl": Wording("Nederlands", "Dutch"), "en": Wording("Engels", "English")},
    )
