"""What the database shows of Johan's coaching to each of the others, whatever the code asks for."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.closing import withdraw_share
from klankbord.engagements.actions.course import other_coach
from klankbord.engagements.actions.requests import (
    Wishes,
    choose_coach,
    propose_coach,
    send_request,
    step_aside,
    withdraw_request,
)
from klankbord.engagements.models import (
    Agreement,
    Course,
    Engagement,
    Participant,
    Proposal,
    Referral,
    ReferralAnswer,
    ReferralQuestion,
    Request,
    RequestWords,
    Session,
    Share,
    Writing,
)
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.writings import Kind
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow
from tests.story import SECRETS, SLUG, as_person, matched, requested, tuesday_at_ten

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ALL = (
    Referral, ReferralAnswer, ReferralQuestion, Request, RequestWords, Proposal, Engagement, Participant, Course,
    Session, Writing, Agreement, Share,
)  # fmt: skip


@pytest.fixture
def story(told):
    return told


def seen(person) -> dict[str, int]:
    """How many rows of each table this person's database shows."""
    with as_person(person):
        counts = {model.__name__: model.objects.count() for model in ALL}
    return {name: count for name, count in counts.items() if count}


def test_the_manager_sees_the_own_referral_the_question_to_him_and_what_is_shared(story):
    assert seen(story.cast.anton) == {"Referral": 1, "ReferralQuestion": 1, "Share": 1}


def test_the_coordinator_sees_request_proposal_and_that_there_is_coaching(story):
    assert seen(story.cast.fatima) == {"Request": 1, "Proposal": 1, "Engagement": 1}


@pytest.mark.parametrize("name", ["els", "ruben", "willem", "bram", "saskia", "noor"])
def test_others_see_nothing_at_all(story, name):
    assert seen(story.cast.named(name)) == {}


def test_the_coach_sees_what_was_sent_and_the_own_page_but_no_private_text(story):
    with as_person(story.cast.marieke):
        kinds = sorted(Writing.objects.values_list("kind", flat=True))
        assert kinds == sorted([Kind.DIRECTION, Kind.TOPIC, Kind.NOTES, Kind.REFLECTION, Kind.COACH_PAGE])
        assert ReferralAnswer.objects.count() == Referral.objects.count() == Share.objects.count() == 0


def test_the_client_does_not_see_the_coachs_own_page(story):
    with as_person(story.cast.johan):
        assert not Writing.objects.filter(kind=Kind.COACH_PAGE).exists()


def test_the_database_refuses_to_share_the_coachs_own_page(story):
    with as_person(story.cast.marieke):
        page = Writing.objects.get(kind=Kind.COACH_PAGE)
        page.audience, page.shared_at = ["client"], clock.now()
        with pytest.raises(IntegrityError, match="audience_fits_the_kind"), transaction.atomic():
            page.save()


def test_nobody_changes_anothers_text(story):
    with as_person(story.cast.marieke):
        changed = Writing.objects.filter(kind=Kind.REFLECTION).update(revision=99)
        assert changed == 0
        assert Writing.objects.filter(kind=Kind.NOTES).update(revision=99) == 1


def test_a_new_coach_reads_no_old_text(story, cast):
    with as_person(cast.johan):
        Participant(organisation=cast.organisation, engagement=story.engagement, person=cast.saskia, role="coach").save(
            force_insert=True
        )
    with as_person(cast.saskia):
        assert Session.objects.count() > 0
        assert Writing.objects.count() == 0


def test_the_words_of_a_request_reach_the_coordinator_only_when_ticked(cast):
    _, _, request = requested(cast)
    with as_person(cast.fatima):
        assert RequestWords.objects.count() == 0
    with as_person(cast.johan):
        RequestWords.objects.update(shared=True)
    with as_person(cast.fatima):
        assert RequestWords.objects.count() == 1
        step_aside(request=request)
        assert Request.objects.count() == RequestWords.objects.count() == 0


def test_another_coach_ends_what_the_first_one_reads(cast):
    _, _, request = requested(cast)
    _, engagement = matched(cast, request)
    with as_person(cast.marieke):
        assert RequestWords.objects.count() == 1
    with as_person(cast.johan):
        other_coach(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG)
    with as_person(cast.marieke):
        assert RequestWords.objects.count() == Course.objects.count() == 0


def test_a_withdrawn_share_is_gone_for_the_manager(story):
    with as_person(story.cast.anton):
        assert vault.read(Share.objects.get(), "text")
    with as_person(story.cast.johan):
        withdraw_share(share=Share.objects.get())
    with as_person(story.cast.anton):
        assert Share.objects.count() == 0


def test_two_roles_in_one_person_add_up_to_no_content(story, cast):
    from klankbord.people.actions import give_role
    from klankbord.people.models import Membership

    with as_person(cast.els):
        for role in Membership.Role:
            give_role(person=cast.fatima, role=role)
    with as_person(cast.fatima):
        assert Writing.objects.count() == Session.objects.count() == Agreement.objects.count() == 0


