"""What goes otherwise: standing near each other, another manager, another coach after all, and giving along."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.otherwise import go_on_though_near, keep_share, look_further
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.forms.otherwise import ChoosePiecesForm
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.nearness import coordinators_to_ask
from klankbord.engagements.queries.otherwise import (
    earlier_of,
    given_along,
    may_look_further,
    nearness_of,
    pieces_of,
    running_share,
    shares_with_former_manager,
)
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.lifecycle import Phase, Role
from klankbord.engagements.views.engagement_page import (
    Field,
    back_from_what_is_over,
    field_for,
    page,
    saved_text,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.policy.texts import policy_clause


def changes_around(standing: Standing) -> dict[str, Any]:
    """What the line of time says at its top when something changed around the two; usually nothing."""
    near = nearness_of(standing)
    return {
        "near": _near_in_words(standing, near.finding.text(language()), near.finding.clause) if near else None,
        "ask": _whom_to_ask(standing) if near else "",
        "near_said": bool(near and near.mine),
        "former": shares_with_former_manager(standing),
        "given": given_along(standing),
        "may_look_further": standing.phase is Phase.ENDED and may_look_further(standing),
    }


def _whom_to_ask(standing: Standing) -> str:
    found = coordinators_to_ask(standing.engagement.client, standing.engagement.coach)
    return _(" or ").join(one.first_name for one in found[:3])


def _near_in_words(standing: Standing, to_client: str, clause: str) -> dict[str, str]:
    rule = policy_clause(clause).wording.text(language())
    what = to_client
    if not standing.is_client:
        what = _("You and %(name)s came to stand nearer to each other in the organisation.")
        what %= {"name": standing.other.first_name}
    return {"what": what, "rule": rule}


@require_POST
@told_when_too_late
def go_on_near(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """One of the two says to go on."""
    standing = engagement_for(request.person, engagement)
    go_on_though_near(standing=standing)
    messages.success(request, _("Noted. Talk about it with %(name)s.") % {"name": standing.other.first_name})
    return redirect("engagement", organisation, standing.engagement.pk)


@require_POST
def share_keep(request: MemberRequest, organisation: str, engagement: UUID, share: UUID) -> HttpResponse:
    """A former manager may go on reading what was shared."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    keep_share(share=running_share(standing, share))
    return redirect("engagement", organisation, standing.engagement.pk)


@require_POST
def look_for_another(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The coaching stopped; the client would like another coach."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    try:
        asked = look_further(standing=standing, slug=organisation)
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
        return redirect("engagement", organisation, standing.engagement.pk)
    messages.success(request, _("Your request goes round again. You need not explain anything."))
    return redirect("request", organisation, asked.pk)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def handover(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """What the client gives this coach of what was before: chosen, read once more, and only then given."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    offered = pieces_of(standing, earlier_of(standing))
    saved = saved_text(standing, texts_of(standing, [Kind.HANDOVER]), Kind.HANDOVER)
    words = _words(standing)
    field = field_for(standing, Kind.HANDOVER, saved, request.path, **words)
    if request.method == "GET":
        return _handover(request, standing, ChoosePiecesForm(offered=offered), field)
    if "choose" in request.POST:
        return _chosen(request, standing, ChoosePiecesForm(request.POST, offered=offered), field)
    posted = Field(Kind.HANDOVER, TextForm(request.POST, auto_id="handover_%s", **words), request.path, saved)
    choose = ChoosePiecesForm(offered=offered)
    if not posted.form.is_valid():
        return _handover(request, standing, choose, posted, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, posted):
        return _handover(request, standing, choose, clashed, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("engagement", organisation, standing.engagement.pk)


def _chosen(request: MemberRequest, standing: Standing, choose: ChoosePiecesForm, field: Field) -> HttpResponse:
    """The chosen texts in the field, to be read once more and changed; nothing is given yet."""
    if not choose.is_valid():
        return _handover(request, standing, choose, field, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    saved = field.saved
    before = f"{saved.body.rstrip()}\n\n" if saved and saved.body else ""
    initial = {"text": before + choose.chosen(), "based_on": saved.revision if saved else 0}
    filled = replace(field, form=TextForm(initial=initial, auto_id="handover_%s", **_words(standing)))
    return _handover(request, standing, choose, filled)


def _words(standing: Standing) -> dict[str, Any]:
    name = {"name": standing.other.first_name}
    return {
        "label": _("This is what %(name)s will read") % name,
        "reason": _("Change it as you like. Empty it to take it back; what was read stays known."),
    }


def _handover(
    request: MemberRequest, standing: Standing, choose: ChoosePiecesForm, field: Field, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = page(standing, "handover", choose=choose, field=field)
    return render(request, "engagements/otherwise/handover.html", context, status=status)
