"""What the pages of a talk of three have in common, whoever of the three opens them."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.core.comparison import same_words
from klankbord.core.language import language_on_screen as language
from klankbord.core.wording import Wording
from klankbord.engagements.actions.meeting import NewerText, NotPlanned, accept_three_way, write_three_way
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.forms.evaluation import NO_NAMES
from klankbord.engagements.forms.meeting import YesForm
from klankbord.engagements.meeting_texts import stage_guide
from klankbord.engagements.queries.meeting import Meeting, OneOfThree, Three, Version, meeting_of, three_of, voice_of
from klankbord.engagements.rules.meeting import Stage, Voice
from klankbord.engagements.views.engagement_page import Clash
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience
from klankbord.privacy.drafts import draft_at, drop_draft


def stage_title(stage: Stage) -> str:
    """What the talk of three at this stage is called."""
    return _("Talk of three, at the start") if stage is Stage.START else _("Talk of three, at the end")


def seen_by_three(standing: OneOfThree, three: Three, *things: str, agreed: bool = False) -> Audience:
    """Who sees these things, told to one of the three; *agreed* says whether the client said yes to what is shown."""
    third, engagement = three.third, standing.engagement
    names = {**standing.names, **({SeenAs.SPONSOR: third.first_name} if third else {})}
    # Of a manager who is the third as well it is not said that the manager does not see it; and only the client is
    # told by name who does not.
    is_third = third is not None and engagement.client.manager_id == third.pk
    also = (SeenAs.MANAGER,) if third and (is_third or voice_of(standing) is Voice.COACH) else ()
    return audience(
        *things,
        viewer=SeenAs(standing.role.value),
        names=names,
        reached=(When.AGREED,) if agreed else (),
        in_one_person=also,
    )


def guide_for(stage: Stage, standing: OneOfThree, voice: Voice) -> dict[str, Any]:
    """What it is for, who leads, what is left out, and how this one of the three prepares."""
    guide = stage_guide(stage.value)
    return {
        "about": _filled(standing, guide.about),
        "leads": _filled(standing, guide.leads),
        "stays_out": [_filled(standing, one) for one in guide.stays_out],
        "prepare": [_filled(standing, one) for one in guide.prepare(voice.value)],
    }


def _filled(standing: OneOfThree, wording: Wording) -> str:
    engagement = standing.engagement
    names = {"client": engagement.client.first_name, "coach": engagement.coach.first_name}
    return wording.text(language()).format_map(names)


def shown_text(standing: OneOfThree, meeting: Meeting, three: Three) -> dict[str, Any]:
    """The last version for reading, who said yes to it, and the one that stands if that is another."""
    last, stands = meeting.last, meeting.standing_version
    if last is None:
        return {"last": None}
    voice = voice_of(standing)
    return {
        "last": last,
        "author": three.name_of(last.author_id),
        "written": date_format(localtime(last.made_at), "j F"),
        "said": _said(standing, last, three),
        "my_turn": last.said.by(voice) is None,
        "stands": stands is last,
        "earlier": stands if stands is not None and stands is not last else None,
        "waits_for_client": last.said.by(Voice.CLIENT) is None,
    }


def _said(standing: OneOfThree, version: Version, three: Three) -> list[str]:
    """Who said yes, in words; about who did not there is nothing to say."""
    own, lines = voice_of(standing), []
    for voice in Voice:
        moment, person = version.said.by(voice), three.by(voice)
        if moment is None:
            continue
        day = date_format(localtime(moment), "j F")
        if voice is own:
            lines.append(_("You said yes on %(day)s.") % {"day": day})
        else:
            who = person.first_name if person else _("the third")
            lines.append(_("%(who)s said yes on %(day)s.") % {"who": who, "day": day})
    return lines


# --- writing and saying yes -------------------------------------------------------------------------------------------


def _label() -> dict[str, Any]:
    return {"label": _("What do you agree with the three of you?"), "reason": NO_NAMES}


def write_text(
    request: MemberRequest, standing: OneOfThree, slug: str, stage: Stage, context: dict[str, Any]
) -> HttpResponse:
    """Write a version; with both texts when somebody was first. *context* is that of the page, with ``back``."""
    guide = stage_guide(stage.value)
    more = {**context, "place": request.path, "lines": [_filled(standing, one) for one in guide.text]}
    if request.method == "GET":
        form, clash = _begun(request, standing, stage)
        return _written(request, {**more, "form": form, "clash": clash})
    form = TextForm(request.POST, **_label())
    if not form.is_valid():
        return _written(request, {**more, "form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    mine = form.cleaned_data["text"]
    if not mine.strip():
        form.add_error("text", _("There is nothing here yet. One sentence is enough."))
        return _written(request, {**more, "form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        write_three_way(standing=standing, slug=slug, stage=stage, text=mine, based_on=form.cleaned_data["based_on"])
    except NotPlanned:
        messages.info(request, _("There is no talk of three yet. One of the two others plans it."))
        return redirect(context["back"])
    except NewerText:
        meeting = meeting_of(standing.engagement, stage)
        newest = meeting.last
        again = TextForm({"text": mine, "based_on": newest.number if newest else 0}, **_label())
        clash = _clash(standing, newest, mine) if newest else None
        return _written(request, {**more, "form": again, "clash": clash}, HTTPStatus.CONFLICT)
    drop_draft(request.path)
    messages.success(request, _("You said yes to this version. The others can read it."))
    return redirect(context["back"])


def _begun(request: MemberRequest, standing: OneOfThree, stage: Stage) -> tuple[TextForm, Clash | None]:
    """The form as it was being typed, else with the last version to go on from."""
    last = meeting_of(standing.engagement, stage).last
    body, number = (last.body, last.number) if last else ("", 0)
    typed = draft_at(request.path)
    mine, seen = typed.get("text", body), typed.get("based_on", "")
    overtaken = bool(last and typed and seen != str(number) and not same_words(mine, body))
    clash = _clash(standing, last, mine) if last and overtaken else None
    return TextForm(initial={"text": mine, "based_on": number}, **_label()), clash


def _clash(standing: OneOfThree, saved: Version, mine: str) -> Clash:
    own = saved.author_id == standing.person.pk
    who = _("You yourself, in another window,") if own else three_of(standing.engagement).name_of(saved.author_id)
    return Clash(
        who=who or _("the third"),
        when=date_format(localtime(saved.made_at), "j F, H.i"),
        theirs=saved.body,
        mine=mine,
    )


def _written(request: MemberRequest, context: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "engagements/meeting/write.html", context, status=status)


def say_yes(request: MemberRequest, standing: OneOfThree, slug: str, stage: Stage, back: HttpResponse) -> HttpResponse:
    """Say yes to the version that was on the screen; when there is a newer one, that is read first."""
    form = YesForm(request.POST)
    wanted = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        version = accept_three_way(standing=standing, slug=slug, stage=stage, version=wanted)
    except NewerText:
        messages.info(request, _("There is another version. Read it first, and then say yes to it."))
        return back
    if version.in_force:
        messages.success(request, _("All three of you said yes. This text stands."))
    else:
        messages.success(request, _("You said yes to this version."))
    return back