def test_no_sentence_of_anybody_stands_in_the_main_database_in_readable_form(story):
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
        tables = [row[0] for row in cursor.fetchall()]
    dump = []
    for person in vars(story.cast).values():
        if not hasattr(person, "organisation_id"):
            continue
        with acting_in(person.organisation_id, person.pk), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"select t::text, convert_to(t::text, 'UTF8') from \"{table}\" t")
                dump += [row[0] for row in cursor.fetchall()]
    everything = "\n".join(dump)
    assert "Johan de Wit" in everything, "the dump must hold rows, or this test proves nothing"
    for secret in SECRETS:
        assert secret not in everything
        assert secret.encode().hex() not in everything


def test_a_coach_who_was_let_go_does_not_let_themselves_in_again(cast):
    _, _, request = requested(cast)
    _, engagement = matched(cast, request)
    with as_person(cast.johan):
        other_coach(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG)
    with as_person(cast.marieke):
        assert Participant.objects.filter(person=cast.marieke).update(until=None) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Participant(organisation=cast.organisation, engagement=engagement, person=cast.marieke, role="client").save(
                force_insert=True
            )
        with pytest.raises(Http404):
            engagement_for(cast.marieke, engagement.pk)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Engagement, {"client_id": "marieke"}),
        (Engagement, {"coach_id": "saskia"}),
        (Request, {"client_id": "marieke"}),
        (Proposal, {"coach_id": "saskia"}),
    ],
)
def test_who_somebody_is_in_a_row_is_written_once(story, model, change):
    values = {column: story.cast.named(name).pk for column, name in change.items()}
    with as_person(story.cast.marieke), pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        model.objects.update(**values)


def test_a_text_does_not_move_to_another_talk_or_become_another_kind(story):
    with as_person(story.cast.marieke), pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Writing.objects.filter(kind=Kind.COACH_PAGE).update(kind=Kind.NOTES)


def test_a_role_in_another_engagement_does_not_open_this_ones_texts(story, cast):
    """Saskia coaches somebody else since long ago, and only then comes into Johan's engagement."""
    with clock.stopped_at(tuesday_at_ten(-40)):
        with as_person(cast.willem):
            request = send_request(
                once=uuid.uuid4(), slug=SLUG, client=cast.willem, words="x", shared=False, wishes=Wishes()
            )
        with as_person(cast.fatima):
            proposal = propose_coach(slug=SLUG, request=request, coach=cast.saskia)
        with as_person(cast.willem):
            choose_coach(slug=SLUG, proposal=proposal)
    with as_person(cast.johan):
        Participant(organisation=cast.organisation, engagement=story.engagement, person=cast.saskia, role="coach").save(
            force_insert=True
        )
    with as_person(cast.saskia):
        assert Participant.objects.count() == 2
        assert Writing.objects.filter(engagement=story.engagement).count() == 0


def test_nobody_says_yes_in_the_name_of_the_other(story, cast):
    with as_person(cast.marieke), pytest.raises(DatabaseError, match="only the client"), transaction.atomic():
        Agreement.objects.update(client_accepted_at=clock.now())
    with as_person(cast.johan), pytest.raises(DatabaseError, match="only the coach"), transaction.atomic():
        Agreement.objects.update(coach_accepted_at=clock.now())


def test_what_was_agreed_is_not_rewritten(story, cast):
    with as_person(cast.marieke), pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Agreement.objects.update(plan={})


def test_the_themes_of_a_request_and_who_stepped_aside_are_not_changed_by_hand(story, cast):
    for change in ({"themes": ["change"]}, {"aside": [cast.fatima.pk]}):
        with as_person(cast.fatima), pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Request.objects.update(**change)


def test_a_form_id_that_equals_anothers_engagement_harms_no_key(story, cast):
    with as_person(cast.marieke):
        request = send_request(
            once=story.engagement.pk, slug=SLUG, client=cast.marieke, words="x", shared=False, wishes=Wishes()
        )
        withdraw_request(request=request)
        vault.destroy(request.words.get().vault_scope)
    vault.forget_keys()
    with as_person(cast.johan):
        assert vault.read(Writing.objects.get(kind=Kind.DIRECTION), "body")


def test_somebody_changes_the_own_language_and_nothing_else_of_oneself(cast):
    with as_person(cast.johan):
        assert Person.objects.filter(pk=cast.johan.pk).update(language="en") == 1
        for change in ({"email": "anton@elders.example"}, {"manager": None}, {"active": False}, {"name": "Anton"}):
            with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
                Person.objects.filter(pk=cast.johan.pk).update(**change)


def test_an_audit_row_is_in_ones_own_name(cast):
    with as_person(cast.johan), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        AuditRow(organisation=cast.organisation, actor_id=cast.anton.pk, verb="x", subject="").save(force_insert=True)
