"""Reads about waves, within the acting person's organisation."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from klankbord.core.wording import Language, Wording
from klankbord.culture import ballots
from klankbord.culture.ballots import Invited
from klankbord.culture.models import Invitation, OpenAnswer, Preparation, Publication, Wave, WaveUnit
from klankbord.culture.rules.ballots import fewest_words
from klankbord.culture.rules.codes import spoken_code
from klankbord.culture.rules.own_items import findings_about_all
from klankbord.culture.rules.waves import CLASSES, Attribute, State, WaveFinding, findings_about_wave
from klankbord.culture.texts import letters
from klankbord.people.api import Person, Unit
from klankbord.policy.rules.finding import Severity
from klankbord.privacy import vault

_DRAW = secrets.SystemRandom()


# --- waves ----------------------------------------------------------------------------------------------------------


def waves() -> QuerySet[Wave]:
    """The waves of the organisation, the newest first; drafts for coordinators only."""
    return Wave.objects.select_related("contact")


def waves_at_work() -> list[Wave]:
    """The waves that are drafts or open, the newest first; of very many drafts the newest."""
    return list(Wave.objects.filter(state__in=(State.DRAFT, State.OPEN))[:20])


def wave_for(pk: UUID) -> Wave:
    """The door to a wave. Raises ``Http404``."""
    wave = waves().filter(pk=pk).first()
    if wave is None:
        raise Http404
    return wave


def wave_behind(given: str) -> Wave | None:
    """The wave of a personal link or a code on paper; None when it was used, never was, or the wave is over.

    For a visitor who is not signed in. It may be closing: look at ``state``.
    """
    return ballots.wave_behind(given)


def somebody_may_answer() -> bool:
    """Whether any wave of the organisation is open. It is the same for every link, whoever asks."""
    return Wave.objects.filter(state=State.OPEN).exists()


def invitation_of(wave: Wave, person: Person) -> Invitation | None:
    """The acting person's own invitation; None when they were not asked. It does not say whether they answered."""
    return Invitation.objects.filter(wave=wave, person=person).first()


# --- before opening -------------------------------------------------------------------------------------------------


def people_of(wave: Wave) -> QuerySet[Person]:
    """Everybody the wave could ask, before a sample is drawn. Nobody who left, and no guest."""
    people = Person.objects.filter(active=True, guest=False)
    if wave.whom != Wave.Whom.UNITS:
        return people
    under = Q(pk__in=[])
    for path in Unit.objects.filter(pk__in=wave.units).values_list("path", flat=True):
        under |= Q(unit__path=path) | Q(unit__path__gte=path + "/", unit__path__lt=path + "0")
    return people.filter(under)


def invited_count(wave: Wave) -> int:
    """How many people the wave would ask."""
    many = people_of(wave).count()
    return min(many, wave.sample_size or 0) if wave.whom == Wave.Whom.SAMPLE else many


@dataclass(frozen=True)
class Opening:
    """How a wave would open: who is invited, the classes in their order, and what there is to say about it."""

    invited: Sequence[Invited]
    classes: Sequence[Wording]
    findings: Sequence[WaveFinding]


def opening_of(wave: Wave, opens: date) -> Opening:
    """How *wave* would open on that day. Of a sample, each call draws another; what it draws with is kept nowhere."""
    rows = list(people_of(wave).values_list("pk", "unit_id", "email", "employer"))
    if wave.whom == Wave.Whom.SAMPLE and len(rows) > (wave.sample_size or 0):
        rows = _DRAW.sample(rows, wave.sample_size or 0)
    ready = {one.person_id: one for one in Preparation.objects.filter(wave=wave)}
    classes, number_of = _classes(wave, ready)
    leading = _leading() if wave.attribute == Attribute.LEADS else frozenset()
    invited = [
        Invited(
            person_id=pk,
            unit_id=unit,
            background=number_of(ready.get(pk), pk in leading, bool(employer)),
            paper=not email or (pk in ready and ready[pk].paper),
        )
        for pk, unit, email, employer in rows
    ]
    findings = findings_about_wave(
        opens=opens,
        closes=wave.closes,
        invited=len(invited),
        k=wave.k,
        attribute=Attribute(wave.attribute),
        classes=[one.nl for one in classes],
        of_people=[one.background for one in invited],
        reminders=wave.reminders,
    )
    return Opening(invited, classes, (*findings, *_about_own_items(wave)))


