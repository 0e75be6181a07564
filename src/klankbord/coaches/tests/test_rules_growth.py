"""Drawing how the craft moved, and the texts it is told in."""

from klankbord.coaches.growth_texts import aspects, parts
from klankbord.coaches.rules.growth import BOTTOM, LEFT, MOST_SHOWN, RIGHT, TOP, Seen, body_of, drawn, read_body


def test_the_last_way_stands_at_the_top_and_the_first_at_the_bottom():
    path, marks = drawn([1, 4], 4)
    assert [(mark.x, mark.y) for mark in marks] == [(LEFT, BOTTOM), (RIGHT, TOP)]
    assert path == f"M{float(LEFT)} {float(BOTTOM)} L{float(RIGHT)} {float(TOP)}"


def test_where_nothing_was_said_the_line_breaks():
    path, marks = drawn([1, 0, 2, 3], 4)
    assert path.count("M") == 2
    assert len(marks) == 3
    assert drawn([0, 0], 4) == ("", [])


def test_more_moments_than_fit_leave_the_oldest_to_the_table():
    _path, marks = drawn([1] * 5 + [4] * MOST_SHOWN, 4)
    assert {mark.y for mark in marks} == {TOP}


def test_what_is_kept_comes_back_and_what_is_open_stays_open():
    seen = {"interaction": Seen("naming", "Ik vroeg ernaar."), "result": Seen()}
    assert read_body(body_of(seen)) == {"interaction": Seen("naming", "Ik vroeg ernaar.")}
    assert read_body("") == {}


def test_there_are_six_sides_with_four_ways_and_a_story_of_four_parts():
    assert [aspect.id for aspect in aspects()] == [
        "interaction", "result", "learning", "self_steering", "context", "professional",
    ]  # fmt: skip
    assert {len(aspect.levels) for aspect in aspects()} == {4}
    assert aspects()[0].place("naming") == 3
    assert aspects()[0].place("gone") == 0
    assert [part.id for part in parts()] == [
        "individual_organisation", "goal_process", "learning_performing", "contribution",
    ]  # fmt: skip
