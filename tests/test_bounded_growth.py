"""Pages of how coaches keep learning ask both databases as often for many rows as for one."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.coaches.actions.hours import add_earlier_hours, sign_statement
from klankbord.coaches.actions.intervision import note_attendance, plan_meeting, start_group, write_subject
from klankbord.coaches.actions.learning import Learned, add_learning, look_at_craft
from klankbord.coaches.actions.story import note_contact, plan_contact, share_story
from klankbord.coaches.models import IntervisionGroup, IntervisionMeeting
from klankbord.coaches.rules.growth import Seen
from klankbord.core import clock
from tests.story import SLUG, as_person, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MANY = 8
PAGES = (
    ("marieke", "my_craft", ()),
    ("marieke", "craft_hours", ()),
    ("marieke", "craft_learning", ()),
    ("marieke", "craft_sides", ()),
    ("marieke", "craft_story", ()),
    ("marieke", "intervision", ()),
    ("marieke", "intervision_group", ("group",)),
    ("marieke", "intervision_meeting", ("group", "meeting")),
    ("marieke", "contact", ("coach",)),
    ("fatima", "intervision", ()),
    ("fatima", "intervision_group", ("group",)),
    ("fatima", "contact", ("coach",)),
)


def more_of_everything(story) -> None:
    """One more of each thing that the pages show."""
    coach, year = story.cast.marieke, clock.today().year
    with as_person(coach):
        group = IntervisionGroup.objects.get(pk=story.parts["group"])
        meeting = IntervisionMeeting.objects.get(pk=story.parts["meeting"])
        add_earlier_hours(
            once=uuid.uuid4(), coach=coach, from_year=2001, until_year=2002, hours=10, clients=None, source="Duin"
        )
        sign_statement(
            once=uuid.uuid4(), coach=coach, organisation="W", from_year=year, until_year=year, with_earlier=True
        )
        start_group(once=uuid.uuid4(), person=coach, name="Nog een groep", takes_part=True)
        before = clock.now() - timedelta(days=3)
        other = plan_meeting(once=uuid.uuid4(), slug=SLUG, person=coach, group=group, starts_at=before, place="")
        note_attendance(person=coach, meeting=other, there={coach.pk})
        write_subject(once=uuid.uuid4(), person=coach, meeting=meeting, title="Nog iets")
        add_learning(once=uuid.uuid4(), coach=coach, learned=Learned("other", "Lezen", clock.today(), Decimal(1)))
        look_at_craft(once=uuid.uuid4(), coach=coach, seen={"result": Seen("goal")})
        share_story(
            once=uuid.uuid4(),
            slug=SLUG,
            coach=coach,
            part="contribution",
            audience="group",
            group=start_group(once=uuid.uuid4(), person=coach, name="Een groep", takes_part=True),
            text="Iets",
        )
        contact = plan_contact(
            once=uuid.uuid4(), slug=SLUG, by=coach, coach=coach, coordinator=story.cast.fatima, on=clock.today()
        )
        note_contact(once=uuid.uuid4(), author=coach, contact=contact, text="Iets")


def questions(story, name: str, route: str, keys: tuple[str, ...]) -> int:
    browser = Client()
    browser.force_login(story.cast.named(name).account)
    where = reverse(route, kwargs={"organisation": SLUG, **{key: story.parts[key] for key in keys}})
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["keys"]) as of_keys:
        assert browser.get(where).status_code == 200
    return len(main) + len(of_keys)


def test_pages_ask_as_often_for_many_as_for_one(cast):
    story = running(cast)
    few = {(name, route): questions(story, name, route, keys) for name, route, keys in PAGES}
    for _ in range(MANY):
        more_of_everything(story)
    many = {(name, route): questions(story, name, route, keys) for name, route, keys in PAGES}
    assert many == few
