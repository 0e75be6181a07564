"""The coach's own look after a talk, and what shows over time: for that coach alone."""

import re
from datetime import date

import pytest
from django.db import transaction
from tests.cast import Cast
from tests.story import SLUG, Story, as_person, tuesday_at_ten

from klankbord.core import clock
from klankbord.engagements.actions.coach import save_look
from klankbord.engagements.actions.course import close
from klankbord.engagements.jobs import end_of_retention
from klankbord.engagements.models import CoachLook, Engagement
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WHY = "Hij keek naar de klok."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _save(story: Story, number: int = 1, why: str = WHY, **chosen: list[str]) -> CoachLook | None:
    coach = story.cast.marieke
    with as_person(coach):
        standing = engagement_for(coach, story.engagement.pk)
        return save_look(standing=standing, session=session_for(standing, number), chosen=chosen, why=why)


def _mark(page: str) -> str:
    found = re.search(r'name="based_on" value="([^"]*)"', page)
    return found.group(1) if found else ""


# --- after a talk -------------------------------------------------------------------------------------------------


def test_any_mix_of_choices_is_kept_and_stands_there_again(cast, marieke):
    words = {"pitfalls": ["advised", "dug"], "sides": ["appeal"], "steering": "tighter", "why": WHY}
    assert marieke.send("session_look", words, number=1).status_code == 302
    with as_person(cast.marieke):
        row = CoachLook.objects.get()
        assert (row.pitfalls, row.sides, row.steering, row.tensions, row.aspects) == (
            ["advised", "dug"], ["appeal"], "tighter", [], [],
        )  # fmt: skip
        assert b"klok" not in bytes(row.why)
    page = text_of(marieke.open("session_look", number=1))
    assert page.count(" checked") == 4
    assert WHY in page


def test_nothing_chosen_keeps_nothing(cast, marieke):
    marieke.send("session_look", {}, number=1)
    with as_person(cast.marieke):
        assert not CoachLook.objects.exists()


def test_choosing_everything_off_takes_the_look_away(cast, story, marieke):
    _save(story, pitfalls=["dug"])
    mark = _mark(text_of(marieke.open("session_look", number=1)))
    marieke.send("session_look", {"based_on": mark}, number=1)
    with as_person(cast.marieke):
        assert not CoachLook.objects.exists()


def test_sending_twice_makes_one_look(cast, marieke):
    for _again in range(2):
        assert marieke.send("session_look", {"aspects": ["context"], "why": WHY}, number=1).status_code == 302
    with as_person(cast.marieke):
        assert CoachLook.objects.count() == 1


def test_words_from_another_window_are_shown_beside_ones_own(story, marieke):
    _save(story, pitfalls=["dug"])
    answer = marieke.send("session_look", {"pitfalls": ["advised"], "why": "Ik had haast.", "based_on": ""}, number=1)
    assert answer.status_code == 409
    page = text_of(answer)
    assert WHY in page
    assert "Ik had haast." in page
    again = marieke.send("session_look", {"why": "Ik had haast.", "based_on": _mark(page)}, number=1)
    assert again.status_code == 302


def test_a_choice_nobody_offered_comes_back_with_what_was_typed(marieke):
    answer = marieke.send("session_look", {"pitfalls": ["sang"], "why": WHY}, number=1)
    assert answer.status_code == 422
    assert WHY in text_of(answer)


def test_what_was_being_chosen_and_typed_stands_there_again(marieke):
    marieke.type({"pitfalls": ["advised", "dug"], "why": "Nog niet af"}, "session_look", number=1)
    page = text_of(marieke.open("session_look", number=1))
    assert "Nog niet af" in page
    assert page.count(" checked") == 3  # two pitfalls, and how tightly was steered left open


def test_why_whose_key_is_gone_is_left_out_without_a_crash(story, marieke):
    row = _save(story, pitfalls=["dug"])
    assert row is not None
    vault.destroy(row.vault_scope)
    page = marieke.open("session_look", number=1)
    assert page.status_code == 200
    assert WHY not in text_of(page)


def test_nothing_is_noted_once_the_coaching_is_over_but_it_can_be_read(cast, story, marieke):
    _save(story, pitfalls=["dug"])
    with as_person(cast.johan):
        close(standing=engagement_for(cast.johan, story.engagement.pk), slug=SLUG)
    with pytest.raises(NotNow):
        _save(story, pitfalls=["advised"])
    assert marieke.send("session_look", {"pitfalls": ["advised"]}, number=1).status_code == 302
    page = text_of(marieke.open("session_look", number=1))
    assert "I dug" in page
    assert "<textarea" not in page


