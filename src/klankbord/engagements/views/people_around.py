"""The people around the client: a map in three rings, and what each of them might say."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.evaluation import add_somebody, keep_somebody, send_map, take_off
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.evaluation_texts import guide
from klankbord.engagements.forms.evaluation import NO_NAMES, RINGS, PerspectiveForm, SomebodyForm
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.people_around import Around, people_around_of
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.rules.people_around import Changed, Full, Ring, Somebody, drawn, next_question, says_the_same
from klankbord.engagements.views.engagement_page import (
    Clash,
    back_from_what_is_over,
    is_over,
    page,
    told_when_too_late,
)
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import When
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft


def _questions(who: str) -> dict[str, str]:
    """Every question, with this person or group put in."""
    return {one.id: one.wording.text(language()).format_map({"who": who}) for one in guide().perspectives}


def _ring_words() -> dict[str, str]:
    return {value: str(words) for value, words in RINGS}


@require_GET
def people_around(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The map: the client's own, or what the client sent."""
    standing = engagement_for(request.person, engagement)
    around = people_around_of(standing)
    if around.sent_at:
        note_reading(standing, "people_around.open", standing.engagement.client_id)
    return _map(request, standing, around, SomebodyForm())


def _map(
    request: MemberRequest,
    standing: Standing,
    around: Around,
    form: SomebodyForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    dots = drawn(around.people)
    words = _ring_words()
    rings = [
        {"name": words[ring], "people": [{"dot": dot, "answers": _answers(dot.somebody)} for dot in here]}
        for ring, here in groupby(dots, key=lambda dot: dot.somebody.ring)
    ]
    reached = (When.SENT,) if around.sent_at else ()
    context = page(
        standing,
        "stakeholders",
        audience=audience("stakeholders", viewer=standing.seen_as, names=standing.names, reached=reached),
        around=around,
        dots=dots,
        rings=rings,
        centre=standing.engagement.client.first_name,
        form=form,
    )
    return render(request, "engagements/evaluation/people_around.html", context, status=status)


def _answers(one: Somebody) -> list[tuple[str, str]]:
    questions = _questions(one.who)
    return [(question, one.answers[name]) for name, question in questions.items() if name in one.answers]


@require_POST
@told_when_too_late
def add(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Put somebody on the map."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = SomebodyForm(request.POST)
    if not form.is_valid():
        return _map(request, standing, people_around_of(standing), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        add_somebody(standing=standing, one=Somebody(str(given["once"]), given["who"], Ring(given["ring"])))
    except Full:
        form.add_error("who", _("The map is full. Take somebody off it first."))
        return _map(request, standing, people_around_of(standing), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("people_around", organisation, standing.engagement.pk)


@require_POST
@told_when_too_late
def send(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Let the coach read the map."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    send_map(standing=standing, slug=organisation)
    messages.success(request, _("Sent. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("people_around", organisation, standing.engagement.pk)


@require_POST
@told_when_too_late
def take_somebody_off(request: MemberRequest, organisation: str, engagement: UUID, somebody: UUID) -> HttpResponse:
    """Take somebody off the map."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    take_off(standing=standing, somebody_id=str(somebody))
    drop_draft(_place(organisation, standing, str(somebody)))
    messages.success(request, _("Taken off the map, with what was written there."))
    return redirect("people_around", organisation, standing.engagement.pk)


def _place(slug: str, standing: Standing, somebody_id: str) -> str:
    where = {"organisation": slug, "engagement": standing.engagement.pk, "somebody": somebody_id}
    return reverse("person_around", kwargs=where)


# --- one of them ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def somebody(request: MemberRequest, organisation: str, engagement: UUID, somebody: UUID) -> HttpResponse:
    """Look through somebody else's eyes: questions for who asks for one, and the client's answers."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    saved = people_around_of(standing).somebody(str(somebody))
    if request.method == "POST":
        return _keep(request, standing, organisation, str(somebody), saved)
    if saved is None:
        raise Http404
    if is_over(standing):
        return redirect("people_around", organisation, standing.engagement.pk)
    typed = draft_at(request.path)
    asked = _asked(saved, [*typed, request.GET.get("vraag", "")])
    kept = {"who": saved.who, "ring": saved.ring.value, "based_on": str(saved.revision), **saved.answers}
    form = PerspectiveForm(initial={**kept, **typed}, questions=asked)
    return _one(request, standing, saved, form, clash=_clash_of_draft(saved, typed))


def _asked(saved: Somebody | None, names: Sequence[str], who: str = "") -> list[tuple[str, str]]:
    """The questions on the page: those with an answer, and those that were asked for."""
    questions = _questions(saved.who if saved else who)
    answered = saved.answers if saved else {}
    return [(name, question) for name, question in questions.items() if name in answered or name in names]


def _clash_of_draft(saved: Somebody, typed: Mapping[str, str]) -> Clash | None:
    """What was saved in another window since this was being typed, beside it."""
    if not typed or typed.get("based_on") == str(saved.revision):
        return None
    ring = typed.get("ring", "")
    mine = Somebody(
        saved.id,
        typed.get("who", saved.who),
        Ring(ring) if ring in set(Ring) else saved.ring,
        {name: typed[name] for name in _questions(saved.who) if typed.get(name, "").strip()},
    )
    return None if says_the_same(saved, mine) else _clash(saved, mine)


def _clash(saved: Somebody | None, mine: Somebody) -> Clash:
    theirs = _in_words(saved) if saved else _("No longer on the map.")
    return Clash(who=_("You yourself, in another window,"), when="", theirs=theirs, mine=_in_words(mine))


def _in_words(one: Somebody) -> str:
    head = f"{one.who} · {_ring_words()[one.ring]}"
    return "\n\n".join([head, *(f"{question}\n{answer}" for question, answer in _answers(one))])


def _keep(
    request: MemberRequest, standing: Standing, slug: str, somebody_id: str, saved: Somebody | None
) -> HttpResponse:
    if away := back_from_what_is_over(request, standing, slug):
        return away
    asked = _asked(saved, list(request.POST), request.POST.get("who", ""))
    form = PerspectiveForm(request.POST, questions=asked)
    if not form.is_valid():
        return _one(request, standing, saved, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    mine = Somebody(somebody_id, given["who"], Ring(given["ring"]), form.answers())
    try:
        keep_somebody(standing=standing, one=mine, based_on=given["based_on"] or 0)
    except Changed as changed:
        revision = changed.saved.revision if changed.saved else 0
        again = PerspectiveForm({**request.POST.dict(), "based_on": revision}, questions=asked)
        clash = _clash(changed.saved, mine)
        return _one(request, standing, changed.saved, again, HTTPStatus.CONFLICT, clash=clash)
    except Full:
        form.add_error("who", _("The map is full. Take somebody off it first."))
        return _one(request, standing, saved, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    drop_draft(request.path)
    if "another" in request.POST:
        following = next_question(mine.answers, list(_questions(mine.who)), request.POST["another"])
        return redirect(f"{request.path}?vraag={following}#answers" if following else request.path)
    messages.success(request, _("Saved."))
    return redirect("people_around", slug, standing.engagement.pk)


def _one(
    request: MemberRequest,
    standing: Standing,
    saved: Somebody | None,
    form: PerspectiveForm,
    status: int = HTTPStatus.OK,
    *,
    clash: Clash | None = None,
) -> HttpResponse:
    last = form.asked[-1] if form.asked else ""
    open_now = request.GET.get("vraag") or request.POST.get("another") or last
    reached = (When.SENT,) if people_around_of(standing).sent_at else ()
    context = page(
        standing,
        "stakeholders",
        audience=audience("stakeholders", viewer=standing.seen_as, names=standing.names, reached=reached),
        somebody=saved,
        heading=saved.who if saved else form["who"].value(),
        form=form,
        clash=clash,
        place=request.path,
        open_now=open_now,
        more=bool(next_question(form.asked, list(_questions("")))),
        quiet=NO_NAMES,
    )
    return render(request, "engagements/evaluation/person_around.html", context, status=status)
