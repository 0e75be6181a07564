"""The board of a talk: four fields, thoughts of two people, and a look every second at what the other does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.comparison import same_words
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions import board as actions
from klankbord.engagements.actions.board import Shut, TakenAway, note_reading
from klankbord.engagements.actions.texts import Overtaken
from klankbord.engagements.board_texts import board_fields
from klankbord.engagements.content_files import by_id
from klankbord.engagements.forms.board import CardForm, ThoughtForm, WalkForm
from klankbord.engagements.models import Board, Card, Field, Session
from klankbord.engagements.queries.board import (
    Thought,
    Walk,
    board_of,
    card_for,
    changed_by_acting_person,
    gate_of,
    hours_of,
    talk_with_board,
    thought,
    thoughts_on,
    walk_over,
)
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.line import moment_words, talk_title
from klankbord.engagements.rules.board import Gate, Moment, moment_of
from klankbord.engagements.views.engagement_page import (
    Clash,
    back_from_what_is_over,
    is_over,
    link_within,
    page,
    told_when_too_late,
)
from klankbord.people.requests import MemberRequest
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft


@dataclass(frozen=True)
class FieldOnBoard:
    """One field of the board as it is drawn."""

    key: str
    name: str
    question: str
    thoughts: list[Thought]


def kept_when_shut[**P](
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[MemberRequest, P], HttpResponse]:
    """Answer what comes while the board is shut with the page that says so; the words are kept for their writer."""

    @wraps(view)
    def answer(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Shut:
            if words := {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}:
                keep_draft(request.path, words)
                messages.info(
                    request, _("What you wrote is kept. You find it here again as soon as the board is open.")
                )
            return redirect("board", kwargs["organisation"], kwargs["engagement"], kwargs["number"])

    return answer


# --- the board itself -------------------------------------------------------------------------------------------


@require_GET
def board(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The board of one talk; during the talk a calm page, until both opened it."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    return _board(request, standing, organisation, talk)


def _board(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    talk: Session,
    *,
    form: ThoughtForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    lying = board_of(talk)
    gate = gate_of(standing, talk, lying)
    context = page(
        standing,
        "card",
        "board_step",
        talk=talk,
        title=talk_title(talk.number),
        when_and_where=moment_words(talk.starts_at, clock.now(), talk.place),
        gate=gate.value,
        mark=_mark(standing, talk, lying, gate),
    )
    if gate is not Gate.OPEN:
        return render(request, "engagements/board/shut.html", context, status=status)
    note_reading(standing, "board.open", standing.engagement.client_id)
    walked = walk_over(standing, lying) if lying else Walk()
    place = link_within(standing, slug)("board_add", number=talk.number)
    at = form.data.get("field", "") if form else walked.at
    context |= _what_lies_there(standing, lying, walked)
    during = moment_of(clock.now(), hours_of(talk)) is Moment.DURING
    context |= {"at": at, "place": place, "form": form or _thought_form(place, at), "during": during}
    return render(request, "engagements/board/board.html", context, status=status)


def _what_lies_there(standing: Standing, lying: Board | None, walked: Walk) -> dict[str, Any]:
    thoughts = thoughts_on(standing, lying) if lying else []
    names = {one.id: one.name.text(language()) for one in board_fields()}
    return {
        "fields": [
            FieldOnBoard(
                key=one.id,
                name=names[one.id],
                question=one.question.text(language()),
                thoughts=[each for each in thoughts if each.field == one.id and not each.removed],
            )
            for one in board_fields()
        ],
        "away": [each for each in thoughts if each.removed],
        "steps": [names[step] for step in walked.steps],
        "more_steps": walked.more,
    }


def _question(at: str) -> str:
    return by_id(board_fields(), at).question.text(language()) if at in Field.values else ""


def _thought_form(place: str, at: str) -> ThoughtForm:
    """An empty form for the field where somebody is, with what they were typing, wherever they were then."""
    return ThoughtForm(
        initial={"field": at, "text": draft_at(place).get("text", "")}, question=_question(at), auto_id="thought_%s"
    )


def _mark(standing: Standing, talk: Session, lying: Board | None, gate: Gate) -> str:
    """What a browser sends back to ask whether anything changed. Nothing is read or unsealed for it."""
    revision = lying.revision if lying else 0
    over = "over" if is_over(standing) else "running"
    return f'"{talk.pk.hex}-{revision}-{gate}-{over}-{language()}"'


@require_GET
def look(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponseBase:
    """What lies on the board now, for a page that has it open. Unchanged: 304, at the cost of four questions.

    Looking again leaves no trail: that the board was opened was noted when the page was.
    """
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    lying = board_of(talk)
    gate = gate_of(standing, talk, lying)
    mark = _mark(standing, talk, lying, gate)
    if unchanged := get_conditional_response(request, etag=mark):
        unchanged.headers["ETag"] = mark
        return unchanged
    context: dict[str, Any] = {"gate": gate.value}
    # SECURITY: while the board is shut nothing of it is given out, also not to a page that had it open before.
    if gate is Gate.OPEN:
        walked = walk_over(standing, lying) if lying else Walk()
        context = page(standing, "card", talk=talk, gate=gate.value, **_what_lies_there(standing, lying, walked))
    response = render(request, "engagements/board/lying.html", context)
    response.headers["ETag"] = mark
    return response


@require_POST
@told_when_too_late
def open_together(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Open the board during the talk, for one's own part."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    actions.open_board(standing=standing, session=talk)
    return redirect("board", organisation, standing.engagement.pk, talk.number)


@require_POST
@told_when_too_late
def shut_again(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Shut the board during the talk, for both."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    actions.shut_board(standing=standing, session=talk)
    return redirect("board", organisation, standing.engagement.pk, talk.number)


@require_POST
@told_when_too_late
@kept_when_shut
def walk(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Go to a field, from wherever one is."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = WalkForm(request.POST)
    if form.is_valid():
        actions.walk(standing=standing, session=talk, field=Field(form.cleaned_data["field"]))
    return redirect("board", organisation, standing.engagement.pk, talk.number)


@require_POST
@told_when_too_late
@kept_when_shut
def add(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """Put one thought on the board."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = ThoughtForm(request.POST, question=_question(request.POST.get("field", "")), auto_id="thought_%s")
    if not form.is_valid():
        return _board(request, standing, organisation, talk, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    actions.add_card(
        once=given["once"], standing=standing, session=talk, field=Field(given["field"]), text=given["text"]
    )
    drop_draft(request.path)
    return redirect("board", organisation, standing.engagement.pk, talk.number)


# --- one thought ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
@kept_when_shut
def card(request: MemberRequest, organisation: str, engagement: UUID, number: int, card: UUID) -> HttpResponse:
    """Put a thought in other words, or in another field."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    row = card_for(talk, card)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if gate_of(standing, talk, board_of(talk)) is not Gate.OPEN:
        raise Shut
    if request.method == "GET":
        note_reading(standing, "board.open", standing.engagement.client_id)
        return _card(request, standing, talk, row, _card_form(standing, row, request.path))
    form = CardForm(request.POST)
    if not form.is_valid():
        return _card(request, standing, talk, row, (form, None), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := _take_change(standing, talk, row, form):
        return _card(request, standing, talk, card_for(talk, card), clashed, status=HTTPStatus.CONFLICT)
    drop_draft(request.path)
    return redirect("board", organisation, standing.engagement.pk, talk.number)


def _card_form(standing: Standing, row: Card, place: str) -> tuple[CardForm, Clash | None]:
    """The form for a thought as it is, or as it was being changed; what the other did since stands beside that."""
    typed, now = draft_at(place), thought(standing, row)
    words, based_on = typed.get("text", now.body), typed.get("based_on", "")
    seen = int(based_on) if based_on.isdigit() else now.revision
    clash = None
    if typed and seen < now.revision and not same_words(words, now.body):
        clash, seen = _clash(standing, row, words), now.revision
    initial = {"text": words, "based_on": seen, "shown": row.field, "chosen": row.field, "back": now.removed}
    return CardForm(initial=initial), clash


def _clash(standing: Standing, row: Card, mine: str) -> Clash:
    own = changed_by_acting_person(standing, row)
    who = _("You yourself, in another window,") if own else standing.other.first_name
    when = date_format(localtime(row.changed_at), "j F, H.i")
    return Clash(who=who, when=when, theirs=thought(standing, row).body, mine=mine)


def _take_change(standing: Standing, talk: Session, row: Card, form: CardForm) -> tuple[CardForm, Clash | None] | None:
    """Save what a valid form holds. None when that went well; else the form to go on with, and what stands now."""
    given = form.cleaned_data
    try:
        actions.change_card(
            standing=standing,
            session=talk,
            card=row,
            text=given["text"],
            based_on=given["based_on"],
            shown=Field(given["shown"]),
            chosen=Field(given["chosen"]),
            back=given["back"],
        )
    except TakenAway:
        return CardForm({**form.data.dict(), "back": "True"}), None  # type: ignore[attr-defined]
    except Overtaken as overtaken:
        again = CardForm({**form.data.dict(), "based_on": overtaken.revision})  # type: ignore[attr-defined]
        return again, _clash(standing, card_for(talk, row.pk), given["text"])
    return None


def _card(
    request: MemberRequest,
    standing: Standing,
    talk: Session,
    row: Card,
    change: tuple[CardForm, Clash | None],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    form, clash = change
    context = page(
        standing, "card", talk=talk, title=talk_title(talk.number), card=thought(standing, row), form=form, clash=clash
    )
    return render(request, "engagements/board/card.html", context, status=status)


@require_POST
@told_when_too_late
@kept_when_shut
def take_away(request: MemberRequest, organisation: str, engagement: UUID, number: int, card: UUID) -> HttpResponse:
    """Take a thought off the board."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    row = card_for(talk, card)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    actions.take_away(standing=standing, session=talk, card=row)
    drop_draft(link_within(standing, organisation)("board_card", number=talk.number, card=row.pk))
    messages.info(request, _("Off the board. Below the board you can put it back."))
    return redirect("board", organisation, standing.engagement.pk, talk.number)


@require_POST
@told_when_too_late
@kept_when_shut
def put_back(request: MemberRequest, organisation: str, engagement: UUID, number: int, card: UUID) -> HttpResponse:
    """Put back what was taken off the board."""
    standing = engagement_for(request.person, engagement)
    talk = talk_with_board(standing, number)
    row = card_for(talk, card)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    actions.put_back(standing=standing, session=talk, card=row)
    return redirect("board", organisation, standing.engagement.pk, talk.number)
