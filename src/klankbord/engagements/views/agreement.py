""" "Onze afspraken": read, written and accepted by both."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.agreements import NewerVersion, Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.agreement import (
    AcceptForm,
    AgreementForm,
    first_values,
    plan_changes,
    values_of_draft,
    with_one_more,
    with_refilled,
)
from klankbord.engagements.models import Agreement, Course
from klankbord.engagements.queries.agreements import latest_agreement, third_party_of, versions_of
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.drafting import (
    clause_reasons,
    clause_titles,
    differences_between,
    facts_of,
    first_moment,
    offers_for,
    planned_talks,
    readable_clauses,
    talks_in,
    tongue_of,
)
from klankbord.engagements.queries.policy import Policies, facts_of_plan, policies_of, usual_plan
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.agreement import is_same
from klankbord.engagements.rules.lifecycle import Act, Phase
from klankbord.engagements.rules.planning import still_to_come
from klankbord.engagements.rules.short import is_of_one_talk
from klankbord.engagements.texts import filled_clauses
from klankbord.engagements.views.engagement_page import back_from_what_is_over, page, seen_by, why_not
from klankbord.engagements.views.policy_words import findings_in_words, under_policy
from klankbord.engagements.writings import Kind
from klankbord.people.api import Person
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.checks import plan_findings
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience, joined
from klankbord.privacy.drafts import draft_at, drop_draft


@require_GET
def agreement(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The last version, what is new in it, and who said yes."""
    return _agreement(request, engagement_for(request.person, engagement))


def _agreement(
    request: MemberRequest, standing: Standing, *, newer: bool = False, status: int = HTTPStatus.OK
) -> HttpResponse:
    versions = versions_of(standing.engagement)
    last = versions[0] if versions else None
    if last:
        _note_reading(standing)
    context = page(
        standing,
        "agreement",
        versions=versions,
        refusal=cannot_write(standing),
        newer=newer,
        now=texts_of(standing, [Kind.HOW_WE_WORK]).together(Kind.HOW_WE_WORK),
        **under_policy(policies_of(standing.engagement), last),
        **_three(standing, last),
        **(_shown(standing, last, versions) if last else {}),
    )
    return render(request, "engagements/agreement/agreement.html", context, status=status)


def _three(standing: Standing, shown: Agreement | None) -> dict[str, Any]:
    """Whether somebody else is a party, and who has yet to say yes to a version of three."""
    third = third_party_of(standing.engagement)
    if third is None:
        return {"third": None}
    if shown is None or not shown.three_party:
        return {"third": third, "audience": seen_by_three(standing, third)}
    said = (shown.client_accepted_at, shown.coach_accepted_at, shown.sponsor_accepted_at)
    people = (standing.engagement.client, standing.engagement.coach, third)
    waits = [one.first_name for one, at in zip(people, said, strict=True) if not at and one.pk != standing.person.pk]
    seen = seen_by_three(standing, third, read=bool(shown.client_accepted_at))
    return {"third": third, "waits": joined(waits), "audience": seen}


def seen_by_three(standing: Standing, third: Person | None, *, read: bool = False) -> Audience:
    """Who sees the agreement: by name when there is a third party, who *read* says reads this very version already."""
    if third is None:
        return seen_by(standing, "agreement")
    # A manager who is the third party as well reads it, so it is not said that the manager does not. A coach is told
    # neither: who the manager is, is the client's to tell.
    manager_id = standing.engagement.client.manager_id
    also = (SeenAs.MANAGER,) if not standing.is_client or manager_id == third.pk else ()
    return audience(
        "agreement",
        viewer=standing.seen_as,
        names={**standing.names, SeenAs.SPONSOR: third.first_name},
        reached=(When.PARTY,) if read else (),
        in_one_person=also,
    )


def _note_reading(standing: Standing) -> None:
    note_reading(standing, "agreement.open", standing.engagement.client_id)


def cannot_write(standing: Standing) -> str:
    """Why there is no writing an agreement now; empty when there is."""
    if standing.course.route == Course.Route.SHORT:
        return ""
    if standing.phase in (Phase.INTRODUCTION, Phase.DIRECTION):
        return why_not(standing, Act.MAKE_AGREEMENT)
    return ""


