"""The learning spiral and self-steering: the client places, chooses and asks; the coach sees and answers."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.learning import (
    AnsweredAlready,
    choose_steering,
    place_step,
    reply_to_signal,
    say_word,
    send_signal,
    take_step_away,
)
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.learning import ReplyForm, SteeringForm, StepForm, WordForm
from klankbord.engagements.learning_texts import Word, learning, level, step, word
from klankbord.engagements.models import Signal
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.learning import (
    Exchange,
    Placed,
    exchange,
    exchanges_of,
    signal_for,
    spiral_step_for,
    steps_of,
    talks_to_choose_from,
    wishes_of,
)
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.rules.spiral import Step, dense_turns, draw
from klankbord.engagements.views.engagement_page import (
    back_from_what_is_over,
    is_over,
    link_within,
    page,
    told_when_too_late,
)
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import When
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft

# --- the spiral ---------------------------------------------------------------------------------------------------


@require_GET
def spiral(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """What was walked, as a picture and as a list; for the client also a place to put a step."""
    standing = engagement_for(request.person, engagement)
    note_reading(standing, "spiral.open", standing.engagement.client_id)
    return _spiral(request, standing, organisation)


def _spiral(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    form: StepForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    placed = steps_of(standing)
    drawing = draw([one.walked for one in placed])
    place = link_within(standing, slug)("spiral_place")
    if form is None and standing.is_client and not is_over(standing):
        typed = {name: text for name, text in draft_at(place).items() if name != "once"}
        form = StepForm(initial=typed, talks=talks_to_choose_from(standing), walked=bool(placed))
    context = page(
        standing,
        "spiral",
        drawing=drawing,
        spokes=[(spoke, step(spoke.step).name.text(language())) for spoke in drawing.spokes],
        turns=_turns(placed),
        form=form,
        place=place,
    )
    return render(request, "engagements/learning/spiral.html", context, status=status)


def _turns(placed: list[Placed]) -> list[list[dict[str, Any]]]:
    """The same as the picture in words: turn by turn, each step with its number in the picture."""
    numbers = dense_turns([one.walked for one in placed])
    turns: list[list[dict[str, Any]]] = [[] for _turn in range(max(numbers, default=0))]
    for number, (one, turn) in enumerate(zip(placed, numbers, strict=True), start=1):
        turns[turn - 1].append(
            {
                "number": number,
                "id": one.id,
                "name": step(one.step).name.text(language()),
                "sentence": one.sentence,
                "gone": one.gone,
                "talk": one.talk,
                "talk_title": talk_title(one.talk) if one.talk else "",
                "placed_at": one.placed_at,
            }
        )
    return turns


@require_POST
@told_when_too_late
def spiral_place(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client puts a step on the spiral."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = StepForm(request.POST, talks=talks_to_choose_from(standing), walked=True)
    if not form.is_valid():
        return _spiral(request, standing, organisation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    place_step(
        once=form.cleaned_data["once"],
        standing=standing,
        step=Step(form.cleaned_data["step"]),
        sentence=form.cleaned_data["sentence"],
        session=form.cleaned_data["talk"],
        anew=form.cleaned_data["anew"],
    )
    drop_draft(request.path)
    messages.success(request, _("It lies on your spiral. %(name)s can see it.") % {"name": standing.other.first_name})
    return redirect("spiral", organisation, standing.engagement.pk)


@require_POST
@told_when_too_late
def spiral_remove(request: MemberRequest, organisation: str, engagement: UUID, spiral_step: UUID) -> HttpResponse:
    """The client takes a step away again."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    row = spiral_step_for(standing, spiral_step)
    if row is not None:
        take_step_away(standing=standing, row=row)
    messages.success(request, _("It is off your spiral."))
    return redirect("spiral", organisation, standing.engagement.pk)


# --- self-steering ------------------------------------------------------------------------------------------------


