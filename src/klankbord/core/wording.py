"""One text in both languages, and which languages those are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages."""

    nl: str
    en: str

    def text(self, language: Language) -> str:
        """The text in ``language``."""
        return self.nl if language == "nl" else self.en