def _shown(standing: Standing, shown: Agreement, versions: list[Agreement]) -> dict[str, Any]:
    """One version for reading: its clauses, its talks, and what differs from the one before."""
    before = _compared_with(standing, shown, versions)
    clauses = readable_clauses(shown)
    old = readable_clauses(before) if before else None
    mine = shown.client_accepted_at if standing.is_client else shown.coach_accepted_at
    return {
        "shown": shown,
        "clauses": clauses,
        "differences": differences_between(old, clauses) if old is not None and clauses is not None else [],
        "plan_changes": plan_changes(before.plan, shown.plan) if before else [],
        "before": before,
        "plan": shown.plan,
        "talks": planned_talks(shown.plan, language()),
        "passed": _passed(shown, versions),
        "my_turn": not mine and shown is versions[0],
        "in_force": next((one for one in versions if one.in_force), None),
    }


def _compared_with(standing: Standing, shown: Agreement, versions: list[Agreement]) -> Agreement | None:
    """The version before; of the last one, the last that the reader said yes to: what came since is new to them."""
    earlier = [one for one in versions if one.version < shown.version]
    if shown is versions[0]:
        agreed = (one for one in earlier if (one.client_accepted_at if standing.is_client else one.coach_accepted_at))
        return next(agreed, next(iter(earlier), None))
    return next(iter(earlier), None)


def _passed(shown: Agreement, versions: list[Agreement]) -> str:
    """Why nobody can say yes to this version any more: its talks would begin in the past. Else empty."""
    if shown is not versions[0] or any(one.in_force for one in versions):
        return ""
    return " ".join(finding.text(language()) for finding in still_to_come(first_moment(shown.plan), clock.now()))


@require_GET
def version(request: MemberRequest, organisation: str, engagement: UUID, version: int) -> HttpResponse:
    """One version, as it was laid down."""
    standing = engagement_for(request.person, engagement)
    versions = versions_of(standing.engagement)
    shown = next((one for one in versions if one.version == version), None)
    if shown is None:
        raise Http404
    _note_reading(standing)
    context = page(
        standing, "agreement", versions=versions, **_three(standing, shown), **_shown(standing, shown, versions)
    )
    return render(request, "engagements/agreement/version.html", context)


