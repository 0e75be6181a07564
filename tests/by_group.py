"""A published wave by years of service. Of Kades nobody who is here long answered; in Mens those agree on safety."""

from collections.abc import Mapping
from uuid import uuid4

from klankbord.core.tenant import acting_in
from klankbord.core.wording import Wording
from klankbord.culture.actions import Received, draft_wave, open_wave, prepare_classes
from klankbord.culture.models import Wave
from klankbord.culture.rules.waves import Attribute
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Person, Unit
from tests.cast import Cast
from tests.scan import answer, asked, closed_by_fatima, fill_units, finish, now, plan

LONG, SHORT = "Tien jaar of langer", "Korter dan tien jaar"


def asked_by_group(cast: Cast) -> Wave:
    """The wave; Ruben is of the leadership. Whoever is here long sees more feedback."""
    fill_units(cast, 12)
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.ruben, role=Membership.Role.LEADERSHIP)
        units = {one.name: one.pk for one in Unit.objects.all()}
        people = list(Person.objects.exclude(staff_number=None).exclude(staff_number=""))
    rows = [f"{one.staff_number};{_group(one)}" for one in people]
    drafted = plan(attribute=Attribute.UPLOADED, attribute_name=Wording(nl="Dienstjaren", en="Years of service"))
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=drafted, contact=cast.fatima)
        assert prepare_classes(wave=wave, content="\n".join(["Personeelsnummer;Groep", *rows]).encode()).errors == ()
        wave = open_wave(wave=wave)
    for one in asked(cast, wave):
        if one.person.unit_id != units["Kades"] or _group(one.person) == SHORT:
            alike = one.person.unit_id == units["Directie Mens"]
            assert answer(cast, one.given, _values(wave, one.person, alike=alike)) is Received.IN_THE_BOX
    closed_by_fatima(cast, wave)
    finish(cast, wave)
    published: Wave = now(cast, wave)
    return published


def _group(person: Person) -> str:
    """Of those who fill the units every second one is here long; whoever belongs to the cast is not."""
    number = person.staff_number or ""
    return LONG if len(number) == 4 and int(number) % 2 else SHORT


def _values(wave: Wave, person: Person, *, alike: bool) -> Mapping[str, int]:
    number, long = int(person.staff_number or 7) // 2, _group(person) == LONG
    said = {}
    for place, item in enumerate(wave.rated):
        said[item.id] = 2 + (number + place) % 3
        if item.id.startswith("feedback."):
            third = (number + place) % 3 == 0
            said[item.id] = 4 - third if long else 2 + third
        if item.id.startswith("safety.") and long and alike:
            said[item.id] = 5
    return said
