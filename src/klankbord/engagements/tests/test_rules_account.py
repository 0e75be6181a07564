"""What may stand in the account of a year: nobody finds a small part by subtracting, however small the tables are."""

from collections import defaultdict
from itertools import product

import pytest

from klankbord.engagements.rules.account import LEAST, Counted, Facts, figure, is_over, protected, rounded

MOST = 13


def people(number):
    return Counted(number, number)


def published(total, first, second):
    """One total that is split in two ways, as it is published."""
    splits = {
        "by": {"a": people(first), "b": people(total - first)},
        "also": {"c": people(second), "d": people(total - second)},
    }
    told = figure(people(total), splits)
    return repr(told), told


def possible_worlds():
    """By what is published: everything that may be true all the same."""
    worlds = defaultdict(list)
    for total in range(MOST + 1):
        for first, second in product(range(total + 1), repeat=2):
            worlds[published(total, first, second)[0]].append((total, first, total - first, second, total - second))
    return worlds


def test_no_number_of_one_to_four_people_follows_from_what_stands_there():
    for told, worlds in possible_worlds().items():
        for place in range(5):
            values = {world[place] for world in worlds}
            small = values & set(range(1, LEAST))
            assert not small or len(values) >= LEAST - 1, (told, place, values)
            if len(values) == 1:
                assert values.isdisjoint(range(1, LEAST)), (told, place)


def test_nobody_finds_a_small_group_where_two_ways_of_splitting_meet():
    """Who is in a and in c: the fewest and the most it can be are never the same number from one to four."""
    for worlds in possible_worlds().values():
        for left, right in product((1, 2), (3, 4)):
            meets = [range(max(0, w[left] + w[right] - w[0]), min(w[left], w[right]) + 1) for w in worlds]
            values = {one for span in meets for one in span}
            assert len(values) > 1 or values.isdisjoint(range(1, LEAST))


def test_a_split_that_is_wholly_of_five_or_more_is_not_hidden_without_need():
    for total in range(LEAST, MOST + 1):
        for first in range(total + 1):
            fits = all(part == 0 or part >= LEAST for part in (first, total - first))
            assert (published(total, first, 0)[1]["by"] is not None) == fits


@pytest.mark.parametrize("few", range(LEAST))
def test_four_one_and_nobody_look_the_same(few):
    assert published(few, 0, few)[1] == {"total": None, "by": None, "also": None}


def test_a_number_of_things_counts_by_the_people_it_is_about():
    often = Counted(count=40, people=4)
    assert figure(often, {})["total"] is None
    whole = Counted(count=60, people=9)
    assert figure(whole, {"by": {"a": often, "b": Counted(20, 5)}}) == {"total": 60, "by": None}


def facts(**changed):
    nothing = people(0)
    begun = {
        "requests": nothing,
        "one_talk": {},
        "begun": nothing,
        "employer": {},
        "at_the_end": {},
        "coaches": nothing,
        "coach_employer": {},
        "coach_norms": {},
        "places": 0,
    }
    return protected(Facts(**{**begun, **changed}))


def test_hours_stand_there_in_tens_and_money_in_hundreds():
    assert facts(hours=123)["hours"] == 120
    assert facts(hours=None)["hours"] is None
    assert facts(spent=(3, 1_234_567))["spent"] == {"quarter": 3, "euros": 12_300}
    assert facts(spent=(4, 1_000))["spent"] is None
    assert rounded(4, 10) is None
    assert rounded(5, 10) == 10


def test_a_year_is_over_when_the_next_one_began():
    from datetime import date

    assert is_over(2025, date(2026, 1, 1))
    assert not is_over(2026, date(2026, 12, 31))
