"""One goal: how it was put, what its steps look like, where it stands, and letting it go."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.comparison import same_words
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.goals import (
    describe_levels,
    keep_goals,
    mark_goal,
    note_reading,
    turn_goal,
)
from klankbord.engagements.actions.texts import Overtaken
from klankbord.engagements.forms.goals import LevelsForm, MarkForm, TurnForm, field_of
from klankbord.engagements.goal_texts import level_names
from klankbord.engagements.models import Goal
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.goals import GoalNow, Marked, goal_for, goal_now, last_talk_held
from klankbord.engagements.rules.goals import LEVELS, GoalText, height, path, spots
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import Clash, back_from_what_is_over, page, told_when_too_late
from klankbord.engagements.views.goals import clash_over, seen_by_writer, typed_at, with_more
from klankbord.people.requests import MemberRequest
from klankbord.privacy.drafts import drop_draft


@require_GET
def goal(request: MemberRequest, organisation: str, engagement: UUID, goal: UUID) -> HttpResponse:
    """One goal, with everything that was said about it."""
    standing = engagement_for(request.person, engagement)
    now = goal_now(standing, goal_for(standing, goal))
    note_reading(standing, "goals.open", standing.engagement.client_id)
    return _goal(request, standing, now)


def _goal(
    request: MemberRequest,
    standing: Standing,
    now: GoalNow,
    *,
    mark: MarkForm | None = None,
    turn: TurnForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    names, described = level_names(language()), now.lead.text.levels
    serves = goal_now(standing, goal_for(standing, now.serves_id)) if now.serves_id else None
    context = page(
        standing,
        "goal",
        goal=now,
        serves=serves,
        earlier=_earlier(now),
        levels=[{"name": names[level], "words": described[level]} for level in reversed(LEVELS) if level in described],
        mark=mark or MarkForm(described=described),
        turn=turn or TurnForm(),
        picture=_picture(now),
        marks=[{"mark": one, "name": names[one.level]} for one in reversed(now.marks)],
    )
    return render(request, "engagements/goals/goal.html", context, status=status)


def _earlier(now: GoalNow) -> list[dict[str, Any]]:
    """Every wording with what it changed in the one before it, newest first; the first stands as it was."""
    steps = []
    for before, put in zip([None, *now.wordings], now.wordings, strict=False):
        same = before is not None and same_words(before.text.sentence, put.text.sentence)
        described = before is not None and before.text.levels != put.text.levels
        steps.append({"put": put, "before": before, "same": same, "described": described})
    return steps[::-1]


def _picture(now: GoalNow) -> dict[str, Any] | None:
    """Where both saw it over time, when there is more than one moment to look at."""
    if len(now.marks) < 2:
        return None
    start, end = now.marks[0].made_at, now.marks[-1].made_at

    def drawn(of_client: bool) -> dict[str, Any]:
        marks: list[Marked] = [mark for mark in now.marks if mark.of_client == of_client]
        through = spots([mark.made_at for mark in marks], [mark.level for mark in marks], start, end)
        return {"spots": through, "path": path(through)}

    lines = [{"y": height(level), "sign": f"{level:+d}".replace("-", "−") if level else "0"} for level in LEVELS]
    return {"mine": drawn(of_client=True), "theirs": drawn(of_client=False), "lines": lines}


@require_http_methods(["GET", "POST"])
@told_when_too_late
def levels(request: MemberRequest, organisation: str, engagement: UUID, goal: UUID) -> HttpResponse:
    """The client describes what less, as hoped, and more would look like."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    row = goal_for(standing, goal)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    now = goal_now(standing, row)
    if request.method == "GET":
        form, clash = _levels_as_they_stand(request, now)
        return _levels(request, standing, now, form, clash)
    form = LevelsForm(request.POST)
    if not form.is_valid():
        return _levels(request, standing, now, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        based_on = form.cleaned_data["based_on"] or now.revision
        describe_levels(standing=standing, goal=row, levels=form.levels, based_on=based_on)
    except Overtaken as overtaken:
        again = LevelsForm(with_more(request.POST, based_on=str(overtaken.revision)))
        clash = clash_over(now, overtaken.conflict.theirs, overtaken.conflict.mine)
        return _levels(request, standing, now, again, clash, status=HTTPStatus.CONFLICT)
    drop_draft(request.path)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("goal", organisation, standing.engagement.pk, row.pk)


def _levels_as_they_stand(request: MemberRequest, now: GoalNow) -> tuple[LevelsForm, Clash | None]:
    """The form with the levels as they are, or as they were being typed; what was saved since stands beside that."""
    stands = {field_of(level): words for level, words in now.lead.text.levels.items()}
    typed = typed_at(request.path)
    seen, clash = seen_by_writer(typed, now), None
    if seen < now.revision:
        mine = GoalText("", levels={level: typed.get(field_of(level), "") for level in LEVELS}).levels_in_words
        theirs = now.lead.text.levels_in_words
        clash = None if same_words(mine, theirs) else clash_over(now, theirs, mine)
        seen = now.revision
    return LevelsForm(initial={**stands, **typed, "based_on": seen}), clash


def _levels(
    request: MemberRequest,
    standing: Standing,
    now: GoalNow,
    form: LevelsForm,
    clash: Clash | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = page(standing, "goal", goal=now, form=form, clash=clash)
    return render(request, "engagements/goals/levels.html", context, status=status)


@require_POST
@told_when_too_late
def mark(request: MemberRequest, organisation: str, engagement: UUID, goal: UUID) -> HttpResponse:
    """Say where one sees this goal now."""
    standing = engagement_for(request.person, engagement)
    row = goal_for(standing, goal)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    now = goal_now(standing, row)
    form = MarkForm(request.POST, described=now.lead.text.levels)
    if not form.is_valid():
        return _goal(request, standing, now, mark=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    mark_goal(
        once=form.cleaned_data["once"],
        standing=standing,
        goal=row,
        level=form.cleaned_data["level"],
        session=last_talk_held(standing),
    )
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("goal", organisation, standing.engagement.pk, row.pk)


@require_POST
@told_when_too_late
def turn(request: MemberRequest, organisation: str, engagement: UUID, goal: UUID) -> HttpResponse:
    """Let it go, call it reached, or take it up again."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    row = goal_for(standing, goal)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = TurnForm(request.POST)
    if not form.is_valid():
        now = goal_now(standing, row)
        return _goal(request, standing, now, turn=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    state = Goal.State(form.cleaned_data["state"])
    turn_goal(standing=standing, goal=row, state=state, why=form.cleaned_data["why"])
    said = {
        Goal.State.ACTIVE: _("You took it up again."),
        Goal.State.REACHED: _("It stands with what you reached. You can take it up again whenever you like."),
        Goal.State.LET_GO: _("You let it go. You can take it up again whenever you like."),
    }
    messages.success(request, said[state])
    return redirect("goal", organisation, standing.engagement.pk, row.pk)


@require_POST
@told_when_too_late
def keep(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """After a talk: the goals still fit."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    talk = session_for(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    keep_goals(standing=standing, session=talk)
    messages.success(request, _("Then it stays as it is."))
    return redirect("session", organisation, standing.engagement.pk, talk.number)
