"""The board while two people use it at the same moment: one board, every thought, and no word lost."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from klankbord.engagements.models import Board, Card
from klankbord.engagements.queries.board import thought
from tests.faults.conftest import all_at_once, signed_in
from tests.story import SLUG, Story, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
TALK = 5
TIMES = 10


def address(story: Story, route: str, **more: object) -> str:
    keywords = {"organisation": SLUG, "engagement": story.engagement.pk, "number": TALK, **more}
    return reverse(route, kwargs=keywords)


def put(story: Story, once: list[uuid.UUID]) -> list[int]:
    """Thoughts by both in turns, all at the same moment; the answers' status codes."""
    where = address(story, "board_add")
    sending = []
    for number, key in enumerate(once):
        window = signed_in(story.cast.named(("johan", "marieke")[number % 2]))
        words = {"once": str(key), "field": "goal", "text": f"Gedachte {key}"}
        sending.append(lambda window=window, words=words: window.post(where, words).status_code)
    return all_at_once(sending)


def test_ten_thoughts_at_once_on_a_board_that_was_not_there_yet_are_all_on_one_board(cast):
    story = running(cast)
    assert put(story, [uuid.uuid4() for _ in range(TIMES)]) == [302] * TIMES
    with as_person(cast.johan):
        board = Board.objects.get(session__number=TALK)
        assert Card.objects.filter(board=board).count() == TIMES
        assert board.revision == 1 + TIMES


def test_ten_changes_of_one_thought_at_once_keep_one_and_give_the_others_back(cast):
    story = running(cast)
    key = uuid.uuid4()
    put(story, [key])
    where = address(story, "board_card", card=key)
    sending = []
    for number in range(TIMES):
        window = signed_in(cast.named(("johan", "marieke")[number % 2]))
        words = {"text": f"Zo zeg ik het: {number}.", "based_on": "1", "shown": "goal", "chosen": "goal"}
        sending.append(lambda window=window, words=words: (words["text"], window.post(where, words)))
    answers = all_at_once(sending)
    assert sorted(answer.status_code for _, answer in answers) == [302] + [409] * (TIMES - 1)
    with as_person(cast.johan):
        card = Card.objects.get(pk=key)
        stands = thought(story.standing(cast.johan), card).body
        assert card.revision == 2
    for mine, answer in answers:
        assert stands == mine or mine in answer.content.decode()
