"""How well a coach fits what somebody wishes, with the reasons in words.

Wishes weigh, and never shut anybody out: who may coach whom is decided in :mod:`match`, which knows nothing of wishes.
The score is there to put coaches in an order and for no eyes; what people read are the reasons.

The score counts what was wished and found against what was wished, with a fixed amount of both added: so it stays
between 0 and 1000, somebody without wishes fits everybody alike, and one more wish that is met never lowers it. What a
coach did not say counts for half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from klankbord.core.wording import Wording
from klankbord.engagements.rules.match import Key, ToldTo
from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "match.wishes"

# What each kind of wish weighs; a theme or a way of working weighs this much each.
THEME, WAY, LANGUAGE, PLACE, DAY_PART, EMPLOYER, GENDER, COACH = 10, 8, 12, 12, 8, 12, 12, 40
BASE = 20
MOST = 1000

ANY, MEET, ONLINE = "any", "meet", "online"
INTERNAL, EXTERNAL = "internal", "external"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWishes:
    """What somebody wishes of a coach, as far as the one who looks may read it.

    SECURITY: ``themes`` holds a sensitive theme only when whoever reads the reasons may read the client's own words.
    ``place`` is any, meet or online; ``employer`` any, internal or external; ``coach`` the coach asked for by name.
    """

    themes: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    language: str = ""
    place: str = ANY
    day_parts: frozenset[str] = frozenset()
    employer: str = ANY
    gender: str = ""
    coach: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachOffer:
    """What a coach offers. ``known`` is False where there is no profile: then nothing of it was said.

    ``themes`` holds ordinary and sensitive themes together. An empty ``languages``, ``day_parts`` or ``gender`` was
    not said.
    """

    person_id: Key
    name: str
    known: bool = True
    themes: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    meets: bool = False
    online: bool = False
    day_parts: frozenset[str] = frozenset()
    gender: str = ""
    external: bool = False
    open_engagements: int = 0
    capacity: int = 0

    @property
    def load(self) -> float:
        """Which part of the room is in use: 0 for nobody yet, 1 and over for full."""
        return self.open_engagements / self.capacity if self.capacity else 1.0


@dataclass(frozen=True, slots=True)
class Labels:
    """What the ids of wishes are called. An id without a label is left out of the sentence."""

    themes: Mapping[str, Wording] = field(default_factory=dict)
    ways: Mapping[str, Wording] = field(default_factory=dict)
    languages: Mapping[str, Wording] = field(default_factory=dict)
    day_parts: Mapping[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """A score for the order, and what is good and less good about it in words."""

    score: int
    good: tuple[Finding, ...]
    less_good: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One wish: its weight, how much of it is met in halves (0, 1 or 2), and what it is about."""

    weight: int
    halves: int
    code: str
    about: str = ""


def fit(
    wishes: ClientWishes, offer: CoachOffer, *, told_to: ToldTo = ToldTo.COORDINATOR, client: str = "", labels: Labels
) -> Fit:
    """How well *offer* fits *wishes*. *client* is the client's name, for the sentences to others."""
    parts = tuple(_parts(wishes, offer))
    say = _Sayer(told_to, client, offer.name, labels)
    good = tuple(say.all_of([part for part in parts if part.halves == 2]))
    less_good = [] if offer.known else [say.one("fit.no_profile", "")]
    less_good += say.all_of([part for part in parts if part.halves == 0])
    return Fit(score_of(sum(p.weight * p.halves for p in parts), 2 * sum(p.weight for p in parts)), good, (*less_good,))


def score_of(met: int, wished: int) -> int:
    """The score from what was met and what was wished, both in half weights."""
    return MOST * (2 * BASE + met) // (2 * BASE + wished)


def turn(request: Key, coach: Key) -> str:
    """Where a coach stands among equals for this request: chance, but the same chance at every look."""
    return sha256(f"{request} {coach}".encode()).hexdigest()


def fair_place(score: int, offer: CoachOffer, request: Key) -> tuple[int, float, str]:
    """What to sort coaches by: the best fit, then the emptiest, then in turn."""
    return (-score, offer.load, turn(request, offer.person_id))


def _parts(wishes: ClientWishes, offer: CoachOffer) -> Iterator[_Part]:
    if wishes.coach is not None:
        yield _Part(COACH, 2 if wishes.coach == offer.person_id else 0, "fit.coach")
    for theme in sorted(wishes.themes):
        yield _Part(THEME, _of_profile(offer, theme in offer.themes), "fit.theme", theme)
    for way in sorted(wishes.ways):
        yield _Part(WAY, _of_profile(offer, way in offer.ways), "fit.way", way)
    if wishes.language:
        yield _Part(
            LANGUAGE, _said(offer.languages, wishes.language in offer.languages), "fit.language", wishes.language
        )
    if wishes.place != ANY:
        meets = offer.meets if wishes.place == MEET else offer.online
        yield _Part(PLACE, _of_profile(offer, meets), f"fit.{wishes.place}")
    if wishes.day_parts:
        shared = sorted(wishes.day_parts & offer.day_parts)
        yield _Part(DAY_PART, _said(offer.day_parts, bool(shared)), "fit.day_part", " ".join(shared))
    if wishes.employer != ANY:
        yield _Part(EMPLOYER, 2 * (offer.external == (wishes.employer == EXTERNAL)), f"fit.{wishes.employer}")
    if wishes.gender:
        yield _Part(GENDER, _said(offer.gender, wishes.gender == offer.gender), "fit.gender")


def _of_profile(offer: CoachOffer, met: bool) -> int:
    return 2 * met if offer.known else 1


def _said(value: object, met: bool) -> int:
    return 2 * met if value else 1


