"""Rounding off, and what the client tells or shows the manager."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.core.paper import paper_response, pdf
from klankbord.engagements import texts as content
from klankbord.engagements.actions.closing import NoReader, note_opened, share_text, withdraw_share
from klankbord.engagements.actions.course import begin_closing, close
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.afterwards_texts import asks
from klankbord.engagements.forms.closing import PreviewedForm, ShareForm
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.models import Course
from klankbord.engagements.queries.agreements import third_party_of
from klankbord.engagements.queries.closing import (
    is_past_writing,
    parts_to_share,
    readers_of,
    share_of_client,
    shared_words,
    shares_of,
)
from klankbord.engagements.queries.doors import Standing, engagement_for, share_for_reader
from klankbord.engagements.queries.evaluation import MOMENTS, looking_back_of
from klankbord.engagements.queries.meeting import planned_meetings
from klankbord.engagements.queries.policy import policy_of
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.rules.lifecycle import Act, Phase, Role
from klankbord.engagements.rules.meeting import Stage
from klankbord.engagements.rules.retention import retention_sentence
from klankbord.engagements.texts import About
from klankbord.engagements.views.engagement_page import (
    Field,
    field_for,
    may_write,
    page,
    saved_text,
    take_text,
    told_when_too_late,
    why_not,
)
from klankbord.engagements.views.parts_text import PartsField, parts_field, take_parts, told_in
from klankbord.engagements.views.policy_words import findings_in_words
from klankbord.engagements.writings import Kind
from klankbord.people.api import Person
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.checks import EndFacts, end_findings
from klankbord.policy.rules.finding import Finding, NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience
from klankbord.privacy.drafts import draft_at, drop_draft

# --- Rounding off ---------------------------------------------------------------------------------------------------


@require_GET
def closing(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Where you stand with rounding off, what can be done, and how long everything stays."""
    standing = engagement_for(request.person, engagement)
    things = ("course", "report", "crib", "share") if standing.is_client else ("course", "report")
    months = standing.course.retention_months
    report = _report_of(standing)
    context = page(
        standing,
        *things,
        phase=standing.phase.value,
        report=report,
        manager=_manager(standing),
        readers=readers_of(standing) if standing.is_client else [],
        plan_sent=not standing.is_client and bool(texts_of(standing, [Kind.PLAN]).theirs(Kind.PLAN)),
        too_early=why_not(standing, Act.CLOSE) if standing.phase not in (Phase.CLOSED, Phase.ENDED) else "",
        if_closed_today=retention_sentence(clock.today(), clock.today(), months).text(language()),
        past_writing=is_past_writing(standing),
        findings=findings_in_words(_expected_at_the_end(standing), language()),
        audience=_seen(standing, *things, sent=report is not None and report.sent_at is not None),
    )
    return render(request, "engagements/closing/closing.html", context)


def _expected_at_the_end(standing: Standing) -> list[Finding]:
    """What the policy has in mind at the end and is not there yet; while there is still something to round off."""
    if standing.phase not in (Phase.RUNNING, Phase.CLOSING) or standing.course.route == Course.Route.SHORT:
        return []
    found, meetings = looking_back_of(standing, MOMENTS["final"]), planned_meetings(standing.engagement)
    end = EndFacts(
        looked_back=bool(found.mine or found.theirs or found.together),
        third=third_party_of(standing.engagement) is not None,
        met_at_end=any(one.starts_at and one.stage == Stage.END for one in meetings),
    )
    return end_findings(policy_of(standing.engagement).content, end)


def _seen(standing: Standing, *things: str, sent: bool) -> Audience:
    """Who sees these things, now that the report was sent or was not."""
    reached = (When.SENT,) if sent else ()
    return audience(*things, viewer=standing.seen_as, names=standing.names, reached=reached)


def _manager(standing: Standing) -> str:
    """The first name of whom the client tells; the coach is not told who that is."""
    return standing.names.get(SeenAs.MANAGER, "")


def _report_of(standing: Standing) -> Text | None:
    """The closing report, as far as the acting person may read it."""
    texts = texts_of(standing, [Kind.REPORT])
    return texts.mine(Kind.REPORT) if standing.is_client else texts.theirs(Kind.REPORT)


