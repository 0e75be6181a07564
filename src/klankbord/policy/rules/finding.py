"""What a rule answers: a finding that explains itself, in both languages.

A rule never answers with a bare yes or no. It says what it saw, how heavily that weighs, and which clause of
the organisation's policy made it say so. The names of people stand in the sentence as placeholders; whoever
shows the finding may put in other words for them ("jij", "de deelnemer").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from klankbord.core.own_words import in_own_words
from klankbord.core.wording import Language


class Severity(StrEnum):
    """How heavily a finding weighs."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule has to say.

    ``clause`` is the id of the policy clause that decided it (see ``policy/content/clauses.toml``).
    ``names`` fills the placeholders of both sentences; a tuple of pairs, so that a finding can be hashed.
    """

    code: str
    severity: Severity
    nl: str
    en: str
    clause: str
    names: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language, **names: str) -> str:
        """The sentence in ``language``; ``names`` go before the names the finding already holds."""
        template = in_own_words(self.nl if language == "nl" else self.en)
        return template.format_map({**dict(self.names), **names})

    @property
    def blocks(self) -> bool:
        """Whether the step cannot be taken because of this finding."""
        return self.severity is Severity.BLOCKS


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stand in the way, in the order in which they were found."""
    return [finding for finding in findings if finding.blocks]


class NotNow(Exception):
    """A step that cannot be taken at this moment. Carries the words for the person who tried."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text("en"))
        self.finding = finding

    def text(self, language: Language, **names: str) -> str:
        """The explanation in ``language``."""
        return self.finding.text(language, **names)
