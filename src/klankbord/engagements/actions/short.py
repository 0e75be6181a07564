"""The short route: choosing it, agreeing on one talk in four lines, and growing into more."""

from collections.abc import Sequence

from klankbord.engagements.actions._steps import tell_other, turn_phase
from klankbord.engagements.actions.agreements import Plan, propose_agreement
from klankbord.engagements.models import Agreement, Course
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.policy import policy_of
from klankbord.engagements.rules.agreement import Clause
from klankbord.engagements.rules.lifecycle import Act, Phase
from klankbord.engagements.rules.short import other_route
from klankbord.policy.rules.checks import one_talk
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.audit import action, record


@action("course.choose_route")
def choose_route(*, standing: Standing, route: Course.Route) -> None:
    """The client chooses one talk, or rather getting to know each other first.

    Raises ``NotNow`` once they are on, or where the policy of this engagement has no coaching of one talk. Nothing is
    lost by it: the route says which steps are offered, and one may come back to it.
    """
    course = Course.objects.select_for_update().get(pk=standing.course.pk)
    if Phase(course.phase) is not Phase.INTRODUCTION:
        raise NotNow(other_route())
    if route == Course.Route.SHORT and standing.course.route != route:
        for finding in one_talk(policy_of(standing.engagement).content):
            raise NotNow(finding)
    standing.course.route = route
    standing.course.save(update_fields=["route"])
    record("course.choose_route", standing.engagement, owner=standing.engagement.client_id, detail={"kind": route})


@action("course.agree_on_one_talk")
def agree_on_one_talk(
    *, standing: Standing, slug: str, lines: Sequence[Clause], plan: Plan, based_on: int
) -> Agreement:
    """Lay down the four lines and the moment of the one talk; the other answers, as with any agreement.

    Raises ``NewerVersion`` when the other was first, ``NotNow`` when this is no coaching of one talk.
    """
    if standing.course.route != Course.Route.SHORT:
        raise NotNow(other_route())
    if standing.phase is Phase.INTRODUCTION:
        turn_phase(standing, Act.ONE_TALK)
    agreement = propose_agreement(standing=standing, slug=slug, clauses=lines, plan=plan, based_on=based_on)
    record("course.agree_on_one_talk", standing.engagement, owner=standing.engagement.client_id)
    return agreement


@action("course.grow")
def grow(*, standing: Standing, slug: str) -> None:
    """One talk becomes a coaching: the client looks for a direction, and the two agree on more. Raises ``NotNow``.

    What was said and written stays where it is.
    """
    if standing.course.route == Course.Route.SHORT:
        turn_phase(standing, Act.GROW)
        standing.course.route = Course.Route.FULL
        standing.course.save(update_fields=["route"])
        tell_other(standing, slug, "gone_on")
    record("course.grow", standing.engagement, owner=standing.engagement.client_id)
