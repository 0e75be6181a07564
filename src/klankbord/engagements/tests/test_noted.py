"""A request by telephone: noted by a coordinator, sent or thrown away by whoever asked."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from tests.story import SLUG, as_person

from klankbord.core import clock
from klankbord.engagements.actions.noted import drop_noted, note_request
from klankbord.engagements.jobs import end_of_retention
from klankbord.engagements.models import NotedRequest, Request
from klankbord.privacy import vault
from klankbord.privacy.drafts import draft_at, keep_draft

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Belde: wil leren om nee te zeggen."


@pytest.fixture
def noted(cast):
    answers = {"words": WORDS, "themes": "priorities", "place": "online", "employer": "any", "shared": "on"}
    with as_person(cast.fatima):
        return note_request(once=uuid.uuid4(), slug=SLUG, client=cast.johan, author=cast.fatima, answers=answers)


def where(route, **keys):
    return reverse(route, kwargs={"organisation": SLUG, **keys})


def browser(person):
    client = Client()
    client.force_login(person.account)
    return client


def test_a_coordinator_finds_somebody_and_notes_what_was_told(cast):
    fatima = browser(cast.fatima)
    place = where("note_request")
    fatima.post(place, {"find": "yes", "name": "johan", "words": WORDS, "place": "any", "employer": "any"})
    page = fatima.get(place).content.decode()
    assert "Johan de Wit" in page
    assert WORDS in page
    fields = {"person": str(cast.johan.pk), "name": "johan", "words": WORDS, "place": "any", "employer": "any"}
    assert fatima.post(place, {**fields, "once": str(uuid.uuid4())}).status_code == 302
    with as_person(cast.johan):
        assert NotedRequest.objects.get().author_id == cast.fatima.pk


def test_nobody_looks_for_a_coach_before_it_is_sent(cast, noted):
    with as_person(cast.fatima):
        assert not Request.objects.exists()


def test_taking_it_puts_it_in_the_own_form_after_what_stood_there(cast, noted):
    with as_person(cast.johan):
        keep_draft(where("ask"), {"words": "Zelf begonnen."})
    johan = browser(cast.johan)
    assert johan.post(where("noted_take", noted=noted.pk)).status_code == 302
    with as_person(cast.johan):
        kept = draft_at(where("ask"))
        assert kept["words"] == f"Zelf begonnen.\n\n{WORDS}"
        assert kept["place"] == "online"
        assert not NotedRequest.objects.exists()
    assert johan.get(where("noted", noted=noted.pk)).status_code == 404


def test_what_is_thrown_away_is_gone_with_its_key_and_nobody_is_told(cast, noted, django_capture_on_commit_callbacks):
    scope = noted.vault_scope
    with as_person(cast.johan), django_capture_on_commit_callbacks(execute=True):
        drop_noted(noted=noted)
    assert not vault.destroy(scope)
    with as_person(cast.fatima):
        assert not NotedRequest.objects.exists()


def test_only_these_two_read_it_and_nobody_changes_it(cast, noted):
    for person in (cast.anton, cast.els, cast.marieke, cast.noor):
        with as_person(person):
            assert not NotedRequest.objects.exists()
    for person in (cast.johan, cast.fatima):
        with as_person(person):
            assert NotedRequest.objects.update(noted_at=clock.now()) == 0


def test_no_manager_notes_anything_for_somebody_and_no_coordinator_for_oneself(cast):
    answers = {"words": WORDS}
    with as_person(cast.anton), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        note_request(once=uuid.uuid4(), slug=SLUG, client=cast.johan, author=cast.anton, answers=answers)
    with as_person(cast.fatima), pytest.raises(PermissionDenied):
        note_request(once=uuid.uuid4(), slug=SLUG, client=cast.fatima, author=cast.fatima, answers=answers)


def test_what_nobody_sends_goes_after_thirty_days(cast):
    with clock.stopped_at(clock.now() - timedelta(days=31)), as_person(cast.fatima):
        row = note_request(
            once=uuid.uuid4(), slug=SLUG, client=cast.johan, author=cast.fatima, answers={"words": WORDS}
        )
    assert end_of_retention(0) == 1
    with as_person(cast.johan):
        assert not NotedRequest.objects.exists()
    assert not vault.destroy(row.vault_scope)