@require_POST
def begin(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Begin to round off; the other is told."""
    standing = engagement_for(request.person, engagement)
    try:
        begin_closing(standing=standing, slug=organisation)
    except NotNow as refusal:
        messages.warning(request, refusal.text(language()))
    else:
        name = {"name": standing.other.first_name}
        messages.success(request, _("You are rounding off. %(name)s gets a message.") % name)
    return redirect("closing", organisation, standing.engagement.pk)


@require_POST
def close_now(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Close. From today it is counted how long the texts stay."""
    standing = engagement_for(request.person, engagement)
    try:
        close(standing=standing, slug=organisation)
    except NotNow as refusal:
        messages.warning(request, refusal.text(language()))
    return redirect("closing", organisation, standing.engagement.pk)


# --- The report, and the crib ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def report(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client's closing report: written for oneself, sent or not. The coach reads what was sent."""
    standing = engagement_for(request.person, engagement)
    if request.method == "POST":
        return _save_report(request, standing, organisation)
    if standing.is_client:
        return _report_page(request, standing, _field(standing, request.path))
    found = _report_of(standing)
    if found:
        note_reading(standing, "report.open", standing.engagement.client_id)
    context = page(standing, "report", report=found, audience=_seen(standing, "report", sent=found is not None))
    return render(request, "engagements/closing/report_for_coach.html", context)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def crib(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """A card to tell the manager by mouth: for the client alone, to print or to have at hand."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if request.method == "GET":
        return _crib_page(request, standing, parts_field(standing, Kind.CRIB, asks().crib, request.path))
    if is_past_writing(standing):
        messages.info(request, _("This coaching is over. Nothing more can be written here."))
        return redirect("closing", organisation, standing.engagement.pk)
    field = parts_field(standing, Kind.CRIB, asks().crib, request.path, request.POST)
    if not field.form.is_valid():
        return _crib_page(request, standing, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_parts(standing, organisation, field):
        return _crib_page(request, standing, clashed, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved, for you alone."))
    return redirect("crib", organisation, standing.engagement.pk)


def _crib_page(
    request: MemberRequest, standing: Standing, field: PartsField, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    tongue = language()
    context = page(
        standing,
        "crib",
        field=field,
        manager=_manager(standing),
        past_writing=is_past_writing(standing),
        lines=[{"title": one.title.text(tongue), "hint": one.hint.text(tongue)} for one in content.closing().crib],
    )
    return render(request, "engagements/closing/crib.html", context, status=status)


@require_GET
def crib_paper(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The crib on paper, for the talk. It has no place for a name: whoever finds it does not know whose it is."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    told = told_in(texts_of(standing, [Kind.CRIB]).mine(Kind.CRIB), asks().crib)
    if not told:
        messages.info(request, _("There is nothing in your crib yet."))
        return redirect("crib", organisation, standing.engagement.pk)
    facts = {"sections": [{"heading": one["title"], "text": one["text"]} for one in told]}
    return paper_response(pdf("core/plain", facts, language=language(), title=_("My crib")), _("crib"))


def _field(standing: Standing, place: str) -> Field:
    saved = saved_text(standing, texts_of(standing, [Kind.REPORT]), Kind.REPORT)
    return field_for(standing, Kind.REPORT, saved, place, **_words())


def _words() -> dict[str, Any]:
    """Label and reason of the report."""
    quiet = _("Rather no names of others and no medical details.")
    return {"label": _("My report"), "reason": _("As long or as short as you like.") + " " + quiet}


def _save_report(request: MemberRequest, standing: Standing, slug: str) -> HttpResponse:
    """Save the report, or send it."""
    may_write(standing, Kind.REPORT)
    if is_past_writing(standing):
        messages.info(request, _("This coaching is over. Nothing more can be written here."))
        return redirect("closing", slug, standing.engagement.pk)
    saved = saved_text(standing, texts_of(standing, [Kind.REPORT]), Kind.REPORT)
    form = TextForm(request.POST, **_words(), auto_id=f"{Kind.REPORT.value}_%s")
    field = Field(Kind.REPORT, form, request.path, saved)
    if not field.form.is_valid():
        return _report_page(request, standing, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    send = "send" in request.POST
    if clashed := take_text(standing, slug, field, send=send):
        return _report_page(request, standing, clashed, HTTPStatus.CONFLICT)
    messages.success(request, _what_happened(standing, field, send=send))
    return redirect("closing_report", slug, standing.engagement.pk)


def _what_happened(standing: Standing, field: Field, *, send: bool) -> str:
    name = {"name": standing.other.first_name}
    if send and not field.sent:
        return _("Sent. %(name)s can read it.") % name
    return _("Saved. %(name)s can read it.") % name if field.sent else _("Saved, for you alone.")


def _report_page(
    request: MemberRequest, standing: Standing, field: Field, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = page(
        standing,
        "report",
        field=field,
        manager=_manager(standing),
        past_writing=is_past_writing(standing),
        audience=_seen(standing, "report", sent=field.sent),
        **_guide(),
    )
    return render(request, "engagements/closing/report.html", context, status=status)


def _guide() -> dict[str, Any]:
    """Questions for the report, in the language on the screen."""
    guide, tongue = content.closing(), language()
    titles = {
        About.BROUGHT: _("What it brought"),
        About.WORK: _("What shows at work"),
        About.ONWARD: _("How you go on"),
    }
    groups = [
        {
            "title": title,
            "questions": [
                {"title": one.title.text(tongue), "question": one.question.text(tongue)}
                for one in guide.questions
                if one.about is about
            ],
        }
        for about, title in titles.items()
    ]
    return {"guide_lead": guide.lead.text(tongue), "groups": groups}


# --- A text for the manager -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def share(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Choose what somebody may read, look at exactly that, and share it. Beside it what is shared already."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    readers = readers_of(standing)
    if not readers or is_past_writing(standing):
        return _sharing(request, standing, None, readers)
    parts = parts_to_share(standing)
    if request.method == "GET":
        typed = draft_at(request.path)
        initial: dict[str, Any] = {name: typed[name] for name in ("own", "reader") if name in typed}
        initial["parts"] = typed.get("parts", "").split("\n")
        return _sharing(request, standing, ShareForm(initial=initial, parts=parts, readers=readers), readers)
    if "share" in request.POST:
        return _share(request, standing, organisation)
    form = ShareForm(request.POST, parts=parts, readers=readers)
    if not form.is_valid():
        return _sharing(request, standing, form, readers, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _sharing(request, standing, form, readers) if "edit" in request.POST else _preview(request, standing, form)


def _preview(request: MemberRequest, standing: Standing, form: ShareForm) -> HttpResponse:
    """Exactly what will be read, and by whom."""
    reader = form.cleaned_data["reader"]
    shown = {"text": form.cleaned_data["text"], "reader": reader.pk, "once": form.cleaned_data["once"]}
    context = page(standing, "share", form=form, previewed=PreviewedForm(initial=shown), text=shown["text"])
    context["reader"] = reader
    return render(request, "engagements/closing/preview.html", context)


def _share(request: MemberRequest, standing: Standing, slug: str) -> HttpResponse:
    """Share what the preview showed."""
    form = PreviewedForm(request.POST)
    back = redirect("share", slug, standing.engagement.pk)
    if not form.is_valid():
        messages.warning(request, _("Something went missing on the way. Nothing was shared; look at it once more."))
        return back
    given = form.cleaned_data
    try:
        shared = share_text(
            once=given["once"], standing=standing, slug=slug, text=given["text"], reader_id=given["reader"]
        )
    except NoReader:
        messages.warning(request, _("It was meant for somebody else. Nothing was shared; look at it once more."))
        return back
    drop_draft(request.path)
    name = {"name": shared.reader.first_name}
    messages.success(request, _("Shared. %(name)s gets a message and can read it.") % name)
    return back


def _sharing(
    request: MemberRequest,
    standing: Standing,
    form: ShareForm | None,
    readers: list[Person],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = page(standing, "share", form=form, readers=readers, shares=shares_of(standing))
    # With one reader the page is about that person; with two the client chooses first.
    context["manager"] = readers[0].first_name if len(readers) == 1 else ""
    return render(request, "engagements/closing/share.html", context, status=status)


@require_POST
def stop_sharing(request: MemberRequest, organisation: str, engagement: UUID, share: UUID) -> HttpResponse:
    """Stop sharing: the copy is destroyed."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    withdraw_share(share=share_of_client(standing, share))
    messages.success(request, _("You no longer share this text. What was read already stays known."))
    return redirect("share", organisation, standing.engagement.pk)


@require_GET
def shared_text(request: MemberRequest, organisation: str, share: UUID) -> HttpResponse:
    """What an employee shares with the acting person: those words and nothing around them."""
    found = share_for_reader(request.person, share)
    words = shared_words(found)
    note_opened(found, "share.open", found.client_id)
    viewer = SeenAs.MANAGER if found.client.manager_id == request.person.pk else SeenAs.SPONSOR
    context = {
        "share": found,
        "words": words,
        "audience": audience(
            "share", viewer=viewer, names={SeenAs.CLIENT: found.client.first_name}, reached=(When.SHARED,)
        ),
    }
    return render(request, "engagements/closing/shared_text.html", context)
