"""A reorganisation brings client and coach near each other: found at the import, and told to whom it concerns."""

import io
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.story import SLUG, Story, as_person

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.course import stop
from klankbord.engagements.actions.nearness import look_for_nearness
from klankbord.engagements.actions.otherwise import go_on_though_near
from klankbord.engagements.actions.requests import step_aside
from klankbord.engagements.jobs import nearness, staff_changed
from klankbord.engagements.models import CameNear, Course, Engagement, Participant, Request
from klankbord.engagements.queries.nearness import near_now
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.actions import add_person, give_role
from klankbord.people.actions.staff_import import STAFF_CHANGED
from klankbord.people.api import import_staff
from klankbord.people.models import Membership, Notification, Person
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told: Story) -> Story:
    return told


def reorganised(story: Story, **changes: object) -> int:
    """Marieke becomes Johan's manager, or something else of her changes; and then the job of the import runs."""
    cast = story.cast
    with as_person(cast.els):
        if changes:
            Person.objects.filter(pk=cast.marieke.pk).update(**changes)
        else:
            Person.objects.filter(pk=cast.johan.pk).update(manager=cast.marieke)
    return staff_changed(str(cast.organisation.pk))


def told(story: Story, name: str) -> list[str]:
    person = story.cast.named(name)
    with as_person(person):
        found = Notification.objects.filter(person=person, kind__startswith="nearness")
        return sorted(found.values_list("kind", flat=True))


def test_an_import_sets_it_going_and_tells_its_maker_nothing(story):
    assert STAFF_CHANGED in app.tasks
    before = ProcrastinateJob.objects.filter(task_name=STAFF_CHANGED).count()
    rows = io.StringIO()
    rows.write("personeelsnummer;naam;e-mailadres;leidinggevende\n")
    rows.write("101;Johan de Wit;johan@waterland.example;104\n")
    outcome = import_staff(slug=SLUG, content=rows.getvalue().encode())
    assert outcome.accepted, outcome.lines
    jobs = list(ProcrastinateJob.objects.filter(task_name=STAFF_CHANGED))
    assert len(jobs) == before + 1
    assert jobs[-1].args == {"organisation": str(story.cast.organisation.pk)}
    assert staff_changed(**jobs[-1].args) == 1
    assert told(story, "johan") == ["nearness"]
    assert told(story, "els") == []


def test_client_coach_and_coordinator_are_told_once_and_nobody_else(story):
    assert reorganised(story) == 1
    assert nearness(0) == 0
    assert told(story, "johan") == told(story, "marieke") == ["nearness"]
    assert told(story, "fatima") == ["nearness_raised"]
    for name in ("els", "anton", "ruben", "willem"):
        assert told(story, name) == []
    client = text_of(Visitor(story.cast.johan, story.engagement.pk).open("engagement"))
    assert "Marieke leads you" in client
    assert "ask Fatima what is possible" in client
    page = text_of(Visitor(story.cast.fatima).open("nearness"))
    assert "Johan de Wit with Marieke Bos" in page
    assert "Marieke leads Johan, directly or through others." in page
    assert "A coach does not lead the client" in page


def test_the_line_counts_through_others_and_for_who_is_hired(story):
    cast = story.cast
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(employer="Bureau Stroom")
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.marieke)
    assert staff_changed(str(cast.organisation.pk)) == 1


def test_the_row_policy_keeps_it_from_everybody_else(story):
    reorganised(story)
    with as_person(story.cast.els):
        give_role(person=story.cast.anton, role=Membership.Role.LEADERSHIP)
    for name in ("johan", "marieke", "anton", "els", "willem"):
        with as_person(story.cast.named(name)):
            assert not CameNear.objects.exists()
        assert Visitor(story.cast.named(name)).open("nearness").status_code == 403
    with as_person(story.cast.fatima):
        row = CameNear.objects.get()
        assert CameNear.objects.update(code="x") == 0
        assert CameNear.objects.all().delete()[0] == 0
        with pytest.raises(Error), transaction.atomic():
            CameNear(
                organisation=story.cast.organisation,
                engagement=story.engagement,
                request=story.request,
                client=story.cast.johan,
                coach=story.cast.marieke,
                code="match.same_unit",
            ).save(force_insert=True)
    assert row.code == "match.coach_leads_client"


