"""Who may coach whom, and when a coordinator steps aside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES
from klankbord.engagements.rules.match import (
    MATCH_CODES,
    Candidate,
    ClientFacts,
    ToldTo,
    match_findings,
    steps_aside,
)
from klankbord.policy.rules.content import MatchRules
from klankbord.policy.rules.finding import Finding, Severity, blocking

JOHAN = ClientFacts(
    person_id="johan",
    name="Johan",
    unit_id="permits",
    unit_path=("ministry", "environment"),
    manager_id="anton",
    managers_up=("anton", "director"),
    languages=frozenset({"nl", "en"}),
)
MARIEKE = Candidate(
    person_id="marieke",
    name="Marieke",
    unit_id="roads",
    unit_path=("ministry", "transport"),
    manager_id="petra",
    managers_up=("petra", "secretary"),
    languages=frozenset({"nl"}),
    open_engagements=1,
    capacity=3,
)
FATIMA = ClientFacts(person_id="fatima", name="Fatima", manager_id="hr", managers_up=("hr",))


def codes(client: ClientFacts, coach: Candidate) -> list[str]:
    return [finding.code for finding in match_findings(client, coach)]


def test_nothing_stands_between_johan_and_marieke() -> None:
    assert match_findings(JOHAN, MARIEKE) == []


def test_nobody_coaches_themselves() -> None:
    assert codes(JOHAN, replace(MARIEKE, person_id="johan")) == ["match.same_person"]


def test_the_client_reads_why_a_coach_under_the_same_manager_is_refused() -> None:
    coach = replace(MARIEKE, manager_id="anton", managers_up=("anton", "director"))
    (finding,) = match_findings(JOHAN, coach, told_to=ToldTo.CLIENT)
    assert finding.text("nl") == "Marieke en jij vallen onder dezelfde leidinggevende."
    assert finding.severity is Severity.BLOCKS


def test_the_coordinator_reads_both_names() -> None:
    coach = replace(MARIEKE, manager_id="anton", managers_up=("anton",))
    (finding,) = match_findings(JOHAN, coach)
    assert finding.text("nl") == "Marieke en Johan vallen onder dezelfde leidinggevende."
    assert finding.text("en") == "Marieke and Johan report to the same manager."


@pytest.mark.parametrize("above", ["anton", "director"])
def test_a_coach_anywhere_above_the_client_is_refused(above: str) -> None:
    assert "match.coach_leads_client" in codes(JOHAN, replace(MARIEKE, person_id=above))


def test_a_coach_somewhere_below_the_client_is_refused() -> None:
    coach = replace(MARIEKE, manager_id="petra", managers_up=("petra", "johan", "anton"))
    assert "match.client_leads_coach" in codes(JOHAN, coach)


def test_the_direct_manager_counts_when_the_chain_was_not_given() -> None:
    client = replace(JOHAN, managers_up=())
    assert "match.coach_leads_client" in codes(client, replace(MARIEKE, person_id="anton"))


def test_a_coach_from_the_same_unit_is_refused() -> None:
    assert codes(JOHAN, replace(MARIEKE, unit_id="permits", unit_path=JOHAN.unit_path)) == ["match.same_unit"]


def test_a_shared_directorate_is_mentioned_but_blocks_nothing() -> None:
    findings = match_findings(JOHAN, replace(MARIEKE, unit_path=("ministry", "environment")))
    assert [finding.code for finding in findings] == ["match.same_directorate"]
    assert blocking(findings) == []


def test_the_staff_office_of_a_directorate_shares_that_directorate_with_its_teams() -> None:
    assert codes(JOHAN, replace(MARIEKE, unit_id="environment", unit_path=("ministry",))) == ["match.same_directorate"]


def test_sharing_only_the_whole_organisation_is_not_worth_a_word() -> None:
    assert codes(JOHAN, replace(MARIEKE, unit_path=("ministry",))) == []


def test_a_full_coach_is_refused() -> None:
    assert codes(JOHAN, replace(MARIEKE, open_engagements=3)) == ["match.no_free_place"]


def test_a_coach_who_took_one_more_than_planned_is_just_full() -> None:
    assert replace(MARIEKE, open_engagements=4).free_places == 0


def test_a_coach_who_takes_nobody_new_gives_that_one_reason() -> None:
    assert codes(JOHAN, replace(MARIEKE, accepts_clients=False, open_engagements=3)) == ["match.takes_a_break"]


def test_no_shared_language_warns() -> None:
    (finding,) = match_findings(JOHAN, replace(MARIEKE, languages=frozenset({"fr"})))
    assert (finding.code, finding.severity) == ("match.no_shared_language", Severity.WARNS)


def test_unknown_languages_are_no_reason_to_warn() -> None:
    assert codes(JOHAN, replace(MARIEKE, languages=frozenset())) == []


def test_a_coach_employed_elsewhere_passes_the_rules_on_unit_and_shared_manager() -> None:
    coach = replace(MARIEKE, external=True, unit_id="permits", manager_id="anton", managers_up=())
    assert blocking(match_findings(JOHAN, coach)) == []


def test_a_hired_manager_cannot_coach_the_people_they_lead() -> None:
    client = replace(JOHAN, managers_up=("anton", "interim"))
    assert "match.coach_leads_client" in codes(client, replace(MARIEKE, person_id="interim", external=True))


def test_people_without_a_manager_do_not_share_one() -> None:
    top = replace(JOHAN, manager_id=None, managers_up=())
    assert codes(top, replace(MARIEKE, manager_id=None, managers_up=())) == []


def test_people_without_a_unit_do_not_share_one() -> None:
    client = replace(JOHAN, unit_id=None, unit_path=())
    assert codes(client, replace(MARIEKE, unit_id=None, unit_path=())) == []


def test_all_reasons_are_given_heaviest_first() -> None:
    coach = replace(
        MARIEKE,
        manager_id="anton",
        managers_up=("anton",),
        unit_path=("ministry", "environment"),
        languages=frozenset({"fr"}),
        open_engagements=3,
    )
    assert codes(JOHAN, coach) == [
        "match.same_manager",
        "match.no_free_place",
        "match.no_shared_language",
        "match.same_directorate",
    ]


def test_a_name_with_braces_in_it_is_shown_as_it_is() -> None:
    (finding,) = match_findings(JOHAN, replace(MARIEKE, name="M{0}", open_engagements=3))
    assert finding.text("en") == "M{0} has no free place now."


def test_whoever_shows_a_finding_may_put_in_another_name() -> None:
    (finding,) = match_findings(JOHAN, replace(MARIEKE, open_engagements=3))
    assert finding.text("nl", coach="Deze coach") == "Deze coach heeft nu geen plaats vrij."


KEYS = st.sampled_from(["a", "b", "c", "d"])
PEOPLE = st.fixed_dictionaries(
    {
        "person_id": KEYS,
        "name": st.text(max_size=5),
        "unit_id": st.none() | KEYS,
        "unit_path": st.lists(KEYS, max_size=3).map(tuple),
        "manager_id": st.none() | KEYS,
        "managers_up": st.lists(KEYS, max_size=3).map(tuple),
        "languages": st.frozensets(st.sampled_from(["nl", "en"])),
        "external": st.booleans(),
    }
)


@given(PEOPLE, PEOPLE)
def test_the_line_blocks_in_both_directions_alike(one: dict[str, object], other: dict[str, object]) -> None:
    def line_codes(client: dict[str, object], coach: dict[str, object]) -> set[str]:
        found = match_findings(ClientFacts(**client), Candidate(**coach, capacity=1))  # type: ignore[arg-type]
        return {f.code for f in found} & {"match.coach_leads_client", "match.client_leads_coach", "match.same_manager"}

    turned = {
        "match.coach_leads_client": "match.client_leads_coach",
        "match.client_leads_coach": "match.coach_leads_client",
    }
    assert {turned.get(code, code) for code in line_codes(one, other)} == line_codes(other, one)


@given(PEOPLE, PEOPLE, st.integers(0, 3), st.integers(0, 3), st.sampled_from(ToldTo))
def test_every_finding_is_a_whole_sentence_in_both_languages(
    client: dict[str, object], coach: dict[str, object], running: int, capacity: int, told_to: ToldTo
) -> None:
    candidate = Candidate(**coach, open_engagements=running, capacity=capacity)  # type: ignore[arg-type]
    for finding in match_findings(ClientFacts(**client), candidate, told_to=told_to):  # type: ignore[arg-type]
        assert finding.code in MATCH_CODES
        assert all(finding.text(language).endswith((".", "?")) for language in LANGUAGES)


def test_a_coordinator_who_has_nothing_to_do_with_the_client_stays() -> None:
    assert steps_aside(FATIMA, JOHAN) == []


@pytest.mark.parametrize(
    ("coordinator", "code"),
    [
        (replace(FATIMA, person_id="johan"), "aside.own_request"),
        (replace(FATIMA, person_id="director"), "aside.leads_client"),
        (replace(FATIMA, managers_up=("hr", "johan")), "aside.led_by_client"),
    ],
)
def test_a_coordinator_in_the_line_is_asked_to_step_aside(coordinator: ClientFacts, code: str) -> None:
    (finding,) = steps_aside(coordinator, JOHAN)
    assert (finding.code, finding.severity) == (code, Severity.WARNS)


def test_a_coordinator_who_judges_the_client_is_asked_to_step_aside() -> None:
    (finding,) = steps_aside(FATIMA, JOHAN, judges=True)
    assert finding.text("nl") == (
        "Je beslist in een andere rol over Johan. Draag deze aanvraag liever over aan een collega."
    )


# --- what the policy says ---------------------------------------------------------------------------------------


def under(rules: MatchRules, client: ClientFacts = JOHAN, coach: Candidate = MARIEKE) -> list[str]:
    return [finding.code for finding in match_findings(client, coach, rules=rules)]


def test_the_line_counts_as_far_up_and_down_as_the_policy_says() -> None:
    director = replace(MARIEKE, person_id="director")
    assert "match.coach_leads_client" in under(MatchRules(line_levels=2), coach=director)
    assert under(MatchRules(line_levels=1), coach=director) == []
    below = replace(MARIEKE, managers_up=("petra", "johan"))
    assert "match.client_leads_coach" in under(MatchRules(line_levels=2), coach=below)
    assert under(MatchRules(line_levels=1), coach=below) == []


def test_who_led_the_client_in_the_years_that_count_cannot_coach_and_is_told_so() -> None:
    client = replace(JOHAN, above_before=((1, "marieke"),))
    (finding,) = match_findings(client, MARIEKE, told_to=ToldTo.CLIENT)
    assert finding.text("nl") == "Marieke gaf nog niet zo lang geleden leiding aan jou, direct of via anderen."
    assert finding.blocks
    assert under(MatchRules(line_years=0), client=client) == []


def test_the_line_that_was_counts_downwards_and_as_far_as_the_present_one() -> None:
    coach = replace(MARIEKE, above_before=((2, "johan"),))
    assert under(MatchRules(), coach=coach) == ["match.client_led_coach"]
    assert under(MatchRules(line_levels=1), coach=coach) == []


def test_one_relation_in_the_line_is_named_once_also_when_it_was_there_before() -> None:
    client = replace(JOHAN, above_before=((1, "anton"),))
    assert codes(client, replace(MARIEKE, person_id="anton")) == ["match.coach_leads_client"]


def test_the_same_unit_is_no_hindrance_where_the_policy_allows_it() -> None:
    beside = replace(MARIEKE, unit_id="permits", unit_path=JOHAN.unit_path)
    (finding,) = match_findings(JOHAN, beside, rules=MatchRules(same_unit=True))
    assert (finding.code, finding.severity) == ("match.same_unit_allowed", Severity.INFORMS)


def test_where_the_policy_keeps_to_inside_a_coach_from_outside_is_for_what_is_sensitive() -> None:
    outside, inside_only = replace(MARIEKE, external=True), MatchRules(external=False)
    assert under(inside_only, replace(JOHAN, sensitive=True), outside) == ["match.from_elsewhere"]
    assert under(inside_only, replace(JOHAN, sensitive=False), outside) == ["match.external_not_allowed"]
    never = MatchRules(external=False, external_for_sensitive=False)
    assert under(never, replace(JOHAN, sensitive=True), outside) == ["match.external_not_allowed"]


def test_whether_it_is_sensitive_is_asked_and_not_given_away_to_who_may_not_know() -> None:
    (finding,) = match_findings(JOHAN, replace(MARIEKE, external=True), rules=MatchRules(external=False))
    assert finding.severity is Severity.WARNS
    assert finding.text("nl").endswith("Of dat zo is, weet Johan.")


def test_a_coach_known_not_to_speak_the_language_is_refused() -> None:
    (finding,) = match_findings(JOHAN, replace(MARIEKE, languages=frozenset({"fr"}), languages_known=True))
    assert (finding.code, finding.severity) == ("match.no_language_together", Severity.BLOCKS)


def test_who_began_together_before_begins_again_only_when_the_client_asks_for_it() -> None:
    client = replace(JOHAN, began_with=frozenset({"marieke"}))
    assert codes(client, MARIEKE) == ["match.began_before"]
    assert codes(replace(client, asks_for="marieke"), MARIEKE) == []


def test_what_the_norms_say_of_a_coach_stands_among_the_reasons() -> None:
    norm = Finding("quality.training", Severity.BLOCKS, "Nog geen opleiding.", "No training yet.", "quality.internal")
    assert codes(JOHAN, replace(MARIEKE, quality=(norm,))) == ["quality.training"]
