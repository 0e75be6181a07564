"""Three months later a few people at work are asked what strikes them: their row is theirs and the client's alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from tests.part_afterwards import WHY_YOU
from tests.story import SLUG, as_person, running

from klankbord.core import clock
from klankbord.engagements.actions.course import close, stop
from klankbord.engagements.actions.witnesses import answer, ask_witness, decline
from klankbord.engagements.models import Course, Engagement, Participant, Session, Witness, Writing
from klankbord.engagements.queries.today import moments_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.models import Notification
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STRIKES = "Je laat stiltes vallen, en dan komt er iets."
OTHERS = ("marieke", "anton", "fatima", "els", "ruben", "bram", "saskia", "noor")


@pytest.fixture
def story(told):
    """Johan rounded off eleven weeks ago, and asked Willem."""
    story, cast = told, told.cast
    with clock.stopped_at(clock.now() - timedelta(weeks=11)), as_person(cast.johan):
        close(standing=story.standing(cast.johan), slug=SLUG)
    return story


@pytest.fixture
def johan(story) -> Visitor:
    return Visitor(story.cast.johan, story.engagement.pk)


@pytest.fixture
def willem(story) -> Visitor:
    return Visitor(story.cast.willem)


def row(story) -> Witness:
    return Witness.objects.get(pk=story.parts["witness"])


def asked(story, name: str) -> Witness:
    with as_person(story.cast.johan):
        return ask_witness(
            standing=story.standing(story.cast.johan), slug=SLUG, person=story.cast.named(name), text="Wat zie jij?"
        )


def kinds(person) -> list[str]:
    with as_person(person):
        return [one.kind for one in Notification.objects.filter(kind__startswith="witness")]


# --- Who must not see -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_finds_the_row_or_the_page(story, name):
    with as_person(story.cast.named(name)):
        assert not Witness.objects.exists()
    assert Visitor(story.cast.named(name)).open("witness", witness=story.parts["witness"]).status_code == 404


def test_a_colleague_who_was_asked_too_sees_the_own_row_only(story):
    other = asked(story, "bram")
    with as_person(story.cast.bram):
        assert [one.pk for one in Witness.objects.all()] == [other.pk]


def test_whoever_is_asked_sees_nothing_of_the_coaching(story, willem):
    with as_person(story.cast.willem):
        for model in (Engagement, Participant, Course, Session, Writing):
            assert not model.objects.filter(pk__isnull=False).exists(), model.__name__
    page = text_of(willem.open("witness", witness=story.parts["witness"]))
    assert WHY_YOU in page
    assert "Marieke" not in page
    assert str(story.engagement.pk) not in page
    inside = Visitor(story.cast.willem, story.engagement.pk)
    for route in ("engagement", "later", "witnesses", "booklet", "plan"):
        assert inside.open(route).status_code == 404


def test_nobody_answers_in_the_name_of_a_colleague(story):
    with as_person(story.cast.johan), pytest.raises(DatabaseError), transaction.atomic():
        witness = row(story)
        vault.seal(witness, "text", "Geweldig.")
        witness.save(update_fields=["text"])
    with as_person(story.cast.marieke):
        assert Witness.objects.filter(pk=story.parts["witness"]).update(state="answered") == 0


def test_whoever_is_asked_does_not_change_what_was_asked(story):
    with as_person(story.cast.willem), pytest.raises(DatabaseError), transaction.atomic():
        witness = row(story)
        vault.seal(witness, "asked_for", "Iets anders.")
        witness.save(update_fields=["asked_for"])


def test_a_coach_asks_nobody(story):
    with as_person(story.cast.marieke), pytest.raises(PermissionDenied):
        ask_witness(standing=story.standing(story.cast.marieke), slug=SLUG, person=story.cast.bram)
    assert Visitor(story.cast.marieke, story.engagement.pk).open("witness_ask").status_code == 403


# --- Asking ---------------------------------------------------------------------------------------------------------


def test_a_colleague_is_found_by_name_and_asked_after_seeing_what_is_read(story, johan):
    found = johan.send("witness_ask", {"find": "yes", "name": "Bram", "text": "Jij was erbij."})
    assert "Bram Kuiper" in text_of(found)
    assert "Jij was erbij." in text_of(found)
    choice = {"name": "Bram", "person": story.cast.bram.pk, "text": "Jij was erbij."}
    preview = text_of(johan.send("witness_ask", {**choice, "preview": "yes"}))
    assert "Jij was erbij." in preview
    assert kinds(story.cast.bram) == []
    johan.send("witness_ask", {**choice, "send": "yes"})
    assert kinds(story.cast.bram) == ["witness_asked"]
    with as_person(story.cast.bram):
        question = Witness.objects.get()
    page = text_of(Visitor(story.cast.bram).open("witness", witness=question.pk))
    assert "Jij was erbij." in page
    for sentence in ("would like to know what strikes you at work", "Only Johan reads what you answer"):
        assert sentence in page
        assert sentence in preview


def test_the_manager_is_offered_and_the_coach_is_not_found(story, johan):
    assert "Anton Visser" in text_of(johan.open("witness_ask"))
    assert "Marieke Bos" not in text_of(johan.send("witness_ask", {"find": "yes", "name": "Marieke"}))


def test_asking_twice_asks_once(story):
    assert asked(story, "bram").pk == asked(story, "bram").pk
    assert kinds(story.cast.bram) == ["witness_asked"]


def test_after_three_colleagues_only_the_manager_is_left(story):
    for name in ("bram", "ruben"):
        asked(story, name)
    with pytest.raises(NotNow):
        asked(story, "saskia")
    assert asked(story, "anton")


def test_one_asks_not_before_its_time_and_not_after_stopping(cast):
    story = running(cast)
    with pytest.raises(NotNow):
        asked(story, "bram")
    with clock.stopped_at(clock.now() - timedelta(weeks=11)), as_person(cast.johan):
        stop(standing=story.standing(cast.johan), slug=SLUG)
    with pytest.raises(NotNow):
        asked(story, "bram")


# --- Answering ------------------------------------------------------------------------------------------------------


def test_an_answer_is_read_by_the_client_who_hears_of_it_once(story, johan, willem):
    for words in ("Eerst.", STRIKES):
        willem.send("witness", {"strikes": words, "answer": "yes"}, witness=story.parts["witness"])
    assert STRIKES in text_of(johan.open("witnesses"))
    assert kinds(story.cast.johan) == ["witness_answered"]
    with as_person(story.cast.willem):
        assert AuditRow.objects.filter(verb="witness.read", actor_id=story.cast.johan.pk).count() == 1


def test_an_answer_without_a_word_comes_back(story, willem):
    assert willem.send("witness", {"strikes": " "}, witness=story.parts["witness"]).status_code == 422


def test_rather_not_looks_to_the_client_like_no_answer_yet(story, johan, willem):
    before = text_of(johan.open("witnesses"))
    willem.send("witness", {"decline": "yes"}, witness=story.parts["witness"])
    after = text_of(johan.open("witnesses"))
    assert "No answer." in before
    assert before.count("No answer.") == after.count("No answer.")
    assert kinds(story.cast.johan) == []
    with as_person(story.cast.johan):
        assert not AuditRow.objects.filter(verb="witness.decline").exists()


def test_rather_not_takes_an_earlier_answer_away(story, johan, willem):
    willem.send("witness", {"strikes": STRIKES}, witness=story.parts["witness"])
    willem.send("witness", {"decline": "yes"}, witness=story.parts["witness"])
    assert STRIKES not in text_of(johan.open("witnesses"))
    with as_person(story.cast.willem):
        assert row(story).text is None


def test_a_question_that_is_taken_back_is_gone_for_whoever_was_asked(story, johan, willem):
    johan.send("witness_end", witness=story.parts["witness"])
    assert willem.open("witness", witness=story.parts["witness"]).status_code == 404
    with as_person(story.cast.willem):
        assert not Witness.objects.exists()
    assert WHY_YOU not in text_of(johan.open("witnesses"))


def test_an_answer_stays_with_the_client_once_the_question_is_closed(story, johan, willem):
    willem.send("witness", {"strikes": STRIKES}, witness=story.parts["witness"])
    johan.send("witness_end", witness=story.parts["witness"])
    assert STRIKES in text_of(johan.open("witnesses"))
    late = willem.send("witness", {"strikes": "Toch anders."}, witness=story.parts["witness"])
    assert late.status_code == 404


def test_whoever_answers_just_after_the_client_ended_it_is_too_late(story, johan):
    with as_person(story.cast.willem):
        before = row(story)
    johan.send("witness_end", witness=story.parts["witness"])
    with as_person(story.cast.willem):
        for act in (lambda: answer(witness=before, slug=SLUG, parts={"strikes": "x"}), lambda: decline(witness=before)):
            with pytest.raises(Witness.DoesNotExist):
                act()


def test_once_the_key_is_gone_there_is_no_question(story, willem):
    vault.destroy(story.engagement.vault_scope)
    vault.forget_keys()
    assert willem.open("witness", witness=story.parts["witness"]).status_code == 404


def test_on_vandaag_it_waits_for_whoever_was_asked(story):
    with as_person(story.cast.willem):
        found = [way.url for one in moments_for(story.cast.willem, SLUG, frozenset()) for way in one.ways]
    assert f"/{SLUG}/terugzien/{story.parts['witness']}/" in found
