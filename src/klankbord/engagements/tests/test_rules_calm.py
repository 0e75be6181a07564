"""When the calm page is at hand, and how two texts of one writer become one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.comparison import normalised
from klankbord.engagements.rules.calm import BETWEEN, at_hand, both_kept

TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
texts = st.text(alphabet=st.sampled_from("ab é\n\r·"), max_size=40)


def lines(text: str) -> set[str]:
    return {line.strip() for line in normalised(text).split("\n") if line.strip()}


def test_the_calm_page_is_at_hand_just_before_during_and_just_after_a_talk():
    assert not at_hand(TEN, 60, TEN - timedelta(hours=1))
    assert at_hand(TEN, 60, TEN - timedelta(minutes=30))
    assert at_hand(TEN, 60, TEN + timedelta(minutes=59))
    assert not at_hand(TEN, 60, TEN + timedelta(hours=3))


def test_what_was_written_elsewhere_comes_under_what_stands_here():
    assert both_kept("Donderdag bellen.", "Half-half.") == f"Donderdag bellen.\n\n{BETWEEN}\n\nHalf-half."


def test_what_stands_here_already_is_not_said_twice():
    assert both_kept("Een\nTwee\nDrie", "Een\nTwee") == "Een\nTwee\nDrie"
    assert both_kept("", "Een") == "Een"


@given(texts, texts)
def test_no_line_of_either_is_lost(mine, theirs):
    assert lines(mine) | (lines(theirs) - {BETWEEN}) <= lines(both_kept(mine, theirs))


@given(texts, texts)
def test_what_stands_here_stays_as_it_is_and_doing_it_again_changes_nothing(mine, theirs):
    both = both_kept(mine, theirs)
    assert both.startswith(normalised(mine))
    assert both_kept(both, theirs) == both
    assert both_kept(both, mine) == both
