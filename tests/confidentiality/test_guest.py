"""A guest coaches here and works elsewhere: of this organisation there is the own coaching, and nothing else."""

from html import unescape

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from klankbord.engagements.models import Engagement, Request
from klankbord.people.actions import notify
from klankbord.people.models import Membership, Person
from klankbord.privacy.access import pages
from tests.addresses import address, addresses, keywords, uploaded
from tests.cast import Cast
from tests.lending import Guesting, coaching_as_guest
from tests.story import SLUG, as_person, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

# What a guest may open besides the addresses of an engagement: pages about oneself, and a collection of questions.
OF_ONESELF = {
    "policy",
    "policy_compare",
    "policy_paper",
    "policy_version",
    "policy_version_paper",
    "proposal_for_coach",
    "proposal_decline",
    "today",
    "my_coaching",
    "my_data",
    "my_language",
    "my_takeout",
    "who_sees_what",
    "draft",
    "questions",
    "question_keep",
    "own_question_add",
    "own_question_restore",
    "own_question_remove",
}


@pytest.fixture
def guesting(cast: Cast) -> Guesting:
    return coaching_as_guest(cast, cast.willem)


def test_a_guest_is_answered_like_a_stranger_at_every_address_but_the_own_ones(cast, guesting):
    story, upload = running(cast), uploaded(cast)
    client = Client()
    client.force_login(guesting.guest.account)
    opened = {}
    for route in sorted(addresses()):
        if route in OF_ONESELF or pages()[route].public:
            continue
        with transaction.atomic():
            answer = client.generic(
                pages()[route].methods[0],
                address(route, story, upload),
                content_type="application/x-www-form-urlencoded",
            )
            transaction.set_rollback(True)
        if answer.status_code != 404:
            opened[route] = answer.status_code
    assert not opened


def test_what_a_guest_may_open_is_written_in_one_place_and_known_here():
    told = {page.route for page in pages().values() if page.guests}
    assert told == OF_ONESELF
    assert not any("engagement" in keywords(route) for route in told)


def test_a_guest_opens_the_own_pages_and_the_own_coaching(cast, guesting):
    client = Client()
    client.force_login(guesting.guest.account)
    for route in ("my_coaching", "my_data", "my_takeout", "who_sees_what", "questions"):
        assert client.get(reverse(route, args=[SLUG])).status_code == 200, route
    assert client.get(reverse("today", args=[SLUG])).url == reverse("my_coaching", args=[SLUG])
    page = client.get(reverse("engagement", args=[SLUG, guesting.engagement.pk]))
    assert page.status_code == 200
    assert "Willem" in page.content.decode()


def test_a_guest_who_sees_the_own_coaching_sees_no_way_to_anything_else(cast, guesting):
    client = Client()
    client.force_login(guesting.guest.account)
    seen: set[str] = set()
    waiting = [(reverse("my_coaching", args=[SLUG]), "")]
    while waiting:
        page, shown_on = waiting.pop()
        seen.add(page)
        answer = client.get(page)
        assert answer.status_code in (200, 302), f"{shown_on} leads a guest to {page}"
        links = {unescape(part.split('"')[0]).split("#")[0] for part in answer.content.decode().split('href="')[1:]}
        waiting += [(link, page) for link in links if link.startswith(f"/{SLUG}/") and link not in seen]
    assert len(seen) > 5


# --- The database -----------------------------------------------------------------------------------------------------


def _rows(table: str) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(f'select * from "{table}"')
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _guarded() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relrowsecurity order by relname")
        return [row[0] for row in cursor.fetchall()]


def test_of_every_table_a_guest_reads_rows_of_the_own_coaching_and_the_own_rows_alone(cast, guesting):
    running(cast)
    guest = guesting.guest
    met = {guest.pk, cast.willem.pk, cast.fatima.pk}
    with as_person(cast.fatima):
        units = set(Person.objects.filter(pk__in=met).values_list("unit_id", flat=True))
    allowed = {
        "people_person": lambda row: row["id"] in met,
        "people_unit": lambda row: row["id"] in units,
        # Who coordinates, so that there is somebody to turn to.
        "people_membership": lambda row: row["person_id"] == guest.pk or row["role"] == "coordinator",
        # The policy under which a guest coaches.
        "policy_policyversion": lambda row: row["state"] != "draft",
        "engagements_engagement": lambda row: row["id"] == guesting.engagement.pk,
        "engagements_request": lambda row: row["id"] == guesting.request.pk,
    }
    tables = _guarded()
    read = 0
    with as_person(guest):
        for table in tables:
            for row in _rows(table):
                read += 1
                mine = guest.pk in row.values() or row.get("engagement_id") == guesting.engagement.pk
                assert allowed[table](row) if table in allowed else mine, f"a guest reads of {table}: {row}"
    assert read > 10
    assert {"people_person", "engagements_writing", "policy_policyversion"} <= set(tables)


