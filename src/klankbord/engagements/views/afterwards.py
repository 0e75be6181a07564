"""How the client goes on: a plan, a card for the fridge, a booklet to keep, and looking back three months later."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.core.paper import paper_response, pdf
from klankbord.engagements.actions.afterwards import note_booklet
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.afterwards_texts import asks
from klankbord.engagements.forms.afterwards import NO_NAMES, BookletForm, CardForm
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.queries.afterwards import own_words, part_names
from klankbord.engagements.queries.closing import is_past_writing
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.queries.witnesses import time_to_ask
from klankbord.engagements.rules.afterwards import (
    BookletPart,
    Entry,
    Moment,
    card_lines,
    chapters,
    moment_of,
    opens_on,
    three_months_after,
)
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import (
    Field,
    field_for,
    may_write,
    page,
    saved_text,
    seen_by,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.views.parts_text import PartsField, parts_field, take_parts, told_in
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest

# --- "how I go on" --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def plan(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client's plan: written for oneself, sent or not. The coach reads what was sent."""
    standing = engagement_for(request.person, engagement)
    if request.method == "POST":
        return _save_plan(request, standing, organisation)
    if standing.is_client:
        return _plan(request, standing, parts_field(standing, Kind.PLAN, asks().plan, request.path))
    texts = texts_of(standing, [Kind.PLAN])
    found = texts.theirs(Kind.PLAN)
    if found:
        note_reading(standing, "plan.open", standing.engagement.client_id)
    context = page(standing, "plan", plan=told_in(found, asks().plan), found=found)
    context["audience"] = seen_by(standing, "plan", texts=texts)
    return render(request, "engagements/afterwards/plan_for_coach.html", context)


