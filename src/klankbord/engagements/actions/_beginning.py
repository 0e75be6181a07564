"""How a coaching begins once its client said with whom. No actions: whoever takes these steps leaves the audit row."""

from datetime import date

from klankbord.core import clock
from klankbord.engagements.models import Course, Engagement, Participant, Proposal
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.people.api import Person
from klankbord.policy.api import policy_in_force
from klankbord.policy.rules.finding import Finding, Severity


def begin_engagement(
    proposal: Proposal,
    *,
    phase: Phase = Phase.INTRODUCTION,
    started_on: date | None = None,
    planned_end: date | None = None,
) -> Engagement:
    """From a proposal that was chosen to two people who work together. Part of the action in which a client says so."""
    organisation_id = proposal.organisation_id
    policy = policy_in_force()
    engagement = Engagement(
        organisation_id=organisation_id,
        request=proposal.request,
        client_id=proposal.client_id,
        coach=proposal.coach,
        external=proposal.coach.external,
        policy_id=policy.version_id,
        started_on=started_on or clock.today(),
        planned_end=planned_end,
    )
    engagement.save(force_insert=True)
    for person_id, role in (
        (proposal.client_id, Participant.Role.CLIENT),
        (proposal.coach_id, Participant.Role.COACH),
    ):
        Participant(organisation_id=organisation_id, engagement=engagement, person_id=person_id, role=role).save(
            force_insert=True
        )
    route = Course.Route.SHORT if proposal.request.one_talk else Course.Route.FULL
    Course(
        organisation_id=organisation_id,
        engagement=engagement,
        route=route,
        phase=phase,
        retention_months=policy.content.retention_months,
    ).save(force_insert=True)
    return engagement


def no_coach_any_more(coach: Person) -> Finding:
    """That this coach stopped coaching here."""
    return Finding(
        code="proposal.no_coach_any_more",
        severity=Severity.BLOCKS,
        nl="{coach} is niet meer beschikbaar als coach.",
        en="{coach} is not available as a coach any more.",
        clause="match.client_chooses",
        names=(("coach", coach.first_name),),
    )
