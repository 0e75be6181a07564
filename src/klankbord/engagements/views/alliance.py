"""Our working together: one open question after a talk, and ratings for who both want them."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.alliance import rate_alliance, share_rating, want_ratings
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.alliance import RatingForm
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.learning_texts import OpenQuestion, open_question, working_together
from klankbord.engagements.models import AllianceRating, Session
from klankbord.engagements.queries.alliance import (
    both_want_ratings,
    own_rating_for,
    ratings_of,
    talks_held,
    values_of,
    wants_ratings,
    written_about_working_together,
)
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.line import moment_words, talk_title
from klankbord.engagements.queries.texts import Texts, texts_of
from klankbord.engagements.rules import alliance as rules
from klankbord.engagements.rules.alliance import About
from klankbord.engagements.views.engagement_page import (
    Field,
    back_from_what_is_over,
    field_for,
    page,
    saved_text,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience

# --- the room -----------------------------------------------------------------------------------------------------


@require_GET
def alliance(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """What was written after talks, and the ratings of who both want them."""
    standing = engagement_for(request.person, engagement)
    texts, ratings = written_about_working_together(standing), ratings_of(standing)
    writers = {*(text.author_id for text in texts.rows), *(rating.author_id for rating in ratings)}
    if standing.other.pk in writers:
        note_reading(standing, "alliance.open", standing.other.pk)
    both = both_want_ratings(standing)
    context = page(
        standing,
        "alliance",
        "alliance_rating",
        audience=_seen(standing, "alliance", "alliance_rating"),
        talks=_talks(standing, texts),
        wants=wants_ratings(standing),
        both=both,
        charts=_charts(standing, ratings),
        moments=_moments(standing, ratings),
        rows=_rows(ratings),
        to_share=[one for one in ratings if one.author_id == standing.person.pk and one.shared_at is None],
    )
    return render(request, "engagements/alliance/alliance.html", context)


def _seen(standing: Standing, *things: str, sent: bool = False) -> Audience:
    """Who sees these things. Both write and rate for themselves first, so either is told it as the one who sends."""
    names = {**standing.names, SeenAs.COACH: standing.other.first_name}
    return audience(*things, viewer=SeenAs.CLIENT, names=names, reached=(When.SENT,) if sent else ())


def _question(standing: Standing, question: OpenQuestion) -> str:
    return (question.client if standing.is_client else question.coach).text(language())


def _talks(standing: Standing, texts: Texts) -> list[dict[str, Any]]:
    """The talks until now, the latest first, with what was written about them."""
    return [
        {
            "number": talk.number,
            "title": talk_title(talk.number),
            "starts_at": talk.starts_at,
            "mine": texts.mine(Kind.ALLIANCE, talk.pk),
            "theirs": texts.theirs(Kind.ALLIANCE, talk.pk),
        }
        for talk in talks_held(standing)
    ]


# --- ratings ------------------------------------------------------------------------------------------------------


def _charts(standing: Standing, ratings: list[AllianceRating]) -> list[dict[str, Any]]:
    """One small picture for each thing that was rated: one's own beside what the other shares, moment by moment."""
    charts = []
    for scale in working_together().scales:
        about = About(scale.id)
        mine = [values_of(one)[about] if one.author_id == standing.person.pk else None for one in ratings]
        theirs = [values_of(one)[about] if one.author_id != standing.person.pk else None for one in ratings]
        if any(value is not None for value in (*mine, *theirs)):
            charts.append(
                {
                    "name": scale.name.text(language()),
                    "sentence": rules.trend(mine).text(language()),
                    "mine": rules.row(mine),
                    "theirs": rules.row(theirs),
                }
            )
    return charts


def _moments(standing: Standing, ratings: list[AllianceRating]) -> list[dict[str, Any]]:
    """The columns of the table: when, and who."""
    return [
        {
            "made_at": one.made_at,
            "who": _("you") if one.author_id == standing.person.pk else standing.other.first_name,
        }
        for one in ratings
    ]


def _rows(ratings: list[AllianceRating]) -> list[dict[str, Any]]:
    """The rows of the table, one for each thing that may be rated; what was skipped is an empty cell."""
    given = [values_of(one) for one in ratings]
    return [
        {"name": scale.name.text(language()), "values": [values[About(scale.id)] for values in given]}
        for scale in working_together().scales
    ]


