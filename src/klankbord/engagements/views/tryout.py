"""What is tried out at work between two talks: planning it, and telling what happened, or not."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core.comparison import same_words
from klankbord.engagements.actions.texts import NotYours, Overtaken
from klankbord.engagements.actions.tryout import change_tryout, note_reading, plan_tryout, tell_tryout
from klankbord.engagements.forms.tryout import OutcomeForm, PlanForm
from klankbord.engagements.models import Experiment, Session
from klankbord.engagements.queries.board import board_of, card_for, gate_of, talk_with_board, thought
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.queries.tryout import experiment_for, told_by_acting_person, tryout, tryouts_of
from klankbord.engagements.rules.board import Gate, Plan
from klankbord.engagements.views.engagement_page import (
    Clash,
    back_from_what_is_over,
    is_over,
    page,
    told_when_too_late,
)
from klankbord.people.requests import MemberRequest
from klankbord.privacy.drafts import draft_at, drop_draft


@require_GET
def tryouts(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Everything that was tried out or may be, by date."""
    standing = engagement_for(request.person, engagement)
    note_reading(standing, "experiment.open", standing.engagement.client_id)
    context = page(standing, "experiment", title=_room_name(standing), tryouts=tryouts_of(standing))
    return render(request, "engagements/tryout/tryouts.html", context)


def _room_name(standing: Standing) -> str:
    if standing.is_client:
        return _("What you try out")
    return _("What %(name)s tries out") % {"name": standing.other.first_name}


