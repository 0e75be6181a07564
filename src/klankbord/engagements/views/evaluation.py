"""Looking back half-way and at the end: together in one text, or apart and then side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.texts import Overtaken, note_reading, save_text
from klankbord.engagements.evaluation_texts import guide, part
from klankbord.engagements.forms.evaluation import NO_NAMES, PartsForm
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.evaluation import MOMENTS, LookingBack, Moment, is_past, looking_back_of
from klankbord.engagements.queries.texts import Text
from klankbord.engagements.rules.evaluation import Pillar, body_of, parts_in, side_by_side
from klankbord.engagements.rules.parts import in_words
from klankbord.engagements.views.engagement_page import Clash, clash_with, page, told_when_too_late
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience
from klankbord.privacy.drafts import draft_at, drop_draft


def _titles() -> dict[str, str]:
    return {pillar.value: wording.text(language()) for pillar, wording in guide().titles.items()}


def _names(standing: Standing) -> dict[str, str]:
    return {"client": standing.engagement.client.first_name, "coach": standing.engagement.coach.first_name}


def _heading(moment: Moment) -> str:
    return _("Looking back half-way") if moment.key == "interim" else _("Looking back at the end")


def _seen(standing: Standing, moment: Moment, found: LookingBack, *keys: str) -> Audience:
    """Who sees these things, now that both lie beside each other or do not yet."""
    reached = {moment.thing(standing): (When.BESIDE,)} if found.both else {}
    return audience(*keys, viewer=standing.seen_as, names=standing.names, reached=reached)


# --- the page of a moment ---------------------------------------------------------------------------------------------


@require_GET
def looking_back(request: MemberRequest, organisation: str, engagement: UUID, moment: str) -> HttpResponse:
    """What the two wrote of this moment, or the two ways to begin."""
    standing = engagement_for(request.person, engagement)
    at = MOMENTS[moment]
    found = looking_back_of(standing, at)
    if found.theirs:
        note_reading(standing, "evaluation.open", standing.other.pk)
    elif found.together:
        note_reading(standing, "evaluation.open", standing.engagement.client_id)
    titles = _titles()
    keys = (at.thing(standing), at.together.value)
    context = page(
        standing,
        *keys,
        audience=_seen(standing, at, found, *keys),
        moment=at.key,
        heading=_heading(at),
        opening=_question(standing, at, Pillar.WAY, together=False),
        found=found,
        beside=_beside(standing, found, titles),
        wordless=_wordless(standing, found),
        of_both=[(titles[name], text) for name, text in found.of_both.items()],
        past=is_past(standing, at),
        offers_ratings=not (standing.course.client_wants_ratings and standing.course.coach_wants_ratings),
        **_addresses(standing, organisation, at),
    )
    return render(request, "engagements/evaluation/looking_back.html", context)


def _addresses(standing: Standing, slug: str, moment: Moment) -> dict[str, str]:
    where = {"organisation": slug, "engagement": standing.engagement.pk}
    return {
        "here": reverse(moment.key, kwargs=where),
        "apart": reverse(f"{moment.key}_apart", kwargs=where),
        "both_write": reverse(f"{moment.key}_together", kwargs=where),
        "rather_talk": reverse(f"{moment.key}_rather_talk", kwargs=where),
    }


def _beside(standing: Standing, found: LookingBack, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """What each of the two wrote, pillar by pillar. Who left a pillar empty is not named there."""
    if not (found.both and found.mine and found.theirs):
        return []
    you, other = _("You"), standing.other.first_name
    pairs = side_by_side(parts_in(found.mine.body), parts_in(found.theirs.body), titles)
    return [
        {
            "title": titles[one.pillar],
            "sides": [{"who": who, "text": text} for who, text in ((you, one.first), (other, one.second)) if text],
        }
        for one in pairs
    ]


def _wordless(standing: Standing, found: LookingBack) -> list[str]:
    """Who laid something down without a word on it: that person would rather talk."""
    if not (found.both and found.mine and found.theirs):
        return []
    said = []
    if not found.theirs.gone and not parts_in(found.theirs.body):
        said.append(_("%(name)s wrote nothing down and would rather talk.") % {"name": standing.other.first_name})
    if not found.mine.gone and not parts_in(found.mine.body):
        said.append(_("You wrote nothing down and would rather talk."))
    return said


# --- writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Desk:
    """One text in parts to write: where it is sent, what there is of it, and what went on in the meantime."""

    kind: Kind
    form: PartsForm
    saved: Text | None
    clash: Clash | None = None


@require_http_methods(["GET", "POST"])
@told_when_too_late
def together(request: MemberRequest, organisation: str, engagement: UUID, moment: str) -> HttpResponse:
    """One text of both, which either may write in."""
    standing = engagement_for(request.person, engagement)
    at = MOMENTS[moment]
    return _write(request, standing, organisation, at, at.together)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def apart(request: MemberRequest, organisation: str, engagement: UUID, moment: str) -> HttpResponse:
    """One's own text: for oneself until "done", and then side by side."""
    standing = engagement_for(request.person, engagement)
    at = MOMENTS[moment]
    return _write(request, standing, organisation, at, at.own)