@require_GET
def steering(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """How much steering is welcome, and what was said about the way of working."""
    standing = engagement_for(request.person, engagement)
    note_reading(standing, "steering.open", standing.engagement.client_id)
    return _steering(request, standing)


def _steering(
    request: MemberRequest, standing: Standing, form: SteeringForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    wishes = wishes_of(standing)
    told = [{"name": level(one.level).name.text(language()), "made_at": one.made_at} for one in wishes]
    if form is None and standing.is_client and not is_over(standing):
        form = SteeringForm(initial={"level": wishes[0].level} if wishes else None)
    context = page(
        standing,
        "steering",
        "signal",
        form=form,
        now=told[0] if told else None,
        about=level(wishes[0].level).about.text(language()) if wishes else "",
        before=told[1:],
        words=[_named(one) for one in learning().words],
        exchanges=[_told(one) for one in exchanges_of(standing)],
    )
    return render(request, "engagements/learning/steering.html", context, status=status)


def _named(one: Word) -> dict[str, str]:
    return {"id": one.id, "title": one.title.text(language())}


def _told(one: Exchange) -> dict[str, Any]:
    """An exchange with its title in words."""
    return {"exchange": one, "title": word(one.sort).title.text(language())}


@require_POST
@told_when_too_late
def steering_choose(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client says how much steering is welcome."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = SteeringForm(request.POST)
    if not form.is_valid():
        return _steering(request, standing, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    choose_steering(standing=standing, level=form.cleaned_data["level"])
    messages.success(request, _("So it is for now. %(name)s can see it.") % {"name": standing.other.first_name})
    return redirect("steering", organisation, standing.engagement.pk)


# --- a word about the way of working ------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def signal_say(request: MemberRequest, organisation: str, engagement: UUID, sort: str) -> HttpResponse:
    """The client says something about the way of working: with or without words, for oneself or for the coach."""
    if sort not in Signal.Sort.values:
        raise Http404
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    talks, label = talks_to_choose_from(standing), word(sort).label.text(language())
    if request.method == "GET":
        typed = draft_at(request.path)
        about = request.GET.get("talk") or typed.get("talk", "")
        known = about in {str(talk.number) for talk in talks}
        initial = {"text": typed.get("text", ""), "talk": about if known else ""}
        return _say(request, standing, sort, WordForm(initial=initial, label=label, talks=talks))
    form = WordForm(request.POST, label=label, talks=talks)
    if not form.is_valid():
        return _say(request, standing, sort, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    said = say_word(
        once=form.cleaned_data["once"],
        standing=standing,
        slug=organisation,
        sort=Signal.Sort(sort),
        text=form.cleaned_data["text"],
        session=form.cleaned_data["talk"],
        send=form.cleaned_data["send"],
    )
    drop_draft(request.path)
    name = {"name": standing.other.first_name}
    messages.success(request, _("Sent to %(name)s.") % name if said.sent_at else _("Saved, for you alone."))
    return redirect("signal", organisation, standing.engagement.pk, said.pk)


def _say(
    request: MemberRequest, standing: Standing, sort: str, form: WordForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    about = word(sort)
    context = page(
        standing,
        "signal",
        form=form,
        title=about.title.text(language()),
        lead=about.lead.text(language()),
        first_for_oneself=sort == Signal.Sort.LEARNING_WAY,
    )
    return render(request, "engagements/learning/say.html", context, status=status)


@require_GET
def signal(request: MemberRequest, organisation: str, engagement: UUID, signal: UUID) -> HttpResponse:
    """One word about the way of working, and what the coach said to it."""
    standing = engagement_for(request.person, engagement)
    found = signal_for(standing, signal)
    note_reading(standing, "signal.open", standing.engagement.client_id)
    return _signal(request, standing, organisation, found)


def _signal(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    found: Signal,
    *,
    form: ReplyForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    told = exchange(found)
    place = link_within(standing, slug)("signal_reply", signal=found.pk)
    if form is None and not standing.is_client and not told.reply and not is_over(standing):
        form = ReplyForm(initial={"text": draft_at(place).get("text", "")})
    reached = (When.SENT,) if told.sent_at else ()
    context = page(
        standing,
        "signal",
        audience=audience("signal", viewer=standing.seen_as, names=standing.names, reached=reached),
        told=told,
        title=word(told.sort).title.text(language()),
        talk_title=talk_title(told.talk) if told.talk else "",
        form=form,
        place=place,
        answered_meanwhile=status == HTTPStatus.CONFLICT,
    )
    return render(request, "engagements/learning/signal.html", context, status=status)


@require_POST
@told_when_too_late
def signal_send(request: MemberRequest, organisation: str, engagement: UUID, signal: UUID) -> HttpResponse:
    """The client sends what was for oneself until now."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    found = signal_for(standing, signal)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    send_signal(standing=standing, slug=organisation, signal=found)
    messages.success(request, _("Sent to %(name)s.") % {"name": standing.other.first_name})
    return redirect("signal", organisation, standing.engagement.pk, found.pk)


@require_POST
@told_when_too_late
def signal_reply(request: MemberRequest, organisation: str, engagement: UUID, signal: UUID) -> HttpResponse:
    """The coach answers, in words or by mouth."""
    standing = engagement_for(request.person, engagement, need=Role.COACH)
    found = signal_for(standing, signal)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _signal(request, standing, organisation, found, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    by_mouth = form.cleaned_data["by_mouth"]
    try:
        reply_to_signal(
            standing=standing, slug=organisation, signal=found, text="" if by_mouth else form.cleaned_data["text"]
        )
    except AnsweredAlready:
        found = signal_for(standing, signal)
        return _signal(request, standing, organisation, found, form=form, status=HTTPStatus.CONFLICT)
    if not by_mouth:
        drop_draft(request.path)
    messages.success(request, _("%(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("signal", organisation, standing.engagement.pk, found.pk)
