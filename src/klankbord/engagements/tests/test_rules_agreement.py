"""The clauses of an agreement: filled from facts, compared between versions, accepted by each."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.comparison import SegmentKind
from klankbord.core.wording import LANGUAGES, Language
from klankbord.engagements.rules.agreement import (
    ANYBODY,
    AgreementFacts,
    ChangeKind,
    Clause,
    differences,
    is_same,
    reads_as_filled,
    waits_for,
)
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.texts import clauses, filled_clauses

FACTS = AgreementFacts(
    client="Johan",
    coach="Marieke",
    manager="Anton",
    direction="Een plan waar iedereen achter staat.",
    weekday=1,
    time=time(9, 30),
    place="de kamer van Marieke",
)
BOTH = (Role.CLIENT, Role.COACH)


def text_of(clause_id: str, facts: AgreementFacts, language: Language = "nl") -> str:
    return next(clause.text for clause in filled_clauses(facts, language) if clause.id == clause_id)


def test_the_rhythm_of_johans_talks_stands_in_words() -> None:
    assert text_of("talks", FACTS).startswith("We plannen 7 gesprekken van een uur, elke 3 weken.")
    assert text_of("talks", FACTS, "en").startswith("We plan 7 talks of one hour, every 3 weeks.")


def test_the_fixed_moment_names_day_and_time() -> None:
    assert text_of("moment", FACTS).startswith("We praten op dinsdag om 9.30 uur.")


def test_the_direction_stands_there_in_johans_own_words() -> None:
    assert "\nEen plan waar iedereen achter staat.\n" in text_of("direction", FACTS)


def test_without_a_direction_the_agreement_can_begin_all_the_same() -> None:
    assert text_of("direction", replace(FACTS, direction="  ")).startswith("We hebben nog geen vaste richting.")


@pytest.mark.parametrize("missing", [{"weekday": None}, {"time": None}])
def test_a_moment_known_by_half_is_not_stated(missing: dict[str, None]) -> None:
    assert text_of("moment", replace(FACTS, **missing)).startswith("We kiezen nog een vaste dag en tijd.")  # type: ignore[arg-type]


def test_the_client_tells_the_manager_and_the_coach_does_not() -> None:
    assert text_of("manager", FACTS) == (
        "Johan vertelt zelf aan Anton hoe het gaat, en bepaalt wat. "
        "Marieke praat niet over Johan buiten Johan om: niet met Anton en ook niet met anderen."
    )


def test_a_third_party_stands_in_an_agreement_of_three_and_in_no_other() -> None:
    assert "sponsor" not in {clause.id for clause in filled_clauses(FACTS, "nl")}
    three = replace(FACTS, sponsor="Anton")
    assert "niets van wat we bespreken of opschrijven" in text_of("sponsor", three)
    assert text_of("changing", three).endswith("als Johan, Marieke en Anton er ja tegen zeggen.")
    assert text_of("changing", FACTS).endswith("als we er allebei ja tegen zeggen.")


@pytest.mark.parametrize("language", LANGUAGES)
@given(sponsor=st.sampled_from(["", "Anton", "{coach}", "Zoë"]), manager=st.sampled_from(["", "Anton"]))
def test_whoever_takes_part_no_placeholder_is_left_and_only_the_third_adds_a_clause(
    language: Language, sponsor: str, manager: str
) -> None:
    without = filled_clauses(replace(FACTS, manager=manager), language)
    filled = filled_clauses(replace(FACTS, manager=manager, sponsor=sponsor), language)
    assert len(filled) - len(without) == bool(sponsor)
    assert all("{client}" not in clause.text for clause in filled)


def test_a_clause_nobody_touched_is_known_again_whoever_the_third_party_was() -> None:
    pattern = text_of("changing", replace(FACTS, sponsor=ANYBODY))
    assert reads_as_filled(text_of("changing", replace(FACTS, sponsor="Els")), pattern)
    assert not reads_as_filled(text_of("changing", FACTS), pattern)
    assert not reads_as_filled("We veranderen nooit iets.", pattern)


@given(name=st.text(min_size=1, max_size=20), more=st.text(max_size=20))
def test_only_the_name_may_differ(name: str, more: str) -> None:
    pattern = text_of("sponsor", replace(FACTS, sponsor=ANYBODY))
    filled = text_of("sponsor", replace(FACTS, sponsor=name))
    assert reads_as_filled(filled, pattern) or not name.strip()
    assert not reads_as_filled("Nooit " + more, pattern)


def test_all_that_johans_contract_held_is_in_the_clauses() -> None:
    wanted = {
        "direction", "talks", "moment", "place", "method", "confidentiality", "limits", "evaluation", "report",
        "manager", "effort", "costs",
    }  # fmt: skip
    assert wanted <= {clause.id for clause in filled_clauses(FACTS, "nl")}


def test_costs_are_stated_in_the_words_given() -> None:
    assert text_of("costs", replace(FACTS, costs="De afdeling betaalt 700 euro.")) == "De afdeling betaalt 700 euro."


def test_braces_in_somebodys_own_words_stay_as_they_are() -> None:
    assert "{coach}" in text_of("direction", replace(FACTS, direction="Een plan met {coach} erin"))


@pytest.mark.parametrize(
    "promise",
    [
        "direction",
        "talks",
        "moment",
        "place",
        "method",
        "confidentiality",
        "limits",
        "evaluation",
        "report",
        "manager",
        "effort",
        "costs",
        "stopping",
        "retention",
    ],
)
def test_no_clause_of_the_agreement_is_missing(promise: str) -> None:
    assert promise in {template.id for template in clauses().templates}


# A name that reads like a gap is none.
NAMES = st.text(min_size=1, max_size=8).filter(lambda name: not set(name) & set("{}") and "None" not in name)


@given(
    facts=st.builds(
        AgreementFacts,
        client=NAMES,
        coach=NAMES,
        manager=st.just("") | NAMES,
        direction=st.just("") | NAMES,
        count=st.integers(1, 20),
        minutes=st.integers(15, 240),
        weeks=st.integers(1, 8),
        weekday=st.none() | st.integers(0, 6),
        time=st.none() | st.times(),
        place=st.just("") | NAMES,
        evaluate_after=st.integers(1, 9),
        retention_months=st.integers(1, 24),
        costs=st.just("") | NAMES,
    ),
    language=st.sampled_from(LANGUAGES),
)
def test_whatever_is_known_no_clause_has_a_gap(facts: AgreementFacts, language: Language) -> None:
    for clause in filled_clauses(facts, language):
        assert clause.text.strip()
        assert "{" not in clause.text
        assert "None" not in clause.text


def test_a_changed_clause_shows_the_words_that_changed() -> None:
    old = filled_clauses(FACTS, "nl")
    (change,) = differences(old, filled_clauses(replace(FACTS, weeks=4), "nl"))
    assert (change.id, change.kind) == ("talks", ChangeKind.CHANGED)
    assert [segment.text for segment in change.segments if segment.kind is SegmentKind.ADDED] == ["4"]


def test_an_added_and_a_removed_clause_are_told_apart() -> None:
    one, two = Clause("a", "A", "eerst"), Clause("b", "B", "later")
    changes = differences([one], [two])
    assert [(change.id, change.kind) for change in changes] == [("b", ChangeKind.ADDED), ("a", ChangeKind.REMOVED)]


def test_a_new_title_is_a_change() -> None:
    (change,) = differences([Clause("a", "Oud", "x")], [Clause("a", "Nieuw", "x")])
    assert (change.old_title, change.title) == ("Oud", "Nieuw")


def test_a_version_that_only_differs_in_line_ends_is_the_same() -> None:
    assert is_same([Clause("a", "A", "een\ntwee")], [Clause("a", "A", "een\r\ntwee ")])


CLAUSES = st.lists(
    st.builds(
        Clause, id=st.sampled_from("abcd"), title=st.sampled_from(["A", "B"]), text=st.sampled_from(["x", "y z"])
    ),
    unique_by=lambda clause: clause.id,
)


@given(CLAUSES, CLAUSES)
def test_two_versions_are_the_same_in_both_directions_or_in_neither(old: list[Clause], new: list[Clause]) -> None:
    assert is_same(old, new) is is_same(new, old)
    assert is_same(old, old)


@given(CLAUSES, CLAUSES)
def test_every_clause_that_differs_is_named_once(old: list[Clause], new: list[Clause]) -> None:
    before, after = {c.id: c for c in old}, {c.id: c for c in new}
    expected = {key for key in before | after if before.get(key) != after.get(key)}
    named = [change.id for change in differences(old, new)]
    assert sorted(named) == sorted(expected)


def test_an_agreement_waits_for_whoever_has_not_accepted() -> None:
    assert waits_for(BOTH, {Role.COACH}) == (Role.CLIENT,)


def test_an_agreement_accepted_by_both_waits_for_nobody() -> None:
    assert waits_for(BOTH, set(BOTH)) == ()
