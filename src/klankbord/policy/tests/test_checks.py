"""What the policy says of an engagement: silent where the facts meet it, and never in the way of content or pace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.policy.reading import changed_for_running
from klankbord.policy.rules import checks
from klankbord.policy.rules.checks import EndFacts, PlanFacts, WayFacts
from klankbord.policy.rules.content import MoneyRules, PolicyContent, TalkRules, ThreeWay
from klankbord.policy.rules.finding import Finding, Severity
from klankbord.policy.texts import policy_clauses

few = st.integers(0, 30)
some = st.integers(1, 30)
talk_rules = st.builds(
    TalkRules,
    count=some,
    most=some,
    minutes=st.integers(15, 240),
    weeks=st.integers(1, 12),
    one_talk=st.booleans(),
    direction_by=few,
    interim_after=few,
    three_way=st.sampled_from(ThreeWay),
)
policies = st.builds(
    PolicyContent,
    talks=talk_rules,
    retention_months=st.integers(0, 24),
)
plans = st.builds(
    PlanFacts,
    count=some,
    minutes=st.integers(15, 240),
    weeks=st.integers(1, 12),
    evaluate_after=some,
    retention_months=st.integers(0, 24),
)
ways = st.builds(
    WayFacts,
    held=few,
    direction=st.booleans(),
    evaluate_after=few,
    looked_back=st.booleans(),
    third=st.booleans(),
    met_at_start=st.booleans(),
)
ends = st.builds(EndFacts, looked_back=st.booleans(), third=st.booleans(), met_at_end=st.booleans())


def of_content_and_pace(policy: PolicyContent, plan: PlanFacts, way: WayFacts, end: EndFacts) -> list[Finding]:
    return [
        *checks.plan_findings(policy, plan),
        *checks.way_findings(policy, way),
        *checks.end_findings(policy, end),
    ]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@given(policies, plans, ways, ends)
def test_nothing_about_content_or_pace_stands_in_the_way(
    policy: PolicyContent, plan: PlanFacts, way: WayFacts, end: EndFacts
) -> None:
    assert not any(finding.blocks for finding in of_content_and_pace(policy, plan, way, end))


@given(policies, plans, ways, ends)
def test_every_finding_names_a_clause_there_is_and_says_something_in_both_languages(
    policy: PolicyContent, plan: PlanFacts, way: WayFacts, end: EndFacts
) -> None:
    known = {clause.id for clause in policy_clauses()}
    found = [*of_content_and_pace(policy, plan, way, end), *checks.one_talk(policy)]
    assert {finding.clause for finding in found} <= known
    assert all(finding.text("nl") != finding.text("en") for finding in found)


def as_the_policy_says(policy: PolicyContent) -> PlanFacts:
    talks = policy.talks
    return PlanFacts(
        count=talks.count,
        minutes=talks.minutes,
        weeks=talks.weeks,
        evaluate_after=talks.interim_after,
        retention_months=policy.retention_months,
    )


@given(policies.filter(lambda policy: policy.talks.count <= policy.talks.most))
def test_the_rules_are_silent_when_all_is_as_the_policy_says(policy: PolicyContent) -> None:
    way = WayFacts(held=30, direction=True, looked_back=True, third=True, met_at_start=True)
    end = EndFacts(looked_back=True, third=True, met_at_end=True)
    assert of_content_and_pace(policy, as_the_policy_says(policy), way, end) == []


@given(policies, some, some)
def test_with_fewer_talks_there_are_never_too_many_all_at_once(policy: PolicyContent, one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    if "plan.too_many_talks" not in codes(checks.number_of_talks(policy, more)):
        assert "plan.too_many_talks" not in codes(checks.number_of_talks(policy, fewer))


@given(policies, ways)
def test_writing_a_direction_or_looking_back_ends_the_line_about_it(policy: PolicyContent, way: WayFacts) -> None:
    assert checks.direction_on_paper(policy, replace(way, direction=True)) == []
    assert checks.time_to_look_back(policy, replace(way, looked_back=True)) == []


@pytest.mark.parametrize(
    ("count", "code"),
    [(7, []), (1, []), (5, ["plan.other_number"]), (10, ["plan.other_number"]), (11, ["plan.too_many_talks"])],
)
def test_more_talks_than_the_policy_has_in_mind_is_a_warning_and_another_number_a_remark(
    count: int, code: list[str]
) -> None:
    found = checks.number_of_talks(PolicyContent(), count)
    assert codes(found) == code
    assert all((finding.severity is Severity.WARNS) == (count > 10) for finding in found)


@pytest.mark.parametrize(("held", "said"), [(2, 0), (3, 1), (4, 1), (5, 0)])
def test_a_direction_that_is_not_on_paper_is_said_around_that_talk_and_not_for_ever(held: int, said: int) -> None:
    found = checks.direction_on_paper(PolicyContent(), WayFacts(held=held))
    assert len(found) == said
    assert all("Dat kan" in finding.text("nl") for finding in found)


def test_looking_back_goes_by_what_the_two_agreed_before_what_the_policy_says() -> None:
    policy = PolicyContent(talks=TalkRules(interim_after=3))
    assert checks.time_to_look_back(policy, WayFacts(held=3, evaluate_after=5)) == []
    assert codes(checks.time_to_look_back(policy, WayFacts(held=5, evaluate_after=5))) == ["way.look_back"]
    assert codes(checks.time_to_look_back(policy, WayFacts(held=3))) == ["way.look_back"]


@pytest.mark.parametrize(("rule", "said"), [(ThreeWay.NOT, 0), (ThreeWay.OFFERED, 1), (ThreeWay.USUAL, 1)])
def test_a_talk_of_three_is_named_only_where_somebody_else_takes_part(rule: ThreeWay, said: int) -> None:
    policy = PolicyContent(talks=TalkRules(three_way=rule))
    assert len(checks.three_way(policy, WayFacts(held=0, third=True))) == said
    assert checks.three_way(policy, WayFacts(held=0)) == []
    assert len(checks.end_findings(policy, EndFacts(looked_back=True, third=True))) == said


def test_one_talk_can_be_chosen_where_the_policy_offers_it() -> None:
    assert checks.one_talk(PolicyContent()) == []
    (found,) = checks.one_talk(PolicyContent(talks=TalkRules(one_talk=False)))
    assert found.blocks
    assert "stoppen" in found.text("nl")


def test_a_plan_of_one_talk_is_not_asked_to_look_back_half_way() -> None:
    assert checks.half_way(PolicyContent(), evaluate_after=1, count=1) == []


# --- two versions side by side ------------------------------------------------------------------------------------


@given(policies, policies)
def test_turned_round_the_same_values_differ_with_was_and_becomes_exchanged(
    one: PolicyContent, other: PolicyContent
) -> None:
    there, back = changed_for_running(one, other, "nl"), changed_for_running(other, one, "nl")
    assert [(fact.name, fact.was, fact.becomes) for fact in there] == [
        (fact.name, fact.becomes, fact.was) for fact in back
    ]


@given(policies, policies)
def test_two_versions_say_the_same_only_when_everything_of_talks_and_keeping_is_the_same(
    one: PolicyContent, other: PolicyContent
) -> None:
    same = (one.talks, one.retention_months) == (other.talks, other.retention_months)
    assert (changed_for_running(one, other, "en") == ()) == same


def test_what_a_running_coaching_has_nothing_to_do_with_is_left_out() -> None:
    old = PolicyContent()
    assert changed_for_running(old, replace(old, review_months=3, money=MoneyRules(rate_most=90)), "nl") == ()
    told = changed_for_running(old, replace(old, retention_months=1), "nl")
    assert [(fact.was, fact.becomes) for fact in told] == [("6 maanden", "1 maand")]
