"""One talk: before, after, and moving it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.texts import cancel_session, just_come, move_session, note_reading
from klankbord.engagements.forms.course import MomentForm, TextForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.course import next_talk_after
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.learning import level_now
from klankbord.engagements.queries.line import moment_words, talk_title
from klankbord.engagements.queries.texts import Texts, texts_of
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.rules.steering import prompts
from klankbord.engagements.texts import SessionPage, session_lines
from klankbord.engagements.views.engagement_page import (
    Field,
    back_from_what_is_over,
    field_for,
    link_within,
    may_write,
    page,
    saved_text,
    seen_by,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.views.panel import TalkPage
from klankbord.engagements.views.panels import panels_of
from klankbord.engagements.writings import MANNERS, Kind
from klankbord.people.requests import MemberRequest

OF_A_TALK = (Kind.TOPIC, Kind.NOTES, Kind.REFLECTION, Kind.COACH_PAGE)


def _talk(standing: Standing, number: int) -> Session:
    """The door to a planned talk; the introduction has a page of its own."""
    if number == 0:
        raise Http404
    return session_for(standing, number)


@require_GET
def session(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The page of one talk."""
    standing = engagement_for(request.person, engagement)
    if number == 0:
        return redirect("introduction", organisation, standing.engagement.pk)
    talk = _talk(standing, number)
    note_reading(standing, "session.open", standing.engagement.client_id)
    return _session(request, standing, organisation, talk)


