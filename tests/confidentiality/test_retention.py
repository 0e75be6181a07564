"""What was written ends when it was agreed to end: unreadable first, gone next, and nothing else with it."""

import pytest
from django.apps import apps

from klankbord.core import clock
from klankbord.engagements.actions.course import close, other_coach
from klankbord.engagements.jobs import end_of_retention
from klankbord.engagements.models import Agreement, Course, Engagement, Referral, Request, RequestWords, Share, Writing
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.writings import Kind
from klankbord.privacy import vault
from klankbord.privacy.drafts import draft_at, keep_draft
from klankbord.privacy.jobs import forget_old_drafts
from klankbord.privacy.models import Draft
from tests.story import SLUG, as_person, matched, requested, running, tuesday_at_ten

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def closed(story, weeks_ago: int) -> None:
    """Johan closes his coaching, so many weeks ago."""
    with clock.stopped_at(tuesday_at_ten(-weeks_ago)), as_person(story.cast.johan):
        close(standing=engagement_for(story.cast.johan, story.engagement.pk), slug=SLUG)


@pytest.fixture
def story(told):
    return told


def test_before_the_day_everything_is_still_there(story):
    closed(story, weeks_ago=20)
    assert end_of_retention(0) == 0
    with as_person(story.cast.johan):
        assert vault.read(Writing.objects.get(kind=Kind.DIRECTION), "body")


def test_on_the_day_texts_words_shares_and_themes_are_gone_and_the_coaching_itself_is_remembered(story):
    closed(story, weeks_ago=30)
    with as_person(story.cast.johan):
        text = Writing.objects.get(kind=Kind.DIRECTION)
        words, share = RequestWords.objects.get(), Share.objects.get()
    assert end_of_retention(0) == 1
    vault.forget_keys()
    for row, field in ((text, "body"), (words, "text"), (share, "text")):
        with pytest.raises(vault.Unreadable):
            vault.read(row, field)
    with as_person(story.cast.johan):
        for model in (Writing, Agreement, Share, Course, RequestWords):
            assert model.objects.count() == 0
        assert Request.objects.get().themes == []
        assert Engagement.objects.get().closed_on is not None


def rows_of_engagements(story) -> set[str]:
    """The tables in which anybody of the story still finds a row of its engagement."""
    of_one = [
        model
        for model in apps.get_app_config("engagements").get_models()
        if any(field.name == "engagement" for field in model._meta.local_fields)
    ]
    found = set()
    for name in ("johan", "marieke", "anton", "willem", "fatima"):
        with as_person(story.cast.named(name)):
            found |= {model.__name__ for model in of_one if model.objects.filter(engagement=story.engagement).exists()}
    return found


def test_nothing_that_belongs_to_an_engagement_is_left_but_who_took_part(story):
    assert len(rows_of_engagements(story)) > 5
    closed(story, weeks_ago=30)
    end_of_retention(0)
    assert rows_of_engagements(story) == {"Participant"}


def test_nobody_makes_an_engagement_end_before_its_day(story):
    from django.db import connection

    closed(story, weeks_ago=1)
    with as_person(story.cast.marieke), connection.cursor() as cursor:
        cursor.execute("select engagements_forget(%s)", [story.engagement.pk])
        assert cursor.fetchall() == []
        assert Writing.objects.count() > 0


def test_a_suggestion_ends_after_half_a_year_and_not_before(cast):
    from django.db import connection

    story = running(cast)
    with as_person(cast.anton), connection.cursor() as cursor:
        cursor.execute("select engagements_forget_referral(%s)", [story.referral.pk])
        assert cursor.fetchone()[0] is False
        assert Referral.objects.filter(pk=story.referral.pk).update(made_at=tuesday_at_ten(-30)) == 0
    with as_person(cast.anton):
        old = Referral(
            organisation=cast.organisation, client=cast.johan, manager=cast.anton, made_at=tuesday_at_ten(-30)
        )
        vault.seal(old, "text", "Lang geleden.")
        old.save(force_insert=True)
    assert end_of_retention(0) == 1
    vault.forget_keys()
    with as_person(cast.anton):
        assert list(Referral.objects.all()) == [story.referral]
    with pytest.raises(vault.Unreadable):
        vault.read(old, "text")


def test_a_request_that_looks_for_another_coach_keeps_its_words(cast):
    _, _, request = requested(cast)
    with clock.stopped_at(tuesday_at_ten(-20)):
        _, engagement = matched(cast, request)
        with as_person(cast.johan):
            other_coach(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG)
    assert end_of_retention(0) == 1
    vault.forget_keys()
    with as_person(cast.johan):
        assert vault.read(RequestWords.objects.get(), "text")


def test_unsent_words_in_an_engagement_end_with_it(story):
    place = f"/{SLUG}/coaching/{story.engagement.pk}/gesprek/1/tekst/reflection/"
    with as_person(story.cast.johan):
        keep_draft(place, {"text": "nog niet af"})
        draft = Draft.objects.get()
    closed(story, weeks_ago=30)
    end_of_retention(0)
    vault.forget_keys()
    with as_person(story.cast.johan):
        assert draft_at(place) == {}
    with pytest.raises(vault.Unreadable):
        vault.read(draft, "body")


def test_a_draft_that_nobody_touched_for_a_month_ends_and_a_younger_one_stays(cast):
    with as_person(cast.johan):
        with clock.stopped_at(tuesday_at_ten(-6)):
            keep_draft(f"/{SLUG}/vraag/", {"words": "oud"})
        keep_draft(f"/{SLUG}/voorstellen/", {"text": "nieuw"})
    assert forget_old_drafts(0) == 1
    vault.forget_keys()
    with as_person(cast.johan):
        assert draft_at(f"/{SLUG}/vraag/") == {}
        assert draft_at(f"/{SLUG}/voorstellen/") == {"text": "nieuw"}