def test_the_same_tables_are_not_empty_for_the_people_they_belong_to(cast, guesting):
    with as_person(guesting.guest):
        seen = Person.objects.count()
    with as_person(cast.ruben):
        assert seen == 3 < Person.objects.count()


def test_a_guest_holds_no_role_and_gives_none(cast, guesting):
    with as_person(cast.els):
        Membership(organisation=cast.organisation, person=guesting.guest, role=Membership.Role.COORDINATOR).save(
            force_insert=True
        )
    with as_person(guesting.guest), connection.cursor() as cursor:
        for role in Membership.Role.values:
            cursor.execute("select klankbord_holds(%s)", [role])
            assert cursor.fetchone() == (False,)
        assert Request.objects.exclude(pk=guesting.request.pk).count() == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership(organisation=cast.organisation, person=guesting.guest, role=Membership.Role.ADMINISTRATOR).save(
                force_insert=True
            )


def test_a_guest_asks_for_no_coach_suggests_nothing_and_tells_nobody_else_anything(cast, guesting):
    guest = guesting.guest
    attempts = {
        "engagements_request": "insert into engagements_request (id, organisation_id, client_id, state, themes, "
        "language, place, employer, one_talk, aside, sent_at, changed_at) values (gen_random_uuid(), %(org)s, %(me)s, "
        "'sent', '{}', 'nl', 'any', 'any', false, '{}', now(), now())",
        "engagements_referral": "insert into engagements_referral (id, organisation_id, client_id, manager_id, text, "
        "made_at) values (gen_random_uuid(), %(org)s, %(johan)s, %(me)s, '', now())",
    }
    values = {"org": cast.organisation.pk, "me": guest.pk, "johan": cast.johan.pk}
    with as_person(guest):
        for table, statement in attempts.items():
            with pytest.raises(ProgrammingError, match=f'security policy for table "{table}"'), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(statement, values)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            notify(person_id=cast.johan.pk, kind="chosen", link="/")
        notify(person_id=cast.willem.pk, kind="gone_on", link="/")
        notify(person_id=cast.fatima.pk, kind="request", link="/")


def test_searching_tells_a_guest_nothing(cast, guesting):
    with as_person(guesting.guest), connection.cursor() as cursor:
        cursor.execute("select people_found('johan:*')")
        assert cursor.fetchall() == []
    with as_person(cast.ruben), connection.cursor() as cursor:
        cursor.execute("select people_found('johan:*')")
        assert cursor.fetchall() == [(cast.johan.pk,)]


def test_once_the_part_of_a_guest_is_over_the_names_are_gone(cast, guesting):
    with as_person(cast.willem), connection.cursor() as cursor:
        cursor.execute("select engagements_end_participation(%s, %s)", [guesting.engagement.pk, guesting.guest.pk])
        assert cursor.fetchone() == (True,)
    with as_person(guesting.guest):
        assert set(Person.objects.values_list("id", flat=True)) == {
            guesting.guest.pk,
            cast.fatima.pk,
        }


def test_nobody_makes_a_guest_by_hand_and_a_guest_does_not_make_themselves_one_of_the_house(cast, guesting):
    with as_person(cast.els):
        with pytest.raises(Exception, match="agreement on lending coaches"), transaction.atomic():
            Person(
                organisation=cast.organisation,
                name="Piet Pot",
                sort_key="pot piet",
                email="piet@bergland.example",
                unit=cast.johan.unit,
                guest=True,
            ).save(force_insert=True)
        with pytest.raises(Exception, match="agreement on lending coaches"), transaction.atomic():
            Person.objects.filter(pk=cast.ruben.pk).update(guest=True)
    with as_person(guesting.guest):
        with pytest.raises(Exception, match="only an administrator"), transaction.atomic():
            Person.objects.filter(pk=guesting.guest.pk).update(guest=False)


def test_at_home_nobody_reads_of_the_coaching_elsewhere(cast, guesting):
    for person in (cast.hanna, cast.tom, cast.noor):
        with as_person(person):
            assert Engagement.objects.count() == 0
            assert Request.objects.count() == 0


def test_a_guest_stands_in_no_list_of_people_and_is_known_as_a_coach(cast, guesting):
    client = Client()
    client.force_login(cast.els.account)
    html = client.get(reverse("people", args=[SLUG])).content.decode()
    assert "Hanna" not in html
    assert "Saskia" in html
    assert client.get(reverse("person", args=[SLUG, guesting.guest.pk])).status_code == 404
