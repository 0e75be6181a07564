"""The quality criteria: what is asked, when it warns, and when it stands in the way of new clients."""

from datetime import date, timedelta

import pytest

from klankbord.coaches.rules.quality import GRACE, CoachFacts, Counted, Held, Paper, quality_findings
from klankbord.coaches.texts import quality_help
from klankbord.policy.rules.content import QualityRules
from klankbord.policy.rules.finding import Severity
from klankbord.policy.texts import policy_clause

TODAY = date(2026, 11, 29)
LONG_AGO = date(2024, 1, 1)
BLOCKS, WARNS, INFORMS = Severity.BLOCKS, Severity.WARNS, Severity.INFORMS
ETHICS = Paper(kind=Held.CODE_OF_ETHICS, looked_at=True)
TRAINING = Paper(kind=Held.TRAINING, looked_at=True)
SUPERVISION = Paper(kind=Held.SUPERVISION, looked_at=True)


def eia(days: int | None, *, body: str = "emcc_eia") -> Paper:
    until = None if days is None else TODAY + timedelta(days=days)
    return Paper(kind=Held.ACCREDITATION, body=body, until=until, looked_at=True)


def coach(*papers: Paper, external: bool = False, since: date = LONG_AGO, **counted: Counted) -> CoachFacts:
    return CoachFacts(external=external, since=since, papers=papers, **counted)


def found(facts: CoachFacts, rules: QualityRules | None = None, *, today: date = TODAY, since: date | None = LONG_AGO):
    findings = quality_findings(rules or QualityRules(), facts, today=today, asked_since=since)
    for finding in findings:
        # Every finding names a rule that exists, says something in both languages, and knows what would help.
        assert policy_clause(finding.clause)
        assert finding.text("nl") != finding.text("en")
        assert "{" not in finding.text("nl") + finding.text("en")
        assert quality_help()[finding.code]
    return [(finding.code, finding.severity) for finding in findings]


def test_an_internal_coach_with_training_and_a_signed_code_meets_them_all():
    assert found(coach(TRAINING, ETHICS)) == []


def test_what_is_missing_stands_in_the_way_of_new_clients():
    assert found(coach()) == [("training_missing", BLOCKS), ("ethics_missing", BLOCKS)]
    assert found(coach(external=True)) == [
        ("accreditation_missing", BLOCKS),
        ("supervision_missing", BLOCKS),
        ("ethics_missing", BLOCKS),
    ]


def test_as_long_as_no_policy_was_published_and_for_a_while_after_that_it_only_warns():
    warned = [("training_missing", WARNS), ("ethics_missing", WARNS)]
    assert found(coach(), since=None) == warned
    assert found(coach(), since=TODAY - GRACE) == warned
    assert found(coach(), since=TODAY - GRACE - timedelta(days=1))[0] == ("training_missing", BLOCKS)


def test_a_policy_that_asks_nothing_finds_nothing():
    nothing = QualityRules(
        internal_training=False,
        internal_intervision=0,
        external_accreditation=False,
        external_supervision=False,
        code_of_ethics=False,
    )
    none_at_all = Counted(this_year=0, last_year=0)
    assert found(coach(intervision=none_at_all), nothing) == []
    assert found(coach(external=True), nothing) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, []),
        (91, []),
        (90, [("accreditation_ends", INFORMS)]),
        (0, [("accreditation_ends", INFORMS)]),
        (-1, [("accreditation_over", WARNS)]),
        (-92, [("accreditation_over", WARNS)]),
        (-93, [("accreditation_over", BLOCKS)]),
    ],
)
def test_an_accreditation_informs_before_it_ends_warns_after_and_then_blocks(days, expected):
    assert found(coach(eia(days), SUPERVISION, ETHICS, external=True)) == expected


def test_the_latest_of_several_counts_and_only_of_a_body_that_the_policy_accepts():
    assert found(coach(eia(-400), eia(400), SUPERVISION, ETHICS, external=True)) == []
    only_icf = QualityRules(accreditations=("icf",))
    facts = coach(eia(400), SUPERVISION, ETHICS, external=True)
    assert found(facts, only_icf) == [("accreditation_missing", BLOCKS)]
    assert found(coach(eia(400, body="icf"), SUPERVISION, ETHICS, external=True), only_icf) == []


def test_what_nobody_looked_at_counts_all_the_same_and_is_told():
    unseen = Paper(kind=Held.TRAINING)
    assert found(coach(unseen, ETHICS)) == [("not_looked_at", INFORMS)]


@pytest.mark.parametrize(
    ("counted", "today", "expected"),
    [
        (Counted(), TODAY, None),
        (Counted(this_year=4, last_year=0), TODAY, None),
        (Counted(this_year=3, last_year=4), TODAY, INFORMS),
        (Counted(this_year=3, last_year=None), TODAY, INFORMS),
        (Counted(this_year=0, last_year=3), date(2026, 4, 3), WARNS),
        (Counted(this_year=0, last_year=3), date(2026, 4, 4), BLOCKS),
        (Counted(this_year=3, last_year=3), TODAY, BLOCKS),
    ],
    ids=["not counted", "met", "running year", "no last year", "in the grace", "after it", "not made up for"],
)
def test_a_norm_for_a_year_informs_during_it_and_blocks_in_the_spring_after(counted, today, expected):
    findings = found(coach(TRAINING, ETHICS, intervision=counted), today=today)
    assert findings == ([] if expected is None else [("intervision_short", expected)])


def test_a_norm_of_a_year_is_no_norm_for_who_came_during_it():
    short = Counted(this_year=0, last_year=1)
    came = coach(TRAINING, ETHICS, since=date(2025, 1, 2), intervision=short)
    assert found(came) == [("intervision_short", INFORMS)]
    was_there = coach(TRAINING, ETHICS, since=date(2025, 1, 1), intervision=short)
    assert found(was_there) == [("intervision_short", BLOCKS)]


@pytest.mark.parametrize(
    ("hours", "today", "expected"),
    [
        (Counted(), TODAY, None),
        (Counted(this_year=20, last_year=0), TODAY, None),
        (Counted(this_year=5, last_year=30), TODAY, INFORMS),
        (Counted(this_year=5, last_year=None), TODAY, INFORMS),
        (Counted(this_year=0, last_year=19), date(2026, 4, 3), INFORMS),
        (Counted(this_year=0, last_year=19), date(2026, 4, 4), WARNS),
        (Counted(this_year=0, last_year=0), TODAY, WARNS),
    ],
    ids=["not counted", "met", "running year", "no last year", "in the grace", "after it", "none at all"],
)
def test_hours_have_a_norm_of_their_own_that_stands_in_nobodys_way(hours, today, expected):
    rules = QualityRules(internal_hours=20)
    findings = found(coach(TRAINING, ETHICS, hours=hours), rules, today=today)
    assert findings == ([] if expected is None else [("hours_short", expected)])
    came = coach(TRAINING, ETHICS, since=date(2025, 1, 2), hours=hours)
    assert WARNS not in [severity for _code, severity in found(came, rules, today=today)]


def test_no_hours_yet_is_told_as_not_yet_and_never_as_nought():
    rules = QualityRules(internal_hours=20)
    for last_year in (None, 0, 30):
        hours = Counted(this_year=0, last_year=last_year)
        (finding,) = quality_findings(rules, coach(TRAINING, ETHICS, hours=hours), today=TODAY, asked_since=LONG_AGO)
        assert "nog geen" in finding.text("nl")
        assert "none yet" in finding.text("en")
        assert "0" not in finding.text("nl").replace("20", "")
