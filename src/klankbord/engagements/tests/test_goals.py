"""Goals on the screen: putting them in words, both at them, letting go, and what stands beside them."""

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from tests.cast import Cast
from tests.part_goals import GOAL
from tests.story import Story, as_person

from klankbord.core import clock
from klankbord.engagements.actions.goals import make_goal, mark_goal
from klankbord.engagements.models import Goal, GoalMark, GoalWording, Session
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.queries.goals import goals_of, score_of
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OTHER = "Ik vraag hulp voordat het te laat is."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


@pytest.fixture
def goal(story: Story) -> object:
    return story.parts["goal"]


def held(story: Story, number: int) -> None:
    """Let this talk have been an hour ago, and the goals be older than it."""
    with as_person(story.cast.johan):
        talk = session_for(engagement_for(story.cast.johan, story.engagement.pk), number)
        talk.starts_at = clock.now() - timedelta(hours=1)
        talk.save(update_fields=["starts_at"])
        Goal.objects.filter(engagement=story.engagement).update(changed_at=clock.now() - timedelta(days=9))


# --- a new one ----------------------------------------------------------------------------------------------------


def test_both_find_the_goal_in_the_room(johan, marieke):
    assert GOAL in text_of(johan.open("goals"))
    assert GOAL in text_of(marieke.open("goals"))


def test_the_coach_who_opens_the_goals_leaves_a_trail(marieke, story):
    marieke.open("goals")
    with as_person(story.cast.johan):
        assert AuditRow.objects.filter(verb="goals.open", owner_id=story.cast.johan.pk).count() == 1


def test_sending_one_sentence_twice_makes_one_goal(johan, story):
    form = {"text": OTHER, "once": str(uuid.uuid4())}
    assert johan.send("goal_new", form).status_code == johan.send("goal_new", form).status_code == 302
    with as_person(story.cast.johan):
        assert Goal.objects.count() == 2


def test_no_sentence_gets_words_that_help(johan):
    answer = johan.send("goal_new", {"text": ""})
    assert answer.status_code == 422
    assert "One sentence is enough." in text_of(answer)


def test_something_to_learn_may_serve_a_goal(johan, goal):
    answer = johan.send("learning_goal_new", {"text": "Nee leren zeggen.", "serves": str(goal)})
    assert answer.status_code == 302
    page = text_of(johan.client.get(answer.url))
    assert "Nee leren zeggen." in page
    assert "It serves:" in page


# --- out of small questions ---------------------------------------------------------------------------------------


def test_two_answers_make_a_sentence_to_change(johan):
    page = text_of(johan.send("goal_build", {"when": "May", "way": "can", "what": "say no", "do": "look"}))
    assert "By the end of May I can say no." in page
    assert "Is this your sentence?" in page


def test_the_sentence_is_kept_as_the_client_changed_it(johan):
    johan.send("goal_build", {"what": "say no", "sentence": "Soms zeg ik nee.", "do": "keep"})
    assert "Soms zeg ik nee." in text_of(johan.open("goals"))


def test_no_answer_at_all_gets_words_and_loses_nothing(johan):
    answer = johan.send("goal_build", {"do": "look"})
    assert answer.status_code == 422
    assert "One answer is enough" in text_of(answer)


def test_an_answer_that_is_too_long_comes_back_with_every_other(johan):
    answer = johan.send("goal_build", {"what": "x" * 501, "why": "omdat het moet", "do": "look"})
    assert answer.status_code == 422
    assert "omdat het moet" in text_of(answer)


def test_going_back_to_the_questions_keeps_the_answers_and_says_the_sentence_so_far(johan):
    page = text_of(johan.send("goal_build", {"what": "say no", "do": "back"}))
    assert '<p class="own" dir="auto">I can say no.</p>' in page


