"""What the culture scan adds to Johan's story: a wave that was answered, closed and published, for who reads it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from klankbord.core.tenant import acting_in
from klankbord.culture.actions import Received
from klankbord.culture.actions.team import write_decision
from klankbord.culture.jobs import finish
from klankbord.culture.models import Wave
from klankbord.people.actions import add_person
from klankbord.people.models import Unit
from tests.scan import Asked, answer, asked, closed_by_fatima, opened_wave, some_values

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.story import Story

DECISION = "We beginnen elk overleg met een rondje."
SECRETS = (DECISION,)

type Values = Callable[[Wave, Asked], Mapping[str, int]]


def _by_chance(wave: Wave, one: Asked) -> Mapping[str, int]:
    return some_values(wave, one.person.staff_number + one.person.name)


def published(
    cast: "Cast",
    values: Values = _by_chance,
    words: Callable[[int], Mapping[str, str]] = lambda number: {},
    only: Callable[[Sequence[Asked]], Sequence[Asked]] = lambda people: people,
    **more,
) -> Wave:
    """A wave through all its states: opened, answered through the box, closed, counted and published."""
    wave = opened_wave(cast, **more)
    for number, one in enumerate(only(asked(cast, wave))):
        assert answer(cast, one.given, values(wave, one), words(number)) is Received.IN_THE_BOX
    closed_by_fatima(cast, wave)
    finish(str(cast.organisation.id), str(wave.pk))
    with acting_in(cast.organisation.id):
        return Wave.objects.get(pk=wave.pk)


def part(story: "Story") -> dict[str, object]:
    """With one colleague more, the ten of Waterland are just enough; the team is that of Johan."""
    cast = story.cast
    with acting_in(cast.organisation.id, cast.els.pk):
        add_person(
            name="Tjitske Veen",
            email="tjitske@waterland.example",
            staff_number="900",
            unit=Unit.objects.get(parent=None),
        )
    wave = published(cast)
    with acting_in(cast.organisation.id, cast.johan.pk):
        decision = write_decision(once=uuid4(), wave=wave, unit_id=cast.johan.unit_id, text=DECISION)
    return {"published": wave.pk, "team": cast.johan.unit_id, "decision": decision.pk}