@pytest.mark.parametrize("name", ["els", "fatima", "johan"])
def test_the_pairs_are_told_to_nobody_who_acts_as_a_person(story, name):
    reorganised(story)
    with as_person(story.cast.named(name)):
        assert near_now() == []
        with connection.cursor() as cursor:
            cursor.execute("select * from engagements_came_near('{}', '{}', '{}', current_date)")
            assert cursor.fetchall() == []
    with as_person(story.cast.fatima):
        assert CameNear.objects.get().resolved_on is None
    with acting_in(story.cast.elsewhere.pk):
        assert near_now() == []


def test_whoever_stepped_aside_or_is_one_of_the_two_hears_nothing_as_a_coordinator(story):
    with as_person(story.cast.fatima):
        step_aside(request=Request.objects.get(pk=story.request.pk))
    with as_person(story.cast.els):
        give_role(person=story.cast.marieke, role=Membership.Role.COORDINATOR)
    reorganised(story)
    assert told(story, "fatima") == []
    assert told(story, "marieke") == ["nearness"]
    for name in ("fatima", "marieke"):
        assert "Johan" not in text_of(Visitor(story.cast.named(name)).open("nearness")).split("<main")[1]


def test_it_is_resolved_when_they_move_apart_when_both_go_on_and_when_it_ends(story):
    def resolved() -> bool:
        with as_person(story.cast.fatima):
            return CameNear.objects.get().resolved_on is not None

    reorganised(story)
    for name in ("johan", "marieke"):
        assert not resolved()
        person = story.cast.named(name)
        with as_person(person):
            go_on_though_near(standing=story.standing(person))
    assert resolved()
    assert reorganised(story) == 0
    assert resolved()
    with as_person(story.cast.marieke):
        Course.objects.filter(engagement=story.engagement).update(nearness_coach="")
    reorganised(story)
    assert not resolved()
    with as_person(story.cast.els):
        Person.objects.filter(pk=story.cast.johan.pk).update(manager=story.cast.anton)
    reorganised(story, language="nl")
    assert resolved()
    page = text_of(Visitor(story.cast.fatima).open("nearness"))
    assert "Resolved in the last month" in page
    # Near once more is something new.
    assert reorganised(story) == 1
    assert not resolved()
    with as_person(story.cast.johan):
        stop(standing=story.standing(story.cast.johan), slug=SLUG)
    assert "Resolved in the last month" in text_of(Visitor(story.cast.fatima).open("nearness"))
    reorganised(story, language="nl")
    assert resolved()


def test_the_trail_says_that_was_looked_and_not_what_was_found(story):
    reorganised(story)
    with as_person(story.cast.els):
        rows = AuditRow.objects.filter(verb="nearness.look").values_list("owner_id", "subject_id", "detail")
        assert set(map(str, rows)) <= {str((None, None, {}))}


def _one_more(story: Story, number: int) -> None:
    """Another client whom Marieke coaches and leads."""
    cast = story.cast
    with as_person(cast.els):
        client = add_person(
            name=f"Klant {number}",
            email=f"k{number}@waterland.example",
            staff_number=f"9{number}",
            unit=cast.johan.unit,
            manager=cast.marieke,
        )
    with as_person(client):
        same = {"organisation": cast.organisation}
        request = Request(**same, client=client, state="matched")
        request.save(force_insert=True)
        engagement = Engagement(id=uuid4(), **same, request=request, client=client, coach=cast.marieke)
        engagement.save(force_insert=True)
        Participant(**same, engagement=engagement, person=client, role="client").save(force_insert=True)
        Course(**same, engagement=engagement, phase="introduction").save(force_insert=True)


def test_looking_asks_as_often_for_twenty_engagements_as_for_one(story):
    reorganised(story)
    counts = []
    for numbers in ((), range(20)):
        for number in numbers:
            _one_more(story, number)
        # The first look tells, and telling takes a question for each notice; the second only looks.
        for _time in range(2):
            with (
                acting_in(story.cast.organisation.pk),
                CaptureQueriesContext(
                    connection,
                ) as asked,
            ):
                look_for_nearness(slug=SLUG)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    with as_person(story.cast.fatima):
        assert CameNear.objects.count() == 21