def test_the_way_to_it_stands_on_the_coachs_page_only(cast, story, marieke):
    assert "Look at your own coaching for a moment" in text_of(marieke.open("session", number=1))
    johan = text_of(Visitor(cast.johan, story.engagement.pk).open("session", number=1))
    assert "own coaching" not in johan


# --- nobody else --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["johan", "willem", "fatima", "els", "anton", "noor"])
def test_nobody_else_sees_changes_or_takes_away_a_look(cast, story, name):
    _save(story, pitfalls=["dug"])
    with as_person(cast.named(name)):
        assert not CoachLook.objects.exists()
        assert CoachLook.objects.all().update(steering="follow") == 0
        assert CoachLook.objects.all().delete()[0] == 0


@pytest.mark.parametrize("name", ["johan", "willem"])
def test_nobody_else_writes_a_look_in_the_coachs_name_or_in_anothers_coaching(cast, story, name):
    person = cast.named(name)
    for coach in (cast.marieke, cast.willem):
        row = CoachLook(organisation=cast.organisation, coach=coach, engagement=story.engagement)
        with as_person(person), pytest.raises(Exception, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_the_client_is_told_it_is_not_theirs_and_another_coach_that_it_is_not_there(cast, story):
    assert Visitor(cast.johan, story.engagement.pk).open("session_look", number=1).status_code == 403
    assert Visitor(cast.willem, story.engagement.pk).open("session_look", number=1).status_code == 404


def test_the_audit_tells_neither_what_was_chosen_nor_which_look(cast, story):
    _save(story, pitfalls=["dug"], steering=["tighter"])
    with as_person(cast.marieke):
        row = AuditRow.objects.get(verb="coach_look.save")
        assert (row.subject, row.subject_id, row.detail, row.owner_id) == ("", None, {}, cast.marieke.pk)
    with as_person(cast.johan):
        assert not AuditRow.objects.filter(verb="coach_look.save").exists()


# --- over time ----------------------------------------------------------------------------------------------------


def _over_time(cast: Cast) -> str:
    return text_of(Visitor(cast.marieke).open("coach_over_time"))


def _five(story: Story) -> None:
    for number in (1, 2, 3, 4):
        _save(story, number, pitfalls=["advised"])
    _save(story, 5, sides=["self"])
    with as_person(story.cast.marieke):
        CoachLook.objects.update(on=date(2026, 3, 17))


def test_four_looks_show_no_pattern_and_five_do(cast, story):
    for number in (1, 2, 3, 4):
        _save(story, number, pitfalls=["advised"])
    assert "Nothing to see yet" in _over_time(cast)
    _five(story)
    page = _over_time(cast)
    assert "January to June 2026" in page
    assert "4 of the 5 times you saw yourself advising." in page
    assert 'width="80"' in page


def test_the_patterns_name_no_client_no_talk_no_day_and_not_why(cast, story):
    _five(story)
    page = re.sub(r"<[^>]+>", " ", _over_time(cast).partition("<main")[2])
    for word in ("Johan", "gesprek", str(story.engagement.pk), "17", "March", WHY):
        assert word not in page


def test_looks_that_outlived_their_coaching_count(cast, story):
    _five(story)
    with clock.stopped_at(tuesday_at_ten(-30)), as_person(cast.johan):
        close(standing=engagement_for(cast.johan, story.engagement.pk), slug=SLUG)
    assert end_of_retention(0) == 1
    with as_person(cast.marieke):
        assert not CoachLook.objects.exclude(engagement=None, session=None, why=None).exists()
        assert CoachLook.objects.count() == 5
        assert Engagement.objects.exists()
    assert "4 of the 5 times you saw yourself advising." in _over_time(cast)


def test_what_waits_for_more_is_said_without_a_count(cast, story):
    _five(story)
    _save(story, 6, pitfalls=["rescued"])
    page = _over_time(cast)
    assert "waits until there are five" in page
    assert "you saw yourself rescuing" not in page


def test_another_coach_sees_the_own_patterns_only(cast, story):
    _five(story)
    assert "Nothing to see yet" in text_of(Visitor(cast.willem).open("coach_over_time"))


def test_who_does_not_coach_is_not_let_in(cast, story):
    assert Visitor(cast.fatima).open("coach_over_time").status_code == 403


def test_the_month_of_the_talk_is_what_is_kept(cast, story):
    row = _save(story, 1, pitfalls=["dug"])
    assert row is not None
    with as_person(cast.marieke):
        talk = session_for(engagement_for(cast.marieke, story.engagement.pk), 1)
    assert row.on == talk.starts_at.date()
