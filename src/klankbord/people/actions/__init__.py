"""What changes about people. Every verb leaves its audit row."""

import uuid
from datetime import date
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app as jobs

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in, current_scope
from klankbord.people.actions._steps import account_for
from klankbord.people.mailing import mails_are_held
from klankbord.people.models import Membership, Notification, Person, Unit
from klankbord.people.queries import holders_of
from klankbord.people.rules import normalised_email, normalised_staff_number, search_key
from klankbord.privacy.audit import action, record


@action("organisation.found")
def found_organisation(
    *, slug: str, name: str, administrator_name: str, administrator_email: str, language: str = "nl"
) -> tuple[Organisation, UUID]:
    """Start an organisation with its first administrator; returns it with that person's id.

    Raises ``django.db.IntegrityError`` when the slug is taken.
    """
    organisation = Organisation(slug=slug, name=name, language=language)
    person_id = uuid.uuid4()
    email = normalised_email(administrator_email)
    account = account_for(email=email)
    with connection.cursor() as cursor:
        cursor.execute(
            "select klankbord_found(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                organisation.id,
                slug,
                name,
                language,
                uuid.uuid4(),
                person_id,
                "1",
                administrator_name,
                search_key(administrator_name),
                email,
                account.pk,
            ],
        )
    with acting_in(organisation.id, person_id):
        record("organisation.found", organisation)
    return organisation, person_id


@action("unit.add")
def add_unit(*, name: str, parent: Unit) -> Unit:
    """Add a part of the organisation under *parent*."""
    unit = Unit(organisation_id=current_scope().organisation_id, parent=parent, name=name, path=f"{parent.path}/{name}")
    unit.save(force_insert=True)
    record("unit.add", unit)
    return unit


@action("person.add")
def add_person(
    *,
    name: str,
    email: str,
    staff_number: str,
    unit: Unit,
    manager: Person | None = None,
    employer: str = "",
    language: str = "nl",
) -> Person:
    """Add one person by hand; a whole organisation comes from its staff file."""
    address = normalised_email(email)
    person = Person(
        organisation_id=current_scope().organisation_id,
        account=account_for(email=address),
        staff_number=normalised_staff_number(staff_number),
        name=name,
        sort_key=search_key(name),
        email=address,
        language=language,
        unit=unit,
        manager=manager,
        employer=employer,
    )
    person.save(force_insert=True)
    record("person.add", person, owner=person.pk)
    return person


@action("role.give")
def give_role(*, person: Person, role: Membership.Role) -> Membership:
    """Give somebody a role in the organisation. Giving it twice is giving it once."""
    known = Membership.objects.filter(person=person, role=role).first()
    record("role.give", person, owner=person.pk, detail={"role": str(role)})
    if known:
        return known
    membership = Membership(organisation_id=current_scope().organisation_id, person=person, role=role)
    membership.save(force_insert=True)
    return membership


class LastAdministrator(Exception):
    """Nobody else could give the role back."""


@action("role.take")
def take_role(*, person: Person, role: Membership.Role) -> None:
    """Take a role from somebody. Raises :class:`LastAdministrator` when nobody would be administrator any more."""
    if role is Membership.Role.ADMINISTRATOR and not holders_of(role).exclude(pk=person.pk).exists():
        raise LastAdministrator
    Membership.objects.filter(person=person, role=role).delete()
    record("role.take", person, owner=person.pk, detail={"role": str(role)})


@action("people.download")
def note_list_downloaded(*, count: int) -> None:
    """Somebody took a list of people along."""
    record("people.download", detail={"count": count})


@action("language.choose")
def choose_language(*, person: Person, language: str) -> None:
    """The acting person's own language on screen and in mail."""
    Person.objects.filter(pk=person.pk).update(language=language)
    record("language.choose", person, owner=person.pk, detail={"language": language})


@action("notification.send")
def notify(*, person_id: UUID, kind: str, link: str, name: str = "") -> None:
    """Tell somebody that something waits: under "Vandaag", and by mail through the queue.

    The job is put in the queue in the same transaction as the change it tells about, and holds ids only. Inside
    :func:`without_mail` there is no job.
    """
    organisation_id = current_scope().organisation_id
    row = Notification(
        organisation_id=organisation_id,
        person_id=person_id,
        kind=kind,
        link=link,
        parameters={"name": name} if name else {},
    )
    row.sent_at = row.made_at if mails_are_held() else None
    row.save(force_insert=True)
    record("notification.send", row, owner=person_id, detail={"kind": kind})
    if mails_are_held():
        return
    jobs.configure_task("people.send_notification", lock=str(row.pk)).defer(
        organisation=str(organisation_id), person=str(person_id), notification=str(row.pk)
    )


@action("lines.forget")
def forget_lines(*, before: date) -> int:
    """Forget who managed whom until before that day, and never of the last year. Returns how many spells went."""
    with connection.cursor() as cursor:
        cursor.execute("select people_forget_lines(%s)", [before])
        count: int = cursor.fetchone()[0]
    record("lines.forget", detail={"count": count})
    return count
