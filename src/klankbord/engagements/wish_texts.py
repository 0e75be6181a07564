"""What wishes are called, from the texts about coaches."""

from __future__ import annotations

from functools import cache

from klankbord.coaches.api import profile_texts, themes
from klankbord.engagements.rules.fit import Labels


@cache
def labels() -> Labels:
    """The words for everything a wish may name, in the order in which it is shown."""
    profile = profile_texts()
    return Labels(
        themes={one.id: one.label for one in themes()},
        ways={one.id: one.label for one in profile.ways},
        languages={one.id: one.label for one in profile.languages},
        day_parts={one.id: one.label for one in profile.day_parts},
    )