def test_a_sentence_that_was_changed_by_hand_survives_going_back_to_the_questions(johan):
    back = text_of(johan.send("goal_build", {"what": "say no", "sentence": "Soms zeg ik nee.", "do": "back"}))
    assert 'value="Soms zeg ik nee."' in back
    page = text_of(johan.send("goal_build", {"what": "say no", "sentence": "Soms zeg ik nee.", "do": "look"}))
    assert "Soms zeg ik nee." in page
    assert "I can say no." in page


# --- both at it ---------------------------------------------------------------------------------------------------


def test_the_words_of_the_client_lead_and_those_of_the_coach_stand_beside_them(johan, marieke, goal):
    marieke.send("goal_change", {"text": OTHER, "based_on": 1}, goal=goal)
    room, page = text_of(johan.open("goals")), text_of(johan.open("goal", goal=goal))
    assert GOAL in room
    assert OTHER not in room
    assert "Marieke put it like this" in page


def test_the_client_takes_over_the_words_of_the_coach(johan, marieke, goal):
    marieke.send("goal_change", {"text": OTHER, "based_on": 1}, goal=goal)
    assert OTHER in text_of(johan.client.get(johan.address("goal_change", goal=goal) + "?uit=2"))
    johan.send("goal_change", {"text": OTHER, "based_on": 2}, goal=goal)
    assert OTHER in text_of(johan.open("goals"))


def test_two_at_one_goal_see_both_texts(johan, marieke, goal):
    marieke.send("goal_change", {"text": OTHER, "based_on": 1}, goal=goal)
    answer = johan.send("goal_change", {"text": "Ik zeg het eerder.", "based_on": 1}, goal=goal)
    assert answer.status_code == 409
    assert OTHER in text_of(answer)
    assert "Ik zeg het eerder." in text_of(answer)


def test_an_adjusted_goal_keeps_what_it_said_and_why(johan, goal, story):
    change = {"text": OTHER, "why": "Dit past beter.", "based_on": 1}
    johan.send("goal_change", change, goal=goal)
    johan.send("goal_change", change, goal=goal)
    page = text_of(johan.open("goal", goal=goal))
    assert "Dit past beter." in page
    assert "<del>" in page
    with as_person(story.cast.johan):
        assert GoalWording.objects.filter(goal_id=goal).count() == 2


# --- how far ------------------------------------------------------------------------------------------------------


def test_levels_in_own_words_stay_when_the_sentence_changes(johan, goal):
    johan.send("goal_levels", {"level_2": "Ik zeg het dezelfde dag.", "based_on": 1}, goal=goal)
    johan.send("goal_change", {"text": OTHER, "based_on": 2}, goal=goal)
    assert "Ik zeg het dezelfde dag." in text_of(johan.open("goal", goal=goal))


def test_the_number_waits_for_levels_and_a_mark(johan, goal):
    johan.send("goal_mark", {"level": "1"}, goal=goal)
    assert "A number over your goals" not in text_of(johan.open("goals"))
    johan.send("goal_levels", {"level_2": "Ik zeg het dezelfde dag.", "based_on": 1}, goal=goal)
    assert "As Johan sees it: <strong>60</strong>" in text_of(johan.open("goals"))


def test_each_marks_for_oneself(johan, marieke, goal, story):
    johan.send("goal_mark", {"level": "-1"}, goal=goal)
    marieke.send("goal_mark", {"level": "2"}, goal=goal)
    johan.send("goal_levels", {"level_0": "Zoals eerst.", "based_on": 1}, goal=goal)
    with as_person(story.cast.johan):
        found = goals_of(engagement_for(story.cast.johan, story.engagement.pk))
        assert (score_of(found, of_client=True), score_of(found, of_client=False)) == (40, 70)


def test_no_level_chosen_gets_words(johan, goal):
    assert johan.send("goal_mark", {}, goal=goal).status_code == 422


# --- letting go ---------------------------------------------------------------------------------------------------


def test_what_was_let_go_can_be_taken_up_again(johan, goal):
    johan.send("goal_turn", {"state": "let_go", "why": "Het hoeft niet meer."}, goal=goal)
    page = text_of(johan.open("goal", goal=goal))
    assert "Het hoeft niet meer." in page
    assert "Take it up again" in page
    johan.send("goal_turn", {"state": "active"}, goal=goal)
    assert "Put it in other words" in text_of(johan.open("goal", goal=goal))


