"""Reads about people, within the acting person's organisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from klankbord.people.models import Account, Membership, Notification, Person, Unit
from klankbord.people.rules import folded


def person_for(pk: UUID) -> Person:
    """The door to a colleague. Raises ``Http404`` for whoever is not in this organisation."""
    person = Person.objects.select_related("unit", "manager").filter(pk=pk, active=True).first()
    if person is None:
        raise Http404
    return person


def reports_of(manager: Person) -> QuerySet[Person]:
    """The people who have this person as their manager."""
    return Person.objects.filter(manager=manager, active=True).select_related("unit").order_by("sort_key")


def holders_of(role: Membership.Role) -> QuerySet[Person]:
    """The active people who hold a role."""
    return (
        Person.objects.filter(active=True, memberships__role=role)
        .select_related("unit", "manager")
        .order_by("sort_key")
    )


def lines_up(person_ids: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    """For each person everybody above in the line, nearest first, in one query. A ring in the line ends the walk."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with recursive line (start, person, depth, seen) as (
                select p.id, p.manager_id, 1, array[p.id] from people_person p
                where p.id = any(%s) and p.manager_id is not null
                union all
                select line.start, p.manager_id, line.depth + 1, line.seen || p.id
                from line join people_person p on p.id = line.person
                where p.manager_id is not null and not (p.id = any(line.seen))
            )
            select start, array_agg(person order by depth) from line group by start
            """,
            [list(person_ids)],
        )
        return {row[0]: tuple(row[1]) for row in cursor.fetchall()}


def found_people(text: str) -> QuerySet[Person]:
    """People whose name has words that begin like the words in *text*, in any order; everybody for an empty text."""
    words = [word for word in folded(text).replace("'", " ").split() if word.isalnum()]
    people = Person.objects.select_related("unit", "manager")
    if not words:
        return people if not text.strip() else people.none()
    wanted = " & ".join(f"{word}:*" for word in words)
    return people.extra(where=["people_person.id in (select people_found(to_tsquery('simple', %s)))"], params=[wanted])


def people_listed(*, text: str = "", unit_path: str = "", sort: str = "name") -> QuerySet[Person]:
    """The list of people: found by name, within a unit and everything under it, sorted by name, unit or manager."""
    order = {
        "name": ["sort_key"],
        "-name": ["-sort_key"],
        "unit": ["unit__path", "sort_key"],
        "-unit": ["-unit__path", "sort_key"],
        "manager": ["manager__sort_key", "sort_key"],
        "-manager": ["-manager__sort_key", "sort_key"],
    }
    people = found_people(text).filter(active=True)
    if unit_path:
        # A range and not startswith: LIKE is not leakproof, so under row security it would not use the index.
        units = Unit.objects.filter(path__gte=unit_path + "/", path__lt=unit_path + "0") | Unit.objects.filter(
            path=unit_path
        )
        people = people.filter(unit__in=units)
    return people.order_by(*order.get(sort, order["name"]))


def notices_for(person: Person, limit: int = 8) -> list[Notification]:
    """The latest notifications of the acting person."""
    return list(Notification.objects.filter(person=person).order_by("-made_at")[:limit])


@dataclass(frozen=True)
class PlaceToGo:
    """An organisation that an account may enter."""

    slug: str
    name: str


def places_of(account: Account) -> list[PlaceToGo]:
    """Where this account may go after signing in."""
    with connection.cursor() as cursor:
        cursor.execute("select slug, name from klankbord_places(%s)", [account.pk])
        return [PlaceToGo(*row) for row in cursor.fetchall()]


def account_by_email(email: str) -> Account | None:
    """The account that signs in with this address."""
    return Account.objects.filter(email=email, is_active=True).first()
