"""Reflective questions: looking for one, being given one, keeping one, and writing one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from secrets import randbelow
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.questions import (
    add_own_question,
    keep_question,
    let_go_of_question,
    remove_own_question,
    restore_own_question,
)
from klankbord.engagements.forms.questions import KeepForm, OwnQuestionForm, QuestionsFilter
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.queries.questions import (
    favourites_of,
    own_question_for,
    own_questions_of,
    talk_now,
)
from klankbord.engagements.questions import questions as collection
from klankbord.engagements.rules.questions import Question, Wanted, fitting, holds_words, in_turn, offered
from klankbord.engagements.views.engagement_page import page
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft

A_PAGE = 20
TURNS = 10_000


@dataclass(frozen=True)
class Shown:
    """A question as it stands on the screen, from the collection or of one's own."""

    id: str
    text: str
    kept: bool = False
    own: bool = False
    gone: bool = False


def _shown(question: Question, kept: frozenset[str]) -> Shown:
    return Shown(question.id, question.wording.text(language()), kept=question.id in kept)


def _found(request: MemberRequest, filters: QuestionsFilter, wanted: Wanted) -> tuple[list[Shown], list[Shown]]:
    """What fits, of the collection and of one's own. A question of one's own has no other mark than where it leads."""
    kept = favourites_of(request.person)
    of_all = [_shown(one, kept) for one in collection() if wanted.fits(one)]
    known_by_place = wanted == Wanted(phase=wanted.phase, words=wanted.words)
    own = [
        Shown(one.id, one.text, own=True, gone=one.gone)
        for one in own_questions_of(request.person)
        if known_by_place and (not wanted.phase or one.phase == wanted.phase) and holds_words(wanted.words, one.text)
    ]
    return [one for one in of_all if one.kept or not filters.only_kept], own


@require_GET
def questions(request: MemberRequest, organisation: str) -> HttpResponse:
    """All questions, or one of them for who asks for one."""
    return _questions(request, organisation)


def _questions(
    request: MemberRequest, slug: str, form: OwnQuestionForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    for_coach = "coach" in request.roles
    filters = QuestionsFilter(request.GET, for_coach=for_coach)
    search = request.GET.get("q", "").strip()
    wanted = filters.wanted(search)
    found, own = _found(request, filters, wanted)
    turn = _turn(request.GET.get("turn", ""))
    context: dict[str, Any] = {
        "audience": audience("own_question", "favourite_question", viewer=SeenAs.SELF),
        "here": request.get_full_path() if request.method == "GET" else reverse("questions", args=[slug]),
    }
    if turn is not None and form is None:
        readable = [one for one in own if not one.gone]
        one = in_turn([*found, *readable], "collection", turn)
        context |= {"one": one, "next": (turn + 1) % TURNS, "narrowed": wanted.narrows or filters.only_kept}
        return render(request, "engagements/questions/one.html", context)
    context |= {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "own": own,
        "filters": filters,
        "search": search,
        "narrowed": wanted.narrows or filters.only_kept,
        "first": randbelow(TURNS),
        "form": form or _own_form(slug),
        "gone_back": "removed" in request.GET and bool(draft_at(_undo_place(slug)).get("text")),
        "for_coach": for_coach,
    }
    return render(request, "engagements/questions/questions.html", context, status=status)


def _turn(text: str) -> int | None:
    return int(text) % TURNS if text.isascii() and text.isdigit() and len(text) < 9 else None


def _own_form(slug: str) -> OwnQuestionForm:
    typed = draft_at(reverse("own_question_add", args=[slug]))
    return OwnQuestionForm(initial={name: words for name, words in typed.items() if words}, auto_id="own_%s")


def _undo_place(slug: str) -> str:
    return reverse("own_question_restore", args=[slug])


def _back(request: MemberRequest, slug: str) -> HttpResponse:
    """Back to the page somebody came from.

    SECURITY: only within the own organisation; anything else in the field would send people elsewhere.
    """
    place = request.POST.get("back", "")
    known = place.startswith(f"/{slug}/") and place.isprintable() and "\\" not in place
    return redirect(place if known else reverse("questions", args=[slug]))


@require_POST
def keep(request: MemberRequest, organisation: str) -> HttpResponse:
    """Keep a question at hand, or no longer."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("We do not know this question any more."))
        return _back(request, organisation)
    wanted = form.cleaned_data["question"]
    if form.cleaned_data["keep"]:
        keep_question(person=request.person, question=wanted)
    else:
        let_go_of_question(person=request.person, question=wanted)
    return _back(request, organisation)


@require_POST
def add(request: MemberRequest, organisation: str) -> HttpResponse:
    """Write a question of one's own."""
    form = OwnQuestionForm(request.POST, auto_id="own_%s")
    if not form.is_valid():
        return _questions(request, organisation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    add_own_question(once=given["once"], person=request.person, text=given["text"], phase=given["phase"])
    drop_draft(request.path)
    messages.success(request, _("Saved, for you alone."))
    return redirect(reverse("questions", args=[organisation]) + "#own")


@require_POST
def remove(request: MemberRequest, organisation: str, own_question: UUID) -> HttpResponse:
    """Take a question of one's own away; the next page offers to bring it back."""
    remove_own_question(own=own_question_for(request.person, own_question), place=_undo_place(organisation))
    return redirect(reverse("questions", args=[organisation]) + "?removed=1#own")


@require_POST
def restore(request: MemberRequest, organisation: str) -> HttpResponse:
    """Bring back what was taken away last."""
    if restore_own_question(person=request.person, place=_undo_place(organisation)):
        messages.success(request, _("Your question is back."))
    else:
        messages.info(request, _("There is nothing to bring back."))
    return redirect(reverse("questions", args=[organisation]) + "#own")


@require_GET
def for_a_talk(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """One question that fits this talk, for who asks for one. The same again when the page is opened again."""
    standing = engagement_for(request.person, engagement)
    if number == 0:
        raise Http404
    talk = session_for(standing, number)
    now = talk_now(standing, talk)
    begun = talk.starts_at <= clock.now()
    turn = min(_turn(request.GET.get("turn", "")) or 0, offered(now.level) - 1)
    fits = fitting(collection(), begun=begun, level=now.level, phase=now.phase, step=now.step)
    one = in_turn(_as_shown(fits, favourites_of(request.person)), f"{standing.engagement.pk} {number} {begun}", turn)
    context = page(
        standing,
        "session",
        audience=audience("favourite_question", viewer=SeenAs.SELF),
        talk=talk,
        one=one,
        next=turn + 1 if turn + 1 < offered(now.level) else None,
        here=request.get_full_path(),
    )
    return render(request, "engagements/questions/for_a_talk.html", context)


def _as_shown(found: Iterable[Question], kept: frozenset[str]) -> list[Shown]:
    return [_shown(one, kept) for one in found]