@require_POST
def accept(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Say yes to the version that was on the screen."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = AcceptForm(request.POST)
    wanted = form.cleaned_data["version"] if form.is_valid() else 0
    found = next((one for one in versions_of(standing.engagement) if one.version == wanted), None)
    if found is None:
        messages.info(request, _("Read the agreement first, and then say yes to it."))
        return _agreement(request, standing, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        accept_agreement(standing=standing, slug=organisation, agreement=found)
    except NewerVersion:
        return _agreement(request, standing, newer=True, status=HTTPStatus.CONFLICT)
    except NotNow as refusal:
        messages.warning(request, refusal.text(language()))
        return redirect("agreement", organisation, standing.engagement.pk)
    if found.three_party and not found.sponsor_accepted_at:
        messages.success(request, _("You said yes. It holds once all three of you have."))
        return redirect("agreement", organisation, standing.engagement.pk)
    messages.success(request, _("You both said yes. The talks are planned."))
    return redirect("engagement", organisation, standing.engagement.pk)


# --- writing ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Write a version: the plan of the talks, and the clauses filled from it, every word of which may be changed."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if standing.course.route == Course.Route.SHORT:
        return redirect("one_talk", organisation, standing.engagement.pk)
    if refusal := cannot_write(standing):
        messages.info(request, refusal)
        return redirect("agreement", organisation, standing.engagement.pk)
    last = latest_agreement(standing.engagement)
    if last:
        _note_reading(standing)
    if request.method == "GET":
        return _begin_writing(request, standing, last)
    sent = {name: request.POST[name] for name in request.POST}
    if "add" in sent:
        return _edit(request, standing, _form(standing, last, initial=with_one_more(sent)), None)
    return _take(request, standing, organisation, last, sent)


def _begin_writing(request: MemberRequest, standing: Standing, last: Agreement | None) -> HttpResponse:
    """The form as it begins: from the last version, and what the policy of this engagement has as usual."""
    policies = policies_of(standing.engagement)
    under = policies.under(last.policy_id) if last else policies.kept
    usual, plan = usual_plan(under.content), last.plan if last else None
    if last and is_of_one_talk(readable_clauses(last) or []):
        # One talk has grown: the moment stays, how many and how often is thought of afresh.
        plan = {**last.plan, **{name: usual[name] for name in ("count", "weeks", "evaluate_after")}}
    first = first_values(
        plan,
        offers_for(standing, last, usual),
        last.version if last else 0,
        usual=usual,
        newer_policy=under is not policies.kept,
    )
    values = values_of_draft(draft_at(request.path), first)
    return _edit(request, standing, _form(standing, last, initial=values, policies=policies), plan)


def _form(
    standing: Standing, last: Agreement | None, *args: Any, policies: Policies | None = None, **kwargs: Any
) -> AgreementForm:
    talks_run = standing.phase in (Phase.RUNNING, Phase.CLOSING)
    return AgreementForm(
        *args,
        titles=clause_titles(tongue_of(standing), for_three=third_party_of(standing.engagement) is not None),
        reasons=clause_reasons(language()),
        first_was=first_moment(last.plan) if last and talks_run else None,
        policies=policies or policies_of(standing.engagement),
        **kwargs,
    )


def _take(
    request: MemberRequest, standing: Standing, slug: str, last: Agreement | None, sent: dict[str, str]
) -> HttpResponse:
    """What was sent: filled again when asked or needed, else laid before the other."""
    form = _form(standing, last, sent)
    valid, plan = form.is_valid(), form.plan()
    if plan is None:
        return _edit(request, standing, form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        talks_in(plan, language())
    except NotNow as refusal:
        form.add_error("day", refusal.text(language()))
        return _edit(request, standing, form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    values, changed = with_refilled(sent, filled_clauses(facts_of(standing, plan), tongue_of(standing)))
    if "refill" in sent or changed:
        # One lays down what one has read. So a clause that reads otherwise now is shown first.
        status = HTTPStatus.OK if "refill" in sent else HTTPStatus.UNPROCESSABLE_ENTITY
        again = _form(standing, last, initial=values, policies=form.policies)
        return _edit(request, standing, again, plan, status, changed=changed)
    if not valid:
        return _edit(request, standing, form, plan, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _propose(request, standing, slug, form, plan)


def _propose(
    request: MemberRequest, standing: Standing, slug: str, form: AgreementForm, plan: dict[str, Any]
) -> HttpResponse:
    name = {"name": standing.other.first_name}
    try:
        propose_agreement(
            standing=standing,
            slug=slug,
            clauses=form.chosen(),
            plan=Plan(**plan),
            based_on=form.cleaned_data["based_on"],
            newer_policy=form.cleaned_data.get("newer_policy", False),
        )
    except NewerVersion:
        return _overtaken(request, standing, slug, form, plan)
    except NotNow as refusal:
        messages.warning(request, refusal.text(language()))
        return redirect("agreement", slug, standing.engagement.pk)
    drop_draft(request.path)
    messages.success(request, _("You said yes to this version. %(name)s gets a message.") % name)
    return redirect("agreement", slug, standing.engagement.pk)


def _overtaken(
    request: MemberRequest, standing: Standing, slug: str, form: AgreementForm, plan: dict[str, Any]
) -> HttpResponse:
    """The other laid down a version in between: show what theirs says otherwise, and keep these words."""
    newest = versions_of(standing.engagement)[0]
    theirs = readable_clauses(newest) or []
    own = newest.author_id == standing.person.pk
    if own and newest.plan == plan and is_same(theirs, form.chosen()):
        # The same form, sent twice.
        return redirect("agreement", slug, standing.engagement.pk)
    values = {**form.data, "based_on": str(newest.version)}
    again = _form(standing, newest, initial=values, policies=form.policies)
    newer = {
        "version": newest,
        "who": _("You yourself, in another window,") if own else standing.other.first_name,
        "differences": differences_between(theirs, form.chosen()),
        "plan_changes": plan_changes(newest.plan, plan),
    }
    return _edit(request, standing, again, plan, HTTPStatus.CONFLICT, newer=newer)


def _edit(
    request: MemberRequest,
    standing: Standing,
    form: AgreementForm,
    plan: dict[str, Any] | None,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    talks = planned_talks(plan, language()) if plan else []
    third = third_party_of(standing.engagement)
    policies = form.policies
    context = page(
        standing,
        "agreement",
        form=form,
        policies=policies,
        differences_of_policy=policies.differences(language()),
        findings=findings_in_words(plan_findings(form.under.content, facts_of_plan(plan)) if plan else [], language()),
        third=third,
        audience=seen_by_three(standing, third),
        talks=talks,
        moved=[talk for talk in talks if talk.because],
        replans=standing.phase in (Phase.RUNNING, Phase.CLOSING),
        **more,
    )
    return render(request, "engagements/agreement/edit.html", context, status=status)