def _session(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    talk: Session,
    *,
    field: Field | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    texts = texts_of(standing, OF_A_TALK, talk)
    fields = {kind: _field(standing, slug, talk, texts, kind) for kind in OF_A_TALK if _writes(standing, kind)}
    if field is not None:
        fields[field.kind] = field
    begun = _has_begun(talk)
    things = _things(standing, begun=begun)
    context = page(
        standing,
        *things,
        audience=seen_by(standing, *things, texts=texts),
        talk=talk,
        title=talk_title(talk.number),
        when_and_where=_when(talk),
        begun=begun,
        cancelled=talk.state == Session.State.CANCELLED,
        next_number=next_talk_after(standing) if talk.state == Session.State.CANCELLED else None,
        topic=fields.get(Kind.TOPIC),
        notes=fields[Kind.NOTES],
        reflection=fields.get(Kind.REFLECTION),
        coach_page=fields.get(Kind.COACH_PAGE),
        their_topic=texts.theirs(Kind.TOPIC, talk.pk),
        their_reflection=texts.theirs(Kind.REFLECTION, talk.pk),
        seen={kind.value: seen_by(standing, kind.value, texts=texts) for kind in OF_A_TALK},
        lines=_lines(standing, talk),
        panels=panels_of(TalkPage(standing, slug, talk, begun)),
    )
    return render(request, "engagements/sessions/session.html", context, status=status)


def _has_begun(talk: Session) -> bool:
    return talk.starts_at <= clock.now()


def _when(talk: Session) -> str:
    return moment_words(talk.starts_at, clock.now(), talk.place)


def _things(standing: Standing, *, begun: bool) -> tuple[str, ...]:
    """What lies on the page, for "Wie ziet dit?". Of the coach's own page the client's screen says nothing."""
    own = () if standing.is_client else ("coach_page",)
    return ("session", "topic", "notes", "reflection", *own) if begun else ("session", "topic")


def _writes(standing: Standing, kind: Kind) -> bool:
    return standing.role.value in MANNERS[kind].writers


def _words(standing: Standing, kind: Kind) -> dict[str, Any]:
    """Label and reason of each kind of text."""
    name = {"name": standing.other.first_name}
    quiet = _("Rather no names of others and no medical details.")
    label, reason = {
        Kind.TOPIC: (_("What do you want to talk about with %(name)s?") % name, _("One sentence is enough.")),
        Kind.NOTES: (_("What do you both want to remember?"), _("You both read and change this.")),
        Kind.REFLECTION: (_("What did this talk bring you?"), _("In writing, or in one sentence of your own.")),
        Kind.COACH_PAGE: (_("What do I learn about my coaching?"), _("%(name)s never sees this.") % name),
    }[kind]
    return {"label": label, "reason": f"{reason} {quiet}"}


def _field(standing: Standing, slug: str, talk: Session, texts: Texts, kind: Kind) -> Field:
    place = link_within(standing, slug)("session_text", number=talk.number, kind=kind.value)
    return field_for(standing, kind, saved_text(standing, texts, kind, talk), place, **_words(standing, kind))


def _lines(standing: Standing, talk: Session) -> dict[str, Any]:
    """Open questions, each talk beginning at another; the client's as far as steering is welcome."""
    found: dict[str, Any] = {}
    level = level_now(standing) if standing.is_client else None
    for side in SessionPage:
        lines = [line.wording.text(language()) for line in session_lines(side)]
        turn = talk.number % len(lines)
        lines = lines[turn:] + lines[:turn]
        found[side.value] = lines if side is SessionPage.COACH else prompts(lines, level)
    return found


@require_POST
@told_when_too_late
def text(request: MemberRequest, organisation: str, engagement: UUID, number: int, kind: str) -> HttpResponse:
    """Save one of the texts of a talk, or send it to the other."""
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    if kind not in OF_A_TALK:
        raise Http404
    what = Kind(kind)
    may_write(standing, what)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    saved = saved_text(standing, texts_of(standing, [what], talk), what, talk)
    form = TextForm(request.POST, **_words(standing, what), auto_id=f"{kind}_%s")
    field = Field(what, form, request.path, saved)
    if not form.is_valid():
        return _session(request, standing, organisation, talk, field=field, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    send = "send" in request.POST
    if clashed := take_text(standing, organisation, field, session=talk, send=send):
        return _session(request, standing, organisation, talk, field=clashed, status=HTTPStatus.CONFLICT)
    messages.success(request, _what_happened(standing, field, send=send))
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _what_happened(standing: Standing, field: Field, *, send: bool) -> str:
    name = {"name": standing.other.first_name}
    if send and not field.sent:
        return _("Sent. %(name)s can read it.") % name
    if field.sent or MANNERS[field.kind].on_saving:
        return _("Saved. %(name)s can read it.") % name
    return _("Saved, for you alone.")


@require_POST
def just_coming(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The client comes without a question."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    talk = _talk(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    just_come(standing=standing, session=talk)
    messages.success(request, _("You just come. %(name)s can see that.") % {"name": standing.other.first_name})
    return redirect("session", organisation, standing.engagement.pk, talk.number)


@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Another day, time or place for this talk; the others stay where they are."""
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.method == "GET":
        start = localtime(talk.starts_at)
        form = MomentForm(initial={"day": start.date(), "time": start.time(), "place": talk.place})
        return _move(request, standing, talk, form)
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _move(request, standing, talk, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    move_session(
        standing=standing,
        slug=organisation,
        session=talk,
        starts_at=form.cleaned_data["starts_at"],
        place=form.cleaned_data["place"],
    )
    messages.success(request, _("The talk is moved. %(name)s gets a message.") % {"name": standing.other.first_name})
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _move(
    request: MemberRequest, standing: Standing, talk: Session, form: MomentForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = page(standing, "session", talk=talk, title=talk_title(talk.number), when_and_where=_when(talk), form=form)
    return render(request, "engagements/sessions/move.html", context, status=status)


@require_http_methods(["GET", "POST"])
def cancel(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """This talk does not take place, or did not. GET says what then happens; nobody asks why."""
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.method == "GET":
        context = page(
            standing,
            "session",
            talk=talk,
            title=talk_title(talk.number),
            when_and_where=_when(talk),
            begun=_has_begun(talk),
        )
        return render(request, "engagements/sessions/cancel.html", context)
    cancel_session(standing=standing, slug=organisation, session=talk)
    said = _("The talk is cancelled. %(name)s gets a message.")
    if _has_begun(talk):
        said = _("This talk did not take place. %(name)s gets a message.")
    messages.success(request, said % {"name": standing.other.first_name})
    return redirect("session", organisation, standing.engagement.pk, talk.number)
