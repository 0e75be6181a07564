"""The board of a talk: two people put thoughts on it, walk over it, and shut it while they talk."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.part_board import THOUGHT
from tests.story import Story, as_person

from klankbord.core import clock
from klankbord.engagements.actions.board import Shut, add_card
from klankbord.engagements.models import Board, BoardStep, Card, Field, Session
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TALK = 5
OTHERS = ("anton", "fatima", "els", "ruben", "willem", "bram", "noor")


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _add(visitor: Visitor, text: str, field: str = "goal", once: uuid.UUID | None = None, number: int = TALK):
    words = {"text": text, "field": field, "once": str(once or uuid.uuid4())}
    return visitor.send("board_add", words, number=number)


def _cards(story: Story, number: int = TALK) -> list[Card]:
    with as_person(story.cast.johan):
        return list(Card.objects.filter(board__session=_talk(story, number)).order_by("made_at"))


def _talk(story: Story, number: int = TALK) -> Session:
    with as_person(story.cast.johan):
        return session_for(engagement_for(story.cast.johan, story.engagement.pk), number)


def _going_on(story: Story, number: int = TALK) -> None:
    """Let this talk have begun ten minutes ago."""
    talk = _talk(story, number)
    with as_person(story.cast.johan):
        talk.starts_at = clock.now() - timedelta(minutes=10)
        talk.save(update_fields=["starts_at"])


def _change(visitor: Visitor, card: Card, text: str, **more: object):
    words = {"text": text, "based_on": card.revision, "shown": card.field, "chosen": card.field, **more}
    return visitor.send("board_card", words, number=TALK, card=card.pk)


# --- putting on, moving, changing ---------------------------------------------------------------------------------


def test_a_thought_stands_on_the_board_of_both_with_the_name_of_who_put_it_there(johan, marieke):
    _add(johan, "Dat het team zelf begint.")
    _add(marieke, "Wat is er al?", "reality")
    for visitor in (johan, marieke):
        page = text_of(visitor.open("board", number=TALK))
        assert page.index("Dat het team zelf begint.") < page.index("<span>Johan</span>")
        assert page.index("Wat is er al?") < page.index("<span>Marieke</span>")


def test_sending_a_thought_twice_puts_it_there_once(story, johan):
    once = uuid.uuid4()
    for _ in range(2):
        assert _add(johan, "Eén keer.", once=once).status_code == 302
    assert len(_cards(story)) == 1


def test_a_thought_without_words_comes_back_with_words_that_help(johan):
    answer = _add(johan, "  ")
    assert answer.status_code == 422
    assert "A few words are enough." in text_of(answer)


def test_a_thought_that_is_too_long_comes_back_whole(story, johan):
    long = "lang " * 1000
    answer = _add(johan, long)
    assert answer.status_code == 422
    assert long.strip() in text_of(answer)
    assert _cards(story) == []


def test_emoji_and_letters_from_right_to_left_come_back_as_they_were(johan, marieke):
    words = "שלום 👩‍👩‍👧‍👦 مرحبا"
    _add(johan, words)
    page = text_of(marieke.open("board", number=TALK))
    assert f'<p class="text" dir="auto">{words}</p>' in page


def test_a_long_thought_is_folded_and_nothing_of_it_is_lost(johan):
    _add(johan, "woord " * 150)
    page = text_of(johan.open("board", number=TALK))
    assert page.count("woord") >= 150
    assert '<summary dir="auto">' in page


def test_either_may_put_a_thought_of_the_other_in_other_words_and_that_shows(story, johan, marieke):
    _add(johan, "Het team.")
    assert _change(marieke, _cards(story)[0], "Het hele team.").status_code == 302
    assert "Johan, changed by Marieke" in text_of(johan.open("board", number=TALK))


def test_both_change_one_thought_and_the_second_sees_both_texts(story, johan, marieke):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    _change(marieke, card, "Het team van Marieke.")
    answer = _change(johan, card, "Het team van Johan.")
    assert answer.status_code == 409
    assert "Marieke changed this text while you were writing" in text_of(answer)
    assert "Het team van Marieke." in text_of(answer)
    assert "Het team van Johan." in text_of(answer)
    assert 'name="based_on" value="2"' in text_of(answer)


def test_after_a_conflict_ones_own_words_are_saved_on_purpose(story, johan, marieke):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    _change(marieke, card, "Van Marieke.")
    _change(johan, card, "Van Johan.")
    assert _change(johan, card, "Van ons.", based_on=2).status_code == 302
    assert "Van ons." in text_of(marieke.open("board", number=TALK))


def test_one_moves_a_thought_while_the_other_changes_its_words_and_both_happen(story, johan, marieke):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    _change(marieke, card, "Het team.", chosen="will")
    assert _change(johan, card, "Het hele team.").status_code == 302
    moved = _cards(story)[0]
    assert moved.field == Field.WILL
    assert "Het hele team." in text_of(marieke.open("board", number=TALK))


def test_what_is_taken_off_the_board_can_be_put_back_by_either(story, johan, marieke):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    marieke.send("board_take_away", number=TALK, card=card.pk)
    page = text_of(johan.open("board", number=TALK))
    assert "Taken off the board" in page
    assert f"thought-{card.pk}" not in page
    johan.send("board_put_back", number=TALK, card=card.pk)
    assert f"thought-{card.pk}" in text_of(marieke.open("board", number=TALK))


def test_words_written_in_a_thought_that_was_taken_away_are_not_lost(story, johan, marieke):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    marieke.send("board_take_away", number=TALK, card=card.pk)
    answer = _change(johan, card, "Het team, en ik.")
    assert answer.status_code == 409
    assert "Het team, en ik." in text_of(answer)
    assert "If you save it, it comes back." in text_of(answer)
    assert 'name="back" value="True"' in text_of(answer)
    assert _change(johan, card, "Het team, en ik.", back="True").status_code == 302
    assert f"thought-{card.pk}" in text_of(marieke.open("board", number=TALK))


def test_what_was_being_typed_is_there_again_in_whatever_field_one_goes_to(johan):
    johan.send("board_walk", {"field": "goal"}, number=TALK)
    johan.type({"text": "Nog niet af.", "field": "goal"}, "board_add", number=TALK)
    johan.send("board_walk", {"field": "will"}, number=TALK)
    page = text_of(johan.open("board", number=TALK))
    assert "Nog niet af." in page
    assert "What are you going to do?" in page
    _add(johan, "Nu wel af.", "will")
    assert "Nog niet af." not in text_of(johan.open("board", number=TALK))


# --- the way over the board ---------------------------------------------------------------------------------------


def test_the_path_is_kept_in_the_order_in_which_it_was_walked(story, johan, marieke):
    for field in ("reality", "goal", "goal", "reality"):
        johan.send("board_walk", {"field": field}, number=TALK)
    page = text_of(marieke.open("board", number=TALK))
    assert "<li>Now</li><li>Goal</li><li>Now</li></ol>" in page
    with as_person(story.cast.johan):
        assert BoardStep.objects.filter(board__session=_talk(story)).count() == 3


def test_nobody_begins_in_a_field_that_was_chosen_for_them(johan):
    page = text_of(johan.open("board", number=TALK))
    assert "Where do you begin? Anywhere is fine." in page
    assert "<textarea" not in page


def test_a_field_that_does_not_exist_is_nowhere_to_go(story, johan):
    assert johan.send("board_walk", {"field": "feelings"}, number=TALK).status_code == 302
    with as_person(story.cast.johan):
        assert not BoardStep.objects.filter(board__session=_talk(story)).exists()


# --- looking at the other ------------------------------------------------------------------------------------------


def _look(visitor: Visitor, mark: str = ""):
    headers = {"If-None-Match": mark} if mark else {}
    return visitor.client.get(visitor.address("board_look", number=TALK), headers=headers)


def test_a_look_says_nothing_new_until_the_other_does_something(johan, marieke):
    _add(johan, "Het team.")
    first = _look(marieke)
    assert "Het team." in text_of(first)
    assert _look(marieke, first.headers["ETag"]).status_code == 304
    _add(johan, "En ik.")
    again = _look(marieke, first.headers["ETag"])
    assert again.status_code == 200
    assert "En ik." in text_of(again)


def test_every_change_on_the_board_makes_a_look_say_something_new(story, johan, marieke):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    mark = _look(marieke).headers["ETag"]
    for step in (
        lambda: johan.send("board_walk", {"field": "options"}, number=TALK),
        lambda: _change(johan, card, "Het hele team."),
        lambda: _change(johan, _cards(story)[0], "Het hele team.", chosen="will"),
        lambda: johan.send("board_take_away", number=TALK, card=card.pk),
        lambda: johan.send("board_put_back", number=TALK, card=card.pk),
    ):
        assert step().status_code == 302
        looked = _look(marieke, mark)
        assert looked.status_code == 200
        mark = looked.headers["ETag"]


def test_a_look_that_finds_nothing_new_costs_four_questions_no_key_and_no_trail(story, johan, marieke):
    for number in range(20):
        _add(johan, f"Gedachte {number}")
    mark = _look(marieke).headers["ETag"]
    marieke.open("board", number=TALK)
    with as_person(story.cast.marieke):
        before = AuditRow.objects.count()
    with CaptureQueriesContext(connection) as asked, CaptureQueriesContext(connections["keys"]) as keys:
        assert _look(marieke, mark).status_code == 304
    of_engagements = [query["sql"] for query in asked.captured_queries if "engagements_" in query["sql"]]
    assert len(of_engagements) == 4
    assert not any("engagements_card" in sql for sql in of_engagements)
    assert len(keys.captured_queries) == 0
    with as_person(story.cast.marieke):
        assert AuditRow.objects.count() == before


def test_the_part_that_is_looked_at_is_the_same_every_time(johan, marieke):
    _add(johan, "Het team.")
    _add(marieke, "Wat nog?", "options")
    assert _look(marieke).content == _look(marieke).content
    assert "csrfmiddlewaretoken" not in text_of(_look(marieke))


def test_a_board_asks_as_often_for_two_hundred_thoughts_as_for_one(story, johan, marieke):
    def asked() -> int:
        marieke.open("board", number=TALK)
        vault.forget_keys()
        with CaptureQueriesContext(connection) as rows, CaptureQueriesContext(connections["keys"]) as keys:
            assert marieke.open("board", number=TALK).status_code == 200
        return len(rows.captured_queries) + len(keys.captured_queries)

    _add(johan, "De eerste.")
    few = asked()
    with as_person(story.cast.johan):
        standing = engagement_for(story.cast.johan, story.engagement.pk)
        talk = session_for(standing, TALK)
        for number in range(199):
            field = list(Field)[number % 4]
            add_card(once=uuid.uuid4(), standing=standing, session=talk, field=field, text=f"Gedachte {number}")
    assert asked() == few
    assert "Gedachte 198" in text_of(marieke.open("board", number=TALK))


# --- during the talk -----------------------------------------------------------------------------------------------


def test_during_the_talk_the_board_is_shut_until_both_opened_it(story, johan, marieke):
    _add(johan, "Het team.")
    _going_on(story)
    assert "During the talk Klankbord is shut" in text_of(johan.open("board", number=TALK))
    johan.send("board_open", number=TALK)
    assert "It is there as soon as Marieke opens it too." in text_of(johan.open("board", number=TALK))
    shut = text_of(marieke.open("board", number=TALK))
    assert "Johan opened the board. Do you open it too?" in shut
    assert "Het team." not in shut
    marieke.send("board_open", number=TALK)
    for visitor in (johan, marieke):
        assert "Het team." in text_of(visitor.open("board", number=TALK))


def test_whoever_wants_to_talk_without_it_shuts_it_for_both(story, johan, marieke):
    _going_on(story)
    johan.send("board_open", number=TALK)
    marieke.send("board_open", number=TALK)
    assert "Shut the board" in text_of(johan.open("board", number=TALK))
    marieke.send("board_shut", number=TALK)
    assert "During the talk Klankbord is shut" in text_of(johan.open("board", number=TALK))
    assert "Johan opened the board. Do you open it too?" in text_of(marieke.open("board", number=TALK))


def test_before_the_talk_there_is_nothing_to_shut(johan):
    assert "Shut the board" not in text_of(johan.open("board", number=TALK))


def test_while_it_is_shut_a_look_gives_nothing_away(story, johan, marieke):
    _add(johan, "Het team.")
    mark = _look(marieke).headers["ETag"]
    _going_on(story)
    looked = _look(marieke, mark)
    assert looked.status_code == 200
    assert 'data-gate="shut"' in text_of(looked)
    assert "Het team." not in text_of(looked)


def test_what_is_sent_while_it_is_shut_is_kept_for_who_wrote_it(story, johan, marieke):
    johan.send("board_walk", {"field": "goal"}, number=TALK)
    _going_on(story)
    answer = johan.client.post(
        johan.address("board_add", number=TALK),
        {"text": "Net te laat.", "field": "goal", "once": str(uuid.uuid4())},
        follow=True,
    )
    assert "What you wrote is kept." in text_of(answer)
    assert _cards(story) == []
    johan.send("board_open", number=TALK)
    marieke.send("board_open", number=TALK)
    assert "Net te laat." in text_of(johan.open("board", number=TALK))
    assert "Net te laat." not in text_of(marieke.open("board", number=TALK))


def test_one_thought_cannot_be_opened_either_while_the_board_is_shut(story, johan):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    _going_on(story)
    answer = johan.open("board_card", number=TALK, card=card.pk)
    assert answer.headers["Location"] == johan.address("board", number=TALK)


def test_the_action_itself_refuses_while_it_is_shut(story):
    _going_on(story)
    with as_person(story.cast.johan):
        standing = engagement_for(story.cast.johan, story.engagement.pk)
        with pytest.raises(Shut):
            add_card(once=uuid.uuid4(), standing=standing, session=_talk(story), field=Field.GOAL, text="x")


def test_after_the_talk_the_board_is_open_by_itself(story, johan):
    _add(johan, "Het team.")
    talk = _talk(story)
    with as_person(story.cast.johan):
        talk.starts_at = clock.now() - timedelta(hours=3)
        talk.save(update_fields=["starts_at"])
    assert "Het team." in text_of(johan.open("board", number=TALK))


# --- who, and until when -------------------------------------------------------------------------------------------


def test_others_find_no_board(cast, story):
    for name in OTHERS:
        visitor = Visitor(cast.named(name), story.engagement.pk)
        assert visitor.open("board", number=1).status_code == 404
        assert visitor.open("board_look", number=1).status_code == 404


def test_others_see_no_row_of_a_board_whatever_the_code_asks_for(cast, story):
    for name in OTHERS:
        with as_person(cast.named(name)):
            assert [model.objects.count() for model in (Board, Card, BoardStep)] == [0, 0, 0]


def test_nobody_puts_a_thought_on_the_board_in_the_name_of_the_other(cast, story):
    with as_person(cast.marieke):
        board = Board.objects.get()
        card = Card(
            organisation_id=board.organisation_id,
            engagement=board.engagement,
            board=board,
            field="goal",
            moment="before",
            author=cast.johan,
        )
        vault.seal(card, "body", "Dit zei Johan niet.")
        with pytest.raises(DatabaseError), transaction.atomic():
            card.save(force_insert=True)


def test_a_step_that_was_walked_is_not_changed(cast, story, johan):
    johan.send("board_walk", {"field": "goal"}, number=TALK)
    with as_person(cast.johan):
        assert BoardStep.objects.update(field="will") == 0
        assert BoardStep.objects.filter(field="goal").exists()


def test_a_thought_of_one_talk_is_not_found_at_another(story, johan):
    card = _cards(story, 1)[0]
    assert johan.open("board_card", number=TALK, card=card.pk).status_code == 404


def test_the_introduction_has_no_board(johan):
    assert johan.open("board", number=0).status_code == 404


def test_that_the_coach_opened_the_board_is_noted_once_a_day(cast, story, marieke):
    for _ in range(3):
        marieke.open("board", number=1)
        marieke.open("board_look", number=1)
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="board.open", actor_id=cast.marieke.pk).count() == 1


def test_no_word_of_a_thought_is_readable_in_the_database(cast, story):
    with as_person(cast.johan):
        assert not any(THOUGHT.encode() in bytes(card.body) for card in Card.objects.all())


def test_a_board_of_a_coaching_that_is_over_is_for_reading_only(story, johan):
    _add(johan, "Het team.")
    card = _cards(story)[0]
    johan.send("engagement_stop")
    page = text_of(johan.open("board", number=TALK))
    assert "Het team." in page
    assert "<textarea" not in page
    assert "Change" not in page
    assert _change(johan, card, "Te laat.").headers["Location"] == johan.address("engagement")


def test_when_the_texts_are_destroyed_the_board_says_so(story, johan):
    with as_person(story.cast.johan):
        card = Card.objects.filter(board__session=_talk(story, 1)).get()
    vault.destroy(card.vault_scope)
    assert "This text is no longer readable." in text_of(johan.open("board", number=1))


def test_the_page_of_a_talk_leads_to_its_board(johan, marieke):
    for visitor in (johan, marieke):
        assert visitor.address("board", number=TALK) in text_of(visitor.open("session", number=TALK))
