"""A wave for tests: Waterland with enough people in it, and ways to answer."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.core.wording import Wording
from klankbord.culture import ballots, jobs
from klankbord.culture.actions import Received, cast_ballot, close_wave, draft_wave, open_wave
from klankbord.culture.models import Invitation, Wave
from klankbord.culture.rules.waves import WavePlan
from klankbord.people.actions import add_person
from klankbord.people.models import Person, Unit
from tests.cast import Cast


def plan(**more) -> WavePlan:
    """A whole questionnaire for everybody, of two weeks."""
    today = clock.today()
    whole: dict[str, Any] = {
        "kind": "full",
        "title": Wording(nl="Hoe leren wij?", en="How do we learn?"),
        "opens": today,
        "closes": today + timedelta(days=14),
    }
    return WavePlan(**(whole | more))


def fill_units(cast: Cast, each: int, first: int = 1000) -> None:
    """So many more people in each unit of Waterland."""
    with acting_in(cast.organisation.id, cast.els.pk):
        number = first
        for unit in Unit.objects.order_by("path"):
            for _ in range(each):
                number += 1
                add_person(
                    name=f"Collega {number}", email=f"c{number}@waterland.example", staff_number=str(number), unit=unit
                )


@dataclass(frozen=True)
class Asked:
    """Somebody who was invited, and the secret of their link or their code."""

    person: Person
    given: str


def opened_wave(cast: Cast, **more) -> Wave:
    """A wave that Fatima opened."""
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return open_wave(wave=draft_wave(once=uuid4(), plan=plan(**more), contact=cast.fatima))


def asked(cast: Cast, wave: Wave) -> list[Asked]:
    """Everybody who was invited, each asked for as themselves."""
    found = []
    with acting_in(cast.organisation.id, cast.fatima.pk):
        people = list(Person.objects.order_by("sort_key"))
    for person in people:
        with acting_in(cast.organisation.id, person.pk):
            row = Invitation.objects.filter(wave=wave, person=person).first()
            if row is not None:
                paper = row.by == Invitation.By.PAPER
                found.append(Asked(person, (ballots.code_of if paper else ballots.token_of)(wave, row.pk)))
    return found


def answer(cast: Cast, given: str, values=None, words=None) -> Received:
    """Answer as a visitor who is not signed in."""
    with acting_in(cast.organisation.id):
        return cast_ballot(given=given, values=values or {}, words=words or {})


def some_values(wave: Wave, seed: object) -> dict[str, int]:
    """Answers as people give them, the same for the same seed."""
    dice = random.Random(str(seed))
    return {one.id: dice.choice((0, 1, 2, 3, 3, 4, 4, 4, 5)) for one in wave.rated}


def all_answer(cast: Cast, wave: Wave, people: Sequence[Asked], words: str = "") -> dict[str, str]:
    """Everybody answers in this order; returns the digits of each by the person's id, as only a test knows."""
    said = {}
    question = wave.open_questions[0].id if wave.open_questions else ""
    for number, one in enumerate(people):
        values = some_values(wave, one.person.pk)
        text = {question: f"{words} {number}"} if words else {}
        assert answer(cast, one.given, values, text) is Received.IN_THE_BOX
        said[str(one.person.pk)] = "".join(str(values[item.id]) for item in wave.rated)
    return said


def closed_by_fatima(cast: Cast, wave: Wave) -> None:
    """Fatima closes it; the counting is for a job."""
    with acting_in(cast.organisation.id, cast.fatima.pk):
        close_wave(wave=wave)


def finish(cast, wave):
    """What the worker does after closing."""
    jobs.finish(str(cast.organisation.id), str(wave.pk))


def now(cast, wave, person=None):
    """The wave as it stands."""
    with acting_in(cast.organisation.id, person and person.pk):
        return Wave.objects.get(pk=wave.pk)


def stopped_before_publishing(monkeypatch):
    """Nothing after the counting happens, as when the worker is killed there."""

    def killed(_wave):
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "made_of", killed)
