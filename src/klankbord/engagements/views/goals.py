"""Goals: looking for them, putting them in words, and putting them otherwise."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core.comparison import same_words
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.goals import make_goal, note_reading, put_goal
from klankbord.engagements.actions.texts import Overtaken
from klankbord.engagements.forms.goals import BuilderForm, ChangeForm, SentenceForm
from klankbord.engagements.goal_texts import goal_content, level_names, pattern_in
from klankbord.engagements.models import Goal
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.goals import GoalNow, goal_for, goal_now, goals_of, score_of
from klankbord.engagements.queries.harvest import harvests_of, sentences_of, words_beside_goals
from klankbord.engagements.rules.goals import sentence
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import Clash, back_from_what_is_over, is_over, page, told_when_too_late
from klankbord.people.requests import MemberRequest
from klankbord.privacy.drafts import draft_at, drop_draft

LEARNING, GOAL = Goal.Sort.LEARNING, Goal.Sort.GOAL


@require_GET
def goals(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The room: a direction, goals, what there is to learn, and what it brought already."""
    standing = engagement_for(request.person, engagement)
    note_reading(standing, "goals.open", standing.engagement.client_id)
    found, words = goals_of(standing), words_beside_goals(standing)
    active = [goal for goal in found if goal.active]
    context = page(
        standing,
        "goal",
        direction=words.direction,
        goals=[goal for goal in active if not goal.is_learning],
        learning=[goal for goal in active if goal.is_learning],
        earlier=[goal for goal in found if not goal.active],
        sentences=sentences_of(words),
        harvests=harvests_of(words)[:1],
        scores=_scores(standing, found),
        level_names=level_names(language()),
    )
    return render(request, "engagements/goals/goals.html", context)


def _scores(standing: Standing, found: list[GoalNow]) -> dict[str, Any] | None:
    """The number as each of the two sees it, with what it means; None when nobody marked anything."""
    client, coach = standing.engagement.client.first_name, standing.engagement.coach.first_name
    given = [(client, score_of(found, of_client=True)), (coach, score_of(found, of_client=False))]
    numbers = [{"who": who, "number": number} for who, number in given if number is not None]
    lines = [line.text(language()) for line in goal_content().score]
    return {"numbers": numbers, "lines": lines} if numbers else None


# --- a new one --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def new(request: MemberRequest, organisation: str, engagement: UUID, sort: Goal.Sort = GOAL) -> HttpResponse:
    """A goal, or something to learn, in one sentence."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    aims = _to_serve(standing) if sort is LEARNING else []
    of_other = "" if standing.is_client else standing.other.first_name
    if request.method == "GET":
        note_reading(standing, "goals.open", standing.engagement.client_id)
        return _new(
            request,
            standing,
            SentenceForm(initial=typed_at(request.path), sort=sort, of_other=of_other, goals=aims),
            sort,
        )
    form = SentenceForm(request.POST, sort=sort, of_other=of_other, goals=aims)
    if not form.is_valid():
        return _new(request, standing, form, sort, HTTPStatus.UNPROCESSABLE_ENTITY)
    serves = goal_for(standing, form.aim) if form.aim else None
    once, text = form.cleaned_data["once"], form.cleaned_data["text"]
    return _made(
        request,
        standing,
        organisation,
        make_goal(once=once, standing=standing, sentence=text, sort=sort, serves=serves),
    )


def _to_serve(standing: Standing) -> list[GoalNow]:
    return [goal for goal in goals_of(standing) if goal.active and not goal.is_learning]


def typed_at(place: str) -> dict[str, str]:
    """What was being typed; the id of what a form makes belongs to one sending, so it is not kept."""
    return {name: words for name, words in draft_at(place).items() if name not in ("once", "do")}


def _new(
    request: MemberRequest, standing: Standing, form: SentenceForm, sort: Goal.Sort, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = page(standing, "goal", form=form, learning=sort is LEARNING)
    return render(request, "engagements/goals/new.html", context, status=status)


def _made(request: MemberRequest, standing: Standing, slug: str, goal: Goal) -> HttpResponse:
    drop_draft(request.path)
    messages.success(request, _("It stands here now. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("goal", slug, standing.engagement.pk, goal.pk)


# --- out of small questions ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def build(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Five small questions to the client; then the sentence they make, to change and to keep."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.method == "GET":
        typed = typed_at(request.path)
        return _build(request, standing, BuilderForm(initial=typed), ready=bool(typed.get("sentence")))
    form = BuilderForm(request.POST)
    valid, do = form.is_valid(), request.POST.get("do", "look")
    if do == "keep" and valid and form.cleaned_data["sentence"].strip():
        given = form.cleaned_data
        goal = make_goal(once=given["once"], standing=standing, sentence=given["sentence"], parts=form.parts)
        return _made(request, standing, organisation, goal)
    made = sentence(form.parts, pattern_in(language())) if valid else ""
    if not valid or do == "keep" or (do == "look" and not made):
        if valid:
            said = _("Nothing was filled in yet. One answer is enough, or write a sentence of your own.")
            form.add_error("sentence" if do == "keep" else None, said)
        return _build(request, standing, form, ready=do == "keep", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    mine = form.cleaned_data["sentence"]
    if do == "look":
        form = BuilderForm(with_more(request.POST, sentence=made))
        form.is_valid()
    return _build(request, standing, form, ready=do == "look", made=made, before="" if same_words(mine, made) else mine)


def with_more(sent: QueryDict, **more: str) -> QueryDict:
    """What was sent, with something more."""
    again = sent.copy()
    for name, words in more.items():
        again[name] = words
    return again


def _build(
    request: MemberRequest,
    standing: Standing,
    form: BuilderForm,
    *,
    ready: bool,
    made: str = "",
    before: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The questions, or once it is *ready* the sentence, with an open question for what was skipped, on request."""
    skipped = form.parts.missing() if form.is_bound and form.is_valid() else ()
    asked = [one.open.text(language()) for one in goal_content().questions if one.id in skipped]
    context = page(standing, "goal", form=form, ready=ready, made=made, before=before, asked=asked)
    return render(request, "engagements/goals/build.html", context, status=status)


