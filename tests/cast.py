"""The small cast of every test: one organisation around Johan's coaching, and a smaller one: Noor administers it, Tom
coordinates, and Hanna coaches."""

from dataclasses import dataclass

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.people.actions import add_person, add_unit, found_organisation, give_role
from klankbord.people.models import Membership, Person, Unit


@dataclass(frozen=True)
class Cast:
    """Everybody, by first name. Johan is the client, Anton his manager; Marieke coaches from another directorate,
    Willem works in Johan's unit, Bram under the same manager in another unit, and Saskia for a bureau."""

    organisation: Organisation
    elsewhere: Organisation
    johan: Person
    marieke: Person
    anton: Person
    fatima: Person
    els: Person
    ruben: Person
    noor: Person
    willem: Person
    bram: Person
    saskia: Person
    tom: Person
    hanna: Person

    def named(self, name: str) -> Person:
        """The person with this first name, in lower case."""
        person: Person = getattr(self, name)
        return person


def _person(
    name: str,
    number: str,
    unit: Unit,
    manager: Person | None = None,
    *,
    employer: str = "",
    at: str = "waterland",
) -> Person:
    return add_person(
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@{at}.example",
        staff_number=number,
        unit=unit,
        manager=manager,
        employer=employer,
    )


def build_cast() -> Cast:
    """Both organisations, built through the public actions."""
    organisation, els_id = found_organisation(
        slug="waterland",
        name="Waterland",
        administrator_name="Els Dijkstra",
        administrator_email="els@waterland.example",
    )
    with acting_in(organisation.id, els_id):
        root = Unit.objects.get(parent=None)
        water, people = add_unit(name="Directie Water", parent=root), add_unit(name="Directie Mens", parent=root)
        projects, quays = add_unit(name="Projecten", parent=water), add_unit(name="Kades", parent=water)
        els = Person.objects.get(pk=els_id)
        anton = _person("Anton Visser", "100", water)
        johan = _person("Johan de Wit", "101", projects, anton)
        willem = _person("Willem Smit", "102", projects, anton)
        bram = _person("Bram Kuiper", "103", quays, anton)
        marieke = _person("Marieke Bos", "104", people)
        fatima = _person("Fatima el Amrani", "105", people)
        ruben = _person("Ruben Jansen", "106", people)
        saskia = _person("Saskia Mulder", "107", root, employer="Bureau Stroom")
        for person in (marieke, willem, bram, saskia):
            give_role(person=person, role=Membership.Role.COACH)
        give_role(person=fatima, role=Membership.Role.COORDINATOR)
        give_role(person=ruben, role=Membership.Role.ORGANISATION_COACH)
    elsewhere, noor_id = found_organisation(
        slug="bergland", name="Bergland", administrator_name="Noor Haddad", administrator_email="noor@bergland.example"
    )
    with acting_in(elsewhere.id, noor_id):
        noor = Person.objects.get(pk=noor_id)
        top = Unit.objects.get(parent=None)
        tom = _person("Tom Wolters", "2", top, at="bergland")
        hanna = _person("Hanna Post", "3", top, at="bergland")
        give_role(person=tom, role=Membership.Role.COORDINATOR)
        give_role(person=hanna, role=Membership.Role.COACH)
    return Cast(
        organisation,
        elsewhere,
        johan,
        marieke,
        anton,
        fatima,
        els,
        ruben,
        noor,
        willem,
        bram,
        saskia,
        tom,
        hanna,
    )
