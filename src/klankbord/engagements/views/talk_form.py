"""What form a talk has, and telling colleagues in advance."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.talk_form import choose_form
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.forms.short import TalkFormForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.short_texts import talk_form as form_of
from klankbord.engagements.short_texts import talk_forms
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


@require_http_methods(["GET", "POST"])
@told_when_too_late
def talk_form(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Choose what a talk looks like, with a few words about it that both may change."""
    standing = engagement_for(request.person, engagement)
    if number == 0:
        raise Http404
    talk = session_for(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    saved = saved_text(standing, texts_of(standing, [Kind.MEETING_FORM], talk), Kind.MEETING_FORM, talk)
    words = _words(talk)
    if request.method == "GET":
        note_reading(standing, "session.open", standing.engagement.client_id)
        field = field_for(standing, Kind.MEETING_FORM, saved, request.path, **words)
        initial = {"form": talk.form, "colleagues_told": talk.colleagues_told}
        form = TalkFormForm(initial=initial, tongue=language(), is_client=standing.is_client)
        return _page(request, standing, talk, form, field)
    form = TalkFormForm(request.POST, tongue=language(), is_client=standing.is_client)
    text = TextForm(request.POST, **words, auto_id="meeting_form_%s")
    has_words = bool(request.POST.get("text", "").strip()) or saved is not None
    field = Field(Kind.MEETING_FORM, text, request.path, saved)
    if not form.is_valid() or (has_words and not text.is_valid()):
        return _page(request, standing, talk, form, field, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    choose_form(
        standing=standing,
        session=talk,
        form=Session.Form(form.cleaned_data["form"]),
        colleagues_told=form.cleaned_data.get("colleagues_told") if standing.is_client else None,
    )
    if has_words and (clashed := take_text(standing, organisation, field, session=talk)):
        return _page(request, standing, talk, form, clashed, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _words(talk: Session) -> dict[str, Any]:
    return {
        "label": form_of(talk.form).question.text(language()),
        "reason": _("You both read and change this.") + " " + _("Rather no names of others and no medical details."),
    }


def _page(
    request: MemberRequest,
    standing: Standing,
    talk: Session,
    form: TalkFormForm,
    field: Field,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = page(
        standing,
        "meeting_form",
        "session",
        talk=talk,
        title=talk_title(talk.number),
        form=form,
        field=field,
        questions=[one.question.text(language()) for one in talk_forms().forms],
        word=word_to_colleagues(standing, talk),
    )
    return render(request, "engagements/short/talk_form.html", context, status=status)


def word_to_colleagues(standing: Standing, talk: Session) -> str:
    """What the client may say to those who are there: ready to be said or sent, in the client's own name."""
    day = date_format(localtime(talk.starts_at), "l j F")
    word = talk_forms().word.text(language())
    return word.format(day=day, coach=standing.engagement.coach.first_name)
