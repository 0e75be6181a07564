"""Reads about people, within the acting person's organisation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from klankbord.core import clock
from klankbord.people import rules
from klankbord.people.import_rules import ImportPlan, plan_import
from klankbord.people.models import Account, Membership, Notification, Person, StaffImport, Unit
from klankbord.people.rules import folded
from klankbord.people.staff_file import read_staff_file


def person_for(pk: UUID) -> Person:
    """The door to a colleague. Raises ``Http404`` for whoever is not in this organisation, or is a guest in it."""
    person = Person.objects.select_related("unit", "manager").filter(pk=pk, active=True, guest=False).first()
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
    """For each person everybody above in the line, nearest first, in one query. A ring in the line ends the walk.

    The next one up is asked for person by person, through the index. As a join the database expects so many that it
    reads the whole organisation at every step.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with recursive line (start, person, depth, seen) as (
                select p.id, p.manager_id, 1, array[p.id] from people_person p where p.id = any(%s)
                union all
                select line.start, (select p.manager_id from people_person p where p.id = line.person),
                       line.depth + 1, line.seen || line.person
                from line where line.person is not null and not (line.person = any(line.seen))
            )
            select start, array_agg(person order by depth) from line where person is not null group by start
            """,
            [list(person_ids)],
        )
        return {row[0]: tuple(row[1]) for row in cursor.fetchall()}


def led_by(person_ids: Iterable[UUID], since: date, *, at_most: int) -> frozenset[UUID] | None:
    """These people and everybody who may have stood under them at some moment since that day, in one query.

    Rather too many than too few: somebody under a manager who left and a manager who came later is in it. None when
    there are more than *at_most*; then it is quicker to ask of everybody who stands above.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with recursive under (person) as (
                select unnest(%(people)s::uuid[])
                union
                select below.id from under cross join lateral (
                    select p.id from people_person p where p.manager_id = under.person
                    union all
                    select s.person_id from people_linespell s
                    where s.manager_id = under.person and coalesce(s.until, 'infinity') > %(since)s
                    offset 0
                ) below
            )
            select person from under limit %(enough)s
            """,
            {"people": list(person_ids), "since": since, "enough": at_most + 1},
        )
        found = frozenset(row[0] for row in cursor.fetchall())
    return None if len(found) > at_most else found


@dataclass(frozen=True)
class _Spell:
    manager: UUID
    since: date
    until: date


def past_lines(person_ids: Iterable[UUID], since: date) -> Mapping[UUID, tuple[tuple[int, UUID], ...]]:
    """For each person everybody who stood above at some moment since that day, with how many levels, in one query.

    Level 1 is somebody's own manager. Whoever was two levels up was so only while both relations held at the same
    time; the nearest level counts. Who stands there now is in it too.
    """
    wanted = list(person_ids)
    spells = _spells_above(wanted, since)
    return {person: found for person in wanted if (found := _above_since(person, spells, since))}


def _spells_above(person_ids: list[UUID], since: date) -> Mapping[UUID, list[_Spell]]:
    """The spells of these people and of all above them, each once: most share a line.

    Asked for person by person through the index, as in :func:`lines_up`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with recursive above (person) as (
                select unnest(%(people)s::uuid[])
                union
                select s.manager_id from above cross join lateral (
                    select manager_id from people_linespell s
                    where s.person_id = above.person and coalesce(s.until, 'infinity') > %(since)s offset 0
                ) s
            )
            select s.* from above cross join lateral (
                select person_id, manager_id, since, until from people_linespell s
                where s.person_id = above.person and coalesce(s.until, 'infinity') > %(since)s offset 0
            ) s
            """,
            {"people": person_ids, "since": since},
        )
        spells: dict[UUID, list[_Spell]] = defaultdict(list)
        for person, manager, begun, until in cursor.fetchall():
            spells[person].append(_Spell(manager, begun, until or date.max))
    return spells


def _above_since(person: UUID, spells: Mapping[UUID, list[_Spell]], since: date) -> tuple[tuple[int, UUID], ...]:
    """Everybody above, level by level; a ring ends where it would come back."""
    nearest: dict[UUID, int] = {}
    standing = [(person, since, date.max, frozenset({person}))]
    level = 0
    while standing:
        level += 1
        above = []
        for who, first, last, seen in standing:
            for spell in spells.get(who, ()):
                begun, ended = max(first, spell.since), min(last, spell.until)
                if begun < ended and spell.manager not in seen:
                    nearest.setdefault(spell.manager, level)
                    above.append((spell.manager, begun, ended, seen | {spell.manager}))
        standing = above
    return tuple((level, who) for who, level in nearest.items())


def found_people(text: str) -> QuerySet[Person]:
    """Staff whose name has words that begin like the words in *text*, in any order; everybody for an empty text."""
    words = [word for word in folded(text).replace("'", " ").split() if word.isalnum()]
    people = Person.objects.select_related("unit", "manager").filter(guest=False)
    if not words:
        return people if not text.strip() else people.none()
    wanted = " & ".join(f"{word}:*" for word in words)
    # An array and not a subquery: the database walks the index once instead of starting at its top for each of them.
    return people.extra(
        where=["people_person.id = any(array(select people_found(to_tsquery('simple', %s))))"], params=[wanted]
    )


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


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Full names, also of those who left."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("id", "name"))


def notices_for(person: Person, limit: int = 8) -> list[Notification]:
    """The latest notifications of the acting person."""
    return list(Notification.objects.filter(person=person).order_by("-made_at")[:limit])


@dataclass(frozen=True)
class PlaceToGo:
    """An organisation that an account may enter, as one of its people or as a guest."""

    slug: str
    name: str
    guest: bool = False


def places_of(account: Account) -> list[PlaceToGo]:
    """Where this account may go after signing in."""
    with connection.cursor() as cursor:
        cursor.execute("select slug, name, guest from klankbord_places(%s)", [account.pk])
        return [PlaceToGo(*row) for row in cursor.fetchall()]


def account_by_email(email: str) -> Account | None:
    """The account that signs in with this address."""
    return Account.objects.filter(email=email, is_active=True).first()


# --- The list of people ---------------------------------------------------------------------------------------------


def units_around(path: str) -> list[Unit]:
    """The units to choose from when standing at *path*: the way down to it, what lies beside that way, and below.

    Never the whole tree: an organisation of 100,000 people has thousands of units.
    """
    names = path.split("/") if path else []
    way = ["/".join(names[: depth + 1]) for depth in range(len(names))]
    near = Unit.objects.filter(parent__path__in=way) if way else Unit.objects.filter(parent__parent=None)
    return list(near.union(Unit.objects.filter(parent=None)).order_by("path"))


def roles_of(person: Person) -> list[str]:
    """The roles somebody holds, in the order in which we name them."""
    held = set(Membership.objects.filter(person=person).values_list("role", flat=True))
    return [role.value for role in Membership.Role if role in held]


# --- The staff file -------------------------------------------------------------------------------------------------


def staff_as_it_stands() -> rules.Staff:
    """The whole staff as the rules of an import know it, those who left included. Four queries, whatever the size.

    A guest is known as somebody who is not there: leaving out a guest changes nothing, and whoever is hired becomes
    staff under the address they had.
    """
    roles: dict[UUID, set[rules.Role]] = defaultdict(set)
    for person_id, role in Membership.objects.values_list("person_id", "role"):
        roles[person_id].add(rules.Role(role))
    everybody = Person.objects.order_by("sort_key", "id").values_list(
        "id", "name", "email", "staff_number", "unit_id", "manager_id", "language", "employer", "active", "guest"
    )
    members = tuple(
        rules.StaffMember(
            key=str(pk),
            name=name,
            email=email,
            staff_number=number,
            unit=str(unit_id),
            manager=str(manager_id) if manager_id else None,
            roles=frozenset(roles.get(pk, ())),
            language=language,
            employer=employer,
            left=guest or not active,
        )
        for pk, name, email, number, unit_id, manager_id, language, employer, active, guest in everybody
    )
    units = tuple(
        rules.Unit(
            key=str(unit.pk), name=unit.name, parent=str(unit.parent_id) if unit.parent_id else None, code=unit.code
        )
        for unit in Unit.objects.order_by("path")
    )
    root = next((unit.key for unit in units if unit.parent is None), None)
    return rules.Staff(members=members, units=units, root=root)


def staff_import_for(person: Person, pk: UUID) -> StaffImport:
    """The door to an uploaded staff file: only whoever uploaded it. Raises ``Http404``."""
    found = StaffImport.objects.filter(pk=pk, person_id=person.pk).first()
    if found is None:
        raise Http404
    return found


def waiting_import_of(person: Person) -> StaffImport | None:
    """The file this person uploaded and did not finish looking at, without its content."""
    return StaffImport.objects.filter(person_id=person.pk, applied_at=None).defer("content").first()


@dataclass(frozen=True)
class LookedAt:
    """An uploaded staff file next to the staff as it stands."""

    plan: ImportPlan
    staff: rules.Staff
    ignored: tuple[str, ...]


def look_at(upload: StaffImport) -> LookedAt:
    """What an uploaded file would do today, and the columns of it that nobody reads."""
    file = read_staff_file(bytes(upload.content))
    staff = staff_as_it_stands()
    plan = plan_import(staff, file.rows, today=clock.today(), complete=upload.complete)
    return LookedAt(plan, staff, file.ignored)


def first_administrator() -> Person | None:
    """Whoever has been administrator the longest: in whose name the command line acts."""
    held = Membership.objects.filter(role=Membership.Role.ADMINISTRATOR, person__active=True)
    found = held.select_related("person").order_by("since", "person_id").first()
    return found.person if found else None
