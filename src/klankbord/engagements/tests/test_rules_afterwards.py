"""Going on, and three months later: texts in parts, the right moment, whom to ask, and the order of the booklet."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.comparison import normalised
from klankbord.engagements.afterwards_texts import asks, titles
from klankbord.engagements.rules.afterwards import (
    MOST_COLLEAGUES,
    AnswerPart,
    Around,
    BookletPart,
    CribPart,
    Entry,
    Moment,
    PlanPart,
    card_lines,
    chapters,
    is_brought_up,
    may_be_asked,
    moment_of,
    opens_on,
    room_for_more,
    three_months_after,
    too_early_to_ask,
)
from klankbord.engagements.rules.parts import body_of, in_words, parts_in

CLOSED = date(2026, 1, 31)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
TEXTS = st.text(max_size=60)
ORDER = list(PlanPart)


# --- a text in parts --------------------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from([one.value for one in PlanPart]), TEXTS))
def test_what_is_written_in_parts_comes_back_part_by_part(written):
    kept = {name: normalised(text) for name, text in written.items() if normalised(text)}
    assert parts_in(body_of(written, ORDER), ORDER) == kept


@given(TEXTS)
def test_a_text_from_before_there_were_parts_stands_whole_under_the_first(text):
    found = parts_in(text, ORDER)
    assert not text.strip() or list(found) == ["keep"] or text.lstrip().startswith("{")


def test_what_was_garbled_is_not_lost():
    assert parts_in('{"parts": ["x"]}', ORDER) == {"keep": '{"parts": ["x"]}'}
    assert parts_in('{"parts": {"keep": 3, "hard": " "}}', ORDER) == {}


def test_nothing_in_any_part_is_no_text():
    assert body_of({"keep": "  "}, ORDER) == ""


def test_parts_in_words_stand_under_their_titles():
    assert in_words({"keep": "Ja."}, {"keep": "Houden"}) == "Houden\nJa."


def test_the_questions_are_there_for_every_part():
    assert list(titles(asks().plan, "nl")) == list(PlanPart)
    assert list(titles(asks().crib, "en")) == list(CribPart)
    assert list(titles(asks().answer, "nl")) == list(AnswerPart)


def test_a_card_has_lines_and_no_gaps():
    assert card_lines(" Eerst vragen.\n\n  Dan pas doen. \n") == ("Eerst vragen.", "Dan pas doen.")


# --- three months later -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (CLOSED + timedelta(weeks=9), Moment.NOT_YET),
        (CLOSED + timedelta(weeks=10), Moment.OPEN),
        (date(2026, 7, 30), Moment.OPEN),
        (date(2026, 7, 31), Moment.OVER),
    ],
)
def test_looking_back_opens_after_ten_weeks_and_ends_with_the_texts(today, expected):
    assert moment_of(CLOSED, date(2026, 7, 31), today) is expected


def test_a_term_shorter_than_ten_weeks_is_said_so():
    assert moment_of(CLOSED, CLOSED + timedelta(weeks=10), CLOSED) is Moment.TEXTS_END_BEFORE


def test_while_the_coaching_goes_on_it_is_not_time():
    assert moment_of(None, None, CLOSED) is Moment.NOT_YET
    assert not is_brought_up(None, None, CLOSED)


def test_three_months_after_the_last_of_january_is_the_last_of_april():
    assert three_months_after(CLOSED) == date(2026, 4, 30)


def test_after_some_weeks_it_rests():
    assert is_brought_up(CLOSED, None, date(2026, 5, 1))
    assert not is_brought_up(CLOSED, None, date(2026, 7, 1))


@given(DAYS, st.integers(min_value=0, max_value=900), st.integers(min_value=0, max_value=900))
def test_one_is_never_asked_to_look_back_at_texts_that_are_gone(closed, kept, later):
    destroyed, today = closed + timedelta(days=kept), closed + timedelta(days=later)
    moment = moment_of(closed, destroyed, today)
    assert (moment is Moment.OVER) == (today >= destroyed)
    if moment is Moment.OPEN:
        assert opens_on(closed) <= today < destroyed
    if is_brought_up(closed, destroyed, today):
        assert moment is Moment.OPEN


# --- whom the client asks ---------------------------------------------------------------------------------------


def around(asked: frozenset[UUID] = frozenset(), manager: UUID | None = None) -> Around:
    return Around(client=UUID(int=1), coach=UUID(int=2), manager=manager, asked=asked)


@pytest.mark.parametrize("who", [UUID(int=1), UUID(int=2)])
def test_one_does_not_ask_oneself_nor_the_coach(who):
    assert may_be_asked(who, around())


def test_the_manager_may_be_asked_beside_three_colleagues():
    manager = uuid4()
    three = around(frozenset(uuid4() for _ in range(3)), manager)
    assert may_be_asked(uuid4(), three)
    assert not may_be_asked(manager, three)
    assert room_for_more(three)
    assert not room_for_more(around(three.asked | {manager}, manager))


@given(st.lists(st.uuids(), max_size=12), st.none() | st.uuids())
def test_never_more_than_three_and_the_manager(wanted, manager):
    asked: frozenset[UUID] = frozenset()
    for person in [*wanted, *([manager] if manager else [])]:
        if not may_be_asked(person, around(asked, manager)):
            asked |= {person}
    assert len(asked - {manager}) <= MOST_COLLEAGUES
    assert not asked & {UUID(int=1), UUID(int=2)}


def test_asking_waits_for_its_moment():
    assert too_early_to_ask(Moment.NOT_YET)
    assert not too_early_to_ask(Moment.OPEN)


# --- the booklet ------------------------------------------------------------------------------------------------


def entry(part: BookletPart, day: int, text: str = "Ja.") -> Entry:
    return Entry(part, date(2026, 1, day), text)


def test_the_booklet_keeps_its_order_and_within_it_that_of_the_days():
    told = [entry(BookletPart.PLAN, 1), entry(BookletPart.LOOKS_BACK, 9), entry(BookletPart.LOOKS_BACK, 3)]
    found = chapters(told, set(BookletPart))
    assert [(part, [one.on.day for one in texts]) for part, texts in found] == [
        (BookletPart.LOOKS_BACK, [3, 9]),
        (BookletPart.PLAN, [1]),
    ]


@given(
    st.lists(st.builds(Entry, st.sampled_from(BookletPart), DAYS, TEXTS)),
    st.sets(st.sampled_from([one.value for one in BookletPart])),
)
def test_nothing_goes_into_the_booklet_that_was_not_chosen(entries, chosen):
    for part, texts in chapters(entries, chosen):
        assert part.value in chosen
        assert all(one.text.strip() and one.part is part for one in texts)
