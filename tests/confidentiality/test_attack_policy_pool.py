"""The pool, the craft and the money, tried as somebody who may do something near it, and tries to do this too."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from klankbord.coaches.actions.profiles import say_about_profile
from klankbord.coaches.jobs import departed
from klankbord.coaches.models import (
    CoachPhoto,
    CoachProfile,
    HoursStatement,
    IntervisionGroup,
    IntervisionMember,
    ProfileWord,
    QualityFact,
    QualityProof,
    QualityReminder,
    StatementWithdrawal,
    StoryShare,
)
from klankbord.coaches.queries.growth import words_of
from klankbord.coaches.queries.statements import checked
from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.requests import propose_coach, step_aside, withdraw_request
from klankbord.engagements.models import (
    CameNear,
    EngagementCost,
    FitSignal,
    Invoice,
    MatchRow,
    Request,
    RequestPreference,
)
from klankbord.people.actions import give_role, take_role
from klankbord.people.models import Membership, Person
from klankbord.privacy import vault
from tests.story import SLUG, as_person, requested

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told):
    return told


def refused(row) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def shown(person: Person, route: str, **keys: object) -> int:
    client = Client()
    client.force_login(person.account)
    return client.get(reverse(route, kwargs={"organisation": SLUG, **keys})).status_code


# --- in the wrong person's name -------------------------------------------------------------------------------------


def test_nobody_takes_back_in_their_own_name_what_another_coach_had_signed(story, cast):
    with as_person(cast.marieke):
        code = words_of(HoursStatement.objects.get(pk=story.parts["statement"]), "code")
    for other in (cast.willem, cast.johan, cast.fatima):
        with as_person(other):
            refused(
                StatementWithdrawal(organisation=cast.organisation, statement_id=story.parts["statement"], coach=other)
            )
    found = checked(code)
    assert found is not None
    assert found.withdrawn_on is None


def test_nobody_lays_the_own_paper_beside_what_another_stated_or_keeps_another_from_being_told(story, cast):
    mine = {"organisation": cast.organisation, "person": cast.willem}
    with as_person(cast.marieke):
        fact = QualityFact(
            organisation=cast.organisation,
            person=cast.marieke,
            kind=QualityFact.Kind.SUPERVISION,
            name="Met een ander",
            valid_from=clock.today(),
        )
        fact.save(force_insert=True)
    with as_person(cast.willem):
        refused(QualityProof(**mine, fact_id=fact.pk, content=b"%PDF-1.7", media_type="application/pdf"))
        refused(QualityReminder(**mine, fact_id=fact.pk, days=90))
        refused(QualityReminder(**mine, fact_id=uuid.uuid4(), days=90))


def test_who_keeps_the_money_notes_none_for_the_own_coaching_and_none_at_another_one(story, cast):
    with as_person(cast.fatima):
        cost = EngagementCost(
            organisation=cast.organisation,
            engagement=story.engagement,
            reference="KB-2345678",
            year=clock.today().year,
            rate_cents=12_000,
            minutes=60,
            talks=5,
            planned_cents=60_000,
        )
        cost.save(force_insert=True)
    with as_person(cast.els):
        give_role(person=cast.marieke, role=Membership.Role.COORDINATOR)
        give_role(person=cast.marieke, role=Membership.Role.FINANCE)
    bill = {"organisation": cast.organisation, "cost": cost, "number": "1", "day": clock.today(), "cents": 90_000}
    with as_person(cast.marieke):
        refused(Invoice(**bill, engagement=story.engagement))
    with as_person(cast.fatima):
        refused(Invoice(**bill, engagement_id=uuid.uuid4()))
        Invoice(**bill, engagement=story.engagement).save(force_insert=True)


def test_a_request_is_withdrawn_chosen_and_wished_for_by_its_client_alone(cast):
    _referral, _question, request = requested(cast)
    with as_person(cast.fatima):
        propose_coach(slug=SLUG, request=request, coach=cast.marieke)
    changes = (
        {"state": "withdrawn"},
        {"state": "chosen"},
        {"state": "matched"},
        {"place": "online"},
        {"language": "en"},
        {"sent_at": clock.now() - timedelta(days=90)},
    )
    for other in (cast.fatima, cast.marieke):
        with as_person(other):
            for change in changes:
                with pytest.raises(DatabaseError), transaction.atomic():
                    Request.objects.filter(pk=request.pk).update(**change)
    with as_person(cast.johan):
        assert Request.objects.get(pk=request.pk).state == "proposed"
        withdraw_request(request=Request.objects.get(pk=request.pk))


# --- a group and its periods ----------------------------------------------------------------------------------------


def test_who_joins_reads_nothing_that_was_shared_before_whatever_beginning_is_asked_for(story, cast):
    with as_person(cast.marieke):
        group = IntervisionGroup.objects.get(pk=story.parts["group"])
        kept = StoryShare(
            organisation=cast.organisation, coach=cast.marieke, part="contribution", audience="group", group=group
        )
        vault.seal(kept, "text", "Na het laatste onderwerp gedeeld.")
        kept.save(force_insert=True)
    long_ago = clock.now() - timedelta(days=900)
    with as_person(cast.bram):
        IntervisionMember(organisation=cast.organisation, group=group, person=cast.bram, since=long_ago).save(
            force_insert=True
        )
        assert not StoryShare.objects.exists()


def test_nobody_reads_along_in_a_group_without_standing_among_its_people(story, cast):
    with as_person(cast.bram):
        refused(
            IntervisionMember(
                organisation=cast.organisation,
                group_id=story.parts["group"],
                person=cast.bram,
                until=clock.now() + timedelta(days=900),
            )
        )


# --- what ends ------------------------------------------------------------------------------------------------------


def test_of_a_coach_who_left_no_face_is_shown_and_profile_and_papers_end(story, cast):
    with as_person(cast.fatima):
        word = say_about_profile(
            once=uuid.uuid4(), slug=SLUG, coach=cast.marieke, author=cast.fatima, text="Mag korter."
        )
        assert vault.read(word, "text") == "Mag korter."
    assert shown(cast.johan, "coach_photo", coach=cast.marieke.pk) == 200
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(active=False)
    for page in ("coach_profile", "coach_photo"):
        assert shown(cast.johan, page, coach=cast.marieke.pk) == 404, page
    assert departed(0) == 0
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert departed(0) == 1
        assert departed(0) == 0
    with as_person(cast.fatima):
        gone = (CoachProfile, CoachPhoto, QualityFact, QualityProof, ProfileWord)
        assert [one.__name__ for one in gone if one._default_manager.exists()] == []
        vault.forget_keys()
        with pytest.raises(vault.Unreadable):
            vault.read(word, "text")


def test_who_is_a_coach_no_longer_has_no_page_and_no_face_here(story, cast):
    with as_person(cast.els):
        take_role(person=cast.marieke, role=Membership.Role.COACH)
    for page in ("coach_profile", "coach_photo"):
        assert shown(cast.johan, page, coach=cast.marieke.pk) == 404, page


# --- what held already ----------------------------------------------------------------------------------------------


def test_whoever_stepped_aside_is_blind_for_everything_that_came_with_a_request(story, cast):
    with as_person(cast.johan):
        RequestPreference(
            organisation=cast.organisation, request=story.request, client=cast.johan, coach=cast.marieke
        ).save(force_insert=True)
    seen = (RequestPreference, FitSignal, MatchRow)
    with as_person(cast.fatima):
        assert all(one._default_manager.exists() for one in seen), "there is something to lose"
        step_aside(request=Request.objects.get(pk=story.request.pk))
        assert [one.__name__ for one in (*seen, CameNear, EngagementCost) if one._default_manager.exists()] == []
    for name in ("els", "anton", "marieke", "willem", "ruben", "noor"):
        with as_person(cast.named(name)):
            assert not RequestPreference.objects.exists(), name
            assert not FitSignal.objects.exists(), name


# What looks through everything tells the night alone. Each with a call that would do something.
AT_NIGHT = (
    "select * from engagements_running_pairs()",
    "select * from engagements_rounds_over()",
    "select * from engagements_old_noted()",
    "select * from engagements_fit_uncounted()",
    "select * from engagements_came_near(array[%(engagement)s]::uuid[], array['x'], array[false], current_date)",
    "select * from engagements_forget_thoughts(%(engagement)s)",
    "select * from coaches_ending(current_date + 3650)",
    "select * from coaches_departed(current_date + 3650)",
    "select * from coaches_forget(%(coach)s, current_date + 3650)",
    "select * from coaches_lending_untold()",
)
NOTHING_DONE = (
    "select engagements_count_first_talks()",
    "select engagements_publish_fit(array['plaster'])",
    "select engagements_end_lending()",
    "select people_forget_lines(current_date + 3650)",
)


def test_what_is_asked_at_night_answers_nobody_who_acts_as_a_person(story, cast):
    given = {"engagement": story.engagement.pk, "coach": cast.marieke.pk}
    for name in ("fatima", "els", "marieke", "johan", "noor"):
        with as_person(cast.named(name)), connection.cursor() as cursor:
            for asked in AT_NIGHT:
                cursor.execute(asked, given)
                assert cursor.fetchall() == [], (name, asked)
            for asked in NOTHING_DONE:
                cursor.execute(asked)
                assert cursor.fetchone() == (0,), (name, asked)
            cursor.execute("select engagements_publish_waiting(date_trunc('quarter', current_date)::date)")
            assert cursor.fetchone() == (False,), name


def test_another_organisation_learns_nothing_of_coaches_here(story, cast):
    with acting_in(cast.elsewhere.pk, cast.noor.pk), connection.cursor() as cursor:
        cursor.execute("select * from coaches_held(%s)", [[cast.marieke.pk]])
        assert cursor.fetchall() == []
        cursor.execute("select coaches_with_room(current_date)")
        assert cursor.fetchall() == []
        cursor.execute("select * from coaches_intervision_counts(%s, 2000)", [[cast.marieke.pk]])
        assert cursor.fetchall() == []
