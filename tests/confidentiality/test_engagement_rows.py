"""What the database shows of Johan's coaching to each of the others, whatever the code asks for."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.closing import withdraw_share
from klankbord.engagements.actions.course import other_coach
from klankbord.engagements.actions.requests import step_aside
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
from klankbord.privacy import vault
from tests.story import SECRETS, SLUG, as_person, matched, requested, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ALL = (
    Referral, ReferralAnswer, ReferralQuestion, Request, RequestWords, Proposal, Engagement, Participant, Course,
    Session, Writing, Agreement, Share,
)  # fmt: skip


@pytest.fixture
def story(cast):
    return running(cast)


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