# --- the plan ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def new(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Write down something to try out, from scratch or from a thought on the board."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.method == "GET":
        begun = draft_at(request.path) or _from_the_board(standing, talk, request.GET.get("gedachte", ""))
        begun.pop("once", None)
        return _plan(request, standing, _plan_form(standing, initial=begun), talk=talk)
    form = _plan_form(standing, request.POST)
    if not form.is_valid():
        return _plan(request, standing, form, talk=talk, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    plan_tryout(once=form.cleaned_data["once"], standing=standing, session=talk, plan=form.plan)
    drop_draft(request.path)
    messages.success(request, _("It stands here now. At the next talk it comes back."))
    return redirect("tryouts", organisation, standing.engagement.pk)


def _from_the_board(standing: Standing, talk: Session, card: str) -> dict[str, str]:
    """The words of a thought on the board, to begin with."""
    try:
        wanted = UUID(card)
    except ValueError:
        return {}
    if gate_of(standing, talk, board_of(talk)) is not Gate.OPEN:
        return {}
    note_reading(standing, "board.open", standing.engagement.client_id)
    return {"what": thought(standing, card_for(talk, wanted)).body}


def _plan_form(standing: Standing, *args: Any, **kwargs: Any) -> PlanForm:
    return PlanForm(*args, of_other="" if standing.is_client else standing.other.first_name, **kwargs)


def _plan(
    request: MemberRequest,
    standing: Standing,
    form: PlanForm,
    *,
    talk: Session | None,
    row: Experiment | None = None,
    clash: Clash | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    title = talk_title(talk.number) if talk else ""
    context = page(standing, "experiment", form=form, clash=clash, talk=talk, title=title, tryout=row)
    return render(request, "engagements/tryout/plan.html", context, status=status)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def change(request: MemberRequest, organisation: str, engagement: UUID, tryout: UUID) -> HttpResponse:
    """Put the plan in other words."""
    standing = engagement_for(request.person, engagement)
    row = experiment_for(standing, tryout)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.method == "GET":
        note_reading(standing, "experiment.open", standing.engagement.client_id)
        form, clash = _plan_as_it_is(standing, row, request.path)
        return _plan(request, standing, form, talk=row.session, row=row, clash=clash)
    form = _plan_form(standing, request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _plan(request, standing, form, talk=row.session, row=row, status=status)
    try:
        change_tryout(
            standing=standing, experiment=row, plan=form.plan, based_on=form.cleaned_data["based_on"] or row.revision
        )
    except Overtaken as overtaken:
        again = _plan_form(standing, {**form.data.dict(), "based_on": overtaken.revision})  # type: ignore[attr-defined]
        clash = _clash(standing, experiment_for(standing, tryout), overtaken.conflict.theirs, form.plan.in_words)
        return _plan(request, standing, again, talk=row.session, row=row, clash=clash, status=HTTPStatus.CONFLICT)
    drop_draft(request.path)
    return redirect("tryout", organisation, standing.engagement.pk, row.pk)


def _plan_as_it_is(standing: Standing, row: Experiment, place: str) -> tuple[PlanForm, Clash | None]:
    """The form with the plan as it stands, or as it was being written; what the other did since stands beside that."""
    now, typed = tryout(standing, row), draft_at(place)
    stands = {"what": now.plan.what, "when": now.plan.when, "with_whom": now.plan.with_whom}
    initial: dict[str, Any] = {**stands, **{part: typed[part] for part in stands if part in typed}}
    seen, mine, clash = _seen(typed, now.revision), Plan(**initial).in_words, None
    if typed and seen < now.revision and not same_words(mine, now.plan.in_words):
        clash, seen = _clash(standing, row, now.plan.in_words, mine), now.revision
    return _plan_form(standing, initial={**initial, "based_on": seen}), clash


def _seen(typed: dict[str, str], otherwise: int) -> int:
    based_on = typed.get("based_on", "")
    return int(based_on) if based_on.isdigit() else otherwise


def _clash(standing: Standing, row: Experiment, theirs: str, mine: str) -> Clash:
    own = told_by_acting_person(standing, row)
    who = _("You yourself, in another window,") if own else standing.other.first_name
    return Clash(who=who, when=date_format(localtime(row.changed_at), "j F, H.i"), theirs=theirs, mine=mine)


# --- what happened ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def tell(request: MemberRequest, organisation: str, engagement: UUID, tryout: UUID) -> HttpResponse:
    """One thing to try out; the client tells here what happened, or that it went otherwise, or lets it go."""
    standing = engagement_for(request.person, engagement)
    row = experiment_for(standing, tryout)
    if request.method == "GET":
        note_reading(standing, "experiment.open", standing.engagement.client_id)
        return _tell(request, standing, row, *_outcome_as_it_is(standing, row, request.path))
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = OutcomeForm(request.POST)
    if not standing.is_client:
        raise PermissionDenied
    if not form.is_valid():
        return _tell(request, standing, row, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := _take_outcome(standing, row, form):
        return _tell(request, standing, row, *clashed, status=HTTPStatus.CONFLICT)
    drop_draft(request.path)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("tryouts", organisation, standing.engagement.pk)


def _outcome_as_it_is(standing: Standing, row: Experiment, place: str) -> tuple[OutcomeForm, Clash | None]:
    now = tryout(standing, row)
    typed = draft_at(place) if standing.is_client and not is_over(standing) else {}
    words, seen, clash = typed.get("text", now.outcome), _seen(typed, now.revision), None
    if typed and seen < now.revision and not same_words(words, now.outcome):
        clash, seen = _clash(standing, row, now.outcome, words), now.revision
    return OutcomeForm(initial={"text": words, "based_on": seen}), clash


def _take_outcome(standing: Standing, row: Experiment, form: OutcomeForm) -> tuple[OutcomeForm, Clash | None] | None:
    """Save what a valid form holds. None when that went well; else the form to go on with, and what stands now."""
    given = form.cleaned_data
    try:
        tell_tryout(
            standing=standing,
            experiment=row,
            state=Experiment.State(given["state"]),
            text=given["text"],
            based_on=given["based_on"] or row.revision,
        )
    except NotYours as refusal:
        raise PermissionDenied from refusal
    except Overtaken as overtaken:
        again = OutcomeForm({**form.data.dict(), "based_on": overtaken.revision})  # type: ignore[attr-defined]
        stands = experiment_for(standing, row.pk)
        return again, _clash(standing, stands, overtaken.conflict.theirs, given["text"])
    return None


def _tell(
    request: MemberRequest,
    standing: Standing,
    row: Experiment,
    form: OutcomeForm,
    clash: Clash | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = page(standing, "experiment", tryout=tryout(standing, row), form=form, clash=clash)
    context["room"] = _room_name(standing)
    return render(request, "engagements/tryout/tryout.html", context, status=status)
