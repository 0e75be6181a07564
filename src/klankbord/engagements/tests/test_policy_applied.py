"""An engagement keeps the policy it began under; what it is asked and told goes by that version."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast
from tests.published import FIRST, SECOND, publish
from tests.story import DIRECTION, SLUG, Story, as_person, matched, requested, running, tuesday_at_ten

from klankbord.core import clock
from klankbord.engagements.actions.agreements import Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.course import go_on
from klankbord.engagements.actions.party import ask_in
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.models import Course, Engagement, Request
from klankbord.engagements.queries.agreements import clauses_of, latest_agreement
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.policy import policies_of, policy_of
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.texts import filled_clauses
from klankbord.engagements.writings import Kind
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import PolicyContent, TalkRules, ThreeWay

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CLAUSES = filled_clauses(AgreementFacts(client="Johan", coach="Marieke"), "nl")


@pytest.fixture
def first(cast: Cast) -> PolicyVersion:
    return publish(cast, FIRST)


@pytest.fixture
def engagement(cast: Cast, first: PolicyVersion) -> Engagement:
    """Johan chose Marieke under the first policy, and goes on with her."""
    found = matched(cast, requested(cast)[2])[1]
    with as_person(cast.johan):
        go_on(standing=engagement_for(cast.johan, found.pk), slug=SLUG)
    return found


@pytest.fixture
def johan(cast: Cast, engagement: Engagement) -> Visitor:
    return Visitor(cast.johan, engagement.pk)


@pytest.fixture
def marieke(cast: Cast, engagement: Engagement) -> Visitor:
    return Visitor(cast.marieke, engagement.pk)


def plan(**more: Any) -> Plan:
    usual = {"count": 5, "minutes": 45, "weeks": 2, "evaluate_after": 2, "retention_months": 3}
    return Plan(first=tuesday_at_ten(3).isoformat(), place="Kamer 4.12", **{**usual, **more})


def agreed(cast: Cast, engagement: Engagement, *, newer_policy: bool = False, **more: Any) -> None:
    """Johan laid a version down, and Marieke said yes."""
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        last = latest_agreement(engagement)
        version = propose_agreement(
            standing=standing,
            slug=SLUG,
            clauses=CLAUSES,
            plan=plan(**more),
            based_on=last.version if last else 0,
            newer_policy=newer_policy,
        )
    with as_person(cast.marieke):
        accept_agreement(standing=engagement_for(cast.marieke, engagement.pk), slug=SLUG, agreement=version)


def under(cast: Cast, engagement: Engagement) -> int:
    """The number of the version this engagement is under, as its client finds it."""
    with as_person(cast.johan):
        return policy_of(engagement_for(cast.johan, engagement.pk).engagement).number


# --- the version --------------------------------------------------------------------------------------------------


def test_without_a_policy_an_engagement_is_under_the_template(cast: Cast) -> None:
    engagement = matched(cast, requested(cast)[2])[1]
    with as_person(cast.johan):
        policies = policies_of(engagement_for(cast.johan, engagement.pk).engagement)
    assert (policies.kept.number, policies.kept.content, policies.newer) == (0, PolicyContent(), False)


def test_an_engagement_keeps_the_version_it_began_under_when_a_newer_one_is_published(
    cast: Cast, engagement: Engagement
) -> None:
    agreed(cast, engagement)
    publish(cast, SECOND)
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        policies = policies_of(standing.engagement)
        last = latest_agreement(standing.engagement)
        assert last is not None
        assert (last.plan["count"], clauses_of(last)) == (5, CLAUSES)
        assert standing.course.retention_months == 3
    assert (policies.kept.number, policies.now.number, policies.newer) == (1, 2, True)
    assert [fact.becomes for fact in policies.differences("en")] == ["8 talks", "1 month"]


def test_texts_are_kept_as_the_policy_says_until_the_two_agree_on_it(cast: Cast, engagement: Engagement) -> None:
    def kept() -> int:
        with as_person(cast.johan):
            return Course.objects.get(engagement=engagement).retention_months

    assert kept() == 3
    agreed(cast, engagement, retention_months=12)
    assert kept() == 12


def test_a_newer_agreement_stays_under_the_version_of_the_engagement(cast: Cast, engagement: Engagement) -> None:
    agreed(cast, engagement)
    publish(cast, SECOND)
    agreed(cast, engagement, count=6)
    assert under(cast, engagement) == 1


def test_a_newer_version_is_taken_over_once_both_said_yes_to_that_and_not_before(
    cast: Cast, engagement: Engagement
) -> None:
    agreed(cast, engagement)
    publish(cast, SECOND)
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        version = propose_agreement(
            standing=standing, slug=SLUG, clauses=CLAUSES, plan=plan(), based_on=1, newer_policy=True
        )
    # It says the same but for the policy: that is a version of its own, to be answered.
    assert version.version == 2
    assert under(cast, engagement) == 1
    with as_person(cast.marieke):
        accept_agreement(standing=engagement_for(cast.marieke, engagement.pk), slug=SLUG, agreement=version)
    assert under(cast, engagement) == 2


def test_with_three_a_newer_version_is_taken_over_with_the_third_yes(cast: Cast, engagement: Engagement) -> None:
    agreed(cast, engagement)
    publish(cast, SECOND)
    with as_person(cast.johan):
        ask_in(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG, person=cast.anton)
    agreed(cast, engagement, newer_policy=True)
    assert under(cast, engagement) == 1
    anton = Visitor(cast.anton, engagement.pk)
    assert "under version 2 of the policy" in text_of(anton.open("party"))
    anton.send("party_accept", {"version": 2})
    assert under(cast, engagement) == 2


# --- the agreement on the screen ----------------------------------------------------------------------------------


def on_screen(visitor: Visitor) -> dict[str, Any]:
    """What a browser would send back from the form of the agreement as it stands."""
    form = visitor.open("agreement_edit").context["form"]
    values = {name: form[name].value() for name in form.fields}
    boxes = {name for name in values if name.startswith("in_") or name == "newer_policy"}
    return {name: "on" if name in boxes else value for name, value in values.items() if value not in (None, False)}


def test_the_form_begins_with_the_numbers_of_the_policy(johan: Visitor) -> None:
    form = johan.open("agreement_edit").context["form"]
    begins = {name: form[name].value() for name in ("count", "weeks", "minutes", "evaluate_after", "retention_months")}
    assert begins == {"count": 5, "weeks": 2, "minutes": 45, "evaluate_after": 2, "retention_months": 3}
    assert "5 gesprekken" in " ".join(str(form[name].value()) for name in form.fields if name.startswith("text_"))


def test_another_number_than_usual_is_answered_with_the_clause_and_may_be_laid_down(johan: Visitor) -> None:
    values = {**on_screen(johan), "day": tuesday_at_ten(3).date().isoformat(), "time": "10:00", "count": "12"}
    shown = text_of(johan.send("agreement_edit", {**values, "refill": "1"}))
    assert "The policy has at most 10 talks in mind. These are 12." in shown
    assert "A coaching has a usual number of talks" in shown
    values = {**on_screen(johan), **values}
    form = johan.send("agreement_edit", {**values, "refill": "1"}).context["form"]
    again = {name: form[name].value() for name in form.fields}
    sent = johan.send("agreement_edit", {name: value for name, value in again.items() if value not in (None, False)})
    assert sent.status_code == 302
    assert "The policy has at most 10 talks in mind. These are 12." in text_of(johan.open("agreement"))


def test_client_and_coach_both_see_what_would_be_otherwise_and_that_theirs_stays(
    cast: Cast, engagement: Engagement, johan: Visitor, marieke: Visitor
) -> None:
    agreed(cast, engagement)
    for visitor in (johan, marieke):
        assert "Under version 1 of the policy." in text_of(visitor.open("agreement"))
    publish(cast, SECOND)
    for visitor in (johan, marieke):
        shown = text_of(visitor.open("agreement"))
        assert "You agreed under version 1 of the policy. Now version 2 holds for whoever begins." in shown
        assert "was: 5 talks · is now: 8 talks" in shown
        assert "What you agreed stays as it is." in shown


def test_going_on_under_the_newer_version_is_chosen_in_the_form_and_read_before_saying_yes(
    cast: Cast, engagement: Engagement, johan: Visitor, marieke: Visitor
) -> None:
    agreed(cast, engagement)
    assert "newer_policy" not in johan.open("agreement_edit").context["form"].fields
    publish(cast, SECOND)
    values = on_screen(johan)
    assert "newer_policy" not in values
    assert johan.send("agreement_edit", {**values, "newer_policy": "on"}).status_code == 302
    waits = text_of(marieke.open("agreement"))
    assert "From now on under version 2 of the policy" in waits
    assert "was: 3 months · is now: 1 month" in waits
    assert "newer_policy" in on_screen(marieke)
    marieke.send("agreement_accept", {"version": 2})
    assert under(cast, engagement) == 2
    assert "Under version 2 of the policy." in text_of(johan.open("agreement"))


def test_a_draft_in_which_the_box_was_unticked_stays_unticked(
    cast: Cast, engagement: Engagement, marieke: Visitor
) -> None:
    agreed(cast, engagement)
    publish(cast, SECOND)
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        propose_agreement(standing=standing, slug=SLUG, clauses=CLAUSES, plan=plan(), based_on=1, newer_policy=True)
    marieke.type({"place": "Buiten"}, "agreement_edit")
    assert "newer_policy" not in on_screen(marieke)


# --- asking, under way, and at the end ----------------------------------------------------------------------------


def no_single_talk(cast: Cast) -> None:
    publish(cast, replace(FIRST, talks=replace(FIRST.talks, one_talk=False)))


@pytest.mark.parametrize("offered", [True, False])
def test_one_talk_can_be_asked_for_where_the_policy_offers_it(cast: Cast, offered: bool) -> None:
    johan = Visitor(cast.johan)
    once = johan.open("ask").context["form"]["once"].value()
    johan.send("ask", {"once": once, "words": "Ik wil een keer sparren."})
    johan.send("ask_wishes", {"length": "one", "language": "nl", "place": "any", "employer": "any"})
    if not offered:
        # In between the policy changed: what lies in the draft of it is not asked for any more.
        no_single_talk(cast)
    assert ("One talk may be enough" in text_of(johan.open("ask_wishes"))) == offered
    form = johan.open("ask_send").context["form"]
    johan.send("ask_send", {name: form[name].value() for name in form.fields})
    with as_person(cast.johan):
        assert Request.objects.get(client=cast.johan).one_talk == offered


def test_the_short_way_of_one_engagement_goes_by_its_own_policy(cast: Cast, first: PolicyVersion) -> None:
    early = matched(cast, requested(cast)[2])[1]
    no_single_talk(cast)
    johan = Visitor(cast.johan, early.pk)
    assert "One talk may be enough" in text_of(johan.open("engagement"))
    johan.send("choose_route", {"route": "short"})
    with as_person(cast.johan):
        assert Course.objects.get(engagement=early).route == Course.Route.SHORT


def test_where_the_policy_has_no_single_talk_the_way_there_is_explained_and_not_taken(cast: Cast) -> None:
    no_single_talk(cast)
    engagement = matched(cast, requested(cast)[2])[1]
    johan = Visitor(cast.johan, engagement.pk)
    assert "One talk may be enough" not in text_of(johan.open("engagement"))
    johan.send("choose_route", {"route": "short"})
    assert "You may stop after each of them." in text_of(johan.open("engagement"))
    with as_person(cast.johan):
        assert Course.objects.get(engagement=engagement).route == Course.Route.FULL


def begun(cast: Cast, engagement: Engagement, weeks: int) -> None:
    """The first talk was so many weeks ago."""
    first = tuesday_at_ten(-weeks)
    with clock.stopped_at(first - timedelta(days=1)):
        with as_person(cast.johan):
            version = propose_agreement(
                standing=engagement_for(cast.johan, engagement.pk),
                slug=SLUG,
                clauses=CLAUSES,
                plan=replace(plan(), first=first.isoformat()),
                based_on=0,
            )
        with as_person(cast.marieke):
            accept_agreement(standing=engagement_for(cast.marieke, engagement.pk), slug=SLUG, agreement=version)


def test_a_direction_that_is_not_on_paper_is_told_to_both_without_hurry_until_it_is(
    cast: Cast, engagement: Engagement, johan: Visitor, marieke: Visitor
) -> None:
    begun(cast, engagement, 5)
    line = "Often a direction is on paper after talk 3. Here it is not yet. That is fine"
    for visitor in (johan, marieke):
        assert line in text_of(visitor.open("engagement"))
        assert line in text_of(visitor.open("session", number=3))
        assert line not in text_of(visitor.open("session", number=2))
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        save_text(standing=standing, slug=SLUG, kind=Kind.DIRECTION, text=DIRECTION)
    for visitor in (johan, marieke):
        assert line not in text_of(visitor.open("engagement"))
        assert line not in text_of(visitor.open("session", number=3))


def test_looking_back_half_way_is_named_after_the_talk_that_was_agreed_until_one_did(
    cast: Cast, engagement: Engagement, johan: Visitor
) -> None:
    begun(cast, engagement, 3)
    line = "After talk 2 you look back together"
    assert line in text_of(johan.open("engagement"))
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        save_text(standing=standing, slug=SLUG, kind=Kind.INTERIM, text="Meer stilte.")
    assert line not in text_of(johan.open("engagement"))


def test_a_talk_of_three_is_named_when_somebody_else_takes_part_as_the_policy_says(cast: Cast) -> None:
    publish(cast, replace(FIRST, talks=replace(FIRST.talks, three_way=ThreeWay.USUAL)))
    engagement = matched(cast, requested(cast)[2])[1]
    johan = Visitor(cast.johan, engagement.pk)
    with as_person(cast.johan):
        go_on(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG)
    begun(cast, engagement, 1)
    line = "Usually the three of you talk once at the start."
    assert line not in text_of(johan.open("engagement"))
    with as_person(cast.johan):
        ask_in(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG, person=cast.anton)
    assert line in text_of(johan.open("engagement"))
    assert "Usually the three of you talk once more at the end." in text_of(johan.open("closing"))


def test_at_the_end_the_policy_keeps_nobody_from_rounding_off(
    cast: Cast, engagement: Engagement, johan: Visitor
) -> None:
    begun(cast, engagement, 3)
    shown = text_of(johan.open("closing"))
    assert "At the end you look back together at what it brought. You may also round off without it." in shown
    assert "Texts of a closed coaching are destroyed after the agreed term." in shown
    johan.send("closing_begin")
    johan.send("closing_close")
    with as_person(cast.johan):
        assert engagement_for(cast.johan, engagement.pk).engagement.closed_on == clock.today()


# --- the coordinator ----------------------------------------------------------------------------------------------


def test_the_coordinator_sees_which_run_under_an_earlier_version_and_what_the_versions_say_otherwise(
    cast: Cast, engagement: Engagement
) -> None:
    fatima = Visitor(cast.fatima)
    # What the two agreed has a number of its own: it may not show.
    agreed(cast, engagement, count=9, retention_months=11)
    assert "Nothing runs under an earlier policy" in text_of(fatima.open("outline_policy"))
    publish(cast, SECOND)
    shown = text_of(fatima.open("outline_policy"))
    assert "Under version 1" in shown
    assert "Johan de Wit" in shown
    assert "was: 5 talks · is now: 8 talks" in shown
    assert "was: 3 months · is now: 1 month" in shown
    assert "9 talks" not in shown
    assert "11 months" not in shown
    agreed(cast, engagement, newer_policy=True)
    assert "Johan de Wit" not in text_of(fatima.open("outline_policy"))


def test_what_began_before_there_was_a_policy_is_told_apart(cast: Cast) -> None:
    story: Story = running(cast)
    publish(cast, PolicyContent(talks=TalkRules(count=5)))
    shown = text_of(Visitor(cast.fatima).open("outline_policy"))
    assert "Begun before there was a policy" in shown
    assert "was: 7 talks · is now: 5 talks" in shown
    johan = Visitor(cast.johan, story.engagement.pk)
    assert "You began before there was a policy here." in text_of(johan.open("agreement"))


def test_what_is_over_differs_from_nothing_any_more(cast: Cast, engagement: Engagement, johan: Visitor) -> None:
    publish(cast, SECOND)
    assert "Johan de Wit" in text_of(Visitor(cast.fatima).open("outline_policy"))
    johan.send("engagement_stop")
    assert "Johan de Wit" not in text_of(Visitor(cast.fatima).open("outline_policy"))
