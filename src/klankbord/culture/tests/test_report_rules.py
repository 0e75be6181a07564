"""What stands out in a report, and in which words."""

import pytest

from klankbord.core.wording import Wording
from klankbord.culture.reports.words import facts_of
from klankbord.culture.rules.reports import Figure, Line, careful, extremes, starters_from, together
from klankbord.culture.texts import Change, Situation


def _line(name: str, mean: float, half: float = 0.1, **more) -> Line:
    figure = Figure(20, mean, mean - half, mean + half)
    return Line(name, Wording(name, name), figure, None, None, more.pop("change", Change.NOT_COMPARED), **more)


def test_only_what_clearly_stands_out_is_named():
    near = [_line("feedback", 3.05, 0.01), _line("safety", 3.0, 0.01), _line("listening", 2.95, 0.01)]
    assert extremes(near) == (None, None)
    high = [_line("feedback", 4.5), _line("safety", 3.0), _line("listening", 3.0), _line("time", 3.0)]
    assert extremes(high) == (None, high[0])
    both = [*high, _line("learning", 1.5)]
    assert extremes(both) == (both[-1], high[0])
    wide = [_line("feedback", 3.6, 1.5), _line("safety", 2.8, 1.5)]
    assert extremes(wide) == (None, None)


def test_beside_each_other_a_small_unit_lies_closer_to_the_whole_and_a_large_one_is_left_as_it_is():
    whole, small, large = Figure(900, 3.4, 3.3, 3.5), Figure(6, 4.4, 3.6, 5.0), Figure(300, 4.0, 3.8, 4.2)
    assert careful(small, whole, 0.05) < careful(large, whole, 0.05) < small.mean
    assert careful(small, whole, 0.05) == pytest.approx(3.4 + 0.24)
    assert careful(small, whole, 0.0) == whole.mean
    assert careful(small, whole, None) == careful(small, None, 0.05) == small.mean


def test_three_starters_come_from_three_subjects_and_what_moved_comes_first():
    lines = [
        _line("listening", 3.0),
        _line("feedback", 3.2, change=Change.MOVED_DOWN),
        _line("safety", 4.4),
        _line("learning", 3.1),
    ]
    found = starters_from(lines)
    assert len({name for name, _what, _starter in found}) == 3
    assert found[0][:2] == ("feedback", Situation.MOVED_DOWN)
    assert ("safety", Situation.STANDS_OUT_HIGH) in [one[:2] for one in found]
    assert starters_from([]) == []


def test_an_average_of_figures_is_told_only_when_each_of_them_is():
    figures = {"a": Figure(9, 3.0, 2.5, 3.5), "b": Figure(7, 4.0, 3.5, 4.5)}
    assert together(figures, ["a", "b"]) == Figure(7, 3.5, 3.0, 4.0)
    assert together(figures, ["a", "b", "c"]) is None


def test_bounds_that_would_read_the_same_have_a_digit_more():
    assert facts_of(Figure(900, 3.66, 3.64, 3.69)) == {"mean": "3,7", "low": "3,6", "high": "3,7"}
    assert facts_of(Figure(900, 3.68, 3.66, 3.71)) == {"mean": "3,7", "low": "3,66", "high": "3,71"}
