"""An id of one coaching in an address of another: also for whoever is at home in both, it is not there."""

import uuid

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from klankbord.engagements.actions.course import plan_introduction
from klankbord.engagements.models import Course, Engagement, Participant, Session
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.rules.lifecycle import Phase
from tests.addresses import addresses, keywords
from tests.story import SLUG, as_person, tuesday_at_ten

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OF_THE_ENGAGEMENT = {"engagement", "number", "version", "kind", "sort", "stage", "moment", "organisation", "person"}

# Taking away what is not there, or keeping one's own line on one's own map: the id is looked for among one's own.
TAKEN_FROM_ONES_OWN = {"person_around", "person_around_off", "spiral_remove"}


@pytest.fixture
def story(told):
    return told


@pytest.fixture
def beside(story) -> Engagement:
    """A second running coaching of the same two, with a first talk of its own."""
    cast = story.cast
    of_both = {"organisation": cast.organisation}
    with as_person(cast.johan):
        engagement = Engagement(**of_both, request=story.request, client=cast.johan, coach=cast.marieke)
        engagement.save(force_insert=True)
        for person, role in ((cast.johan, "client"), (cast.marieke, "coach")):
            Participant(**of_both, engagement=engagement, person=person, role=role).save(force_insert=True)
        Course(**of_both, engagement=engagement, phase=Phase.RUNNING).save(force_insert=True)
        Session(**of_both, engagement=engagement, number=1, starts_at=tuesday_at_ten(1)).save(force_insert=True)
        plan_introduction(
            standing=engagement_for(cast.johan, engagement.pk),
            slug=SLUG,
            starts_at=tuesday_at_ten(0),
            minutes=60,
            place="",
        )
    return engagement


def with_an_id_of_their_own() -> list[str]:
    """The routes that name an engagement and, inside it, something else by its id."""
    return sorted(
        route for route in addresses() if "engagement" in keywords(route) and keywords(route) - OF_THE_ENGAGEMENT
    )


def known(story) -> dict[str, object]:
    return {"share": story.share.pk, "number": 1, "version": 1, **story.parts}


def test_there_are_such_routes():
    assert {"goal", "board_card", "tryout", "signal", "share_keep", "witness_end"} <= set(with_an_id_of_their_own())


@pytest.mark.parametrize("route", with_an_id_of_their_own())
def test_an_id_of_one_coaching_is_not_there_in_another(story, beside, route):
    given = {name: known(story).get(name, uuid.uuid4()) for name in keywords(route) if name != "engagement"}
    assert set(given) - {"number", "version"} <= set(known(story)) | {"organisation"}, "tell it in the story"
    elsewhere = reverse(route, kwargs={"organisation": SLUG, "engagement": beside.pk, **given})
    before = rows_of(story)
    for who in (story.cast.johan, story.cast.marieke):
        browser = Client()
        browser.force_login(who.account)
        for method in (browser.get, browser.post):
            told = method(elsewhere).status_code
            assert told in (403, 404, 405) or (route in TAKEN_FROM_ONES_OWN and told in (302, 422)), who.first_name
    assert rows_of(story) == before


def rows_of(story) -> dict[str, list]:
    """Everything of the coaching whose ids were used, as its client sees it."""
    with as_person(story.cast.johan):
        return {
            model.__name__: list(model._default_manager.filter(engagement=story.engagement).order_by("pk").values())
            for model in apps.get_app_config("engagements").get_models()
            if "engagement" in {field.name for field in model._meta.fields}
        }
