"""Two texts side by side, and two people editing one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.comparison import (
    Conflict,
    Save,
    Segment,
    SegmentKind,
    merge_or_conflict,
    normalised,
    same_words,
    word_diff,
)

SENTENCES = st.lists(st.sampled_from(["we", "praten", "elke", "3", "weken", ".", "\n", "één", "{naam}"])).map(" ".join)
TEXTS = SENTENCES | st.text(max_size=60)


def test_one_changed_word_shows_as_that_word() -> None:
    assert word_diff("Elke 3 weken praten we.", "Elke 4 weken praten we.") == (
        Segment(SegmentKind.SAME, "Elke "),
        Segment(SegmentKind.REMOVED, "3"),
        Segment(SegmentKind.ADDED, "4"),
        Segment(SegmentKind.SAME, " weken praten we."),
    )


def test_a_comma_more_does_not_mark_the_word_before_it() -> None:
    added = [segment.text for segment in word_diff("Ja we gaan", "Ja, we gaan") if segment.kind is SegmentKind.ADDED]
    assert added == [","]


@given(TEXTS, TEXTS)
def test_a_difference_loses_no_letter_of_either_text(old: str, new: str) -> None:
    segments = word_diff(old, new)
    assert "".join(s.text for s in segments if s.kind is not SegmentKind.ADDED) == normalised(old)
    assert "".join(s.text for s in segments if s.kind is not SegmentKind.REMOVED) == normalised(new)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {segment.kind for segment in word_diff(text, text)} <= {SegmentKind.SAME}


@pytest.mark.parametrize("other", ["één\nregel", "één\r\nregel", "  één regel ", "e\u0301e\u0301n regel"])
def test_what_looks_the_same_is_the_same(other: str) -> None:
    assert same_words("één regel", other)


@given(mine=TEXTS, theirs=TEXTS, revision=st.integers(0, 9))
def test_who_saw_the_newest_text_may_save(mine: str, theirs: str, revision: int) -> None:
    outcome = merge_or_conflict(base_revision=revision, current_revision=revision, theirs=theirs, mine=mine)
    assert outcome == Save(normalised(mine))


def test_the_second_of_two_sees_the_others_text_and_keeps_the_own_words() -> None:
    outcome = merge_or_conflict(
        base_revision=3, current_revision=4, theirs="We praten op dinsdag.", mine="We praten op vrijdag."
    )
    assert isinstance(outcome, Conflict)
    assert (outcome.theirs, outcome.mine) == ("We praten op dinsdag.", "We praten op vrijdag.")
    assert Segment(SegmentKind.REMOVED, "dinsdag") in outcome.segments
    assert Segment(SegmentKind.ADDED, "vrijdag") in outcome.segments


def test_two_people_who_wrote_the_same_have_no_conflict() -> None:
    outcome = merge_or_conflict(base_revision=3, current_revision=4, theirs="Op dinsdag.", mine="Op dinsdag.\r\n")
    assert outcome == Save("Op dinsdag.")


def test_a_base_that_does_not_exist_yet_is_refused() -> None:
    with pytest.raises(ValueError, match="newer"):
        merge_or_conflict(base_revision=5, current_revision=4, theirs="a", mine="b")
