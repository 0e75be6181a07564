"""What it brought already, gathered by date; and one sentence of the client's own per talk."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.goals import last_talk_held
from klankbord.engagements.queries.harvest import Words, harvests_of, words_beside_goals
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import (
    Field,
    back_from_what_is_over,
    field_for,
    is_over,
    page,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest


@require_http_methods(["GET", "POST"])
@told_when_too_late
def harvest(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """What it brought already, with one small field for now."""
    standing = engagement_for(request.person, engagement)
    words, talk = words_beside_goals(standing), last_talk_held(standing)
    if request.method == "GET":
        note_reading(standing, "harvest.open", standing.engagement.client_id)
        field = _harvest_field(request, standing, words, talk) if standing.is_client and not is_over(standing) else None
        return _harvest(request, standing, words, talk, field)
    if not standing.is_client:
        raise PermissionDenied
    away = back_from_what_is_over(request, standing, organisation)
    if away or talk is None:
        return away or redirect("harvest", organisation, standing.engagement.pk)
    field = Field(Kind.HARVEST, TextForm(request.POST, **_harvest_words()), request.path, None)
    if not field.form.is_valid():
        return _harvest(request, standing, words, talk, field, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field, session=talk):
        return _harvest(request, standing, words, talk, clashed, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("harvest", organisation, standing.engagement.pk)


def _harvest_words() -> dict[str, Any]:
    reason = _("Large or small, at work or in yourself. Rather no names of others and no medical details.")
    return {"label": _("What did it bring already?"), "reason": reason}


def _harvest_field(request: MemberRequest, standing: Standing, words: Words, talk: Session | None) -> Field | None:
    """The field for the last talk that was held; before the first there is none."""
    if talk is None:
        return None
    saved = next((one.text for one in harvests_of(words) if one.text.session_id == talk.pk), None)
    return field_for(standing, Kind.HARVEST, saved, request.path, **_harvest_words())


def _harvest(
    request: MemberRequest,
    standing: Standing,
    words: Words,
    talk: Session | None,
    field: Field | None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    # What is being written stands in the field, so not a second time among the others.
    now = talk.pk if field and talk else None
    found = [one for one in harvests_of(words) if one.text.session_id != now]
    title = talk_title(talk.number) if talk else ""
    context = page(standing, "harvest", field=field, harvests=found, talk=talk, title=title)
    return render(request, "engagements/goals/harvest.html", context, status=status)


# --- one sentence -------------------------------------------------------------------------------------------------


def sentence_field(standing: Standing, talk: Session, place: str) -> Field:
    """The field for the client's one sentence about this talk."""
    saved = texts_of(standing, [Kind.SENTENCE], talk).mine(Kind.SENTENCE, talk.pk)
    field = field_for(standing, Kind.SENTENCE, saved, place, **sentence_words())
    return _small(field)


def sentence_words() -> dict[str, Any]:
    """What is asked."""
    return {"label": _("In one sentence, in your own words: what do you take along?")}


def _small(field: Field) -> Field:
    field.form.fields["text"].widget.attrs |= {"rows": 2, "dir": "auto"}
    return field


@require_http_methods(["GET", "POST"])
@told_when_too_late
def sentence(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """One sentence of the client's own about a talk."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    talk = session_for(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.method == "GET":
        return _sentence(request, standing, talk, sentence_field(standing, talk, request.path))
    form = TextForm(request.POST, **sentence_words(), auto_id=f"{Kind.SENTENCE.value}_%s")
    field = Field(Kind.SENTENCE, form, request.path, None)
    if not form.is_valid():
        return _sentence(request, standing, talk, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field, session=talk):
        return _sentence(request, standing, talk, clashed, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _sentence(
    request: MemberRequest, standing: Standing, talk: Session, field: Field, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = page(standing, "sentence", field=_small(field), talk=talk, title=talk_title(talk.number))
    return render(request, "engagements/goals/sentence.html", context, status=status)
