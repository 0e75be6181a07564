"""Taking one's own words along, at once or by an address that works for a while without an account."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.story import COACH_PAGE, DIRECTION, SLUG, TOPIC, WORDS, as_person, tuesday_at_ten

from klankbord.core import clock
from klankbord.core.readable import NO_WORDS, readable
from klankbord.engagements.actions.leaving import make_farewell, withdraw_farewell
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.jobs import end_of_retention, farewells
from klankbord.engagements.models import CoachLook, Farewell, FitLetter, FitThought
from klankbord.engagements.queries.doors import session_for
from klankbord.engagements.queries.leaving import SOURCES, own_words
from klankbord.engagements.rules.leaving import hash_of, new_secret
from klankbord.engagements.writings import Kind
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PLACE = "/meenemen/"


def visit(person):
    client = Client()
    client.force_login(person.account)
    return client


def linked(person, *, on_leaving: bool = False):
    with as_person(person):
        return make_farewell(once=uuid.uuid4(), person=person, address="thuis@prive.example", on_leaving=on_leaving)


def secret_of(way):
    return way.link.partition("#")[2]


def left(cast, person):
    """An administrator notes that somebody no longer works here."""
    with as_person(cast.els):
        Person.objects.filter(pk=person.pk).update(active=False)


@pytest.fixture
def story(told):
    return told


def test_a_client_takes_every_text_along_that_the_client_may_read(story):
    page = visit(story.cast.johan).get(reverse("my_words_page", args=[SLUG])).content.decode()
    for text in (DIRECTION, TOPIC, WORDS):
        assert text in page
    assert COACH_PAGE not in page


def test_the_coach_takes_nothing_of_the_client_along(story):
    told = json.loads(visit(story.cast.marieke).get(reverse("my_words_data", args=[SLUG])).content)
    assert told == []


def test_every_sealed_text_of_an_engagement_is_taken_along_or_is_the_coachs_own():
    from django.apps import apps

    sealed = {
        (model, field.name)
        for model in apps.get_app_config("engagements").get_models()
        if any(one.name == "engagement" for one in model._meta.local_fields)
        for field in model._meta.local_fields
        if isinstance(field, SealedField)
    }
    assert sealed - {(one.model, one.field) for one in SOURCES} == {
        (CoachLook, "why"),
        (FitThought, "text"),
        # Which pattern it is, is the id of one; its words stand in the product.
        (FitThought, "pattern"),
        (FitLetter, "pattern"),
    }


def test_with_the_link_somebody_reads_the_own_words_without_an_account(story):
    way = linked(story.cast.johan)
    answer = Client().post(PLACE, {"secret": secret_of(way), "as": "page"})
    assert answer.status_code == 200
    assert DIRECTION in answer.content.decode()
    assert COACH_PAGE not in answer.content.decode()
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_the_whole_link_pasted_works_as_well(story):
    way = linked(story.cast.johan)
    assert DIRECTION in Client().post(PLACE, {"secret": way.link}).content.decode()


def test_opening_the_link_shows_nothing_and_uses_nothing(story):
    way = linked(story.cast.johan)
    assert DIRECTION not in Client().get(PLACE).content.decode()
    with as_person(story.cast.johan):
        assert Farewell.objects.get(pk=way.farewell.pk).used_at is None


@pytest.mark.parametrize("secret", ["x", "", "a" * 43, "' or 1=1 --", "é" * 30])
def test_another_secret_opens_nothing(story, secret):
    linked(story.cast.johan)
    answer = Client().post(PLACE, {"secret": secret})
    assert answer.status_code == 422
    assert DIRECTION not in answer.content.decode()


def test_a_link_stops_after_thirty_days(story):
    with clock.stopped_at(clock.now() - timedelta(days=31)):
        way = linked(story.cast.johan)
    assert Client().post(PLACE, {"secret": secret_of(way)}).status_code == 422


def test_a_withdrawn_link_stops_at_once_and_its_address_is_unreadable(story, django_capture_on_commit_callbacks):
    way = linked(story.cast.johan)
    with django_capture_on_commit_callbacks(execute=True), as_person(story.cast.johan):
        withdraw_farewell(farewell=way.farewell)
    assert Client().post(PLACE, {"secret": secret_of(way)}).status_code == 422
    vault.forget_keys()
    with pytest.raises(vault.Unreadable):
        vault.read(way.farewell, "address")


def test_the_secret_stands_nowhere_and_its_hash_is_of_no_use(story):
    way = linked(story.cast.johan)
    with as_person(story.cast.johan):
        row = Farewell.objects.get(pk=way.farewell.pk)
    assert bytes(row.secret_hash or b"") == hash_of(secret_of(way))
    kept = bytes(row.secret_hash or b"") + bytes(row.address)
    assert secret_of(way).encode() not in kept
    assert Client().post(PLACE, {"secret": hash_of(secret_of(way)).hex()}).status_code == 422


def test_nobody_else_sees_or_withdraws_the_address(story):
    way = linked(story.cast.johan)
    for name in ("marieke", "anton", "fatima", "els"):
        with as_person(story.cast.named(name)):
            assert not Farewell.objects.exists()
    where = reverse("farewell_withdraw", args=[SLUG, way.farewell.pk])
    assert visit(story.cast.marieke).post(where).status_code == 404


def test_sending_the_form_twice_makes_one_link(story):
    once = uuid.uuid4()
    with as_person(story.cast.johan):
        first = make_farewell(once=once, person=story.cast.johan, address="a@b.example", on_leaving=False)
        again = make_farewell(once=once, person=story.cast.johan, address="a@b.example", on_leaving=False)
    assert first.link
    assert not again.link


def test_the_letter_is_neutral_and_goes_to_the_private_address(story):
    way = linked(story.cast.johan)
    letter = mail.outbox[-1]
    assert letter.to == ["thuis@prive.example"]
    assert letter.subject == "Je eigen woorden"
    assert way.link in letter.body
    for word in ("Marieke", "Waterland", "coach", "Coach"):
        assert word not in letter.body


def test_a_mail_server_that_is_down_does_not_take_the_link_away(story, monkeypatch):
    from django.core.mail import EmailMessage

    def down(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", down)
    data = {"once": uuid.uuid4(), "address": "a@b.example", "when": "now"}
    page = visit(story.cast.johan).post(reverse("my_words", args=[SLUG]), data).content.decode()
    assert "Kopieer de link dus zelf" in page
    assert "/meenemen/#" in page


def test_whoever_left_gets_the_link_once_and_it_works_though_signing_in_does_not(story):
    linked(story.cast.johan, on_leaving=True)
    assert farewells(0) == 0
    left(story.cast, story.cast.johan)
    mail.outbox.clear()
    # One of this test, and one that Johan kept in his story.
    assert farewells(0) == 2
    assert farewells(0) == 0
    assert visit(story.cast.johan).get(reverse("today", args=[SLUG])).status_code == 404
    letter = mail.outbox[-1]
    secret = letter.body.partition("#")[2].split()[0]
    assert DIRECTION in Client().post(PLACE, {"secret": secret}).content.decode()


def test_a_link_does_not_keep_texts_longer_than_was_agreed(story):
    from klankbord.engagements.actions.course import close

    with clock.stopped_at(tuesday_at_ten(-30)), as_person(story.cast.johan):
        close(standing=story.standing(story.cast.johan), slug=SLUG)
    way = linked(story.cast.johan)
    end_of_retention(0)
    vault.forget_keys()
    page = Client().post(PLACE, {"secret": secret_of(way)}).content.decode()
    assert DIRECTION not in page


def test_a_wrong_address_is_asked_again_at_the_field(story):
    answer = visit(story.cast.johan).post(reverse("my_words", args=[SLUG]), {"address": "geen", "when": "now"})
    assert answer.status_code == 422
    assert "Dit lijkt geen e-mailadres" in answer.content.decode()


def test_the_same_number_of_questions_for_much_as_for_little(story, django_assert_max_num_queries):
    with as_person(story.cast.johan), django_assert_max_num_queries(20):
        assert own_words(story.cast.johan)


def test_a_secret_has_two_hundred_and_fifty_six_bits_and_no_two_are_alike():
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(one) == 43 for one in secrets)


@given(st.text())
def test_a_text_that_is_no_json_reads_as_it_was_written(text):
    if not text.strip().startswith(("{", "[")):
        assert readable(text) == text


@given(
    st.dictionaries(
        st.text().filter(lambda one: one not in NO_WORDS),
        st.text(min_size=1).filter(lambda one: one.strip() and "\n" not in one),
    )
)
def test_of_parts_every_text_is_there(parts):
    lines = readable(json.dumps(parts))
    for text in parts.values():
        assert text.strip() in lines


def test_what_looks_like_json_and_is_not_stays_as_it_is():
    assert readable("[hoi") == "[hoi"


@pytest.mark.parametrize("text", ["[" * 12_000, "[" * 2000 + '"x"' + "]" * 2000, '{"a":' * 2000 + '"x"' + "}" * 2000])
def test_a_text_that_looks_like_parts_without_end_keeps_nobody_from_the_own_words(story, text):
    """A coach could write such a text in the notes of both, and the client would never take anything along."""
    marieke = story.cast.marieke
    with as_person(marieke):
        standing = story.standing(marieke)
        save_text(standing=standing, slug=SLUG, kind=Kind.NOTES, session=session_for(standing, 2), text=text)
    taken = visit(story.cast.johan).get(reverse("my_words_data", args=[SLUG]))
    assert text in {one["text"] for one in taken.json()[0]["texts"]}


def test_an_address_is_unreadable_once_its_link_does_not_work_any_more(story, django_capture_on_commit_callbacks):
    """It was left for thirty days: nobody has to come back to take it away."""
    way = linked(story.cast.johan)
    assert farewells(0) == 0
    with as_person(story.cast.johan):
        assert vault.read(way.farewell, "address")
        Farewell.objects.filter(pk=way.farewell.pk).update(expires_at=clock.now() - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        farewells(0)
    vault.forget_keys()
    with pytest.raises(vault.Unreadable):
        vault.read(way.farewell, "address")
    with as_person(story.cast.johan):
        assert Farewell.objects.get(pk=way.farewell.pk).withdrawn_at
        assert Farewell.objects.filter(on_leaving=True, withdrawn_at=None).count() == 1
