"""Three months later: the client asks a few people at work what strikes them, and reads what they say."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions._reading import note_each_opened
from klankbord.engagements.actions.witnesses import answer, ask_witness, decline, end_question, note_opened
from klankbord.engagements.afterwards_texts import asks, questions, titles
from klankbord.engagements.forms.afterwards import PartsForm, WitnessForm
from klankbord.engagements.models import Witness
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.witnesses import (
    Question,
    around,
    asked_of,
    people_to_ask,
    question_for_witness,
    time_to_ask,
    witness_of_client,
)
from klankbord.engagements.rules.afterwards import room_for_more, too_early_to_ask
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import page, told_when_too_late
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft

# --- the client asks, and reads -------------------------------------------------------------------------------------


@require_GET
def witnesses(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Whom the client asked and what they answered. No answer says nothing."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    asked = asked_of(standing)
    note_each_opened("witness.read", {Witness(pk=one.id): one.person.pk for one in asked if one.answer})
    names = titles(asks().answer, language())
    refusal = next(iter(too_early_to_ask(time_to_ask(standing))), None)
    context = page(
        standing,
        "witness",
        asked=[
            {"one": one, "answer": [{"title": names[name], "text": text} for name, text in one.answer.items()]}
            for one in asked
        ],
        not_now=refusal.text(language()) if refusal else "",
        room=refusal is None and room_for_more(around(standing)),
    )
    return render(request, "engagements/afterwards/witnesses.html", context)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def ask(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Choose somebody, look at exactly what they will read, and ask. Finding a name tells nobody."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if refused := too_early_to_ask(time_to_ask(standing)):
        messages.info(request, refused[0].text(language()))
        return redirect("witnesses", organisation, standing.engagement.pk)
    if request.method == "GET":
        typed = draft_at(request.path)
        return _asking(request, standing, _form(standing, typed.get("name", ""), initial=typed))
    name = request.POST.get("name", "")[:120]
    if "find" in request.POST:
        typed = {key: request.POST.get(key, "") for key in ("name", "text", "person")}
        return _asking(request, standing, _form(standing, name, initial=typed), looked_for=name)
    form = _form(standing, name, request.POST)
    if not form.is_valid():
        return _asking(request, standing, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if "send" in request.POST:
        return _ask(request, standing, organisation, form)
    return _asking(request, standing, form) if "edit" in request.POST else _preview(request, standing, form)


def _preview(request: MemberRequest, standing: Standing, form: WitnessForm) -> HttpResponse:
    """Exactly what will be read."""
    context = page(standing, "witness", form=form, chosen=form.cleaned_data["person"], **_question_words(standing))
    context["asked_for"] = form.cleaned_data["text"]
    return render(request, "engagements/afterwards/witness_preview.html", context)


def _form(standing: Standing, name: str, *args: Any, **more: Any) -> WitnessForm:
    people = people_to_ask(standing, name)
    return WitnessForm(*args, people=people, manager=standing.engagement.client.manager, **more)


def _question_words(standing: Standing) -> dict[str, Any]:
    return {"client_name": standing.person.first_name, "questions": questions(asks().answer, language()).values()}


def _ask(request: MemberRequest, standing: Standing, slug: str, form: WitnessForm) -> HttpResponse:
    person = form.cleaned_data["person"]
    try:
        ask_witness(standing=standing, slug=slug, person=person, text=form.cleaned_data["text"])
    except NotNow as refusal:
        messages.warning(request, refusal.text(language()))
    else:
        drop_draft(request.path)
        messages.success(request, _("%(name)s gets a message.") % {"name": person.first_name})
    return redirect("witnesses", slug, standing.engagement.pk)


def _asking(
    request: MemberRequest,
    standing: Standing,
    form: WitnessForm,
    *,
    looked_for: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = page(standing, "witness", form=form, looked_for=looked_for)
    return render(request, "engagements/afterwards/witness_ask.html", context, status=status)


@require_POST
def end(request: MemberRequest, organisation: str, engagement: UUID, witness: UUID) -> HttpResponse:
    """End a question: whoever was asked no longer finds it. An answer stays, for the client."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    found = witness_of_client(standing, witness)
    end_question(witness=found)
    messages.success(request, _("%(name)s no longer finds your question.") % {"name": found.person.first_name})
    return redirect("witnesses", organisation, standing.engagement.pk)


# --- whoever was asked ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def witness(request: MemberRequest, organisation: str, witness: UUID) -> HttpResponse:
    """The question of a colleague, and two ways: an answer, or rather not. Of a coaching nothing is seen here."""
    question = question_for_witness(request.person, witness)
    note_opened(question.witness, "witness.open", question.witness.client_id)
    if request.method == "GET":
        initial = {**question.answer, **draft_at(request.path)}
        return _witness(request, question, PartsForm(initial=initial, questions=questions(asks().answer, language())))
    try:
        return _answered(request, question, organisation)
    except Witness.DoesNotExist as ended:
        raise Http404 from ended


def _answered(request: MemberRequest, question: Question, slug: str) -> HttpResponse:
    name = {"name": question.witness.client.first_name}
    if "decline" in request.POST:
        decline(witness=question.witness)
        messages.success(request, _("Fine. %(name)s is not told.") % name)
    else:
        form = PartsForm({**request.POST.dict(), "based_on": ""}, questions=questions(asks().answer, language()))
        if not form.is_valid():
            return _witness(request, question, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        answer(witness=question.witness, slug=slug, parts=form.parts())
        messages.success(request, _("Thank you. %(name)s can read it. You may still change it.") % name)
    drop_draft(request.path)
    return redirect("witness", slug, question.witness.pk)


def _witness(
    request: MemberRequest, question: Question, form: PartsForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    client = question.witness.client
    names = {SeenAs.CLIENT: client.first_name}
    if client.manager_id == request.person.pk:
        # Whoever is asked may be the manager: who does not see it, is then not "the manager".
        names[SeenAs.MANAGER] = _("another manager")
    context = {
        "form": form,
        "asked_for": question.asked_for,
        "client": client,
        "client_name": client.first_name,
        "state": question.witness.state,
        "audience": audience("witness", viewer=SeenAs.ASKED, names=names),
    }
    return render(request, "engagements/afterwards/witness.html", context, status=status)