@dataclass(frozen=True, slots=True)
class _Says:
    """A wish that is met, and one that is not, to the coordinator and to the client. "{what}" are labels.

    The client does not read that a coach is not the one who was asked for, nor what a coach did not say of themselves
    as a person.
    """

    good: Wording
    less: Wording | None
    less_you: Wording | None


_SAYS: Mapping[str, _Says] = {
    "fit.coach": _Says(Wording("Om deze coach is gevraagd.", "This coach was asked for."), None, None),
    "fit.theme": _Says(
        Wording("Noemt wat er speelt: {what}.", "Names what it is about: {what}."),
        Wording("Noemt niet: {what}.", "Does not name: {what}."),
        Wording("Noemt niet: {what}.", "Does not name: {what}."),
    ),
    "fit.way": _Says(
        Wording("Werkt zo: {what}.", "Works like this: {what}."),
        Wording("Noemt deze manier van werken niet: {what}.", "Does not name this way of working: {what}."),
        Wording("Noemt deze manier van werken niet: {what}.", "Does not name this way of working: {what}."),
    ),
    "fit.language": _Says(
        Wording("Spreekt {what}.", "Speaks {what}."),
        Wording("Noemt {what} niet als taal.", "Does not name {what} as a language."),
        Wording("Noemt {what} niet als taal.", "Does not name {what} as a language."),
    ),
    "fit.meet": _Says(
        Wording("Kan elkaar zien.", "Can meet in person."),
        Wording("Kan alleen online; {client} wil elkaar liever zien.", "Only online; {client} would rather meet."),
        Wording("Kan alleen online; je wilde elkaar zien.", "Only online; you wanted to meet."),
    ),
    "fit.online": _Says(
        Wording("Kan online.", "Can talk online."),
        Wording("Praat niet online; {client} wil dat liever wel.", "Does not talk online; {client} would like to."),
        Wording("Praat niet online; jij wilde dat wel.", "Does not talk online; you wanted to."),
    ),
    "fit.day_part": _Says(
        Wording("Kan op: {what}.", "Can on: {what}."),
        Wording("Kan op andere dagdelen dan {client}.", "Is free at other parts of the week than {client}."),
        Wording("Kan op andere dagdelen dan jij.", "Is free at other parts of the week than you."),
    ),
    "fit.internal": _Says(
        Wording("Werkt bij deze organisatie.", "Works for this organisation."),
        Wording("Komt van buiten; {client} wil liever iemand van hier.", "From outside; {client} prefers from here."),
        Wording("Komt van buiten; jij wilde iemand van hier.", "From outside; you wanted somebody from here."),
    ),
    "fit.external": _Says(
        Wording("Komt van buiten.", "Comes from outside."),
        Wording("Werkt hier; {client} wil liever iemand van buiten.", "Works here; {client} prefers from outside."),
        Wording("Werkt hier; jij wilde iemand van buiten.", "Works here; you wanted somebody from outside."),
    ),
    "fit.gender": _Says(
        Wording("Past bij de wens wie het is.", "Fits the wish who it is."),
        Wording("Past niet bij de wens wie het is.", "Does not fit the wish who it is."),
        Wording("Past niet bij je wens wie het is.", "Does not fit your wish who it is."),
    ),
    "fit.no_profile": _Says(
        Wording("", ""),
        Wording("Heeft nog geen profiel. Vraag na wat past.", "Has no profile yet. Ask what fits."),
        Wording("Heeft nog geen profiel.", "Has no profile yet."),
    ),
}
_LISTED = ("fit.theme", "fit.way")
FIT_CODES = frozenset(_SAYS)


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Makes sentences of wishes that were met, or were not."""

    told_to: ToldTo
    client: str
    coach: str
    labels: Labels

    def all_of(self, parts: Iterable[_Part]) -> list[Finding]:
        """A sentence for each kind of wish; several themes, or ways of working, stand in one."""
        about: dict[tuple[str, bool], list[str]] = {}
        for part in parts:
            about.setdefault((part.code, part.halves == 2), []).extend(part.about.split())
        found = []
        for (code, met), ids in about.items():
            finding = self._finding(code, ids, met=met)
            if finding:
                found.append(finding)
        return found

    def one(self, code: str, about: str) -> Finding:
        """The sentence for something that is missing."""
        finding = self._finding(code, about.split(), met=False)
        if finding is None:
            raise KeyError(code)
        return finding

    def _finding(self, code: str, ids: list[str], *, met: bool) -> Finding | None:
        says = _SAYS[code]
        less = says.less_you if self.told_to is ToldTo.CLIENT else says.less
        sentence = says.good if met else less
        what = _together([label for one in ids if (label := self._label(code, one))])
        if sentence is None or ("{what}" in sentence.nl and what is None):
            return None
        return Finding(
            code=code if met else f"{code}.less",
            severity=Severity.INFORMS,
            nl=sentence.nl.replace("{what}", what.nl if what else ""),
            en=sentence.en.replace("{what}", what.en if what else ""),
            clause=CLAUSE,
            names=(("client", self.client), ("coach", self.coach)),
        )

    def _label(self, code: str, one: str) -> Wording | None:
        kinds = {
            "fit.theme": self.labels.themes,
            "fit.way": self.labels.ways,
            "fit.language": self.labels.languages,
            "fit.day_part": self.labels.day_parts,
        }
        return kinds[code].get(one) if code in kinds else None


def _together(labels: list[Wording]) -> Wording | None:
    """Several labels as one, in both languages; braces in a label are no placeholders."""
    if not labels:
        return None
    parts = [(_within(one.nl), _within(one.en)) for one in labels]
    return Wording("; ".join(nl for nl, _ in parts), "; ".join(en for _, en in parts))


def _within(label: str) -> str:
    return label.replace("{", "{{").replace("}", "}}")
