"""The line of time and the page with all of one's engagements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from tests.story import DIRECTION, SLUG, as_person, matched, requested, running

from klankbord.core import clock
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.queries.line import Agreed, Point, Talk, Told, first_sentence, points
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.writings import Kind
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def _talks(held: int, coming: int) -> tuple[Talk, ...]:
    first = NOW - timedelta(weeks=3 * held) + timedelta(weeks=1)
    return tuple(Talk(number=n + 1, starts_at=first + timedelta(weeks=3 * n)) for n in range(held + coming))


def _told(phase: Phase = Phase.RUNNING, **known: Any) -> Told:
    usual: dict[str, Any] = {
        "is_client": True,
        "client": "Johan",
        "coach": "Marieke",
        "manager": "Anton",
        "asked_at": NOW - timedelta(days=60),
        "now": NOW,
        "planned_end": date(2026, 9, 1),
    }
    return Told(**{**usual, "phase": phase, **known})


def _line(told: Told) -> list[Point]:
    return points(told, lambda route, **more: "/".join([route, *map(str, more.values())]))


def _present(told: Told) -> Point:
    (present,) = [point for point in _line(told) if point.state == "present"]
    return present


# --- the line itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_client", [True, False])
@pytest.mark.parametrize("phase", list(Phase))
def test_a_line_has_one_present_while_it_runs_and_none_when_it_is_over(phase, is_client):
    agreed = Agreed(version=1, mine=False, in_force_since=None, last_in_force=False)
    told = _told(phase, is_client=is_client, agreed=agreed if phase is Phase.AGREEMENT else None)
    over = phase in (Phase.CLOSED, Phase.ENDED)
    assert sum(point.state == "present" for point in _line(told)) == (0 if over else 1)


@pytest.mark.parametrize("is_client", [True, False])
@pytest.mark.parametrize("phase", list(Phase))
def test_what_lies_behind_comes_before_what_lies_ahead(phase, is_client):
    agreed = Agreed(version=1, mine=False, in_force_since=None, last_in_force=False)
    told = _told(
        phase,
        is_client=is_client,
        agreed=agreed if phase is Phase.AGREEMENT else None,
        talks=_talks(held=2, coming=3) if phase in (Phase.RUNNING, Phase.CLOSING) else (),
    )
    order = ["past", "present", "future"]
    states = [order.index(point.state) for point in _line(told)]
    assert states == sorted(states)


def test_the_line_begins_with_the_question_and_ends_three_months_after():
    line = _line(_told(talks=_talks(held=1, coming=2)))
    assert line[0].title == "You asked for a coach"
    assert line[-1].title == "Three months later: what shows at work?"
    assert line[-1].when == "December 2026"


def test_a_coaching_that_ran_before_begins_with_its_first_day_and_with_no_question():
    first = _line(_told(talks=_talks(held=1, coming=2), began_elsewhere=NOW.date() - timedelta(days=90)))[0]
    assert first.title == "You began together"
    assert first.when != _line(_told())[0].when


def test_the_next_talk_is_the_present_and_the_others_stand_together():
    line = _line(_told(talks=_talks(held=2, coming=5)))
    present = next(at for at, point in enumerate(line) if point.state == "present")
    assert line[present].title == "Third talk"
    assert line[present + 1].title == "Four more talks"


def test_writing_beforehand_and_just_coming_weigh_the_same():
    write, come = _present(_told(talks=_talks(held=0, coming=2))).actions
    assert (write.primary, come.primary) == (False, False)
    assert (come.url, come.post) == ("session_just_come/1", True)


def test_to_the_coach_nothing_sent_is_said_without_reproach():
    told = _told(is_client=False, manager="", talks=_talks(held=0, coming=1))
    assert _present(told).text == "Johan has not sent anything yet. That is fine."


def test_a_direction_may_be_skipped():
    write, skip = _present(_told(Phase.DIRECTION)).actions
    assert (write.url, skip.url) == ("direction", "agreement")


def test_when_all_talks_are_held_one_may_round_off_or_plan_more():
    close, more = _present(_told(talks=_talks(held=3, coming=0))).actions
    assert (close.url, more.url) == ("closing", "agreement_edit")


def test_a_talk_that_was_cancelled_is_not_on_the_line():
    first, second = _talks(held=0, coming=2)
    cancelled = Talk(number=1, starts_at=first.starts_at, cancelled=True)
    assert _present(_told(talks=(cancelled, second))).title == "Second talk"


def test_during_a_talk_nothing_is_asked():
    talk = Talk(number=1, starts_at=NOW - timedelta(minutes=10))
    present = _present(_told(talks=(talk,)))
    assert present.text == "You are talking now. Klankbord can wait."
    assert [step.url for step in present.actions] == ["session/1"]


def test_the_talk_after_which_one_looks_back_says_so():
    line = _line(_told(talks=_talks(held=3, coming=1), evaluate_after=3))
    assert "Third talk, and looking back together" in [point.title for point in line]


def test_a_coaching_that_stopped_ends_where_it_stopped():
    line = _line(_told(Phase.ENDED, closed_on=NOW.date(), talks=_talks(held=1, coming=3)))
    assert line[-1].title == "Here you stopped"
    assert all(point.state == "past" for point in line)


def test_only_the_client_reads_the_name_of_the_manager():
    talks = _talks(held=1, coming=1)
    client = " ".join(point.text for point in _line(_told(talks=talks)))
    coach = " ".join(point.text for point in _line(_told(is_client=False, manager="", talks=talks)))
    assert "You tell Anton how it is going. Marieke does not." in client
    assert "Anton" not in coach


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It is half-half. It stayed with me.", "It is half-half."),
        ("\n\n  What does my team think?  \nMore", "What does my team think?"),
        ("Version 4.12 of the plan", "Version 4.12 of the plan"),
        ("", ""),
    ],
)
def test_a_text_is_recognised_by_its_first_sentence(text, sentence):
    assert first_sentence(text) == sentence


def test_a_long_sentence_is_cut_between_words():
    cut = first_sentence("word " * 60)
    assert cut.endswith("word…")
    assert len(cut) <= 141


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_direction_in_own_words_is_the_heading_for_both(cast):
    story = running(cast)
    for person in (cast.johan, cast.marieke):
        page = text_of(Visitor(person, story.engagement.pk).open("engagement"))
        assert f"<h1>{DIRECTION.rstrip('.')}</h1>" in page


def test_without_a_direction_the_heading_names_the_other(cast):
    _proposal, engagement = matched(cast, requested(cast)[2])
    assert "<h1>Coaching with Marieke</h1>" in text_of(Visitor(cast.johan, engagement.pk).open("engagement"))
    assert "<h1>Coaching with Johan</h1>" in text_of(Visitor(cast.marieke, engagement.pk).open("engagement"))


def test_the_coach_reads_a_sentence_of_a_look_back_only_once_it_was_sent(cast):
    story = running(cast)
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, story.engagement.pk)
        talk = session_for(standing, 2)
        talk.starts_at = clock.now() - timedelta(days=2)
        talk.save(update_fields=["starts_at"])
    marieke = Visitor(cast.marieke, story.engagement.pk)
    assert "Dit is nog van mij alleen." in text_of(Visitor(cast.johan, story.engagement.pk).open("engagement"))
    assert "Dit is nog van mij alleen." not in text_of(marieke.open("engagement"))
    with as_person(cast.johan):
        save_text(
            standing=standing,
            slug=SLUG,
            kind=Kind.REFLECTION,
            session=talk,
            text="Nu mag je het lezen.",
            based_on=1,
            send=True,
        )
    assert "Nu mag je het lezen." in text_of(marieke.open("engagement"))


def test_that_the_coach_opened_the_line_is_noted_once_a_day_and_the_client_is_not_noted(cast):
    story = running(cast)
    for person in (cast.marieke, cast.marieke, cast.johan):
        Visitor(person, story.engagement.pk).open("engagement")
    with as_person(cast.johan):
        opened = AuditRow.objects.filter(verb="engagement.open", owner_id=cast.johan.pk)
        assert [row.actor_id for row in opened] == [cast.marieke.pk]


# --- all of mine --------------------------------------------------------------------------------------------------


def test_whoever_has_no_coach_is_told_how_to_ask_for_one(cast):
    page = text_of(Visitor(cast.anton).open("my_coaching"))
    assert "You have no coach yet" in page
    assert Visitor(cast.anton).address("ask") in page


def test_a_request_under_way_is_on_the_page_of_who_made_it(cast):
    _referral, _question, asked = requested(cast)
    page = text_of(Visitor(cast.johan).open("my_coaching"))
    assert Visitor(cast.johan).address("request", request_id=asked.pk) in page
    assert "A coach is being sought for you" in page


def test_client_and_coach_each_find_the_coaching_among_theirs(cast):
    story = running(cast)
    johan, marieke = (text_of(Visitor(person).open("my_coaching")) for person in (cast.johan, cast.marieke))
    link = Visitor(cast.johan, story.engagement.pk).address("engagement")
    assert link in johan
    assert link in marieke
    assert "You coach" in marieke
    assert "You coach" not in johan


def test_a_coach_who_reads_a_direction_on_a_card_leaves_a_trail_once_a_day_and_the_client_leaves_none(cast):
    running(cast)
    for person in (cast.marieke, cast.marieke, cast.johan):
        Visitor(person).open("my_coaching")
    with as_person(cast.johan):
        opened = AuditRow.objects.filter(verb="direction.open", owner_id=cast.johan.pk)
        assert [row.actor_id for row in opened] == [cast.marieke.pk]


# --- stopping -----------------------------------------------------------------------------------------------------


def test_stopping_is_explained_first_and_asks_for_no_reason(cast):
    story = running(cast)
    page = text_of(Visitor(cast.johan, story.engagement.pk).open("engagement_stop"))
    assert "You need not explain why, not here and not to anyone." in page
    assert "<textarea" not in page
    with as_person(cast.johan):
        assert engagement_for(cast.johan, story.engagement.pk).phase is Phase.RUNNING


@pytest.mark.parametrize("name", ["johan", "marieke"])
def test_either_may_stop_and_everything_can_still_be_read(cast, name):
    story = running(cast)
    visitor = Visitor(cast.named(name), story.engagement.pk)
    assert visitor.send("engagement_stop").status_code == 302
    page = text_of(visitor.open("engagement"))
    assert "Here you stopped" in page
    assert "data-present" not in page


def test_what_is_over_cannot_be_stopped_again(cast):
    story = running(cast)
    johan = Visitor(cast.johan, story.engagement.pk)
    johan.send("engagement_stop")
    page = text_of(johan.open("engagement_stop"))
    assert "This step does not fit there now." in page
    assert johan.send("engagement_stop").status_code == 302
