"""Whoever asks or pays for the coaching as a party to the agreement: asked in by the client, answering for oneself."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.paper import paper_response, pdf
from klankbord.engagements.actions.agreements import NewerVersion, accept_as_third
from klankbord.engagements.actions.party import CannotJoin, ask_in, ask_to_talk, end_part, note_opened
from klankbord.engagements.forms.agreement import AcceptForm
from klankbord.engagements.forms.party import AskInForm
from klankbord.engagements.models import Agreement, Course
from klankbord.engagements.queries.agreements import people_to_ask_in, third_party_of, versions_of
from klankbord.engagements.queries.costs import is_paid_by_third
from klankbord.engagements.queries.doors import PartyStanding, Standing, engagement_for, party_for
from klankbord.engagements.queries.drafting import differences_between, readable_clauses, tongue_of
from klankbord.engagements.queries.papers import TEMPLATE, paper_of, title_of_paper
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.agreement import cannot_write, seen_by_three
from klankbord.engagements.views.engagement_page import back_from_what_is_over, page, told_when_too_late
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import audience

# --- the client asks somebody in ------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def third_party(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Who takes part besides the two, or whom the client could ask. Finding a name shows names, and tells nobody."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    refusal = cannot_write(standing)
    if refusal or standing.course.route == Course.Route.SHORT:
        if refusal:
            messages.info(request, refusal)
        return redirect("agreement", organisation, standing.engagement.pk)
    if request.method == "GET":
        return _third(request, standing, _ask_in_form(standing, ""))
    name = request.POST.get("name", "")[:120]
    if "find" in request.POST:
        return _third(request, standing, _ask_in_form(standing, name), looked_for=name)
    return _asked(request, standing, organisation, _ask_in_form(standing, name, request.POST))


def _asked(request: MemberRequest, standing: Standing, slug: str, form: AskInForm) -> HttpResponse:
    if not form.is_valid():
        return _third(request, standing, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    person = form.cleaned_data["person"]
    try:
        ask_in(standing=standing, slug=slug, person=person)
    except CannotJoin:
        form.add_error("person", _("Somebody already is a party to your agreement, or cannot be."))
        return _third(request, standing, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = _("%(name)s can take part now, and gets a message. Write what %(name)s is going to read.")
    messages.success(request, said % {"name": person.first_name})
    return redirect("agreement_edit", slug, standing.engagement.pk)


def _ask_in_form(standing: Standing, name: str, *args: Any) -> AskInForm:
    people = people_to_ask_in(standing.engagement, name)
    return AskInForm(*args, people=people, manager=standing.engagement.client.manager, initial={"name": name})


def _third(
    request: MemberRequest, standing: Standing, form: AskInForm, *, looked_for: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    third = third_party_of(standing.engagement)
    seen = seen_by_three(standing, third)
    context = page(standing, "agreement", audience=seen, form=form, third=third, looked_for=looked_for)
    return render(request, "engagements/agreement/third.html", context, status=status)


@require_POST
def third_party_end(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client ends the third party's part."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    end_part(standing=standing, slug=organisation)
    messages.success(request, _("From now on your agreement is one of two. You can ask somebody in again."))
    return redirect("agreement", organisation, standing.engagement.pk)


# --- the third party's own pages ------------------------------------------------------------------------------------


@require_GET
def party(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The last version that was laid before the third party, and the two answers there are."""
    return _party(request, party_for(request.person, engagement))