def _write(request: MemberRequest, standing: Standing, slug: str, moment: Moment, kind: Kind) -> HttpResponse:
    found = looking_back_of(standing, moment)
    if is_past(standing, moment):
        messages.info(request, _("This coaching is over. You can still read everything here."))
        return redirect(_addresses(standing, slug, moment)["here"])
    saved = found.together if kind is moment.together else found.mine
    if request.method == "GET":
        if kind is moment.together and saved:
            note_reading(standing, "evaluation.open", standing.engagement.client_id)
        return _desk(request, standing, slug, moment, _begun(request, standing, moment, kind, saved), found=found)
    form = PartsForm(request.POST, questions=_questions(standing, moment, kind))
    desk = _Desk(kind, form, saved)
    if not form.is_valid():
        return _desk(request, standing, slug, moment, desk, found=found, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := _take(request, standing, slug, moment, desk):
        return _desk(request, standing, slug, moment, clashed, found=found, status=HTTPStatus.CONFLICT)
    messages.success(request, _what_happened(standing, moment, kind))
    return redirect(_addresses(standing, slug, moment)["here"])


def _begun(request: MemberRequest, standing: Standing, moment: Moment, kind: Kind, saved: Text | None) -> _Desk:
    """The form as it was being typed, else as it was saved; with both when the other saved since."""
    parts, revision = (parts_in(saved.body), saved.revision) if saved else ({}, 0)
    typed = draft_at(request.path)
    mine = {pillar.value: typed.get(pillar.value, parts.get(pillar.value, "")) for pillar in Pillar}
    seen = typed.get("based_on", "")
    clash = None
    if saved and typed and (int(seen) if seen.isdigit() else 0) < revision and body_of(mine) != body_of(parts):
        clash = _clash(standing, saved, mine)
    initial = {**mine, "based_on": seen if typed and seen.isdigit() and not clash else revision}
    return _Desk(kind, PartsForm(initial=initial, questions=_questions(standing, moment, kind)), saved, clash)


def _clash(standing: Standing, saved: Text, mine: Mapping[str, str]) -> Clash:
    titles = _titles()
    written = parts_in(body_of(mine))
    both = clash_with(standing, saved, in_words(written, titles))
    return replace(both, theirs=in_words(parts_in(saved.body), titles))


def _take(request: MemberRequest, standing: Standing, slug: str, moment: Moment, desk: _Desk) -> _Desk | None:
    """Save what a valid form holds. None when that went well; else the same form with both texts."""
    mine = desk.form.parts()
    try:
        save_text(
            standing=standing,
            slug=slug,
            kind=desk.kind,
            text=body_of(mine),
            based_on=desk.form.cleaned_data["based_on"],
            send="done" in request.POST and desk.kind is moment.own,
            notice="looked_back",
            link=_addresses(standing, slug, moment)["here"],
        )
    except Overtaken as overtaken:
        found = looking_back_of(standing, moment)
        saved = found.together if desk.kind is moment.together else found.mine
        questions = _questions(standing, moment, desk.kind)
        form = PartsForm({**mine, "based_on": overtaken.revision}, questions=questions)
        return _Desk(desk.kind, form, saved, _clash(standing, saved, mine) if saved else None)
    drop_draft(request.path)
    return None


def _what_happened(standing: Standing, moment: Moment, kind: Kind) -> str:
    name = {"name": standing.other.first_name}
    if kind is moment.together:
        return _("Saved. %(name)s can read it.") % name
    found = looking_back_of(standing, moment)
    if found.both:
        return _("Saved. Your words lie beside those of %(name)s.") % name
    if found.laid_down:
        return _("Laid down. As soon as %(name)s lays something beside it, you read each other's.") % name
    return _("Saved, for you alone.")


@require_POST
@told_when_too_late
def rather_talk(request: MemberRequest, organisation: str, engagement: UUID, moment: str) -> HttpResponse:
    """Lay down a sheet without words: I would rather talk. What was written before stays as it is."""
    standing = engagement_for(request.person, engagement)
    at = MOMENTS[moment]
    here = _addresses(standing, organisation, at)["here"]
    found = looking_back_of(standing, at)
    if found.mine is None and not is_past(standing, at):
        save_text(
            standing=standing,
            slug=organisation,
            kind=at.own,
            text=body_of({}),
            send=True,
            notice="looked_back",
            link=here,
        )
        messages.success(request, _("Fine. You talk about it instead."))
    return redirect(here)


def _question(standing: Standing, moment: Moment, pillar: Pillar, *, together: bool) -> str:
    asked = part(moment.key, pillar)
    own = asked.client if standing.is_client else asked.coach
    return (asked.together if together else own).text(language()).format_map(_names(standing))


def _questions(standing: Standing, moment: Moment, kind: Kind) -> dict[Pillar, str]:
    together = kind is moment.together
    return {pillar: _question(standing, moment, pillar, together=together) for pillar in guide().titles}


def _desk(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    moment: Moment,
    desk: _Desk,
    *,
    found: LookingBack,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    titles = _titles()
    parts = [
        {
            "title": titles[pillar.value],
            "field": desk.form[pillar.value],
            "more": [one.text(language()) for one in part(moment.key, pillar).more],
        }
        for pillar in guide().titles
    ]
    key = moment.together.value if desk.kind is moment.together else moment.thing(standing)
    context = page(
        standing,
        key,
        audience=_seen(standing, moment, found, key),
        moment=moment.key,
        heading=_heading(moment),
        desk=desk,
        parts=parts,
        found=found,
        of_both=desk.kind is moment.together,
        quiet=NO_NAMES,
        place=request.path,
        **_addresses(standing, slug, moment),
    )
    return render(request, "engagements/evaluation/write.html", context, status=status)
