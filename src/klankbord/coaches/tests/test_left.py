"""Whoever is a coach no longer, and still works here, takes away what stands of them; and can do nothing else there."""

import uuid
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.part_pool import drawn, presented
from tests.story import SLUG, as_person

from klankbord.coaches.actions.profiles import put_photo, say_about_profile
from klankbord.coaches.actions.quality import Proof, Statement, state_quality
from klankbord.coaches.models import CoachPhoto, CoachProfile, ProfileWord, QualityFact, QualityProof
from klankbord.coaches.picture import photo_from
from klankbord.coaches.tests.visiting import Visitor, text_of
from klankbord.core import clock
from klankbord.people.actions import give_role, take_role
from klankbord.people.models import Membership
from klankbord.privacy import vault

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LINK = "From when you coached"


@pytest.fixture
def stopped(cast: Cast) -> QualityFact:
    """Marieke showed who she was, with a face and a diploma, heard a word about it, and coaches no longer."""
    presented(cast, cast.marieke)
    with as_person(cast.marieke):
        put_photo(coach=cast.marieke, picture=photo_from(drawn()))
        fact = state_quality(
            once=uuid.uuid4(),
            slug=SLUG,
            coach=cast.marieke,
            statement=Statement(
                kind=QualityFact.Kind.TRAINING, name="Coachen", valid_from=clock.today() - timedelta(days=400)
            ),
            proof=Proof(b"%PDF-1.7 een diploma", "application/pdf"),
        )
    with as_person(cast.els):
        take_role(person=cast.marieke, role=Membership.Role.COACH)
    return fact


def test_profile_photo_and_papers_are_taken_away_one_by_one_until_nothing_stands(cast: Cast, stopped: QualityFact):
    with as_person(cast.fatima):
        word = say_about_profile(once=uuid.uuid4(), slug=SLUG, coach=cast.marieke, author=cast.fatima, text="Korter.")
    marieke = Visitor(cast.marieke)
    assert LINK in text_of(marieke.open("today"))
    page = text_of(marieke.open("craft_left"))
    for name in ("<strong>Your profile</strong>", "<strong>Your photo</strong>", "Coachen"):
        assert name in page
    for route in ("my_profile_away", "my_profile_photo_away"):
        assert marieke.send(route).url.endswith("/wat-er-nog-staat/")
    page = text_of(marieke.open("craft_left"))
    assert "<strong>Your photo</strong>" not in page
    assert "Coachen" in page
    assert marieke.send("quality_remove", fact=stopped.pk).url == f"/{SLUG}/"
    assert marieke.open("craft_left").status_code == 404
    assert LINK not in text_of(marieke.open("today"))
    with as_person(cast.fatima):
        gone = (CoachProfile, CoachPhoto, QualityFact, QualityProof, ProfileWord)
        assert [one.__name__ for one in gone if one._default_manager.exists()] == []
        vault.forget_keys()
        # The key goes once the removal is certain; here the test holds it open.
        assert not ProfileWord.objects.filter(pk=word.pk).exists()


def test_nothing_but_taking_away_is_open_to_whoever_coaches_no_longer(cast: Cast, stopped: QualityFact):
    marieke = Visitor(cast.marieke)
    assert marieke.open("quality_proof", fact=stopped.pk).status_code == 200, "the own paper, to keep"
    for route in ("my_profile", "my_profile_write", "my_profile_room", "my_profile_photo", "my_craft", "my_quality"):
        assert marieke.open(route).status_code == 403, route
    for route in ("my_profile_write", "my_profile_room", "my_profile_photo", "my_profile_publish", "quality_new"):
        assert marieke.send(route, {"publish": "yes"}).status_code == 403, route


def test_the_things_of_another_stay_where_they_are(cast: Cast, stopped: QualityFact):
    for name in ("johan", "els", "fatima", "anton"):
        visitor = Visitor(cast.named(name))
        assert visitor.open("craft_left").status_code == 404, name
        assert visitor.send("my_profile_away").status_code == 404, name
        assert visitor.send("my_profile_photo_away").status_code == 403, name
        assert visitor.send("quality_remove", fact=stopped.pk).status_code == 404, name
        assert LINK not in text_of(visitor.open("today")), name
    with as_person(cast.marieke):
        assert CoachProfile.objects.exists()
        assert CoachPhoto.objects.exists()
        assert QualityFact.objects.exists()
    with as_person(cast.els):
        assert CoachProfile.objects.all().delete()[0] == 0
        assert ProfileWord.objects.all().delete()[0] == 0


def test_whoever_coaches_again_is_led_to_the_own_pages(cast: Cast, stopped: QualityFact):
    with as_person(cast.els):
        give_role(person=cast.marieke, role=Membership.Role.COACH)
    marieke = Visitor(cast.marieke)
    assert LINK not in text_of(marieke.open("today"))
    assert marieke.open("craft_left").url == f"/{SLUG}/mijn-vak/"
    assert marieke.send("my_profile_photo_away").url == f"/{SLUG}/mijn-profiel/"
