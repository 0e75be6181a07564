"""What coaches keep of their own learning, tried as everybody who should not read it, or not write it."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from klankbord.coaches.actions.intervision import join_group, leave_group, open_group, write_subject
from klankbord.coaches.jobs import departed
from klankbord.coaches.models import (
    AssessmentDone,
    ContactMoment,
    ContactNote,
    EarlierHours,
    HoursStatement,
    IntervisionAttendance,
    IntervisionGroup,
    IntervisionMeeting,
    IntervisionMember,
    IntervisionSubject,
    Learning,
    SelfAssessment,
    StatementWithdrawal,
    StoryPart,
    StoryShare,
)
from klankbord.coaches.queries.growth import words_of
from klankbord.coaches.queries.statements import checked
from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.models import HoursKept
from klankbord.people.actions import give_role, take_role
from klankbord.people.models import Membership, Person
from klankbord.privacy import vault
from tests.part_growth import SECRETS, SLUG, SUBJECT
from tests.story import as_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OWN = (EarlierHours, HoursStatement, SelfAssessment, StoryPart)
OF_THE_GROUP = (IntervisionSubject, StoryShare)
EVERYTHING = (
    *OWN,
    *OF_THE_GROUP,
    AssessmentDone,
    ContactMoment,
    ContactNote,
    IntervisionAttendance,
    IntervisionGroup,
    IntervisionMeeting,
    IntervisionMember,
    Learning,
)


@pytest.fixture
def story(told):
    return told


def seen_by(person, *models) -> set[str]:
    with as_person(person):
        return {model.__name__ for model in models if model._default_manager.exists()}


def refused(row) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


# --- reading --------------------------------------------------------------------------------------------------------


def test_what_is_a_coachs_own_is_read_by_nobody_else(story, cast):
    assert seen_by(cast.marieke, *OWN) == {model.__name__ for model in OWN}, "there is something to keep from others"
    for name in ("willem", "bram", "fatima", "els", "johan", "anton", "ruben", "noor"):
        assert seen_by(cast.named(name), *OWN) == set(), name


def test_the_coordinator_learns_that_it_was_done_and_not_what(story, cast):
    told = seen_by(cast.fatima, *EVERYTHING)
    assert told == {
        "AssessmentDone", "ContactMoment", "ContactNote", "IntervisionAttendance", "IntervisionGroup",
        "IntervisionMeeting", "IntervisionMember", "Learning",
    }  # fmt: skip


def test_colleagues_and_other_organisations_learn_nothing(story, cast):
    for name in ("johan", "anton", "els", "ruben", "noor"):
        assert seen_by(cast.named(name), *EVERYTHING) == set(), name


def test_another_coach_sees_that_there_are_groups_and_no_more(story, cast):
    assert seen_by(cast.bram, *EVERYTHING) == {"IntervisionGroup", "IntervisionMember"}


def test_notes_are_of_the_two_and_not_of_every_coordinator(story, cast):
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
    assert seen_by(cast.ruben, ContactMoment, ContactNote) == set()
    with as_person(cast.els):
        take_role(person=cast.fatima, role=Membership.Role.COORDINATOR)
    assert seen_by(cast.fatima, ContactMoment, ContactNote) == set(), "no coordinator any more"


def test_the_words_stand_nowhere_in_the_database(story):
    with connection.cursor() as cursor:
        for model in EVERYTHING:
            with as_person(story.cast.marieke):
                cursor.execute(f"select coalesce(string_agg(t::text, ''), '') from {model._meta.db_table} t")
                dump = cursor.fetchone()[0]
            for secret in SECRETS:
                assert secret not in dump
                assert secret.encode().hex() not in dump


# --- periods --------------------------------------------------------------------------------------------------------


def later_subject(story, cast, title="Later geschreven") -> IntervisionSubject:
    with as_person(cast.marieke):
        meeting = IntervisionMeeting.objects.get(pk=story.parts["meeting"])
        return write_subject(once=uuid.uuid4(), person=cast.marieke, meeting=meeting, title=title)


def titles(person) -> set[str]:
    with as_person(person):
        return {words_of(one, "title") for one in IntervisionSubject.objects.all()}


def test_who_left_reads_what_was_and_nothing_later(story, cast):
    with as_person(cast.willem):
        leave_group(person=cast.willem, group=IntervisionGroup.objects.get(pk=story.parts["group"]))
    later_subject(story, cast)
    assert titles(cast.willem) == {SUBJECT}
    with as_person(cast.willem):
        row = IntervisionMember.objects.get(person=cast.willem)
        for until in (None, clock.now() + timedelta(days=900)):
            with pytest.raises(DatabaseError), transaction.atomic():
                IntervisionMember.objects.filter(pk=row.pk).update(until=until)
    assert titles(cast.willem) == {SUBJECT}
    assert seen_by(cast.willem, StoryShare) == set()


def test_who_joins_reads_nothing_from_before_whatever_beginning_is_asked_for(story, cast):
    with as_person(cast.bram):
        IntervisionMember(
            organisation=cast.organisation,
            group_id=story.parts["group"],
            person=cast.bram,
            since=clock.now() - timedelta(days=900),
        ).save(force_insert=True)
    assert titles(cast.bram) == set()
    later_subject(story, cast)
    assert titles(cast.bram) == {"Later geschreven"}


def test_who_is_a_coach_no_longer_reads_no_more_in_the_group(story, cast):
    with as_person(cast.els):
        take_role(person=cast.willem, role=Membership.Role.COACH)
    assert seen_by(cast.willem, *OF_THE_GROUP, IntervisionGroup) == set()


def test_nobody_is_put_in_a_group_and_a_shut_group_takes_nobody(story, cast):
    with as_person(cast.fatima):
        refused(IntervisionMember(organisation=cast.organisation, group_id=story.parts["group"], person=cast.bram))
    with as_person(cast.johan):
        refused(IntervisionMember(organisation=cast.organisation, group_id=story.parts["group"], person=cast.johan))
    with as_person(cast.marieke):
        group = IntervisionGroup.objects.get(pk=story.parts["group"])
        open_group(person=cast.marieke, group=group, is_open=False)
    with as_person(cast.bram), pytest.raises(DatabaseError), transaction.atomic():
        join_group(slug=SLUG, person=cast.bram, group=group)


# --- writing in another's name --------------------------------------------------------------------------------------


def test_a_signed_statement_is_neither_changed_nor_taken_away_nor_made_for_another(story, cast):
    with as_person(cast.marieke):
        kept = HoursStatement.objects.get(pk=story.parts["statement"])
        assert HoursStatement.objects.filter(pk=kept.pk).update(lines="{}") == 0
        assert HoursStatement.objects.filter(pk=kept.pk)._raw_delete("default") == 0
    with as_person(cast.willem):
        refused(StatementWithdrawal(organisation=cast.organisation, statement=kept, coach=cast.marieke))
        kept.pk = uuid.uuid4()
        kept.code_hash = b"x" * 32
        refused(kept)


def test_nobody_is_noted_at_a_meeting_of_a_group_they_were_not_in(story, cast):
    at = {
        "organisation": cast.organisation,
        "group_id": story.parts["group"],
        "meeting_id": story.parts["meeting"],
    }
    with as_person(cast.marieke):
        refused(IntervisionAttendance(**at, person=cast.bram, noted_by=cast.marieke))
        IntervisionAttendance.objects.filter(person=cast.willem).delete()
        refused(IntervisionAttendance(**at, person=cast.willem, noted_by=cast.willem))
    for outsider in (cast.bram, cast.fatima):
        with as_person(outsider):
            refused(IntervisionAttendance(**at, person=outsider, noted_by=outsider))


def test_a_subject_hangs_on_a_meeting_of_its_own_group(story, cast):
    with as_person(cast.bram):
        other = IntervisionGroup(organisation=cast.organisation, name="Vrijdaggroep", started_by=cast.bram)
        other.save(force_insert=True)
        IntervisionMember(organisation=cast.organisation, group=other, person=cast.bram).save(force_insert=True)
        row = IntervisionSubject(
            organisation=cast.organisation, group=other, meeting_id=story.parts["meeting"], author=cast.bram
        )
        vault.seal(row, "title", "x")
        refused(row)


def test_nobody_shares_with_a_group_of_others_or_writes_a_note_for_another(story, cast):
    with as_person(cast.bram):
        share = StoryShare(
            organisation=cast.organisation,
            coach=cast.bram,
            part="contribution",
            audience="group",
            group_id=story.parts["group"],
        )
        vault.seal(share, "text", "x")
        refused(share)
    with as_person(cast.fatima):
        for coach, author in ((cast.bram, cast.fatima), (cast.marieke, cast.marieke)):
            note = ContactNote(
                organisation=cast.organisation,
                contact_id=story.parts["contact"],
                coach=coach,
                coordinator=cast.fatima,
                author=author,
            )
            vault.seal(note, "body", "x")
            refused(note)


def test_sums_of_hours_are_written_by_the_database_alone(story, cast):
    with as_person(cast.marieke):
        refused(
            HoursKept(
                organisation=cast.organisation,
                coach=cast.marieke,
                year=2020,
                kind="talk",
                minutes=6000,
                talks=100,
                clients=20,
            )
        )


# --- what ends ------------------------------------------------------------------------------------------------------


def test_a_coach_who_left_leaves_signed_papers_and_attendance_and_nothing_else(story, cast):
    with as_person(cast.marieke):
        code = words_of(HoursStatement.objects.get(pk=story.parts["statement"]), "code")
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(active=False)
    assert departed(0) == 0, "a mistake in a staff file costs nobody anything"
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        assert departed(0) == 0
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert departed(0) == 1
        assert departed(0) == 0
    with acting_in(cast.organisation.pk, cast.marieke.pk):
        gone = (EarlierHours, SelfAssessment, AssessmentDone, StoryPart, StoryShare, Learning, ContactNote)
        assert [model.__name__ for model in gone if model._default_manager.exists()] == []
        assert words_of(HoursStatement.objects.get(pk=story.parts["statement"]), "code") == ""
        assert IntervisionAttendance.objects.filter(person=cast.marieke).exists()
    found = checked(code)
    assert found is not None
    assert found.genuine, "whoever holds the paper can still check it"


def test_who_comes_back_in_time_loses_nothing_and_nobody_can_ask_who_left(story, cast):
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(active=False)
    departed(0)
    with as_person(cast.fatima), connection.cursor() as cursor:
        cursor.execute("select * from coaches_departed(current_date + 400)")
        assert cursor.fetchall() == []
        cursor.execute("select * from coaches_forget(%s, current_date + 400)", [cast.marieke.pk])
        assert cursor.fetchall() == []
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(active=True)
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert departed(0) == 0
    assert seen_by(cast.marieke, StoryPart) == {"StoryPart"}