@require_POST
@told_when_too_late
def alliance_want(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Each says for oneself whether there are ratings."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if request.POST.get("want") in ("yes", "no"):
        want = request.POST["want"] == "yes"
        want_ratings(standing=standing, want=want)
        said = _("You want ratings.") if want else _("No new ratings. What you gave stays here, for you alone.")
        messages.success(request, said)
    return redirect("alliance", organisation, standing.engagement.pk)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def alliance_rate(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Rate what one wants to rate; everything may be skipped."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    try:
        rules.refuse_unless_both(standing.course.client_wants_ratings, standing.course.coach_wants_ratings)
        if request.method == "GET":
            return _rate(request, standing, RatingForm())
        form = RatingForm(request.POST)
        if not form.is_valid():
            return _rate(request, standing, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        _take_ratings(request, standing, organisation, form)
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
    return redirect("alliance", organisation, standing.engagement.pk)


def _rate(request: MemberRequest, standing: Standing, form: RatingForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = page(standing, "alliance_rating", audience=_seen(standing, "alliance_rating"), form=form)
    return render(request, "engagements/alliance/rate.html", context, status=status)


def _take_ratings(request: MemberRequest, standing: Standing, slug: str, form: RatingForm) -> None:
    if all(value is None for value in form.values.values()):
        messages.info(request, _("You skipped everything, so there is nothing to keep. That is fine."))
        return
    share = "share" in request.POST
    rate_alliance(once=form.cleaned_data["once"], standing=standing, slug=slug, values=form.values, share=share)
    name = {"name": standing.other.first_name}
    messages.success(request, _("%(name)s can see it.") % name if share else _("Saved, for you alone."))


@require_POST
@told_when_too_late
def alliance_share(request: MemberRequest, organisation: str, engagement: UUID, rating: UUID) -> HttpResponse:
    """Let the other see a rating of one's own."""
    standing = engagement_for(request.person, engagement)
    found = own_rating_for(standing, rating)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    try:
        share_rating(standing=standing, slug=organisation, rating=found)
        messages.success(request, _("%(name)s can see it.") % {"name": standing.other.first_name})
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
    return redirect("alliance", organisation, standing.engagement.pk)


# --- after a talk -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@told_when_too_late
def alliance_talk(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The one open question after a talk, each for oneself until it is sent."""
    standing = engagement_for(request.person, engagement)
    talk = _held_talk(standing, number)
    texts = texts_of(standing, [Kind.ALLIANCE], talk)
    saved = saved_text(standing, texts, Kind.ALLIANCE, talk)
    words: dict[str, Any] = {
        "label": _question(standing, open_question(number)),
        "reason": _("A few words are enough. Rather no names of others and no medical details."),
    }
    if request.method == "GET":
        if texts.theirs(Kind.ALLIANCE, talk.pk):
            note_reading(standing, "alliance.open", standing.other.pk)
        field = field_for(standing, Kind.ALLIANCE, saved, request.path, **words)
        return _about_talk(request, standing, talk, texts, field)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    field = Field(Kind.ALLIANCE, TextForm(request.POST, **words), request.path, saved)
    if not field.form.is_valid():
        return _about_talk(request, standing, talk, texts, field, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    send = "send" in request.POST
    if clashed := take_text(standing, organisation, field, session=talk, send=send):
        return _about_talk(request, standing, talk, texts, clashed, status=HTTPStatus.CONFLICT)
    name = {"name": standing.other.first_name}
    seen = send or field.sent
    messages.success(request, _("%(name)s can read it.") % name if seen else _("Saved, for you alone."))
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _held_talk(standing: Standing, number: int) -> Session:
    """The door to a talk that was. Raises ``Http404``: before a talk there is nothing to say about it."""
    talk = session_for(standing, number)
    if number == 0 or talk.starts_at > clock.now():
        raise Http404
    return talk


def _about_talk(
    request: MemberRequest,
    standing: Standing,
    talk: Session,
    texts: Texts,
    field: Field,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = page(
        standing,
        "alliance",
        audience=_seen(standing, "alliance", sent=field.sent),
        talk=talk,
        title=talk_title(talk.number),
        when_and_where=moment_words(talk.starts_at, clock.now(), talk.place),
        field=field,
        theirs=texts.theirs(Kind.ALLIANCE, talk.pk),
        their_question=_question_for_other(standing, talk.number),
    )
    return render(request, "engagements/alliance/talk.html", context, status=status)


def _question_for_other(standing: Standing, number: int) -> str:
    question = open_question(number)
    return (question.coach if standing.is_client else question.client).text(language())
