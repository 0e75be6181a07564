"""What one version of a coaching policy holds: a few numbers and choices that are rules, and texts for people to read.

The numbers are what every check in the product asks. What is left out stays at what the template says, so that a
version published under an older Klankbord can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class ThreeWay(StrEnum):
    """Whether client, coach and whoever asks or pays for the coaching meet at the start and the end."""

    NOT = "not"
    OFFERED = "offered"
    USUAL = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRules:
    """Who may coach whom.

    ``line_levels`` is how many levels up and down the line count; 0 means the whole line. ``line_years`` is how many
    years a line relation goes on counting after it ended; 0 means that only the present line counts.
    """

    line_levels: int = 0
    line_years: int = 2
    same_unit: bool = False
    external: bool = True
    external_for_sensitive: bool = True
    wishes_about_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRules:
    """What internal and external coaches need before they take clients. Norms are per calendar year; 0 means no norm.

    ``accreditations`` are the bodies of which one is enough (see ``coaches/content``); empty means any.
    """

    internal_training: bool = True
    internal_intervision: int = 4
    internal_hours: int = 0
    external_accreditation: bool = True
    accreditations: tuple[str, ...] = ()
    external_supervision: bool = True
    code_of_ethics: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRules:
    """Number, length (minutes) and rhythm (weeks between talks), and what comes before or after which talk."""

    count: int = 7
    most: int = 10
    minutes: int = 60
    weeks: int = 3
    one_talk: bool = True
    direction_by: int = 3
    interim_after: int = 3
    three_way: ThreeWay = ThreeWay.OFFERED


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRules:
    """What an external talk may cost at most, in whole euros an hour (0: no limit), and when to warn, in per cent."""

    rate_most: int = 0
    warn_at: int = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWord:
    """What the organisation calls somebody who is coached: without article, in the plural, and "de" or "het"."""

    one: str = "klant"
    many: str = "klanten"
    article: str = "de"
    one_en: str = "client"
    many_en: str = "clients"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyContent:
    """The whole of one version.

    ``texts`` are by the id of their section. ``addresses`` say where to find each form of guidance and other help in
    this organisation, by its id: a name, a telephone number, a page.
    """

    match: MatchRules = field(default_factory=MatchRules)
    quality: QualityRules = field(default_factory=QualityRules)
    talks: TalkRules = field(default_factory=TalkRules)
    money: MoneyRules = field(default_factory=MoneyRules)
    word: ClientWord = field(default_factory=ClientWord)
    retention_months: int = 6
    review_months: int = 12
    texts: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What :func:`content_from` reads back."""
        return asdict(self) | {"texts": dict(self.texts), "addresses": dict(self.addresses)}


TEMPLATE = PolicyContent()
"""What holds where an organisation said nothing else."""

_PARTS = {"match": MatchRules, "quality": QualityRules, "talks": TalkRules, "money": MoneyRules, "word": ClientWord}


def content_from(stored: Mapping[str, Any]) -> PolicyContent:
    """The content that was stored as JSON. What is missing or unknown is as in the template."""
    known: dict[str, Any] = {name: _part(kind, stored.get(name) or {}) for name, kind in _PARTS.items()}
    for name in ("retention_months", "review_months"):
        if name in stored:
            known[name] = stored[name]
    for name in ("texts", "addresses"):
        known[name] = dict(stored.get(name) or {})
    return PolicyContent(**known)


def _part(kind: type[Any], stored: Mapping[str, Any]) -> Any:
    usual = kind()
    given = {one.name: stored[one.name] for one in fields(kind) if one.name in stored}
    if "accreditations" in given:
        given["accreditations"] = tuple(given["accreditations"])
    if "three_way" in given:
        given["three_way"] = ThreeWay(given["three_way"])
    return replace(usual, **given)
