"""One text in both languages, and which languages those are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klankbord.core.own_words import in_own_words

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages."""

    nl: str
    en: str

    def text(self, language: Language) -> str:
        """The text in ``language``, in the organisation's own words."""
        return in_own_words(self.nl if language == "nl" else self.en)
