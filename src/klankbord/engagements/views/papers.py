"""The agreement on paper, two of its versions side by side, and how the two work now."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core.paper import paper_response, pdf
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.agreement import plan_changes
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.forms.party import CompareForm
from klankbord.engagements.models import Agreement
from klankbord.engagements.queries.agreements import third_party_of, versions_of
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.drafting import differences_between, planned_talks, readable_clauses, tongue_of
from klankbord.engagements.queries.papers import TEMPLATE, paper_of, title_of_paper
from klankbord.engagements.queries.texts import Texts, texts_of
from klankbord.engagements.views.agreement import seen_by_three
from klankbord.engagements.views.engagement_page import (
    Field,
    back_from_what_is_over,
    field_for,
    link_within,
    page,
    saved_text,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest


@require_GET
def agreement_pdf(request: MemberRequest, organisation: str, engagement: UUID, version: int) -> HttpResponse:
    """One version on paper, to be kept or to be read aloud."""
    standing = engagement_for(request.person, engagement)
    found = next((one for one in versions_of(standing.engagement) if one.version == version), None)
    if found is None:
        raise Http404
    note_reading(standing, "agreement.open", standing.engagement.client_id)
    clauses = readable_clauses(found)
    if clauses is None:
        return redirect("agreement_version", organisation, standing.engagement.pk, version)
    tongue = tongue_of(standing)
    facts = paper_of(
        found,
        clauses,
        engagement=standing.engagement,
        third=third_party_of(standing.engagement) if found.three_party else None,
        talks=planned_talks(found.plan, tongue),
        tongue=tongue,
    )
    title = title_of_paper(found, tongue)
    content = pdf(TEMPLATE, facts, language=tongue, title=title, author=request.organisation.name)
    return paper_response(content, _("agreement"))


@require_GET
def compare(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """What differs between any two versions; at first the last two."""
    standing = engagement_for(request.person, engagement)
    versions = versions_of(standing.engagement)
    if versions:
        note_reading(standing, "agreement.open", standing.engagement.client_id)
    last = [one.version for one in versions[:2]]
    first = {"newer": last[0], "older": last[-1]} if last else {}
    form = CompareForm({**first, **request.GET.dict()}, versions=versions)
    shown = _compared(form, versions) if form.is_valid() else {}
    seen = seen_by_three(standing, third_party_of(standing.engagement))
    context = page(standing, "agreement", audience=seen, form=form, versions=versions, **shown)
    return render(request, "engagements/agreement/compare.html", context)


def _compared(form: CompareForm, versions: list[Agreement]) -> dict[str, Any]:
    """The differences, always from the older to the newer, whichever way round they were chosen."""
    numbers = sorted((form.cleaned_data["older"], form.cleaned_data["newer"]))
    older, newer = (next(one for one in versions if one.version == number) for number in numbers)
    old, new = readable_clauses(older), readable_clauses(newer)
    gone = old is None or new is None
    return {
        "older": older,
        "newer": newer,
        "gone": gone,
        "differences": differences_between(old or [], new or []) if not gone else [],
        "plan_changes": plan_changes(older.plan, newer.plan),
    }


# --- how we work now --------------------------------------------------------------------------------------------------


def _words() -> dict[str, Any]:
    return {
        "label": _("What do you want to hold each other to for now?"),
        "reason": _(
            "You both read and change this, as often as you like. Rather no names of others and no medical details."
        ),
    }


def _field(standing: Standing, slug: str, texts: Texts) -> Field:
    place = link_within(standing, slug)("how_we_work")
    return field_for(standing, Kind.HOW_WE_WORK, saved_text(standing, texts, Kind.HOW_WE_WORK), place, **_words())


@require_http_methods(["GET", "POST"])
@told_when_too_late
def how_we_work(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Loose working agreements: one text of both, which nobody has to say yes to."""
    standing = engagement_for(request.person, engagement)
    texts = texts_of(standing, [Kind.HOW_WE_WORK])
    if request.method == "GET":
        note_reading(standing, "agreement.open", standing.engagement.client_id)
        return _how_we_work(request, standing, _field(standing, organisation, texts))
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = TextForm(request.POST, **_words(), auto_id="how_we_work_%s")
    field = Field(Kind.HOW_WE_WORK, form, request.path, saved_text(standing, texts, Kind.HOW_WE_WORK))
    if not form.is_valid():
        return _how_we_work(request, standing, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field):
        return _how_we_work(request, standing, clashed, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("how_we_work", organisation, standing.engagement.pk)


def _how_we_work(request: MemberRequest, standing: Standing, field: Field, status: int = HTTPStatus.OK) -> HttpResponse:
    context = page(standing, "how_we_work", field=field)
    return render(request, "engagements/agreement/how_we_work.html", context, status=status)
