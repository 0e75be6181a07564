"""What goes otherwise than was thought: people move, a coach falls away, and the client decides what that means."""

from klankbord.engagements.actions._steps import (
    refuse_when_over,
    release_coach,
    settle_nearness,
    tell_coordinators,
    turn_request,
)
from klankbord.engagements.models import Request, Share
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.otherwise import may_look_further, nearness_of
from klankbord.engagements.rules.lifecycle import Phase, RequestAct, Role
from klankbord.policy.rules.finding import Finding, NotNow, Severity
from klankbord.privacy.audit import action, record


@action("nearness.go_on")
def go_on_though_near(*, standing: Standing) -> None:
    """One of the two says to go on though they came to stand near each other. It is remembered for this very reason.

    Raises ``NotNow`` when the coaching is over.
    """
    refuse_when_over(standing)
    near = nearness_of(standing)
    if near is not None:
        column = "nearness_client" if standing.is_client else "nearness_coach"
        setattr(standing.course, column, near.finding.code)
        standing.course.save(update_fields=[column])
        settle_nearness(standing.course)
    record("nearness.go_on", standing.engagement, owner=standing.engagement.client_id)


@action("share.keep")
def keep_share(*, share: Share) -> None:
    """A former manager may go on reading what was shared. Asked again when the manager changes once more."""
    share.kept_beside = share.client.manager_id
    share.save(update_fields=["kept_beside"])
    record("share.keep", share, owner=share.client_id)


@action("request.look_further")
def look_further(*, standing: Standing, slug: str) -> Request:
    """After a coaching that stopped, the client lets the same request look for another coach. Raises ``NotNow``."""
    if standing.phase is not Phase.ENDED or not may_look_further(standing):
        raise NotNow(_not_to_look_for())
    request: Request = standing.engagement.request
    release_coach(standing)
    turn_request(request, RequestAct.ASK_AGAIN, Role.CLIENT)
    record("request.look_further", request, owner=request.client_id)
    tell_coordinators(slug=slug, request=request, kind="passed")
    return request


def _not_to_look_for() -> Finding:
    return Finding(
        code="request.not_to_look_for",
        severity=Severity.BLOCKS,
        nl="Voor deze vraag wordt nu geen andere coach gezocht. Je kunt wel een nieuwe vraag stellen.",
        en="No other coach is sought for this request now. You can ask for a coach anew.",
        clause="match.client_chooses",
    )
