"""The norm of hours: counted from talks, and told with its clause to the coach and to coordinators."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.published import publish
from tests.story import AMSTERDAM, Story, as_person, running

from klankbord.coaches.api import quality_findings
from klankbord.coaches.tests.visiting import Visitor, text_of
from klankbord.core import clock
from klankbord.engagements.actions.course import begin_closing, close
from klankbord.engagements.jobs import end_of_retention
from klankbord.engagements.models import Proposal, Session
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.matching import suggestion, suggestions_for_client
from klankbord.people.models import Person
from klankbord.policy.rules.content import PolicyContent, QualityRules

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CLAUSE = "Internal coaches keep up their trade by coaching enough hours every year."


@pytest.fixture
def story(cast: Cast) -> Story:
    """Marieke had a talk of an hour in October of last year, and one in November."""
    story = running(cast)
    with as_person(cast.marieke):
        sessions = Session.objects.filter(engagement=story.engagement)
        assert sessions.filter(number=1).update(starts_at=last_year(10, 14)) == 1
        assert sessions.filter(number=2).update(starts_at=last_year(11, 3)) == 1
    return story


def last_year(month: int, day: int) -> datetime:
    return datetime(clock.today().year - 1, month, day, 12, tzinfo=AMSTERDAM)


def with_norm(cast: Cast, hours: int) -> None:
    publish(cast, PolicyContent(quality=QualityRules(internal_hours=hours)))


def told(viewer: Person, coach: Person) -> list[str]:
    """What is said about the hours of this coach."""
    with as_person(viewer):
        return [one.text("nl") for one in quality_findings([coach.pk])[coach.pk] if one.code == "hours_short"]


def test_without_a_norm_nothing_is_said_about_hours(story: Story, cast: Cast):
    with clock.stopped_at(last_year(11, 20)):
        assert told(cast.fatima, cast.marieke) == []


def test_hours_count_by_whole_months_beside_the_norm_for_coach_and_coordinator(story: Story, cast: Cast):
    with_norm(cast, 2)
    for day, expected in (
        # In October nobody had held a talk in a month that was over: it is not counted yet.
        (last_year(10, 20), []),
        (last_year(11, 20), ["Coachuren: dit jaar tot deze maand 1 van de 2."]),
        (last_year(12, 20), []),
    ):
        with clock.stopped_at(day):
            assert told(cast.marieke, cast.marieke) == expected
            assert told(cast.fatima, cast.marieke) == expected
            assert told(cast.johan, cast.marieke) == [], "her client hears nothing of it"
    with clock.stopped_at(last_year(11, 20)):
        assert told(cast.fatima, cast.willem) == [
            "Coachuren: voor dit jaar staan er nog geen bij. Het beleid gaat uit van 2 in een jaar."
        ]
        assert told(cast.fatima, cast.saskia) == [], "whoever is employed elsewhere has other norms"


def test_hours_stay_counted_when_the_talks_are_forgotten(story: Story, cast: Cast):
    with_norm(cast, 20)
    with clock.stopped_at(last_year(12, 20)):
        before = told(cast.fatima, cast.marieke)
    assert before == ["Coachuren: dit jaar tot deze maand 2 van de 20."]
    with as_person(cast.johan):
        begin_closing(standing=engagement_for(cast.johan, story.engagement.pk), slug="waterland")
        close(standing=engagement_for(cast.johan, story.engagement.pk), slug="waterland")
        standing = engagement_for(cast.johan, story.engagement.pk)
        standing.course.destroy_on = clock.today() - timedelta(days=1)
        standing.course.save(update_fields=["destroy_on"])
    assert end_of_retention(0) == 1
    with clock.stopped_at(last_year(12, 20)):
        assert told(cast.fatima, cast.marieke) == before


def test_it_stands_with_its_clause_where_the_other_norms_stand(story: Story, cast: Cast):
    with_norm(cast, 20)
    text = "Hours of coaching: 1 of 20 this year, until this month."
    with clock.stopped_at(last_year(11, 20)):
        marieke, fatima = Visitor(cast.marieke), Visitor(cast.fatima)
        own = text_of(marieke.open("my_quality"))
        assert text in own
        assert CLAUSE in own
        assert "Whether anybody asks for you is not in your hands." in own
        assert text in text_of(marieke.open("my_profile"))
        assert "The policy counts on 20 hours a year." in text_of(marieke.open("my_craft"))
        assert "For that a coordinator sees your whole hours by year" in text_of(marieke.open("craft_hours"))
        look = text_of(fatima.open("pool_coach", coach=cast.marieke.pk))
        assert text in look
        assert CLAUSE in look


def test_matching_tells_it_to_the_coordinator_and_never_to_the_client(story: Story, cast: Cast):
    with_norm(cast, 20)
    with clock.stopped_at(last_year(11, 20)):
        with as_person(cast.fatima):
            (finding,) = [one for one in suggestion(story.request, cast.marieke).findings if one.code == "hours_short"]
            assert finding.clause == "quality.hours"
            assert not finding.blocks
        with as_person(cast.johan):
            proposals = list(Proposal.objects.filter(request=story.request).select_related("coach__unit"))
            assert proposals
            for seen in suggestions_for_client(story.request, proposals):
                assert not [one.code for one in seen.findings if one.clause.startswith("quality.")]


def test_it_takes_one_question_for_any_number_of_coaches(story: Story, cast: Cast):
    with_norm(cast, 20)
    asked = []
    for coaches in ([cast.marieke], [cast.marieke, cast.willem, cast.bram, cast.saskia]):
        with as_person(cast.fatima), CaptureQueriesContext(connection) as queries:
            quality_findings(coach.pk for coach in coaches)
        asked.append(len(queries))
        assert sum("engagements_hours_of_coaches" in one["sql"] for one in queries) == 1
    assert asked[0] == asked[1]