# --- in other words -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def change(request: MemberRequest, organisation: str, engagement: UUID, goal: UUID) -> HttpResponse:
    """Put a goal in other words. What it said before stays readable."""
    standing = engagement_for(request.person, engagement)
    row = goal_for(standing, goal)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    now, aims = goal_now(standing, row), _to_serve(standing) if row.sort == LEARNING else []
    if request.method == "GET":
        note_reading(standing, "goals.open", standing.engagement.client_id)
        initial, clash = _as_it_stands(request, now)
        return _change(request, standing, now, ChangeForm(initial=initial, goals=aims), clash)
    form = ChangeForm(request.POST, goals=aims)
    if not form.is_valid():
        return _change(request, standing, now, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    serves = goal_for(standing, form.aim) if form.aim else None
    based_on = given["based_on"] or now.revision
    try:
        put_goal(
            standing=standing, goal=row, sentence=given["text"], why=given["why"], based_on=based_on, serves=serves
        )
    except Overtaken as overtaken:
        again = ChangeForm(with_more(request.POST, based_on=str(overtaken.revision)), goals=aims)
        clash = clash_over(now, overtaken.conflict.theirs, given["text"])
        return _change(request, standing, now, again, clash, status=HTTPStatus.CONFLICT)
    drop_draft(request.path)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("goal", organisation, standing.engagement.pk, row.pk)


def _as_it_stands(request: MemberRequest, now: GoalNow) -> tuple[dict[str, Any], Clash | None]:
    """What to begin with: what was being typed, or the wording that was pointed at, or the one that leads."""
    pointed = [put for put in now.wordings if str(put.number) == request.GET.get("uit")]
    begin = pointed[0] if pointed else now.lead
    stands = {"text": begin.text.sentence, "serves": str(now.serves_id or ""), "based_on": now.revision}
    typed = {} if pointed else typed_at(request.path)
    seen = seen_by_writer(typed, now)
    if seen < now.revision and not same_words(typed.get("text", ""), now.wordings[-1].text.sentence):
        clash = clash_over(now, now.wordings[-1].text.sentence, typed.get("text", ""))
        return {**stands, **typed, "based_on": now.revision}, clash
    return {**stands, **typed, "based_on": seen}, None


def seen_by_writer(typed: dict[str, str], now: GoalNow) -> int:
    """The wording somebody was looking at while typing."""
    based_on = typed.get("based_on", "")
    return int(based_on) if based_on.isdigit() else now.revision


def clash_over(now: GoalNow, theirs: str, mine: str) -> Clash:
    """What was saved in the meantime beside what the acting person wrote."""
    last = now.wordings[-1]
    who = _("You yourself, in another window,") if last.mine else last.author
    return Clash(who=who, when=date_format(localtime(last.made_at), "j F, H.i"), theirs=theirs, mine=mine)


def _change(
    request: MemberRequest,
    standing: Standing,
    now: GoalNow,
    form: ChangeForm,
    clash: Clash | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = page(standing, "goal", goal=now, form=form, clash=clash, over=is_over(standing))
    return render(request, "engagements/goals/change.html", context, status=status)