def _leading() -> frozenset[UUID]:
    managers = Person.objects.filter(active=True, manager__isnull=False).values_list("manager_id", flat=True)
    return frozenset(pk for pk in managers.distinct() if pk is not None)


type _NumberOf = Callable[[Preparation | None, bool, bool], int]


def _classes(wave: Wave, ready: Mapping[UUID, Preparation]) -> tuple[list[Wording], _NumberOf]:
    """The classes in their order, and the number of somebody's: by what is ready, leading people, and being hired."""
    attribute = Attribute(wave.attribute)
    if attribute is Attribute.UPLOADED:
        names = sorted({one.group for one in ready.values() if one.group})
        numbers = {name: number for number, name in enumerate(names, start=1)}
        return (
            [Wording(nl=name, en=name) for name in names],
            lambda row, _leads, _external: numbers.get(row.group, 0) if row else 0,
        )
    if attribute is Attribute.NONE:
        return [], lambda _row, _leads, _external: 0
    if attribute is Attribute.LEADS:
        return list(CLASSES[attribute]), lambda _row, leads, _external: 1 if leads else 2
    return list(CLASSES[attribute]), lambda _row, _leads, external: 2 if external else 1


def _about_own_items(wave: Wave) -> list[WaveFinding]:
    own = [one.wording for one in wave.own_rated]
    ours = [one.wording for one in wave.rated[: len(wave.rated) - len(own)]]
    wrong = []
    for number, found in enumerate(findings_about_all(own, ours), start=1):
        if any(one.blocks for one in found):
            nl, en = (
                f"Eigen zin {number} kan zo niet gevraagd worden.",
                f"Own sentence {number} cannot be asked like this.",
            )
            wrong.append(WaveFinding("own_item", Severity.BLOCKS, Wording(nl=nl, en=en)))
    return wrong


def groups_ready(wave: Wave) -> Mapping[str, int]:
    """How many people are in each group of the uploaded attribute, by name. For coordinators, before opening."""
    counted = Preparation.objects.filter(wave=wave).exclude(group="").values("group").annotate(many=Count("pk"))
    return dict(counted.order_by("group").values_list("group", "many"))


# --- letters on paper -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaperLetter:
    """A letter to print: for whom, and the code in groups. Nobody keeps the code."""

    person: Person
    code: str


def paper_letters(wave: Wave, first: int = 0, most: int | None = None) -> list[PaperLetter]:
    """The letters of those who are invited on paper, by unit and name. For coordinators, while the wave is open.

    Of many, *most* of them from the one at place *first* on.
    """
    if wave.state != State.OPEN:
        return []
    rows = Invitation.objects.filter(wave=wave, by=Invitation.By.PAPER).select_related("person__unit")
    rows = rows.order_by("person__unit__path", "person__sort_key", "pk")
    some = rows[first:] if most is None else rows[first : first + most]
    return [PaperLetter(row.person, spoken_code(ballots.code_of(wave, row.pk))) for row in some]


# --- afterwards -----------------------------------------------------------------------------------------------------


def tree_of(wave: Wave) -> list[WaveUnit]:
    """The units as they were when the wave opened, each after what it lies under."""
    return list(WaveUnit.objects.filter(wave=wave).order_by("path"))


def publication_of(wave: Wave) -> Publication | None:
    """The whole publication; None when there is none yet, or when it is not for the acting person."""
    return Publication.objects.filter(wave=wave).first()


def words_of(wave: Wave) -> Mapping[str, list[str]]:
    """Answers in own words by question, each from :func:`fewest_words` on. Empty for whom they are not."""
    rows = list(OpenAnswer.objects.filter(wave=wave))
    vault.prepare(rows)
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(row.question, []).append(vault.read(row, "text"))
    return {question: sorted(texts) for question, texts in said.items() if len(texts) >= fewest_words(wave.k)}


def time_it_takes(wave: Wave, language: Language) -> str:
    """How long answering takes, in words."""
    words = letters().time_pulse if wave.kind == Wave.Kind.PULSE else letters().time_full
    return words.text(language)