def _party(
    request: MemberRequest,
    standing: PartyStanding,
    *,
    version: int | None = None,
    newer: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    versions = versions_of(standing.engagement)
    shown = _version(versions, version) if version is not None else next(iter(versions), None)
    if shown:
        note_opened(standing.engagement, "agreement.open", standing.engagement.client_id)
    context = {
        "engagement": standing.engagement,
        "client": standing.engagement.client.first_name,
        "coach": standing.engagement.coach.first_name,
        "third": standing.person,
        "audience": _seen_by(standing),
        "versions": versions,
        "pays": is_paid_by_third(standing.engagement),
        "newer": newer,
        **(_shown(shown, versions, over=standing.engagement.closed_on is not None) if shown else {}),
    }
    return render(request, "engagements/agreement/party.html", context, status=status)


def _shown(shown: Agreement, versions: list[Agreement], *, over: bool) -> dict[str, Any]:
    """One version, and what is new in it since the third party last said yes."""
    clauses = readable_clauses(shown)
    agreed = next((one for one in versions if one.version < shown.version and one.sponsor_accepted_at), None)
    old = readable_clauses(agreed) if agreed else None
    newest = shown is versions[0]
    return {
        "shown": shown,
        "clauses": clauses,
        "before": agreed,
        "differences": differences_between(old, clauses) if old is not None and clauses is not None else [],
        "my_turn": newest and not over and not shown.sponsor_accepted_at and clauses is not None,
    }


def _seen_by(standing: PartyStanding) -> Any:
    engagement = standing.engagement
    also = (SeenAs.MANAGER,) if engagement.client.manager_id == standing.person.pk else ()
    return audience("agreement", viewer=SeenAs.SPONSOR, names=standing.names, reached=(When.PARTY,), in_one_person=also)


def _version(versions: list[Agreement], version: int) -> Agreement:
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise Http404
    return found


@require_GET
def party_version(request: MemberRequest, organisation: str, engagement: UUID, version: int) -> HttpResponse:
    """One of the versions that were laid before the third party."""
    return _party(request, party_for(request.person, engagement), version=version)


@require_POST
def party_accept(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Say yes to the version that was on the screen."""
    standing = party_for(request.person, engagement)
    found = _answered(request, standing)
    if found is None:
        messages.info(request, _("Read the agreement first, and then say yes to it."))
        return _party(request, standing, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        accept_as_third(standing=standing, slug=organisation, agreement=found)
    except NewerVersion:
        return _party(request, standing, newer=True, status=HTTPStatus.CONFLICT)
    except NotNow:
        messages.warning(request, _too_late(standing))
        return redirect("party", organisation, standing.engagement.pk)
    messages.success(request, _("You said yes to this version. Everybody in it can see that."))
    return redirect("party", organisation, standing.engagement.pk)


def _too_late(standing: PartyStanding) -> str:
    """Why there is no saying yes now, in words for somebody who cannot choose another moment."""
    if standing.engagement.closed_on:
        return _("This coaching is over.")
    names = {"client": standing.engagement.client.first_name, "coach": standing.engagement.coach.first_name}
    said = _("The first talk of this version should have been by now. %(client)s and %(coach)s choose another moment.")
    return said % names


@require_POST
def party_talk(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Say that one would rather talk about it first. About what, is for the talk and not for this screen."""
    standing = party_for(request.person, engagement)
    found = _answered(request, standing)
    if found is None:
        return _party(request, standing, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ask_to_talk(standing=standing, slug=organisation, agreement=found)
    names = {"client": standing.engagement.client.first_name, "coach": standing.engagement.coach.first_name}
    messages.success(request, _("%(client)s and %(coach)s get a message that you want to talk about it.") % names)
    return redirect("party", organisation, standing.engagement.pk)


def _answered(request: MemberRequest, standing: PartyStanding) -> Agreement | None:
    form = AcceptForm(request.POST)
    wanted = form.cleaned_data["version"] if form.is_valid() else 0
    return next((one for one in versions_of(standing.engagement) if one.version == wanted), None)


@require_GET
def party_pdf(request: MemberRequest, organisation: str, engagement: UUID, version: int) -> HttpResponse:
    """The same on paper. Without the days of the talks: those are of the two."""
    standing = party_for(request.person, engagement)
    found = _version(versions_of(standing.engagement), version)
    note_opened(standing.engagement, "agreement.open", standing.engagement.client_id)
    clauses = readable_clauses(found)
    if clauses is None:
        return redirect("party_version", organisation, standing.engagement.pk, version)
    tongue = tongue_of(standing)
    facts = paper_of(found, clauses, engagement=standing.engagement, third=standing.person, talks=(), tongue=tongue)
    title = title_of_paper(found, tongue)
    content = pdf(TEMPLATE, facts, language=tongue, title=title, author=request.organisation.name)
    return paper_response(content, _("agreement"))