def _save_plan(request: MemberRequest, standing: Standing, slug: str) -> HttpResponse:
    may_write(standing, Kind.PLAN)
    field = parts_field(standing, Kind.PLAN, asks().plan, request.path, request.POST)
    if not field.form.is_valid():
        return _plan(request, standing, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    send = "send" in request.POST
    if clashed := take_parts(standing, slug, field, send=send, link=request.path):
        return _plan(request, standing, clashed, HTTPStatus.CONFLICT)
    name = {"name": standing.other.first_name}
    if send and not field.sent:
        messages.success(request, _("Sent. %(name)s can read it.") % name)
    else:
        messages.success(
            request, _("Saved. %(name)s can read it.") % name if field.sent else _("Saved, for you alone.")
        )
    return redirect("plan", slug, standing.engagement.pk)


def _plan(
    request: MemberRequest, standing: Standing, field: PartsField, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    texts = texts_of(standing, [Kind.PLAN])
    context = page(standing, "plan", field=field, past_writing=is_past_writing(standing), quiet=NO_NAMES)
    context["audience"] = seen_by(standing, "plan", texts=texts)
    return render(request, "engagements/afterwards/plan.html", context, status=status)


# --- a card for the fridge ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def fridge_card(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """A few lines of one's own, as a card: on the screen, to print, or on paper."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    saved = saved_text(standing, texts_of(standing, [Kind.FRIDGE_CARD]), Kind.FRIDGE_CARD)
    words: dict[str, Any] = {"label": _("My lines"), "reason": _("At most six, short ones. One is enough.")}
    if request.method == "GET":
        return _card(request, standing, field_for(standing, Kind.FRIDGE_CARD, saved, request.path, **words))
    form = CardForm(request.POST, **words, auto_id=f"{Kind.FRIDGE_CARD.value}_%s")
    field = Field(Kind.FRIDGE_CARD, form, request.path, saved)
    if not form.is_valid():
        return _card(request, standing, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field):
        return _card(request, standing, clashed, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved, for you alone."))
    return redirect("fridge_card", organisation, standing.engagement.pk)


def _card(request: MemberRequest, standing: Standing, field: Field, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    lines = card_lines(field.saved.body) if field.saved else ()
    context = page(standing, "fridge_card", field=field, lines=lines, past_writing=is_past_writing(standing))
    return render(request, "engagements/afterwards/fridge_card.html", context, status=status)


@require_GET
def fridge_card_paper(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The card on a small paper of its own."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    saved = texts_of(standing, [Kind.FRIDGE_CARD]).mine(Kind.FRIDGE_CARD)
    lines = card_lines(saved.body) if saved else ()
    if not lines:
        messages.info(request, _("There is nothing on your card yet."))
        return redirect("fridge_card", organisation, standing.engagement.pk)
    content = pdf("engagements/fridge_card", {"lines": lines}, language=language(), title=_("Card for the fridge"))
    return paper_response(content, _("card"))


# --- the booklet ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def booklet(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client's own words in one paper, of the client's own choosing. Made when asked for and kept nowhere."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    words = own_words(standing, language())
    there = {part for part, _texts in chapters(words, set(BookletPart))}
    names = {part: name for part, name in part_names().items() if part in there}
    if request.method == "GET":
        form = BookletForm(names=names, initial={"parts": [part.value for part in names]})
        return _booklet(request, standing, form)
    form = BookletForm(request.POST, names=names)
    if not form.is_valid():
        return _booklet(request, standing, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen = form.cleaned_data["parts"]
    note_booklet(standing=standing, count=len(chosen))
    facts = _booklet_facts(standing, words, chosen, names)
    content = pdf("engagements/booklet", facts, language=language(), title=_("What I take along"))
    return paper_response(content, _("booklet"))


def _booklet(
    request: MemberRequest, standing: Standing, form: BookletForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = page(standing, "booklet", form=form, has_words=bool(form.fields["parts"].choices))  # type: ignore[attr-defined]
    return render(request, "engagements/afterwards/booklet.html", context, status=status)


def _booklet_facts(
    standing: Standing, words: list[Entry], chosen: list[str], names: dict[BookletPart, str]
) -> dict[str, Any]:
    began, ended = standing.engagement.started_on, standing.engagement.closed_on or clock.today()
    period = _("From %(began)s to %(ended)s") % {"began": _day(began), "ended": _day(ended)}
    return {
        "name": standing.person.name,
        "period": period,
        "made": _("Put together on %(day)s, from words of my own.") % {"day": _day(clock.today())},
        "chapters": [
            {
                "heading": names[part],
                "entries": [
                    {"when": " · ".join(one for one in (text.title, _day(text.on)) if one), "text": text.text}
                    for text in texts
                ],
            }
            for part, texts in chapters(words, chosen)
        ],
    }


def _day(day: Any) -> str:
    return date_format(day, "j F Y")


# --- three months later ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def later(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """What shows of it at work, for the client alone, with the plan beside it."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    texts = texts_of(standing, [Kind.LATER, Kind.PLAN])
    saved, my_plan = texts.mine(Kind.LATER), texts.mine(Kind.PLAN)
    words: dict[str, Any] = {"label": _("What do you see of it in your work?"), "reason": NO_NAMES}
    if request.method == "GET":
        return _later(request, standing, field_for(standing, Kind.LATER, saved, request.path, **words), my_plan)
    if _moment(standing) is not Moment.OPEN:
        messages.info(request, _("It is not the time to look back yet, or your texts are gone already."))
        return redirect("later", organisation, standing.engagement.pk)
    form = TextForm(request.POST, **words, auto_id=f"{Kind.LATER.value}_%s")
    field = Field(Kind.LATER, form, request.path, saved)
    if not field.form.is_valid():
        return _later(request, standing, field, my_plan, HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field):
        return _later(request, standing, clashed, my_plan, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved, for you alone."))
    return redirect("later", organisation, standing.engagement.pk)


def _moment(standing: Standing) -> Moment:
    return moment_of(standing.engagement.closed_on, standing.course.destroy_on, clock.today())


def _later(
    request: MemberRequest,
    standing: Standing,
    field: Field,
    my_plan: Text | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    closed_on = standing.engagement.closed_on
    context = page(
        standing,
        "later",
        field=field,
        plan=told_in(my_plan, asks().plan),
        moment=_moment(standing).value,
        opens_on=opens_on(closed_on) if closed_on else None,
        three_months=three_months_after(closed_on) if closed_on else None,
        may_ask=time_to_ask(standing) is Moment.OPEN,
    )
    return render(request, "engagements/afterwards/later.html", context, status=status)