def test_whether_it_fits_is_asked_once_and_only_of_the_client(johan, marieke, story):
    held(story, 3)
    assert "Does your goal still fit?" in text_of(johan.open("session", number=3))
    assert "Does your goal still fit?" not in text_of(marieke.open("session", number=3))
    assert johan.send("goal_keep", number=3).status_code == 302
    assert "Does your goal still fit?" not in text_of(johan.open("session", number=3))


# --- sentences and harvest ----------------------------------------------------------------------------------------


def test_one_sentence_stands_on_the_page_of_the_talk_on_the_line_and_with_the_goals(johan, marieke, story):
    held(story, 1)
    johan.send("session_sentence", {"text": "Ik hoef het niet alleen te doen."}, number=1)
    assert "Ik hoef het niet alleen te doen." in text_of(marieke.open("session", number=1))
    assert "Ik hoef het niet alleen te doen." in text_of(johan.open("engagement"))
    assert "Ik hoef het niet alleen te doen." in text_of(marieke.open("goals"))


def test_the_harvest_gathers_by_date_with_a_field_for_the_last_talk(johan, marieke, story):
    held(story, 1)
    johan.send("harvest", {"text": "Ik bel nu eerder."})
    held(story, 2)
    johan.send("harvest", {"text": "Het team schreef mee."})
    page = text_of(marieke.open("harvest"))
    assert page.index("Het team schreef mee.") < page.index("Ik bel nu eerder.")
    assert marieke.send("harvest", {"text": "Mooi"}).status_code == 403


def test_before_the_first_talk_there_is_nothing_to_harvest_yet(johan, cast, story):
    with as_person(cast.johan):
        Session.objects.filter(engagement=story.engagement).update(starts_at=clock.now() + timedelta(days=1))
    assert "<textarea" not in text_of(johan.open("harvest"))


# --- attacks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["anton", "fatima", "els", "willem", "ruben"])
def test_nobody_else_reads_a_goal_its_words_or_its_marks(name, story, cast):
    with as_person(cast.johan):
        row = Goal.objects.get(pk=story.parts["goal"])
        mark_goal(once=uuid.uuid4(), standing=story.standing(cast.johan), goal=row, level=0)
    with as_person(cast.named(name)):
        assert not Goal.objects.exists()
        assert not GoalWording.objects.exists()
        assert not GoalMark.objects.exists()


def test_a_wording_cannot_be_written_in_the_name_of_the_other(story, cast):
    with as_person(cast.marieke):
        row = Goal.objects.get(pk=story.parts["goal"])
        forged = GoalWording(
            organisation_id=cast.organisation.pk,
            engagement=story.engagement,
            goal=row,
            number=2,
            author=cast.johan,
            body=b"x",
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            forged.save(force_insert=True)


def test_nothing_is_made_once_the_coaching_is_over(story, cast, johan):
    with as_person(cast.johan):
        course = story.standing(cast.johan).course
        course.phase = "ended"
        course.save(update_fields=["phase"])
    assert johan.send("goal_new", {"text": OTHER}).status_code == 302
    with as_person(cast.johan):
        assert Goal.objects.count() == 1


def test_a_goal_serves_only_a_goal_of_the_same_coaching(story, cast, johan):
    assert johan.send("learning_goal_new", {"text": "Leren.", "serves": str(uuid.uuid4())}).status_code == 422


def test_goals_cost_the_same_number_of_queries_however_many_there_are(
    story, cast, johan, django_assert_max_num_queries
):
    with as_person(cast.johan):
        for number in range(8):
            make_goal(once=uuid.uuid4(), standing=story.standing(cast.johan), sentence=f"Doel {number}")
    johan.open("goals")
    with django_assert_max_num_queries(40):
        johan.open("goals")
